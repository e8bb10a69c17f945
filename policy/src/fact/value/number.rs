//! Numbers in digits and in words.

use super::super::prose::cue::key;
use super::super::token::{Kind, Number, Token};
use super::super::words::{Sieve, WordMap};
use std::sync::LazyLock;

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

/// Reads digits with separators.
pub(crate) fn parse(text: &str) -> Number {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return plain(text);
    }
    let text = text.replace(['_', '\'', '’', ' ', '\u{a0}', '\u{202f}', '\u{2009}'], "");
    let points = text.bytes().filter(|byte| *byte == b'.').count();
    let commas = text.bytes().filter(|byte| *byte == b',').count();
    match (points, commas) {
        (0, 0) => plain(&text),
        (1, 0) => one_separator(&text, '.'),
        (0, 1) => one_separator(&text, ','),
        (_, 0) => grouped(&text, '.'),
        (0, _) => grouped(&text, ','),
        (1, _) if text.rfind('.') > text.rfind(',') => mixed(&text, ',', '.'),
        (_, 1) if text.rfind(',') > text.rfind('.') => mixed(&text, '.', ','),
        _ => Number::NoAmount,
    }
}

fn plain(text: &str) -> Number {
    text.parse().map_or(Number::NoAmount, Number::Plain)
}

fn one_separator(text: &str, separator: char) -> Number {
    let Some((whole, rest)) = text.split_once(separator) else { return plain(text) };
    let decimal = format!("{whole}.{rest}").parse::<f64>();
    let thousands = format!("{whole}{rest}").parse::<f64>();
    let (Ok(decimal), Ok(thousands)) = (decimal, thousands) else { return Number::NoAmount };
    if rest.len() == 3 && whole.len() <= 3 && !whole.starts_with('0') {
        Number::Grouped { thousands, decimal, comma: separator == ',' }
    } else {
        Number::Plain(decimal)
    }
}

/// `1.500.000` is a number, `1.2.3` a version.
fn grouped(text: &str, separator: char) -> Number {
    let mut groups = text.split(separator);
    let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    if first && groups.all(|group| group.len() == 3) { plain(&text.replace(separator, "")) } else { Number::NoAmount }
}

fn mixed(text: &str, separator: char, mark: char) -> Number {
    match text.rsplit_once(mark) {
        Some((whole, rest)) => match grouped(whole, separator) {
            Number::Plain(whole) => plain(&format!("{whole}.{rest}")),
            // `1,500.25` has one group only.
            _ => match whole.split_once(separator) {
                Some((first, second)) if second.len() == 3 && first.len() <= 3 => {
                    plain(&format!("{first}{second}.{rest}"))
                }
                _ => Number::NoAmount,
            },
        },
        None => Number::NoAmount,
    }
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

/// Whether a word is made of numbers.
fn is_part(word: &str) -> bool {
    simple(word).is_some() || german(word).is_some()
}

/// The numbers that German writes in one word: `zweihundertfünfzig`.
fn german(word: &str) -> Option<Vec<f64>> {
    if word.len() < SHORTEST_GERMAN || !may_be_german(word) {
        return None;
    }
    // Few words begin like a number; whether they hold one is asked only then.
    if !GERMAN.iter().any(|(part, _)| word.starts_with(part)) {
        return None;
    }
    if !(word.contains("hundert") || word.contains("tausend") || word.contains("und") && word.ends_with("zig")) {
        return None;
    }
    let mut rest = word;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (value, length) = GERMAN
            .iter()
            .filter(|(part, _)| rest.starts_with(part))
            .max_by_key(|(part, _)| part.len())
            .map(|(part, value)| (*value, part.len()))?;
        if value > 0.0 {
            found.push(value);
        }
        rest = &rest[length..];
    }
    Some(found)
}

/// No number that German writes in one word of several has fewer bytes.
const SHORTEST_GERMAN: usize = 8;

/// Parts of German numbers; `und` counts nothing.
const GERMAN: &[(&str, f64)] = &[
    ("und", 0.0),
    ("ein", 1.0),
    ("eins", 1.0),
    ("zwei", 2.0),
    ("drei", 3.0),
    ("vier", 4.0),
    ("fünf", 5.0),
    ("sechs", 6.0),
    ("sieben", 7.0),
    ("acht", 8.0),
    ("neun", 9.0),
    ("zehn", 10.0),
    ("elf", 11.0),
    ("zwölf", 12.0),
    ("zwanzig", 20.0),
    ("dreißig", 30.0),
    ("vierzig", 40.0),
    ("fünfzig", 50.0),
    ("sechzig", 60.0),
    ("siebzig", 70.0),
    ("achtzig", 80.0),
    ("neunzig", 90.0),
    ("hundert", 100.0),
    ("tausend", 1000.0),
];

/// Number words of the languages that are read.
const SIMPLE: &[(f64, &str)] = &[
    (1.0, "one eins single"),
    (2.0, "two zwei deux dos pair paar"),
    (3.0, "three drei trois tres"),
    (4.0, "four vier quatre cuatro"),
    (5.0, "five fünf cinq cinco"),
    (6.0, "six sechs seis"),
    (7.0, "seven sieben sept siete"),
    (8.0, "eight acht huit ocho"),
    (9.0, "nine neun neuf nueve"),
    (10.0, "ten zehn dix diez"),
    (11.0, "eleven elf onze"),
    (12.0, "twelve zwölf douze doce dozen dutzend"),
    (13.0, "thirteen dreizehn"),
    (14.0, "fourteen vierzehn"),
    (15.0, "fifteen fünfzehn quinze quince"),
    (16.0, "sixteen sechzehn seize"),
    (17.0, "seventeen siebzehn"),
    (18.0, "eighteen achtzehn"),
    (19.0, "nineteen neunzehn"),
    (20.0, "twenty zwanzig vingt veinte"),
    (30.0, "thirty dreißig trente treinta"),
    (40.0, "forty vierzig quarante cuarenta"),
    (50.0, "fifty fünfzig cinquante cincuenta"),
    (60.0, "sixty sechzig soixante sesenta"),
    (70.0, "seventy siebzig setenta"),
    (80.0, "eighty achtzig ochenta"),
    (90.0, "ninety neunzig noventa"),
    (100.0, "hundred hundert cent cien ciento"),
    (200.0, "doscientos"),
    (300.0, "trescientos"),
    (500.0, "quinientos"),
    (1000.0, "thousand tausend mille mil"),
    (1e6, "million millionen millions"),
];

static BY_WORD: LazyLock<WordMap<&str, f64>> =
    LazyLock::new(|| SIMPLE.iter().flat_map(|(value, words)| words.split(' ').map(|word| (word, *value))).collect());

/// The lengths of the number words with each first byte, a bit a length: most words are told apart by these.
static LENGTHS: LazyLock<[u32; 256]> = LazyLock::new(|| {
    let mut lengths = [0; 256];
    for word in SIMPLE.iter().flat_map(|(_, words)| words.split(' ')) {
        lengths[usize::from(word.as_bytes()[0])] |= 1 << word.len();
    }
    lengths
});

/// Words besides the numbers with which an amount may begin (fractions, shares of a whole, articles), and those for
/// percentiles.
const OPENINGS: &str = "a an un una une eine einer half halbe halben demi medio media hälfte moitié mitad third drittel tiers \
    tercio quarter viertel quart cuarto fifth fünftel eighth achtel tenth zehntel anderthalb eineinhalb \
    percentile percentil perzentil centile median médiane mediana";

/// The numbers and these.
static OPENS: LazyLock<Sieve> = LazyLock::new(|| {
    let numbers = SIMPLE.iter().flat_map(|(_, words)| words.split(' '));
    Sieve::of(numbers.chain(OPENINGS.split_whitespace()))
});

/// Whether an amount, a share, a fraction or a percentile may begin with a word: it costs next to nothing and says no to
/// nearly all of the others. What it lets through has to be looked at.
pub(crate) fn may_be_amount(word: &Token<'_>) -> bool {
    OPENS.may_hold(word.hash) || word.lower.len() >= SHORTEST_GERMAN && may_be_german(&word.lower)
}

/// Whether a word begins with the first three bytes of one of [`GERMAN`].
fn may_be_german(word: &str) -> bool {
    let [first, second, third, ..] = word.as_bytes() else { return false };
    match (first, second) {
        (b'u', b'n') => *third == b'd',
        (b'e', b'i') => *third == b'n',
        (b'e', b'l') => *third == b'f',
        (b'z', b'w') => matches!(third, b'e' | b'a' | 0xc3),
        (b'z', b'e') | (b'a', b'c') => *third == b'h',
        (b'd', b'r') | (b'v', b'i') | (b's', b'i') => *third == b'e',
        (b'f', 0xc3) => *third == 0xbc,
        (b's', b'e') => *third == b'c',
        (b'n', b'e') | (b't', b'a') => *third == b'u',
        (b'h', b'u') => *third == b'n',
        _ => false,
    }
}

fn simple(word: &str) -> Option<f64> {
    let first = usize::from(*word.as_bytes().first()?);
    if word.len() > 31 || LENGTHS[first] & (1 << word.len()) == 0 {
        return None;
    }
    BY_WORD.get(word).copied()
}

/// Whether a word may be one that [`is_word`] knows, by its hash and its length in bytes.
pub(crate) fn may_be_word(hash: u32, length: usize) -> bool {
    OPENS.may_hold(hash) || length >= SHORTEST_GERMAN
}

/// Fractions that may stand alone. All of them are among [`OPENINGS`].
const FRACTIONS: &[&str] =
    &["half", "quarter", "third", "fifth", "eighth", "tenth", "halbe", "halben", "demi", "medio", "anderthalb"];

/// Whether a word in lower case is a number, or may begin one.
pub(crate) fn is_word(lower: &str) -> bool {
    OPENS.may_hold(key::hash(lower)) && (BY_WORD.contains_key(lower) || FRACTIONS.contains(&lower))
        || german(lower).is_some()
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
    fn every_word_that_opens_an_amount_is_let_through() {
        let numbers = SIMPLE.iter().flat_map(|(_, words)| words.split(' '));
        assert!(numbers.chain(OPENINGS.split_whitespace()).all(|word| may_be_amount(&lex(word)[0])));
        assert!(GERMAN.iter().all(|(part, _)| may_be_german(part)));
        let whole = ["zweihundertfünfzig", "einundzwanzig", "fünftausend"].into_iter();
        for word in SIMPLE.iter().flat_map(|(_, words)| words.split(' ')).chain(FRACTIONS.iter().copied()).chain(whole)
        {
            assert!(is_word(word) && may_be_word(key::hash(word), word.len()), "{word}");
        }
        assert!(["and", "the", "use", "failure", "memory"].into_iter().all(|word| !may_be_amount(&lex(word)[0])));
    }

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
