//! Options that were turned down, and statements that are taken back.

use super::super::super::super::token::Token;
use super::super::super::super::value::quantity::Measure;
use super::super::super::super::{Because, Why};
use super::super::super::cue::{Class, Cue};
use super::super::super::passage::stem;
use super::super::{Case, anew};
use super::instead::is_instead;
use crate::language;
use std::ops::Range;

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
        // "We decided for one and neglected the other (budget 8 MB)": the word before the figure speaks of it.
        let before = self.sentence_tokens().start..self.quantity_start();
        let last =
            |class: Class| passage.cues_in(&before).filter(|cue| cue.class == class).last().map(|cue| cue.tokens.start);
        let chosen = match (last(Class::Chosen), last(Class::Rejected)) {
            (Some(chosen), Some(rejected)) => chosen > rejected,
            // "Rather than a queue with a limit of 5 s we take a call": what is taken stands behind.
            (None, Some(rejected)) if is_instead(&passage.tokens[rejected..]) => false,
            _ => passage.in_sentence(self.sentence, Class::Chosen).is_some(),
        };
        let rejected = passage.cues_in(self.sentence_tokens()).find(|cue| {
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
        });
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
        for (at, later) in passage.sentences.iter().enumerate().skip(self.sentence + 1).take(6) {
            // Requirement 4.5 speaks of itself.
            if later.numbered {
                break;
            }
            if let Some(cue) = self.cancels(at)
                && !passage
                    .cues_in(&later.tokens)
                    .any(|other| other.class == Class::Other && other.tokens.start < cue.tokens.end + 4)
                && self.is_spoken_of(at, &cue.tokens)
            {
                return Some(self.why(Why::TakenBack, &cue.tokens));
            }
            // "Within 800 ms. That is how the old app behaved."
            if at == self.sentence + 1
                && let Some(cue) = passage.in_sentence(at, Class::Old)
                && passage.points_back(at)
                && passage.quantities_of(at).is_empty()
                && ![Class::Limit, Class::Must, Class::Decide].iter().any(|class| later.classes.has(*class))
                && passage.cues_in(&later.tokens).next().is_some_and(|first| first.tokens.start < cue.tokens.start)
            {
                return Some(self.why(Why::Before, &cue.tokens));
            }
            if let Some(cue) = passage.in_sentence(at, Class::Change)
                && self.near(Class::Change).is_none()
                && passage
                    .quantities_of(at)
                    .iter()
                    .any(|at| passage.quantities[*at].measure == passage.quantities[self.at].measure)
            {
                return Some(self.why(Why::SetAnew, &cue.tokens));
            }
            if let Some(cue) = passage.in_sentence(at, Class::Rejected)
                && passage.in_sentence(at, Class::Chosen).is_none()
                && (passage.context.item || later.tokens.len() <= 5 || self.passage.points_back(at))
            {
                return Some(self.why(Why::NotTaken, &cue.tokens));
            }
        }
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
    fn drops_a_thing(&self, cue: &Cue) -> bool {
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

    /// What takes something back; "if it is gone the canteen prints paper" tells what happens then.
    fn cancels(&self, sentence: usize) -> Option<&Cue> {
        let passage = self.passage;
        let found = passage.in_sentence(sentence, Class::Cancel)?;
        if self.denies_a_trait(found) {
            return None;
        }
        // "A bid that has not reached us after 250 ms is void": what is void comes too late.
        if sentence == self.sentence
            && super::super::super::kind::too_late_after(passage, sentence, &passage.quantities[self.at])
        {
            return None;
        }
        let sentence = &passage.sentences[sentence];
        let clause = sentence.clauses.iter().find(|clause| clause.tokens.contains(&found.tokens.start));
        let opening = clause.map_or(sentence.tokens.start, |clause| clause.tokens.start);
        // "… asked for 10 ms, which the reviewers struck out": of several figures, the one before "which".
        let which =
            passage.tokens.get(opening).is_some_and(|token| matches!(&*token.lower, "which" | "die" | "qui" | "que"));
        let before = passage.quantities.partition_point(|quantity| quantity.tokens.end <= opening).checked_sub(1);
        if which
            && before.is_some_and(|before| before != self.at && passage.quantities[before].measure == self.measure())
        {
            return None;
        }
        let is_joint = |token: &Token<'_>| matches!(&*token.lower, "and" | "but" | "also" | "und" | "et" | "y" | ",");
        let opens_with_condition = |from: usize| {
            let first = passage.tokens[from..].iter().find(|token| !is_joint(token));
            first.is_some_and(|token| is_condition(&token.lower))
        };
        // "If the agent dies, the match is void": what happens then.
        let before = sentence.clauses.iter().rev().find(|clause| clause.tokens.end <= opening);
        let told =
            opens_with_condition(opening) || before.is_some_and(|clause| opens_with_condition(clause.tokens.start));
        (!told).then_some(found)
    }

    /// "… within 20 ms, which does not concern the restock", "das betrifft den Nachschub aber nicht".
    fn concerns_not(&self) -> Option<Range<usize>> {
        const VERBS: &[&str] = &[
            "concern",
            "concerns",
            "affect",
            "affects",
            "apply",
            "applies",
            "betrifft",
            "gilt",
            "berührt",
            "concerne",
            "touche",
            "afecta",
            "atañe",
            "concierne",
        ];
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let verb = (self.passage.quantities[self.at].tokens.end..self.sentence_tokens().end)
            .find(|at| VERBS.contains(&word(*at)))?;
        if verb > self.passage.quantities[self.at].tokens.end + 14 {
            return None;
        }
        let denied = (verb.saturating_sub(3)..(verb + 6).min(self.sentence_tokens().end))
            .find(|at| matches!(word(*at), "not" | "nicht" | "pas" | "no" | "doesn't" | "don't"))?;
        Some(verb.min(denied)..verb.max(denied) + 1)
    }

    /// Whether a later sentence speaks of this figure: by pointing back, by naming it, or without figures of its own.
    fn is_spoken_of(&self, sentence: usize, cancel: &Range<usize>) -> bool {
        let own = &self.passage.quantities[self.at];
        // Days and numbers of records are no figures.
        let of_kind = |at: &usize| self.passage.quantities[*at].measure != Measure::Bare;
        let figures: Vec<usize> = self.passage.quantities_of(sentence).iter().copied().filter(of_kind).collect();
        if self.passage.label_of(sentence).is_some() && !self.passage.points_back(sentence) {
            return false;
        }
        let same = figures.iter().any(|at| {
            let other = &self.passage.quantities[*at];
            other.measure == own.measure && other.value == own.value
        });
        same || figures.is_empty() && self.is_about_figures(sentence, cancel) || self.passage.points_back(sentence)
    }

    /// "The objective is void", "none of it applies", and not "what the phone does after that is not ours": whether what
    /// is taken back is a figure, a rule, or whatever was said before.
    fn is_about_figures(&self, sentence: usize, cancel: &Range<usize>) -> bool {
        const SAID: &[&str] = &[
            "it",
            "this",
            "that",
            "these",
            "those",
            "they",
            "them",
            "both",
            "neither",
            "none",
            "nothing",
            "all",
            "same",
            "figure",
            "figures",
            "number",
            "numbers",
            "value",
            "values",
            "promise",
            "rule",
            "rules",
            "record",
            "decision",
            "adr",
            "clause",
            "section",
            "paragraph",
            "point",
            "line",
            "wish",
            "draft",
            "plan",
            "rating",
            "former",
            "latter",
            "first",
            "second",
            "one",
            "we",
            "i",
            "es",
            "er",
            "sie",
            "das",
            "dies",
            "diese",
            "wert",
            "werte",
            "zahl",
            "zahlen",
            "ce",
            "cela",
            "valeur",
            "chiffre",
            "esto",
            "eso",
            "valor",
            "cifra",
        ];
        let passage = self.passage;
        let tokens = &passage.sentences[sentence].tokens;
        let clauses = &passage.sentences[sentence].clauses;
        let opening = clauses.iter().find(|clause| clause.tokens.contains(&cancel.start));
        let subject = opening.map_or(tokens.start, |clause| clause.tokens.start)..cancel.start;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        // "What the phone does" is another thing, "what the cart may take" is a figure of the service.
        let what = matches!(word(subject.start), "what" | "was" | "ce");
        if what && subject.clone().any(|at| passage.topic.own.contains(stem(word(at)))) {
            return true;
        }
        // "The rule about the weekly reports" is another rule.
        let said =
            |at: usize| SAID.contains(&word(at)) && !matches!(word(at + 1), "about" | "for" | "on" | "concerning");
        let limit = |range: &Range<usize>| {
            passage.cues_in(range).any(|cue| {
                matches!(cue.class, Class::Limit | Class::Memory | Class::Latency | Class::Startup | Class::Traffic)
            })
        };
        subject.is_empty()
            || tokens.len() <= 5
            || limit(&(subject.start..cancel.end))
            || subject.clone().any(said) && !what
    }
}

/// "If it is gone the canteen prints paper": what happens then takes nothing back.
fn is_condition(word: &str) -> bool {
    matches!(word, "if" | "when" | "should" | "while" | "wenn" | "falls" | "fällt" | "si" | "lorsque" | "cuando")
}
