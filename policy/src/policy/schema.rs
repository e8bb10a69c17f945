//! The page as a JSON Schema (draft 7), for editors: made from the tables by which the page is read.
//!
//! `schemas/policy.schema.json` is this, written down; a test compares the two.

use super::keys::{
    COMPARATORS, CONDITION, DECISIONS, FACT, GIVEN, Key, LANGUAGE, PAGE, REPOSITORIES, REQUIRES, RULE, SERVICES,
    SUPPRESSIONS, Shape, TEST, Table, WAIVER,
};
use super::{FactType, ORGANISATION, Op, PACKS};
use crate::fact::vocabulary::{KNOWN, Known, Type};
use crate::language::LANGUAGES;
use serde_json::{Map, Value as Json, json};

/// Types whose comparisons editors can check: those that no page can define anew.
const TYPES: &[(&str, Type)] = &[
    ("bytes", Type::Bytes),
    ("duration", Type::Duration),
    ("rate", Type::Rate),
    ("count", Type::Count),
    ("share", Type::Share),
    ("money", Type::Money),
    ("names", Type::Names),
    ("flag", Type::Flag),
    ("date", Type::Date),
    ("rank", Type::Impact),
];
const ID: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";
const DAY: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

/// The schema of the page.
#[must_use]
pub fn schema() -> Json {
    let mut schema = table(&PAGE);
    let mut definitions = Map::new();
    for other in [
        &LANGUAGE,
        &REQUIRES,
        &COMPARATORS,
        &SERVICES,
        &DECISIONS,
        &FACT,
        &RULE,
        &CONDITION,
        &WAIVER,
        &SUPPRESSIONS,
        &REPOSITORIES,
        &TEST,
        &GIVEN,
    ] {
        definitions.insert(other.name.to_owned(), table(other));
    }
    for (name, known) in TYPES {
        definitions.insert(format!("comparators-{name}"), comparators(name, &FactType::Known(*known)));
        definitions.insert(format!("value-{name}"), given_value(name));
    }
    definitions.insert("requirement".to_owned(), requirement());
    if let Some(schema) = schema.as_object_mut() {
        schema.shift_insert(0, "$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
        schema.shift_insert(1, "title".to_owned(), json!("The page: which language a new service is written in"));
        schema.insert("definitions".to_owned(), Json::Object(definitions));
    }
    schema
}

fn table(table: &Table) -> Json {
    let mut properties = Map::new();
    for key in table.keys {
        let mut shape = described(key);
        if let Some(shape) = shape.as_object_mut() {
            shape.insert("description".to_owned(), json!(key.says));
        }
        properties.insert(key.name.to_owned(), shape);
    }
    let others = match table.facts {
        None => json!(false),
        Some(other) => {
            let definition = if table.name == "condition" { "comparators" } else { "value" };
            for known in KNOWN {
                properties.insert(known.id.to_owned(), fact(known, definition, other));
            }
            shape(other)
        }
    };
    let required: Vec<&str> = table.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": others });
    let mut more = more(table);
    if !required.is_empty() {
        more["required"] = json!(required);
    }
    merge(&mut schema, more);
    schema
}

/// What a mapping must be besides the shape of its keys.
fn more(table: &Table) -> Json {
    let with_words = |kind: &str, key: &str| {
        json!({
            "if": { "properties": { "type": { "const": kind } }, "required": ["type"] },
            "then": { "required": [key] },
            "else": { "not": { "required": [key] } }
        })
    };
    match table.name {
        "page" => json!({ "anyOf": [{ "required": ["default"] }, { "required": ["extends"] }] }),
        "requires" | "comparators" | "condition" => json!({ "minProperties": 1 }),
        "fact" => json!({ "allOf": [with_words("rank", "order"), with_words("choice", "of")] }),
        "rule" => json!({ "anyOf": [
            { "required": ["says", "requires"], "properties": { "id": { "pattern": ID } } },
            { "required": ["severity"], "maxProperties": 2 }
        ] }),
        _ => json!({}),
    }
}

fn merge(schema: &mut Json, more: Json) {
    if let (Some(schema), Json::Object(more)) = (schema.as_object_mut(), more) {
        schema.extend(more);
    }
}

/// A key's shape, with the words that an editor can offer.
fn described(key: &Key) -> Json {
    let languages: Vec<&str> = LANGUAGES.iter().map(|language| language.id).collect();
    match (key.name, &key.shape) {
        ("default" | "language" | "required-for", Shape::OneOrMany(_)) => {
            let one = json!({ "anyOf": [{ "enum": languages }, text()] });
            one_or_many(&one)
        }
        ("extends", _) => {
            let packs: Vec<&str> = PACKS.iter().map(|(name, _)| *name).chain([ORGANISATION]).collect();
            one_or_many(&json!({ "enum": packs }))
        }
        ("languages", _) => {
            let rule = json!({ "$ref": "#/definitions/language" });
            let known: Map<String, Json> = languages.iter().map(|id| ((*id).to_owned(), rule.clone())).collect();
            json!({ "type": "object", "properties": known, "additionalProperties": rule })
        }
        ("facts", _) => {
            let reserved: Vec<&str> = CONDITION.keys.iter().chain(GIVEN.keys).map(|key| key.name).collect();
            let names = json!({ "pattern": ID, "not": { "enum": reserved } });
            json!({ "type": "object", "propertyNames": names, "additionalProperties": { "$ref": "#/definitions/fact" } })
        }
        ("order" | "of", Shape::Many(_)) => {
            let mut list = shape(&key.shape);
            list["uniqueItems"] = json!(true);
            list
        }
        ("percentile", _) => percentile(),
        _ => shape(&key.shape),
    }
}

fn shape(of: &Shape) -> Json {
    match of {
        Shape::Version => json!({ "const": 1 }),
        Shape::Text => text(),
        Shape::Date => json!({ "type": "string", "pattern": DAY }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::True => json!({ "const": true }),
        Shape::Scalar => json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" }),
        Shape::Many(inner) => json!({ "type": "array", "minItems": 1, "items": shape(inner) }),
        Shape::List(inner) => json!({ "type": "array", "items": shape(inner) }),
        Shape::OneOrMany(inner) => one_or_many(&shape(inner)),
        Shape::Table(table) => json!({ "$ref": format!("#/definitions/{}", table.name) }),
        Shape::Named(inner) => json!({ "type": "object", "additionalProperties": shape(inner) }),
        Shape::Requirement => json!({ "$ref": "#/definitions/requirement" }),
    }
}

fn text() -> Json {
    json!({ "type": ["string", "number"], "pattern": "\\S" })
}

fn percentile() -> Json {
    json!({ "type": "string", "pattern": "^[pP][0-9]{1,2}(\\.[0-9]+)?$" })
}

fn one_or_many(one: &Json) -> Json {
    json!({ "anyOf": [one, { "type": "array", "minItems": 1, "items": one }] })
}

/// The name of a fact, or one fact with comparisons.
fn requirement() -> Json {
    let names: Vec<&str> = KNOWN.iter().map(|known| known.id).collect();
    let general = json!({ "$ref": "#/definitions/comparators" });
    let known: Map<String, Json> = KNOWN
        .iter()
        .map(|known| (known.id.to_owned(), fact(known, "comparators", &Shape::Table(&COMPARATORS))))
        .collect();
    json!({ "anyOf": [
        { "anyOf": [{ "enum": names }, { "type": "string", "pattern": ID }], "description": "A fact that must be stated." },
        {
            "type": "object",
            "properties": known,
            "additionalProperties": general,
            "minProperties": 1,
            "maxProperties": 1,
            "description": "One fact, and what its value must be."
        }
    ] })
}

/// What stands behind the name of a known fact. Facts of text may be defined anew by the page, with any type.
fn fact(known: &Known, definition: &str, otherwise: &Shape) -> Json {
    let named = TYPES.iter().find(|(_, kind)| *kind == known.value);
    let mut schema = match named {
        Some((name, _)) => json!({ "$ref": format!("#/definitions/{definition}-{name}") }),
        None => shape(otherwise),
    };
    // Beside a `$ref`, draft 7 reads nothing else.
    if named.is_some() {
        schema = json!({ "allOf": [schema] });
    }
    let example = known.example;
    schema["description"] = json!(format!("{}, such as `{example}`", known.says));
    schema
}

fn comparators(name: &str, kind: &FactType) -> Json {
    let mut properties = Map::new();
    for key in COMPARATORS.keys {
        let mut schema = match Op::named(key.name) {
            Some(op) if !kind.allows(op) => continue,
            Some(Op::OneOf | Op::NoneOf) => json!({ "type": "array", "minItems": 1, "items": listed_value(name) }),
            Some(_) => value(name),
            None if key.name == "percentile" && name != "duration" => continue,
            None => described(key),
        };
        schema["description"] = json!(key.says);
        properties.insert(key.name.to_owned(), schema);
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1 })
}

/// A value to compare with: amounts carry their unit, so that a bare number is refused.
fn value(name: &str) -> Json {
    match name {
        "count" => json!({ "type": ["number", "string"], "pattern": "\\S" }),
        "names" => json!({ "type": ["integer", "string"], "minimum": 0, "pattern": "^\\s*[0-9]+\\s*$" }),
        "share" => json!({ "type": ["number", "string"], "maximum": 1, "pattern": "\\S" }),
        "flag" => json!({ "type": ["boolean", "string"], "pattern": "\\S" }),
        "rank" => {
            json!({ "anyOf": [{ "enum": ["low", "medium", "high", "very-high"] }, { "type": "string", "pattern": "\\S" }] })
        }
        "date" => json!({ "type": "string", "pattern": "\\S" }),
        _ => json!({ "type": "string", "pattern": "[^-+0-9.,\\s]" }),
    }
}

fn listed_value(name: &str) -> Json {
    if name == "names" { text() } else { value(name) }
}

/// A value as a test imagines it.
fn given_value(name: &str) -> Json {
    if name == "names" { one_or_many(&text()) } else { value(name) }
}
