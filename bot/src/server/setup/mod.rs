//! `/setup`: makes the GitHub App in the browser, by GitHub's own flow for it.
//!
//! Open only while the server has no App, and only to who knows the token in the server's log: the page gives away an
//! App, and a stranger who finds it first must not get ours. GitHub sends the operator back with a code; the `state`
//! that comes along is this browser's alone.

mod created;
mod form;
mod keep;
mod pages;
pub mod wish;

use self::form::{Filled, Form};
use super::config::{Config, WEBHOOK};
use super::credentials::{Credentials, Live};
use super::secret::Secret;
use axum::Router;
use axum::extract::{Form as Posted, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

const COOKIE: &str = "adrule-setup";
const CREATED: &str = "/setup/created";

/// The setup of one process.
pub struct Setup {
    /// Opens it, once.
    token: Secret,
    progress: Mutex<Progress>,
    live: Live,
    /// Where the credentials go.
    file: PathBuf,
    public_url: Option<String>,
    web: String,
}

#[derive(Default)]
struct Progress {
    session: Option<Session>,
    pending: Option<Pending>,
}

/// The browser that knew the token.
#[derive(Clone)]
struct Session {
    cookie: Secret,
    /// Where that browser sees this server.
    origin: Option<String>,
}

/// A visit to GitHub under way.
struct Pending {
    state: Secret,
    filled: Filled,
}

impl Setup {
    /// A setup with a token of its own.
    pub fn new(config: &Config, live: Live) -> Result<Self, ring::error::Unspecified> {
        Ok(Self {
            token: Secret::random()?,
            progress: Mutex::default(),
            live,
            file: config.setup_file.clone(),
            public_url: config.public_url.clone(),
            web: config.web.clone(),
        })
    }

    /// What opens it: for the log.
    pub fn token(&self) -> &Secret {
        &self.token
    }

    fn progress(&self) -> std::sync::MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session of the browser that asks, if it is the one that knew the token.
    fn session(&self, headers: &HeaderMap) -> Option<Session> {
        let known = self.progress().session.clone()?;
        let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let mut ours = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        ours.any(|(name, value)| name == COOKIE && known.cookie.is(value)).then_some(known)
    }
}

/// The routes.
pub fn routes(setup: Arc<Setup>) -> Router {
    Router::new()
        .route("/setup", get(look))
        .route("/setup/open", post(open))
        .route("/setup/app", post(fill))
        .route(CREATED, get(created))
        .layer(axum::extract::DefaultBodyLimit::max(16 * 1024))
        .with_state(setup)
}

/// Closed, once there is an App.
fn closed(setup: &Setup) -> Option<Response> {
    setup.live.now().is_some().then(|| pages::closed().into_response())
}

async fn look(State(setup): State<Arc<Setup>>, headers: HeaderMap) -> Response {
    if let Some(closed) = closed(&setup) {
        return closed;
    }
    match setup.session(&headers) {
        None => pages::token(None).into_response(),
        Some(session) => pages::form(&setup.beginning(&session), &[]).into_response(),
    }
}

impl Setup {
    /// The form, filled in as far as it is known.
    fn beginning(&self, session: &Session) -> Form {
        let origin = session.origin.as_ref().filter(|origin| origin.starts_with("https://"));
        let address = self.public_url.as_ref().or(origin).cloned().unwrap_or_default();
        Form { address, github: self.web.clone(), organisation: String::new() }
    }
}

#[derive(serde::Deserialize)]
struct Token {
    #[serde(default)]
    token: String,
}

async fn open(State(setup): State<Arc<Setup>>, headers: HeaderMap, Posted(given): Posted<Token>) -> Response {
    if let Some(closed) = closed(&setup) {
        return closed;
    }
    if is_foreign(&headers) {
        return pages::foreign().into_response();
    }
    if !setup.token.is(given.token.trim()) {
        tracing::warn!("somebody gave a wrong token for the setup");
        return pages::token(Some("This is not the token in the server's log.")).into_response();
    }
    let Ok(cookie) = Secret::random() else { return pages::broken("No random numbers can be had.").into_response() };
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()).filter(|text| *text != "null");
    {
        let mut progress = setup.progress();
        if progress.session.is_some() {
            drop(progress);
            tracing::warn!("the token for the setup was given a second time");
            return pages::used().into_response();
        }
        progress.session = Some(Session { cookie: cookie.clone(), origin: origin.map(str::to_owned) });
    }
    tracing::info!("the setup was opened");
    let secure = if origin.is_some_and(|origin| origin.starts_with("https://")) { "; Secure" } else { "" };
    // Lax: the way back from GitHub comes from another site.
    let cookie = format!("{COOKIE}={}; Path=/setup; HttpOnly; SameSite=Lax{secure}", cookie.reveal());
    let mut response = Redirect::to("/setup").into_response();
    if let Ok(mut value) = HeaderValue::try_from(cookie) {
        value.set_sensitive(true);
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

async fn fill(State(setup): State<Arc<Setup>>, headers: HeaderMap, Posted(form): Posted<Form>) -> Response {
    if let Some(closed) = closed(&setup) {
        return closed;
    }
    if is_foreign(&headers) {
        return pages::foreign().into_response();
    }
    let Some(session) = setup.session(&headers) else { return pages::token(None).into_response() };
    let filled = match form.check() {
        Ok(filled) => filled,
        Err(wrong) => return pages::form(&form, &wrong).into_response(),
    };
    let Ok(state) = Secret::random() else { return pages::broken("No random numbers can be had.").into_response() };
    // Back to where this browser sees the server, which may be another address than GitHub's.
    let back = format!("{}{CREATED}", session.origin.as_ref().unwrap_or(&filled.address));
    let webhook = format!("{}{WEBHOOK}", filled.address);
    let manifest = wish::manifest(&filled.address, &webhook, &back, filled.organisation.as_deref());
    let page = pages::wish(&filled, &filled.form(state.reveal()), &webhook, &manifest.to_string());
    setup.progress().pending = Some(Pending { state, filled });
    page.into_response()
}

#[derive(serde::Deserialize)]
struct Back {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

async fn created(State(setup): State<Arc<Setup>>, headers: HeaderMap, Query(back): Query<Back>) -> Response {
    if let Some(closed) = closed(&setup) {
        return closed;
    }
    if setup.session(&headers).is_none() {
        return pages::token(None).into_response();
    }
    let Some(pending) = setup.take(&back.state) else { return pages::stale().into_response() };
    let place = &pending.filled.place;
    let created = match created::take(place, &back.code).await {
        Ok(created) => created,
        Err(why) => {
            tracing::error!("the App was not taken over: {why}");
            return pages::failed(&why).into_response();
        }
    };
    let credentials = Credentials::new(
        place.clone(),
        created.id.to_string(),
        created.pem.clone(),
        created.webhook_secret.clone(),
        None,
    );
    let kept = keep::keep(&setup.file, &created, place);
    match &kept {
        Ok(path) => tracing::info!(app = created.id, "the App `{}` is kept in {}", created.slug, path.display()),
        Err(error) => tracing::warn!(
            app = created.id,
            "the App's credentials were not kept in {}: {error}; they are on the setup's page, once",
            setup.file.display()
        ),
    }
    let kept = kept.map_err(|error| format!("{} cannot be written: {error}", setup.file.display()));
    let page = pages::created(&created, place, kept.as_ref().map_err(String::as_str));
    match credentials {
        Ok(credentials) => {
            setup.live.change(credentials);
            page.into_response()
        }
        Err(error) => pages::broken(&format!("GitHub gave out a key that cannot be used: {error}")).into_response(),
    }
}

impl Setup {
    /// The visit that this state belongs to; once.
    fn take(&self, state: &str) -> Option<Pending> {
        let mut progress = self.progress();
        let is_ours = progress.pending.as_ref().is_some_and(|pending| pending.state.is(state));
        if is_ours { progress.pending.take() } else { None }
    }
}

/// Whether a browser says that another site made it post.
fn is_foreign(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    !matches!(site, None | Some("same-origin" | "none"))
}
