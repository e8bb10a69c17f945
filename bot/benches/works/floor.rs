//! The least that any program must do: list the files, open, read and parse those that matter.

use adrule_policy::plan::plan;
use adrule_policy::policy::built_in;
use adrule_policy::text::{decode, markdown, yaml};
use adrule_policy::tree::Paths;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// `floor ROOT` for everything, `floor ROOT BASE` for what differs from a commit.
pub fn run(args: &[String]) {
    let root = Path::new(&args[0]);
    let git = |git: &[&str]| {
        let out = Command::new("git").arg("-C").arg(root).args(git).output().unwrap();
        assert!(out.status.success(), "git {git:?}");
        String::from_utf8(out.stdout).unwrap()
    };
    let listed = if root.join(".git").exists() { git(&["ls-files", "-z"]) } else { walk(root) };
    let paths: Paths = listed.split('\0').filter(|path| !path.is_empty()).collect();
    let changed: Option<BTreeSet<String>> = args.get(1).map(|base| {
        let names = git(&["diff-index", "--cached", "--name-only", "-z", base]);
        names.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect()
    });
    let (mut files, mut values) = (0, 0);
    let page = built_in();
    let ask = adrule_policy::plan::Ask::All;
    for path in plan(&paths, &page, ask) {
        if changed.as_ref().is_some_and(|changed| !changed.contains(path)) {
            continue;
        }
        let Ok(bytes) = std::fs::read(root.join(path)) else { continue };
        let Ok(text) = decode(&bytes) else { continue };
        files += 1;
        values += if path.ends_with(".md") {
            markdown::read(&text.into()).blocks.len()
        } else {
            yaml::parse(text).documents().map(|document| document.entries().count()).sum()
        };
    }
    println!("{} names, {files} files, {values} values", paths.len());
}

fn walk(root: &Path) -> String {
    let mut names = String::new();
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(root.join(&folder)).unwrap().flatten() {
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                open.push(path);
            } else {
                names.push_str(path.to_str().unwrap());
                names.push('\0');
            }
        }
    }
    names
}
