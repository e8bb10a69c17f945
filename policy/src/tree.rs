//! The files that a run works on: names first, then the bytes of those that matter.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The names of all files of a tree: relative to its root, `/` between folders, sorted, each once.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    // One buffer instead of 220,000 strings: names alone are 10 MB in a large repository.
    buffer: String,
    ends: Vec<u32>,
}

impl Paths {
    /// The path at `index`.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        self.buffer.get(start..end)
    }

    /// All paths, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let path = &self.buffer[start..end as usize];
            start = end as usize;
            path
        })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether a file of that name is there.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        let at = self.lower_bound(path);
        self.get(at) == Some(path)
    }

    /// Whether a folder of that name is there: a file lies below it.
    #[must_use]
    pub fn has_folder(&self, folder: &str) -> bool {
        folder.is_empty() || self.below(folder).next().is_some()
    }

    /// The files below a folder, at any depth; all of them for `""`.
    pub fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let start = self.lower_bound(&prefix);
        (start..self.len()).map_while(move |at| self.get(at).filter(|path| path.starts_with(&prefix)))
    }

    /// The names of files right in a folder.
    pub fn names_in<'a>(&'a self, folder: &str) -> Vec<&'a str> {
        let skip = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let mut names = Vec::new();
        let mut at = self.lower_bound(&if folder.is_empty() { String::new() } else { format!("{folder}/") });
        while let Some(path) = self.get(at) {
            let Some(rest) = path
                .get(skip..)
                .filter(|_| folder.is_empty() || path.starts_with(folder) && path.as_bytes()[folder.len()] == b'/')
            else {
                break;
            };
            match rest.find('/') {
                None => {
                    names.push(rest);
                    at += 1;
                }
                // Jump over the whole sub-folder: `0` is the character behind `/`.
                Some(slash) => at = self.lower_bound_behind(at, &format!("{}0", &path[..skip + slash])),
            }
        }
        names
    }

    /// Whether these seem to be a part of a repository only, such as a sparse checkout: no file lies at the root, the
    /// page and hidden files aside.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.names_in("").iter().all(|name| name.starts_with('.') || *name == "adrule.yaml")
    }

    fn lower_bound(&self, path: &str) -> usize {
        self.lower_bound_in(path, 0, self.len())
    }

    /// The same, behind `at`, in steps that grow: what is looked for is near, and the whole list would be far to search.
    fn lower_bound_behind(&self, at: usize, path: &str) -> usize {
        let (mut low, mut step) = (at + 1, 1);
        while self.get(low + step).is_some_and(|found| found < path) {
            low += step;
            step *= 2;
        }
        self.lower_bound_in(path, low, self.len().min(low + step))
    }

    fn lower_bound_in(&self, path: &str, mut low: usize, mut high: usize) -> usize {
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle).is_some_and(|found| found < path) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

impl Paths {
    /// Names that are sorted; what is not in its order is left out, and so is what stands there twice.
    #[must_use]
    pub fn from_sorted<'p>(sorted: impl Iterator<Item = &'p str>) -> Self {
        Self::from_sorted_in(sorted, (0, 0))
    }

    /// The same, with room for so many names of so many bytes in sum: growing would copy them several times.
    #[must_use]
    pub fn from_sorted_in<'p>(sorted: impl Iterator<Item = &'p str>, (names, bytes): (usize, usize)) -> Self {
        let mut paths = Self { buffer: String::with_capacity(bytes), ends: Vec::with_capacity(names) };
        let mut last = 0;
        for path in sorted {
            if !paths.ends.is_empty() && paths.buffer[last..] >= *path {
                continue;
            }
            last = paths.buffer.len();
            // Names beyond 4 GiB in sum are not a repository; what does not fit is left out.
            let Ok(end) = u32::try_from(last + path.len()) else { break };
            paths.buffer.push_str(path);
            paths.ends.push(end);
        }
        paths
    }
}

impl Paths {
    /// Names that stand one behind the other in a text, each with its end: taken as they are where they are sorted.
    #[must_use]
    pub fn from_text(buffer: String, ends: Vec<u32>) -> Self {
        let paths = Self { buffer, ends };
        let fits = paths.ends.is_sorted() && paths.ends.iter().all(|&end| paths.buffer.is_char_boundary(end as usize));
        let mut names = paths.iter_if(fits);
        let mut last = names.next().unwrap_or_default();
        let mut sorted = fits;
        for name in names {
            sorted &= last < name;
            last = name;
        }
        if sorted { paths } else { paths.iter_if(fits).collect() }
    }

    fn iter_if(&self, fits: bool) -> impl Iterator<Item = &str> {
        let names = fits.then(|| self.iter());
        names.into_iter().flatten()
    }

    /// These names without some of them and with some others, both sorted; none where that changes nothing. Where these
    /// are few, most names are copied in a few pieces.
    #[must_use]
    pub fn changed<'p>(
        &self,
        without: impl Iterator<Item = &'p str>,
        with: impl Iterator<Item = &'p str>,
    ) -> Option<Self> {
        let place = |name: &'p str| {
            let at = self.lower_bound(name);
            (at, self.get(at) == Some(name), name)
        };
        let gone = without.map(place).filter(|(_, is_there, _)| *is_there).map(|(at, ..)| (at, None));
        let new = with.map(place).filter(|(_, is_there, _)| !is_there).map(|(at, _, name)| (at, Some(name)));
        let mut edits: Vec<(usize, Option<&str>)> = new.chain(gone).collect();
        if edits.is_empty() {
            return None;
        }
        // What is new stands before what was in its place.
        edits.sort_by_key(|(at, name)| (*at, name.is_none(), *name));
        let more: usize = edits.iter().filter_map(|(_, name)| *name).map(str::len).sum();
        let mut changed = Self {
            buffer: String::with_capacity(self.buffer.len() + more),
            ends: Vec::with_capacity(self.ends.len() + edits.len()),
        };
        let mut from = 0;
        for (at, name) in edits {
            changed.push_all(self, from..at);
            from = at;
            match name {
                Some(name) => changed.push(name),
                None => from += 1,
            }
        }
        changed.push_all(self, from..self.len());
        Some(changed)
    }

    fn push(&mut self, name: &str) {
        // Names beyond 4 GiB in sum are not a repository; what does not fit is left out.
        if let Ok(end) = u32::try_from(self.buffer.len() + name.len())
            && self.get(self.len().wrapping_sub(1)) != Some(name)
        {
            self.buffer.push_str(name);
            self.ends.push(end);
        }
    }

    fn push_all(&mut self, others: &Self, range: std::ops::Range<usize>) {
        let Some(&end) = range.end.checked_sub(1).and_then(|last| others.ends.get(last)) else { return };
        let start = range.start.checked_sub(1).map_or(0, |before| others.ends[before]);
        let (Ok(here), true) = (u32::try_from(self.buffer.len()), start < end) else { return };
        if here.checked_add(end - start).is_some() {
            self.buffer.push_str(&others.buffer[start as usize..end as usize]);
            self.ends.extend(others.ends[range].iter().map(|end| end - start + here));
        }
    }
}

impl<'p> FromIterator<&'p str> for Paths {
    fn from_iter<I: IntoIterator<Item = &'p str>>(paths: I) -> Self {
        let mut sorted: Vec<&str> = paths.into_iter().collect();
        if !sorted.is_sorted() {
            sorted.sort_unstable();
        }
        Self::from_sorted(sorted.into_iter())
    }
}

/// A file's text, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The text.
    Text(Arc<str>),
    /// Why it could not be read, in words: a fault.
    Unread(String),
    /// Why it was not read, in words: no fault.
    Skipped(String),
}

/// The files of a tree, and the text of those that were asked for.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// All names.
    pub paths: Paths,
    /// The text of the files that [`crate::plan`] asked for.
    pub files: BTreeMap<Arc<str>, Content>,
}

impl Tree {
    /// A tree of files that are all there, for tests and documented examples.
    #[must_use]
    pub fn of<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let files: BTreeMap<Arc<str>, Content> =
            files.into_iter().map(|(path, text)| (Arc::from(path), Content::Text(Arc::from(text)))).collect();
        Self { paths: files.keys().map(AsRef::as_ref).collect(), files }
    }

    /// The text of a file, where it was read.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&Arc<str>> {
        match self.files.get(path)? {
            Content::Text(text) => Some(text),
            Content::Unread(_) | Content::Skipped(_) => None,
        }
    }
}

/// The folder that a path lies in; `""` for the root.
#[must_use]
pub fn folder(path: &str) -> &str {
    last_slash(path).map_or("", |at| &path[..at])
}

/// The file's name without its folders.
#[must_use]
pub fn name(path: &str) -> &str {
    last_slash(path).map_or(path, |at| &path[at + 1..])
}

// Byte by byte: names are short, and this is asked of every file.
fn last_slash(path: &str) -> Option<usize> {
    path.bytes().rposition(|byte| byte == b'/')
}

/// Whether `path` lies in `folder`, at any depth; everything lies in `""`.
#[must_use]
pub fn lies_in(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.len() > folder.len() && path.starts_with(folder) && path.as_bytes()[folder.len()] == b'/'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_right_in_a_folder() {
        let paths: Paths = ["a/x", "a/b/c", "a/b/d/e", "a.b", "a0", "a/y", "b", "a/b.md"].into_iter().collect();
        assert_eq!(paths.names_in(""), ["a.b", "a0", "b"]);
        assert_eq!(paths.names_in("a"), ["b.md", "x", "y"]);
        assert_eq!(paths.names_in("a/b"), ["c"]);
        assert!(paths.contains("a/b/d/e") && !paths.contains("a/b"));
        assert!(paths.has_folder("a/b/d") && !paths.has_folder("a/c"));
        assert_eq!(paths.below("a/b").collect::<Vec<_>>(), ["a/b/c", "a/b/d/e"]);
    }

    #[test]
    fn a_part_of_a_repository_has_nothing_at_its_root() {
        let is_part = |paths: &[&'static str]| paths.iter().copied().collect::<Paths>().is_part();
        assert!(is_part(&["docs/adr/1.md", ".gitignore", "adrule.yaml"]) && is_part(&[]));
        assert!(!is_part(&["docs/adr/1.md", "README.md"]));
    }

    #[test]
    fn names_are_changed_as_if_they_were_made_anew() {
        let all = ["a", "a/b", "b", "c/d", "c/e", "f"];
        let make = |names: &[&'static str]| names.iter().copied().collect::<Paths>();
        let text = |names: &[&str]| {
            let ends = names.iter().scan(0, |end, name| {
                *end += name.len() as u32;
                Some(*end)
            });
            Paths::from_text(names.concat(), ends.collect())
        };
        assert_eq!(text(&all).iter().collect::<Vec<_>>(), all);
        assert_eq!(text(&["b", "a", "b", "c"]).iter().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(Paths::from_text("é".to_owned(), vec![1]).len(), 0);
        for gone in 0..1 << all.len() {
            let (mut gone, stay): (Vec<(usize, &str)>, Vec<_>) =
                all.into_iter().enumerate().partition(|(at, _)| gone & (1 << at) != 0);
            gone.push((all.len(), "zzz"));
            for new in [&[][..], &["0"], &["a", "a/a", "a/c"], &["c", "c/f", "g", "h"]] {
                let all_names = make(&all);
                let changed = all_names.changed(gone.iter().map(|(_, name)| *name), new.iter().copied());
                let changed = changed.unwrap_or(all_names);
                let known = |name: &&&str| all.contains(*name);
                let added = new.iter().filter(|name| !known(name)).copied();
                let expected: Paths = stay.iter().map(|(_, name)| *name).chain(added).collect();
                assert_eq!(changed.iter().collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn sorted_names_are_kept_each_once() {
        let paths = Paths::from_sorted(["", "a", "a", "c", "b", "d"].into_iter());
        assert_eq!(paths.iter().collect::<Vec<_>>(), ["", "a", "c", "d"]);
    }
}
