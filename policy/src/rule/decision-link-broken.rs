#![doc = include_str!("decision-link-broken.md")]

use super::records::{in_link, resolve};
use super::{Check, Context, Rule};
use crate::decision::{Decision, Format, Kind, Link, LinkKind};
use crate::policy::nearest;
use crate::report::{Finding, words};
use crate::text::{Place, Span};
use crate::tree::{self, Paths};
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    id: "decision-link-broken",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-link-broken.md"),
};

/// More of one file are not reported one by one.
const SHOWN: usize = 20;

/// So many names of a folder are compared letter by letter with a wrong one, for so many findings of a run: it takes
/// long.
const NAMES: usize = 500;
const COMPARED: usize = 20;

/// Endings of files that people link to. A word with another ending may be a page that is made from something else.
const ENDINGS: [&str; 14] =
    ["md", "mdx", "markdown", "adoc", "asciidoc", "rst", "yaml", "yml", "json", "png", "svg", "jpg", "jpeg", "puml"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let kept = context.decisions.iter().filter(|decision| matches!(decision.kind, Kind::Decision | Kind::Index));
    let mut folders = HashMap::new();
    let mut findings = Vec::new();
    let is_part = context.tree.paths.is_part();
    for decision in kept {
        let broken = decision
            .links
            .iter()
            .filter_map(|link| Some((link, missing(&context.tree.paths, decision, link, is_part)?)));
        for (link, path) in broken.take(SHOWN) {
            let compared = findings.len() < COMPARED;
            let folder = tree::folder(&path).to_owned();
            let names = folders.entry(folder).or_insert_with_key(|folder| Names::new(&context.tree.paths, folder));
            let near = near(context, decision, link, &path, names, compared);
            findings.push(finding(context, decision, link, &path, near));
        }
    }
    findings
}

/// The files of one folder, to be found by what a wrong name has in common with theirs.
struct Names<'a> {
    all: Vec<&'a str>,
    by_lower: HashMap<String, &'a str>,
    by_slug: HashMap<(String, String), &'a str>,
}

impl<'a> Names<'a> {
    fn new(paths: &'a Paths, folder: &str) -> Self {
        let all = paths.names_in(folder);
        let by_lower = all.iter().map(|name| (name.to_lowercase(), *name)).collect();
        let by_slug = all.iter().map(|name| ((slug(name), ending(name)), *name)).collect();
        Self { all, by_lower, by_slug }
    }
}

/// Where a link leads, if nothing is there.
fn missing(paths: &Paths, decision: &Decision, link: &Link, is_part: bool) -> Option<String> {
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
    if paths.contains(&path) || !paths.has_folder(tree::folder(&path)) {
        return None;
    }
    let there = |path: &str| paths.contains(path) || paths.has_folder(path);
    // A site may serve a page as a folder, so that its links start one folder deeper.
    let (page, _) = decision.path.rsplit_once('.')?;
    let as_page = || resolve(page, target);
    // AsciiDoc names pictures from the folder of all pictures.
    let pictured = decision.format == Format::Asciidoc && link.kind == LinkKind::Image;
    if pictured || paths.has_folder(&path) || as_page().is_some_and(|path| there(&path)) {
        return None;
    }
    // Nor is, where the rest seems to be left out, of a kind of file that its folder has none of.
    let alike = |name: &&str| name.rsplit_once('.').is_some_and(|(_, other)| other.eq_ignore_ascii_case(ending));
    (!is_part || paths.names_in(tree::folder(&path)).iter().any(alike)).then_some(path)
}

fn finding(context: &Context<'_>, decision: &Decision, link: &Link, path: &str, near: Option<String>) -> Finding {
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
    match near {
        Some(near) => {
            finding.write(decision.path.clone(), target_span(context, decision, link), "as the link's target", near)
        }
        None => finding.help("Correct the link, or say in words what it led to."),
    }
}

/// Where the target stands, if it is written just so and once.
fn target_span(context: &Context<'_>, decision: &Decision, link: &Link) -> Option<Span> {
    let written = link.span.of(context.tree.text(&decision.path)?);
    let (at, _) = written.match_indices(&link.target).next()?;
    let is_once = written.matches(&link.target).count() == 1;
    is_once.then(|| Span::new(link.span.start + at, link.span.start + at + link.target.len()))
}

/// The file that is meant, of the same kind and in the same folder: another spelling, another number before the same
/// words, or most of the same words behind the same number.
fn near(
    context: &Context<'_>,
    decision: &Decision,
    link: &Link,
    path: &str,
    names: &Names<'_>,
    compared: bool,
) -> Option<String> {
    let name = tree::name(path);
    let same = || names.by_lower.get(&name.to_lowercase()).copied();
    let slug_of = slug(name);
    let renumbered = || names.by_slug.get(&(slug_of.clone(), ending(name))).copied().filter(|_| slug_of.len() > 4);
    let numbered = || {
        let found = context.records.numbered(path, link.number?).iter().take(20).map(|one| tree::name(&one.path));
        let alike = |other: &&str| names.by_lower.contains_key(&other.to_lowercase()) && ending(other) == ending(name);
        found.filter(alike).find(|other| share_words(&slug(other), &slug_of))
    };
    let close = || {
        let like = names.all.iter().copied().filter(|other| ending(other) == ending(name)).take(NAMES);
        compared.then(|| nearest(name, like)).flatten()
    };
    let found = same().or_else(renumbered).or_else(numbered).or_else(close)?;
    if tree::name(&decision.path) == found {
        return None;
    }
    let written = link.target.split(['#', '?']).next().unwrap_or_default();
    let before = written.rfind('/').map_or("", |at| &written[..=at]);
    let behind = &link.target[written.len()..];
    let found = if decision.format == Format::Markdown { in_link(found) } else { found.to_owned() };
    Some(format!("{before}{found}{behind}"))
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase())
}

/// A name without its number and its ending.
fn slug(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    let stem = stem.strip_prefix("adr").unwrap_or(&stem);
    stem.trim_start_matches(|c: char| c.is_ascii_digit() || !c.is_alphanumeric()).to_owned()
}

/// Whether at least half of the words of the shorter name stand in the other one.
fn share_words(one: &str, other: &str) -> bool {
    let words = |name: &str| name.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (words(one), words(other));
    let shared = one.iter().take(40).filter(|word| other.contains(word)).count();
    shared * 2 >= one.len().min(other.len()).max(1)
}
