#![doc = include_str!("language-not-for-kind.md")]

use super::{Check, LanguageCase, Rule};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "language-not-for-kind",
    severity: crate::report::Severity::Error,
    strict: false,
    check: Check::Language(check),
    page: include_str!("language-not-for-kind.md"),
};

fn check(case: &LanguageCase<'_>) -> Vec<Finding> {
    let Some(rule) = case.rule.filter(|rule| !rule.only_for.is_empty()) else { return Vec::new() };
    let member = case.case.member;
    let kind = member.kind.as_deref();
    if case.case.context.page.is_for_kind(&rule.id, kind) == Some(true) {
        return Vec::new();
    }
    let kinds: Vec<String> = rule.only_for.iter().map(|kind| format!("`{}`", kind.value)).collect();
    let kinds = words::list(&kinds, "or");
    let message = match kind {
        Some(kind) => {
            format!("`{}` is written in {}, and its kind is `{}`", member.name, case.name(), words::printable(kind, 60))
        }
        None => format!("`{}` is written in {}, and nothing says what kind of service it is", member.name, case.name()),
    };
    let why =
        rule.says.as_ref().map_or_else(|| format!("{} is for {kinds} only.", case.name()), |says| says.value.clone());
    let standing = if kind.is_some() { "not for its kind" } else { "no kind stated" };
    let mut finding = case.finding(&RULE, message).standing(standing).says(why);
    if let Some(written) =
        member.documents.iter().find_map(|document| document.kind.as_ref().map(|kind| (document, kind)))
    {
        finding = finding.and(crate::text::Place::new(written.0.place.path.clone(), written.1.span), "its kind");
    }
    vec![
        finding.help(format!(
            "If it is one of {kinds}, say so as its kind in the manifest; else choose another language."
        )),
    ]
}
