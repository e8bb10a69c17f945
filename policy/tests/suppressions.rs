//! Comments that excuse findings, in a change and in a whole repository.
#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

use adrule_policy::check::{Input, check};
use adrule_policy::policy::{self, Page};
use adrule_policy::report::Report;
use adrule_policy::rule;
use adrule_policy::tree::Tree;
use jiff::civil::date;
use std::collections::BTreeSet;

const ODD: &str = "# 1. Use Go\n\n## Status\n\nWaiting in the hallway\n";
const ALLOWED: &str = "# 1. Use Go\n\n<!-- adrule: allow decision-status-unknown: from the wiki -->\n\n## Status\n\nWaiting in the hallway\n";

fn changed(base: &[(&str, &str)], head: &[(&str, &str)]) -> Report {
    changed_by(&policy::built_in(), base, head)
}

fn changed_by(page: &Page, base: &[(&str, &str)], head: &[(&str, &str)]) -> Report {
    let (base, head) = (Tree::of(base.iter().copied()), Tree::of(head.iter().copied()));
    let files: BTreeSet<String> = head.paths.iter().chain(base.paths.iter()).map(str::to_owned).collect();
    let mut input = Input::all(&head, page, date(2026, 11, 22));
    (input.base, input.files) = (Some(&base), Some(&files));
    check(input)
}

/// The open findings that these tests are about: the odd status, and what is wrong with the comment.
fn open(report: &Report) -> Vec<&str> {
    let rules = report.open().map(|finding| finding.rule.as_ref());
    rules.filter(|rule| *rule == "decision-status-unknown" || rule.starts_with("suppression-")).collect()
}

#[test]
fn a_change_cannot_excuse_itself() {
    let report = changed(&[("docs/adr/0001-go.md", ODD)], &[("docs/adr/0001-go.md", ALLOWED)]);
    assert_eq!(open(&report), ["decision-status-unknown"]);
    let notes = report.findings[0].notes.join(" ");
    assert!(notes.contains("was added by this change"), "{notes}");
}

fn page(line: &str) -> Page {
    let text = format!("policy: 1\ndefault: go\n{line}\n");
    policy::load(&"adrule.yaml".into(), &text, date(2026, 11, 22), &rule::ids()).page.unwrap()
}

#[test]
fn a_change_can_excuse_itself_where_the_page_says_so() {
    let (base, head) = ([("docs/adr/0001-go.md", ODD)], [("docs/adr/0001-go.md", ALLOWED)]);
    let report = changed_by(&page("suppressions: { in-change: allow }"), &base, &head);
    assert_eq!((open(&report), report.excused().suppressed), (vec![], 1));
    for line in ["", "suppressions: { in-change: ignore }"] {
        assert_eq!(open(&changed_by(&page(line), &base, &head)), ["decision-status-unknown"], "{line}");
    }
    // One without a reason excuses nothing on any page.
    let empty = ALLOWED.replace(": from the wiki", "");
    let report = changed_by(&page("suppressions: { in-change: allow }"), &base, &[("docs/adr/0001-go.md", &empty)]);
    assert_eq!(open(&report), ["suppression-without-reason", "decision-status-unknown"]);
}

/// What is wrong with a comment is found in each markup.
#[test]
fn faults_of_comments_in_each_markup() {
    let service = "name: edge-proxy\n# COMMENT\nlanguage: rust\n";
    let odd = |title: &str, mark: &str| format!("{title}\n\n{mark} COMMENT\n\nStatus: Waiting in the hallway\n");
    let files = [
        ("service.yaml", service.to_owned(), "language-without-reason"),
        ("docs/adr/0001-go.md", ODD.replace("## Status", "<!-- COMMENT -->\n\n## Status"), "decision-status-unknown"),
        ("docs/adr/0001-go.adoc", odd("= 1. Use Go", "//").replace("Status:", ":status:"), "decision-status-unknown"),
        (
            "docs/adr/0001-go.rst",
            odd("1. Use Go\n=========", "..").replace("Status:", ":Status:"),
            "decision-status-unknown",
        ),
    ];
    for (path, text, rule) in files {
        let found = |comment: &str| {
            let text = text.replace("COMMENT", &format!("adrule: allow {comment}"));
            let tree = Tree::of([(path, text.as_str())]);
            let report = check(Input::all(&tree, &policy::built_in(), date(2026, 11, 22)));
            let about = |found: &&str| *found == rule || found.starts_with("suppression-");
            report.open().map(|finding| finding.rule.as_ref()).filter(about).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(found(&format!("{rule}: from the wiki")), [""; 0], "{path}");
        assert_eq!(found(&format!("{rule}: from the wiki, until 2026-11-22")), [""; 0], "{path}");
        let sorted = |comment: String| {
            let mut all = found(&comment);
            all.sort();
            all
        };
        assert_eq!(sorted(rule.to_owned()), [rule, "suppression-without-reason"], "{path}");
        assert_eq!(sorted(format!("{rule}: later, until 2026-11-21")), [rule, "suppression-expired"], "{path}");
        assert_eq!(sorted("decision-renamed: no".to_owned()), [rule, "suppression-unused"], "{path}");
    }
}

#[test]
fn a_copy_into_another_file_is_added_too() {
    let base = [("docs/adr/0001-go.md", ALLOWED)];
    let report = changed(&base, &[("docs/adr/0001-go.md", ALLOWED), ("docs/adr/0002-more.md", ALLOWED)]);
    assert_eq!(open(&report), ["decision-status-unknown"]);
}

#[test]
fn what_was_there_counts_wherever_the_file_went() {
    let base = [("docs/adr/0001-go.md", ALLOWED)];
    for path in ["docs/adr/0001-go.md", "docs/adr/0003-go.md"] {
        let report = changed(&base, &[(path, &format!("{ALLOWED}\nMore.\n"))]);
        assert_eq!(open(&report), [""; 0]);
        assert_eq!(report.excused().suppressed, 1);
    }
}

#[test]
fn another_reason_is_another_comment() {
    let other = ALLOWED.replace("from the wiki", "because");
    let report = changed(&[("docs/adr/0001-go.md", ALLOWED)], &[("docs/adr/0001-go.md", &other)]);
    assert_eq!(open(&report), ["decision-status-unknown"]);
}

#[test]
fn another_rule_is_not_excused_and_a_misspelt_one_is_said() {
    let text = ALLOWED.replace("decision-status-unknown", "decision-status-unknwon");
    let tree = Tree::of([("docs/adr/0001-go.md", text.as_str())]);
    let report = check(Input::all(&tree, &policy::built_in(), date(2026, 11, 22)));
    let messages: Vec<&str> = report.open().map(|finding| finding.message.as_str()).collect();
    insta::assert_debug_snapshot!(messages, @r#"
    [
        "the comment allows `decision-status-unknwon`, which finds nothing in this file; `decision-status-unknown` is a rule",
        "the status `Waiting in the hallway` is not understood",
    ]
    "#);
}
