//! The comment on a pull request, the text of its check and of the job's summary: pure functions from a report.
//!
//! What a caller does with them:
//!
//! ```text
//! our own comments of the pull request ── is_ours(body, key) ──► state(body) ──► Context::previous
//! render(&report, &context) -> Option<Comment>      None: nothing to say, and no comment of ours is there
//! is_same(old_body, &comment.body)                  then nothing is written
//! check_summary(&report, &context) -> CheckText     title, summary, text, annotations, conclusion
//! job_summary(&report, &context) -> String          for GITHUB_STEP_SUMMARY
//! suggestions(&report, &changed) -> Vec<Suggestion> changed: the pull request's lines, by path
//! page_change(…) -> PageChange, added_waivers(…) -> Vec<AddedWaiver>
//! ```

mod context;
mod state;

pub use context::{AddedWaiver, Context, Limits, Links, Moved, PageChange, PageNews};
pub use state::{Gap, MARKER, Mended, State, is_ours, state};

/// A comment to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its text, our marker at its start.
    pub body: String,
    /// How many findings it shows.
    pub shown: usize,
    /// How many there are.
    pub total: usize,
}

/// Whether two bodies say the same: forges change line ends and the white space at the end of lines.
#[must_use]
pub fn is_same(old: &str, new: &str) -> bool {
    let lines = |body: &str| body.trim_end().lines().map(str::trim_end).map(str::to_owned).collect::<Vec<_>>();
    lines(old) == lines(new)
}
