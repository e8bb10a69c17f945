#![doc = include_str!("waiver-unused.md")]

use super::{Check, Context, Rule};
use crate::policy::{ORGANISATION_PATH, Waiver, is_active};
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "waiver-unused",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Estate(check),
    page: include_str!("waiver-unused.md"),
};

/// Whether a waiver is this repository's: one of the organisation's page may excuse something in another repository.
pub fn is_own(waiver: &Waiver) -> bool {
    waiver.place.path.as_ref() != ORGANISATION_PATH
}

/// A waiver whose scope names no service and no record of the repository. One that names a service which no longer needs it is
/// reported by the check itself, which alone knows what each waiver excused.
fn check(context: &Context<'_>) -> Vec<Finding> {
    let unused = context.page.waivers.iter().filter_map(|waiver| {
        // One that is not in force has a finding of its own.
        let rule = waiver.rule.as_ref().filter(|_| is_active(waiver, context.today) && is_own(waiver))?;
        (!context.has_scope(waiver, rule)).then_some((waiver, rule))
    });
    unused
        .map(|(waiver, rule)| {
            let scope: Vec<&str> = waiver.scope.iter().map(|scope| scope.text.as_str()).collect();
            let place = waiver.scope.first().map_or_else(|| waiver.place.clone(), |scope| scope.place.clone());
            let what = if rule.starts_with("decision-") { "decision" } else { "service" };
            let message =
                format!("the waiver for `{}` excuses nothing: no {what} is called `{}`", &***rule, scope.join("`, `"));
            Finding::new(RULE.id, RULE.severity, context.page.path.to_string(), message, place)
                .label(format!("no such {what}"))
                .why("An exception that excuses nothing hides the next one.")
                .help("Remove the waiver, or mend its scope.")
        })
        .collect()
}
