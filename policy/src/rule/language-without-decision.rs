#![doc = include_str!("language-without-decision.md")]

use super::{Check, LanguageCase, Rule};
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "language-without-decision",
    severity: crate::report::Severity::Error,
    strict: false,
    check: Check::Language(check),
    page: include_str!("language-without-decision.md"),
};

fn check(case: &LanguageCase<'_>) -> Vec<Finding> {
    let context = case.case.context;
    let required = context.page.decisions.required_for.iter().any(|language| language.value == case.language.name);
    if !required || case.case.member.permitting(context.decisions).next().is_some() {
        return Vec::new();
    }
    let name = &case.case.member.name;
    let message = format!("`{name}` is written in {}, and no decision in force is about it", case.name());
    let finding = case
        .finding(&RULE, message)
        .standing("no decision in force")
        .says(format!("Leaving the default for {} needs a decision, accepted or proposed.", case.name()));
    let finding = case.with_readings(finding, &[]);
    vec![finding.help(format!(
        "Write one and tie it to the service: name `{name}` in its title, or in its front matter as `services: [{name}]`."
    ))]
}
