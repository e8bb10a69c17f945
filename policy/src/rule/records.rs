//! Records, to be found by their path and by their number.

use crate::decision::{Decision, Kind, Reference, format};
use crate::text::{Place, Span};
use crate::tree;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

/// The records of a tree.
#[derive(Default)]
pub struct Records<'a> {
    all: Vec<&'a Decision>,
    by_path: HashMap<&'a str, &'a Decision>,
    by_number: HashMap<&'a str, HashMap<u32, Vec<&'a Decision>>>,
    anywhere: HashMap<u32, usize>,
}

/// The record that a reference names.
pub enum Named<'a> {
    /// This one.
    One(&'a Decision),
    /// One that is not read, or one of several.
    Unclear,
    /// None of that number is in the repository.
    None,
}

impl<'a> Records<'a> {
    /// The records among some decision files: neither templates nor indexes.
    #[must_use]
    pub fn new(decisions: impl IntoIterator<Item = &'a Decision>) -> Self {
        let mut records = Self::default();
        for decision in decisions.into_iter().filter(|decision| decision.kind == Kind::Decision) {
            records.all.push(decision);
            records.by_path.insert(&decision.path, decision);
            if let Some(number) = decision.number {
                records.by_number.entry(series(&decision.path)).or_default().entry(number).or_default().push(decision);
                *records.anywhere.entry(number).or_default() += 1;
            }
        }
        records
    }

    /// All of them, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &'a Decision> {
        self.all.iter().copied()
    }

    /// The record of that path.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&'a Decision> {
        self.by_path.get(path).copied()
    }

    /// The records of one number in the series of a path.
    #[must_use]
    pub fn numbered(&self, path: &str, number: u32) -> &[&'a Decision] {
        self.by_number.get(series(path)).and_then(|series| series.get(&number)).map_or(&[], Vec::as_slice)
    }

    /// Whether the series of a path has a record for at least every second number. Where it has fewer, numbers are those
    /// of something else (issues, or records that lie elsewhere), and one that is missing says nothing.
    #[must_use]
    pub fn is_dense(&self, path: &str) -> bool {
        let Some(numbers) = self.by_number.get(series(path)) else { return false };
        let (first, last) = (numbers.keys().min(), numbers.keys().max());
        let range = first.zip(last).map_or(0, |(first, last)| last - first);
        u32::try_from(numbers.len()).is_ok_and(|known| known.saturating_mul(2) > range)
    }

    /// The record that `reference` names in `by`.
    #[must_use]
    pub fn named(&self, by: &Decision, reference: &Reference) -> Named<'a> {
        let target = reference.target.as_str();
        let web = target.contains("://");
        let path = target.split(['#', '?']).next().unwrap_or(target);
        if !web && format(path).is_some() {
            if let Some(found) = resolve(tree::folder(&by.path), path).and_then(|path| self.at(&path)) {
                return Named::One(found);
            }
        } else if let Some((_, ending)) = by.path.rsplit_once('.')
            && !web
            && !path.contains(' ')
            && let Some(found) = self.at(&format!("{}/{path}.{ending}", tree::folder(&by.path)))
        {
            return Named::One(found);
        }
        let Some(number) = reference.number else { return Named::Unclear };
        match self.numbered(&by.path, number) {
            // Another repository's record may have the same number.
            [one] if !web || tree::name(&one.path) == tree::name(path) => Named::One(one),
            [] if !web && !self.anywhere.contains_key(&number) => Named::None,
            _ => Named::Unclear,
        }
    }
}

/// The folder whose records are numbered together: a folder that only says a status, or that holds one record, does not
/// count.
#[must_use]
pub fn series(path: &str) -> &str {
    let mut folder = tree::folder(path);
    let stem = tree::name(path).split('.').next().unwrap_or_default();
    if ["readme", "index"].iter().any(|name| stem.eq_ignore_ascii_case(name)) {
        folder = tree::folder(folder);
    }
    const STATUSES: [&str; 10] = [
        "accepted",
        "deprecated",
        "draft",
        "drafts",
        "proposed",
        "proposals",
        "rejected",
        "superseded",
        "withdrawn",
        "archive",
    ];
    if STATUSES.iter().any(|name| tree::name(folder).eq_ignore_ascii_case(name)) {
        tree::folder(folder)
    } else {
        folder
    }
}

/// A path in a link, from the root of the repository; none where it leads out of it.
#[must_use]
pub fn resolve(folder: &str, target: &str) -> Option<String> {
    // A slash in front is of the site, which may be the folder's: it leads to no root here.
    crate::estate::resolve(folder, decoded(target).trim_start_matches('/'))
}

/// A path as it is written in a link of Markdown, which ends at a space or a bracket: what [`resolve`] takes back.
#[must_use]
pub fn in_link(path: &str) -> String {
    let mut written = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '%' | ' ' | '(' | ')' | '<' | '>' | '[' | ']' | '#' | '?' => {
                let _ = write!(written, "%{:02X}", u32::from(c));
            }
            c => written.push(c),
        }
    }
    written
}

/// `%20` and the like as the characters that they stand for.
fn decoded(target: &str) -> Cow<'_, str> {
    if !target.contains('%') {
        return Cow::Borrowed(target);
    }
    let bytes = target.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = (bytes[at] == b'%').then(|| target.get(at + 1..at + 3)).flatten();
        match byte.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).map_or(Cow::Borrowed(target), Cow::Owned)
}

/// The name of a record's file, as it is shown.
#[must_use]
pub fn file(decision: &Decision) -> &str {
    tree::name(&decision.path)
}

/// Where a record's title stands, or the file as a whole.
#[must_use]
pub fn title_place(decision: &Decision) -> Place {
    decision.place(decision.title_span.unwrap_or_default())
}

/// Where a record's status stands, or its title.
#[must_use]
pub fn status_place(decision: &Decision) -> Place {
    let span = decision.statuses.first().map(|reading| reading.span).filter(|span| *span != Span::default());
    span.map_or_else(|| title_place(decision), |span| decision.place(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_links() {
        for (folder, target, path) in [
            ("docs/adr", "0001-a.md", Some("docs/adr/0001-a.md")),
            ("docs/adr", "./../x%20y.md", Some("docs/x y.md")),
            ("docs", "../../x.md", None),
            ("", "a/./b", Some("a/b")),
            ("a", "100%", Some("a/100%")),
        ] {
            assert_eq!(resolve(folder, target).as_deref(), path, "{folder} {target}");
        }
        for name in ["a (b) [c].md", "100%.md", "50%20.md", "é#1?.md", "plain-1.md"] {
            assert_eq!(resolve("docs", &in_link(name)), Some(format!("docs/{name}")), "{}", in_link(name));
        }
    }

    #[test]
    fn records_that_are_numbered_together() {
        for (path, folder) in [
            ("docs/adr/0001-a.md", "docs/adr"),
            ("docs/adr/superseded/0001-a.md", "docs/adr"),
            ("docs/adr/0001-a/README.md", "docs/adr"),
            ("0001-a.md", ""),
        ] {
            assert_eq!(series(path), folder, "{path}");
        }
    }
}
