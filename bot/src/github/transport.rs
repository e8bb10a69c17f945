//! octocrab, as a transport: connections, TLS, time-outs. The only module that knows it.
//!
//! Left off, each with a test in `tests`: its retries (they repeat a POST that may have taken place), its
//! tokens (concurrent first calls mint several; pages of an Enterprise Server are asked for without one), its waiting for
//! limits (it sleeps inside the request) and its models (closed enums refuse what GitHub adds).

use super::call::{Answer, Call};
use super::error::Error;
use http_body_util::{BodyExt as _, Limited};
use octocrab::{OctoBody, Octocrab};
use std::time::Duration;

/// Largest answer that is taken, in bytes: a tree of 100,000 files is 30 MB.
const MAX_ANSWER: usize = 96 << 20;

const CONNECT: Duration = Duration::from_secs(10);
/// GitHub ends a request of its own after 10 seconds.
const READ: Duration = Duration::from_secs(30);

/// Sends one request, once. A copy shares connections, and what is known of certificates, which takes more room than all
/// else of a client.
#[derive(Clone)]
pub struct Transport {
    octocrab: Octocrab,
    read: Duration,
}

impl Transport {
    /// A transport; inside of a tokio runtime.
    pub fn new() -> Result<Self, Error> {
        Self::with_time_out(READ)
    }

    /// The same, with another time to wait for an answer.
    pub fn with_time_out(read: Duration) -> Result<Self, Error> {
        let octocrab = Octocrab::builder()
            .set_connect_timeout(Some(CONNECT))
            .set_read_timeout(Some(read))
            .set_write_timeout(Some(READ))
            .build()
            .map_err(|error| Error::Setting(format!("no connection can be made: {}", causes(&error))))?;
        Ok(Self { octocrab, read })
    }

    /// Asks once. Any status is an answer.
    pub async fn send(&self, call: &Call, token: Option<&str>) -> Result<Answer, Error> {
        let fault = |why: String| Error::NoAnswer { what: call.what(), why };
        let request = request(call, token)?;
        // A second guard: a server that trickles bytes never lets a read time out.
        let whole = self.read.saturating_mul(4);
        let answer = tokio::time::timeout(whole, async {
            let response = self.octocrab.execute(request).await.map_err(|error| fault(causes(&error)))?;
            let (head, body) = response.into_parts();
            let body = Limited::new(body, MAX_ANSWER).collect().await.map_err(|error| fault(error.to_string()))?;
            Ok((head, body.to_bytes().to_vec()))
        });
        let (head, body) = answer.await.map_err(|_| fault("it took too long".to_owned()))??;
        let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok(Answer {
            status: head.status.as_u16(),
            body,
            etag: text("etag"),
            location: text("location"),
            has_next: text("link").is_some_and(|link| link.contains("rel=\"next\"")),
            next_cursor: text("link").and_then(|link| next_cursor(&link)),
            date: text("date").and_then(|date| jiff::fmt::rfc2822::parse(&date).ok()).map(|date| date.timestamp()),
            retry_after: text("retry-after").and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs),
            remaining: text("x-ratelimit-remaining").and_then(|number| number.trim().parse().ok()),
            reset: text("x-ratelimit-reset").and_then(|number| number.trim().parse().ok()),
        })
    }
}

/// The cursor in the address of the next page: no host of it is used.
fn next_cursor(link: &str) -> Option<String> {
    let next = link.split(',').find(|part| part.contains("rel=\"next\""))?;
    let address = next.split(['<', '>']).nth(1)?;
    let cursor = address.split(['?', '&']).find_map(|part| part.strip_prefix("cursor="))?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.%=".contains(&byte);
    cursor.bytes().all(is_plain).then(|| cursor.to_owned())
}

fn request(call: &Call, token: Option<&str>) -> Result<http::Request<OctoBody>, Error> {
    let wrong = |error: http::Error| Error::Setting(format!("{} cannot be asked: {error}", call.what()));
    // The version of the interface that all of this was written for.
    let mut builder = http::Request::builder()
        .method(call.method.clone())
        .uri(&call.url)
        .header("user-agent", concat!("adrule/", env!("CARGO_PKG_VERSION")))
        .header("accept", call.accept)
        .header("x-github-api-version", "2022-11-28");
    if let Some(token) = token {
        let mut value = http::HeaderValue::from_str(&format!("Bearer {token}"))
            .map_err(|_| Error::Setting("the token holds characters that no token has".to_owned()))?;
        value.set_sensitive(true);
        builder = builder.header("authorization", value);
    }
    if let Some(etag) = &call.etag {
        builder = builder.header("if-none-match", etag);
    }
    let body = match &call.body {
        Some(body) => {
            builder = builder.header("content-type", "application/json");
            OctoBody::from(body.to_string())
        }
        None => OctoBody::empty(),
    };
    builder.body(body).map_err(wrong)
}

/// An error and its causes on one line; octocrab's own text alone is often only "Service Error".
fn causes(error: &dyn std::error::Error) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default().to_owned();
        if !first.is_empty() && said.last() != Some(&first) && said.len() < 6 {
            said.push(first);
        }
        next = error.source();
    }
    said.join(": ")
}
