//! `adrule init`: a first page, after a look at the repository.

use super::{could_not_run, output, page};
use crate::tree::{self, Git};
use adrule_policy::check::read;
use adrule_policy::plan::{Ask, plan};
use adrule_policy::policy::{self, scaffold};
use adrule_policy::tree::{Tree, folder};
use anyhow::{Context as _, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where editors find the schema.
const SCHEMA: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/raw/main/schemas/policy.schema.json");

#[derive(clap::Args)]
pub struct Options {
    /// Where to write the page; default: adrule.yaml at the root of the repository
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    /// Print the page instead of writing it
    #[arg(long)]
    stdout: bool,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let here = std::env::current_dir().context("the current folder")?;
    let git = Git::find(&here)?;
    let root = git.as_ref().map_or(here, |git| git.root.clone());
    let files = match &git {
        Some(git) => git.files()?,
        None => tree::walk(&root)?,
    };
    let built_in = policy::built_in();
    let names = plan(&files.paths, &built_in, Ask::All);
    let contents = tree::read(&root, &names, &files, 2);
    let tree = Tree { paths: files.paths, files: contents };
    let text = scaffold::page(&look(&tree));
    if options.stdout {
        output::print(&text)?;
        return Ok(ExitCode::SUCCESS);
    }
    let there = page::PLACES.iter().map(|place| root.join(place)).find(|place| place.exists());
    let path = match (&options.path, there) {
        (Some(path), _) => path.clone(),
        (None, Some(there)) => return refuse(&there),
        (None, None) => root.join(page::PLACES[0]),
    };
    // `create_new` never follows a link and never overwrites.
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file.write_all(text.as_bytes()).with_context(|| path.display().to_string())?,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return refuse(&path),
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    }
    output::print(&format!("Wrote {}. Read it, agree on it, then try: adrule check --all\n", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn refuse(path: &Path) -> Result<ExitCode> {
    output::say(&format!(
        "error: {} is there already, and is left as it is (`--stdout` prints a fresh page)",
        path.display()
    ));
    Ok(could_not_run())
}

fn look(tree: &Tree) -> scaffold::Found {
    let read = read(tree, &policy::built_in(), Ask::All, 2);
    let mut languages: BTreeMap<String, usize> = BTreeMap::new();
    let mut manifests: BTreeMap<String, usize> = BTreeMap::new();
    let mut parents: BTreeMap<&str, usize> = BTreeMap::new();
    for member in &read.members {
        for language in &member.languages {
            *languages.entry(language.name.to_string()).or_default() += 1;
        }
        for document in &member.documents {
            *manifests.entry(document.format.name().to_owned()).or_default() += 1;
        }
        if !member.folder.is_empty() {
            *parents.entry(folder(&member.folder)).or_default() += 1;
        }
    }
    let decisions: BTreeSet<&str> = read.decisions.iter().map(|decision| folder(&decision.path)).collect();
    scaffold::Found {
        schema: SCHEMA.to_owned(),
        languages: languages.into_iter().collect(),
        manifests: manifests.into_iter().collect(),
        decisions: decisions.into_iter().take(5).map(str::to_owned).collect(),
        services: parents
            .into_iter()
            .filter(|(parent, number)| !parent.is_empty() && *number > 1)
            .map(|(parent, _)| parent.to_owned())
            .collect(),
    }
}
