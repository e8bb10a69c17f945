#![doc = include_str!("decision-deciders-missing.md")]

use super::records::title_place;
use super::{Check, RecordCase, Rule};
use crate::decision::{Kind, Status};
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "decision-deciders-missing",
    severity: crate::report::Severity::Info,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-deciders-missing.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    // Before it is decided nobody has.
    let open = matches!(decision.status, Some(Status::Draft | Status::Proposed | Status::Withdrawn));
    // Its author can be asked, too.
    let named = !decision.deciders.is_empty() || !decision.authors.is_empty();
    if decision.kind != Kind::Decision || open || named || decision.unread.is_some() {
        return Vec::new();
    }
    vec![
        Finding::new(
            RULE.id,
            RULE.severity,
            decision.path.to_string(),
            "the record does not say who decided",
            title_place(decision),
        )
        .label("neither deciders nor an author in its header")
        .why("Whoever wants to change a decision has to know whom to ask.")
        .help("Add the team or the people who decided, such as `Deciders: platform-guild`."),
    ]
}
