//! How well claims are read from manifests, against hand-made labels (`ADRULE_LABELS`; skipped where unset).
#![allow(clippy::disallowed_methods, reason = "tests read fixtures and measure time; the crate itself is pure")]
// What was read and what was missed is the point of these tests.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use adrule_policy::fact::{Standing, Value};
use adrule_policy::manifest;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The kinds that the labels cover.
const KINDS: &[&str] =
    &["memory-budget", "latency-target", "failure-impact", "startup-time", "expected-traffic", "instance-count"];
/// What is asked of the reader of keys alone. The labels' claims in free text wait for the reader of prose.
const LEAST_PRECISION: f64 = 0.97;
const LEAST_RECALL: f64 = 0.90;

#[derive(Default, Clone, Copy)]
struct Score {
    matched: usize,
    wrong: usize,
    missed: usize,
}

fn number(value: &Value) -> Option<Result<f64, String>> {
    match value {
        Value::Bytes(n) | Value::Duration(n) | Value::Rate(n) | Value::Count(n) => Some(Ok(*n)),
        Value::Rank(word) => Some(Err(word.to_string())),
        _ => None,
    }
}

fn same(label: &serde_json::Value, read: &Result<f64, String>) -> bool {
    match read {
        Ok(number) => label.as_f64().is_some_and(|label| (number - label).abs() <= label.abs() * 0.005),
        Err(word) => label.as_str() == Some(word),
    }
}

#[test]
fn claims_in_manifests() {
    let Ok(folder) = std::env::var("ADRULE_LABELS") else {
        println!("skipped: ADRULE_LABELS is not set");
        return;
    };
    let text = std::fs::read_to_string(format!("{folder}/claims.jsonl")).unwrap();
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for line in text.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        if case["format"] != "manifest" {
            continue;
        }
        let path: Arc<str> = case["name"].as_str().unwrap().into();
        let reading = manifest::read(&path, case["text"].as_str().unwrap());
        let mut reported: Vec<(String, Result<f64, String>)> = Vec::new();
        for fact in reading.services.iter().flat_map(|service| &service.facts) {
            if !KINDS.contains(&fact.kind.as_ref()) || fact.standing != Standing::Stated {
                continue;
            }
            let Some(value) = fact.value.as_ref().and_then(number) else { continue };
            let pair = (fact.kind.to_string(), value);
            if !reported.contains(&pair) {
                reported.push(pair);
            }
        }
        let mut labels: Vec<&serde_json::Value> = case["claims"].as_array().unwrap().iter().collect();
        for (kind, value) in reported {
            let score = scores.entry(kind.clone()).or_default();
            let found = labels.iter().position(|label| label["kind"] == kind.as_str() && same(&label["value"], &value));
            if let Some(at) = found {
                labels.remove(at);
                score.matched += 1;
            } else {
                score.wrong += 1;
                println!("{} {path}: wrong {kind} {value:?}", case["id"]);
            }
        }
        for label in labels {
            scores.entry(label["kind"].as_str().unwrap().to_owned()).or_default().missed += 1;
            println!("{} {path}: missed {} {} \"{}\"", case["id"], label["kind"], label["value"], label["quote"]);
        }
    }
    let mut all = Score::default();
    for (kind, score) in &scores {
        println!("{kind}: matched {}, wrong {}, missed {}", score.matched, score.wrong, score.missed);
        all.matched += score.matched;
        all.wrong += score.wrong;
        all.missed += score.missed;
    }
    let precision = all.matched as f64 / (all.matched + all.wrong).max(1) as f64;
    let recall = all.matched as f64 / (all.matched + all.missed).max(1) as f64;
    println!("precision {precision:.3}, recall {recall:.3}");
    assert!(precision >= LEAST_PRECISION && recall >= LEAST_RECALL, "precision {precision:.3}, recall {recall:.3}");
}
