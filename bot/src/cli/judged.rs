//! The files that are judged, as far as a page or a baseline is read from them.

use crate::tree::{Git, read_named};
use adrule_policy::tree::Content;
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::Path;

/// Where the files that are judged are.
#[derive(Clone, Copy)]
pub enum Judged<'a> {
    /// On disk.
    Folder(&'a Path),
    /// In git's index, whatever lies in the working tree.
    Staged(&'a Git),
    /// Not on disk: those that decide how the rest is judged, by their paths.
    Stored(&'a BTreeMap<String, Content>),
}

impl Judged<'_> {
    /// A file as far as it can be read; none where it is not there.
    pub fn read(self, path: &str) -> Result<Option<Content>> {
        let found = match self {
            Self::Folder(folder) => Some(folder.join(path)).filter(|file| !file.is_dir()).map(|file| read_named(&file)),
            Self::Stored(files) => files.get(path).cloned(),
            Self::Staged(git) => git.staged_file(path)?,
        };
        Ok(found.filter(|content| !matches!(content, Content::Skipped(_))))
    }
}
