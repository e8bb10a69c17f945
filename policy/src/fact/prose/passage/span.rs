//! Spans of time by their ends: "before 180 ms are up", "from invoke to first byte served we allow 400 ms".

use super::super::super::token::Token;
use super::super::super::value::{number, unit};
use super::super::cue::{Class, Cue};
use std::ops::Range;

/// Drops cues of words that only name the ends of a span.
pub(super) fn drop_ends(cues: &mut Vec<Cue>, tokens: &[Token<'_>]) {
    let mut overs: Vec<Range<usize>> = Vec::new();
    let mut spans: Vec<Range<usize>> = Vec::new();
    for at in 0..tokens.len() {
        match &*tokens[at].lower {
            "before" | "bevor" | "ehe" => overs.extend(figure_behind(tokens, at).and_then(|end| over(tokens, end))),
            // A span within another one adds nothing to it.
            "from" | "between" if spans.last().is_none_or(|last| last.end <= at) => {
                spans.extend(allowed(cues, tokens, at));
            }
            _ => {}
        }
    }
    if overs.is_empty() && spans.is_empty() {
        return;
    }
    let within = |ranges: &[Range<usize>], at: usize| {
        let next = ranges.partition_point(|range| range.end <= at);
        ranges.get(next).is_some_and(|range| range.contains(&at))
    };
    cues.retain(|cue| {
        let at = cue.tokens.start;
        let participle = cue.tokens.len() == 1
            && matches!(cue.class, Class::Past | Class::Measure)
            && is_participle(&tokens[at].lower);
        !(within(&overs, at) || participle && within(&spans, at))
    });
}

/// Whether a time is bounded by words that it is over: "before 180 ms are up", "bevor 180 ms um sind".
pub(crate) fn is_before_over(tokens: &[Token<'_>], figure: &Range<usize>) -> bool {
    let before = (1..=2).filter_map(|back| figure.start.checked_sub(back)).any(|at| {
        matches!(&*tokens[at].lower, "before" | "bevor" | "ehe")
            && tokens[at + 1..figure.start].iter().all(|token| matches!(&*token.lower, "a" | "the" | "those" | "even"))
    });
    before && over(tokens, figure.end).is_some()
}

/// The end of an amount of time right behind a word: "before 180 ms", "before a quarter of a second".
fn figure_behind(tokens: &[Token<'_>], before: usize) -> Option<usize> {
    let from = before + 1;
    let opens = tokens.get(from).is_some_and(|token| {
        number::digits(token).is_some()
            || number::is_word(&token.lower)
            || matches!(&*token.lower, "a" | "half" | "one")
    });
    let last = (from + 1..(from + 7).min(tokens.len())).find(|at| unit::time(&tokens[*at].lower).is_some())?;
    opens.then_some(last + 1)
}

/// "are up", "have passed", "is over", "um sind": words right behind an amount of time that let it end.
fn over(tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
    let english = matches!(word(at), "is" | "are" | "has" | "have")
        && matches!(word(at + 1), "up" | "over" | "gone" | "passed" | "elapsed" | "out" | "through" | "spent");
    let german = matches!(word(at), "um" | "vorbei" | "vergangen" | "verstrichen" | "abgelaufen" | "rum")
        && matches!(word(at + 1), "sind" | "ist");
    let by = usize::from(english && word(at + 1) == "gone" && word(at + 2) == "by");
    (english || german).then_some(at..at + 2 + by)
}

/// "From … to … we allow": the words from a joint to what grants the time between the two ends.
fn allowed(cues: &[Cue], tokens: &[Token<'_>], from: usize) -> Option<Range<usize>> {
    let until = tokens[from + 1..]
        .iter()
        .take(20)
        .position(|token| matches!(token.sign(), Some('.' | ';' | '?' | '!')))
        .map_or((from + 21).min(tokens.len()), |at| from + 1 + at);
    let to = (from + 2..until).find(|at| matches!(&*tokens[*at].lower, "to" | "till" | "until" | "and"))?;
    let first = cues.partition_point(|cue| cue.tokens.start < to);
    let grant = cues[first..]
        .iter()
        .take_while(|cue| cue.tokens.start < until)
        .find(|cue| matches!(cue.class, Class::Grant | Class::Must) && cue.tokens.start > to + 1)?;
    Some(from..grant.tokens.start)
}

/// "served", "sent": how something is at an end of the span.
fn is_participle(word: &str) -> bool {
    word.ends_with("ed")
        || matches!(
            word,
            "sent"
                | "read"
                | "given"
                | "drawn"
                | "shown"
                | "seen"
                | "written"
                | "paid"
                | "sold"
                | "heard"
                | "built"
                | "found"
                | "met"
                | "lit"
                | "cut"
                | "done"
                | "put"
                | "set"
        )
}
