//! The page for the people who run the server and lead the teams: what was judged, what is missing, what is stuck.
//!
//! Off unless a token or a proxy is configured ([`access`]). Everything on it is read from the store when somebody asks;
//! nothing on it needs a script.

pub mod access;
pub mod network;
mod tries;
mod view;

use super::credentials::{Credentials as App, Live};
use super::page::Page;
use super::secret::Secret;
use super::store::{Error, Store};
use access::{Access, Keys, Visitor};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Form, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use jiff::Timestamp;
use serde::Deserialize;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use tries::Tries;
use view::{Frame, Notice, Overview, Part, Rows};

/// Rows of each list on the overview.
const GLANCE: usize = 10;
/// Rows of a page of pull requests, and the last page: what lies further back is on GitHub.
const PULLS: usize = 50;
const LAST_PAGE: u64 = 40;
/// Rows of the other lists.
const LIST: usize = 200;
/// Bytes of a form: a token, a number.
const FORM: usize = 8 << 10;

/// The page of one server.
pub struct Board {
    store: Store,
    access: Access,
    /// The App, whose webhook's secret signs forms where there is no token.
    live: Live,
    /// Signs them where there is no App either.
    last: Secret,
    tries: Tries,
    /// Where people see GitHub: `https://github.com`.
    web: String,
}

impl Board {
    /// A page.
    pub fn new(store: Store, access: Access, live: Live, web: &str) -> Arc<Self> {
        // Where there is not even randomness, what was signed by nothing opens nothing: there is no token to log in with.
        let last = Secret::random().unwrap_or_else(|_| Secret::new(String::new()));
        Arc::new(Self { store, access, live, last, tries: Tries::default(), web: web.trim_end_matches('/').to_owned() })
    }

    /// The keys as they are now: a secret may change while the server runs.
    fn keys(&self) -> Keys {
        let credentials = self.live.now();
        Keys::new(&self.access, credentials.as_deref().map(App::shared).unwrap_or_default(), &self.last)
    }

    fn frame<'f>(&'f self, visitor: &Visitor, form: &'f str, notice: Option<Notice>) -> Frame<'f> {
        Frame { now: Timestamp::now(), web: &self.web, form, has_session: visitor.has_session, notice }
    }
}

/// The page's routes.
pub fn routes(board: Arc<Board>) -> Router {
    let inside = Router::new()
        .route("/", get(overview))
        .route("/pulls", get(pulls))
        .route("/rules", get(rules))
        .route("/waivers", get(waivers))
        .route("/jobs", get(jobs))
        .route("/jobs/retry", post(retry))
        .route("/logout", post(log_out))
        .route_layer(middleware::from_fn_with_state(Arc::clone(&board), let_in));
    let outside = Router::new().route("/login", post(log_in));
    inside.merge(outside).layer(DefaultBodyLimit::max(FORM)).with_state(board)
}

/// Lets through who may see the page, and shows the others how to.
async fn let_in(
    State(board): State<Arc<Board>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    if board.access.is_off() {
        return view::off().into_response();
    }
    let visitor = board.access.visitor(&board.keys(), request.headers(), peer.ip(), Timestamp::now());
    match visitor {
        Some(visitor) => {
            request.extensions_mut().insert(visitor);
            next.run(request).await
        }
        None if board.access.token.is_some() => {
            view::log_in(Part::at(request.uri().path()).unwrap_or(Part::Overview), None).into_response()
        }
        None => {
            let why = "This page is shown to people whom the proxy in front of it lets through.";
            view::fault(StatusCode::FORBIDDEN, "Not for everybody", why).into_response()
        }
    }
}

#[derive(Deserialize)]
struct Credentials {
    token: String,
    #[serde(default)]
    to: String,
}

async fn log_in(
    State(board): State<Arc<Board>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(given): Form<Credentials>,
) -> Response {
    let Some(token) = &board.access.token else { return view::off().into_response() };
    if !access::is_own_form(&headers) {
        return foreign_form();
    }
    let to = Part::at(&given.to).unwrap_or(Part::Overview);
    let from = board.access.tries_from(&headers, peer.ip());
    if let Err(wait) = board.tries.count(from, Instant::now()) {
        tracing::warn!(%from, "too many tries to log in");
        let wait = wait.as_secs() + 1;
        let page = view::log_in(to, Some(&format!("Too many tries. The next one is possible in {wait} seconds.")));
        let page = page.with_status(StatusCode::TOO_MANY_REQUESTS);
        return ([(header::RETRY_AFTER, wait.to_string())], page).into_response();
    }
    if !token.is(given.token.trim()) {
        tracing::warn!(%from, "a wrong token was given to log in");
        return view::log_in(to, Some("This is not the token.")).into_response();
    }
    board.tries.knew(from);
    tracing::info!(%from, "logged in");
    let cookie = board.keys().log_in(Timestamp::now(), access::is_https(&headers));
    with_cookie(Redirect::to(to.path()), cookie)
}

async fn log_out(
    State(board): State<Arc<Board>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    Form(given): Form<Wish>,
) -> Response {
    if !access::is_own_form(&headers) || !board.keys().is_form(&visitor, &given.form) {
        return foreign_form();
    }
    with_cookie(Redirect::to("/"), Some(access::log_out(access::is_https(&headers))))
}

fn with_cookie(answer: Redirect, cookie: Option<String>) -> Response {
    let mut response = answer.into_response();
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::try_from(cookie).ok()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A form of the page: signed for its visitor, about a job or nothing.
#[derive(Deserialize)]
struct Wish {
    #[serde(default)]
    form: String,
    #[serde(default)]
    job: i64,
}

async fn retry(
    State(board): State<Arc<Board>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    Form(wish): Form<Wish>,
) -> Result<Redirect, Fault> {
    if !access::is_own_form(&headers) || !board.keys().is_form(&visitor, &wish.form) {
        return Err(Fault(foreign_form()));
    }
    let is_due = board.store.unpark(wish.job, Timestamp::now()).await?;
    tracing::info!(job = wish.job, who = visitor.name, is_due, "another try of a parked job was asked for");
    let word = if is_due { "retried" } else { "gone" };
    Ok(Redirect::to(&format!("{}?{word}={}", Part::Jobs.path(), wish.job)))
}

fn foreign_form() -> Response {
    let why = "The form was not one of this page, or it was too old. Nothing was done.";
    view::fault(StatusCode::FORBIDDEN, "Not done", why).into_response()
}

/// What stands behind `?` in an address of the page.
#[derive(Deserialize)]
struct Asked {
    page: Option<u64>,
    retried: Option<i64>,
    gone: Option<i64>,
}

type Shown = Result<Page, Fault>;

async fn overview(State(board): State<Arc<Board>>, Extension(visitor): Extension<Visitor>) -> Shown {
    let (store, now) = (&board.store, Timestamp::now());
    let one_more = (GLANCE + 1) as u64;
    let seen = Overview {
        depth: store.depth(now).await?,
        paused: store.paused(now).await?,
        parked: Rows::of(store.parked(one_more).await?, GLANCE),
        pulls: Rows::of(store.recent_verdicts(one_more).await?, GLANCE),
        gaps: Rows::of(store.gaps().await?, GLANCE),
        waivers: Rows::of(store.waivers(one_more).await?, GLANCE),
    };
    Ok(view::overview(&board.frame(&visitor, &board.keys().form(&visitor), None), &seen))
}

async fn pulls(
    State(board): State<Arc<Board>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Shown {
    let page = asked.page.unwrap_or(1).clamp(1, LAST_PAGE);
    let before = usize::try_from(page - 1).unwrap_or(0) * PULLS;
    let mut verdicts = board.store.recent_verdicts((before + PULLS + 1) as u64).await?;
    verdicts.drain(..before.min(verdicts.len()));
    let mut rows = Rows::of(verdicts, PULLS);
    rows.has_more &= page < LAST_PAGE;
    Ok(view::pulls(&board.frame(&visitor, &board.keys().form(&visitor), None), &rows, page))
}

async fn rules(State(board): State<Arc<Board>>, Extension(visitor): Extension<Visitor>) -> Shown {
    let gaps = board.store.gaps().await?;
    Ok(view::rules(&board.frame(&visitor, &board.keys().form(&visitor), None), &gaps))
}

async fn waivers(State(board): State<Arc<Board>>, Extension(visitor): Extension<Visitor>) -> Shown {
    let rows = Rows::of(board.store.waivers((LIST + 1) as u64).await?, LIST);
    Ok(view::waivers(&board.frame(&visitor, &board.keys().form(&visitor), None), &rows))
}

async fn jobs(
    State(board): State<Arc<Board>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Shown {
    let rows = Rows::of(board.store.parked((LIST + 1) as u64).await?, LIST);
    let notice = asked.retried.map(Notice::Retried).or(asked.gone.map(Notice::NotParked));
    Ok(view::parked(&board.frame(&visitor, &board.keys().form(&visitor), notice), &rows))
}

/// An answer instead of the page.
struct Fault(Response);

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        tracing::error!("the page cannot be shown: {error}");
        let why = "The store does not answer. The log says why; /readyz says when it does again.";
        Self(view::fault(StatusCode::SERVICE_UNAVAILABLE, "Not now", why).into_response())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        self.0
    }
}

#[cfg(test)]
mod tests;
