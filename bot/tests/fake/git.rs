//! The repository that is served, read by git.

use std::path::Path;
use std::process::Command;

pub struct Item {
    pub path: String,
    pub mode: String,
    pub kind: String,
    pub id: String,
    pub size: u64,
}

fn run(git: &Path, args: &[&str]) -> Option<Vec<u8>> {
    let out = Command::new("git").arg("-C").arg(git).args(args).output().ok()?;
    out.status.success().then_some(out.stdout)
}

pub fn line(git: &Path, args: &[&str]) -> Option<String> {
    Some(String::from_utf8(run(git, args)?).ok()?.trim().to_owned())
}

pub fn id(git: &Path, revision: &str) -> Option<String> {
    line(git, &["rev-parse", "--verify", "--quiet", revision])
}

pub fn parents(git: &Path, commit: &str) -> Vec<String> {
    let listed = line(git, &["rev-list", "--parents", "-n1", commit]).unwrap_or_default();
    listed.split_whitespace().skip(1).map(str::to_owned).collect()
}

pub fn blob(git: &Path, id: &str) -> Option<Vec<u8>> {
    run(git, &["cat-file", "blob", id])
}

pub fn tree(git: &Path, id: &str, recursive: bool) -> Option<Vec<Item>> {
    let how: &[&str] = if recursive { &["ls-tree", "-r", "-t", "-l", "-z", id] } else { &["ls-tree", "-l", "-z", id] };
    let out = String::from_utf8(run(git, how)?).ok()?;
    let items = out.split('\0').filter(|line| !line.is_empty()).map(|line| {
        let (head, path) = line.split_once('\t')?;
        let mut words = head.split_whitespace();
        let (mode, kind, id, size) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let (path, mode, kind, id) = (path.to_owned(), mode.to_owned(), kind.to_owned(), id.to_owned());
        Some(Item { path, mode, kind, id, size: size.parse().unwrap_or(0) })
    });
    items.collect()
}
