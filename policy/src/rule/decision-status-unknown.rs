#![doc = include_str!("decision-status-unknown.md")]

use super::{Check, RecordCase, Rule};
use crate::decision::words::fold;
use crate::decision::{Kind, Reference, is_choice};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-status-unknown",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Record(check),
    page: include_str!("decision-status-unknown.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    if decision.kind != Kind::Decision {
        return Vec::new();
    }
    let unknown = decision.statuses.iter().find(|reading| reading.status.is_none());
    let (Some(reading), None) = (unknown, decision.status) else { return Vec::new() };
    // `Partially superseded by ADR-9`: no status of its own, but all is said.
    let inside = |one: &Reference| reading.span.start <= one.span.start && one.span.end <= reading.span.end;
    if decision.superseded_by.iter().any(|one| one.partial && inside(one)) {
        return Vec::new();
    }
    let raw = words::printable(&reading.raw, 80);
    let (message, label) = if is_choice(&reading.raw) {
        (format!("the status is still to be chosen: `{raw}`"), "a template's text")
    } else if is_open(&reading.raw) {
        (format!("the status is still to be filled in: `{raw}`"), "no status yet")
    } else {
        (format!("the status `{raw}` is not understood"), "read as the status")
    };
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(reading.span))
            .label(label)
            .why("A decision whose status is not known permits nothing, and nobody can tell whether to follow it.")
            .help("Write one of: draft, proposed, accepted, rejected, withdrawn, deprecated, superseded. What else there is to say can follow on its own line."),
    ]
}

/// Words that only hold a place.
fn is_open(raw: &str) -> bool {
    let folded = fold(raw);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(bare, "tbd" | "todo" | "tba" | "tbc" | "to be defined" | "to be determined" | "to be decided")
}
