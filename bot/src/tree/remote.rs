//! A tree that lies on GitHub: its names and ids are known, content is fetched by id.

use super::objects::{MAX_BYTES, too_large};
use crate::github::{Blob, Listing};
use adrule_policy::text::decode;
use adrule_policy::tree::{Content, Paths};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The names of a tree.
pub fn paths(listing: &Listing) -> Paths {
    Paths::from_sorted(listing.entries.iter().map(|entry| entry.path.as_str()))
}

/// The files that differ between two trees: both lists are sorted, so one walk over both tells.
pub fn changes(head: &Listing, base: &Listing) -> BTreeSet<String> {
    let mut changed = BTreeSet::new();
    let (mut new, mut old) = (head.entries.iter().peekable(), base.entries.iter().peekable());
    loop {
        let order = match (new.peek(), old.peek()) {
            (None, None) => return changed,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(new), Some(old)) => new.path.cmp(&old.path),
        };
        let (new, old) = match order {
            Ordering::Less => (new.next(), None),
            Ordering::Greater => (None, old.next()),
            Ordering::Equal => (new.next(), old.next()),
        };
        if new.map(|entry| &entry.id) != old.map(|entry| &entry.id) {
            changed.extend(new.or(old).map(|entry| entry.path.clone()));
        }
    }
}

/// The ids and sizes of files that are to be fetched; what is too large is not.
pub fn ids<'n>(listing: &Listing, names: impl IntoIterator<Item = &'n str>) -> BTreeMap<String, u64> {
    let entries = names.into_iter().filter_map(|name| listing.get(name));
    entries.filter(|entry| entry.size <= MAX_BYTES).map(|entry| (entry.id.clone(), entry.size)).collect()
}

/// The content of files, from what was fetched.
pub fn contents<'n>(
    listing: &Listing,
    names: impl IntoIterator<Item = &'n str>,
    blobs: &BTreeMap<String, Blob>,
) -> BTreeMap<Arc<str>, Content> {
    let content = |name: &'n str| {
        let entry = listing.get(name)?;
        let content = match blobs.get(&entry.id) {
            _ if entry.size > MAX_BYTES => too_large(),
            Some(Blob::Text(text)) => Content::Text(Arc::clone(text)),
            Some(Blob::Bytes(bytes)) => match decode(bytes) {
                Ok(text) => Content::Text(Arc::from(text)),
                Err(error) => Content::Unread(error.to_string()),
            },
            None => Content::Skipped("not there".to_owned()),
        };
        Some((Arc::from(name), content))
    };
    names.into_iter().filter_map(content).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::github::Entry;

    fn listing(files: &[(&str, &str)]) -> Listing {
        let entry = |&(path, id): &(&str, &str)| Entry { path: path.to_owned(), id: id.to_owned(), size: 1 };
        Listing { entries: files.iter().map(entry).collect() }
    }

    #[test]
    fn what_differs() {
        let base = listing(&[("a", "1"), ("b", "1"), ("c", "1"), ("z", "1")]);
        let head = listing(&[("a", "1"), ("b", "2"), ("b/x", "1"), ("z", "1"), ("zz", "1")]);
        assert_eq!(changes(&head, &base).into_iter().collect::<Vec<_>>(), ["b", "b/x", "c", "zz"]);
        assert!(changes(&base, &base).is_empty());
        assert_eq!(changes(&Listing::default(), &base).len(), 4);
    }

    #[test]
    fn content_is_text_or_says_why_not() {
        let mut tree = listing(&[("a", "1"), ("b", "2"), ("c", "3")]);
        tree.entries[2].size = MAX_BYTES + 1;
        let blob = |id: &str, bytes: &[u8]| (id.to_owned(), Blob::of(bytes.to_vec()));
        let blobs = BTreeMap::from([blob("1", b"text"), blob("2", b"\xff\xfe\xff")]);
        assert_eq!(ids(&tree, ["a", "b", "c", "d"]).len(), 2);
        let read = contents(&tree, ["a", "b", "c", "d"], &blobs);
        assert_eq!(read["a"], Content::Text("text".into()));
        assert!(matches!((&read["b"], &read["c"]), (Content::Unread(_), Content::Unread(_))));
        assert!(!read.contains_key("d"));
    }
}
