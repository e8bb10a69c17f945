//! OpenSLO objectives: what they promise stands in their text; their numbers have no units.

use super::document::Document;
use super::gather::Gather;
use super::reader::{Reader, Recognised};
use super::{Format, Room, Service};
use crate::report::Finding;

pub(super) const READER: Reader = Reader {
    format: Format::Openslo,
    names: &["slo", "*.slo", "*-slo", "slo-*", "openslo"],
    folders: &["slo", "slos"],
    needles: &["openslo/"],
    recognise,
    read,
    shape: |_| None,
};

fn recognise(document: &Document<'_, '_>) -> Recognised {
    match (document.text_at(&["apiVersion"]), document.text_at(&["kind"])) {
        (Some(version), Some("SLO")) if version.starts_with("openslo/") => Recognised::Service,
        (Some(version), Some(kind)) if version.starts_with("openslo/") => Recognised::Other(kind.to_owned()),
        _ => Recognised::No,
    }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let root = document.root;
    let name = root.path(&["spec", "service"]).filter(|name| name.filled().is_some());
    let name = name.or_else(|| root.path(&["metadata", "name"]));
    let room = Room::Annotations(&["metadata", "annotations"]);
    let mut gather = Gather::new(document, document.service(Format::Openslo, name, room));
    gather.service.deployment = true;
    if let Some(description) = root.path(&["spec", "description"]) {
        gather.prose(description);
    }
    gather.annotations(root.path(&["metadata", "annotations"]), problems);
    vec![gather.service]
}
