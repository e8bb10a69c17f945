//! Whether a rating counts.

mod against;
mod past;
mod whose;

use super::super::super::{Because, Why};
use super::super::Verdict;
use super::super::cue::Class;
use super::super::label;
use super::super::passage::Passage;
use std::ops::Range;

/// The standing of a rating and the reason for it. `several` says whether another rating stands beside it.
pub(super) fn verdict(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>, several: bool) -> Verdict {
    if let Some(against) = around(passage, sentence, rank) {
        return Verdict::unclear(against);
    }
    let rating = Rating::of(passage, sentence, rank);
    let against = rating
        .of_another()
        .or_else(|| rating.taken_back())
        .or_else(|| rating.beside_another())
        .or_else(|| rating.of_its_day())
        .or_else(|| rating.spoken_against())
        .or_else(|| rating.told_as_past())
        .or_else(|| rating.is_denied().then(|| Why::Denied.plain()))
        .or_else(|| several.then(|| Why::Several.plain()));
    match against {
        Some(against) => Verdict::unclear(against),
        None => Verdict::stated("a rating of what a failure does".to_owned()),
    }
}

/// A rating, and where the words stand that may speak against it.
struct Rating<'a, 't> {
    passage: &'a Passage<'t>,
    sentence: usize,
    rank: &'a Range<usize>,
    clause: usize,
    reach: Vec<Range<usize>>,
    /// Whether it is all that stands behind its label, as far as the next sign.
    labelled: bool,
}

impl<'a, 't> Rating<'a, 't> {
    fn of(passage: &'a Passage<'t>, sentence: usize, rank: &'a Range<usize>) -> Self {
        let clause = passage.clause_of(sentence, rank.start);
        let reach = passage.scope(sentence, clause).ranges;
        let labelled = label::parted(passage, sentence).is_some_and(|(_, value)| value == rank.start)
            && (rank.end >= passage.sentences[sentence].tokens.end
                || passage.tokens.get(rank.end).is_none_or(|next| next.sign().is_some()));
        Self { passage, sentence, rank, clause, reach, labelled }
    }

    /// Where the first cue of a class stands that speaks of the rating.
    fn reached(&self, class: Class) -> Option<Range<usize>> {
        self.reach.iter().find_map(|range| self.passage.first(range, class)).map(|cue| cue.tokens.clone())
    }

    /// The reason with the words of a cue.
    fn say(&self, why: Why, cue: &Range<usize>) -> Because {
        why.with(self.passage.words(cue))
    }

    /// "Not high": a word right before it denies it.
    fn is_denied(&self) -> bool {
        let before = self.rank.start.saturating_sub(3)..self.rank.start;
        self.passage.tokens[before].iter().any(|token| {
            matches!(&*token.lower, "not" | "no" | "never" | "nicht" | "pas" | "isn't" | "hardly" | "neither" | "nor")
        })
    }
}

/// What stands around a rating and speaks against all of its sentence: a question, a hole, quotation marks, the label of
/// a risk, headings.
fn around(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Because> {
    if passage.sentences[sentence].question {
        return Some(Why::Question.plain());
    }
    if passage.has_hole(sentence) {
        return Some(Why::HoleRating.plain());
    }
    if passage.context.quoted || passage.in_quotes(rank.start) {
        return Some(Why::InQuotes.plain());
    }
    // "Risk: the team loses its people. Impact: high."
    let risk = passage.label_of(0).filter(|_| sentence > 0).and_then(|label| passage.first(&label, Class::Risk));
    if let Some(cue) = risk.filter(|_| !names_failure_impact(passage, sentence)) {
        return Some(Why::RatesRisk.with(passage.words(&cue.tokens)));
    }
    // "Failure impact: not rated. A waiter called it high."
    let unrated = sentence
        .checked_sub(1)
        .and_then(|before| passage.in_sentence(before, Class::Negated))
        .filter(|cue| passage.words(&cue.tokens).to_lowercase().contains("rat"));
    if let Some(cue) = unrated {
        return Some(Why::Denied.with(passage.words(&cue.tokens)));
    }
    under_heading(passage, sentence)
}

/// What the headings over a rating say against it.
fn under_heading(passage: &Passage<'_>, sentence: usize) -> Option<Because> {
    let roles = passage.context.roles;
    for (class, what) in [
        (Class::Example, Why::Guide),
        (Class::Risk, Why::RatesRisk),
        (Class::Rejected, Why::NotTaken),
        (Class::Perhaps, Why::Discussed),
        (Class::Old, Why::UnderBefore),
        (Class::Other, Why::UnderOther),
    ] {
        let named = class == Class::Risk && names_failure_impact(passage, sentence);
        if roles.has(class) && !named {
            return Some(what.with(&passage.context.heading));
        }
    }
    None
}

/// Whether a sentence says "failure impact", or "impact of an outage": under a heading for risks, too, it is what it says.
fn names_failure_impact(passage: &Passage<'_>, sentence: usize) -> bool {
    let tokens = &passage.sentences[sentence].tokens;
    passage.cues_in(tokens).filter(|cue| cue.class == Class::Impact).any(|cue| {
        let near = cue.tokens.start.saturating_sub(1)..(cue.tokens.end + 4).min(tokens.end);
        passage.first(&near, Class::Failure).is_some()
    })
}
