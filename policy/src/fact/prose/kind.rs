//! Which fact a figure is about: the words nearest to it decide.

mod asked;
mod bytes;
mod copies;
mod count;
mod left;
mod time;

pub(super) use asked::{asks_how_long, asks_how_soon};
pub(super) use left::{no_more_than_that, rest_for_service};
pub(super) use time::{due_by_then, too_late_after};

use super::super::token::Token;
use super::super::value::bound;
use super::super::value::quantity::{Measure, Quantity};
use super::cue::{Class, Cue};
use super::passage::{Passage, Scope};
use std::ops::Range;

const HOUR: f64 = 3_600_000.0;

/// A figure's fact.
pub(crate) struct Kind {
    pub id: &'static str,
    /// Whether words name it, or only the unit suggests it.
    pub named: bool,
    /// Whether it is a number of instances that answers "how many?" or opens its sentence.
    pub answers: bool,
}

const fn named(id: &'static str) -> Option<Kind> {
    Some(Kind { id, named: true, answers: false })
}

/// Whether a figure can be one of a fact at all, whatever the words around it say.
pub(crate) fn may_be(quantity: &Quantity) -> bool {
    match quantity.measure {
        Measure::Bytes | Measure::Rate => true,
        // No answer and no start takes an hour.
        Measure::Time => !quantity.value.is_some_and(|value| value >= HOUR || value <= 0.0),
        Measure::Bare => quantity.value.is_some_and(|value| value >= 1.0 && value.fract() == 0.0),
        Measure::Percent | Measure::Money(_) | Measure::Other => false,
    }
}

/// The same, with the words beside it known, where no label or question asks for a number.
pub(crate) fn may_be_among(tokens: &[Token<'_>], quantity: &Quantity) -> bool {
    may_be(quantity) && (quantity.measure != Measure::Bare || count::may_count(tokens, quantity))
}

/// The fact that a figure is about; `None` for figures of other kinds.
pub(crate) fn of(
    passage: &Passage<'_>,
    scope: &Scope,
    sentence: usize,
    at: usize,
    hint: Option<&'static str>,
) -> Option<Kind> {
    let quantity = &passage.quantities[at];
    if !may_be(quantity) || is_denied(passage, sentence, at) {
        return None;
    }
    let hint = hint.or(passage.context.topic);
    match quantity.measure {
        Measure::Bytes => bytes::bytes(passage, sentence, at, scope, hint),
        Measure::Time => time::of(passage, sentence, at, scope, hint),
        Measure::Rate => rate(passage, quantity, scope, hint),
        Measure::Bare => count::count(passage, sentence, quantity, hint),
        Measure::Percent | Measure::Money(_) | Measure::Other => None,
    }
}

/// "Limited to 180 ms, not 300 ms as before": a figure that is denied behind another of its measure.
fn is_denied(passage: &Passage<'_>, sentence: usize, at: usize) -> bool {
    let quantity = &passage.quantities[at];
    let before = quantity.tokens.start.checked_sub(1).map_or("", |before| word_at(passage, before));
    let earlier = at.checked_sub(1).map(|at| &passage.quantities[at]);
    matches!(before, "not" | "nicht" | "pas" | "no")
        && earlier.is_some_and(|earlier| {
            earlier.measure == quantity.measure
                && earlier.tokens.start >= passage.sentences[sentence].tokens.start
                && quantity.tokens.start - earlier.tokens.end <= 6
        })
}

/// How many tokens lie between a figure and the nearest cue of a class; what stands behind another figure is further.
fn distance(passage: &Passage<'_>, quantity: &Quantity, scope: &Scope, class: Class) -> Option<usize> {
    if !scope.all.has(class) {
        return None;
    }
    let far = |cue: &Cue| {
        let between = if cue.tokens.start >= quantity.tokens.end {
            quantity.tokens.end..cue.tokens.start
        } else {
            cue.tokens.end..quantity.tokens.start.max(cue.tokens.end)
        };
        // What stands behind another figure belongs to that one first.
        let other = if passage.has_figure(between.clone()) { 15 } else { 0 };
        // Behind a comma something else is told: "under 3 GB, the graphics memory not counted".
        let behind = cue.tokens.start >= quantity.tokens.end;
        let apart = behind && passage.tokens[between.clone()].iter().any(|token| token.sign() == Some(','));
        between.len() + other + if apart { 15 } else { 0 }
    };
    let near = |range: &Range<usize>, penalty: usize| {
        // The nearest on each side; phrases before it may overlap, so two are looked at.
        let is_class = |cue: &&Cue| cue.class == class;
        let end = quantity.tokens.end;
        let before = passage.cues_between(range.start..range.end.min(end)).iter().rev().filter(is_class).take(2);
        let behind = passage.cues_between(range.start.max(end)..range.end).iter().find(is_class);
        before.chain(behind).map(far).min().map(|distance| distance + penalty)
    };
    scope.ranges.iter().enumerate().filter_map(|(at, range)| near(range, at * 20)).min()
}

/// The word right before a figure and its comparator.
fn word_before<'a>(passage: &'a Passage<'_>, quantity: &Quantity) -> (&'a str, usize) {
    let start =
        bound::comparator(&passage.tokens, quantity.tokens.start).map_or(quantity.tokens.start, |(_, start)| start);
    // "After about five seconds".
    let about = start.checked_sub(1).filter(|at| {
        matches!(
            word_at(passage, *at),
            "about" | "some" | "roughly" | "around" | "circa" | "etwa" | "rund" | "environ" | "unos"
        )
    });
    let before = about.unwrap_or(start).checked_sub(1).and_then(|before| passage.tokens.get(before));
    (before.map_or("", |token| token.lower.as_ref()), start)
}

fn word_at<'a>(passage: &'a Passage<'_>, at: usize) -> &'a str {
    passage.tokens.get(at).map_or("", |token| token.lower.as_ref())
}

/// Whether a cue of the class starts within `words` tokens behind the figure and before the next figure.
fn follows(passage: &Passage<'_>, at: usize, class: Class, words: usize) -> bool {
    let end = passage.quantities[at].tokens.end;
    let next = passage.quantities.get(at + 1).map_or(usize::MAX, |next| next.tokens.start);
    let sentence = passage.sentence_of(end.saturating_sub(1));
    let last = passage.sentences.get(sentence).map_or(passage.tokens.len(), |sentence| sentence.tokens.end);
    let reach = end..(end + words).min(next).min(last).max(end);
    let broken = (reach.start..reach.end)
        .find(|token| matches!(passage.tokens[*token].sign(), Some(',' | ';' | '.' | ')' | '(')));
    passage.first(&(reach.start..broken.unwrap_or(reach.end)), class).is_some()
}

fn rate(passage: &Passage<'_>, quantity: &Quantity, scope: &Scope, hint: Option<&'static str>) -> Option<Kind> {
    // "Traffic: on sale days 2,000 a second, on all other days 15".
    let near = quantity.tokens.start.saturating_sub(5)..quantity.tokens.end + 4;
    let since = passage.quantities.partition_point(|other| other.tokens.end <= quantity.tokens.start).checked_sub(1);
    let since = since.map_or(0, |at| passage.quantities[at].tokens.end);
    if passage.first(&(near.start.max(since)..near.end), Class::Peak).is_some() && hint == Some("expected-traffic") {
        return named("peak-traffic");
    }
    if let Some(id @ ("expected-traffic" | "peak-traffic")) = hint {
        return named(id);
    }
    // "Allows 2 calls per second": how many somebody lets through.
    let verb = word_before(passage, quantity).1.checked_sub(1).map_or("", |at| word_at(passage, at));
    if matches!(
        verb,
        "allows"
            | "permits"
            | "accepts"
            | "grants"
            | "tolerates"
            | "allow"
            | "permit"
            | "erlaubt"
            | "autorise"
            | "permite"
    ) {
        return None;
    }
    // "Which costs up to 40,000 a day".
    if matches!(
        verb,
        "costs" | "cost" | "loses" | "lose" | "earns" | "earn" | "pays" | "pay" | "kostet" | "coûte" | "cuesta"
    ) {
        return None;
    }
    if let Some(other) = distance(passage, quantity, scope, Class::OtherRate)
        && distance(passage, quantity, scope, Class::Expect).is_none_or(|expect| other < expect)
    {
        return None;
    }
    if let Some(peak) = distance(passage, quantity, scope, Class::Peak)
        && distance(passage, quantity, scope, Class::Expect).is_none_or(|expect| peak < expect)
    {
        return named("peak-traffic");
    }
    let known = passage.context.planned
        || [Class::Traffic, Class::Expect].into_iter().any(|class| distance(passage, quantity, scope, class).is_some());
    Some(Kind { id: "expected-traffic", named: known, answers: false })
}
