#![doc = include_str!("decision-link-broken.md")]

use super::records::resolve;
use super::{Check, Context, Rule};
use crate::decision::{Decision, Format, Kind, Link, LinkKind};
use crate::policy::nearest;
use crate::report::{Finding, words};
use crate::text::Place;
use crate::tree::{self, Paths};

pub const RULE: Rule = Rule {
    id: "decision-link-broken",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-link-broken.md"),
};

/// More of one file are not reported one by one.
const SHOWN: usize = 20;

/// Endings of files that people link to. A word with another ending may be a page that is made from something else.
const ENDINGS: [&str; 14] =
    ["md", "mdx", "markdown", "adoc", "asciidoc", "rst", "yaml", "yml", "json", "png", "svg", "jpg", "jpeg", "puml"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let kept = context.decisions.iter().filter(|decision| matches!(decision.kind, Kind::Decision | Kind::Index));
    kept.flat_map(|decision| {
        let broken = decision.links.iter().filter_map(move |link| {
            let path = missing(&context.tree.paths, decision, link)?;
            Some(finding(context, decision, link, &path))
        });
        broken.take(SHOWN)
    })
    .collect()
}

/// Where a link leads, if nothing is there.
fn missing(paths: &Paths, decision: &Decision, link: &Link) -> Option<String> {
    if !matches!(link.kind, LinkKind::Relative | LinkKind::Image) || link.target.contains("://") {
        return None;
    }
    let target = link.target.split(['#', '?']).next().unwrap_or_default().trim_matches(['<', '>', ' ']);
    let (stem, ending) = tree::name(target).rsplit_once('.')?;
    let known = ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) && !stem.is_empty();
    if !known || target.starts_with('/') || target.contains(['{', '}', '<', '>', '$', '\\', ':']) {
        return None;
    }
    // Sphinx and Antora know roots of their own.
    if decision.format == Format::Rst
        || target.contains("xref")
        || (decision.format == Format::Asciidoc && target.contains('!'))
    {
        return None;
    }
    let path = resolve(tree::folder(&decision.path), target)?;
    // A checkout may hold a part of a repository: of a folder that is not there nothing is known.
    if !paths.has_folder(tree::folder(&path)) {
        return None;
    }
    let there = |path: &str| paths.contains(path) || paths.has_folder(path);
    // A site may serve a page as a folder, so that its links start one folder deeper.
    let as_page = resolve(decision.path.rsplit_once('.')?.0, target);
    // AsciiDoc names pictures from the folder of all pictures.
    let pictured = decision.format == Format::Asciidoc && link.kind == LinkKind::Image;
    (!there(&path) && !as_page.is_some_and(|path| there(&path)) && !pictured).then_some(path)
}

fn finding(context: &Context<'_>, decision: &Decision, link: &Link, path: &str) -> Finding {
    let target = words::printable(&link.target, 120);
    let message = format!("the link to `{target}` leads nowhere");
    let mut finding =
        Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(link.span))
            .label(format!("there is no `{}`", words::printable(path, 160)))
            .why("A record is read years later, when nobody remembers what a dead link led to.");
    // A file that this change takes away breaks links in files that it does not touch.
    if context.files.is_some_and(|files| files.contains(path)) {
        finding = finding.and(Place::file(path), "taken away by this change");
    }
    match near(context, decision, link, path) {
        Some(near) => finding.fix(decision.path.clone(), "as the link's target", near),
        None => finding.help("Correct the link, or say in words what it led to."),
    }
}

/// The file that is meant: another spelling, another ending or another title in the same folder, or a record of the
/// same number.
fn near(context: &Context<'_>, decision: &Decision, link: &Link, path: &str) -> Option<String> {
    let (folder, name) = (tree::folder(path), tree::name(path));
    let names = context.tree.paths.names_in(folder);
    let stem = |name: &str| name.split('.').next().unwrap_or_default().to_lowercase();
    let same = || names.iter().copied().find(|other| other.eq_ignore_ascii_case(name) || stem(other) == stem(name));
    let numbered = || match context.records.numbered(path, link.number?) {
        [one] if tree::folder(&one.path) == folder && one.path != decision.path => Some(tree::name(&one.path)),
        _ => None,
    };
    let close = || nearest(name, names.iter().copied().take(2000));
    let found = same().or_else(numbered).or_else(close)?;
    let written = link.target.split(['#', '?']).next().unwrap_or_default();
    let before = written.rfind('/').map_or("", |at| &written[..=at]);
    let behind = &link.target[written.len()..];
    Some(format!("{before}{found}{behind}"))
}
