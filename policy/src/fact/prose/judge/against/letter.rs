//! Options by their number or letter, and the purpose that the chosen one serves.

use super::super::super::super::token::Token;
use super::super::super::super::{Because, Why};
use super::super::super::cue::Class;
use super::super::Case;
use std::ops::Range;

impl Case<'_, '_> {
    /// "Option one: give the worker 1 GB": a label that names one of several ways.
    pub(super) fn is_option(&self) -> Option<Because> {
        const OPTIONS: &[&str] = &[
            "option",
            "variant",
            "alternative",
            "proposal",
            "variante",
            "opción",
            "vorschlag",
            "design",
            "candidate",
            "scheme",
            "solution",
            "entwurf",
            "lösung",
            "diseño",
            "layout",
        ];
        if let Some(other) = self.other_option(OPTIONS) {
            return Some(self.why(Why::NotTaken, &other));
        }
        if let Some((letter, false)) = self.lettered() {
            return Some(self.why(Why::NotTaken, &letter));
        }
        if let Some(other) = self.goes_on_about_option(OPTIONS) {
            return Some(self.why(Why::Discussed, &other));
        }
        if let Some(line) = self.one_of_lines(OPTIONS) {
            return Some(self.why(Why::Discussed, &line));
        }
        let label = self.passage.label_of(self.sentence)?;
        let tokens = &self.passage.tokens[label.clone()];
        let opens = tokens.len() <= 3
            && tokens.first().is_some_and(|token| OPTIONS.contains(&&*token.lower))
            // "Design load" is no design.
            && tokens.get(1).is_some_and(|number| !tokens[0].is("design") || number.lower.len() <= 2);
        let taken = |number: &Token<'_>| self.passage.topic.record.taken().contains(&*number.lower);
        let chosen =
            || self.passage.in_sentence(self.sentence, Class::Chosen).is_some() || tokens.get(1).is_some_and(taken);
        (opens && tokens.len() >= 2 && !chosen()).then(|| self.why(Why::Discussed, &label))
    }

    /// "Option 1 - stay with C, limit of 8 MB" above "Option 2 - …": a line of its own for each, and none is taken.
    fn one_of_lines(&self, options: &[&str]) -> Option<Range<usize>> {
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let opens = |sentence: usize| {
            let start = passage.sentences[sentence].tokens.start;
            let number = word(start + 1);
            let named = options.contains(&word(start)) && (1..=2).contains(&number.len());
            (named && (start == 0 || passage.tokens[start].line_start)).then_some((start, number))
        };
        let (start, number) = opens(self.sentence)?;
        if !passage.topic.record.taken().is_empty() || passage.in_sentence(self.sentence, Class::Chosen).is_some() {
            return None;
        }
        let near = self.sentence.saturating_sub(8)..(self.sentence + 9).min(passage.sentences.len());
        let other = near.into_iter().filter_map(opens).any(|(_, other)| other != number);
        other.then_some(start..start + 2)
    }

    /// "Option A: on the drone. Limit of 256 MB.": a sentence on the line of an option, or in its paragraph, is about it.
    pub(super) fn goes_on_about_option(&self, options: &[&str]) -> Option<Range<usize>> {
        let passage = self.passage;
        for at in (self.sentence.saturating_sub(5)..self.sentence).rev() {
            let next = &passage.sentences[at + 1].tokens;
            let start = passage.sentences[at].tokens.start;
            let (first, number) = (passage.tokens.get(start)?, passage.tokens.get(start + 1)?);
            let parted = passage
                .tokens
                .get(start + 2)
                .is_some_and(|token| matches!(token.sign(), Some(':' | '.' | '—' | '–' | ',')));
            let opens = options.contains(&&*first.lower) && number.lower.len() <= 2 && parted;
            if opens {
                let taken = passage.topic.record.taken().contains(&*number.lower);
                return (!taken).then_some(start..start + 2);
            }
            // A line of its own begins something else.
            if passage.tokens[next.start].line_start && passage.sentences[at + 1].numbered {
                return None;
            }
        }
        None
    }

    /// "C: a SaaS, 30 s promised", "(b) Go. Limit of 48 MB.": the letter of the line, and whether it is the one that is
    /// taken, where the document takes one by its letter.
    pub(in super::super) fn lettered(&self) -> Option<(Range<usize>, bool)> {
        let passage = self.passage;
        let sign = |at: usize| passage.tokens.get(at).and_then(Token::sign);
        let (line, letter) = (self.sentence.saturating_sub(6)..=self.sentence).rev().find_map(|sentence| {
            let start = passage.sentences[sentence].tokens.start;
            let inner = usize::from(sign(start) == Some('('));
            let letter = passage.tokens.get(start + inner)?;
            let single =
                letter.lower.len() == 1 && matches!(&*letter.lower, "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h");
            let closed = match sign(start + inner + 1) {
                Some(')') => true,
                Some('.' | ':') => inner == 0 && letter.text.starts_with(char::is_uppercase),
                _ => false,
            };
            let opens = passage.tokens[start].line_start || start == 0;
            (single && closed && opens).then(|| (start..start + inner + 2, &*letter.lower))
        })?;
        let taken = passage.topic.record.taken();
        let lettered = taken.iter().any(|taken| taken.len() == 1 && taken.starts_with(char::is_alphabetic));
        lettered.then(|| (line, taken.contains(letter)))
    }

    /// "Option C is limited to 16 MB" where the document takes option B.
    pub(super) fn other_option(&self, options: &[&str]) -> Option<Range<usize>> {
        let passage = self.passage;
        // "Design A gets 300 MB; design B gets 700 MB": each clause is about its own.
        let own = self.scope.ranges.first().map(|range| range.start).filter(|at| {
            let first = passage.tokens.get(*at).map_or("", |token| token.lower.as_ref());
            options.contains(&first) && passage.tokens.get(at + 1).is_some_and(|number| number.lower.len() == 1)
        });
        let start = own.unwrap_or(self.sentence_tokens().start);
        let (first, number) = (passage.tokens.get(start)?, passage.tokens.get(start + 1)?);
        let opens = options.contains(&&*first.lower)
            && number.lower.len() <= 3
            && (own.is_some() || !first.text.starts_with(char::is_lowercase));
        let taken = || passage.topic.record.taken();
        (opens && !taken().is_empty() && !taken().contains(&*number.lower)).then_some(start..start + 2)
    }

    /// "We decided for Rust and neglected Go, to keep the pacer at or below 300 MB": where the purpose begins that what
    /// was chosen serves, and nothing that was turned down before it.
    pub(in super::super) fn purpose(&self) -> Option<usize> {
        const AIMS: &[&str] = &[
            "keep",
            "hold",
            "stay",
            "get",
            "meet",
            "achieve",
            "answer",
            "serve",
            "remain",
            "guarantee",
            "bound",
            "fit",
            "limit",
            "cap",
            "satisfy",
            "make",
            "have",
            "live",
            "reach",
            "bring",
            "ensure",
            "deliver",
            "run",
            "respond",
            "finish",
            "be",
            "give",
        ];
        let passage = self.passage;
        let start = self.quantity_start();
        let own = self.sentence_tokens().start;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let aim = (own + 1..start).rev().find(|at| match word(*at) {
            "to" => AIMS.contains(&word(at + 1)) && !word(at - 1).starts_with(char::is_alphabetic),
            "order" => word(at + 1) == "to",
            "that" => word(at - 1) == "so",
            "um" | "damit" | "afin" | "para" => true,
            _ => false,
        })?;
        let before = own..aim;
        let chosen = passage.cues_in(&before).any(|cue| matches!(cue.class, Class::Chosen))
            || before.clone().any(|at| {
                matches!(
                    (word(at), word(at + 1)),
                    ("decided" | "decide" | "opted" | "chose" | "choose", "for" | "on" | "to") | ("entschieden", _)
                )
            });
        // "We decided for it, and they asked to keep …": a verb of its own between them would be another statement.
        let apart = (aim..start).any(|at| matches!(passage.tokens[at].sign(), Some('.' | ';')));
        (chosen && !apart).then_some(aim)
    }
}
