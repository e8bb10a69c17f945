//! The lines that we offer are read as the fact that they offer, in every format.

#![allow(clippy::unwrap_used, clippy::panic)]

use adrule_policy::fact::Standing;
use adrule_policy::fact::vocabulary::{KNOWN, find};
use adrule_policy::manifest::{self, Format, lines};
use std::sync::Arc;

/// For each format a manifest, with `@@` where its lines go, and the words for that place.
const ROOMS: &[(Format, &str, &str, &str)] = &[
    (Format::Adrule, "service.yaml", "at the top level", "name: x\nlanguage: go\nowner: a\n@@\n"),
    (
        Format::Backstage,
        "catalog-info.yaml",
        "under `metadata.annotations`",
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: x\n  annotations:\n    @@\n\
         spec: {type: service, lifecycle: production, owner: a}\n",
    ),
    (
        Format::Datadog,
        "service.datadog.yaml",
        "under `extensions`",
        "schema-version: v2.2\ndd-service: x\nextensions:\n  @@\n",
    ),
    (Format::Opslevel, "opslevel.yml", "under `service.tags`", "version: 1\nservice:\n  name: x\n  tags:\n    @@\n"),
    (
        Format::Cortex,
        "cortex.yaml",
        "under `info.x-cortex-custom-metadata`",
        "openapi: 3.0.1\ninfo:\n  title: x\n  x-cortex-tag: x\n  x-cortex-custom-metadata:\n    @@\n",
    ),
    (
        Format::Compass,
        "compass.yml",
        "under `customFields`",
        "name: x\nconfigVersion: 1\ntypeId: SERVICE\ncustomFields:\n  @@\n",
    ),
    (
        Format::Score,
        "score.yaml",
        "under `metadata.annotations`",
        "apiVersion: score.dev/v1b1\nmetadata:\n  name: x\n  annotations:\n    @@\ncontainers: {main: {image: .}}\n",
    ),
    (
        Format::Kubernetes,
        "deployment.yaml",
        "under `metadata.annotations`",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: x\n  annotations:\n    @@\n",
    ),
    (
        Format::Knative,
        "knative.yaml",
        "under `metadata.annotations`",
        "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata:\n  name: x\n  annotations:\n    @@\n",
    ),
    (Format::Compose, "compose.yaml", "under `services.x`", "services:\n  x:\n    build: .\n    @@\n"),
    (Format::HelmValues, "values.yaml", "at the top level", "nameOverride: x\nreplicaCount: 1\n@@\n"),
    (
        Format::Openslo,
        "slo.yaml",
        "under `metadata.annotations`",
        "apiVersion: openslo/v1\nkind: SLO\nmetadata:\n  name: x\n  annotations:\n    @@\n",
    ),
];

fn insert(manifest: &str, text: &str) -> String {
    let Some(line) = manifest.lines().find(|line| line.contains("@@")) else { panic!("no place in {manifest}") };
    let indent = &line[..line.len() - "@@".len()];
    let indented: Vec<String> = text.lines().map(|line| format!("{indent}{line}")).collect();
    manifest.replace(line, &indented.join("\n"))
}

#[test]
fn what_we_offer_is_what_we_read() {
    for &(format, name, place, manifest) in ROOMS {
        let path: Arc<str> = name.into();
        let before = manifest::read(&path, &manifest.replace("@@", "# nothing yet"));
        let service = before.services.first().unwrap_or_else(|| panic!("{manifest}"));
        assert_eq!(service.format, format, "{manifest}");
        for fact in KNOWN {
            // Already stated in some of these manifests, and then it is not offered.
            if service.facts.iter().any(|stated| stated.kind.as_ref() == fact.id && !stated.evidence) {
                continue;
            }
            let (at, text) = lines(service, fact);
            assert_eq!(at, place, "{format:?}");
            let whole = insert(manifest, &text);
            let reading = manifest::read(&path, &whole);
            assert!(reading.problems.is_empty(), "{whole}{:#?}", reading.problems);
            let found =
                reading.services[0].facts.iter().find(|stated| stated.kind.as_ref() == fact.id && !stated.evidence);
            assert_eq!(found.map(|found| found.standing), Some(Standing::Stated), "{whole}");
        }
    }
}

#[test]
fn where_there_is_no_room_a_service_yaml_is_the_place() {
    let path: Arc<str> = "api/app.yaml".into();
    let reading = manifest::read(&path, "runtime: go122\nservice: api\n");
    let (at, text) = lines(&reading.services[0], find("memory-budget").unwrap());
    assert_eq!(at, "in a new service.yaml beside it");
    insta::assert_snapshot!(text, @r"
    name: api
    memory-budget: 180 MB per instance
    ");
}
