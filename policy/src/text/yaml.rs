//! YAML that others wrote: one composer over the events of `granit-parser`, the only place that knows a YAML parser.
//!
//! A [`Stream`] keeps spans of keys and values, plain or quoted, the raw text of scalars, duplicate keys, comments
//! and document numbers. It uses no recursion and stops at [`Limits`]. Aliases are followed by reference, never
//! expanded, so that an alias bomb costs nothing; merge keys (`<<`) are looked through by [`Value::get`].

use super::Span;
use granit_parser::{Event, Parser, ScalarStyle};
use std::borrow::Cow;
use std::collections::{HashMap, hash_map};

/// What a file may hold before reading stops.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes in the file.
    pub bytes: usize,
    /// Nesting of mappings and sequences.
    pub depth: usize,
    /// Scalars, mappings, sequences and aliases.
    pub nodes: usize,
    /// Documents in the file.
    pub documents: usize,
    /// Aliases (`*name`).
    pub aliases: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 20, depth: 64, nodes: 50_000, documents: 200, aliases: 1_000 }
    }
}

/// Why a file cannot be read as YAML, or only in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in words.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Whether the YAML is well as far as it was read, and only more than is read.
    pub too_much: bool,
}

/// A key that stands twice in one mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The key.
    pub key: String,
    /// Where it stood first.
    pub first: Span,
    /// Where it stands again.
    pub again: Span,
}

/// A comment, from `#` to the end of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment<'s> {
    /// The text behind `#`.
    pub text: Cow<'s, str>,
    /// Where, `#` included.
    pub span: Span,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: may be a number, a date, `null`, `true`.
    Plain,
    /// In quotes or as a block: always text.
    Quoted,
}

type NodeId = u32;

#[derive(Clone, Debug)]
enum Kind<'s> {
    Scalar(Cow<'s, str>, Style),
    Sequence(Vec<NodeId>),
    Mapping(Vec<(NodeId, NodeId)>),
    Alias(NodeId),
}

#[derive(Clone, Debug)]
struct Node<'s> {
    kind: Kind<'s>,
    span: Span,
}

/// All documents of one file.
#[derive(Clone, Debug, Default)]
pub struct Stream<'s> {
    nodes: Vec<Node<'s>>,
    documents: Vec<NodeId>,
    comments: Vec<Comment<'s>>,
    duplicates: Vec<DuplicateKey>,
    problem: Option<Problem>,
}

/// A node of a [`Stream`], aliases already followed.
#[derive(Clone, Copy)]
pub struct Value<'a, 's> {
    stream: &'a Stream<'s>,
    id: NodeId,
    /// Where it is used: the alias, if the node was reached through one.
    used_at: Span,
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a, 's> {
    /// The key.
    pub key: Value<'a, 's>,
    /// The value.
    pub value: Value<'a, 's>,
}

impl std::fmt::Debug for Value<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}..{}", self.type_name(), self.used_at.start, self.used_at.end)
    }
}

/// Reads all documents of `text` within the usual [`Limits`].
#[must_use]
pub fn parse(text: &str) -> Stream<'_> {
    parse_with(text, 0, &Limits::default())
}

/// Reads all documents of `text`, a part of a file that starts at byte `base` of it.
#[must_use]
pub fn parse_with<'s>(text: &'s str, base: usize, limits: &Limits) -> Stream<'s> {
    if text.len() > limits.bytes {
        let message = format!("the file is larger than {}, too large to be read as YAML", size(limits.bytes));
        return Stream {
            problem: Some(Problem { message, span: Span::at(base), too_much: true }),
            ..Stream::default()
        };
    }
    let mut options = granit_parser::options! {};
    options.flow_nesting_limit = limits.depth;
    options.block_nesting_limit = limits.depth;
    options.max_buffered_comment_events = 10_000;
    options.emit_unresolved_aliases = true;
    let mut composer = Composer {
        text,
        base,
        limits,
        stream: Stream::default(),
        open: Vec::new(),
        anchors: HashMap::new(),
        aliases: 0,
        in_document: false,
        root: None,
    };
    let mut parser = Parser::new_from_str_with_options(text, options);
    while let Some(event) = parser.next_event() {
        let step = match event {
            Ok((event, span)) => composer.event(event, &span),
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                let (message, too_much) = say(&error);
                Err(Problem { message, span: composer.located(at, at), too_much })
            }
        };
        if let Err(problem) = step {
            composer.stream.problem = Some(problem);
            break;
        }
    }
    composer.stream
}

/// The parser's own words, without its position (ours is exact), and whether it only met a limit. What people meet
/// most often is said in plainer words.
fn say(error: &granit_parser::ScanError) -> (String, bool) {
    let info = error.info();
    if info.contains("recursion") || info.contains("nesting") {
        return ("nested too deeply to be read".to_owned(), true);
    }
    if info.starts_with("tabs disallowed") {
        return ("a tab, where YAML takes spaces only".to_owned(), false);
    }
    (info, false)
}

/// More of something than the limit allows.
fn more_than(limit: usize, what: &str, span: Span) -> Problem {
    let message = match limit {
        1 => format!("more than one {what} in one file"),
        _ => format!(
            "more than {limit} {} in one file",
            if what == "alias" { "aliases".to_owned() } else { format!("{what}s") }
        ),
    };
    Problem { message, span, too_much: true }
}

fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}

/// The keys of a mapping that has many.
type Seen = Option<HashMap<String, Span>>;

enum Open {
    Sequence(NodeId, Vec<NodeId>),
    Mapping { id: NodeId, entries: Vec<(NodeId, NodeId)>, key: Option<NodeId>, seen: Seen },
}

struct Composer<'s, 'l> {
    text: &'s str,
    base: usize,
    limits: &'l Limits,
    stream: Stream<'s>,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
    aliases: usize,
    in_document: bool,
    root: Option<NodeId>,
}

impl<'s> Composer<'s, '_> {
    fn event(&mut self, event: Event<'s>, span: &granit_parser::Span) -> Result<(), Problem> {
        let start = span.start.byte_offset().unwrap_or(0);
        let end = span.end.byte_offset().unwrap_or(start);
        let located = self.located(start, end);
        match event {
            Event::DocumentStart(..) => {
                self.in_document = true;
                self.root = None;
                self.anchors.clear();
                if self.stream.documents.len() >= self.limits.documents {
                    return Err(more_than(self.limits.documents, "document", located));
                }
            }
            Event::DocumentEnd => {
                self.in_document = false;
                if let Some(root) = self.root.take() {
                    self.stream.documents.push(root);
                }
            }
            Event::Comment(text, _) => self.stream.comments.push(Comment { text, span: located }),
            Event::Scalar(value, style, anchor, _) => {
                let style = if style == ScalarStyle::Plain { Style::Plain } else { Style::Quoted };
                let span = self.scalar_span(located);
                let id = self.node(Kind::Scalar(value, style), span)?;
                self.anchor(anchor, id);
                self.place(id);
            }
            Event::SequenceStart(_, anchor, _) => {
                let id = self.node(Kind::Sequence(Vec::new()), located)?;
                self.anchor(anchor, id);
                self.open.push(Open::Sequence(id, Vec::new()));
            }
            Event::MappingStart(_, anchor, _) => {
                let id = self.node(Kind::Mapping(Vec::new()), located)?;
                self.anchor(anchor, id);
                self.open.push(Open::Mapping { id, entries: Vec::new(), key: None, seen: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(located),
            Event::Alias(anchor) => self.alias(anchor, located)?,
            Event::UnresolvedAlias(name) => {
                let message = format!("`*{name}` names an anchor that this document does not have");
                return Err(Problem { message, span: located, too_much: false });
            }
            _ => {}
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Problem> {
        self.aliases += 1;
        if self.aliases > self.limits.aliases {
            return Err(more_than(self.limits.aliases, "alias", span));
        }
        let Some(&target) = self.anchors.get(&anchor) else {
            return Err(Problem { message: "an alias without its anchor".to_owned(), span, too_much: false });
        };
        let id = self.node(Kind::Alias(target), span)?;
        self.place(id);
        Ok(())
    }

    fn located(&self, start: usize, end: usize) -> Span {
        let floor = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        Span::new(floor(start), floor(end)).shifted(self.base)
    }

    /// Block scalars end behind their line break, and an empty value has no width: keep to the text itself.
    fn scalar_span(&self, span: Span) -> Span {
        let inside = Span::new(span.start - self.base, span.end - self.base);
        let kept = inside.of(self.text).trim_end().len();
        Span::new(span.start, span.start + kept)
    }

    fn node(&mut self, kind: Kind<'s>, span: Span) -> Result<NodeId, Problem> {
        if self.stream.nodes.len() >= self.limits.nodes {
            return Err(more_than(self.limits.nodes, "value", span));
        }
        let id = NodeId::try_from(self.stream.nodes.len()).unwrap_or(NodeId::MAX);
        self.stream.nodes.push(Node { kind, span });
        Ok(id)
    }

    fn anchor(&mut self, anchor: usize, id: NodeId) {
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
    }

    fn close(&mut self, end: Span) {
        let Some(open) = self.open.pop() else { return };
        let (id, last, kind) = match open {
            Open::Sequence(id, items) => (id, items.last().copied(), Kind::Sequence(items)),
            Open::Mapping { id, entries, .. } => {
                (id, entries.last().map(|&(key, value)| value.max(key)), Kind::Mapping(entries))
            }
        };
        // A block collection "ends" where the next token starts; its own text ends with its last child.
        let last = last.map_or(end.end, |last| self.stream.nodes[last as usize].span.end);
        let node = &mut self.stream.nodes[id as usize];
        let flow = end.end > end.start;
        node.span = Span::new(node.span.start, if flow { end.end } else { last });
        node.kind = kind;
        self.place(id);
    }

    fn place(&mut self, id: NodeId) {
        match self.open.last_mut() {
            None => self.root = Some(id),
            Some(Open::Sequence(_, items)) => items.push(id),
            Some(Open::Mapping { entries, key, seen, .. }) => match key.take() {
                None => {
                    let node = &self.stream.nodes[id as usize];
                    if let Kind::Scalar(text, _) = &node.kind
                        && let Some(first) = seen_before(&self.stream.nodes, entries, seen, text, node.span)
                    {
                        let key = text.to_string();
                        self.stream.duplicates.push(DuplicateKey { key, first, again: node.span });
                    }
                    *key = Some(id);
                }
                Some(at) => entries.push((at, id)),
            },
        }
    }
}

/// Where a key of this name stood before in its mapping. Most mappings are small: looking through one is cheaper than
/// remembering its keys.
fn seen_before(
    nodes: &[Node<'_>],
    entries: &[(NodeId, NodeId)],
    seen: &mut Seen,
    key: &str,
    here: Span,
) -> Option<Span> {
    const FEW: usize = 16;
    // Several merge keys in one mapping are common, and mean what they say.
    if key == "<<" {
        return None;
    }
    let keys = entries.iter().filter_map(|&(key, _)| match &nodes[key as usize] {
        Node { kind: Kind::Scalar(text, _), span } => Some((text.as_ref(), *span)),
        _ => None,
    });
    if entries.len() < FEW {
        return keys.into_iter().find(|(text, _)| *text == key).map(|(_, span)| span);
    }
    let seen = seen.get_or_insert_with(|| {
        // Backwards: of two of one name the first stays.
        keys.rev().map(|(text, span)| (text.to_owned(), span)).collect()
    });
    match seen.entry(key.to_owned()) {
        hash_map::Entry::Occupied(first) => Some(*first.get()),
        hash_map::Entry::Vacant(new) => {
            new.insert(here);
            None
        }
    }
}

impl<'s> Stream<'s> {
    /// The documents that were read, in order; one without content is a null.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = Value<'_, 's>> {
        self.documents.iter().map(|&id| self.value(id))
    }

    /// The first document.
    #[must_use]
    pub fn first(&self) -> Option<Value<'_, 's>> {
        self.documents.first().map(|&id| self.value(id))
    }

    /// Why reading stopped early, if it did. Documents before that place were read.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// Keys that stand twice in their mapping.
    #[must_use]
    pub fn duplicates(&self) -> &[DuplicateKey] {
        &self.duplicates
    }

    /// Where the first alias (`*name`) stands, for files in which none is wanted.
    #[must_use]
    pub fn first_alias(&self) -> Option<Span> {
        self.nodes.iter().find(|node| matches!(node.kind, Kind::Alias(_))).map(|node| node.span)
    }

    /// All comments, in order.
    #[must_use]
    pub fn comments(&self) -> &[Comment<'s>] {
        &self.comments
    }

    fn value(&self, id: NodeId) -> Value<'_, 's> {
        let used_at = self.nodes[id as usize].span;
        let mut id = id;
        // An alias points at an earlier node; sixteen steps are more than any honest chain has.
        for _ in 0..16 {
            match self.nodes[id as usize].kind {
                Kind::Alias(target) => id = target,
                _ => break,
            }
        }
        Value { stream: self, id, used_at }
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
fn plain_json(text: &str) -> serde_json::Value {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(String, String)> {
        let stream = parse(text);
        let mut out = Vec::new();
        for document in stream.documents() {
            for entry in document.entries() {
                out.push((entry.key.span().of(text).to_owned(), entry.value.span().of(text).to_owned()));
            }
        }
        out
    }

    #[test]
    fn spans_are_the_text_of_keys_and_values() {
        let text = "\u{FEFF}näme: \"a b\" # c\r\nmemory: 1.10\nlist:\n  - x\n  - y\n\nflow: {a: 1, b: [2]}\nblock: |\n  one\n  two\nempty:\n---\nnext: no\n";
        assert_eq!(
            texts(text),
            [
                ("näme", "\"a b\""),
                ("memory", "1.10"),
                ("list", "- x\n  - y"),
                ("flow", "{a: 1, b: [2]}"),
                ("block", "one\n  two"),
                ("empty", ""),
                ("next", "no"),
            ]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
        );
    }

    #[test]
    fn duplicate_keys_keep_both_places_and_the_first_value() {
        let text = "a: 1\nb: 2\na: 3\n";
        let stream = parse(text);
        assert_eq!(stream.duplicates().len(), 1);
        assert_eq!(stream.duplicates()[0].again, Span::new(10, 11));
        assert_eq!(stream.first().and_then(|root| root.get("a")).and_then(Value::text), Some("1"));
    }

    #[test]
    fn merge_keys_are_looked_through() {
        let text = "base: &b {x: 1}\nmore: &m {<<: *b, y: 2}\nuse:\n  <<: *m\n  z: 3\n";
        let stream = parse(text);
        let used = stream.first().and_then(|root| root.get("use")).unwrap();
        assert_eq!(used.get("x").and_then(Value::text), Some("1"));
        assert_eq!(used.to_json(100), Some(serde_json::json!({"z": 3, "y": 2, "x": 1})));
    }

    #[test]
    fn bombs_are_refused_or_cost_nothing() {
        let laughs = (0..9).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, i| {
            format!("{text}a{0}: &a{0} [*a{i},*a{i},*a{i},*a{i},*a{i},*a{i},*a{i},*a{i},*a{i}]\n", i + 1)
        });
        let stream = parse(&laughs);
        assert!(stream.problem().is_none());
        assert_eq!(stream.first().and_then(|root| root.to_json(10_000)), None);
        for text in ["- ".repeat(10_000), "[".repeat(10_000), "{a: ".repeat(10_000), "? ".repeat(20_000)] {
            assert!(parse(&text).problem().is_some(), "{}", &text[..8]);
        }
        let inside = "a: &a [*a, {<<: *a}]";
        assert_eq!(parse(inside).first().and_then(|root| root.to_json(10_000)), None);
    }

    #[test]
    fn numbers_that_are_names_stay_text() {
        for text in ["0123", "0075212147455501", "1.10.2", "12e999x"] {
            assert_eq!(plain_json(text), serde_json::Value::String(text.to_owned()));
        }
        assert_eq!(plain_json("74328e7720796361"), serde_json::Value::String("74328e7720796361".to_owned()));
        assert_eq!(plain_json("-1.5"), serde_json::json!(-1.5));
    }
}
