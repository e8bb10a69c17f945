//! Atlassian Compass `compass.yml`.

use super::document::Document;
use super::gather::Gather;
use super::reader::{Reader, Recognised};
use super::schema::Shape;
use super::{Format, Room, Service};
use crate::report::Finding;

pub(super) const READER: Reader = Reader {
    format: Format::Compass,
    names: &["compass", "*.compass"],
    folders: &[],
    needles: &["configVersion", "typeId", "ari:cloud:compass"],
    recognise,
    read,
    shape: |_| Some(Shape::Compass),
};

fn recognise(document: &Document<'_, '_>) -> Recognised {
    let root = document.root;
    let has = |key: &str| root.get(key).is_some();
    let id = document.text_at(&["id"]).is_some_and(|id| id.starts_with("ari:cloud:compass"));
    if id || (has("name") && has("typeId") && (has("configVersion") || has("fields"))) {
        Recognised::Service
    } else {
        Recognised::No
    }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let root = document.root;
    let room = Room::Pairs(&["customFields"], "name");
    let mut gather = Gather::new(document, document.service(Format::Compass, root.get("name"), room));
    gather.service.kind = root.get("typeId").and_then(|kind| document.located(kind));
    gather.names("owner", root.entry("ownerId"));
    gather.words("lifecycle", root.get("fields").and_then(|fields| fields.entry("lifecycle")));
    if let Some(description) = root.get("description") {
        gather.prose(description);
    }
    if let Some(labels) = root.get("labels") {
        gather.tags(labels, true);
    }
    gather.pairs(root.get("customFields"), "name", problems);
    vec![gather.service]
}
