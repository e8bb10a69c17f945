#![doc = include_str!("decision-date-missing.md")]

use super::records::title_place;
use super::{Check, RecordCase, Rule};
use crate::decision::{Kind, Status};
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "decision-date-missing",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-date-missing.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let dated = decision.date.is_some() || decision.date_unread.is_some() || decision.unread.is_some();
    // What is not decided yet has no day of decision.
    let open = matches!(decision.status, Some(Status::Draft | Status::Proposed));
    if decision.kind != Kind::Decision || dated || open {
        return Vec::new();
    }
    vec![
        Finding::new(
            RULE.id,
            RULE.severity,
            decision.path.to_string(),
            "the record does not say when it was decided",
            title_place(decision),
        )
        .label("no date of the decision in its header, its status or its file's name")
        .why("What was known when a decision was made is only clear when its day is.")
        .help("Add the day on which it was decided, such as `Date: 2026-01-31`."),
    ]
}
