//! Which language a document is written in, as far as reading its sentences needs to know.

use super::super::value::number::Marks;
use super::super::value::quantity::Style;

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
const GERMAN: &[&str] =
    &["der", "die", "das", "und", "ist", "nicht", "mit", "für", "ein", "eine", "wird", "zu", "auf", "muss"];
const FRENCH: &[&str] =
    &["le", "la", "les", "et", "est", "des", "pour", "une", "dans", "du", "au", "doit", "par", "qui"];
const SPANISH: &[&str] =
    &["el", "la", "los", "y", "es", "las", "para", "una", "del", "por", "con", "debe", "que", "se"];
/// Languages that are known only not to be one of those.
const OTHER: &[&str] = &["het", "een", "che", "della", "il", "não", "uma", "jest", "oraz", "się", "bir", "ve", "için"];

/// How much of a document is looked at.
const SAMPLE: usize = 3000;

/// The language of a text, from its most frequent words.
pub(crate) fn of(text: &str) -> Speech {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let mut counts = [0usize; 5];
    let mut foreign = 0usize;
    let mut letters = 0usize;
    for word in text[..end].split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        letters += 1;
        for (count, list) in counts.iter_mut().zip([ENGLISH, GERMAN, FRENCH, SPANISH, OTHER]) {
            *count += usize::from(list.contains(&lower.as_str()));
        }
        foreign += usize::from(lower.chars().any(|letter| letter > '\u{24f}'));
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
