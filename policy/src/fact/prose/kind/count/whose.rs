//! What the copies are of that a number counts: data, a thing, somebody else's service; or how many share a machine.

use super::super::super::cue::Class;
use super::super::super::passage::Passage;
use super::super::super::thing;
use super::super::word_at;

/// Words beside which copies are copies of data.
const KEEPS: &[&str] = &[
    "retention",
    "retained",
    "backup",
    "backups",
    "archive",
    "archived",
    "tape",
    "tapes",
    "km",
    "offsite",
    "vault",
    "sicherung",
    "aufbewahrung",
    "sauvegarde",
    "conservation",
    "respaldo",
    "retención",
];

/// "Retention 30 days, 3 copies", "two copies, 150 km apart": of data.
pub(super) fn is_of_data(passage: &Passage<'_>, sentence: usize, noun: usize) -> bool {
    matches!(word_at(passage, noun), "copies" | "kopien" | "copias")
        && passage.sentences[sentence].tokens.clone().any(|at| KEEPS.contains(&word_at(passage, at)))
}

/// "To fit two pods on a node": how many go on one machine.
pub(super) fn is_density(passage: &Passage<'_>, noun: usize) -> bool {
    matches!(word_at(passage, noun + 1), "on" | "per" | "to" | "onto" | "into")
        && matches!(word_at(passage, noun + 2), "a" | "an" | "each" | "one" | "every")
        && matches!(
            word_at(passage, noun + 3),
            "node" | "host" | "machine" | "box" | "server" | "vm" | "board" | "rack" | "blade"
        )
}

/// "4 instances of Postgres": somebody else's.
pub(super) fn is_of_other(passage: &Passage<'_>, noun: usize) -> bool {
    word_at(passage, noun + 1) == "of" && passage.first(&(noun + 2..noun + 4), Class::Other).is_some()
}

/// "Four copies of the index": of what there are several, where it is no service.
pub(super) fn is_of_a_thing(passage: &Passage<'_>, noun: usize) -> bool {
    const BEFORE: &[&str] = &["the", "a", "an", "this", "that", "each", "every", "our", "its", "same", "whole", "one"];
    if word_at(passage, noun + 1) != "of" {
        return false;
    }
    let Some(head) = (noun + 2..noun + 5).find(|at| !BEFORE.contains(&word_at(passage, *at))) else { return false };
    let word = passage.tokens.get(head).filter(|token| token.is_word());
    let handled = passage.cues_in(&(head..head + 1)).any(|cue| cue.class == Class::OtherBytes)
        || matches!(word_at(passage, head - 1), "every" | "each");
    let served = (head..head + 2).any(|at| thing::is_service(passage, at));
    // A name that is not known may be the service's.
    let article = matches!(word_at(passage, head - 1), "the" | "same" | "a" | "an");
    word.is_some() && !served && (handled || article && word_at(passage, head - 1) != "our")
}
