//! Looking at what was read: texts, entries, paths, and the same as JSON.

use super::{Entry, Kind, Limits, Node, NodeId, Style, Value};
use crate::text::Span;

impl std::fmt::Debug for Value<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}..{}", self.type_name(), self.used_at.start, self.used_at.end)
    }
}

impl<'a, 's> Value<'a, 's> {
    fn node(self) -> &'a Node<'s> {
        &self.stream.nodes[self.id as usize]
    }

    /// Where the value stands (the alias, where it was reached through one).
    #[must_use]
    pub fn span(self) -> Span {
        self.used_at
    }

    /// The text of a scalar as it was written, quotes removed and escapes resolved.
    #[must_use]
    pub fn text(self) -> Option<&'a str> {
        match &self.node().kind {
            Kind::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar that says something: neither null nor empty.
    #[must_use]
    pub fn filled(self) -> Option<&'a str> {
        if self.is_null() { None } else { self.text().filter(|text| !text.trim().is_empty()) }
    }

    /// Whether the scalar was written without quotes.
    #[must_use]
    pub fn is_plain(self) -> bool {
        matches!(&self.node().kind, Kind::Scalar(_, Style::Plain))
    }

    /// Whether the value is absent, `null` or `~`.
    #[must_use]
    pub fn is_null(self) -> bool {
        matches!(&self.node().kind, Kind::Scalar(text, Style::Plain) if matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// A plain `true` or `false`.
    #[must_use]
    pub fn bool(self) -> Option<bool> {
        match &self.node().kind {
            Kind::Scalar(text, Style::Plain) => match text.as_ref() {
                "true" | "True" | "TRUE" => Some(true),
                "false" | "False" | "FALSE" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether it is a mapping.
    #[must_use]
    pub fn is_mapping(self) -> bool {
        matches!(self.node().kind, Kind::Mapping(_))
    }

    /// Whether it is a sequence.
    #[must_use]
    pub fn is_sequence(self) -> bool {
        matches!(self.node().kind, Kind::Sequence(_))
    }

    /// What it is, in a word for messages.
    #[must_use]
    pub fn type_name(self) -> &'static str {
        match &self.node().kind {
            Kind::Mapping(_) => "a mapping",
            Kind::Sequence(_) => "a list",
            Kind::Alias(_) => "an alias",
            Kind::Scalar(..) if self.is_null() => "nothing",
            Kind::Scalar(..) if self.bool().is_some() => "true or false",
            Kind::Scalar(text, Style::Plain) if text.parse::<f64>().is_ok() => "a number",
            Kind::Scalar(..) => "text",
        }
    }

    /// The items of a sequence; empty for anything else.
    pub fn items(self) -> impl DoubleEndedIterator<Item = Value<'a, 's>> {
        let items: &'a [NodeId] = match &self.node().kind {
            Kind::Sequence(items) => items,
            _ => &[],
        };
        items.iter().map(move |&id| self.stream.value(id))
    }

    /// A sequence's items, or the value itself where one value stands for a list of one.
    pub fn one_or_many(self) -> impl Iterator<Item = Value<'a, 's>> {
        let single = (!self.is_sequence() && !self.is_null()).then_some(self);
        single.into_iter().chain(self.items())
    }

    /// The entries of a mapping as written (`<<` among them); empty for anything else.
    pub fn entries(self) -> impl DoubleEndedIterator<Item = Entry<'a, 's>> {
        let entries: &'a [(NodeId, NodeId)] = match &self.node().kind {
            Kind::Mapping(entries) => entries,
            _ => &[],
        };
        entries.iter().map(move |&(key, value)| Entry { key: self.stream.value(key), value: self.stream.value(value) })
    }

    /// The entry under `key`: the first of two of the same name, else one merged in with `<<`.
    #[must_use]
    pub fn entry(self, key: &str) -> Option<Entry<'a, 's>> {
        self.entries().find(|entry| entry.key.text() == Some(key)).or_else(|| {
            // One level of merging on purpose: what is merged into a merged mapping is followed by `entry` below.
            self.merged(8).into_iter().find_map(|mapping| mapping.entries().find(|entry| entry.key.text() == Some(key)))
        })
    }

    /// Mappings merged in with `<<`, nearest first, at most `depth` levels and 64 mappings.
    fn merged(self, depth: usize) -> Vec<Value<'a, 's>> {
        let mut found: Vec<Value<'a, 's>> = Vec::new();
        let mut level = vec![self];
        for _ in 0..depth {
            let mut next = Vec::new();
            for mapping in &level {
                for entry in mapping.entries().filter(|entry| entry.key.text() == Some("<<")) {
                    for value in entry.value.one_or_many() {
                        if found.len() + next.len() >= 64 {
                            break;
                        }
                        next.push(value);
                    }
                }
            }
            if next.is_empty() {
                break;
            }
            found.extend_from_slice(&next);
            level = next;
        }
        found
    }

    /// The value under `key`.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Value<'a, 's>> {
        self.entry(key).map(|entry| entry.value)
    }

    /// The value under a path of keys, outermost first.
    #[must_use]
    pub fn path(self, keys: &[&str]) -> Option<Value<'a, 's>> {
        keys.iter().try_fold(self, |value, key| value.get(key))
    }

    /// The value at a JSON pointer's steps (keys of mappings, numbers of items), as far as they lead.
    #[must_use]
    pub fn descend<'k>(self, steps: impl IntoIterator<Item = &'k str>) -> Option<Entry<'a, 's>> {
        let mut at = Entry { key: self, value: self };
        for step in steps {
            at = match at.value.entry(step) {
                Some(entry) => entry,
                None => {
                    let item = at.value.items().nth(step.parse().ok()?)?;
                    Entry { key: item, value: item }
                }
            };
        }
        Some(at)
    }

    /// The same value as JSON, for a shape check: plain scalars by YAML 1.2's core schema, merge keys applied.
    /// `None` where aliases make it larger than `nodes` values or deeper than the usual limit.
    #[must_use]
    pub fn to_json(self, nodes: usize) -> Option<serde_json::Value> {
        let mut left = nodes;
        self.json(&mut left, Limits::default().depth)
    }

    // Recursion is bounded by `depth`, which no document that was read can pass but by aliases.
    fn json(self, left: &mut usize, depth: usize) -> Option<serde_json::Value> {
        *left = left.checked_sub(1)?;
        let depth = depth.checked_sub(1)?;
        Some(match &self.node().kind {
            Kind::Scalar(text, Style::Quoted) => serde_json::Value::String(text.to_string()),
            Kind::Scalar(text, Style::Plain) => plain_json(text),
            Kind::Sequence(_) => {
                serde_json::Value::Array(self.items().map(|item| item.json(left, depth)).collect::<Option<_>>()?)
            }
            Kind::Mapping(_) => {
                let mut map = serde_json::Map::new();
                for mapping in std::iter::once(self).chain(self.merged(8)) {
                    for entry in mapping.entries() {
                        let Some(key) = entry.key.text() else { continue };
                        if key != "<<" && !map.contains_key(key) {
                            map.insert(key.to_owned(), entry.value.json(left, depth)?);
                        }
                    }
                }
                serde_json::Value::Object(map)
            }
            Kind::Alias(_) => serde_json::Value::Null,
        })
    }
}

/// A plain scalar by YAML 1.2's core schema. What only looks like a number (`0123`, `1.10.2`, `74328e77`) stays text
/// when a round trip would change it beyond recognition.
pub(super) fn plain_json(text: &str) -> serde_json::Value {
    use serde_json::Value as Json;
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Json::Null,
        "true" | "True" | "TRUE" => return Json::Bool(true),
        "false" | "False" | "FALSE" => return Json::Bool(false),
        _ => {}
    }
    if let Ok(number) = text.parse::<i64>() {
        let digits = text.trim_start_matches(['-', '+']);
        if digits.len() == 1 || !digits.starts_with('0') {
            return Json::Number(number.into());
        }
        return Json::String(text.to_owned());
    }
    let looks_decimal = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'));
    if looks_decimal
        && let Ok(number) = text.parse::<f64>()
        && let Some(number) = serde_json::Number::from_f64(number)
    {
        return Json::Number(number);
    }
    Json::String(text.to_owned())
}
