#![doc = include_str!("reason-placeholder.md")]

use super::stand_in::{example_line, label_of, of_readings, quote, rule};
use super::{LanguageCase, Rule};
use crate::fact::{Against, Fact};
use crate::policy::Requirement;
use crate::report::{Finding, words};

pub const RULE: Rule = rule("reason-placeholder", check, include_str!("reason-placeholder.md"));

fn check(case: &LanguageCase<'_>) -> Vec<Finding> {
    of_readings(case, &[Against::Placeholder], open)
}

fn open(case: &LanguageCase<'_>, fact: &Fact, wanted: &Requirement) -> Finding {
    let name = &case.case.member.name;
    let kind = words::fact_name(&fact.kind);
    let message = format!("\"{}\" leaves the {kind} to be filled in", quote(&fact.quote));
    Finding::new(RULE.id, RULE.severity, name, message, fact.place.clone())
        .label(label_of(fact, name).unwrap_or_default())
        .why("A number that is still to come is no reason yet.")
        .help(format!("Write the number that holds for `{name}`, for example: `{}`.", example_line(case, wanted)))
}
