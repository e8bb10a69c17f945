//! Percentiles: `p95`, `95th percentile`, `99.9 % of requests`, `99. Perzentil`, `nine in ten`.

mod part;
mod served;
mod share;

use super::super::token::{Kind, Token};
use super::number::{self, Marks};
use part::{in_ten, of_whole};
pub(crate) use served::is_served;
use std::ops::Range;

/// A percentile and its tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Percentile {
    pub tokens: Range<usize>,
    /// 0 to 100.
    pub value: f64,
}

/// Finds every percentile, in order.
pub(crate) fn scan(tokens: &[Token<'_>], marks: Marks) -> Vec<Percentile> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !may_begin(&tokens[at]) {
            at += 1;
            continue;
        }
        match one(tokens, at, marks) {
            Some(percentile) => {
                at = percentile.tokens.end;
                found.push(percentile);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a percentile may begin with a token: a number, a name of one, a word for one, or a number in words. Most
/// words are told apart here.
fn may_begin(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Number(_) => true,
        Kind::Sign(_) => false,
        Kind::Word => number::may_be_amount(token) || may_be_name(&token.lower),
    }
}

/// Whether a word may be one that [`from_name`] knows.
fn may_be_name(lower: &str) -> bool {
    let bytes = lower.as_bytes();
    matches!(bytes.first(), Some(b'p' | b't')) && matches!(bytes.last(), Some(b'0'..=b'9' | b'.'))
}

/// The percentile that begins at a token.
fn one(tokens: &[Token<'_>], at: usize, marks: Marks) -> Option<Percentile> {
    let token = tokens.get(at)?;
    let (end, value) =
        if token.is_word() { of_word(tokens, at, token, marks) } else { of_number(tokens, at, token, marks) }?;
    Some(Percentile { tokens: at..end, value })
}

/// One that a word begins, its end and its value: `p95`, `percentil 95`, `nine in ten`.
fn of_word(tokens: &[Token<'_>], at: usize, token: &Token<'_>, marks: Marks) -> Option<(usize, f64)> {
    if let Some(value) = from_name(&token.lower) {
        return Some((at + 1, value));
    }
    match token.lower.as_ref() {
        "percentile" | "percentil" | "perzentil" | "centile" => {
            let value = tokens.get(at + 1).and_then(amount(marks))?;
            Some((at + 2, value))
        }
        "median" | "médiane" | "mediana" => Some((at + 1, 50.0)),
        // "Half of all lookups within 2 ms".
        "half"
            if tokens.get(at + 1).is_some_and(|of| of.is("of") || of.is("the") || of.is("all"))
                && tokens[at + 1..].iter().take(4).any(|token| is_served(&token.lower)) =>
        {
            Some((at + 1, 50.0))
        }
        _ if !number::may_be_amount(token) => None,
        _ => in_ten(tokens, at).or_else(|| of_whole(tokens, at)),
    }
}

/// One that a number in digits begins, its end and its value: `95th percentile`, `99.9 % of requests`, `9 out of 10`.
fn of_number(tokens: &[Token<'_>], at: usize, token: &Token<'_>, marks: Marks) -> Option<(usize, f64)> {
    if let Some(found) = in_ten(tokens, at).or_else(|| of_whole(tokens, at)) {
        return Some(found);
    }
    let value = amount(marks)(token)?;
    let (next, share) = behind_number(tokens, at);
    if share {
        return share::of(tokens, at, next, value);
    }
    is_percentile_word(&tokens.get(next)?.lower).then_some((next + 1, value))
}

/// Where the signs and endings behind a number end ("95th", "95.", "95e", "95 %", "95%-"), and whether they make it a
/// share.
fn behind_number(tokens: &[Token<'_>], at: usize) -> (usize, bool) {
    let mut next = at + 1;
    let mut share = false;
    while let Some(token) = tokens.get(next).filter(|_| next < at + 4) {
        match token.lower.as_ref() {
            "th" | "st" | "nd" | "rd" | "e" | "er" | "º" | "o" | "й" | "го" | "ème" | "." | "-" => next += 1,
            "%" | "percent" | "pct" | "prozent" => {
                share = true;
                next += 1;
            }
            _ => break,
        }
    }
    (next, share)
}

fn amount(marks: Marks) -> impl Fn(&Token<'_>) -> Option<f64> {
    move |token| {
        let Kind::Number(number) = token.kind else { return None };
        number::amount(number, marks).filter(|value| (0.0..=100.0).contains(value))
    }
}

/// `p95`, `p99.9`, `p999` (99.9), `tp99`.
fn from_name(lower: &str) -> Option<f64> {
    let digits = lower.strip_prefix("tp").or_else(|| lower.strip_prefix("pct")).or_else(|| lower.strip_prefix('p'))?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    if digits.contains('.') {
        return digits.parse().ok().filter(|value| *value <= 100.0);
    }
    match digits.len() {
        2 => digits.parse().ok(),
        // People drop the point: p999 is 99.9, p9999 is 99.99.
        3 | 4 if digits.starts_with("99") => format!("{}.{}", &digits[..2], &digits[2..]).parse().ok(),
        3 if digits == "100" => Some(100.0),
        _ => None,
    }
}

fn is_percentile_word(lower: &str) -> bool {
    matches!(
        lower,
        "percentile"
            | "percentiles"
            | "percentil"
            | "perzentil"
            | "perzentile"
            | "perzentils"
            | "centile"
            | "quantile"
            | "quantil"
            | "ile"
            | "percentiel"
            | "percentyl"
            | "percentile,"
            | "перцентиль"
            | "перцентиле"
            | "перцентиля"
            | "процентиль"
            | "百分位"
            | "パーセンタイル"
            | "백분위"
            | "yüzdelik"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::token::lex;

    fn all(text: &str) -> Vec<f64> {
        scan(&lex(text), Marks::Unknown).into_iter().map(|found| found.value).collect()
    }

    #[test]
    fn forms() {
        for (text, value) in [
            ("p95 < 120 ms", 95.0),
            ("P99.9 under 1 s", 99.9),
            ("p999", 99.9),
            ("the 95th percentile", 95.0),
            ("99. Perzentil", 99.0),
            ("95e percentile", 95.0),
            ("percentil 95", 95.0),
            ("95 % of requests", 95.0),
            ("99.9% of token checks", 99.9),
            ("99 % der Anfragen", 99.0),
            ("95 % des requêtes", 95.0),
            ("nine in ten", 90.0),
            ("ninety-nine in a hundred", 99.0),
            ("no more than one total in a thousand may take longer", 99.9),
            ("half of all lookups within 2 ms", 50.0),
            ("nine out of ten lookups", 90.0),
            ("the 95%ile", 95.0),
        ] {
            assert_eq!(all(text), [value], "{text}");
        }
        assert!(all("95 % of the time budget is spent in 2 of 3 modules, 40 % of requests").len() <= 1);
        assert!(all("p2p traffic, p1 incident").is_empty());
    }
}
