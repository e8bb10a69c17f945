//! With decisions that were read before, everything is told as without; and they never take more room than they may.

use super::*;
use adrule_policy::check::{Input, Readings as _, check};
use adrule_policy::decision;
use adrule_policy::policy::{self, Page};
use adrule_policy::report::render::json;
use adrule_policy::rule;
use adrule_policy::tree::{Content, Tree};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A small repository: which of some texts lies at each of some paths.
type Files = BTreeMap<usize, usize>;

const PATHS: [&str; 6] = [
    "docs/adr/0001-edge.md",
    "docs/adr/0002-queue.md",
    "docs/adr/0002-again.md",
    "docs/adr/old/0003-ledger.md",
    "services/edge/catalog-info.yaml",
    "services/ledger/catalog-info.yaml",
];

const TEXTS: [&str; 7] = [
    "# 1. Edge in Rust\n\n## Status\n\nAccepted\n\n## Context\n\nMemory budget: 64 MiB.\n\n## Decision\n\nRust.\n",
    "# 2. A queue\n\n## Status\n\nBlessed\n\n## Decision\n\nSee [edge](0001-edge.md).\n",
    "# 2. A queue\n\n## Status\n\nSuperseded by [ADR-1](0001-edge.md)\n",
    "---\nstatus: accepted\nstatus: rejected\n---\n# Ledger\n\nSupersedes ADR-0002.\n",
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: edge\n  tags: [rust]\nspec:\n  type: service\n",
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ledger\n  tags: [go]\nspec:\n  type: service\n",
    "",
];

const PAGES: [&str; 2] = [
    "policy: 1\nextends: [adrule:default, adrule:nygard]\n",
    "policy: 1\nextends: adrule:default\ndecisions: { status-words: { blessed: accepted } }\n",
];

fn page(text: &str) -> Page {
    let path = "adrule.yaml".into();
    policy::load(&path, text, "2026-11-26".parse().unwrap(), &rule::ids()).page.unwrap()
}

/// A tree whose equal texts are one text, as the App holds them.
fn tree(files: &Files, texts: &[Arc<str>]) -> Tree {
    let files: BTreeMap<Arc<str>, Content> =
        files.iter().map(|(path, text)| (Arc::from(PATHS[*path]), Content::Text(Arc::clone(&texts[*text])))).collect();
    Tree { paths: files.keys().map(AsRef::as_ref).collect(), files }
}

fn files() -> impl Strategy<Value = Files> {
    proptest::collection::btree_map(0..PATHS.len(), 0..TEXTS.len(), 0..=PATHS.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_was_read_before_changes_no_finding(
        changes in proptest::collection::vec((files(), files(), 0..PAGES.len()), 1..6),
        room in prop_oneof![Just(0_usize), Just(4000), Just(1 << 20)],
    ) {
        let texts: Vec<Arc<str>> = TEXTS.iter().map(|text| Arc::from(*text)).collect();
        let pages: Vec<Page> = PAGES.iter().map(|text| page(text)).collect();
        let readings = Readings::of_size(room);
        for (base, head, by) in changes {
            let (before, now) = (tree(&base, &texts), tree(&head, &texts));
            let differs = |path: &&usize| base.get(path) != head.get(path);
            let changed: BTreeSet<String> =
                base.keys().chain(head.keys()).filter(differs).map(|path| PATHS[*path].to_owned()).collect();
            let judge = |readings: Option<&dyn check::Readings>, is_change: bool| {
                let today = "2026-11-26".parse().unwrap();
                let input = Input { readings, ..Input::all(&now, &pages[by], today) };
                let report = if is_change {
                    check(Input { base: Some(&before), files: Some(&changed), ..input })
                } else {
                    check(input)
                };
                json::render(&report)
            };
            for is_change in [false, true] {
                prop_assert_eq!(judge(Some(&readings), is_change), judge(None, is_change));
            }
        }
    }
}

#[test]
fn they_take_no_more_room_than_they_may() {
    let readings = Readings::of_size(200_000);
    for number in 0..2000 {
        let text: Arc<str> = format!("# {number}. A title\n\n{}", "A sentence of a decision. ".repeat(40)).into();
        let path: Arc<str> = format!("docs/adr/{number:04}-a.md").into();
        readings.decision(&path, &text, &|| decision::document(&path, &text));
        assert!(readings.kept.lock().unwrap().bytes <= 200_000);
    }
    let kept = readings.kept.lock().unwrap();
    assert!(kept.readings.len() > 20, "{}", kept.readings.len());
    assert_eq!(kept.bytes, kept.readings.iter().map(|(_, reading)| reading.bytes).sum::<usize>());
}

#[test]
fn a_reading_is_found_by_path_and_text_only() {
    let readings = Readings::of_size(1 << 20);
    let text: Arc<str> = TEXTS[0].into();
    let path = |name: &str| Arc::<str>::from(name);
    let read = |path: &Arc<str>, text: &Arc<str>, number| {
        let new = || {
            let mut new = decision::document(path, text);
            Arc::make_mut(&mut new.decision).number = Some(number);
            new
        };
        readings.decision(path, text, &new).decision.number
    };
    assert_eq!(read(&path("a/0001-a.md"), &text, 1), Some(1));
    assert_eq!(read(&path("a/0001-a.md"), &text, 2), Some(1));
    assert_eq!(read(&path("b/0001-a.md"), &text, 3), Some(3));
    assert_eq!(read(&path("a/0001-a.md"), &TEXTS[1].into(), 4), Some(4));
}
