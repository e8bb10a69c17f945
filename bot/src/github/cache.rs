//! What is kept of GitHub's answers: objects by their ids, which never change, and answers with their ETags.

use super::call::Answer;
use super::hash;
use super::trees::{Entry, Listing};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Most bytes that are kept in memory; then all is forgotten. Trees count by their names.
const MAX_BYTES: usize = 128 << 20;

/// A cache in memory, and in a folder where one is given. That a cache cannot be written is never a fault.
pub struct Cache {
    folder: Option<PathBuf>,
    memory: Mutex<Memory>,
    most: usize,
}

impl Default for Cache {
    fn default() -> Self {
        Self::of_size(MAX_BYTES)
    }
}

#[derive(Default)]
struct Memory {
    blobs: HashMap<String, Arc<[u8]>>,
    trees: HashMap<String, Arc<Listing>>,
    answers: HashMap<String, Answer>,
    notes: HashMap<String, Vec<u8>>,
    bytes: usize,
}

impl Memory {
    fn room_for(&mut self, bytes: usize, most: usize) {
        if self.bytes + bytes > most {
            *self = Self::default();
        }
        self.bytes += bytes;
    }
}

impl Cache {
    /// A cache that outlives the program. The folder must be one that nobody else writes to: listings of trees are
    /// believed as they stand there.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()), ..Self::default() }
    }

    /// A cache in memory of about so many bytes.
    pub fn of_size(most: usize) -> Self {
        Self { folder: None, memory: Mutex::default(), most }
    }

    /// The bytes of a blob.
    pub fn blob(&self, id: &str) -> Option<Arc<[u8]>> {
        if let Ok(memory) = self.memory.lock()
            && let Some(blob) = memory.blobs.get(id)
        {
            return Some(Arc::clone(blob));
        }
        let bytes: Arc<[u8]> = fs::read(self.file("blob", id)?).ok()?.into();
        // A file that was cut short, or that somebody wrote to.
        if !hash::is_blob(id, &bytes) {
            return None;
        }
        self.remember_blob(id, &bytes);
        Some(bytes)
    }

    /// Keeps the bytes of a blob. They must be what the id says.
    pub fn keep_blob(&self, id: &str, bytes: Arc<[u8]>) {
        if let Some(file) = self.file("blob", id) {
            write(&file, &bytes);
        }
        self.remember_blob(id, &bytes);
    }

    fn remember_blob(&self, id: &str, bytes: &Arc<[u8]>) {
        if let Ok(mut memory) = self.memory.lock() {
            memory.room_for(bytes.len(), self.most);
            memory.blobs.insert(id.to_owned(), Arc::clone(bytes));
        }
    }

    /// The files of a tree.
    pub fn tree(&self, id: &str) -> Option<Arc<Listing>> {
        if let Ok(memory) = self.memory.lock()
            && let Some(tree) = memory.trees.get(id)
        {
            return Some(Arc::clone(tree));
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
        if let Ok(mut memory) = self.memory.lock() {
            memory.room_for(listing.entries.iter().map(|entry| entry.path.len() + 80).sum(), self.most);
            memory.trees.insert(id.to_owned(), Arc::clone(listing));
        }
    }

    /// An answer that may still hold, in memory only: GitHub's ETags depend on the token.
    pub fn answer(&self, url: &str) -> Option<Answer> {
        self.memory.lock().ok()?.answers.get(url).cloned()
    }

    /// Keeps an answer that has an ETag and is no object of its own.
    pub fn keep_answer(&self, url: &str, answer: &Answer) {
        const OBJECTS: &str = "/git/";
        if answer.etag.is_some()
            && !url.contains(OBJECTS)
            && let Ok(mut memory) = self.memory.lock()
        {
            memory.room_for(answer.body.len() + url.len(), self.most);
            memory.answers.insert(url.to_owned(), answer.clone());
        }
    }

    /// What was noted under a [`hash::key`]; it may have been true once only.
    pub fn note(&self, key: &str) -> Option<Vec<u8>> {
        if let Ok(memory) = self.memory.lock()
            && let Some(note) = memory.notes.get(key)
        {
            return Some(note.clone());
        }
        fs::read(self.file("note", key)?).ok()
    }

    /// Notes something small under a [`hash::key`].
    pub fn keep_note(&self, key: &str, note: Vec<u8>) {
        if let Some(file) = self.file("note", key) {
            write(&file, &note);
        }
        if let Ok(mut memory) = self.memory.lock() {
            memory.room_for(note.len() + key.len(), self.most);
            memory.notes.insert(key.to_owned(), note);
        }
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
