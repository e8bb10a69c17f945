//! Compose files: each service that is built or has an image.

use super::document::Document;
use super::gather::Gather;
use super::reader::{Reader, Recognised};
use super::schema::Shape;
use super::workload::replicas;
use super::{Format, Room, Service};
use crate::fact::Value as FactValue;
use crate::fact::value::compose_memory;
use crate::fact::vocabulary::find;
use crate::report::Finding;
use crate::text::yaml::{Entry, Value};

pub(super) const READER: Reader = Reader {
    format: Format::Compose,
    names: &["compose", "compose.*", "compose-*", "docker-compose*", "*.compose", "*-compose", "docker-stack*"],
    folders: &[],
    needles: &["services:", "\"services\""],
    recognise,
    read,
    shape: |_| Some(Shape::Compose),
};

fn recognise(document: &Document<'_, '_>) -> Recognised {
    let Some(services) = document.root.get("services").filter(|services| services.is_mapping()) else {
        return Recognised::No;
    };
    let any =
        |keys: &[&str]| services.entries().any(|service| keys.iter().any(|key| service.value.entry(key).is_some()));
    let called = document.stem().to_lowercase().contains("compose");
    if any(&["image", "build"]) {
        return Recognised::Service;
    }
    // What only changes other files' services describes none.
    if called { Recognised::Other("overrides".to_owned()) } else { Recognised::No }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let Some(services) = document.root.get("services") else { return Vec::new() };
    let all: Vec<Entry<'_, '_>> = services
        .entries()
        .filter(|service| service.value.entry("image").is_some() || service.value.entry("build").is_some())
        .collect();
    let built = all.iter().filter(|service| service.value.entry("build").is_some()).count();
    let mut out = Vec::new();
    for entry in all {
        let mut gather =
            Gather::new(document, document.service(Format::Compose, Some(entry.key), Room::Keys(&["x-adrule"])));
        gather.service.deployment = true;
        service(&mut gather, entry.value, problems);
        // An extension of the whole file is about the one service that it builds.
        if built == 1 && entry.value.entry("build").is_some() {
            extensions(&mut gather, document.root, problems);
        }
        out.push(gather.service);
    }
    out
}

fn service(gather: &mut Gather<'_, '_, '_>, service: Value<'_, '_>, problems: &mut Vec<Finding>) {
    let build = service.get("build");
    let context = build.and_then(|build| build.filled().or_else(|| build.get("context")?.filled()));
    gather.service.folder = context.filter(|context| is_folder(context)).map(|context| context.trim().to_owned());
    let deploy = service.get("deploy");
    memory(gather, service.entry("mem_limit"));
    memory(gather, deploy.and_then(|deploy| deploy.path(&["resources", "limits"])?.entry("memory")));
    replicas(gather, deploy.and_then(|deploy| deploy.entry("replicas")).or_else(|| service.entry("scale")));
    // Labels of the containers, and of the service in a swarm.
    for labels in [service.get("labels"), deploy.and_then(|deploy| deploy.get("labels"))].into_iter().flatten() {
        gather.annotations(Some(labels), problems);
        for label in labels.items() {
            gather.assignment(label, problems);
        }
    }
    extensions(gather, service, problems);
}

fn is_folder(context: &str) -> bool {
    !context.contains("://") && !context.contains('$') && !context.starts_with("git@")
}

fn extensions(gather: &mut Gather<'_, '_, '_>, mapping: Value<'_, '_>, problems: &mut Vec<Finding>) {
    for entry in mapping.entries().filter(|entry| entry.key.text().is_some_and(|key| key.starts_with("x-"))) {
        gather.annotation(entry, problems);
    }
}

fn memory(gather: &mut Gather<'_, '_, '_>, entry: Option<Entry<'_, '_>>) {
    let (Some(entry), Some(known)) = (entry, find("memory-budget")) else { return };
    let Some(text) = entry.value.filled() else { return };
    let span = entry.key.span().to(entry.value.span());
    match compose_memory(text) {
        // Compose takes 0 for "no limit".
        Ok(bytes) if bytes > 0.0 => gather.push(known, Some(FactValue::Bytes(bytes)), None, None, span, true),
        Ok(_) => {}
        Err(why) => gather.push(known, None, None, Some(why.into()), span, true),
    }
}
