//! Parts of an amount of data: which figure is the part that the service gets, and which the whole that it is taken from.

use super::super::super::super::value::quantity::{Measure, Quantity};
use super::super::super::cue::Class;
use super::super::super::passage::{Passage, stem};
use super::super::word_at;

/// "Up to 10 GB of its 16 GB": the whole of which the figure before it is a part.
pub(super) fn is_whole(passage: &Passage<'_>, at: usize) -> bool {
    let start = passage.quantities[at].tokens.start;
    let part = at.checked_sub(1).map(|part| &passage.quantities[part]).filter(|part| part.measure == Measure::Bytes);
    part.is_some_and(|part| {
        part.tokens.end + 2 == start
            && word_at(passage, part.tokens.end) == "of"
            && matches!(word_at(passage, part.tokens.end + 1), "its" | "the" | "their" | "those" | "our")
    })
}

/// "Buoys with 32 MB, of which we get 10 MB": the part that we get of what was named right before.
pub(super) fn is_part(passage: &Passage<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let (whole, part) = (&passage.quantities[before], &passage.quantities[at]);
    let between = whole.tokens.end..part.tokens.start;
    if whole.measure != Measure::Bytes || between.len() > 10 || part.value >= whole.value {
        return false;
    }
    let which = between.clone().find(|at| (word_at(passage, *at), word_at(passage, *at + 1)) == ("of", "which"));
    let given = which.is_some_and(|which| {
        passage.cues_in(&(which..part.tokens.start)).any(|cue| matches!(cue.class, Class::Grant | Class::Near))
            // "Of which 60 MB are for the beacon".
            || word_at(passage, part.tokens.end + 1) == "for"
                && (part.tokens.end + 2..part.tokens.end + 5).any(|at| {
                    passage.tokens.get(at).is_some_and(|token| {
                        matches!(&*token.lower, "us") || passage.topic.own.contains(stem(&token.lower))
                    })
                })
    });
    let other = (whole.tokens.start.saturating_sub(4)..part.tokens.end + 3)
        .any(|at| passage.first(&(at..at + 1), Class::OtherBytes).is_some());
    given && !other
}

/// "There's 600 MB of memory left. The index may use 450 MB of that": a share of the memory that was spoken of before.
pub(super) fn is_share(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let end = quantity.tokens.end;
    let points = |at: usize| {
        matches!(
            (word_at(passage, at), word_at(passage, at + 1)),
            ("of", "it" | "that" | "this" | "which" | "those" | "them") | ("davon", _)
        )
    };
    if !points(end) && !points(end.wrapping_sub(2)) {
        return false;
    }
    (sentence.saturating_sub(2)..=sentence).rev().any(|before| {
        let whole = passage.quantities_of(before).iter().map(|at| &passage.quantities[*at]);
        let mut bytes =
            whole.filter(|whole| whole.measure == Measure::Bytes && whole.tokens.start < quantity.tokens.start);
        bytes.next().is_some() && passage.in_sentence(before, Class::OtherBytes).is_none()
    })
}

/// "180 MB including the model (model: 22 MB)": a part with a name of its own.
pub(super) fn is_named_part(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    let word = |back: usize| start.checked_sub(back).map_or("", |at| word_at(passage, at));
    word(1) == ":" && word(3) == "("
}
