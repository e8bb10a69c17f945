//! What makes a figure a limit, or a plan.

mod behind;
mod context;
mod load;
mod plan;
mod shape;

use super::super::super::value::bound::Side;
use super::super::cue::Class;
use super::super::kind;
use super::super::owner;
use super::super::speech::Speech;
use super::{Case, UPPER};
use std::ops::Range;

impl Case<'_, '_> {
    /// What makes the figure a limit (or, for load and instances, a plan).
    pub(super) fn positive(&self, labelled: bool) -> Option<String> {
        if let Some(ground) = self.by_what_is_beyond() {
            return Some(ground);
        }
        if self.id == "instance-count" {
            return self.planned(labelled);
        }
        if self.side == Some(Side::Lower) && !matches!(self.id, "expected-traffic" | "peak-traffic") {
            // "Beyond 120 ms the operator feels a lag; that is our limit."
            let limit = self.behind(Class::Limit).map(|tokens| self.say("is made a limit", tokens));
            return limit.or_else(|| self.pointed_at());
        }
        self.by_word()
            .or_else(|| self.by_what_is_settled())
            .or_else(|| self.by_what_is_had())
            .or_else(|| self.by_build())
            .or_else(|| self.context_ground(labelled))
            .or_else(|| self.pointed_at())
    }

    /// "Nothing slower than 2 s is accepted", "that is all we get": what lies beyond the figure is not to be had.
    fn by_what_is_beyond(&self) -> Option<String> {
        if let Some(tokens) = self.forbidden_beyond() {
            return Some(self.say("what is beyond it is not accepted", tokens));
        }
        if let Some(tokens) = self.not_by_then() {
            return Some(self.say("what is beyond it is not accepted", &tokens));
        }
        let quantity = &self.passage.quantities[self.at];
        let back = kind::no_more_than_that(self.passage, self.sentence, quantity)
            .or_else(|| kind::rest_for_service(self.passage, self.sentence, quantity));
        if let Some(tokens) = back.filter(|_| !self.is_rate_or_count()) {
            return Some(self.say("what is granted", &tokens));
        }
        None
    }

    /// A word for a limit, a duty or a grant, in the clause or in what is said of the figure behind it.
    fn by_word(&self) -> Option<String> {
        let rate = matches!(self.id, "expected-traffic" | "peak-traffic");
        let grounds: &[(Class, &str)] = if rate {
            &[
                (Class::Expect, "load that is expected"),
                (Class::Must, "an obligation"),
                (Class::Limit, "a target"),
                (Class::Decide, "what was agreed"),
            ]
        } else {
            &[(Class::Limit, "a limit"), (Class::Must, "an obligation"), (Class::Grant, "what is granted")]
        };
        // A limit of a rate is a rate limit.
        let caps = |tokens: &Range<usize>| rate && is_cap(&self.passage.words(tokens).to_lowercase());
        let counts = |tokens: &Range<usize>| !caps(tokens) && !self.is_no_load(tokens);
        for (class, says) in grounds {
            if let Some(tokens) = self.near(*class).or_else(|| self.behind(*class)).filter(|tokens| counts(tokens)) {
                return Some(self.say(says, tokens));
            }
        }
        None
    }

    /// What somebody did or promised for the figure to hold: set it anew, summed it up, took it on, agreed to it.
    fn by_what_is_settled(&self) -> Option<String> {
        if let Some(tokens) = self.set_anew() {
            return Some(self.say("is set anew", &tokens));
        }
        if let Some(sum) = self.comes_to() {
            return Some(self.say("load that is expected", &sum));
        }
        let start = self.quantity_start();
        let promised = self.scope.ranges.iter().find_map(|range| owner::promises(self.passage, range, start));
        if let Some(tokens) = promised {
            return Some(self.say("an obligation", &tokens));
        }
        if let Some(tokens) = self.is_to_be() {
            return Some(self.say("an obligation", &tokens));
        }
        // "…, which are the two figures that the programme has set".
        self.behind(Class::Decide).map(|tokens| self.say("what was agreed", tokens))
    }

    /// "Leaves us 1 ms", "the renderer has 200 ms": what is there to be spent.
    fn by_what_is_had(&self) -> Option<String> {
        let start = self.quantity_start();
        // "Left us 2 MB and 1 ms": what is given, is given in a row.
        let head = self.first_of_row();
        let right_before = head.saturating_sub(4)..start;
        if let Some(cue) = self.passage.first(&right_before, Class::Near) {
            return Some(self.say("what there is to spend", &cue.tokens));
        }
        if let Some(own) = self.is_for_us().or_else(|| self.service_has()) {
            return Some(self.say("what the service has", &own));
        }
        // "The renderer has 200 ms": a time that something has is one that it may take; memory is what a machine has.
        let word_before = self.word_before();
        if matches!(self.id, "latency-target" | "startup-time")
            && word_before.is_some_and(|token| matches!(&*token.lower, "has" | "have" | "hat" | "tiene")
                || token.is("a") && self.passage.topic.speech == Speech::French)
            && !self.is_time_of_others()
            // "A receiver has 8 s to answer": what others are given.
            && !self
                .passage
                .cues_in(&(start.saturating_sub(3)..start))
                .any(|cue| cue.class == Class::Outsider && cue.tokens.end + 1 == start)
        {
            return Some("the time that it has".to_owned());
        }
        None
    }

    /// A comparator, or the build of the sentence, where no word for a limit stands near.
    fn by_build(&self) -> Option<String> {
        if self.side == Some(Side::Upper) && !matches!(self.id, "expected-traffic" | "peak-traffic") {
            return Some(UPPER.to_owned());
        }
        let start = self.quantity_start();
        // "Answer time. Decided: 1 s at p99."
        let verdict = self.passage.label_of(self.sentence).filter(|label| self.is_verdict(label));
        if let Some(label) = verdict.filter(|label| label.len() <= 4 && start <= label.end + 3) {
            return Some(self.say("what was agreed", &label));
        }
        if let Some(firm) = self.firm_behind() {
            return Some(self.say("leaves no room", &firm));
        }
        if self.is_each() {
            return Some("what each planned instance is given".to_owned());
        }
        if matches!(self.id, "latency-target" | "startup-time") && kind::due_by_then(self.passage, self.sentence) {
            return Some("what has to be done by then".to_owned());
        }
        if let Some(frame) = self.framed().filter(|_| !matches!(self.id, "expected-traffic" | "peak-traffic")) {
            return Some(self.say("what is set", &frame));
        }
        if let Some(otherwise) = self.otherwise() {
            return Some(self.say("else something happens", &otherwise));
        }
        if self.is_own_share() {
            return Some("the service's share of a limit".to_owned());
        }
        if let Some(question) = self.answers_question() {
            return Some(self.say("answers", &question));
        }
        if let Some(passive) = self.served_in() {
            return Some(self.say("what is done in that time, by a percentile", &passive));
        }
        self.listed_with_copies().map(|copies| self.say("a plan, beside", &copies))
    }
}

/// Words for a limit that is set to callers, where they stand by a rate.
fn is_cap(words: &str) -> bool {
    matches!(
        words,
        "limit"
            | "limits"
            | "cap"
            | "caps"
            | "ceiling"
            | "quota"
            | "max"
            | "maximum"
            | "threshold"
            | "deadline"
            | "allowance"
            | "hard limit"
            | "soft limit"
            | "limite"
            | "grenze"
            | "límite"
    )
}
