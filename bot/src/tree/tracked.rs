//! The names in git's index as text, and what a check takes from them.

use super::index::{Entry, Index, Kind, Record, Staged};
use super::name;
use adrule_policy::plan::{Interest, may_interest};
use adrule_policy::tree::Paths;
use std::collections::HashMap;
use std::ffi::OsString;
use std::io::Read;
use std::num::NonZeroU32;
use std::ops::Range;

/// The names that git knows below one folder, as read from an index: sorted by their bytes, each once.
#[derive(Default)]
pub struct Names {
    paths: Paths,
    /// What is known of each.
    places: Vec<Place>,
    /// What is worth a note: most names of a large repository are files from which a check takes nothing.
    noted: Vec<Noted>,
    /// What was staged of those that may be compared.
    staged: Vec<Staged>,
    /// Real names where the text is not the name.
    pub odd: HashMap<String, OsString>,
    /// What git noted of folders that are as in a tree object.
    pub trees: Vec<u8>,
}

#[derive(Clone, Copy)]
struct Place {
    /// Where it starts in the index; 0 beyond 4 GiB.
    in_index: u32,
    /// Where it stands among what is noted, counted from one.
    noted: Option<NonZeroU32>,
}

/// A name that is more than a file from which a check takes nothing.
#[derive(Clone, Copy)]
pub struct Noted {
    /// Where it stands among the names.
    at: u32,
    pub entry: Entry,
    /// What the check takes from the file.
    pub interest: Interest,
    /// Where it stands among what was staged, counted from one.
    staged: Option<NonZeroU32>,
}

impl Noted {
    /// Where it stands among the names.
    pub fn at(&self) -> usize {
        self.at as usize
    }
}

/// Names while they are read. All of them are made text at once, which costs much less than each for itself.
#[derive(Default)]
struct Reading {
    text: Vec<u8>,
    ends: Vec<u32>,
    names: Names,
}

impl Reading {
    /// Adds a name, and what was staged of it if a check takes `least` or more from it; none where it does not fit.
    fn add(
        &mut self,
        name: &[u8],
        record: &Record<'_>,
        interest: &dyn Fn(&str) -> Interest,
        least: Interest,
    ) -> Option<()> {
        self.text.extend_from_slice(name);
        let interest = interest_in(name, interest);
        let mut noted = None;
        if interest > Interest::None || interest >= least || !record.is_plain() {
            noted = Some(self.note(record, interest, least)?);
        }
        self.ends.push(u32::try_from(self.text.len()).ok()?);
        self.names.places.push(Place { in_index: record.at, noted });
        Some(())
    }

    fn note(&mut self, record: &Record<'_>, interest: Interest, least: Interest) -> Option<NonZeroU32> {
        let Names { places, noted, staged, .. } = &mut self.names;
        let entry = record.entry();
        let mut at = None;
        if interest >= least || entry.kind != Kind::File || entry.left_out {
            staged.push(record.staged()?);
            at = Some(counted(staged.len())?);
        }
        noted.push(Noted { at: u32::try_from(places.len()).ok()?, entry, interest, staged: at });
        counted(noted.len())
    }

    /// The names as text, in order, each once. None where they are in no order, which git would not write.
    fn finish(self) -> Option<Names> {
        let Self { text, mut ends, mut names } = self;
        // No name holds a NUL: its length was not what is said of it.
        if memchr::memchr(0, &text).is_some() {
            return None;
        }
        let text = match String::from_utf8(text) {
            Ok(text) if ends.iter().all(|&end| text.is_char_boundary(end as usize)) => text,
            Ok(text) => names.shown(text.as_bytes(), &mut ends)?,
            Err(error) => names.shown(error.as_bytes(), &mut ends)?,
        };
        // Git sorts by bytes; only names that are no text stand elsewhere as text. A conflict has up to three entries of
        // one name.
        let has_twice = || names.noted.iter().any(|noted| noted.entry.conflict);
        if !names.odd.is_empty() || has_twice() {
            names.sort(&text, &ends);
        } else {
            names.paths = Paths::from_text(text, ends);
        }
        (names.paths.len() == names.places.len()).then_some(names)
    }
}

/// What a check takes from a file of a name that may be no text.
fn interest_in(name: &[u8], interest: &dyn Fn(&str) -> Interest) -> Interest {
    // Most names are told apart by their last byte.
    let Some(last) = name.last().filter(|last| may_interest(**last) || !last.is_ascii()) else { return Interest::None };
    match std::str::from_utf8(name) {
        Ok(name) if may_interest(*last) => interest(name),
        Ok(_) => Interest::None,
        Err(_) => interest(&name::from_bytes(name).0),
    }
}

fn counted(from_one: usize) -> Option<NonZeroU32> {
    u32::try_from(from_one).ok().and_then(NonZeroU32::new)
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
        let mut reading =
            Reading { text: Vec::with_capacity(bytes), ends: Vec::with_capacity(count), ..Reading::default() };
        reading.names.places.reserve(count);
        let mut fits = true;
        let trees = index.each(|name, record| {
            // An empty one lies nowhere in memory, and glibc takes long to compare no bytes there (with AVX-512).
            let below = if prefix.is_empty() { Some(name) } else { name.strip_prefix(prefix) };
            let Some(below) = below else { return };
            fits = fits && reading.add(below, record, interest, least).is_some();
        })?;
        reading.names.trees = trees;
        if fits { reading.finish() } else { None }
    }

    /// Names as they are shown, where not all are text, with other ends; keeps what their real names are.
    fn shown(&mut self, raw: &[u8], ends: &mut [u32]) -> Option<String> {
        let mut text = String::with_capacity(raw.len());
        let mut start = 0;
        for end in ends {
            let raw = raw.get(start..*end as usize)?;
            start = *end as usize;
            let (shown, odd) = name::from_bytes(raw);
            text.push_str(&shown);
            *end = u32::try_from(text.len()).ok()?;
            self.odd.extend(odd.map(|odd| (shown, odd)));
        }
        Some(text)
    }

    /// Takes names in their order, each once: the first of those that read the same.
    fn sort(&mut self, text: &str, ends: &[u32]) {
        let start = |at: usize| at.checked_sub(1).map_or(0, |before| ends[before] as usize);
        let name = |at: &usize| &text[start(*at)..ends[*at] as usize];
        let mut order: Vec<usize> = (0..ends.len()).collect();
        order.sort_by_key(name);
        order.dedup_by_key(|at| name(at));
        self.paths = Paths::from_sorted_in(order.iter().map(name), (order.len(), text.len()));
        let (places, noted) = (std::mem::take(&mut self.places), std::mem::take(&mut self.noted));
        for (at, before) in (0u32..).zip(order) {
            let place = places[before];
            if let Some(here) = place.noted {
                self.noted.push(Noted { at, ..noted[here.get() as usize - 1] });
            }
            let noted = place.noted.and_then(|_| counted(self.noted.len()));
            self.places.push(Place { noted, ..place });
        }
    }

    /// The names alone.
    pub fn into_paths(self) -> Paths {
        self.paths
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The name at a place, alone.
    pub fn name(&self, at: usize) -> &str {
        self.paths.get(at).unwrap_or_default()
    }

    /// The name at a place.
    pub fn at(&self, at: usize) -> Tracked<'_> {
        self.tracked(self.name(at), &self.places[at])
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Tracked<'_>> {
        self.paths.iter().zip(&self.places).map(|(name, place)| self.tracked(name, place))
    }

    /// All names alone, in order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.paths.iter()
    }

    /// What is noted, in the order of the names.
    pub fn noted(&self) -> impl Iterator<Item = &Noted> {
        self.noted.iter()
    }

    /// How many from `range` on, all of which stand together, are such that `is_before`.
    pub fn partition_point(&self, range: Range<usize>, is_before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if is_before(self.name(middle)) { low = middle + 1 } else { high = middle }
        }
        low - range.start
    }

    fn tracked<'n>(&'n self, name: &'n str, place: &Place) -> Tracked<'n> {
        let in_index = place.in_index;
        let Some(noted) = place.noted.and_then(|at| self.noted.get(at.get() as usize - 1)) else {
            return Tracked { name, in_index, entry: Entry::PLAIN, interest: Interest::None, staged: None };
        };
        let staged = noted.staged.and_then(|at| self.staged.get(at.get() as usize - 1));
        Tracked { name, in_index, entry: noted.entry, interest: noted.interest, staged }
    }

    /// Names with what a check takes from them.
    #[cfg(test)]
    pub fn of(names: &[(&str, Interest)]) -> Self {
        let (mut all, mut text, mut ends) = (Self::default(), String::new(), Vec::new());
        for (at, (name, interest)) in (0u32..).zip(names) {
            text.push_str(name);
            ends.push(text.len() as u32);
            all.noted.push(Noted { at, entry: Entry::PLAIN, interest: *interest, staged: None });
            all.places.push(Place { in_index: 0, noted: NonZeroU32::new(at + 1) });
        }
        all.sort(&text, &ends);
        all
    }
}

/// A name that git knows.
#[derive(Clone, Copy, Debug)]
pub struct Tracked<'n> {
    pub name: &'n str,
    /// Where its entry starts in the index; 0 beyond 4 GiB.
    pub in_index: u32,
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

#[cfg(test)]
mod tests {
    use super::super::index::tests::{any_entry, opened, written};
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Some of the names that may matter at all do.
    fn interest(name: &str) -> Interest {
        match name.len() % 4 {
            _ if !name.as_bytes().last().is_some_and(|last| may_interest(*last)) => Interest::None,
            0 => Interest::Name,
            1 => Interest::Manifest,
            _ => Interest::None,
        }
    }

    proptest! {
        /// Names that are read all at once are what they are when each is read for itself.
        #[test]
        fn names_are_as_if_each_was_read_for_itself(
            mut entries in prop::collection::vec(any_entry(20), 0..20),
            version in 2_u32..=4,
            prefix in prop::sample::select(["", "a/", "b/a/"].as_slice()),
            least in prop::sample::select([Interest::None, Interest::Content].as_slice()),
        ) {
            entries.sort_by(|a, b| a.name.cmp(&b.name));
            // Only a conflict has several entries of one name.
            entries.dedup_by(|b, a| a.name == b.name && (a.flags & b.flags & 0x3000 == 0));
            let bytes = written(&entries, version, b"", 20);
            let names = Names::read(opened(&bytes, 20).unwrap(), prefix.as_bytes(), &interest, least).unwrap();
            let mut all = Vec::new();
            opened(&bytes, 20).unwrap().each(|name, record| {
                if let Some(below) = name.strip_prefix(prefix.as_bytes()) {
                    all.push((below.to_vec(), record.at, record.entry(), record.staged()));
                }
            });
            let mut expected = BTreeMap::new();
            let mut odd = HashMap::new();
            for (raw, at, entry, staged) in all {
                let (shown, real) = name::from_bytes(&raw);
                odd.extend(real.map(|real| (shown.clone(), real)));
                expected.entry(shown).or_insert((at, entry, staged));
            }
            prop_assert_eq!(&names.odd, &odd);
            prop_assert_eq!(names.len(), expected.len());
            for (tracked, (name, (at, entry, staged))) in names.iter().zip(&expected) {
                prop_assert_eq!((tracked.name, tracked.in_index, tracked.entry), (name.as_str(), *at, *entry));
                let interest = interest(name);
                prop_assert_eq!(tracked.interest, interest);
                let is_kept = interest >= least || entry.kind != Kind::File || entry.left_out;
                prop_assert_eq!(tracked.staged, staged.as_ref().filter(|_| is_kept));
            }
            for noted in names.noted() {
                let tracked = names.at(noted.at());
                prop_assert_eq!((tracked.entry, tracked.interest), (noted.entry, noted.interest));
            }
            let noted = names.iter().filter(|tracked| tracked.interest > Interest::None || tracked.entry != Entry::PLAIN);
            prop_assert!(noted.count() <= names.noted().count());
        }
    }
}
