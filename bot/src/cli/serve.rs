//! `adrule serve`: the self-hosted GitHub App.

use crate::server;
use crate::server::config::{Flags, Inputs};
use anyhow::Result;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "Each setting is also an environment variable: ADRULE_ and its name in capitals, as in \
    ADRULE_LISTEN. Secrets are variables or files, never flags. Flags come before the environment, and that before the \
    file.\n\nExit codes: 0 ended as asked, or nothing is wrong; 2 could not run, or --check found a fault.")]
pub struct Options {
    /// Say whether everything is as it has to be, and what to do where it is not; then end
    #[arg(long)]
    check: bool,
    /// A file of settings, in YAML [env: ADRULE_CONFIG]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
}

pub fn run(options: Options) -> Result<ExitCode> {
    // What is no text cannot be meant for us.
    let variables =
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let variables: std::collections::BTreeMap<String, String> = variables.collect();
    let named = variables.get("ADRULE_CONFIG").filter(|path| !path.is_empty()).map(PathBuf::from);
    let inputs = Inputs { flags: options.flags.0, file: options.config.or(named), variables };
    if options.check { server::check(&inputs) } else { server::serve(inputs) }
}
