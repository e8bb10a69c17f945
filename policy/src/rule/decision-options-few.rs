#![doc = include_str!("decision-options-few.md")]

use super::option::options;
use super::{Check, RecordCase, Rule};
use crate::decision::words::{fold, topic};
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "decision-options-few",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-options-few.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let Some(options) = options(case) else { return Vec::new() };
    let Some(listed) = options.listed.filter(|listed| listed.len() == 1) else { return Vec::new() };
    // Options that are told elsewhere are options, too.
    let elsewhere = case.outline.sections.iter().filter(|section| {
        let heading = fold(&section.title);
        topic(&section.title).is_none() && heading.contains("option") && heading != listed[0]
    });
    if elsewhere.count() > 0 {
        return Vec::new();
    }
    let message = format!("`{}` lists one option only", options.name);
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(options.span))
            .label(format!("`{}`", crate::report::words::printable(&listed[0], 80)))
            .why("A choice needs something to choose from; leaving things as they are is an option, too.")
            .help("List what else was considered, or remove the section."),
    ]
}
