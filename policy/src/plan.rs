//! Which files a check needs, from their names alone: the caller fetches them in bulk.

mod besides;
mod claimed;

pub use besides::{Besides, MOST_MANIFESTS, was_there};
pub use claimed::Claimed;

use crate::decision;
use crate::estate::service_folder;
use crate::language;
use crate::manifest;
use crate::policy::Page;
use crate::tree::{self, Paths};
use std::collections::{BTreeSet, HashSet};

/// What is to be judged.
#[derive(Clone, Copy, Debug)]
pub enum Ask<'a> {
    /// Everything.
    All,
    /// What these files belong to.
    Files(&'a BTreeSet<String>),
    /// What these files, which a change adds, edits or removes, belong to, and what its decisions may be about.
    Change(&'a BTreeSet<String>, &'a Besides),
}

impl<'a> Ask<'a> {
    /// The files; none where everything is judged.
    #[must_use]
    pub fn files(self) -> Option<&'a BTreeSet<String>> {
        match self {
            Ask::All => None,
            Ask::Files(files) | Ask::Change(files, _) => Some(files),
        }
    }

    /// The folders near which manifests matter; none where all do.
    fn around(self) -> Option<HashSet<&'a str>> {
        match self {
            Ask::All | Ask::Change(_, Besides::Manifests) => None,
            Ask::Files(files) | Ask::Change(files, Besides::Nothing) => Some(folders_around(files)),
            Ask::Change(files, Besides::Named(named)) => {
                let mut around = folders_around(files);
                around.extend(named.iter().map(String::as_str));
                Some(around)
            }
        }
    }
}

/// The files to read, sorted.
#[must_use]
pub fn plan<'p>(paths: &'p Paths, page: &Page, ask: Ask<'_>) -> Vec<&'p str> {
    let around = ask.around();
    let named = |path: &str| ask.files().is_some_and(|files| files.contains(path));
    paths
        .iter()
        .filter(|path| may_be_read(path))
        .filter(|path| {
            if is_excluded(path, page) {
                return false;
            }
            if is_decision(path, page) {
                return true;
            }
            if !is_yaml(path) {
                return false;
            }
            // Where few files are asked for, folders tell more of them apart than names do, and cost less.
            let near = around
                .as_ref()
                .is_none_or(|around| around.contains(service_folder(path)) || around.contains(tree::folder(path)));
            // A file that somebody names is looked at, whatever its name is.
            near && manifest::is_candidate(path) || named(path)
        })
        .collect()
}

/// Whether the page says that a file is not looked at.
fn is_excluded(path: &str, page: &Page) -> bool {
    page.exclude.iter().any(|pattern| pattern.covers(path))
}

/// What a check takes from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interest {
    /// Nothing.
    None,
    /// Whether it is there: a build file that shows a language.
    Name,
    /// What it says: a decision.
    Content,
    /// What it says: a manifest.
    Manifest,
}

/// What a check takes from a file of this name.
#[must_use]
pub fn interest(path: &str, page: &Page) -> Interest {
    if may_be_read(path) && manifest::is_candidate(path) {
        Interest::Manifest
    } else if may_be_read(path) && is_decision(path, page) {
        Interest::Content
    } else if language::of_build_file(tree::name(path)).is_some() {
        Interest::Name
    } else {
        Interest::None
    }
}

/// Whether the last letter of a name is that of a document or of YAML. Most files of a large repository are told apart
/// by this alone.
fn may_be_read(path: &str) -> bool {
    path.as_bytes().last().copied().is_some_and(ends_a_document)
}

fn ends_a_document(last: u8) -> bool {
    // md, mdx, markdown, adoc, asciidoc, asc, rst, yaml, yml, json
    matches!(last.to_ascii_lowercase(), b'd' | b'x' | b'n' | b'c' | b't' | b'l')
}

/// Whether a file whose name ends with that byte may be of interest at all ([`interest`]).
#[must_use]
pub fn may_interest(last: u8) -> bool {
    ends_a_document(last) || language::ends_a_build_file(last)
}

/// Whether a file is a decision by its place: where the page says, else in the usual places.
#[must_use]
pub fn is_decision(path: &str, page: &Page) -> bool {
    if page.decisions.folders.is_empty() {
        return decision::is_candidate(path);
    }
    decision::format(path).is_some() && page.decisions.folders.iter().any(|folder| folder.covers(tree::folder(path)))
}

/// Folders that bear the name of a manifest, each with the first file in it.
pub fn folders_named_as_manifests<'p>(paths: &'p Paths, page: &Page) -> impl Iterator<Item = (&'p str, &'p str)> {
    let mut last = "";
    paths.iter().filter_map(move |path| {
        let folder = tree::folder(path);
        let before = std::mem::replace(&mut last, folder);
        // Nearly all are told apart by their last letter.
        let new = may_be_read(folder) && before != folder;
        (new && manifest::is_candidate(folder) && !is_excluded(folder, page)).then_some((folder, path))
    })
}

/// Folders that the page calls services, as far as they matter for what is asked.
#[must_use]
pub fn wanted_folders(paths: &Paths, page: &Page, ask: Ask<'_>) -> Vec<String> {
    if page.services.is_empty() {
        return Vec::new();
    }
    let is_wanted =
        |folder: &str| !is_excluded(folder, page) && page.services.iter().any(|pattern| pattern.matches(folder));
    let mut wanted = BTreeSet::new();
    match ask.around() {
        Some(around) => {
            let around = around.into_iter().filter(|folder| !folder.is_empty());
            wanted.extend(around.filter(|folder| is_wanted(folder) && paths.has_folder(folder)).map(str::to_owned));
        }
        None => {
            let mut seen: HashSet<&str> = HashSet::new();
            let mut last = "";
            for path in paths.iter() {
                let mut folder = tree::folder(path);
                // The files of a folder stand together; most need no further look.
                if std::mem::replace(&mut last, folder) == folder {
                    continue;
                }
                while !folder.is_empty() && seen.insert(folder) {
                    if is_wanted(folder) {
                        wanted.insert(folder.to_owned());
                    }
                    folder = tree::folder(folder);
                }
            }
        }
    }
    wanted.into_iter().collect()
}

/// The folders of these files and all folders around them.
fn folders_around(files: &BTreeSet<String>) -> HashSet<&str> {
    let mut around = HashSet::from([""]);
    for file in files {
        let mut folder = tree::folder(file);
        while around.insert(folder) {
            folder = tree::folder(folder);
        }
    }
    around
}

fn is_yaml(path: &str) -> bool {
    let end = |ending: &str| {
        path.len() > ending.len()
            && path.as_bytes()[path.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
    };
    end(".yaml") || end(".yml") || end(".json")
}
