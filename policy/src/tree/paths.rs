//! The names of all files of a tree.

use std::sync::Arc;

/// A tree may be a few pieces of others. From so many on it is made anew: each look-up asks which piece is meant.
const MOST_PIECES: usize = 64;

/// The names of all files of a tree: relative to its root, `/` between folders, sorted, each once.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// The tree before a change has nearly all names of the one after it, which are 10 MB in a large repository: both
    /// are pieces of one list.
    pieces: Vec<Piece>,
}

/// Names that stand one behind the other.
#[derive(Debug, Default)]
struct List {
    // One buffer instead of 220,000 strings.
    buffer: String,
    ends: Vec<u32>,
}

/// Names of a list that stand together in it.
#[derive(Clone, Debug)]
struct Piece {
    list: Arc<List>,
    /// Where its first one stands in the list.
    from: usize,
    /// How many names stand before it, and up to its end, in the whole.
    start: usize,
    end: usize,
}

/// What lies right in a folder, each with its path from the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside<'p> {
    /// A file.
    File(&'p str),
    /// A folder, with whatever is in it.
    Folder(&'p str),
}

impl Paths {
    /// The path at `index`.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&str> {
        let piece = match self.pieces.as_slice() {
            [only] => only,
            pieces => pieces.get(pieces.partition_point(|piece| piece.end <= index))?,
        };
        piece.list.get(piece.from + (index - piece.start)).filter(|_| index < piece.end)
    }

    /// All paths, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().flat_map(Piece::iter)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.end)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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

    /// What lies right in a folder.
    pub fn inside<'a>(&'a self, folder: &str) -> impl Iterator<Item = Inside<'a>> + use<'a> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut at = self.lower_bound(&prefix);
        std::iter::from_fn(move || {
            let path = self.get(at)?;
            let rest = path.strip_prefix(prefix.as_str())?;
            let Some(slash) = rest.find('/') else {
                at += 1;
                return Some(Inside::File(path));
            };
            // Jump over the whole sub-folder: `0` is the character behind `/`.
            let inner = &path[..prefix.len() + slash];
            at = self.lower_bound_behind(at, &format!("{inner}0"));
            Some(Inside::Folder(inner))
        })
    }

    /// The names of files right in a folder.
    pub fn names_in<'a>(&'a self, folder: &str) -> Vec<&'a str> {
        let skip = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let files = self.inside(folder).filter_map(|inside| match inside {
            Inside::File(path) => Some(&path[skip..]),
            Inside::Folder(_) => None,
        });
        files.collect()
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

impl List {
    fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        self.buffer.get(self.start(at)..end)
    }

    /// Where the name at a place starts.
    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |&end| end as usize)
    }

    /// Adds a name. Names beyond 4 GiB in sum are not a repository: what does not fit is left out.
    fn push(&mut self, name: &str) {
        if let Ok(end) = u32::try_from(self.buffer.len() + name.len()) {
            self.buffer.push_str(name);
            self.ends.push(end);
        }
    }

    /// Whether each name ends behind the one before it, and between two letters.
    fn fits(&self) -> bool {
        self.ends.is_sorted() && self.ends.iter().all(|&end| self.buffer.is_char_boundary(end as usize))
    }

    /// Whether each name stands behind the one before it; all of them fit.
    fn is_sorted(&self) -> bool {
        let bytes = self.buffer.as_bytes();
        let (mut start, mut last) = (0, None);
        self.ends.iter().all(|&end| {
            let name = &bytes[start..end as usize];
            start = end as usize;
            last.replace(name).is_none_or(|last| last < name)
        })
    }
}

impl Piece {
    fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = self.list.start(self.from);
        let ends = self.list.ends[self.from..].iter().take(self.end - self.start);
        ends.map(move |&end| {
            let path = &self.list.buffer[start..end as usize];
            start = end as usize;
            path
        })
    }
}

impl From<List> for Paths {
    fn from(list: List) -> Self {
        let mut paths = Self::default();
        let count = list.ends.len();
        paths.add(&Arc::new(list), 0, count);
        paths
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
        let mut list = List { buffer: String::with_capacity(bytes), ends: Vec::with_capacity(names) };
        let mut last = 0;
        for path in sorted {
            if !list.ends.is_empty() && list.buffer[last..] >= *path {
                continue;
            }
            last = list.buffer.len();
            list.push(path);
        }
        list.into()
    }

    /// Names that stand one behind the other in a text, each with its end: taken as they are where they are sorted.
    #[must_use]
    pub fn from_text(buffer: String, ends: Vec<u32>) -> Self {
        let list = List { buffer, ends };
        if !list.fits() {
            return Self::default();
        }
        let is_sorted = list.is_sorted();
        let paths = Self::from(list);
        if is_sorted { paths } else { paths.iter().collect() }
    }

    /// These names without some of them and with some others, both sorted; none where that changes nothing. The names
    /// that stay are shared.
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
        edits.dedup();
        let mut new = List::default();
        edits.iter().filter_map(|(_, name)| *name).for_each(|name| new.push(name));
        let (new, mut used) = (Arc::new(new), 0);
        let (mut changed, mut from) = (Self::default(), 0);
        for (at, name) in edits {
            changed.add_all(self, from, at);
            from = at + usize::from(name.is_none());
            if name.is_some() {
                changed.add(&new, used, 1);
                used += 1;
            }
        }
        changed.add_all(self, from, self.len());
        Some(if changed.pieces.len() > MOST_PIECES { changed.in_one() } else { changed })
    }

    /// The same names in one piece.
    fn in_one(&self) -> Self {
        let bytes = self.iter().map(str::len).sum();
        let mut list = List { buffer: String::with_capacity(bytes), ends: Vec::with_capacity(self.len()) };
        self.iter().for_each(|name| list.push(name));
        list.into()
    }

    /// Adds `count` names of a list, from `from` on; right behind those of the same list, they are one piece with them.
    fn add(&mut self, list: &Arc<List>, from: usize, count: usize) {
        let count = count.min(list.ends.len().saturating_sub(from));
        let start = self.len();
        match self.pieces.last_mut() {
            _ if count == 0 => {}
            Some(last) if Arc::ptr_eq(&last.list, list) && last.from + (last.end - last.start) == from => {
                last.end += count;
            }
            _ => self.pieces.push(Piece { list: Arc::clone(list), from, start, end: start + count }),
        }
    }

    /// Adds the names of others from one place up to another.
    fn add_all(&mut self, others: &Self, from: usize, to: usize) {
        for piece in &others.pieces {
            let (start, end) = (from.max(piece.start), to.min(piece.end));
            self.add(&piece.list, piece.from + (start.saturating_sub(piece.start)), end.saturating_sub(start));
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

#[cfg(test)]
mod tests;
