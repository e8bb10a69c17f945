//! What is mended to the letter: it is found no more, nothing else changes, and there is an end to it.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test reads real records"
)]

use adrule_policy::check::{Input, check};
use adrule_policy::policy::built_in;
use adrule_policy::report::{Mended, Report, mend, mendable};
use adrule_policy::tree::Tree;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

type Files = BTreeMap<String, String>;

fn judge(files: &Files) -> Report {
    let tree = Tree::of(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let page = built_in();
    check(Input { strict: true, ..Input::all(&tree, &page, date(2026, 11, 22)) })
}

fn open(report: &Report) -> usize {
    report.open().count()
}

/// Mends until nothing is left to mend; what changed, and the last report.
fn mended(files: &mut Files) -> (Vec<Mended>, Report) {
    let mut all = Vec::new();
    let mut report = judge(files);
    for _ in 0..10 {
        let new = mend(&report, &|_| true);
        if new.is_empty() {
            assert_eq!(mendable(&report), 0);
            return (all, report);
        }
        for file in &new {
            let before = files.insert(file.path.to_string(), file.text.clone()).unwrap();
            only_these_lines(&before, file);
        }
        all.extend(new);
        let next = judge(files);
        assert!(open(&next) <= open(&report) + 2, "{all:#?}");
        report = next;
    }
    panic!("no end to it: {all:#?}");
}

/// Nothing but the lines that are told changes.
fn only_these_lines(before: &str, file: &Mended) {
    let mut rebuilt = String::new();
    let mut rest = before;
    for change in &file.changes {
        let (untouched, behind) = rest.split_once(change.before.as_str()).unwrap();
        rebuilt += untouched;
        rebuilt += &change.after;
        rest = behind;
    }
    if file.changes.iter().all(|change| before.matches(change.before.as_str()).count() == 1) {
        assert_eq!(rebuilt + rest, file.text);
    }
}

fn files(all: &[(&str, &str)]) -> Files {
    all.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_broken_link_a_stale_status_and_a_wrong_number() {
    let mut files = files(&[
        (
            "docs/adr/0007-use-one-queue.md",
            "# 7. Use one queue\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n## Decision\r\n\r\nOne.\r\n",
        ),
        (
            "docs/adr/0008-use-two-queues.md",
            "# 9. Use two queues\n\n## Status\n\nAccepted\n\nSupersedes [7](0007-use-one-queue.md)\n\n## Decision\n\nTwo: [a](0007-use-1-queue.md), [b](0007_use_one_queue.md).\n",
        ),
        ("docs/adr/0009-old.md", "# 9. Old\n\n## Status\n\nSuperseded by [10. New](0010-new.md)\n"),
        (
            "docs/adr/0010-new.md",
            "# 10. New\r\n\r\n## Status\r\n\r\nAccepted\r\nin May.\r\n\r\n## Decision\r\n\r\nNew.\r\n",
        ),
        ("services/pay/service.yaml", "name: pay\nlanguage: go\n"),
    ]);
    let (all, report) = mended(&mut files);
    let told: Vec<String> = all
        .iter()
        .flat_map(|file| file.changes.iter().map(move |change| (file, change)))
        .map(|(file, change)| {
            format!(
                "{}:{} {}\n- {}\n+ {}",
                file.path,
                change.line,
                change.rules.join(", "),
                change.before,
                change.after
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    assert!(
        files["docs/adr/0010-new.md"].contains("in May.\r\n\r\nSupersedes [9. Old](0009-old.md)\r\n\r\n## Decision")
    );
    let left: Vec<&str> =
        report.open().map(|finding| &*finding.rule).filter(|rule| !rule.contains("missing")).collect();
    assert!(left.iter().all(|rule| *rule == "decision-without-rationale"), "{left:?}");
}

#[test]
fn names_are_written_as_links_need_them() {
    let mut files = files(&[
        ("docs/adr/0004-a (b).md", "# 4. A\n"),
        ("docs/adr/0005-c.md", "# 5. C\n\nSee [x](0004-a%20(c).md \"t\") and [y](<0004-a (c).md>).\n"),
    ]);
    let (all, _) = mended(&mut files);
    assert_eq!(all.len(), 1, "{all:#?}");
    let text = "See [x](0004-a%20%28b%29.md \"t\") and [y](<0004-a%20%28b%29.md>).\n";
    assert!(files["docs/adr/0005-c.md"].ends_with(text), "{}", files["docs/adr/0005-c.md"]);
}

#[test]
fn only_what_is_wanted_is_mended() {
    let files = files(&[("docs/adr/0007-a.md", "# 8. A\n\nSee [b](0009-c.md).\n"), ("docs/adr/0009-b.md", "# 9. B\n")]);
    let report = judge(&files);
    assert!(mendable(&report) > 0);
    assert!(mend(&report, &|rule| rule == "decision-date-invalid").is_empty());
    let one = mend(&report, &|rule| rule == "decision-number-mismatch");
    assert_eq!(one.iter().map(|file| file.changes[0].findings).sum::<usize>(), 1);
}

/// Pieces of records, whose order chance decides.
fn pieces() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "# 7. Use one queue\n\n",
        "# 8. Use two\r\n\r\n",
        "---\nstatus: accepted\n---\n",
        "## Status\n\n",
        "Superseded by [8](0008-b.md)\n\n",
        "Supersedes [7. A](0007-a.md)\n\n",
        "Supersedes ADR-0007\n",
        "Accepted\n",
        "Accepted\nin May\n\n",
        "* Status: accepted\n",
        "## Decision\n\n",
        "[é](0008-bb.md) [x](./0007_a.md#y)\n",
        "[q](0010-ß.md)\r\n",
        "= 7. Title\n\n== Status\n\n",
        "\u{FEFF}",
        "日本 ",
        "\n\n",
    ]);
    prop::collection::vec(prop_oneof![6 => known.prop_map(str::to_owned), 1 => ".{0,8}"], 0..12)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mending_comes_to_an_end_and_is_found_no_more(one in pieces(), two in pieces(), three in pieces()) {
        let mut files = files(&[
            ("docs/adr/0007-a.md", one.as_str()),
            ("docs/adr/0008-b.md", two.as_str()),
            ("docs/adr/0009-c.adoc", three.as_str()),
            ("docs/adr/0010-é.md", "# 10. É\n\n## Status\n\nAccepted\n"),
        ]);
        let (_, report) = mended(&mut files);
        prop_assert!(mend(&report, &|_| true).is_empty());
    }
}

fn walk(root: &Path, folder: &Path, files: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(root, &path, files);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            files.insert(path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), text);
        }
    }
}

#[test]
fn records_of_real_repositories_are_mended() {
    let Some(corpus) = std::env::var_os("ADRULE_CORPUS") else {
        println!("skipped: ADRULE_CORPUS does not name a folder");
        return;
    };
    let mut places = 0;
    for repository in std::fs::read_dir(Path::new(&corpus).join("adr")).unwrap().flatten() {
        if !repository.path().is_dir() {
            continue;
        }
        let mut files = Files::new();
        walk(&repository.path(), &repository.path(), &mut files);
        let before = open(&judge(&files));
        let (all, report) = mended(&mut files);
        for change in all.iter().flat_map(|file| &file.changes) {
            println!("{}\n- {}\n+ {}", change.rules.join(", "), change.before, change.after);
            places += 1;
        }
        assert!(open(&report) <= before);
    }
    println!("{places} places");
    assert!(places > 0);
}
