//! `adrule serve`: a self-hosted GitHub App that loses nothing.
//!
//! A delivery is verified, read as far as needed, and written down before it is answered ([`intake`], [`store`]). It says
//! no more than which pull request is due; workers bring what is due to its wanted state ([`worker`]).

pub mod board;
#[cfg(test)]
mod book;
mod check;
pub mod config;
pub mod credentials;
mod event;
pub mod health;
mod intake;
mod linger;
mod listen;
pub mod log;
pub mod metrics;
pub mod page;
pub mod recover;
pub mod secret;
pub mod setup;
mod signature;
mod stop;
pub mod store;
#[cfg(feature = "otlp")]
mod trace;
pub mod work;
mod worker;

use anyhow::{Context as _, Result};
use axum::Router;
use board::Board;
use board::access::Access;
use config::{Config, Inputs};
use credentials::Live;
use health::{Health, Here};
use recover::Recovery;
use setup::Setup;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use stop::Stop;
use store::{Database, Store};
use tokio::net::TcpListener;
use work::{Clients, Work};
use worker::Crew;

/// Between two writes of one installation: what GitHub asks for.
const BETWEEN_WRITES: Duration = Duration::from_secs(1);

/// What the parts of a running server share.
pub struct App {
    pub config: Config,
    /// Who we are to GitHub; nobody, until the server is set up.
    pub live: Live,
    pub store: Store,
    pub stop: Stop,
    room: intake::Room,
}

/// Serves until the process is asked to end.
pub fn serve(inputs: Inputs) -> Result<ExitCode> {
    let config = Config::load(&inputs)?;
    let hidden = log::Hidden::new(config.secrets());
    let log = log::start(config.log_format, &config.log, hidden.clone(), config.otlp.as_deref())?;
    for notice in &config.notices {
        tracing::warn!("{notice}");
    }
    let ended = runtime()?.block_on(run(config, inputs, hidden));
    log.end();
    ended
}

/// Says whether it could serve.
pub fn check(inputs: &Inputs) -> Result<ExitCode> {
    let config = Config::load(inputs)?;
    let checked = runtime()?.block_on(check::check(&config));
    crate::cli::output::print(&checked.text())?;
    Ok(if checked.faults() == 0 { ExitCode::SUCCESS } else { crate::cli::could_not_run() })
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().context("the runtime")
}

async fn run(mut config: Config, inputs: Inputs, hidden: log::Hidden) -> Result<ExitCode> {
    let stop = Stop::default();
    stop::on_signals(&stop).context("signals")?;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("{} cannot be listened on; `listen` names another address", config.listen))?;
    let address = listener.local_addr().context("the address")?;
    let store = Store::open(&Database::parse(config.database.reveal())).await?;
    let live = Live::new(config.credentials.take()).hiding(hidden);
    let follow = tokio::spawn(config::follow(inputs, config.files.clone(), live.clone()));
    let setup = Setup::new(&config, live.clone()).map_err(|_| anyhow::anyhow!("no random numbers can be had"))?;
    let app = Arc::new(App { config, live, store, stop: stop.clone(), room: intake::Room::default() });
    tracing::info!("adrule listens on http://{address}");
    if app.live.now().is_none() {
        let at = app.config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
        // The one secret that the log shows: it opens the setup once, and only to who reads this.
        let token = setup.token().reveal();
        tracing::warn!("no GitHub App is configured; set one up at {at}/setup with this setup token: {token}");
    }

    let housekeeping = tokio::spawn(housekeeping(Arc::clone(&app)));
    let crew = tokio::spawn(crew(Arc::clone(&app)));
    listen::serve(listener, routes(&app, setup), &stop).await;
    crew.await.context("the workers")?;
    housekeeping.abort();
    follow.abort();
    Ok(ExitCode::SUCCESS)
}

/// Works from when there is an App until the process is asked to end.
async fn crew(app: Arc<App>) {
    let mut credentials = app.live.watch();
    tokio::select! {
        _ = credentials.wait_for(Option::is_some) => {}
        () = app.stop.wished() => return,
    }
    drop(credentials);
    let name = process_name();
    let clients = Clients::new(app.live.clone(), BETWEEN_WRITES);
    let config::Judging { fail_on, always, suggestions } = app.config.judging;
    let settings = work::Settings { web: app.config.web.clone(), fail_on, always, suggestions, as_of: None };
    let work = Arc::new(Work::new(clients, app.store.clone(), settings));
    let recovery = Recovery::new(Arc::clone(&work), app.store.clone(), name.clone());
    let recovering = {
        let stop = app.stop.clone();
        tokio::spawn(async move { recovery.run(&stop).await })
    };
    let crew = Crew::new(app.store.clone(), work, name, app.config.workers);
    crew.run(&app.stop, app.config.drain).await;
    // It may be in the middle of a sweep, which begins anew where the last whole one ended.
    recovering.abort();
}

/// Every route of the server.
fn routes(app: &Arc<App>, setup: Setup) -> Router {
    let App { config, live, store, stop, .. } = app.as_ref();
    let here = Here { store: store.clone(), live: live.clone() };
    let health = Health::new(Arc::new(here), stop.clone(), health::OLDEST);
    let board = Board::new(store.clone(), Access::of(&config.operator), live.clone(), &config.web);
    intake::routes(Arc::clone(app))
        .merge(setup::routes(Arc::new(setup)))
        .merge(health::routes(health))
        .merge(metrics::routes(store.clone()))
        .merge(board::routes(board))
}

/// A name that no process had before, for the leases.
fn process_name() -> String {
    let mut random = [0_u8; 8];
    // Without randomness the number of the process has to do.
    let _ = ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut random);
    format!("{}-{:016x}", std::process::id(), u64::from_le_bytes(random))
}

/// What comes up now and then.
async fn housekeeping(app: Arc<App>) {
    /// GitHub sends nothing again after three days; a week leaves room for a look at what happened.
    const KEEP: Duration = Duration::from_secs(7 * 24 * 3600);
    const EVERY: Duration = Duration::from_secs(600);
    const AT_ONCE: u64 = 1000;
    loop {
        let before = jiff::Timestamp::now().checked_sub(KEEP).unwrap_or(jiff::Timestamp::MIN);
        match app.store.prune(before, AT_ONCE).await {
            Ok(AT_ONCE) => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!("old deliveries were not forgotten: {error}"),
        }
        tokio::time::sleep(EVERY).await;
    }
}
