//! `adrule check`: the main job.

mod work;

use super::page::{self, InUse, Outcome};
use super::{baseline, could_not_run, outputs};
use adrule_policy::check::{Input, check};
use adrule_policy::report::{Report, Severity};
use anyhow::Result;
use clap::ValueEnum;
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;
use work::{Setting, Work};

#[derive(clap::Args)]
pub struct Options {
    /// Files or folders to judge, as if they were new; default: what differs from the base
    paths: Vec<PathBuf>,
    /// Judge everything
    #[arg(long, conflicts_with = "base")]
    all: bool,
    /// Ask every rule, those that are off by default included
    #[arg(long)]
    strict: bool,
    /// Compare with this revision or folder; default: where this branch left the default branch
    #[arg(long, value_name = "REV|DIR")]
    base: Option<String>,
    /// The folder to judge as a repository of its own; default: the repository around the current folder
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The page; default: adrule.yaml, .adrule.yaml or .github/adrule.yaml of the base
    #[arg(long, value_name = "PATH")]
    policy: Option<PathBuf>,
    /// The day that waivers and dates are judged by; default: today (UTC)
    #[arg(long, value_name = "DATE", value_parser = page::day)]
    as_of: Option<Date>,
    #[command(flatten)]
    outputs: outputs::Outputs,
    /// The least severity that fails the run
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Exit with 0 whatever is found
    #[arg(long)]
    exit_zero: bool,
}

impl Options {
    /// A check of everything, for other commands.
    pub fn everything(root: Option<PathBuf>, policy: Option<PathBuf>, strict: bool) -> Self {
        Self {
            paths: Vec::new(),
            all: true,
            strict,
            base: None,
            root,
            policy,
            as_of: None,
            outputs: outputs::Outputs::default(),
            fail_on: FailOn::Never,
            exit_zero: true,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    fn fails(self, report: &Report) -> bool {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
            Self::Never => return false,
        };
        report.worst().is_some_and(|worst| worst >= least)
    }
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let today = page::today(options.as_of);
    let Some(report) = judge(options, today)? else { return Ok(could_not_run()) };
    outputs::write(&report, &options.outputs)?;
    let fails = options.fail_on.fails(&report) && !options.exit_zero;
    Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Judges what the options ask for; none where the page cannot be used, whose mistakes have then been printed.
pub fn judge(options: &Options, today: Date) -> Result<Option<Report>> {
    let place = Setting::find(options)?;
    let in_use = match page::find(&place.root, options.policy.as_deref(), place.page_from(), today)? {
        Outcome::Use(in_use) => *in_use,
        Outcome::Unusable => return Ok(None),
    };
    let InUse { page, text, findings, judged_by, remarks } = in_use;
    let baseline = baseline::find(&place.root, place.page_from())?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let Work { head, base, only, scope, remarks: of_work } = place.work(options, &page, threads)?;
    let report = check(Input {
        head: &head,
        base: base.as_ref(),
        files: only.as_ref(),
        strict: options.strict,
        page: &page,
        page_text: text,
        page_findings: findings,
        judged_by,
        scope,
        baseline: baseline.baseline.as_ref(),
        today,
        remarks: of_work.into_iter().chain(remarks).chain(baseline.remarks).collect(),
        threads,
    });
    Ok(Some(report))
}

/// The folder that is judged.
pub fn root(options: &Options) -> Result<PathBuf> {
    Ok(Setting::find(options)?.root)
}
