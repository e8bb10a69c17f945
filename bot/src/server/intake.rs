//! `POST /webhooks/github`: verified, read as far as needed, written down, and only then answered. No work is done here.

use super::App;
use super::credentials::Credentials;
use super::event::{self, EVENTS, Slim};
use super::log;
use super::metrics::{Received, metrics};
use super::store::{Accepted, Delivery};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::post;
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, SemaphorePermit};
use tracing::Instrument as _;

/// GitHub's own limit; a larger payload it does not send at all.
pub const LARGEST: usize = 25 * 1024 * 1024;
/// Longer than this a body does not take.
const BODY_TIME: Duration = Duration::from_secs(10);
/// Up to here a body is small: those have a share of the memory that large ones cannot take from them.
const SMALL: usize = 1024 * 1024;
/// What is asked for in place of more than a small body. Up to 32 MiB glibc comes to keep what is given back, for each
/// of its arenas; more than that it always takes from the system and returns. What is not written to costs nothing.
const SPARE: usize = 33 * 1024 * 1024;
const KIB: usize = 1024;

/// The route.
pub fn routes(app: Arc<App>) -> Router {
    Router::new().route("/webhooks/github", post(take).with_state(app))
}

/// How much of all bodies together is in memory at a time, in KiB: one of the largest, and many small ones.
pub struct Room {
    small: Semaphore,
    large: Semaphore,
}

impl Default for Room {
    fn default() -> Self {
        Self { small: Semaphore::new(8 * KIB), large: Semaphore::new(LARGEST / KIB) }
    }
}

impl Room {
    async fn of(&self, length: usize) -> Option<SemaphorePermit<'_>> {
        let share = if length <= SMALL { &self.small } else { &self.large };
        let kib = u32::try_from(length.div_ceil(KIB)).ok()?;
        share.acquire_many(kib).await.ok()
    }
}

/// An answer to GitHub, whose page of deliveries shows the text.
type Answer = (StatusCode, &'static str);

const KEPT: Answer = (StatusCode::ACCEPTED, "kept\n");
const KNOWN: Answer = (StatusCode::ACCEPTED, "known already\n");
const IGNORED: Answer = (StatusCode::ACCEPTED, "nothing is due because of this\n");

async fn take(State(app): State<Arc<App>>, request: Request) -> Answer {
    let start = Instant::now();
    let (parts, body) = request.into_parts();
    let event = text(&parts.headers, "x-github-event").unwrap_or_default();
    let id = text(&parts.headers, "x-github-delivery").unwrap_or_default();
    let checked = checked(&app, &parts.headers, body).instrument(log::delivery(id, event)).await;
    let answer = match checked {
        Ok(answer) | Err(answer) => answer,
    };
    metrics().delivery(event, received(answer), start.elapsed());
    answer
}

/// What an answer means, for counting.
fn received(answer: Answer) -> Received {
    match (answer, answer.0) {
        (KEPT, _) => Received::Accepted,
        (KNOWN, _) => Received::Known,
        (IGNORED, _) => Received::Ignored,
        (_, StatusCode::UNAUTHORIZED) => Received::Refused("signature"),
        (_, StatusCode::PAYLOAD_TOO_LARGE) => Received::Refused("size"),
        (_, StatusCode::REQUEST_TIMEOUT) => Received::Refused("slow"),
        (_, StatusCode::SERVICE_UNAVAILABLE) => Received::Refused("unavailable"),
        _ => Received::Refused("malformed"),
    }
}

async fn checked(app: &App, headers: &HeaderMap, body: Body) -> Result<Answer, Answer> {
    if app.stop.is_set() {
        return Err((StatusCode::SERVICE_UNAVAILABLE, "shutting down; the delivery is asked for again later\n"));
    }
    let length = length(headers)?;
    let credentials = app.live.now();
    let (ours, signature) = look(credentials.as_deref(), headers)?;
    let event = text(headers, "x-github-event").ok_or((StatusCode::BAD_REQUEST, "X-GitHub-Event is missing\n"))?;
    let id = text(headers, "x-github-delivery")
        .filter(|id| (1..=200).contains(&id.len()))
        .ok_or((StatusCode::BAD_REQUEST, "X-GitHub-Delivery is missing\n"))?;
    let slow = (StatusCode::REQUEST_TIMEOUT, "the body took too long\n");
    let read = tokio::time::timeout(BODY_TIME, async {
        let room = app.room.of(length).await;
        whole(body, length).await.map(|bytes| (room, bytes))
    });
    let (_room, bytes) = read.await.map_err(|_| slow)?.ok_or((StatusCode::BAD_REQUEST, "the body ended early\n"))?;
    if !ours.secrets().signed(signature, &bytes) {
        return Err((StatusCode::UNAUTHORIZED, "the signature is not that of the webhook's secret\n"));
    }
    keep(app, id, event, &bytes).await
}

/// A body in one piece, in memory that is asked for once; none: it is not as long as was said.
async fn whole(mut body: Body, length: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(if length > SMALL { SPARE } else { length });
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame.ok()?.into_data() {
            // Never more than is made room for.
            if bytes.len() + data.len() > length {
                return None;
            }
            bytes.extend_from_slice(&data);
        }
    }
    (bytes.len() == length).then_some(bytes)
}

/// What can be said before the body is there.
fn length(headers: &HeaderMap) -> Result<usize, Answer> {
    let length = text(headers, header::CONTENT_LENGTH.as_str()).and_then(|length| length.parse::<usize>().ok());
    match length {
        Some(length) if length > LARGEST => {
            Err((StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than GitHub's own limit of 25 MB\n"))
        }
        Some(length) => Ok(length),
        None => Err((StatusCode::LENGTH_REQUIRED, "Content-Length is missing\n")),
    }
}

/// Who we are and the signature, if all else about the headers is as it should be.
fn look<'a>(ours: Option<&'a Credentials>, headers: &'a HeaderMap) -> Result<(&'a Credentials, &'a [u8]), Answer> {
    let kind = text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        return Err((
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the content type has to be application/json; it is a setting of the webhook\n",
        ));
    }
    let ours = ours.filter(|ours| !ours.secrets().is_empty());
    let nothing = (StatusCode::SERVICE_UNAVAILABLE, "this server has no App yet, so nothing is accepted\n");
    let ours = ours.ok_or(nothing)?;
    let signature = headers.get("x-hub-signature-256").map(axum::http::HeaderValue::as_bytes).ok_or((
        StatusCode::UNAUTHORIZED,
        "X-Hub-Signature-256 is missing; the webhook needs a secret, and SHA-1 alone is not accepted\n",
    ))?;
    let target = text(headers, "x-github-hook-installation-target-id");
    let is_app = text(headers, "x-github-hook-installation-target-type").is_none_or(|kind| kind == "integration");
    match (ours.app.parse::<u64>().ok(), target) {
        (Some(number), Some(theirs)) if is_app && theirs.parse() != Ok(number) => {
            Err((StatusCode::UNAUTHORIZED, "the delivery is for another App\n"))
        }
        _ => Ok((ours, signature)),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

async fn keep(app: &App, id: &str, event: &str, bytes: &[u8]) -> Result<Answer, Answer> {
    if !EVENTS.contains(&event) {
        return Ok(IGNORED);
    }
    let slim = match serde_json::from_slice::<Slim<'_>>(bytes) {
        Ok(slim) => slim,
        // GitHub signed it, so it is a shape that we do not know yet; the pass over open pull requests makes up for it.
        Err(error) if error.is_data() => {
            tracing::warn!(delivery = id, event, "a payload was not understood: {error}");
            return Ok(IGNORED);
        }
        Err(_) => return Err((StatusCode::BAD_REQUEST, "the body is no JSON\n")),
    };
    let marks = event::marks(event, &slim);
    if marks.is_empty() {
        return Ok(IGNORED);
    }
    let delivery = Delivery {
        id: id.to_owned(),
        event: event.to_owned(),
        action: slim.action.map(std::borrow::Cow::into_owned),
        received: Timestamp::now(),
        marks,
    };
    match app.store.accept(delivery).await {
        Ok(Accepted::New) => Ok(KEPT),
        Ok(Accepted::Known) => Ok(KNOWN),
        Err(error) => {
            tracing::error!(delivery = id, event, "a delivery was not kept: {error}");
            Err((StatusCode::SERVICE_UNAVAILABLE, "not kept; the delivery is asked for again later\n"))
        }
    }
}
