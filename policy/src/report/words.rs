//! Small pieces of wording that every output shares.

use crate::fact::{Fact, Value};
use crate::report::{Severity, Standing};
use std::fmt::Write as _;

/// Text from a repository, made safe to print on one line: control characters and the characters that turn the
/// direction of text are shown as escapes; at most `limit` characters, then `…`.
#[must_use]
pub fn printable(text: &str, limit: usize) -> String {
    // Most of it is short and plain.
    let plain = text.trim();
    if plain.len() <= limit && plain.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return plain.to_owned();
    }
    let mut out = String::with_capacity(text.len().min(limit * 4));
    for (count, c) in plain.chars().enumerate() {
        if count >= limit {
            out.push('…');
            break;
        }
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() || is_deceptive(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Characters that are not seen or that reorder what is seen around them.
#[must_use]
pub fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}')
}

/// `1 error`, `2 errors`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// `a`, `a or b`, `a, b or c`.
#[must_use]
pub fn list(items: &[impl AsRef<str>], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [start @ .., end] => {
            let start: Vec<&str> = start.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", start.join(", "), end.as_ref())
        }
    }
}

/// A severity as it is written.
#[must_use]
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// A standing as it is written.
#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Gap => "gap",
        Standing::Reason => "reason",
        Standing::Waived => "waived",
        Standing::Default => "default",
    }
}

/// A fact's name as it is read: `memory-budget` is "memory budget".
#[must_use]
pub fn fact_name(kind: &str) -> String {
    kind.replace('-', " ")
}

/// A number without needless zeros.
#[must_use]
pub fn number(value: f64) -> String {
    let rounded = (value * 1000.0).round() / 1000.0;
    format!("{rounded}")
}

/// A value in the unit that reads best: `180 MB`, `120 ms`, `high`.
#[must_use]
pub fn value(value: &Value) -> String {
    match value {
        Value::Bytes(bytes) => bytes_in_words(*bytes),
        Value::Duration(ms) => duration_in_words(*ms),
        Value::Rank(word) => word.to_string(),
        Value::Rate(rate) => format!("{}/s", number(*rate)),
        Value::Count(number_of) => number(*number_of),
        Value::Share(share) => format!("{} %", number(share * 100.0)),
        Value::Money(amount, currency) => format!("{} {currency}", number(*amount)),
        Value::Names(names) => printable(&names.join(", "), 80),
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Date(date) => date.to_string(),
        Value::Text(text) => printable(text, 80),
    }
}

/// Bytes by the larger exact unit: decimal where that divides evenly, else binary.
fn bytes_in_words(bytes: f64) -> String {
    const DECIMAL: [(f64, &str); 4] = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    const BINARY: [(f64, &str); 4] =
        [(1_099_511_627_776.0, "TiB"), (1_073_741_824.0, "GiB"), (1_048_576.0, "MiB"), (1024.0, "KiB")];
    let short = |units: &[(f64, &str)]| {
        units.iter().find(|(size, _)| bytes >= *size).map(|(size, unit)| format!("{} {unit}", number(bytes / size)))
    };
    let whole = |(size, _): &&(f64, &str)| bytes >= *size && (bytes / size).fract() == 0.0;
    let binary = BINARY.iter().find(whole).map(|(size, unit)| format!("{} {unit}", number(bytes / size)));
    let decimal_is_even =
        DECIMAL.iter().any(|(size, _)| bytes >= *size && (bytes / size * 100.0).fract() == 0.0 && *size >= 1e6);
    match binary {
        Some(binary) if !decimal_is_even || bytes % 1e6 != 0.0 => binary,
        _ => short(&DECIMAL).unwrap_or_else(|| format!("{} B", number(bytes))),
    }
}

fn duration_in_words(ms: f64) -> String {
    const UNITS: [(f64, &str); 4] = [(86_400_000.0, "d"), (3_600_000.0, "h"), (60_000.0, "min"), (1000.0, "s")];
    if ms < 1.0 && ms > 0.0 {
        return format!("{} µs", number(ms * 1000.0));
    }
    for (size, unit) in UNITS {
        if ms >= size && (unit == "s" || ms % size == 0.0) {
            return format!("{} {unit}", number(ms / size));
        }
    }
    format!("{} ms", number(ms))
}

/// A fact's value with its percentile: "p95 ≤ 10 ms", "180 MB".
#[must_use]
pub fn fact_value(fact: &Fact) -> String {
    let Some(read) = &fact.value else { return "no usable value".to_owned() };
    match fact.percentile {
        Some(percentile) => format!("p{} ≤ {}", number(percentile), value(read)),
        None => value(read),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_people_write_them() {
        let shown =
            [180e6, 1.5e9, 67_108_864.0, 1_610_612_736.0, 512.0, 950e3].map(|bytes| value(&Value::Bytes(bytes)));
        assert_eq!(shown, ["180 MB", "1.5 GB", "64 MiB", "1536 MiB", "512 B", "950 kB"]);
        let shown = [0.1, 10.0, 1500.0, 120_000.0, 7_776_000_000.0].map(|ms| value(&Value::Duration(ms)));
        assert_eq!(shown, ["100 µs", "10 ms", "1.5 s", "2 min", "90 d"]);
    }

    #[test]
    fn what_could_deceive_is_shown() {
        assert_eq!(printable("a\u{202E}b\u{1b}[31m\nc", 80), "a\\u{202e}b\\u{1b}[31m c");
        assert_eq!(printable("abcdef", 3), "abc…");
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(list(&["a", "b", "c"], "or"), "a, b or c");
        assert_eq!(list(&["a"], "or"), "a");
    }
}
