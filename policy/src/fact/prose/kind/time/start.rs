//! Words for a start, and whether it is the service that starts.

use super::super::super::super::value::quantity::Quantity;
use super::super::super::cue::{Class, Cue};
use super::super::super::passage::{Passage, Scope};
use super::super::super::thing;
use super::super::{distance, word_at};

/// How far the nearest word for a start of the service is.
pub(super) fn distance_to(passage: &Passage<'_>, sentence: usize, quantity: &Quantity, scope: &Scope) -> Option<usize> {
    let own = scope
        .ranges
        .iter()
        .any(|range| passage.cues_in(range).any(|cue| cue.class == Class::Startup && starts_service(passage, cue)));
    if own {
        return distance(passage, quantity, scope, Class::Startup);
    }
    // "NFR-4 (start): …" names it in the label.
    let label = passage.label_of(sentence)?;
    let named =
        passage.tokens[label].iter().any(|token| matches!(&*token.lower, "start" | "startup" | "boot" | "launch"));
    named.then_some(0)
}

/// Whether it is the service that starts or is ready: "a download should start within 150 ms" is an answer.
pub(super) fn starts_service(passage: &Passage<'_>, cue: &Cue) -> bool {
    const WEAK: &[&str] = &[
        "start", "starts", "started", "ready", "be", "is", "become", "becomes", "must", "can", "to", "in", "within",
        "under", "after", "up", "restart", "restarts",
    ];
    // "Start of the bridge": what starts stands behind it.
    let words = passage.words(&cue.tokens).to_lowercase();
    let of = usize::from(words == "the start" && word_at(passage, cue.tokens.end) == "of");
    if words == "start of" || of > 0 {
        return (cue.tokens.end + of..cue.tokens.end + of + 3).any(|at| thing::is_service(passage, at));
    }
    // "Must come up with a timetable within 5 minutes": it finds one.
    if word_at(passage, cue.tokens.end - 1) == "up" && word_at(passage, cue.tokens.end) == "with" {
        return false;
    }
    // "Stellt uns zwei Instanzen bereit": half of a verb.
    let sentence = cue.tokens.start.saturating_sub(40)..cue.tokens.start;
    if word_at(passage, cue.tokens.start) == "bereit"
        && passage.tokens[sentence].iter().any(|token| matches!(&*token.lower, "stellt" | "stellen" | "stellte"))
    {
        return false;
    }
    // "Start-up is limited to 5 s": a noun, which says whose start it is no more than "startup" does.
    let noun = passage.tokens[cue.tokens.clone()].iter().skip(1).any(|token| token.joined);
    let weak = !noun && passage.tokens[cue.tokens.clone()].iter().all(|token| WEAK.contains(&&*token.lower));
    // "A service that starts in under 2 s".
    let relative = |at: usize| matches!(word_at(passage, at), "that" | "which" | "who" | "qui");
    let subject = thing::before(passage, cue.tokens.start).map(|at| {
        if relative(at) {
            (at.saturating_sub(2)..at).rev().find(|at| passage.tokens[*at].is_word()).unwrap_or(at)
        } else {
            at
        }
    });
    // "A trailer must start within 2 s" begins to play.
    let plays = |at: usize| passage.cues_in(&(at..at + 1)).any(|cue| cue.class == Class::Lasting);
    if weak && subject.is_some_and(plays) {
        return false;
    }
    !weak || subject.is_none_or(|subject| thing::is_general(passage, subject))
}
