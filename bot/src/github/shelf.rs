//! Room in memory that several caches share: so many bytes, of which those go first that were used longest ago.

use super::blobs::Blob;
use super::call::Answer;
use super::trees::Listing;
use hashlink::LruCache;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// What each thing takes besides its own bytes: its name, and its places in two tables.
const BESIDE: usize = 200;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Blob,
    Tree,
    Answer,
    Note,
}

/// Something that is kept.
#[derive(Clone, Debug)]
pub enum Thing {
    Blob(Blob),
    Tree(Arc<Listing>),
    Answer(Arc<Answer>),
    Note(Arc<[u8]>),
}

/// Things, each with its owner, whom alone it is shown to.
pub struct Shelf {
    held: Mutex<Held>,
    most: usize,
}

type Name = (u64, Kind, Box<str>);

struct Held {
    things: LruCache<Name, (Thing, usize)>,
    bytes: usize,
    /// Texts by the ids of their blobs, as long as somebody holds them.
    texts: HashMap<Box<str>, Weak<str>>,
    /// At this number of texts those that nobody holds any more are forgotten.
    texts_full: usize,
}

impl Shelf {
    /// Room for about so many bytes.
    pub fn of_size(most: usize) -> Self {
        let held = Held { things: LruCache::new_unbounded(), bytes: 0, texts: HashMap::new(), texts_full: 1024 };
        Self { held: Mutex::new(held), most }
    }

    /// What this owner has under a name.
    pub fn get(&self, owner: u64, kind: Kind, name: &str) -> Option<Thing> {
        self.held().things.get(&(owner, kind, Box::from(name))).map(|(thing, _)| thing.clone())
    }

    /// Keeps something of so many bytes, and lets go of what was used longest ago where there is no room. The newest
    /// stays, however large it is.
    pub fn put(&self, owner: u64, kind: Kind, name: &str, (thing, bytes): (Thing, usize)) {
        let bytes = bytes + name.len() + BESIDE;
        let held = &mut *self.held();
        held.bytes += bytes;
        if let Some((_, before)) = held.things.insert((owner, kind, Box::from(name)), (thing, bytes)) {
            held.bytes -= before;
        }
        while held.bytes > self.most && held.things.len() > 1 {
            let Some((_, (_, gone))) = held.things.remove_lru() else { break };
            held.bytes -= gone;
        }
    }

    /// The same blob, as it is held already where somebody holds it: equal texts are in memory once, whoever they belong
    /// to. Who asks has the content already, so nobody learns anything.
    pub fn one_of(&self, id: &str, blob: Blob) -> Blob {
        let Blob::Text(text) = &blob else { return blob };
        let held = &mut *self.held();
        match held.texts.get(id).and_then(Weak::upgrade) {
            Some(known) if known == *text => return Blob::Text(known),
            _ => drop(held.texts.insert(id.into(), Arc::downgrade(text))),
        }
        if held.texts.len() > held.texts_full {
            held.texts.retain(|_, text| text.strong_count() > 0);
            held.texts_full = (2 * held.texts.len()).max(1024);
        }
        blob
    }

    /// The bytes that are held, and how many things.
    #[cfg(test)]
    pub fn filled(&self) -> (usize, usize) {
        let held = self.held();
        (held.bytes, held.things.len())
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(length: usize) -> (Thing, usize) {
        (Thing::Note(vec![0; length].into()), length)
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let shelf = Shelf::of_size(4 * (1000 + BESIDE + 1));
        for name in ["a", "b", "c", "d"] {
            shelf.put(1, Kind::Note, name, note(1000));
        }
        assert!(shelf.get(1, Kind::Note, "a").is_some());
        shelf.put(1, Kind::Note, "e", note(1000));
        let there: Vec<&str> =
            ["a", "b", "c", "d", "e"].into_iter().filter(|name| shelf.get(1, Kind::Note, name).is_some()).collect();
        assert_eq!(there, ["a", "c", "d", "e"]);
        // The same name twice counts once.
        for _ in 0..100 {
            shelf.put(1, Kind::Note, "e", note(1000));
        }
        assert_eq!(shelf.filled(), (4 * (1000 + BESIDE + 1), 4));
        shelf.put(1, Kind::Note, "large", note(1 << 20));
        assert_eq!(shelf.filled().1, 1);
        assert!(shelf.get(1, Kind::Note, "large").is_some());
    }

    #[test]
    fn it_never_holds_more_than_there_is_room_for() {
        let shelf = Shelf::of_size(100_000);
        for number in 0..10_000_usize {
            shelf.put(number as u64 % 7, Kind::Note, &number.to_string(), note(number % 3000));
            assert!(shelf.filled().0 <= 100_000);
        }
    }

    #[test]
    fn owners_share_room_and_texts_and_nothing_else() {
        let shelf = Shelf::of_size(1 << 20);
        let keep = |owner: u64| {
            let blob = shelf.one_of("1", Blob::of(b"a text".to_vec()));
            shelf.put(owner, Kind::Blob, "1", (Thing::Blob(blob.clone()), blob.len()));
            blob
        };
        let Blob::Text(first) = keep(1) else { panic!("no text") };
        assert!(shelf.get(2, Kind::Blob, "1").is_none());
        let Blob::Text(second) = keep(2) else { panic!("no text") };
        assert!(Arc::ptr_eq(&first, &second));
        // A text that says something else under this id is not taken for it.
        let Blob::Text(other) = shelf.one_of("1", Blob::of(b"another".to_vec())) else { panic!("no text") };
        assert_eq!(&*other, "another");
    }

    #[test]
    fn texts_that_nobody_holds_are_forgotten() {
        let shelf = Shelf::of_size(0);
        for number in 0..5000 {
            drop(shelf.one_of(&number.to_string(), Blob::of(b"x".to_vec())));
        }
        assert!(shelf.held().texts.len() <= 1025);
    }
}
