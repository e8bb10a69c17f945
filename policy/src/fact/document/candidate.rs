//! Which passages can hold a fact at all. Most cannot; they are told apart on their bytes alone.

use super::super::prose::cue::key;
use super::super::prose::label;
use super::super::value::{number, rank, unit};
use super::super::vocabulary::Type;
use super::super::words::runs;
use super::pieces::Pieces;
use std::sync::LazyLock;

/// Pieces of words, without their first letter, which may be a capital. What a passage must hold besides is said by
/// [`worth_reading`].
const GROUPS: [&[&str]; 4] = [
    // Times, rates of a second or a minute, and memory, in words: with a number.
    &[
        "econd", "ekunde", "egund", "illis", "inute", "inuto", "egabyte", "igabyte", "ilobyte", "ebibyte", "ibibyte",
        "egs", "igs", "égaoct", "igaoct", "ercent", "rozent", "ourcent", "in t", "out of",
    ],
    // Instances: with a number.
    &[
        "nstan", "eplica", "éplica", "pods", "copies", "opies", "odes", "orkers", "rocess", "hards", "achines",
        "ervers", "Pods", "eplik", " of them",
    ],
    // Failures: with a word of the scale.
    &[
        "mpact",
        "ailure",
        "utage",
        "fails",
        "down",
        "off",
        "usfall",
        "uswirkung",
        "olgen",
        "ällt",
        "anne",
        "fallo",
        "falla",
        "falle",
        "aída",
        "everity",
        "onsequence",
        "navailable",
        "lass",
        "rate",
        "fail",
        "harm",
        "osing",
        "oss of",
        "break",
        "broken",
        "rash",
        "stops",
        "stopped",
        "topping",
        "dies",
        "dead",
        "wrong",
        "gone",
        "goes",
        "issing",
        "nterrupt",
        "isrupt",
        "ithout",
        "verdict",
        "erdict",
        "tands still",
        "hangs",
        "silent",
        "usfällt",
        "törung",
        "erlust",
        "perte",
        "pérdida",
        "onséquence",
    ],
    // The scale.
    &[
        "igh",
        "edium",
        "low",
        "Low",
        "ritical",
        "evere",
        "inor",
        "oderate",
        "och",
        "ohe",
        "ittel",
        "ering",
        "iedrig",
        "ritisch",
        "levé",
        "oyen",
        "odér",
        "aible",
        "ritique",
        "lto",
        "lta",
        "edio",
        "edia",
        "ajo",
        "aja",
        "rítico",
        "rítica",
        "atastroph",
    ],
];

/// What stands for one second without a number.
const ONE: &[&str] = &[
    "within a ",
    "under a ",
    "half a ",
    "than a ",
    " a second",
    " a minute",
    " a millisecond",
    "a quarter of",
    "einer Sekunde",
    "une seconde",
    "un segundo",
];

/// Rates of an hour or a day: with a number.
const LONG_RATES: &[&str] = &[
    "s/s",
    "n/s",
    "s/m",
    "s/h",
    "s/d",
    " rps",
    " qps",
    " tps",
    "per hour",
    "per day",
    "an hour",
    "a day",
    "pro stunde",
    "pro Stunde",
    "pro Tag",
    "am Tag",
    "je Stunde",
    "je Tag",
    "par heure",
    "par jour",
    "por hora",
    "por día",
    "al día",
];

const TIMES: u8 = 1;
const INSTANCES: u8 = 1 << 1;
const FAILURES: u8 = 1 << 2;
const SCALE: u8 = 1 << 3;
const SECOND: u8 = 1 << 4;
const COLON: u8 = 1 << 5;
const LONG_RATE: u8 = 1 << 6;

static PIECES: LazyLock<Pieces> = LazyLock::new(|| {
    let [times, instances, failures, scale] = GROUPS;
    Pieces::of(&[times, instances, failures, scale, ONE, &[":", "：", "=", "—", "–"], LONG_RATES])
});

/// Whether a passage may hold a figure with a unit, a rating or a labelled value.
pub(super) fn worth_reading(text: &str, extra: &[(String, std::sync::Arc<str>)]) -> bool {
    // Most of those that may have a figure with its unit, and need no further look.
    let digit = has_digit(text);
    if digit && has_figure(text) {
        return true;
    }
    let found = PIECES.find(text);
    let has = |group: u8| found & group != 0;
    has(FAILURES) && has(SCALE) && rank::stands_in(text)
        || has(TIMES | INSTANCES | LONG_RATE) && (digit || has(SECOND) || has_number_word(text))
        || !extra.is_empty() && text.split_once(" | ").is_some_and(|(label, _)| is_extra(label, extra))
        || has(COLON) && text.lines().any(|line| is_labelled(line, extra))
}

/// Whether the rows of a table hold a word for a failure and one of the scale, wherever they stand.
pub(super) fn rates<'t>(rows: impl Iterator<Item = &'t str>) -> bool {
    let (found, rank) = rows.fold((0, false), |(found, rank), row| {
        let own = PIECES.find(row);
        (found | own, rank || own & SCALE != 0 && rank::stands_in(row))
    });
    found & FAILURES != 0 && rank
}

/// Whether a text opens with a word of the scale: "critical (lives)", under a heading that asks for it.
pub(super) fn may_be_rating(text: &str) -> bool {
    let opening = text.char_indices().nth(24).map_or(text, |(end, _)| &text[..end]);
    PIECES.find(opening) & SCALE != 0 && rank::stands_in(opening)
}

/// Whether a short text holds a word of the scale under a heading that speaks of a failure.
pub(super) fn rates_under(title: &str, text: &str) -> bool {
    text.len() < 400 && PIECES.find(title) & FAILURES != 0 && PIECES.find(text) & SCALE != 0 && rank::stands_in(text)
}

/// Whether a number in words stands in a text.
fn has_number_word(text: &str) -> bool {
    runs(text, key::START, key::with).any(|(word, hash)| {
        if !(3..40).contains(&word.len()) || hash.is_some_and(|hash| !number::may_be_word(hash, word.len())) {
            return false;
        }
        let word = &text[word];
        number::is_word(word)
            || !word.bytes().all(|byte| byte.is_ascii_lowercase()) && number::is_word(&word.to_lowercase())
    })
}

/// Whether a digit stands in a text. Every byte is looked at: many at once are compared faster than one after the other.
fn has_digit(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | byte.is_ascii_digit())
}

/// Whether digits with a unit, or what may be one, stand in a text.
fn has_figure(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(u8::is_ascii_digit) {
        at += found;
        let set = at > 0 && bytes[at - 1] == b'=';
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
                if word.len() <= 16 && is_unit(word) || set && matches!(word, "K" | "M" | "G" | "Ki" | "Mi" | "Gi") {
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
        label::may_be_known(label) && label::known(label).is_some() || is_extra(label, extra)
    })
}

/// Whether the head of a table speaks of instances: its rows may hold bare numbers.
pub(super) fn heads_counts(head: &str) -> bool {
    PIECES.find(head) & INSTANCES != 0
}

/// Whether a cell of a row is the label of a figure or a rating.
pub(super) fn labels_row(row: &str) -> bool {
    row.split(" | ").filter(|cell| cell.len() < 60).any(|cell| {
        label::may_be_known(cell)
            && label::known(cell).is_some_and(|known| {
                matches!(known.value, Type::Bytes | Type::Duration | Type::Rate | Type::Count | Type::Impact)
            })
    })
}

/// Whether a label is one that the page adds.
fn is_extra(label: &str, extra: &[(String, std::sync::Arc<str>)]) -> bool {
    extra.iter().any(|(extra, _)| extra.eq_ignore_ascii_case(label.trim()))
}
