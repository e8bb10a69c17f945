#![doc = include_str!("language-disagrees.md")]

use super::{Case, Check, Rule};
use crate::language;
use crate::report::{Finding, LanguageReading, words};

pub const RULE: Rule = Rule {
    id: "language-disagrees",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Service(check),
    page: include_str!("language-disagrees.md"),
};

/// One finding a service: the languages that build files show and the manifest leaves out.
fn check(case: &Case<'_>) -> Vec<Finding> {
    let member = case.member;
    let stated: Vec<&LanguageReading> = member.languages.iter().filter(|reading| reading.stated).collect();
    let (Some(first), false) = (stated.first(), member.unstated.is_empty()) else { return Vec::new() };
    let of = |readings: &[&LanguageReading]| {
        words::list(&readings.iter().map(|reading| language::display(&reading.name)).collect::<Vec<_>>(), "and")
    };
    let unstated: Vec<&LanguageReading> = member.unstated.iter().collect();
    let message = format!("`{}` states {}, and its build files show {}", member.name, of(&stated), of(&unstated));
    let mut finding = Finding::new(RULE.id, RULE.severity, &member.name, message, first.place.clone())
        .label(format!("states {}", language::display(&first.name)))
        .why("What a service is written in decides what it must state, so the manifest and the build files have to agree.");
    for reading in &member.unstated {
        finding = finding.and(reading.place.clone(), format!("shows {}", language::display(&reading.name)));
    }
    if member.contradicted {
        let judged: Vec<&LanguageReading> = member.languages.iter().filter(|reading| !reading.stated).collect();
        finding = finding
            .note(format!("nothing in its folder is {}, so it is judged as {}", of(&stated), of(&judged)))
            .help(format!("State {} in the manifest, or move the build file out of its folder.", of(&judged)));
    } else {
        finding = finding
            .help("State every language that the service is written in, or move the build file out of its folder.");
    }
    vec![finding]
}
