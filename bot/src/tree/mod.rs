//! Where files come from: a folder, git's working tree, its index, a revision, GitHub. All give an
//! [`adrule_policy::tree::Tree`].

mod difference;
mod environment;
mod folder;
mod folders;
mod git;
mod index;
mod listing;
mod name;
mod objects;
mod porcelain;
#[cfg(feature = "github")]
pub mod remote;
mod revision;
mod staged;
mod tracked;
mod worktree;

pub use folder::{Files, differing, read, read_named, walk};
pub use git::Git;
pub use revision::Base;
pub use worktree::{Survey, Wanted};

use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};

/// The folder that is read as a repository, and git's view of it: the one that was named, else the repository around the
/// current folder, else the current folder itself.
pub fn root(named: Option<&Path>) -> Result<(Option<Git>, PathBuf)> {
    if let Some(named) = named {
        let root = std::fs::canonicalize(named).with_context(|| named.display().to_string())?;
        return Ok((Git::below(&root)?, root));
    }
    let here = std::env::current_dir().context("the current folder")?;
    let git = Git::find(&here)?;
    let root = git.as_ref().map_or(here, |git| git.root.clone());
    Ok((git, root))
}

/// How many threads read and parse.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(8)
}
