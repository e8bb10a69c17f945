#![doc = include_str!("language-refused.md")]

use super::{Check, LanguageCase, Rule};
use crate::policy::Others;
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "language-refused",
    severity: crate::report::Severity::Error,
    strict: false,
    check: Check::Language(check),
    page: include_str!("language-refused.md"),
};

fn check(case: &LanguageCase<'_>) -> Vec<Finding> {
    let page = case.case.context.page;
    if case.rule.is_some() || page.others() != Others::Refuse {
        return Vec::new();
    }
    let allowed = words::list(&page.known_languages(), "or");
    let message = format!("`{}` is written in {}, which the page does not allow", case.case.member.name, case.name());
    let finding = case
        .finding(&RULE, message)
        .standing("the page does not allow it")
        .says(format!("Services are written in {allowed}; no other language is used."));
    vec![finding.help(format!("Write it in {allowed}, or propose a change of the page."))]
}
