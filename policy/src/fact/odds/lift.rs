//! Facts that only the odds find: no word around them is known to the grammar of sentences.

use super::super::prose::cue::{Class, Classes};
use super::super::prose::passage::Passage;
use super::super::prose::{self, Source};
use super::super::{Because, Fact, Origin, Standing, Value};
use super::Figure;
use crate::text::Place;
use std::ops::Range;
use std::sync::Arc;

/// Above these odds (logarithms in hundredths), a figure that no known word makes a limit is one.
const SURE: i32 = 200;
/// The same for a rating, whose words stand everywhere.
const RATING_SURE: i32 = 200;
/// The same for a number of copies.
const COPIES_SURE: i32 = 150;
/// What is added where a heading, or a word beside it, speaks against it.
const DOUBLY: i32 = 200;

/// Milliseconds and bytes that no words make a limit.
const LONGEST: f64 = 120_000.0;
const SMALLEST: f64 = 4096.0;

/// Whether a figure may be a fact at all: it is not longer than any answer, nor smaller than any program.
pub(super) fn may_be(figure: &Figure) -> bool {
    match figure.value {
        Some(Value::Duration(value)) => value < LONGEST,
        Some(Value::Bytes(value)) => value >= SMALLEST,
        _ => true,
    }
}

/// From which odds on a figure is a fact by the words around it alone; none where that cannot be. `headed`: what the head of
/// its column says.
pub(super) fn needed(passage: &Passage<'_>, figure: &Figure, headed: Classes) -> Option<i32> {
    let start = figure.tokens.start;
    let sentence = passage.sentence_of(start);
    let whole = passage.sentences.get(sentence)?;
    let context = passage.context;
    if !may_be(figure) {
        return None;
    }
    let taken_back = context.quoted || context.cancelled.is_some();
    if whole.question || taken_back || passage.has_hole(sentence) || passage.in_quotes(start) {
        return None;
    }
    // A word of the scale is a rating only where something is said of failing.
    let rated = [Class::Failure, Class::Impact, Class::Rating].into_iter().any(|class| whole.classes.has(class));
    if figure.kind == "rating" && !rated && context.topic != Some("failure-impact") && !context.fails {
        return None;
    }
    let other = match figure.kind {
        "bytes" => Some(Class::OtherBytes),
        "time" => Some(Class::OtherTime),
        "rate" => Some(Class::OtherRate),
        _ => None,
    };
    let told = [Class::Measure, Class::Old, Class::Other, Class::Rejected, Class::Example, Class::Later, Class::Cancel];
    let told = told.iter().any(|class| context.roles.has(*class) || headed.has(*class));
    let other = other.is_some_and(|other| whole.classes.has(other) || headed.has(other));
    let sure = match figure.kind {
        "rating" => RATING_SURE,
        "count" => COPIES_SURE,
        _ => SURE,
    };
    Some(sure + if told { DOUBLY } else { 0 } + if other { DOUBLY } else { 0 })
}

/// The fact that a figure is.
pub(super) fn lift(passage: &Passage<'_>, figure: &Figure, source: &Source<'_>, because: Because) -> Option<Fact> {
    let start = figure.tokens.start;
    let sentence = passage.sentence_of(start);
    let whole = passage.sentences.get(sentence)?;
    let context = passage.context;
    let kind = match figure.kind {
        "bytes" => "memory-budget",
        "time" if passage.in_sentence(sentence, Class::Startup).is_some() => "startup-time",
        "time" => "latency-target",
        "rate" if passage.in_sentence(sentence, Class::Peak).is_some() => return None,
        "rate" => "expected-traffic",
        "rating" => "failure-impact",
        _ => "instance-count",
    };
    let range = match figure.quantity {
        Some(at) => prose::quoted_words(passage, sentence, at),
        None => bytes(passage, &whole.tokens, &figure.tokens),
    };
    let (quote, span) = source.quote(passage.text, range);
    Some(Fact {
        kind: Arc::from(kind),
        value: Some(figure.value.clone()?),
        percentile: figure
            .quantity
            .filter(|_| kind == "latency-target")
            .and_then(|at| passage.percentile_of(sentence, at)),
        standing: Standing::Stated,
        because: Some(because),
        reasons: Vec::new(),
        origin: Origin::Prose,
        evidence: false,
        quote,
        place: Place::new(Arc::clone(source.path), span),
        subject: match figure.quantity {
            Some(at) => passage.subject(sentence, at),
            None => passage.named_service(sentence).map(str::to_owned).or_else(|| context.subject.clone()),
        },
    })
}

/// The words up to a rating, from the start of its sentence or a few words before.
fn bytes(passage: &Passage<'_>, sentence: &Range<usize>, figure: &Range<usize>) -> Range<usize> {
    let first = sentence.start.max(figure.start.saturating_sub(8));
    passage.tokens[first].range.start..passage.tokens[figure.end - 1].range.end
}
