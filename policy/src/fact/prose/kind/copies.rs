//! Counts of instances by the noun that the words before have named.

use super::super::super::value::quantity::Quantity;
use super::super::cue::Class;
use super::super::passage::{Passage, stem};
use super::super::thing;
use super::word_at;

/// "Gateway instances: 4", "copies of the sorter: 3": a label of copies with the service's own noun.
pub(super) fn labelled_copies(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    let Some(label) = passage.label_of(sentence).filter(|label| label.len() <= 5 && label.end + 1 == start) else {
        return false;
    };
    let copies = |at: &usize| {
        passage.first(&(*at..*at + 1), Class::Instances).is_some()
            || matches!(word_at(passage, *at), "nodes" | "workers" | "processes" | "servers")
    };
    let Some(noun) = label.clone().find(copies) else { return false };
    let mut words = label.clone().filter(|at| {
        *at != noun && !matches!(word_at(passage, *at), "of" | "the" | "our" | "planned" | "running" | "for")
    });
    let named = |at: usize| passage.topic.own.contains(stem(word_at(passage, at)));
    let own = label.clone().any(|at| at != noun && named(at))
        && words.all(|at| named(at) || passage.tokens[at].joined || thing::is_listed(word_at(passage, at)));
    let ends = passage.tokens.get(quantity.tokens.end).is_none_or(|next| next.sign().is_some() || next.line_start);
    own && ends && !passage.sentences[sentence].question
}

/// "Slice worker. Twelve of them, one per rack.": of what the words before have named.
pub(super) fn of_them(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.tokens.start, quantity.tokens.end);
    let own = &passage.sentences[sentence];
    let them = word_at(passage, end) == "of" && matches!(word_at(passage, end + 1), "them" | "these" | "those");
    // "There will be six of them", "we plan six of them".
    let before = own.tokens.start..start;
    let opens = before.len() <= 1
        || before.len() <= 4
            && passage.cues_in(&before).any(|cue| cue.class == Class::Plan && cue.tokens.end + 1 >= start);
    if !them || !opens || own.question || quantity.value.is_none_or(|value| value < 2.0) {
        return false;
    }
    let each = (end + 2..(end + 6).min(own.tokens.end)).any(|at| {
        matches!(word_at(passage, at), "one" | "two" | "each")
            && matches!(word_at(passage, at + 1), "per" | "for" | "on" | "at" | "in" | "to")
    });
    let runs = matches!(
        (word_at(passage, end + 2), word_at(passage, end + 3)),
        ("will" | "shall" | "are", "run" | "be" | "planned" | "deployed" | "foreseen") | ("run", _)
    );
    let named = sentence.checked_sub(1).map(|before| &passage.sentences[before]).is_some_and(|before| {
        before.tokens.len() <= 6
            && !passage.has_verb(&before.tokens)
            && before.tokens.clone().any(|at| thing::is_service(passage, at))
    });
    named && (each || runs)
}
