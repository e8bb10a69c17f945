//! Commit statuses: a verdict in a line, where check runs may not be written.

use super::client::Client;
use super::error::Error;
use serde_json::json;

/// Longest description that GitHub takes, in characters.
const LONGEST: usize = 140;

/// A verdict in a line.
#[derive(Clone, Copy, Debug)]
pub struct Status<'s> {
    /// The commit.
    pub head: &'s str,
    /// `adrule (BASE BRANCH)`: the newest of a name counts.
    pub name: &'s str,
    pub is_success: bool,
    pub words: &'s str,
}

impl Client {
    /// Writes a status. Written twice, it says the same: the newest counts.
    pub async fn status(&self, repository: &str, status: Status<'_>) -> Result<(), Error> {
        let words: String = status.words.chars().take(LONGEST).collect();
        let body = json!({
            "state": if status.is_success { "success" } else { "failure" },
            "context": status.name,
            "description": words,
        });
        self.settle(&format!("/repos/{repository}/statuses/{}", status.head), body).await.map(drop)
    }
}
