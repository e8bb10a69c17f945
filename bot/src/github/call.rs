//! A question to GitHub, and its answer, without any library's types.

use super::error::Error;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How often a question may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Changes nothing: asked again after any fault.
    Read,
    /// A write that ends the same however often it is done: asked again after any fault.
    Settle,
    /// A write that would be done twice: asked again only where it is known not to have taken place.
    Once,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: http::Method,
    /// The whole address.
    pub url: String,
    pub body: Option<serde_json::Value>,
    pub kind: Kind,
    /// Media type that is asked for.
    pub accept: &'static str,
    /// The ETag of the answer that we have.
    pub etag: Option<String>,
}

/// What GitHub speaks.
pub const JSON: &str = "application/vnd.github+json";
/// A blob's bytes as they are.
pub const RAW: &str = "application/vnd.github.raw+json";

impl Call {
    /// What was asked, for messages: no host, no query, no secrets.
    pub fn what(&self) -> String {
        let path = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        let path = path.find('/').map_or("/", |at| &path[at..]);
        format!("{} {}", self.method, path.split('?').next().unwrap_or(path))
    }
}

/// An answer: any status.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    pub etag: Option<String>,
    /// Where it has moved to.
    pub location: Option<String>,
    /// Whether there is a next page.
    pub has_next: bool,
    /// The `cursor` of the next page, for lists that have one.
    pub next_cursor: Option<String>,
    /// GitHub's own time.
    pub date: Option<jiff::Timestamp>,
    /// `retry-after`.
    pub retry_after: Option<Duration>,
    /// `x-ratelimit-remaining`.
    pub remaining: Option<u64>,
    /// `x-ratelimit-reset`, in seconds since 1970.
    pub reset: Option<i64>,
}

impl Answer {
    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self, what: &str) -> Result<T, Error> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Error::NotUnderstood { what: what.to_owned(), why: error.to_string() })
    }

    /// The body as JSON that holds a secret: what is wrong with it is said without its words.
    pub fn secret_json<T: DeserializeOwned>(&self, what: &str) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|error| Error::NotUnderstood {
            what: what.to_owned(),
            why: format!("another shape than documented, in line {}, column {}", error.line(), error.column()),
        })
    }

    /// Without what it was asked with. GitHub does not repeat it, but what stands between may: a proxy's page of a fault
    /// shows the request as it came.
    pub fn without(mut self, secret: &str) -> Self {
        let secret = secret.as_bytes();
        if secret.is_empty() || memchr::memmem::find(&self.body, secret).is_none() {
            return self;
        }
        let mut body = Vec::with_capacity(self.body.len());
        let mut rest = self.body.as_slice();
        while let Some(at) = memchr::memmem::find(rest, secret) {
            body.extend_from_slice(&rest[..at]);
            body.extend_from_slice(b"[secret]");
            rest = &rest[at + secret.len()..];
        }
        body.extend_from_slice(rest);
        self.body = body;
        self
    }

    /// GitHub's own words about a fault, on one line.
    pub fn message(&self) -> String {
        #[derive(serde::Deserialize)]
        struct Fault {
            message: String,
        }
        let said = serde_json::from_slice::<Fault>(&self.body).map(|fault| fault.message).unwrap_or_default();
        said.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).take(200).collect()
    }
}
