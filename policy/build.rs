//! Turns the files of words (`src/decision/words/*.txt`, `src/fact/words/cues/*.txt`) into sorted tables, so that a run
//! loads nothing: reading them anew would cost every short run more than a millisecond.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script talks to cargo through files, the environment and its output"
)]

#[path = "src/decision/words/fold.rs"]
mod fold;

#[path = "src/fact/prose/cue/key.rs"]
mod key;

#[path = "src/fact/odds/sign.rs"]
mod sign;

#[path = "build/cues.rs"]
mod cues;

#[path = "build/odds.rs"]
mod odds;

use fold::fold;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The languages of each script, the one that wins first.
const SCRIPTS: [(&str, &[&str]); 4] = [
    ("LATIN", &["en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr"]),
    ("CYRILLIC", &["ru", "uk"]),
    ("HAN", &["zh", "ja"]),
    ("HANGUL", &["ko"]),
];

/// The tables of a script: by table, each word and the Rust expression it stands for.
type Tables = BTreeMap<&'static str, BTreeMap<String, String>>;

const TABLES: [&str; 13] = [
    "statuses",
    "names",
    "fields",
    "topics",
    "months",
    "by",
    "tails",
    "partials",
    "subjects",
    "verbs",
    "files",
    "folders",
    "day_first",
];

/// Languages in which the day stands before the month in a date of numbers, in all countries that speak them.
const DAY_FIRST: [&str; 10] = ["de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "uk"];

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=src/decision/words");
    println!("cargo::rerun-if-changed=src/fact/words");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let mut out = String::new();
    for (script, languages) in SCRIPTS {
        let mut tables: Tables = TABLES.into_iter().map(|name| (name, BTreeMap::new())).collect();
        let mut around = Vec::new();
        for language in languages {
            let path = format!("src/decision/words/{language}.txt");
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
            for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
                entry(line, language, &mut tables, &mut around)
                    .map_err(|error| format!("{path}:{}: {error}", at + 1))?;
            }
        }
        // `Date` is French as well: what English has says nothing about the order.
        let english = std::mem::take(tables.entry("english").or_default());
        tables.remove("english");
        if let Some(day_first) = tables.get_mut("day_first") {
            day_first.retain(|word, _| !english.contains_key(word));
        }
        write_tables(&mut out, script, &tables, &around).map_err(|error| error.to_string())?;
    }
    let folder = std::env::var("OUT_DIR").map_err(|error| error.to_string())?;
    let folder = Path::new(&folder);
    std::fs::write(folder.join("words.rs"), out).map_err(|error| error.to_string())?;
    let mut cues = String::new();
    cues::write(&mut cues)?;
    std::fs::write(folder.join("cues.rs"), cues).map_err(|error| error.to_string())?;
    let mut odds = String::new();
    odds::write(&mut odds)?;
    std::fs::write(folder.join("odds.rs"), odds).map_err(|error| error.to_string())
}

/// Takes up one line: `what: word; word`.
fn entry(line: &str, language: &str, tables: &mut Tables, around: &mut Vec<(String, String)>) -> Result<(), String> {
    let (what, words) = line.split_once(": ").ok_or("not `what: word; word`")?;
    let words: Vec<&str> = words.split(';').map(str::trim).collect();
    if words.iter().any(|word| word.is_empty()) {
        return Err("an empty word".to_owned());
    }
    let mut add = |table: &'static str, words: &[&str], value: String| {
        let table = tables.entry(table).or_default();
        for word in words {
            // The language that comes first wins.
            table.entry(fold(word)).or_insert_with(|| value.clone());
        }
    };
    if language == "en" && matches!(what, "field.date" | "section.date") {
        add("english", &words, "()".to_owned());
    }
    if matches!(what, "field.date" | "section.date") && DAY_FIRST.contains(&language) {
        add("day_first", &words, "()".to_owned());
    }
    match what.split_once('.') {
        Some(("status", name)) => {
            add("statuses", &words, format!("Status::{}", camel(name)));
            add("names", &words[..1], format!("Status::{}", camel(name)));
        }
        Some(("field", name)) => add("fields", &words, format!("Field::{}", camel(name))),
        Some(("section", name)) => add("topics", &words, format!("Topic::{}", camel(name))),
        Some(("name", name)) => add("files", &words, format!("NameWord::{}", camel(name))),
        Some(("sentence", "subject")) => add("subjects", &words, "()".to_owned()),
        Some(("sentence", "verb")) => add("verbs", &words, "()".to_owned()),
        Some(("superseded", "around")) => {
            for word in words {
                let (before, after) = word.split_once('…').ok_or("no `…` between the halves")?;
                around.push((fold(before), fold(after)));
            }
        }
        None if what == "folder" => add("folders", &words, "()".to_owned()),
        None if what == "by" => add("by", &words, "()".to_owned()),
        None if what == "partial" => add("partials", &words, "()".to_owned()),
        None if what == "tail" => add("tails", &words, "()".to_owned()),
        None if what == "months" && words.len() == 12 => {
            for (month, names) in (1..).zip(words) {
                let names: Vec<&str> = names.split_whitespace().collect();
                add("months", &names, format!("{month}"));
            }
        }
        _ => return Err(format!("`{what}` is not known")),
    }
    Ok(())
}

/// `superseded-by` as `SupersededBy`.
fn camel(name: &str) -> String {
    name.split('-')
        .flat_map(|part| part[..1].to_ascii_uppercase().chars().chain(part[1..].chars()).collect::<Vec<_>>())
        .collect()
}

fn write_tables(out: &mut String, script: &str, tables: &Tables, around: &[(String, String)]) -> std::fmt::Result {
    writeln!(out, "static {script}: Lexicon = Lexicon {{")?;
    for (name, words) in tables {
        writeln!(out, "    {name}: &[")?;
        for (word, value) in words {
            writeln!(out, "        ({}, {word:?}, {value}),", fold::prefix(word))?;
        }
        writeln!(out, "    ],")?;
    }
    // One bit for each byte with which one of the words begins.
    let mut opens = [0_u64; 4];
    for first in tables["partials"].keys().filter_map(|word| word.bytes().next()) {
        opens[usize::from(first / 64)] |= 1 << (first % 64);
    }
    writeln!(out, "    partial_opens: {opens:?},")?;
    writeln!(out, "    around: &{around:?},")?;
    writeln!(out, "}};")
}
