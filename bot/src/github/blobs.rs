//! The content of files by their ids: many in one question to GraphQL, one by one where that gives none.

use super::call::RAW;
use super::client::Client;
use super::error::Error;
use super::hash;
use adrule_policy::text::decode;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Deref;
use std::sync::Arc;

/// Most blobs of one question.
const MAX_COUNT: usize = 200;
/// Most bytes of one question: GitHub ends a request after ten seconds.
const MAX_BYTES: u64 = 4 << 20;

/// The content of a file: in memory once, however often it is given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blob {
    /// Text, as far as a file is text to us.
    Text(Arc<str>),
    /// Anything else.
    Bytes(Arc<[u8]>),
}

impl Blob {
    /// From its bytes.
    pub fn of(bytes: Vec<u8>) -> Self {
        match decode(&bytes) {
            Ok(text) => Self::Text(text.into()),
            Err(_) => Self::Bytes(bytes.into()),
        }
    }
}

impl Deref for Blob {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

impl Client {
    /// The bytes of blobs, by id. Each is checked against its id, so a text that was changed on its way is not taken.
    pub async fn blobs(
        &self,
        repository: &str,
        wanted: &BTreeMap<String, u64>,
    ) -> Result<BTreeMap<String, Blob>, Error> {
        let mut found = BTreeMap::new();
        let mut missing: Vec<(&str, u64)> = Vec::new();
        for (id, &size) in wanted.iter().filter(|(id, _)| hash::is_id(id)) {
            match self.cache().blob(id) {
                Some(blob) => drop(found.insert(id.clone(), blob)),
                None => missing.push((id, size)),
            }
        }
        let mut left: BTreeSet<&str> = missing.iter().map(|(id, _)| *id).collect();
        for batch in batches(&missing) {
            // For one file a question in GraphQL is not cheaper, and knows fewer contents.
            let texts = if batch.len() > 1 { self.texts(repository, &batch).await } else { Ok(Vec::new()) };
            match texts {
                Ok(texts) => {
                    for (id, text) in texts {
                        left.remove(id);
                        found.insert(id.to_owned(), self.cache().keep_blob(id, Blob::of(text.into_bytes())));
                    }
                }
                // A server without GraphQL, or one that is tired of it: the other way works.
                Err(Error::Refused { .. } | Error::NotUnderstood { .. } | Error::NoAnswer { .. }) => break,
                Err(error) => return Err(error),
            }
        }
        for id in left {
            let what = format!("/repos/{repository}/git/blobs/{id}");
            let bytes = self.read(&what, RAW).await?.body;
            if !hash::is_blob(id, &bytes) {
                return Err(Error::NotUnderstood { what, why: "the content is not that of its id".to_owned() });
            }
            found.insert(id.to_owned(), self.cache().keep_blob(id, Blob::of(bytes)));
        }
        Ok(found)
    }

    /// The blobs of a batch that are text and arrived as they are.
    async fn texts<'i>(&self, repository: &str, batch: &[&'i str]) -> Result<Vec<(&'i str, String)>, Error> {
        let (owner, name) = repository.split_once('/').unwrap_or((repository, ""));
        let mut query =
            String::from("query Blobs($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {");
        for (at, id) in batch.iter().enumerate() {
            let _ = write!(query, " b{at}: object(oid: \"{id}\") {{ ... on Blob {{ text }} }}");
        }
        query.push_str(" } }");
        let mut data = self.graphql(&query, serde_json::json!({ "owner": owner, "name": name })).await?;
        let texts = batch.iter().enumerate().filter_map(|(at, &id)| {
            match data.pointer_mut(&format!("/repository/b{at}/text")).map(Value::take) {
                Some(Value::String(text)) if hash::is_blob(id, text.as_bytes()) => Some((id, text)),
                _ => None,
            }
        });
        Ok(texts.collect())
    }
}

fn batches<'i>(missing: &[(&'i str, u64)]) -> Vec<Vec<&'i str>> {
    let mut batches: Vec<Vec<&str>> = Vec::new();
    let mut bytes = 0;
    for &(id, size) in missing {
        match batches.last_mut() {
            Some(batch) if batch.len() < MAX_COUNT && bytes + size <= MAX_BYTES => {
                bytes += size;
                batch.push(id);
            }
            _ => {
                bytes = size;
                batches.push(vec![id]);
            }
        }
    }
    batches
}
