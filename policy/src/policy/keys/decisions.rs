//! `decisions`: where they are, who needs one, and what they look like.

use super::Shape::{Named, OneOrMany, Text, Word};
use super::{STANDINGS, Table, key, table};

/// Where decisions are, and who needs one.
pub(in super::super) static DECISIONS: Table = table(
    "decisions",
    "`decisions`",
    &[
        key(
            "in",
            OneOrMany(&Text),
            &["folders", "paths", "path", "dirs", "where"],
            "Folders of decisions. By default the usual places are found.",
        ),
        key(
            "required-for",
            OneOrMany(&Text),
            &["required", "needed-for", "for", "requires"],
            "Languages whose choice needs a decision, accepted or proposed.",
        ),
        key(
            "sections",
            OneOrMany(&Text),
            &["section", "headings", "required-sections"],
            "Sections that every decision has. A known section counts in every language.",
        ),
        key(
            "statuses",
            OneOrMany(&Word(STANDINGS)),
            &["status", "allowed-statuses", "valid-statuses"],
            "The statuses that a decision may have.",
        ),
        key(
            "status-words",
            Named(&Word(STANDINGS)),
            &["words", "synonyms", "status-names"],
            "The team's own words for a status, each with the status that it means.",
        ),
        key(
            "front-matter",
            OneOrMany(&Text),
            &["frontmatter", "metadata", "keys", "required-keys"],
            "Keys that the front matter of every decision has.",
        ),
        key(
            "file-name",
            Text,
            &["filename", "name", "pattern"],
            "How the file of a decision is named, with `*`, `?` and `[0-9]`.",
        ),
    ],
);
