//! Which language a document is written in, as far as reading its sentences needs to know.

use super::super::value::number::Marks;
use super::super::value::quantity::Style;
use super::super::words::{WordMap, runs};
use std::sync::LazyLock;

/// The languages whose sentences are read. Labelled lines and tables are read in more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speech {
    English,
    German,
    French,
    Spanish,
    /// Labels and units only.
    Other,
}

/// Words so frequent that a few of them give a language away, and so short that no other language shares them.
const ENGLISH: &[&str] = &["the", "and", "of", "to", "is", "with", "for", "that", "this", "are", "must", "at"];
const GERMAN: &[&str] = &[
    "der", "die", "das", "und", "ist", "nicht", "mit", "für", "ein", "eine", "wird", "zu", "auf", "muss", "den", "dem",
    "im", "vom", "von", "kein", "keine", "pro", "bei", "nach", "sind", "oder", "aus", "bis", "darf", "wir",
];
const FRENCH: &[&str] = &[
    "le", "la", "les", "et", "est", "des", "pour", "une", "dans", "du", "au", "doit", "par", "qui", "sur", "ne", "pas",
    "moins", "plus", "aux", "ou", "nous", "de",
];
const SPANISH: &[&str] = &[
    "el", "la", "los", "y", "es", "las", "para", "una", "del", "por", "con", "debe", "que", "se", "más", "menos", "al",
    "sin", "como", "cada", "de",
];
/// Languages that are known only not to be one of those.
const OTHER: &[&str] = &["het", "een", "che", "della", "il", "não", "uma", "jest", "oraz", "się", "bir", "ve", "için"];

/// Bits for the count of one list, where the counts of all five are one number.
const COUNT: u32 = 12;

/// Which of the lists a word stands in, as what it adds to the counts.
static FREQUENT: LazyLock<WordMap<&str, u64>> = LazyLock::new(|| {
    let mut counts = WordMap::default();
    for (list, at) in [ENGLISH, GERMAN, FRENCH, SPANISH, OTHER].into_iter().zip(0u32..) {
        for word in list {
            *counts.entry(*word).or_default() |= 1 << (at * COUNT);
        }
    }
    counts
});

/// The same for words of ASCII letters in any case, by the letters themselves as one number: every word of a document is
/// looked up here.
struct Short([(u64, u64); 1 << Self::BITS]);

static SHORT: LazyLock<Short> = LazyLock::new(|| {
    let mut short = Short([(0, 0); 1 << Short::BITS]);
    for (word, adds) in FREQUENT.iter().filter(|(word, _)| word.is_ascii() && word.len() <= Short::LONGEST) {
        let key = Short::key(word);
        let mut slot = Short::slot(key);
        while short.0[slot].0 != 0 {
            slot = (slot + 1) % short.0.len();
        }
        short.0[slot] = (key, *adds);
    }
    short
});

impl Short {
    /// Longer than any of the words.
    const LONGEST: usize = 6;
    /// Four times as many slots as there are words, so that the search ends soon.
    const BITS: u32 = 9;

    fn key(word: &str) -> u64 {
        word.bytes().fold(0, Self::with)
    }

    /// A key with one more small ASCII letter. Of more than eight letters it keeps the last ones.
    fn with(key: u64, letter: u8) -> u64 {
        key << 8 | u64::from(letter)
    }

    fn slot(key: u64) -> usize {
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - Self::BITS)) as usize
    }

    /// What the word of a key adds to the counts; for words of up to [`Self::LONGEST`] letters.
    fn get(&self, key: u64) -> u64 {
        let mut slot = Self::slot(key);
        loop {
            match self.0[slot] {
                (0, _) => return 0,
                (found, adds) if found == key => return adds,
                _ => slot = (slot + 1) % self.0.len(),
            }
        }
    }
}

/// How much of a document is looked at.
const SAMPLE: usize = 3000;
/// How much is enough where the answer is clear: most documents are in English, with next to no word of another language.
const CLEAR: usize = 1000;

/// The language of a text, from its most frequent words.
pub(crate) fn of(text: &str) -> Speech {
    let sample = |most: usize| {
        let end = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        Counts::of(&text[..end])
    };
    if text.len() > CLEAR && sample(CLEAR).are_clearly_english() {
        return Speech::English;
    }
    sample(SAMPLE).speech()
}

/// How often frequent words of each language occur.
struct Counts {
    lists: [u64; 5],
    /// Words in other than Latin letters.
    foreign: usize,
    words: usize,
}

impl Counts {
    fn of(text: &str) -> Self {
        let mut sums = 0u64;
        let (mut foreign, mut count) = (0usize, 0usize);
        let short = &*SHORT;
        for (word, key) in runs(text, 0, Short::with) {
            count += 1;
            sums += match key {
                Some(_) if word.len() > Short::LONGEST => 0,
                Some(key) => short.get(key),
                None => {
                    let lower = text[word].to_lowercase();
                    foreign += usize::from(lower.chars().any(|letter| letter > '\u{24f}'));
                    FREQUENT.get(lower.as_str()).copied().unwrap_or_default()
                }
            };
        }
        // No sample has more words than such a count can hold.
        let lists = std::array::from_fn(|at| sums >> (at as u32 * COUNT) & ((1 << COUNT) - 1));
        Self { lists, foreign, words: count }
    }

    fn are_clearly_english(&self) -> bool {
        let [english, others @ ..] = self.lists;
        english >= 12 && self.foreign == 0 && others.iter().all(|other| *other <= 3)
    }

    fn speech(&self) -> Speech {
        if self.foreign * 3 > self.words {
            return Speech::Other;
        }
        let best = self.lists.iter().copied().max().unwrap_or(0);
        let english = self.lists[0];
        // Short notes and tables have few such words: English is what engineers write.
        if best < 2 || english == best || english + 1 >= best && best < 4 {
            return Speech::English;
        }
        match self.lists.iter().position(|count| *count == best) {
            Some(1) => Speech::German,
            Some(2) => Speech::French,
            Some(3) => Speech::Spanish,
            _ => Speech::Other,
        }
    }
}

impl Speech {
    /// How numbers are written in it.
    pub(crate) fn style(self) -> Style {
        match self {
            Self::English => Style::ENGLISH,
            Self::French => Style { marks: Marks::Comma, french: true, mebi: true },
            Self::German | Self::Spanish => Style { marks: Marks::Comma, french: false, mebi: false },
            Self::Other => Style { marks: Marks::Unknown, french: false, mebi: false },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        assert_eq!(of("The agent must stay below 40 MB."), Speech::English);
        assert_eq!(of("Der Dienst muss mit 40 MB auskommen und ist klein."), Speech::German);
        assert_eq!(of("Le service doit répondre en 40 ms pour les caisses."), Speech::French);
        assert_eq!(of("El servicio debe responder en 40 ms y no más."), Speech::Spanish);
        assert_eq!(of("Сервис должен отвечать за 40 мс"), Speech::Other);
        assert_eq!(of("- p99 < 5ms"), Speech::English);
    }
}
