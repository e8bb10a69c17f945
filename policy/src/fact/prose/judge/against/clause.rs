//! Tense and mood: what a clause tells, denies or imagines instead of asking for it.

use super::super::super::super::value::bound::Side;
use super::super::super::super::{Because, Why};
use super::super::super::cue::Class;
use super::super::Case;
use std::ops::Range;

impl Case<'_, '_> {
    /// Tense and mood of the clause itself.
    pub(in super::super) fn against_clause(&self) -> Option<Because> {
        if self.is_made_limit() {
            return None;
        }
        if self.is_moved_to() {
            return self.near(Class::Perhaps).map(|tokens| self.why(Why::ImaginedOrEstimated, tokens));
        }
        if let Some(tokens) =
            self.own(Class::Saving).or_else(|| self.saving_before()).filter(|_| self.own(Class::Must).is_none())
        {
            return Some(self.why(Why::Saving, tokens));
        }
        if let Some(doubt) = self.denied().or_else(|| self.imagined()).or_else(|| self.put_off()) {
            return Some(doubt);
        }
        // "For the pilot we had agreed on 500 MB": a decision of the past, unless a word says that it stays.
        if let Some(had) = self.had_decided() {
            return Some(self.why(Why::MeasuredOrPast, &had));
        }
        let decided = self.near(Class::Decide).is_some();
        if let Some(past) = self.told_as_past(decided) {
            return Some(past);
        }
        if self.forbidden_beyond().is_some() {
            return None;
        }
        // "Shall reload the list (currently 1.8 GB)": brackets tell of what is there.
        let aside = passage_clause_is_aside(self);
        if let Some(tokens) = self.own(Class::Measure).filter(|_| aside) {
            return Some(self.why(Why::Measured, tokens));
        }
        let must = self.near(Class::Must).is_some();
        if let Some(tokens) = self.measured().filter(|_| !must && !decided) {
            return Some(self.why(Why::Measured, tokens));
        }
        if let Some(tokens) = self.measured_before().filter(|_| !must && !decided) {
            return Some(self.why(Why::Measured, &tokens));
        }
        self.told_as_habit(must || decided)
    }

    /// "41 % less RSS, which is 220 MB a node": the same saving in other words.
    fn saving_before(&self) -> Option<&Range<usize>> {
        let passage = self.passage;
        let at = passage.clause_of(self.sentence, self.quantity_start());
        let clauses = &passage.sentences[self.sentence].clauses;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let own = clauses.get(at)?.tokens.start;
        let own = own + usize::from(passage.tokens.get(own)?.sign().is_some());
        let goes_on = matches!(word(own), "which" | "that" | "i.e" | "or" | "das" | "soit" | "es" | "son");
        let before = &clauses.get(at.checked_sub(1)?)?.tokens;
        passage.first(before, Class::Saving).filter(|_| goes_on).map(|cue| &cue.tokens)
    }

    /// "We tried three builds. All of them stay below 20 ms": the sentence before tells what this one points back to.
    fn measured_before(&self) -> Option<Range<usize>> {
        let before = &self.passage.sentences[self.sentence.checked_sub(1)?].tokens;
        if !self.passage.points_back(self.sentence)
            || self.near(Class::Limit).is_some()
            || self.behind(Class::Limit).is_some()
        {
            return None;
        }
        let cue = self.passage.cues_in(before).find(|cue| {
            cue.class == Class::Measure && !is_talk(self.passage.words(&cue.tokens))
                || matches!(self.passage.words(&cue.tokens), "tried" | "tested")
        })?;
        Some(cue.tokens.clone())
    }

    /// A measurement in the clause; "… under 50 ms, measured at the gateway" says only where a limit is checked.
    fn measured(&self) -> Option<&Range<usize>> {
        let tokens = self.near(Class::Measure)?;
        let behind = tokens.start > self.quantity_start();
        let how = self.passage.words(tokens).to_lowercase().contains("measured");
        let bounded = self.side == Some(Side::Upper) || self.near(Class::Limit).is_some();
        (!(how && bounded && (behind || !self.is_own(tokens)))).then_some(tokens)
    }

    /// Whether a cue stands in the figure's own clause.
    pub(super) fn is_own(&self, tokens: &Range<usize>) -> bool {
        self.scope.ranges.first().is_some_and(|range| range.contains(&tokens.start))
    }
}

/// Whether a figure stands in brackets.
fn passage_clause_is_aside(case: &Case<'_, '_>) -> bool {
    let clause = case.passage.clause_of(case.sentence, case.quantity_start());
    case.passage.sentences[case.sentence].clauses.get(clause).is_some_and(|clause| clause.aside)
}

/// Words for what people said: a figure that was made of it may be a limit.
fn is_talk(words: &str) -> bool {
    matches!(words, "interviews" | "survey" | "surveys" | "users say")
}
