#![doc = include_str!("decision-title-several.md")]

use super::{Check, RecordCase, Rule};
use crate::decision::words::topic;
use crate::decision::{Format, Kind};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-title-several",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-title-several.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    // Where none of them is taken as the title, it is missing, which is a finding of its own.
    let none = decision.title.is_none();
    if decision.kind != Kind::Decision || none || !matches!(decision.format, Format::Markdown | Format::Asciidoc) {
        return Vec::new();
    }
    let mut outermost = case.outline.sections.iter().skip(1).filter(|section| section.level == 1);
    let all: Vec<_> = outermost.by_ref().filter(|section| !section.title.trim().is_empty()).collect();
    // Where sections are headed like titles, the outermost headings are not all meant as titles.
    if all.len() < 2 || all.iter().any(|section| topic(&section.title).is_some() || section.title.contains('\n')) {
        return Vec::new();
    }
    let others = format!("the record has {} titles", all.len());
    let shown = words::printable(&all[0].title, 80);
    let mut finding =
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), others, decision.place(all[1].span))
            .label(format!("the first one is `{shown}`"))
            .why("Lists of decisions show one title, and a record that has several often holds several decisions.")
            .help("Make the other headings one level smaller, or give each decision a record of its own.");
    for section in all.iter().skip(2).take(3) {
        finding = finding.and(decision.place(section.span), "");
    }
    vec![finding]
}
