//! Suggested changes: the exact lines that would mend a finding, where adrule knows all of them.
//!
//! A budget or a target is the author's to write: an example that one click would commit as a fact is never suggested.

use super::context::Context;
use super::finding::sentence;
use super::group::words;
use super::link::Linker;
use crate::report::mend::Lines;
use crate::report::render::markup::block;
use crate::report::words::printable;
use crate::report::{Finding, Fix, Report, fingerprint_of};
use std::collections::{BTreeMap, HashSet};

/// The lines of the head that a pull request shows, the first and the last of each part, by path from the root of the
/// repository. Only there may a suggestion stand.
pub type ChangedLines = BTreeMap<String, Vec<(usize, usize)>>;

/// How many suggestions one review has at most.
const MOST: usize = 30;
/// A line that is longer is no line that anybody reads.
const LONGEST_LINE: usize = 2000;

/// What our reviews start with; the ids of what they suggest follow.
const MARKER: &str = "<!-- adrule:suggestions:v1";
/// The end of the marker.
const END: &str = " -->";

/// A suggested change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Tells it from others of the same pull request, wherever its lines have moved to since.
    pub id: String,
    /// The file, from the root of the repository.
    pub path: String,
    /// The last line that is replaced, from 1.
    pub line: usize,
    /// The first one, where there are several.
    pub start_line: Option<usize>,
    /// Why, and the block with the new lines.
    pub body: String,
}

/// Whether anything could be suggested, were all lines shown: else nobody need ask which are.
#[must_use]
pub fn has_suggestions(report: &Report, context: &Context) -> bool {
    let linker = Linker::new(report, context);
    report.open().any(|finding| finding.fixes.iter().any(|fix| suggestion(report, finding, fix, &linker).is_some()))
}

/// What can be suggested for the open findings of a report.
#[must_use]
pub fn suggestions(report: &Report, context: &Context, changed: &ChangedLines) -> Vec<Suggestion> {
    let linker = Linker::new(report, context);
    let mut out: Vec<Suggestion> = Vec::new();
    let mut twins: BTreeMap<String, usize> = BTreeMap::new();
    for finding in report.open() {
        let Some(mut suggestion) = finding.fixes.iter().find_map(|fix| suggestion(report, finding, fix, &linker))
        else {
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
            // The same line twice in one file is two suggestions.
            let twin = twins.entry(suggestion.id.clone()).or_default();
            if *twin > 0 {
                suggestion.id = fingerprint_of(&[&suggestion.id, &twin.to_string()]);
            }
            *twin += 1;
            out.push(suggestion);
        }
    }
    out
}

fn suggestion(report: &Report, finding: &Finding, fix: &Fix, linker: &Linker<'_>) -> Option<Suggestion> {
    let text = report.sources.get(&fix.path)?;
    let Lines { numbers: (first, last), span, new, .. } = Lines::of(fix, text)?;
    // What would be shown otherwise than it is cannot be suggested: it would be committed as it is shown.
    let is_plain = new.lines().all(|line| {
        line.len() <= LONGEST_LINE && printable(line, LONGEST_LINE) == line.trim() && !line.contains("````````")
    });
    let path = linker.full(&fix.path);
    (is_plain && last - first < 20).then(|| Suggestion {
        id: fingerprint_of(&[&path, span.of(text), &new]),
        path,
        line: last,
        start_line: (first < last).then_some(first),
        body: format!("{}\n\n{}", sentence(&finding.message), block("suggestion", &new)),
    })
}

/// The suggestions that no review of ours has made yet, by the texts of those reviews. One that was turned down, or whose
/// lines have changed since, is not made again.
#[must_use]
pub fn not_yet_made<'r>(suggestions: Vec<Suggestion>, reviews: impl IntoIterator<Item = &'r str>) -> Vec<Suggestion> {
    let made: HashSet<&str> = reviews.into_iter().flat_map(made).collect();
    suggestions.into_iter().filter(|suggestion| !made.contains(suggestion.id.as_str())).collect()
}

/// Whether a review's text is one of ours, by its marker. Whoever asks has to look at its author as well.
#[must_use]
pub fn is_review(body: &str) -> bool {
    body.trim_start().starts_with(MARKER)
}

/// The ids that a review made.
fn made(body: &str) -> impl Iterator<Item = &str> {
    let ids = body.trim_start().strip_prefix(MARKER).and_then(|rest| rest.split_once(END));
    ids.map_or("", |(ids, _)| ids).split_whitespace()
}

/// The text of a review that makes these suggestions, our marker at its start.
#[must_use]
pub fn review(suggestions: &[Suggestion]) -> String {
    let ids: String = suggestions.iter().map(|suggestion| format!(" {}", suggestion.id)).collect();
    let said = match suggestions.len() {
        1 => "Here the exact lines are known, and can be taken over with one click if they are right.".to_owned(),
        number => format!(
            "In {} places the exact lines are known, and can be taken over with one click where they are right.",
            words(number)
        ),
    };
    format!("{MARKER}{ids}{END}\n{said}\n")
}
