//! Facts from the keys of a mapping that has no closed shape: an own block, annotations, somebody's extension.

use super::document::Document;
use super::key::Meaning;
use super::replaced::without_replaced;
use super::{Located, Service};
use crate::fact::value::{Unusable, compose_memory, kubernetes_memory, read_all, read_keyed};
use crate::fact::vocabulary::{Known, Type, find};
use crate::fact::{Because, Fact, Origin, Standing, Value as FactValue};
use crate::text::yaml::{Entry, Value};
use crate::text::{Place, Span};
use std::collections::HashSet;

/// How many facts, and how many free texts, are kept of one service.
const FACTS: usize = 400;

/// Collects what a document states into its service.
pub(super) struct Gather<'d, 'a, 's> {
    pub document: &'d Document<'a, 's>,
    /// The service so far.
    pub service: Service,
    /// For values inside a text with escapes: the text's own place stands for theirs.
    pub fixed: Option<Span>,
    /// Whether what is read stands inside a text.
    pub embedded: bool,
}

impl<'d, 'a, 's> Gather<'d, 'a, 's> {
    pub fn new(document: &'d Document<'a, 's>, service: Service) -> Self {
        Self { document, service, fixed: None, embedded: false }
    }

    /// Reads one value and keeps it as a fact; what has none is kept as unclear where the key leaves no doubt.
    pub fn value(&mut self, meaning: &Meaning, value: Value<'_, '_>, span: Span, sibling: Option<f64>, evidence: bool) {
        if let Some(text) = value.filled() {
            self.text(meaning, text, span, sibling, evidence);
        }
    }

    /// [`Self::value`], of a text that is a part of a value.
    pub fn text(&mut self, meaning: &Meaning, text: &str, span: Span, sibling: Option<f64>, evidence: bool) {
        let span = self.fixed.unwrap_or(span);
        let read = match meaning.unit {
            Some(unit) => read_keyed(meaning.known.value, unit, text).map(|read| vec![read]),
            None => read_all(meaning.known.value, text),
        };
        match read {
            Ok(values) => {
                for value in values {
                    let percentile = value.percentile.or(meaning.percentile).or(sibling);
                    self.push(meaning.known, Some(value.value), percentile, None, span, evidence);
                }
            }
            Err(why) if meaning.strong || matches!(why, Unusable::NoUnit(_)) => {
                self.push(meaning.known, None, meaning.percentile, Some(why.into()), span, evidence);
            }
            Err(_) => {}
        }
    }

    /// Keeps a limit of memory under a key of systemd or Compose, whose single letters are units. Says whether it is one.
    pub fn runtime_memory(&mut self, entry: Entry<'_, '_>) -> bool {
        let (Some(key), Some(text), Some(known)) = (entry.key.text(), entry.value.filled(), find("memory-budget"))
        else {
            return false;
        };
        let read = match key {
            "MemoryMax" | "MemoryLimit" => kubernetes_memory(text),
            "mem_limit" => compose_memory(text),
            _ => return false,
        };
        // Other units, words and bare numbers are read as everywhere.
        let Some(bytes) = read.ok().filter(|_| text.trim().ends_with(|last: char| last.is_ascii_alphabetic())) else {
            return false;
        };
        self.push(known, Some(FactValue::Bytes(bytes)), None, None, self.span_of(entry), true);
        true
    }

    /// Keeps a fact.
    pub fn push(
        &mut self,
        known: &Known,
        value: Option<FactValue>,
        percentile: Option<f64>,
        because: Option<Because>,
        span: Span,
        evidence: bool,
    ) {
        let standing = if value.is_some() { Standing::Stated } else { Standing::Unclear };
        let fact = Fact {
            kind: known.id.into(),
            value,
            percentile: percentile.filter(|_| known.value == Type::Duration),
            standing,
            because,
            reasons: Vec::new(),
            origin: Origin::Manifest,
            evidence,
            quote: quote(span.of(self.document.text)),
            place: self.document.place(span),
            subject: None,
        };
        if self.service.facts.len() < FACTS && !self.service.facts.contains(&fact) {
            self.service.facts.push(fact);
        }
    }

    /// Keeps names as a fact: an owner, a team.
    pub fn names(&mut self, id: &str, entry: Option<Entry<'_, '_>>) {
        let (Some(entry), Some(known)) = (entry, find(id)) else { return };
        let names: Vec<String> =
            entry.value.one_or_many().filter_map(Value::filled).map(|name| name.trim().to_owned()).collect();
        if !names.is_empty() {
            self.push(known, Some(FactValue::Names(names)), None, None, self.span_of(entry), false);
        }
    }

    /// Keeps a text as a fact: a lifecycle.
    pub fn words(&mut self, id: &str, entry: Option<Entry<'_, '_>>) {
        let (Some(entry), Some(known)) = (entry, find(id)) else { return };
        if let Some(text) = entry.value.filled() {
            let value = FactValue::Text(text.trim().to_owned());
            self.push(known, Some(value), None, None, self.span_of(entry), false);
        }
    }

    /// Keeps a free text for the reader of prose.
    pub fn prose(&mut self, value: Value<'_, '_>) {
        if self.service.prose.len() >= FACTS {
            return;
        }
        let Some(located) = self.located(value) else { return };
        let raw = located.span.of(self.document.text);
        match without_replaced(raw).as_slice() {
            [] | [_] => self.service.prose.push(located),
            parts => self.service.prose.extend(parts.iter().map(|part| {
                let (start, end) = (located.span.start + part.start, located.span.start + part.end);
                Located { text: raw[part.clone()].to_owned(), span: Span { start, end } }
            })),
        }
    }

    /// Keeps a free text that stands where limits are written, with what stands over it.
    pub fn headed_prose(&mut self, value: Value<'_, '_>, heading: &str) {
        if self.service.asked.len() < FACTS
            && let Some(located) = self.located(value)
        {
            self.service.asked.push((heading.to_owned(), located));
        }
    }

    pub fn located(&self, value: Value<'_, '_>) -> Option<Located> {
        let located = self.document.located(value)?;
        Some(Located { span: self.fixed.unwrap_or(located.span), ..located })
    }

    /// A place in the file.
    pub fn place(&self, span: Span) -> Place {
        self.document.place(span)
    }

    /// Key and value.
    pub fn span_of(&self, entry: Entry<'_, '_>) -> Span {
        self.fixed.unwrap_or_else(|| entry.key.span().to(entry.value.span()))
    }
}

/// The entries of a mapping, of two with the same key the first: the one that [`Value::get`] gives.
pub(super) fn distinct<'b, 't>(mapping: Value<'b, 't>) -> impl Iterator<Item = Entry<'b, 't>> {
    let mut seen = HashSet::new();
    mapping.entries().filter(move |entry| entry.key.text().is_none_or(|key| seen.insert(key)))
}

/// The words as they stand, one line's worth.
fn quote(text: &str) -> String {
    const LONGEST: usize = 160;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
