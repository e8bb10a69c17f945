//! App Engine's `app.yaml`: one service, which states its language as its runtime.

use super::document::Document;
use super::gather::Gather;
use super::reader::{Reader, Recognised};
use super::schema::Shape;
use super::workload::replicas;
use super::{Format, Room, Service};
use crate::fact::Value as FactValue;
use crate::fact::vocabulary::find;
use crate::report::Finding;

pub(super) const READER: Reader = Reader {
    format: Format::AppEngine,
    names: &["app", "app-*", "app.*", "*.app", "app_*"],
    folders: &[],
    needles: &["runtime:"],
    recognise,
    read,
    shape: |_| Some(Shape::AppEngine),
};

/// Runtimes and the language that they leave no doubt about. A Node.js runtime runs TypeScript too, and a Java one
/// Kotlin: they state none.
const RUNTIMES: &[(&str, Option<&str>)] = &[
    ("go", Some("go")),
    ("python", Some("python")),
    ("php", Some("php")),
    ("ruby", Some("ruby")),
    ("nodejs", None),
    ("java", None),
    ("dotnet", None),
    ("aspnetcore", None),
    ("custom", None),
];
/// Keys of which an `app.yaml` by another name has one.
const TELLING: &[&str] = &[
    "env",
    "handlers",
    "instance_class",
    "automatic_scaling",
    "manual_scaling",
    "basic_scaling",
    "env_variables",
    "inbound_services",
    "runtime_config",
    "api_version",
];

fn runtime(document: &Document<'_, '_>) -> Option<Option<&'static str>> {
    let text = document.text_at(&["runtime"])?;
    let name = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    RUNTIMES.iter().find(|(known, _)| *known == name).map(|(_, language)| *language)
}

fn recognise(document: &Document<'_, '_>) -> Recognised {
    let called = document.stem() == "app" || document.stem().starts_with("app-") || document.stem().starts_with("app.");
    let telling = TELLING.iter().any(|key| document.root.entry(key).is_some());
    let other = document.root.get("apiVersion").is_some() || document.root.get("services").is_some();
    if runtime(document).is_some() && !other && (called || telling) { Recognised::Service } else { Recognised::No }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let root = document.root;
    let mut gather = Gather::new(document, document.service(Format::AppEngine, root.get("service"), Room::None));
    if let (Some(Some(language)), Some(stated)) = (runtime(document), root.get("runtime")) {
        document.language(language, stated.span(), true, &mut gather.service.languages);
    }
    replicas(&mut gather, root.get("manual_scaling").and_then(|scaling| scaling.entry("instances")));
    memory(&mut gather, document);
    gather.annotations(root.get("labels"), problems);
    vec![gather.service]
}

/// `memory_gb` is a number of gigabytes: evidence, as every configured limit.
fn memory(gather: &mut Gather<'_, '_, '_>, document: &Document<'_, '_>) {
    let entry = document.root.get("resources").and_then(|resources| resources.entry("memory_gb"));
    let (Some(entry), Some(known)) = (entry, find("memory-budget")) else { return };
    let Some(text) = entry.value.filled() else { return };
    let span = entry.key.span().to(entry.value.span());
    match text.trim().parse::<f64>() {
        Ok(gigabytes) if gigabytes.is_finite() && gigabytes > 0.0 => {
            gather.push(known, Some(FactValue::Bytes(gigabytes * 1e9)), None, None, span, true);
        }
        _ => gather.push(known, None, None, Some("not a number of gigabytes".to_owned().into()), span, true),
    }
}
