//! What the words around a sentence or a clause say of it.

use super::super::super::value::bound;
use super::super::cue::Class;
use super::super::speech::Speech;
use super::Passage;
use std::ops::Range;

/// Words with which a statement of its own begins: a subject follows.
const SUBJECTS: &[&str] = &[
    "the",
    "an",
    "every",
    "each",
    "some",
    "most",
    "many",
    "people",
    "customers",
    "users",
    "callers",
    "operators",
    "nobody",
    "everybody",
    "les",
    "le",
    "la",
    "l",
    "des",
    "un",
    "une",
    "die",
    "der",
    "das",
    "ein",
    "eine",
    "el",
    "los",
    "las",
    "una",
];

impl Passage<'_> {
    /// Whether a word behind `end` stands in a statement of its own: ", the agencies can enter it later", "; the modem,
    /// not ours, adds up to 2 s". It says nothing of what stands before, unless it speaks of the limit itself.
    pub(crate) fn tells_apart(&self, end: usize, cue: &Range<usize>) -> bool {
        let parts = |at: &usize| matches!(self.tokens[*at].sign(), Some(',' | ';' | '—' | '–' | ':'));
        let Some(mut from) = (end..cue.start).rev().find(parts) else { return false };
        // An apposition speaks of the noun before it.
        let ends = self.tokens.get(cue.end).is_some_and(|token| token.sign() == Some(','));
        if from + 1 == cue.start && ends {
            from = (end..from).rev().find(parts).unwrap_or(from);
        }
        // "A" is a verb in French.
        let english = self.topic.speech == Speech::English;
        let opens = self
            .tokens
            .get(from + 1)
            .is_some_and(|token| SUBJECTS.contains(&&*token.lower) || english && token.is("a"));
        opens
            && from + 1 < cue.start
            && self.first(&(from + 1..cue.end), Class::Limit).is_none()
            && !self.has_figure(cue.end..cue.end + 2)
    }

    /// The percentile of a duration: one in its own sentence, else the one that the sentence before speaks of.
    pub(crate) fn percentile_of(&self, sentence: usize, at: usize) -> Option<f64> {
        let within = |sentence: usize| {
            let range = &self.sentences[sentence].tokens;
            let from = self.percentiles.partition_point(|percentile| percentile.tokens.start < range.start);
            let to = self.percentiles.partition_point(|percentile| percentile.tokens.start < range.end);
            &self.percentiles[from..to]
        };
        let all = self.times_of(sentence).iter().map(|at| &self.quantities[*at]);
        let quantity = &self.quantities[at];
        bound::percentile_of(&self.tokens, within(sentence), quantity, all)
            .or_else(|| {
                let before = sentence.checked_sub(1)?;
                let [only] = within(before) else { return None };
                // "The p95 target was 20 ms. It is now 12 ms."
                let goes_on = self.sentences[sentence].tokens.len() <= 9 && self.points_back(sentence);
                (goes_on || self.sentences[before].question).then_some(only.value)
            })
            .or_else(|| self.percentile_behind(sentence))
            .or_else(|| self.percentile_of_same(sentence, at))
            .or_else(|| self.moved_from(at).and_then(|before| self.percentile_of(sentence, before)))
    }

    /// "… at 6 ms. The cap is meant as a p99": a percentile that the next sentence asks for, without a time of its own.
    pub(super) fn percentile_behind(&self, sentence: usize) -> Option<f64> {
        let next = sentence + 1;
        let tokens = &self.sentences.get(next)?.tokens;
        let only = self.percentile_from(tokens.start).filter(|found| found.tokens.end <= tokens.end)?;
        let more = self.percentile_from(only.tokens.end).is_some_and(|found| found.tokens.end <= tokens.end);
        let classes = &self.sentences[next].classes;
        let firm = classes.has(Class::Must) || classes.has(Class::Limit);
        let told = classes.has(Class::Measure) || classes.has(Class::Past) || self.sentences[next].question;
        let alone = self.times_of(sentence).len() == 1 && self.times_of(next).is_empty();
        (firm && !told && !more && alone).then_some(only.value)
    }

    /// "Half a second is what people bear: a call gets 500 ms, p95": a figure that is said twice in a sentence.
    fn percentile_of_same(&self, sentence: usize, at: usize) -> Option<f64> {
        let own = &self.quantities[at];
        let again = self.times_of(sentence).iter().copied().find(|other| *other > at)?;
        let other = &self.quantities[again];
        (own.value.is_some() && own.value == other.value).then(|| self.percentile_of(sentence, again)).flatten()
    }

    /// The figure from which one comes: of "from 120 ms to 80 ms" the first.
    pub(super) fn moved_from(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let (from, to) = (&self.quantities[before], &self.quantities[at]);
        let word = |at: Option<usize>| at.and_then(|at| self.tokens.get(at)).map_or("", |token| token.lower.as_ref());
        let joined =
            from.tokens.end + 1 == to.tokens.start && matches!(word(Some(from.tokens.end)), "to" | "auf" | "à" | "a");
        let opens = matches!(word(from.tokens.start.checked_sub(1)), "from" | "von" | "vom" | "de");
        (joined && opens && from.measure == to.measure).then_some(before)
    }

    /// "Their requirement is simple: the answer is there in 150 ms": behind its colon stands what a limit is.
    pub(super) fn spells_out(&self, before: &Range<usize>, start: usize) -> bool {
        let colon =
            start.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|token| token.sign() == Some(':'));
        let classes = || self.classes(before);
        let other = [
            Class::Measure,
            Class::Past,
            Class::Old,
            Class::Other,
            Class::Negated,
            Class::Perhaps,
            Class::Later,
            Class::Rejected,
        ];
        colon
            && classes().has(Class::Limit)
            && !other.into_iter().any(|class| classes().has(class))
            && !self.has_figure(before.clone())
    }

    /// Whether a label is a sentence of its own about what was: "we turn what we saw into the rule".
    pub(super) fn tells(&self, label: &Range<usize>) -> bool {
        let speaks =
            self.tokens[label.clone()].iter().any(|token| matches!(&*token.lower, "we" | "i" | "they" | "nobody"));
        speaks && self.has_verb(label)
    }

    /// Whether words speak of the value behind a label: beside it, at the opening of what is said of it, or by pointing to
    /// it. "Low (customers download tomorrow what they could not today)" tells of customers.
    pub(crate) fn governs_value(&self, sentence: usize, cue: &Range<usize>) -> bool {
        const POINTS: &[&str] = &[
            "it", "this", "that", "which", "rating", "value", "figure", "number", "target", "limit", "budget", "class",
            "we", "das", "dies", "wert", "cela", "ce", "esto",
        ];
        let sentence = &self.sentences[sentence];
        let Some(at) = sentence.clauses.iter().position(|clause| clause.tokens.contains(&cue.start)) else {
            return true;
        };
        let clause = &sentence.clauses[at];
        let opens = (clause.tokens.start..cue.start).filter(|at| self.tokens[*at].is_word()).count() == 0;
        let points = self.tokens[clause.tokens.clone()].iter().any(|token| POINTS.contains(&&*token.lower));
        at == 0 || opens || points || clause.tokens.len() <= 4
    }
}
