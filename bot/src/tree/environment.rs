//! What a hook's environment says of the repository that it runs for.
//!
//! Git calls a hook with `GIT_DIR` and `GIT_INDEX_FILE`, whose paths are meant from where the hook runs. We run git in
//! other folders, also in ones that belong to another repository.

use super::git::os;
use anyhow::{Context as _, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which repository is meant.
const MEANT: [&str; 3] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"];

/// What is true of one repository only (`git rev-parse --local-env-vars`).
const LOCAL: [&str; 10] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
];

/// How the environment of git has to differ from ours.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    set: Vec<(&'static str, OsString)>,
    unset: bool,
}

impl Environment {
    /// For git in a folder, whose path is absolute.
    pub fn of(folder: &Path) -> Result<Self> {
        if !names_a_repository() {
            return Ok(Self::default());
        }
        let here = std::env::current_dir().context("the current folder")?;
        let asked = ["rev-parse", "--absolute-git-dir", "--show-toplevel"];
        let Ok(out) = Command::new("git").current_dir(here).args(asked).output() else { return Ok(Self::default()) };
        let mut lines = out.stdout.splitn(2, |&byte| byte == b'\n');
        let (true, Some(dir), Some(top)) = (out.status.success(), lines.next(), lines.next()) else {
            // Git will say what is wrong.
            return Ok(Self::default());
        };
        let (dir, top) = (os(dir), os(top.strip_suffix(b"\n").unwrap_or(top)));
        let is_inside = std::fs::canonicalize(&top).unwrap_or(PathBuf::from(&top));
        Ok(if folder.starts_with(is_inside) {
            Self { set: vec![("GIT_DIR", dir), ("GIT_WORK_TREE", top)], unset: false }
        } else {
            Self { set: Vec::new(), unset: true }
        })
    }

    /// Whether git is told which repository is meant, so that no `.git` has to be there.
    pub fn names_one(&self) -> bool {
        names_a_repository() && !self.unset
    }

    pub fn apply(&self, command: &mut Command) {
        if self.unset {
            for name in LOCAL {
                command.env_remove(name);
            }
        }
        command.envs(self.set.iter().map(|(name, value)| (name, value)));
    }
}

fn names_a_repository() -> bool {
    MEANT.iter().any(|name| std::env::var_os(name).is_some())
}
