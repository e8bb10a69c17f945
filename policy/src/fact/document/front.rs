//! Facts in the front matter of a decision: `memory_budget: 64 MB`, `nfr: {latency_p99: 20 ms}`; and in the fields that
//! the markup itself knows: `:memory-budget: 64 MB`.

use super::super::prose::label;
use super::super::vocabulary::{self, Known};
use super::super::{Fact, Origin, field_keyed};
use crate::manifest;
use crate::text::outline::{Attribute, Outline, Text};
use crate::text::yaml::{self, Entry, Value};
use std::sync::Arc;

/// How deep what is asked may be nested.
const DEEPEST: usize = 4;
/// How many keys are looked at.
const KEYS: usize = 500;

/// Reads the facts of a front matter. What it asks for in sentences is given back, each with the key over it.
pub(super) fn read(outline: &Outline, text: &str, path: &Arc<str>, facts: &mut Vec<Fact>) -> Vec<(String, Text)> {
    let mut told = Vec::new();
    let Some(span) = outline.front_matter.filter(|span| may_ask(span.of(text))) else { return told };
    let stream = yaml::parse_with(span.of(text), span.start, &yaml::Limits::default());
    let Some(root) = stream.first() else { return told };
    let mut left = KEYS;
    for mapping in [Some(root), root.get("facts"), root.get("adrule")].into_iter().flatten() {
        for entry in mapping.entries() {
            let Some(key) = entry.key.text() else { continue };
            let key = key.strip_prefix("adrule/").unwrap_or(key);
            let words = manifest::key_words(key);
            if let Some(known) = meant(key, &words) {
                facts.extend(field_keyed(known, &words.join("_"), entry.value, path, Origin::FrontMatter));
            } else if leads(&words) {
                asked(entry.value, &words, path, &mut left, facts);
                sentences(entry.value, &words.join(" "), text, &mut told);
            }
        }
    }
    told
}

/// Whether a front matter may ask for something, by the keys at its margin: most have a status and a date. What is not
/// written in the plain way, in which the margin holds keys and nothing else but items and comments, is parsed whatever it
/// holds.
fn may_ask(raw: &str) -> bool {
    let mut lines = raw.lines().filter(|line| !line.trim_start().is_empty() && !line.starts_with('#')).peekable();
    let indented = lines.peek().is_some_and(|first| first.starts_with([' ', '\t']));
    let asks = |key: &str| {
        let words = manifest::key_words(key);
        matches!(key, "facts" | "adrule") || meant(key, &words).is_some() || leads(&words)
    };
    let is_inner = |line: &str| line.starts_with(' ') || line.starts_with("- ") || line == "-";
    indented || lines.any(|line| line.contains('\r') || !is_inner(line) && plain_key(line).is_none_or(asks))
}

/// `status` of `status: accepted`: the key of a line, where it needs no quotes.
fn plain_key(line: &str) -> Option<&str> {
    let end = line.find(": ").or_else(|| line.len().checked_sub(1).filter(|_| line.ends_with(':')))?;
    let plain = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'_' | b'-' | b'.' | b' ');
    line[..end].bytes().all(plain).then(|| line[..end].trim_end())
}

/// The fact that a key names. `latencyTargetMs` and `memory_budget_mb` mean what they mean in a manifest.
fn meant(key: &str, words: &[String]) -> Option<&'static Known> {
    vocabulary::by_label(key).or_else(|| manifest::named_by(words)).or_else(|| label::known(key))
}

/// Whether a key leads to what is asked for.
fn leads(words: &[String]) -> bool {
    manifest::asks(words) || drives(words)
}

/// `drivers`, `decision_drivers`: a key of what the decision has to meet.
fn drives(words: &[String]) -> bool {
    words.last().is_some_and(|word| matches!(word.as_str(), "driver" | "drivers" | "forces" | "treiber"))
}

/// Keeps the sentences under a key for what is asked: `drivers: [memory below 128 MB]`, `constraints: 128 MB a unit`.
fn sentences(value: Value<'_, '_>, heading: &str, text: &str, found: &mut Vec<(String, Text)>) {
    for value in value.one_or_many().take(KEYS).filter(|value| !value.is_mapping()) {
        if found.len() < KEYS && value.filled().is_some_and(|told| told.contains(' ')) {
            let span = value.span();
            let raw = span.of(text);
            let quoted = usize::from(raw.len() > 1 && raw.starts_with(['"', '\'']));
            let inner = span.start + quoted..span.end - quoted;
            let mut line = Text::default();
            line.push(text.get(inner.clone()).unwrap_or_default(), inner, text);
            found.push((heading.to_owned(), line));
        }
    }
}

/// What stands under a key for what is asked: `budget: {memory: 64 MB, latency: {p99: 20 ms}}`.
fn asked(value: Value<'_, '_>, topic: &[String], path: &Arc<str>, left: &mut usize, facts: &mut Vec<Fact>) {
    let mut open: Vec<(Entry<'_, '_>, Vec<String>)> = value.entries().map(|entry| (entry, topic.to_vec())).collect();
    open.reverse();
    while let Some((entry, topic)) = open.pop() {
        let Some(rest) = left.checked_sub(1) else { return };
        *left = rest;
        let Some(key) = entry.key.text() else { continue };
        let mut words = topic;
        words.extend(manifest::key_words(key));
        if entry.value.is_mapping() {
            if words.len() <= DEEPEST * 3 && open.len() < KEYS {
                open.extend(entry.value.entries().map(|entry| (entry, words.clone())));
            }
        } else if let Some(known) = manifest::named_by(&words) {
            facts.extend(field_keyed(known, &words.join("_"), entry.value, path, Origin::FrontMatter));
        }
    }
}

/// The named values of the markup that are facts, as AsciiDoc and reStructuredText have them at their top.
pub(super) fn attributes(outline: &Outline) -> impl Iterator<Item = &Attribute> {
    // What stands further down is a block of the text as well.
    let in_text = |attribute: &&Attribute| {
        let at = outline.blocks.partition_point(|block| block.span.start < attribute.span.start);
        outline.blocks.get(at).is_some_and(|block| block.span == attribute.span)
    };
    let known = |name: &str| label::may_be_known(name) && label::known(name).is_some();
    outline.attributes.iter().filter(move |attribute| known(&attribute.name) && !in_text(attribute))
}

/// A named value as a labelled line.
pub(super) fn line(attribute: &Attribute, file: &str) -> Text {
    let mut name = Text::default();
    let start = attribute.span.start;
    let from = file.get(start..attribute.span.end).and_then(|text| text.find(attribute.name.as_str()));
    let from = start + from.unwrap_or_default();
    name.push(&attribute.name, from..from + attribute.name.len(), file);
    Text::labelled(&name, &attribute.text, file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines of front matters, well-formed together or not.
    const LINES: &[&str] = &[
        "status: accepted",
        "title: Memory budget of the ledger",
        "memory_budget: 64 MB",
        "  memory_budget: 64 MB",
        "Memory budget: 64 MB",
        "- memory_budget: 64 MB",
        "-memory_budget: 64 MB",
        "nfr:",
        "  latency: 20 ms",
        "\"memory budget\": 64 MB",
        "? memory_budget",
        ": 64 MB",
        "date: 2026-01-01 # memory_budget: 64 MB",
        "note: 'one",
        "memory_budget: two'",
        "<<: *base",
        "base: &base {memory_budget: 64 MB}",
        "tags: [a, b]",
        "{memory_budget: 64 MB}",
        "text: |",
        "drivers:",
        "a:b: c",
        "adrule/memory_budget: 64 MB",
        "facts: {memory_budget: 64 MB}",
        "# memory_budget: 64 MB",
        "\tmemory_budget: 64 MB",
        "x: y\rmemory_budget: 64 MB",
        "...",
        "---",
        "",
    ];

    fn keys(raw: &str) -> Vec<String> {
        let stream = yaml::parse_with(raw, 0, &yaml::Limits::default());
        let Some(root) = stream.first() else { return Vec::new() };
        let mappings = [Some(root), root.get("facts"), root.get("adrule")].into_iter().flatten();
        mappings.flat_map(|mapping| mapping.entries()).filter_map(|entry| entry.key.text().map(str::to_owned)).collect()
    }

    proptest! {
        #[test]
        fn no_key_that_asks_is_passed_over(lines in prop::collection::vec(prop::sample::select(LINES), 0..6)) {
            let raw = lines.join("\n");
            if !may_ask(&raw) {
                for key in keys(&raw) {
                    let words = manifest::key_words(&key);
                    prop_assert!(meant(&key, &words).is_none() && !leads(&words), "{key} in {raw}");
                }
            }
        }
    }

    #[test]
    fn most_front_matters_ask_for_nothing() {
        assert!(!may_ask("status: accepted\ndate: 2026-01-01\ndeciders:\n- Ada\n  # nobody else\nTags: [a, b]\n"));
        assert!(may_ask("status: accepted\nmemory_budget: 64 MB\n"));
    }
}
