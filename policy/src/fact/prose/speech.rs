//! Which language a document is written in, as far as reading its sentences needs to know.

use super::super::value::number::Marks;
use super::super::value::quantity::Style;
use super::super::words::WordMap;
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
    "moins", "plus", "aux", "ou", "nous",
];
const SPANISH: &[&str] = &[
    "el", "la", "los", "y", "es", "las", "para", "una", "del", "por", "con", "debe", "que", "se", "más", "menos", "al",
    "sin", "como", "cada", "de",
];
/// Languages that are known only not to be one of those.
const OTHER: &[&str] = &["het", "een", "che", "della", "il", "não", "uma", "jest", "oraz", "się", "bir", "ve", "için"];

/// Which of the lists a word stands in, a bit a list.
static FREQUENT: LazyLock<WordMap<&str, u8>> = LazyLock::new(|| {
    let mut bits = WordMap::default();
    for (at, list) in [ENGLISH, GERMAN, FRENCH, SPANISH, OTHER].into_iter().enumerate() {
        for word in list {
            *bits.entry(*word).or_default() |= 1 << at;
        }
    }
    bits
});

/// The same for words of ASCII letters in any case, by the letters themselves as one number: every word of a document is
/// looked up here.
struct Short([(u64, u8); 1 << Self::BITS]);

static SHORT: LazyLock<Short> = LazyLock::new(|| {
    let mut short = Short([(0, 0); 1 << Short::BITS]);
    for (word, bits) in FREQUENT.iter().filter(|(word, _)| word.is_ascii() && word.len() <= Short::LONGEST) {
        let key = Short::key(word);
        let mut slot = Short::slot(key);
        while short.0[slot].0 != 0 {
            slot = (slot + 1) % short.0.len();
        }
        short.0[slot] = (key, *bits);
    }
    short
});

impl Short {
    /// Longer than any of the words.
    const LONGEST: usize = 6;
    /// Four times as many slots as there are words, so that the search ends soon.
    const BITS: u32 = 9;

    fn key(word: &str) -> u64 {
        word.bytes().fold(0, |key, byte| key << 8 | u64::from(byte.to_ascii_lowercase()))
    }

    fn slot(key: u64) -> usize {
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - Self::BITS)) as usize
    }

    fn get(&self, word: &str) -> u8 {
        if word.len() > Self::LONGEST {
            return 0;
        }
        let key = Self::key(word);
        let mut slot = Self::slot(key);
        loop {
            match self.0[slot] {
                (0, _) => return 0,
                (found, bits) if found == key => return bits,
                _ => slot = (slot + 1) % self.0.len(),
            }
        }
    }
}

/// How much of a document is looked at.
const SAMPLE: usize = 3000;

/// The language of a text, from its most frequent words.
pub(crate) fn of(text: &str) -> Speech {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let mut counts = [0usize; 5];
    let mut foreign = 0usize;
    let mut letters = 0usize;
    for word in words(&text[..end]) {
        letters += 1;
        let bits = if word.is_ascii() {
            SHORT.get(word)
        } else {
            let lower = word.to_lowercase();
            foreign += usize::from(lower.chars().any(|letter| letter > '\u{24f}'));
            FREQUENT.get(lower.as_str()).copied().unwrap_or_default()
        };
        if bits != 0 {
            counts.iter_mut().enumerate().for_each(|(at, count)| *count += usize::from(bits & (1 << at) != 0));
        }
    }
    if foreign * 3 > letters {
        return Speech::Other;
    }
    let best = counts.iter().copied().max().unwrap_or(0);
    // Short notes and tables have few such words: English is what engineers write.
    if best < 2 || counts[0] == best || counts[0] + 1 >= best && best < 4 {
        return Speech::English;
    }
    match counts.iter().position(|count| *count == best) {
        Some(1) => Speech::German,
        Some(2) => Speech::French,
        Some(3) => Speech::Spanish,
        _ => Speech::Other,
    }
}

/// The words of a text; runs of ASCII letters, which most are, are not looked at letter by letter.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let start = bytes.iter().position(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())?;
        let plain = bytes[start..].iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(bytes.len() - start);
        let mut end = start + plain;
        if bytes.get(end).is_some_and(|byte| !byte.is_ascii()) {
            let tail = &rest[end..];
            end += tail.find(|letter: char| !letter.is_alphabetic()).unwrap_or(tail.len());
            if end == start {
                // A sign that is no letter.
                rest = tail.get(tail.chars().next().map_or(1, char::len_utf8)..).unwrap_or_default();
                return Some("");
            }
        }
        let word = &rest[start..end];
        rest = &rest[end..];
        Some(word)
    })
    .filter(|word| !word.is_empty())
}

impl Speech {
    /// How numbers are written in it.
    pub(crate) fn style(self) -> Style {
        match self {
            Self::English => Style::ENGLISH,
            Self::French => Style { marks: Marks::Comma, french: true },
            Self::German | Self::Spanish => Style { marks: Marks::Comma, french: false },
            Self::Other => Style { marks: Marks::Unknown, french: false },
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
