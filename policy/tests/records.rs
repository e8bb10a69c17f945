//! Records in the ways in which people write them: each in `data/records.txt` with what is to be read from it.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a case that is not well formed fails its test")]

use adrule_policy::decision::{self, Decision, Reference};
use std::collections::BTreeMap;
use std::sync::Arc;

const CASES: &str = include_str!("data/records.txt");

/// One case: the file's path, what is to be read, and the text.
struct Case {
    path: String,
    expected: BTreeMap<String, String>,
    text: String,
}

fn cases() -> Vec<Case> {
    let case = |piece: &str| {
        let (head, text) = piece.split_once("\n----\n").unwrap_or_else(|| panic!("no `----` in {piece}"));
        let mut lines = head.lines();
        let path = lines.next().unwrap().to_owned();
        let expected = lines.map(|line| line.split_once(": ").unwrap_or_else(|| panic!("{path}: {line}")));
        let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        Case { path, expected, text: text.to_owned() }
    };
    CASES.split("==== ").skip(1).map(case).collect()
}

fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// What was read, by the names of the cases. What is not there has no entry.
fn read(decision: &Decision) -> BTreeMap<String, String> {
    let references = |list: &[Reference]| {
        let mut names: Vec<String> =
            list.iter().map(|one| one.number.map_or(one.target.clone(), |number| number.to_string())).collect();
        names.sort_by_key(|name| (name.len(), name.clone()));
        names.join("; ")
    };
    let names = |list: &[(String, adrule_policy::text::Span)]| {
        list.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("; ")
    };
    let all = [
        ("kind", Some(word(decision.kind)).filter(|kind| kind != "decision")),
        ("title", decision.title.clone()),
        ("number", decision.number.map(|number| number.to_string())),
        ("status", decision.status.map(word)),
        ("date", decision.date.map(|(date, _)| date.to_string())),
        ("deciders", Some(names(&decision.deciders))),
        ("services", Some(names(&decision.services))),
        ("supersedes", Some(references(&decision.supersedes))),
        ("by", Some(references(&decision.superseded_by))),
    ];
    let said =
        all.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.filter(|value| !value.is_empty())?)));
    said.collect()
}

#[test]
fn records_are_read_as_people_write_them() {
    let cases = cases();
    assert!(cases.len() >= 40, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        // A checkout on Windows has other line ends, and says the same.
        for text in [case.text.clone(), case.text.replace('\n', "\r\n")] {
            let decision = decision::read(&Arc::from(case.path.as_str()), &text.into());
            let mut found = read(&decision);
            if case.expected.contains_key("sections") {
                found.insert("sections".to_owned(), decision.sections.join(", "));
            }
            for key in found.keys().chain(case.expected.keys()) {
                let (is, should) = (found.get(key), case.expected.get(key));
                if is != should {
                    wrong.push(format!("{}: {key} is {is:?}, not {should:?}", case.path));
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
