//! The files that a run works on: names first, then the bytes of those that matter.

mod paths;

pub use paths::{Inside, Paths};

use std::collections::BTreeMap;
use std::sync::Arc;

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

fn last_slash(path: &str) -> Option<usize> {
    memchr::memrchr(b'/', path.as_bytes())
}

/// Whether `path` lies in `folder`, at any depth; everything lies in `""`.
#[must_use]
pub fn lies_in(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.len() > folder.len() && path.starts_with(folder) && path.as_bytes()[folder.len()] == b'/'
}
