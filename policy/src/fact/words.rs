//! The words of each human language: one data file a language, read when first needed.

use super::prose::cue::key;
use super::vocabulary::{KNOWN, Known};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
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

/// Words by their hashes ([`key::hash`]), a bit for each: it costs next to nothing to ask, and says no to nearly all other
/// words. What it lets through has to be looked at, so it is large enough for lists of some hundred words to let through no
/// word that is everywhere: of 4,096 bits, that of a number word was the one of "and".
#[derive(Debug)]
pub(crate) struct Sieve([u64; Self::BITS / 64]);

impl Default for Sieve {
    fn default() -> Self {
        Self([0; Self::BITS / 64])
    }
}

impl Sieve {
    const BITS: usize = 1 << 14;

    pub(crate) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut sieve = Self::default();
        for word in words {
            let (at, bit) = Self::bit(key::hash(word));
            sieve.0[at] |= bit;
        }
        sieve
    }

    fn bit(hash: u32) -> (usize, u64) {
        let slot = key::slot(hash, Self::BITS);
        (slot / 64, 1 << (slot % 64))
    }

    pub(crate) fn may_hold(&self, hash: u32) -> bool {
        let (at, bit) = Self::bit(hash);
        self.0[at] & bit != 0
    }
}

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
    /// The same, to be asked first.
    pub rank_sieve: Sieve,
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
    let firsts = || words.ranks.keys().filter_map(|rank| rank.split(' ').next());
    words.rank_hashes = firsts().map(key::hash).collect();
    words.rank_sieve = Sieve::of(firsts());
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

/// Each ASCII letter in lower case, and 0 for all other bytes.
static LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut at = b'a';
    while at <= b'z' {
        letters[at as usize] = at;
        letters[at.to_ascii_uppercase() as usize] = at;
        at += 1;
    }
    letters
};

/// The runs of letters in a text. Those of ASCII letters, which most are, are gone through once: each comes with what `with`
/// makes of its letters in lower case, one after the other.
pub(crate) fn runs<'t, K: Copy + 't>(
    text: &'t str,
    start: K,
    with: impl Fn(K, u8) -> K + 't,
) -> impl Iterator<Item = (Range<usize>, Option<K>)> + 't {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let (first, mut key) = (at, start);
            while let Some(letter) = bytes.get(at).map(|byte| LETTERS[usize::from(*byte)])
                && letter != 0
            {
                key = with(key, letter);
                at += 1;
            }
            let run = first..at;
            let next = bytes.get(at);
            if next.is_some_and(|byte| !byte.is_ascii()) {
                // The rest of the run, or a sign that is no letter.
                let tail = &text[at..];
                let letters = tail.find(|letter: char| !letter.is_alphabetic()).unwrap_or(tail.len());
                if letters > 0 {
                    at += letters;
                    return Some((first..at, None));
                }
                at += tail.chars().next().map_or(1, char::len_utf8);
            } else {
                at += 1;
            }
            if !run.is_empty() {
                return Some((run, Some(key)));
            }
            next?;
        }
    })
}

/// The words of all languages.
pub(crate) fn words() -> &'static Words {
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::vocabulary;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn runs_are_those_of_letters(text in "[a-cA-C ,.éÉß数1\u{301}]{0,24}") {
            let plain: Vec<&str> = text.split(|sign: char| !sign.is_alphabetic()).filter(|run| !run.is_empty()).collect();
            let found: Vec<_> = runs(&text, key::START, key::with).collect();
            prop_assert_eq!(found.iter().map(|(run, _)| &text[run.clone()]).collect::<Vec<_>>(), plain);
            for (run, hash) in found {
                let ascii = Some(&text[run]).filter(|run| run.is_ascii());
                prop_assert_eq!(hash, ascii.map(|run| key::hash(&run.to_ascii_lowercase())));
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
