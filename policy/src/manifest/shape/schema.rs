//! The schemas that ship, compiled when first used.

use jsonschema::{Registry, Validator};
use serde_json::Value as Json;
use std::sync::OnceLock;

/// A schema that documents are checked against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Shape {
    /// `schemas/service.schema.json`.
    Service,
    /// Upstream's Component.
    Backstage,
    /// Ours, by version.
    DatadogV2,
    /// Ours.
    DatadogV3,
    /// Ours.
    Opslevel,
    /// Ours.
    Cortex,
    /// Ours.
    Compass,
    /// Ours.
    Score,
    /// Ours: the fields that are read.
    Workload,
    /// Upstream's Compose specification.
    Compose,
    /// Ours.
    AppEngine,
    /// Ours: the front matter of a decision.
    Decision,
}

impl Shape {
    const COUNT: usize = 12;

    fn text(self) -> &'static str {
        match self {
            Self::Service => include_str!("../../../../schemas/service.schema.json"),
            Self::Backstage => include_str!("../../../../schemas/vendor/backstage/Component.v1alpha1.schema.json"),
            Self::DatadogV2 => include_str!("../../../../schemas/datadog-v2.schema.json"),
            Self::DatadogV3 => include_str!("../../../../schemas/datadog-v3.schema.json"),
            Self::Opslevel => include_str!("../../../../schemas/opslevel.schema.json"),
            Self::Cortex => include_str!("../../../../schemas/cortex.schema.json"),
            Self::Compass => include_str!("../../../../schemas/compass.schema.json"),
            Self::Score => include_str!("../../../../schemas/score.schema.json"),
            Self::Workload => include_str!("../../../../schemas/workload.schema.json"),
            Self::Compose => include_str!("../../../../schemas/vendor/compose/compose-spec.json"),
            Self::AppEngine => include_str!("../../../../schemas/app-engine.schema.json"),
            Self::Decision => include_str!("../../../../schemas/decision.schema.json"),
        }
    }

    /// Schemas that this one refers to, by name.
    fn parts(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Backstage => &[
                ("json-schema:///Entity", include_str!("../../../../schemas/vendor/backstage/Entity.schema.json")),
                (
                    "json-schema:///EntityMeta",
                    include_str!("../../../../schemas/vendor/backstage/EntityMeta.schema.json"),
                ),
                ("json-schema:///common", include_str!("../../../../schemas/vendor/backstage/common.schema.json")),
            ],
            _ => &[],
        }
    }

    pub(super) fn compiled(self) -> Option<&'static Compiled> {
        static COMPILED: [OnceLock<Option<Compiled>>; Shape::COUNT] = [const { OnceLock::new() }; Shape::COUNT];
        COMPILED.get(self as usize)?.get_or_init(|| compile(self)).as_ref()
    }
}

/// A schema with the validator made from it.
pub(super) struct Compiled {
    pub(super) validator: Validator,
    pub(super) schema: Json,
}

/// The keys that our own format has at its top.
pub(in super::super) fn service_keys() -> impl Iterator<Item = &'static str> {
    let properties = Shape::Service.compiled().and_then(|compiled| compiled.schema.get("properties")?.as_object());
    properties.into_iter().flat_map(|properties| properties.keys().map(String::as_str))
}

/// `None` for a schema that is none, which a test rules out.
fn compile(shape: Shape) -> Option<Compiled> {
    let schema: Json = serde_json::from_str(shape.text()).ok()?;
    let mut registry = Registry::new();
    for (name, text) in shape.parts() {
        let part: Json = serde_json::from_str(text).ok()?;
        registry = registry.add(*name, part).ok()?;
    }
    let registry = registry.prepare().ok()?;
    let mut options = jsonschema::options().with_registry(&registry);
    if shape == Shape::Backstage {
        options = options.with_base_uri("json-schema:///ComponentV1alpha1");
    }
    let validator = options.build(&schema).ok()?;
    Some(Compiled { validator, schema })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_compiles() {
        for shape in [
            Shape::Service,
            Shape::Backstage,
            Shape::DatadogV2,
            Shape::DatadogV3,
            Shape::Opslevel,
            Shape::Cortex,
            Shape::Compass,
            Shape::Score,
            Shape::Workload,
            Shape::Compose,
            Shape::AppEngine,
            Shape::Decision,
        ] {
            assert!(shape.compiled().is_some(), "{shape:?}");
        }
    }
}
