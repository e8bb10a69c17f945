//! Backstage `catalog-info.yaml`: Components, with our facts in their annotations.

use super::annotate::is_language;
use super::document::Document;
use super::gather::Gather;
use super::reader::{Reader, Recognised};
use super::schema::Shape;
use super::{Format, Room, Service};
use crate::language;
use crate::report::Finding;
use crate::text::yaml::Value;

pub(super) const READER: Reader = Reader {
    format: Format::Backstage,
    names: &["catalog-info", "*.catalog-info", "catalog-info-*", "*-catalog-info", "catalog-info.*"],
    folders: &[".backstage"],
    needles: &["backstage.io/"],
    recognise,
    read,
    shape: |_| Some(Shape::Backstage),
};

fn recognise(document: &Document<'_, '_>) -> Recognised {
    match document.text_at(&["apiVersion"]) {
        Some(version) if version.starts_with("backstage.io/") => {}
        _ => return Recognised::No,
    }
    match document.text_at(&["kind"]) {
        Some("Component") => Recognised::Service,
        Some(kind) => Recognised::Other(kind.to_owned()),
        None => Recognised::Other("no kind".to_owned()),
    }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let root = document.root;
    let room = Room::Annotations(&["metadata", "annotations"]);
    let service = document.service(Format::Backstage, root.path(&["metadata", "name"]), room);
    let mut gather = Gather::new(document, service);
    gather.service.kind = root.path(&["spec", "type"]).and_then(|kind| document.located(kind));
    if let Some(description) = root.path(&["metadata", "description"]) {
        gather.prose(description);
    }
    if let Some(spec) = root.get("spec") {
        gather.names("owner", spec.entry("owner"));
        gather.words("lifecycle", spec.entry("lifecycle"));
        for entry in spec.entries().filter(|entry| entry.key.text().is_some_and(is_language)) {
            document.languages(entry.value, true, &mut gather.service.languages);
        }
    }
    gather.annotations(root.path(&["metadata", "annotations"]), problems);
    gather.annotations(root.path(&["metadata", "labels"]), problems);
    if let Some(tags) = root.path(&["metadata", "tags"]) {
        gather.tags(tags, true);
        bare_tags(document, tags, &mut gather.service);
    }
    vec![gather.service]
}

/// Backstage's own advice is to tag components with their language. A tag counts where nothing else states one, and
/// where it is the only tag that names a language: `java` beside `kotlin` says nothing certain.
fn bare_tags(document: &Document<'_, '_>, tags: Value<'_, '_>, service: &mut Service) {
    if !service.languages.is_empty() {
        return;
    }
    let named = |tag: &Value<'_, '_>| tag.filled().is_some_and(|text| language::find(&text.to_lowercase()).is_some());
    let mut tags = tags.items().filter(named);
    if let (Some(tag), None) = (tags.next(), tags.next())
        && let Some(text) = tag.filled()
    {
        document.language(text, tag.span(), true, &mut service.languages);
    }
}
