//! Whether the page has the shape of a page: its keys and the types behind them, by the tables of [`super::keys`].
//!
//! Everything that is wrong with the shape is said here, once. The readers behind skip what does not fit.

use super::keys::{COMPARATORS, Key, Shape, Table};
use super::nearest;
use super::problems::Problems;
use crate::text::Span;
use crate::text::yaml::{Entry, Value};

/// Says everything that is wrong with the shape of `value`, which stands behind `name`.
pub(super) fn check(value: Value<'_, '_>, name: &str, shape: &Shape, problems: &mut Problems) {
    match shape {
        Shape::Table(table) => mapping(value, name, table, problems),
        Shape::Named(inner) => {
            if !value.is_mapping() {
                return wrong(value, name, "a mapping from names", problems);
            }
            for entry in value.entries() {
                if let Some(key) = word(entry, problems) {
                    check(entry.value, key, inner, problems);
                }
            }
        }
        Shape::Many(inner) | Shape::List(inner) => list(value, name, shape, inner, problems),
        Shape::OneOrMany(inner) => {
            if value.is_sequence() {
                list(value, name, shape, inner, problems);
            } else {
                check(value, name, inner, problems);
            }
        }
        Shape::Requirement => requirement(value, name, problems),
        Shape::Word(words) => one_word(value, name, words, problems),
        _ => scalar(value, name, shape, problems),
    }
}

fn list(value: Value<'_, '_>, name: &str, shape: &Shape, inner: &Shape, problems: &mut Problems) {
    if !value.is_sequence() {
        let what = if matches!(inner, Shape::Table(_)) { "a list, each item with `-` before it" } else { "a list" };
        return wrong(value, name, what, problems);
    }
    if !matches!(shape, Shape::List(_)) && value.items().next().is_none() {
        problems.mistake(value.span(), format!("`{name}` is empty"), "name at least one, or leave the key out");
    }
    for item in value.items() {
        check(item, name, inner, problems);
    }
}

fn mapping(value: Value<'_, '_>, name: &str, table: &'static Table, problems: &mut Problems) {
    if !value.is_mapping() {
        let all = value.items().all(|item| item.text().is_some() || item.is_mapping());
        if table.name == "requires" && value.is_sequence() && all {
            let label = "one of these, or each? write `any:` or `all:` before the list";
            return problems.mistake(value.span(), "`requires` does not say how many are needed", label);
        }
        let first = table.keys.first().map_or("key", |key| key.name);
        if matches!(table.name, "page" | "rule" | "waiver" | "test") {
            let message = format!("{} should be a mapping: `{first}: …`", table.says);
            return problems.mistake(first_line(value), message, format!("this is {}", value.type_name()));
        }
        return wrong(value, name, &format!("a mapping: `{first}: …`"), problems);
    }
    for entry in value.entries() {
        let Some(written) = word(entry, problems) else { continue };
        match (table.keys.iter().find(|key| key.name == written), table.facts) {
            (Some(key), _) => {
                let weighs = problems.weighs;
                problems.weighs = weighs && !(table.name == "page" && is_aside(key));
                check(entry.value, key.name, &key.shape, problems);
                problems.weighs = weighs;
            }
            // `languages: rust` for `language: rust` is a mistyped key, and no fact that is compared in a strange way.
            (None, Some(Shape::Table(_))) if !entry.value.is_mapping() && meant(written, table).is_some() => {
                unknown(entry.key.span(), written, table, problems);
            }
            (None, Some(shape)) => check(entry.value, written, shape, problems),
            (None, None) => unknown(entry.key.span(), written, table, problems),
        }
    }
    let missing = |key: &&Key| value.entry(key.name).is_none() && !is_mistyped(value, key.name, table);
    for key in table.keys.iter().filter(|key| key.required && !table.reader_asks).filter(missing) {
        let message = format!("{} needs `{}`", table.says, key.name);
        let help = format!("`{}`: {}", key.name, key.says);
        problems.mistake_help(start(value), message, format!("`{}:` is missing", key.name), help);
    }
}

/// Parts of the page that nothing else depends on: a mistake in them leaves the rest of the page usable.
fn is_aside(key: &Key) -> bool {
    matches!(key.name, "title" | "owner" | "review-by" | "waivers" | "tests")
}

/// The first key of a mapping, which stands for it in a snippet; what is empty stands for itself.
pub(super) fn start(value: Value<'_, '_>) -> Span {
    value.entries().next().map_or(value.span(), |entry| entry.key.span())
}

fn word<'a>(entry: Entry<'a, '_>, problems: &mut Problems) -> Option<&'a str> {
    match entry.key.text() {
        Some("<<") => {
            let label = "write the keys out: the page is read by people too";
            problems.mistake(entry.key.span(), "merge keys are not read on the page", label);
            None
        }
        Some(key) => Some(key),
        None => {
            problems.mistake(
                entry.key.span(),
                format!("a key is a word, and this is {}", entry.key.type_name()),
                "write a word",
            );
            None
        }
    }
}

/// The key that was meant, by what people write instead or by its letters.
pub(super) fn meant(written: &str, table: &Table) -> Option<&'static str> {
    let plain = written.to_lowercase().replace(['_', ' '], "-");
    let synonym = table.keys.iter().find(|key| key.synonyms.contains(&plain.as_str())).map(|key| key.name);
    synonym.or_else(|| nearest(written, table.keys.iter().map(|key| key.name)))
}

/// Whether a mapping has a key that is not known and seems to mean `name`: its own mistake, and the only one.
pub(super) fn is_mistyped(value: Value<'_, '_>, name: &str, table: &Table) -> bool {
    let unknown = |written: &&str| table.keys.iter().all(|key| key.name != *written);
    // More entries than keys exist are strangers' play.
    let mut written = value.entries().take(200).filter_map(|entry| entry.key.text()).filter(unknown);
    written.any(|written| meant(written, table) == Some(name))
}

/// Says that a mapping has no such key.
pub(super) fn unknown(span: Span, written: &str, table: &Table, problems: &mut Problems) {
    let message = format!("{} has no `{}`", table.says, shown(written));
    let meant = if problems.is_full() { None } else { meant(written, table) };
    match meant {
        Some(meant) => problems.mistake(span, message, format!("did you mean `{meant}`?")),
        None => {
            let known: Vec<String> = table.keys.iter().map(|key| format!("`{}`", key.name)).collect();
            problems.mistake_help(span, message, "unknown key", format!("it may have {}", known.join(", ")));
        }
    }
}

/// Words of the page as they are shown in a message: on one line, and not endless.
pub(super) fn shown(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 60 { line } else { line.chars().take(59).chain(['…']).collect() }
}

fn wrong(value: Value<'_, '_>, name: &str, what: &str, problems: &mut Problems) {
    let name = shown(name);
    if value.is_null() {
        return problems.mistake(value.span(), format!("`{name}` is empty"), format!("it should be {what}"));
    }
    let span = if value.is_mapping() || value.is_sequence() { first_line(value) } else { value.span() };
    problems.mistake(span, format!("`{name}` should be {what}"), format!("this is {}", value.type_name()));
}

/// A mapping or list can be long: its first key or item stands for it.
fn first_line(value: Value<'_, '_>) -> Span {
    value.items().next().map_or_else(|| start(value), |item| item.span())
}

fn requirement(value: Value<'_, '_>, name: &str, problems: &mut Problems) {
    if value.filled().is_some() {
        return;
    }
    if !value.is_mapping() {
        return wrong(value, name, "the name of a fact, or one fact with a comparison", problems);
    }
    let mut entries = value.entries();
    let Some(first) = entries.next() else {
        return problems.mistake(value.span(), "a requirement without a fact", "name a fact");
    };
    let (Some(fact), shape) = (word(first, problems), Shape::Table(&COMPARATORS)) else { return };
    check(first.value, fact, &shape, problems);
    for entry in entries {
        let label = format!("write `- {}` as an item of its own", shown(entry.key.text().unwrap_or_default()));
        problems.mistake(entry.key.span(), "one requirement names one fact", label);
    }
}

fn one_word(value: Value<'_, '_>, name: &str, words: &[&str], problems: &mut Problems) {
    let all = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    match value.filled() {
        None => wrong(value, name, &format!("one of {all}"), problems),
        Some(text) if words.contains(&text) => {}
        Some(text) => {
            let message = format!("`{name}` cannot be `{}`", shown(text));
            match nearest(text, words.iter().copied()) {
                Some(meant) => {
                    let label = format!("did you mean `{meant}`?");
                    problems.mistake_help(value.span(), message, label, format!("it is one of {all}"));
                }
                None => problems.mistake(value.span(), message, format!("write one of {all}")),
            }
        }
    }
}

fn scalar(value: Value<'_, '_>, name: &str, shape: &Shape, problems: &mut Problems) {
    match shape {
        Shape::Version => {
            if value.text() != Some("1") || !value.is_plain() {
                let message =
                    format!("`policy: {}` is not a version that this adrule reads", shown(value.text().unwrap_or("…")));
                problems.mistake(first_line(value), message, "write `policy: 1`");
            }
        }
        Shape::Date => {
            if value.filled().is_none() {
                wrong(value, name, "a day, such as `2027-06-01`", problems);
            } else if date(value).is_none() {
                let message = format!("`{name}` is no day: `{}`", shown(value.text().unwrap_or("…")));
                problems.mistake(first_line(value), message, "write it as year-month-day, such as `2027-06-01`");
            }
        }
        Shape::True => {
            if value.bool() != Some(true) {
                let help = "for services that do not state it, use `unless: { … : { stated: true } }`";
                problems.mistake_help(first_line(value), format!("`{name}` can only be `true`"), "write `true`", help);
            }
        }
        Shape::Text if value.bool().is_some() => wrong(value, name, "text", problems),
        _ => {
            if value.filled().is_none() {
                wrong(value, name, if matches!(shape, Shape::Scalar) { "a value" } else { "text" }, problems);
            }
        }
    }
}

/// A day, as `YYYY-MM-DD` and in no other way.
pub(super) fn date(value: Value<'_, '_>) -> Option<jiff::civil::Date> {
    let text = value.text()?;
    let exact = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if exact { text.parse().ok() } else { None }
}
