//! Which language a document is written in, as far as reading its sentences needs to know.

use super::super::value::number::Marks;
use super::super::value::quantity::Style;
use super::super::words::WordMap;
use std::borrow::Cow;
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

/// Which of the lists a word stands in, a bit a list; no word of theirs is longer than [`LONGEST`] bytes.
static FREQUENT: LazyLock<WordMap<&str, u8>> = LazyLock::new(|| {
    let mut bits = WordMap::default();
    for (at, list) in [ENGLISH, GERMAN, FRENCH, SPANISH, OTHER].into_iter().enumerate() {
        for word in list {
            *bits.entry(*word).or_default() |= 1 << at;
        }
    }
    bits
});
const LONGEST: usize = 6;

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
        let ascii = word.is_ascii();
        if ascii && word.len() > LONGEST {
            continue;
        }
        let plain = ascii && word.bytes().all(|byte| byte.is_ascii_lowercase());
        let lower = if plain { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
        if let Some(bits) = FREQUENT.get(lower.as_ref()) {
            counts.iter_mut().enumerate().for_each(|(at, count)| *count += usize::from(bits & (1 << at) != 0));
        }
        foreign += usize::from(!ascii && lower.chars().any(|letter| letter > '\u{24f}'));
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
