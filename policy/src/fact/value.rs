//! Reading one value of a known type from the words that state it.

pub(crate) mod bound;
mod keyed;
pub(crate) mod number;
pub(crate) mod percentile;
pub(crate) mod placeholder;
mod plain;
pub(crate) mod quantity;
pub(crate) mod rank;
mod runtime;
pub(crate) mod unit;

pub use keyed::read_keyed;
pub use runtime::{compose_memory, kubernetes_memory};

use super::Value;
use super::token::{Token, lex};
use super::vocabulary::Type;
use quantity::{Measure, Quantity, Style};
use std::ops::Range;

/// A value that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The value, in the unit of its type.
    pub value: Value,
    /// The percentile, 0 to 100, where one is named (`p95`, `99.9 % of requests`).
    pub percentile: Option<f64>,
    /// The part of the text that states it.
    pub range: Range<usize>,
}

/// Why words are no usable value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// A number without a unit.
    #[error("a number without a unit: write `{0}`")]
    NoUnit(String),
    /// No value at all.
    #[error("{0}")]
    NotUnderstood(String),
    /// To be filled in.
    #[error("a placeholder, not a value")]
    Placeholder,
    /// Words that say that there is no such value.
    #[error("says that there is none")]
    Denied,
    /// A bound from below: `> 80 MB` limits nothing.
    #[error("`{0}` is a bound from below, not a limit: write `at most …`")]
    NotALimit(String),
    /// Kubernetes `128m` of memory: thousandths of a byte.
    #[error("`m` means thousandths of a byte here: write `{0}`")]
    Millibytes(String),
}

/// Reads a value of `kind` from `text`, the whole of which is meant to state it: `180 MB per instance`,
/// `p95 < 120 ms`, `very high`, `300 rps`. Comparators, percentiles and what it is counted for may stand beside it.
///
/// # Errors
/// Where the text has no value of that type, with the reason in words.
pub fn read(kind: Type, text: &str) -> Result<Read, Unusable> {
    let mut all = read_all(kind, text)?;
    if all.len() > 1 {
        return Err(Unusable::NotUnderstood(format!("several values in one: `{}`", shorten(text))));
    }
    all.pop().ok_or_else(|| not_understood(text))
}

/// Reads every value of `kind` in `text`, as [`read`] does: `p50 5 ms, p99 40 ms` states two. Never empty.
///
/// # Errors
/// Where the text has no value of that type, or several where only one can hold.
pub fn read_all(kind: Type, text: &str) -> Result<Vec<Read>, Unusable> {
    read_in(kind, text, Style::UNKNOWN)
}

/// [`read_all`], for a text whose way of writing numbers is known.
pub(crate) fn read_in(kind: Type, text: &str, style: Style) -> Result<Vec<Read>, Unusable> {
    let tokens = lex(text);
    if placeholder::is_placeholder(text, &tokens) {
        return Err(Unusable::Placeholder);
    }
    let one = |value: Value, range: Range<usize>| Ok(vec![Read { value, percentile: None, range }]);
    let whole = trimmed(text);
    match kind {
        Type::Impact => impact(text, &tokens),
        Type::Names => one(plain::names(text, &tokens)?, whole),
        Type::Flag => one(plain::flag(text)?, whole),
        Type::Date => one(plain::date(text)?, whole),
        Type::Choice(words) => one(plain::choice(text, words)?, whole),
        Type::Text => one(Value::Text(text.trim().to_owned()), whole),
        Type::Bytes | Type::Duration | Type::Rate | Type::Count | Type::Share | Type::Money => {
            numbers(kind, text, &tokens, style)
        }
    }
}

fn trimmed(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

fn shorten(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn not_understood(text: &str) -> Unusable {
    Unusable::NotUnderstood(format!("not understood: `{}`", shorten(text)))
}

/// Whether a quantity is of the measure that a type wants.
fn fits(kind: Type, quantity: &Quantity) -> bool {
    match kind {
        Type::Bytes => quantity.measure == Measure::Bytes,
        Type::Duration => quantity.measure == Measure::Time,
        Type::Rate => quantity.measure == Measure::Rate,
        Type::Count => quantity.measure == Measure::Bare,
        Type::Share => {
            quantity.measure == Measure::Percent
                || quantity.measure == Measure::Bare && quantity.value.is_some_and(|value| (0.0..=1.0).contains(&value))
        }
        Type::Money => matches!(quantity.measure, Measure::Money(_)),
        _ => false,
    }
}

fn numbers(kind: Type, text: &str, tokens: &[Token<'_>], style: Style) -> Result<Vec<Read>, Unusable> {
    let style = Style { mebi: style.mebi || kind == Type::Bytes, ..style };
    let percentiles = percentile::scan(tokens, style.marks);
    let all = quantity::scan(tokens, style);
    let in_percentile = |quantity: &&Quantity| {
        percentiles.iter().any(|percentile| {
            percentile.tokens.start <= quantity.tokens.start && quantity.tokens.end <= percentile.tokens.end
        })
    };
    let fitting: Vec<&Quantity> =
        all.iter().filter(|quantity| fits(kind, quantity)).filter(|quantity| !in_percentile(quantity)).collect();
    let Some(first) = fitting.first() else {
        return Err(no_number(kind, text, tokens, all.iter().find(|quantity| !in_percentile(quantity))));
    };
    if bound::starts_with_denial(tokens) && !bound::is_upper(tokens, first.tokens.start) {
        return Err(Unusable::Denied);
    }
    let spans =
        |quantity: &Quantity| tokens[quantity.tokens.start].range.start..tokens[quantity.tokens.end - 1].range.end;
    let mut reads: Vec<Read> = Vec::new();
    for quantity in &fitting {
        let range = spans(quantity);
        let apart = reads.last().is_some_and(|last| text[last.range.end..range.start].contains('('));
        if apart {
            // What stands in brackets behind a value explains it: `180 MB (was 400 MB)`.
            break;
        }
        let Some(value) = quantity.value else {
            return Err(ambiguous(&text[range]));
        };
        if matches!(kind, Type::Bytes | Type::Duration) && bound::is_lower(tokens, quantity.tokens.start) {
            return Err(Unusable::NotALimit(shorten(text)));
        }
        if tokens.get(quantity.tokens.start.wrapping_sub(1)).is_some_and(|sign| sign.sign() == Some('-') && !sign.glued)
            && tokens[quantity.tokens.start].glued
        {
            return Err(Unusable::NotUnderstood(format!("a negative amount: `{}`", shorten(text))));
        }
        let percentile = bound::percentile_of(tokens, &percentiles, quantity, fitting.iter().copied());
        let value = typed(kind, value, quantity.measure);
        if !reads.iter().any(|read| read.value == value && read.percentile == percentile) {
            reads.push(Read { value, percentile, range });
        }
    }
    let distinct = |reads: &[Read]| {
        reads.iter().enumerate().all(|(at, read)| {
            read.percentile.is_some() && reads[..at].iter().all(|other| other.percentile != read.percentile)
        })
    };
    if reads.len() > 1 && !(kind == Type::Duration && distinct(&reads)) {
        return Err(Unusable::NotUnderstood(format!("several values in one: `{}`", shorten(text))));
    }
    Ok(reads)
}

/// The value of a type from an amount in the base unit of its measure.
pub(crate) fn typed(kind: Type, value: f64, measure: Measure) -> Value {
    match (kind, measure) {
        (Type::Bytes, _) => Value::Bytes(value),
        (Type::Duration, _) => Value::Duration(value),
        (Type::Rate, _) => Value::Rate(value),
        (Type::Share, Measure::Percent) => Value::Share(value / 100.0),
        (Type::Share, _) => Value::Share(value),
        (_, Measure::Money(currency)) => Value::Money(value, currency.into()),
        _ => Value::Count(value),
    }
}

fn ambiguous(words: &str) -> Unusable {
    Unusable::NotUnderstood(format!("`{words}` may mean two amounts: write it without a thousands separator"))
}

/// Why a text has no number of the type.
fn no_number(kind: Type, text: &str, tokens: &[Token<'_>], other: Option<&Quantity>) -> Unusable {
    let Some(other) = other else {
        return if bound::has_denial(tokens) { Unusable::Denied } else { not_understood(text) };
    };
    let words = &text[tokens[other.tokens.start].range.start..tokens[other.tokens.end - 1].range.end];
    let Some(value) = other.value else { return ambiguous(words) };
    match (kind, other.measure) {
        // Six digits and more of memory are bytes; fewer are megabytes more often than not, so the text to write
        // names the unit and the author decides.
        (Type::Bytes, Measure::Bare) if value >= 1e6 => Unusable::NoUnit(format!("{words} B")),
        (Type::Bytes, Measure::Bare) => Unusable::NoUnit(format!("{words} MB")),
        (Type::Duration, Measure::Bare) => Unusable::NoUnit(format!("{words} ms")),
        (Type::Rate, Measure::Bare) => Unusable::NoUnit(format!("{words} requests per second")),
        (Type::Share, Measure::Bare) => Unusable::NoUnit(format!("{words} %")),
        (Type::Money, Measure::Bare) => Unusable::NoUnit(format!("{words} EUR")),
        (Type::Bytes, Measure::Other) => {
            Unusable::NotUnderstood(format!("`{words}` is bits or a bandwidth: write megabytes as `MB`"))
        }
        _ => not_understood(text),
    }
}

fn impact(text: &str, tokens: &[Token<'_>]) -> Result<Vec<Read>, Unusable> {
    let ranks = rank::scan(tokens);
    let Some(first) = ranks.first() else {
        return Err(if bound::has_denial(tokens) {
            Unusable::Denied
        } else {
            Unusable::NotUnderstood(format!("`{}` is not on the scale low, medium, high, very-high", shorten(text)))
        });
    };
    let alone = ranks.iter().all(|rank| rank.name == first.name);
    // "high, because a low stock …": what stands first, and is set off, is the rating.
    let set_off = first.tokens.start == 0
        && tokens.get(first.tokens.end).is_none_or(|next| {
            matches!(next.sign(), Some('.' | ',' | ';' | ':' | '(' | '–' | '—' | '-'))
                || matches!(&*next.lower, "because" | "since" | "as" | "weil" | "car" | "porque")
        });
    let denied = tokens[..first.tokens.start].iter().any(|token| bound::is_denial(&token.lower));
    if denied {
        return Err(Unusable::Denied);
    }
    if !alone && !set_off {
        return Err(Unusable::NotUnderstood(format!("several ratings in one: `{}`", shorten(text))));
    }
    // A word that leads away ("high availability cluster") is no rating; a short text or one set off is.
    if !set_off && tokens.len() > 12 {
        return Err(not_understood(text));
    }
    let range = tokens[first.tokens.start].range.start..tokens[first.tokens.end - 1].range.end;
    Ok(vec![Read { value: Value::Rank(first.name.into()), percentile: None, range }])
}

#[cfg(test)]
mod tests;
