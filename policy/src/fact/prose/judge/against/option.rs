//! Options that were turned down.

use super::super::super::super::{Because, Why};
use super::super::super::cue::{Class, Cue};
use super::super::{Case, anew};
use super::instead::is_instead;
use crate::language;

impl Case<'_, '_> {
    /// Options that were turned down, and statements that the passage takes back.
    pub(in super::super) fn against_option(&self) -> Option<Because> {
        if let Some(option) = self.is_option() {
            return Some(option);
        }
        let passage = self.passage;
        let purpose = self.purpose();
        let moved = anew::moved(passage, self.sentence);
        if moved.is_some_and(|moved| moved.from == Some(self.at)) {
            return Some(Why::LimitBefore.plain());
        }
        if let Some(words) = anew::replaced(passage, self.sentence, self.at) {
            return Some(self.why(Why::SetAnew, &words));
        }
        let anew = self.is_moved_to();
        let chosen = self.is_chosen_last();
        let rejected = self.rejected(purpose);
        if let Some(cue) = rejected
            && !chosen
            && self.forbidden_beyond().is_none()
        {
            return Some(self.why(Why::NotTaken, &cue.tokens));
        }
        if let Some(cue) =
            self.cancels(self.sentence).filter(|cue| !anew && self.governs(&cue.tokens) && !self.drops_a_thing(cue))
        {
            return Some(self.why(Why::TakenBack, &cue.tokens));
        }
        if let Some(words) = self.concerns_not() {
            return Some(self.why(Why::SomethingElse, &words));
        }
        let later = passage.sentences.iter().enumerate().skip(self.sentence + 1).take(6);
        // Requirement 4.5 speaks of itself.
        later
            .take_while(|(_, later)| !later.numbered)
            .find_map(|(at, _)| self.against_later(at))
            .or_else(|| self.rejected_before(chosen))
    }

    /// Whether the figure belongs to what is taken: of the words before it, the last one decides.
    fn is_chosen_last(&self) -> bool {
        let passage = self.passage;
        // "We decided for one and neglected the other (budget 8 MB)": the word before the figure speaks of it.
        let before = self.sentence_tokens().start..self.quantity_start();
        let last =
            |class: Class| passage.cues_in(&before).filter(|cue| cue.class == class).last().map(|cue| cue.tokens.start);
        match (last(Class::Chosen), last(Class::Rejected)) {
            (Some(chosen), Some(rejected)) => chosen > rejected,
            // "Rather than a queue with a limit of 5 s we take a call": what is taken stands behind.
            (None, Some(rejected)) if is_instead(&passage.tokens[rejected..]) => false,
            _ => passage.in_sentence(self.sentence, Class::Chosen).is_some(),
        }
    }

    /// A word that turns the figure's option down, behind what the choice is for.
    fn rejected(&self, purpose: Option<usize>) -> Option<&Cue> {
        let passage = self.passage;
        passage.cues_in(self.sentence_tokens()).find(|cue| {
            // "Rule-out criteria": limits by which options are told apart.
            let criteria = passage.tokens.get(cue.tokens.end).is_some_and(|next| {
                matches!(
                    &*next.lower,
                    "criteria" | "criterion" | "limits" | "threshold" | "thresholds" | "line" | "kriterien"
                )
            });
            cue.class == Class::Rejected
                && !criteria
                && purpose.is_none_or(|purpose| cue.tokens.start > purpose)
                && self.governs(&cue.tokens)
                && !self.drops_a_thing(cue)
                && !self.stands_instead(cue)
        })
    }

    /// "We looked at Kafka and rejected it. It needs 400 MB": what the sentence before turns down, this one goes on about.
    fn rejected_before(&self, chosen: bool) -> Option<Because> {
        let passage = self.passage;
        let before = self.sentence.checked_sub(1).filter(|_| !passage.sentences[self.sentence].numbered)?;
        let cue = passage.in_sentence(before, Class::Rejected)?;
        // "… and the proposal is dropped. DECIDED: at most 250 ms": what came of it, set apart by its label.
        if passage.label_of(self.sentence).is_some_and(|label| self.is_verdict(&label)) {
            return None;
        }
        // "… and rejected it. It runs in our own cluster, in pods of 400 MB".
        let ours = passage.in_sentence(self.sentence, Class::Ours).is_some();
        let dropped = (self.passage.points_back(self.sentence) && !ours || passage.context.item) && !chosen;
        dropped.then(|| self.why(Why::NotTaken, &cue.tokens))
    }

    /// "… within 350 ms (late quotes are dropped)", "… in 150 ms or the first position gets dropped": what the service
    /// or another one does with a thing, in words of its own; no option is turned down.
    pub(super) fn drops_a_thing(&self, cue: &Cue) -> bool {
        const OPTIONS: &[&str] = &[
            "it",
            "this",
            "that",
            "which",
            "they",
            "both",
            "these",
            "those",
            "option",
            "options",
            "approach",
            "variant",
            "proposal",
            "alternative",
            "alternatives",
            "idea",
            "design",
            "candidate",
            "candidates",
            "one",
            "other",
            "others",
            "former",
            "latter",
            "limit",
            "target",
            "budget",
            "figure",
            "number",
            "version",
            "plan",
        ];
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let end = passage.quantities[self.at].tokens.end;
        let floor = self.sentence_tokens().start;
        let at = cue.tokens.start;
        let Some(be) = (at.saturating_sub(3).max(floor)..at + 1)
            .rev()
            .find(|at| matches!(word(*at), "is" | "are" | "be" | "get" | "gets" | "being" | "must" | "may"))
        else {
            return false;
        };
        let start = (floor..be)
            .rev()
            .find(|at| passage.tokens[*at].sign().is_some() || matches!(word(*at), "or" | "and" | "but" | "else"))
            .map_or(floor, |at| at + 1);
        let Some(head) = (start..be).rev().find(|at| passage.tokens[*at].is_word()) else { return false };
        let apart = start > end
            || at < self.quantity_start()
                && passage.clause_of(self.sentence, at) != passage.clause_of(self.sentence, end);
        // "Frames that come late are discarded": what the subject is, stands before "that".
        let subject = (start + 1..be).find(|at| matches!(word(*at), "that" | "which" | "who")).unwrap_or(be);
        let option = (start..subject).any(|at| OPTIONS.contains(&word(at)) || language::find(word(at)).is_some());
        // "… gets dropped by the broker": who does so is no author of the document.
        let by = word(cue.tokens.end) == "by" && matches!(word(cue.tokens.end + 1), "the" | "a" | "an" | "its");
        apart && (by || !option) && word(head).len() > 2
    }
}
