//! `adrule check`: the main job.

use super::page::{self, InUse, Outcome};
use super::{baseline, could_not_run, outputs};
use crate::tree::{self, Base, Files, Git};
use adrule_policy::check::{Input, check};
use adrule_policy::plan::{Ask, plan};
use adrule_policy::report::{Report, Scope, Severity};
use adrule_policy::tree::{Paths, Tree, lies_in};
use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Options {
    /// Files or folders to judge, as if they were new; default: what differs from the base
    paths: Vec<PathBuf>,
    /// Judge everything
    #[arg(long, conflicts_with = "base")]
    all: bool,
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
    #[arg(long, value_name = "DATE")]
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
    pub fn everything(root: Option<PathBuf>, policy: Option<PathBuf>) -> Self {
        Self {
            paths: Vec::new(),
            all: true,
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

/// What is to be judged, and what it is compared with.
struct Work {
    root: PathBuf,
    files: Files,
    scope: Scope,
    /// The files that are judged; none: all.
    only: Option<BTreeSet<String>>,
    before: Before,
    remarks: Vec<String>,
}

enum Before {
    Nothing,
    Revision(Git, Base, Paths),
    Folder(PathBuf, Files),
}

/// Judges what the options ask for; none where the page cannot be used, whose mistakes have then been printed.
pub fn judge(options: &Options, today: Date) -> Result<Option<Report>> {
    let work = work(options)?;
    let base = match &work.before {
        Before::Revision(git, base, _) => Some((git, base)),
        Before::Nothing | Before::Folder(..) => None,
    };
    let in_use = match page::find(&work.root, options.policy.as_deref(), base, today)? {
        Outcome::Use(in_use) => *in_use,
        Outcome::Unusable => return Ok(None),
    };
    let InUse { page, text, findings, judged_by, remarks } = in_use;
    let baseline = baseline::find(&work.root, base)?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let ask = work.only.as_ref().map_or(Ask::All, Ask::Files);
    let names = plan(&work.files.paths, &page, ask);
    let contents = tree::read(&work.root, &names, &work.files, threads);
    let before = match &work.before {
        Before::Nothing => None,
        Before::Revision(git, base, paths) => {
            let names = plan(paths, &page, ask);
            let contents = match &base.commit {
                Some(commit) => git.read(commit, &names, &work.files.odd)?,
                None => Default::default(),
            };
            Some(Tree { paths: paths.clone(), files: contents })
        }
        Before::Folder(root, files) => {
            let contents = tree::read(root, &plan(&files.paths, &page, ask), files, threads);
            Some(Tree { paths: files.paths.clone(), files: contents })
        }
    };
    let head = Tree { paths: work.files.paths, files: contents };
    let report = check(Input {
        head: &head,
        base: before.as_ref(),
        files: work.only.as_ref(),
        page: &page,
        page_text: text,
        page_findings: findings,
        judged_by,
        scope: work.scope,
        baseline: baseline.baseline.as_ref(),
        today,
        remarks: work.remarks.into_iter().chain(remarks).chain(baseline.remarks).collect(),
        threads,
    });
    Ok(Some(report))
}

/// The repository, if there is one, and the folder that is judged.
fn setting(options: &Options, here: &Path) -> Result<(Option<Git>, PathBuf)> {
    let git = match &options.root {
        Some(root) => Git::below(&std::fs::canonicalize(root).with_context(|| root.display().to_string())?),
        None => Git::find(here),
    };
    let root =
        git.as_ref().map(|git| git.root.clone()).or_else(|| options.root.clone()).unwrap_or_else(|| here.to_owned());
    Ok((git, root))
}

/// The folder that is judged.
pub fn root(options: &Options) -> Result<PathBuf> {
    let here = std::env::current_dir().context("the current folder")?;
    Ok(setting(options, &here)?.1)
}

fn work(options: &Options) -> Result<Work> {
    let here = std::env::current_dir().context("the current folder")?;
    let (git, root) = setting(options, &here)?;
    let files = match &git {
        Some(git) => git.files()?,
        None => tree::walk(&root).with_context(|| format!("{} could not be listed", root.display()))?,
    };
    let mut work = Work { root, files, scope: Scope::All, only: None, before: Before::Nothing, remarks: Vec::new() };
    if !options.paths.is_empty() {
        work.only = Some(named(options, &work, &here)?);
        work.scope = Scope::Paths;
    } else if let (Some(base), false) = (&options.base, options.all) {
        compare(&mut work, git, Some(base))?;
    } else if !options.all {
        match git {
            Some(git) => compare(&mut work, Some(git), None)?,
            None => work.remarks.push("This is no git repository: everything is judged, as with --all.".to_owned()),
        }
    }
    Ok(work)
}

/// Compares with a revision or a folder.
fn compare(work: &mut Work, git: Option<Git>, base: Option<&String>) -> Result<()> {
    let folder = base.map(PathBuf::from).filter(|folder| folder.is_dir());
    let revision = match &git {
        Some(git) => Some(git.base(base.map(String::as_str))),
        None => None,
    };
    match (git, revision, folder) {
        (Some(git), Some(Ok(revision)), _) => {
            let changed = git.changed(&revision, &work.files)?;
            let paths = Git::names_before(&work.files, &changed);
            work.only = Some(changed.into_keys().collect());
            work.before = Before::Revision(git, revision, paths);
        }
        (_, _, Some(folder)) => {
            let files = tree::walk(&folder).with_context(|| format!("{} could not be listed", folder.display()))?;
            work.only = Some(tree::differing(&work.root, &work.files, &folder, &files));
            work.before = Before::Folder(folder, files);
        }
        (_, Some(Err(error)), None) => return Err(error),
        (_, None, None) => bail!("--base needs a git repository here, or the path of a folder"),
        (None, Some(Ok(_)), None) => {}
    }
    work.scope = Scope::Change;
    Ok(())
}

/// The files that were named, from the root of the repository.
fn named(options: &Options, work: &Work, here: &Path) -> Result<BTreeSet<String>> {
    let prefix = here.strip_prefix(&work.root).unwrap_or(Path::new(""));
    let mut only = BTreeSet::new();
    for path in &options.paths {
        let Some(inside) = inside(&work.root, prefix, path) else {
            bail!("{} lies outside of {}", path.display(), work.root.display());
        };
        let found: Vec<&str> = match inside.as_str() {
            "" => work.files.paths.iter().collect(),
            file if work.files.paths.contains(file) => vec![file],
            folder => work.files.paths.iter().filter(|path| lies_in(path, folder)).collect(),
        };
        if found.is_empty() {
            if std::fs::symlink_metadata(here.join(path)).is_err() {
                bail!("{} is not there", path.display());
            }
            bail!("{} holds no file that git knows or would add", path.display());
        }
        only.extend(found.into_iter().map(str::to_owned));
    }
    Ok(only)
}

/// A path as it was typed, from the root; none where it leads out.
fn inside(root: &Path, prefix: &Path, path: &Path) -> Option<String> {
    let absolute = if path.is_absolute() { path.to_owned() } else { root.join(prefix).join(path) };
    let mut parts: Vec<String> = Vec::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    let root: Vec<String> = root
        .components()
        .filter_map(|component| match component {
            Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    parts.strip_prefix(root.as_slice()).map(|rest| rest.join("/"))
}
