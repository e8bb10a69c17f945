//! What the words of a key mean: `memory_budget_mb`, `p99-target`, `max memory`, `replicaCount`.
//!
//! A closed grammar on purpose: every word of a key (and of the keys around it that name its topic) must be known,
//! else the key states nothing. So `memory-limit` is a memory budget, and `sidecar-memory-limit` is not.

mod grammar;

use crate::fact::vocabulary::{Known, find};
use grammar::{PHRASES, Role, WORDS};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a key states.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    /// The fact.
    pub known: &'static Known,
    /// The percentile in the key: `latency_p95`.
    pub percentile: Option<f64>,
    /// The unit in the key: `memory_budget_mb`.
    pub unit: Option<&'static str>,
    /// Whether the key itself says that it is a limit, target or rating, so that it may stand anywhere.
    pub strong: bool,
}

/// Every word of the grammar; those that only stand in phrases do nothing on their own.
static KNOWN: LazyLock<HashMap<&str, Option<Role>>> = LazyLock::new(|| {
    let in_phrases = PHRASES.iter().flat_map(|(long, _)| long.split_whitespace()).map(|word| (word, None));
    let alone = WORDS.iter().flat_map(|(role, words)| words.split(' ').map(|word| (word, Some(*role))));
    in_phrases.chain(alone).collect()
});

/// What a word does; none for a word that is not of the grammar.
fn role(word: &str) -> Option<Role> {
    KNOWN.get(word).copied().flatten()
}

/// The words of a key, lower case: split at `-`, `_`, `.`, spaces and capital letters. A prefix that ends with `/`
/// is not part of it.
pub(super) fn words(key: &str) -> Vec<String> {
    let bare = key.rsplit('/').next().unwrap_or_default();
    let mut words: Vec<String> = vec![String::new()];
    let mut last_lower = false;
    for c in bare.chars().take(80) {
        if !c.is_alphanumeric() {
            // `p99.9` and `p99_9` are one word.
            let inside = words.last().is_some_and(|word| is_percentile_start(word)) && matches!(c, '.' | '_');
            if !inside {
                words.push(String::new());
            }
            last_lower = false;
            continue;
        }
        // The last letter of `MiB` starts no word.
        let in_unit = c == 'B' && words.last().is_some_and(|word| matches!(word.as_str(), "ki" | "mi" | "gi"));
        if c.is_uppercase() && last_lower && !in_unit {
            words.push(String::new());
        }
        last_lower = c.is_lowercase();
        if let Some(word) = words.last_mut() {
            // What follows `p99.` is more of the number, or a word of its own.
            if is_percentile_start(word) && !c.is_ascii_digit() {
                words.push(c.to_lowercase().collect());
                continue;
            }
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    // `non_functional` is one word, and denies nothing; a service's level is no level of a service.
    for (first, second, one) in
        [("non", "functional", "nonfunctional"), ("service", "level", "slo"), ("service", "levels", "slo")]
    {
        if let Some(at) = words.windows(2).position(|pair| pair[0] == first && pair[1] == second) {
            words.remove(at);
            one.clone_into(&mut words[at]);
        }
    }
    words
}

fn is_percentile_start(word: &str) -> bool {
    word.strip_prefix('p').is_some_and(|digits| digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What a key states, by its words and those of the topic around it.
pub(super) fn meaning(words: &[String]) -> Option<Meaning> {
    // Most keys have a word that is not of the grammar: they are told apart before phrases are looked for.
    if words.is_empty() || words.len() > 12 || !words.iter().all(|word| KNOWN.contains_key(word.as_str())) {
        return None;
    }
    let mut phrase = format!(" {} ", words.join(" "));
    for (long, short) in PHRASES {
        if phrase.contains(long) {
            phrase = phrase.replace(long, short);
        }
    }
    let mut bag = Bag::default();
    for word in phrase.split_whitespace() {
        bag.add(role(word)?)?;
    }
    bag.meaning()
}

/// Words that start a topic and end it one key further down: `failure: {impact: high}`.
const STARTERS: &[&str] = &[
    "failure",
    "outage",
    "downtime",
    "impact",
    "response",
    "reply",
    "answer",
    "start",
    "cold",
    "up",
    "ready",
    "handling",
    "processing",
];

/// Whether a word belongs into a fact's name, alone or with the key below it.
pub(super) fn is_word(word: &str) -> bool {
    STARTERS.contains(&word) || role(word).is_some_and(|role| role != Role::Never)
}

/// Whether a word does something in a key by itself.
pub(super) fn states(word: &str) -> bool {
    role(word).is_some()
}

/// Whether a word says that what follows are limits: `constraints`, `budgets`.
pub(super) fn limits(word: &str) -> bool {
    word == "requires" || matches!(role(word), Some(Role::Limit | Role::Asked))
}

/// Words by which a phrase speaks of something else than what is asked of the service.
const ASIDE: &[&str] = &[
    "sidecar",
    "upstream",
    "downstream",
    "vendor",
    "dependency",
    "cache",
    "queue",
    "database",
    "client",
    "clients",
    "previous",
    "old",
    "legacy",
    "measured",
    "observed",
    "today",
    "currently",
    "timeout",
];

/// What a phrase in a list of limits is about, where its words leave no doubt: "process memory never above 6 GiB".
pub(super) fn topic(text: &str) -> Option<Meaning> {
    let phrase = format!(" {} ", text.to_lowercase());
    let has =
        |words: &[&str]| phrase.split(|c: char| !c.is_alphanumeric() && c != '.').any(|word| words.contains(&word));
    // "Memory of the sidecar", "measured p99": somebody else's, or no limit.
    if has(ASIDE) {
        return None;
    }
    let startup = has(&["startup", "start", "boot"]) || phrase.contains("start-up") || phrase.contains("cold start");
    let percentile = phrase.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        word.strip_prefix('p').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).and_then(percentile)
    });
    let latency = has(&["latency"]) || phrase.contains("response time") || percentile.is_some();
    let id = match (has(&["memory", "ram", "rss"]), startup, latency) {
        (true, false, false) => "memory-budget",
        (false, true, _) => "startup-time",
        (false, false, true) => "latency-target",
        _ => return None,
    };
    Some(Meaning { known: find(id)?, percentile, unit: None, strong: true })
}

/// The words of a key, sorted by what they do.
#[derive(Default)]
struct Bag {
    topic: Option<Role>,
    peak: bool,
    /// Whether a word makes the value a limit, or one that is asked for.
    limit: bool,
    /// Whether it is the highest value.
    capped: bool,
    expected: bool,
    percentile: Option<f64>,
    unit: Option<&'static str>,
    request: bool,
    served: bool,
    time: bool,
    /// Whether only an answer is named, of which there is more than its time.
    vague: bool,
}

impl Bag {
    /// Adds a word; `None` where it makes the key state nothing.
    fn add(&mut self, role: Role) -> Option<()> {
        match role {
            Role::Never => return None,
            Role::Filler => {}
            Role::Request => self.request = true,
            Role::Served => self.served = true,
            Role::Time => self.time = true,
            Role::Peak => self.peak = true,
            Role::Limit => (self.limit, self.capped) = (true, true),
            Role::Asked => self.limit = true,
            Role::Expected => self.expected = true,
            Role::Percentile(percentile) => self.percentile = Some(percentile),
            // "Answer" beside "latency" adds nothing.
            Role::Answer if self.topic == Some(Role::Latency) => {}
            Role::Unit(unit) => {
                if self.unit.is_some_and(|other| other != unit) {
                    return None;
                }
                self.unit = Some(unit);
            }
            topic => {
                let vague = topic == Role::Answer;
                let topic = if vague { Role::Latency } else { topic };
                // "Memory per instance" is about memory.
                let per = topic == Role::Instances && self.topic.is_some();
                match self.topic {
                    Some(Role::Instances) => self.topic = Some(topic),
                    Some(other) if other != topic && !per => return None,
                    Some(_) => {}
                    None => (self.topic, self.vague) = (Some(topic), vague),
                }
            }
        }
        Some(())
    }

    fn meaning(&self) -> Option<Meaning> {
        let rate = self.unit.is_some_and(|unit| unit == "rps" || unit.starts_with("requests"));
        let topic = match self.topic {
            Some(topic) => topic,
            None if self.percentile.is_some() => Role::Latency,
            // "Plan time" where limits stand; "plan time" alone may be a date.
            None if self.served && self.time && self.limit => Role::Latency,
            None if rate => Role::Traffic,
            None => return None,
        };
        if self.served && topic != Role::Latency {
            return None;
        }
        let bytes = self.unit.is_some_and(|unit| unit.ends_with('B'));
        let time = self.unit.is_some() && !bytes && !rate;
        let (id, strong) = match topic {
            Role::Memory if self.request || self.expected || self.peak => return None,
            Role::Memory if !time && !rate && self.percentile.is_none() => ("memory-budget", self.limit),
            Role::Latency if self.vague && !self.limit && self.percentile.is_none() => return None,
            Role::Latency if !bytes && !rate && !self.peak && (!self.expected || self.limit) => {
                ("latency-target", self.limit)
            }
            Role::Startup if !bytes && !rate && self.percentile.is_none() && !self.expected => {
                ("startup-time", self.limit)
            }
            Role::Impact if self.unit.is_none() && !self.capped => ("failure-impact", true),
            Role::Traffic if !bytes && !time && self.peak => ("peak-traffic", true),
            Role::Traffic if !bytes && !time && (!self.capped || self.expected) => ("expected-traffic", self.expected),
            Role::Instances if self.unit.is_none() && !self.capped && !self.peak => ("instance-count", self.expected),
            _ => return None,
        };
        Some(Meaning { known: find(id)?, percentile: self.percentile, unit: self.unit, strong })
    }
}

/// The unit that a word names: `unit: MB`.
pub(super) fn unit(word: &str) -> Option<&'static str> {
    match role(word.trim().to_lowercase().as_str()) {
        Some(Role::Unit(unit)) => Some(unit),
        _ => None,
    }
}

/// The percentile that words name: `p95`, `95`, `99.9`, `p999`, `95th`.
pub(super) fn percentile(text: &str) -> Option<f64> {
    let bare = text.trim().trim_start_matches(['p', 'P']).trim_end_matches(['%', 't', 'h']).replace('_', ".");
    let number: f64 = bare.parse().ok()?;
    let number = match bare.as_str() {
        "999" => 99.9,
        "9999" => 99.99,
        _ if number > 0.0 && number < 1.0 => number * 100.0,
        _ => number,
    };
    (number > 0.0 && number <= 100.0).then_some((number * 1e6).round() / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(key: &str) -> Option<String> {
        let meaning = meaning(&words(key))?;
        let mut out = meaning.known.id.to_owned();
        if let Some(percentile) = meaning.percentile {
            out.push_str(&format!(" p{percentile}"));
        }
        if let Some(unit) = meaning.unit {
            out.push_str(&format!(" {unit}"));
        }
        if meaning.strong {
            out.push('!');
        }
        Some(out)
    }

    #[test]
    fn keys_mean_what_their_words_say() {
        for (key, meaning) in [
            ("memory_budget_mb", "memory-budget MB!"),
            ("memoryMiB", "memory-budget MiB"),
            ("non_functional_memory_limit", "memory-budget!"),
            ("maxMemory", "memory-budget!"),
            ("rail.example/max-memory", "memory-budget!"),
            ("rss", "memory-budget"),
            ("memory per instance", "memory-budget"),
            ("latency_p99_ms", "latency-target p99 ms"),
            ("p99_target", "latency-target p99!"),
            ("p99.9", "latency-target p99.9"),
            ("p99_9_ms", "latency-target p99.9 ms"),
            ("latency-target-p95", "latency-target p95!"),
            ("responseTime", "latency-target"),
            ("impact_of_failure", "failure-impact!"),
            ("startup_max_ms", "startup-time ms!"),
            ("start_up", "startup-time"),
            ("expected_traffic", "expected-traffic!"),
            ("expected-load", "expected-traffic!"),
            ("expected_rps", "expected-traffic rps!"),
            ("peak_traffic", "peak-traffic!"),
            ("replicaCount", "instance-count"),
            ("instances", "instance-count"),
        ] {
            assert_eq!(says(key).as_deref(), Some(meaning), "{key}");
        }
    }

    #[test]
    fn keys_about_something_else_say_nothing() {
        for key in [
            "sidecar-memory-limit",
            "memory-profile",
            "latency-class",
            "min_instances",
            "max_replicas",
            "read_timeout_ms",
            "max_payload",
            "measured_memory",
            "observed_peak",
            "peak_memory",
            "memory_ms",
            "tier",
            "impact",
            "budget",
            "",
            "rate_limit",
            "memory-request",
            "max",
        ] {
            assert_eq!(says(key), None, "{key}");
        }
    }

    #[test]
    fn percentiles_are_read_in_all_spellings() {
        for (text, number) in
            [("p95", 95.0), ("99.9", 99.9), ("p999", 99.9), ("0.99", 99.0), ("95th", 95.0), ("99%", 99.0)]
        {
            assert_eq!(percentile(text), Some(number), "{text}");
        }
        assert_eq!(percentile("fast"), None);
    }
}
