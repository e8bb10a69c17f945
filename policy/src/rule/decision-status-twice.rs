#![doc = include_str!("decision-status-twice.md")]

use super::{Check, RecordCase, Rule};
use crate::decision::{Kind, word};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-status-twice",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Record(check),
    page: include_str!("decision-status-twice.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let mut understood = decision.statuses.iter().filter_map(|reading| Some((reading, reading.status?)));
    let Some((first, status)) = understood.next().filter(|_| decision.kind == Kind::Decision) else {
        return Vec::new();
    };
    let Some((other, differs)) = understood.find(|(_, other)| *other != status) else { return Vec::new() };
    let message = format!("the status is `{}` in one place and `{}` in another", word(status), word(differs));
    let label = |raw: &str| format!("read as the status: `{}`", words::printable(raw, 60));
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(first.span))
            .label(label(&first.raw))
            .and(decision.place(other.span), label(&other.raw))
            .why("Two places that disagree leave it to the reader whether the decision is in force.")
            .help("Write the same status in both places, or remove one of them."),
    ]
}
