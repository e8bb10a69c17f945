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

/// What a numbered record takes, in one word: its number in its series. None for a file that is no numbered record by
/// its name.
#[must_use]
pub fn claim(path: &str) -> Option<String> {
    decision::format(path)?;
    decision::number_in_path(path).map(|number| format!("{}#{number}", series(path)))
}

/// Whether two records take the same number of the same series. The same file in two pull requests is one record: one
/// of them builds on the other.
#[must_use]
pub fn claims_same(one: &str, other: &str) -> bool {
    let number = decision::number_in_path(one);
    number.is_some() && one != other && series(one) == series(other) && number == decision::number_in_path(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_records_take_the_same_where_their_words_for_it_are_the_same() {
        let paths = [
            "docs/adr/0007-a.md",
            "docs/adr/0007-b.md",
            "docs/adr/7-c.adoc",
            "docs/adr/accepted/0007-d.md",
            "docs/adr/0008-e.md",
            "docs/rfc/0007-f.md",
            "docs/adr/README.md",
            "0007-a.md",
        ];
        for one in paths {
            for other in paths {
                let same = one != other && claim(one).is_some() && claim(one) == claim(other);
                assert_eq!(claims_same(one, other), same, "{one} {other}");
            }
        }
        assert_eq!(claim("docs/adr/accepted/0007-d.md").as_deref(), Some("docs/adr#7"));
        assert_eq!(claim("migrations/0007_users.sql"), None);
    }
}
