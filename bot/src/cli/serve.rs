//! `adrule serve`: the self-hosted GitHub App.

use crate::server::store::Database;
use crate::server::{self, Settings};
use anyhow::Result;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

#[derive(clap::Args)]
pub struct Options {
    /// Where to listen
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The database: a file, or postgres://… for several replicas
    #[arg(long, value_name = "FILE|URL", env = "DATABASE_URL", default_value = "adrule.db", hide_env_values = true)]
    database: String,
    /// The secret that GitHub signs deliveries with; two, with a comma between them, while it is changed
    #[arg(long, value_name = "SECRET", env = "WEBHOOK_SECRET", value_delimiter = ',', hide_env_values = true)]
    webhook_secret: Vec<String>,
    /// The number of the App
    #[arg(long, value_name = "NUMBER", env = "APP_ID")]
    app_id: Option<u64>,
    /// Pull requests that are worked on at a time
    #[arg(long, value_name = "NUMBER", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
    workers: u32,
}

pub fn run(options: Options) -> Result<ExitCode> {
    server::serve(Settings {
        listen: options.listen,
        database: Database::parse(&options.database),
        webhook_secrets: options.webhook_secret,
        app_id: options.app_id,
        workers: options.workers,
        drain: Duration::from_secs(20),
    })
}
