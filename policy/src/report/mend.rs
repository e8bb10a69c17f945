//! What mends findings to the letter, as changes of files.
//!
//! A budget or a target is the author's to write: what is only an example is never written into a file.

use super::{Finding, Fix, Report};
use crate::text::{LineIndex, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file with what mends findings in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The file.
    pub path: Arc<str>,
    /// Its new text.
    pub text: String,
    /// What changed, in the order of the lines.
    pub changes: Vec<Change>,
}

/// Some lines that are written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rules whose findings they mend, each once.
    pub rules: Vec<Arc<str>>,
    /// How many findings they mend.
    pub findings: usize,
    /// The first line in the old text, from 1.
    pub line: usize,
    /// The lines as they were.
    pub before: String,
    /// The lines as they are now.
    pub after: String,
}

/// Whole lines of a text, and what takes their place.
pub(crate) struct Lines {
    /// The first and the last line, from 1.
    pub numbers: (usize, usize),
    /// The lines without what ends the last one.
    pub span: Span,
    /// What takes their place.
    pub new: String,
    /// The part of them that changes, and what it becomes.
    edit: (Span, String),
}

impl Lines {
    /// The lines that a fix changes, where it is known to the letter what they become.
    pub(crate) fn of(fix: &Fix, text: &str) -> Option<Self> {
        let place = fix.replaces.filter(|_| fix.is_exact)?;
        let index = LineIndex::new(text);
        let (first, last) = (index.position(place.start).line, index.position(place.end).line);
        let (start, end) = (index.start_of(first), index.start_of(last) + index.line(last).len());
        let words = fix.text.trim_end();
        let edit = if fix.is_below {
            // As the line itself ends.
            let line_end = if text.get(end..)?.starts_with("\r\n") { "\r\n" } else { "\n" };
            (Span::at(end), format!("{line_end}{line_end}{words}"))
        } else {
            (Span::new(place.start, place.end.min(end)), words.to_owned())
        };
        let new = format!("{}{}{}", text.get(start..edit.0.start)?, edit.1, text.get(edit.0.end..end)?);
        (new != text[start..end]).then(|| Self { numbers: (first, last), span: Span::new(start, end), new, edit })
    }
}

/// How one open finding is mended to the letter, if it is known.
fn known<'r>(report: &Report, finding: &'r Finding) -> Option<(&'r Fix, Lines)> {
    finding.fixes.iter().find_map(|fix| {
        let text = report.sources.get(&fix.path)?;
        let lines = Lines::of(fix, text)?;
        // What is there already and was not understood would not be understood a second time.
        if fix.is_below && text.contains(fix.text.trim_end()) {
            return None;
        }
        // What cannot be seen is not written.
        let is_plain = !fix.text.contains(|c: char| c.is_control() && c != '\n');
        is_plain.then_some((fix, lines))
    })
}

/// How many open findings are mended by [`mend`], as far as one does not stand in the way of another.
#[must_use]
pub fn mendable(report: &Report) -> usize {
    report.open().filter(|finding| known(report, finding).is_some()).count()
}

/// The files that change where every open finding is mended for which it is known how. `is_wanted` chooses among rules.
/// Two findings may want the same lines: one of them is mended, and the other only where it is found again afterwards.
#[must_use]
pub fn mend(report: &Report, is_wanted: &dyn Fn(&str) -> bool) -> Vec<Mended> {
    let mut by_file: BTreeMap<&Arc<str>, Vec<(&Finding, Lines, bool)>> = BTreeMap::new();
    for finding in report.open().filter(|finding| is_wanted(&finding.rule)) {
        if let Some((fix, lines)) = known(report, finding) {
            by_file.entry(&fix.path).or_default().push((finding, lines, fix.is_below));
        }
    }
    by_file.into_iter().filter_map(|(path, all)| Some(mended(path, report.sources.get(path)?, all))).collect()
}

fn mended(path: &Arc<str>, text: &str, mut all: Vec<(&Finding, Lines, bool)>) -> Mended {
    // What stands already may become something else, and make a line below it needless.
    if all.iter().any(|(.., is_below)| !is_below) {
        all.retain(|(.., is_below)| !is_below);
    }
    all.sort_by_key(|(_, lines, _)| lines.edit.0);
    let mut out = Mended { path: Arc::clone(path), text: String::with_capacity(text.len() + 64), changes: Vec::new() };
    // How far the old text is written, and what the last lines that change were, and where they start in the new text.
    let mut at = 0;
    let mut open: Option<(Span, usize)> = None;
    for (finding, Lines { numbers, span, edit: (place, words), .. }, _) in all {
        if place.start < at {
            continue;
        }
        let rule = || Arc::clone(&finding.rule);
        match (&mut open, out.changes.last_mut()) {
            // The same line once more.
            (Some((lines, _)), Some(change)) if span.start <= lines.end => {
                lines.end = lines.end.max(span.end);
                change.findings += 1;
                if !change.rules.contains(&finding.rule) {
                    change.rules.push(rule());
                }
            }
            _ => {
                close(&mut out, text, &mut at, open.take());
                out.text.push_str(&text[at..span.start]);
                at = span.start;
                open = Some((span, out.text.len()));
                let (before, after) = (String::new(), String::new());
                out.changes.push(Change { rules: vec![rule()], findings: 1, line: numbers.0, before, after });
            }
        }
        out.text.push_str(&text[at..place.start]);
        out.text.push_str(&words);
        at = place.end;
    }
    close(&mut out, text, &mut at, open);
    out.text.push_str(&text[at..]);
    out
}

/// Writes the rest of the lines that change, and tells what they were and are.
fn close(out: &mut Mended, text: &str, at: &mut usize, open: Option<(Span, usize)>) {
    let Some((lines, start)) = open else { return };
    out.text.push_str(&text[*at..lines.end]);
    *at = lines.end;
    if let Some(change) = out.changes.last_mut() {
        lines.of(text).clone_into(&mut change.before);
        out.text[start..].clone_into(&mut change.after);
    }
}
