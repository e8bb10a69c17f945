//! A change that takes away what allowed a service its language.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

use adrule_policy::check::{Input, check};
use adrule_policy::plan::{Ask, Besides, MOST_MANIFESTS, plan};
use adrule_policy::policy::{self, Page};
use adrule_policy::report::{Report, Standing, render};
use adrule_policy::rule;
use adrule_policy::tree::Tree;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const TODAY: Date = date(2026, 11, 22);

const PAGE: &str = "\
policy: 1
default: go
languages:
  rust:
    requires:
      any: [memory-budget, { latency-target: { at-most: 10 ms, percentile: p95 } }, failure-impact]
";

fn page(text: &str) -> Page {
    let loaded = policy::load(&Arc::from("adrule.yaml"), text, TODAY, &rule::ids());
    loaded.page.unwrap_or_else(|| panic!("{text}\n{:#?}", loaded.findings))
}

type File<'f> = (&'f str, &'f str);

/// Judges the change from some files to others.
fn judge(page: &Page, before: &[File<'_>], after: &[File<'_>]) -> Report {
    let (base, head) = (Tree::of(before.iter().copied()), Tree::of(after.iter().copied()));
    let names = base.files.keys().chain(head.files.keys());
    let differs = |path: &&Arc<str>| base.files.get(path.as_ref()) != head.files.get(path.as_ref());
    let files: BTreeSet<String> = names.filter(differs).map(|path| path.to_string()).collect();
    check(Input { base: Some(&base), files: Some(&files), ..Input::all(&head, page, TODAY) })
}

/// The open findings on languages: rule, subject and the first note.
fn lost_on(page: &Page, before: &[File<'_>], after: &[File<'_>]) -> Vec<String> {
    let report = judge(page, before, after);
    let of_languages = report.open().filter(|finding| finding.rule.starts_with("language-"));
    let words = |note: Option<&String>| note.map(|note| format!(": {note}")).unwrap_or_default();
    of_languages
        .map(|finding| format!("{} {}{}", finding.rule, finding.subject, words(finding.notes.first())))
        .collect()
}

fn lost(before: &[File<'_>], after: &[File<'_>]) -> Vec<String> {
    lost_on(&page(PAGE), before, after)
}

const NONE: [&str; 0] = [];
const MANIFEST: &str = "services/billing/service.yaml";
const PLAIN: &str = "name: billing\nlanguage: rust\n";
const RECORD: &str = "docs/adr/0003-in-rust.md";

/// A decision in this status that says this.
fn record(title: &str, status: &str, says: &str) -> String {
    format!(
        "# {title}\n\nDate: 2026-10-30\n\n## Status\n\n{status}\n\n## Context\n\nPauses are felt.\n\n## Decision\n\n{says}\n\n## Consequences\n\nA second language.\n"
    )
}

const BUDGET: &str = "**Memory budget:** 128 MB";

#[test]
fn a_reason_in_the_manifest_is_taken_away() {
    let stated = format!("{PLAIN}memory-budget: 80 MB\n");
    let found = lost(&[(MANIFEST, &stated)], &[(MANIFEST, PLAIN)]);
    assert_eq!(
        found,
        ["language-without-reason billing: before this change: memory budget 80 MB (services/billing/service.yaml:3)"]
    );
    // Another value, or another reason, is one as well.
    for other in ["memory-budget: 90 MB", "latency-target: p95 under 8 ms", "failure-impact: high"] {
        assert_eq!(lost(&[(MANIFEST, &stated)], &[(MANIFEST, &format!("{PLAIN}{other}\n"))]), NONE, "{other}");
    }
    // A weaker value is none, and neither is one that is still to come.
    for (before, after) in [
        ("latency-target: p95 under 8 ms", "latency-target: p95 under 200 ms"),
        ("memory-budget: 80 MB", "memory-budget: TBD"),
    ] {
        let (before, after) = (format!("{PLAIN}{before}\n"), format!("{PLAIN}{after}\n"));
        let found = lost(&[(MANIFEST, &before)], &[(MANIFEST, &after)]);
        assert!(found.len() == 1 && found[0].contains("billing: before this change: "), "{found:?}");
    }
}

#[test]
fn a_reason_in_a_decision_is_taken_away() {
    let by_name = record("3. Write billing in Rust", "Accepted", BUDGET);
    let linked =
        record("3. Rust where money is", "Accepted", &format!("See [it](../../services/billing).\n\n{BUDGET}"));
    let named = format!("---\nservices: [billing]\n---\n{}", record("3. Rust where money is", "Accepted", BUDGET));
    let pointed = record("3. Rust where money is", "Accepted", BUDGET);
    let points = format!("{PLAIN}decision: ../../{RECORD}\n");
    for (how, manifest, text) in [
        ("name", PLAIN, &by_name),
        ("link", PLAIN, &linked),
        ("services", PLAIN, &named),
        ("manifest", &points, &pointed),
    ] {
        let before = [(MANIFEST, manifest), (RECORD, text.as_str())];
        let line = text.lines().position(|line| line == BUDGET).unwrap() + 1;
        let note = format!("before this change: memory budget 128 MB ({RECORD}:{line})");
        let gone = text.replace(BUDGET, "We write it in Rust.");
        let without = lost(&before, &[(MANIFEST, manifest), (RECORD, &gone)]);
        assert_eq!(without, [format!("language-without-reason billing: {note}")], "{how}");
        for status in ["Rejected", "Superseded", "Deprecated"] {
            let other = text.replace("Accepted", status);
            let found = lost(&before, &[(MANIFEST, manifest), (RECORD, &other)]);
            assert_eq!(found, without, "{how}, {status}");
        }
        assert_eq!(lost(&before, &[(MANIFEST, manifest)]), without, "{how}, deleted");
        // What keeps it: a word elsewhere, another value, another place for the same reason.
        let elsewhere = text.replace("A second language.", "Two languages.");
        let more = text.replace("128 MB", "256 MB");
        for kept in [elsewhere, more] {
            assert_eq!(lost(&before, &[(MANIFEST, manifest), (RECORD, &kept)]), NONE, "{how}");
        }
        let moved = format!("{manifest}memory-budget: 128 MB\n");
        assert_eq!(lost(&before, &[(MANIFEST, &moved), (RECORD, &gone)]), NONE, "{how}, moved to the manifest");
        assert_eq!(lost(&before, &[(MANIFEST, &moved)]), NONE, "{how}, moved, and the decision deleted");
    }
}

#[test]
fn a_decision_that_supersedes_another_keeps_the_reason_only_where_it_states_one() {
    let old = record("3. Write billing in Rust", "Accepted", BUDGET);
    let superseded = old.replace("Accepted", "Superseded by [7](0007-billing-again.md)");
    let new = |says: &str| record("7. Billing stays in Rust", "Accepted\n\nSupersedes [3](0003-in-rust.md)", says);
    let (with, without) = (new("**Memory budget:** 200 MB"), new("It stays in Rust."));
    let new_path = "docs/adr/0007-billing-again.md";
    let before = [(MANIFEST, PLAIN), (RECORD, old.as_str())];
    assert_eq!(lost(&before, &[(MANIFEST, PLAIN), (RECORD, &superseded), (new_path, &with)]), NONE);
    let report = judge(&page(PAGE), &before, &[(MANIFEST, PLAIN), (RECORD, &superseded), (new_path, &with)]);
    assert_eq!(report.services[0].standing, Standing::Reason, "it is judged, and stands");
    let found = lost(&before, &[(MANIFEST, PLAIN), (RECORD, &superseded), (new_path, &without)]);
    assert_eq!(
        found,
        [format!("language-without-reason billing: before this change: memory budget 128 MB ({RECORD}:15)")]
    );
    // Under another name and number it is the same decision.
    assert_eq!(lost(&before, &[(MANIFEST, PLAIN), ("docs/adr/0004-billing.md", &old)]), NONE, "renamed");
}

#[test]
fn a_gap_that_was_there_is_none_of_the_change() {
    let record = record("3. Write billing in Rust", "Accepted", "We write it in Rust.");
    let rejected = record.replace("Accepted", "Rejected");
    let before = [(MANIFEST, PLAIN), (RECORD, record.as_str())];
    assert_eq!(lost(&before, &[(MANIFEST, PLAIN), (RECORD, &rejected)]), NONE);
    assert_eq!(lost(&before, &[(MANIFEST, PLAIN)]), NONE);
    let report = judge(&page(PAGE), &before, &[(MANIFEST, PLAIN)]);
    let billing = &report.services[0];
    assert_eq!((billing.standing, billing.known_before), (Standing::Gap, true));
    assert!(billing.words.ends_with("(so before this change, not judged)"), "{}", billing.words);
    // A decision that permitted nothing took nothing with it.
    let budget = rejected.replace("We write it in Rust.", BUDGET);
    assert_eq!(lost(&[(MANIFEST, PLAIN), (RECORD, &budget)], &[(MANIFEST, PLAIN)]), NONE);
}

#[test]
fn a_waiver_allows_before_and_after() {
    let waiver = "owner: platform-guild\nwaivers:\n  - { rule: language-without-reason, scope: billing, reason: a benchmark is under way, owner: edge-team, approved-by: platform-guild, granted: 2026-11-01, expires: 2027-01-31, exit: a decision }\n";
    let page = page(&format!("{PAGE}{waiver}"));
    let stated = format!("{PLAIN}memory-budget: 80 MB\n");
    let noted = format!("{PLAIN}# a word\n");
    assert_eq!(lost_on(&page, &[(MANIFEST, &stated)], &[(MANIFEST, PLAIN)]), NONE, "waived now");
    assert_eq!(lost_on(&page, &[(MANIFEST, PLAIN)], &[(MANIFEST, &noted)]), NONE, "waived then and now");
    // Under another name the waiver is about nobody.
    let renamed = "name: invoicing\nlanguage: rust\n";
    assert_eq!(
        lost_on(&page, &[(MANIFEST, PLAIN)], &[(MANIFEST, renamed)]),
        [
            "language-without-reason invoicing: before this change: waived until 2027-01-31 (edge-team): a benchmark is under way"
        ]
    );
}

#[test]
fn whatever_allowed_the_language_is_asked_for_again() {
    let page = page(
        "policy: 1\ndefault: go\ndecisions: { required-for: [zig] }\nlanguages:\n  rust:\n    requires: { all: [{ reviewers: { at-least: 2 } }] }\n  python: { only-for: [batch] }\n  zig: {}\n",
    );
    let manifest = |language: &str, more: &str| format!("name: billing\nlanguage: {language}\n{more}");
    let (two, one) = (manifest("rust", "reviewers: [ana, ben]\n"), manifest("rust", "reviewers: [ana]\n"));
    assert_eq!(
        lost_on(&page, &[(MANIFEST, &two)], &[(MANIFEST, &one)]),
        [format!("language-requirement-missing billing: before this change: reviewers ana, ben ({MANIFEST}:3)")]
    );
    let (batch, service) = (manifest("python", "kind: batch\n"), manifest("python", "kind: service\n"));
    assert_eq!(
        lost_on(&page, &[(MANIFEST, &batch)], &[(MANIFEST, &service)]),
        ["language-not-for-kind billing: before this change: its kind was `batch`"]
    );
    let zig = manifest("zig", "");
    let record = record("3. Write billing in Zig", "Accepted", "We write it in Zig.");
    assert_eq!(
        lost_on(&page, &[(MANIFEST, &zig), (RECORD, &record)], &[(MANIFEST, &zig)]),
        [format!("language-without-decision billing: before this change: {RECORD} was in force")]
    );
}

#[test]
fn services_of_one_name_or_one_folder_are_told_apart() {
    let (with, without) = ("name: api\nlanguage: rust\nmemory-budget: 80 MB\n", "name: api\nlanguage: rust\n");
    let touched = "name: api\nlanguage: rust\nowner: a-team\n";
    for (one, other) in [("a/service.yaml", "b/service.yaml"), ("b/service.yaml", "a/service.yaml")] {
        let found = lost(&[(one, with), (other, without)], &[(one, with), (other, touched)]);
        assert_eq!(found, NONE, "{other} had none before");
        assert_eq!(lost(&[(one, with), (other, without)], &[(one, touched), (other, without)]).len(), 1, "{one}");
    }
    // A further service in the file of another one is new, and not that one under another name.
    let of = |name: &str| {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  annotations: {{ adrule/language: rust }}\nspec: {{ type: service, lifecycle: production, owner: a-team }}\n"
        )
    };
    let path = "services/both/catalog-info.yaml";
    let one = of("one");
    let both = format!("{one}---\n{}", of("two"));
    assert_eq!(lost(&[(path, &one)], &[(path, &both)]), ["language-without-reason two"]);
}

#[test]
fn the_note_is_shown_wherever_people_read() {
    let stated = format!("{PLAIN}memory-budget: 80 MB\n");
    let report = judge(&page(PAGE), &[(MANIFEST, &stated)], &[(MANIFEST, PLAIN)]);
    let note = "before this change: memory budget 80 MB (services/billing/service.yaml:3)";
    let human = render::human::render(&report, &render::Options::default());
    assert!(human.contains(note) && human.contains("allowed until this change; Rust, as it states"), "{human}");
    assert!(render::json::render(&report).contains(note));
    for format in ["json-lines", "markdown", "sarif", "github"] {
        let shown = (render::find(format).unwrap().render)(&report, &render::Options::default());
        assert!(shown.contains("before this change: memory budget 80 MB"), "{format}: {shown}");
    }
    assert_eq!(report.findings[0].message, "`billing` is written in Rust, and nothing says why");
    assert!(!report.services[0].words.contains("not judged"), "{}", report.services[0].words);
}

/// What is read of the trees before and after a change, the many aside.
fn read(before: &[File<'_>], after: &[File<'_>]) -> [Vec<String>; 2] {
    let (base, head) = (Tree::of(before.iter().copied()), Tree::of(after.iter().copied()));
    let names = base.files.keys().chain(head.files.keys());
    let differs = |path: &&Arc<str>| base.files.get(path.as_ref()) != head.files.get(path.as_ref());
    let files: BTreeSet<String> = names.filter(differs).map(|path| path.to_string()).collect();
    let page = page(PAGE);
    let besides = Besides::of_trees(&head, &base, &files, &page);
    let of = |tree: &Tree| {
        let names = plan(&tree.paths, &page, Ask::Change(&files, &besides));
        names.into_iter().filter(|name| !name.starts_with("many/")).map(str::to_owned).collect()
    };
    [of(&base), of(&head)]
}

#[test]
fn manifests_far_away_are_read_only_where_a_decision_that_was_there_changes() {
    let text = record("3. Write billing in Rust", "Accepted", BUDGET);
    let linked = text.replace("Pauses are felt.", "See [it](../../services/billing/service.yaml).");
    let deployment = "services/billing/k8s/deployment.yaml";
    let places: Vec<String> = (0..MOST_MANIFESTS).map(|at| format!("many/s{at}/service.yaml")).collect();
    let many: Vec<File<'_>> = places.iter().map(|place| (place.as_str(), "name: x\n")).collect();
    let near = [(MANIFEST, PLAIN), (deployment, "kind: Deployment\n")];
    let other = [("docs/adr/0009-queue.md", "# 9. One queue\n"), ("docs/adr/README.md", "# Decisions\n")];
    let read_of = |many: &[File<'_>], before: &[File<'_>], after: &[File<'_>]| {
        read(&[many, &near, before].concat(), &[many, &near, after].concat())
    };
    let far = |read: &[Vec<String>; 2]| {
        let has = |read: &Vec<String>| near.iter().all(|(path, _)| read.iter().any(|read| read == path));
        read.iter().all(has)
    };
    for (few, text, is_read) in
        [(true, &text, true), (true, &linked, true), (false, &text, false), (false, &linked, true)]
    {
        let many = if few { &[][..] } else { &many };
        let (was, is) = ([(RECORD, text.as_str())], [(RECORD, "# 3. Write billing in Rust\n")]);
        assert_eq!(far(&read_of(many, &was, &is)), is_read, "edited, {few}");
        assert_eq!(far(&read_of(many, &was, &[])), is_read, "deleted, {few}");
        assert!(!far(&read_of(many, &[], &was)), "a new one, {few}");
        assert!(!far(&read_of(many, &other[1..], &[(other[1].0, "# All\n")])), "the list of decisions, {few}");
        assert!(!far(&read_of(many, &[], &[("README.md", text)])), "no decision, {few}");
    }
    let text = text.as_str();
    let was = [&many, &near[..], &[(RECORD, text)]].concat();
    assert_eq!(lost(&was, &[&many, &near[..]].concat()).len(), 1, "what is read all the same is judged");
}

const NAMES: [&str; 4] = ["billing", "ledger", "api", "edge-proxy"];

/// A repository of these services (name, language, reason) and records (service, status, whether it states a budget).
fn repository(services: &[(usize, usize, usize)], records: &[(usize, usize, usize)]) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for (at, (name, language, reason)) in services.iter().enumerate() {
        let reason =
            ["", "memory-budget: 80 MB\n", "latency-target: p95 under 200 ms\n", "failure-impact: low\n"][*reason];
        let language = ["rust", "go", "zig"][*language];
        let text = format!("name: {}\nlanguage: {language}\n{reason}", NAMES[*name]);
        files.push((format!("services/s{at}/service.yaml"), text));
    }
    for (at, (name, status, says)) in records.iter().enumerate() {
        let status = ["Accepted", "Rejected", "Superseded"][*status];
        let text = record(&format!("{at}. Write {} in Rust", NAMES[*name]), status, [BUDGET, "We do."][*says]);
        files.push((format!("docs/adr/000{at}-x.md"), text));
    }
    files
}

fn tree(files: &[(String, String)]) -> Tree {
    Tree::of(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

/// The services in Rust whose name is theirs alone, by name and place, with whether something is missing.
fn in_rust(files: &[(String, String)], page: &Page) -> BTreeMap<(String, String), bool> {
    let report = check(Input::all(&tree(files), page, TODAY));
    let alone = |name: &str| report.services.iter().filter(|service| service.name == name).count() == 1;
    let rust = report.services.iter().filter(|service| service.languages.iter().any(|one| one.name.as_ref() == "rust"));
    rust.filter(|service| alone(&service.name))
        .map(|service| ((service.name.clone(), service.path.to_string()), service.standing == Standing::Gap))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is touched, and whatever is missing: where nothing differs, nothing was lost.
    #[test]
    fn nothing_is_lost_where_nothing_changes(
        services in prop::collection::vec((0..4usize, 0..3usize, 0..4usize), 1..5),
        records in prop::collection::vec((0..4usize, 0..3usize, 0..2usize), 0..4),
    ) {
        let files = repository(&services, &records);
        let (head, again) = (tree(&files), tree(&files));
        let all: BTreeSet<String> = head.paths.iter().map(str::to_owned).collect();
        let page = page(PAGE);
        for base in [&head, &again] {
            let input = Input { base: Some(base), files: Some(&all), ..Input::all(&head, &page, TODAY) };
            let report = check(input);
            let found: Vec<_> = report.open().filter(|finding| finding.rule.starts_with("language-")).collect();
            prop_assert!(found.is_empty(), "{found:#?}");
        }
    }

    /// What is lost is what stands with a reason where all is judged before the change, and without one after it.
    #[test]
    fn what_is_lost_is_what_stood_before_and_does_not_stand_now(
        services in prop::collection::vec((0..4usize, 0..2usize, 0..4usize, 0..4usize), 1..5),
        records in prop::collection::vec((0..4usize, 0..3usize, 0..2usize, 0..3usize, 0..2usize), 0..4),
        left in 0..4usize,
    ) {
        let page = page(PAGE);
        let of = |services: Vec<(usize, usize, usize)>, records: Vec<(usize, usize, usize)>| repository(&services, &records);
        let before = of(
            services.iter().map(|&(name, language, reason, _)| (name, language, reason)).collect(),
            records.iter().map(|&(name, status, says, ..)| (name, status, says)).collect(),
        );
        let after = of(
            services.iter().map(|&(name, language, _, reason)| (name, language, reason)).collect(),
            records.iter().take(left).map(|&(name, _, _, status, says)| (name, status, says)).collect(),
        );
        let (then, now) = (in_rust(&before, &page), in_rust(&after, &page));
        let expected: BTreeSet<String> =
            now.iter().filter(|(key, gap)| **gap && then.get(*key) == Some(&false)).map(|((name, _), _)| name.clone()).collect();
        fn refs(files: &[(String, String)]) -> Vec<File<'_>> {
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
        }
        let report = judge(&page, &refs(&before), &refs(&after));
        let lost: BTreeSet<String> = report
            .open()
            .filter(|finding| finding.rule.as_ref() == "language-without-reason")
            .map(|finding| finding.subject.clone())
            .filter(|name| now.keys().any(|(one, _)| one == name))
            .collect();
        prop_assert_eq!(lost, expected);
    }
}
