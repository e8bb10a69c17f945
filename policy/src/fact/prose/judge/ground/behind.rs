//! What is said right behind a figure, and makes it a limit.

use super::super::super::super::token::Token;
use super::super::super::super::value::quantity::Measure;
use super::super::super::cue::Class;
use super::super::super::sentence::Clause;
use super::super::Case;
use std::ops::Range;

impl Case<'_, '_> {
    /// "… is answered in 1 s, else the device shows an error."
    pub(super) fn otherwise(&self) -> Option<Range<usize>> {
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
    pub(in super::super) fn behind(&self, class: Class) -> Option<&Range<usize>> {
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

    /// "Is answered in 250 ms, always": a word right behind that leaves no room.
    pub(super) fn firm_behind(&self) -> Option<Range<usize>> {
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
}
