//! Every manifest format, judged: a gap, a reason that is accepted, a waiver.

#![allow(clippy::expect_used, reason = "a page that does not load ends the test")]

use adrule_policy::check::{Input, check};
use adrule_policy::policy::{self, Page};
use adrule_policy::report::{Report, Standing};
use adrule_policy::rule;
use adrule_policy::tree::Tree;
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 22);

const PAGE: &str = "policy: 1
default: go
languages:
  rust:
    requires: { any: [memory-budget, latency-target, failure-impact] }
";

const WAIVER: &str = "waivers:
  - { rule: language-without-reason, scope: edge-proxy, reason: benchmark under way, owner: edge-team,
      approved-by: platform-guild, granted: 2026-11-01, expires: 2027-01-31, exit: docs/adr/0001.md }
";

/// Format, path of the manifest, the manifest without a reason, and with one.
const FORMATS: &[(&str, &str, &str, &str)] = &[
    (
        "adrule",
        "services/edge-proxy/service.yaml",
        "name: edge-proxy\nlanguage: rust\n",
        "name: edge-proxy\nlanguage: rust\nmemory-budget: 80 MB\n",
    ),
    (
        "backstage",
        "services/edge-proxy/catalog-info.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: edge-proxy\nspec:\n  type: service\n  lifecycle: production\n  owner: edge-team\n",
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: edge-proxy\n  annotations:\n    adrule/latency-target: p95 under 10 ms\nspec:\n  type: service\n  lifecycle: production\n  owner: edge-team\n",
    ),
    (
        "datadog v2",
        "services/edge-proxy/service.datadog.yaml",
        "schema-version: v2.2\ndd-service: edge-proxy\nlanguages: [rust]\n",
        "schema-version: v2.2\ndd-service: edge-proxy\nlanguages: [rust]\nextensions:\n  adrule:\n    failure-impact: high\n",
    ),
    (
        "datadog v3",
        "services/edge-proxy/entity.datadog.yaml",
        "apiVersion: v3\nkind: service\nmetadata:\n  name: edge-proxy\nspec:\n  languages: [rust]\n",
        "apiVersion: v3\nkind: service\nmetadata:\n  name: edge-proxy\nspec:\n  languages: [rust]\nextensions:\n  adrule:\n    memory-budget: 80 MB\n",
    ),
    (
        "opslevel",
        "services/edge-proxy/opslevel.yml",
        "version: 1\nservice:\n  name: edge-proxy\n  language: Rust\n",
        "version: 1\nservice:\n  name: edge-proxy\n  language: Rust\n  tags:\n    - key: adrule/memory-budget\n      value: 80 MB\n",
    ),
    (
        "cortex",
        "services/edge-proxy/cortex.yaml",
        "openapi: 3.0.1\ninfo:\n  title: edge-proxy\n  x-cortex-tag: edge-proxy\n  x-cortex-type: service\n",
        "openapi: 3.0.1\ninfo:\n  title: edge-proxy\n  x-cortex-tag: edge-proxy\n  x-cortex-type: service\n  x-cortex-custom-metadata:\n    adrule/memory-budget: 80 MB\n",
    ),
    (
        "compass",
        "services/edge-proxy/compass.yml",
        "name: edge-proxy\nid: ari:cloud:compass:x:component/y/z\ntypeId: SERVICE\nfields:\n  tier: 2\n",
        "name: edge-proxy\nid: ari:cloud:compass:x:component/y/z\ntypeId: SERVICE\nfields:\n  tier: 2\ncustomFields:\n  - name: adrule/memory-budget\n    type: text\n    value: 80 MB\n",
    ),
    (
        "score",
        "services/edge-proxy/score.yaml",
        "apiVersion: score.dev/v1b1\nmetadata:\n  name: edge-proxy\ncontainers:\n  main:\n    image: .\n",
        "apiVersion: score.dev/v1b1\nmetadata:\n  name: edge-proxy\n  annotations:\n    adrule/memory-budget: 80 MB\ncontainers:\n  main:\n    image: .\n",
    ),
    (
        "kubernetes",
        "services/edge-proxy/k8s/deployment.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: edge-proxy\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: edge-proxy\n          resources:\n            limits:\n              memory: 128Mi\n",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: edge-proxy\n  annotations:\n    adrule/memory-budget: 80 MB\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: edge-proxy\n",
    ),
    (
        "knative",
        "services/edge-proxy/knative/service.yaml",
        "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata:\n  name: edge-proxy\nspec:\n  template:\n    spec:\n      containers:\n        - image: x\n",
        "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata:\n  name: edge-proxy\n  annotations:\n    adrule/memory-budget: 80 MB\nspec:\n  template:\n    spec:\n      containers:\n        - image: x\n",
    ),
    (
        "compose",
        "services/edge-proxy/compose.yaml",
        "services:\n  edge-proxy:\n    build: .\n    mem_limit: 128m\n",
        "services:\n  edge-proxy:\n    build: .\n    x-adrule:\n      memory-budget: 80 MB\n",
    ),
    (
        "app engine",
        "services/edge-proxy/app.yaml",
        "runtime: custom\nenv: flex\nservice: edge-proxy\nresources:\n  memory_gb: 0.5\n",
        "runtime: custom\nenv: flex\nservice: edge-proxy\nlabels:\n  adrule/memory-budget: 80 MB\n",
    ),
];

fn judge(page: &str, path: &str, manifest: &str) -> Report {
    let tree = Tree::of([("services/edge-proxy/Cargo.toml", ""), (path, manifest)]);
    let loaded = policy::load(&"adrule.yaml".into(), page, TODAY, &rule::ids());
    let page: Page = loaded.page.expect("a good page");
    check(Input::all(&tree, &page, TODAY))
}

fn standing(report: &Report) -> (String, Vec<String>) {
    let services: Vec<String> =
        report.services.iter().map(|service| format!("{} {:?}", service.name, service.standing)).collect();
    (services.join(", "), report.open().map(|finding| finding.rule.to_string()).collect())
}

#[test]
fn a_gap() {
    for (format, path, manifest, _) in FORMATS {
        let report = judge(PAGE, path, manifest);
        let expected = (format!("edge-proxy {:?}", Standing::Gap), vec!["language-without-reason".to_owned()]);
        assert_eq!(standing(&report), expected, "{format}");
    }
}

#[test]
fn a_reason_that_is_accepted() {
    for (format, path, _, manifest) in FORMATS {
        let report = judge(PAGE, path, manifest);
        let expected = (format!("edge-proxy {:?}", Standing::Reason), Vec::new());
        assert_eq!(standing(&report), expected, "{format}");
    }
}

#[test]
fn a_waiver() {
    for (format, path, manifest, _) in FORMATS {
        let report = judge(&format!("{PAGE}{WAIVER}"), path, manifest);
        let expected = (format!("edge-proxy {:?}", Standing::Waived), Vec::new());
        assert_eq!(standing(&report), expected, "{format}");
        assert_eq!(report.findings.len(), 1, "{format}");
    }
}

/// What a finding says to add is enough: a service.yaml with one of its lines beside the manifest.
#[test]
fn a_service_yaml_beside_it_is_room_for_every_format() {
    for (format, path, manifest, _) in FORMATS.iter().filter(|(format, ..)| *format != "adrule") {
        let own = "name: edge-proxy\nlanguage: rust\nmemory-budget: 80 MB\n";
        let tree = Tree::of([
            ("services/edge-proxy/Cargo.toml", ""),
            (*path, *manifest),
            ("services/edge-proxy/service.yaml", own),
        ]);
        let page = policy::load(&"adrule.yaml".into(), PAGE, TODAY, &rule::ids()).page.expect("a good page");
        let report = check(Input::all(&tree, &page, TODAY));
        assert_eq!(standing(&report), (format!("edge-proxy {:?}", Standing::Reason), Vec::new()), "{format}");
    }
}
