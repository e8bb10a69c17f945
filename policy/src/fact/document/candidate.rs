//! Which passages can hold a fact at all. Most cannot; they are told apart on their bytes alone.

use super::super::prose::label;
use super::super::value::unit;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Pieces of words that go with figures and ratings in words: without their first letter, which may be a capital.
const PIECES: &[&str] = &[
    "econd",
    "ekunde",
    "egundo",
    "illis",
    "mpact",
    "ailure",
    "ritical",
    "utage",
    "usfall",
    "uswirkung",
    "olgen",
    "anne",
    "fallo",
    "aída",
    "mpacto",
    "nstan",
    "eplica",
    "pods",
    "copies",
    "per ",
    "inute",
];

static FINDERS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| PIECES.iter().map(Finder::new).collect());

/// The pieces that occur in one document, so that its passages are searched for no others.
pub(super) struct Candidates {
    present: Vec<&'static Finder<'static>>,
}

impl Candidates {
    pub(super) fn of(file: &str) -> Self {
        Self { present: FINDERS.iter().filter(|finder| finder.find(file.as_bytes()).is_some()).collect() }
    }

    /// Whether a passage may hold a figure with a unit, a rating or a labelled value.
    pub(super) fn worth_reading(&self, text: &str, extra: &[(String, std::sync::Arc<str>)]) -> bool {
        has_figure(text)
            || self.present.iter().any(|finder| finder.find(text.as_bytes()).is_some())
            || text.lines().any(|line| is_labelled(line, extra))
    }
}

/// Whether digits with a unit, or what may be one, stand in a text.
fn has_figure(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(u8::is_ascii_digit) {
        at += found;
        while bytes.get(at).is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
            at += 1;
        }
        let rest = text
            .get(at..)
            .unwrap_or_default()
            .trim_start_matches([' ', '-', '\u{a0}', '\u{202f}', '\n', '*', '_', '`']);
        match rest.chars().next() {
            Some(first) if first.is_ascii_alphabetic() => {
                let end = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
                let word = &rest[..end];
                if word.len() <= 16 && is_unit(word) {
                    return true;
                }
            }
            Some('/') | Some('µ' | 'μ') => return true,
            Some(first) if !first.is_ascii() && first.is_alphabetic() => return true,
            _ => {}
        }
    }
    false
}

fn is_unit(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    unit::of(word, &lower, true).is_some()
        || matches!(lower.as_str(), "rps" | "qps" | "tps" | "k" | "req" | "reqs" | "rpm" | "eps")
}

/// Whether a line opens with a label of a known fact.
fn is_labelled(line: &str, extra: &[(String, std::sync::Arc<str>)]) -> bool {
    let end =
        line.char_indices().take(60).find(|(_, sign)| matches!(sign, ':' | '：' | '=' | '—' | '–')).map(|(at, _)| at);
    end.is_some_and(|end| {
        let label = &line[..end];
        label::known(label).is_some() || extra.iter().any(|(extra, _)| extra.eq_ignore_ascii_case(label.trim()))
    })
}
