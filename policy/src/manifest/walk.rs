//! Walking mappings without a closed shape for the facts that their keys state.

use super::gather::{Gather, distinct};
use super::key::{self, Meaning};
use super::template::has_marker;
use super::words::{PERCENTILE_KEYS, announce_prose, elsewhere, holds_value, names_other_kind, names_topic, sorts};
use crate::fact::Value as FactValue;
use crate::fact::value::{percentile, read};
use crate::fact::vocabulary::{Known, Type, by_label, find};
use crate::text::yaml::{self, Entry, Value};

/// How many mappings one block may have before reading it stops.
const FRAMES: usize = 2_000;
/// How many keys one block may have before reading it stops.
const ENTRIES: usize = 20_000;
/// How many words a topic may have; the grammar of keys has no use for more.
const TOPIC: usize = 12;

/// Whose keys they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// Ours: every fact by its name or a label; what has no usable value is said.
    Ours,
    /// Somebody's: only keys that can mean nothing else.
    Theirs,
}

/// A mapping to read, with what its surroundings say.
pub(super) struct Frame<'b, 't> {
    pub value: Value<'b, 't>,
    /// Words of the keys around it that belong to a fact's name.
    pub topic: Vec<String>,
    /// Whether `memory: 180 MB` may stand here without saying "limit".
    pub allowing: bool,
    /// Whether it is a container's configuration.
    pub configured: bool,
}

impl<'b, 't> Frame<'b, 't> {
    pub fn top(value: Value<'b, 't>) -> Self {
        Self { value, topic: Vec::new(), allowing: true, configured: false }
    }

    /// Whether a key around it says that limits stand here.
    fn limits(&self) -> bool {
        self.allowing && self.topic.iter().any(|word| key::limits(word))
    }
}

impl Gather<'_, '_, '_> {
    /// Reads all facts of a mapping and what is nested in it.
    pub fn walk(&mut self, value: Value<'_, '_>, ground: Ground) {
        self.walk_all(vec![Frame::top(value)], ground);
    }

    pub fn walk_all<'b, 't>(&mut self, mut open: Vec<Frame<'b, 't>>, ground: Ground) {
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

    pub fn entry<'b, 't>(
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
        let elsewhere = !ours && elsewhere(&words);
        if entry.value.is_mapping() {
            if !elsewhere && frame.limits() && self.objective(entry.value, &words) {
                return;
            }
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
                if states_pair(item, &inner) && self.pair(item, &inner) || self.requirement(item, &inner) {
                    continue;
                }
                if !self.pair(item, &inner) && !names_another(item) {
                    open.push(Frame { value: item, topic: inner.topic.clone(), ..inner });
                }
            } else if let Some(text) = item.filled() {
                self.phrase(item, text, &inner);
            }
        }
    }

    /// `{id: R1, text: "A request shall be answered within 2 s."}` in a list of what is asked.
    fn requirement(&mut self, item: Value<'_, '_>, frame: &Frame<'_, '_>) -> bool {
        const TEXT: &[&str] = &["text", "requirement", "statement", "description", "rule", "wording", "says"];
        if !frame.limits() || item.get("name").is_some() {
            return false;
        }
        let text = TEXT
            .iter()
            .filter_map(|key| item.get(key))
            .find(|text| text.filled().is_some_and(|text| text.contains(' ')));
        text.map(|text| self.prose(text)).is_some()
    }

    /// `stop_command: {percentile: 95, threshold_ms: 40}` where limits stand: a percentile beside a time, whatever its name.
    fn objective(&mut self, value: Value<'_, '_>, words: &[String]) -> bool {
        let (Some(percentile), false) = (sibling_percentile(value), names_other_kind(&words.join(" "))) else {
            return false;
        };
        let Some(entry) = value.entries().find(|entry| entry.key.text().is_some_and(holds_value)) else { return false };
        let mut meant = vec!["latency".to_owned()];
        meant.extend(entry.key.text().map(wanted).unwrap_or_default());
        let Some(meaning) = key::meaning(&meant) else { return false };
        let unit = meaning.unit.or_else(|| sibling_unit(value));
        self.value(&Meaning { unit, ..meaning }, entry.value, self.span_of(entry), Some(percentile), false);
        true
    }

    /// `{kind: memory, max: 64 MB}`; says whether the item is such a pair, read or not.
    fn pair(&mut self, item: Value<'_, '_>, frame: &Frame<'_, '_>) -> bool {
        let Some(value) = item.entries().find(|entry| entry.key.text().is_some_and(holds_value)) else { return false };
        let wanted = value.key.text().map(wanted).unwrap_or_default();
        let limited = wanted.iter().any(|word| key::limits(word));
        let mut is_pair = false;
        for topic in item.entries().filter(|entry| entry.key.text().is_some_and(names_topic)).take(TOPIC) {
            is_pair = true;
            let mut words = frame.topic.clone();
            words.extend(topic.value.filled().map(key::words).unwrap_or_default());
            words.extend_from_slice(&wanted);
            let named = || topic.value.filled().and_then(key::topic);
            if let Some(meaning) = key::meaning(&words).or_else(named) {
                if frame.allowing || meaning.strong {
                    let meaning = Meaning { unit: meaning.unit.or_else(|| sibling_unit(item)), ..meaning };
                    self.value(&meaning, value.value, item.span(), sibling_percentile(item), frame.configured);
                }
                return true;
            }
        }
        // `{name: signing, objective: 99.5 % of signatures in less than 450 ms}`: the value says what it is about.
        let about_other = item.entries().any(|entry| {
            entry.key.text().is_some_and(names_topic) && entry.value.filled().is_some_and(names_other_kind)
        });
        if let Some(text) = value.value.filled().filter(|_| is_pair && !about_other && (frame.limits() || limited)) {
            self.asked(value.value, text, value.key.text().unwrap_or_default());
        }
        is_pair
    }

    /// A text where limits are written: "p99 < 20 ms a tick", "memory 80 MB; p99 45 ms". What no word names is left to
    /// the reader of prose, with the key as its heading, where it speaks of time and how often.
    fn asked(&mut self, value: Value<'_, '_>, text: &str, heading: &str) {
        let span = self.fixed.unwrap_or(value.span());
        let before = self.service.facts.len();
        for part in text.split([';', '\n']).filter(|part| part.contains(' ')) {
            let (meaning, states) = match part.split_once(": ") {
                Some((label, states)) => (key::meaning(&key::words(label)), states),
                None => (key::topic(part), part),
            };
            if let Some(meaning) = meaning
                && let Ok(value) = read(meaning.known.value, states)
            {
                self.push(meaning.known, Some(value.value), value.percentile.or(meaning.percentile), None, span, false);
            }
        }
        if self.service.facts.len() == before {
            self.headed_prose(value, heading);
        }
    }

    /// A text in a list: `memory: max 64 MB`, `p99 below 20 ms`. Only under a key that says what the list is for.
    fn phrase(&mut self, item: Value<'_, '_>, text: &str, frame: &Frame<'_, '_>) {
        if !frame.limits() {
            return;
        }
        self.asked(item, text, "");
    }

    pub fn scalar(&mut self, entry: Entry<'_, '_>, words: &[String], frame: &Frame<'_, '_>, ground: Ground) {
        let Some(text) = entry.value.filled() else { return };
        let mut all = frame.topic.clone();
        all.extend_from_slice(words);
        if let Some(mut meaning) = key::meaning(&all).or_else(|| self.meaning_of_own(&all, frame)) {
            meaning.strong |= ground == Ground::Ours;
            if frame.allowing || meaning.strong {
                meaning.unit = meaning.unit.or_else(|| sibling_unit(frame.value));
                let percentile = sibling_percentile(frame.value);
                let span = self.span_of(entry);
                self.value(&meaning, entry.value, span, percentile, frame.configured);
            }
            return;
        }
        if let Some(known) = self.named(words, frame, ground) {
            let meaning = Meaning { known, percentile: None, unit: None, strong: ground == Ground::Ours };
            self.value(&meaning, entry.value, self.span_of(entry), None, frame.configured);
        } else if frame.allowing && (text.starts_with('{') || is_block(text)) {
            self.embedded(entry.value, text, words, ground);
        } else if frame.limits() && (announce_prose(words) && text.contains(' ') || is_worded(words, text))
            || frame.allowing && asks(words) && text.contains(' ')
        {
            let heading = if asks(words) { words.join(" ") } else { frame.topic.join(" ") };
            self.asked(entry.value, text, &heading);
        } else if announce_prose(words) && text.contains(' ') || frame.limits() && is_served(text) {
            self.prose(entry.value);
        }
    }

    /// What a key means where limits stand, with the service's name in it ("siren process memory") or the name of what is
    /// done beside a percentile (`sound_p99`).
    fn meaning_of_own(&self, words: &[String], frame: &Frame<'_, '_>) -> Option<Meaning> {
        if !frame.limits() || names_other_kind(&words.join(" ")) {
            return None;
        }
        let own = key::words(&self.service.name);
        let rest: Vec<String> = words.iter().filter(|word| !own.contains(word)).cloned().collect();
        if rest.len() < words.len()
            && let Some(meaning) = key::meaning(&rest)
        {
            return Some(meaning);
        }
        if elsewhere(&rest) {
            return None;
        }
        // A percentile among words of which no other one is of the grammar.
        let known: Vec<String> = rest.into_iter().filter(|word| key::is_word(word)).collect();
        key::meaning(&known).filter(|meaning| meaning.known.id == "latency-target" && meaning.percentile.is_some())
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
        let sorts = words.iter().all(|word| sorts(word) || key::limits(word));
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
}

/// The words of a key that holds an item's value. `threshold_ms` says that it is a limit, and its unit.
fn wanted(key: &str) -> Vec<String> {
    let mut words = key::words(key);
    if let Some(first) = words.first_mut().filter(|first| *first == "threshold") {
        "limit".clone_into(first);
    }
    words
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
    let sorts = words.iter().all(|word| sorts(word) || key::is_word(word));
    // `constraints: [...]` sorts and limits at once.
    let topic = words.iter().filter(|word| sorts && key::limits(word)).cloned().collect();
    Frame { value, topic, allowing: frame.allowing && sorts, configured }
}

/// Whether a key only says that what it holds is asked: `target`, `slo`, `objective`.
fn asks(words: &[String]) -> bool {
    words.iter().any(|word| key::limits(word)) && words.iter().all(|word| sorts(word) || key::limits(word))
}

/// Whether a text under a number (`R1: a lorry is answered in 65 ms at p95`) is a requirement in words.
fn is_worded(words: &[String], text: &str) -> bool {
    let numbered = words.iter().any(|word| word.ends_with(|last: char| last.is_ascii_digit()));
    numbered && words.len() <= 2 && text.split(' ').nth(2).is_some()
}

/// Whether an item of a list names a fact beside its value.
fn states_pair(item: Value<'_, '_>, frame: &Frame<'_, '_>) -> bool {
    frame.limits()
        && item.entries().any(|entry| entry.key.text().is_some_and(holds_value))
        && item.entries().filter(|entry| entry.key.text().is_some_and(names_topic)).any(|entry| {
            let words = entry.value.filled().map(key::words).unwrap_or_default();
            let meant = frame.topic.iter().cloned().chain(words).collect::<Vec<_>>();
            key::meaning(&meant).is_some()
        })
}

/// Whether a text says how something is served: "95 of 100 requests get their answer within 75 ms".
fn is_served(text: &str) -> bool {
    let words = || text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words().nth(4).is_some() && words().any(|word| percentile::is_served(&word.to_lowercase()))
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

/// The unit that stands beside a value: `{value: 128, unit: MB}`.
fn sibling_unit(mapping: Value<'_, '_>) -> Option<&'static str> {
    ["unit", "units"].iter().find_map(|key| key::unit(mapping.get(key)?.filled()?))
}

/// The percentile that stands beside a value.
fn sibling_percentile(mapping: Value<'_, '_>) -> Option<f64> {
    PERCENTILE_KEYS.iter().find_map(|key| key::percentile(mapping.get(key)?.filled()?))
}
