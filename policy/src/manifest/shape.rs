//! Shapes: does a document have the keys and types that its format asks for? The one module that knows `jsonschema`.
//!
//! Schemas are compiled when first used. Errors are mapped to the key that they are about, and said in our own words:
//! the validator's messages print whole documents.

use super::Format;
use super::accept;
use super::document::{Document, first_key};
use super::key;
use super::nearest::nearest;
use super::schema::Shape;
use crate::fact::value::read_all;
use crate::fact::vocabulary::{by_label, find};
use crate::report::{Finding, Severity};
use crate::text::Span;
use crate::text::yaml::{Entry, Value};
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{Registry, ValidationError, Validator};
use serde_json::Value as Json;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a document is called where a key's name would stand.
const THE_DOCUMENT: &str = "the document";
/// How many values a document may have to be checked.
const NODES: usize = 20_000;
/// How many faults of one document are said.
const FAULTS: usize = 20;

/// Documents of one format that are looked at before its schema is compiled: for more of them that is worth its time.
const LOOKS: usize = 500;

/// The validator by which a document has to be judged; none where a look at it does, or where there is no telling.
fn validator(shape: Shape, root: Value<'_, '_>) -> Option<&'static Validator> {
    static LOOKED: [AtomicUsize; Shape::COUNT] = [const { AtomicUsize::new(0) }; Shape::COUNT];
    static COMPILED: [OnceLock<Option<Validator>>; Shape::COUNT] = [const { OnceLock::new() }; Shape::COUNT];
    let (looked, compiled) = (LOOKED.get(shape as usize)?, COMPILED.get(shape as usize)?);
    if compiled.get().is_none()
        && looked.fetch_add(1, Ordering::Relaxed) < LOOKS
        && accept::surely(shape.schema()?, root)
    {
        return None;
    }
    compiled.get_or_init(|| compile(shape)).as_ref()
}

/// The keys that our own format has at its top.
pub(super) fn service_keys() -> impl Iterator<Item = &'static str> {
    let properties = Shape::Service.schema().and_then(|schema| schema.root.get("properties")?.as_object());
    properties.into_iter().flat_map(|properties| properties.keys().map(String::as_str))
}

/// `None` for a schema that is none, which a test rules out.
pub(super) fn compile(shape: Shape) -> Option<Validator> {
    let schema = shape.schema()?;
    let mut registry = Registry::new();
    for (name, part) in &schema.parts {
        registry = registry.add(*name, part).ok()?;
    }
    let registry = registry.prepare().ok()?;
    let mut options = jsonschema::options().with_registry(&registry);
    if shape == Shape::Backstage {
        options = options.with_base_uri("json-schema:///ComponentV1alpha1");
    }
    options.build(&schema.root).ok()
}

/// Checks one document; faults go to `into`.
pub(super) fn check(shape: Shape, document: &Document<'_, '_>, format: Format, subject: &str, into: &mut Vec<Finding>) {
    into.extend(all_faults(shape, document.root).iter().map(|fault| finding(fault, document, format, subject)));
}

/// The faults of the front matter of a decision, by `schemas/decision.schema.json`.
pub(crate) fn front_matter_faults(root: Value<'_, '_>) -> Vec<Fault> {
    all_faults(Shape::Decision, root)
}

fn all_faults(shape: Shape, root: Value<'_, '_>) -> Vec<Fault> {
    let Some((schema, validator)) = shape.schema().zip(validator(shape, root)) else { return Vec::new() };
    let Some(json) = root.to_json(NODES).filter(|json| !validator.is_valid(json)) else { return Vec::new() };
    let errors = validator.iter_errors(&json);
    errors.flat_map(|error| faults(&error, &schema.root, root, 0)).take(FAULTS).collect()
}

/// One fault, at the key that it is about.
pub(crate) struct Fault {
    /// The key or the value.
    pub(crate) span: Span,
    /// What is wrong.
    pub(crate) message: String,
    /// What stands there.
    pub(crate) label: String,
    /// How to mend it.
    pub(crate) help: Option<String>,
    /// Whether a right key is near.
    near: bool,
}

fn finding(fault: &Fault, document: &Document<'_, '_>, format: Format, subject: &str) -> Finding {
    let severity = if format == Format::Adrule { Severity::Error } else { Severity::Warning };
    // A key that is like none of ours may be somebody's own: said, and no more.
    let unknown_only = fault.message.contains(" is no key of ") && !fault.near;
    let severity = if unknown_only { Severity::Warning } else { severity };
    let place = document.place(fault.span);
    let finding = Finding::new("manifest-invalid", severity, subject, fault.message.clone(), place)
        .label(fault.label.clone())
        .why("What does not have the format's shape is skipped or misread by whoever reads the manifest.");
    match &fault.help {
        Some(help) => finding.help(help.clone()),
        None => finding,
    }
}

/// The faults of one error: several for several unexpected keys, the nearest branch's for `anyOf`.
fn faults(error: &ValidationError<'_>, schema: &Json, root: Value<'_, '_>, depth: usize) -> Vec<Fault> {
    let path = error.instance_path().to_string();
    let entry = entry_at(root, &path);
    let name = last_step(&path);
    let one = |message: String, label: String| {
        vec![Fault { span: shown_at(entry, root), message, label, help: None, near: false }]
    };
    if let Some(why) = unusable(&path, entry.value) {
        return one(format!("`{name}` has no value that can be used"), why);
    }
    match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => unexpected
            .iter()
            .take(FAULTS)
            .map(|key| unexpected_key(key, entry.value, &name, beside(error, schema)))
            .collect(),
        Kind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            let span = if path.is_empty() { first_key(root) } else { entry.key.span() };
            let message =
                if path.is_empty() { format!("`{key}` is missing") } else { format!("`{key}` is missing in `{name}`") };
            vec![Fault { span, message, label: format!("has no `{key}`"), help: None, near: false }]
        }
        Kind::Type { kind } => {
            vec![wrong_type(entry, &name, kind, shown_at(entry, root))]
        }
        Kind::Enum { options } => {
            let found = entry.value.text().map(shown);
            let words = options.as_array().map(|options| list(options)).unwrap_or_default();
            one(
                format!("`{name}` must be one of {words}"),
                found.map(|found| format!("not `{found}`")).unwrap_or_default(),
            )
        }
        Kind::Constant { expected_value } => one(format!("`{name}` must be `{}`", word(expected_value)), String::new()),
        Kind::Pattern { .. } | Kind::Format { .. } => {
            one(format!("`{name}` is not written as the format asks"), String::new())
        }
        Kind::MinLength { .. } | Kind::MinItems { .. } | Kind::MinProperties { .. } => {
            one(format!("`{name}` is empty or too short"), String::new())
        }
        Kind::MaxLength { limit } | Kind::MaxItems { limit } => {
            one(format!("`{name}` is too long: at most {limit}"), String::new())
        }
        Kind::Minimum { limit } | Kind::ExclusiveMinimum { limit } => {
            one(format!("`{name}` must be at least {}", word(limit)), String::new())
        }
        Kind::Maximum { limit } | Kind::ExclusiveMaximum { limit } => {
            one(format!("`{name}` must be at most {}", word(limit)), String::new())
        }
        Kind::UniqueItems => one(format!("`{name}` names something twice"), String::new()),
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } if depth < 4 => {
            match nearest_branch(context, &path) {
                Some(branch) => branch.iter().flat_map(|error| faults(error, schema, root, depth + 1)).collect(),
                None => one(format!("`{name}` has none of the forms that the format allows"), String::new()),
            }
        }
        _ => one(format!("`{name}` does not have the form that the format asks for"), String::new()),
    }
}

/// Why the value of one of our own facts cannot be used, in the words of the reader of values.
fn unusable(pointer: &str, value: Value<'_, '_>) -> Option<String> {
    let key = pointer.strip_prefix('/')?;
    let known = find(&key.strip_prefix("facts/").unwrap_or(key).replace('_', "-"))?;
    read_all(known.value, value.filled()?).err().map(|why| why.to_string())
}

fn wrong_type(entry: Entry<'_, '_>, name: &str, kind: &TypeKind, span: Span) -> Fault {
    if entry.value.is_null() {
        return Fault { span, message: format!("`{name}` is empty"), label: String::new(), help: None, near: false };
    }
    let wanted = types(kind);
    // `tier: 1` where text is wanted is the commonest of all faults, and two quotes mend it.
    let quotes =
        entry.value.text().filter(|_| entry.value.is_plain() && wanted.split(" or ").any(|kind| kind == "text"));
    Fault {
        span,
        message: format!("`{name}` must be {wanted}"),
        label: format!("this is {}", entry.value.type_name()),
        help: quotes.map(|text| format!("Put it in quotes: `\"{}\"`.", shown(text))),
        near: false,
    }
}

fn unexpected_key(key: &str, parent: Value<'_, '_>, parent_name: &str, schema: Option<&Json>) -> Fault {
    let span = parent.entry(key).map_or(parent.span(), |entry| entry.key.span());
    let known_keys = schema.and_then(|schema| schema.get("properties")?.as_object());
    let near = nearest(key, known_keys.into_iter().flat_map(|known| known.keys().map(String::as_str)));
    // `replicas` is nothing like `instance-count`, and means it.
    let meant = near.or_else(|| {
        let known = key::meaning(&key::words(key)).map(|meaning| meaning.known).or_else(|| by_label(key));
        known.map(|known| known.id).filter(|id| known_keys.is_some_and(|keys| keys.contains_key(*id)))
    });
    let own_space = schema.is_some_and(|schema| schema.pointer("/patternProperties/^x-").is_some());
    let whole = if parent_name == THE_DOCUMENT { "this format".to_owned() } else { format!("`{parent_name}`") };
    let help = match meant {
        Some(near) => Some(format!("Write `{near}`.")),
        None => own_space.then(|| "Keys of your own start with `x-`.".to_owned()),
    };
    Fault {
        span,
        message: format!("`{}` is no key of {whole}", shown(key)),
        label: meant.map_or_else(String::new, |near| format!("did you mean `{near}`?")),
        help,
        near: near.is_some(),
    }
}

/// The part of the schema whose keyword an error is about, references inside the schema followed.
fn beside<'j>(error: &ValidationError<'_>, schema: &'j Json) -> Option<&'j Json> {
    let steps = error.evaluation_path().to_string();
    let mut at = schema;
    for step in pointer_steps(steps.rsplit_once('/').map_or("", |(parent, _)| parent)) {
        at = match (step.as_str(), at.get("$ref").and_then(Json::as_str)) {
            ("$ref", Some(target)) => schema.pointer(target.strip_prefix('#')?)?,
            (step, _) => at.get(step).or_else(|| at.get(step.parse::<usize>().ok()?))?,
        };
    }
    Some(at)
}

fn pointer_steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// Of several allowed forms, the one with the fewest faults; forms of another type than the value are none of them.
fn nearest_branch<'e>(
    context: &'e [Vec<ValidationError<'static>>],
    pointer: &str,
) -> Option<&'e Vec<ValidationError<'static>>> {
    let other_type = |error: &ValidationError<'_>| {
        matches!(error.kind(), Kind::Type { .. }) && error.instance_path().to_string() == pointer
    };
    context
        .iter()
        .filter(|branch| !branch.is_empty() && !branch.iter().any(other_type))
        .min_by_key(|branch| branch.len())
}

/// The entry at a JSON pointer; the document itself where the pointer leads nowhere.
fn entry_at<'a, 's>(root: Value<'a, 's>, pointer: &str) -> Entry<'a, 's> {
    let steps: Vec<String> = pointer_steps(pointer).collect();
    root.descend(steps.iter().map(String::as_str)).unwrap_or(Entry { key: root, value: root })
}

/// Where a fault of a value is shown: the value, its key where it is empty or long, the first key of a document.
fn shown_at(entry: Entry<'_, '_>, root: Value<'_, '_>) -> Span {
    if entry.value.span() == root.span() {
        return first_key(root);
    }
    if entry.value.text().is_some() && !entry.value.span().is_empty() { entry.value.span() } else { entry.key.span() }
}

fn last_step(pointer: &str) -> String {
    let mut steps = pointer.rsplit('/').filter(|step| !step.is_empty());
    let last = steps.next().map(|step| step.replace("~1", "/").replace("~0", "~"));
    match last {
        None => THE_DOCUMENT.to_owned(),
        Some(last) if last.bytes().all(|byte| byte.is_ascii_digit()) => match steps.next() {
            Some(list) => format!("{}[{last}]", shown(&list.replace("~1", "/").replace("~0", "~"))),
            None => last,
        },
        Some(last) => shown(&last),
    }
}

fn types(kind: &TypeKind) -> String {
    let say = |name: &str| match name {
        "object" => "a mapping".to_owned(),
        "array" => "a list".to_owned(),
        "string" => "text".to_owned(),
        "boolean" => "true or false".to_owned(),
        "null" => "empty".to_owned(),
        "integer" => "a whole number".to_owned(),
        other => format!("a {other}"),
    };
    match kind {
        TypeKind::Single(one) => say(one.as_str()),
        TypeKind::Multiple(several) => {
            let mut words: Vec<_> = several.iter().map(|one| say(one.as_str())).collect();
            words.sort_by_key(|word| word == "empty");
            words.join(" or ")
        }
    }
}

fn list(options: &[Json]) -> String {
    const SHOWN: usize = 12;
    let mut words: Vec<String> = options.iter().take(SHOWN).map(|option| format!("`{}`", word(option))).collect();
    if options.len() > SHOWN {
        words.push(format!("… ({} in all)", options.len()));
    }
    words.join(", ")
}

fn word(value: &Json) -> String {
    value.as_str().map_or_else(|| shown(&value.to_string()), shown)
}

/// Somebody's word, fit to be shown: one line, not long.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut out: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_compiles() {
        for shape in Shape::ALL {
            assert!(compile(shape).is_some(), "{shape:?}");
        }
    }
}
