//! Values of a Helm chart: configuration of what runs. Only the chart's own top level is read; nested charts are
//! other services.

use super::document::Document;
use super::gather::Gather;
use super::reader::{Reader, Recognised};
use super::walk::{Frame, Ground};
use super::workload::{memory_limit, replicas};
use super::{Format, Room, Service};
use crate::report::Finding;
use crate::text::yaml::Value;

pub(super) const READER: Reader = Reader {
    format: Format::HelmValues,
    names: &["values", "values-*", "values.*", "values_*", "*-values", "*.values"],
    folders: &[],
    needles: &["image:", "replicaCount", "resources:"],
    recognise,
    read,
    shape: |_| None,
};

fn recognise(document: &Document<'_, '_>) -> Recognised {
    if !document.stem().to_lowercase().contains("values") || !document.root.is_mapping() {
        return Recognised::No;
    }
    let has = |key: &str| document.root.entry(key).is_some();
    if has("image") || has("replicaCount") || has("resources") {
        Recognised::Service
    } else {
        Recognised::Other("values".to_owned())
    }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let root = document.root;
    let name = ["fullnameOverride", "nameOverride"].iter().filter_map(|key| root.get(key));
    let name = name.chain(root.path(&["image", "repository"])).find(|name| name.filled().is_some());
    let mut gather = Gather::new(document, document.service(Format::HelmValues, name, Room::Keys(&["adrule"])));
    if let Some(last) = gather.service.name.rsplit('/').next().map(str::to_owned) {
        gather.service.name = last;
    }
    gather.service.deployment = true;
    replicas(&mut gather, root.entry("replicaCount"));
    memory_limit(&mut gather, root, problems);
    if let Some(block) = root.get("adrule").filter(|block| block.is_mapping()) {
        gather.block(block, problems);
    }
    // `slo: {latency: {quantile: p98, max: 350ms}}`: what the chart's authors promise of what it runs.
    for key in ["slo", "slos", "requirements", "objectives"] {
        if let Some(value) = root.get(key).filter(|value| value.is_mapping()) {
            gather.walk_all(vec![Frame { topic: vec![key.to_owned()], ..Frame::top(value) }], Ground::Theirs);
        }
    }
    for key in ["annotations", "podAnnotations"] {
        gather.annotations(root.get(key).filter(|annotations| Value::is_mapping(*annotations)), problems);
    }
    vec![gather.service]
}
