//! Services as they are: the same fact in a manifest, in a decision and in what is deployed, where they agree and where
//! they do not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

use adrule_policy::check::{Input, check};
use adrule_policy::policy;
use adrule_policy::tree::Tree;
use jiff::civil::date;
use std::sync::Arc;

/// What `facts-disagree` says about some files.
fn said(files: &[(&str, &str)]) -> Vec<String> {
    let tree = Tree::of(files.iter().copied());
    let page = policy::built_in();
    let report = check(Input::all(&tree, &page, date(2026, 11, 22)));
    let found = report.findings.iter().filter(|finding| finding.rule.as_ref() == "facts-disagree");
    found.map(|finding| format!("{} ({} places)", finding.message, finding.places.len())).collect()
}

const TOLL: &str = "services/toll-gate/service.yaml";

fn record(body: &str) -> String {
    format!("# 12. Rust for toll-gate\n\nDate: 2026-10-30\n\n## Status\n\nAccepted\n\n{body}\n")
}

#[test]
fn the_manifest_and_the_decision_differ() {
    let record =
        record("## Decision\n\nEach lane's process must stay below 256 MB of memory. The prototype used 62 MB.");
    let service = "name: toll-gate\nlanguage: rust\nmemory-budget: 180 MB\n";
    assert_eq!(
        said(&[(TOLL, service), ("docs/adr/0012-toll-gate.md", &record)]),
        ["`toll-gate` states more than one memory budget: 180 MB and 256 MB (2 places)"]
    );
}

#[test]
fn the_container_is_stopped_below_the_budget() {
    let service = "name: toll-gate\nlanguage: rust\nmemory-budget: 256 MB\n";
    let workload = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: toll-gate}\nspec:\n  template:\n    spec:\n      \
                    containers:\n        - name: toll-gate\n          image: toll-gate:1\n          resources:\n            \
                    limits: {memory: 128Mi}\n            requests: {memory: 64Mi}\n";
    let found = said(&[(TOLL, service), ("services/toll-gate/deploy/deployment.yaml", workload)]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("a memory budget of 256 MB, and its container is stopped at"), "{found:?}");
}

#[test]
fn percentiles_contradict() {
    let record = record("## Requirements\n\n- p95 of a passage below 80 ms\n- p99 of a passage below 60 ms");
    let service = "name: toll-gate\nlanguage: rust\n";
    assert_eq!(
        said(&[(TOLL, service), ("docs/adr/0012-toll-gate.md", &record)]),
        ["`toll-gate` allows more time at p95 (80 ms) than at p99 (60 ms) (2 places)"]
    );
}

#[test]
fn figures_that_only_look_like_a_contradiction() {
    let service = "name: toll-gate\nlanguage: rust\nmemory-budget: 180 MB\nlatency-target: p95 < 80 ms\n";
    for body in [
        // The same value in other words, a measurement, the past, an option, another percentile.
        "## Decision\n\nThe process may use at most 180 megabytes of memory. In the trial it used 240 MB.",
        "## Context\n\nThe old gate was limited to 64 MB of memory.\n\n## Decision\n\nRust.",
        "## Considered options\n\n### Java\n\nIt needs a limit of 900 MB of memory.\n\n## Decision\n\nRust.",
        "## Decision\n\np99 must stay below 200 ms.",
        "| | Target | Today |\n|---|---|---|\n| Memory | 180 MB | 310 MB |\n| p95 latency | 80 ms | 140 ms |",
        "## Decision\n\nToday p95 is 140 ms. The target for p95 is 80 ms.",
    ] {
        let record = record(body);
        assert!(said(&[(TOLL, service), ("docs/adr/0012-toll-gate.md", &record)]).is_empty(), "{body}");
    }
}

#[test]
fn two_services_have_figures_of_their_own() {
    let record =
        record("## Decision\n\n- `toll-gate`: at most 180 MB of memory\n- `toll-report`: at most 900 MB of memory");
    let found = said(&[
        (TOLL, "name: toll-gate\nlanguage: rust\nmemory-budget: 180 MB\n"),
        ("services/toll-report/service.yaml", "name: toll-report\nlanguage: rust\nmemory-budget: 900 MB\n"),
        ("docs/adr/0012-toll-gate.md", &record),
    ]);
    assert!(found.is_empty(), "{found:?}");
}

/// A page with a fact of its own and a rule that asks for it.
const OWN: &str = "policy: 1\ntitle: t\ndefault: go\nfacts:\n  exit-days:\n    type: count\n    labels: [days to leave]\n    \
                   says: the days it takes to leave\nrules:\n  - id: exit-is-known\n    says: Everybody knows how long it takes \
                   to leave.\n    requires: { all: [ { exit-days: { at-most: 30 } } ] }\n    severity: error\n    fix: State it.\n";

#[test]
fn a_fact_of_the_page_is_read_from_lines_and_tables() {
    let loaded = policy::load(&Arc::from("adrule.yaml"), OWN, date(2026, 11, 22), &[]);
    let page = loaded.page.unwrap_or_else(|| panic!("{:?}", loaded.findings));
    let fires = |body: &str| {
        let record = record(body);
        let files = [(TOLL, "name: toll-gate\nlanguage: go\n"), ("docs/adr/0012-toll-gate.md", record.as_str())];
        let tree = Tree::of(files);
        let report = check(Input::all(&tree, &page, date(2026, 11, 22)));
        report.findings.iter().any(|finding| finding.rule.as_ref() == "exit-is-known")
    };
    assert!(fires("## Decision\n\nGo."), "nothing states it");
    assert!(fires("## Decision\n\nDays to leave: 90"), "too many");
    assert!(!fires("## Decision\n\nDays to leave: 14"), "a labelled line");
    assert!(!fires("## Decision\n\n- **Days to leave**: 14"), "an item with a bold label");
    assert!(!fires("## Decision\n\n- exit-days: 14"), "its own name");
    assert!(!fires("| Fact | Value |\n|---|---|\n| Days to leave | 14 |"), "a row of a table");
}
