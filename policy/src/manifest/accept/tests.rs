use super::super::schema::Shape;
use super::super::shape::compile;
use super::*;
use crate::text::yaml;
use serde_json::json;

/// [`surely`] of what a manifest in JSON says: JSON is YAML.
fn is_sure(schema: &Schema, json: &Json) -> bool {
    let text = json.to_string();
    yaml::parse(&text).first().is_some_and(|value| surely(schema, value))
}

/// Documents with one thing changed: another value in the place of each, a key more, a key less.
fn changed(json: &Json, out: &mut Vec<Json>) {
    out.extend([json!(null), json!(true), json!(1), json!(-1.5), json!(""), json!("x"), json!([]), json!({})]);
    out.extend([json!([1, "x"]), json!({"x": 1}), json!({"x": "y"}), json!(2.0), json!([json]), json!({"x": json})]);
    match json {
        Json::Object(entries) => {
            for (key, value) in entries {
                let with = |part: Json| {
                    let mut entries = entries.clone();
                    entries.insert(key.clone(), part);
                    Json::Object(entries)
                };
                out.extend(all_changed(value).into_iter().map(with));
                let mut less = entries.clone();
                less.shift_remove(key);
                let mut more = entries.clone();
                more.insert("another".to_owned(), value.clone());
                out.extend([Json::Object(less), Json::Object(more)]);
            }
        }
        Json::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                let with = |part: Json| {
                    let mut items = items.clone();
                    items[at] = part;
                    Json::Array(items)
                };
                out.extend(all_changed(item).into_iter().map(with));
            }
        }
        _ => {}
    }
}

fn all_changed(json: &Json) -> Vec<Json> {
    let mut all = Vec::new();
    changed(json, &mut all);
    all
}

#[test]
fn a_plain_manifest_of_our_own_needs_no_compiled_schema() {
    let schema = Shape::Service.schema().unwrap();
    assert!(is_sure(schema, &json!({"name": "edge", "language": "rust", "kind": "service", "owner": "team"})));
    assert!(!is_sure(schema, &json!({"name": "edge", "memory_budget": 180})));
}

#[test]
fn what_is_accepted_at_first_look_is_valid() {
    let documents = [
        json!({"name": "edge", "language": "rust", "kind": "service", "owner": "team", "x-own": {"a": 1}, "on_call": "team"}),
        json!({"apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": {"name": "edge", "tags": ["go"],
            "labels": {"a": "b"}, "links": [{"url": "https://x", "title": "t"}], "annotations": {"adrule/x": "1"}},
            "spec": {"type": "service", "lifecycle": "production", "owner": "team", "dependsOn": ["a"]},
            "status": {"items": [{"type": "a", "level": "info",
            "message": "m"}]}}),
        json!({"apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": {"name": "edge"}, "spec": {
            "type": "service", "lifecycle": "production", "owner": "team"}, "relations": [{"type": "x", "targetRef": "y"}]}),
        json!({"name": "edge", "language": "rust", "facts": {"memory_budget": "180 MB"}, "decisions": ["a.md"]}),
        json!({"schema-version": "v2", "dd-service": "edge", "team": "a", "languages": ["go"], "tier": "1"}),
        json!({"apiVersion": "v3", "kind": "service", "metadata": {"name": "edge", "owner": "a"},
            "spec": {"languages": ["go"], "tier": "1"}}),
        json!({"version": 1, "service": {"name": "edge", "language": "go", "tags": [{"key": "a", "value": "b"}]}}),
        json!({"openapi": "3.0.1", "info": {"title": "edge", "x-cortex-tag": "edge", "x-cortex-groups": ["a"]}}),
        json!({"name": "edge", "typeId": "SERVICE", "fields": {"tier": 1}, "labels": ["a"]}),
        json!({"apiVersion": "score.dev/v1b1", "metadata": {"name": "edge"}, "containers": {"a": {"image": "b"}}}),
        json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "edge"}, "spec": {"replicas": 2,
            "template": {"spec": {"containers": [{"name": "a", "resources": {"limits": {"memory": "1Gi"}}}]}}}}),
        json!({"services": {"edge": {"image": "a", "deploy": {"replicas": 2}}}}),
        json!({"runtime": "go122", "service": "edge", "automatic_scaling": {"max_instances": 3}}),
    ];
    let mut all = documents.to_vec();
    documents.iter().for_each(|document| changed(document, &mut all));
    let mut accepted = [0; Shape::COUNT];
    for shape in Shape::ALL {
        let (schema, validator) = (shape.schema().unwrap(), compile(shape).unwrap());
        for json in &all {
            let surely = is_sure(schema, json);
            assert!(!surely || validator.is_valid(json), "{shape:?} {json}");
            accepted[shape as usize] += usize::from(surely);
        }
    }
    // The formats that most repositories have.
    for shape in [Shape::Backstage, Shape::DatadogV2, Shape::DatadogV3, Shape::Opslevel, Shape::Workload] {
        assert!(accepted[shape as usize] > 10, "{shape:?}: {accepted:?}");
    }
}
