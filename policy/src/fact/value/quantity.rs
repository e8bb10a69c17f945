//! Numbers with their units, in running text.

mod amount;
mod range;
mod rate;
mod setting;
mod whole;

use super::super::token::Token;
use super::number::{self, Marks};
use super::unit::{self, Unit};
use amount::{amount, is_article, is_led_by_article};
use rate::{per_time, prefix_rate, rate};
use std::ops::Range;

/// How the numbers around are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub marks: Marks,
    /// Whether `Mo` and `Go` are megabytes and gigabytes.
    pub french: bool,
    /// Whether `Mio` is a mebibyte, as in French, and no million, as in German.
    pub mebi: bool,
}

impl Style {
    /// For a text of its own, in no known language.
    pub(crate) const UNKNOWN: Self = Self { marks: Marks::Unknown, french: true, mebi: false };
    pub(crate) const ENGLISH: Self = Self { marks: Marks::Point, french: false, mebi: false };
}

/// What a quantity measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// In bytes.
    Bytes,
    /// In milliseconds.
    Time,
    /// Per second, of things that are no data.
    Rate,
    /// In percent.
    Percent,
    /// Of some currency.
    Money(&'static str),
    /// Bits, data per second: known, but nothing that is asked for.
    Other,
    /// Without a unit.
    Bare,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quantity {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// In the base unit; of a range, the upper end. `None` where the digits may mean two amounts.
    pub value: Option<f64>,
    /// The lower end of a range.
    pub low: Option<f64>,
    pub measure: Measure,
    /// For a rate, the word for what is counted: `requests`.
    pub counted: Option<usize>,
}

/// Finds every number of a text, in order. Each token is looked at a bounded number of times.
pub(crate) fn scan(tokens: &[Token<'_>], style: Style) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !may_begin(tokens, at) {
            at += 1;
            continue;
        }
        match whole::of_whole(tokens, at, &found, style).or_else(|| one(tokens, at, style)) {
            Some(quantity) => {
                at = quantity.tokens.end.max(at + 1);
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a quantity may begin at a token. Most words are told apart here.
fn may_begin(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    number::digits(token).is_some()
        || token.is_word() && number::may_be_amount(token) && (!is_article(&token.lower) || is_led_by_article(tokens, at + 1))
        // "€ 50", "EUR 50".
        || tokens.get(at + 1).is_some_and(|next| number::digits(next).is_some()) && unit::currency(token.text).is_some()
}

fn one(tokens: &[Token<'_>], at: usize, style: Style) -> Option<Quantity> {
    let before_digits = tokens.get(at + 1).is_some_and(|next| number::digits(next).is_some());
    let money_before = tokens.get(at).filter(|_| before_digits).and_then(|token| unit::currency(token.text));
    if let Some(currency) = money_before
        && let Some(amount) = amount(tokens, at + 1, style.marks)
        && !amount.words
    {
        return Some(quantity(at..amount.end, amount.value, Measure::Money(currency)));
    }
    let style = Style { marks: marks_here(tokens, at, style.marks), ..style };
    let first = amount(tokens, at, style.marks)?;
    let (end, low, value) = range::of(tokens, &first, style).unwrap_or((first.end, None, first.value));
    let mut found = measured(tokens, at..end, value, low, style);
    if let Some(before) = prefix_rate(tokens, at)
        && found.measure == Measure::Bare
    {
        found.value = found.value.map(|value| value / before);
        found.measure = Measure::Rate;
    }
    Some(found)
}

/// "2.400 Anfragen pro Sekunde": what is counted tells how a number is written, whatever the text around it.
fn marks_here(tokens: &[Token<'_>], at: usize, marks: Marks) -> Marks {
    const COMMA: &[&str] = &["pro", "par", "por", "anfragen", "aufrufe", "requêtes", "peticiones", "solicitudes"];
    let behind = tokens.get(at + 1..).unwrap_or_default().iter().take(2);
    if behind.take_while(|token| token.is_word()).any(|token| COMMA.contains(&&*token.lower)) {
        Marks::Comma
    } else {
        marks
    }
}

fn quantity(tokens: Range<usize>, value: Option<f64>, measure: Measure) -> Quantity {
    Quantity { tokens, value, low: None, measure, counted: None }
}

fn plain_unit(token: &Token<'_>, style: Style) -> Option<Unit> {
    if !token.is_word() {
        return None;
    }
    unit::of(token.text, &token.lower, style.french)
}

/// Gives the number at `range` the unit that follows it.
fn measured(tokens: &[Token<'_>], range: Range<usize>, value: Option<f64>, low: Option<f64>, style: Style) -> Quantity {
    let at = range.end;
    let with = |end: usize, factor: f64, measure: Measure| Quantity {
        tokens: range.start..end,
        value: value.map(|value| value * factor),
        low: low.map(|low| low * factor),
        measure,
        counted: None,
    };
    if style.mebi && setting::is_mebi(tokens, &range) {
        return with(at, 1.048_576, Measure::Bytes);
    }
    let Some(next) = tokens.get(at) else { return with(at, 1.0, Measure::Bare) };
    match next.sign() {
        Some('%') => return with(at + 1, 1.0, Measure::Percent),
        Some('/') => {
            let per = tokens.get(at + 1).filter(|unit| unit.is_word()).and_then(|unit| unit::per(&unit.lower));
            return match per {
                Some(factor) => with(at + 2, 1e3 / factor, Measure::Rate),
                None => with(at, 1.0, Measure::Bare),
            };
        }
        Some(_) => {
            return match unit::currency(next.text) {
                Some(currency) => with(at + 1, 1.0, Measure::Money(currency)),
                None => with(at, 1.0, Measure::Bare),
            };
        }
        None => {}
    }
    if !next.is_word() {
        return with(at, 1.0, Measure::Bare);
    }
    if matches!(next.lower.as_ref(), "percent" | "pct" | "prozent" | "pourcent" | "процентов") {
        return with(at + 1, 1.0, Measure::Percent);
    }
    if let Some(factor) = setting::set_memory(tokens, range.start, next) {
        return with(at + 1, factor, Measure::Bytes);
    }
    let found = plain_unit(next, style).or_else(|| unit::prefix(&next.lower).map(|(unit, _)| unit));
    // "10s of streams" are tens.
    let tens =
        next.is("s") && next.glued && tokens.get(at + 1).is_some_and(|after| matches!(&*after.lower, "of" | "or"));
    if let Some(found) = found.filter(|_| !tens) {
        return of_unit(tokens, at, found, &with);
    }
    if let Some(currency) = unit::currency(next.text) {
        return with(at + 1, 1.0, Measure::Money(currency));
    }
    match rate(tokens, at) {
        Some((end, factor)) => Quantity { counted: Some(at), ..with(end, factor, Measure::Rate) },
        None => with(at, 1.0, Measure::Bare),
    }
}

fn of_unit(tokens: &[Token<'_>], at: usize, unit: Unit, with: &dyn Fn(usize, f64, Measure) -> Quantity) -> Quantity {
    match unit {
        Unit::Time(factor) => with(at + 1, factor, Measure::Time),
        Unit::Bits => with(at + 1, 1.0, Measure::Other),
        // "40 MB per second" is a bandwidth.
        Unit::Bytes(factor) => match per_time(tokens, at + 1) {
            Some((end, _)) => with(end, factor, Measure::Other),
            None => with(at + 1, factor, Measure::Bytes),
        },
    }
}

#[cfg(test)]
mod tests;
