//! Hostile manifests: never a panic, never a place outside the text, never long.
#![allow(clippy::disallowed_methods, reason = "tests read fixtures and measure time; the crate itself is pure")]
#![allow(clippy::unwrap_used, clippy::panic)]

use adrule_policy::manifest::{self, Reading, is_candidate};
use proptest::prelude::*;
use std::sync::Arc;
use std::time::{Duration, Instant};

const NAMES: &[&str] = &[
    "service.yaml",
    "catalog-info.yaml",
    "service.datadog.yaml",
    "opslevel.yml",
    "cortex.yaml",
    "compass.yml",
    "score.yaml",
    "deployment.yaml",
    "knative.yaml",
    "compose.yaml",
    "app.yaml",
    "values.yaml",
    "slo.yaml",
];

fn read(name: &str, text: &str) -> Reading {
    let path: Arc<str> = name.into();
    let reading = manifest::read(&path, text);
    let inside = |span: adrule_policy::text::Span| assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    for service in &reading.services {
        inside(service.place.span);
        service.facts.iter().for_each(|fact| inside(fact.place.span));
        service.languages.iter().for_each(|language| inside(language.place.span));
        let asked = service.asked.iter().map(|(_, text)| text);
        service
            .prose
            .iter()
            .chain(asked)
            .chain(&service.decisions)
            .chain(&service.kind)
            .for_each(|text| inside(text.span));
    }
    reading.problems.iter().flat_map(|problem| &problem.places).for_each(|at| inside(at.place.span));
    reading.template.into_iter().for_each(inside);
    reading.asides.iter().for_each(|aside| inside(aside.span));
    reading
}

/// Pieces from which manifests of all formats, whole and broken, come about.
fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "name: é🦀",
        "apiVersion: v3",
        "apiVersion: backstage.io/v1alpha1",
        "apiVersion: apps/v1",
        "kind: Component",
        "kind: service",
        "kind: Deployment",
        "metadata:",
        "  name: x",
        "  annotations:",
        "    adrule/memory-budget: 1 MB",
        "    a/b: '{\"memory\": \"1 MB\"}'",
        "spec:",
        "  replicas: 3",
        "services:",
        "  a: {build: .}",
        "  b: &b {image: x}",
        "  <<: *b",
        "x: *b",
        "dd-service: y",
        "schema-version: v2",
        "extensions:",
        "  adrule:",
        "    latency: {p95: 1 ms}",
        "info:",
        "  x-cortex-tag: t",
        "runtime: go122",
        "typeId: S",
        "configVersion: 1",
        "customFields:",
        "  - {name: Memory budget, value: 1 MB}",
        "service:",
        "version: 1",
        "limits:",
        "  - {kind: memory, max: 1 MB}",
        "  - p99 < 1 ms",
        "language: rust",
        "memory_budget_mb: 180",
        "latency: [p50 1 ms, {p99: 2 ms}]",
        "---",
        "...",
        "{{ x }}",
        "${{ y }}",
        "{% if %}",
        "? a",
        ": b",
        "- - - c",
        "\tx: 1",
        "\"",
        "'",
        "[",
        "}",
        "#",
        "\u{FEFF}",
        "&a",
        "*a",
        "!!x y",
        "| \n  a",
        "~",
        "image: x",
        "resources: {limits: {memory: 128m}}",
        "owner: [a, a]",
        "owner: b",
    ]);
    prop_oneof![9 => words.prop_map(str::to_owned), 1 => "\\PC{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_reader(pieces in prop::collection::vec((0_usize..3, piece()), 0..40), name in prop::sample::select(NAMES)) {
        let text: String = pieces.iter().map(|(indent, piece)| format!("{}{piece}\n", "  ".repeat(*indent))).collect();
        read(name, &text);
    }

    #[test]
    fn no_path_breaks_the_question(path in "\\PC{0,40}") {
        let _ = is_candidate(&path);
        let _ = is_candidate(&format!("k8s/{path}.yaml"));
    }
}

#[test]
fn bombs_cost_nothing() {
    let head = "apiVersion: backstage.io/v1alpha1\nkind: Component\nname: x\n";
    let laughs = (0..9).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, i| {
        format!("{text}a{0}: &a{0} [*a{i},*a{i},*a{i},*a{i},*a{i},*a{i},*a{i},*a{i},*a{i}]\n", i + 1)
    });
    let merges = (0..60).fold("m0: &m0 {memory: 1 MB}\n".to_owned(), |text, i| {
        format!("{text}m{0}: &m{0} {{<<: [*m{i}, *m{i}, *m{i}], k{i}: {{<<: *m{i}}}}}\n", i + 1)
    });
    let loops = "limits: &l {limits: *l, memory: [*l, *l]}\nspec: &s [*s, {name: *s}]\n";
    let wide: String = (0..4_000).map(|i| format!("adrule/k{i}: {i}\n")).collect();
    let same = "owner: a\n".repeat(4_000);
    let services: String = (0..1_500).map(|i| format!("  s{i}: {{image: x, bogus: 1}}\n")).collect();
    let texts = [
        laughs,
        merges,
        loops.to_owned(),
        wide.clone(),
        same,
        format!("language: go\nannotations:\n  {}", wide.replace('\n', "\n  ")),
        "- ".repeat(10_000),
        "{a: ".repeat(10_000),
        "limits: ".to_owned() + &"{limits: ".repeat(60) + "1" + &"}".repeat(60),
        format!("services:\n{services}"),
        "x".repeat(1 << 18),
        "é".repeat(1 << 20),
        "a: {{\n".repeat(50_000),
        format!("memory: {}", "9".repeat(500_000)),
        format!("{}: 1 MB", "memory-".repeat(50_000)),
        "\u{0}\u{1}\u{7f}: \u{85}\n".to_owned(),
        String::new(),
    ];
    for text in &texts {
        for name in ["service.yaml", "catalog-info.yaml", "compose.yaml", "values.yaml"] {
            let started = Instant::now();
            read(name, text);
            read(name, &format!("{head}{text}"));
            // No measure of speed: only what grows without bound fails on the busiest machine.
            assert!(
                started.elapsed() < Duration::from_secs(60),
                "{name}: {:?}",
                text.chars().take(60).collect::<String>()
            );
        }
    }
}
