//! What the page lets others do: comments in files, and pages that build on it.

use super::Shape::{OneOrMany, Word};
use super::{IN_CHANGE, Table, needed, table};
use crate::policy::Part;

/// What comments that excuse findings can do.
pub(in super::super) static SUPPRESSIONS: Table = table(
    "suppressions",
    "`suppressions`",
    &[needed(
        "in-change",
        Word(IN_CHANGE),
        &["new", "added", "in-changes", "same-change"],
        "Comments that a change adds: `ignore` them until they are merged (the default), or `allow` them to excuse the change.",
    )],
);

/// What pages that build on this one may loosen.
pub(in super::super) static REPOSITORIES: Table = table(
    "repositories",
    "`repositories`",
    &[needed(
        "may",
        OneOrMany(&Word(Part::KEYS)),
        &["loosen", "allow", "can", "may-loosen"],
        "The parts of the page, by their keys, that the page of a repository may loosen. Any other part it can only tighten.",
    )],
);
