//! The comment on a pull request, the text of its check and of the job's summary: pure functions from a report.
//!
//! What a caller does with them:
//!
//! ```text
//! our own comments of the pull request ── is_ours(body, key) ──► state(body) ──► Context::previous
//! render(&report, &context) -> Option<Comment>        none: nothing to say, and no comment of ours is there
//! is_same(old_body, &comment.body)                    then nothing is written
//! check_summary(&report, &context) -> CheckText       title, summary, text, annotations, conclusion
//! job_summary(&report, &context) -> String            for GITHUB_STEP_SUMMARY
//! suggestions(&report, &context, &changed)            changed: the lines that the pull request shows, by path;
//!                                                     not_yet_made(…) of them, and review(…) that makes them
//! page_change(…) -> PageChange, added_waivers(…)      for Context::page and Context::added_waivers
//! ```

mod body;
mod check;
mod context;
mod finding;
mod group;
mod link;
mod page;
mod record;
mod room;
mod standing;
mod state;
mod suggestion;

pub use check::{Annotation, AnnotationLevel, CheckText, Conclusion, check_summary, job_summary};
pub use context::{AddedWaiver, Context, Limits, Links, Mistake, Moved, OrganisationLink, PageChange, PageNews};
pub use page::{added_waivers, page_change};
pub use state::{Gap, Line, MARKER, Mended, State, is_ours, state};
pub use suggestion::{ChangedLines, Suggestion, has_suggestions, is_review, not_yet_made, review, suggestions};

use crate::report::Report;
use body::{Kind, body};
use link::Linker;
use room::Room;

/// A comment to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its text, our marker at its start.
    pub body: String,
    /// How many findings it shows.
    pub shown: usize,
    /// How many errors and warnings there are.
    pub total: usize,
}

/// The comment, or none: nothing is missing, the page is what it was, and no comment of ours is there to be changed.
#[must_use]
pub fn render(report: &Report, context: &Context) -> Option<Comment> {
    let linker = Linker::new(report, context);
    let state = record::update(report, context, &linker);
    let is_news = page::is_news(context);
    let is_clean = state.open.is_empty() && !is_news;
    if is_clean && context.previous.is_none() && !context.always {
        return None;
    }
    let had_gaps = !state.mended.is_empty() || state.left_out[1] > 0;
    let limits = context.limits.bearable();
    // A comment has to hold more than its own past.
    let (state, marker) = state::fitted(&context.key, state, limits.characters.min(limits.bytes) / 4);
    let head = format!("{marker}\n");
    if is_clean && had_gaps {
        let line = record::all_set(&state, &linker, &mut Room::part(limits));
        return Some(Comment { body: head + &line, shown: 0, total: 0 });
    }
    let body = body(report, context, Some(&state), Kind::Comment, limits, &head);
    Some(Comment { body: head + &body.text, shown: body.shown, total: body.total })
}

/// The whole report without a forge: what `--format markdown` prints.
#[must_use]
pub fn plain(report: &Report) -> String {
    let limits = Limits { characters: usize::MAX, bytes: usize::MAX, findings: usize::MAX };
    body(report, &Context::default(), None, Kind::Whole, limits, "").text
}

/// Whether two bodies say the same: forges change line ends and the white space at the end of lines.
#[must_use]
pub fn is_same(old: &str, new: &str) -> bool {
    let lines = |body: &str| body.trim_end().lines().map(str::trim_end).map(str::to_owned).collect::<Vec<_>>();
    lines(old) == lines(new)
}
