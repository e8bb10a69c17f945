//! Changes that are suggested beside the lines of a pull request: where the exact lines are known, and only once.

use super::Change;
use crate::github::{Client, Error, LineComment, Review, Shown, is_blob};
use adrule_policy::report::Report;
use adrule_policy::report::render::comment::{
    ChangedLines, Context, Suggestion, has_suggestions, is_review, not_yet_made, review, suggestions,
};

/// What became of the suggestions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suggested {
    /// There are none, or all were made before.
    Nothing,
    /// So many were made, in one review.
    Made(usize),
    /// GitHub did not take them: the pull request has gone on meanwhile, and its next check suggests anew.
    Refused,
}

/// Suggests what is known to the letter, in one review that blocks nobody. Asks GitHub nothing where nothing is.
pub async fn suggest(
    client: &Client,
    repository: &str,
    (change, pull): (&Change, u64),
    (report, context): (&Report, &Context),
) -> Result<Suggested, Error> {
    if !has_suggestions(report, context) {
        return Ok(Suggested::Nothing);
    }
    let shown = client.shown(repository, pull).await?;
    let possible = suggestions(report, context, &lines(report, context, shown));
    if possible.is_empty() {
        return Ok(Suggested::Nothing);
    }
    let before = client.own_reviews(repository, pull, is_review).await?;
    let new = not_yet_made(possible, before.iter().map(String::as_str));
    if new.is_empty() {
        return Ok(Suggested::Nothing);
    }
    let body = review(&new);
    let comments: Vec<LineComment> = new.into_iter().map(comment).collect();
    let offer = Review { repository, pull, head: &change.head, body: &body, comments: &comments };
    Ok(if client.review(offer).await? { Suggested::Made(comments.len()) } else { Suggested::Refused })
}

/// The lines that the pull request shows, of files that were judged as they are at its head: a trial merge may have
/// others.
fn lines(report: &Report, context: &Context, shown: Vec<Shown>) -> ChangedLines {
    let is_same = |file: &Shown| {
        let folder = &context.folder;
        let path = if folder.is_empty() {
            Some(file.path.as_str())
        } else {
            file.path.strip_prefix(folder.as_str()).and_then(|rest| rest.strip_prefix('/'))
        };
        let text = path.and_then(|path| report.sources.get(path));
        text.is_some_and(|text| is_blob(&file.id, text.as_bytes()))
    };
    shown.into_iter().filter(is_same).map(|file| (file.path, file.parts)).collect()
}

fn comment(suggestion: Suggestion) -> LineComment {
    let Suggestion { path, line, start_line, body, .. } = suggestion;
    LineComment { path, line, start_line, body }
}
