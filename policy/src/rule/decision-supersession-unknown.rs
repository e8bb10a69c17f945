#![doc = include_str!("decision-supersession-unknown.md")]

use super::records::Named;
use super::succession::references;
use super::{Check, Context, Rule};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-supersession-unknown",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-supersession-unknown.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let unknown = references(context).filter_map(|(by, reference, replaces)| {
        let number = reference.number.filter(|_| matches!(context.records.named(by, reference), Named::None))?;
        // A record of a series that numbers nothing may speak of another tool's numbers.
        by.number?;
        if !context.records.is_dense(&by.path) {
            return None;
        }
        // A path that leads nowhere is a broken link.
        if reference.target.contains('/') || crate::decision::format(&reference.target).is_some() {
            return None;
        }
        let relation = if replaces { "replaces" } else { "is replaced by" };
        let target = words::printable(&reference.target, 60);
        let message = format!("it {relation} `{target}`, and there is no decision of number {number}");
        Some(
            Finding::new(RULE.id, RULE.severity, by.path.to_string(), message, by.place(reference.span))
                .label("no such record")
                .why("Whoever looks for the decision that is in force ends here.")
                .help("Correct the number, or add the record."),
        )
    });
    unknown.collect()
}
