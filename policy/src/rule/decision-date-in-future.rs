#![doc = include_str!("decision-date-in-future.md")]

use super::{Check, RecordCase, Rule};
use crate::decision::{Kind, Status};
use crate::report::Finding;
use jiff::ToSpan;

pub const RULE: Rule = Rule {
    id: "decision-date-in-future",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Record(check),
    page: include_str!("decision-date-in-future.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let Some((date, span)) = decision.date.filter(|_| decision.kind == Kind::Decision) else { return Vec::new() };
    // Tomorrow has begun somewhere; and a decision that is still to be made may name its day.
    let open = matches!(decision.status, Some(Status::Draft | Status::Proposed));
    if open || case.today.checked_add(1.day()).is_ok_and(|tomorrow| date <= tomorrow) {
        return Vec::new();
    }
    let message = format!("the decision is dated {date}, which is yet to come");
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(span))
            .label(format!("today is {}", case.today))
            .why("A decision that is not marked as proposed has been made, so its day has passed; most often the year is wrong.")
            .help("Write the day on which it was decided."),
    ]
}
