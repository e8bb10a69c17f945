#![doc = include_str!("decision-status-refused.md")]

use super::records::status_place;
use super::{Check, RecordCase, Rule};
use crate::decision::{Kind, word};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-status-refused",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Record(check),
    page: include_str!("decision-status-refused.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let allowed = &case.page.decisions.statuses;
    let Some(status) = decision.status.filter(|_| decision.kind == Kind::Decision && !allowed.is_empty()) else {
        return Vec::new();
    };
    if allowed.iter().any(|one| one.value == status) {
        return Vec::new();
    }
    let listed: Vec<String> = allowed.iter().map(|one| word(one.value).to_owned()).collect();
    let message = format!("the status is {}, which the page does not name", word(status));
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, status_place(decision))
            .label(format!("read as {}", word(status)))
            .why("The team agreed on which statuses a decision has.")
            .help(format!("Write {}.", words::list(&listed, "or"))),
    ]
}
