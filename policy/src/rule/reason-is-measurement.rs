#![doc = include_str!("reason-is-measurement.md")]

use super::stand_in::{example_line, gap, label, label_of, of_readings, own_line, praises, quote, rule, shown_in};
use super::{LanguageCase, Rule};
use crate::fact::{Against, Fact, Virtue};
use crate::policy::Requirement;
use crate::report::{Finding, words};

pub const RULE: Rule = rule("reason-is-measurement", check, include_str!("reason-is-measurement.md"));

const WHY: &str = "A measurement says what was seen once; a limit says what is kept, and can be checked later.";

fn check(case: &LanguageCase<'_>) -> Vec<Finding> {
    let mut found = of_readings(case, &[Against::Measurement, Against::Bare], measured);
    found.extend(compared(case));
    found
}

fn measured(case: &LanguageCase<'_>, fact: &Fact, wanted: &Requirement) -> Finding {
    let name = &case.case.member.name;
    let words = quote(&fact.quote);
    let kind = words::fact_name(&fact.kind);
    let message = match fact.against() {
        Some(Against::Bare) => format!("\"{words}\" gives a figure, and no word makes it a {kind}"),
        _ => format!("\"{words}\" is read as a measurement, not as a {kind}"),
    };
    let finding = Finding::new(RULE.id, RULE.severity, name, message, fact.place.clone())
        .label(label_of(fact, name).unwrap_or_default())
        .why(WHY);
    match own_line(case, fact, wanted) {
        Some(line) => finding.help(format!("If that is also the limit for `{name}`, say so: `{line}`.")).offers(),
        None => finding.help(format!(
            "Say what `{name}` has to keep, with your own number, for example: `{}`.",
            example_line(case, wanted)
        )),
    }
}

/// "3x faster": so many times as good as something else.
fn compared(case: &LanguageCase<'_>) -> Option<Finding> {
    let gap = gap(case)?;
    let all = praises(case);
    let mut compared = all.iter().filter(|praise| praise.virtue == Virtue::Comparison);
    let first = compared.next()?;
    let wanted = shown_in(Virtue::Comparison, &gap.wanted)?;
    let name = &case.case.member.name;
    let message = format!("\"{}\" compares, and sets no limit", quote(&first.quote));
    let mut finding = Finding::new(RULE.id, RULE.severity, name, message, first.place.clone())
        .label(label(first.virtue))
        .why(WHY)
        .help(format!(
            "Say what `{name}` has to keep, with your own number, for example: `{}`.",
            example_line(case, wanted)
        ))
        .explains(gap.rule);
    for praise in compared {
        finding = finding.and(praise.place.clone(), label(praise.virtue));
    }
    Some(finding)
}
