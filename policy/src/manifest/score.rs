//! Score workloads: what a developer asks of any platform. One workload is one service, so it stands by itself.

use super::document::Document;
use super::gather::{Gather, distinct};
use super::reader::{Reader, Recognised};
use super::schema::Shape;
use super::workload::memory_limit;
use super::{Format, Room, Service};
use crate::report::Finding;
use crate::text::yaml::Value;

pub(super) const READER: Reader = Reader {
    format: Format::Score,
    names: &["score", "*.score", "score-*", "*-score", "score.*"],
    folders: &[],
    needles: &["score.dev/"],
    recognise,
    read,
    shape: |_| Some(Shape::Score),
};

fn recognise(document: &Document<'_, '_>) -> Recognised {
    match document.text_at(&["apiVersion"]) {
        Some(version) if version.starts_with("score.dev/") => Recognised::Service,
        _ => Recognised::No,
    }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let root = document.root;
    let room = Room::Annotations(&["metadata", "annotations"]);
    let mut gather = Gather::new(document, document.service(Format::Score, root.path(&["metadata", "name"]), room));
    gather.annotations(root.path(&["metadata", "annotations"]), problems);
    // Score leaves its metadata open to keys of one's own.
    for entry in root.get("metadata").into_iter().flat_map(distinct) {
        if !matches!(entry.key.text(), Some("name" | "annotations")) {
            gather.annotation(entry, problems);
        }
    }
    for entry in root.get("containers").into_iter().flat_map(Value::entries) {
        memory_limit(&mut gather, entry.value, problems);
    }
    vec![gather.service]
}
