//! The report as Markdown: what a comment on a pull request says, with plain paths instead of links, and all of it.

use super::{Output, comment};

/// The format.
pub const OUTPUT: Output = Output {
    name: "markdown",
    about: "what a comment on a pull request would hold",
    render: |report, _| comment::plain(report),
};
