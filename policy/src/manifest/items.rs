//! Lists and pairs in mappings without a closed shape: what is asked, item by item.

use super::gather::Gather;
use super::key::{self, Meaning};
use super::walk::{Frame, Ground, below};
use super::words::{PERCENTILE_KEYS, holds_value, is_foreign, may_be_done, names_other_kind, names_topic};
use crate::fact::Value as FactValue;
use crate::fact::value::read;
use crate::fact::vocabulary::Type;
use crate::text::yaml::{Entry, Value};

/// How many keys of an item may name its topic.
const TOPICS: usize = 12;
/// How many keys of a mapping are looked at for what stands beside a value.
const KEYS: usize = 30;

impl Gather<'_, '_, '_> {
    pub fn list<'b, 't>(
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
                if self.pair(item, &inner) {
                    continue;
                }
                if names_another(item) {
                    self.named_operation(item, &inner);
                } else {
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
    pub fn objective(&mut self, value: Value<'_, '_>, words: &[String]) -> bool {
        if names_other_kind(&words.join(" ")) {
            return false;
        }
        let Some((percentile, entry)) = percentile_and_limit(value).or_else(|| share_and_limit(value)) else {
            return false;
        };
        let mut meant = vec!["latency".to_owned()];
        meant.extend(entry.key.text().map(wanted).unwrap_or_default());
        let Some(meaning) = key::meaning(&meant) else { return false };
        let unit = meaning.unit.or_else(|| sibling_unit(value));
        self.value(&Meaning { unit, ..meaning }, entry.value, self.span_of(entry), Some(percentile), false);
        true
    }

    /// What is asked of something that the service does: `bulk_check: {p99: 2 s}`. Says whether that is all of it.
    pub fn operation(&mut self, value: Value<'_, '_>, words: &[String]) -> bool {
        if self.objective(value, words) {
            return true;
        }
        // A start has percentiles too.
        if key::meaning(words).is_some_and(|meaning| meaning.known.id != "latency-target") {
            return false;
        }
        let mut rest = 0;
        for entry in value.entries().take(KEYS) {
            let words = entry.key.text().map(key::words).unwrap_or_default();
            match key::meaning(&words).filter(|meaning| meaning.percentile.is_some()) {
                Some(meaning) => {
                    let unit = meaning.unit.or_else(|| sibling_unit(value));
                    self.value(&Meaning { unit, ..meaning }, entry.value, self.span_of(entry), None, false);
                }
                None => rest += 1,
            }
        }
        rest == 0 && value.entries().nth(KEYS).is_none()
    }

    /// The same in a list, with the name in the item: `{name: lookup, p99: 35 ms}`.
    fn named_operation(&mut self, item: Value<'_, '_>, frame: &Frame<'_, '_>) {
        let name: Vec<String> = item
            .entries()
            .filter(|entry| entry.key.text().is_some_and(names_topic))
            .filter_map(|entry| entry.value.filled())
            .flat_map(key::words)
            .collect();
        if !frame.limits() || !may_be_done(&name) || is_gone(item) || is_foreign(item) {
            return;
        }
        self.operation(item, &name);
        for entry in item.entries().filter(|entry| entry.value.is_mapping()) {
            let words = entry.key.text().map(key::words).unwrap_or_default();
            if key::meaning(&words).is_some_and(|meaning| meaning.known.id == "latency-target") {
                self.objective(entry.value, &words);
            }
        }
    }

    /// `{kind: memory, max: 64 MB}`; says whether the item is such a pair, read or not.
    fn pair(&mut self, item: Value<'_, '_>, frame: &Frame<'_, '_>) -> bool {
        let Some(value) = item.entries().find(|entry| entry.key.text().is_some_and(holds_value)) else { return false };
        let wanted = value.key.text().map(wanted).unwrap_or_default();
        let limited = wanted.iter().any(|word| key::limits(word));
        let about_other = item.entries().any(|entry| {
            entry.key.text().is_some_and(names_topic) && entry.value.filled().is_some_and(names_other_kind)
        });
        if frame.limits() && !about_other && share_and_limit(item).is_some() && self.objective(item, &[]) {
            return true;
        }
        let mut is_pair = false;
        for topic in item.entries().filter(|entry| entry.key.text().is_some_and(names_topic)).take(TOPICS) {
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
        let asked = is_pair && !about_other && (frame.limits() || limited) && !is_foreign(item);
        // `{operation: check, percentile: 99, max_ms: 90}`: a percentile beside a time.
        if asked && self.objective(item, &[]) {
            return true;
        }
        if let Some(text) = value.value.filled().filter(|_| asked) {
            self.asked(value.value, text, value.key.text().unwrap_or_default());
        }
        is_pair
    }

    /// A text where limits are written: "p99 < 20 ms a tick", "memory 80 MB; p99 45 ms". What no word names is left to
    /// the reader of prose, with the key as its heading, where it speaks of time and how often.
    pub fn asked(&mut self, value: Value<'_, '_>, text: &str, heading: &str) {
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
}

/// `{percentile: 99, max: 5 ms}`, `{percentile: 99, ms: 5}`.
fn percentile_and_limit<'b, 't>(value: Value<'b, 't>) -> Option<(f64, Entry<'b, 't>)> {
    let limit = value
        .entries()
        .take(KEYS)
        .find(|entry| entry.key.text().is_some_and(|key| holds_value(key) || key::unit(key).is_some()))?;
    Some((sibling_percentile(value)?, limit))
}

/// `{objective: 0.999, threshold: 5 ms}`: how many are to keep to the time beside it.
fn share_and_limit<'b, 't>(value: Value<'b, 't>) -> Option<(f64, Entry<'b, 't>)> {
    const SHARES: &[&str] = &["objective", "target", "goal", "ratio", "share", "percent"];
    const LIMITS: &[&str] = &["threshold", "limit", "max", "below", "under", "within"];
    let share = SHARES.iter().find_map(|key| {
        let text = value.get(key)?.filled()?.trim();
        key::percentile(text.trim_end_matches(['%', ' ']))
            .filter(|share| *share >= 50.0 && !text.starts_with(['p', 'P']))
    })?;
    // `indicator: {metric: …, threshold: 25 ms}`.
    let inner = ["indicator", "sli"].iter().filter_map(|key| value.get(key)).flat_map(Value::entries);
    let limit = value.entries().chain(inner).take(KEYS).find(|entry| {
        let words = entry.key.text().map(key::words).unwrap_or_default();
        words.first().is_some_and(|word| LIMITS.contains(&word.as_str())) && words.len() <= 2
    })?;
    Some((share, limit))
}

/// The words of a key that holds an item's value. `threshold_ms` says that it is a limit, and its unit.
fn wanted(key: &str) -> Vec<String> {
    let mut words = key::words(key);
    if let Some(first) = words.first_mut().filter(|first| *first == "threshold") {
        "limit".clone_into(first);
    }
    words
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

/// Whether a list item is about a thing of its own: it has a name, or was rejected.
fn names_another(item: Value<'_, '_>) -> bool {
    let says = |key: &str| item.get(key).and_then(Value::filled);
    is_gone(item) || ["name", "service", "id", "component", "system", "language"].iter().any(|key| says(key).is_some())
}

fn is_gone(item: Value<'_, '_>) -> bool {
    let status = item.get("status").and_then(Value::filled);
    status.is_some_and(|status| matches!(status, "rejected" | "replaced" | "discarded" | "declined"))
}

/// The unit that stands beside a value: `{value: 128, unit: MB}`.
pub(super) fn sibling_unit(mapping: Value<'_, '_>) -> Option<&'static str> {
    beside(mapping, |words| matches!(words, [word] if word == "unit" || word == "units"), key::unit)
}

/// The percentile that stands beside a value.
pub(super) fn sibling_percentile(mapping: Value<'_, '_>) -> Option<f64> {
    let alone = |words: &[String]| matches!(words, [word] if PERCENTILE_KEYS.contains(&word.as_str()));
    beside(mapping, alone, key::percentile)
}

/// The percentile that stands beside a latency: `latency_percentile` too.
pub(super) fn latency_percentile(mapping: Value<'_, '_>) -> Option<f64> {
    let named = |words: &[String]| {
        let (last, before) = words.split_last()?;
        Some(PERCENTILE_KEYS.contains(&last.as_str()) && before.iter().all(|word| key::is_word(word)))
    };
    beside(mapping, |words| named(words).unwrap_or_default(), key::percentile)
}

/// What a text says that stands under such a key, among the first of a mapping: of a large one, each key would be asked
/// for every other.
fn beside<T>(mapping: Value<'_, '_>, is: impl Fn(&[String]) -> bool, says: impl Fn(&str) -> Option<T>) -> Option<T> {
    let is = |entry: &Entry<'_, '_>| entry.key.text().is_some_and(|key| is(&key::words(key)));
    mapping.entries().take(KEYS).filter(is).find_map(|entry| says(entry.value.filled()?))
}
