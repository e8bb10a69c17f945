//! Suggested changes: the exact lines that would mend a finding, where adrule knows all of them.
//!
//! A budget or a target is the author's to write: an example that one click would commit as a fact is never suggested.

use super::context::Context;
use super::finding::sentence;
use super::link::Linker;
use crate::report::render::markup::block;
use crate::report::words::printable;
use crate::report::{Finding, Fix, Report};
use crate::text::{LineIndex, Span};
use std::collections::BTreeMap;

/// The lines of the head that a pull request shows, the first and the last of each part, by path from the root of the
/// repository. Only there may a suggestion stand.
pub type ChangedLines = BTreeMap<String, Vec<(usize, usize)>>;

/// How many suggestions one review has at most.
const MOST: usize = 30;
/// A line that is longer is no line that anybody reads.
const LONGEST_LINE: usize = 2000;

/// A suggested change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The file, from the root of the repository.
    pub path: String,
    /// The last line that is replaced, from 1.
    pub line: usize,
    /// The first one, where there are several.
    pub start_line: Option<usize>,
    /// Why, and the block with the new lines.
    pub body: String,
}

/// What can be suggested for the open findings of a report.
#[must_use]
pub fn suggestions(report: &Report, context: &Context, changed: &ChangedLines) -> Vec<Suggestion> {
    let linker = Linker::new(report, context);
    let mut out: Vec<Suggestion> = Vec::new();
    for finding in report.open() {
        let Some(suggestion) = finding.fixes.iter().find_map(|fix| suggestion(report, finding, fix, &linker)) else {
            continue;
        };
        let first = suggestion.start_line.unwrap_or(suggestion.line);
        let shown = changed
            .get(&suggestion.path)
            .is_some_and(|parts| parts.iter().any(|(start, end)| *start <= first && suggestion.line <= *end));
        // Two changes of one line cannot both be accepted.
        let taken = out.iter().any(|other| {
            other.path == suggestion.path
                && other.start_line.unwrap_or(other.line) <= suggestion.line
                && first <= other.line
        });
        if shown && !taken && out.len() < MOST {
            out.push(suggestion);
        }
    }
    out
}

fn suggestion(report: &Report, finding: &Finding, fix: &Fix, linker: &Linker<'_>) -> Option<Suggestion> {
    let span = fix.replaces?;
    let text = report.sources.get(&fix.path)?;
    let lines = LineIndex::new(text);
    let (first, last) = (lines.position(span.start).line, lines.position(span.end).line);
    let (start, end) = (lines.start_of(first), lines.start_of(last) + lines.line(last).len());
    let span = Span::new(span.start, span.end.min(end));
    let new = format!("{}{}{}", text.get(start..span.start)?, fix.text.trim_end(), text.get(span.end..end)?);
    // What would be shown otherwise than it is cannot be suggested: it would be committed as it is shown.
    let is_plain = new.lines().all(|line| {
        line.len() <= LONGEST_LINE && printable(line, LONGEST_LINE) == line.trim() && !line.contains("````````")
    });
    (is_plain && new != text[start..end] && last - first < 20).then(|| Suggestion {
        path: linker.full(&fix.path),
        line: last,
        start_line: (first < last).then_some(first),
        body: format!("{}\n\n{}", sentence(&finding.message), block("suggestion", &new)),
    })
}
