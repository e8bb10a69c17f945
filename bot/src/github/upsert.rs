//! One comment on a pull request, brought to what it should say.

use super::client::Client;
use super::comments::Discussion;
use super::error::Error;
use std::time::Duration;

/// How often a comment is tried to be written where GitHub does not say whether it was.
const TRIES: u32 = 3;
/// Lists may be a moment behind what was written.
const BEHIND: Duration = Duration::from_secs(2);

/// The comment as it should be.
#[derive(Clone, Copy)]
pub struct Wanted<'w> {
    /// `owner/name`.
    pub repository: &'w str,
    /// The number of the pull request.
    pub pull: u64,
    /// Whether a text has the hidden marker that tells the comment apart.
    pub has_marker: &'w (dyn Fn(&str) -> bool + Sync),
    /// What it should say; none: nothing is to be said for the first time.
    pub body: Option<&'w str>,
    /// Whether two texts say the same to a reader.
    pub is_same: fn(&str, &str) -> bool,
}

/// What became of the comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// There is none, and there need be none.
    Nothing,
    /// It is new.
    Created,
    /// It says something else now.
    Updated,
    /// It said the same already.
    Unchanged,
    /// The same as one of these, and somebody hid it, which stays as it is.
    Hidden,
    /// Somebody deleted it: no other is written.
    Deleted,
}

/// Brings the comment to what it should say. `seen` is the talk below the pull request as it was found.
pub async fn upsert(client: &Client, wanted: Wanted<'_>, seen: &Discussion) -> Result<Done, Error> {
    let mut ours = seen.ours(wanted.has_marker);
    let Some(kept) = ours.next() else {
        return match wanted.body {
            None => Ok(Done::Nothing),
            Some(_) if seen.ours_was_deleted => Ok(Done::Deleted),
            Some(body) => create(client, wanted, body).await,
        };
    };
    // Two runs at the same time may each have written one.
    for duplicate in ours {
        client.delete_comment(wanted.repository, duplicate.id).await?;
    }
    let done = match wanted.body {
        Some(body) if !(wanted.is_same)(&kept.body, body) => {
            match client.update_comment(wanted.repository, kept.id, body).await {
                Err(error) if error.is_gone() => return Ok(Done::Deleted),
                other => other?,
            }
            Done::Updated
        }
        _ => Done::Unchanged,
    };
    Ok(if kept.is_minimized { Done::Hidden } else { done })
}

async fn create(client: &Client, wanted: Wanted<'_>, body: &str) -> Result<Done, Error> {
    let mut unclear = None;
    for attempt in 0..TRIES {
        if attempt > 0 {
            client.pause(BEHIND).await;
            // It may have been written all the same.
            let seen = client.discussion(wanted.repository, wanted.pull).await?;
            if seen.ours(wanted.has_marker).next().is_some() {
                return Ok(Done::Created);
            }
        }
        match client.create_comment(wanted.repository, wanted.pull, body).await {
            Ok(_) => return Ok(Done::Created),
            Err(error) if error.is_unclear() => unclear = Some(error),
            Err(error) => return Err(error),
        }
    }
    // The last one may have been written, too.
    client.pause(BEHIND).await;
    let seen = client.discussion(wanted.repository, wanted.pull).await?;
    match (seen.ours(wanted.has_marker).next(), unclear) {
        (None, Some(error)) => Err(error),
        _ => Ok(Done::Created),
    }
}
