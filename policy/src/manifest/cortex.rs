//! Cortex entity descriptors: OpenAPI documents whose `info` holds `x-cortex-*`.

use super::document::Document;
use super::gather::Gather;
use super::reader::{Reader, Recognised};
use super::schema::Shape;
use super::{Format, Room, Service};
use crate::fact::Value as FactValue;
use crate::fact::vocabulary::find;
use crate::report::Finding;
use crate::text::yaml::{Entry, Value};

pub(super) const READER: Reader = Reader {
    format: Format::Cortex,
    names: &["cortex", "*.cortex", "cortex-*", "cortex.*"],
    folders: &[".cortex"],
    needles: &["x-cortex"],
    recognise,
    read,
    shape: |_| Some(Shape::Cortex),
};

fn recognise(document: &Document<'_, '_>) -> Recognised {
    let Some(info) = document.root.get("info") else { return Recognised::No };
    let ours = info.entries().any(|entry| entry.key.text().is_some_and(|key| key.starts_with("x-cortex-")));
    match info.get("x-cortex-type").and_then(Value::filled) {
        _ if !ours => Recognised::No,
        None | Some("service") => Recognised::Service,
        Some(kind) => Recognised::Other(kind.to_owned()),
    }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let Some(info) = document.root.get("info") else { return Vec::new() };
    let name = info.get("x-cortex-tag").or_else(|| info.get("title"));
    let room = Room::Keys(&["info", "x-cortex-custom-metadata", "adrule"]);
    let mut gather = Gather::new(document, document.service(Format::Cortex, name, room));
    for key in ["description", "x-cortex-description"] {
        if let Some(text) = info.get(key) {
            gather.prose(text);
        }
    }
    owners(&mut gather, info.entry("x-cortex-owners"));
    for key in ["x-cortex-groups", "x-cortex-service-groups"] {
        if let Some(groups) = info.get(key) {
            gather.tags(groups, true);
        }
    }
    for key in ["x-cortex-custom-metadata", "x-cortex-custom-data", "x-cortex-definition"] {
        let data = info.get(key);
        gather.annotations(data, problems);
        gather.pairs(data, "key", problems);
    }
    vec![gather.service]
}

fn owners(gather: &mut Gather<'_, '_, '_>, owners: Option<Entry<'_, '_>>) {
    let (Some(owners), Some(known)) = (owners, find("owner")) else { return };
    let name = |owner: Value<'_, '_>| {
        let value = owner.get("name").or_else(|| owner.get("email"))?;
        value.filled().map(|name| name.trim().to_owned())
    };
    let names: Vec<String> = owners.value.items().filter_map(name).collect();
    if !names.is_empty() {
        let span = owners.key.span().to(owners.value.span());
        gather.push(known, Some(FactValue::Names(names)), None, None, span, false);
    }
}
