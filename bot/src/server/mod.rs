//! `adrule serve`: a self-hosted GitHub App that loses nothing.
//!
//! A delivery is verified, read as far as needed, and written down before it is answered ([`intake`], [`store`]). It says
//! no more than which pull request is due; workers bring what is due to its wanted state ([`worker`]).

pub mod config;
pub mod credentials;
mod event;
mod intake;
mod listen;
pub mod log;
pub mod metrics;
pub mod page;
pub mod secret;
pub mod setup;
mod signature;
mod stop;
pub mod store;
mod worker;

use anyhow::{Context as _, Result};
use axum::Router;
use signature::Secrets;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use stop::Stop;
use store::{Database, Store};
use tokio::net::TcpListener;
use worker::{Crew, Reconciler};

/// What the server is told when it starts.
pub struct Settings {
    pub listen: SocketAddr,
    pub database: Database,
    /// The secrets that deliveries may be signed with: one, or two while it is changed.
    pub webhook_secrets: Vec<String>,
    /// The number of our App; deliveries for another one are refused.
    pub app_id: Option<u64>,
    /// Pull requests that are worked on at a time.
    pub workers: u32,
    /// How long what has begun may take after the wish to end.
    pub drain: Duration,
}

/// What the parts of a running server share.
pub struct App {
    pub settings: Settings,
    pub secrets: Secrets,
    pub store: Store,
    pub stop: Stop,
    room: intake::Room,
}

/// Serves until the process is asked to end.
pub fn serve(settings: Settings) -> Result<ExitCode> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().context("the runtime")?;
    runtime.block_on(run(settings))
}

async fn run(settings: Settings) -> Result<ExitCode> {
    let stop = Stop::default();
    stop::on_signals(&stop).context("signals")?;
    let listener = TcpListener::bind(settings.listen).await.with_context(|| format!("{}", settings.listen))?;
    let address = listener.local_addr().context("the address")?;
    let store = Store::open(&settings.database).await?;
    let secrets = Secrets::new(settings.webhook_secrets.iter().map(String::as_str));
    let app = Arc::new(App { settings, secrets, store, stop: stop.clone(), room: intake::Room::default() });
    crate::cli::output::say(&format!("adrule listens on http://{address}"));

    let housekeeping = tokio::spawn(housekeeping(Arc::clone(&app)));
    let crew = reconciler(&app).map(|reconciler| {
        let crew = Crew::new(app.store.clone(), reconciler, process_name(), app.settings.workers);
        let (stop, drain) = (stop.clone(), app.settings.drain);
        tokio::spawn(async move { crew.run(&stop, drain).await })
    });
    listen::serve(listener, routes(&app), &stop).await;
    if let Some(crew) = crew {
        crew.await.context("the workers")?;
    }
    housekeeping.abort();
    Ok(ExitCode::SUCCESS)
}

/// Every route of the server.
fn routes(app: &Arc<App>) -> Router {
    intake::routes(Arc::clone(app))
}

/// Who brings what is due to its wanted state. None as long as nothing is known of an App: deliveries are kept then.
fn reconciler(_: &Arc<App>) -> Option<Arc<dyn Reconciler>> {
    None
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
