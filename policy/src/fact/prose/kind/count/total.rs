//! Totals of instances: "four in total", "so 28 pods", and the factors that they are worked out from.

use super::super::super::super::value::quantity::Quantity;
use super::super::super::cue::Class;
use super::super::super::passage::Passage;
use super::super::word_at;

/// "Two pods per gantry, 14 gantries, so 28 pods": what it comes to counts.
pub(super) fn is_result(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let comes_to = matches!(
        word_at(passage, quantity.tokens.start.wrapping_sub(1)),
        "so" | "thus" | "hence" | "makes" | "making" | "therefore"
    );
    let told = || {
        passage.sentences.get(sentence).is_some_and(|own| {
            own.question
                || [Class::Past, Class::Measure, Class::Old, Class::Other, Class::Perhaps]
                    .into_iter()
                    .any(|class| passage.first(&own.tokens, class).is_some())
        })
    };
    comes_to && !told()
}

/// "Two pods per gantry", where what it comes to follows: that one counts, and not what it is worked out from.
pub(super) fn is_factor(passage: &Passage<'_>, quantity: &Quantity, noun: usize) -> bool {
    let from = passage.quantities.partition_point(|other| other.tokens.start <= quantity.tokens.start);
    word_at(passage, noun + 1) == "per"
        && passage.quantities.iter().skip(from).take(3).any(|total| {
            matches!(word_at(passage, total.tokens.start.wrapping_sub(1)), "so" | "thus" | "hence" | "makes" | "making")
                && passage.first(&(total.tokens.end..total.tokens.end + 2), Class::Instances).is_some()
        })
}

/// "Two nodes in each of the two halls, four in total", "14 in all", where the sentence speaks of instances that are planned.
pub(super) fn is_total(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let end = quantity.tokens.end;
    let total = matches!(
        (word_at(passage, end), word_at(passage, end + 1)),
        ("in", "all" | "total")
            | ("altogether" | "overall" | "insgesamt", _)
            | ("all", "told")
            | ("au", "total")
            | ("en", "total")
    );
    let Some(sentence) = passage.sentences.get(sentence).filter(|_| total) else { return false };
    let before = sentence.tokens.start..quantity.tokens.start;
    let copies = passage.first(&before, Class::Instances).is_some()
        || before.clone().any(|at| matches!(word_at(passage, at), "nodes" | "processes" | "workers" | "servers"));
    let planned = passage.first(&before, Class::Plan).is_some() || passage.label_of_range(&sentence.tokens).is_some();
    let told = [Class::Past, Class::Measure, Class::Old, Class::Other, Class::Rejected]
        .into_iter()
        .any(|class| passage.first(&sentence.tokens, class).is_some());
    copies && planned && !told && !sentence.question
}
