#![doc = include_str!("decision-consequences-one-sided.md")]

use super::{Check, RecordCase, Rule};
use crate::decision::Kind;
use crate::decision::words::{Topic, fold, topic};
use crate::report::{Finding, words};
use crate::text::outline::BlockKind;

pub const RULE: Rule = Rule {
    id: "decision-consequences-one-sided",
    severity: crate::report::Severity::Info,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-consequences-one-sided.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    if decision.kind != Kind::Decision {
        return Vec::new();
    }
    let sections = &case.outline.sections;
    let topics: Vec<Option<Topic>> = sections.iter().map(|section| topic(&section.title)).collect();
    if topics.iter().flatten().any(|topic| matches!(topic, Topic::Negative | Topic::Risks)) {
        return Vec::new();
    }
    let Some(at) = topics.iter().position(|topic| *topic == Some(Topic::Consequences)) else { return Vec::new() };
    let mut inner = (at + 1..sections.len()).filter(|&inner| sections[inner].parent == Some(at));
    let headed = inner.next().is_some_and(|first| topics[first] == Some(Topic::Positive)) && inner.next().is_none();
    let items = case.outline.blocks_of(at).filter(|block| block.kind == BlockKind::Item && block.depth <= 1);
    let (good, all) = items.fold((0, 0), |(good, all), block| {
        let text = fold(&block.text.plain.chars().take(20).collect::<String>());
        let is_good = text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with("good,");
        (good + usize::from(is_good), all + 1)
    });
    let praised = all >= 2 && good == all;
    if !headed && !praised {
        return Vec::new();
    }
    let name = words::printable(&sections[at].title, 60);
    vec![
        Finding::new(
            RULE.id,
            RULE.severity,
            decision.path.to_string(),
            format!("`{name}` names only what is good"),
            decision.place(sections[at].span),
        )
        .label("nothing here says what it costs")
        .why("Every choice costs something; the next decision starts from there.")
        .help("Add what becomes harder, or what was given up."),
    ]
}
