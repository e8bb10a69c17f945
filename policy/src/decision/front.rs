//! Front matter, and records written in YAML.

use super::header::Entry;
use super::value::Value;
use super::words::{self, Field, Topic};
use super::{Status, StatusSource, date, status};
use crate::text::Span;
use crate::text::yaml::{self, DuplicateKey};
use jiff::civil::Date;

/// What front matter says.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// Its labelled entries.
    pub(super) entries: Vec<Entry>,
    /// What its dated history says of date and status.
    pub(super) log: Vec<Entry>,
    /// Its tags.
    pub(super) tags: Vec<Value>,
    /// The names of its keys at the outermost level, with the place of each and of what stands under it.
    pub(super) keys: Vec<(String, Span, Span)>,
    /// Every text in it, in order.
    pub(super) texts: Vec<Value>,
    /// Why it was not read, or only in part.
    pub(super) problem: Option<(String, Span)>,
    /// Keys that stand twice: the first of them was read.
    pub(super) duplicates: Vec<DuplicateKey>,
}

impl Front {
    /// The first entry with this meaning that says something.
    pub(super) fn get(&self, field: Field) -> Option<&Value> {
        self.entries
            .iter()
            .filter(|entry| entry.field == field)
            .map(|entry| &entry.value)
            .find(|value| !value.is_nothing())
    }
}

/// Reads front matter that lies at `span` of `file`.
pub(super) fn read(stream: &yaml::Stream<'_>, file: &str, span: Span) -> Front {
    let mut front = entries(stream, file);
    if front.problem.is_some() {
        let read: Vec<Field> = front.entries.iter().map(|entry| entry.field).collect();
        front.entries.extend(plain(file, span).into_iter().filter(|entry| !read.contains(&entry.field)));
    }
    front
}

/// The entries of front matter that is no YAML, line by line: `title: ADR-6: Templates` breaks the whole of it, and
/// what the other lines say stands there all the same.
fn plain(file: &str, span: Span) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut next = span.start;
    for line in span.of(file).split_inclusive('\n').take(200) {
        let start = next;
        next += line.len();
        // Lists, mappings, long texts and what is indented are left to YAML.
        let Some((key, rest)) = line.split_once(": ").filter(|(key, _)| !key.starts_with([' ', '\t', '#', '-'])) else {
            continue;
        };
        let text = rest.split(" #").next().unwrap_or(rest).trim();
        let Some(field) = words::field(&key.replace(['-', '_'], " ")).filter(|_| !text.is_empty()) else { continue };
        if text.starts_with(['[', '{', '|', '>', '&', '*', '!', '"', '\'']) {
            continue;
        }
        let start = start + (text.as_ptr() as usize - line.as_ptr() as usize);
        let value = Value::scalar(text, Span::new(start, start + text.len()), file);
        entries.push(Entry { field, value, source: StatusSource::FrontMatter });
    }
    entries
}

fn entries(stream: &yaml::Stream<'_>, file: &str) -> Front {
    let mut front = Front {
        problem: stream.problem().map(|problem| (problem.message.clone(), problem.span)),
        duplicates: stream.duplicates().iter().take(50).cloned().collect(),
        ..Front::default()
    };
    let Some(root) = stream.first() else { return front };
    for entry in root.entries() {
        let Some(key) = entry.key.text() else { continue };
        front.keys.push((key.to_owned(), entry.key.span(), entry.value.span()));
        if matches!(key, "tags" | "tag" | "keywords" | "labels") {
            let tags = entry.value.one_or_many().filter_map(|tag| scalar(tag, file));
            front.tags.extend(tags);
            continue;
        }
        if matches!(key, "links" | "relations" | "related") {
            front.entries.extend(entry.value.items().filter_map(|item| typed_link(item, file)));
        }
        let spaced = key.replace(['-', '_'], " ");
        if words::topic(&spaced) == Some(Topic::History) {
            front.log.extend(dated_log(entry.value, file));
            continue;
        }
        let Some(field) = words::field(&spaced) else { continue };
        for value in braced(entry.value, file) {
            front.entries.push(Entry { field, value, source: StatusSource::FrontMatter });
        }
    }
    front
}

/// `history: [{ date: 2026-01-31, status: accepted }]`, `changelog: { 2026-01-31: accepted }`: the day on which the
/// record was accepted, and where it stands since the last of them.
fn dated_log(value: yaml::Value<'_, '_>, file: &str) -> Vec<Entry> {
    let pair = |date: &str, status: &str, span: Span| {
        let (day, _) = date::leading(date)?;
        status::understand(status).map(|one| (day, one.status, span))
    };
    let mapped = value.entries().take(60).filter_map(|entry| {
        let (day, word) = (entry.key.text()?, entry.value.text()?);
        pair(day, word, entry.key.span()).or_else(|| pair(word, day, entry.value.span()))
    });
    let listed = value.items().take(60).filter_map(|item| {
        if let Some(text) = item.text() {
            return pair(text, text, item.span());
        }
        let first = |keys: &[&str]| keys.iter().find_map(|key| item.get(key));
        let (day, word) =
            (first(&["date", "on", "at", "when", "day"]), first(&["status", "state", "to", "event", "change"]));
        if let (Some(day), Some(word)) = (day, word) {
            return pair(day.text()?, word.text()?, day.span());
        }
        let only = item.entries().next()?;
        pair(only.key.text()?, only.value.text()?, only.key.span())
    });
    let days: Vec<(Date, Status, Span)> = mapped.chain(listed).collect();
    let entry = |field, span: Span, text: String| Entry {
        field,
        value: Value::scalar(&text, span, file),
        source: StatusSource::FrontMatter,
    };
    let accepted = days.iter().filter(|(_, status, _)| *status == Status::Accepted).min_by_key(|(day, ..)| *day);
    let last = days.iter().max_by_key(|(day, ..)| *day);
    let date = accepted.map(|(day, _, span)| entry(Field::Date, *span, day.to_string()));
    let status = last.map(|(_, status, span)| entry(Field::Status, *span, super::word(*status).to_owned()));
    date.into_iter().chain(status).collect()
}

/// The values of an entry. `{ one, other }`: a template's braces left around the words make them the keys of a mapping.
fn braced(value: yaml::Value<'_, '_>, file: &str) -> Vec<Value> {
    let names = || value.entries().take(100);
    if value.is_mapping() && names().next().is_some() && names().all(|entry| entry.value.is_null()) {
        let scalar = |entry: yaml::Entry<'_, '_>| Some(Value::scalar(entry.key.filled()?, entry.key.span(), file));
        return names().filter_map(scalar).collect();
    }
    value.one_or_many().filter_map(|value| scalar(value, file)).collect()
}

fn scalar(value: yaml::Value<'_, '_>, file: &str) -> Option<Value> {
    if let Some(text) = value.filled() {
        return Some(Value::scalar(text, value.span(), file));
    }
    // `- name: …` and `[[1]]`, as people list deciders and numbers.
    let name = value.get("name").or_else(|| value.get("id")).or_else(|| value.items().next())?;
    name.filled().map(|text| Value::scalar(text, name.span(), file))
}

/// `- target: 4` with `kind: supersedes`.
fn typed_link(item: yaml::Value<'_, '_>, file: &str) -> Option<Entry> {
    let kind = ["kind", "type", "rel", "relation"].iter().find_map(|key| item.get(key)?.text())?;
    let target = ["target", "adr", "id", "to", "ref"].iter().find_map(|key| item.get(key))?;
    let value = Value::scalar(target.filled()?, target.span(), file);
    Some(Entry { field: words::field(&kind.replace(['-', '_'], " "))?, value, source: StatusSource::FrontMatter })
}

/// Reads a record that is a YAML file: `adr: {id, title, status}`, `decision: {decision_date}`, or flat.
pub(super) fn record(file: &str) -> Front {
    let stream = yaml::parse(file);
    let mut front = entries(&stream, file);
    let Some(root) = stream.first() else { return front };
    for (group, keys) in [
        ("adr", &["id", "number", "title", "status", "date", "supersedes", "superseded_by"][..]),
        ("decision", &["decision_date", "date", "decided_on"][..]),
        ("lifecycle", &["supersedes", "superseded_by"][..]),
        ("metadata", &["id", "number", "title", "status", "date", "supersedes", "superseded_by"][..]),
    ] {
        let Some(group) = root.get(group) else { continue };
        for key in keys {
            let (Some(value), Some(field)) = (group.get(key), words::field(&key.replace('_', " "))) else { continue };
            for value in value.one_or_many().filter_map(|value| scalar(value, file)) {
                front.entries.push(Entry { field, value, source: StatusSource::FrontMatter });
            }
        }
    }
    front.texts = texts(root, file);
    front
}

/// Every text under a value, in order; an explicit stack, for deep documents.
fn texts(root: yaml::Value<'_, '_>, file: &str) -> Vec<Value> {
    let mut texts = Vec::new();
    let mut open = vec![root];
    // Aliases can make a small file large, or endless.
    for _ in 0..60_000 {
        let Some(value) = open.pop() else { break };
        if let Some(text) = value.filled() {
            texts.push(Value::scalar(text, value.span(), file));
        }
        open.extend(value.items().rev());
        open.extend(value.entries().rev().map(|entry| entry.value));
    }
    texts
}
