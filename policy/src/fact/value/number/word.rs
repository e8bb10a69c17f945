//! Words that are numbers, or of which numbers are made, and how to tell in a moment that a word is none.

use super::super::super::prose::cue::key;
use super::super::super::token::Token;
use super::super::super::words::{Sieve, WordMap};
use std::sync::LazyLock;

/// Whether a word is made of numbers.
pub(super) fn is_part(word: &str) -> bool {
    simple(word).is_some() || german(word).is_some()
}

/// The numbers that German writes in one word: `zweihundertfünfzig`.
pub(super) fn german(word: &str) -> Option<Vec<f64>> {
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

pub(super) fn simple(word: &str) -> Option<f64> {
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
}
