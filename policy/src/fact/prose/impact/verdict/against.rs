//! Cues that speak against a rating, and what makes one speak of something else.

use super::super::super::super::{Because, Why};
use super::super::super::cue::Class;
use super::Rating;
use std::ops::Range;

impl Rating<'_, '_> {
    /// The first cue that speaks against the rating, the plainest kinds first.
    pub(super) fn spoken_against(&self) -> Option<Because> {
        for (class, what) in [
            (Class::Example, Why::Example),
            (Class::Rejected, Why::NotTaken),
            (Class::Cancel, Why::TakenBack),
            (Class::Old, Why::Before),
            (Class::Other, Why::Other),
            (Class::Negated, Why::Denied),
            (Class::Perhaps, Why::ImaginedOrWished),
            (Class::Later, Why::PutOff),
            (Class::Risk, Why::RatesElse),
        ] {
            if let Some(cue) = self.reached(class).filter(|cue| !self.is_beside(class, cue)) {
                return Some(self.say(what, &cue));
            }
        }
        None
    }

    /// Whether a cue says nothing of the rating, as it speaks of who rates, of what fails or of what happens then.
    fn is_beside(&self, class: Class, cue: &Range<usize>) -> bool {
        match class {
            Class::Risk => self.names_who_rates(cue) || self.tells_what_fails(cue),
            Class::Negated => self.denies_no_rating(cue) || self.follows(cue),
            Class::Cancel => self.stands_in_clause_before(cue) || self.follows(cue),
            Class::Later => self.follows(cue),
            Class::Perhaps => self.imagines_no_rating(cue),
            Class::Other => self.is_far_behind(cue) || self.names_no_other(cue),
            Class::Old => self.is_far_behind(cue),
            _ => false,
        }
    }

    /// "Risk management put the impact of an outage at severe": who rates is not what is rated.
    fn names_who_rates(&self, cue: &Range<usize>) -> bool {
        let between = cue.end..self.rank.start;
        self.rank.start.saturating_sub(cue.end) > 6
            && self.passage.first(&between, Class::Impact).is_some()
            && self.passage.first(&between, Class::Failure).is_some()
    }

    /// "An outage costs us some tickets: low impact": what is told before the colon is what fails.
    fn tells_what_fails(&self, cue: &Range<usize>) -> bool {
        let (passage, rank) = (self.passage, self.rank);
        cue.end <= rank.start
            && passage.first(&self.clause_before(cue), Class::Failure).is_some()
            && passage.tokens[cue.end..rank.start].iter().any(|token| matches!(token.sign(), Some(':' | ';' | '—')))
    }

    /// From the start of the clause in which a cue stands to the cue.
    fn clause_before(&self, cue: &Range<usize>) -> Range<usize> {
        let own = self.reach.iter().find(|range| range.contains(&cue.start));
        own.map_or(cue.start, |range| range.start)..cue.start
    }

    /// "Severity if it fails to fire: low": what fails is no denial, and nor is that nobody would mind.
    fn denies_no_rating(&self, cue: &Range<usize>) -> bool {
        let words = self.passage.words(cue).to_lowercase();
        cue.end < self.rank.start && (words.starts_with("fail") || words.starts_with("miss")) || words.contains(" mind")
    }

    /// "… as moderate: bills can be estimated": what is told behind the rating.
    fn follows(&self, cue: &Range<usize>) -> bool {
        self.passage.tells_apart(self.rank.end, cue)
    }

    /// "If it dies, the match is void; that we call severe": what happens then.
    fn stands_in_clause_before(&self, cue: &Range<usize>) -> bool {
        cue.end <= self.rank.start && self.stands_in_another_clause(cue)
    }

    /// Whether a cue stands in another clause than the rating.
    fn stands_in_another_clause(&self, cue: &Range<usize>) -> bool {
        self.passage.clause_of(self.sentence, cue.start) != self.clause
    }

    /// Whether a word for what may be leaves the rating as it is.
    fn imagines_no_rating(&self, cue: &Range<usize>) -> bool {
        let (passage, rank) = (self.passage, self.rank);
        let words = passage.words(cue).to_lowercase();
        // "What if it fails: high": the label asks, and the rating answers.
        self.labelled && words.starts_with("what if")
            // "Has been discussed and put at low": what was discussed was settled.
            || words.contains("discussed")
                && passage.first(&(cue.end..rank.start.max(cue.end)), Class::Rating).is_some()
            // "What a failure would cost the bank": what a failure does, is told in that mood.
            || rank.start.saturating_sub(cue.end) > 3
                && matches!(&*words, "would" | "could" | "might" | "would be")
                && passage.first(&(cue.start.saturating_sub(7)..cue.start), Class::Failure).is_some()
            || cue.start > rank.end + 1
            || self.stands_in_another_clause(cue)
    }

    /// "Low failure impact: people ask their neighbour": who is named further behind is not rated.
    fn is_far_behind(&self, cue: &Range<usize>) -> bool {
        cue.start > self.rank.end + 4
    }

    /// Whether a word for what is another's names it behind a labelled rating, or names none.
    fn names_no_other(&self, cue: &Range<usize>) -> bool {
        self.labelled && cue.start > self.rank.end
            // "We call that high": no service that is called.
            || self.passage.words(cue).to_lowercase().starts_with("we call")
    }
}
