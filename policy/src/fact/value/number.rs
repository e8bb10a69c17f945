//! Numbers in digits and in words.

mod digits;
mod word;

use super::super::token::{Kind, Number, Token};
pub(crate) use digits::parse;
use word::{german, is_part, simple};
pub(crate) use word::{is_word, may_be_amount, may_be_word};

/// Which sign is the decimal mark in the language around a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marks {
    /// `1,500.5`: English, and most Asian languages.
    Point,
    /// `1.500,5`: most of Europe.
    Comma,
    /// Not known: what can mean two things stays unread.
    Unknown,
}

/// The amount that a number has in a text with these marks; `None` where it may mean two.
pub(crate) fn amount(number: Number, marks: Marks) -> Option<f64> {
    match (number, marks) {
        (Number::Plain(value), _) => Some(value),
        // `1,500` groups thousands wherever it is not expressly the decimal mark; `1.500` is rare in English, and
        // where it stands it is a decimal.
        (Number::Grouped { thousands, comma: true, .. }, Marks::Point | Marks::Unknown) => Some(thousands),
        (Number::Grouped { decimal, comma: false, .. }, Marks::Point) => Some(decimal),
        (Number::Grouped { thousands, comma: false, .. }, Marks::Comma) => Some(thousands),
        _ => None,
    }
}

/// A number in words that starts at `tokens[at]`: its value and behind its last token.
pub(crate) fn in_words(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    tokens.get(at).filter(|first| first.is_word() && may_open(first))?;
    if let Some(found) = fraction(tokens, at) {
        return Some(found);
    }
    let mut sum = Words::default();
    let mut next = at;
    while let Some(token) = tokens.get(next) {
        let linked = next > at
            && matches!(token.lower.as_ref(), "and" | "et" | "y" | "und")
            && tokens.get(next + 1).is_some_and(|after| is_part(&after.lower));
        if linked {
            next += 1;
            continue;
        }
        if !token.is_word() || !sum.add_word(&token.lower) {
            break;
        }
        next += 1;
    }
    (next > at).then(|| sum.value()).map(|value| match half_behind(tokens, next) {
        Some(behind) => (value + 0.5, behind),
        None => (value, next),
    })
}

/// Whether a number or a fraction may begin with a word in lower case. Most words are told apart here.
pub(crate) fn may_open(token: &Token<'_>) -> bool {
    let lower = token.lower.as_ref();
    if !may_be_amount(token) {
        return false;
    }
    let fraction = matches!(
        lower,
        "a" | "eine"
            | "einer"
            | "une"
            | "half"
            | "halbe"
            | "halben"
            | "demi"
            | "medio"
            | "media"
            | "quarter"
            | "tenth"
            | "anderthalb"
            | "eineinhalb"
    );
    fraction || is_part(lower)
}

/// A word for a part of something: `quarter`, `Viertel`.
pub(crate) fn share(lower: &str) -> Option<f64> {
    Some(match lower {
        "half" | "hälfte" | "moitié" | "mitad" => 0.5,
        "third" | "drittel" | "tiers" | "tercio" => 1.0 / 3.0,
        "quarter" | "viertel" | "quart" | "cuarto" => 0.25,
        "fifth" | "fünftel" => 0.2,
        "eighth" | "achtel" => 0.125,
        "tenth" | "zehntel" => 0.1,
        _ => return None,
    })
}

/// `one and a half seconds`, `1 and a half`.
pub(crate) fn half_behind(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let words = |count: usize| tokens.get(at..at + count);
    let is = |slice: Option<&[Token<'_>]>, wanted: &[&str]| {
        slice.is_some_and(|slice| slice.iter().zip(wanted).all(|(token, word)| token.is(word)))
    };
    is(words(3), &["and", "a", "half"]).then_some(at + 3)
}

/// `half a second`, `a quarter of a second`, `une demi-seconde`, `eine halbe Sekunde`, `medio segundo`.
fn fraction(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
    let mut next = at;
    if matches!(lower(next), "a" | "one" | "eine" | "einer" | "une") {
        next += 1;
    }
    if lower(at) == "three" && lower(at + 1) == "quarters" {
        let mut next = at + 2;
        next += usize::from(lower(next) == "of");
        next += usize::from(matches!(lower(next), "a" | "an"));
        return is_unit(tokens, next).then_some((0.75, next));
    }
    let value = match lower(next) {
        "half" | "halbe" | "halben" | "demi" | "medio" | "media" => 0.5,
        "quarter" => 0.25,
        "third" => 1.0 / 3.0,
        "fifth" => 0.2,
        "eighth" => 0.125,
        "tenth" => 0.1,
        "anderthalb" | "eineinhalb" => 1.5,
        _ => return None,
    };
    next += 1;
    if lower(next) == "of" {
        next += 1;
    }
    if matches!(lower(next), "a" | "an") {
        next += 1;
    }
    is_unit(tokens, next).then_some((value, next))
}

fn is_unit(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        let memory = || token.lower.len() > 2 && super::unit::memory(&token.lower, &token.lower, false).is_some();
        super::unit::time(&token.lower).is_some() || memory()
    })
}

#[derive(Default)]
struct Words {
    total: f64,
    current: f64,
}

impl Words {
    /// Adds the numbers that a word is made of, if it is: `two`, `zweihundertfünfzig`.
    fn add_word(&mut self, word: &str) -> bool {
        let parts = match simple(word) {
            Some(value) => {
                self.add(value);
                return true;
            }
            None => german(word),
        };
        parts.iter().flatten().for_each(|part| self.add(*part));
        parts.is_some()
    }

    fn add(&mut self, part: f64) {
        if part == 100.0 {
            self.current = self.current.max(1.0) * 100.0;
        } else if part >= 1000.0 {
            self.total += self.current.max(1.0) * part;
            self.current = 0.0;
        } else {
            self.current += part;
        }
    }

    fn value(&self) -> f64 {
        self.total + self.current
    }
}

/// `k`, `thousand`, `million` behind digits. A single letter counts only when it touches them.
pub(crate) fn scale(token: &Token<'_>) -> Option<f64> {
    if !token.is_word() {
        return None;
    }
    let letter = if token.glued { token.text } else { "" };
    match letter {
        "k" | "K" => return Some(1e3),
        _ => {}
    }
    Some(match token.lower.as_ref() {
        "thousand" | "tausend" | "mille" | "mil" => 1e3,
        "million" | "millions" | "millionen" | "millones" => 1e6,
        "billion" | "milliarden" | "milliards" => 1e9,
        _ => return None,
    })
}

/// Whether a token is an amount in digits.
pub(crate) fn digits(token: &Token<'_>) -> Option<Number> {
    match token.kind {
        Kind::Number(Number::NoAmount) => None,
        Kind::Number(number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::token::lex;

    #[test]
    fn separators() {
        let read = |text: &str, marks| amount(parse(text), marks);
        assert_eq!(read("1,500", Marks::Point), Some(1500.0));
        assert_eq!(read("1.500", Marks::Point), Some(1.5));
        assert_eq!(read("1.500", Marks::Comma), Some(1500.0));
        assert_eq!(read("1.500", Marks::Unknown), None);
        assert_eq!(read("1,500", Marks::Comma), None);
        assert_eq!(read("1,5", Marks::Comma), Some(1.5));
        assert_eq!(read("0.250", Marks::Unknown), Some(0.25));
        assert_eq!(read("1,234.5", Marks::Unknown), Some(1234.5));
        assert_eq!(read("1.234,5", Marks::Unknown), Some(1234.5));
        assert_eq!(read("1 500 000", Marks::Unknown), Some(1_500_000.0));
        assert_eq!(read("1.2.3", Marks::Point), None);
    }

    #[test]
    fn words() {
        let read = |text: &str| in_words(&lex(text), 0).map(|(value, _)| value);
        assert_eq!(read("two hundred and fifty milliseconds"), Some(250.0));
        assert_eq!(read("zweihundertfünfzig Millisekunden"), Some(250.0));
        assert_eq!(read("fünfundzwanzig Anfragen"), Some(25.0));
        assert_eq!(read("trente secondes"), Some(30.0));
        assert_eq!(read("half a second"), Some(0.5));
        assert_eq!(read("a quarter of a second"), Some(0.25));
        assert_eq!(read("one and a half seconds"), Some(1.5));
        assert_eq!(read("une demi-seconde"), Some(0.5));
        assert_eq!(read("und so weiter"), None);
        assert_eq!(read("memory"), None);
    }
}
