//! Datadog service definitions: versions 2, 2.1, 2.2 and 3, also mixed in one file.

use super::document::Document;
use super::gather::Gather;
use super::reader::{Reader, Recognised};
use super::schema::Shape;
use super::{Format, Room, Service};
use crate::report::Finding;

pub(super) const READER: Reader = Reader {
    format: Format::Datadog,
    names: &["service.datadog", "entity.datadog", "*.datadog"],
    folders: &[],
    needles: &["dd-service", "schema-version", "v3"],
    recognise,
    read,
    shape,
};

/// The room of both versions.
const ROOM: Room = Room::Keys(&["extensions", "adrule"]);

fn is_v3(document: &Document<'_, '_>) -> bool {
    document.text_at(&["apiVersion"]) == Some("v3") && document.root.get("metadata").is_some()
}

fn recognise(document: &Document<'_, '_>) -> Recognised {
    if is_v3(document) {
        return match document.text_at(&["kind"]) {
            Some("service" | "frontend" | "ui" | "ai_agent") => Recognised::Service,
            Some(kind) => Recognised::Other(kind.to_owned()),
            None => Recognised::Other("no kind".to_owned()),
        };
    }
    let version = document.text_at(&["schema-version"]).is_some_and(|version| version.starts_with('v'));
    if version || document.root.get("dd-service").is_some() { Recognised::Service } else { Recognised::No }
}

fn shape(document: &Document<'_, '_>) -> Option<Shape> {
    if is_v3(document) {
        return Some(Shape::DatadogV3);
    }
    // Version 1 has other keys, and is not sold any more.
    document.text_at(&["schema-version"]).is_none_or(|version| version.starts_with("v2")).then_some(Shape::DatadogV2)
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let root = document.root;
    let v3 = is_v3(document);
    let at = |key: &'static str| if v3 { root.path(&["metadata", key]) } else { root.get(key) };
    let name = if v3 { at("name") } else { at("dd-service") };
    let mut gather = Gather::new(document, document.service(Format::Datadog, name, ROOM));
    let spec = if v3 { root.get("spec") } else { Some(root) };
    if let Some(spec) = spec {
        gather.service.kind = spec.get("type").and_then(|kind| document.located(kind));
        gather.words("lifecycle", spec.entry("lifecycle"));
        if let Some(languages) = spec.get("languages") {
            document.languages(languages, false, &mut gather.service.languages);
        }
    }
    let metadata = if v3 { root.get("metadata") } else { Some(root) };
    gather.names("owner", metadata.and_then(|metadata| metadata.entry(if v3 { "owner" } else { "team" })));
    if let Some(description) = at("description") {
        gather.prose(description);
    }
    if let Some(tags) = at("tags") {
        let with_languages = gather.service.languages.is_empty();
        gather.tags(tags, with_languages);
    }
    gather.annotations(root.get("extensions"), problems);
    vec![gather.service]
}
