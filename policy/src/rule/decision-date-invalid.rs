#![doc = include_str!("decision-date-invalid.md")]

use super::{Check, RecordCase, Rule};
use crate::decision::Kind;
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-date-invalid",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Record(check),
    page: include_str!("decision-date-invalid.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let Some((raw, span)) = decision.date_unread.as_ref().filter(|_| decision.kind == Kind::Decision) else {
        return Vec::new();
    };
    let groups: Vec<&str> = raw.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    // A month, a quarter or a year is no day, but not wrong either; words hold a place.
    if groups.is_empty() || (groups.len() != 3 && !case.strict) || raw.contains(['{', '<']) {
        return Vec::new();
    }
    let shown = words::printable(raw, 60);
    let message = match groups.as_slice() {
        [one, other, year] if may_be_both(one, other, year) => format!("the date `{shown}` can be read in two ways"),
        [_, _, _] => format!("the date `{shown}` is not a day of the calendar"),
        _ => format!("the date `{shown}` does not name one day"),
    };
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(*span))
            .label("read as the date")
            .why("What was known when a decision was made is only clear when its day is.")
            .help("Write it as year, month and day: 2026-01-31."),
    ]
}

/// Day and month, or month and day; or a year of two digits.
fn may_be_both(one: &str, other: &str, year: &str) -> bool {
    let up_to =
        |text: &str, last: u32| text.len() <= 2 && text.parse().is_ok_and(|number| (1..=last).contains(&number));
    match year.len() {
        4 => up_to(one, 12) && up_to(other, 12),
        // `13/02/26` may begin with its year.
        2 => up_to(one, 31) && up_to(other, 12),
        _ => false,
    }
}
