//! `adrule policy`: render, check, test and compare pages.

use super::judged::Judged;
use super::page;
use super::{could_not_run, organisation, output};
use crate::tree::{self, Git};
use adrule_policy::check::{Input, check, judge_given};
use adrule_policy::plan::{Ask, plan};
use adrule_policy::policy::{self, Organisation, Page, diff, render, tests};
use adrule_policy::report::{Finding, Report, Severity, words};
use adrule_policy::rule;
use adrule_policy::text::{LineIndex, decode};
use adrule_policy::tree::{Content, Tree};
use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Write the page as prose that everybody can read
    Render(Render),
    /// Look for mistakes on the page
    Check(Where),
    /// Run the tests that stand on the page
    Test(Where),
    /// Say in words what changed between two pages, and which services it moves
    Diff(Diff),
}

#[derive(clap::Args)]
pub struct Where {
    /// The page; default: that of the repository
    page: Option<PathBuf>,
    #[command(flatten)]
    org_policy: organisation::Named,
    /// The day that waivers and dates are judged by; default: today (UTC)
    #[arg(long, value_name = "DATE", value_parser = page::day)]
    as_of: Option<Date>,
}

#[derive(clap::Args)]
pub struct Render {
    #[command(flatten)]
    at: Where,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Fail if this file is not what would be written
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    check: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct Diff {
    /// The page as it was: a file, a revision (`main`) or a file of one (`main:adrule.yaml`)
    old: PathBuf,
    /// The page as it would be; default: that of the repository
    new: Option<PathBuf>,
    #[command(flatten)]
    org_policy: organisation::Named,
    /// The day that waivers and dates are judged by; default: today (UTC)
    #[arg(long, value_name = "DATE", value_parser = page::day)]
    as_of: Option<Date>,
    /// The repository whose services are judged by both; default: the one around the current folder
    #[arg(long, value_name = "DIR")]
    repository: Option<PathBuf>,
}

pub fn run(command: &Command) -> Result<ExitCode> {
    match command {
        Command::Render(options) => render(options),
        Command::Check(at) => check_page(at),
        Command::Test(at) => test(at),
        Command::Diff(options) => diff_pages(options),
    }
}

/// A page, its text, what is wrong with it, and the organisation's page.
struct Found {
    page: Page,
    text: Arc<str>,
    findings: Vec<Finding>,
    organisation: Organisation,
}

fn find(at: &Where) -> Result<Option<Found>> {
    let today = page::today(at.as_of);
    let here = std::env::current_dir().context("the current folder")?;
    let root = Git::find(&here)?.map_or(here, |git| git.root);
    let organisation = at.org_policy.read(today)?;
    let wish = page::Wish { file: at.page.as_deref(), place: None, organisation: &organisation };
    let found = page::find(&root, Judged::Folder(&root), wish, page::From::Judged, today)?.or_print()?;
    Ok(found.map(|found| {
        organisation::say_unused(&organisation, &found.page.path, found.builds);
        if found.builds == policy::Builds::OnUnread {
            found.remarks.iter().for_each(|remark| output::say(&format!("note: {remark}")));
        }
        let text = found.text.map(|(_, text)| text).unwrap_or_default();
        Found { page: found.page, text, findings: found.findings, organisation }
    }))
}

fn render(options: &Render) -> Result<ExitCode> {
    let Some(Found { page, .. }) = find(&options.at)? else { return Ok(could_not_run()) };
    let prose = render::prose(&page, page::today(options.at.as_of));
    if let Some(warning) = render::length_warning(&page, &prose) {
        output::say(&format!("warning: {}", warning.message));
    }
    if let Some(file) = &options.check {
        let there = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        // A checkout may have given the file other line ends.
        if there.replace("\r\n", "\n") == prose {
            return Ok(ExitCode::SUCCESS);
        }
        let line = there.lines().zip(prose.lines()).take_while(|(a, b)| a == b).count() + 1;
        output::say(&format!(
            "error: {} is not what the page says (first difference on line {line}); write it again: adrule policy render --output {}",
            file.display(),
            file.display()
        ));
        return Ok(ExitCode::from(1));
    }
    match &options.output {
        Some(file) => std::fs::write(file, prose).with_context(|| file.display().to_string())?,
        None => output::print(&prose)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn check_page(at: &Where) -> Result<ExitCode> {
    let Some(Found { page, text, findings, organisation }) = find(at)? else { return Ok(could_not_run()) };
    let today = page::today(at.as_of);
    let mut findings = findings;
    findings.extend(render::length_warning(&page, &render::prose(&page, today)));
    page::mistakes(&page.path, &text, &findings, (&organisation, today))?;
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if findings.is_empty() {
        output::print(&format!("{}: no mistakes\n", page.path))?;
    }
    Ok(if errors > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn test(at: &Where) -> Result<ExitCode> {
    let Some(Found { page, text, .. }) = find(at)? else { return Ok(could_not_run()) };
    let today = page::today(at.as_of);
    let outcomes = tests::run(&page, |page, given| judge_given(page, given, today));
    let lines = LineIndex::new(&text);
    let mut out = String::new();
    for (number, outcome) in outcomes.iter().enumerate() {
        let name = outcome.name.clone().unwrap_or_else(|| format!("test {}", number + 1));
        let place = format!("{}:{}", outcome.place.path, lines.position(outcome.place.span.start).line);
        let word = if outcome.passed() { "ok  " } else { "FAIL" };
        let _ = writeln!(out, "{word} {name} ({place}): {}", outcome.words());
    }
    let failed = outcomes.iter().filter(|outcome| !outcome.passed()).count();
    let _ = match (outcomes.len(), failed) {
        (0, _) => writeln!(out, "The page has no tests."),
        (all, 0) => writeln!(out, "{} passed.", words::count(all, "test")),
        (all, failed) => writeln!(out, "{failed} of {} failed.", words::count(all, "test")),
    };
    output::print(&out)?;
    Ok(if failed > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// A page that was named: a file, or else what a revision of the repository around the current folder has.
fn load(named: &Path, organisation: &Organisation, today: Date) -> Result<Option<Page>> {
    let (name, text) = match std::fs::read(named) {
        Ok(bytes) => match decode(&bytes) {
            Ok(text) => (named.to_string_lossy().into_owned(), Arc::<str>::from(text)),
            Err(error) => bail!("{}: {error}", named.display()),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => match of_revision(&named.to_string_lossy())? {
            Some(found) => found,
            None => bail!(
                "`{}` is neither a file nor a revision that has a page ({})",
                named.display(),
                page::PLACES.join(", ")
            ),
        },
        Err(error) => bail!("{}: {error}", named.display()),
    };
    let name: Arc<str> = name.into();
    let loaded = policy::load_with(&name, &text, today, &rule::ids(), organisation);
    if loaded.page.is_none() {
        page::mistakes(&name, &text, &loaded.findings, (organisation, today))?;
    }
    Ok(loaded.page)
}

/// The page of `REV`, or the file that `REV:PATH` names, and its text.
fn of_revision(named: &str) -> Result<Option<(String, Arc<str>)>> {
    let Some(git) = Git::find(&std::env::current_dir().context("the current folder")?)? else { return Ok(None) };
    let found = match named.split_once(':') {
        Some((revision, path)) => git.first_of(revision, &[path])?,
        None => git.first_of(named, &page::PLACES)?,
    };
    match found {
        Some((place, Content::Text(text))) => {
            Ok(Some((format!("{}:{place}", named.split(':').next().unwrap_or(named)), text)))
        }
        Some((place, Content::Unread(reason) | Content::Skipped(reason))) => {
            bail!("{place} of `{named}` could not be read: {reason}")
        }
        None => Ok(None),
    }
}

fn diff_pages(options: &Diff) -> Result<ExitCode> {
    let today = page::today(options.as_of);
    let organisation = options.org_policy.read(today)?;
    let Some(old) = load(&options.old, &organisation, today)? else { return Ok(could_not_run()) };
    let new = match &options.new {
        Some(new) => load(new, &organisation, today)?,
        None => {
            let org_policy = options.org_policy.clone();
            find(&Where { page: None, org_policy, as_of: options.as_of })?.map(|found| found.page)
        }
    };
    let Some(new) = new else { return Ok(could_not_run()) };
    let mut out = String::new();
    let said = diff::words(&old, &new);
    for line in &said {
        let _ = writeln!(out, "- {line}");
    }
    if said.is_empty() {
        out.push_str("Both pages say the same.\n");
    }
    let root = match &options.repository {
        Some(root) => Some(root.clone()),
        None => Git::find(&std::env::current_dir().context("the current folder")?)?.map(|git| git.root),
    };
    if let Some(root) = root {
        moves(&mut out, &standings(&root, &old, today)?, &standings(&root, &new, today)?);
    }
    output::print(&out)?;
    Ok(ExitCode::SUCCESS)
}

/// Every service of a repository as a page judges it.
pub fn standings(root: &Path, page: &Page, today: Date) -> Result<Report> {
    let files = match Git::below(root)? {
        Some(git) => git.files()?,
        None => tree::walk(root)?,
    };
    let names = plan(&files.paths, page, Ask::All);
    let contents = tree::read(root, &names, &files, 2);
    let tree = Tree { paths: files.paths, files: contents };
    Ok(check(Input::all(&tree, page, today)))
}

fn moves(out: &mut String, old: &Report, new: &Report) {
    let mut moved = 0;
    for service in &new.services {
        let before = old.services.iter().find(|other| other.name == service.name && other.path == service.path);
        let Some(before) = before.filter(|before| before.standing != service.standing) else { continue };
        moved += 1;
        let why = if service.words.is_empty() {
            String::new()
        } else {
            format!(": {}", words::printable(&service.words, 200))
        };
        let name = words::printable(&service.name, 80);
        let _ = writeln!(
            out,
            "- `{name}` moves from {} to {}{why}",
            words::standing(before.standing),
            words::standing(service.standing)
        );
    }
    let still = new.services.len() - moved;
    let _ = writeln!(
        out,
        "{} would change standing; {still} would stay as {} now.",
        words::count(moved, "service"),
        if still == 1 { "it is" } else { "they are" }
    );
}
