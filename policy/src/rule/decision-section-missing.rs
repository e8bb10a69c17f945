#![doc = include_str!("decision-section-missing.md")]

use super::part::{Part, parts, topics};
use super::records::title_place;
use super::{Check, RecordCase, Rule};
use crate::decision::words::{Topic, fold, topic};
use crate::decision::{Format, Kind};
use crate::policy::Placed;
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-section-missing",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
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

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    if decision.kind != Kind::Decision {
        return Vec::new();
    }
    let asked = &case.page.decisions.sections;
    if asked.is_empty() { by_family(case).into_iter().collect() } else { by_page(asked, case).into_iter().collect() }
}

/// The sections that the page asks for and the record lacks. One of a known kind counts under each of its names, in
/// every language, unless the page asks for two of that kind.
fn by_page(asked: &[Placed<String>], case: &RecordCase<'_>) -> Option<Finding> {
    let decision = case.decision;
    let headings: Vec<&str> = case.outline.sections.iter().skip(1).map(|section| section.title.as_str()).collect();
    let alone = |kind: Topic| asked.iter().filter(|other| topic(other) == Some(kind)).count() == 1;
    let has = |name: &str| {
        let kind = topic(name).filter(|kind| alone(*kind));
        headings.iter().any(|heading| (kind.is_some() && topic(heading) == kind) || heads(heading, name))
    };
    let missing: Vec<String> =
        asked.iter().filter(|name| !has(name)).map(|name| format!("`{}`", words::printable(name, 60))).collect();
    let sections = if missing.len() == 1 { "section" } else { "sections" };
    let listed = words::list(&missing, "and");
    (!missing.is_empty()).then(|| {
        let message = format!("the record has no {sections} {listed}");
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, title_place(decision))
            .label("the page asks for it")
            .why("The team agreed on what every decision says.")
            .help(format!("Add the {sections} {listed}."))
    })
}

/// Whether a heading is the one that is asked for, apart from numbers and symbols around it.
fn heads(heading: &str, name: &str) -> bool {
    let words = |text: &str| {
        let folded = fold(text);
        folded
            .trim_start_matches(|c: char| !c.is_alphabetic())
            .trim_end_matches(|c: char| !c.is_alphanumeric())
            .to_owned()
    };
    words(heading) == words(name)
}

/// How many headings are those of options under another name: `Proposal 1`, `Approach B: two queues`.
fn numbered(case: &RecordCase<'_>) -> usize {
    const NAMES: [&str; 8] =
        ["proposal", "alternative", "approach", "solution", "variant", "variante", "ansatz", "vorschlag"];
    let headings = case.outline.sections.iter().map(|section| fold(&section.title));
    let is_one = |heading: &String| {
        let mut words = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let name = words.next().is_some_and(|word| NAMES.contains(&word));
        name && words.next().is_some_and(|word| word.len() == 1 || word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    headings.filter(is_one).count()
}

/// The section that the record's family has and this one lacks.
fn by_family(case: &RecordCase<'_>) -> Option<Finding> {
    let decision = case.decision;
    if decision.format == Format::Yaml {
        return None;
    }
    let topics = topics(case);
    let has = |wanted: &Wanted| topics.iter().any(|topic| wanted.1.contains(topic));
    let is_madr =
        topics.contains(&Topic::Outcome) && (topics.contains(&Topic::Problem) || topics.contains(&Topic::Options));
    let (family, wanted) = if is_madr { ("MADR", MADR) } else { ("Nygard", NYGARD) };
    // Two of three show the family; free texts have none.
    let missing: Vec<&Wanted> = wanted.iter().filter(|wanted| !has(wanted)).collect();
    let [only] = missing.as_slice() else { return None };
    let name = only.0;
    let parts = parts(case);
    // The others must be sections of the record itself, and none may stand for the missing one under another name.
    let own = wanted
        .iter()
        .filter(|wanted| parts.iter().any(|part| part.topic.is_some_and(|topic| wanted.1.contains(&topic))));
    let other = |part: &Part<'_>| part.topic.is_none_or(|topic| topic == Topic::Implementation);
    let unclear = match name {
        // A decision with a rationale and an approach is of another family, and so is one with a problem: there
        // consequences may be left out.
        "Consequences" => !topics.contains(&Topic::Context),
        "Considered Options" => {
            case.outline.sections.iter().any(|section| fold(&section.title).contains("option")) || numbered(case) >= 2
        }
        _ => parts.iter().any(other),
    };
    if own.count() < 2 || unclear {
        return None;
    }
    let message = format!("the record has no section `{name}`");
    Some(
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, title_place(decision))
            .label(format!("its other sections are those of {family} records"))
            .why(match name {
                "Consequences" => "What a decision costs is what the next one has to know.",
                "Considered Options" => "A decision between options says which ones there were.",
                "Decision" | "Decision Outcome" => "Nobody can tell what was decided.",
                _ => "A decision without what led to it cannot be judged when things have changed.",
            })
            .help(format!("Add a section `{name}`.")),
    )
}
