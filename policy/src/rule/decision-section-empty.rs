#![doc = include_str!("decision-section-empty.md")]

use super::part::{Part, parts};
use super::{Check, RecordCase, Rule};
use crate::decision::date;
use crate::decision::words::Topic;
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "decision-section-empty",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-section-empty.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let parts = parts(case);
    // A heading that only parts others, in a text whose sections are not nested, is no section.
    let empty = parts.iter().enumerate().filter(|(at, part)| {
        // A log's entries may be headings of the level of its own.
        let is_entry =
            |next: &Part<'_>| part.topic == Some(Topic::History) && date::leading(next.section.title.trim()).is_some();
        let nested = parts.get(at + 1).is_some_and(|next| next.section.level > part.section.level || is_entry(next));
        // `## Status: Accepted` says all it has to in its heading.
        let said = part.section.title.split_once([':', '：']).is_some_and(|(_, behind)| !behind.trim().is_empty());
        part.topic.is_some() && !said && part.said().next().is_none() && part.inner.is_empty() && !nested
    });
    empty
        .map(|(_, part)| {
            let message = format!("the section `{}` is empty", part.name());
            Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(part.span()))
                .label("nothing behind this heading")
                .why("A heading without text promises what nobody wrote down.")
                .help("Write the section, or remove its heading.")
        })
        .collect()
}
