//! Facts from the keys of a mapping that has no closed shape: an own block, annotations, somebody's extension.

use super::document::Document;
use super::key::{self, Meaning};
use super::nearest::nearest;
use super::template::has_marker;
use super::{Located, Service};
use crate::fact::value::{Unusable, read, read_all, read_keyed};
use crate::fact::vocabulary::{KNOWN, Known, Type, by_label, find};
use crate::fact::{Fact, Origin, Standing, Value as FactValue};
use crate::report::{Finding, Severity};
use crate::text::yaml::{self, Entry, Value};
use crate::text::{Place, Span};
use std::collections::HashSet;

/// Keys under which everything is about something else than what the service is asked to keep: what it calls, what
/// it replaces, what was rejected, what was measured, how it is configured.
const ELSEWHERE: &[&str] = &[
    "depends",
    "dependencies",
    "dependency",
    "dependants",
    "dependents",
    "uses",
    "consumes",
    "consumers",
    "consumer",
    "upstream",
    "upstreams",
    "downstream",
    "downstreams",
    "external",
    "vendor",
    "vendors",
    "provider",
    "providers",
    "third",
    "partner",
    "partners",
    "neighbours",
    "neighbors",
    "related",
    "others",
    "other",
    "peers",
    "replaces",
    "replaced",
    "replacing",
    "replacement",
    "predecessor",
    "predecessors",
    "successor",
    "previous",
    "previously",
    "old",
    "legacy",
    "former",
    "formerly",
    "supersedes",
    "superseded",
    "before",
    "migrated",
    "migration",
    "from",
    "retired",
    "alternatives",
    "alternative",
    "rejected",
    "discarded",
    "options",
    "option",
    "considered",
    "candidates",
    "not",
    "no",
    "non",
    "never",
    "without",
    "benchmark",
    "benchmarks",
    "bench",
    "measured",
    "measurement",
    "measurements",
    "observed",
    "observation",
    "observations",
    "actual",
    "actuals",
    "current",
    "currently",
    "baseline",
    "prototype",
    "pilot",
    "results",
    "result",
    "metrics",
    "history",
    "historical",
    "last",
    "past",
    "today",
    "recorded",
    "profile",
    "profiling",
    "test",
    "tests",
    "testing",
    "loadtest",
    "spike",
    "experiment",
    "experiments",
    "incident",
    "incidents",
    "docs",
    "doc",
    "documentation",
    "example",
    "examples",
    "sample",
    "samples",
    "template",
    "templates",
    "default",
    "defaults",
    "cache",
    "caches",
    "log",
    "logs",
    "logging",
    "storage",
    "disk",
    "volume",
    "volumes",
    "database",
    "databases",
    "db",
    "queue",
    "queues",
    "broker",
    "sidecar",
    "sidecars",
    "init",
    "client",
    "clients",
    "ci",
    "build",
    "builds",
    "env",
    "environment",
    "variables",
    "vars",
    "secrets",
    "args",
    "command",
    "ports",
    "requests",
    "probe",
    "probes",
    "healthcheck",
    "alert",
    "alerts",
    "alerting",
    "autoscaling",
    "draft",
    "proposal",
    "proposed",
    "wish",
    "wishes",
    "todo",
    "open",
    "question",
    "questions",
    "ideas",
    "changelog",
];

/// Keys that only sort what is below them.
const CONTAINERS: &[&str] = &[
    "requirements",
    "requires",
    "constraints",
    "limits",
    "targets",
    "budgets",
    "slos",
    "slo",
    "sla",
    "goals",
    "objectives",
    "nfr",
    "nfrs",
    "nonfunctional",
    "quality",
    "qualities",
    "attributes",
    "expectations",
    "guarantees",
    "promises",
    "performance",
    "runtime",
    "resources",
    "capacity",
    "sizing",
    "facts",
    "fact",
    "policy",
    "reason",
    "reasons",
    "justification",
    "adrule",
    "operational",
    "operations",
    "ops",
    "service",
    "spec",
    "metadata",
    "meta",
    "properties",
    "annotations",
    "labels",
    "custom",
    "data",
    "reliability",
    "risk",
    "decision",
    "language",
    "choice",
    "endpoints",
    "apis",
    "api",
    "interface",
    "deployment",
    "deploy",
    "scale",
    "scaling",
    "footprint",
    "criteria",
    "system",
    "technical",
    "tech",
    "information",
    "info",
    "passport",
    "about",
    "contract",
    "envelope",
    "key",
    "figures",
    "numbers",
    "and",
    "the",
    "why",
];

/// Keys of free text.
const PROSE: &[&str] = &[
    "description",
    "summary",
    "purpose",
    "rationale",
    "why",
    "reason",
    "reasons",
    "justification",
    "note",
    "notes",
    "overview",
    "about",
    "context",
    "comment",
    "comments",
    "remarks",
    "remark",
    "decision",
];

/// Keys of a list item that name its topic, and keys that hold its value.
const TOPIC_KEYS: &[&str] =
    &["kind", "type", "metric", "resource", "attribute", "fact", "key", "name", "what", "indicator", "quality", "id"];
const VALUE_KEYS: &[&str] = &[
    "max",
    "maximum",
    "limit",
    "target",
    "budget",
    "at_most",
    "at-most",
    "value",
    "upper",
    "ceiling",
    "below",
    "under",
    "threshold",
    "expected",
    "rating",
    "objective",
    "goal",
];
const PERCENTILE_KEYS: &[&str] = &["percentile", "quantile", "percentiles", "pct"];

/// Prefixes of annotations that belong to tools.
const TOOLS: &[&str] = &[
    "kubernetes.io",
    "k8s.io",
    "knative.dev",
    "istio.io",
    "linkerd.io",
    "dapr.io",
    "prometheus.io",
    "helm.sh",
    "backstage.io",
    "googleapis.com",
    "datadoghq.com",
    "pagerduty.com",
    "openshift.io",
    "amazonaws.com",
    "traefik.io",
];

/// How many mappings one block may have before reading it stops.
const FRAMES: usize = 2_000;
/// How many keys one block may have before reading it stops.
const ENTRIES: usize = 20_000;
/// How many words a topic may have; the grammar of keys has no use for more.
const TOPIC: usize = 12;
/// How many facts, and how many free texts, are kept of one service.
const FACTS: usize = 400;
/// How many faults of one file are said.
const PROBLEMS: usize = 100;

/// Whose keys they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// Ours: every fact by its name or a label; what has no usable value is said.
    Ours,
    /// Somebody's: only keys that can mean nothing else.
    Theirs,
}

/// A mapping to read, with what its surroundings say.
struct Frame<'b, 't> {
    value: Value<'b, 't>,
    /// Words of the keys around it that belong to a fact's name.
    topic: Vec<String>,
    /// Whether `memory: 180 MB` may stand here without saying "limit".
    allowing: bool,
    /// Whether it is a container's configuration.
    configured: bool,
}

impl<'b, 't> Frame<'b, 't> {
    fn top(value: Value<'b, 't>) -> Self {
        Self { value, topic: Vec::new(), allowing: true, configured: false }
    }
}

/// Collects what a document states into its service.
pub(super) struct Gather<'d, 'a, 's> {
    document: &'d Document<'a, 's>,
    /// The service so far.
    pub service: Service,
    /// For values inside a text with escapes: the text's own place stands for theirs.
    fixed: Option<Span>,
    embedded: bool,
}

impl<'d, 'a, 's> Gather<'d, 'a, 's> {
    pub fn new(document: &'d Document<'a, 's>, service: Service) -> Self {
        Self { document, service, fixed: None, embedded: false }
    }

    /// Reads all facts of a mapping and what is nested in it.
    pub fn walk(&mut self, value: Value<'_, '_>, ground: Ground) {
        self.walk_all(vec![Frame::top(value)], ground);
    }

    fn walk_all<'b, 't>(&mut self, mut open: Vec<Frame<'b, 't>>, ground: Ground) {
        let mut left = ENTRIES;
        for _ in 0..FRAMES {
            let Some(frame) = open.pop() else { break };
            let first_below = open.len();
            for entry in distinct(frame.value) {
                // Aliases may lead round in circles: what is read is counted, not what is there.
                let Some(rest) = usize::checked_sub(left, 1) else { return };
                left = rest;
                self.entry(entry, &frame, ground, &mut open);
            }
            open[first_below..].reverse();
        }
    }

    fn entry<'b, 't>(
        &mut self,
        entry: Entry<'b, 't>,
        frame: &Frame<'b, 't>,
        ground: Ground,
        open: &mut Vec<Frame<'b, 't>>,
    ) {
        let Some(text) = entry.key.text() else { return };
        if text == "<<" {
            // What is merged in stands where it is merged in.
            let merged = entry.value.one_or_many().filter(|value| value.is_mapping());
            open.extend(merged.map(|value| Frame { value, topic: frame.topic.clone(), ..*frame }));
            return;
        }
        let bare = text.rsplit('/').next().unwrap_or_default();
        let words = key::words(bare.strip_prefix("x-").unwrap_or(bare));
        let ours = ground == Ground::Ours && by_label(&words.join("-")).is_some();
        let elsewhere = !ours && words.iter().any(|word| ELSEWHERE.contains(&word.as_str()));
        if entry.value.is_mapping() {
            if !elsewhere {
                open.push(below(entry.value, &words, frame));
            }
            return;
        }
        if entry.value.is_sequence() {
            if !elsewhere || key::meaning(&words).is_some() {
                self.list(entry, &words, frame, ground, open);
            }
            return;
        }
        self.scalar(entry, &words, frame, ground);
    }

    fn list<'b, 't>(
        &mut self,
        entry: Entry<'b, 't>,
        words: &[String],
        frame: &Frame<'b, 't>,
        ground: Ground,
        open: &mut Vec<Frame<'b, 't>>,
    ) {
        if let Some(known) = self.named(words, frame, ground)
            && known.value == Type::Names
        {
            let names: Vec<String> =
                entry.value.items().filter_map(Value::filled).map(|name| name.trim().to_owned()).collect();
            if !names.is_empty() {
                self.push(known, Some(FactValue::Names(names)), None, None, self.span_of(entry), false);
            }
            return;
        }
        let inner = below(entry.value, words, frame);
        for item in entry.value.items() {
            if item.is_mapping() {
                if !self.pair(item, &inner) && !names_another(item) {
                    open.push(Frame { value: item, topic: inner.topic.clone(), ..inner });
                }
            } else if let Some(text) = item.filled() {
                self.phrase(item, text, &inner);
            }
        }
    }

    /// `{kind: memory, max: 64 MB}`; says whether the item is such a pair, read or not.
    fn pair(&mut self, item: Value<'_, '_>, frame: &Frame<'_, '_>) -> bool {
        let of = |entry: &Entry<'_, '_>, keys: &[&str]| {
            entry.key.text().is_some_and(|key| keys.contains(&key.to_lowercase().as_str()))
        };
        let Some(value) = item.entries().find(|entry| of(entry, VALUE_KEYS)) else { return false };
        let wanted = value.key.text().map(key::words).unwrap_or_default();
        let mut is_pair = false;
        for topic in item.entries().filter(|entry| of(entry, TOPIC_KEYS)).take(TOPIC) {
            is_pair = true;
            let mut words = frame.topic.clone();
            words.extend(topic.value.filled().map(key::words).unwrap_or_default());
            words.extend_from_slice(&wanted);
            if let Some(meaning) = key::meaning(&words) {
                if frame.allowing || meaning.strong {
                    self.value(&meaning, value.value, item.span(), sibling_percentile(item), frame.configured);
                }
                return true;
            }
        }
        is_pair
    }

    /// A text in a list: `memory: max 64 MB`, `p99 below 20 ms`. Only under a key that says what the list is for.
    fn phrase(&mut self, item: Value<'_, '_>, text: &str, frame: &Frame<'_, '_>) {
        let limiting = frame.topic.iter().any(|word| key::limits(word));
        if !frame.allowing || !limiting {
            return;
        }
        let meaning = match text.split_once(": ") {
            Some((label, _)) => key::meaning(&key::words(label)),
            None => key::topic(text),
        };
        let states = text.split_once(": ").map_or(text, |(_, value)| value);
        if let Some(meaning) = meaning
            && let Ok(value) = read(meaning.known.value, states)
        {
            let percentile = value.percentile.or(meaning.percentile);
            self.push(meaning.known, Some(value.value), percentile, None, self.fixed.unwrap_or(item.span()), false);
        } else {
            self.prose(item);
        }
    }

    fn scalar(&mut self, entry: Entry<'_, '_>, words: &[String], frame: &Frame<'_, '_>, ground: Ground) {
        let Some(text) = entry.value.filled() else { return };
        let mut all = frame.topic.clone();
        all.extend_from_slice(words);
        if let Some(mut meaning) = key::meaning(&all) {
            meaning.strong |= ground == Ground::Ours;
            if frame.allowing || meaning.strong {
                let percentile = sibling_percentile(frame.value);
                let span = self.span_of(entry);
                self.value(&meaning, entry.value, span, percentile, frame.configured);
            }
            return;
        }
        if let Some(known) = self.named(words, frame, ground) {
            let meaning = Meaning { known, percentile: None, unit: None, strong: ground == Ground::Ours };
            self.value(&meaning, entry.value, self.span_of(entry), None, frame.configured);
        } else if words.iter().any(|word| PROSE.contains(&word.as_str())) && text.contains(' ') {
            self.prose(entry.value);
        } else if frame.allowing && (text.starts_with('{') || is_block(text)) {
            self.embedded(entry.value, text, words, ground);
        }
    }

    /// The fact that a key names outright.
    fn named(&self, words: &[String], frame: &Frame<'_, '_>, ground: Ground) -> Option<&'static Known> {
        if !frame.allowing {
            return None;
        }
        let id = words.join("-");
        match ground {
            Ground::Ours => by_label(&id),
            Ground::Theirs => {
                let plain = matches!(id.as_str(), "owner" | "reviewers" | "lifecycle" | "bottleneck" | "maintainer");
                find(&id).filter(|_| plain || id.contains('-'))
            }
        }
    }

    /// JSON or YAML in a text, as people put it into annotations.
    fn embedded(&mut self, value: Value<'_, '_>, text: &str, words: &[String], ground: Ground) {
        let sorts = words.iter().all(|word| CONTAINERS.contains(&word.as_str()) || key::limits(word));
        // One level only: JSON inside JSON is nobody's statement.
        if self.embedded || !sorts || has_marker(text) {
            return;
        }
        let raw = value.span().of(self.document.text);
        let inside = raw.get(1..).is_some_and(|inner| inner.starts_with(text));
        let base = value.span().start + usize::from(inside);
        let stream = yaml::parse_with(text, base, &yaml::Limits::default());
        if let (None, Some(root)) = (stream.problem(), stream.first()) {
            self.fixed = (!inside && !raw.starts_with(text)).then_some(value.span());
            self.embedded = true;
            self.walk(root, ground);
            self.embedded = false;
            self.fixed = None;
        }
    }

    /// Reads one value and keeps it as a fact; what has none is kept as unclear where the key leaves no doubt.
    pub fn value(&mut self, meaning: &Meaning, value: Value<'_, '_>, span: Span, sibling: Option<f64>, evidence: bool) {
        let Some(text) = value.filled() else { return };
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
                self.push(meaning.known, None, meaning.percentile, Some(why.to_string()), span, evidence);
            }
            Err(_) => {}
        }
    }

    /// Keeps a fact.
    pub fn push(
        &mut self,
        known: &Known,
        value: Option<FactValue>,
        percentile: Option<f64>,
        because: Option<String>,
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
        if self.service.prose.len() < FACTS {
            self.service.prose.extend(self.located(value));
        }
    }

    fn located(&self, value: Value<'_, '_>) -> Option<Located> {
        let located = self.document.located(value)?;
        Some(Located { span: self.fixed.unwrap_or(located.span), ..located })
    }

    /// A place in the file.
    pub fn place(&self, span: Span) -> Place {
        self.document.place(span)
    }

    /// One key of a mapping that is ours, with what is nested in it.
    pub fn own_key(&mut self, entry: Entry<'_, '_>, ground: Ground) {
        let mut open = Vec::new();
        self.entry(entry, &Frame::top(entry.value), ground, &mut open);
        self.walk_all(open, ground);
    }

    /// A label in the form `key=value`.
    pub fn assignment(&mut self, label: Value<'_, '_>, problems: &mut Vec<Finding>) {
        let Some((key, value)) = label.filled().and_then(|text| text.split_once('=')) else { return };
        let Some(name) = key.trim().strip_prefix("adrule/") else { return };
        let Some(known) = by_label(name) else {
            self.unknown(name, Entry { key: label, value: label }, problems);
            return;
        };
        let read = read_all(known.value, value);
        let (value, because) = match read {
            Ok(mut all) if all.len() == 1 => (all.pop(), None),
            Ok(_) => (None, Some("several values in one label".to_owned())),
            Err(why) => (None, Some(why.to_string())),
        };
        let percentile = value.as_ref().and_then(|value| value.percentile);
        self.push(known, value.map(|value| value.value), percentile, because, label.span(), false);
    }

    /// Key and value.
    fn span_of(&self, entry: Entry<'_, '_>) -> Span {
        self.fixed.unwrap_or_else(|| entry.key.span().to(entry.value.span()))
    }

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
        } else if !TOOLS.iter().any(|tool| prefix.ends_with(tool)) {
            let words = key::words(bare.strip_prefix("x-").unwrap_or(bare));
            let frame = Frame::top(entry.value);
            if key::meaning(&words).is_some() || !words.iter().any(|word| ELSEWHERE.contains(&word.as_str())) {
                let mut open = Vec::new();
                self.entry(entry, &frame, Ground::Theirs, &mut open);
                self.walk_all(open, Ground::Theirs);
            }
        }
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

    /// Tags such as `language:rust`, and what they state.
    pub fn tags(&mut self, tags: Value<'_, '_>) {
        for tag in tags.items() {
            if let Some((key, value)) = tag.filled().and_then(|text| text.split_once(':'))
                && is_language(key)
            {
                self.document.language(value, tag.span(), true, &mut self.service.languages);
            }
        }
    }
}

/// Whether a key of annotations, labels or tags is about the language.
pub(super) fn is_language(key: &str) -> bool {
    matches!(
        key.trim().to_lowercase().as_str(),
        "language" | "languages" | "lang" | "programming-language" | "programming_language" | "primary-language"
    )
}

/// The entries of a mapping, of two with the same key the first: the one that [`Value::get`] gives.
pub(super) fn distinct<'b, 't>(mapping: Value<'b, 't>) -> impl Iterator<Item = Entry<'b, 't>> {
    let mut seen = HashSet::new();
    mapping.entries().filter(move |entry| entry.key.text().is_none_or(|key| seen.insert(key)))
}

/// What the surroundings say, one key further down.
fn below<'b, 't>(value: Value<'b, 't>, words: &[String], frame: &Frame<'_, '_>) -> Frame<'b, 't> {
    let configured = frame.configured || words.iter().any(|word| word == "resources");
    let topical = !words.is_empty() && words.iter().all(|word| key::is_word(word));
    if topical && frame.topic.len() + words.len() <= TOPIC {
        let mut topic = frame.topic.clone();
        topic.extend_from_slice(words);
        return Frame { value, topic, allowing: frame.allowing, configured };
    }
    let sorts = words.iter().all(|word| CONTAINERS.contains(&word.as_str()) || key::is_word(word));
    // `constraints: [...]` sorts and limits at once.
    let topic = words.iter().filter(|word| sorts && key::limits(word)).cloned().collect();
    Frame { value, topic, allowing: frame.allowing && sorts, configured }
}

/// Whether a text has several lines, each with a key and a value.
fn is_block(text: &str) -> bool {
    text.trim().contains('\n') && text.lines().all(|line| line.trim().is_empty() || line.contains(": "))
}

/// Whether a list item is about a thing of its own: it has a name, or was rejected.
fn names_another(item: Value<'_, '_>) -> bool {
    let says = |key: &str| item.get(key).and_then(Value::filled);
    let gone =
        says("status").is_some_and(|status| matches!(status, "rejected" | "replaced" | "discarded" | "declined"));
    gone || ["name", "service", "id", "component", "system", "language"].iter().any(|key| says(key).is_some())
}

/// The percentile that stands beside a value.
fn sibling_percentile(mapping: Value<'_, '_>) -> Option<f64> {
    PERCENTILE_KEYS.iter().find_map(|key| key::percentile(mapping.get(key)?.filled()?))
}

/// The words as they stand, one line's worth.
fn quote(text: &str) -> String {
    const LONGEST: usize = 160;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
