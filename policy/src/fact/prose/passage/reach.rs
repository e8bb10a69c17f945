//! Where the words stand that speak of a figure: its clause, and what that continues.

use super::super::cue::{Class, Classes};
use super::{Passage, SUBORDINATE, Scope};
use std::ops::Range;

impl Passage<'_> {
    /// Where the words stand that speak of a figure in a clause: the clause, and those before it that it continues.
    pub(crate) fn scope(&self, sentence: usize, clause: usize) -> Scope {
        let ranges = self.reach(sentence, clause);
        let own = ranges.first().map_or_else(Classes::default, |range| self.classes(range));
        let all = ranges.iter().fold(Classes::default(), |all, range| all.with(self.classes(range)));
        Scope { ranges, own, all }
    }

    /// The classes of the cues in a range.
    pub(super) fn classes(&self, range: &Range<usize>) -> Classes {
        self.cues_in(range).fold(Classes::default(), |mut classes, cue| {
            classes.add(cue.class);
            classes
        })
    }

    /// The tokens of a clause, and of those before it that it continues: without a verb, in brackets, or without a
    /// subject of its own.
    fn reach(&self, sentence: usize, clause: usize) -> Vec<Range<usize>> {
        let clauses = &self.sentences[sentence].clauses;
        let mut reach = Vec::new();
        let mut at = clause;
        while let Some(clause) = clauses.get(at) {
            reach.push(clause.tokens.clone());
            let first = self.tokens.get(clause.tokens.start);
            let subordinate = first.is_some_and(|token| SUBORDINATE.contains(&token.lower.as_ref()));
            let depends = !subordinate
                && (clause.continued
                    || clause.aside
                    || !self.has_verb(&clause.tokens)
                    || at > 0 && self.spells_out(&clauses[at - 1].tokens, clause.tokens.start));
            if !depends || at == 0 || reach.len() >= 4 {
                break;
            }
            at -= 1;
        }
        self.reach_back(sentence, at, &mut reach);
        reach
    }

    /// What a sentence takes from before its first clause: its label, the question that it answers, or, where it has
    /// no verb at all, the sentence that it continues.
    fn reach_back(&self, sentence: usize, clause: usize, reach: &mut Vec<Range<usize>>) {
        let tokens = &self.sentences[sentence].tokens;
        if let Some(label) = self.label_of(sentence)
            && !reach.iter().any(|range| range.start == tokens.start)
            // "We turn what we saw into the rule: 140 MB is the ceiling": two sentences.
            && !reach.first().is_some_and(|own| self.has_verb(own) && self.tells(&label))
        {
            reach.push(label);
        }
        let Some(before) = sentence.checked_sub(1).and_then(|before| self.sentences.get(before)) else { return };
        let figure_first = self.has_figure(tokens.start..tokens.start + 4);
        let opens = self.has_figure(tokens.start..tokens.start + 2);
        // "Do we cap memory at 64 MB? No, at 96 MB."
        let settled = figure_first
            && tokens.len() <= 9
            && matches!(&*self.tokens[tokens.start].lower, "no" | "yes" | "nein" | "ja" | "oui" | "non" | "sí");
        let asked = before.question && (figure_first && self.asks(&before.tokens) || settled);
        // Longer sentences have a verb, if one that is not known here.
        let fragment = clause == 0
            && !before.question
            && tokens.len() <= 9
            && (opens
                || matches!(
                    &*self.tokens[tokens.start].lower,
                    "for" | "in" | "at" | "with" | "per" | "during" | "on" | "für" | "pour" | "para"
                ))
            && !self.points_back(sentence)
            && !self.has_verb(tokens)
            && self.first(tokens, Class::Expect).is_none()
            && self.label_of(sentence).is_none();
        if asked || fragment {
            reach.push(before.tokens.clone());
        }
    }
}
