#![doc = include_str!("decision-status-unknown.md")]

use super::{Check, Context, Rule};
use crate::decision::{Decision, Kind};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-status-unknown",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Decision(check),
    page: include_str!("decision-status-unknown.md"),
};

fn check(_: &Context<'_>, decision: &Decision) -> Vec<Finding> {
    if decision.kind != Kind::Decision {
        return Vec::new();
    }
    let unknown = decision.statuses.iter().find(|reading| reading.status.is_none());
    let (Some(reading), None) = (unknown, decision.status) else { return Vec::new() };
    let raw = words::printable(&reading.raw, 80);
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), format!("the status `{raw}` is not understood"), decision.place(reading.span))
            .label("read as the status")
            .why("A decision whose status is not known permits nothing, and nobody can tell whether to follow it.")
            .help("Write one of: draft, proposed, accepted, rejected, withdrawn, deprecated, superseded. What else there is to say can follow on its own line."),
    ]
}
