//! The command line: one file for each command.

#[cfg(feature = "github")]
mod action;
pub mod baseline;
pub mod check;
mod completions;
mod explain;
mod facts;
mod fix;
mod init;
pub mod judged;
pub mod organisation;
pub mod output;
mod outputs;
pub mod page;
pub mod policy;
mod records;
mod rules;
#[cfg(feature = "server")]
mod serve;

pub use check::FailOn;

use anyhow::Result;
use clap::{Parser, Subcommand, ValueEnum};
use std::process::ExitCode;

/// The run itself failed: wrong arguments, an unusable page, a shallow clone.
pub fn could_not_run() -> ExitCode {
    ExitCode::from(2)
}

/// Checks services and decision records against the one page that your team agreed on.
#[derive(Parser)]
#[command(name = "adrule", version, propagate_version = false, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 nothing at or above the threshold, 1 findings, 2 could not run.")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
    /// Colour in the output
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", display_order = 900)]
    color: Color,
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Judge services and decisions by the page
    Check(check::Options),
    /// Mend what is known to the letter: broken links, wrong numbers, stale statuses
    Fix(fix::Options),
    /// Write down the findings that are there, so that only later ones count
    Baseline(baseline::Options),
    /// Print what is read from files: facts, decisions, services
    Facts(facts::Options),
    /// List the decisions: number, status, date, what supersedes what
    List(records::List),
    /// Draw which decision supersedes, amends or relates to which
    Graph(records::Graph),
    /// Print a rule's manual page
    Explain(explain::Options),
    /// List the rules
    Rules(rules::Options),
    /// Write a first page after looking at the repository
    Init(init::Options),
    /// Work with the page itself
    #[command(subcommand)]
    Policy(policy::Command),
    #[cfg(feature = "github")]
    /// Check in a job of GitHub Actions: all that it needs is in the job's environment
    Action(action::Options),
    #[cfg(feature = "server")]
    /// Serve a GitHub App of your own: a check and a comment on every pull request
    Serve(serve::Options),
    /// Print completions for a shell
    Completions(completions::Options),
}

/// Carries a command out.
pub fn run(args: Args) -> Result<ExitCode> {
    match args.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    match args.command {
        Command::Check(options) => check::run(&options),
        Command::Fix(options) => fix::run(&options),
        Command::Baseline(options) => baseline::run(&options),
        Command::Facts(options) => facts::run(&options),
        Command::List(options) => records::list(&options),
        Command::Graph(options) => records::graph(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Rules(options) => rules::run(&options),
        Command::Init(options) => init::run(&options),
        Command::Policy(command) => policy::run(&command),
        #[cfg(feature = "github")]
        Command::Action(options) => action::run(&options),
        #[cfg(feature = "server")]
        Command::Serve(options) => serve::run(options),
        Command::Completions(options) => completions::run(&options),
    }
}

/// An error and its causes on one line.
pub fn chain(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
