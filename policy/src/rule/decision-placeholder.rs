#![doc = include_str!("decision-placeholder.md")]

use super::{Check, RecordCase, Rule};
use crate::decision::words::fold;
use crate::decision::{Decision, Format, Kind};
use crate::report::{Finding, words};
use crate::text::Span;
use crate::text::outline::{Block, BlockKind, MarkKind};

pub const RULE: Rule = Rule {
    id: "decision-placeholder",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-placeholder.md"),
};

/// What the usual templates say where something is to be written, folded.
const TEMPLATES: [&str; 26] = [
    "what is the issue that we're seeing that is motivating this decision or change",
    "what is the change that we're proposing and/or doing",
    "what is the change that we're actually proposing or doing",
    "what becomes easier or more difficult to do",
    "the issue motivating this decision, and any context that influences or constrains",
    "the change that we're proposing or have agreed to implement",
    "describe the context and problem statement, e.g.",
    "this is an optional element. feel free to remove",
    "e.g., improvement of quality attribute satisfaction",
    "e.g., improvement of one or more desired qualities",
    "e.g., compromising quality attribute, follow-up decisions required",
    "e.g., only option, which meets k.o. criterion",
    "only option, which meets k.o. criterion decision driver | which resolves force",
    "[option 1]",
    "{title of option 1}",
    "{title of option 2}",
    "[driver 1, e.g.",
    "{decision driver 1, e.g.",
    "[argument a]",
    "{argument a}",
    "chosen option: \"{title of option",
    "chosen option: \"[option",
    "[justification. e.g.",
    "{example | description | pointer to more information",
    "list everyone involved in the decision",
    "yyyy-mm-dd when the decision was last updated",
];

/// What stands for a text that is still to be written.
const STANDINGS: [&str; 9] =
    ["tbd", "todo", "tba", "tbc", "to be defined", "to be decided", "to be written", "to be done", "fixme"];

/// More places of one record are not shown.
const SHOWN: usize = 5;

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    if decision.kind != Kind::Decision || decision.format == Format::Yaml {
        return Vec::new();
    }
    let dates = decision.date_unread.iter().filter(|(raw, _)| is_date_template(raw)).map(|(_, span)| *span);
    let left = case.outline.blocks.iter().filter(|block| is_left(block)).map(|block| block.span);
    let mut spans: Vec<Span> = dates.chain(left).collect();
    spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    spans.dedup_by(|later, earlier| earlier.contains(*later));
    finding(decision, &spans).into_iter().collect()
}

fn finding(decision: &Decision, spans: &[Span]) -> Option<Finding> {
    let (first, others) = spans.split_first()?;
    let message = match others.len() {
        0 => "text that only holds a place is left in the record".to_owned(),
        more => format!("text that only holds a place is left in {} places of the record", more + 1),
    };
    let mut finding = Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(*first))
        .label("still to be written")
        .why("Readers cannot tell what was decided from what was never filled in.")
        .help("Write what belongs there, or remove it.");
    for span in others.iter().take(SHOWN) {
        finding = finding.and(decision.place(*span), "");
    }
    Some(finding)
}

fn is_date_template(raw: &str) -> bool {
    let raw = words::printable(raw, 40).to_lowercase();
    raw.contains("yyyy") || raw.trim_matches(|c: char| !c.is_alphanumeric()) == "date"
}

fn is_left(block: &Block) -> bool {
    // What is quoted or shown as code is spoken about.
    let speaks_about = block.quoted || block.text.marks().iter().any(|mark| mark.kind == MarkKind::Code);
    if speaks_about || !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) || block.text.plain.len() > 2000 {
        return false;
    }
    let folded = fold(&block.text.plain);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    // `TBD:` opens a list of what is open.
    if STANDINGS.contains(&bare) && !folded.ends_with(':') {
        return true;
    }
    // Words in quotation marks are somebody else's.
    let mut found = TEMPLATES.iter().filter_map(|template| folded.find(template));
    found.any(|at| !folded[..at].contains(['"', '“', '«', '„']))
}
