#![doc = include_str!("decision-file-name.md")]

use super::records::{file, series};
use super::{Check, Context, Rule};
use crate::decision::{Decision, Status, date};
use crate::policy::Pattern;
use crate::report::{Finding, words};
use crate::text::Place;
use crate::tree;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule {
    id: "decision-file-name",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Decisions(check),
    page: include_str!("decision-file-name.md"),
};

/// Where fewer records than this lie together, they show no custom.
const FEW: usize = 5;

fn check(context: &Context<'_>) -> Vec<Finding> {
    match &context.page.decisions.file_name {
        Some(pattern) => by_page(context, pattern),
        None => by_custom(context),
    }
}

/// The records that are not named as the page asks. Where the folder is the record, its name counts.
fn by_page(context: &Context<'_>, pattern: &Pattern) -> Vec<Finding> {
    let odd = context.records.iter().filter(|record| {
        let name = file(record);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let folder = format!("{}.{ending}", tree::name(tree::folder(&record.path)));
        let is_folder = ["readme", "index"].iter().any(|own| stem.eq_ignore_ascii_case(own));
        !pattern.matches(if is_folder { &folder } else { name })
    });
    odd.map(|record| {
        let asked = words::printable(&pattern.text, 80);
        let message = format!("the file's name is not of the form `{asked}`");
        Finding::new(RULE.id, RULE.severity, record.path.to_string(), message, Place::file(record.path.clone()))
            .label("the page asks for this form")
            .why("Lists and links follow the names, and a record that is named otherwise is missed.")
            .help("Rename the file before it is merged; afterwards its name is known to others.")
    })
    .collect()
}

/// The records that are named otherwise than most beside them.
fn by_custom(context: &Context<'_>) -> Vec<Finding> {
    let mut folders: BTreeMap<&str, Vec<&Decision>> = BTreeMap::new();
    for record in context.records.iter() {
        folders.entry(series(&record.path)).or_default().push(record);
    }
    let mut findings = Vec::new();
    for records in folders.values().filter(|records| records.len() >= FEW) {
        let numbered = |record: &Decision| record.file_number.is_some();
        let dated = |record: &Decision| record.file_number.is_none() && date::leading(file(record)).is_some();
        for (what, is_like) in [("a number", &numbered as &dyn Fn(&Decision) -> bool), ("a date", &dated)] {
            let (like, odd): (Vec<&Decision>, Vec<&Decision>) = records.iter().partition(|record| is_like(record));
            // Four of five are a custom.
            if like.len() * 5 < records.len() * 4 {
                continue;
            }
            // A draft gets its number when it is decided.
            let named = odd.into_iter().filter(|record| record.status != Some(Status::Draft));
            findings.extend(named.map(|record| finding(record, what, file(like[0]))));
        }
    }
    findings
}

fn finding(record: &Decision, what: &str, example: &str) -> Finding {
    let message = format!("the file's name does not start with {what}, as those beside it do");
    Finding::new(RULE.id, RULE.severity, record.path.to_string(), message, Place::file(record.path.clone()))
        .label(format!("beside it: `{example}`"))
        .why("Lists and links follow the names, and a record that is named otherwise is missed.")
        .help("Rename the file before it is merged; afterwards its name is known to others.")
}
