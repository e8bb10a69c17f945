//! Statements that are taken back, in the sentence itself or in a later one.

use super::super::super::super::token::Token;
use super::super::super::super::value::quantity::Measure;
use super::super::super::super::{Because, Why};
use super::super::super::cue::{Class, Cue};
use super::super::super::kind;
use super::super::super::passage::stem;
use super::super::Case;
use std::ops::Range;

impl Case<'_, '_> {
    /// What a later sentence says against the figure: it is void, it was so before, it is set anew, it was not taken.
    pub(super) fn against_later(&self, at: usize) -> Option<Because> {
        let passage = self.passage;
        let later = &passage.sentences[at];
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
        None
    }

    /// What takes something back; "if it is gone the canteen prints paper" tells what happens then.
    pub(super) fn cancels(&self, sentence: usize) -> Option<&Cue> {
        let passage = self.passage;
        let found = passage.in_sentence(sentence, Class::Cancel)?;
        if self.denies_a_trait(found) {
            return None;
        }
        // "A bid that has not reached us after 250 ms is void": what is void comes too late.
        if sentence == self.sentence && kind::too_late_after(passage, sentence, &passage.quantities[self.at]) {
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
    pub(super) fn concerns_not(&self) -> Option<Range<usize>> {
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
