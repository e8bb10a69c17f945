//! The files that are judged, as far as a page or a baseline is read from them.

use crate::tree::Git;
use adrule_policy::tree::Content;
use anyhow::{Context as _, Result, bail};
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
    /// A file's bytes; none where it is not there.
    pub fn read(self, path: &str) -> Result<Option<Vec<u8>>> {
        match self {
            Self::Folder(folder) => {
                let file = folder.join(path);
                match std::fs::read(&file) {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound || file.is_dir() => Ok(None),
                    Err(error) => Err(error).with_context(|| format!("{} could not be read", file.display())),
                }
            }
            Self::Stored(files) => match files.get(path) {
                None => Ok(None),
                Some(Content::Text(text)) => Ok(Some(text.as_bytes().to_vec())),
                Some(Content::Unread(reason) | Content::Skipped(reason)) => bail!("{path} could not be read: {reason}"),
            },
            Self::Staged(git) => match git.staged_file(path)? {
                None | Some(Content::Skipped(_)) => Ok(None),
                Some(Content::Text(text)) => Ok(Some(text.as_bytes().to_vec())),
                Some(Content::Unread(reason)) => bail!("{path} as it is staged could not be read: {reason}"),
            },
        }
    }
}
