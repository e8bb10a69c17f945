//! Descriptions of services in nobody's format: a name, a language, and figures under keys that speak for themselves.

use super::annotate::is_language;
use super::bare::{KEYS, Prefixed, is_aside, prefixed, rooted};
use super::document::Document;
use super::gather::Gather;
use super::key;
use super::reader::{Reader, Recognised};
use super::walk::{Frame, Ground};
use super::words::{elsewhere, is_foreign, says_at_most};
use super::{Format, Room, Service, asks};
use crate::fact::{Fact, Standing};
use crate::language;
use crate::report::Finding;
use crate::text::yaml::{Entry, Value};

pub(super) const READER: Reader = Reader {
    format: Format::Plain,
    names: &[
        "service",
        "*.service",
        "service-*",
        "*-service",
        "component",
        "services",
        "components",
        "dienst",
        "steckbrief",
        "slo",
        "slos",
    ],
    // Variables of Ansible.
    folders: &["group_vars", "host_vars"],
    needles: &[
        "name",
        "service",
        "component",
        "language",
        "app",
        "lang",
        "sprache",
        "langage",
        "lenguaje",
        "memory",
        "latency",
        "impact",
        "startup",
        "budget",
        // As units of systemd write them.
        "Language",
        "Service",
    ],
    recognise,
    read,
    shape: |_| None,
};

/// Keys that hold a service's name, the surest first.
const NAMES: &[&[&str]] = &[
    &["name"],
    &["metadata", "name"],
    &["service"],
    &["service", "name"],
    &["component"],
    &["component", "name"],
    &["app"],
    &["application"],
    &["dienst"],
    &["servicio"],
    &["id"],
    &["title"],
    &["project"],
    &["unit"],
    &["Unit", "Description"],
    &["binary"],
    &["program"],
    &["daemon"],
    &["process"],
    &["workload"],
    &["anwendung"],
    &["ContainerName"],
    &["container_name"],
];

/// Keys that say that a name is a service's.
const SERVICE: &[&str] = &["service", "component", "app", "application", "dienst", "servicio"];

/// Keys that hold several services: a list, or a mapping of their names.
const SEVERAL: &[&str] = &[
    "services",
    "components",
    "applications",
    "apps",
    "binaries",
    "processes",
    "workloads",
    "dienste",
    "servicios",
    "komponenten",
    "composants",
    "componentes",
];

fn recognise(document: &Document<'_, '_>) -> Recognised {
    let root = document.root;
    let has_language = states_language(root);
    if (root.get("apiVersion").is_some() && !has_language) || root.get("openapi").is_some() {
        return Recognised::No;
    }
    let called = matches!(document.stem(), "service" | "component") || document.stem().ends_with(".service");
    let has_name = name_of(root).is_some();
    let lists = called || SEVERAL.contains(&document.stem());
    let described = |value: Value<'_, '_>| states_language(value) || lists && asks_in_words(value);
    let several = lists && several(root).next().is_some()
        || several(root).any(described)
        || named(root).any(|entry| described(entry.value));
    // `service: toll-gate` above a list of requirements leaves no doubt either.
    let asks = SERVICE.iter().any(|key| root.get(key).and_then(Value::filled).is_some()) && asks_in_words(root);
    if (has_name && (has_language || called)) || (called && has_language) || several || asks || bears_out(document) {
        Recognised::Service
    } else {
        Recognised::No
    }
}

/// Whether a document that says less of what it is states a fact where it asks something, of which a file of another
/// kind has none.
fn bears_out(document: &Document<'_, '_>) -> bool {
    let root = document.root;
    let speaks = states_language(root);
    // A unit of systemd or Podman in YAML: its limit of memory is of this one program.
    let unit = root.get("Service").is_some_and(|service| service.entry("MemoryMax").is_some())
        && ["Unit", "Container", "Install"].iter().any(|key| root.get(key).is_some_and(Value::is_mapping));
    let below = || root.entries().any(|entry| entry.value.is_mapping() && asks_something(entry.value));
    let may = if speaks || name_of(root).is_some() {
        (unit || asks_something(root) || speaks && below()) && !is_aside(root)
    } else {
        unit || several(root).any(asks_in_words)
            || named(root).any(|entry| asks_in_words(entry.value))
            || !rooted(root).is_empty()
            || !prefixed(root).is_empty()
    };
    let telling = |service: &Service| {
        let sure = unit || !service.languages.is_empty();
        service.facts.iter().any(|fact| if sure { fact.standing == Standing::Stated } else { is_telling(fact) })
    };
    may && services(document).iter().any(telling)
}

/// Whether a fact is one that only a service states. So much memory, or so many instances, everything may need.
fn is_telling(fact: &Fact) -> bool {
    let amount = matches!(fact.kind.as_ref(), "memory-budget" | "instance-count");
    let (key, value) = fact.quote.split_once(':').unwrap_or_default();
    let said =
        key::words(key).iter().any(|word| word == "budget") || says_at_most(value.trim_matches(['"', '\'', ' ']));
    fact.standing == Standing::Stated && (!amount || said)
}

/// Whether a key of a mapping says that what stands under it is asked.
fn asks_in_words(value: Value<'_, '_>) -> bool {
    value.entries().take(KEYS).any(|entry| entry.key.text().is_some_and(|key| asks(&key::words(key))))
}

/// Whether a key of a mapping asks, or names a fact beyond doubt.
pub(super) fn asks_something(value: Value<'_, '_>) -> bool {
    asks_in_words(value)
        || value.entries().take(KEYS).any(|entry| {
            entry.key.text().is_some_and(|key| key::meaning(&key::words(key)).is_some_and(|meaning| meaning.strong))
        })
}

/// Whether a document states a language that is known, where descriptions of services do.
pub(super) fn states_language(root: Value<'_, '_>) -> bool {
    languages_of(root).any(|entry| {
        let known = |text: &str| language::find(&language::standard(text)).is_some();
        entry.value.one_or_many().filter_map(Value::filled).any(known)
    })
}

fn name_of<'a, 's>(root: Value<'a, 's>) -> Option<Value<'a, 's>> {
    NAMES.iter().filter_map(|path| root.path(path)).find(|value| value.filled().is_some())
}

/// Entries that state the language: at the top, under `metadata`, `service`, `spec` and what was decided, and a
/// decision that is one.
fn languages_of<'a, 's>(root: Value<'a, 's>) -> impl Iterator<Item = Entry<'a, 's>> {
    let nested =
        ["metadata", "service", "spec", "component", "runtime", "decision", "decided", "chosen", "choice", "outcome"]
            .into_iter()
            .filter_map(move |key| root.get(key));
    std::iter::once(root)
        .chain(nested)
        .flat_map(Value::entries)
        .filter(|entry| entry.key.text().is_some_and(|key| is_language(key) || key == "decision"))
}

/// Several services in one document: `services: [{name: …}, …]`.
fn several<'a, 's>(root: Value<'a, 's>) -> impl Iterator<Item = Value<'a, 's>> {
    let lists = SEVERAL.iter().filter_map(move |key| root.get(key));
    // Whatever they are called together, or without a word: `robots: [{name: …, language: …, memory_budget: …}, …]`.
    let service = |item: Value<'_, '_>| item.get("name").is_some() && is_described(item);
    let others = together(root).filter(move |value| value.items().next().is_some_and(service));
    let bare = Some(root).filter(|root| root.items().next().is_some_and(service));
    let called = |item: &Value<'_, '_>| {
        ["name", "id", "service"].iter().any(|key| item.get(key).and_then(Value::filled).is_some())
    };
    lists.chain(others).chain(bare).flat_map(Value::items).filter(called).filter(|item| !is_foreign(*item))
}

/// Several services in a mapping of their names: `services: {intake: {…}, export: {…}}`.
fn named<'a, 's>(root: Value<'a, 's>) -> impl Iterator<Item = Entry<'a, 's>> {
    let maps = SEVERAL.iter().filter_map(move |key| root.get(key)).filter(|value| value.is_mapping());
    let first = |value: Value<'_, '_>| value.entries().next().is_some_and(|entry| is_described(entry.value));
    let others = together(root).filter(move |value| value.entries().nth(1).is_some() && first(*value));
    maps.chain(others).flat_map(Value::entries).filter(|entry| entry.value.is_mapping() && !is_foreign(entry.value))
}

/// Whether an item states its language and a fact, and is no job.
fn is_described(item: Value<'_, '_>) -> bool {
    states_language(item) && asks_something(item) && !is_aside(item)
}

/// What stands under keys at the root that may hold services by any name.
fn together<'a, 's>(root: Value<'a, 's>) -> impl Iterator<Item = Value<'a, 's>> {
    let may = |entry: &Entry<'a, 's>| {
        let key = entry.key.text().unwrap_or_default();
        !SEVERAL.contains(&key) && !elsewhere(&key::words(key))
    };
    root.entries().take(KEYS).filter(may).map(|entry| entry.value)
}

fn read(document: &Document<'_, '_>, _problems: &mut Vec<Finding>) -> Vec<Service> {
    services(document)
}

fn services(document: &Document<'_, '_>) -> Vec<Service> {
    let root = document.root;
    let mut services: Vec<Service> = several(root).map(|item| one(document, item, name_of(item))).collect();
    services.extend(named(root).map(|entry| one(document, entry.value, Some(entry.key))));
    let alone = name_of(root).is_some() || states_language(root) || root.get("Service").is_some();
    if services.is_empty() && !alone {
        services.extend(prefixed(root).iter().map(|variables| of_variables(document, variables)));
    }
    if services.is_empty() && !alone {
        services.extend(rooted(root).into_iter().map(|entry| one(document, entry.value, Some(entry.key))));
    }
    if services.is_empty() || name_of(root).is_some() {
        services.insert(0, one(document, root, name_of(root)));
    }
    services
}

/// A service whose name stands before each of its keys.
fn of_variables(document: &Document<'_, '_>, variables: &Prefixed<'_, '_>) -> Service {
    let first = variables.entries.first().map(|(_, entry)| entry.key);
    let mut gather = Gather::new(document, document.service(Format::Plain, first, Room::Keys(&[])));
    gather.service.name = variables.name.join("-");
    let mut open = Vec::new();
    for (words, entry) in &variables.entries {
        if is_language(&words.join("_")) {
            document.languages(entry.value, true, &mut gather.service.languages);
        } else {
            gather.entry_as(*entry, words, &Frame::top(entry.value), Ground::Theirs, &mut open);
        }
    }
    gather.walk_all(open, Ground::Theirs);
    gather.service
}

fn one(document: &Document<'_, '_>, value: Value<'_, '_>, name: Option<Value<'_, '_>>) -> Service {
    let service = document.service_at(Format::Plain, value, name, Room::Keys(&[]));
    let mut gather = Gather::new(document, service);
    for entry in languages_of(value) {
        document.languages(entry.value, true, &mut gather.service.languages);
    }
    if let Some(kind) = value.get("kind").or_else(|| value.get("type")) {
        gather.service.kind = document.located(kind);
    }
    for key in ["decisions", "adr", "adrs"] {
        if let Some(decisions) = value.get(key) {
            document.decisions(decisions, &mut gather.service.decisions);
        }
    }
    gather.walk(value, Ground::Theirs);
    gather.service
}
