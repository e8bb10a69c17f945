//! adrule: checks services and decision records against the one page that a team agreed on.
//!
//! The program is a library of one function because two packages build it: `adrule`, and the one at the root of the
//! repository, which is the only one that pre-commit can build.

// What only the network asks for lies idle in a program without it.
#![cfg_attr(not(feature = "github"), allow(dead_code, unused_imports))]

#[cfg(feature = "github")]
mod action;
mod cli;
#[cfg(feature = "github")]
mod github;
#[cfg(feature = "server")]
mod server;
mod tree;
#[cfg(feature = "github")]
mod verdict;

use clap::Parser as _;
use std::io::Write as _;
use std::process::ExitCode;

/// With musl's own, a check of a thousand records takes three quarters more CPU time than with glibc's.
#[cfg(target_env = "musl")]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Does what the command line of this process asks for.
#[must_use]
pub fn main() -> ExitCode {
    let args = match cli::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // A reader that closed early (`adrule --help | head`) is no fault of ours.
            let _ = error.print();
            return if error.use_stderr() { cli::could_not_run() } else { ExitCode::SUCCESS };
        }
    };
    match cli::run(args) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "error: {}", cli::chain(&error));
            cli::could_not_run()
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}
