#![doc = include_str!("decision-title-missing.md")]

use super::{Check, RecordCase, Rule};
use crate::decision::{Format, Kind};
use crate::report::Finding;
use crate::text::Place;

pub const RULE: Rule = Rule {
    id: "decision-title-missing",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-title-missing.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    if decision.kind != Kind::Decision || decision.title.is_some() || decision.unread.is_some() {
        return Vec::new();
    }
    let mark = match decision.format {
        Format::Asciidoc => "= Title",
        Format::Rst => "Title, underlined with `=`",
        Format::Yaml => "title: …",
        Format::Markdown => "# Title",
    };
    vec![
        Finding::new(
            RULE.id,
            RULE.severity,
            decision.path.to_string(),
            "the record has no title",
            Place::file(decision.path.clone()),
        )
        .why("Lists of decisions show titles, and people look for words in them.")
        .help(format!("Add a first heading that says what is decided: {mark}.")),
    ]
}
