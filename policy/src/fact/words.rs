//! The words of each human language: one data file a language, read when first needed.

use super::prose::cue::key;
use super::vocabulary::{KNOWN, Known};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// One file a language; a further one is a further line.
const FILES: &[&str] = &[
    include_str!("words/en.txt"),
    include_str!("words/de.txt"),
    include_str!("words/fr.txt"),
    include_str!("words/es.txt"),
    include_str!("words/pt.txt"),
    include_str!("words/it.txt"),
    include_str!("words/nl.txt"),
    include_str!("words/pl.txt"),
    include_str!("words/ru.txt"),
    include_str!("words/uk.txt"),
    include_str!("words/tr.txt"),
    include_str!("words/zh.txt"),
    include_str!("words/ja.txt"),
    include_str!("words/ko.txt"),
];

/// FNV-1a: short words are looked up far more often than anything else is done, and the words are our own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl std::hash::Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// A map whose keys are our own words.
pub(crate) type WordMap<K, V> = HashMap<K, V, std::hash::BuildHasherDefault<Fnv>>;

/// A set of our own words.
pub(crate) type WordSet<K> = HashSet<K, std::hash::BuildHasherDefault<Fnv>>;

/// The words of all languages.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Word on the impact scale to its standard name.
    pub ranks: WordMap<&'static str, &'static str>,
    /// The vocabulary's own names and labels, as [`plain`] makes them.
    pub vocabulary: WordMap<String, &'static Known>,
    /// Label to the fact that it names.
    pub labels: WordMap<&'static str, &'static str>,
    /// The last word of every word of the scale: `high` of `very high`.
    pub rank_ends: WordSet<&'static str>,
    /// The first word of every word of the scale that has several: `very` of `very high`.
    pub rank_starts: WordSet<&'static str>,
    /// The hash of the first word of every word of the scale ([`key::hash`]).
    pub rank_hashes: WordSet<u32>,
    /// The first word of every label.
    pub openings: WordSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    let lines = FILES.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#'));
    for (head, list) in lines.filter_map(|line| line.split_once(": ")) {
        let Some((kind, id)) = head.split_once(' ') else { continue };
        let map = if kind == "rank" { &mut words.ranks } else { &mut words.labels };
        for word in list.split(", ") {
            map.entry(word).or_insert(id);
        }
    }
    for known in KNOWN {
        for label in std::iter::once(&known.id).chain(known.labels) {
            words.vocabulary.entry(plain(label)).or_insert(known);
        }
    }
    let labels = words.vocabulary.keys().map(String::as_str).chain(words.labels.keys().copied());
    words.rank_ends = words.ranks.keys().filter_map(|rank| rank.rsplit(' ').next()).collect();
    words.rank_starts = words.ranks.keys().filter_map(|rank| rank.split_once(' ')).map(|(first, _)| first).collect();
    words.rank_hashes = words.ranks.keys().filter_map(|rank| rank.split(' ').next()).map(key::hash).collect();
    words.openings = labels.filter_map(|label| label.split(' ').next()).map(str::to_owned).collect();
    words
});

/// A label in lower case, its hyphens and underscores as spaces.
pub(crate) fn plain(label: &str) -> String {
    let mut plain = String::with_capacity(label.len());
    for letter in label.trim().chars() {
        match letter {
            '-' | '_' | '\u{a0}' => plain.push(' '),
            '’' => plain.push('\''),
            _ if letter.is_ascii() => plain.push(letter.to_ascii_lowercase()),
            _ => plain.extend(letter.to_lowercase()),
        }
    }
    plain
}

/// The words of all languages.
pub(crate) fn words() -> &'static Words {
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::vocabulary;

    #[test]
    fn every_line_names_a_fact_or_a_rank() {
        for line in FILES.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#')) {
            let (head, list) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
            assert_eq!(list.to_lowercase(), list, "{line}");
            match head.split_once(' ') {
                Some(("label", id)) => assert!(vocabulary::find(id).is_some(), "{line}"),
                Some(("rank", id)) => assert!(["low", "medium", "high", "very-high"].contains(&id), "{line}"),
                _ => panic!("{line}"),
            }
        }
    }

    #[test]
    fn no_word_names_two_ranks() {
        for line in FILES.iter().flat_map(|file| file.lines()) {
            let Some((head, list)) = line.strip_prefix("rank ").and_then(|line| line.split_once(": ")) else {
                continue;
            };
            for word in list.split(", ") {
                assert_eq!(words().ranks.get(word), Some(&head), "{word}");
            }
        }
    }
}
