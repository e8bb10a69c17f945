//! Values that are no numbers: names, yes or no, days, words of a list.

use super::super::Value;
use super::super::token::Token;
use super::{Unusable, bound, not_understood, shorten};

/// A list of names, split at commas and "and"; a plain number counts as that many.
pub(super) fn names(text: &str, tokens: &[Token<'_>]) -> Result<Value, Unusable> {
    let trimmed = text.trim();
    if let Ok(count) = trimmed.parse::<u32>() {
        return Ok(Value::Count(f64::from(count)));
    }
    if bound::starts_with_denial(tokens) {
        return Err(Unusable::Denied);
    }
    let inner = trimmed.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(trimmed);
    let names: Vec<String> = inner
        .split([',', ';', '\n'])
        .flat_map(|part| part.split(" and "))
        .map(|name| name.trim().trim_matches(['"', '\'', '`']).trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() { Err(not_understood(text)) } else { Ok(Value::Names(names)) }
}

pub(super) fn flag(text: &str) -> Result<Value, Unusable> {
    match text.trim().trim_end_matches('.').to_lowercase().as_str() {
        "yes" | "true" | "y" | "on" | "ja" | "oui" | "sí" | "si" | "sim" | "tak" | "да" | "так" | "evet" | "是"
        | "はい" | "예" => Ok(Value::Flag(true)),
        "no" | "false" | "n" | "off" | "nein" | "non" | "não" | "nee" | "nie" | "нет" | "ні" | "hayır" | "否"
        | "いいえ" | "아니요" => Ok(Value::Flag(false)),
        _ => Err(Unusable::NotUnderstood(format!("`{}` is neither yes nor no", shorten(text)))),
    }
}

pub(super) fn date(text: &str) -> Result<Value, Unusable> {
    let trimmed = text.trim();
    let day = trimmed
        .get(..10)
        .filter(|_| trimmed.len() == 10 || trimmed.as_bytes().get(10).is_some_and(|next| matches!(next, b'T' | b' ')));
    day.and_then(|day| day.parse::<jiff::civil::Date>().ok())
        .map(Value::Date)
        .ok_or_else(|| Unusable::NotUnderstood(format!("`{}` is not a day: write `YYYY-MM-DD`", shorten(text))))
}

pub(super) fn choice(text: &str, words: &[&str]) -> Result<Value, Unusable> {
    let asked = text.trim().trim_end_matches('.').to_lowercase().replace(['_', ' '], "-");
    match words.iter().find(|word| **word == asked) {
        Some(word) => Ok(Value::Text((*word).to_owned())),
        None => Err(Unusable::NotUnderstood(format!("`{}` is none of {}", shorten(text), words.join(", ")))),
    }
}
