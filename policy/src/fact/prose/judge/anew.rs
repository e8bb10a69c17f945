//! Limits that are set anew: "the limit is lifted from 400 MB to 640 MB".

mod mark;

pub(super) use mark::{former, replaced, set_anew};

use super::super::super::value::quantity::Measure;
use super::super::cue::Class;
use super::super::passage::Passage;

/// Verbs that move a limit.
const MOVES: &[&str] = &[
    "lift",
    "rais",
    "lower",
    "mov",
    "chang",
    "increas",
    "reduc",
    "cut",
    "tighten",
    "loosen",
    "relax",
    "set",
    "go",
    "goes",
    "went",
    "widen",
    "bump",
    "drop",
    "halv",
    "doubl",
    "adjust",
    "correct",
    "amend",
    "rise",
    "rose",
    "fall",
    "fell",
    "angehoben",
    "gesenkt",
    "erhöht",
    "verschärft",
    "relev",
    "abaiss",
    "sub",
    "baj",
    "gelockert",
];

/// The words between which the old figure stands.
const JOINTS: &[(&str, &str)] = &[("from", "to"), ("von", "auf"), ("de", "à"), ("de", "a"), ("vom", "auf")];

/// A limit that moves: the figure that it had, where that one stands on its own, and the one that it has now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moved {
    pub from: Option<usize>,
    pub to: usize,
}

/// The figures between which a limit is moved in a sentence. What merely came down was measured: without a noun for a
/// limit, nothing is set.
pub(super) fn moved(passage: &Passage<'_>, sentence: usize) -> Option<Moved> {
    let tokens = &passage.sentences[sentence].tokens;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let figures = passage.quantities_of(sentence);
    // "The limit that we set (64 MB) has been raised to 96 MB".
    let raised = figures.iter().find(|at| {
        let new = &passage.quantities[**at];
        let Some(to) = new.tokens.start.checked_sub(1) else { return false };
        // "Goes up to", "is raised to".
        let up = usize::from(to > 0 && matches!(word(to - 1), "up" | "down" | "further"));
        let Some(verb) = to.checked_sub(1 + up) else { return false };
        let limit = || passage.first(&(tokens.start..verb), Class::Limit).is_some();
        let moves = || MOVES.iter().any(|stem| word(verb).starts_with(stem)) && (word(verb).len() > 3 || up > 0);
        new.measure != Measure::Bare && matches!(word(to), "to" | "auf" | "à" | "a") && limit() && moves()
    });
    if let Some(to) = raised {
        let same = |at: &&usize| *at < to && passage.quantities[**at].measure == passage.quantities[*to].measure;
        return Some(Moved { from: figures.iter().find(same).copied(), to: *to });
    }
    figures.iter().enumerate().find_map(|(nth, at)| {
        let first = &passage.quantities[*at];
        let before = first.tokens.start.checked_sub(1).filter(|_| first.measure != Measure::Bare)?;
        let (_, joint) = JOINTS.iter().find(|(from, _)| word(before) == *from)?;
        // "From 400 MB to 640 MB" reads as a range, "from 640 MB to 400 MB" does not.
        let (moved, end) = if first.low.is_some() {
            (Moved { from: None, to: *at }, first.tokens.end)
        } else {
            let next = figures.get(nth + 1)?;
            let second = &passage.quantities[*next];
            let near = second.tokens.start - first.tokens.end <= 4 && second.measure == first.measure;
            let joined = near && (first.tokens.end..second.tokens.start).any(|at| word(at) == *joint);
            joined.then_some((Moved { from: Some(*at), to: *next }, second.tokens.end))?
        };
        let limit = passage.first(&(tokens.start..before), Class::Limit).is_some();
        let mut around = (tokens.start..before).chain(end..tokens.end);
        let moves = around.any(|at| MOVES.iter().any(|stem| word(at).starts_with(stem)));
        (limit && moves).then_some(moved)
    })
}
