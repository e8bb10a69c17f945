//! Tense: a present that tells how things are, and asks for nothing.

use super::super::super::super::value::bound::Side;
use super::super::super::super::{Because, Why};
use super::super::super::cue::Class;
use super::super::super::label;
use super::super::Case;
use std::ops::Range;

impl Case<'_, '_> {
    /// "Takes 20 s and people get coffee": a habit, unless the figure is firm, bounded or expected.
    pub(super) fn told_as_habit(&self, firm: bool) -> Option<Because> {
        let bounded = self.side == Some(Side::Upper) || self.near(Class::Limit).is_some();
        let expected = self.id == "expected-traffic" && self.near(Class::Expect).is_some();
        let tokens =
            self.own(Class::Present).filter(|present| !firm && !bounded && !expected && !self.is_granted(present))?;
        Some(self.why(Why::Habit, tokens))
    }

    /// "May take 20 ms" grants; "takes 20 s and people get coffee" does not.
    fn is_granted(&self, present: &Range<usize>) -> bool {
        // "We take number 2: each pod is limited to 128 MB".
        let bounds = || {
            let behind = present.end..self.quantity_start().max(present.end);
            self.passage
                .cues_in(&behind)
                .any(|cue| cue.class == Class::Grant && bounds(self.passage.words(&cue.tokens)))
        };
        // "Take off the network, and what is left is 30 ms".
        let left = self
            .passage
            .cues_between(present.end..self.quantity_start().max(present.end))
            .iter()
            .any(|cue| cue.class == Class::Near && self.passage.words(&cue.tokens) == "left");
        // "Whatever we take has 35 ms": the verb of the figure is another one.
        let other_verb = (present.end..self.quantity_start().max(present.end))
            .any(|at| matches!(&*self.passage.tokens[at].lower, "has" | "have" | "gets" | "must" | "is" | "are"));
        // "Typical load: 300 requests a second": a word of the label.
        let named = label::parted(self.passage, self.sentence)
            .is_some_and(|(label, value)| present.end <= label.end && value <= self.quantity_start());
        named && self.id == "expected-traffic"
            || left
            || other_verb
            || self.own(Class::Grant).is_some_and(|grant| grant.start <= present.start)
            || bounds()
    }
}

/// Verbs that say nothing but a limit.
fn bounds(words: &str) -> bool {
    const STEMS: &[&str] = &["limit", "cap", "bound", "restrict", "confine", "held to", "set at", "set to", "fixed at"];
    STEMS.iter().any(|stem| words.contains(stem))
}
