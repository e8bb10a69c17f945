#![doc = include_str!("decision-choice-missing.md")]

use super::option::{chosen, options};
use super::part::{Part, parts};
use super::{Check, RecordCase, Rule};
use crate::decision::Status;
use crate::decision::words::{Topic, fold};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-choice-missing",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-choice-missing.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    // Before it is decided nothing is chosen.
    if matches!(decision.status, Some(Status::Draft | Status::Proposed)) || chosen(case).is_some() {
        return Vec::new();
    }
    let Some(listed) = options(case).and_then(|options| options.listed).filter(|listed| listed.len() > 1) else {
        return Vec::new();
    };
    let parts = parts(case);
    let is_outcome = |part: &&Part<'_>| matches!(part.topic, Some(Topic::Outcome | Topic::Decision));
    let Some(outcome) = parts.iter().find(is_outcome).filter(|part| part.said().next().is_some()) else {
        return Vec::new();
    };
    // A number or a letter names an option, too.
    let inner = outcome.inner.first().map_or(usize::MAX, |section| section.span.start);
    let opening = outcome.said().filter(|block| block.span.start < inner).count() > 0;
    let heard = outcome.blocks.iter().filter(|block| !opening || block.span.start < inner);
    let said: String = heard.map(|block| fold(&block.text.plain) + " ").collect();
    if said.contains("option") || listed.iter().take(60).any(|option| names(&said, option)) {
        return Vec::new();
    }
    let message = format!("`{}` names none of the {} options", outcome.name(), listed.len());
    let all: Vec<String> = listed.iter().take(8).map(|option| format!("`{}`", words::printable(option, 60))).collect();
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(outcome.span()))
            .label("which one was chosen?")
            .why("Readers look up the chosen option among those that were compared.")
            .note(format!("the options: {}", all.join(", ")))
            .help("Name the option: `Chosen option: …, because …`."),
    ]
}

/// Whether a text holds a third of the words of an option that say something.
fn names(said: &str, option: &str) -> bool {
    let words: Vec<&str> =
        option.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).take(12).collect();
    let found = words.iter().filter(|word| said.contains(*word)).count();
    found * 3 >= words.len()
}
