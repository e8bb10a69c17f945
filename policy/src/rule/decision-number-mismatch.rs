#![doc = include_str!("decision-number-mismatch.md")]

use super::records::file;
use super::{Check, RecordCase, Rule};
use crate::decision::{Decision, Kind};
use crate::report::{Finding, words};
use crate::text::Span;

pub const RULE: Rule = Rule {
    id: "decision-number-mismatch",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Record(check),
    page: include_str!("decision-number-mismatch.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let Some(number) = decision.file_number.filter(|_| decision.kind == Kind::Decision) else { return Vec::new() };
    let in_title = decision.title_number.and_then(|(stated, span)| title(case, number, stated, span));
    // Where the title has it wrong as well, one finding is enough.
    in_title.or_else(|| id(decision, number)).into_iter().collect()
}

/// `id: ADR-0008` in the file of number 7.
fn id(decision: &Decision, number: u32) -> Option<Finding> {
    let (stated, span) = decision.id_number.filter(|(stated, _)| *stated != number)?;
    let message = format!("its data say number {stated}, the file's name number {number}");
    Some(
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(span))
            .label(format!("`{}` is number {number}", file(decision)))
            .why("Links lead to the file, tools read the data: one of them leads to another record.")
            .help("Correct the one that is wrong."),
    )
}

fn title(case: &RecordCase<'_>, number: u32, stated: u32, span: Span) -> Option<Finding> {
    let (decision, title) = (case.decision, span.of(case.text));
    if number == stated || is_something_else(title, stated) {
        return None;
    }
    let message = format!("the title says number {stated}, the file's name number {number}");
    let digits = stated.to_string();
    let fixed = title.replacen(&digits, &number.to_string(), 1);
    let mut finding = Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(span))
        .label(format!("`{}` is number {number}", file(decision)))
        .why("Links lead to the file, people quote the title: one of them leads to another record.")
        .help("Correct the one that is wrong.");
    if fixed != title && !title.contains('\n') {
        let shown = words::printable(&fixed, 200);
        let replaces = (shown == fixed).then_some(span);
        finding = finding.write(decision.path.clone(), replaces, "as its title", shown);
    }
    Some(finding)
}

/// A year, or the number of a standard: `RFC 7807: problem details`, `2024: what we learned`.
fn is_something_else(title: &str, stated: u32) -> bool {
    let letters: String = title.trim_start_matches(['#', '=', ' ']).chars().take(3).collect();
    letters.eq_ignore_ascii_case("rfc") || (1900..2100).contains(&stated)
}
