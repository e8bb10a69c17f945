//! What an installation may see, and what people ask of it below a pull request.

use super::client::Client;
use super::error::Error;
use serde_json::json;

/// A comment that may hold a command.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Remark {
    #[serde(default)]
    pub body: Option<String>,
    #[serde(default)]
    pub user: Option<Asker>,
}

/// Who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Asker {
    pub login: String,
    /// `User`, `Bot`, …
    #[serde(rename = "type", default)]
    pub kind: String,
}

/// Most pages of repositories: 10,000 of them.
const MAX_PAGES: u32 = 100;

impl Client {
    /// The repositories of the installation, as `owner/name`, without archived ones: nothing can be written there.
    pub async fn repositories(&self) -> Result<Vec<String>, Error> {
        #[derive(serde::Deserialize)]
        struct Page {
            repositories: Vec<Named>,
        }
        #[derive(serde::Deserialize)]
        struct Named {
            full_name: String,
            #[serde(default)]
            archived: bool,
        }
        let mut all = Vec::new();
        for page in 1..=MAX_PAGES {
            let path = format!("/installation/repositories?per_page=100&page={page}");
            let answer = self.get(&path).await?;
            let found = answer.json::<Page>("GET /installation/repositories")?.repositories;
            let is_last = found.is_empty() || !(answer.has_next || found.len() >= 100);
            all.extend(found.into_iter().filter(|one| !one.archived).map(|one| one.full_name));
            if is_last {
                break;
            }
        }
        Ok(all)
    }

    /// The numbers of the App's installations that are not suspended: asked as the App itself.
    pub async fn installations(&self) -> Result<Vec<u64>, Error> {
        #[derive(serde::Deserialize)]
        struct One {
            id: u64,
            #[serde(default)]
            suspended_at: Option<String>,
        }
        let mut all = Vec::new();
        for page in 1..=MAX_PAGES {
            let path = format!("/app/installations?per_page=100&page={page}");
            let answer = self.as_app(http::Method::GET, &path).await?;
            let found = answer.json::<Vec<One>>("GET /app/installations")?;
            let is_last = found.is_empty() || !(answer.has_next || found.len() >= 100);
            all.extend(found.into_iter().filter(|one| one.suspended_at.is_none()).map(|one| one.id));
            if is_last {
                break;
            }
        }
        Ok(all)
    }

    /// A comment below a pull request. None: it was deleted.
    pub async fn remark(&self, repository: &str, comment: u64) -> Result<Option<Remark>, Error> {
        let path = format!("/repos/{repository}/issues/comments/{comment}");
        match self.get(&path).await {
            Ok(answer) => answer.json(&path).map(Some),
            Err(error) if error.is_gone() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Says that a comment was seen. Said twice, it is there once.
    pub async fn nod(&self, repository: &str, comment: u64) -> Result<(), Error> {
        let path = format!("/repos/{repository}/issues/comments/{comment}/reactions");
        match self.settle(&path, json!({ "content": "eyes" })).await {
            Err(error) if error.is_gone() => Ok(()),
            other => other.map(drop),
        }
    }
}
