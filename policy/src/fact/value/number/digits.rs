//! Digits with their separators: `1,500.5`, `1.500,5`, `1 500 000`.

use super::super::super::token::Number;

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
