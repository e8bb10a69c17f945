//! `adrule baseline`: writes down what is there, so that only what comes later is judged.

use super::judged::Judged;
use super::page::From;
use super::{check, could_not_run, organisation, output, page};
use crate::tree::{Base, Git};
use adrule_policy::report::{BASELINE_PATH, Baseline, Finding};
use adrule_policy::tree::Content;
use anyhow::{Context as _, Result};
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Options {
    /// Remove the entries that are no longer needed
    #[arg(long, conflicts_with = "add")]
    prune: bool,
    /// Add every open finding to a baseline that is there; needs a reason
    #[arg(long, requires = "reason")]
    add: bool,
    /// Why the added findings are excused
    #[arg(long, value_name = "TEXT", requires = "add", value_parser = reason)]
    reason: Option<String>,
    /// Ask every rule, those that are off by default included
    #[arg(long)]
    strict: bool,
    /// The folder to judge as a repository of its own; default: the repository around the current folder
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The page; default: adrule.yaml, .adrule.yaml or .github/adrule.yaml
    #[arg(long, value_name = "PATH")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    org_policy: organisation::Named,
    /// The day that waivers and dates are judged by; default: today (UTC)
    #[arg(long, value_name = "DATE", value_parser = page::day)]
    as_of: Option<Date>,
}

fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.chars().any(char::is_alphanumeric) { Ok(text.to_owned()) } else { Err("a reason has words".to_owned()) }
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let everything = check::Options::everything(options.root.clone(), options.policy.clone(), options.strict)
        .with_org_policy(options.org_policy.clone());
    let root = check::root(&everything)?;
    let file = root.join(BASELINE_PATH);
    let there = match find(Judged::Folder(&root), From::Judged)? {
        Outcome::Use(found) => found.baseline,
        Outcome::Unusable(finding) => {
            output::say(&format!("error: {}", finding.message));
            return Ok(could_not_run());
        }
    };
    let refusal = match (&there, options.prune || options.add) {
        (Some(_), false) => {
            "is there already: `--prune` removes what is no longer needed, `--add --reason TEXT` adds to it"
        }
        (None, true) => "is not there: `adrule baseline` makes it",
        _ => "",
    };
    if !refusal.is_empty() {
        output::say(&format!("error: {} {refusal}", file.display()));
        return Ok(could_not_run());
    }
    let Some(report) = check::judge(&everything, page::today(options.as_of))? else { return Ok(could_not_run()) };
    let old = there.unwrap_or_default();
    let new = match (&report.baseline, &options.reason) {
        (Some(used), None) => old.without(&used.unneeded),
        (_, Some(reason)) => old.with(&report.findings, &report.sources, reason),
        (None, None) => Baseline::of(&report.findings, &report.sources),
    };
    if new != old || !file.exists() {
        std::fs::write(&file, new.to_text()).with_context(|| format!("{} could not be written", file.display()))?;
    }
    let did = match old.len().cmp(&new.len()) {
        std::cmp::Ordering::Greater => format!(", {} removed", old.len() - new.len()),
        std::cmp::Ordering::Less if options.add => format!(", {} added", new.len() - old.len()),
        std::cmp::Ordering::Equal | std::cmp::Ordering::Less => String::new(),
    };
    output::print(&format!("{BASELINE_PATH}: {}{did}.\n", entries(new.len())))?;
    Ok(ExitCode::SUCCESS)
}

fn entries(number: usize) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}

/// A baseline in use.
#[derive(Default)]
pub struct InUse {
    /// None where the tree has none.
    pub baseline: Option<Baseline>,
    /// What is worth knowing about the choice of it.
    pub remarks: Vec<String>,
}

/// What came of looking for one.
pub enum Outcome {
    /// It can be used, or there is none.
    Use(InUse),
    /// The one that counts cannot be used, so nobody can say what it excuses.
    Unusable(Box<Finding>),
}

/// The baseline of the base, where there is one to compare with, else that of the files that are judged: a change
/// cannot excuse itself.
pub fn find(judged: Judged<'_>, from: From<'_>) -> Result<Outcome> {
    let here = judged.read(BASELINE_PATH)?;
    let (before, words) = match from {
        From::Judged => {
            return Ok(match here.as_ref().map(read).transpose() {
                Ok(baseline) => Outcome::Use(InUse { baseline, remarks: Vec::new() }),
                Err(reason) => unusable(&reason),
            });
        }
        From::Revision(git, base) => (of_revision(git, base)?, base.words.clone()),
        From::Folder(folder) => (Judged::Folder(folder).read(BASELINE_PATH)?, folder.display().to_string()),
        From::Stored(files, words) => (Judged::Stored(files).read(BASELINE_PATH)?, words.to_owned()),
    };
    let old = match before.as_ref().map(read).transpose() {
        Ok(old) => old,
        Err(reason) => return Ok(mended(&reason, here.as_ref(), &words)),
    };
    let remarks = match (&before, &here) {
        (None, Some(_)) => vec![format!("{BASELINE_PATH} is new in this change, and excuses nothing of it.")],
        (Some(_), None) => vec![format!("This change removes {BASELINE_PATH}. It is judged with it as it was.")],
        (Some(old), Some(new)) => changed(old, new, &words),
        (None, None) => Vec::new(),
    };
    Ok(Outcome::Use(InUse { baseline: old, remarks }))
}

fn unusable(reason: &str) -> Outcome {
    Outcome::Unusable(Box::new(Baseline::unusable(reason)))
}

/// A change that mends the baseline, or takes it away, is judged with its own: else the mistake would lock everybody out.
fn mended(reason: &str, new: Option<&Content>, words: &str) -> Outcome {
    let (baseline, does) = match new.map(read).transpose() {
        Ok(Some(baseline)) => (Some(baseline), "mends it, and is judged with its own"),
        Ok(None) => (None, "removes it"),
        Err(_) => return unusable(&format!("on {words}, {reason}")),
    };
    let remark = format!("{BASELINE_PATH} on {words} cannot be used ({reason}); this change {does}.");
    Outcome::Use(InUse { baseline, remarks: vec![remark] })
}

fn of_revision(git: &Git, base: &Base) -> Result<Option<Content>> {
    let Some(commit) = &base.commit else { return Ok(None) };
    Ok(git.first_of(commit, &[BASELINE_PATH])?.map(|(_, content)| content))
}

fn changed(old: &Content, new: &Content, words: &str) -> Vec<String> {
    if old == new {
        return Vec::new();
    }
    // One that cannot be used stops the next run, where it is the base; here it is only said.
    let broken = read(new).err().map(|reason| format!("The new baseline cannot be used: {reason}."));
    let said = format!("This change changes {BASELINE_PATH}. It is judged with that on {words}.");
    std::iter::once(said).chain(broken).collect()
}

/// A baseline, or why it cannot be used.
fn read(content: &Content) -> std::result::Result<Baseline, String> {
    match content {
        Content::Text(text) => Baseline::parse(text).map_err(|error| error.to_string()),
        Content::Unread(reason) | Content::Skipped(reason) => Err(reason.clone()),
    }
}
