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

    /// What it says, as a scalar.
    #[must_use]
    pub fn scalar(self) -> Option<Scalar<'a>> {
        match &self.node().kind {
            Kind::Scalar(text, Style::Quoted) => Some(Scalar::Text(text)),
            Kind::Scalar(text, Style::Plain) => Some(Scalar::plain(text)),
            _ => None,
        }
    }

    /// Whether its file has nothing merged, no aliases and no key twice: each mapping is what stands there.
    #[must_use]
    pub fn is_in_simple_file(self) -> bool {
        !self.stream.merges && self.stream.duplicates.is_empty() && self.stream.first_alias().is_none()
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
        self.pairs()
            .iter()
            .map(move |&(key, value)| Entry { key: self.stream.value(key), value: self.stream.value(value) })
    }

    fn pairs(self) -> &'a [(NodeId, NodeId)] {
        match &self.node().kind {
            Kind::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The entry under `key`: the first of two of the same name, else one merged in with `<<`.
    #[must_use]
    pub fn entry(self, key: &str) -> Option<Entry<'a, 's>> {
        // One level of merging on purpose: what is merged into a merged mapping is followed by `entry` below.
        self.own_entry(key).or_else(|| self.merged(8).into_iter().find_map(|mapping| mapping.own_entry(key)))
    }

    fn own_entry(self, key: &str) -> Option<Entry<'a, 's>> {
        let is_it = |id: &NodeId| self.stream.value(*id).text() == Some(key);
        let &(key, value) = self.pairs().iter().find(|(key, _)| is_it(key))?;
        Some(Entry { key: self.stream.value(key), value: self.stream.value(value) })
    }

    /// Mappings merged in with `<<`, nearest first, at most `depth` levels and 64 mappings.
    fn merged(self, depth: usize) -> Vec<Value<'a, 's>> {
        let mut found: Vec<Value<'a, 's>> = Vec::new();
        if !self.stream.merges {
            return found;
        }
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
            Kind::Scalar(text, Style::Quoted) => Scalar::Text(text).json(),
            Kind::Scalar(text, Style::Plain) => Scalar::plain(text).json(),
            Kind::Sequence(_) => {
                serde_json::Value::Array(self.items().map(|item| item.json(left, depth)).collect::<Option<_>>()?)
            }
            Kind::Mapping(_) => {
                let mut map = serde_json::Map::new();
                for mapping in std::iter::once(self).chain(self.merged(8)) {
                    for entry in mapping.entries() {
                        let Some(key) = entry.key.text() else { continue };
                        if key != "<<"
                            && let serde_json::map::Entry::Vacant(first) = map.entry(key)
                        {
                            first.insert(entry.value.json(left, depth)?);
                        }
                    }
                }
                serde_json::Value::Object(map)
            }
            Kind::Alias(_) => serde_json::Value::Null,
        })
    }
}

/// What a scalar says by YAML 1.2's core schema.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar<'a> {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// Another number.
    Number(f64),
    /// Anything else.
    Text(&'a str),
}

impl<'a> Scalar<'a> {
    /// Of a scalar without quotes. What only looks like a number (`0123`, `1.10.2`, `74328e77`) stays text when a round
    /// trip would change it beyond recognition.
    pub(super) fn plain(text: &'a str) -> Self {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Self::Null,
            "true" | "True" | "TRUE" => return Self::Bool(true),
            "false" | "False" | "FALSE" => return Self::Bool(false),
            _ => {}
        }
        if let Ok(number) = text.parse::<i64>() {
            let digits = text.trim_start_matches(['-', '+']);
            return if digits.len() == 1 || !digits.starts_with('0') { Self::Whole(number) } else { Self::Text(text) };
        }
        let looks_decimal = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
            && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'));
        match looks_decimal.then(|| text.parse::<f64>()) {
            Some(Ok(number)) if number.is_finite() => Self::Number(number),
            _ => Self::Text(text),
        }
    }

    fn json(self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => value.into(),
            Self::Whole(number) => number.into(),
            Self::Number(number) => number.into(),
            Self::Text(text) => text.into(),
        }
    }
}
