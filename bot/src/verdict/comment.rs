//! The comment, brought to what it should say.

use super::Change;
use crate::github::{Client, Discussion, Done, Error, Question, Wanted, upsert};
use adrule_policy::report::Report;
use adrule_policy::report::render::comment::{Context, is_ours, is_same, render, state};

/// Brings the comment on a pull request to what it should say. `seen` is the talk below it, where it was looked at.
pub async fn comment(
    client: &Client,
    repository: &str,
    (change, pull): (&Change, u64),
    (report, context): (&Report, &Context),
    seen: Option<Discussion>,
) -> Result<Done, Error> {
    let seen = match seen {
        Some(seen) => seen,
        None => {
            let question = Question { repository, head: &change.commit, base: None, pull: Some(pull), files: &[] };
            client.glance(question).await?.discussion.unwrap_or_default()
        }
    };
    let has_marker = |body: &str| is_ours(body, &context.key);
    let previous = seen.ours(&has_marker).next().and_then(|comment| state(&comment.body));
    let body = render(report, &Context { previous, ..context.clone() }).map(|comment| comment.body);
    let wanted = Wanted { repository, pull, has_marker: &has_marker, body: body.as_deref(), is_same };
    upsert(client, wanted, &seen).await
}
