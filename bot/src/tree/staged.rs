//! What is staged: the files that the next commit would hold.

use super::folder::Files;
use super::git::{Git, raw, split};
use super::index::{Id, Index, Kind};
use super::name;
use super::tracked::Names;
use adrule_policy::plan::Interest;
use adrule_policy::tree::{Content, Paths};
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many files of an unresolved merge are named.
const NAMED: usize = 5;

/// The files that the next commit would hold.
#[derive(Default)]
pub struct Staged {
    pub files: Files,
    /// The content of each of the files, in their order.
    ids: Vec<Id>,
}

/// What is read of git's index before it is known to be one that can be committed.
#[derive(Default)]
struct Held {
    staged: Staged,
    /// Parts of a merge that is not resolved.
    conflicts: BTreeSet<String>,
}

impl Git {
    /// What is staged.
    pub fn staged(&self) -> Result<Staged> {
        let held = match from_index(self) {
            Some(held) => held,
            None => by_git(self)?,
        };
        if held.conflicts.is_empty() {
            return Ok(held.staged);
        }
        let named: Vec<&str> = held.conflicts.iter().take(NAMED).map(String::as_str).collect();
        let more = match held.conflicts.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        bail!(
            "a merge is not resolved, so nothing can be committed yet: {}{more}; mend them and `git add` them first",
            named.join(", ").escape_debug()
        )
    }

    /// The content of staged files; `names` are sorted.
    pub fn read_staged(&self, staged: &Staged, names: &[&str]) -> Result<BTreeMap<Arc<str>, Content>> {
        let mut wanted = names.iter().copied().peekable();
        let mut asked = Vec::with_capacity(names.len());
        for (path, id) in staged.files.paths.iter().zip(&staged.ids) {
            while wanted.next_if(|name| *name < path).is_some() {}
            if let Some(name) = wanted.next_if_eq(&path) {
                asked.push((name, id.to_string()));
            }
        }
        let mut contents = BTreeMap::new();
        self.contents(&asked, &mut contents)?;
        Ok(contents)
    }

    /// A staged file as text; none where there is none.
    pub fn staged_file(&self, path: &str) -> Result<Option<Content>> {
        Ok(self.objects(|objects| objects.one(&format!(":./{path}")))?.map(|object| object.content))
    }
}

/// From the index itself; none where it is not understood, and git is to be asked.
fn from_index(git: &Git) -> Option<Held> {
    let file = std::fs::File::open(&git.index).ok()?;
    let index = Index::of(&file, git.hash).ok().flatten()?;
    let names = Names::read(index, git.prefix.as_encoded_bytes(), &|_| Interest::None, Interest::None)?;
    let mut held = Held::default();
    let mut known = Vec::new();
    for tracked in names.iter() {
        if tracked.entry.conflict {
            held.conflicts.insert(tracked.name.to_owned());
        }
        // What is only announced is not committed.
        if let (false, Some(staged)) = (tracked.entry.announced, tracked.staged) {
            known.push((tracked.name, tracked.entry.kind, staged.id));
        }
    }
    held.staged = gather(known.into_iter());
    Some(held)
}

/// By git's own commands: what HEAD has, and how the index differs from it.
fn by_git(git: &Git) -> Result<Held> {
    let mut held = Held::default();
    let mut files: BTreeMap<String, (Kind, Id)> = BTreeMap::new();
    let head = git.head()?.commit;
    if let Some(commit) = &head {
        for entry in split(&git.run(&["ls-tree", "-r", "-z", commit])?) {
            // `mode type object<TAB>name`
            let Some(tab) = entry.iter().position(|&byte| byte == b'\t') else { continue };
            let words = String::from_utf8_lossy(&entry[..tab]);
            let mut words = words.split(' ');
            if let (Some(mode), Some(_), Some(id)) = (words.next(), words.next(), words.next())
                && let (Some(kind), Some(id)) = (kind(mode), Id::parse(id))
            {
                files.insert(name::from_bytes(&entry[tab + 1..]).0, (kind, id));
            }
        }
    }
    for (change, name) in raw(&git.differs_from(head.as_deref(), true)?) {
        let text = name::from_bytes(name).0;
        if change.status == "U" {
            held.conflicts.insert(text);
            continue;
        }
        match (kind(change.new_mode), Id::parse(&change.new)) {
            (Some(kind), Some(id)) => drop(files.insert(text, (kind, id))),
            _ => drop(files.remove(&text)),
        }
    }
    held.staged = gather(files.iter().map(|(name, (kind, id))| (name.as_str(), *kind, *id)));
    Ok(held)
}

fn kind(mode: &str) -> Option<Kind> {
    match mode.get(..3)? {
        "100" => Some(Kind::File),
        "120" => Some(Kind::Link),
        "160" => Some(Kind::Submodule),
        _ => None,
    }
}

/// Names in their order.
fn gather<'n>(known: impl Iterator<Item = (&'n str, Kind, Id)>) -> Staged {
    let mut staged = Staged::default();
    let mut names: Vec<&str> = Vec::new();
    for (name, kind, id) in known {
        match kind {
            // Two names that are no text may read the same: the first counts.
            Kind::File if names.last() != Some(&name) => {
                names.push(name);
                staged.ids.push(id);
            }
            Kind::Link => drop(staged.files.links.insert(name.to_owned())),
            Kind::File | Kind::Submodule => {}
        }
    }
    staged.files.paths = Paths::from_sorted(names.into_iter());
    staged
}
