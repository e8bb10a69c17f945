//! The schema says what the code does.

use super::{fixtures, load};
use adrule_policy::policy::schema;
use adrule_policy::text::yaml;
use std::fmt::Write;
use std::path::Path;

/// Mistakes that a JSON Schema cannot express, or that editors show by themselves, and why.
const BEYOND_THE_SCHEMA: &[(&str, &[&str])] = &[
    ("what two comparisons mean together", &["above-the-top-of-a-scale", "at-least-above-at-most", "rule-never-when"]),
    (
        "the units and words of a value",
        &["bound-negative", "bound-with-percentile", "bound-with-words", "unit-wrong", "rank-not-in-order"],
    ),
    ("facts of text may be defined anew, with any type", &["at-least-on-text"]),
    ("facts are defined elsewhere on the page", &["own-rank-not-in-order", "test-key-mistyped"]),
    ("which facts adrule knows, and as what", &["fact-shadows"]),
    (
        "what the parts of the page say of each other",
        &[
            "default-asked",
            "language-twice",
            "rule-never-fires",
            "rule-never-refused",
            "rule-never-unless",
            "rule-twice",
            "waiver-ends-before-it-starts",
        ],
    ),
    (
        "the list of built-in rules",
        &[
            "rule-severity-of-nothing",
            "rule-shadows-built-in",
            "rule-silences-the-page",
            "test-unknown-rule",
            "waiver-unknown-rule",
        ],
    ),
    ("paths have a syntax of their own", &["fact-from-broken", "path-broken", "path-outside"]),
    (
        "JSON has no aliases, duplicate keys, other keys or further documents",
        &["alias", "duplicate-key", "key-is-a-list", "two-documents", "waiver-key-twice"],
    ),
];

/// The schema is made from the tables by which the page is read. To write it down anew: `ADRULE_WRITE_SCHEMA=1`.
#[test]
fn the_schema_is_written_down() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/policy.schema.json");
    let made = serde_json::to_string_pretty(&schema::schema()).unwrap() + "\n";
    if std::env::var_os("ADRULE_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), made, "run with ADRULE_WRITE_SCHEMA=1");
}

#[test]
fn schema_and_code_agree() {
    let validator = jsonschema::validator_for(&schema::schema()).unwrap();
    let mut surprises = String::new();
    for (name, text) in fixtures("good").into_iter().chain(fixtures("bad")) {
        let stream = yaml::parse(&text);
        let json = stream.first().filter(|_| stream.problem().is_none()).and_then(|root| root.to_json(10_000));
        let json = json.unwrap_or(serde_json::Value::Null);
        let by_schema = validator.is_valid(&json);
        let is_error =
            |finding: &adrule_policy::report::Finding| finding.severity == adrule_policy::report::Severity::Error;
        let by_code = !load(&text).findings.iter().any(is_error);
        let beyond = BEYOND_THE_SCHEMA.iter().any(|(_, known)| known.contains(&name.as_str()));
        if by_schema != (by_code || beyond) {
            let why: Vec<String> =
                validator.iter_errors(&json).map(|error| error.to_string().chars().take(200).collect()).collect();
            writeln!(surprises, "{name}: schema {by_schema}, code {by_code}, listed {beyond} {why:?}").unwrap();
        }
    }
    assert_eq!(surprises, "");
}
