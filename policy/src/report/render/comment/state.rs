//! The marker: a hidden line at the start of our comment by which we know it again, and what it said.

use crate::report::fingerprint_of;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// What every comment of ours starts with.
pub const MARKER: &str = "<!-- adrule:comment:";
/// The version of what follows it.
const VERSION: &str = "v1";
/// The end of the marker.
const END: &str = " -->";

/// What our comment said when it was last written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// What was open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<Gap>,
    /// What was mended since the first comment, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mended: Vec<Mended>,
    /// How many of each did not fit.
    #[serde(default, skip_serializing_if = "is_none_left")]
    pub left_out: [usize; 2],
}

fn is_none_left(left_out: &[usize; 2]) -> bool {
    *left_out == [0, 0]
}

/// Something that was missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Its fingerprint.
    pub id: String,
    /// The rule.
    pub rule: String,
    /// What it was about: a service, a file.
    pub subject: String,
    /// What was wrong, in a few words.
    pub said: String,
}

/// Something that was missing and is not any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mended {
    /// What was missing.
    pub gap: Gap,
    /// How it was mended, in a few words; none where nothing more is known than that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// The commit that mended it; empty where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
    /// What says so; none where nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Line>,
}

/// A line of a file at a commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The commit; empty where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub commit: String,
}

/// Whether a body is the comment with this [`super::Context::key`], by its marker. Whoever asks has to look at its author
/// as well: anybody can write a marker.
#[must_use]
pub fn is_ours(body: &str, key: &str) -> bool {
    let rest = after_version(body);
    rest.and_then(|(_, rest)| rest.split_once(' ')).is_some_and(|(found, _)| found == escaped_key(key))
}

/// What a comment of ours said. None where the body has no marker, or one that is not understood: then [`is_ours`]
/// still knows it.
#[must_use]
pub fn state(body: &str) -> Option<State> {
    let (_, rest) = after_version(body).filter(|(version, _)| *version == VERSION)?;
    let (_, rest) = rest.split_once(' ')?;
    let (json, _) = rest.split_once(END)?;
    serde_json::from_str(json).ok()
}

/// The version of a marker, and what follows it.
fn after_version(body: &str) -> Option<(&str, &str)> {
    body.trim_start_matches('\u{FEFF}').trim_start().strip_prefix(MARKER)?.split_once(':')
}

/// The part of a state that fits into a marker of about `longest` bytes, and the marker: a line without its end. What does not fit is counted:
/// the oldest mended first, then the last of the open ones.
pub(super) fn fitted(key: &str, mut state: State, longest: usize) -> (State, String) {
    let head = format!("{MARKER}{VERSION}:{} ", escaped_key(key));
    loop {
        let json = harmless(&serde_json::to_string(&state).unwrap_or_default());
        if json.len() <= longest {
            return (state, format!("{head}{json}{END}"));
        }
        // A half at a time, so that a thousand entries are written out ten times and not a thousand.
        if state.mended.len() > 1 {
            let gone = state.mended.len() / 2;
            state.mended.drain(..gone);
            state.left_out[1] += gone;
        } else if state.open.len() > 1 {
            let stay = state.open.len() / 2;
            state.left_out[0] += state.open.len() - stay;
            state.open.truncate(stay);
        } else {
            let [open, mended] = state.left_out;
            state = State { left_out: [open + state.open.len(), mended + state.mended.len()], ..State::default() };
        }
    }
}

/// A key without white space and without anything that ends or starts a comment in HTML.
fn escaped_key(key: &str) -> String {
    const LONGEST_KEY: usize = 200;
    let mut out = String::new();
    for byte in key.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' => out.push(char::from(byte)),
            byte => drop(write!(out, "%{byte:02x}")),
        }
        if out.len() > LONGEST_KEY {
            return format!("%{}", fingerprint_of(&[key]));
        }
    }
    out
}

/// JSON in which no character can end the comment around it, mention anybody or hide: such characters only stand in
/// texts, where `\u` escapes mean the same.
fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '-' | '<' | '>' | '&' | '@' | '#' | '!' => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c if c.is_ascii() && !c.is_ascii_control() => out.push(c),
            c => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out
}
