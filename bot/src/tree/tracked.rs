//! The names in git's index as text, and the folders that they lie in.

use super::index::{Entry, Index, Kind};
use super::name;
use adrule_policy::estate::service_folder;
use adrule_policy::manifest;
use adrule_policy::plan::Interest;
use adrule_policy::tree::folder;
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::ops::Range;

/// The names that git knows below one folder, as read from an index.
pub struct Names {
    text: String,
    ends: Vec<usize>,
    entries: Vec<Entry>,
    /// Real names where the text is not the name.
    pub odd: HashMap<String, OsString>,
}

impl Names {
    /// The names below `prefix` (empty, or with a `/` at its end), without it. None where the index is not understood.
    pub fn read(index: &Index, prefix: &[u8]) -> Option<Self> {
        let mut names = Self { text: String::new(), ends: Vec::new(), entries: Vec::new(), odd: HashMap::new() };
        index.each(|raw, entry| {
            let Some(below) = raw.strip_prefix(prefix) else { return };
            let odd = match std::str::from_utf8(below) {
                Ok(text) => {
                    names.text.push_str(text);
                    None
                }
                Err(_) => {
                    let (text, odd) = name::from_bytes(below);
                    names.text.push_str(&text);
                    odd.map(|odd| (text, odd))
                }
            };
            names.odd.extend(odd);
            names.ends.push(names.text.len());
            names.entries.push(entry);
        })?;
        Some(names)
    }

    /// Each name once, in order.
    pub fn sorted(&self) -> Vec<Tracked<'_>> {
        let mut start = 0;
        let mut all: Vec<Tracked<'_>> = Vec::with_capacity(self.ends.len());
        for (&end, &entry) in self.ends.iter().zip(&self.entries) {
            all.push(Tracked { name: &self.text[start..end], entry, interest: Interest::None });
            start = end;
        }
        // Git sorts by bytes; only names that are no text stand elsewhere as text.
        if !all.is_sorted_by_key(|tracked| tracked.name) {
            all.sort_by_key(|tracked| tracked.name);
        }
        // A conflict has up to three entries of one name.
        all.dedup_by_key(|tracked| tracked.name);
        all
    }
}

/// A name that git knows.
#[derive(Clone, Copy, Debug)]
pub struct Tracked<'n> {
    pub name: &'n str,
    pub entry: Entry,
    /// What the check takes from the file.
    pub interest: Interest,
}

impl Tracked<'_> {
    pub fn is(&self, kind: Kind) -> bool {
        self.entry.kind == kind
    }
}

/// The folders of the names that git knows.
#[derive(Default)]
pub struct Folders<'n> {
    all: HashMap<&'n str, Folder>,
}

#[derive(Default)]
struct Folder {
    /// Its own files, as ranges of the sorted names: sub-folders stand between them.
    files: Vec<Range<usize>>,
    /// Whether a file that matters lies in it, at any depth.
    holds: bool,
}

impl<'n> Folders<'n> {
    /// The folders of `tracked`, which is sorted; notes which files are of interest.
    pub fn new(tracked: &mut [Tracked<'n>], interest: &dyn Fn(&str) -> Interest) -> Self {
        let mut folders = Self::default();
        folders.all.entry("").or_default();
        let mut start = 0;
        while start < tracked.len() {
            let here = folder(tracked[start].name);
            let mut end = start;
            let mut holds = false;
            while end < tracked.len() && folder(tracked[end].name) == here {
                tracked[end].interest = interest(tracked[end].name);
                holds |= tracked[end].interest > Interest::None;
                end += 1;
            }
            folders.add(here, holds);
            if let Some(folder) = folders.all.get_mut(here) {
                folder.files.push(start..end);
            }
            start = end;
        }
        folders
    }

    fn add(&mut self, mut here: &'n str, holds: bool) {
        loop {
            let known = self.all.get(here).is_some_and(|folder| folder.holds || !holds);
            self.all.entry(here).or_default().holds |= holds;
            if known || here.is_empty() {
                return;
            }
            here = folder(here);
        }
    }

    /// The folders to look into for files that git does not know, sorted: all of them, or, where that is too much work,
    /// all but those inside of services in which nothing lies that matters.
    pub fn to_look_into(&self, tracked: &[Tracked<'n>], everywhere: bool) -> Vec<&'n str> {
        let mut chosen: Vec<&'n str> = if everywhere {
            self.all.keys().copied().collect()
        } else {
            let candidates = tracked
                .iter()
                .filter(|tracked| tracked.interest == Interest::Content && manifest::is_candidate(tracked.name));
            let services: HashSet<&str> =
                candidates.map(|tracked| service_folder(tracked.name)).filter(|folder| !folder.is_empty()).collect();
            let inside = |mut here: &'n str| {
                while !here.is_empty() {
                    here = folder(here);
                    if services.contains(here) {
                        return true;
                    }
                }
                false
            };
            self.all.iter().filter(|(name, folder)| folder.holds || !inside(name)).map(|(name, _)| *name).collect()
        };
        chosen.sort_unstable();
        chosen
    }

    pub fn contains(&self, name: &str) -> bool {
        self.all.contains_key(name)
    }

    /// Where a folder's own files stand in the sorted names.
    pub fn files(&self, name: &str) -> impl Iterator<Item = usize> + use<'_, 'n> {
        self.all.get(name).into_iter().flat_map(|folder| folder.files.iter().cloned().flatten())
    }

    /// Where a file stands in the sorted names.
    pub fn find(&self, here: &str, name: &str, tracked: &[Tracked<'n>]) -> Option<usize> {
        let runs = &self.all.get(here)?.files;
        runs.iter().find_map(|run| {
            let own = tracked.get(run.clone())?;
            own.binary_search_by_key(&name, |tracked| tracked.name).ok().map(|at| run.start + at)
        })
    }
}
