//! One file here for each output format of a report, and its line in [`OUTPUTS`].

pub mod catalog;
pub mod comment;
pub mod facts;
mod github;
mod gitlab;
pub mod graph;
pub mod human;
pub mod json;
mod json_lines;
mod junit;
pub mod markdown;
pub mod markup;
mod rdjson;
mod region;
mod sarif;

use crate::report::{Finding, Report};

/// How to print for people; formats for programs look at none of it.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// With colour.
    pub color: bool,
    /// Where rule pages are found, for terminals that show links: `…/rules/`. None: no links.
    pub rule_pages: Option<String>,
    /// Only findings and the closing line.
    pub quiet: bool,
    /// Waived findings, facts and what was left out, too.
    pub verbose: bool,
}

/// An output format.
pub struct Output {
    /// Its name, as `--format` takes it.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Writes a report, a line break at its end.
    pub render: fn(&Report, &Options) -> String,
}

/// Every output format; the first is the one that is used unless another is asked for.
pub const OUTPUTS: &[&Output] = &[
    &human::OUTPUT,
    &json::OUTPUT,
    &json_lines::OUTPUT,
    &markdown::OUTPUT,
    &sarif::OUTPUT,
    &github::OUTPUT,
    &gitlab::OUTPUT,
    &junit::OUTPUT,
    &rdjson::OUTPUT,
];

/// The output format of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Output> {
    OUTPUTS.iter().find(|output| output.name == name).copied()
}

/// Where the project lives.
const HOME: &str = "https://github.com/adrule/adrule";

/// The address of a rule's manual page; none for a rule of the page's own.
#[must_use]
pub fn rule_page(id: &str) -> Option<String> {
    crate::rule::find(id).map(|rule| format!("{HOME}/blob/main/docs/rules/{}.md", rule.id))
}

/// What is wrong, why, and what would mend it, as paragraphs of plain text.
fn paragraphs(finding: &Finding) -> Vec<String> {
    let mut parts = vec![format!("{}.", finding.message.trim_end_matches('.'))];
    if !finding.why.is_empty() {
        parts.push(finding.why.clone());
    }
    parts.extend(finding.notes.iter().map(|note| format!("Read: {note}")));
    for (at, fix) in finding.fixes.iter().enumerate() {
        let lead = match (at, fix.is_exact) {
            (0, true) => "Write in",
            (0, false) => "Add, with your own value, in",
            _ => "Or in",
        };
        let place = if fix.at.is_empty() { String::new() } else { format!(", {}", fix.at) };
        parts.push(format!("{lead} {}{place}:\n{}", fix.path, fix.text.trim_end()));
    }
    parts.extend(finding.help.clone());
    parts
}
