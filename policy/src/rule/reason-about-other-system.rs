#![doc = include_str!("reason-about-other-system.md")]

use super::stand_in::{example_line, label_of, of_readings, quote, rule};
use super::{LanguageCase, Rule};
use crate::fact::{Against, Fact};
use crate::policy::Requirement;
use crate::report::Finding;

pub const RULE: Rule = rule("reason-about-other-system", check, include_str!("reason-about-other-system.md"));

fn check(case: &LanguageCase<'_>) -> Vec<Finding> {
    of_readings(case, &[Against::Before, Against::Other, Against::Option], about_other)
}

fn about_other(case: &LanguageCase<'_>, fact: &Fact, wanted: &Requirement) -> Finding {
    let name = &case.case.member.name;
    let whose = match fact.against() {
        Some(Against::Before) => "about what was there before",
        Some(Against::Option) => "about an option that is not the decision",
        _ => "about another system",
    };
    let message = format!("\"{}\" is {whose}, not about `{name}`", quote(&fact.quote));
    Finding::new(RULE.id, RULE.severity, name, message, fact.place.clone())
        .label(label_of(fact, name).unwrap_or_default())
        .why("What another system does or did says nothing about what this one has to keep.")
        .help(format!(
            "Say what `{name}` itself has to keep, with your own number, for example: `{}`.",
            example_line(case, wanted)
        ))
}
