#![doc = include_str!("decision-not-in-index.md")]

use super::records::{file, in_link, resolve, series, title_place};
use super::{Check, Context, Rule};
use crate::decision::{Decision, Format, Kind};
use crate::report::{Finding, words};
use crate::text::Place;
use crate::tree;
use std::collections::{HashMap, HashSet};

pub const RULE: Rule = Rule {
    id: "decision-not-in-index",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Decisions(check),
    page: include_str!("decision-not-in-index.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut folders: HashMap<&str, Vec<&Decision>> = HashMap::new();
    for record in context.records.iter() {
        folders.entry(series(&record.path)).or_default().push(record);
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let indexes = context.decisions.iter().filter(|decision| {
        let is_index = decision.kind == Kind::Index;
        let known = seen.entry(tree::folder(&decision.path)).or_default();
        *known += usize::from(is_index);
        // A folder has a list or two; what has hundreds means no list at all.
        is_index && *known <= 4
    });
    indexes
        .flat_map(|index| {
            let here = tree::folder(&index.path);
            let records = folders.get(here).map(Vec::as_slice).unwrap_or_default();
            let listed = listed(index);
            let (known, missing): (Vec<&Decision>, Vec<&Decision>) = records.iter().partition(|record| {
                listed.contains(record.path.as_ref())
                    || record.path.rsplit_once('.').is_some_and(|(stem, _)| listed.contains(stem))
            });
            // A page that names a few is no list of all.
            let is_list = known.len() >= 3 && known.len() >= missing.len();
            missing.into_iter().filter(move |_| is_list).map(|record| finding(index, record))
        })
        .collect()
}

/// The files that an index links to.
fn listed(index: &Decision) -> HashSet<String> {
    let folder = tree::folder(&index.path);
    let targets = index.links.iter().map(|link| link.target.split(['#', '?']).next().unwrap_or_default());
    let paths = targets.filter_map(|target| resolve(folder, target));
    // A link with a slip in its ending leads nowhere, but it names the record.
    paths.flat_map(|path| [path.rsplit_once('.').map(|(stem, _)| stem.to_owned()), Some(path)]).flatten().collect()
}

fn finding(index: &Decision, record: &Decision) -> Finding {
    let message = format!("`{}` does not list `{}`", tree::name(&index.path), file(record));
    let finding = Finding::new(RULE.id, RULE.severity, record.path.to_string(), message, title_place(record))
        .label("not listed")
        .and(Place::file(index.path.clone()), "the list of the records beside it")
        .why("People look for decisions in the list, and take what it does not name for not decided.");
    let title = record.title.as_deref().map_or_else(|| file(record).to_owned(), |title| words::printable(title, 120));
    let title = title.replace(['[', ']'], "");
    let way = record.path[tree::folder(&index.path).len()..].trim_start_matches('/');
    match index.format {
        Format::Markdown => {
            finding.write(index.path.clone(), None, "in its list", format!("- [{title}]({})", in_link(way)))
        }
        Format::Asciidoc => finding.write(index.path.clone(), None, "in its list", format!("* xref:{way}[{title}]")),
        Format::Rst | Format::Yaml => finding.help("Add it to the list."),
    }
}
