//! The comments of a pull request.

use super::client::Client;
use super::error::Error;
use serde_json::{Value, json};

/// The talk below a pull request, as far as it matters to us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discussion {
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// Whether somebody else deleted a comment of ours. Not known where GitHub's GraphQL is not to be had.
    pub ours_was_deleted: bool,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub id: u64,
    pub body: String,
    /// Whether we wrote it.
    pub is_ours: bool,
    /// Whether somebody hid it.
    pub is_minimized: bool,
}

impl Discussion {
    /// Our comments with a marker, oldest first. A marker alone proves nothing: anybody can write one.
    pub fn ours<'d>(&'d self, has_marker: &'d (dyn Fn(&str) -> bool + Sync)) -> impl Iterator<Item = &'d Comment> {
        self.comments.iter().filter(move |comment| comment.is_ours && has_marker(&comment.body))
    }
}

/// A comment or a review as GitHub gives it.
#[derive(serde::Deserialize)]
pub(super) struct Item {
    id: u64,
    #[serde(default)]
    pub(super) body: Option<String>,
    pub(super) user: Option<User>,
}

#[derive(serde::Deserialize)]
pub(super) struct User {
    pub(super) login: String,
}

#[derive(serde::Deserialize)]
struct Written {
    id: u64,
}

impl Client {
    /// The talk below a pull request, in as many questions as it has pages.
    pub async fn discussion(&self, repository: &str, pull: u64) -> Result<Discussion, Error> {
        let items: Vec<Item> = self.pages(&format!("/repos/{repository}/issues/{pull}/comments")).await?;
        let me = if items.is_empty() { String::new() } else { self.login().await? };
        let mut comments: Vec<Comment> = items
            .into_iter()
            .map(|item| Comment {
                id: item.id,
                body: item.body.unwrap_or_default(),
                is_ours: item.user.is_some_and(|user| bare(&user.login) == bare(&me)),
                is_minimized: false,
            })
            .collect();
        comments.sort_by_key(|comment| comment.id);
        Ok(Discussion { comments, ours_was_deleted: false })
    }

    /// Our name. A workflow's token may not ask for it, and has always the same.
    pub(super) async fn login(&self) -> Result<String, Error> {
        const WORKFLOW: &str = "github-actions[bot]";
        match self.get("/user").await {
            Ok(answer) => Ok(answer.json::<User>("GET /user")?.login),
            Err(error) if error.is_denied() => Ok(self.app_login().await?.unwrap_or_else(|| WORKFLOW.to_owned())),
            Err(error) => Err(error),
        }
    }

    /// Writes a comment; its number.
    pub async fn create_comment(&self, repository: &str, pull: u64, body: &str) -> Result<u64, Error> {
        let path = format!("/repos/{repository}/issues/{pull}/comments");
        let answer = self.post(&path, json!({ "body": body })).await?;
        Ok(answer.json::<Written>(&path)?.id)
    }

    /// Changes a comment.
    pub async fn update_comment(&self, repository: &str, comment: u64, body: &str) -> Result<(), Error> {
        let path = format!("/repos/{repository}/issues/comments/{comment}");
        self.patch(&path, json!({ "body": body })).await.map(drop)
    }

    /// Deletes a comment.
    pub async fn delete_comment(&self, repository: &str, comment: u64) -> Result<(), Error> {
        self.delete(&format!("/repos/{repository}/issues/comments/{comment}")).await
    }
}

/// REST says `name[bot]` where GraphQL says `name`.
pub fn bare(login: &str) -> &str {
    login.strip_suffix("[bot]").unwrap_or(login)
}

/// The part of a question in GraphQL that is about the talk below a pull request.
pub const DISCUSSION: &str = "pullRequest(number: $pull) { \
    comments(first: 100) { nodes { fullDatabaseId body viewerDidAuthor isMinimized } pageInfo { hasNextPage } } \
    timelineItems(last: 100, itemTypes: [COMMENT_DELETED_EVENT]) { nodes { \
    ... on CommentDeletedEvent { actor { login } deletedCommentAuthor { login } } } } }";

/// What GraphQL answered to [`DISCUSSION`], with our own name. None where it is not the whole talk.
pub fn from_graphql(pull: &Value, me: &str) -> Option<Discussion> {
    let list = pull.get("comments")?;
    if list.pointer("/pageInfo/hasNextPage").and_then(Value::as_bool) != Some(false) {
        return None;
    }
    let comment = |node: &Value| {
        // A number too large for GraphQL's own numbers comes as text.
        let id = node.get("fullDatabaseId")?;
        Some(Comment {
            id: id.as_u64().or_else(|| id.as_str()?.parse().ok())?,
            body: node.get("body")?.as_str()?.to_owned(),
            is_ours: node.get("viewerDidAuthor")?.as_bool()?,
            is_minimized: node.get("isMinimized")?.as_bool()?,
        })
    };
    let mut comments = list.get("nodes")?.as_array()?.iter().map(comment).collect::<Option<Vec<_>>>()?;
    comments.sort_by_key(|comment| comment.id);
    let login = |node: &Value, who: &str| {
        node.pointer(&format!("/{who}/login")).and_then(Value::as_str).map(|login| bare(login).to_owned())
    };
    let ours_was_deleted = pull.pointer("/timelineItems/nodes").and_then(Value::as_array).is_some_and(|events| {
        events.iter().any(|event| {
            let by_us = login(event, "actor").as_deref() == Some(bare(me));
            login(event, "deletedCommentAuthor").as_deref() == Some(bare(me)) && !by_us
        })
    });
    Some(Discussion { comments, ours_was_deleted })
}
