//! What is kept of GitHub's answers: objects by their ids, which never change, and answers with their ETags.

use super::blobs::Blob;
use super::call::Answer;
use super::hash;
use super::shelf::{Kind, Shelf, Thing};
use super::trees::{Entry, Listing};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Most bytes that are kept in memory for one run.
const MAX_BYTES: usize = 128 << 20;

/// A cache in memory, and in a folder where one is given. That a cache cannot be written is never a fault.
pub struct Cache {
    folder: Option<PathBuf>,
    /// Whose it is: what one may read is never told to another.
    owner: u64,
    shelf: Arc<Shelf>,
}

impl Default for Cache {
    fn default() -> Self {
        Self::on(Arc::new(Shelf::of_size(MAX_BYTES)), 0)
    }
}

impl Cache {
    /// A cache that outlives the program. The folder must be one that nobody else writes to: listings of trees are
    /// believed as they stand there.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()), ..Self::default() }
    }

    /// A cache in memory, whose room is shared with others and whose contents are not.
    pub fn on(shelf: Arc<Shelf>, owner: u64) -> Self {
        Self { folder: None, owner, shelf }
    }

    /// The content of a blob.
    pub fn blob(&self, id: &str) -> Option<Blob> {
        if let Some(Thing::Blob(blob)) = self.known(Kind::Blob, id) {
            return Some(blob);
        }
        let bytes = fs::read(self.file("blob", id)?).ok()?;
        // A file that was cut short, or that somebody wrote to.
        if !hash::is_blob(id, &bytes) {
            return None;
        }
        Some(self.remember_blob(id, Blob::of(bytes)))
    }

    /// Keeps the content of a blob, which must be what the id says; it as it is kept.
    pub fn keep_blob(&self, id: &str, blob: Blob) -> Blob {
        if let Some(file) = self.file("blob", id) {
            write(&file, &blob);
        }
        self.remember_blob(id, blob)
    }

    fn remember_blob(&self, id: &str, blob: Blob) -> Blob {
        let blob = self.shelf.one_of(id, blob);
        self.remember(Kind::Blob, id, Thing::Blob(blob.clone()), blob.len());
        blob
    }

    /// The files of a tree.
    pub fn tree(&self, id: &str) -> Option<Arc<Listing>> {
        if let Some(Thing::Tree(tree)) = self.known(Kind::Tree, id) {
            return Some(tree);
        }
        let listing = Arc::new(from_bytes(&fs::read(self.file("tree", id)?).ok()?)?);
        self.remember_tree(id, &listing);
        Some(listing)
    }

    /// Keeps the files of a tree.
    pub fn keep_tree(&self, id: &str, listing: &Arc<Listing>) {
        if let Some(file) = self.file("tree", id) {
            write(&file, &to_bytes(listing));
        }
        self.remember_tree(id, listing);
    }

    fn remember_tree(&self, id: &str, listing: &Arc<Listing>) {
        self.remember(Kind::Tree, id, Thing::Tree(Arc::clone(listing)), listing.weight());
    }

    /// An answer that may still hold, in memory only: GitHub's ETags depend on the token.
    pub fn answer(&self, url: &str) -> Option<Answer> {
        match self.known(Kind::Answer, url)? {
            Thing::Answer(answer) => Some(Answer::clone(&answer)),
            Thing::Blob(_) | Thing::Tree(_) | Thing::Note(_) => None,
        }
    }

    /// Keeps an answer that has an ETag and is no object of its own.
    pub fn keep_answer(&self, url: &str, answer: &Answer) {
        const OBJECTS: &str = "/git/";
        if answer.etag.is_some() && !url.contains(OBJECTS) {
            self.remember(Kind::Answer, url, Thing::Answer(Arc::new(answer.clone())), answer.body.len());
        }
    }

    /// What was noted under a [`hash::key`]; it may have been true once only.
    pub fn note(&self, key: &str) -> Option<Vec<u8>> {
        if let Some(Thing::Note(note)) = self.known(Kind::Note, key) {
            return Some(note.to_vec());
        }
        fs::read(self.file("note", key)?).ok()
    }

    /// Notes something small under a [`hash::key`].
    pub fn keep_note(&self, key: &str, note: Vec<u8>) {
        if let Some(file) = self.file("note", key) {
            write(&file, &note);
        }
        let length = note.len();
        self.remember(Kind::Note, key, Thing::Note(note.into()), length);
    }

    fn known(&self, kind: Kind, name: &str) -> Option<Thing> {
        self.shelf.get(self.owner, kind, name)
    }

    fn remember(&self, kind: Kind, name: &str, thing: Thing, bytes: usize) {
        self.shelf.put(self.owner, kind, name, (thing, bytes));
    }

    fn file(&self, kind: &str, id: &str) -> Option<PathBuf> {
        // Ids come from answers: what is none is no part of a path.
        let folder = self.folder.as_ref().filter(|_| hash::is_id(id))?;
        Some(folder.join(kind).join(&id[..2]).join(&id[2..]))
    }
}

/// Whole or not at all: another run may read it at the same time.
fn write(file: &Path, bytes: &[u8]) {
    let Some(folder) = file.parent() else { return };
    let half = file.with_extension(format!("{}.half", std::process::id()));
    let written =
        fs::create_dir_all(folder).and_then(|()| fs::write(&half, bytes)).and_then(|()| fs::rename(&half, file));
    if written.is_err() {
        let _ = fs::remove_file(&half);
    }
}

/// First how many there are, then `id size path NUL` over and over.
fn to_bytes(listing: &Listing) -> Vec<u8> {
    let mut bytes = format!("{}\0", listing.entries.len()).into_bytes();
    for Entry { path, id, size } in &listing.entries {
        bytes.extend_from_slice(format!("{id} {size} {path}\0").as_bytes());
    }
    bytes
}

fn from_bytes(bytes: &[u8]) -> Option<Listing> {
    let mut lines = std::str::from_utf8(bytes).ok()?.strip_suffix('\0')?.split('\0');
    let count: usize = lines.next()?.parse().ok()?;
    let entries: Option<Vec<Entry>> = lines
        .map(|line| {
            let mut parts = line.splitn(3, ' ');
            let (id, size, path) = (parts.next()?, parts.next()?, parts.next()?);
            Some(Entry { path: path.to_owned(), id: id.to_owned(), size: size.parse().ok()? })
        })
        .collect();
    let listing = Listing { entries: entries? };
    (listing.entries.len() == count).then_some(listing)
}
