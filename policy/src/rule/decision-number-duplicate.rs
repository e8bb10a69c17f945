#![doc = include_str!("decision-number-duplicate.md")]

use super::records::{file, title_place};
use super::{Check, Context, Rule};
use crate::decision::Decision;
use crate::report::{Finding, Severity};
use crate::tree;
use std::collections::{BTreeMap, HashMap};

pub const RULE: Rule = Rule {
    id: "decision-number-duplicate",
    severity: Severity::Error,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-number-duplicate.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut series: BTreeMap<(&str, String, u32), Vec<&Decision>> = BTreeMap::new();
    let mut highest: HashMap<&str, u32> = HashMap::new();
    for record in context.records.iter() {
        // A number that only the title gives may be anything.
        let Some(number) = record.file_number else { continue };
        let folder = super::records::series(&record.path);
        series.entry((folder, prefix(file(record)), number)).or_default().push(record);
        let known = highest.entry(folder).or_default();
        *known = number.max(*known);
    }
    let taken = series.into_iter().filter(|(_, records)| records.len() > 1);
    taken
        .filter_map(|((folder, _, number), records)| {
            let next = highest.get(folder).map_or(number, |number| number.saturating_add(1));
            finding(context, number, next, records)
        })
        .collect()
}

fn finding(context: &Context<'_>, number: u32, next: u32, mut records: Vec<&Decision>) -> Option<Finding> {
    // A translation, an appendix or a rendering has the name of its record.
    records.sort_by_key(|record| stem(record).len());
    let shortest = stem(records[0]);
    let mut at = 0;
    records.retain(|record| {
        at += 1;
        at == 1 || !belongs(stem(record), shortest)
    });
    if records.len() < 2 {
        return None;
    }
    let added = |record: &&Decision| context.is_added(&record.path);
    let is_new = records.iter().any(added);
    if !is_new && !context.strict && context.page.severity(RULE.id).is_none() {
        return None;
    }
    records.sort_by_key(|record| (!added(record), &record.path));
    let (first, others) = records.split_first()?;
    let message = format!("the number {number} is given to {} records", records.len());
    let severity = if is_new { RULE.severity } else { Severity::Warning };
    let mut finding = Finding::new(RULE.id, severity, first.path.to_string(), message, title_place(first))
        .label(format!("`{}`", file(first)))
        .why("People name a record by its number, and a number that two records share names neither.")
        .help(format!(
            "Give `{}` a number that is free, such as {next}, in its name, its title and the links to it.",
            file(first)
        ));
    for other in others {
        finding = finding.and(title_place(other), format!("`{}`", file(other)));
    }
    Some(finding)
}

fn stem(record: &Decision) -> &str {
    let name = file(record);
    match name.split('.').next() {
        // The folder is the record.
        Some(stem) if stem.eq_ignore_ascii_case("readme") => tree::name(tree::folder(&record.path)),
        stem => stem.unwrap_or(name),
    }
}

/// Whether a name is another one with something added to it.
fn belongs(name: &str, to: &str) -> bool {
    name.strip_prefix(to).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', '.']))
}

/// The letters before the number: `ARCH` and `GEN` are numbered apart.
fn prefix(name: &str) -> String {
    let letters = name.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let letters = letters.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if letters == "adr" { String::new() } else { letters }
}
