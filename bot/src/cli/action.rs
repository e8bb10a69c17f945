//! `adrule action`: a check in a job of GitHub Actions.

use super::output;
use crate::action;
use anyhow::Result;
use std::process::ExitCode;

/// All that it needs is in the environment of the job.
#[derive(clap::Args)]
pub struct Options {}

pub fn run(_: &Options) -> Result<ExitCode> {
    action::run().inspect_err(|error| {
        if let Some(advice) = action::advice(error) {
            output::say(&format!("help: {advice}"));
        }
    })
}
