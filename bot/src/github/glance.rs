//! The first look at a pull request: one question for its commits, the small files that decide how it is judged, and
//! the talk below it.

use super::blobs::Blob;
use super::client::Client;
use super::comments::{self, Discussion};
use super::error::Error;
use super::hash;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What is looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Question<'q> {
    /// `owner/name`.
    pub repository: &'q str,
    /// The commit that is judged.
    pub head: &'q str,
    /// The commit that it is compared with; none: its first parent.
    pub base: Option<&'q str>,
    /// The pull request whose comments are looked at.
    pub pull: Option<u64>,
    /// Small files to bring along, from both commits.
    pub files: &'q [&'q str],
    /// Content to bring along, by its ids, where it is text: a guess at what will be asked for next.
    pub blobs: &'q [&'q str],
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    pub id: String,
    /// The id of its tree, or of itself where the tree's is not known: GitHub takes both.
    pub tree: String,
    /// The small files that were asked for and that it has, with the ids of their content. None: not known.
    pub files: Option<BTreeMap<String, String>>,
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub head: Commit,
    /// None where the head has no parent.
    pub base: Option<Commit>,
    /// None where it was not asked for.
    pub discussion: Option<Discussion>,
}

impl Client {
    /// Looks, in one question where GitHub answers GraphQL, else in two or three.
    pub async fn glance(&self, question: Question<'_>) -> Result<Seen, Error> {
        for id in std::iter::once(question.head).chain(question.base) {
            if !hash::is_id(id) {
                return Err(Error::Setting(format!("`{}` is no commit's id", id.escape_debug())));
            }
        }
        let seen = match self.ask_graphql(&question).await {
            Ok(seen) => seen,
            Err(error @ (Error::Limited { .. } | Error::Setting(_))) => return Err(error),
            Err(_) => None,
        };
        let mut seen = match seen {
            Some(seen) => seen,
            None => self.ask_rest(&question).await?,
        };
        if let (Some(pull), None) = (question.pull, &seen.discussion) {
            seen.discussion = Some(self.discussion(question.repository, pull).await?);
        }
        Ok(seen)
    }

    async fn ask_graphql(&self, question: &Question<'_>) -> Result<Option<Seen>, Error> {
        let (owner, name) = question.repository.split_once('/').unwrap_or((question.repository, ""));
        let variables = json!({
            "owner": owner, "name": name, "head": question.head, "base": question.base, "pull": question.pull,
        });
        let data = self.graphql(&query(question), variables).await?;
        let Some(repository) = data.get("repository") else { return Ok(None) };
        for (at, id) in question.blobs.iter().filter(|id| hash::is_id(id)).enumerate() {
            let text = repository.pointer(&format!("/b{at}/text")).and_then(Value::as_str);
            if let Some(text) = text.filter(|text| hash::is_blob(id, text.as_bytes())) {
                self.cache().keep_blob(id, Blob::of(text.as_bytes().to_vec()));
            }
        }
        let head = repository.get("head");
        let base = match question.base {
            Some(_) => repository.get("base"),
            None => head.and_then(|head| head.pointer("/parents/nodes/0")),
        };
        let base = base.and_then(|base| self.commit(base, question.files));
        let Some(head) = head.and_then(|head| self.commit(head, question.files)) else { return Ok(None) };
        if question.base.is_some() && base.is_none() {
            return Ok(None);
        }
        let me = data.pointer("/viewer/login").and_then(Value::as_str).unwrap_or_default();
        let discussion = repository.get("pullRequest").and_then(|pull| comments::from_graphql(pull, me));
        Ok(Some(Seen { head, base, discussion }))
    }

    /// A commit, whose files that came along need not be asked for again.
    fn commit(&self, value: &Value, wanted: &[&str]) -> Option<Commit> {
        let text = |value: &Value, at: &str| value.pointer(at)?.as_str().map(str::to_owned);
        let id = |value: &Value, at: &str| text(value, at).filter(|id| hash::is_id(id));
        let mut files = BTreeMap::new();
        for (at, file) in wanted.iter().enumerate() {
            let Some(blob) = value.pointer(&format!("/f{at}/object")) else { continue };
            let id = id(blob, "/oid")?;
            if let Some(text) = text(blob, "/text").filter(|text| hash::is_blob(&id, text.as_bytes())) {
                self.cache().keep_blob(&id, Blob::of(text.into_bytes()));
            }
            files.insert((*file).to_owned(), id);
        }
        Some(Commit { id: id(value, "/oid")?, tree: id(value, "/tree/oid")?, files: Some(files) })
    }

    async fn ask_rest(&self, question: &Question<'_>) -> Result<Seen, Error> {
        #[derive(serde::Deserialize)]
        struct Answer {
            tree: Id,
            #[serde(default)]
            parents: Vec<Id>,
        }
        #[derive(serde::Deserialize)]
        struct Id {
            sha: String,
        }
        let path = format!("/repos/{}/git/commits/{}", question.repository, question.head);
        let answer: Answer = self.get(&path).await?.json(&path)?;
        let base = question.base.map(str::to_owned).or_else(|| answer.parents.into_iter().next().map(|id| id.sha));
        Ok(Seen {
            head: Commit { id: question.head.to_owned(), tree: answer.tree.sha, files: None },
            base: base.map(|id| Commit { tree: id.clone(), id, files: None }),
            discussion: None,
        })
    }
}

fn query(question: &Question<'_>) -> String {
    let mut files = String::new();
    for (at, file) in question.files.iter().enumerate() {
        // JSON's text is GraphQL's text.
        let _ = write!(files, " f{at}: file(path: {}) {{ object {{ oid ... on Blob {{ text }} }} }}", json!(file));
    }
    let mut takes = String::from("$owner: String!, $name: String!, $head: GitObjectID!");
    let mut asks = String::from("head: object(oid: $head) { ...seen");
    match question.base {
        Some(_) => {
            takes.push_str(", $base: GitObjectID!");
            asks.push_str(" } base: object(oid: $base) { ...seen }");
        }
        None => asks.push_str(" ... on Commit { parents(first: 1) { nodes { ...seen } } } }"),
    }
    if question.pull.is_some() {
        takes.push_str(", $pull: Int!");
        let _ = write!(asks, " {}", comments::DISCUSSION);
    }
    for (at, id) in question.blobs.iter().filter(|id| hash::is_id(id)).enumerate() {
        let _ = write!(asks, " b{at}: object(oid: \"{id}\") {{ ... on Blob {{ text }} }}");
    }
    format!(
        "query Glance({takes}) {{ viewer {{ login }} repository(owner: $owner, name: $name) {{ {asks} }} }} \
         fragment seen on Commit {{ oid tree {{ oid }}{files} }}"
    )
}
