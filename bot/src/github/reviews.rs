//! Reviews: changes that are suggested at lines of a pull request, all in one review that blocks nobody.

use super::client::Client;
use super::comments::{Item, bare};
use super::error::Error;
use serde_json::{Value, json};
use std::time::Duration;

/// Lists may be a moment behind what was written.
const BEHIND: Duration = Duration::from_secs(2);

/// A file as a pull request shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// From the root of the repository.
    pub path: String,
    /// The id of its content at the head.
    pub id: String,
    /// The lines of the head that are shown, the first and the last of each part. None where GitHub shows no lines: the
    /// file is large, not text, or gone.
    pub parts: Vec<(usize, usize)>,
}

/// A comment at lines of the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineComment {
    pub path: String,
    /// The last line, from 1.
    pub line: usize,
    /// The first one, where there are several.
    pub start_line: Option<usize>,
    pub body: String,
}

/// A review that only comments.
#[derive(Clone, Copy, Debug)]
pub struct Review<'r> {
    /// `owner/name`.
    pub repository: &'r str,
    pub pull: u64,
    /// The commit that the lines are of.
    pub head: &'r str,
    /// What it says before its comments.
    pub body: &'r str,
    pub comments: &'r [LineComment],
}

#[derive(serde::Deserialize)]
struct File {
    filename: String,
    #[serde(default)]
    sha: Option<String>,
    #[serde(default)]
    patch: Option<String>,
}

impl Client {
    /// The files that a pull request shows. GitHub names 3,000 at most, and only there may a review comment.
    pub async fn shown(&self, repository: &str, pull: u64) -> Result<Vec<Shown>, Error> {
        let files: Vec<File> = self.pages(&format!("/repos/{repository}/pulls/{pull}/files")).await?;
        let shown = |file: File| Shown {
            path: file.filename,
            id: file.sha.unwrap_or_default(),
            parts: file.patch.map(|patch| parts(&patch)).unwrap_or_default(),
        };
        Ok(files.into_iter().map(shown).collect())
    }

    /// What our reviews of a pull request say, of those that have a marker.
    pub async fn own_reviews(
        &self,
        repository: &str,
        pull: u64,
        has_marker: impl Fn(&str) -> bool,
    ) -> Result<Vec<String>, Error> {
        let all: Vec<Item> = self.pages(&format!("/repos/{repository}/pulls/{pull}/reviews")).await?;
        let mut marked: Vec<(String, String)> = all
            .into_iter()
            .filter_map(|item| Some((item.user?.login, item.body?)))
            .filter(|(_, body)| has_marker(body))
            .collect();
        if !marked.is_empty() {
            // Anybody can write a marker.
            let me = self.login().await?;
            marked.retain(|(login, _)| bare(login) == bare(&me));
        }
        Ok(marked.into_iter().map(|(_, body)| body).collect())
    }

    /// Writes a review, once; whether GitHub took it. It refuses lines that the pull request does not show any more.
    /// After an unclear answer it is looked for, and not written again: it is an offer, and the next push offers anew.
    pub async fn review(&self, review: Review<'_>) -> Result<bool, Error> {
        let comments: Vec<Value> = review.comments.iter().map(comment).collect();
        let body = json!({ "commit_id": review.head, "event": "COMMENT", "body": review.body, "comments": comments });
        let path = format!("/repos/{}/pulls/{}/reviews", review.repository, review.pull);
        match self.post(&path, body).await {
            Ok(_) => Ok(true),
            Err(error) if error.status() == Some(422) => Ok(false),
            Err(error) if error.is_unclear() => {
                self.pause(BEHIND).await;
                let found = self.own_reviews(review.repository, review.pull, |body| is_same(body, review.body)).await?;
                if found.is_empty() { Err(error) } else { Ok(true) }
            }
            Err(error) => Err(error),
        }
    }
}

/// GitHub keeps line ends as it likes.
fn is_same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

fn comment(comment: &LineComment) -> Value {
    let mut value = json!({ "path": comment.path, "line": comment.line, "side": "RIGHT", "body": comment.body });
    if let Some(start) = comment.start_line {
        value["start_line"] = json!(start);
        value["start_side"] = json!("RIGHT");
    }
    value
}

/// The lines of the new side in each part of a patch: `@@ -3,2 +4,5 @@` shows 4 to 8.
fn parts(patch: &str) -> Vec<(usize, usize)> {
    let part = |line: &str| {
        let new = line.strip_prefix("@@ -")?.split_once(" +")?.1.split_once(" @@")?.0;
        let (start, count) = new.split_once(',').unwrap_or((new, "1"));
        let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
        (count > 0).then(|| (start, start + count - 1))
    };
    patch.lines().filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn lines_that_are_shown() {
        let patch = "@@ -1,3 +1,4 @@ fn\n a\n+b\n@@ -9 +10 @@\n-x\n+@@ -1 +99 @@\n@@ -20,2 +21,0 @@\n-gone\n-gone";
        assert_eq!(parts(patch), [(1, 4), (10, 10)]);
        assert!(parts("").is_empty() && parts("@@ nonsense").is_empty());
    }
}
