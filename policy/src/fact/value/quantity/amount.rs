//! The number of a quantity: in digits, in words, or an article before a unit.

use super::super::super::token::Token;
use super::super::number::{self, Marks};
use super::super::unit;

/// Words before "a second" that make it one second, and no rate.
const LEADS: &[&str] = &[
    "within",
    "after",
    "under",
    "below",
    "than",
    "in",
    "over",
    "above",
    "exceed",
    "exceeds",
    "most",
    "of",
    "beyond",
    "past",
    "reach",
    "take",
    "takes",
    "innerhalb",
    "unter",
    "binnen",
    "höchstens",
    "als",
    "über",
    "en",
    "moins",
    "d",
    "de",
    "dépasser",
    "menos",
    "que",
    "superar",
    "about",
    "approximately",
];

/// A number before it has a unit.
pub(super) struct Amount {
    pub value: Option<f64>,
    pub end: usize,
    /// Whether it is written in words.
    pub words: bool,
}

/// The number at `at`, in digits (with `k`, `million`) or words; "a" where a second is meant.
pub(super) fn amount(tokens: &[Token<'_>], at: usize, marks: Marks) -> Option<Amount> {
    let token = tokens.get(at)?;
    if let Some(digits) = number::digits(token) {
        let mut value = number::amount(digits, marks);
        let mut end = at + 1;
        if let Some(behind) = number::half_behind(tokens, end) {
            value = value.map(|value| value + 0.5);
            end = behind;
        }
        if let Some(scale) = tokens.get(end).and_then(number::scale).or_else(|| millions(tokens, end)) {
            value = value.map(|value| value * scale);
            end += 1;
        }
        return Some(Amount { value, end, words: false });
    }
    if !token.is_word() {
        return None;
    }
    if let Some((value, end)) = number::in_words(tokens, at) {
        return Some(Amount { value: Some(value), end, words: true });
    }
    if is_article(&token.lower) { one_unit(tokens, at) } else { None }
}

/// "2 Mio. Anfragen" are millions; "200 Mio", "200 Mio maximum" are an amount of memory.
fn millions(tokens: &[Token<'_>], at: usize) -> Option<f64> {
    tokens.get(at).filter(|token| token.is("mio"))?;
    let next = tokens.get(at + 1)?;
    let noun = next.is_word() && next.text.starts_with(char::is_uppercase);
    let shortened = next.sign() == Some('.') && next.glued && tokens.get(at + 2).is_some();
    (noun || shortened || unit::currency(next.text).is_some()).then_some(1e6)
}

pub(super) fn is_article(lower: &str) -> bool {
    matches!(lower, "a" | "an" | "einer" | "eine" | "une" | "un" | "una")
}

/// Whether an article before a word may be an amount: "a second", "a gigabyte", "a quarter".
pub(super) fn is_led_by_article(tokens: &[Token<'_>], at: usize) -> bool {
    let is_unit = |next: &Token<'_>| {
        next.lower.len() > 3
            && (unit::time(&next.lower).is_some() || unit::memory(next.text, &next.lower, false).is_some())
    };
    tokens.get(at).is_some_and(|next| next.is_word() && (number::may_be_amount(next) || is_unit(next)))
}

/// The amount of an article: one, or one and a half, where a unit behind it is meant, "within a second".
fn one_unit(tokens: &[Token<'_>], at: usize) -> Option<Amount> {
    let unit = tokens.get(at + 1).is_some_and(|next| next.lower.len() > 3 && unit::time(&next.lower).is_some());
    // "900 calls a second" is a rate: only behind a word like "within" does "a second" stand for one second.
    let led =
        at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| LEADS.contains(&&*before.lower));
    let half = number::half_behind(tokens, at + 2).is_some();
    // "It can have a gigabyte".
    let memory = tokens
        .get(at + 1)
        .is_some_and(|next| next.lower.len() > 6 && unit::memory(next.text, &next.lower, false).is_some());
    let had = at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
        matches!(
            &*before.lower,
            "have" | "has" | "gets" | "get" | "use" | "within" | "than" | "in" | "to" | "is" | "exceed" | "take"
        )
    });
    (memory && had || unit && led).then_some(Amount {
        value: Some(if half { 1.5 } else { 1.0 }),
        end: at + 1,
        words: true,
    })
}
