#![doc = include_str!("decision-status-transition.md")]

use super::records::status_place;
use super::{ChangedRecord, Check, Rule};
use crate::decision::{Kind, Status, word};
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "decision-status-transition",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Changed(check),
    page: include_str!("decision-status-transition.md"),
};

fn check(changed: &ChangedRecord<'_>) -> Vec<Finding> {
    let decision = changed.decision;
    let (Some(from), Some(to), Kind::Decision) = (changed.before.status, decision.status, decision.kind) else {
        return Vec::new();
    };
    if is_way(from, to) {
        return Vec::new();
    }
    let message = format!("the decision was {}, and this change makes it {}", word(from), word(to));
    let help = match from {
        Status::Accepted => "A decision that no longer holds becomes deprecated, or superseded by a record of its own.",
        _ => "Write a new record that decides anew, and let it name this one.",
    };
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, status_place(decision))
            .label(format!("`{}` until now", word(from)))
            .why("A record tells what was decided at its time. Taking that back in place hides that it ever held.")
            .help(help),
    ]
}

/// Whether a decision may go from one status to another.
fn is_way(from: Status, to: Status) -> bool {
    use Status::{Accepted, Deprecated, Draft, Proposed, Rejected, Superseded, Withdrawn};
    match from {
        _ if from == to => true,
        Draft | Proposed | Withdrawn => true,
        Accepted => matches!(to, Deprecated | Superseded),
        Deprecated => to == Superseded,
        // What was turned down may be proposed again.
        Rejected => matches!(to, Draft | Proposed | Superseded | Deprecated),
        Superseded => to == Deprecated,
    }
}
