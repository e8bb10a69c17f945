//! Services that a document in nobody's format describes without saying so: by the one key at its root, by the first
//! words of every key, or by what it asks.

use super::key;
use super::plain::{asks_something, states_language};
use super::words::{is_foreign, may_be_called, says_at_most, sorts};
use crate::language;
use crate::text::yaml::{Entry, Value};

/// How many keys of a mapping are looked at: aliases may show a large one again and again.
pub(super) const KEYS: usize = 500;
/// How many words of a key may be the service's name.
const NAME: usize = 5;

/// Keys of jobs and of what builds them: a mapping with one is no service.
const JOBS: &[&str] = &[
    "script",
    "stage",
    "stages",
    "steps",
    "jobs",
    "runs-on",
    "runs_on",
    "needs",
    "matrix",
    "before_script",
    "pipeline",
    "tasks",
    "hosts",
    "rules",
    "on",
    "uses",
    "trigger",
    "pool",
    "install",
    "parameters",
];

/// Keys over which variables stand, and those over which the one below does.
const VARIABLES: &[&[&str]] = &[&["vars"], &["all", "vars"]];

/// Whether a mapping is one of jobs, or of what somebody else runs.
pub(super) fn is_aside(mapping: Value<'_, '_>) -> bool {
    is_foreign(mapping) || JOBS.iter().any(|key| mapping.entry(key).is_some())
}

/// The services whose names are keys at the root: one alone, or each with its language.
pub(super) fn rooted<'a, 's>(root: Value<'a, 's>) -> Vec<Entry<'a, 's>> {
    let named = |entry: &Entry<'a, 's>| {
        let words = entry.key.text().map(key::words).unwrap_or_default();
        may_be_called(&words) && !words.iter().all(|word| sorts(word) || key::is_word(word))
    };
    if is_aside(root) {
        return Vec::new();
    }
    let all: Vec<_> = root.entries().filter(|entry| entry.value.is_mapping()).take(KEYS).collect();
    if let [only] = all.as_slice() {
        let described = states_language(only.value) || asks_something(only.value);
        return all.into_iter().filter(|only| named(only) && described && !is_aside(only.value)).collect();
    }
    let described = |entry: &Entry<'a, 's>| states_language(entry.value) && asks_something(entry.value);
    all.into_iter().filter(|entry| named(entry) && described(entry) && !is_aside(entry.value)).collect()
}

/// A service whose name stands before each of its keys: `probe_agent_memory_budget: 40 MiB`.
pub(super) struct Prefixed<'a, 's> {
    /// The words of its name.
    pub name: Vec<String>,
    /// Its entries, each with the words behind the name.
    pub entries: Vec<(Vec<String>, Entry<'a, 's>)>,
}

/// The services of variables, by the words that their keys start with.
pub(super) fn prefixed<'a, 's>(root: Value<'a, 's>) -> Vec<Prefixed<'a, 's>> {
    let below = VARIABLES.iter().filter_map(|path| root.path(path));
    let plays = root.items().filter_map(|play| play.get("vars"));
    std::iter::once(root).chain(below).chain(plays).flat_map(of_variables).collect()
}

fn of_variables<'a, 's>(variables: Value<'a, 's>) -> Vec<Prefixed<'a, 's>> {
    let keys: Vec<(Vec<String>, Entry<'a, 's>)> = variables
        .entries()
        .take(KEYS)
        .filter_map(|entry| Some((key::words(entry.key.text()?), entry)))
        .filter(|(words, _)| !words.is_empty())
        .collect();
    let mut names: Vec<Vec<String>> = Vec::new();
    for (words, entry) in &keys {
        if let Some(name) = name_before(words, *entry)
            && !names.iter().any(|known| name.starts_with(known))
        {
            names.retain(|known| !known.starts_with(&name));
            names.push(name);
        }
    }
    let of = |name: Vec<String>| {
        let rest = |words: &Vec<String>| words.strip_prefix(name.as_slice()).map(<[String]>::to_vec);
        let entries = keys.iter().filter_map(|(words, entry)| Some((rest(words)?, *entry))).collect();
        Prefixed { entries, name }
    };
    names.into_iter().map(of).collect()
}

/// The words before what a key states beyond doubt: a budget, a target, a rating, the language. A limit of memory alone
/// may configure any program.
fn name_before(words: &[String], entry: Entry<'_, '_>) -> Option<Vec<String>> {
    const SURE: &[&str] = &["budget", "target", "impact", "objective", "slo", "requirement", "goal", "budgeted"];
    if key::meaning(words).is_some() || words.len() < 2 {
        return None;
    }
    let text = entry.value.filled()?;
    let at = (1..words.len().min(NAME + 1)).find(|at| {
        let rest = &words[*at..];
        let speaks = matches!(rest, [word] if word == "language" || word == "lang")
            && language::find(&language::standard(text)).is_some();
        let Some(meaning) = key::meaning(rest) else { return speaks };
        let sure = meaning.strong && rest.iter().any(|word| SURE.contains(&word.as_str()));
        sure || says_at_most(text)
    })?;
    let name = &words[..at];
    let own = may_be_called(name) && !name.iter().all(|word| sorts(word) || key::is_word(word));
    own.then(|| name.to_vec())
}
