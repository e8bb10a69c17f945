//! How git's index differs from a commit. Git notes in its index which folders are as in a tree object, so only folders
//! whose trees differ are looked into; git's own command reads the whole index a second time.

use super::index::{Id, Kind, id_at};
use super::objects::Objects;
use super::tracked::Names;
use anyhow::Result;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;

/// Trees that are read before git is asked instead: for most of a large repository its own way is the shorter one.
const TREES: usize = 2_000;

/// Files that are not as in a commit, with the id of what they held there: none where they were no files.
pub type Before = BTreeMap<String, Option<String>>;

/// The folders of an index, with the trees that they are the same as.
pub struct Known<'t> {
    nodes: Vec<Node<'t>>,
}

struct Node<'t> {
    name: &'t [u8],
    /// None where something in it was staged since.
    id: Option<&'t [u8]>,
    /// Behind the last folder inside it.
    behind: usize,
}

impl<'t> Known<'t> {
    /// Reads the index's extension `TREE`; none where it is damaged.
    pub fn read(mut bytes: &'t [u8], hash: usize) -> Option<Self> {
        let mut nodes: Vec<Node> = Vec::new();
        // Folders whose inner ones are still to come, and how many of them.
        let mut open: Vec<(usize, usize)> = Vec::new();
        loop {
            let (node, inner) = node(&mut bytes, hash)?;
            open.push((nodes.len(), inner));
            nodes.push(node);
            while let Some(&(at, 0)) = open.last() {
                nodes[at].behind = nodes.len();
                open.pop();
                if let Some(around) = open.last_mut() {
                    around.1 -= 1;
                }
            }
            if open.is_empty() {
                return Some(Self { nodes });
            }
        }
    }

    /// The folders right inside one, by name.
    fn inside(&self, at: usize) -> HashMap<&'t [u8], usize> {
        let mut inside = HashMap::new();
        let mut next = at + 1;
        while let Some(node) = self.nodes.get(next).filter(|_| next < self.nodes[at].behind) {
            inside.insert(node.name, next);
            next = node.behind.max(next + 1);
        }
        inside
    }
}

/// `name NUL entries SP folders LF id`; without an id where the number of entries is negative.
fn node<'t>(bytes: &mut &'t [u8], hash: usize) -> Option<(Node<'t>, usize)> {
    let name = until(bytes, 0)?;
    let has_id = !bytes.starts_with(b"-");
    *bytes = bytes.strip_prefix(b"-").unwrap_or(bytes);
    number(bytes, b' ')?;
    let inner = number(bytes, b'\n')?;
    let mut id = None;
    if has_id {
        let (own, rest) = bytes.split_at_checked(hash)?;
        (id, *bytes) = (Some(own), rest);
    }
    Some((Node { name, id, behind: 0 }, inner))
}

/// The digits before the next `end`, which is passed over.
fn number(bytes: &mut &[u8], end: u8) -> Option<usize> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = bytes.split_at(digits);
    *bytes = rest.strip_prefix(&[end])?;
    let add = |sum: usize, digit: &u8| sum.checked_mul(10)?.checked_add(usize::from(digit - b'0'));
    digits.iter().try_fold(0, add).filter(|_| !digits.is_empty())
}

/// What stands before the next `end`, which is passed over.
fn until<'b>(bytes: &mut &'b [u8], end: u8) -> Option<&'b [u8]> {
    let at = memchr::memchr(end, bytes)?;
    let (before, rest) = bytes.split_at(at);
    *bytes = &rest[1..];
    Some(before)
}

/// An index, as far as it is compared.
pub struct Side<'s> {
    pub names: &'s Names,
    pub known: &'s Known<'s>,
    /// The index itself, for the ids that were not kept.
    pub file: &'s File,
    /// Bytes of an object id.
    pub hash: usize,
}

/// A folder that is not known to be the same.
struct Step {
    /// Its tree in the commit.
    before: Option<Id>,
    node: Option<usize>,
    range: Range<usize>,
    /// Its name, with a `/` at its end; empty for the root.
    folder: String,
}

impl Side<'_> {
    /// Compares with a commit; none where git is to be asked.
    pub fn differing(&self, commit: &str, objects: &mut Objects) -> Result<Option<Before>> {
        let Some(root) = objects.trees(&[format!("{commit}^{{tree}}")])?.pop().flatten() else { return Ok(None) };
        let Some(id) = Id::parse(&root.id) else { return Ok(None) };
        let step = Step { before: Some(id), node: Some(0), range: 0..self.names.len(), folder: String::new() };
        let mut level = vec![(step, Some(root.bytes))];
        let mut before = Before::new();
        let mut read = 1;
        while !level.is_empty() {
            let mut next = Vec::new();
            for (step, tree) in &level {
                if self.compare(step, tree.as_deref().unwrap_or_default(), &mut before, &mut next).is_none() {
                    return Ok(None);
                }
            }
            next.retain(|step| !self.is_same(step));
            read += next.len();
            if read > TREES {
                return Ok(None);
            }
            let ids: Vec<String> = next.iter().filter_map(|step| Some(step.before.as_ref()?.to_string())).collect();
            let mut trees = objects.trees(&ids)?.into_iter();
            level = Vec::with_capacity(next.len());
            for step in next {
                let tree = match step.before {
                    None => None,
                    Some(_) => match trees.next().flatten() {
                        Some(tree) => Some(tree.bytes),
                        None => return Ok(None),
                    },
                };
                level.push((step, tree));
            }
        }
        Ok(Some(before))
    }

    fn is_same(&self, step: &Step) -> bool {
        let now = step.node.and_then(|at| Id::new(self.known.nodes.get(at)?.id?));
        now.is_some() && now == step.before
    }

    /// Compares one folder with its tree in the commit; the folders in it that may differ go to `next`.
    fn compare(&self, step: &Step, tree: &[u8], before: &mut Before, next: &mut Vec<Step>) -> Option<()> {
        let mut old = entries(tree, self.hash)?;
        let inside = step.node.map(|at| self.known.inside(at)).unwrap_or_default();
        let mut at = step.range.start;
        while at < step.range.end {
            let name = self.names.at(at).name;
            let rest = name.get(step.folder.len()..)?;
            let Some(slash) = rest.find('/') else {
                self.file(at, old.remove(rest), before, next)?;
                at += 1;
                continue;
            };
            let folder = &name[..=step.folder.len() + slash];
            let length = self.names.partition_point(at..step.range.end, |name| name.starts_with(folder));
            let range = at..at + length.max(1);
            at = range.end;
            let inner = &rest[..slash];
            let node = inside.get(inner.as_bytes()).copied();
            match old.remove(inner) {
                Some((Mode::Folder, id)) => {
                    next.push(Step { before: Some(id), node, range, folder: folder.to_owned() });
                    continue;
                }
                Some((Mode::Other(Kind::Submodule), _)) => return None,
                Some((Mode::Other(kind), id)) => note(before, folder.trim_end_matches('/'), kind, id),
                None => {}
            }
            let added = range.map(|at| self.names.at(at)).filter(|file| !file.is(Kind::Submodule));
            before.extend(added.map(|file| (file.name.to_owned(), None)));
        }
        for (name, (mode, id)) in old {
            let name = format!("{}{name}", step.folder);
            match mode {
                Mode::Folder => next.push(gone(name, id)),
                // Of submodules nothing is said.
                Mode::Other(Kind::Submodule) => {}
                Mode::Other(kind) => note(before, &name, kind, id),
            }
        }
        Some(())
    }

    /// Compares a file, a link or a submodule with what the commit has in its place.
    fn file(&self, at: usize, old: Option<(Mode, Id)>, before: &mut Before, next: &mut Vec<Step>) -> Option<()> {
        let file = self.names.at(at);
        let is_submodule = file.is(Kind::Submodule);
        match old {
            None if is_submodule => {}
            Some((Mode::Other(Kind::Submodule), _)) if is_submodule => {}
            // What git says of a submodule in the place of something else, or the other way round, it is asked.
            Some(_) if is_submodule => return None,
            Some((Mode::Other(Kind::Submodule), _)) => return None,
            None => drop(before.insert(file.name.to_owned(), None)),
            Some((Mode::Folder, id)) => {
                before.insert(file.name.to_owned(), None);
                next.push(gone(file.name.to_owned(), id));
            }
            Some((Mode::Other(kind), id)) => {
                if !file.is(kind) || self.id(at)? != id {
                    note(before, file.name, kind, id);
                }
            }
        }
        Some(())
    }

    /// What was staged.
    fn id(&self, at: usize) -> Option<Id> {
        let file = self.names.at(at);
        if let Some(staged) = file.staged {
            return Some(staged.id);
        }
        let mut bytes = [0; 32];
        let bytes = bytes.get_mut(..self.hash)?;
        let mut index = self.file;
        index.seek(SeekFrom::Start(id_at(file.in_index)?)).ok()?;
        index.read_exact(bytes).ok()?;
        Id::new(bytes)
    }
}

/// A folder of which nothing is there any more.
fn gone(name: String, id: Id) -> Step {
    Step { before: Some(id), node: None, range: 0..0, folder: name + "/" }
}

/// Notes what a name was. Links are not read.
fn note(before: &mut Before, name: &str, kind: Kind, id: Id) {
    before.insert(name.to_owned(), (kind == Kind::File).then(|| id.to_string()));
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Folder,
    Other(Kind),
}

/// The entries of a tree object, each `mode SP name NUL id`. None where there is one that is not understood, or whose
/// name is no text.
fn entries(mut tree: &[u8], hash: usize) -> Option<BTreeMap<&str, (Mode, Id)>> {
    let mut entries = BTreeMap::new();
    while !tree.is_empty() {
        let mode = match until(&mut tree, b' ')? {
            b"40000" => Mode::Folder,
            b"120000" => Mode::Other(Kind::Link),
            b"160000" => Mode::Other(Kind::Submodule),
            file if file.starts_with(b"100") => Mode::Other(Kind::File),
            _ => return None,
        };
        let name = std::str::from_utf8(until(&mut tree, 0)?).ok()?;
        let (id, rest) = tree.split_at_checked(hash)?;
        tree = rest;
        entries.insert(name, (mode, Id::new(id)?));
    }
    Some(entries)
}

#[cfg(test)]
mod tests;
