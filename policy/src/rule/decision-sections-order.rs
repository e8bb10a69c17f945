#![doc = include_str!("decision-sections-order.md")]

use super::part::{Part, parts};
use super::{Check, RecordCase, Rule};
use crate::decision::Decision;
use crate::decision::words::Topic;
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "decision-sections-order",
    severity: crate::report::Severity::Info,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-sections-order.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let parts = parts(case);
    let first = |topics: &[Topic]| {
        let mut found =
            parts.iter().enumerate().filter(|(_, part)| part.topic.is_some_and(|topic| topics.contains(&topic)));
        found.next()
    };
    let context = first(&[Topic::Context, Topic::Problem]);
    let decided = first(&[Topic::Decision, Topic::Outcome]);
    let follows = first(&[Topic::Consequences]);
    let wrong = [(context, decided), (decided, follows)].into_iter().find_map(|pair| match pair {
        (Some((before, earlier)), Some((after, later))) if before > after => Some((earlier, later)),
        _ => None,
    });
    wrong.map(|(earlier, later)| finding(decision, earlier, later)).into_iter().collect()
}

fn finding(decision: &Decision, earlier: &Part<'_>, later: &Part<'_>) -> Finding {
    let message = format!("`{}` stands behind `{}`", earlier.name(), later.name());
    Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(earlier.span()))
        .label("expected further up")
        .and(decision.place(later.span()), "before this one")
        .why("Readers of many records look for the same thing in the same place.")
        .help("Put what led to the decision first, then the decision, then what follows from it.")
}
