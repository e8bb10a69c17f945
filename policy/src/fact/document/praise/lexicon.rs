//! The words of praise, one data file a language.

use super::super::super::token::{Token, lex};
use super::super::super::words::WordMap;
use super::Virtue;
use std::sync::LazyLock;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Group {
    /// Praise, and whether it counts only in a sentence about the language.
    Virtue(Virtue, bool),
    Company,
    Uses,
    Than,
}

pub(super) struct Phrase {
    /// Its words, and whether each is only a stem.
    words: Vec<(String, bool)>,
    pub group: Group,
}

pub(super) type Lexicon = WordMap<String, Vec<Phrase>>;

pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| read(&[include_str!("../../words/praise/en.txt")]));
pub(super) static GERMAN: LazyLock<Lexicon> =
    LazyLock::new(|| read(&[include_str!("../../words/praise/de.txt"), include_str!("../../words/praise/en.txt")]));
pub(super) static FRENCH: LazyLock<Lexicon> =
    LazyLock::new(|| read(&[include_str!("../../words/praise/fr.txt"), include_str!("../../words/praise/en.txt")]));
pub(super) static SPANISH: LazyLock<Lexicon> =
    LazyLock::new(|| read(&[include_str!("../../words/praise/es.txt"), include_str!("../../words/praise/en.txt")]));

/// The first file is the text's own language; of the second only words that stand for themselves are taken.
fn read(files: &[&str]) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for (at, file) in files.iter().enumerate() {
        for (name, list) in file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
        {
            let Some(group) = group(name).filter(|group| at == 0 || !matches!(group, Group::Virtue(_, true))) else {
                continue;
            };
            for phrase in list.split(", ") {
                let mut words: Vec<(String, bool)> = Vec::new();
                for token in lex(phrase) {
                    match (token.sign(), words.last_mut()) {
                        (Some('*'), Some(last)) => last.1 = true,
                        (Some(_), _) => {}
                        _ => words.push((token.lower.into_owned(), false)),
                    }
                }
                if let Some((first, _)) = words.first() {
                    lexicon.entry(first.clone()).or_default().push(Phrase { words, group });
                }
            }
        }
    }
    lexicon
}

fn group(name: &str) -> Option<Group> {
    let (name, weak) = name.strip_suffix('?').map_or((name, false), |name| (name, true));
    Some(match name {
        "speed" => Group::Virtue(Virtue::Speed, weak),
        "memory" => Group::Virtue(Virtue::Memory, weak),
        "safety" => Group::Virtue(Virtue::Safety, weak),
        "taste" => Group::Virtue(Virtue::Taste, weak),
        "others" => Group::Virtue(Virtue::Others, weak),
        "comparison" => Group::Virtue(Virtue::Comparison, weak),
        "company" => Group::Company,
        "uses" => Group::Uses,
        "than" => Group::Than,
        _ => return None,
    })
}

impl Phrase {
    /// Behind the phrase, where it stands at `at`.
    pub(super) fn ends(&self, tokens: &[Token<'_>], at: usize) -> Option<usize> {
        let mut next = at;
        for (word, stem) in &self.words {
            if next > at && tokens.get(next).is_some_and(|token| matches!(token.sign(), Some('\'' | '’'))) {
                next += 1;
            }
            let token = tokens.get(next)?;
            let same = if *stem { token.lower.starts_with(word.as_str()) } else { token.lower == *word };
            if !same {
                return None;
            }
            next += 1;
        }
        Some(next)
    }
}
