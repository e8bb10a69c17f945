//! The comparator of a figure, and the words that are quoted with it.

use super::super::super::value::bound::{self, Side};
use super::super::super::value::quantity::{Measure, Quantity};
use super::super::cue::{Class, Cue};
use super::super::kind;
use super::super::passage::span;
use super::Passage;
use std::ops::Range;

/// The comparator before or behind a figure.
pub(super) fn side(passage: &Passage<'_>, sentence: usize, at: usize) -> Option<Side> {
    let quantity = &passage.quantities[at];
    if quantity.measure == Measure::Time && kind::too_late_after(passage, sentence, quantity) {
        return Some(Side::Lower);
    }
    if quantity.measure == Measure::Time && span::is_before_over(&passage.tokens, &quantity.tokens) {
        return Some(Side::Upper);
    }
    if let Some((side, start)) = bound::comparator(&passage.tokens, quantity.tokens.start) {
        return Some(turned(passage, sentence, quantity, side, start));
    }
    side_behind(passage, sentence, quantity)
}

/// The side of a comparator that starts before a figure: words that deny it turn it round.
fn turned(passage: &Passage<'_>, sentence: usize, quantity: &Quantity, side: Side, start: usize) -> Side {
    // "No worker shall hold more than …", "the process must never, under load, go above …".
    let clause = passage.clause_of(sentence, quantity.tokens.start);
    let from = passage.sentences[sentence].clauses.get(clause).map_or(start, |clause| clause.tokens.start);
    let denied = passage.tokens[from.min(start)..start].iter().any(|token| bound::is_negation(&token.lower));
    // "At most one call in a hundred may be slower than 60 ms".
    let few = passage.percentile_from(from).is_some_and(|found| {
        found.tokens.end <= start
            && found.tokens.start.checked_sub(1).and_then(|at| passage.tokens.get(at)).is_some_and(|before| {
                matches!(
                    &*before.lower,
                    "most" | "only" | "höchstens" | "than" | "plus" | "máximo" | "mucho" | "maximum"
                )
            })
    });
    // "Mehr als 600 MB bekommt der Dienst nicht".
    let end = passage.sentences[sentence].clauses.get(clause).map_or(start, |clause| clause.tokens.end);
    let behind = quantity.tokens.end..end.max(quantity.tokens.end);
    let last = behind.clone().rev().find(|at| passage.tokens[*at].is_word());
    let refused = side == Side::Lower
        && last.is_some_and(|at| passage.tokens[at].is("nicht"))
        && passage.cues_in(&behind).any(|cue| matches!(cue.class, Class::Grant | Class::Must));
    if denied || few || refused { Side::Upper } else { side }
}

/// "150 MB at the most", "64 KiB or less": the comparator that follows a figure.
fn side_behind(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> Option<Side> {
    let end = behind_figure(passage, quantity.tokens.end);
    let word = |offset: usize| passage.tokens.get(end + offset).map_or("", |token| token.lower.as_ref());
    if (word(0), word(1), word(2)) == ("at", "the", "most") || (word(0), word(1), word(2)) == ("at", "the", "latest") {
        return Some(Side::Upper);
    }
    if word(0) == "at"
        && word(1) == "the"
        && (2..4).any(|at| matches!(word(at), "most" | "latest" | "outside" | "utmost"))
    {
        return Some(Side::Upper);
    }
    // "One minute after the last sweep at the latest".
    let clause = passage.clause_of(sentence, quantity.tokens.start);
    let behind =
        passage.sentences[sentence].clauses.get(clause).map_or(end..end, |clause| end..clause.tokens.end.max(end));
    let latest =
        passage.tokens[behind].windows(3).any(|words| words[0].is("at") && words[1].is("the") && words[2].is("latest"));
    if latest {
        return Some(Side::Upper);
    }
    // "150 MB and no more", and not "… and no hospital has complained".
    let more = || (2..6).any(|at| matches!(word(at), "more" | "longer" | "later" | "further" | "higher" | "beyond"));
    if word(0) == "and" && matches!(word(1), "no" | "not") && more() {
        return Some(Side::Upper);
    }
    match (word(0), word(1)) {
        ("or", "less" | "lower" | "faster" | "fewer" | "under" | "below" | "better" | "quicker" | "sooner")
        | ("at", "most" | "worst")
        | ("oder", "weniger" | "schneller")
        | ("ou", "moins")
        | ("o", "menos")
        | ("als", "obergrenze")
        | ("au", "plus" | "maximum")
        | ("como", "máximo" | "mucho")
        | ("tops" | "max" | "maximum" | "maximal" | "höchstens", _) => Some(Side::Upper),
        ("or", "more" | "greater" | "longer") | ("at", "least") | ("oder", "mehr") => Some(Side::Lower),
        _ => None,
    }
}

fn is_verb(cue: &Cue) -> bool {
    matches!(
        cue.class,
        Class::Must | Class::Past | Class::Grant | Class::Measure | Class::Decide | Class::Present | Class::Verb
    )
}

/// Behind what may stand between a figure and a comparator that follows it: "128 MB each at most", "15 ms p95 at most".
fn behind_figure(passage: &Passage<'_>, end: usize) -> usize {
    let mut at = end;
    for _ in 0..3 {
        let Some(token) = passage.tokens.get(at) else { break };
        if let Some(percentile) = passage.percentile_from(at).filter(|percentile| percentile.tokens.start == at) {
            at = percentile.tokens.end;
        } else if matches!(&*token.lower, "each" | "apiece" | "," | "rss" | "ram" | "je") {
            at += 1;
        } else if matches!(&*token.lower, "per" | "pro" | "par" | "por") {
            at += 2;
        } else {
            break;
        }
    }
    // A text may end at "per".
    at.min(passage.tokens.len())
}

/// The words that a fact quotes: the clause from its first telling word to the figure and what directly belongs to it.
pub(crate) fn quoted_words(passage: &Passage<'_>, sentence: usize, at: usize) -> Range<usize> {
    let quantity = &passage.quantities[at];
    let clause = passage.clause_of(sentence, quantity.tokens.start);
    let tokens =
        passage.sentences[sentence].clauses.get(clause).map_or(quantity.tokens.clone(), |clause| clause.tokens.clone());
    // Another figure before this one ends what belongs to it.
    let floor = at
        .checked_sub(1)
        .map(|before| passage.quantities[before].tokens.end)
        .filter(|end| *end > tokens.start && *end <= quantity.tokens.start && !passage.is_percentile(at - 1))
        .unwrap_or(tokens.start);
    let mut first = floor;
    let leads_in = |at: usize| {
        let token = &passage.tokens[at];
        match token.sign() {
            Some(sign) => !matches!(sign, '<' | '≤' | '(' | '"'),
            None => matches!(&*token.lower, "and" | "but" | "so" | "und" | "et" | "y"),
        }
    };
    while first < quantity.tokens.start && leads_in(first) {
        first += 1;
    }
    // "Rust is memory-safe and the prototype used 62 MB": a new subject behind "and" begins what is quoted.
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let subject = (first + 1..quantity.tokens.start).rev().find(|at| {
        matches!(word(*at), "the" | "our" | "its" | "it" | "each" | "der" | "die" | "das" | "le" | "la" | "el")
            && matches!(word(at - 1), "and" | "but" | "while" | "und" | "et" | "y")
    });
    if let Some(at) = subject.filter(|at| passage.cues_between(*at..quantity.tokens.start).iter().any(is_verb)) {
        first = at;
    }
    // Between a label and its value in a further column stand other columns.
    let stroke = (first..quantity.tokens.start).rev().find(|at| passage.tokens[*at].sign() == Some('|'));
    if let Some(at) =
        stroke.filter(|at| *at > 0 && passage.tokens[*at].range.start > passage.tokens[*at - 1].range.end + 1)
    {
        first = at + 1;
    }
    let mut last = quantity.tokens.end;
    let next = passage.percentile_from(last);
    if let Some(percentile) = next.filter(|percentile| {
        percentile.tokens.start <= last + 3 && percentile.tokens.end <= passage.sentences[sentence].tokens.end
    }) {
        last = percentile.tokens.end;
    }
    let start = passage.tokens.get(first).map_or(0, |token| token.range.start);
    let end = passage.tokens.get(last - 1).map_or(start, |token| token.range.end);
    start..end.max(start)
}

/// The quoted words from the last conjunction on: "Rust is memory-safe and the prototype used 62 MB" measures the
/// prototype.
pub(crate) fn narrowed(passage: &Passage<'_>, quoted: &Range<usize>, at: usize) -> Range<usize> {
    let figure = passage.quantities[at].tokens.start;
    let joins = |token: &&crate::fact::token::Token<'_>| {
        matches!(
            &*token.lower,
            "and" | "but" | "because" | "since" | "und" | "aber" | "weil" | "et" | "mais" | "y" | "pero"
        )
    };
    let inside = passage.tokens[..figure].iter().rev().take_while(|token| token.range.start >= quoted.start);
    let start = inside.take(40).find(joins).map_or(quoted.start, |joint| joint.range.end);
    let blank = passage.text.plain.get(start..quoted.end).unwrap_or_default();
    start + blank.len() - blank.trim_start().len()..quoted.end
}
