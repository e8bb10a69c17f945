//! Runs the program over real repositories and prints what it found there.
//!
//! `ADRULE_CORPUS` names a folder with `adr/<repository>/…` and `manifest/<format>/<owner>__<repository>__<path>`
//! (`_` for `/` in the path; its
//! `INDEX.tsv` names repository and path of each file). Without it there is nothing to run over, and the test says so.
//! With `ADRULE_UPDATE` set, the numbers are written into `docs/corpus.md`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, clippy::print_stdout, missing_docs)]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use support::{Place, adrule, report, within};

const LIMIT: Duration = Duration::from_secs(120);

type Counts = BTreeMap<String, usize>;

/// What was found in one folder.
#[derive(Default)]
struct Found {
    files: usize,
    kinds: Counts,
    statuses: Counts,
    formats: Counts,
    facts: Counts,
    rules: Counts,
    unread: Counts,
}

#[test]
fn real_repositories() {
    let Some(corpus) = std::env::var_os("ADRULE_CORPUS").map(PathBuf::from) else {
        eprintln!("skipped: ADRULE_CORPUS names no folder");
        return;
    };
    let mut text = String::new();
    decisions(&corpus.join("adr"), &mut text);
    manifests(&corpus.join("manifest"), &mut text);
    println!("{text}");
    if std::env::var_os("ADRULE_UPDATE").is_some() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/corpus.md");
        let old = fs::read_to_string(&page).unwrap();
        let (start, end) = ("<!-- generated -->\n", "<!-- end -->");
        let (before, rest) = old.split_once(start).unwrap();
        let (_, after) = rest.split_once(end).unwrap();
        fs::write(page, format!("{before}{start}\n{}\n{end}{after}", text.trim())).unwrap();
    }
}

fn decisions(folder: &Path, text: &mut String) {
    let _ = writeln!(text, "### Decisions\n");
    let _ =
        writeln!(text, "| repository | files | decisions | templates, indexes, other | no status read | findings |");
    let _ = writeln!(text, "| --- | --- | --- | --- | --- | --- |");
    let mut all = Found::default();
    for repository in folders(folder) {
        let found = look(&repository, &[]);
        let name = repository.file_name().unwrap().to_string_lossy().replace("__", "/");
        let decisions = found.kinds.get("decision").copied().unwrap_or(0);
        let other: usize = found.kinds.values().sum::<usize>() - decisions;
        let without = found.statuses.get("none").copied().unwrap_or(0);
        let _ =
            writeln!(text, "| {name} | {} | {decisions} | {other} | {without} | {} |", found.files, list(&found.rules));
        all.add(found);
    }
    let _ = writeln!(text, "\nStatuses of all decisions: {}.\n", list(&all.statuses));
    let _ = writeln!(text, "Facts read from them: {}.\n", list(&all.facts));
    let _ = writeln!(text, "Not read: {}.\n", list(&all.unread));
}

fn manifests(folder: &Path, text: &mut String) {
    let _ = writeln!(text, "### Manifests\n");
    let _ = writeln!(text, "| format by name | files | services by the format read | findings | not read |");
    let _ = writeln!(text, "| --- | --- | --- | --- | --- |");
    let index = fs::read_to_string(folder.join("INDEX.tsv")).unwrap();
    for format in folders(folder) {
        // As in its repository, so that names and folders say what they say there.
        let place = Place::new();
        let name = format.file_name().unwrap().to_string_lossy().into_owned();
        for line in index.lines() {
            let mut cells = line.split('\t');
            let (Some(of), Some(repository), Some(path)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let folder = repository.replace('/', "__");
            if of == name {
                let bytes = fs::read(format.join(format!("{folder}__{}", path.replace('/', "_")))).unwrap();
                place.write(&format!("{folder}/{path}"), bytes);
            }
        }
        let found = look(&place.root, &files(&format));
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {} |",
            found.files,
            list(&found.formats),
            list(&found.rules),
            list(&found.unread)
        );
    }
}

/// Runs `check` over a folder and `facts` over files, or over the folder where none are named.
fn look(root: &Path, named: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let mut command = adrule(root);
    command.args(["check", "--all", "--format", "json", "--as-of", "2026-11-22", "--root"]).arg(root);
    let checked = report(within(command, LIMIT));
    assert!(matches!(checked.code, 0 | 1), "{}: {}", root.display(), checked.stderr);
    count(&checked.json["findings"], &mut found.rules, |finding| finding["rule"].as_str());

    let mut command = adrule(root);
    command.args(["facts", "--format", "json"]);
    if named.is_empty() {
        command.arg(root);
    } else {
        command.args(named);
    }
    let read = report(within(command, LIMIT));
    assert_eq!(read.code, 0, "{}: {}", root.display(), read.stderr);
    let facts = read.json;
    found.files = if named.is_empty() { files(root).len() } else { named.len() };
    count(&facts["decisions"], &mut found.kinds, |decision| decision["kind"].as_str());
    let decisions = facts["decisions"].as_array().unwrap().iter().filter(|decision| decision["kind"] == "decision");
    for decision in decisions {
        let status = decision["status"].as_str().unwrap_or(match decision["status_raw"].as_str() {
            Some(_) => "not understood",
            None => "none",
        });
        *found.statuses.entry(status.to_owned()).or_default() += 1;
    }
    count(&facts["services"], &mut found.formats, |service| service["format"].as_str());
    count(&facts["facts"], &mut found.facts, |fact| fact["kind"].as_str());
    count(&facts["unread"], &mut found.unread, |unread| unread["reason"].as_str());
    found
}

impl Found {
    fn add(&mut self, other: Self) {
        let add = |to: &mut Counts, from: Counts| {
            from.into_iter().for_each(|(key, count)| *to.entry(key).or_default() += count)
        };
        add(&mut self.statuses, other.statuses);
        add(&mut self.facts, other.facts);
        add(&mut self.unread, other.unread);
    }
}

fn count(list: &Value, counts: &mut Counts, key: impl Fn(&Value) -> Option<&str>) {
    for item in list.as_array().unwrap() {
        *counts.entry(key(item).unwrap().to_owned()).or_default() += 1;
    }
}

fn list(counts: &Counts) -> String {
    if counts.is_empty() {
        return "none".to_owned();
    }
    let mut sorted: Vec<(&String, &usize)> = counts.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    sorted.iter().map(|(name, count)| format!("{count} {}", name.replace('|', "\\|"))).collect::<Vec<_>>().join(", ")
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}
