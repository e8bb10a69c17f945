//! What makes a figure a limit, or a plan.

mod load;
mod shape;

use super::super::super::token::Token;
use super::super::super::value::bound::{self, Side};
use super::super::super::value::quantity::Measure;
use super::super::LABELLED;
use super::super::cue::Class;
use super::super::kind;
use super::super::owner;
use super::super::passage::stem;
use super::super::sentence::{Clause, Sentence};
use super::super::speech::Speech;
use super::{Case, UPPER};
use std::ops::Range;

impl Case<'_, '_> {
    /// What makes the figure a limit (or, for load and instances, a plan).
    pub(super) fn positive(&self, labelled: bool) -> Option<String> {
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
        let start = self.quantity_start();
        let grounds: &[(Class, &str)] = match self.id {
            "instance-count" => &[(Class::Plan, "a plan")],
            "expected-traffic" | "peak-traffic" => &[
                (Class::Expect, "load that is expected"),
                (Class::Must, "an obligation"),
                (Class::Limit, "a target"),
                (Class::Decide, "what was agreed"),
            ],
            _ => &[(Class::Limit, "a limit"), (Class::Must, "an obligation"), (Class::Grant, "what is granted")],
        };
        if self.id == "instance-count" {
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
            return planned.or_else(|| self.context_ground(labelled));
        }
        if self.side == Some(Side::Lower) && !matches!(self.id, "expected-traffic" | "peak-traffic") {
            // "Beyond 120 ms the operator feels a lag; that is our limit."
            let limit = self.behind(Class::Limit).map(|tokens| self.say("is made a limit", tokens));
            return limit.or_else(|| self.pointed_at());
        }
        // A limit of a rate is a rate limit.
        let caps = |tokens: &Range<usize>| {
            matches!(self.id, "expected-traffic" | "peak-traffic")
                && matches!(
                    self.passage.words(tokens).to_lowercase().as_str(),
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
        };
        let counts = |tokens: &Range<usize>| !caps(tokens) && !self.is_no_load(tokens);
        for (class, says) in grounds {
            if let Some(tokens) = self.near(*class).or_else(|| self.behind(*class)).filter(|tokens| counts(tokens)) {
                return Some(self.say(says, tokens));
            }
        }
        if let Some(tokens) = self.set_anew() {
            return Some(self.say("is set anew", &tokens));
        }
        if let Some(sum) = self.comes_to() {
            return Some(self.say("load that is expected", &sum));
        }
        let promised = self.scope.ranges.iter().find_map(|range| owner::promises(self.passage, range, start));
        if let Some(tokens) = promised {
            return Some(self.say("an obligation", &tokens));
        }
        if let Some(tokens) = self.is_to_be() {
            return Some(self.say("an obligation", &tokens));
        }
        // "…, which are the two figures that the programme has set".
        if let Some(tokens) = self.behind(Class::Decide) {
            return Some(self.say("what was agreed", tokens));
        }
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
        if self.side == Some(Side::Upper) && !matches!(self.id, "expected-traffic" | "peak-traffic") {
            return Some(UPPER.to_owned());
        }
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
        if let Some(copies) = self.listed_with_copies() {
            return Some(self.say("a plan, beside", &copies));
        }
        self.context_ground(labelled).or_else(|| self.pointed_at())
    }

    /// "… is answered in 1 s, else the device shows an error."
    fn otherwise(&self) -> Option<Range<usize>> {
        let end = self.passage.quantities[self.at].tokens.end;
        let behind = |offset: usize| self.passage.tokens.get(end + offset);
        const VAGUE: &[&str] = &[
            "so",
            "about",
            "more",
            "less",
            "roughly",
            "thereabouts",
            "two",
            "after",
            "before",
            "in",
            "on",
            "at",
            "within",
            "by",
            "every",
            "for",
            "if",
            "when",
            "with",
            "not",
            "under",
            "below",
            "above",
            "over",
            "to",
            "as",
        ];
        let vague = |token: &Token<'_>| !token.is_word() || VAGUE.contains(&&*token.lower);
        // "p99 25 ms or players see the spinner".
        if behind(0).is_some_and(|token| token.is("or"))
            && behind(1).is_some_and(|next| !vague(next))
            && behind(2).is_some()
        {
            return Some(end..end + 1);
        }
        // "It waits 3 ms for the answer and bids the floor price otherwise".
        let last = self.sentence_tokens().end.saturating_sub(2).max(end)..self.sentence_tokens().end;
        let closes = |at: &usize| {
            self.passage.tokens[*at].is_word()
                && matches!(&*self.passage.tokens[*at].lower, "otherwise" | "sonst" | "sinon")
        };
        if let Some(at) = last.clone().find(closes).filter(|at| !self.passage.has_figure(end..*at)) {
            return Some(at..at + 1);
        }
        let clauses = &self.passage.sentences[self.sentence].clauses;
        let next = clauses.get(self.passage.clause_of(self.sentence, self.quantity_start()) + 1)?;
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let (first, second) = (word(next.tokens.start), word(next.tokens.start + 1));
        // "… after it was taken, or the display turns grey".
        let figures = self.passage.has_figure(next.tokens.clone());
        let turns = matches!(first, "else" | "otherwise" | "sonst" | "andernfalls" | "sinon")
            || (first, second) == ("or", "else")
            || first == "or" && matches!(second, "do" | "don't" | "not" | "nothing" | "never") && !figures
            || first == "or" && matches!(second, "the" | "it" | "we" | "they" | "a" | "an" | "our") && !figures;
        turns.then_some(next.tokens.start..next.tokens.start + 1)
    }

    /// A cue in what is said of the figure right behind it: "45 messages per second, which is what we plan for".
    pub(super) fn behind(&self, class: Class) -> Option<&Range<usize>> {
        let passage = self.passage;
        let clauses = &passage.sentences[self.sentence].clauses;
        let at = passage.clause_of(self.sentence, self.quantity_start()) + 1;
        let mut next = clauses.get(at)?;
        if next.aside && passage.first(&next.tokens, class).is_none() {
            // "1.5 s (p95) is the SLO": brackets interrupt the clause.
            next = clauses.get(at + 1).filter(|after| after.continued)?;
            // "300 ms (p95) from click to confirmation, promised to the dealers".
            let opens =
                |clause: &&Clause| passage.first(&(clause.tokens.start..clause.tokens.start + 1), class).is_some();
            if passage.first(&next.tokens, class).is_none() && !passage.has_verb(&next.tokens) {
                next = clauses.get(at + 2).filter(opens)?;
            }
        } else {
            let first = passage.tokens.get(next.tokens.start).map_or("", |token| token.lower.as_ref());
            let participle = passage
                .cues_in(&(next.tokens.start..next.tokens.start + 1))
                .any(|cue| matches!(cue.class, Class::Decide | Class::Limit | Class::Grant));
            let about = next.aside
                || participle
                || matches!(first, "which" | "as" | "that" | "(" | "was" | "ce" | "lo" | "wie" | "this" | "both" | "these")
                // "…, so that is the requirement", "…; we plan with that".
                || matches!(first, "so" | "and") && passage.tokens.get(next.tokens.start + 1).is_some_and(|second| matches!(&*second.lower, "that" | "this" | "these" | "it" | "both" | "no"))
                || passage.tokens[next.tokens.clone()].iter().rev().take(3).any(|token| token.is("that") || token.is("it"));
            if !about {
                return None;
            }
        }
        let from = passage.quantities.partition_point(|quantity| quantity.tokens.start < next.tokens.start);
        let figures = passage
            .quantities
            .get(from)
            .is_some_and(|quantity| quantity.tokens.start < next.tokens.end && !passage.is_percentile(from))
            && passage.quantities[from..]
                .iter()
                .take_while(|quantity| quantity.tokens.start < next.tokens.end)
                .any(|quantity| quantity.measure != Measure::Bare);
        let cue = passage.first(&next.tokens, class).filter(|_| !figures)?;
        Some(&cue.tokens)
    }

    fn context_ground(&self, labelled: bool) -> Option<String> {
        let context = self.passage.context;
        if context.unsaid {
            return None;
        }
        // "The school server has 8 GB" under "Requirements": what is there, not what is asked.
        let before = self.quantity_start().checked_sub(1).and_then(|at| self.passage.tokens.get(at));
        let owns = before
            .is_some_and(|token| matches!(&*token.lower, "has" | "have" | "hat" | "haben" | "a" | "tiene" | "tienen"));
        // "Memory – The controller has 128 MB soldered": a sentence of its own behind the label.
        let machine = || {
            let clause = self.scope.ranges.first();
            clause.is_some_and(|clause| self.passage.first(clause, Class::Machine).is_some())
        };
        if self.id == "memory-budget" && (owns || self.comes_with()) && (!labelled || machine()) {
            return None;
        }
        // "**RAM** 512 MB (the machine has 2 GB)": brackets with a verb tell of something else.
        let clauses = &self.passage.sentences[self.sentence].clauses;
        let aside = clauses
            .get(self.passage.clause_of(self.sentence, self.quantity_start()))
            .is_some_and(|clause| clause.aside && self.passage.has_verb(&clause.tokens));
        if labelled && !aside {
            return Some(LABELLED.to_owned());
        }
        // Other headings than those of figures are facts' names, too: "Rewrite".
        if context.topic.is_some_and(|topic| topic == self.id) {
            return Some(format!("stands under \"{}\"", context.heading));
        }
        if self.after_percentile_label() || self.after_span_label() || self.after_named_label() {
            return Some(LABELLED.to_owned());
        }
        if self.id == "expected-traffic" && context.planned {
            return Some("stands under what is planned with".to_owned());
        }
        if let Some(lead) = self.led() {
            return Some(self.say("stands under", &lead));
        }
        let wanted = context.roles.has(Class::Limit) || context.roles.has(Class::Must);
        // "The camera delivers 70 frames a second", under "Requirements": no load of the service.
        let traffic = self.id != "expected-traffic"
            || [Class::Traffic, Class::Expect].into_iter().any(|class| self.near(class).is_some());
        (wanted && traffic).then(|| format!("stands under \"{}\"", context.heading))
    }

    /// "Every tram carries a computer with 2 GB": what a thing is that stands there, where it is no copy of the service.
    fn comes_with(&self) -> bool {
        let Some(with) = self.quantity_start().checked_sub(1) else { return false };
        let is_with = matches!(self.passage.tokens[with].lower.as_ref(), "with" | "mit" | "avec" | "con");
        let Some(thing) = with.checked_sub(1).filter(|_| is_with) else { return false };
        let clause = &self.passage.sentences[self.sentence].tokens;
        self.passage.first(&(thing..with), Class::Instances).is_none()
            && !self.passage.topic.own.contains(stem(&self.passage.tokens[thing].lower))
            && self.passage.has_verb(&(clause.start..with))
    }

    /// "Requirements of the vehicle programme:" on a line of its own, before lines of figures in one paragraph.
    fn led(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let ends = |sentence: &Sentence| {
            let last = sentence.tokens.end.checked_sub(1).and_then(|at| passage.tokens.get(at));
            last.is_some_and(|token| token.sign() == Some(':')) && sentence.tokens.len() > 1
        };
        // "What the foremen want from it is simple. A press shows within 300 ms."
        let what = |at: usize| {
            let tokens = &passage.sentences[at].tokens;
            passage.tokens[tokens.start].is("what")
                && self.sentence - at <= 3
                && !passage.sentences[at].question
                && passage.quantities_of(at).is_empty()
        };
        let at = (self.sentence.saturating_sub(12)..self.sentence)
            .rev()
            .find(|at| ends(&passage.sentences[*at]) || what(*at))?;
        let lead = &passage.sentences[at];
        let firm = [Class::Limit, Class::Must].into_iter().any(|class| lead.classes.has(class));
        let other =
            [Class::Measure, Class::Perhaps, Class::Other, Class::Old, Class::Negated, Class::Later, Class::Example]
                .into_iter()
                .any(|class| lead.classes.has(class));
        let cues = passage.cues_between(lead.tokens.clone());
        let other = other || owner::leads_to_theirs(&passage.tokens[lead.tokens.clone()], cues);
        let own_line = what(at) || passage.tokens.get(lead.tokens.end).is_some_and(|next| next.line_start);
        (firm && !other && own_line).then(|| lead.tokens.clone())
    }

    /// "Is answered in 250 ms, always": a word right behind that leaves no room.
    fn firm_behind(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let mut at = passage.quantities[self.at].tokens.end;
        at += usize::from(passage.tokens.get(at).is_some_and(|token| token.sign() == Some(',')));
        let word = passage.tokens.get(at)?;
        let ends = passage.tokens.get(at + 1).is_none_or(|next| next.sign().is_some());
        (ends
            && matches!(
                &*word.lower,
                "always" | "flat" | "sharp" | "hard" | "guaranteed" | "tops" | "immer" | "toujours"
            ))
        .then_some(at..at + 1)
    }

    /// "… Both are limits": the next sentence makes the figure one.
    fn pointed_at(&self) -> Option<String> {
        let next = self.sentence + 1;
        self.passage.sentences.get(next)?;
        if let Some(all) = self.sees_all(next) {
            return Some(self.say("load that goes through the service", &all));
        }
        let load =
            matches!(self.id, "expected-traffic").then(|| self.passage.in_sentence(next, Class::Expect)).flatten();
        let kept = self.passage.in_sentence(next, Class::Must).filter(|must| {
            let behind = must.tokens.end..must.tokens.end + 3;
            self.passage.tokens.get(behind).is_some_and(|words| {
                words.iter().any(|word| {
                    matches!(&*word.lower, "meet" | "keep" | "hold" | "respect" | "satisfy" | "honour" | "honor")
                })
            })
        });
        let cue = self.passage.in_sentence(next, Class::Limit).or(load).or(kept)?;
        let figures = self.passage.quantities_of(next);
        let clause = self.passage.clause_of(next, cue.tokens.start);
        let clauses = &self.passage.sentences[next].clauses;
        let start = clauses.get(clause).map_or(cue.tokens.start, |clause| clause.tokens.start.min(cue.tokens.start));
        // "Nothing in this document is a target."
        if self.passage.tokens[start..cue.tokens.start].iter().any(|token| bound::is_negation(&token.lower)) {
            return None;
        }
        let own = figures.iter().any(|at| self.passage.quantities[*at].measure == self.measure());
        ((self.passage.points_back(next) || self.is_made_limit()) && !own)
            .then(|| self.say("is made a limit", &cue.tokens))
    }
}
