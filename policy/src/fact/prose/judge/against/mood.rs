//! Mood: what a clause denies, imagines or puts off.

use super::super::super::super::{Because, Why};
use super::super::super::cue::Class;
use super::super::Case;
use std::ops::Range;

impl Case<'_, '_> {
    /// A word that denies the figure, and neither denies what is beyond it nor speaks of another thing.
    pub(super) fn denied(&self) -> Option<Because> {
        let rest = self.all_there_is();
        let closes = |tokens: &Range<usize>| {
            rest.as_ref().is_some_and(|rest| rest.start <= tokens.end && tokens.start <= rest.end)
        };
        // "80 MB is what we get, and Go cannot promise that": another thing that is told behind "and".
        let apart = |tokens: &Range<usize>| {
            let end = self.passage.quantities[self.at].tokens.end;
            let and = (end..tokens.start.max(end))
                .find(|at| matches!(&*self.passage.tokens[*at].lower, "and" | "but" | "und" | "et" | "y"));
            and.is_some_and(|and| {
                let said = self.passage.cues_between(end..and);
                tokens.start > and + 1
                    && said
                        .iter()
                        .any(|cue| matches!(cue.class, Class::Limit | Class::Grant | Class::Must | Class::NotOk))
            })
        };
        // "We do not want to swap: 300 MB, no more."
        let before = |tokens: &Range<usize>| rest.is_some() && !self.is_own(tokens);
        let denies =
            |tokens: &&Range<usize>| !closes(tokens) && !apart(tokens) && !before(tokens) && self.governs(tokens);
        if let Some(tokens) = self.near(Class::Negated).filter(denies) {
            return Some(self.why(Why::Denied, tokens));
        }
        self.neither().map(|tokens| self.why(Why::Denied, &tokens))
    }

    /// A wish, a guess or a proposal, of which nobody made a decision.
    pub(super) fn imagined(&self) -> Option<Because> {
        let rate = self.id == "expected-traffic";
        // "A grasp proposal must be computed in 70 ms" speaks of proposals.
        let thing = |tokens: &Range<usize>| {
            self.own(Class::Must).is_some_and(|must| must.start >= tokens.end)
                && matches!(self.passage.words(tokens), "proposal" | "suggestion" | "estimate" | "guess" | "wish")
        };
        // "We promised that we would remain under 150 MB".
        let reported = |tokens: &Range<usize>| {
            self.passage.words(tokens).ends_with("would")
                && self.near(Class::Decide).is_some_and(|decided| decided.start < tokens.start)
        };
        let tokens = self.near(Class::Perhaps).filter(|tokens| {
            self.governs(tokens)
                && !(thing(tokens)
                    || reported(tokens)
                    || self.is_taken_over()
                    || rate && self.near(Class::Expect).is_some())
        })?;
        Some(self.why(Why::ImaginedOrEstimated, tokens))
    }

    /// What is to come one day, where no word makes a duty or a forecast of it.
    pub(super) fn put_off(&self) -> Option<Because> {
        let rate = self.id == "expected-traffic";
        // "Has to be confirmed within 400 ms" puts nothing off.
        let obliges = |tokens: &Range<usize>| {
            let before = tokens.start.checked_sub(1).and_then(|at| self.passage.tokens.get(at));
            self.passage.words(tokens).starts_with("to be")
                && before.is_some_and(|word| matches!(&*word.lower, "has" | "have" | "needs" | "need" | "ought"))
        };
        // "We reckon that 1,200 scans a minute will come in".
        let arrives = |tokens: &Range<usize>| rate && self.passage.words(tokens).eq_ignore_ascii_case("will come");
        let means_it = |tokens: &Range<usize>| obliges(tokens) || arrives(tokens) || self.tells_which(tokens);
        let tokens = self.own(Class::Later).filter(|tokens| self.governs(tokens) && !means_it(tokens))?;
        Some(self.why(Why::PutOff, tokens))
    }

    /// "They proposed 200 MB, and we took it over": what became of a proposal, right behind it.
    fn is_taken_over(&self) -> bool {
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let end = passage.quantities[self.at].tokens.end;
        let next = passage.sentences.get(self.sentence + 1).filter(|next| next.tokens.len() <= 10);
        let until = next.map_or(self.sentence_tokens().end, |next| next.tokens.end);
        (end..until).any(|at| {
            matches!(word(at), "we" | "all" | "everybody" | "board" | "team")
                && matches!(word(at + 1), "took" | "accepted" | "adopted" | "agreed" | "signed" | "approved" | "kept")
                && matches!(word(at + 2), "it" | "that" | "this" | "them" | "to" | "both" | "over" | ".")
        })
    }

    /// "A replica that was just placed must serve within 4 s": what tells which one is meant, before an obligation.
    pub(super) fn tells_which(&self, told: &Range<usize>) -> bool {
        let start = self.quantity_start();
        let back = told.start.saturating_sub(2)..told.start;
        let which = self.passage.tokens[back].iter().any(|token| matches!(&*token.lower, "that" | "which" | "who"));
        which
            && told.end < start
            && self
                .passage
                .cues_in(&(told.end..start))
                .any(|cue| cue.class == Class::Must || matches!(self.passage.words(&cue.tokens), "is" | "are"))
            && !self.passage.tokens[told.end..start].iter().any(|token| matches!(token.sign(), Some(',' | ';' | ':')))
    }

    /// "Neither is a target: 96 MB, 70 ms": a clause before the figure that denies the word for a limit.
    fn neither(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.quantity_start();
        self.scope.ranges.iter().filter(|range| range.start < start).find_map(|range| {
            let before = range.start..range.end.min(start);
            let first = passage.tokens.get(before.start)?;
            let denies =
                matches!(&*first.lower, "neither" | "none" | "nothing" | "keine" | "aucun" | "aucune" | "ninguno");
            let firm = [Class::Must, Class::Grant].into_iter().any(|class| passage.first(&before, class).is_some());
            let limit = passage.first(&before, Class::Limit).filter(|_| denies && !firm)?;
            let is = passage.tokens[before.start..limit.tokens.start]
                .iter()
                .any(|token| matches!(&*token.lower, "is" | "are" | "ist" | "sind" | "est" | "es"));
            is.then_some(before.start..limit.tokens.end)
        })
    }
}
