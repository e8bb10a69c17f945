//! Annotations, labels, properties and blocks of our own in the formats of others.

use super::asks;
use super::gather::{Gather, distinct};
use super::key::{self, Meaning};
use super::nearest::nearest;
use super::walk::{Frame, Ground};
use super::words::{elsewhere, is_tool, names_other_kind, says_at_most};
use crate::fact::value::read_all;
use crate::fact::vocabulary::{KNOWN, Known, Type, by_label};
use crate::report::{Finding, Severity};
use crate::text::Span;
use crate::text::yaml::{Entry, Value};

/// How many parts a key with dots may have.
const DOTS: usize = 12;
/// Domains with which the prefix of a label may start.
const TOP_DOMAINS: &str = "org com net io dev app eu de at ch fr es it nl pl uk us gov edu";
/// How many faults of one file are said.
const PROBLEMS: usize = 100;

impl Gather<'_, '_, '_> {
    /// A flat mapping of annotations or labels: `adrule/<fact>` is ours, other prefixes are somebody's.
    pub fn annotations(&mut self, mapping: Option<Value<'_, '_>>, problems: &mut Vec<Finding>) {
        for entry in mapping.into_iter().flat_map(distinct) {
            self.annotation(entry, problems);
        }
    }

    /// A list of `key`/`value` (or `name`/`value`) mappings.
    pub fn pairs(&mut self, list: Option<Value<'_, '_>>, key: &str, problems: &mut Vec<Finding>) {
        for item in list.into_iter().flat_map(Value::items) {
            if let (Some(key), Some(value)) = (item.get(key), item.get("value")) {
                self.annotation(Entry { key, value }, problems);
            }
        }
    }

    /// One annotation, label, property or extension.
    pub fn annotation(&mut self, entry: Entry<'_, '_>, problems: &mut Vec<Finding>) {
        let Some(text) = entry.key.text() else { return };
        let (prefix, bare) = text.rsplit_once('/').unwrap_or(("", text));
        if prefix.eq_ignore_ascii_case("adrule") {
            self.ours(bare, entry, problems);
        } else if bare.eq_ignore_ascii_case("adrule") || bare.eq_ignore_ascii_case("x-adrule") {
            self.block(entry.value, problems);
        } else if is_language(bare) {
            self.document.languages(entry.value, true, &mut self.service.languages);
        } else if !is_tool(prefix) && !self.dotted(bare, entry.value.filled(), self.span_of(entry)) {
            let words = key::words(bare.strip_prefix("x-").unwrap_or(bare));
            let frame = Frame::top(entry.value);
            if key::meaning(&words).is_some() || !elsewhere(&words) {
                let mut open = Vec::new();
                self.entry(entry, &frame, Ground::Theirs, &mut open);
                self.walk_all(open, Ground::Theirs);
            }
        }
    }

    /// A label in the form `key=value`.
    pub fn assignment(&mut self, label: Value<'_, '_>, problems: &mut Vec<Finding>) {
        let Some((key, value)) = label.filled().and_then(|text| text.split_once('=')) else { return };
        let Some(name) = key.trim().strip_prefix("adrule/") else {
            let (prefix, bare) = key.trim().rsplit_once('/').unwrap_or(("", key.trim()));
            if !is_tool(prefix) {
                self.dotted(bare, Some(value), label.span());
            }
            return;
        };
        let Some(known) = by_label(name) else {
            self.unknown(name, Entry { key: label, value: label }, problems);
            return;
        };
        self.worded(known, value, label);
    }

    /// A key with its owner before it, parted by dots: `org.example.memory-budget`, `org.example.slo.publish`. Says
    /// whether it states anything.
    fn dotted(&mut self, key: &str, value: Option<&str>, span: Span) -> bool {
        let Some(value) = value else { return false };
        let parts: Vec<&str> = key.split('.').take(DOTS).collect();
        // A domain the wrong way round is only a name, whatever its words: `org.example`.
        let domain = match parts[0].to_lowercase().as_str() {
            "example" | "internal" | "local" => 1,
            top if TOP_DOMAINS.split(' ').any(|known| known == top) => 2,
            _ => 0,
        };
        for at in 0..parts.len() {
            let before = parts.get(domain..at).map(|parts| key::words(&parts.join("."))).unwrap_or_default();
            let rest = key::words(&parts[at..].join("."));
            if elsewhere(&before) {
                return false;
            }
            if let Some(meaning) = key::meaning(&rest).filter(|meaning| meaning.strong || says_at_most(value)) {
                self.text(&meaning, value, span, None, false);
                return true;
            }
            // What is promised of one operation: the value says what it is.
            let promised = at > 0 && asks(&key::words(parts[at - 1])) && !elsewhere(&rest);
            if promised
                && !names_other_kind(&rest.join(" "))
                && let Some(meaning) = key::topic(value)
            {
                self.text(&meaning, value, span, None, false);
                return true;
            }
        }
        false
    }

    /// A fact whose value stands beside its name in one word: `key=value`, `key:value`.
    fn worded(&mut self, known: &'static Known, value: &str, label: Value<'_, '_>) {
        let read = read_all(known.value, value);
        let (value, because) = match read {
            Ok(mut all) if all.len() == 1 => (all.pop(), None),
            Ok(_) => (None, Some("several values in one label".to_owned().into())),
            Err(why) => (None, Some(why.into())),
        };
        let percentile = value.as_ref().and_then(|value| value.percentile);
        self.push(known, value.map(|value| value.value), percentile, because, label.span(), false);
    }

    /// One of our own keys, outside of our own format: `language`, `decision`, a fact.
    pub fn ours(&mut self, key: &str, entry: Entry<'_, '_>, problems: &mut Vec<Finding>) {
        let name = key.trim().to_lowercase().replace('_', "-");
        match name.as_str() {
            "language" | "languages" => self.document.languages(entry.value, false, &mut self.service.languages),
            "decision" | "decisions" => self.document.decisions(entry.value, &mut self.service.decisions),
            "kind" => self.service.kind = self.located(entry.value),
            "folder" | "path" => self.service.folder = entry.value.filled().map(|text| text.trim().to_owned()),
            _ => match by_label(&name) {
                Some(known) if known.value == Type::Names && entry.value.is_sequence() => {
                    self.names(known.id, Some(entry));
                }
                Some(known) if entry.value.is_mapping() => {
                    let frame = Frame { topic: key::words(known.id), ..Frame::top(entry.value) };
                    self.walk_all(vec![frame], Ground::Ours);
                }
                Some(known) => {
                    let meaning = key::meaning(&key::words(&name)).filter(|meaning| meaning.known.id == known.id);
                    let percentile = meaning.and_then(|meaning| meaning.percentile);
                    let meaning = Meaning { known, percentile, unit: None, strong: true };
                    self.value(&meaning, entry.value, self.span_of(entry), None, false);
                }
                None => self.unknown(key, entry, problems),
            },
        }
    }

    /// One key of a mapping that is ours, with what is nested in it.
    pub fn own_key(&mut self, entry: Entry<'_, '_>, ground: Ground) {
        let mut open = Vec::new();
        self.entry(entry, &Frame::top(entry.value), ground, &mut open);
        self.walk_all(open, ground);
    }

    fn unknown(&mut self, key: &str, entry: Entry<'_, '_>, problems: &mut Vec<Finding>) {
        if key::meaning(&key::words(key)).is_some() {
            let frame = Frame::top(entry.value);
            self.scalar(entry, &key::words(key), &frame, Ground::Ours);
            return;
        }
        if problems.len() >= PROBLEMS {
            return;
        }
        let names = KNOWN.iter().map(|known| known.id).chain(["language", "decision", "kind", "folder"]);
        let near = nearest(key, names);
        let help = match near {
            Some(near) => format!("Write `adrule/{near}`."),
            None => "`adrule facts --help` and docs/facts.md have every name.".to_owned(),
        };
        let subject = self.service.name.clone();
        let message = format!("`adrule/{}` is no fact that adrule knows", super::shape::shown(key));
        let place = self.document.place(entry.key.span());
        let mut finding = Finding::new("manifest-invalid", Severity::Warning, subject, message, place)
            .why("A reason under a name that nobody reads counts for nothing.")
            .help(help);
        if let Some(near) = near {
            finding = finding.label(format!("did you mean `adrule/{near}`?"));
        }
        problems.push(finding);
    }

    /// The block under an `adrule` key: our own names, nested or not.
    pub fn block(&mut self, block: Value<'_, '_>, problems: &mut Vec<Finding>) {
        for entry in distinct(block) {
            let Some(text) = entry.key.text() else { continue };
            if entry.value.is_mapping() && by_label(text).is_none() {
                let mut open = Vec::new();
                self.entry(entry, &Frame::top(block), Ground::Ours, &mut open);
                self.walk_all(open, Ground::Ours);
            } else {
                self.ours(text, entry, problems);
            }
        }
    }

    /// Tags such as `language:rust` and `failure-impact:high`, and what they state. A fact is named in full: `impact:high`
    /// and `tier:1` are said of other things.
    pub fn tags(&mut self, tags: Value<'_, '_>, with_languages: bool) {
        for tag in tags.items() {
            let Some((key, value)) = tag.filled().and_then(|text| text.split_once(':')) else { continue };
            if is_language(key) {
                if with_languages {
                    self.document.language(value, tag.span(), true, &mut self.service.languages);
                }
                continue;
            }
            let id = key.trim().to_lowercase().replace('_', "-");
            let figure = |known: &&Known| {
                known.id == id
                    && matches!(known.value, Type::Bytes | Type::Duration | Type::Impact | Type::Rate | Type::Count)
            };
            if let Some(known) = KNOWN.iter().find(figure) {
                self.worded(known, value, tag);
            }
        }
    }
}

/// Whether a key of annotations, labels or tags is about the language.
pub(super) fn is_language(key: &str) -> bool {
    matches!(
        key.trim().to_lowercase().as_str(),
        "language"
            | "languages"
            | "lang"
            | "sprache"
            | "langage"
            | "lenguaje"
            | "written in"
            | "written_in"
            | "implemented_in"
            | "implementation_language"
            | "implementation-language"
            | "programming-language"
            | "programming_language"
            | "primary-language"
    )
}
