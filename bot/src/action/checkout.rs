//! The checkout of a job, where it has what is needed.

use crate::cli::organisation;
use crate::tree::{Base, Git};
use crate::verdict::{Change, Compare, words};
use adrule_policy::policy::Organisation;
use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// What can be judged from the disk.
pub struct Found {
    pub root: PathBuf,
    pub base: Base,
    /// The commit that the page is read from, in full.
    pub page: String,
}

/// The checkout, if it is that of the change and knows what to compare with; else why not, in words.
pub fn find(workspace: &Path, folder: &str, change: &Change) -> Result<Result<Found, String>> {
    let Some((root, git)) = repository(workspace, folder)? else {
        return Ok(Err("there is no checkout".to_owned()));
    };
    let Some(head) = git.commit("HEAD")? else { return Ok(Err("the checkout is empty".to_owned())) };
    if head != change.commit && head != change.head {
        return Ok(Err("the checkout is of another commit".to_owned()));
    }
    let from = match &change.compare {
        Compare::FirstParent if head == change.commit => "HEAD^1".to_owned(),
        Compare::FirstParent => format!("refs/remotes/origin/{}", change.branch),
        Compare::Commit(commit) => commit.clone(),
        Compare::Branch(branch) => format!("refs/remotes/origin/{branch}"),
    };
    let Some(tip) = git.commit(&from)? else {
        return Ok(Err("the checkout does not have what to compare with".to_owned()));
    };
    // In a shallow clone it may not be known where the histories part.
    let Ok(base) = git.base(Some(&tip)) else {
        return Ok(Err("the checkout does not reach back to where the change began".to_owned()));
    };
    let page = base.commit.clone().unwrap_or_default();
    let words = words(&change.branch, &page);
    Ok(Ok(Found { root, base: Base { words, ..base }, page }))
}

/// The folder that is judged, where it lies in a checkout of this commit.
pub fn folder(workspace: &Path, folder: &str, commit: &str) -> Result<Option<PathBuf>> {
    let Some((root, git)) = repository(workspace, folder)? else { return Ok(None) };
    Ok((git.commit("HEAD")?.as_deref() == Some(commit)).then_some(root))
}

/// The organisation's page in the workspace. Never a file of the repository that is judged: a pull request could bring
/// its own.
pub fn organisation(workspace: &Path, folder: &str, file: &str, today: Date) -> Result<Organisation> {
    let named = workspace.join(file);
    let missing = || format!("the input `org-policy`: {file} is not in the workspace; check its repository out first");
    let found = std::fs::canonicalize(&named).with_context(missing)?;
    let workspace = std::fs::canonicalize(workspace).with_context(missing)?;
    let Ok(inside) = found.strip_prefix(&workspace) else {
        bail!("the input `org-policy`: {file} leads out of the workspace")
    };
    let judged = repository(&workspace, folder)?.map(|(_, git)| git);
    let around = Git::find(found.parent().unwrap_or(&workspace))?;
    if let (Some(judged), Some(around)) = (judged, around)
        && judged.root == around.root
        && let Ok(path) = found.strip_prefix(&judged.root)
        && judged.first_of("HEAD", &[&path.to_string_lossy().replace('\\', "/")])?.is_some()
    {
        bail!(
            "the input `org-policy`: {file} is a file of the repository that is judged, so that a change could bring its \
             own; check the organisation's repository out to a folder of its own"
        );
    }
    organisation::at(&found, &inside.display().to_string(), today)
}

fn repository(workspace: &Path, folder: &str) -> Result<Option<(PathBuf, Git)>> {
    let Ok(root) = std::fs::canonicalize(workspace.join(folder)) else { return Ok(None) };
    Ok(Git::below(&root)?.map(|git| (root, git)))
}
