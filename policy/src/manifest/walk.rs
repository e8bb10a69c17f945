//! Walking mappings without a closed shape for the facts that their keys state.

use super::gather::{Gather, distinct};
use super::items::{latency_percentile, sibling_percentile, sibling_unit};
use super::key::{self, Meaning};
use super::template::has_marker;
use super::words::{announce_prose, elsewhere, is_foreign, may_be_done, names_other_kind, sorts};
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
    pub fn limits(&self) -> bool {
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
        self.entry_as(entry, &words, frame, ground, open);
    }

    /// An entry whose key has these words, be it more or less than what is written.
    pub fn entry_as<'b, 't>(
        &mut self,
        entry: Entry<'b, 't>,
        words: &[String],
        frame: &Frame<'b, 't>,
        ground: Ground,
        open: &mut Vec<Frame<'b, 't>>,
    ) {
        let ours = ground == Ground::Ours && by_label(&words.join("-")).is_some();
        let elsewhere = !ours && elsewhere(words);
        if entry.value.is_mapping() {
            let elsewhere = elsewhere || ground == Ground::Theirs && is_foreign(entry.value);
            if frame.limits() && may_be_done(words) && !is_foreign(entry.value) {
                // What is of the grammar is read in its turn.
                let worded = words.iter().all(|word| key::is_word(word));
                if worded && self.objective(entry.value, words) || !worded && self.operation(entry.value, words) {
                    return;
                }
            }
            let inner = below(entry.value, words, frame);
            // `carrier: {name: Telco, latency_p95: 900 ms}`: a thing of its own.
            let another = ground == Ground::Theirs && !inner.allowing && self.names_another_thing(entry.value);
            if !elsewhere && !another {
                open.push(inner);
            }
            return;
        }
        if entry.value.is_sequence() {
            if !elsewhere || key::meaning(words).is_some() {
                self.list(entry, words, frame, ground, open);
            }
            return;
        }
        self.scalar(entry, words, frame, ground);
    }

    pub fn scalar(&mut self, entry: Entry<'_, '_>, words: &[String], frame: &Frame<'_, '_>, ground: Ground) {
        let Some(text) = entry.value.filled() else { return };
        let mut all = frame.topic.clone();
        all.extend_from_slice(words);
        if let Some(mut meaning) = key::meaning(&all)
            .or_else(|| meaning_among_targets(words, frame))
            .or_else(|| self.meaning_of_own(&all, frame))
        {
            meaning.strong |= ground == Ground::Ours;
            if (frame.allowing || meaning.strong) && !self.runtime_memory(entry) {
                meaning.unit = meaning.unit.or_else(|| sibling_unit(frame.value));
                let latency = || latency_percentile(frame.value).filter(|_| meaning.known.id == "latency-target");
                let percentile = sibling_percentile(frame.value).or_else(latency);
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
        } else if frame.limits() && may_be_done(words) && is_share(text) {
            // `acknowledgement: 99 % in 20 ms`, whatever is done.
            let meaning =
                find("latency-target").map(|known| Meaning { known, percentile: None, unit: None, strong: false });
            if let Some(meaning) = meaning {
                self.value(&meaning, entry.value, self.span_of(entry), None, frame.configured);
            }
        } else if frame.limits() && (announce_prose(words) && text.contains(' ') || is_worded(words, text))
            || frame.allowing && asks(words) && text.contains(' ')
            || frame.limits() && may_be_done(words) && key::topic(text).is_some_and(|meant| meant.percentile.is_some())
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
        let known: Vec<String> = rest.into_iter().filter(|word| key::states(word)).collect();
        key::meaning(&known).filter(|meaning| meaning.known.id == "latency-target" && meaning.percentile.is_some())
    }

    /// Whether a mapping has a name, and not this service's.
    fn names_another_thing(&self, mapping: Value<'_, '_>) -> bool {
        let name = mapping.get("name").and_then(Value::filled);
        name.is_some_and(|name| !name.trim().eq_ignore_ascii_case(&self.service.name))
    }

    /// The fact that a key names outright.
    pub fn named(&self, words: &[String], frame: &Frame<'_, '_>, ground: Ground) -> Option<&'static Known> {
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

/// What the surroundings say, one key further down.
pub(super) fn below<'b, 't>(value: Value<'b, 't>, words: &[String], frame: &Frame<'_, '_>) -> Frame<'b, 't> {
    let configured = frame.configured || words.iter().any(|word| word == "resources");
    // `decision` over what was decided sorts, as other words do that may be a topic elsewhere.
    let only_sorts = words.iter().all(|word| sorts(word) && !key::limits(word));
    let topical = !only_sorts && words.iter().all(|word| key::is_word(word));
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

/// What a key means beside limits without being one: a rating among `targets`, a number of instances too.
fn meaning_among_targets(words: &[String], frame: &Frame<'_, '_>) -> Option<Meaning> {
    let bare = |word: &String| key::limits(word) || sorts(word);
    let targets = |word: &String| matches!(word.as_str(), "target" | "targets" | "ziele" | "zielwerte" | "objectifs");
    if !frame.topic.iter().all(bare) {
        return None;
    }
    let count = frame.topic.iter().any(targets);
    key::meaning(words).filter(|meaning| match meaning.known.id {
        "failure-impact" => true,
        "instance-count" => count,
        _ => false,
    })
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

/// Whether a text is no more than a time and how often it is kept to: "99 % in 20 ms", "at most 70 ms at the 95th
/// percentile".
fn is_share(text: &str) -> bool {
    let share = text.starts_with(|first: char| first.is_ascii_digit()) && text.contains('%');
    let worded = text.contains("percentile") && key::topic(&format!("latency {text}")).is_some();
    (share || worded)
        && text.split_whitespace().count() <= 9
        && read(Type::Duration, text).is_ok_and(|read| read.percentile.is_some())
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
