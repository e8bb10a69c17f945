//! Where files come from: a folder, git's working tree, its index, a revision, GitHub. All give an
//! [`adrule_policy::tree::Tree`].

mod environment;
mod folder;
mod git;
mod index;
mod listing;
mod name;
mod objects;
mod porcelain;
pub mod remote;
mod revision;
mod staged;
mod tracked;
mod worktree;

pub use folder::{Files, differing, read, read_named, walk};
pub use git::Git;
pub use revision::Base;
pub use worktree::{Survey, Wanted};
