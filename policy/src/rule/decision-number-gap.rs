#![doc = include_str!("decision-number-gap.md")]

use super::records::{file, title_place};
use super::{Check, Context, Rule};
use crate::decision::Decision;
use crate::report::Finding;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule {
    id: "decision-number-gap",
    severity: crate::report::Severity::Info,
    strict: true,
    check: Check::Decisions(check),
    page: include_str!("decision-number-gap.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut folders: BTreeMap<&str, BTreeMap<u32, &Decision>> = BTreeMap::new();
    // A template or an index may have a number, too.
    for decision in context.decisions {
        if let Some(number) = decision.file_number {
            folders.entry(super::records::series(&decision.path)).or_default().entry(number).or_insert(decision);
        }
    }
    let mut findings = Vec::new();
    for numbers in folders.values() {
        let steps: Vec<_> = numbers.iter().zip(numbers.iter().skip(1)).collect();
        let gaps: Vec<_> = steps.iter().filter(|((before, _), (after, _))| **after - **before > 1).collect();
        // Where most numbers stand alone they are those of issues, and no series.
        if gaps.len() * 2 > steps.len() {
            continue;
        }
        findings.extend(gaps.iter().map(|((before, old), (after, new))| finding((**before, old), (**after, new))));
    }
    findings
}

fn finding((before, old): (u32, &Decision), (after, new): (u32, &Decision)) -> Finding {
    let message = match after - before {
        2 => format!("there is no decision of number {}", before + 1),
        _ => format!("there are no decisions of numbers {} to {}", before + 1, after - 1),
    };
    Finding::new(RULE.id, RULE.severity, new.path.to_string(), message, title_place(new))
        .label(format!("number {after}, behind `{}`", file(old)))
        .why("A number that is missing may be a record that was lost.")
        .help("Find the record that is missing, or turn this rule off where numbers are given otherwise.")
}
