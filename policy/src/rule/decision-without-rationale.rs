#![doc = include_str!("decision-without-rationale.md")]

use super::option::chosen;
use super::part::{parts, topics};
use super::records::title_place;
use super::{Check, RecordCase, Rule};
use crate::decision::words::{Topic, fold};
use crate::decision::{Format, Kind};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "decision-without-rationale",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-without-rationale.md"),
};

/// Sections that give reasons.
const REASONS: [Topic; 11] = [
    Topic::Summary,
    Topic::Context,
    Topic::Problem,
    Topic::Rationale,
    Topic::Drivers,
    Topic::Consequences,
    Topic::Positive,
    Topic::Negative,
    Topic::Options,
    Topic::ProsAndCons,
    Topic::Risks,
];

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    if decision.kind != Kind::Decision || decision.format == Format::Yaml {
        return Vec::new();
    }
    let topics = topics(case);
    let why = "A decision without a reason can neither be defended nor given up: nobody knows what it depends on.";
    let weighs =
        [Topic::Rationale, Topic::ProsAndCons, Topic::Consequences, Topic::Positive, Topic::Negative, Topic::Drivers];
    if let Some(chosen) = chosen(case) {
        // A sentence behind the name is a reason, whatever its words are.
        let silent = chosen.behind.chars().filter(|c| c.is_alphabetic()).count() < 8;
        let alone = case.outline.blocks.iter().filter(|block| block.span.start > chosen.span.start);
        let ends = alone.take(1).all(|block| matches!(block.kind, crate::text::outline::BlockKind::Heading));
        if silent && ends && !topics.iter().any(|topic| weighs.contains(topic)) {
            let message = format!("`{}` was chosen, and nothing says why", words::printable(&chosen.name, 80));
            return vec![
                Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(chosen.span))
                    .label("no reason behind it")
                    .why(why)
                    .help("Add the reason: `Chosen option: …, because …`."),
            ];
        }
        return Vec::new();
    }
    let decides = topics.iter().any(|topic| matches!(topic, Topic::Decision | Topic::Outcome));
    let known = parts(case).iter().all(|part| part.topic.is_some());
    let only = known && !topics.iter().any(|topic| REASONS.contains(topic)) && !argues(case);
    if !(decides && only) {
        return Vec::new();
    }
    vec![
        Finding::new(
            RULE.id,
            RULE.severity,
            decision.path.to_string(),
            "the record says what was decided, and not why",
            title_place(decision),
        )
        .label("a decision, and no section with what led to it or what follows")
        .why(why)
        .help("Add a section `Context` with what led to the decision."),
    ]
}

/// Whether the text has words that give a reason, in one of the languages that are read.
fn argues(case: &RecordCase<'_>) -> bool {
    const WORDS: [&str; 26] = [
        "because",
        "since",
        "so that",
        "in order to",
        "avoid",
        "due to",
        "reason",
        "therefore",
        "allow",
        "benefit",
        "advantage",
        "easier",
        "better",
        "simpl",
        "weil",
        "damit",
        "grund",
        "parce",
        "afin",
        "porque",
        "para que",
        "perche",
        "omdat",
        "потому",
        "因为",
        "ため",
    ];
    case.outline.blocks.iter().any(|block| {
        let folded = fold(&block.text.plain);
        WORDS.iter().any(|word| folded.contains(word))
    })
}
