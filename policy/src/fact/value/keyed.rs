//! Keys that carry the unit or the percentile of their value: `memory_budget_mb: 180`, `latency_p99: 15 ms`.

use super::super::token::{Token, lex};
use super::super::vocabulary::Type;
use super::quantity::{self, Measure, Style};
use super::unit::{self, Unit};
use super::{Read, Unusable, number, percentile, read, typed};

/// Reads the value of a key whose name may hold its unit (`memory_budget_mb`, `p95Ms`, `requests per minute`) or its
/// percentile (`latency_p99`).
///
/// # Errors
/// As [`read`], and where key and value name different units.
pub fn read_keyed(kind: Type, key: &str, text: &str) -> Result<Read, Unusable> {
    let key = split_camel(key);
    let words = lex(&key);
    let named = key_unit(kind, &words);
    let from_key = percentile::scan(&words, number::Marks::Unknown).first().map(|found| found.value);
    let mut found = match (read(kind, text), named) {
        (Err(Unusable::NoUnit(wish)), Some(factor)) => bare(kind, text, factor).ok_or(Unusable::NoUnit(wish))?,
        (Ok(found), Some(factor)) => {
            if let Some(scaled) = bare(kind, text, factor).filter(|_| !has_unit(kind, text)) {
                scaled
            } else {
                differs(kind, text, factor)?;
                found
            }
        }
        (result, _) => result?,
    };
    found.percentile = found.percentile.or(from_key);
    Ok(found)
}

/// A key's unit and a value's own must be the same: `memory_mb: 2 GB` may mean either.
fn differs(kind: Type, text: &str, factor: f64) -> Result<(), Unusable> {
    let tokens = lex(text);
    let own = quantity::scan(&tokens, Style::UNKNOWN).into_iter().find(|quantity| super::fits(kind, quantity));
    let unit = own.and_then(|own| tokens.get(own.tokens.end - 1)).and_then(|token| {
        match unit::of(token.text, &token.lower, true) {
            Some(Unit::Bytes(factor) | Unit::Time(factor)) => Some(factor),
            _ => None,
        }
    });
    match unit {
        Some(unit) if (unit - factor).abs() > f64::EPSILON => {
            Err(Unusable::NotUnderstood(format!("the key names another unit than the value `{}`", text.trim())))
        }
        _ => Ok(()),
    }
}

fn has_unit(kind: Type, text: &str) -> bool {
    let tokens = lex(text);
    quantity::scan(&tokens, Style::UNKNOWN)
        .iter()
        .any(|quantity| super::fits(kind, quantity) && quantity.measure != Measure::Bare)
}

/// The first number of a text without units, times the key's factor.
fn bare(kind: Type, text: &str, factor: f64) -> Option<Read> {
    let tokens = lex(text);
    let found = quantity::scan(&tokens, Style::UNKNOWN);
    let [only] = found.as_slice() else { return None };
    let upper = !super::bound::is_lower(&tokens, only.tokens.start);
    if only.measure != Measure::Bare || !upper {
        return None;
    }
    let range = tokens[only.tokens.start].range.start..tokens[only.tokens.end - 1].range.end;
    Some(Read { value: typed(kind, only.value? * factor, Measure::Bare), percentile: None, range })
}

/// The factor to the base unit that the last words of a key name.
fn key_unit(kind: Type, words: &[Token<'_>]) -> Option<f64> {
    // "Memory (MB)", "Latency [ms]".
    let words = match words.split_last() {
        Some((last, rest)) if matches!(last.sign(), Some(')' | ']')) => rest,
        _ => words,
    };
    let last = words.last()?;
    let before = words.len().checked_sub(2).and_then(|at| words.get(at)).map_or("", |token| token.lower.as_ref());
    match kind {
        Type::Bytes if matches!(last.lower.as_ref(), "b" | "bytes") => Some(1.0),
        Type::Bytes => match unit::memory(&last.lower, &last.lower, false) {
            Some(Unit::Bytes(factor)) => Some(factor),
            _ => None,
        },
        Type::Duration => unit::time(&last.lower),
        Type::Rate => match last.lower.as_ref() {
            "rps" | "qps" | "tps" => Some(1.0),
            "rpm" => Some(1.0 / 60.0),
            // "Requests per second, steady".
            unit => {
                let per = words.windows(2).find(|pair| is_per(&pair[0].lower)).map(|pair| pair[1].lower.as_ref());
                let of = |unit: &str| unit::per(unit).map(|factor| 1e3 / factor);
                let worded = words.iter().all(|word| !word.text.contains(char::is_numeric));
                of(unit).filter(|_| is_per(before)).or_else(|| per.filter(|_| worded).and_then(of))
            }
        },
        Type::Share => matches!(last.lower.as_ref(), "percent" | "pct" | "%").then_some(0.01),
        _ => None,
    }
}

/// What parts a rate from its time.
fn is_per(word: &str) -> bool {
    matches!(word, "per" | "/" | "pro" | "par" | "por")
}

/// `latencyP99Ms` as `latency P99 Ms`.
fn split_camel(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 4);
    let mut last = ' ';
    for (at, letter) in key.char_indices() {
        // The last letter of `MiB` starts no word.
        let inside = at + letter.len_utf8() < key.len();
        if inside && letter.is_uppercase() && (last.is_lowercase() || last.is_ascii_digit()) {
            out.push(' ');
        }
        out.push(if matches!(letter, '_' | '-' | '.') && !last.is_ascii_digit() { ' ' } else { letter });
        last = letter;
    }
    out.replace('_', " ")
}
