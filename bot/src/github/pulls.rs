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
    #[serde(default)]
    pub title: String,
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

/// A commit as REST describes it.
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

impl Item {
    fn commit(self) -> Commit {
        Commit { id: self.sha, tree: self.commit.tree.sha, files: None }
    }
}

impl Client {
    /// The open pull requests from a branch of an owner, whose head is this commit. A commit can be the head of
    /// several, to different bases.
    pub async fn pulls_of(&self, repository: &str, owner: &str, branch: &str, head: &str) -> Result<Vec<Pull>, Error> {
        let from = encode(&format!("{owner}:{branch}"));
        let pulls: Vec<Pull> = self.pages(&format!("/repos/{repository}/pulls?state=open&head={from}")).await?;
        Ok(pulls.into_iter().filter(|pull| pull.head.sha == head).collect())
    }

    /// A pull request as it is now. None: it is not there, or not for us to see.
    pub async fn pull(&self, repository: &str, number: u64) -> Result<Option<Pull>, Error> {
        let path = format!("/repos/{repository}/pulls/{number}");
        match self.get(&path).await {
            Ok(answer) => answer.json(&path).map(Some),
            Err(error) if error.is_gone() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The open pull requests of a repository, up to 3,000.
    pub async fn open_pulls(&self, repository: &str) -> Result<Vec<Pull>, Error> {
        self.pages(&format!("/repos/{repository}/pulls?state=open&sort=created")).await
    }

    /// The newest commit of a branch, `HEAD` for the default one. None: there is none, or not for us to see.
    pub async fn branch(&self, repository: &str, branch: &str) -> Result<Option<Commit>, Error> {
        let path = format!("/repos/{repository}/commits/{}", encode(branch));
        match self.get(&path).await {
            Ok(answer) => answer.json::<Item>(&path).map(|item| Some(item.commit())),
            Err(Error::Refused { status: 404 | 409 | 422, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The open pull requests whose head is this commit, of whatever repository: an event about a check names none where
    /// the head is a fork's.
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
        // The files are not looked at: GitHub cuts their list at 300 without a word. Trees are compared.
        let path = format!("/repos/{repository}/compare/{}...{head}?per_page=1", encode(base));
        let answer: Answer = self.get(&path).await?.json(&path)?;
        Ok(Meeting { tip: answer.base_commit.commit(), parted: answer.merge_base_commit.commit() })
    }
}
