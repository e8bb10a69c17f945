//! `adrule completions`: for bash, zsh, fish, elvish and PowerShell.

use anyhow::Result;
use clap::CommandFactory as _;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Options {
    /// The shell
    shell: clap_complete::Shell,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let mut text = Vec::new();
    clap_complete::generate(options.shell, &mut super::Args::command(), "adrule", &mut text);
    super::output::print(&String::from_utf8_lossy(&text))?;
    Ok(ExitCode::SUCCESS)
}
