//! Whether a passage can state anything, by its words and figures alone.

use super::super::super::token::{Kind, Token, lex};
use super::super::super::value::quantity::{self, Quantity};
use super::super::super::value::rank;
use super::super::kind;
use super::super::label;
use super::super::speech::Speech;
use crate::text::outline::{MarkKind, Text};
use std::sync::Arc;

/// The words of a passage and its figures. What else is found in it takes several times as long.
pub(crate) struct Words<'t> {
    pub(super) text: &'t Text,
    pub(super) tokens: Vec<Token<'t>>,
    pub(super) quantities: Vec<Quantity>,
}

impl<'t> Words<'t> {
    /// Reads a whole text.
    pub(crate) fn of(text: &'t Text, speech: Speech) -> Self {
        Self::of_tokens(text, lex(&text.plain), speech)
    }

    pub(super) fn of_tokens(text: &'t Text, tokens: Vec<Token<'t>>, speech: Speech) -> Self {
        let quantities = quantity::scan(&tokens, speech.style());
        Self { text, tokens, quantities }
    }

    /// Whether something may be stated: there is a figure of which a fact can be made, a label or a rating. "It took
    /// two days", "our last release is three years old", "one of three ways": nothing around such figures makes facts of
    /// them. `asked` is the fact that the lines above ask for, `labels` are those that the page adds.
    pub(crate) fn may_state(&self, asked: Option<&str>, labels: &[(String, Arc<str>)]) -> bool {
        self.quantities.iter().any(|quantity| kind::may_be_among(&self.tokens, quantity))
            || self.asked_from(asked).is_some_and(|from| {
                self.quantities.iter().any(|quantity| quantity.tokens.start >= from && kind::may_be(quantity))
            })
            || self.has_label_or_rating(!labels.is_empty())
    }

    /// Whether there may be a label of which a fact is read, before a sign that parts it from its value or in bold, or a
    /// word of the scale. `any`: whether every label counts.
    fn has_label_or_rating(&self, any: bool) -> bool {
        let is_label = |end: usize| any || label::may_end(&self.text.plain[..end]);
        let tells = |token: &Token<'_>| match token.kind {
            Kind::Word => rank::may_begin(token),
            Kind::Sign(_) => parts_label(token) && is_label(token.range.start),
            Kind::Number(_) => false,
        };
        let mut bold = self.text.marks().iter().filter(|mark| mark.kind == MarkKind::Strong);
        self.tokens.iter().any(tells) || bold.any(|mark| is_label(mark.range.end))
    }

    /// From which token on a number may be one that is asked for: by the lines above, by a question or by a sentence of a
    /// few words, "How many?", "Copies."
    fn asked_from(&self, asked: Option<&str>) -> Option<usize> {
        if asked == Some("instance-count") {
            return Some(0);
        }
        let mut start = 0;
        self.tokens.iter().enumerate().find_map(|(at, token)| {
            if token.line_start {
                start = at;
            }
            let sign = token.sign().filter(|sign| matches!(sign, '.' | '!' | '?' | '。' | '！' | '？'))?;
            let asks = sign != '.' || at - start <= SHORT;
            start = at + 1;
            asks.then_some(start)
        })
    }
}

/// Tokens of a sentence that is taken for the name of what follows, and what may stand beside it: a number of the line,
/// signs that close.
const SHORT: usize = 9;

/// Whether a token may part a label from its value.
fn parts_label(token: &Token<'_>) -> bool {
    match token.sign() {
        Some(':' | '：' | '=' | '|') => true,
        // Of dots several lead to a value, and the first of them may be the end of a sentence.
        Some('—' | '–' | '-' | '.') => !token.glued,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_fact_can_be_made_of_is_told_apart() {
        let may_state = |plain: &str| {
            let mut text = Text::default();
            text.push(plain, 0..plain.len(), plain);
            Words::of(&text, Speech::English).may_state(None, &[])
        };
        for plain in [
            "It took us two days and 40 euros.",
            "Its last release is three years old.",
            "Everything runs in one process and has reached its limits.",
            "It is seen in this place: a user waits for a third of them.",
        ] {
            assert!(!may_state(plain), "{plain}");
        }
        for plain in [
            "It took us two days, and 40 ms.",
            "Memory budget: TBD",
            "Requests per second — as many as come",
            "One process.",
            "Copies. Two, one per data centre.",
            "We plan one sync server.",
            "Renderers: six.",
            "Four in total.",
            "How many? Six.",
            "An outage is critical.",
        ] {
            assert!(may_state(plain), "{plain}");
        }
    }
}
