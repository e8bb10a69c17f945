//! Scores the decision reader against hand-made labels of real records: `ADRULE_LABELS` is the folder with
//! `meta-dev.jsonl`, `ADRULE_CORPUS` the one with `adr/<owner>__<repository>/…`.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)] // Figures are for people to read.

use adrule_policy::decision::{self, Decision, Format, Kind, Reference};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

fn folder(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(name).map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: {name} is not set");
    }
    folder
}

/// How many were right, and every miss.
#[derive(Default)]
struct Score {
    right: usize,
    misses: Vec<String>,
}

impl Score {
    fn note(&mut self, right: bool, miss: impl FnOnce() -> String) {
        if right {
            self.right += 1;
        } else {
            self.misses.push(miss());
        }
    }

    fn share(&self) -> f64 {
        self.right as f64 / (self.right + self.misses.len()).max(1) as f64
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn name<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap_or("?").to_owned()
}

fn references(list: &[Reference]) -> Vec<String> {
    let mut names: Vec<String> =
        list.iter().map(|one| one.number.map_or_else(|| one.target.clone(), |number| number.to_string())).collect();
    names.sort();
    names
}

fn labelled(label: &Value) -> Vec<String> {
    let mut names: Vec<String> = label
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
        .collect();
    names.sort();
    names
}

/// A file with its label: what it is called when people read of it, its path in its repository, where it lies.
struct Labelled {
    name: String,
    path: String,
    file: PathBuf,
    label: Value,
}

fn labelled_files(labels: &Path, place: impl Fn(&Value, &str) -> Labelled) -> Vec<Labelled> {
    let text = std::fs::read_to_string(labels).unwrap();
    let values = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    values.map(|label| place(&label, label["path"].as_str().unwrap())).collect()
}

/// The scores of each field, and how many statuses there were, and were wrong.
#[derive(Default)]
struct Table {
    scores: BTreeMap<&'static str, Score>,
    statuses: usize,
    wrong: usize,
}

impl Table {
    fn of(files: &[Labelled]) -> Self {
        let mut table = Self::default();
        for file in files {
            let text = std::fs::read_to_string(&file.file).unwrap();
            table.read(file, &decision::read(&Arc::from(file.path.as_str()), &text.into()));
        }
        table
    }

    fn read(&mut self, file: &Labelled, read: &Decision) {
        let label = &file.label;
        let scores = &mut self.scores;
        let mut note = |field: &'static str, right: bool, got: &str, wanted: &str| {
            scores.entry(field).or_default().note(right, || format!("{}: {got}, not {wanted}", file.name));
        };
        note("kind", name(read.kind) == label["kind"], &name(read.kind), &label["kind"].to_string());
        note("format", name(read.format) == label["format"], &name(read.format), &label["format"].to_string());
        if label["kind"] != "decision" {
            return;
        }
        let title = (read.title.as_deref().map(letters), label["title"].as_str().map(letters));
        note("title", title.0 == title.1, &format!("{:?}", read.title), &label["title"].to_string());
        let number = Value::from(read.number);
        note("number", number == label["number"], &number.to_string(), &label["number"].to_string());
        if label["date"] != "unclear" {
            let date = Value::from(read.date.map(|(date, _)| date.to_string()));
            note("date", date == label["date"], &date.to_string(), &label["date"].to_string());
        }
        let pair = (references(&read.supersedes), labelled(&label["supersedes"]));
        note("supersedes", pair.0 == pair.1, &format!("{:?}", pair.0), &format!("{:?}", pair.1));
        let pair = (references(&read.superseded_by), labelled(&label["superseded_by"]));
        note("superseded_by", pair.0 == pair.1, &format!("{:?}", pair.0), &format!("{:?}", pair.1));
        if label.get("sections").is_some() {
            let sections = Value::from(read.sections.clone());
            note("sections", sections == label["sections"], &sections.to_string(), &label["sections"].to_string());
        }
        if label["status"] != "unclear" {
            self.statuses += 1;
            let status = read.status.map_or(Value::Null, |status| Value::from(name(status)));
            self.wrong += usize::from(status != label["status"] && !status.is_null());
            note("status", status == label["status"], &status.to_string(), &label["status"].to_string());
            let understood = read.statuses.iter().map(|reading| &reading.raw).collect::<Vec<_>>();
            let places = read.statuses.is_empty() == label["status_raw"].is_null();
            note("status_raw", places, &format!("{understood:?}"), &label["status_raw"].to_string());
        }
    }

    fn print(&self) {
        for (field, score) in &self.scores {
            println!("{field:<14} {:>4} of {:<4} {:.3}", score.right, score.right + score.misses.len(), score.share());
            for miss in &score.misses {
                println!("    {miss}");
            }
        }
        println!("wrong status   {} of {}", self.wrong, self.statuses);
    }
}

#[test]
fn metadata_of_real_records() {
    let (Some(corpus), Some(labels)) = (folder("ADRULE_CORPUS"), folder("ADRULE_LABELS")) else { return };
    let table = Table::of(&labelled_files(&labels.join("meta-dev.jsonl"), |label, path| {
        let repository = label["repo"].as_str().unwrap().replace('/', "__");
        Labelled {
            name: format!("{repository}/{path}"),
            path: path.to_owned(),
            file: corpus.join("adr").join(&repository).join(path),
            label: label.clone(),
        }
    }));
    table.print();
    for (field, floor) in [
        ("status", 0.98),
        ("title", 0.97),
        ("number", 0.97),
        ("date", 0.97),
        ("kind", 0.97),
        ("format", 1.0),
        ("supersedes", 0.97),
        ("superseded_by", 0.97),
    ] {
        let share = table.scores[field].share();
        assert!(share >= floor, "{field}: {share:.3} is below {floor}");
    }
    assert!(table.wrong as f64 <= 0.005 * table.statuses as f64, "{} wrong statuses", table.wrong);
}

/// Scores other labels: `ADRULE_RECORD_LABELS` names their file and `ADRULE_RECORDS` the folder of the records. The
/// first folder of each path is a repository of its own.
#[test]
fn metadata_of_named_records() {
    let (Some(labels), Some(records)) = (folder("ADRULE_RECORD_LABELS"), folder("ADRULE_RECORDS")) else { return };
    let table = Table::of(&labelled_files(&labels, |label, path| Labelled {
        name: path.to_owned(),
        path: path.split_once('/').unwrap().1.to_owned(),
        file: records.join(path),
        label: label.clone(),
    }));
    table.print();
}

/// Reads every file of the corpus and prints what a person should look at: kinds, statuses, what was not understood.
#[test]
#[ignore = "prints a long report; run with --ignored --nocapture"]
fn report_on_the_corpus() {
    let Some(corpus) = folder("ADRULE_CORPUS") else { return };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut lines: Vec<String> = Vec::new();
    let files = files(&corpus.join("adr"));
    let start = Instant::now();
    for (path, text) in &files {
        std::hint::black_box(decision::read(&Arc::from(path.as_str()), &text.as_str().into()));
    }
    println!("{} files read in {:.1?}", files.len(), start.elapsed());
    for (path, text) in files {
        let read = decision::read(&Arc::from(path.split_once('/').unwrap().1), &text.into());
        let mut count = |what: String| *counts.entry(what).or_default() += 1;
        count(format!("kind {} {}", name(read.kind), name(read.format)));
        if read.kind == Kind::Decision {
            count(format!("status {}", read.status.map_or("none".to_owned(), name)));
            for reading in &read.statuses {
                count(format!("place {}", name(reading.source)));
            }
            count(format!("date {}", if read.date.is_some() { "read" } else { "none" }));
        }
        lines.extend(oddities(&path, &read));
    }
    for (what, count) in counts {
        println!("{count:>5} {what}");
    }
    lines.sort();
    for line in lines {
        println!("{line}");
    }
}

fn oddities(path: &str, read: &Decision) -> Vec<String> {
    let mut lines = Vec::new();
    if read.kind != Kind::Decision {
        lines.push(format!("{} {path}: {:?}", name(read.kind), read.title));
        return lines;
    }
    if read.status.is_none() && !read.statuses.is_empty() {
        let places: Vec<_> =
            read.statuses.iter().map(|reading| (name(reading.source), reading.raw.as_str(), reading.status)).collect();
        lines.push(format!("not understood {path}: {places:?}"));
    }
    if let Some((raw, _)) = &read.date_unread {
        lines.push(format!("date not understood {path}: {raw:?}"));
    }
    if let Some((reason, _)) = &read.unread {
        lines.push(format!("unread {path}: {reason}"));
    }
    if !read.supersedes.is_empty() || !read.superseded_by.is_empty() {
        let (replaces, by) = (references(&read.supersedes), references(&read.superseded_by));
        lines.push(format!("supersedes {path}: {replaces:?}, by {by:?}"));
    }
    let odd =
        read.title.as_deref().is_none_or(|title| title.len() > 110 || title.starts_with(|c: char| c.is_ascii_digit()));
    if odd || read.number.is_none() && read.format != Format::Markdown {
        lines.push(format!("title {path}: {:?} {:?}", read.title, read.number));
    }
    lines
}

fn files(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                if name.contains('/') {
                    found.push((name, text));
                }
            }
        }
    }
    found
}
