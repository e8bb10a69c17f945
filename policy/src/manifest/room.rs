//! Where a fact is added to a manifest, and the lines to add.

use super::{Format, Room, Service};
use crate::fact::vocabulary::{self, Known, Type};

/// Where `fact` goes in the service's manifest, in words, and the exact lines, with the vocabulary's example as value.
#[must_use]
pub fn lines(service: &Service, fact: &Known) -> (String, String) {
    lines_with(service, fact.id, fact.example)
}

/// The same for any fact, with a value to be written there.
#[must_use]
pub fn lines_with(service: &Service, id: &str, value: &str) -> (String, String) {
    match &service.room {
        // A manifest's own annotations are texts, so a number needs quotes there.
        Room::Annotations(path) => (under(path), format!("adrule/{id}: {}", quoted(id, value))),
        Room::Keys([]) if service.format == Format::Plain => {
            ("at the top of the document".to_owned(), format!("{id}: {}", yaml(value)))
        }
        Room::Keys([]) => ("at the top level".to_owned(), format!("{id}: {}", yaml(value))),
        Room::Keys(path) => keys(service, path, &format!("{id}: {}", yaml(value))),
        Room::Pairs(path, key) => {
            let kind = if service.format == Format::Compass { "\n  type: text" } else { "" };
            (under(path), format!("- {key}: adrule/{id}{kind}\n  value: {}", quoted(id, value)))
        }
        Room::None => {
            let head = format!("name: {}\n", yaml(&service.name));
            ("in a new service.yaml beside it".to_owned(), format!("{head}{id}: {}", yaml(value)))
        }
    }
}

/// The nested block is written out whole, since it rarely exists before.
fn keys(service: &Service, path: &[&str], line: &str) -> (String, String) {
    let Some((last, outer)) = path.split_last() else { return ("at the top level".to_owned(), line.to_owned()) };
    let at = match (service.format, outer) {
        (Format::Compose, _) => format!("under `services.{}`", service.name),
        (_, []) => "at the top level".to_owned(),
        _ => under(outer),
    };
    (at, format!("{last}:\n  {line}"))
}

fn under(path: &[&str]) -> String {
    format!("under `{}`", path.join("."))
}

/// An example as a YAML text, never as a number or a list.
fn quoted(id: &str, value: &str) -> String {
    let value = value.trim_start_matches('[').trim_end_matches(']');
    let known = vocabulary::find(id).map(|known| known.value);
    let as_number = matches!(known, Some(Type::Count | Type::Flag | Type::Date)) || value.parse::<f64>().is_ok();
    if as_number { format!("\"{value}\"") } else { yaml(value) }
}

/// A text as YAML, in quotes only where it would be read as something else.
fn yaml(text: &str) -> String {
    let plain = !text.is_empty()
        && !text.starts_with(['"', '\'', '&', '*', '!', '|', '>', '%', '@', '`', '{', '#', '-', '?', ' '])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !text.contains(char::is_control);
    if plain { text.to_owned() } else { serde_json::Value::String(text.to_owned()).to_string() }
}
