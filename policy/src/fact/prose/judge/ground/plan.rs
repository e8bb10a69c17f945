//! What makes a number of instances a plan.

use super::super::super::super::value::quantity::Measure;
use super::super::super::cue::Class;
use super::super::Case;

impl Case<'_, '_> {
    /// A word for a plan near by, or the place of the number in its sentence, its list or its section.
    pub(super) fn planned(&self, labelled: bool) -> Option<String> {
        let start = self.quantity_start();
        let before = start.saturating_sub(4)..start;
        let end = self.passage.quantities[self.at].tokens.end;
        let behind = end..(end + 8).min(self.passage.tokens.len());
        let plan = self
            .passage
            .first(&before, Class::Plan)
            .or_else(|| self.passage.cues_in(&behind).find(|cue| cue.class == Class::Plan && cue.tokens.len() > 1));
        let opens = start == self.sentence_tokens().start
            || self.passage.tokens.get(start - 1).is_some_and(|token| token.sign() == Some(':'));
        if self.answers {
            return Some("a plan, by its place in the sentence".to_owned());
        }
        // "80 requests per second, 3 replicas": a list of what is planned.
        let listed = start
            .checked_sub(1)
            .and_then(|at| self.passage.tokens.get(at))
            .is_some_and(|token| token.sign() == Some(','));
        let beside = self.at.checked_sub(1).map(|before| &self.passage.quantities[before]).is_some_and(|rate| {
            rate.measure == Measure::Rate
                && rate.tokens.start >= self.sentence_tokens().start
                && rate.tokens.end + 1 == start
        });
        if listed && (self.passage.context.item || beside && !self.passage.has_verb(self.sentence_tokens())) {
            return Some("a plan, by its place in the list".to_owned());
        }
        let planned = plan.map(|cue| self.say("a plan", &cue.tokens)).or_else(|| {
            let firm = self.near(Class::Limit).or(self.near(Class::Grant)).or(self.near(Class::Must))?;
            opens.then(|| self.say("a plan", firm))
        });
        planned.or_else(|| self.context_ground(labelled))
    }
}
