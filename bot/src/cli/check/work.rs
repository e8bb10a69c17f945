//! What is to be judged, and what it is compared with.

use super::Options;
use crate::cli::judged::Judged;
use crate::cli::page::From;
use crate::tree::{self, Base, Files, Git, Wanted};
use adrule_policy::check::Elsewhere;
use adrule_policy::plan::{Ask, Besides, interest, plan};
use adrule_policy::policy::Page;
use adrule_policy::report::Scope;
use adrule_policy::tree::{Content, Paths, Tree, lies_in};
use anyhow::{Context as _, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Where a check takes place.
pub struct Setting {
    /// The folder that is judged.
    pub root: PathBuf,
    here: PathBuf,
    git: Option<Git>,
    against: Against,
    /// Whether git's index is judged, and not the working tree.
    staged: bool,
}

/// What is compared with.
enum Against {
    Nothing,
    Revision(Base),
    Folder(PathBuf),
}

/// The files of a check.
pub struct Work {
    pub head: Tree,
    pub base: Option<Tree>,
    /// The files that are judged; none: all.
    pub only: Option<BTreeSet<String>>,
    pub scope: Scope,
    pub remarks: Vec<String>,
    /// The numbered records that other open pull requests add, where they are known.
    pub elsewhere: Vec<Elsewhere>,
}

impl Setting {
    /// Finds the repository and what is compared with, before any file is looked at.
    pub fn find(options: &Options) -> Result<Self> {
        let here = std::env::current_dir().context("the current folder")?;
        let (git, root) = tree::root(options.by.root.as_deref())?;
        let compares = !options.all && options.paths.is_empty();
        let against = match (&options.by.base, &git) {
            (_, Some(_)) if options.compare.is_some() => {
                options.compare.clone().map_or(Against::Nothing, Against::Revision)
            }
            (_, Some(git)) if options.staged => Against::Revision(git.head()?),
            (_, None) if options.staged => {
                bail!("--staged needs a git repository with a working tree; there is none in {}", root.display())
            }
            (_, None) | (Some(_), _) if !compares => Against::Nothing,
            (Some(base), git) => against(base, git.as_ref())?,
            (None, Some(git)) if compares => Against::Revision(git.base(None)?),
            (None, _) => Against::Nothing,
        };
        Ok(Self { root, here, git, against, staged: options.staged })
    }

    /// Where the page comes from, if not from the files that are judged.
    pub fn page_from(&self) -> From<'_> {
        match (&self.against, &self.git) {
            (Against::Revision(base), Some(git)) => From::Revision(git, base),
            (Against::Folder(folder), _) => From::Folder(folder),
            _ => From::Judged,
        }
    }

    /// Where the files that are judged are.
    pub fn judged(&self) -> Judged<'_> {
        match &self.git {
            Some(git) if self.staged => Judged::Staged(git),
            _ => Judged::Folder(&self.root),
        }
    }

    /// Lists the files and reads those that the page and their names call for.
    pub fn work(self, options: &Options, page: &Page, threads: usize) -> Result<Work> {
        if let (true, Against::Revision(base), Some(git)) = (self.staged, &self.against, &self.git) {
            return staged(git, base, page);
        }
        let wanted = Wanted {
            interest: &|path| interest(path, page),
            changes: matches!(self.against, Against::Revision(_)),
            commit: match &self.against {
                Against::Revision(base) => base.commit.as_deref(),
                _ => None,
            },
            everywhere: !options.paths.is_empty(),
        };
        let survey = match &self.git {
            Some(git) => git.survey(&wanted)?,
            None => tree::Survey { files: list(&self.root)?, ..tree::Survey::default() },
        };
        let mut remarks = Vec::new();
        let listed = Listed { root: &self.root, git: self.git.as_ref(), page, threads, survey: &survey };
        let Found { only, contents, base } = match (&self.against, &self.git) {
            (Against::Revision(base), Some(git)) => listed.beside_revision(git, base)?,
            (Against::Folder(folder), _) => listed.beside_folder(folder)?,
            _ if !options.paths.is_empty() => {
                let only = self.named(&options.paths, &survey.files)?;
                let contents = listed.read(Ask::Files(&only))?;
                Found { only: Some(only), contents, base: None }
            }
            _ => {
                if !options.all {
                    remarks.push(
                        "No git repository here, or no git to read it with: everything is judged, as with --all."
                            .to_owned(),
                    );
                }
                Found { only: None, contents: listed.read(Ask::All)?, base: None }
            }
        };
        let scope = match &only {
            None => Scope::All,
            Some(_) if base.is_some() => Scope::Change,
            Some(_) => Scope::Paths,
        };
        Ok(Work {
            head: Tree { paths: survey.files.paths, files: contents },
            base,
            only,
            scope,
            remarks,
            elsewhere: Vec::new(),
        })
    }

    /// The files that were named, from the root of the repository.
    fn named(&self, paths: &[PathBuf], files: &Files) -> Result<BTreeSet<String>> {
        let mut only = BTreeSet::new();
        for path in paths {
            let Some(inside) = inside(&self.root, &self.here, path) else {
                bail!("{} lies outside of {}", path.display(), self.root.display());
            };
            let found: Vec<&str> = match inside.as_str() {
                "" => files.paths.iter().collect(),
                file if files.paths.contains(file) => vec![file],
                folder => files.paths.iter().filter(|path| lies_in(path, folder)).collect(),
            };
            if found.is_empty() {
                if std::fs::symlink_metadata(self.here.join(path)).is_err() {
                    bail!("{} is not there", path.display());
                }
                bail!("{} holds no file that git knows or would add", path.display());
            }
            only.extend(found.into_iter().map(str::to_owned));
        }
        Ok(only)
    }
}

/// A working tree whose files are listed.
struct Listed<'a> {
    root: &'a Path,
    git: Option<&'a Git>,
    page: &'a Page,
    threads: usize,
    survey: &'a tree::Survey,
}

/// What was read of it.
struct Found {
    /// The files that are judged; none: all.
    only: Option<BTreeSet<String>>,
    contents: BTreeMap<Arc<str>, Content>,
    base: Option<Tree>,
}

impl Listed<'_> {
    /// The files that are asked for, as far as their names call for it.
    fn read(&self, ask: Ask<'_>) -> Result<BTreeMap<Arc<str>, Content>> {
        let names = self.survey.to_plan(ask.files());
        let mut contents = self.read_named(&plan(&names, self.page, ask));
        if let Some(git) = self.git {
            git.read_stored(&self.survey.files, &mut contents)?;
        }
        Ok(contents)
    }

    fn read_named(&self, names: &[&str]) -> BTreeMap<Arc<str>, Content> {
        tree::read(self.root, names, &self.survey.files, self.threads)
    }

    /// What differs from a revision, and that revision.
    fn beside_revision(&self, git: &Git, base: &Base) -> Result<Found> {
        let (page, files) = (self.page, &self.survey.files);
        let changes = git.changes(base, self.survey)?;
        let only = changes.names();
        let paths = changes.names_before(files);
        let besides = besides(&files.paths, &paths, &only, page, |before, now| {
            let now = self.read_named(now);
            Ok([git.read(before, &changes, &now)?, now])
        })?;
        let ask = Ask::Change(&only, &besides);
        let contents = self.read(ask)?;
        // Whether a file is read depends on its own name only, so those of today are not looked at once more.
        let gone = changes.gone(files).collect();
        let before = contents.keys().map(AsRef::as_ref).filter(|name| !changes.is_new(name));
        let before: Vec<&str> = before.chain(plan(&gone, page, ask)).collect();
        let files = git.read(&before, &changes, &contents)?;
        Ok(Found { only: Some(only), contents, base: Some(Tree { paths, files }) })
    }

    /// What differs from another folder, and that folder.
    fn beside_folder(&self, folder: &Path) -> Result<Found> {
        let (page, files) = (self.page, list(folder)?);
        let only = tree::differing(self.root, &self.survey.files, folder, &files);
        let besides = besides(&self.survey.files.paths, &files.paths, &only, page, |before, now| {
            let now = self.read_named(now);
            Ok([tree::read(folder, before, &files, self.threads), now])
        })?;
        let ask = Ask::Change(&only, &besides);
        let contents = self.read(ask)?;
        let before = tree::read(folder, &plan(&files.paths, page, ask), &files, self.threads);
        Ok(Found { only: Some(only), contents, base: Some(Tree { paths: files.paths, files: before }) })
    }
}

/// What is staged, against the last commit.
fn staged(git: &Git, base: &Base, page: &Page) -> Result<Work> {
    let staged = git.staged()?;
    let changes = git.staged_changes(base, &staged.files)?;
    let only = changes.names();
    let paths = changes.names_before(&staged.files);
    let besides = besides(&staged.files.paths, &paths, &only, page, |before, now| {
        let now = git.read_staged(&staged, now)?;
        Ok([git.read(before, &changes, &now)?, now])
    })?;
    let ask = Ask::Change(&only, &besides);
    let contents = git.read_staged(&staged, &plan(&staged.files.paths, page, ask))?;
    let files = git.read(&plan(&paths, page, ask), &changes, &contents)?;
    let nothing =
        "Nothing is staged, so nothing is judged. `git add` comes first; without --staged the working tree is judged.";
    Ok(Work {
        head: Tree { paths: staged.files.paths, files: contents },
        base: Some(Tree { paths, files }),
        remarks: only.is_empty().then(|| nothing.to_owned()).into_iter().collect(),
        only: Some(only),
        scope: Scope::Change,
        elsewhere: Vec::new(),
    })
}

/// What is read besides what lies near the files of a change; `read` gives decisions as they were, and those that are
/// still there, where only these tell.
fn besides(
    head: &Paths,
    base: &Paths,
    only: &BTreeSet<String>,
    page: &Page,
    read: impl FnOnce(&[&str], &[&str]) -> Result<[BTreeMap<Arc<str>, Content>; 2]>,
) -> Result<Besides> {
    match Besides::of_names(head, base, only, page) {
        Ok(besides) => Ok(besides),
        Err(before) => {
            let now: Vec<&str> = before.iter().copied().filter(|path| head.contains(path)).collect();
            Ok(Besides::named(read(&before, &now)?.iter().flatten()))
        }
    }
}

/// What `--base` names: a revision, else a folder.
fn against(base: &str, git: Option<&Git>) -> Result<Against> {
    let folder = PathBuf::from(base);
    match git.map(|git| git.base(Some(base))) {
        Some(Ok(revision)) => Ok(Against::Revision(revision)),
        _ if folder.is_dir() => Ok(Against::Folder(folder)),
        Some(Err(error)) => Err(error),
        None => bail!("--base needs a git repository here, or the path of a folder"),
    }
}

fn list(root: &Path) -> Result<Files> {
    tree::walk(root).with_context(|| format!("{} could not be listed", root.display()))
}

/// A path as it was typed in `here`, from the root; none where it leads out.
fn inside(root: &Path, here: &Path, path: &Path) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for component in here.join(path).components() {
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
