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

/// The bytes of a file that decides; `what` names it in the error.
pub fn bytes(what: &str, content: &Content) -> Result<Vec<u8>> {
    match content {
        Content::Text(text) => Ok(text.as_bytes().to_vec()),
        Content::Unread(reason) | Content::Skipped(reason) => bail!("{what} could not be read: {reason}"),
    }
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
            Self::Stored(files) => files.get(path).map(|content| bytes(path, content)).transpose(),
            Self::Staged(git) => match git.staged_file(path)? {
                None | Some(Content::Skipped(_)) => Ok(None),
                Some(content) => bytes(&format!("{path} as it is staged"), &content).map(Some),
            },
        }
    }
}
