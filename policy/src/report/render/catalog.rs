//! `adrule list`: the records of a repository, for people and as JSON.

use super::json::{VERSION, to_text};
use crate::catalog::{Catalog, Relation, Unresolved};
use crate::decision::{Decision, Format, Status, word};
use crate::report::words;
use crate::tree;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    decisions: Vec<RecordJson<'r>>,
    unresolved: Vec<UnresolvedJson<'r>>,
    unread: Vec<UnreadJson<'r>>,
}

#[derive(Serialize)]
struct RecordJson<'r> {
    path: &'r str,
    number: Option<u32>,
    title: Option<&'r str>,
    status: Option<Status>,
    status_raw: Option<&'r str>,
    date: Option<String>,
    format: Format,
    deciders: Vec<&'r str>,
    supersedes: Vec<&'r str>,
    superseded_by: Vec<&'r str>,
    amends: Vec<&'r str>,
    amended_by: Vec<&'r str>,
    relates: Vec<&'r str>,
}

#[derive(Serialize)]
struct UnresolvedJson<'r> {
    path: &'r str,
    relation: &'static str,
    target: &'r str,
    number: Option<u32>,
}

#[derive(Serialize)]
struct UnreadJson<'r> {
    path: &'r str,
    reason: &'r str,
}

/// As one JSON document, described by `schemas/decisions.schema.json`. `shown` are indexes of [`Catalog::records`].
#[must_use]
pub fn json(catalog: &Catalog, shown: &[usize]) -> String {
    let unresolved = catalog.unresolved.iter().filter(|one| shown.contains(&one.by));
    to_text(&Document {
        version: VERSION,
        decisions: shown.iter().map(|at| record(catalog, *at)).collect(),
        unresolved: unresolved.map(|one| unresolved_json(catalog, one)).collect(),
        unread: catalog.unread.iter().map(|unread| UnreadJson { path: &unread.path, reason: &unread.reason }).collect(),
    })
}

fn record(catalog: &Catalog, at: usize) -> RecordJson<'_> {
    let record = &catalog.records[at];
    let paths = |relation, is_passive| {
        let others = catalog.related(at, relation, is_passive);
        others.map(|other| catalog.records[other].path.as_ref()).collect::<Vec<&str>>()
    };
    RecordJson {
        path: &record.path,
        number: record.number,
        title: record.title.as_deref(),
        status: record.status,
        status_raw: record.statuses.first().map(|reading| reading.raw.as_str()),
        date: record.date.map(|(date, _)| date.to_string()),
        format: record.format,
        deciders: record.deciders.iter().map(|(name, _)| name.as_str()).collect(),
        supersedes: paths(Relation::Supersedes, false),
        superseded_by: paths(Relation::Supersedes, true),
        amends: paths(Relation::Amends, false),
        amended_by: paths(Relation::Amends, true),
        relates: paths(Relation::Relates, false),
    }
}

fn unresolved_json<'r>(catalog: &'r Catalog, one: &'r Unresolved) -> UnresolvedJson<'r> {
    UnresolvedJson {
        path: &catalog.records[one.by].path,
        relation: match (one.relation, one.is_passive) {
            (Relation::Supersedes, false) => "supersedes",
            (Relation::Supersedes, true) => "superseded-by",
            (Relation::Amends, false) => "amends",
            (Relation::Amends, true) => "amended-by",
            (Relation::Relates, _) => "relates",
        },
        target: &one.target,
        number: one.number,
    }
}

/// For people: a table for each folder, and how many there are.
#[must_use]
pub fn human(catalog: &Catalog, shown: &[usize]) -> String {
    let mut out = String::new();
    let status_width = shown.iter().map(|at| status(&catalog.records[*at]).len()).max().unwrap_or(0);
    for (folder, all) in catalog.by_series() {
        let here: Vec<usize> = all.into_iter().filter(|at| shown.contains(at)).collect();
        if here.is_empty() {
            continue;
        }
        let numbers = here.iter().filter_map(|at| catalog.records[*at].number);
        let number_width = numbers.map(|number| number.to_string().len()).max().unwrap_or(0).max(2);
        let folder = if folder.is_empty() { "." } else { folder };
        let _ = writeln!(out, "{}", words::printable(folder, 200));
        for at in here {
            let record = &catalog.records[at];
            let number = record.number.map_or_else(|| "-".to_owned(), |number| number.to_string());
            let date = record.date.map_or_else(|| "-".to_owned(), |(date, _)| date.to_string());
            let title = match &record.title {
                Some(title) if record.number.is_some() => words::printable(title, 80),
                Some(title) => format!("{} ({})", words::printable(title, 80), file(record)),
                None => file(record),
            };
            let said = said(catalog, at);
            let _ =
                writeln!(out, "  {number:>number_width$}  {:status_width$}  {date:<10}  {title}{said}", status(record));
        }
        out.push('\n');
    }
    for unread in &catalog.unread {
        let (path, reason) = (words::printable(&unread.path, 200), words::printable(&unread.reason, 300));
        let _ = writeln!(out, "not read: {path}: {reason}");
    }
    let _ = writeln!(out, "{}", closing(catalog, shown));
    out
}

fn status(record: &Decision) -> &'static str {
    match record.status {
        Some(status) => word(status),
        None if record.statuses.is_empty() => "no status",
        None => "not understood",
    }
}

fn file(record: &Decision) -> String {
    words::printable(tree::name(&record.path), 80)
}

/// ` (supersedes 2 and 3; superseded by 7)`.
fn said(catalog: &Catalog, at: usize) -> String {
    let name = |other: usize| {
        let (here, there) = (&catalog.records[at], &catalog.records[other]);
        let same = crate::rule::series(&here.path) == crate::rule::series(&there.path);
        match there.number {
            Some(number) if same => number.to_string(),
            _ if same => file(there),
            _ => words::printable(&there.path, 120),
        }
    };
    let parts = [
        ("supersedes", Relation::Supersedes, false),
        ("superseded by", Relation::Supersedes, true),
        ("amends", Relation::Amends, false),
        ("amended by", Relation::Amends, true),
    ];
    let parts = parts.into_iter().filter_map(|(what, relation, is_passive)| {
        let unknown = catalog
            .unresolved
            .iter()
            .filter(|one| one.by == at && one.relation == relation && one.is_passive == is_passive);
        let unknown = unknown.map(|one| match one.number {
            Some(number) => format!("{number}, which is not known"),
            // What leads into the internet is not looked for.
            None if one.target.contains("://") => format!("`{}`", words::printable(&one.target, 80)),
            None => format!("`{}`, which is not known", words::printable(&one.target, 60)),
        });
        let names: Vec<String> = catalog.related(at, relation, is_passive).map(name).chain(unknown).collect();
        (!names.is_empty()).then(|| format!("{what} {}", words::list(&names, "and")))
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}

/// `3 decisions: 2 accepted, 1 superseded.`
fn closing(catalog: &Catalog, shown: &[usize]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for at in shown {
        *counts.entry(status(&catalog.records[*at])).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let counts: Vec<String> = counts.iter().map(|(status, count)| format!("{count} {status}")).collect();
    let all = words::count(shown.len(), "decision");
    if counts.is_empty() { format!("{all}.") } else { format!("{all}: {}.", counts.join(", ")) }
}
