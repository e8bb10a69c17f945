//! Tense: a past that tells how it was, and the pasts that tell how a limit came about.

use super::super::super::super::value::bound::Side;
use super::super::super::super::{Because, Why};
use super::super::super::cue::Class;
use super::super::super::speech::Speech;
use super::super::Case;
use super::is_use;
use std::ops::Range;

impl Case<'_, '_> {
    /// A past near the figure that tells what was seen, unless the figure was decided on.
    pub(super) fn told_as_past(&self, decided: bool) -> Option<Because> {
        // "It has to reach the phone 30 s after the reading arrived": the past behind an obligation is its condition.
        let end = self.passage.quantities[self.at].tokens.end;
        let runs_from = self
            .passage
            .tokens
            .get(end)
            .is_some_and(|token| matches!(&*token.lower, "after" | "nach" | "après" | "from" | "since" | "desde"));
        let obliged = |past: &Range<usize>| {
            let must = self.own(Class::Must).is_some_and(|must| must.start < self.quantity_start());
            past.start > self.quantity_start() && (runs_from || must)
        };
        let refused = self.forbidden_beyond();
        let measure = self.passage.label_of(self.sentence).filter(|label| {
            self.passage.first(label, Class::Limit).is_some() || self.passage.first(label, Class::Must).is_some()
        });
        let told = |past: &Range<usize>| {
            measure.as_ref().is_some_and(|label| self.opens_value(past, label))
                || self.calls_it_limit(past)
                || self.is_listed_wish(past, measure.is_some())
                || self.stands_in_label(past)
                || self.is_relative(past)
                || self.tells_which(past)
                // "They were clear: if it takes longer than 150 ms, we have broken the contract".
                || refused.is_some_and(|words| words.contains(&past.start) || !self.is_own(past))
                || self.tells(past)
        };
        let tokens = self.near(Class::Past).filter(|past| !decided && !obliged(past) && !told(past))?;
        let use_of = is_use(self.passage.words(tokens));
        Some(self.why(if use_of { Why::Measured } else { Why::MeasuredOrPast }, tokens))
    }

    /// "Response measure: answered within 120 ms": a participle that opens the value of a limit is a passive.
    fn opens_value(&self, past: &Range<usize>, label: &Range<usize>) -> bool {
        past.start > label.end && self.passage.tokens[label.end..past.start].iter().all(|token| !token.is_word())
    }

    /// "Provisioning answered in 5 s" in a list of what is wanted.
    fn is_listed_wish(&self, past: &Range<usize>, measured: bool) -> bool {
        let context = self.passage.context;
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        (context.item || context.row)
            && (context.roles.has(Class::Limit) || measured)
            && word(past.start).ends_with("ed")
            && past.end > self.sentence_tokens().start + 1
            && matches!(word(past.end), "in" | "within" | "under" | "below" | "by" | "after" | "≤" | "<")
    }

    /// "From start to the first answered request: at most 900 ms": what a label names, did not happen.
    fn stands_in_label(&self, past: &Range<usize>) -> bool {
        let label = self.passage.label_of(self.sentence).filter(|_| self.side == Some(Side::Upper));
        label.is_some_and(|label| label.contains(&past.start) && self.quantity_start() > label.end)
    }

    /// "We took her word as the requirement: 2 s": what the last word before the colon calls the figure.
    fn calls_it_limit(&self, past: &Range<usize>) -> bool {
        let start = self.quantity_start();
        let colon = (start.saturating_sub(4)..start).rev().find(|at| self.passage.tokens[*at].sign() == Some(':'));
        colon.is_some_and(|colon| {
            past.end < colon
                && self
                    .passage
                    .cues_in(&(colon.saturating_sub(2)..colon))
                    .any(|cue| cue.class == Class::Limit && cue.tokens.end == colon)
                && (past.end..colon)
                    .any(|at| matches!(&*self.passage.tokens[at].lower, "as" | "this" | "these" | "our"))
        })
    }

    /// "Had agreed on", "had been granted": the past of a past, where the next words do not say that it goes on.
    pub(super) fn had_decided(&self) -> Option<Range<usize>> {
        const STAYS: &[&str] = &[
            "stay",
            "stays",
            "remain",
            "remains",
            "still",
            "force",
            "hold",
            "holds",
            "keep",
            "kept",
            "keeps",
            "unchanged",
            "stands",
            "stand",
            "applies",
            "apply",
            "continue",
            "continues",
            "now",
            "bind",
            "binds",
        ];
        let passage = self.passage;
        let decide = self.near(Class::Decide)?.clone();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let had = (decide.start.saturating_sub(3)..=decide.start)
            .find(|at| word(*at) == "had" && *at + 3 > decide.start && decide.start < self.quantity_start())?;
        let next = passage.sentences.get(self.sentence + 1).map_or(self.sentence_tokens().end, |next| next.tokens.end);
        let stays = (decide.end..next).any(|at| STAYS.contains(&word(at)));
        (!stays && passage.topic.speech == Speech::English).then_some(had..decide.end)
    }

    /// "It was resolved that a check shall be completed in …", "they agreed we would stay below …": what was decided in
    /// the past holds now.
    fn tells(&self, past: &Range<usize>) -> bool {
        let start = self.quantity_start();
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let Some(that) = (past.start + 1..start).find(|at| matches!(word(*at), "that" | "dass" | "que" | "qu")) else {
            return false;
        };
        let says = (past.start..that).any(|at| is_hearsay(word(at)));
        let must = self
            .passage
            .cues_in(&(that..start))
            .any(|cue| matches!(cue.class, Class::Must | Class::Grant | Class::Limit));
        !says && that - past.start <= 24 && must
    }

    /// "The deal we made with them is: 60 ms": a past that tells of a noun before it, while another verb speaks of the
    /// figure.
    fn is_relative(&self, past: &Range<usize>) -> bool {
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let Some(pronoun) = past.start.checked_sub(1).filter(|at| matches!(word(*at), "we" | "they" | "i" | "you"))
        else {
            return false;
        };
        let noun = pronoun.checked_sub(1).is_some_and(|at| passage.tokens[at].is_word() && word(at).len() > 3);
        let article = (pronoun.saturating_sub(4)..pronoun).any(|at| matches!(word(at), "the" | "a" | "that" | "what"));
        let next = (past.end..start).find(|at| {
            matches!(word(*at), "is" | "are" | "remains" | "reads" | "says") || passage.tokens[*at].sign() == Some(':')
        });
        noun && article && next.is_some_and(|at| !(past.end..at).any(|at| word(at) == "that"))
    }
}

/// Verbs of what somebody thinks or found out.
fn is_hearsay(word: &str) -> bool {
    const STEMS: &[&str] = &[
        "claim", "wrote", "said", "say", "thought", "believ", "hop", "estimat", "found", "measur", "observ", "saw",
        "show", "not", "guess", "suggest", "propos", "heard", "read", "argu", "report", "complain", "told", "felt",
        "discover", "learn",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem)) && !matches!(word, "notwithstanding")
}
