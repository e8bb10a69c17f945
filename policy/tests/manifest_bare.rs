//! Services in YAML of no known format: how they are told from what is no service, and what of them is read.
#![allow(clippy::unwrap_used)]

use adrule_policy::fact::Standing;
use adrule_policy::manifest;
use std::sync::Arc;

/// The services of a file with the quotes of what each states.
fn read(name: &str, text: &str) -> Vec<(String, Vec<String>)> {
    let path: Arc<str> = name.into();
    let stated = |service: &manifest::Service| {
        let facts = service.facts.iter().filter(|fact| fact.standing == Standing::Stated);
        facts.map(|fact| fact.quote.clone()).collect()
    };
    manifest::read(&path, text).services.iter().map(|service| (service.name.clone(), stated(service))).collect()
}

fn says(name: &str, text: &str, services: &[(&str, &[&str])]) {
    let read = read(name, text);
    let read: Vec<(&str, Vec<&str>)> =
        read.iter().map(|(name, facts)| (name.as_str(), facts.iter().map(String::as_str).collect())).collect();
    let wanted: Vec<(&str, Vec<&str>)> = services.iter().map(|(name, facts)| (*name, facts.to_vec())).collect();
    assert_eq!(read, wanted, "{text}");
}

#[test]
fn variables_with_the_service_s_name_before_each_are_its_own() {
    says(
        "group_vars/agents.yml",
        "probe_agent_language: rust\nprobe_agent_memory_budget: 40 MiB\nprobe_agent_scrape_timeout: 5s\nntp_pool: x\n",
        &[("probe-agent", &["probe_agent_memory_budget: 40 MiB"])],
    );
    says(
        "play.yml",
        "- hosts: all\n  vars:\n    relay_startup_time: at most 2 s\n",
        &[("relay", &["relay_startup_time: at most 2 s"])],
    );
    // Limits of other people's programs, and of what stands beside a service.
    for text in [
        "postgres_memory_budget: 4 GB\n",
        "db_memory_limit: 8 GB\ndb_instances: 3\n",
        "relay_old_memory_budget: 4 GB\n",
        "sidecar_latency_target: 4 ms\n",
    ] {
        says("group_vars/all.yml", text, &[]);
    }
}

#[test]
fn a_key_at_the_root_may_be_the_service_s_name() {
    let text = "ticket-gate:\n  language: rust\n  memory_budget: 48 MB\n";
    says("gate.yaml", text, &[("ticket-gate", &["memory_budget: 48 MB"])]);
    for text in [
        "build:\n  language: go\n  memory_budget: 4 GB\n  script: [make]\n",
        "previous-gate:\n  language: go\n  memory_budget: 4 GB\n",
        "tiles:\n  vendor: Maps Inc.\n  latency_target: 40 ms\n",
        "redis:\n  memory_budget: 1 GB\n",
    ] {
        says("x.yaml", text, &[]);
    }
}

#[test]
fn what_is_asked_tells_a_service_without_a_language_or_a_name() {
    let text = "name: thumbs\nrequirements:\n  latency: p95 at most 700 ms\n  timeout: 30 s\n";
    says("x.yaml", text, &[("thumbs", &["latency: p95 at most 700 ms"])]);
    let text = "language: go\nnon_functional:\n  start-up: no longer than 3 seconds\n";
    says("edge/x.yaml", text, &[("edge", &["start-up: no longer than 3 seconds"])]);
    // An amount that anything may need, a travelling language, and what has no facts.
    for text in [
        "name: rack-7\nrequirements: {memory: 256 GB}\n",
        "language: go\nenv: [MEMORY_LIMIT=2GB]\ncache: {timeout: 1000}\n",
        "name: docs\nrequirements: docs/requirements.txt\n",
    ] {
        says("x.yaml", text, &[]);
    }
}

#[test]
fn services_may_stand_together_under_any_key_or_none() {
    let list =
        "- {name: plan, language: go, memory_limit: 300 MB}\n- {name: view, language: go, latency_target: p90 1 s}\n";
    says("x.yaml", list, &[("plan", &["memory_limit: 300 MB"]), ("view", &["latency_target: p90 1 s"])]);
    let map = "parts:\n  plan: {language: go, memory_budget: 300 MB}\n  scale: {vendor: Waage, latency_target: 4 s}\n";
    says("x.yaml", map, &[("plan", &["memory_budget: 300 MB"])]);
    says("x.yaml", &map.replace("parts", "candidates"), &[]);
    says("x.yaml", &list.replace("name: plan,", "name: plan, script: x,"), &[]);
}

#[test]
fn units_and_limits_of_runtimes_are_read_by_their_names() {
    let unit = "Unit: {Description: poll}\nService: {MemoryMax: 64M, TimeoutStartSec: 20}\n";
    says("poll.yaml", unit, &[("poll", &["MemoryMax: 64M"])]);
    // Nobody knows what this letter is.
    says("x.yaml", "name: poll\nlanguage: go\nmemory: 64M\n", &[("poll", &[])]);
}

#[test]
fn an_operation_s_percentile_is_a_latency_and_an_age_is_none() {
    let text = "service: fare\nslos:\n  - {name: seat lookup, p95: 45 ms}\n  - {operation: check, percentile: 99, max_ms: 90}\n  \
                - {name: data age, p99: 60 s}\n  - {name: quote, objective: 99 %, threshold: 30 ms}\n";
    says("x.yaml", text, &[("fare", &["p95: 45 ms", "max_ms: 90", "threshold: 30 ms"])]);
    let text =
        "service: fare\ntargets:\n  alert_latency: {p99: 800 ms}\n  queue_age: {p99: 60 s}\n  failure_impact: high\n";
    says("x.yaml", text, &[("fare", &["p99: 800 ms", "failure_impact: high"])]);
}

#[test]
fn what_is_somebody_else_s_by_its_own_words_states_nothing() {
    let text = "name: print\nlanguage: go\nstreet: {vendor: external, promised_latency_ms: 150}\n\
                carrier: {name: Telco, memory_limit: 1 GB}\nhub: {kind: managed, failure_impact: high}\nmemory: 80 MB\n";
    says("x.yaml", text, &[("print", &["memory: 80 MB"])]);
    let text =
        "services:\n  - {name: kiosk, language: go, instances: 3}\n  - {name: cdn, external: true, instances: 9}\n";
    says("services.yaml", text, &[("kiosk", &["instances: 3"])]);
}

#[test]
fn pods_rollouts_and_swarms_have_annotations_and_labels_too() {
    let pod = "spec:\n  replicas: 5\n  template:\n    metadata:\n      annotations: {a.example/latency-target: p99 <= 30ms, \
               a.example/upstream.latency-target: 9 ms, sidecar.istio.io/proxyMemoryLimit: 1Gi}\n    spec: {containers: []}\n";
    let rollout = format!("apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {{name: bid}}\n{pod}");
    says("rollout.yaml", &rollout, &[("bid", &["a.example/latency-target: p99 <= 30ms", "replicas: 5"])]);
    let swarm = "services:\n  fees:\n    image: x\n    labels: [org.example.failure-impact=high, org.example.cache.memory-limit=1 GB]\n    \
                 deploy:\n      labels: {org.example.slo.publish: p99 <= 50 ms, org.example.rate-limit: 20/s}\n";
    says(
        "docker-stack.yml",
        swarm,
        &[("fees", &["org.example.failure-impact=high", "org.example.slo.publish: p99 <= 50 ms"])],
    );
}

#[test]
fn large_mappings_that_aliases_show_again_and_again_take_no_time() {
    use std::fmt::Write as _;
    let mut text = "service: x\nslo: &slo\n".to_owned();
    for number in 0..4_000 {
        let _ = writeln!(text, "  step{number}_p99: 5 ms");
    }
    text.push_str("targets:\n");
    for number in 0..500 {
        let _ = writeln!(text, "  again{number}: *slo");
    }
    read("x.yaml", &text);
}
