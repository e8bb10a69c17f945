//! Knative Services.

use super::document::Document;
use super::gather::Gather;
use super::reader::{Reader, Recognised};
use super::schema::Shape;
use super::workload::memory_limits;
use super::{Format, Room, Service};
use crate::report::Finding;
use crate::text::yaml::Value;

pub(super) const READER: Reader = Reader {
    format: Format::Knative,
    names: &["*knative*", "ksvc"],
    folders: &["knative"],
    needles: &["serving.knative.dev/"],
    recognise,
    read,
    shape: |_| Some(Shape::Workload),
};

fn recognise(document: &Document<'_, '_>) -> Recognised {
    match (document.text_at(&["apiVersion"]), document.text_at(&["kind"])) {
        (Some(version), Some("Service")) if version.starts_with("serving.knative.dev/") => Recognised::Service,
        (Some(version), Some(kind)) if version.starts_with("serving.knative.dev/") => {
            Recognised::Other(kind.to_owned())
        }
        _ => Recognised::No,
    }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let root = document.root;
    let room = Room::Annotations(&["metadata", "annotations"]);
    let mut gather = Gather::new(document, document.service(Format::Knative, root.path(&["metadata", "name"]), room));
    gather.service.deployment = true;
    gather.annotations(root.path(&["metadata", "annotations"]), problems);
    gather.annotations(root.path(&["metadata", "labels"]), problems);
    // Those of the revisions.
    gather.annotations(root.path(&["spec", "template", "metadata", "annotations"]), problems);
    gather.annotations(root.path(&["spec", "template", "metadata", "labels"]), problems);
    let containers = root.path(&["spec", "template", "spec", "containers"]);
    memory_limits(&mut gather, containers.into_iter().flat_map(Value::items), problems);
    vec![gather.service]
}
