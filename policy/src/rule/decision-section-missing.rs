#![doc = include_str!("decision-section-missing.md")]

use super::part::{Part, parts, topics};
use super::records::title_place;
use super::{Check, Context, Rule};
use crate::decision::words::{Topic, fold};
use crate::decision::{Decision, Format, Kind};
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "decision-section-missing",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Decision(check),
    page: include_str!("decision-section-missing.md"),
};

/// A section that a family of records has: its name, and the topics that stand for it.
type Wanted = (&'static str, &'static [Topic]);

const CONTEXT: &[Topic] = &[Topic::Context, Topic::Problem, Topic::Rationale, Topic::Drivers];
const DECIDED: &[Topic] = &[Topic::Decision, Topic::Outcome];
const FOLLOWS: &[Topic] =
    &[Topic::Consequences, Topic::Positive, Topic::Negative, Topic::Neutral, Topic::ProsAndCons, Topic::Risks];
const OPTIONS: &[Topic] = &[Topic::Options, Topic::ProsAndCons];

const NYGARD: [Wanted; 3] = [("Context", CONTEXT), ("Decision", DECIDED), ("Consequences", FOLLOWS)];
const MADR: [Wanted; 3] =
    [("Context and Problem Statement", CONTEXT), ("Considered Options", OPTIONS), ("Decision Outcome", DECIDED)];

fn check(_: &Context<'_>, decision: &Decision) -> Vec<Finding> {
    if decision.kind != Kind::Decision || decision.format == Format::Yaml {
        return Vec::new();
    }
    let topics = topics(decision);
    let has = |wanted: &Wanted| topics.iter().any(|topic| wanted.1.contains(topic));
    let is_madr =
        topics.contains(&Topic::Outcome) && (topics.contains(&Topic::Problem) || topics.contains(&Topic::Options));
    let (family, wanted) = if is_madr { ("MADR", MADR) } else { ("Nygard", NYGARD) };
    // Two of three show the family; free texts have none.
    let missing: Vec<&Wanted> = wanted.iter().filter(|wanted| !has(wanted)).collect();
    let [only] = missing.as_slice() else { return Vec::new() };
    let name = only.0;
    let parts = parts(decision);
    // The others must be sections of the record itself, and none may stand for the missing one under another name.
    let own = wanted
        .iter()
        .filter(|wanted| parts.iter().any(|part| part.topic.is_some_and(|topic| wanted.1.contains(&topic))));
    let other = |part: &Part<'_>| part.topic.is_none_or(|topic| topic == Topic::Implementation);
    let unclear = match name {
        // A decision with a rationale and an approach is of another family, and so is one with a problem: there
        // consequences may be left out.
        "Consequences" => !topics.contains(&Topic::Context),
        "Considered Options" => decision.outline.sections.iter().any(|section| fold(&section.title).contains("option")),
        _ => parts.iter().any(other),
    };
    if own.count() < 2 || unclear {
        return Vec::new();
    }
    let message = format!("the record has no section `{name}`");
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, title_place(decision))
            .label(format!("its other sections are those of {family} records"))
            .why(match name {
                "Consequences" => "What a decision costs is what the next one has to know.",
                "Considered Options" => "A decision between options says which ones there were.",
                "Decision" | "Decision Outcome" => "Nobody can tell what was decided.",
                _ => "A decision without what led to it cannot be judged when things have changed.",
            })
            .help(format!("Add a section `{name}`.")),
    ]
}
