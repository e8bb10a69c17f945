#![doc = include_str!("language-requirement-missing.md")]

use super::stand_in::{Gap, gap};
use super::{Check, LanguageCase, Rule};
use crate::policy::words;
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "language-requirement-missing",
    severity: crate::report::Severity::Error,
    strict: false,
    check: Check::Language(check),
    page: include_str!("language-requirement-missing.md"),
};

fn check(case: &LanguageCase<'_>) -> Vec<Finding> {
    // Without any reason there is one gap to mend first, and `language-without-reason` names it.
    let Some(Gap { wanted: missing, .. }) = gap(case).filter(|gap| gap.rule == RULE.id) else { return Vec::new() };
    let page = case.case.context.page;
    let wanted: Vec<String> = missing.iter().map(|wanted| words::requirement(wanted, page)).collect();
    let wanted = crate::report::words::list(&wanted, "and");
    let message = format!(
        "`{}` is written in {} and lacks what the page asks of it: {wanted}",
        case.case.member.name,
        case.name(),
    );
    let finding = case.finding(&RULE, message).standing(format!("lacks {wanted}")).says(case.says());
    let finding = case.with_readings(finding, &missing);
    vec![case.with_fixes(finding, &missing)]
}
