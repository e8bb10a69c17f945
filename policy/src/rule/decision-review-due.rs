#![doc = include_str!("decision-review-due.md")]

use super::{Check, RecordCase, Rule};
use crate::decision::words::fold;
use crate::decision::{Kind, Status, date};
use crate::report::Finding;
use crate::text::Span;
use crate::text::outline::BlockKind;
use jiff::civil::Date;

pub const RULE: Rule = Rule {
    id: "decision-review-due",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Record(check),
    page: include_str!("decision-review-due.md"),
};

/// Labels of the day on which a decision is to be looked at again, folded.
const LABELS: [&str; 12] = [
    "review by",
    "review-by",
    "review_by",
    "review date",
    "review-date",
    "review_date",
    "next review",
    "next-review",
    "next_review",
    "revisit by",
    "revisit on",
    "valid until",
];

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let ended = !matches!(decision.status, None | Some(Status::Accepted));
    if decision.kind != Kind::Decision || ended {
        return Vec::new();
    }
    let Some((day, span)) = review(case).filter(|(day, _)| *day < case.today) else { return Vec::new() };
    vec![
        Finding::new(
            RULE.id,
            RULE.severity,
            decision.path.to_string(),
            format!("the decision was to be reviewed by {day}"),
            decision.place(span),
        )
        .label(format!("today is {}", case.today))
        .why("The team wanted to look at it again; until it does, nobody knows whether it still holds.")
        .help("Review the decision, and write the next date, or what has become of it."),
    ]
}

/// The day of the next review, from the front matter, or a labelled line, item or row.
fn review(case: &RecordCase<'_>) -> Option<(Date, Span)> {
    if let Some(front) = case.outline.front_matter {
        let mut at = front.start;
        for line in front.of(case.text).split_inclusive('\n') {
            if let Some(day) = labelled(line) {
                return Some((day, Span::new(at, at + line.trim_end().len())));
            }
            at += line.len();
        }
    }
    case.outline.blocks.iter().filter(|block| !block.quoted).find_map(|block| {
        let day = match &block.kind {
            BlockKind::Paragraph | BlockKind::Item => block.text.plain.lines().take(40).find_map(labelled),
            BlockKind::Row { cells, head: false, .. } => match cells.as_slice() {
                [label, value, ..] => labelled(&format!("{}: {}", label.plain, value.plain)),
                _ => None,
            },
            _ => None,
        };
        day.map(|day| (day, block.span))
    })
}

fn labelled(line: &str) -> Option<Date> {
    let (label, value) = line.split_once(':').filter(|(label, _)| label.len() <= 40)?;
    let label = fold(label);
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    LABELS.contains(&label).then(|| date::leading(value.trim_start_matches(['*', ' ', '_'])).map(|(day, _)| day))?
}
