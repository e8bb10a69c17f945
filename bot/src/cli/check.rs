//! `adrule check`: the main job.

mod work;

use super::page::{self, InUse, News, Outcome, Wants, Wish};
use super::{baseline, could_not_run, organisation, outputs};
use crate::tree::Base;
use adrule_policy::check::{Input, Readings, check};
use adrule_policy::policy::{Organisation, Page};
use adrule_policy::report::{Report, Severity};
use anyhow::Result;
use clap::ValueEnum;
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;
use work::Setting;
pub use work::Work;

#[derive(clap::Args)]
pub struct Options {
    /// Files or folders to judge, as if they were new; default: what differs from the base
    paths: Vec<PathBuf>,
    /// Judge everything
    #[arg(long, conflicts_with = "base")]
    all: bool,
    /// Judge what is staged, as it would be committed, against the last commit
    #[arg(long, conflicts_with_all = ["base", "all", "paths"])]
    staged: bool,
    #[command(flatten)]
    by: By,
    /// The organisation's page, where it is known already
    #[arg(skip)]
    organisation: Option<Organisation>,
    /// The only place where the page may be, where it is not named as a file
    #[arg(skip)]
    place: Option<String>,
    /// Whether the program goes on afterwards, so that what was read is to be given back
    #[arg(skip)]
    goes_on: bool,
    /// The revision to compare with, where it is known already
    #[arg(skip)]
    compare: Option<Base>,
    #[command(flatten)]
    outputs: outputs::Outputs,
    /// The least severity that fails the run
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Exit with 0 whatever is found
    #[arg(long)]
    exit_zero: bool,
}

/// By what it is judged, and where.
#[derive(Clone, Default, clap::Args)]
pub struct By {
    /// Ask every rule, those that are off by default included
    #[arg(long)]
    pub strict: bool,
    /// Compare with this revision or folder; default: where this branch left the default branch
    #[arg(long, value_name = "REV|DIR")]
    pub base: Option<String>,
    /// The folder to judge as a repository of its own; default: the repository around the current folder
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The page; default: adrule.yaml, .adrule.yaml or .github/adrule.yaml of the base
    #[arg(long, value_name = "PATH")]
    pub policy: Option<PathBuf>,
    #[command(flatten)]
    pub org_policy: organisation::Named,
    /// The day that waivers and dates are judged by; default: today (UTC)
    #[arg(long, value_name = "DATE", value_parser = page::day)]
    pub as_of: Option<Date>,
}

impl Options {
    /// A check of everything, for other commands.
    pub fn everything(root: Option<PathBuf>, policy: Option<PathBuf>, strict: bool) -> Self {
        Self {
            paths: Vec::new(),
            all: true,
            staged: false,
            by: By { strict, root, policy, ..By::default() },
            organisation: None,
            place: None,
            goes_on: false,
            compare: None,
            outputs: outputs::Outputs::default(),
            fail_on: FailOn::Never,
            exit_zero: true,
        }
    }

    /// With the organisation's page, as far as it is at hand.
    pub fn with_organisation(self, organisation: Organisation) -> Self {
        Self { organisation: Some(organisation), ..self }
    }

    /// With the file of the organisation's page, if one is named.
    pub fn with_org_policy(self, org_policy: organisation::Named) -> Self {
        Self { by: By { org_policy, ..self.by }, ..self }
    }

    /// A check of some files or folders, of everything or of a change, to be done more than once.
    pub fn of_part(paths: Vec<PathBuf>, all: bool, by: By) -> Self {
        Self { paths, all, by, goes_on: true, ..Self::everything(None, None, false) }
    }

    fn wish<'w>(&'w self, organisation: &'w Organisation) -> Wish<'w> {
        Wish { file: self.by.policy.as_deref(), place: self.place.as_deref(), organisation }
    }

    /// A check of what differs from a revision, or of everything, by the page at `place` or where pages are.
    pub fn of_folder(root: PathBuf, compare: Option<Base>, place: Option<String>, strict: bool) -> Self {
        Self { all: compare.is_none(), compare, place, ..Self::everything(Some(root), None, strict) }
    }
}

/// The least severity that fails a run.
#[derive(Clone, Copy, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// As a severity; none: nothing fails.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }

    fn fails(self, judged: &Judged) -> bool {
        let worst = judged.report.worst().max(judged.news.worst_mistake());
        self.severity().zip(worst).is_some_and(|(least, worst)| worst >= least)
    }
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let today = page::today(options.by.as_of);
    let judged = match judge_fully(options, today)? {
        Judgement::Judged(judged) => judged,
        Judgement::Unusable(report) => {
            outputs::write(&report, &options.outputs)?;
            return Ok(could_not_run());
        }
    };
    outputs::write(&judged.report, &options.outputs)?;
    let fails = options.fail_on.fails(&judged) && !options.exit_zero && !judged.news.is_preview();
    Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// A report, and what it was judged by.
pub struct Judged {
    pub report: Report,
    pub page: Page,
    pub news: News,
    /// The remarks that tell the news in short.
    pub told: Vec<String>,
}

/// What came of judging.
pub enum Judgement {
    /// It was judged.
    Judged(Box<Judged>),
    /// The page, or the baseline, cannot be used: its mistakes, and nothing else.
    Unusable(Box<Report>),
}

impl Judgement {
    /// What was judged, else what is wrong with the page.
    pub fn parts(self) -> (Option<Judged>, Option<Box<Report>>) {
        match self {
            Self::Judged(judged) => (Some(*judged), None),
            Self::Unusable(report) => (None, Some(report)),
        }
    }
}

/// Judges what the options ask for; none where the page cannot be used, whose mistakes have then been printed.
pub fn judge(options: &Options, today: Date) -> Result<Option<Report>> {
    Ok(match judge_fully(options, today)? {
        Judgement::Judged(judged) => Some(judged.report),
        Judgement::Unusable(report) => {
            page::print_mistakes(&report)?;
            None
        }
    })
}

/// The same, with the page.
pub fn judge_fully(options: &Options, today: Date) -> Result<Judgement> {
    let place = Setting::find(options)?;
    let organisation = match &options.organisation {
        Some(known) => known.clone(),
        None => options.by.org_policy.read(today)?,
    };
    let wish = options.wish(&organisation);
    let in_use = match page::find(&place.root, place.judged(), wish, place.page_from(), today)? {
        Outcome::Use(in_use) => *in_use,
        Outcome::Unusable(report) => return Ok(Judgement::Unusable(report)),
    };
    organisation::say_unused(&organisation, &in_use.page.path, in_use.builds);
    let baseline = match baseline::find(place.judged(), place.page_from())? {
        baseline::Outcome::Use(baseline) => baseline,
        baseline::Outcome::Unusable(finding) => return Ok(Judgement::Unusable(in_use.only(*finding, today))),
    };
    let threads = crate::tree::threads();
    let work = place.work(options, &in_use.page, threads)?;
    let run = Run { threads, readings: None, ends: !options.goes_on };
    Ok(Judgement::Judged(Box::new(report(work, in_use, baseline, options.by.strict, today, run))))
}

/// What decides how much a check costs, and nothing of what it says.
#[derive(Clone, Copy)]
pub struct Run<'r> {
    /// How many threads may read.
    pub threads: usize,
    /// Decisions that were read before.
    pub readings: Option<&'r dyn Readings>,
    /// Whether the program ends soon after it.
    pub ends: bool,
}

/// Judges files by a page.
pub fn report(
    work: Work,
    in_use: InUse,
    baseline: baseline::InUse,
    strict: bool,
    today: Date,
    Run { threads, readings, ends }: Run<'_>,
) -> Judged {
    let InUse { page, text, findings, judged_by, builds: _, organisation, remarks, news, told } = in_use;
    let Work { head, base, only, scope, remarks: of_work, elsewhere } = work;
    let report = check(Input {
        head: &head,
        base: base.as_ref(),
        files: only.as_ref(),
        strict,
        page: &page,
        page_text: text,
        organisation_text: organisation,
        page_findings: findings,
        judged_by,
        scope,
        baseline: baseline.baseline.as_ref(),
        elsewhere: &elsewhere,
        today,
        remarks: of_work.into_iter().chain(remarks).chain(baseline.remarks).collect(),
        threads,
        readings,
        ends,
    });
    Judged { report, page, news, told }
}

/// Whether the organisation's page counts.
pub fn wants_organisation(options: &Options) -> Result<Wants> {
    let place = Setting::find(options)?;
    page::wants_organisation(place.judged(), options.wish(&Organisation::NotGiven), place.page_from())
}

/// The folder that is judged.
pub fn root(options: &Options) -> Result<PathBuf> {
    Ok(Setting::find(options)?.root)
}
