//! The JSON Schemas of the manifest formats, parsed when first used.

use serde_json::Value as Json;
use std::sync::OnceLock;

/// A schema that documents are checked against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
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
    pub(super) const COUNT: usize = 12;

    #[cfg(test)]
    pub(super) const ALL: [Self; Self::COUNT] = [
        Self::Service,
        Self::Backstage,
        Self::DatadogV2,
        Self::DatadogV3,
        Self::Opslevel,
        Self::Cortex,
        Self::Compass,
        Self::Score,
        Self::Workload,
        Self::Compose,
        Self::AppEngine,
        Self::Decision,
    ];

    fn text(self) -> &'static str {
        match self {
            Self::Service => include_str!("../../../schemas/service.schema.json"),
            Self::Backstage => include_str!("../../../schemas/vendor/backstage/Component.v1alpha1.schema.json"),
            Self::DatadogV2 => include_str!("../../../schemas/datadog-v2.schema.json"),
            Self::DatadogV3 => include_str!("../../../schemas/datadog-v3.schema.json"),
            Self::Opslevel => include_str!("../../../schemas/opslevel.schema.json"),
            Self::Cortex => include_str!("../../../schemas/cortex.schema.json"),
            Self::Compass => include_str!("../../../schemas/compass.schema.json"),
            Self::Score => include_str!("../../../schemas/score.schema.json"),
            Self::Workload => include_str!("../../../schemas/workload.schema.json"),
            Self::Compose => include_str!("../../../schemas/vendor/compose/compose-spec.json"),
            Self::AppEngine => include_str!("../../../schemas/app-engine.schema.json"),
            Self::Decision => include_str!("../../../schemas/decision.schema.json"),
        }
    }

    /// Schemas that this one refers to, by name.
    fn parts(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Backstage => &[
                ("json-schema:///Entity", include_str!("../../../schemas/vendor/backstage/Entity.schema.json")),
                ("json-schema:///EntityMeta", include_str!("../../../schemas/vendor/backstage/EntityMeta.schema.json")),
                ("json-schema:///common", include_str!("../../../schemas/vendor/backstage/common.schema.json")),
            ],
            _ => &[],
        }
    }

    /// None for a schema that is none, which a test rules out.
    pub(super) fn schema(self) -> Option<&'static Schema> {
        static SCHEMAS: [OnceLock<Option<Schema>>; Shape::COUNT] = [const { OnceLock::new() }; Shape::COUNT];
        SCHEMAS.get(self as usize)?.get_or_init(|| self.parse()).as_ref()
    }

    fn parse(self) -> Option<Schema> {
        let part = |(name, text): &(&'static str, &str)| Some((*name, serde_json::from_str(text).ok()?));
        let parts = self.parts().iter().map(part).collect::<Option<_>>()?;
        Some(Schema { root: serde_json::from_str(self.text()).ok()?, parts })
    }
}

/// A schema and those that it refers to.
pub(super) struct Schema {
    pub root: Json,
    /// By their addresses.
    pub parts: Vec<(&'static str, Json)>,
}

/// What stands before the names of parts.
pub(super) const PARTS: &str = "json-schema:///";

impl Schema {
    /// The part that a reference names.
    pub(super) fn part(&self, name: &str) -> Option<&Json> {
        let of = |address: &str| address.strip_prefix(PARTS) == Some(name);
        self.parts.iter().find(|(address, _)| of(address)).map(|(_, part)| part)
    }
}
