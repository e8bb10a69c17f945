#![doc = include_str!("language-needs-waiver.md")]

use super::{Check, LanguageCase, Rule};
use crate::policy::Others;
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "language-needs-waiver",
    severity: crate::report::Severity::Error,
    strict: false,
    check: Check::Language(check),
    page: include_str!("language-needs-waiver.md"),
};

fn check(case: &LanguageCase<'_>) -> Vec<Finding> {
    let page = case.case.context.page;
    if case.rule.is_some() || page.others() != Others::Ask {
        return Vec::new();
    }
    let name = &case.case.member.name;
    let message = format!("`{name}` is written in {}, which needs a waiver", case.name());
    let why = format!(
        "The page is about {}; any other language needs a waiver.",
        words::list(&page.known_languages(), "and")
    );
    let today = case.case.context.today;
    let text = format!(
        "waivers:\n  - rule: {}\n    scope: {name}\n    reason: …\n    owner: …\n    approved-by: …\n    granted: {today}\n    expires: …\n    exit: …",
        RULE.id
    );
    let finding = case.finding(&RULE, message).standing("needs a waiver").says(why);
    // The built-in page allows others, so a page with a path is there whenever this fires.
    let granted = page.granted_on.as_ref().unwrap_or(&page.path);
    vec![finding.fix(std::sync::Arc::clone(granted), "where its owner grants it", text)]
}
