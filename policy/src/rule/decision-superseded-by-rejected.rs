#![doc = include_str!("decision-superseded-by-rejected.md")]

use super::records::{file, status_place};
use super::succession::pairs;
use super::{Check, Context, Rule};
use crate::decision::{Status, word};
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "decision-superseded-by-rejected",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-superseded-by-rejected.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for claim in pairs(context) {
        let (old, new) = (claim.older(), claim.newer());
        let Some(status @ (Status::Rejected | Status::Withdrawn)) = new.status else { continue };
        if old.status != Some(Status::Superseded) {
            continue;
        }
        let message = format!("`{}` is superseded by `{}`, which was {}", file(old), file(new), word(status));
        findings.push(
            Finding::new(RULE.id, RULE.severity, old.path.to_string(), message, status_place(old))
                .label("superseded")
                .and(status_place(new), format!("but this one is {}", word(status)))
                .why("What was decided against replaces nothing: neither of the two records is in force.")
                .help("Correct one of the two statuses, or name the record that did replace it."),
        );
    }
    findings
}
