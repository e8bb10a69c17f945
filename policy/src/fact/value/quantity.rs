//! Numbers with their units, in running text.

mod setting;
mod whole;

use super::super::token::Token;
use super::number::{self, Marks};
use super::unit::{self, Unit};
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

fn is_article(lower: &str) -> bool {
    matches!(lower, "a" | "an" | "einer" | "eine" | "une" | "un" | "una")
}

/// Whether an article before a word may be an amount: "a second", "a gigabyte", "a quarter".
fn is_led_by_article(tokens: &[Token<'_>], at: usize) -> bool {
    let is_unit = |next: &Token<'_>| {
        next.lower.len() > 3
            && (unit::time(&next.lower).is_some() || unit::memory(next.text, &next.lower, false).is_some())
    };
    tokens.get(at).is_some_and(|next| next.is_word() && (number::may_be_amount(next) || is_unit(next)))
}

struct Amount {
    value: Option<f64>,
    end: usize,
    words: bool,
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
    let (end, low, value) = range_end(tokens, &first, style).unwrap_or((first.end, None, first.value));
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

/// The number at `at`, in digits (with `k`, `million`) or words; "a" where a second is meant.
fn amount(tokens: &[Token<'_>], at: usize, marks: Marks) -> Option<Amount> {
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
    if !is_article(&token.lower) {
        return None;
    }
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
    if memory && had {
        return Some(Amount { value: Some(if half { 1.5 } else { 1.0 }), end: at + 1, words: true });
    }
    (unit && led).then_some(Amount { value: Some(if half { 1.5 } else { 1.0 }), end: at + 1, words: true })
}

/// "2 Mio. Anfragen" are millions; "200 Mio", "200 Mio maximum" are an amount of memory.
fn millions(tokens: &[Token<'_>], at: usize) -> Option<f64> {
    tokens.get(at).filter(|token| token.is("mio"))?;
    let next = tokens.get(at + 1)?;
    let noun = next.is_word() && next.text.starts_with(char::is_uppercase);
    let shortened = next.sign() == Some('.') && next.glued && tokens.get(at + 2).is_some();
    (noun || shortened || unit::currency(next.text).is_some()).then_some(1e6)
}

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

/// `100-120 ms`, `100 ms to 120 ms`, `between 100 and 120 ms`: behind the range, its lower and its upper end.
fn range_end(tokens: &[Token<'_>], first: &Amount, style: Style) -> Option<(usize, Option<f64>, Option<f64>)> {
    let start_unit = tokens.get(first.end).and_then(|token| plain_unit(token, style));
    let sign = first.end + usize::from(start_unit.is_some());
    let word = tokens.get(sign)?;
    let between = || {
        let back = first.end.saturating_sub(if first.words { 4 } else { 3 });
        tokens[back..first.end]
            .iter()
            .any(|token| matches!(token.lower.as_ref(), "between" | "zwischen" | "entre" | "von" | "de" | "from"))
    };
    let joins = match word.sign() {
        Some('-' | '–' | '—' | '…' | '~' | '〜' | '～') => true,
        Some('.') => tokens.get(sign + 1).is_some_and(|next| next.sign() == Some('.')),
        _ => match word.lower.as_ref() {
            "to" | "bis" | "à" | "a" | "до" | "til" => true,
            "and" | "und" | "et" | "y" => between(),
            _ => false,
        },
    };
    if !joins {
        return None;
    }
    let dots = tokens[sign + 1..].iter().take(2).take_while(|token| token.sign() == Some('.')).count();
    let next = sign + 1 + if word.sign() == Some('.') { dots } else { 0 };
    let second = amount(tokens, next, style.marks)?;
    let end_unit = tokens.get(second.end).and_then(|token| plain_unit(token, style));
    match (start_unit, end_unit) {
        // "10 ms - 5 of them" is no range.
        (Some(_), None) => None,
        (Some(low_unit), Some(high_unit)) => {
            let (low, high) = (first.value? * factor(low_unit)?, second.value? * factor(high_unit)?);
            let same = std::mem::discriminant(&low_unit) == std::mem::discriminant(&high_unit);
            (same && low < high).then(|| (second.end, Some(low / factor(high_unit).unwrap_or(1.0)), second.value))
        }
        (None, _) => (first.value? < second.value?).then_some((second.end, first.value, second.value)),
    }
}

fn plain_unit(token: &Token<'_>, style: Style) -> Option<Unit> {
    if !token.is_word() {
        return None;
    }
    unit::of(token.text, &token.lower, style.french)
}

fn factor(unit: Unit) -> Option<f64> {
    match unit {
        Unit::Bytes(factor) | Unit::Time(factor) => Some(factor),
        Unit::Bits => None,
    }
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

/// `/s`, `per second`, `a minute`, `pro Sekunde`, `par seconde`, `por segundo`: behind it, and its seconds.
fn per_time(tokens: &[Token<'_>], at: usize) -> Option<(usize, f64)> {
    let sign = tokens.get(at)?;
    let unit = |at: usize| tokens.get(at).filter(|unit| unit.is_word()).and_then(|unit| unit::per(&unit.lower));
    if sign.sign() == Some('/') {
        return unit(at + 1).map(|factor| (at + 2, factor));
    }
    let alone = matches!(
        sign.lower.as_ref(),
        "per" | "a" | "an" | "each" | "every" | "pro" | "je" | "par" | "por" | "al" | "à" | "al'" | "na" | "в" | "за"
    );
    let second = matches!(
        (sign.lower.as_ref(), tokens.get(at + 1).map(|token| &*token.lower)),
        ("in", Some("der")) | ("à", Some("la")) | ("a", Some("la")) | ("in", Some("a"))
    );
    if second {
        return unit(at + 2).map(|factor| (at + 3, factor));
    }
    if alone || sign.is("am") && tokens.get(at + 1).is_some_and(|day| day.is("tag")) {
        return unit(at + 1).map(|factor| (at + 2, factor));
    }
    None
}

/// What is counted, and per what time: `requests/s`, `calls a second`, `rps`. Returns the end and the factor to a
/// rate per second.
fn rate(tokens: &[Token<'_>], at: usize) -> Option<(usize, f64)> {
    let first = tokens.get(at)?;
    match first.lower.as_ref() {
        "rps" | "qps" | "tps" | "eps" | "iops" | "cps" => return Some((at + 1, 1.0)),
        "rpm" => return Some((at + 1, 1.0 / 60.0)),
        _ => {}
    }
    for words in 0..=4 {
        if let Some((end, factor)) = per_time(tokens, at + words) {
            return Some((end, 1e3 / factor));
        }
        let plain = tokens.get(at + words).is_some_and(|token| {
            token.is_word()
                && unit::memory(token.text, &token.lower, false).is_none()
                && !is_preposition(&token.lower)
                && !is_physical(&token.lower)
        });
        if !plain {
            return None;
        }
    }
    None
}

/// "1,800 m/min", "40 kWh a day": a speed, a consumption, and nothing that is asked of a service.
fn is_physical(lower: &str) -> bool {
    matches!(
        lower,
        "m" | "km"
            | "cm"
            | "mm"
            | "l"
            | "ml"
            | "litres"
            | "liters"
            | "kg"
            | "tonnes"
            | "kw"
            | "kwh"
            | "mwh"
            | "wh"
            | "metres"
            | "meters"
            | "meter"
            | "kilometres"
            | "miles"
            | "euros"
            | "eur"
            | "usd"
            | "dollars"
    )
}

/// "6,000 for an hour" is no rate.
fn is_preposition(lower: &str) -> bool {
    matches!(
        lower,
        "for"
            | "in"
            | "within"
            | "after"
            | "over"
            | "during"
            | "than"
            | "to"
            | "about"
            | "by"
            | "at"
            | "with"
            | "and"
            | "or"
            | "für"
            | "nach"
            | "während"
            | "pendant"
            | "durante"
            | "pour"
            | "para"
    )
}

/// `每秒 300`: the time stands before the number.
fn prefix_rate(tokens: &[Token<'_>], at: usize) -> Option<f64> {
    match tokens.get(at.checked_sub(1)?)?.lower.as_ref() {
        "每秒" | "毎秒" | "초당" => Some(1.0),
        "每分钟" | "毎分" | "분당" => Some(60.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
