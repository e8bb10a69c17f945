#![doc = include_str!("decision-number-taken.md")]

use super::records::{file, title_place};
use super::{Check, Context, Rule};
use crate::check::claims_same;
use crate::report::{Finding, Severity};
use crate::text::Place;
use crate::tree;

pub const RULE: Rule = Rule {
    id: "decision-number-taken",
    severity: crate::report::Severity::Error,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-number-taken.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = on_the_base(context);
    let elsewhere = |record: &&crate::decision::Decision| context.is_added(&record.path);
    findings.extend(context.records.iter().filter(elsewhere).filter_map(|record| in_another(context, record)));
    findings
}

/// Which of two open pull requests keeps a number is for their authors to settle, so both are told, and neither fails.
fn in_another(context: &Context<'_>, record: &crate::decision::Decision) -> Option<Finding> {
    let number = record.file_number?;
    let other = context.elsewhere.iter().find(|other| claims_same(&record.path, &other.path))?;
    let message = format!(
        "the number {number} is taken in pull request {}, too, which is open and adds `{}`",
        other.pull,
        tree::name(&other.path)
    );
    Some(
        Finding::new(RULE.id, Severity::Warning, record.path.to_string(), message, title_place(record))
            .label(format!("number {number}, in two pull requests"))
            .why(
                "Whoever quotes a number means one record; whichever of the two is merged second has to be renumbered.",
            )
            .help("Settle who keeps the number; the other takes the next one that is free."),
    )
}

fn on_the_base(context: &Context<'_>) -> Vec<Finding> {
    let Some(before) = context.before else { return Vec::new() };
    let mut findings = Vec::new();
    for record in context.records.iter().filter(|record| context.is_added(&record.path)) {
        let Some(number) = record.file_number else { continue };
        // A record that is still there is a duplicate; the same record under another name has kept its number.
        let same = |title: &Option<String>| {
            title.as_deref().map(str::to_lowercase) == record.title.as_deref().map(str::to_lowercase)
        };
        let taken = before
            .numbered(&record.path, number)
            .iter()
            .take(20)
            .find(|old| old.file_number.is_some() && !context.tree.paths.contains(&old.path) && !same(&old.title));
        let Some(old) = taken else { continue };
        let message = format!("the number {number} was given to `{}` before", file(old));
        findings.push(
            Finding::new(RULE.id, RULE.severity, record.path.to_string(), message, title_place(record))
                .label(format!("number {number} again"))
                .and(Place::file(old.path.clone()), "has the number on the base")
                .why("Whoever quotes a number means the record that had it; a number that is used again means another one.")
                .help("Take the next number that was never used."),
        );
    }
    findings
}
