#![doc = include_str!("decision-option-unknown.md")]

use super::option::{chosen, in_yaml, may_be_same, options};
use super::{Check, RecordCase, Rule};
use crate::decision::{Format, Kind};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-option-unknown",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-option-unknown.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let yaml = || {
        let is_record = decision.format == Format::Yaml && decision.kind == Kind::Decision;
        is_record.then(|| in_yaml(case.text))?
    };
    let marked_up = || Some((options(case)?, chosen(case)?));
    let Some((options, chosen)) = marked_up().or_else(yaml) else { return Vec::new() };
    let Some(listed) = options.listed else { return Vec::new() };
    if listed.len() < 2 || listed.len() > 60 || listed.iter().any(|option| may_be_same(&chosen.name, option)) {
        return Vec::new();
    }
    let message =
        format!("the chosen option `{}` is none of those that were considered", words::printable(&chosen.name, 80));
    let all: Vec<String> = listed.iter().take(8).map(|option| format!("`{}`", words::printable(option, 60))).collect();
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(chosen.span))
            .label("read as the chosen option")
            .and(decision.place(options.span), format!("{} options are listed here", listed.len()))
            .why("Readers look up the chosen option among those that were compared.")
            .note(format!("the options: {}", all.join(", ")))
            .help("Name the chosen option as it is named in the list, or add it to the list."),
    ]
}
