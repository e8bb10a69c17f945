#![doc = include_str!("decision-status-missing.md")]

use super::records::title_place;
use super::{Check, RecordCase, Rule};
use crate::decision::Kind;
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "decision-status-missing",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-status-missing.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    if decision.kind != Kind::Decision || !decision.statuses.is_empty() || decision.unread.is_some() {
        return Vec::new();
    }
    if case.outline.front_matter.is_some_and(|span| has_stage(span.of(case.text))) {
        return Vec::new();
    }
    let at =
        if case.outline.front_matter.is_some() { "`status: …` in its front matter" } else { "a section `Status`" };
    vec![
        Finding::new(
            RULE.id,
            RULE.severity,
            decision.path.to_string(),
            "the record states no status",
            title_place(decision),
        )
        .label("no status in its header, and no section for it")
        .why("Nobody can tell whether the decision was made, and whether it still holds.")
        .help(format!("Add {at} with one of: draft, proposed, accepted, rejected, withdrawn, deprecated, superseded.")),
    ]
}

/// Whether front matter says under another name where the record stands: `stage: draft`.
fn has_stage(front: &str) -> bool {
    let keys = front.lines().take(400).filter_map(|line| line.split_once(':'));
    keys.into_iter().any(|(key, value)| matches!(key, "stage" | "lifecycle" | "phase") && !value.trim().is_empty())
}
