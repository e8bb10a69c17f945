//! How values, requirements and verdicts are said.

use super::compare::Op;
use super::requirement::{Comparison, Requirement, Verdict};
use super::{FactType, Page};
use crate::fact::{Fact, Value, vocabulary};
use jiff::civil::Date;

/// A fact as it reads in a sentence: "a memory budget".
#[must_use]
pub fn fact(id: &str, page: &Page) -> String {
    let own = page.facts.iter().find(|fact| fact.id.as_ref() == id);
    match (own, vocabulary::find(id)) {
        (Some(own), _) if own.says.is_some() => one_line(own.says.as_ref().map_or("", |says| says)),
        (_, Some(known)) => known.says.to_owned(),
        _ => format!("`{id}`"),
    }
}

/// A requirement as it reads in a sentence: "a latency target at the 95th percentile of at most 10 ms".
#[must_use]
pub fn requirement(wanted: &Requirement, page: &Page) -> String {
    said(wanted, page, "")
}

/// The same in Markdown, the words of a scale in italics.
#[must_use]
pub fn requirement_markdown(wanted: &Requirement, page: &Page) -> String {
    said(wanted, page, "*")
}

fn said(wanted: &Requirement, page: &Page, around: &str) -> String {
    let mut says = fact(&wanted.fact, page);
    if let Some(asked) = &wanted.percentile {
        says = format!("{says} at the {}", percentile(asked.value));
    }
    if wanted.comparisons.is_empty() {
        return says;
    }
    let kind = page.fact_type(&wanted.fact);
    let kind_name = kind.as_ref().map(FactType::name);
    let counts = matches!(kind_name, Some("count" | "names"));
    let around = if kind.is_some_and(|kind| kind.words().next().is_some()) { around } else { "" };
    let bounds: Vec<String> = wanted.comparisons.iter().map(|comparison| bound(comparison, around)).collect();
    let bounds = listed(&bounds, "and");
    let is_day = kind_name == Some("date");
    let thing = says.strip_prefix("the number of ").or_else(|| (!starts_with_article(&says)).then_some(says.as_str()));
    match thing {
        Some(thing) if counts && wanted.comparisons.iter().all(is_of_numbers) => {
            format!("{bounds} {}", of(thing, wanted))
        }
        _ if (says.starts_with("a ") || says.starts_with("an ")) && !is_day => format!("{says} of {bounds}"),
        _ => format!("{says}: {bounds}"),
    }
}

fn is_of_numbers(comparison: &Comparison) -> bool {
    !matches!(comparison.op, Op::OneOf | Op::NoneOf)
}

/// "two reviewers", and "one reviewer".
fn of(thing: &str, wanted: &Requirement) -> String {
    let one = wanted.comparisons.iter().all(|comparison| matches!(comparison.values.first(), Some(Value::Count(1.0))));
    match thing.split_once(' ') {
        Some((first, rest)) if one && first.ends_with('s') => {
            let rest = rest.replacen("who know ", "who knows ", 1);
            format!("{} {rest}", first.trim_end_matches('s'))
        }
        None if one => thing.trim_end_matches('s').to_owned(),
        _ => thing.to_owned(),
    }
}

fn starts_with_article(says: &str) -> bool {
    ["a ", "an ", "the ", "what ", "who ", "how ", "whether ", "why ", "`"].iter().any(|word| says.starts_with(word))
}

fn bound(comparison: &Comparison, around: &str) -> String {
    let values: Vec<String> = comparison
        .values
        .iter()
        .zip(&comparison.written)
        .map(|(value, written)| match value {
            Value::Count(amount) => number(*amount),
            _ => format!("{around}{}{around}", one_line(written)),
        })
        .collect();
    let first = values.first().map_or("", String::as_str);
    let is_day = matches!(comparison.values.first(), Some(Value::Date(_)));
    let is_word = matches!(comparison.values.first(), Some(Value::Rank(_) | Value::Text(_) | Value::Flag(_)));
    match (comparison.op, values.len()) {
        (Op::AtLeast, _) if is_day => format!("no earlier than {first}"),
        (Op::AtMost, _) if is_day => format!("no later than {first}"),
        (Op::LessThan, _) if is_day => format!("before {first}"),
        (Op::MoreThan, _) if is_day => format!("after {first}"),
        (Op::AtLeast, _) => format!("at least {first}"),
        (Op::AtMost, _) => format!("at most {first}"),
        (Op::LessThan, _) => format!("less than {first}"),
        (Op::MoreThan, _) => format!("more than {first}"),
        (Op::Equals, _) if is_word || is_day => first.to_owned(),
        (Op::Equals, _) => format!("exactly {first}"),
        (Op::OneOf, 1) => first.to_owned(),
        (Op::OneOf, _) => format!("one of {}", listed(&values, "or")),
        (Op::NoneOf, 1) => format!("not {first}"),
        (Op::NoneOf, _) => format!("none of {}", listed(&values, "or")),
    }
}

impl Verdict {
    /// The verdict in a sentence without a full stop: "12 ms is more than 10 ms". `facts` are those that were judged.
    #[must_use]
    pub fn words(&self, wanted: &Requirement, facts: &[&Fact], page: &Page) -> String {
        match self {
            Self::Met(index) => {
                let stated = facts.get(*index).and_then(|fact| Some((fact.value.as_ref()?, fact.percentile)));
                let stated = stated.map_or_else(String::new, |(stated, percentile)| value_at(stated, percentile));
                format!("{}: {stated}", wanted.fact.replace('-', " "))
            }
            Self::NotMet { why, .. } | Self::Unclear { why, .. } => {
                format!("{}: {why}", wanted.fact.replace('-', " "))
            }
            Self::NotStated => format!("{} is not stated", requirement(wanted, page)),
        }
    }
}

/// Why a value is not what a comparison asks for: "12 ms is not at most 10 ms".
pub(super) fn falls_short(comparison: &Comparison, stated: &Value, percentile: Option<f64>) -> String {
    let asked = bound(comparison, "");
    match stated {
        Value::Names(names) => {
            let stated = names.iter().map(|name| one_line(name)).collect::<Vec<_>>();
            let count = number(u32::try_from(names.len()).map_or(f64::MAX, f64::from));
            let named = if stated.is_empty() { String::new() } else { format!(" ({})", listed(&stated, "and")) };
            let what = if names.len() == 1 { "name" } else { "names" };
            format!("{count} {what}{named}, and the page asks for {asked}")
        }
        stated => format!("{}, and the page asks for {asked}", value_at(stated, percentile)),
    }
}

/// Why a value and a comparison do not go together.
pub(super) fn cannot_compare(comparison: &Comparison, stated: &Value, kind: &FactType) -> String {
    match (stated, comparison.values.first()) {
        (Value::Money(_, stated), Some(Value::Money(_, asked))) => {
            format!("stated in {stated}, and the page asks in {asked}")
        }
        _ => format!("{} is not {}", value(stated), kind.says()),
    }
}

/// A value with its unit: `180 MB`, `10 ms`, `high`.
#[must_use]
pub fn value(value: &Value) -> String {
    match value {
        Value::Bytes(amount) => bytes(*amount),
        Value::Duration(amount) => duration(*amount),
        Value::Rank(word) => one_line(word),
        Value::Rate(amount) => format!("{} a second", plain(*amount)),
        Value::Count(amount) => plain(*amount),
        Value::Share(amount) => format!("{} %", plain(*amount * 100.0)),
        Value::Money(amount, currency) => format!("{} {}", plain(*amount), one_line(currency)),
        Value::Names(names) => listed(&names.iter().map(|name| one_line(name)).collect::<Vec<_>>(), "and"),
        Value::Flag(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Date(day) => self::day(*day),
        Value::Text(text) => one_line(text),
    }
}

/// A value and the percentile that it holds for: `10 ms at the 95th percentile`.
#[must_use]
pub fn value_at(stated: &Value, at: Option<f64>) -> String {
    match at {
        Some(at) => format!("{} at the {}", value(stated), percentile(at)),
        None => value(stated),
    }
}

fn bytes(amount: f64) -> String {
    const UNITS: [(&str, f64); 8] = [
        ("TiB", 1_099_511_627_776.0),
        ("TB", 1e12),
        ("GiB", 1_073_741_824.0),
        ("GB", 1e9),
        ("MiB", 1_048_576.0),
        ("MB", 1e6),
        ("KiB", 1024.0),
        ("kB", 1e3),
    ];
    // The largest unit in which the amount is exact to three places, as people write it.
    let exact =
        |size: &f64| amount >= *size && ((amount / size * 1000.0).round() - amount / size * 1000.0).abs() < 1e-6;
    match UNITS.iter().find(|(_, size)| exact(size)) {
        Some((unit, size)) => format!("{} {unit}", plain(amount / size)),
        None => format!("{} bytes", plain(amount)),
    }
}

fn duration(milliseconds: f64) -> String {
    const UNITS: [(&str, f64); 4] = [("d", 86_400_000.0), ("h", 3_600_000.0), ("min", 60_000.0), ("s", 1000.0)];
    let exact = |size: f64| milliseconds >= size && (milliseconds / size).fract().abs() < 1e-9;
    match UNITS.iter().find(|(_, size)| exact(*size)) {
        Some((unit, size)) => format!("{} {unit}", plain(milliseconds / size)),
        None if milliseconds >= 1.0 || milliseconds == 0.0 => format!("{} ms", plain(milliseconds)),
        None if milliseconds >= 0.001 => format!("{} µs", plain(milliseconds * 1000.0)),
        None => format!("{} ns", plain(milliseconds * 1_000_000.0)),
    }
}

/// A number without a tail of rounding: `0.3`, `1500`.
fn plain(amount: f64) -> String {
    let text = format!("{amount:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number as it reads in a sentence: words up to twelve.
#[must_use]
pub fn number(amount: f64) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let word =
        WORDS.iter().enumerate().find(|(index, _)| u32::try_from(*index).is_ok_and(|at| f64::from(at) == amount));
    match word {
        Some((0, _)) => "0".to_owned(),
        Some((_, word)) => (*word).to_owned(),
        None => plain(amount),
    }
}

/// `95th percentile`, `median`.
#[must_use]
pub fn percentile(at: f64) -> String {
    let digits = plain(at);
    if digits == "50" {
        return "median".to_owned();
    }
    let teen = digits.ends_with("11") || digits.ends_with("12") || digits.ends_with("13");
    let ending = match digits.chars().last() {
        Some('1') if !teen => "st",
        Some('2') if !teen => "nd",
        Some('3') if !teen => "rd",
        _ => "th",
    };
    format!("{digits}{ending} percentile")
}

/// `31 January 2027`.
#[must_use]
pub fn day(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(day.month()).ok().and_then(|month| MONTHS.get(month - 1)).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// `a`, `a or b`, `a, b or c`.
#[must_use]
pub fn listed(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// Text of the page on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
