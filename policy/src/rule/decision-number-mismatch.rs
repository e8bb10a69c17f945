#![doc = include_str!("decision-number-mismatch.md")]

use super::records::file;
use super::{Check, Context, Rule};
use crate::decision::{Decision, Kind};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-number-mismatch",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Decision(check),
    page: include_str!("decision-number-mismatch.md"),
};

fn check(context: &Context<'_>, decision: &Decision) -> Vec<Finding> {
    let (Some(number), Some((stated, span))) = (decision.file_number, decision.title_number) else { return Vec::new() };
    let title = context.tree.text(&decision.path).map_or("", |text| span.of(text));
    if decision.kind != Kind::Decision || number == stated || is_something_else(title, stated) {
        return Vec::new();
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
    vec![finding]
}

/// A year, or the number of a standard: `RFC 7807: problem details`, `2024: what we learned`.
fn is_something_else(title: &str, stated: u32) -> bool {
    let letters: String = title.trim_start_matches(['#', '=', ' ']).chars().take(3).collect();
    letters.eq_ignore_ascii_case("rfc") || (1900..2100).contains(&stated)
}
