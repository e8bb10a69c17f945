//! What a passage marks: code, bold, struck words, quotations, and the names of services.

use super::super::super::token::Token;
use super::super::super::value::quantity::Quantity;
use super::super::cue::Class;
use super::super::sentence::Sentence;
use super::super::thing;
use super::{Passage, stem};
use crate::text::outline::MarkKind;
use std::ops::Range;

impl Passage<'_> {
    /// Whether a token stands inside quotation marks that hold a statement.
    pub(crate) fn in_quotes(&self, token: usize) -> bool {
        let at = self.quotes.partition_point(|range| range.end <= token);
        self.quotes.get(at).is_some_and(|range| range.contains(&token))
    }

    /// Whether a figure stands in a piece of code.
    pub(crate) fn in_code(&self, quantity: &Quantity) -> bool {
        self.in_mark(quantity, MarkKind::Code)
    }

    /// Whether a figure is struck through.
    pub(crate) fn is_struck(&self, quantity: &Quantity) -> bool {
        self.in_mark(quantity, MarkKind::Strike)
    }

    /// The end of the words in bold with which a sentence opens, where words without a colon follow.
    pub(crate) fn bold_opening(&self, sentence: usize) -> Option<usize> {
        let tokens = &self.sentences[sentence].tokens;
        let start = self.tokens.get(tokens.start)?.range.start;
        let from = self.text.marks().partition_point(|mark| mark.range.end <= start);
        let mark = self.text.marks()[from..].iter().take(4).find(|mark| mark.kind == MarkKind::Strong)?;
        let end = (tokens.start..tokens.end).take(6).find(|at| self.tokens[*at].range.start >= mark.range.end)?;
        (mark.range.start == start
            && end > tokens.start
            && self.tokens[end].sign().is_none_or(|sign| matches!(sign, '≤' | '<' | '~' | '≈' | '≦')))
        .then_some(end)
    }

    fn in_mark(&self, quantity: &Quantity, kind: MarkKind) -> bool {
        self.marked(quantity.tokens.start, kind)
    }

    /// Whether a token stands in a mark of a kind.
    pub(crate) fn marked(&self, token: usize, kind: MarkKind) -> bool {
        let Some(at) = self.tokens.get(token).map(|token| token.range.start) else { return false };
        // Marks stand in the order in which they end, and code holds no other mark.
        let from = self.text.marks().partition_point(|mark| mark.range.end <= at);
        self.text.marks()[from..].iter().take(4).any(|mark| mark.kind == kind && mark.range.contains(&at))
    }

    /// The words for what the title only tells of, where a range speaks of it and not of "our" service.
    pub(crate) fn told_of(&self, range: &Range<usize>) -> Option<Range<usize>> {
        if self.topic.told_of.is_empty() {
            return None;
        }
        let tokens = self.tokens.get(range.clone())?;
        let ours = tokens.iter().any(|token| {
            matches!(&*token.lower, "our" | "ours" | "we" | "us" | "new" | "replacement" | "successor" | "instead")
        });
        let named = |token: &Token<'_>| self.topic.told_of.contains(stem(thing::possessor(&token.lower)));
        let at = range.start + tokens.iter().position(named).filter(|_| !ours)?;
        Some(at..at + 1)
    }

    /// The words for what the title gives up, where a range speaks of it and not of the service that is to come.
    pub(crate) fn given_up(&self, range: &Range<usize>) -> Option<Range<usize>> {
        if self.topic.retired.is_empty() || self.first(range, Class::Ours).is_some() {
            return None;
        }
        let tokens = self.tokens.get(range.clone())?;
        let named = |pair: &[Token<'_>]| {
            matches!(&*pair[0].lower, "the" | "its" | "der" | "die" | "das" | "le" | "la" | "el")
                && self.topic.retired.contains(stem(thing::possessor(&pair[1].lower)))
        };
        let at = range.start + 1 + tokens.windows(2).position(named)?;
        Some(at..at + 1)
    }

    /// Under a title that only gives up, what names neither a service of ours nor an obligation is told of what goes.
    pub(crate) fn all_given_up(&self, sentence: usize) -> Option<&str> {
        let own = &self.sentences[sentence];
        let ours = own.classes.has(Class::Ours) || own.classes.has(Class::Must) || self.context.roles.has(Class::Limit);
        let named = self.named_service(sentence).is_some() || self.context.subject.is_some();
        (self.topic.gives_up && !ours && !named).then(|| self.words(&own.tokens))
    }

    /// The service with whose name a sentence opens, or the list item in which it stands.
    pub(crate) fn named_service(&self, sentence: usize) -> Option<&str> {
        let opening = |sentence: &Sentence| self.topic.services.opening(&self.tokens[sentence.tokens.clone()]);
        let own = self.sentences.get(sentence).and_then(opening);
        own.or_else(|| self.sentences.first().filter(|_| self.context.item).and_then(opening))
    }

    /// The service that the words before a figure name in code or as a slug: `` `geocoder-api` ``.
    pub(crate) fn subject(&self, sentence: usize, at: usize) -> Option<String> {
        if let Some(named) = self.named_service(sentence) {
            return Some(named.to_owned());
        }
        if self.context.subject.is_some() {
            return self.context.subject.clone();
        }
        let start = self.tokens.get(self.sentences[sentence].tokens.start)?.range.start;
        let end = self.tokens.get(self.quantities[at].tokens.start)?.range.start;
        let until = self.text.marks().partition_point(|mark| mark.range.end <= end);
        let mark = self.text.marks()[..until]
            .iter()
            .rev()
            .take_while(|mark| mark.range.end > start)
            .take(16)
            .find(|mark| mark.kind == MarkKind::Code && start <= mark.range.start && mark.range.end <= end)?;
        let name = self.text.plain.get(mark.range.clone())?;
        let slug = name.len() > 2
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        slug.then(|| name.to_owned())
    }
}
