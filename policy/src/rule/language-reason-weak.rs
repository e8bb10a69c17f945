#![doc = include_str!("language-reason-weak.md")]

use super::support::is_weak;
use super::{Check, LanguageCase, Reason, Rule, reason};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "language-reason-weak",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Language(check),
    page: include_str!("language-reason-weak.md"),
};

fn check(case: &LanguageCase<'_>) -> Vec<Finding> {
    let Some(rule) = case.rule else { return Vec::new() };
    let page = case.case.context.page;
    let facts = case.facts();
    let Reason::Stated(fact) = reason(page, Some(rule), &facts) else { return Vec::new() };
    if !rule.requires.any.iter().any(|wanted| wanted.fact == fact.kind && is_weak(wanted, fact)) {
        return Vec::new();
    }
    let value = words::fact_value(fact);
    let message = format!(
        "`{}` states a failure impact of {value}: stated, but it does not argue for {}",
        case.case.member.name,
        case.name()
    );
    let standing = format!("failure impact {value}: it does not argue for {}", case.name());
    let stronger: Vec<_> = rule.requires.any.iter().filter(|wanted| wanted.fact != fact.kind).cloned().collect();
    let finding = Finding::new(RULE.id, RULE.severity, &case.case.member.name, message, fact.place.clone())
        .standing(standing)
        .label(format!("{} is the only reason stated", words::fact_name(&fact.kind)))
        .says(case.says());
    vec![
        case.with_fixes(finding, &stronger)
            .any_line()
            .help("Add a reason that argues for it, or choose the default language."),
    ]
}
