//! `schemas/decision.schema.json` describes every fact as the schema of the service manifest does.
#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

use adrule_policy::fact::vocabulary::KNOWN;
use serde_json::Value;

fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn facts_are_described_as_in_the_service_manifest() {
    let decision = schema(include_str!("../../schemas/decision.schema.json"));
    let service = schema(include_str!("../../schemas/service.schema.json"));
    for known in KNOWN {
        let id = known.id;
        assert!(decision["properties"]["facts"]["properties"][id].is_object(), "{id} under `facts`");
        if id == "review-date" {
            continue;
        }
        assert_eq!(decision["properties"][id], service["properties"][id], "{id}");
        let spelled = format!("^{}$", id.replace('-', "_"));
        assert!(!id.contains('-') || decision["patternProperties"][&spelled].is_object(), "{spelled}");
    }
    for (name, definition) in service["$defs"].as_object().unwrap() {
        assert_eq!(&decision["$defs"][name], definition, "{name}");
    }
}

#[test]
fn usual_front_matter_is_valid_and_mistakes_are_not() {
    let validator = jsonschema::validator_for(&schema(include_str!("../../schemas/decision.schema.json"))).unwrap();
    let valid = |json: Value| validator.is_valid(&json);
    assert!(valid(serde_json::json!({
        "status": "accepted", "date": "2026-01-31", "decision-makers": ["a", {"name": "b"}], "consulted": null,
        "supersedes": [7, "ADR-8"], "services": "edge-proxy", "memory_budget": "64 MiB", "nav_order": 3
    })));
    for wrong in [
        serde_json::json!({ "date": "yesterday" }),
        serde_json::json!({ "status": { "accepted": null } }),
        serde_json::json!({ "memory-budget": 64 }),
        serde_json::json!({ "facts": { "failure-impact": "quite" } }),
        serde_json::json!({ "decision_makers": 4 }),
    ] {
        assert!(!valid(wrong.clone()), "{wrong}");
    }
}
