#![doc = include_str!("decision-successor-missing.md")]

use super::part::parts;
use super::records::status_place;
use super::succession::claims;
use super::{Check, Context, RecordCase, Rule};
use crate::decision::words::Topic;
use crate::decision::{Decision, Status};
use crate::report::Finding;
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    id: "decision-successor-missing",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-successor-missing.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    // An old record that says too little contradicts nothing.
    if !context.is_thorough(RULE.id) {
        return Vec::new();
    }
    let claims = claims(context);
    let replaced: HashSet<&str> = claims.iter().map(|claim| &*claim.older().path).collect();
    let open = context.records.iter().filter(|record| {
        is_left_open(record)
            && !replaced.contains(&*record.path)
            && !context.record(record).is_some_and(|case| says_more(&case))
    });
    open.map(|record| {
        let message = "the record is superseded, and nothing says by which";
        Finding::new(RULE.id, RULE.severity, record.path.to_string(), message, status_place(record))
            .label("superseded by which record?")
            .why("Whoever looks for the decision that is in force ends here.")
            .help("Name the record: `Superseded by ADR-0012`; where none replaces it, it is deprecated.")
    })
    .collect()
}

/// Whether a record is superseded and names none that replaces it.
pub fn is_left_open(record: &Decision) -> bool {
    record.status == Some(Status::Superseded) && record.superseded_by.is_empty()
}

/// Whether more than the word stands there: a name that is not understood is a name.
fn says_more(case: &RecordCase<'_>) -> bool {
    let longest = case.decision.statuses.iter().map(|reading| reading.raw.split_whitespace().count()).max();
    let lines =
        parts(case).iter().filter(|part| part.topic == Some(Topic::Status)).map(|part| part.said().count()).max();
    longest.unwrap_or_default() > 2 || lines.unwrap_or_default() > 1
}
