//! Whether the process lives (`/healthz`), and whether it can do its work (`/readyz`).
//!
//! A probe comes every few seconds, from several sides, and asks for nothing that it knows already: a token is minted
//! once in a while, the store is written to once a second at most.

use super::credentials::{Credentials, Live};
use super::metrics::{age, metrics};
use super::stop::Stop;
use super::store::{Depth, Store};
use crate::github::{self, Cache, Client};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Write as _;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// A job that is due for longer says that nobody works: several tries of GitHub's fit in.
pub const OLDEST: Duration = Duration::from_secs(15 * 60);
/// How long a probe waits for an answer of store or GitHub: Kubernetes' own patience is a second unless told otherwise.
const PATIENCE: Duration = Duration::from_millis(900);
/// How long a minted token is proof enough, and how long a failure is.
const TOKEN_GOOD: Duration = Duration::from_secs(300);
const TOKEN_BAD: Duration = Duration::from_secs(15);
/// How long one look at the store serves all probes.
const STORE_FRESH: Duration = Duration::from_secs(1);
/// Minting is given up after so long, for the next probe to begin anew.
const LONGEST: Duration = Duration::from_secs(20);

/// A look that comes to an end some time, with the reason where it is not well.
pub type Looking<'l, T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send + 'l>>;

/// What readiness is about.
pub trait World: Send + Sync + 'static {
    /// Writes to the store.
    fn write(&self) -> Looking<'_, ()>;
    /// Asks the store how full the queue is.
    fn depth(&self) -> Looking<'_, Depth>;
    /// Mints a token.
    fn mint(&self) -> Looking<'_, ()>;
}

/// The store and the GitHub of this process.
pub struct Here {
    pub store: Store,
    pub live: Live,
}

impl World for Here {
    fn write(&self) -> Looking<'_, ()> {
        Box::pin(async { self.store.writable(Timestamp::now()).await.map_err(|error| error.to_string()) })
    }

    fn depth(&self) -> Looking<'_, Depth> {
        Box::pin(async { self.store.depth(Timestamp::now()).await.map_err(|error| error.to_string()) })
    }

    fn mint(&self) -> Looking<'_, ()> {
        Box::pin(async {
            let credentials = self.live.now().ok_or("no App is configured; /setup leads through it")?;
            mint(&credentials).await.map_err(|error| error.to_string())
        })
    }
}

/// Mints a token for an installation, and asks what is free of charge with it.
async fn mint(credentials: &Credentials) -> Result<(), github::Error> {
    let client = |installation| {
        let client =
            Client::new(credentials.place.clone(), credentials.auth(installation)?, Arc::new(Cache::default()))?;
        Ok::<_, github::Error>(client.with_observer(Arc::new(metrics())))
    };
    let (installed, _) = client(0)?.installed().await?;
    // As long as nobody has installed the App, that GitHub knows the key has to do.
    let Some(first) = installed.iter().find(|one| one.suspended_at.is_none()) else { return Ok(()) };
    match client(first.id)?.get("/rate_limit").await {
        // An Enterprise Server without limits.
        Err(error) if error.is_gone() => Ok(()),
        other => other.map(drop),
    }
}

/// Answers probes.
pub struct Health {
    world: Arc<dyn World>,
    stop: Stop,
    oldest: Duration,
    store: Known<Depth>,
    token: Known<()>,
    /// Whether the last answer was yes: a change is worth a line in the log.
    was_ready: AtomicBool,
}

/// What the last look found, for as long as it counts.
type Known<T> = Arc<Mutex<Option<(Instant, Result<T, String>)>>>;

impl Health {
    /// Readiness ends where a job that could run is due for longer than `oldest`.
    pub fn new(world: Arc<dyn World>, stop: Stop, oldest: Duration) -> Arc<Self> {
        let (store, token) = (Known::default(), Known::default());
        Arc::new(Self { world, stop, oldest, store, token, was_ready: AtomicBool::new(false) })
    }

    /// Whether the work can be done, and what is in its way.
    pub async fn look(&self) -> Readiness {
        let world = Arc::clone(&self.world);
        let store = known(&self.store, STORE_FRESH, STORE_FRESH, move || async move {
            world.write().await?;
            world.depth().await
        });
        let world = Arc::clone(&self.world);
        let token = known(&self.token, TOKEN_GOOD, TOKEN_BAD, move || async move { world.mint().await });
        let (store, token) = tokio::join!(store, token);
        let now = Timestamp::now();
        let readiness = Readiness::of(self.stop.is_set(), &store, &token, self.oldest, now);
        if self.was_ready.swap(readiness.ready, Ordering::Relaxed) != readiness.ready {
            match readiness.ready {
                true => tracing::info!("ready"),
                false => tracing::warn!(why = readiness.why(), "not ready"),
            }
        }
        readiness
    }
}

/// What is known, or found out now: by one look, however many ask for it. A look that takes longer than anybody waits is
/// not broken off, so that the next one who asks finds its result.
async fn known<T, F, L>(known: &Known<T>, good: Duration, bad: Duration, look: F) -> Result<T, String>
where
    T: Clone + Send + 'static,
    F: FnOnce() -> L + Send + 'static,
    L: Future<Output = Result<T, String>> + Send,
{
    let known = Arc::clone(known);
    let asked = tokio::spawn(async move {
        let mut known = known.lock().await;
        if let Some((at, result)) = known.as_ref()
            && at.elapsed() < if result.is_ok() { good } else { bad }
        {
            return result.clone();
        }
        let result = tokio::time::timeout(LONGEST, look()).await;
        let result = result.unwrap_or_else(|_| Err("no answer".to_owned()));
        *known = Some((Instant::now(), result.clone()));
        result
    });
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) | Err(_) => Err("no answer yet".to_owned()),
    }
}

/// The answer to a probe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Whether all of it is so.
    pub ready: bool,
    /// Each check, in a fixed order.
    pub checks: Vec<Check>,
}

/// One thing that has to be so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// `running`, `store`, `token` or `queue`.
    pub name: &'static str,
    /// Whether it is so.
    pub ok: bool,
    /// In words.
    pub says: String,
}

impl Readiness {
    fn of(
        is_ending: bool,
        store: &Result<Depth, String>,
        token: &Result<(), String>,
        oldest: Duration,
        now: Timestamp,
    ) -> Self {
        let running = match is_ending {
            false => check("running", true, "The process takes deliveries."),
            true => check("running", false, "The process is ending: it finishes what it has begun."),
        };
        let written = match store {
            Ok(_) => check("store", true, "The store can be written."),
            Err(why) => check("store", false, format!("The store cannot be written: {why}.")),
        };
        let minted = match token {
            Ok(()) => check("token", true, "GitHub gives us tokens."),
            Err(why) => check("token", false, format!("No token can be minted: {why}.")),
        };
        let queue = match store.as_ref().map(|depth| age(*depth, now)) {
            Ok(age) if age.is_zero() => check("queue", true, "No job waits for a worker."),
            Ok(age) => check(
                "queue",
                age <= oldest,
                format!("The oldest job is due for {} s; the limit is {} s.", age.as_secs(), oldest.as_secs()),
            ),
            Err(_) => check("queue", false, "The queue is not known, since the store does not answer."),
        };
        let checks = vec![running, written, minted, queue];
        Self { ready: checks.iter().all(|check| check.ok), checks }
    }

    /// What is in the way, in words.
    pub fn why(&self) -> String {
        let wrong: Vec<&str> = self.checks.iter().filter(|check| !check.ok).map(|check| check.says.as_str()).collect();
        wrong.join(" ")
    }

    /// The whole answer, for people.
    pub fn words(&self) -> String {
        let mut words = String::from(if self.ready { "ready\n" } else { "not ready\n" });
        for Check { name, ok, says } in &self.checks {
            let _ = writeln!(words, "{} {name}: {says}", if *ok { "ok " } else { "NOT" });
        }
        words
    }
}

fn check(name: &'static str, ok: bool, says: impl Into<String>) -> Check {
    Check { name, ok, says: says.into() }
}

/// `/healthz` and `/readyz`.
pub fn routes(health: Arc<Health>) -> Router {
    Router::new()
        // Nothing is looked at: a process whose store is away is not mended by being started again.
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready).with_state(health))
}

async fn ready(State(health): State<Arc<Health>>, headers: HeaderMap) -> Response {
    let readiness = health.look().await;
    let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let keep_nothing = [(header::CACHE_CONTROL, "no-store")];
    if accept.contains("text/") && !accept.contains("json") {
        return (status, keep_nothing, readiness.words()).into_response();
    }
    (status, keep_nothing, axum::Json(readiness)).into_response()
}

#[cfg(test)]
mod tests;
