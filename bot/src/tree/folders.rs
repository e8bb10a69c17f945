//! The folders that the names in git's index lie in.

use super::tracked::Names;
use adrule_policy::estate::service_folder;
use adrule_policy::plan::Interest;
use adrule_policy::tree;
use std::cmp::Ordering;
use std::ops::Range;

/// The folders of the names that git knows, those around a folder before it.
///
/// All names below a folder stand together in a sorted list, so one pass finds every folder once.
pub struct Folders<'n> {
    all: Vec<Folder<'n>>,
    /// By folder: files of it that stand together among the names, as far as no folder inside it parts them.
    files: Vec<Range<u32>>,
    /// By folder: those right inside it.
    below: Vec<u32>,
}

struct Folder<'n> {
    name: &'n str,
    around: u32,
    /// Where its own stand in `files` and in `below`.
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

/// Names that stand together and lie in the same folder.
struct Run {
    folder: u32,
    files: Range<u32>,
}

impl<'n> Folders<'n> {
    /// The folders of names.
    pub fn new(names: &'n Names) -> Self {
        let mut folders = Self { all: vec![Folder::new("", 0)], files: Vec::new(), below: Vec::new() };
        let runs = folders.runs(names);
        folders.note_interest(names, &runs);
        folders.gather(runs);
        folders
    }

    /// Finds the folders, and which names lie in them.
    fn runs(&mut self, names: &'n Names) -> Vec<Run> {
        let mut runs = vec![Run { folder: 0, files: 0..0 }];
        let (mut here, mut last) = (0, "");
        for (at, name) in (0u32..).zip(names.all()) {
            let folder = tree::folder(name);
            // Most files lie in the same folder as the one before them.
            if folder != last {
                (here, last) = (self.of(name, here), folder);
                runs.push(Run { folder: here, files: at..at });
            }
            if let Some(run) = runs.last_mut() {
                run.files.end = at + 1;
            }
        }
        runs.retain(|run| !run.files.is_empty());
        runs
    }

    /// The folder of a name that stands behind one in the folder `here`.
    fn of(&mut self, name: &'n str, mut here: u32) -> u32 {
        let bytes = name.as_bytes();
        let is_in =
            |folder: &str| folder.is_empty() || bytes.get(folder.len()) == Some(&b'/') && name.starts_with(folder);
        while !is_in(self.all[here as usize].name) {
            here = self.all[here as usize].around;
        }
        let start = self.length_before(here);
        for slash in memchr::memchr_iter(b'/', &bytes[start..]) {
            self.all.push(Folder::new(&name[..start + slash], here));
            here = u32::try_from(self.all.len() - 1).unwrap_or(here);
        }
        here
    }

    fn note_interest(&mut self, names: &Names, runs: &[Run]) {
        let mut runs = runs.iter();
        let mut run = runs.next();
        for file in names.noted().filter(|file| file.interest > Interest::None) {
            while run.is_some_and(|run| run.files.end as usize <= file.at()) {
                run = runs.next();
            }
            let Some(here) = run.map(|run| run.folder) else { return };
            self.note(here, |folder| std::mem::replace(&mut folder.holds, true));
            if file.interest == Interest::Manifest {
                let service = service_folder(names.name(file.at()));
                self.note(here, |folder| {
                    let is_it = folder.name == service;
                    folder.is_service |= is_it;
                    is_it
                });
            }
        }
    }

    /// Goes outwards from a folder until `note` says that it is enough.
    fn note(&mut self, mut here: u32, note: impl Fn(&mut Folder<'n>) -> bool) {
        while !note(&mut self.all[here as usize]) && here != 0 {
            here = self.all[here as usize].around;
        }
    }

    fn gather(&mut self, runs: Vec<Run>) {
        let (files, ranges) = by_key(self.all.len(), runs.iter().map(|run| run.folder));
        let (below, inner) = by_key(self.all.len(), self.all.iter().skip(1).map(|folder| folder.around));
        for ((folder, files), below) in self.all.iter_mut().zip(ranges).zip(inner) {
            (folder.files, folder.below) = (files, below);
        }
        self.files = files.into_iter().map(|run| runs[run as usize].files.clone()).collect();
        // The root, which lies in nothing, was skipped.
        self.below = below.into_iter().map(|folder| folder + 1).collect();
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

    /// Where a folder's own files stand among the names, in pieces.
    pub fn files(&self, folder: u32) -> impl Iterator<Item = Range<usize>> + use<'_, 'n> {
        let pieces = self.files[self.all[folder as usize].files.clone()].iter();
        pieces.map(|files| files.start as usize..files.end as usize)
    }

    /// Where the file of that name, without its folders, stands among the names, if it lies in the folder.
    pub fn file(&self, folder: u32, name: &str, names: &Names) -> Option<usize> {
        let skip = self.length_before(folder);
        let own = |at: usize| &names.name(at)[skip..];
        let pieces = &self.files[self.all[folder as usize].files.clone()];
        let behind = pieces.partition_point(|files| own(files.start as usize) <= name);
        let files = &pieces[behind.checked_sub(1)?];
        let (start, end) = (files.start as usize, files.end as usize);
        let at = start + names.partition_point(start..end, |path| &path[skip..] < name);
        (at < end && own(at) == name).then_some(at)
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
            let own: Vec<&str> = folders.files(at).flatten().map(|file| names.at(file).name).collect();
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
