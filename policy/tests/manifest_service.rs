//! Our own `service.yaml`: the schema and the code agree, in both directions, and the vocabulary is all there.

#![allow(clippy::unwrap_used, clippy::panic)]

use adrule_policy::fact::vocabulary::KNOWN;
use adrule_policy::fact::{Fact, Standing};
use adrule_policy::manifest::{self, Format, Reading};
use adrule_policy::report::Severity;
use adrule_policy::text::yaml;
use std::sync::Arc;

const SCHEMA: &str = include_str!("../../schemas/service.schema.json");

fn schema() -> serde_json::Value {
    serde_json::from_str(SCHEMA).unwrap()
}

fn valid(page: &str) -> bool {
    let json = yaml::parse(page).first().and_then(|root| root.to_json(10_000)).unwrap();
    jsonschema::validator_for(&schema()).unwrap().is_valid(&json)
}

fn read(page: &str) -> Reading {
    let path: Arc<str> = "services/x/service.yaml".into();
    manifest::read(&path, page)
}

/// Every page here names our schema, so that it is ours whatever its keys.
fn page(lines: &str) -> String {
    format!("# yaml-language-server: $schema=../schemas/service.schema.json\n{lines}")
}

#[test]
fn the_schema_has_every_fact_with_a_description() {
    let schema = schema();
    let properties = schema["properties"].as_object().unwrap();
    for known in KNOWN {
        let property = properties.get(known.id).unwrap_or_else(|| panic!("{} is not in the schema", known.id));
        assert!(property["description"].as_str().is_some_and(|text| text.ends_with('.')), "{}", known.id);
        assert!(property["examples"].is_array(), "{}", known.id);
        let spelled = format!("^{}$", known.id.replace('-', "_"));
        assert!(!known.id.contains('-') || schema["patternProperties"].get(&spelled).is_some(), "{spelled}");
    }
}

#[test]
fn the_example_of_every_fact_is_valid_and_read() {
    for known in KNOWN {
        for id in [known.id.to_owned(), known.id.replace('-', "_")] {
            let page = page(&format!("name: x\n{id}: {}\n", known.example));
            assert!(valid(&page), "{page}");
            let reading = read(&page);
            assert!(reading.problems.is_empty(), "{page}{:?}", reading.problems);
            let facts: Vec<&Fact> = reading.services.iter().flat_map(|service| &service.facts).collect();
            assert_eq!(facts.len(), 1, "{page}{facts:?}");
            assert_eq!((facts[0].kind.as_ref(), facts[0].standing), (known.id, Standing::Stated), "{page}");
        }
    }
}

#[test]
fn good_pages_are_good_for_both() {
    for lines in [
        "name: x\nlanguage: go\n",
        "name: x\nkind: worker\ndescription: Moves files.\nlanguages: [go, rust]\nfolder: src\n",
        "name: x\ndecisions: docs/adr/1.md\n",
        "name: x\ndecisions: [docs/adr/1.md, '2']\nx-ours: {a: 1}\n",
        "name: x\nmemory: {budget: 180 MB}\nlatency: {p95: 120 ms, p99.9: 1 s}\n",
        "name: x\nlatency: {target: 0.05s, percentile: p95}\nfailure: {impact: Very high}\n",
        "name: x\nmemory: 64 MiB\nlatency: p95 under 10 ms\ntraffic: {expected: 300 rps, peak: 900 rps}\n",
        "name: x\nslo: {latency: 99% of requests < 300 ms}\nowner: [a, b]\nreviewers: 2\n",
        "name: x\nfailure-impact: high (checkout stops)\ninstance-count: '4'\nrewrite: true\n",
        "name: x\nlatency-target: [p50 5 ms, p99 40 ms]\n",
    ] {
        let page = page(lines);
        assert!(valid(&page), "{page}");
        let reading = read(&page);
        assert!(reading.problems.is_empty(), "{page}{:#?}", reading.problems);
        assert_eq!(reading.services.len(), 1, "{page}");
        assert_eq!(reading.services[0].format, Format::Adrule);
        for fact in &reading.services[0].facts {
            assert_eq!(fact.standing, Standing::Stated, "{page}{fact:?}");
        }
    }
}

#[test]
fn bad_pages_are_bad_for_both() {
    for (lines, says) in [
        ("language: go\n", "`name` is missing"),
        ("name: ''\n", "`name` is empty"),
        ("name: x\nlangauge: go\n", "`langauge` is no key"),
        ("name: x\nmemroy-budget: 80 MB\n", "`memroy-budget` is no key"),
        ("name: x\nmemory-budget: 80\n", "`memory-budget` has no value"),
        ("name: x\nmemory-budget: TBD\n", "`memory-budget` has no value"),
        ("name: x\nmemory_budget: small\n", "`memory_budget` has no value"),
        ("name: x\nlatency-target: fast\n", "`latency-target`"),
        ("name: x\nlatency: {q95: 10 ms}\n", "`q95` is no key of `latency`"),
        ("name: x\nfailure-impact: tier 1\n", "`failure-impact` has no value"),
        ("name: x\nfailure-impact: low|medium|high\n", "`failure-impact` has no value"),
        ("name: x\nbottleneck: coffee\n", "`bottleneck`"),
        ("name: x\nreview-date: next year\n", "`review-date` has no value"),
        ("name: x\nlanguages: go\n", "`languages` must be a list"),
        ("name: x\nlanguage: [go]\n", "`language` must be text"),
        ("name: x\nexpected-traffic:\n", "`expected-traffic` is empty"),
        ("name: x\nowner: []\n", "`owner`"),
        ("name: x\nmemory: {size: 180 MB}\n", "`size` is no key of `memory`"),
        ("- name: x\n", "the document"),
    ] {
        let page = page(lines);
        assert!(!valid(&page), "{page}");
        let reading = read(&page);
        let said: Vec<&str> = reading.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert!(reading.problems.iter().any(|problem| problem.rule.as_ref() == "manifest-invalid"), "{page}");
        assert!(said.iter().any(|message| message.contains(says)), "{page}{said:?}");
    }
}

#[test]
fn a_key_like_none_of_ours_is_a_warning_and_a_mistyped_one_an_error() {
    let weigh = |lines: &str| read(&page(lines)).problems.first().map(|problem| problem.severity);
    assert_eq!(weigh("name: x\nlanguage: go\nfavourite-colour: blue\n"), Some(Severity::Warning));
    assert_eq!(weigh("name: x\nlanguage: go\nlatency-traget: p95 10 ms\n"), Some(Severity::Error));
}

#[test]
fn a_stranger_s_service_yaml_is_read_and_not_held_against_them() {
    let reading = read("name: x\nlanguage: go\ntier: 2\nports: [80]\nhttp: {timeout: 5s}\nmemory_limit: 64 MiB\n");
    assert!(reading.problems.is_empty());
    assert_eq!(reading.services[0].format, Format::Plain);
    assert_eq!(reading.services[0].facts[0].kind.as_ref(), "memory-budget");
}
