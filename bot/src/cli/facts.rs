//! `adrule facts`: what is read from files, without a repository or a page.

use super::output;
use crate::tree::{self, Files};
use adrule_policy::check::facts;
use adrule_policy::report::render::facts as render;
use adrule_policy::tree::{Content, Paths, Tree};
use adrule_policy::{decision, manifest};
use anyhow::{Context as _, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[derive(clap::Args)]
pub struct Options {
    /// Files, whatever they are called, or folders, of which the usual names are read
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How to print what was read
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Say for each reading why it counts or does not
    #[arg(long)]
    explain: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Human,
    Json,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut files: BTreeMap<Arc<str>, Content> = BTreeMap::new();
    for path in &options.paths {
        let data = std::fs::metadata(path).with_context(|| path.display().to_string())?;
        if data.is_dir() {
            folder(path, &mut names, &mut files)?;
        } else {
            file(path, &mut names, &mut files);
        }
    }
    let tree = Tree { paths: names.iter().map(String::as_str).collect::<Paths>(), files };
    let report = facts(&tree);
    output::print(&match options.format {
        Format::Human => render::human(&report, options.explain),
        Format::Json => render::json(&report, options.explain),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// A file that somebody names is read, whatever its name is; its neighbours' names show the language.
fn file(path: &Path, names: &mut BTreeSet<String>, files: &mut BTreeMap<Arc<str>, Content>) {
    let shown = text(path);
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let neighbours = std::fs::read_dir(folder).into_iter().flatten().flatten();
    names.extend(neighbours.take(10_000).map(|entry| text(&path.with_file_name(entry.file_name()))));
    names.insert(shown.clone());
    files.insert(Arc::from(shown), tree::read_named(path));
}

fn folder(path: &Path, names: &mut BTreeSet<String>, files: &mut BTreeMap<Arc<str>, Content>) -> Result<()> {
    let found: Files = tree::walk(path).with_context(|| path.display().to_string())?;
    let prefix = text(path);
    let prefix = prefix.trim_end_matches('/');
    let shown =
        |name: &str| if prefix.is_empty() || prefix == "." { name.to_owned() } else { format!("{prefix}/{name}") };
    let wanted: Vec<&str> = found
        .paths
        .iter()
        .filter(|name| decision::is_candidate(&shown(name)) || manifest::is_candidate(name))
        .collect();
    let threads = crate::tree::threads();
    for (name, content) in tree::read(path, &wanted, &found, threads) {
        files.insert(Arc::from(shown(&name)), content);
    }
    names.extend(found.paths.iter().map(shown));
    Ok(())
}

fn text(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}
