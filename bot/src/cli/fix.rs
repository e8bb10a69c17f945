//! `adrule fix`: writes what mends findings to the letter, and leaves what needs words of somebody's own.

use super::{check, could_not_run, output, page};
use adrule_policy::report::words::{count, printable};
use adrule_policy::report::{Change, Mended, Report, mend};
use adrule_policy::rule;
use anyhow::{Context as _, Result};
use similar::TextDiff;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// What is mended may show what else is known to the letter: so often it is looked at again, and no more.
const MOST_ROUNDS: usize = 10;

#[derive(clap::Args)]
pub struct Options {
    /// Files or folders whose findings are mended; default: those of what differs from the base
    paths: Vec<PathBuf>,
    /// Mend the findings of everything
    #[arg(long, conflicts_with = "base")]
    all: bool,
    /// Print what would change, as a patch, and write nothing; exits with 1 where anything would
    #[arg(long)]
    diff: bool,
    /// Mend only what these rules find; may be given several times
    #[arg(long = "rule", value_name = "RULE", value_parser = known_rule)]
    rules: Vec<String>,
    #[command(flatten)]
    by: check::By,
}

fn known_rule(id: &str) -> Result<String, String> {
    match rule::find(id) {
        Some(_) => Ok(id.to_owned()),
        None => {
            let near = adrule_policy::policy::nearest(id, rule::ids());
            Err(near.map_or_else(|| "no such rule".to_owned(), |near| format!("no such rule; `{near}` is one")))
        }
    }
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let judged = check::Options::of_part(options.paths.clone(), options.all, options.by.clone());
    let root = check::root(&judged)?;
    let today = page::today(options.by.as_of);
    let is_wanted = |rule: &str| options.rules.is_empty() || options.rules.iter().any(|wanted| wanted == rule);
    let mut done = Done::default();
    for _ in 0..MOST_ROUNDS {
        let Some(report) = check::judge(&judged, today)? else { return Ok(could_not_run()) };
        let new: Vec<Mended> =
            mend(&report, &is_wanted).into_iter().filter(|file| !done.left.contains(&file.path)).collect();
        if options.diff {
            return diff(&report, &new);
        }
        done.open = report.open().filter(|finding| is_wanted(&finding.rule)).count();
        if new.is_empty() {
            break;
        }
        for file in new {
            match write(&root, &report, &file)? {
                Some(reason) => {
                    output::say(&format!("warning: {}: {reason}; it is left as it is", printable(&file.path, 300)));
                    done.left.insert(file.path);
                }
                None => {
                    file.changes.iter().try_for_each(|change| output::print(&told(&file.path, change)))?;
                    done.places += file.changes.iter().map(|change| change.findings).sum::<usize>();
                    done.files.insert(file.path);
                }
            }
        }
    }
    output::print(&done.words())?;
    Ok(ExitCode::SUCCESS)
}

/// What a run has come to.
#[derive(Default)]
struct Done {
    places: usize,
    files: BTreeSet<Arc<str>>,
    /// Files that could not be written.
    left: BTreeSet<Arc<str>>,
    /// How many findings are open in the end.
    open: usize,
}

impl Done {
    fn words(&self) -> String {
        let mended = match self.places {
            0 => "Nothing to mend to the letter".to_owned(),
            places => format!("Mended {} in {}", count(places, "place"), count(self.files.len(), "file")),
        };
        match self.open {
            0 => format!("{mended}.\n"),
            1 => format!("{mended}; 1 finding wants words of your own: `adrule check` shows it.\n"),
            open => format!("{mended}; {open} findings want words of your own: `adrule check` shows them.\n"),
        }
    }
}

/// Writes a file; else why it was not. It must still hold what was judged, and be no link to something else.
fn write(root: &Path, report: &Report, file: &Mended) -> Result<Option<&'static str>> {
    let path = root.join(&*file.path);
    let is_file = std::fs::symlink_metadata(&path).is_ok_and(|data| data.is_file());
    let judged = report.sources.get(&file.path).map(|text| text.as_bytes());
    if !is_file || std::fs::read(&path).ok().as_deref() != judged {
        return Ok(Some("it is no longer what was judged"));
    }
    std::fs::write(&path, &file.text).with_context(|| format!("{} could not be written", path.display()))?;
    Ok(None)
}

/// A change for people: where, by which rule, and the lines.
fn told(path: &str, change: &Change) -> String {
    let lines = |sign: char, text: &str| -> String {
        text.lines().map(|line| format!("  {sign} {}\n", printable(line, 200)).replace(" \n", "\n")).collect()
    };
    let (before, after) = (lines('-', &change.before), lines('+', &change.after));
    format!("{}:{}: {}\n{before}{after}", printable(path, 300), change.line, change.rules.join(", "))
}

fn diff(report: &Report, files: &[Mended]) -> Result<ExitCode> {
    for file in files {
        let before = report.sources.get(&file.path).map_or("", |text| text);
        let patch = TextDiff::from_lines(before, &file.text);
        let (old, new) = (format!("a/{}", file.path), format!("b/{}", file.path));
        output::print(&patch.unified_diff().header(&old, &new).to_string())?;
    }
    Ok(if files.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
