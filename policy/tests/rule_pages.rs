//! Every example on a rule's manual page is executed: `fires` must fire, `passes` must not.
#![allow(clippy::expect_used, reason = "an example that is not well formed fails its test")]

use adrule_policy::check::{Elsewhere, Input, check};
use adrule_policy::policy::{self, ORGANISATION_PATH, OrgPage, Organisation};
use adrule_policy::rule::{self, RULES, Rule};
use adrule_policy::text::decode;
use adrule_policy::tree::{Content, Paths, Tree};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const TODAY: Date = date(2026, 11, 22);

/// One fenced example: whether the rule must fire, and the files of its repository.
struct Example {
    fires: bool,
    line: usize,
    files: BTreeMap<Arc<str>, Content>,
    /// The tree that these files change; empty: everything is judged.
    before: BTreeMap<Arc<str>, Content>,
    /// What another open pull request adds.
    elsewhere: Vec<Elsewhere>,
}

/// Files open with `--- path ---`; `--- path (bytes) ---` takes escapes such as `\xff` for what is no text. Where one is
/// marked `(before)` or `(both)`, the example is a change: those were there, and `(both)` still are. What is marked `(pull request 12)` is added there.
fn examples(page: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(word) = line.strip_prefix("```").or_else(|| line.strip_prefix("````")) else { continue };
        let (fires, fence) = match word.trim_start_matches('`').trim() {
            "fires" => (true, &line[..line.len() - 5]),
            "passes" => (false, &line[..line.len() - 6]),
            _ => continue,
        };
        let mut texts: Vec<(String, String)> = Vec::new();
        for (_, line) in lines.by_ref() {
            if line == fence.trim_end() {
                break;
            }
            match line.strip_prefix("--- ").and_then(|rest| rest.strip_suffix(" ---")) {
                Some(path) => texts.push((path.to_owned(), String::new())),
                None => {
                    let (_, text) = texts.last_mut().expect("an example begins with `--- path ---`");
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
        let mut example =
            Example { fires, line: number + 1, files: BTreeMap::new(), before: BTreeMap::new(), elsewhere: Vec::new() };
        for (path, text) in texts {
            if let Some((path, pull)) = path.split_once(" (pull request ") {
                let pull = pull.trim_end_matches(')').parse().expect("the number of a pull request");
                example.elsewhere.push(Elsewhere { pull, path: path.to_owned() });
                continue;
            }
            let before = path.strip_suffix(" (before)");
            let both = path.strip_suffix(" (both)");
            let (path, content) = content(before.or(both).unwrap_or(&path), &text);
            if before.is_some() || both.is_some() {
                example.before.insert(path.clone(), content.clone());
            }
            if before.is_none() {
                example.files.insert(path, content);
            }
        }
        found.push(example);
    }
    found
}

fn content(path: &str, text: &str) -> (Arc<str>, Content) {
    let Some(path) = path.strip_suffix(" (bytes)") else { return (path.into(), Content::Text(text.into())) };
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        bytes.push(u8::from_str_radix(&rest[at + 2..at + 4], 16).expect("two hexadecimal digits behind \\x"));
        rest = &rest[at + 4..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    let content = match decode(&bytes) {
        Ok(text) => Content::Text(text.into()),
        Err(error) => Content::Unread(error.to_string()),
    };
    (path.into(), content)
}

/// The ids of the rules that fire for an example, waived ones not among them.
fn fired(rule: &Rule, example: &Example) -> Vec<String> {
    let tree_of = |files: &BTreeMap<Arc<str>, Content>| Tree {
        paths: files.keys().map(AsRef::as_ref).collect::<Paths>(),
        files: files.clone(),
    };
    let (tree, base) = (tree_of(&example.files), tree_of(&example.before));
    let names = example.files.keys().chain(example.before.keys());
    let changed: BTreeSet<String> = names
        .filter(|path| example.files.get(*path) != example.before.get(*path))
        .map(|path| path.to_string())
        .collect();
    let path: Arc<str> = "adrule.yaml".into();
    let page_text = tree.text(&path).cloned();
    let (page, findings) = match &page_text {
        None => (Some(policy::built_in()), Vec::new()),
        Some(text) => {
            let organisation = match tree.text(ORGANISATION_PATH) {
                Some(text) => Organisation::Given(Arc::new(OrgPage::read("an example", text, TODAY, &rule::weights()))),
                None => Organisation::NotGiven,
            };
            let loaded = policy::load_with(&path, text, TODAY, &rule::ids(), &organisation);
            (loaded.page, loaded.findings)
        }
    };
    let Some(page) = page else { return findings.iter().map(|finding| finding.rule.to_string()).collect() };
    let mut input = Input::all(&tree, &page, TODAY);
    input.page_findings = findings;
    input.strict = rule.strict;
    input.elsewhere = &example.elsewhere;
    if !example.before.is_empty() {
        input.base = Some(&base);
        input.files = Some(&changed);
    }
    input.page_text = page_text.map(|text| (path, text));
    check(input).open().map(|finding| finding.rule.to_string()).collect()
}

#[test]
fn every_page_has_its_parts() {
    for rule in RULES {
        let page = rule.page;
        assert!(page.starts_with(&format!("# {}\n\n", rule.id)), "{}: the page begins with its id", rule.id);
        for part in ["**Why.**", "**Fix.**"] {
            assert!(page.contains(part), "{}: {part} is missing", rule.id);
        }
        assert!(!rule.summary().is_empty(), "{}: no summary", rule.id);
        let examples = examples(page);
        assert!(examples.iter().any(|example| example.fires), "{}: no example that fires", rule.id);
        assert!(examples.iter().any(|example| !example.fires), "{}: no example that passes", rule.id);
    }
}

#[test]
fn every_example_does_what_its_page_says() {
    let mut wrong: Vec<String> = Vec::new();
    for rule in RULES {
        for example in examples(rule.page) {
            let fired = fired(rule, &example);
            let does = fired.iter().any(|id| id == rule.id);
            if does != example.fires {
                wrong.push(format!("{}, example on line {}: fired {fired:?}", rule.id, example.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_are_sorted_and_named_once() {
    let ids = rule::ids();
    assert!(ids.is_sorted());
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
}
