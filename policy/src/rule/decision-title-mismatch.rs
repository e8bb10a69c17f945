#![doc = include_str!("decision-title-mismatch.md")]

use super::{Check, RecordCase, Rule};
use crate::decision::words::fold;
use crate::decision::{Format, Kind};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-title-mismatch",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-title-mismatch.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let front = case.outline.front.first().filter(|_| decision.kind == Kind::Decision);
    let heading = case.outline.sections.iter().skip(1).find(|section| Some(section.span) == decision.title_span);
    let (Some(root), Some(heading)) = (front, heading) else { return Vec::new() };
    let Some(title) = root.get("title") else { return Vec::new() };
    let Some(stated) = title.filled().filter(|_| decision.format != Format::Yaml) else { return Vec::new() };
    let shown = decision.title.as_deref().unwrap_or(&heading.title);
    if is_same(stated, shown) || is_same(stated, &heading.title) {
        return Vec::new();
    }
    let message = format!(
        "the title is `{}` in the front matter and `{}` in the heading",
        words::printable(stated, 80),
        words::printable(shown, 80)
    );
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(title.span()))
            .label("this title")
            .and(decision.place(heading.span), "and this one")
            .why("Lists show the one, readers the other, and nobody finds the record by the title that they know.")
            .help("Write the same title in both places, or in one."),
    ]
}

/// Whether two titles say the same: letters and digits count, a number before them does not.
fn is_same(one: &str, other: &str) -> bool {
    let letters = |title: &str| fold(title).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (one, other) = (letters(one), letters(other));
    !one.is_empty() && !other.is_empty() && (one.ends_with(&other) || other.ends_with(&one))
}
