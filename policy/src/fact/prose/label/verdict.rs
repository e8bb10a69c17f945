//! Labels that say that a rating follows, and of what.

use super::super::cue::Class;
use super::super::passage::{Passage, stem};
use std::ops::Range;

/// "Result for a total failure of …", "our rating of an outage of …": a longer label that says what is rated.
pub(super) fn is_named(passage: &Passage<'_>, tokens: &Range<usize>) -> bool {
    const VERDICTS: &[&str] = &[
        "result",
        "outcome",
        "verdict",
        "rating",
        "grade",
        "ranking",
        "conclusion",
        "answer",
        "assessment",
        "impact",
        "effect",
        "consequence",
        "consequences",
        "severity",
        "ergebnis",
        "urteil",
        "résultat",
        "verdict",
        "resultado",
    ];
    let opens =
        || (tokens.start..tokens.end.min(tokens.start + 2)).any(|at| VERDICTS.contains(&&*passage.tokens[at].lower));
    let failure = passage.first(&(tokens.start..tokens.end.min(tokens.start + 7)), Class::Failure);
    // "Of the mail server": somebody else's.
    let ours = |end: usize| {
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        !matches!(word(end), "of" | "in" | "at")
            || (end + 1..end + 4).any(|at| {
                passage.topic.own.contains(stem(word(at))) || matches!(word(at), "it" | "this" | "our" | "service")
            })
    };
    failure.is_some_and(|failure| opens() && ours(failure.tokens.end))
}
