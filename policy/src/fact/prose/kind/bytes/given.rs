//! Amounts that are the service's by who gets them, where no word for memory says so.

use super::super::super::super::value::quantity::Quantity;
use super::super::super::cue::Class;
use super::super::super::passage::{Passage, Scope, stem};
use super::super::super::thing;
use super::super::left::{no_more_than_that, pushes_service, rest_for_service};
use super::super::word_at;

/// Whether it is what is left for the service, or what the service may not go beyond.
pub(super) fn is_left(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    no_more_than_that(passage, sentence, quantity).is_some()
        || rest_for_service(passage, sentence, quantity).is_some()
        || pushes_service(passage, quantity)
}

/// "We allow each renderer process 300 MB": who is given it, stands right before the figure.
pub(super) fn is_given_to_service(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    let Some(whom) = start.checked_sub(1) else { return false };
    let service = thing::is_general(passage, whom)
        && !matches!(word_at(passage, whom), "it" | "we" | "they" | "one" | "everything" | "total")
        && passage.first(&(whom..whom + 1), Class::Outsider).is_none()
        && passage.first(&(whom..whom + 1), Class::Machine).is_none();
    let near = start.saturating_sub(5)..whom;
    let gives = passage.cues_in(&near).any(|cue| {
        let words = passage.words(&cue.tokens).to_lowercase();
        let first = words.split([' ', '\n']).next().unwrap_or_default();
        matches!(cue.class, Class::Grant | Class::Near | Class::Decide)
            && ["give", "gave", "allow", "grant", "leave", "left", "allot", "conced", "assign", "promis"]
                .iter()
                .any(|stem| first.starts_with(stem))
    });
    service && gives
}

/// "Reserved 20 MiB for section control", where memory was spoken of right before: for whom it is set aside, is ours.
pub(super) fn is_set_aside(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.tokens.start, quantity.tokens.end);
    let sets =
        passage.cues_in(&(start.saturating_sub(3)..start)).any(|cue| matches!(cue.class, Class::Grant | Class::Decide));
    let own = matches!(word_at(passage, end), "for" | "to")
        && (end + 1..end + 4)
            .any(|at| passage.tokens.get(at).is_some_and(|token| passage.topic.own.contains(stem(&token.lower))));
    let memory = sentence.checked_sub(1).is_some_and(|before| passage.in_sentence(before, Class::Memory).is_some());
    sets && own && memory
}

/// "Either instance: 512 MB".
pub(super) fn is_of_copy(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    passage.label_of(sentence).is_some_and(|label| {
        label.len() <= 4
            && quantity.tokens.start <= label.end + 3
            && passage.first(&(label.end - 1..label.end), Class::Instances).is_some()
            && label.clone().all(|at| !passage.is_placeholder(&(at..at + 1)))
    })
}

/// "Share the box with the cache: 90 MB per process": whose it is stands behind it, and the word for other data, if one
/// is `data` words away, is not what is counted.
pub(super) fn is_of_process(passage: &Passage<'_>, sentence: usize, quantity: &Quantity, data: Option<usize>) -> bool {
    let end = quantity.tokens.end;
    let each = matches!(word_at(passage, end), "per" | "pro" | "je" | "par" | "por")
        && passage.first(&(end + 1..end + 2), Class::OtherBytes).is_none()
        && (passage.first(&(end + 1..end + 2), Class::Instances).is_some()
            || matches!(word_at(passage, end + 1), "process" | "worker" | "node" | "replica" | "prozess"));
    each && (data.is_some_and(|data| data >= 3) || is_with_neighbour(passage, sentence))
        && passage.label_of(sentence).is_some_and(|label| label.end < quantity.tokens.start)
}

/// "With the cache", in a label: who else is there, and not what is counted.
fn is_with_neighbour(passage: &Passage<'_>, sentence: usize) -> bool {
    let Some(label) = passage.label_of(sentence) else { return false };
    let Some(cue) = passage.first(&label, Class::OtherBytes) else { return false };
    (label.start..cue.tokens.start)
        .rev()
        .take(2)
        .any(|at| matches!(word_at(passage, at), "with" | "beside" | "besides" | "to" | "like"))
}

/// "The scheduler and its cache stay within 700 MB": the service, with the data that it holds.
pub(super) fn is_with_data(passage: &Passage<'_>, scope: &Scope) -> bool {
    let Some(clause) = scope.ranges.first() else { return false };
    let data = |at: usize| passage.first(&(at..at + 1), Class::OtherBytes).is_some();
    (clause.start + 2..clause.end).any(|at| {
        data(at)
            && matches!(word_at(passage, at - 1), "its" | "their" | "seinem" | "ihrem" | "son" | "su")
            && matches!(word_at(passage, at - 2), "and" | "plus" | "with" | "including" | "und" | "mit" | "et" | "y")
            && (clause.start..at - 2).any(|at| thing::is_service(passage, at))
    })
}
