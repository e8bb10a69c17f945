#![doc = include_str!("language-without-reason.md")]

use super::stand_in::{Gap, gap};
use super::{Check, LanguageCase, Rule};
use crate::policy::{Requirement, Verdict};
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "language-without-reason",
    severity: crate::report::Severity::Error,
    strict: false,
    check: Check::Language(check),
    page: include_str!("language-without-reason.md"),
};

/// One finding for one gap: what else the page asks for is named in it, not beside it.
fn check(case: &LanguageCase<'_>) -> Vec<Finding> {
    let Some(Gap { wanted, .. }) = gap(case).filter(|gap| gap.rule == RULE.id) else { return Vec::new() };
    let ending = ending(case, &wanted);
    let message = format!("`{}` is written in {}, and {ending}", case.case.member.name, case.name());
    let finding = case.finding(&RULE, message).standing("no reason stated").says(case.says());
    let finding = case.with_readings(finding, &wanted);
    vec![case.with_fixes(finding, &wanted).any_line()]
}

/// What is wrong, as far as the first line can say it.
fn ending(case: &LanguageCase<'_>, wanted: &[Requirement]) -> &'static str {
    let facts = case.facts();
    let verdicts: Vec<Verdict> = wanted.iter().map(|wanted| wanted.judge(&facts, case.case.context.page)).collect();
    if verdicts.iter().any(|verdict| matches!(verdict, Verdict::NotMet { .. })) {
        "what it states is not what the page asks for"
    } else if verdicts.iter().any(|verdict| matches!(verdict, Verdict::Unclear { .. })) {
        "no reason that the page accepts is stated"
    } else if case.is_stated_in_vain(wanted) {
        "no decision in force says why"
    } else {
        "nothing says why"
    }
}
