//! What is printed as JSON is what its schema says, and the two schemas agree on what they share.

#![allow(clippy::expect_used, reason = "what is no JSON ends the test")]

use adrule_policy::check::{Input, check, facts};
use adrule_policy::policy;
use adrule_policy::report::render::{facts as facts_json, json};
use adrule_policy::rule;
use adrule_policy::tree::Tree;
use jiff::civil::date;
use serde_json::Value;

const REPORT: &str = include_str!("../../schemas/report.schema.json");
const FACTS: &str = include_str!("../../schemas/facts.schema.json");

fn example() -> Tree {
    Tree::of([
        ("adrule.yaml", include_str!("../../docs/example/adrule.yaml")),
        ("docs/adr/0001-edge-proxy.md", include_str!("../../docs/example/docs/adr/0001-edge-proxy.md")),
        ("docs/adr/0002-ledger.md", include_str!("../../docs/example/docs/adr/0002-ledger.md")),
        ("docs/adr/0003-thumbnailer.md", include_str!("../../docs/example/docs/adr/0003-thumbnailer.md")),
        ("docs/adr/0004-odd.md", "# 4. Odd\n\nStatus: who knows\n"),
        (
            "services/edge-proxy/catalog-info.yaml",
            include_str!("../../docs/example/services/edge-proxy/catalog-info.yaml"),
        ),
        ("services/edge-proxy/Cargo.toml", ""),
        ("services/ledger/catalog-info.yaml", include_str!("../../docs/example/services/ledger/catalog-info.yaml")),
        ("services/ledger/Cargo.toml", ""),
        (
            "services/thumbnailer/catalog-info.yaml",
            include_str!("../../docs/example/services/thumbnailer/catalog-info.yaml"),
        ),
        ("services/thumbnailer/Cargo.toml", ""),
        ("services/broken/service.yaml", "name: a\nname: b\nmemory-budget: [\n"),
    ])
}

fn faults(schema: &str, document: &str) -> Vec<String> {
    let schema: Value = serde_json::from_str(schema).expect("the schema is JSON");
    let document: Value = serde_json::from_str(document).expect("the output is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_report_is_what_its_schema_says() {
    let tree = example();
    let text = tree.text("adrule.yaml").expect("the page");
    let page = policy::load(&"adrule.yaml".into(), text, date(2026, 11, 22), &rule::ids()).page.expect("a good page");
    let report = check(Input::all(&tree, &page, date(2026, 11, 22)));
    assert!(report.findings.len() >= 4, "{:#?}", report.findings);
    assert!(report.findings.iter().any(|finding| finding.waived.is_some()));
    assert_eq!(faults(REPORT, &json::render(&report)), [""; 0]);
}

#[test]
fn the_facts_are_what_their_schema_says() {
    let report = facts(&example());
    assert_eq!(report.decisions.len(), 4);
    assert!(!report.facts.is_empty() && !report.services.is_empty());
    assert_eq!(faults(FACTS, &facts_json::json(&report, false)), [""; 0]);
    assert_eq!(faults(FACTS, &facts_json::json(&report, true)), [""; 0]);
}

#[test]
fn a_wrong_document_is_refused() {
    assert!(!faults(REPORT, r#"{"version": 2}"#).is_empty());
    assert!(!faults(FACTS, r#"{"version": 1, "facts": [{}]}"#).is_empty());
}

#[test]
fn shared_definitions_are_the_same() {
    let (report, facts): (Value, Value) =
        (serde_json::from_str(REPORT).expect("JSON"), serde_json::from_str(FACTS).expect("JSON"));
    for name in ["place", "language", "fact", "unread"] {
        assert_eq!(report["definitions"][name], facts["definitions"][name], "{name}");
    }
}
