//! Numbers of records that are given in more than one open pull request.

use crate::decision;
use crate::plan::is_decision;
use crate::policy::Page;
use crate::rule::series;
use crate::tree::Paths;
use std::collections::BTreeSet;

/// A numbered record that another open pull request adds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Elsewhere {
    /// The number of the pull request.
    pub pull: u64,
    /// The record's path.
    pub path: String,
}

/// The numbered records that a change adds: what other open pull requests have to know of it. `files` is what differs.
#[must_use]
pub fn numbered(head: &Paths, base: &Paths, files: &BTreeSet<String>, page: &Page) -> Vec<String> {
    let is_new = |path: &&String| {
        head.contains(path)
            && !base.contains(path)
            && is_decision(path, page)
            && decision::number_in_path(path).is_some()
    };
    files.iter().filter(is_new).cloned().collect()
}

/// Whether two records take the same number of the same series. The same file in two pull requests is one record: one
/// of them builds on the other.
#[must_use]
pub fn claims_same(one: &str, other: &str) -> bool {
    let number = decision::number_in_path(one);
    number.is_some() && one != other && series(one) == series(other) && number == decision::number_in_path(other)
}
