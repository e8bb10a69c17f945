//! `adrule list` and `adrule graph`: the records of a repository.

use super::judged::Judged;
use super::page::{self, From, Wish};
use super::{could_not_run, organisation, output};
use crate::tree;
use adrule_policy::catalog::Catalog;
use adrule_policy::decision::Status;
use adrule_policy::plan::{Ask, is_decision, plan};
use adrule_policy::report::render::{catalog, graph};
use adrule_policy::tree::Tree;
use anyhow::{Context as _, Result};
use clap::ValueEnum;
use std::path::PathBuf;
use std::process::ExitCode;

/// Where records are looked for.
#[derive(clap::Args)]
pub struct Place {
    /// The folder to read as a repository of its own; default: the repository around the current folder
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The page, which says where decisions are; default: adrule.yaml, .adrule.yaml or .github/adrule.yaml
    #[arg(long, value_name = "PATH")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    org_policy: organisation::Named,
}

#[derive(clap::Args)]
pub struct List {
    #[command(flatten)]
    place: Place,
    /// Only decisions of this status; may be given several times
    #[arg(long, value_name = "STATUS", value_parser = status)]
    status: Vec<Status>,
    /// How to print the list
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    format: ListFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum ListFormat {
    Human,
    Json,
}

#[derive(clap::Args)]
pub struct Graph {
    #[command(flatten)]
    place: Place,
    /// Decisions that have to do with no other one, too
    #[arg(long)]
    all: bool,
    /// What the graph is for
    #[arg(long, value_enum, default_value_t = GraphFormat::Mermaid)]
    format: GraphFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum GraphFormat {
    Mermaid,
    Dot,
}

fn status(word: &str) -> Result<Status, String> {
    Status::named(word).ok_or_else(|| {
        "one of draft, proposed, accepted, rejected, withdrawn, deprecated and superseded is wanted".to_owned()
    })
}

pub fn list(options: &List) -> Result<ExitCode> {
    let Some(found) = find(&options.place)? else { return Ok(could_not_run()) };
    let wanted = |at: &usize| {
        let status = found.records[*at].status;
        options.status.is_empty() || status.is_some_and(|status| options.status.contains(&status))
    };
    let shown: Vec<usize> = (0..found.records.len()).filter(wanted).collect();
    output::print(&match options.format {
        ListFormat::Human => catalog::human(&found, &shown),
        ListFormat::Json => catalog::json(&found, &shown),
    })?;
    Ok(ExitCode::SUCCESS)
}

pub fn graph(options: &Graph) -> Result<ExitCode> {
    let Some(found) = find(&options.place)? else { return Ok(could_not_run()) };
    if found.relations.is_empty() && !options.all {
        output::say("No decision names another one; with --all, each is drawn alone.");
    }
    output::print(&match options.format {
        GraphFormat::Mermaid => graph::mermaid(&found, options.all),
        GraphFormat::Dot => graph::dot(&found, options.all),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Reads the records; none where the page cannot be used, whose mistakes have then been printed.
pub fn find(place: &Place) -> Result<Option<Catalog>> {
    let (git, root) = tree::root(place.root.as_deref())?;
    let judged = Judged::Folder(&root);
    let today = page::today(None);
    let organisation = place.org_policy.read(today)?;
    let wish = Wish { file: place.policy.as_deref(), place: None, organisation: &organisation };
    let Some(in_use) = page::find(&root, judged, wish, From::Judged, today)?.or_print()? else {
        return Ok(None);
    };
    let page = in_use.page;
    let files = match &git {
        Some(git) => git.files()?,
        None => tree::walk(&root).with_context(|| format!("{} could not be listed", root.display()))?,
    };
    let mut names = plan(&files.paths, &page, Ask::All);
    names.retain(|name| is_decision(name, &page));
    let mut contents = tree::read(&root, &names, &files, tree::threads());
    if let Some(git) = &git {
        git.read_stored(&files, &mut contents)?;
    }
    let tree = Tree { paths: files.paths, files: contents };
    Ok(Some(Catalog::read(&tree, &page)))
}
