//! Where files come from: a folder, git's working tree, a revision. All give an [`adrule_policy::tree::Tree`].

mod folder;
mod git;
mod index;
mod name;
mod objects;
mod tracked;
mod worktree;

pub use folder::{Files, differing, read, read_named, walk};
pub use git::{Base, Git};
pub use worktree::{Survey, Wanted};
