//! `adrule graph`: which record supersedes, amends or relates to which, for Mermaid and for Graphviz.

use crate::catalog::{Catalog, Relation};
use crate::decision::{Decision, Status, word};
use crate::report::words;
use crate::tree;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The longest title that is shown, in characters.
const TITLE: usize = 60;

/// Which records are drawn: those that have to do with another one, or, with `everything`, all of them.
fn drawn(catalog: &Catalog, everything: bool) -> BTreeSet<usize> {
    if everything {
        return (0..catalog.records.len()).collect();
    }
    catalog.relations.iter().flat_map(|(from, _, to)| [*from, *to]).collect()
}

/// Records in groups: one for each folder, where there are several.
fn groups(catalog: &Catalog, drawn: &BTreeSet<usize>) -> Vec<(Option<String>, Vec<usize>)> {
    let all = catalog.by_series();
    let groups = all.into_iter().map(|(folder, all)| {
        let here: Vec<usize> = all.into_iter().filter(|at| drawn.contains(at)).collect();
        let folder = if folder.is_empty() { "." } else { folder };
        (Some(words::printable(folder, 100)), here)
    });
    let mut groups: Vec<_> = groups.filter(|(_, here)| !here.is_empty()).collect();
    if let [(name, _)] = groups.as_mut_slice() {
        *name = None;
    }
    groups
}

/// Title and status, each on a line.
fn lines(record: &Decision) -> [String; 2] {
    let title = record.title.as_deref().unwrap_or_else(|| tree::name(&record.path));
    let title = words::printable(title, TITLE);
    // Mermaid takes `1. Title` for a list of Markdown, and does not draw it.
    let number = match record.number {
        Some(number) => format!("{number} – "),
        None if title.starts_with(char::is_alphabetic) => String::new(),
        None => "– ".to_owned(),
    };
    let status =
        record.status.map_or(if record.statuses.is_empty() { "no status" } else { "status not understood" }, word);
    let date = record.date.map(|(date, _)| format!(", {date}")).unwrap_or_default();
    [format!("{number}{title}"), format!("{status}{date}")]
}

/// Whether a record no longer counts.
fn is_past(record: &Decision) -> bool {
    matches!(record.status, Some(Status::Superseded | Status::Deprecated | Status::Rejected | Status::Withdrawn))
}

fn label(relation: Relation) -> &'static str {
    match relation {
        Relation::Supersedes => "supersedes",
        Relation::Amends => "amends",
        Relation::Relates => "relates to",
    }
}

/// A flowchart for Mermaid, which GitHub and GitLab draw in a block of Markdown marked `mermaid`.
#[must_use]
pub fn mermaid(catalog: &Catalog, everything: bool) -> String {
    let drawn = drawn(catalog, everything);
    let mut out = String::from("flowchart LR\n");
    for (at, (folder, here)) in groups(catalog, &drawn).into_iter().enumerate() {
        let indent = if folder.is_some() { "    " } else { "  " };
        if let Some(folder) = &folder {
            let _ = writeln!(out, "  subgraph g{at}[\"{}\"]", mermaid_text(folder));
        }
        for at in here {
            let record = &catalog.records[at];
            let [title, status] = lines(record).map(|line| mermaid_text(&line));
            let class = if is_past(record) { ":::past" } else { "" };
            let _ = writeln!(out, "{indent}d{at}[\"{title}<br/>{status}\"]{class}");
        }
        if folder.is_some() {
            out.push_str("  end\n");
        }
    }
    for (from, relation, to) in &catalog.relations {
        let arrow = match relation {
            Relation::Supersedes => "-->",
            Relation::Amends => "-.->",
            Relation::Relates => "---",
        };
        let _ = writeln!(out, "  d{from} {arrow}|{}| d{to}", label(*relation));
    }
    if drawn.iter().any(|at| is_past(&catalog.records[*at])) {
        out.push_str("  classDef past stroke-dasharray: 4 4\n");
    }
    out
}

/// Everything but letters, digits and a few marks as the number of its character: Mermaid has marks of its own, also
/// inside of quotes.
fn mermaid_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '.' | ',' | '-' | '–' | '_' | '/' | '(' | ')' => out.push(c),
            c if c.is_alphanumeric() => out.push(c),
            c => {
                let _ = write!(out, "#{};", u32::from(c));
            }
        }
    }
    out
}

/// A graph for Graphviz, in its DOT language.
#[must_use]
pub fn dot(catalog: &Catalog, everything: bool) -> String {
    let drawn = drawn(catalog, everything);
    let mut out = String::from("digraph decisions {\n  rankdir=LR;\n  node [shape=box];\n");
    for (at, (folder, here)) in groups(catalog, &drawn).into_iter().enumerate() {
        let indent = if folder.is_some() { "    " } else { "  " };
        if let Some(folder) = &folder {
            let _ = writeln!(out, "  subgraph cluster_{at} {{\n    label=\"{}\";", dot_text(folder));
        }
        for at in here {
            let record = &catalog.records[at];
            let [title, status] = lines(record).map(|line| dot_text(&line));
            let path = dot_text(&words::printable(&record.path, 200));
            let style = if is_past(record) { ", style=dashed" } else { "" };
            let _ = writeln!(out, "{indent}d{at} [label=\"{title}\\n{status}\", tooltip=\"{path}\"{style}];");
        }
        if folder.is_some() {
            out.push_str("  }\n");
        }
    }
    for (from, relation, to) in &catalog.relations {
        let style = match relation {
            Relation::Supersedes => "",
            Relation::Amends => ", style=dashed",
            Relation::Relates => ", style=dotted, dir=none",
        };
        let _ = writeln!(out, "  d{from} -> d{to} [label=\"{}\"{style}];", label(*relation));
    }
    out.push_str("}\n");
    out
}

/// Inside of quotes, a quote ends the text, a backslash starts a sign of its own, and `&lt;` is one.
fn dot_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('\\', "\\\\").replace('"', "\\\"")
}
