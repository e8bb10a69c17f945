//! Words, numbers and signs of a text, each with its place. One pass, no look-back further than a token.

use super::prose::cue::key;
use std::borrow::Cow;
use std::ops::Range;

/// A number as it is written; what it means may depend on the language around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    /// One meaning only.
    Plain(f64),
    /// One separator and three digits: `1.500`, `1,500`.
    Grouped {
        /// Its value where the separator groups thousands.
        thousands: f64,
        /// Its value where the separator is a decimal mark.
        decimal: f64,
        /// Whether the separator is a comma.
        comma: bool,
    },
    /// A version, a date, a time of day, an address: no amount.
    NoAmount,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Word,
    Number(Number),
    Sign(char),
}

/// One token.
#[derive(Clone, Debug)]
pub(crate) struct Token<'t> {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// As written.
    pub text: &'t str,
    /// In lower case.
    pub lower: Cow<'t, str>,
    /// [`key::hash`] of the lower case: tables of words are asked by it.
    pub hash: u32,
    pub kind: Kind,
    /// Whether it follows the token before it without a space.
    pub glued: bool,
    /// Whether a hyphen or underscore that was left out joins it to the word before it.
    pub joined: bool,
    /// Whether a line break stands before it.
    pub line_start: bool,
}

impl Token<'_> {
    pub(crate) fn is(&self, word: &str) -> bool {
        self.lower == word
    }

    pub(crate) fn sign(&self) -> Option<char> {
        match self.kind {
            Kind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
}

/// Splits `text` into tokens. Hyphens and underscores inside words are left out, so that `start-up`, `start_up` and
/// `start up` read the same.
pub(crate) fn lex(text: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer::new(text, text.len() / 5 + 4);
    while lexer.step() {}
    lexer.tokens
}

/// The first tokens of a text, `most` of them: what opens it often tells that the rest need not be looked at.
pub(crate) fn lex_opening(text: &str, most: usize) -> Vec<Token<'_>> {
    let mut lexer = Lexer::new(text, most.min(text.len()));
    while lexer.tokens.len() < most && lexer.step() {}
    lexer.tokens
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token<'t>>,
    /// Where the last token ends; behind the text before the first one.
    end: usize,
    joined: bool,
    line: bool,
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str, tokens: usize) -> Self {
        Self { text, at: 0, tokens: Vec::with_capacity(tokens), end: text.len() + 1, joined: false, line: true }
    }

    fn peek(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    fn step(&mut self) -> bool {
        // Most of a text are spaces and words of ASCII letters.
        match self.text.as_bytes().get(self.at) {
            Some(b' ') => {
                self.at += 1;
                return true;
            }
            Some(letter) if letter.is_ascii_alphabetic() => {
                self.word();
                return true;
            }
            _ => {}
        }
        let Some(first) = self.peek(self.at) else { return false };
        if first.is_whitespace() {
            self.line |= first == '\n';
            self.at += first.len_utf8();
        } else if first.is_ascii_digit() {
            self.number();
        } else if is_letter(first) {
            self.word();
        } else if self.is_joint(first) {
            self.joined = true;
            self.at += first.len_utf8();
        } else {
            let end = self.at + first.len_utf8();
            self.push(end, Kind::Sign(first));
        }
        true
    }

    /// A hyphen or underscore between two words, or between a word and a number.
    fn is_joint(&self, sign: char) -> bool {
        if !matches!(sign, '-' | '_' | '\u{2010}' | '\u{2011}') {
            return false;
        }
        let Some(last) = self.tokens.last() else { return false };
        let next = self.peek(self.at + sign.len_utf8());
        let touches = last.range.end == self.at;
        let next_letter = next.is_some_and(is_letter);
        let next_digit = next.is_some_and(|next| next.is_ascii_digit());
        touches && (next_letter && last.sign().is_none() || next_digit && last.is_word())
    }

    fn push(&mut self, end: usize, kind: Kind) {
        let text = self.text.get(self.at..end).unwrap_or_default();
        let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let lower = if is_lower { Cow::Borrowed(text) } else { Cow::Owned(lower_case(text)) };
        let hash = key::hash(&lower);
        self.add(text, lower, hash, kind);
    }

    /// Adds the token that starts here; `hash` is that of its lower case.
    #[inline]
    fn add(&mut self, text: &'t str, lower: Cow<'t, str>, hash: u32, kind: Kind) {
        let range = self.at..self.at + text.len();
        let glued = self.end == range.start;
        (self.at, self.end) = (range.end, range.end);
        let joined = std::mem::take(&mut self.joined);
        let line_start = std::mem::take(&mut self.line);
        self.tokens.push(Token { range, text, lower, hash, kind, glued, joined, line_start });
    }

    fn word(&mut self) {
        // Most words are nothing but small ASCII letters.
        let (hash, letters) = small_letters(&self.text.as_bytes()[self.at..]);
        let mut end = self.at + letters;
        let bytes = self.text.as_bytes();
        let next = bytes.get(end);
        if matches!(next, None | Some(b' ' | b',' | b'\n' | b'-' | b')' | b':')) {
            let text = &self.text[self.at..end];
            self.add(text, Cow::Borrowed(text), hash, Kind::Word);
            self.at += usize::from(next == Some(&b' '));
            return;
        }
        let mut digits = false;
        loop {
            while bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
                end += 1;
            }
            let Some(next) = self.peek(end) else { break };
            let inside = is_letter(next)
                || next.is_ascii_digit()
                || (matches!(next, '\'' | '’') && !digits && self.is_contraction(end + next.len_utf8()))
                || (next == '.' && digits && self.is_percentile_word(end));
            // 内存 and 120 stand side by side without a space; an ASCII digit ends a word of such a script.
            if !inside || (next.is_ascii_digit() && !self.text[self.at..end].is_ascii()) {
                break;
            }
            digits |= next.is_ascii_digit();
            end += next.len_utf8();
        }
        self.push(end, Kind::Word);
    }

    /// `don't`, `it's`, `we'll`: up to two letters behind the apostrophe; `l'instance` is two words.
    fn is_contraction(&self, from: usize) -> bool {
        let rest = self.text.get(from..).unwrap_or_default();
        let letters = rest.chars().take(3).take_while(|next| is_letter(*next)).count();
        (1..=2).contains(&letters)
    }

    /// In `p99.9` the point belongs to the word.
    fn is_percentile_word(&self, end: usize) -> bool {
        let word = &self.text[self.at..end];
        let digits = word.trim_start_matches(['p', 'P', 't', 'T']);
        word.len() - digits.len() <= 2
            && digits.len() == 2
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && self.peek(end + 1).is_some_and(|next| next.is_ascii_digit())
    }

    fn number(&mut self) {
        let end = number_end(self.text, self.at);
        let text = &self.text[self.at..end];
        let mut number = super::value::number::parse(text);
        // A time of day, a date: the colon or stroke glues numbers together.
        let before = self.tokens.last();
        let clock = before.is_some_and(|last| last.sign() == Some(':') && last.glued && last.range.end == self.at)
            && self.tokens.iter().rev().nth(1).is_some_and(|token| matches!(token.kind, Kind::Number(_)));
        let opens_clock = self.peek(end) == Some(':') && self.peek(end + 1).is_some_and(|next| next.is_ascii_digit());
        let is_date = is_iso_date(self.text, self.at, end);
        if clock || opens_clock || is_date {
            number = Number::NoAmount;
        }
        let end = if is_date { self.at + 10 } else { end };
        self.push(end, Kind::Number(number));
    }
}

/// How many small ASCII letters a text begins with, and their [`key::hash`].
fn small_letters(bytes: &[u8]) -> (u32, usize) {
    let mut hash = key::START;
    for (at, byte) in bytes.iter().enumerate() {
        if !byte.is_ascii_lowercase() {
            return (hash, at);
        }
        hash = key::with(hash, *byte);
    }
    (hash, bytes.len())
}

fn lower_case(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = text.to_lowercase();
    if lower.contains('’') { lower.replace('’', "'") } else { lower }
}

fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || letter == 'µ' || letter == '\u{301}'
}

/// `2026-10-31`, of which `at..end` is the year.
fn is_iso_date(text: &str, at: usize, end: usize) -> bool {
    let Some(date) = text.as_bytes().get(at..at + 10) else { return false };
    let shape = date.iter().enumerate().all(|(index, byte)| match index {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    shape && end == at + 4
}

/// Behind the last byte of the number that starts at `at`: digits, points, commas, apostrophes, underscores and
/// narrow spaces between digits, and an ordinary space between groups of three.
fn number_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = at;
    let mut group = 0;
    loop {
        while digit(end) {
            end += 1;
            group += 1;
        }
        let Some(sign) = text.get(end..).and_then(|rest| rest.chars().next()) else { return end };
        let next = end + sign.len_utf8();
        let three = digit(next) && digit(next + 1) && digit(next + 2) && !digit(next + 3);
        let joins = match sign {
            '.' | ',' | '_' => digit(next),
            '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}' => three && group <= 3,
            ' ' => three && (1..=3).contains(&group) && bytes.get(at) != Some(&b'0'),
            _ => false,
        };
        if !joins {
            return end;
        }
        end = next;
        group = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        lex(text).iter().map(|token| token.lower.to_string()).collect()
    }

    #[test]
    fn hyphens_in_words_are_left_out() {
        assert_eq!(words("start-up under 10-ms, sub-5"), ["start", "up", "under", "10", "ms", ",", "sub", "5"]);
        assert_eq!(
            words("don't, l'instance p99.9 100-120"),
            ["don't", ",", "l", "'", "instance", "p99.9", "100", "-", "120"]
        );
    }

    #[test]
    fn numbers_keep_their_groups() {
        assert_eq!(words("1 500 MB, 1,500. 2026-10-31"), ["1 500", "mb", ",", "1,500", ".", "2026-10-31"]);
        assert_eq!(words("延迟120毫秒"), ["延迟", "120", "毫秒"]);
    }
}
