//! Pull requests: which one a commit belongs to, and where it left its base.

use super::client::Client;
use super::error::Error;
use super::glance::Commit;
use super::place::encode;

/// A pull request.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Pull {
    pub number: u64,
    /// `open` or `closed`.
    #[serde(default)]
    pub state: String,
    pub base: End,
    pub head: End,
}

/// One end of a pull request.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct End {
    /// The branch.
    #[serde(rename = "ref")]
    pub branch: String,
    /// The commit.
    pub sha: String,
}

/// Where two commits meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The tip of the base.
    pub tip: Commit,
    /// Where the histories part.
    pub parted: Commit,
}

impl Client {
    /// The open pull requests from a branch of an owner, whose head is this commit. A commit can be the head of
    /// several, to different bases.
    pub async fn pulls_of(&self, repository: &str, owner: &str, branch: &str, head: &str) -> Result<Vec<Pull>, Error> {
        let from = encode(&format!("{owner}:{branch}"));
        let pulls: Vec<Pull> = self.pages(&format!("/repos/{repository}/pulls?state=open&head={from}")).await?;
        Ok(pulls.into_iter().filter(|pull| pull.head.sha == head).collect())
    }

    /// The open pull requests whose head is this commit, of whatever repository: an event about a check names none where
    /// the head is a fork's.
    #[cfg_attr(not(test), allow(dead_code, reason = "the App asks this when a check is to be run again"))]
    pub async fn pulls_at(&self, repository: &str, head: &str) -> Result<Vec<Pull>, Error> {
        let mut pulls: Vec<Pull> = self.pages(&format!("/repos/{repository}/commits/{head}/pulls")).await?;
        let is_it = |pull: &Pull| pull.head.sha == head && pull.state != "closed";
        pulls.retain(is_it);
        if pulls.is_empty() {
            // A commit that is in no branch of this repository may not be known there.
            pulls = self.pages(&format!("/repos/{repository}/pulls?state=open")).await?;
            pulls.retain(is_it);
        }
        Ok(pulls)
    }

    /// Where a commit left a branch or another commit.
    pub async fn meeting(&self, repository: &str, base: &str, head: &str) -> Result<Meeting, Error> {
        #[derive(serde::Deserialize)]
        struct Answer {
            base_commit: Item,
            merge_base_commit: Item,
        }
        #[derive(serde::Deserialize)]
        struct Item {
            sha: String,
            commit: Inner,
        }
        #[derive(serde::Deserialize)]
        struct Inner {
            tree: Id,
        }
        #[derive(serde::Deserialize)]
        struct Id {
            sha: String,
        }
        // The files are not looked at: GitHub cuts their list at 300 without a word. Trees are compared.
        let path = format!("/repos/{repository}/compare/{}...{head}?per_page=1", encode(base));
        let answer: Answer = self.get(&path).await?.json(&path)?;
        let commit = |item: Item| Commit { id: item.sha, tree: item.commit.tree.sha, files: None };
        Ok(Meeting { tip: commit(answer.base_commit), parted: commit(answer.merge_base_commit) })
    }
}
