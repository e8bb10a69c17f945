//! Asking GitHub: again where that is safe, not faster than it allows, never a write twice.

mod app;

use super::auth::{Auth, Minted};
use super::cache::Cache;
use super::call::{Answer, Call, JSON, Kind};
use super::clock::{Clock, System};
use super::error::Error;
use super::observer::{Asked, Observer, Resource};
use super::place::{Place, origin};
use super::transport::Transport;
use http::Method;
use jiff::Timestamp;
use serde_json::Value;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Between two writes of one installation: what GitHub asks for.
const BETWEEN_WRITES: Duration = Duration::from_secs(1);
/// To wait where GitHub names a limit and no time.
const UNNAMED: Duration = Duration::from_secs(60);
/// Most pages of a list: 3,000 items.
const MAX_PAGES: u32 = 30;
/// Most moves of a repository that was renamed.
const MAX_MOVES: u32 = 3;

/// How long a fault is borne.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How often a question is asked at most.
    pub attempts: u32,
    /// The longest time that is waited for a limit, all waits of a question together. A worker with a queue takes none,
    /// and comes back later.
    pub longest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { attempts: 4, longest: Duration::from_secs(120) }
    }
}

/// GitHub, for one token or one installation.
pub struct Client {
    transport: Transport,
    place: Place,
    auth: Auth,
    minted: Mutex<Option<Minted>>,
    last_write: Mutex<Option<Timestamp>>,
    clock: Arc<dyn Clock>,
    patience: Patience,
    cache: Arc<Cache>,
    between_writes: Duration,
    observer: Option<Arc<dyn Observer>>,
}

impl Client {
    /// A client, inside of a tokio runtime. One for each installation: it holds its token and its pace.
    pub fn new(place: Place, auth: Auth, cache: Arc<Cache>) -> Result<Self, Error> {
        Ok(Self::over(Transport::new()?, place, auth, cache))
    }

    /// The same, over connections that others use too.
    pub fn over(transport: Transport, place: Place, auth: Auth, cache: Arc<Cache>) -> Self {
        Self {
            transport,
            place,
            auth,
            minted: Mutex::default(),
            last_write: Mutex::default(),
            clock: Arc::new(System),
            patience: Patience::default(),
            cache,
            between_writes: BETWEEN_WRITES,
            observer: None,
        }
    }

    /// With somebody who is told of every request.
    pub fn with_observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// With another clock, for tests.
    #[cfg(test)]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// With another patience.
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// With another time between two writes: an Enterprise Server may have no limits.
    pub fn with_pace(mut self, between_writes: Duration) -> Self {
        self.between_writes = between_writes;
        self
    }

    /// With another time to wait for an answer.
    #[cfg(test)]
    pub fn with_time_out(mut self, time: Duration) -> Result<Self, Error> {
        self.transport = Transport::with_time_out(time)?;
        Ok(self)
    }

    /// What is kept of earlier answers.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Result<Answer, Error> {
        self.read(path, JSON).await
    }

    /// Reads, in a media type. An answer that has not changed costs nothing of the limit.
    pub async fn read(&self, path: &str, accept: &'static str) -> Result<Answer, Error> {
        let mut url = self.url(path);
        for _ in 0..MAX_MOVES {
            let known = self.cache.answer(&url);
            let call = Call {
                method: Method::GET,
                url: url.clone(),
                body: None,
                kind: Kind::Read,
                accept,
                etag: known.as_ref().and_then(|answer| answer.etag.clone()),
            };
            let answer = self.ask(&call).await?;
            match (answer.status, known, &answer.location) {
                (304, Some(known), _) => return Ok(known),
                // A repository that was renamed. Never to another host: the token would go with it.
                (301 | 302 | 307 | 308, _, Some(location)) if origin(location) == origin(&url) => {
                    url.clone_from(location);
                }
                (200..=299, _, _) => {
                    self.cache.keep_answer(&url, &answer);
                    return Ok(answer);
                }
                _ => return Err(refused(&call, &answer)),
            }
        }
        Err(Error::NotUnderstood { what: format!("GET {path}"), why: "it has moved too often".to_owned() })
    }

    /// Every item of a list, page by page. By number: the addresses that an Enterprise Server gives may be of a host
    /// that only it knows.
    pub async fn pages<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        let mark = if path.contains('?') { '&' } else { '?' };
        for page in 1..=MAX_PAGES {
            let path = format!("{path}{mark}per_page=100&page={page}");
            let answer = self.get(&path).await?;
            let items: Vec<T> = answer.json(&format!("GET {path}"))?;
            let is_full = items.len() >= 100;
            let is_empty = items.is_empty();
            all.extend(items);
            if is_empty || !(answer.has_next || is_full) {
                break;
            }
        }
        Ok(all)
    }

    /// Asks GraphQL: `data`, with nulls for what is not there.
    pub async fn graphql(&self, query: &str, variables: Value) -> Result<Value, Error> {
        let call = Call {
            method: Method::POST,
            url: self.place.graphql.clone(),
            body: Some(serde_json::json!({ "query": query, "variables": variables })),
            kind: Kind::Read,
            accept: JSON,
            etag: None,
        };
        let answer = self.ask(&call).await?;
        if !(200..300).contains(&answer.status) {
            return Err(refused(&call, &answer));
        }
        let mut body: Value = answer.json(&call.what())?;
        match body.get_mut("data").map(Value::take) {
            Some(data) if !data.is_null() => Ok(data),
            _ => {
                let said = body.pointer("/errors/0/message").and_then(Value::as_str).unwrap_or("no data");
                Err(Error::NotUnderstood { what: call.what(), why: said.chars().take(200).collect() })
            }
        }
    }

    /// Writes something new, once: after an unclear answer the caller looks before it tries again.
    pub async fn post(&self, path: &str, body: Value) -> Result<Answer, Error> {
        self.write(Method::POST, path, Some(body), Kind::Once).await
    }

    /// Changes something to be as said; done twice, it is the same.
    pub async fn patch(&self, path: &str, body: Value) -> Result<Answer, Error> {
        self.write(Method::PATCH, path, Some(body), Kind::Settle).await
    }

    /// The same for what is posted, where the newest counts.
    pub async fn settle(&self, path: &str, body: Value) -> Result<Answer, Error> {
        self.write(Method::POST, path, Some(body), Kind::Settle).await
    }

    /// Asks once, as nobody; any status is an answer.
    #[cfg(feature = "server")]
    pub(super) async fn call_out(&self, path: &str) -> Result<Answer, Error> {
        let url = self.url(path);
        let call = Call { method: Method::GET, url, body: None, kind: Kind::Read, accept: JSON, etag: None };
        self.transport.send(&call, None).await
    }

    /// Lets time pass.
    pub async fn pause(&self, time: Duration) {
        self.clock.sleep(time).await;
    }

    /// The same, for what adds up when it is done twice.
    pub async fn patch_once(&self, path: &str, body: Value) -> Result<Answer, Error> {
        self.write(Method::PATCH, path, Some(body), Kind::Once).await
    }

    /// Deletes. That it is gone already is no fault.
    pub async fn delete(&self, path: &str) -> Result<(), Error> {
        match self.write(Method::DELETE, path, None, Kind::Settle).await {
            Err(error) if error.is_gone() => Ok(()),
            other => other.map(drop),
        }
    }

    async fn write(&self, method: Method, path: &str, body: Option<Value>, kind: Kind) -> Result<Answer, Error> {
        let mut call = Call { method, url: self.url(path), body, kind, accept: JSON, etag: None };
        // Held until the answer: one write at a time, and those that wait for a limit wait behind each other.
        let mut last = self.last_write.lock().await;
        if let Some(last) = *last {
            let passed = Duration::try_from(self.clock.now().duration_since(last)).unwrap_or_default();
            if let Some(rest) = self.between_writes.checked_sub(passed).filter(|rest| !rest.is_zero()) {
                self.clock.sleep(rest).await;
            }
        }
        let mut answer = self.ask(&call).await;
        for _ in 0..MAX_MOVES {
            match &answer {
                // Nothing took place yet. Never to another host, as above.
                Ok(Answer { status: 307 | 308, location: Some(to), .. }) if origin(to) == origin(&call.url) => {
                    call.url.clone_from(to);
                    answer = self.ask(&call).await;
                }
                _ => break,
            }
        }
        *last = Some(self.clock.now());
        drop(last);
        match answer? {
            answer if (200..300).contains(&answer.status) => Ok(answer),
            answer => Err(refused(&call, &answer)),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.place.api)
    }

    /// Whose token is asked with.
    fn installation(&self) -> Option<u64> {
        match &self.auth {
            Auth::App(app) => Some(app.installation),
            Auth::Nobody | Auth::Token(_) => None,
        }
    }

    /// Asks once, and tells whoever counts.
    async fn send(&self, call: &Call, token: Option<&str>, installation: Option<u64>) -> Result<Answer, Error> {
        let start = Instant::now();
        let answer = self.transport.send(call, token).await;
        let answer = answer.map(|answer| answer.without(token.unwrap_or_default()));
        if let Some(observer) = &self.observer {
            let known = answer.as_ref().ok();
            observer.asked(&Asked {
                installation,
                resource: Resource::of(&call.url),
                status: known.map(|answer| answer.status),
                remaining: known.and_then(|answer| answer.remaining),
                reset: known.and_then(|answer| answer.reset),
                took: start.elapsed(),
            });
        }
        answer
    }

    /// Asks as often as is safe. Any status but those of limits and faults is an answer.
    async fn ask(&self, call: &Call) -> Result<Answer, Error> {
        let mut waited = Duration::ZERO;
        let mut is_renewed = false;
        for attempt in 1.. {
            let is_last = attempt >= self.patience.attempts;
            let token = self.token().await?;
            let answer = self.send(call, token.as_deref(), self.installation()).await;
            let pause = match &answer {
                Ok(answer) => match self.limit(answer) {
                    Some(wait) if is_last || waited + wait > self.patience.longest => {
                        return Err(Error::Limited { what: call.what(), wait });
                    }
                    Some(wait) => wait,
                    // Nothing took place: a token may have ended between the look at the clock and the call.
                    None if answer.status == 401 && !is_renewed && self.forget(token.as_deref()).await => {
                        is_renewed = true;
                        continue;
                    }
                    None if answer.status >= 500 => back_off(attempt),
                    None => return Ok(answer.clone()),
                },
                Err(Error::NoAnswer { .. }) => back_off(attempt),
                Err(error) => return Err(error.clone()),
            };
            let took_place_perhaps = answer.as_ref().map_or(true, |answer| answer.status >= 500);
            if is_last || took_place_perhaps && call.kind == Kind::Once {
                return answer.and_then(|answer| Err(refused(call, &answer)));
            }
            waited += pause;
            self.clock.sleep(pause).await;
        }
        Err(Error::Setting("a question must be asked once at least".to_owned()))
    }

    /// How long GitHub asks to wait; none where the answer is about no limit.
    fn limit(&self, answer: &Answer) -> Option<Duration> {
        let names_limit = match answer.status {
            403 | 429 => true,
            // GraphQL says it with 200.
            200 => answer.remaining == Some(0) && has(&answer.body, b"RATE_LIMITED"),
            _ => false,
        };
        if !names_limit {
            return None;
        }
        if let Some(wait) = answer.retry_after {
            return Some(wait.max(BETWEEN_WRITES));
        }
        if let (Some(0), Some(reset)) = (answer.remaining, answer.reset) {
            let seconds = reset.saturating_sub(self.clock.now().as_second()).max(1);
            return Some(Duration::from_secs(seconds.unsigned_abs()));
        }
        let is_secondary = answer.status == 429 || has(&answer.body, b"secondary rate limit");
        (is_secondary || answer.remaining == Some(0)).then_some(UNNAMED)
    }
}

/// 1, 2, 4 … seconds.
fn back_off(attempt: u32) -> Duration {
    Duration::from_secs(1 << attempt.saturating_sub(1).min(5))
}

fn refused(call: &Call, answer: &Answer) -> Error {
    Error::Refused { what: call.what(), status: answer.status, message: answer.message() }
}

fn has(body: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(body, words).is_some()
}
