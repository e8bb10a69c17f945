//! Comments that excuse findings, in a change and in a whole repository.

use adrule_policy::check::{Input, check};
use adrule_policy::policy;
use adrule_policy::report::Report;
use adrule_policy::tree::Tree;
use jiff::civil::date;
use std::collections::BTreeSet;

const ODD: &str = "# 1. Use Go\n\n## Status\n\nWaiting in the hallway\n";
const ALLOWED: &str = "# 1. Use Go\n\n<!-- adrule: allow decision-status-unknown: from the wiki -->\n\n## Status\n\nWaiting in the hallway\n";

fn changed(base: &[(&str, &str)], head: &[(&str, &str)]) -> Report {
    let (base, head) = (Tree::of(base.iter().copied()), Tree::of(head.iter().copied()));
    let files: BTreeSet<String> = head.paths.iter().chain(base.paths.iter()).map(str::to_owned).collect();
    let page = policy::built_in();
    let mut input = Input::all(&head, &page, date(2026, 11, 22));
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
