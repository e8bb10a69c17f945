//! The names in git's index as text, and the folders that they lie in.

use super::index::{Entry, Index, Kind, Staged};
use super::name;
use adrule_policy::estate::service_folder;
use adrule_policy::manifest;
use adrule_policy::plan::{Interest, may_interest};
use adrule_policy::tree::Paths;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ffi::OsString;
use std::io::Read;
use std::num::NonZeroU32;
use std::ops::Range;

/// The names that git knows below one folder, as read from an index: sorted by their bytes, each once.
#[derive(Default)]
pub struct Names {
    text: String,
    known: Vec<Known>,
    /// What was staged of those that may be compared.
    staged: Vec<Staged>,
    /// Real names where the text is not the name.
    pub odd: HashMap<String, OsString>,
    /// What git noted of folders that are as in a tree object.
    pub trees: Vec<u8>,
}

#[derive(Clone, Copy)]
struct Known {
    end: u32,
    entry: Entry,
    interest: Interest,
    /// Where it stands among what was staged, counted from one.
    staged: Option<NonZeroU32>,
}

impl Names {
    /// The names below `prefix` (empty, or with a `/` at its end), without it. What was staged is kept of files of
    /// `least` interest and more. None where the index is not understood.
    pub fn read<R: Read>(
        index: Index<R>,
        prefix: &[u8],
        interest: &dyn Fn(&str) -> Interest,
        least: Interest,
    ) -> Option<Self> {
        let (count, bytes) = index.room();
        let mut names = Self { known: Vec::with_capacity(count), ..Self::default() };
        let mut text: Vec<u8> = Vec::with_capacity(bytes);
        let mut fits = true;
        let mut conflicts = false;
        let trees = index.each(|raw, entry, staged| {
            let Some(below) = raw.strip_prefix(prefix) else { return };
            // Text or not, by a look at the bytes: all names together are made text once, which costs much less.
            let interest = if below.is_ascii() || std::str::from_utf8(below).is_ok() {
                text.extend_from_slice(below);
                // Most names are told apart by their last byte.
                let read =
                    below.last().filter(|last| may_interest(**last)).and_then(|_| std::str::from_utf8(below).ok());
                read.map_or(Interest::None, interest)
            } else {
                let (shown, odd) = name::from_bytes(below);
                let interest = interest(&shown);
                text.extend_from_slice(shown.as_bytes());
                names.odd.extend(odd.map(|odd| (shown, odd)));
                interest
            };
            let mut at = None;
            if interest >= least || entry.kind != Kind::File || entry.left_out {
                names.staged.push(*staged);
                at = u32::try_from(names.staged.len()).ok().and_then(NonZeroU32::new);
            }
            conflicts |= entry.conflict;
            match u32::try_from(text.len()) {
                Ok(end) => names.known.push(Known { end, entry, interest, staged: at }),
                Err(_) => fits = false,
            }
        })?;
        names.trees = trees;
        names.text = String::from_utf8(text).ok()?;
        // Git sorts by bytes; only names that are no text stand elsewhere as text. A conflict has up to three entries of
        // one name.
        if conflicts || !names.odd.is_empty() {
            names.sort();
        }
        fits.then_some(names)
    }

    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|at| self.at(*at).name);
        order.dedup_by_key(|at| self.at(*at).name);
        let (mut text, mut known) = (String::with_capacity(self.text.len()), Vec::with_capacity(order.len()));
        for at in order {
            text.push_str(self.at(at).name);
            // No more than there was, which fits.
            known.push(Known { end: u32::try_from(text.len()).unwrap_or(u32::MAX), ..self.known[at] });
        }
        (self.text, self.known) = (text, known);
    }

    /// The names alone.
    pub fn into_paths(self) -> Paths {
        Paths::from_text(self.text, self.known.iter().map(|known| known.end).collect())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// The name at a place.
    pub fn at(&self, at: usize) -> Tracked<'_> {
        let known = &self.known[at];
        let start = at.checked_sub(1).map_or(0, |before| self.known[before].end as usize);
        self.tracked(known, start)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Tracked<'_>> {
        let mut start = 0;
        self.known.iter().map(move |known| {
            let tracked = self.tracked(known, start);
            start = known.end as usize;
            tracked
        })
    }

    /// How many from `range` on, all of which stand together, are such that `is_before`.
    pub fn partition_point(&self, range: Range<usize>, is_before: impl Fn(Tracked<'_>) -> bool) -> usize {
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if is_before(self.at(middle)) { low = middle + 1 } else { high = middle }
        }
        low - range.start
    }

    fn tracked(&self, known: &Known, start: usize) -> Tracked<'_> {
        let Known { end, entry, interest, staged } = *known;
        let staged = staged.and_then(|at| self.staged.get(at.get() as usize - 1));
        Tracked { name: &self.text[start..end as usize], entry, interest, staged }
    }

    /// Names with what a check takes from them.
    #[cfg(test)]
    pub fn of(names: &[(&str, Interest)]) -> Self {
        let mut all = Self::default();
        for (name, interest) in names {
            all.text.push_str(name);
            let end = all.text.len() as u32;
            all.known.push(Known { end, entry: Entry::of(Kind::File), interest: *interest, staged: None });
        }
        all.sort();
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
    /// What was staged, where it was kept.
    pub staged: Option<&'n Staged>,
}

impl Tracked<'_> {
    pub fn is(&self, kind: Kind) -> bool {
        self.entry.kind == kind
    }
}

/// The folders of the names that git knows, those around a folder before it.
///
/// All names below a folder stand together in a sorted list, so one pass finds every folder once.
pub struct Folders<'n> {
    all: Vec<Folder<'n>>,
    /// Files by folder, and folders by the one around them: ranges of these are kept in [`Folder`].
    files: Vec<u32>,
    below: Vec<u32>,
}

struct Folder<'n> {
    name: &'n str,
    around: u32,
    files: Range<usize>,
    below: Range<usize>,
    /// Whether a file of interest lies in it, at any depth.
    holds: bool,
    /// Whether it is the folder of a service.
    is_service: bool,
}

impl<'n> Folder<'n> {
    fn new(name: &'n str, around: u32) -> Self {
        Self { name, around, files: 0..0, below: 0..0, holds: false, is_service: false }
    }
}

impl<'n> Folders<'n> {
    /// The folders of names.
    pub fn new(names: &'n Names) -> Self {
        let mut folders = Self { all: vec![Folder::new("", 0)], files: Vec::new(), below: Vec::new() };
        let mut here = 0u32;
        let mut of_files = Vec::with_capacity(names.len());
        for file in names.iter() {
            here = folders.of(file.name, here);
            of_files.push(here);
            if file.interest > Interest::None {
                folders.note(here, |folder| std::mem::replace(&mut folder.holds, true));
            }
            if file.interest == Interest::Content && manifest::is_candidate(file.name) {
                let service = service_folder(file.name);
                folders.note(here, |folder| {
                    let is_it = folder.name == service;
                    folder.is_service |= is_it;
                    is_it
                });
            }
        }
        folders.gather(&of_files);
        folders
    }

    /// The folder of a name that stands behind one in the folder `here`.
    fn of(&mut self, name: &'n str, mut here: u32) -> u32 {
        let bytes = name.as_bytes();
        // Most files lie in the same folder as the one before them.
        let own = bytes.iter().rposition(|byte| *byte == b'/').unwrap_or_default();
        if self.all[here as usize].name.as_bytes() == &bytes[..own] {
            return here;
        }
        let is_in =
            |folder: &str| folder.is_empty() || bytes.get(folder.len()) == Some(&b'/') && name.starts_with(folder);
        while !is_in(self.all[here as usize].name) {
            here = self.all[here as usize].around;
        }
        let known = self.all[here as usize].name.len();
        let start = if known == 0 { 0 } else { known + 1 };
        for slash in memchr::memchr_iter(b'/', &bytes[start..]) {
            self.all.push(Folder::new(&name[..start + slash], here));
            here = u32::try_from(self.all.len() - 1).unwrap_or(here);
        }
        here
    }

    /// Goes outwards from a folder until `note` says that it is enough.
    fn note(&mut self, mut here: u32, note: impl Fn(&mut Folder<'n>) -> bool) {
        while !note(&mut self.all[here as usize]) && here != 0 {
            here = self.all[here as usize].around;
        }
    }

    fn gather(&mut self, of_files: &[u32]) {
        let (files, ranges) = by_key(self.all.len(), of_files.iter().copied());
        let (below, inner) = by_key(self.all.len(), self.all.iter().skip(1).map(|folder| folder.around));
        for ((folder, files), below) in self.all.iter_mut().zip(ranges).zip(inner) {
            (folder.files, folder.below) = (files, below);
        }
        // The root, which lies in nothing, was skipped.
        (self.files, self.below) = (files, below.into_iter().map(|folder| folder + 1).collect());
    }

    /// The folders to look into for files that git does not know, each behind the one around it: all of them, or,
    /// where that is too much work, all but those inside of services in which nothing lies that is of interest.
    pub fn to_look_into(&self, everywhere: bool) -> Vec<u32> {
        let mut inside = vec![false; self.all.len()];
        let mut chosen = Vec::new();
        for (at, folder) in self.all.iter().enumerate() {
            let around = folder.around as usize;
            // A service at the root has everything inside.
            inside[at] = around != 0 && (inside[around] || self.all[around].is_service);
            if everywhere || folder.holds || !inside[at] {
                chosen.extend(u32::try_from(at));
            }
        }
        chosen
    }

    pub fn count(&self) -> usize {
        self.all.len()
    }

    pub fn name(&self, folder: u32) -> &'n str {
        self.all[folder as usize].name
    }

    /// Where a folder's own files stand among the names.
    pub fn files(&self, folder: u32) -> impl Iterator<Item = usize> + use<'_, 'n> {
        self.files[self.all[folder as usize].files.clone()].iter().map(|&at| at as usize)
    }

    /// Where the file of that name, without its folders, stands among the names, if it lies in the folder.
    pub fn file(&self, folder: u32, name: &str, names: &Names) -> Option<usize> {
        let files = &self.files[self.all[folder as usize].files.clone()];
        let skip = self.length_before(folder);
        files.binary_search_by_key(&name, |&at| &names.at(at as usize).name[skip..]).ok().map(|at| files[at] as usize)
    }

    /// The folder of that name, without those around it, if it lies right in the other.
    pub fn inner(&self, folder: u32, name: &str) -> Option<u32> {
        let inner = &self.below[self.all[folder as usize].below.clone()];
        let skip = self.length_before(folder);
        let found = inner.binary_search_by(|&at| as_folders(&self.all[at as usize].name[skip..], name));
        found.ok().map(|at| inner[at])
    }

    /// How many bytes stand before the names of what lies right in a folder.
    fn length_before(&self, folder: u32) -> usize {
        let folder = self.all[folder as usize].name.len();
        if folder == 0 { 0 } else { folder + 1 }
    }
}

/// The order of folders is that of the files in them: as if each name ended with a `/`.
fn as_folders(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let same = a.len().min(b.len());
    let rest = |name: &[u8]| name.get(same).copied().unwrap_or(b'/');
    a[..same].cmp(&b[..same]).then_with(|| rest(a).cmp(&rest(b))).then_with(|| a.len().cmp(&b.len()))
}

/// Positions by key, in their order, and the range of each of `count` keys.
fn by_key(count: usize, keys: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, Vec<Range<usize>>) {
    let mut ends = vec![0usize; count];
    keys.clone().for_each(|key| ends[key as usize] += 1);
    let mut start = 0;
    for end in &mut ends {
        start += std::mem::replace(end, start);
    }
    let mut sorted = vec![0; start];
    for (at, key) in (0u32..).zip(keys) {
        sorted[ends[key as usize]] = at;
        ends[key as usize] += 1;
    }
    let mut start = 0;
    let ranges = ends.into_iter().map(|end| std::mem::replace(&mut start, end)..end).collect();
    (sorted, ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_found_whatever_stands_between_their_files() {
        let names = ["a", "b-c/x", "b.d", "b/c/d/e", "b/c/f", "b/z", "b0/y", "c/é/x", "c/é-b/x"];
        let interest = |name: &str| if name.ends_with('e') { Interest::Content } else { Interest::None };
        let names = Names::of(&names.map(|name| (name, interest(name))));
        let folders = Folders::new(&names);
        let mut all: Vec<&str> = (0..folders.count() as u32).map(|at| folders.name(at)).collect();
        all.sort_unstable();
        assert_eq!(all, ["", "b", "b-c", "b/c", "b/c/d", "b0", "c", "c/é", "c/é-b"]);
        for at in 0..folders.count() as u32 {
            let own: Vec<&str> = folders.files(at).map(|file| names.at(file).name).collect();
            let expected = names.iter().map(|tracked| tracked.name);
            let expected: Vec<&str> =
                expected.filter(|name| adrule_policy::tree::folder(name) == folders.name(at)).collect();
            assert_eq!(own, expected, "{:?}", folders.name(at));
            let found = |name: &&str| folders.file(at, adrule_policy::tree::name(name), &names);
            assert!(own.iter().all(|name| found(name).is_some_and(|file| names.at(file).name == *name)));
            for other in 1..folders.count() as u32 {
                let name = folders.name(other);
                let is_inner = adrule_policy::tree::folder(name) == folders.name(at);
                let found = folders.inner(at, adrule_policy::tree::name(name)) == Some(other);
                assert_eq!(found, is_inner, "{name:?} in {:?}", folders.name(at));
            }
        }
    }
}
