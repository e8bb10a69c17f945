//! Our own `service.yaml`: a name, a language, and every fact by its name.

use super::document::Document;
use super::gather::{Gather, distinct};
use super::reader::{Reader, Recognised};
use super::schema::Shape;
use super::shape::service_keys;
use super::walk::Ground;
use super::{Format, Room, Service};
use crate::report::Finding;
use crate::text::yaml::Value;

pub(super) const READER: Reader = Reader {
    format: Format::Adrule,
    names: &["service", "*.service"],
    folders: &[],
    needles: &["name", "service.schema.json"],
    recognise,
    read,
    shape: |_| Some(Shape::Service),
};

/// Ours where the file says so, or where it is called `service.yaml` and most of its keys are ours. Many teams have
/// a `service.yaml` of their own, which is read as far as it can be and not held against them.
fn recognise(document: &Document<'_, '_>) -> Recognised {
    let root = document.root;
    if document.says_ours {
        return Recognised::Service;
    }
    let called = document.stem().eq_ignore_ascii_case("service") || document.stem().ends_with(".service");
    if !called || root.get("apiVersion").is_some() || root.get("name").and_then(Value::filled).is_none() {
        return Recognised::No;
    }
    let (mut ours, mut others) = (0, 0);
    for key in root.entries().filter_map(|entry| entry.key.text()) {
        let written = key.replace('_', "-");
        if key.starts_with("x-") || service_keys().any(|known| known == written) {
            ours += 1;
        } else {
            others += 1;
        }
    }
    if ours >= 2 && ours > others { Recognised::Service } else { Recognised::No }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let root = document.root;
    let service = document.service(Format::Adrule, root.get("name"), Room::Keys(&[]));
    let mut gather = Gather::new(document, service);
    for entry in distinct(root) {
        match entry.key.text().unwrap_or_default() {
            // The schema leaves `x-…` to the team.
            key if key == "name" || key.starts_with("x-") => {}
            "description" => gather.prose(entry.value),
            key @ ("language" | "languages" | "decision" | "decisions" | "kind" | "folder" | "path") => {
                gather.ours(key, entry, problems);
            }
            _ => gather.own_key(entry, Ground::Ours),
        }
    }
    vec![gather.service]
}
