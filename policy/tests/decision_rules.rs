//! The rules on decisions, on input that was written to hurt: no panic, and time that grows with the number of records.
#![allow(clippy::disallowed_methods, reason = "tests measure costs; the crate itself is pure")]

mod growth;

use adrule_policy::check::{Input, check};
use adrule_policy::policy::{self, Page};
use adrule_policy::report::render::{human, json};
use adrule_policy::tree::Tree;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Pieces of records, whose order chance decides.
fn pieces() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "# 7. Use one queue\n\n",
        "# [Superseded] Использовать 队列 (é)\n",
        "---\nstatus: accepted\nsupersedes: 7, 8\nsuperseded-by: ADR-7\nreview-by: 2020-01-01\n---\n",
        "## Status\n\n",
        "Superseded by [8](0008-b.md#x)\n\n",
        "Supersedes ADR-0007 and 0008-b.md\n",
        "Accepted\n",
        "Date: 03/04/2026\n\n",
        "Date: YYYY-MM-DD\n\n",
        "## Context and Problem Statement\n\n",
        "## Considered Options\n\n* One – «queue»\n* \n",
        "## Decision Outcome\n\nChosen option: “Ünö”, because\n\n",
        "Chosen option: ",
        "## Consequences\n\n* Good, because é\n",
        "### Positive Consequences\n",
        "TBD\n\n",
        "[é](./%E4%B8/%zz../0009-日本.md?x#y)\n",
        "![p](a.png)\n",
        "```\n",
        "| Review date | 2020-01-01 |\n|---|---|\n",
        "= Title\n\n== Status\n\n",
        "\u{FEFF}",
        "\u{0130}\u{1E9E}",
    ]);
    prop::collection::vec(prop_oneof![4 => known.prop_map(str::to_owned), 1 => ".{0,12}"], 0..14)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_record_hurts(one in pieces(), other in pieces(), before in pieces(), list in pieces()) {
        let page = policy::built_in();
        let names = ["docs/adr/0007-a.md", "docs/adr/0008-b.adoc", "docs/adr/README.md"];
        let head = Tree::of([(names[0], one.as_str()), (names[1], other.as_str()), (names[2], list.as_str())]);
        let base = Tree::of([(names[0], before.as_str()), ("docs/adr/0009-c.md", other.as_str())]);
        let mut all = Input::all(&head, &page, date(2026, 11, 22));
        all.strict = true;
        prop_assert!(!json::render(&check(all)).is_empty());
        let changed: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).chain(["docs/adr/0009-c.md".to_owned()]).collect();
        let mut change = Input::all(&head, &page, date(2026, 11, 22));
        change.base = Some(&base);
        change.files = Some(&changed);
        change.strict = true;
        let options = human::Options { color: false, rule_pages: None, quiet: false, verbose: true };
        prop_assert!(!human::render(&check(change), &options).is_empty());
    }
}

fn strictly<'a>(head: &'a Tree, base: Option<&'a Tree>, page: &'a Page) -> Input<'a> {
    Input { base, strict: true, ..Input::all(head, page, date(2026, 11, 22)) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Where no service asks about a record, its outline is let go while others are read; beside a base all are kept.
    #[test]
    fn the_same_is_found_whether_outlines_are_kept_or_let_go(one in pieces(), other in pieces(), list in pieces()) {
        let page = policy::built_in();
        let head = Tree::of([
            ("docs/adr/0007-a.md", one.as_str()),
            ("docs/adr/0008-b.adoc", other.as_str()),
            ("docs/adr/README.md", list.as_str()),
        ]);
        let let_go = check(strictly(&head, None, &page)).findings;
        prop_assert_eq!(check(strictly(&head, Some(&head), &page)).findings, let_go);
    }
}

#[test]
fn records_are_compared_with_what_they_were_without_a_list_of_files() {
    let page = policy::built_in();
    let record = |words: &str| format!("# 7. Use one queue\n\nStatus: accepted\n\n## Decision\n\n{words}\n");
    let (then, now) =
        (record(&"one queue for all of it ".repeat(9)), record(&"no queue at all is kept here ".repeat(9)));
    let (base, head) = (Tree::of([("docs/adr/0007-a.md", &*then)]), Tree::of([("docs/adr/0007-a.md", &*now)]));
    let found = check(strictly(&head, Some(&base), &page)).findings;
    assert!(found.iter().any(|finding| &*finding.rule == "decision-rewritten"), "{found:#?}");
}

/// So many records that each replaces the next two, with a link that leads nowhere.
fn chain(records: usize) -> Vec<(String, String)> {
    let one = |at: usize| {
        let next = (at + 1) % records;
        let text = format!(
            "# {at}. Use queue {at}\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n\nSupersedes [{next}](0{next}-queue-{next}.md)\n\n\
             ## Context\n\nSee [the log](0{at}-logg.md).\n\n## Decision\n\nOne queue.\n"
        );
        (format!("docs/adr/0{at}-queue-{at}.md"), text)
    };
    (0..records).map(one).collect()
}

#[test]
fn time_grows_with_the_number_of_records() {
    let page = policy::built_in();
    let took = |records: usize| {
        let files = chain(records);
        let tree = Tree::of(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let mut input = Input::all(&tree, &page, date(2026, 11, 22));
        input.strict = true;
        growth::cost(|| {
            let report = check(input);
            assert!(report.findings.len() >= records, "{} findings", report.findings.len());
        })
    };
    took(100);
    growth::assert_linear("records", took(2000 / growth::TIMES), took(2000));
}
