//! OpsLevel `opslevel.yml`.

use super::document::Document;
use super::gather::Gather;
use super::reader::{Reader, Recognised};
use super::schema::Shape;
use super::{Format, Room, Service};
use crate::report::Finding;
use crate::text::yaml::Value;

pub(super) const READER: Reader = Reader {
    format: Format::Opslevel,
    names: &["opslevel", "*.opslevel"],
    folders: &[],
    needles: &["service:", "component:", "repository:"],
    recognise,
    read,
    shape: |_| Some(Shape::Opslevel),
};

/// The service, under its present or its former key.
fn stated<'a, 's>(root: Value<'a, 's>) -> Option<(&'static str, Value<'a, 's>)> {
    let under = |key| Some((key, root.get(key).filter(|stated| stated.is_mapping())?));
    under("service").or_else(|| under("component"))
}

fn recognise(document: &Document<'_, '_>) -> Recognised {
    let root = document.root;
    let service = stated(root).map(|(_, service)| service);
    // `version: 1` and `service:` alone are too common; these fields are not.
    let telling = |service: Value<'_, '_>| {
        ["lifecycle", "tier", "product", "framework", "aliases", "repositories"]
            .iter()
            .filter(|key| service.entry(key).is_some())
            .count()
            >= 2
    };
    let called = document.stem().ends_with("opslevel");
    match service {
        Some(service) if root.get("version").is_some() && (called || telling(service)) => Recognised::Service,
        Some(_) if called => Recognised::Service,
        None if called && root.get("repository").is_some() => Recognised::Other("repository".to_owned()),
        _ => Recognised::No,
    }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let Some((key, stated)) = stated(document.root) else { return Vec::new() };
    let room = Room::Pairs(if key == "service" { &["service", "tags"] } else { &["component", "tags"] }, "key");
    let mut gather = Gather::new(document, document.service(Format::Opslevel, stated.get("name"), room));
    if let Some(language) = stated.get("language") {
        document.languages(language, false, &mut gather.service.languages);
    }
    gather.names("owner", stated.entry("owner"));
    gather.words("lifecycle", stated.entry("lifecycle"));
    for key in ["description", "note"] {
        if let Some(text) = stated.get(key) {
            gather.prose(text);
        }
    }
    gather.service.kind = stated.get("type").and_then(|kind| document.located(kind));
    gather.annotations(stated.get("properties"), problems);
    gather.pairs(stated.get("tags"), "key", problems);
    vec![gather.service]
}
