//! Times that are a period or a wait: "every 30 s", "retried after 5 s", and rows of them.

use super::super::super::super::value::bound;
use super::super::super::super::value::quantity::Quantity;
use super::super::super::cue::Class;
use super::super::super::passage::Passage;
use super::super::{word_at, word_before};
use super::ENDS;

/// Words right before a time that make it a period: "every 5 s", "for 10 s".
const PERIOD: &[&str] = &[
    "every", "each", "alle", "toutes", "tous", "cada", "for", "during", "pendant", "durante", "last", "next",
    "another", "jede",
];

/// Whether the words before a time make it a period or a wait: "every 30 s", "retried after 5 s".
pub(super) fn is_period(passage: &Passage<'_>, quantity: &Quantity, startup: Option<usize>) -> bool {
    let (before, start) = word_before(passage, quantity);
    // "It never blocks for longer than 2 s".
    if before == "for" && matches!(word_at(passage, start), "longer" | "more") {
        let clause = start.saturating_sub(12)..start;
        let denied = passage.tokens[clause].iter().any(|token| bound::is_negation(&token.lower));
        if denied || word_at(passage, start) == "longer" {
            return false;
        }
    }
    // "It must store each within 300 ms".
    if matches!(before, "each" | "every") && start < quantity.tokens.start {
        return false;
    }
    if PERIOD.contains(&before) {
        // "We aim for 800 ms": the word belongs to the one before it.
        let from = start.saturating_sub(3);
        // "They ask for 800 ms", too.
        return !passage
            .cues_in(&(from..start))
            .any(|cue| matches!(cue.class, Class::Limit | Class::Must | Class::Grant) && cue.tokens.end == start);
    }
    // "Is acknowledged after 40 ms at the latest", "muss nach 40 ms da sein".
    let end = quantity.tokens.end;
    let latest = (word_at(passage, end), word_at(passage, end + 2)) == ("at", "latest");
    let due = (end..end + 3).any(|at| {
        matches!(
            word_at(passage, at),
            "da" | "vorliegen" | "vorliegt" | "fertig" | "beantwortet" | "abgeschlossen" | "there" | "là"
        )
    });
    if before == "nach" && due || latest {
        return false;
    }
    // "Is acknowledged after at most 300 ms".
    if matches!(before, "after" | "nach" | "après" | "tras") && bound::is_upper(&passage.tokens, quantity.tokens.start)
    {
        return false;
    }
    // "Nach spätestens 30 Sekunden zugeordnet".
    if before == "nach" && word_at(passage, start) == "spätestens" {
        return false;
    }
    if !matches!(before, "after" | "nach" | "après" | "tras" | "vor" | "ago" | "hace" | "since") {
        return false;
    }
    // "Has to have sent the record after 2.5 s".
    let perfect = passage.tokens[start.saturating_sub(7)..start].iter().any(|token| token.is("have"))
        && passage.cues_in(&(start.saturating_sub(9)..start)).any(|cue| cue.class == Class::Must);
    let ends = perfect || ENDS.contains(&word_at(passage, start.saturating_sub(2)));
    !ends && startup.is_none_or(|distance| distance > 3)
}

/// Where a row of times begins: "after 400 ms, 800 ms, 1.6 s".
pub(super) fn first_in_row(passage: &Passage<'_>, at: usize) -> usize {
    let mut first = at;
    while let Some(before) = first.checked_sub(1) {
        let between = passage.quantities[before].tokens.end..passage.quantities[first].tokens.start;
        let joined = between.len() <= 2
            && passage.tokens[between].iter().all(|token| {
                matches!(&*token.lower, "," | "/" | "and" | "or" | "then" | "und" | "dann" | "et" | "puis")
            });
        if !joined || passage.quantities[before].measure != passage.quantities[first].measure || at - before > 8 {
            break;
        }
        first = before;
    }
    first
}
