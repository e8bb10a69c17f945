#![doc = include_str!("decision-rewritten.md")]

use super::history::is_decided;
use super::{ChangedRecord, Check, Rule};
use crate::decision::words::{self, Topic};
use crate::decision::{Decision, Kind, word};
use crate::report::Finding;
use crate::text::Span;
use crate::text::outline::{BlockKind, Outline};
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    id: "decision-rewritten",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Changed(check),
    page: include_str!("decision-rewritten.md"),
};

/// So many words may differ: enough for typing errors and a name that has changed.
const WORDS: usize = 20;

fn check(changed: &ChangedRecord<'_>) -> Vec<Finding> {
    let ChangedRecord { before: old, decision, .. } = *changed;
    if !is_decided(old) || decision.kind != Kind::Decision {
        return Vec::new();
    }
    let mut counts: HashMap<String, i64> = HashMap::new();
    for (word, _) in said(old, changed.outline_before) {
        *counts.entry(word).or_default() += 1;
    }
    // What is left over is gone; what was not there before is new.
    let mut added = 0_usize;
    let mut first = None;
    for (word, span) in said(decision, changed.outline) {
        let count = counts.entry(word).or_default();
        if *count > 0 {
            *count -= 1;
        } else {
            added += 1;
            first.get_or_insert(span);
        }
    }
    let removed: usize = counts.values().filter_map(|left| usize::try_from(*left).ok()).sum();
    if added + removed <= WORDS {
        return Vec::new();
    }
    let status = old.status.map_or("decided", word);
    let message = format!("the record was {status}, and this change rewrites it: {added} new words, {removed} gone");
    let span = first.or(decision.title_span).unwrap_or_default();
    vec![
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(span))
            .label(if first.is_some() { "new words from here on" } else { "" })
            .why("A record tells what was decided and why, at its time. Written anew, it tells what never was.")
            .help("Write a new record that replaces this one, or add a section `Amendments` with a date."),
    ]
}

/// The words that were decided, each with the paragraph where it stands: not the header, the status, links and what was
/// added later.
fn said(decision: &Decision, outline: &Outline) -> impl Iterator<Item = (String, Span)> {
    let mut later: Vec<bool> = Vec::with_capacity(outline.sections.len());
    for section in &outline.sections {
        let own = matches!(
            words::topic(&section.title),
            Some(
                Topic::Status
                    | Topic::Date
                    | Topic::Deciders
                    | Topic::Links
                    | Topic::More
                    | Topic::History
                    | Topic::Meta
            )
        );
        let title = section.level == 0 || Some(section.span) == decision.title_span;
        let inside =
            section.parent.is_some_and(|parent| later.get(parent) == Some(&true) && outline.sections[parent].level > 1);
        later.push(own || title || inside);
    }
    let kept = outline.blocks.iter().filter(move |block| {
        !matches!(block.kind, BlockKind::Comment | BlockKind::Heading) && later.get(block.section) == Some(&false)
    });
    kept.flat_map(|block| {
        let words = block.text.plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(|word| (word.to_lowercase(), block.span))
    })
}
