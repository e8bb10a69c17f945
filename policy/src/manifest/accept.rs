//! A first look at a document's shape that compiles nothing: it says yes only where a JSON Schema surely holds.
//!
//! Compiling a schema costs more than all else that a run over a few files does, and nearly all manifests are well formed.
//! What this look does not understand, or finds at fault, is left to the validator: it never says no.

use super::schema::Schema;
use crate::text::yaml::{Scalar, Value};
use serde_json::{Map, Value as Json};

/// How many steps into schemas and references are taken: a reference may lead back to itself.
const DEPTH: usize = 200;

/// Whether a document surely has the shape that the schema asks for.
pub(super) fn surely(schema: &Schema, value: Value<'_, '_>) -> bool {
    value.is_in_simple_file() && Look { schema, root: &schema.root }.holds(&schema.root, value, DEPTH)
}

struct Look<'s> {
    schema: &'s Schema,
    /// The schema that `#/…` points into.
    root: &'s Json,
}

impl<'s> Look<'s> {
    // Recursion is bounded by `depth`.
    fn holds(&self, schema: &'s Json, value: Value<'_, '_>, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        match schema {
            Json::Bool(any) => *any,
            Json::Object(keywords) => {
                keywords.iter().all(|(keyword, asked)| self.keyword(keyword, asked, keywords, value, depth))
            }
            _ => false,
        }
    }

    fn keyword(
        &self,
        keyword: &str,
        asked: &'s Json,
        all: &'s Map<String, Json>,
        value: Value<'_, '_>,
        depth: usize,
    ) -> bool {
        match keyword {
            "$schema" | "$defs" | "definitions" | "title" | "description" | "examples" | "default" | "deprecated" => {
                true
            }
            // Deeper inside, a name of its own changes what references mean.
            "$id" => std::ptr::eq(all, self.root.as_object().unwrap_or(all)) || starts_with_hash(asked),
            "$ref" => self.reference(asked, value, depth),
            "allOf" => asked.as_array().is_some_and(|parts| parts.iter().all(|part| self.holds(part, value, depth))),
            "anyOf" => asked.as_array().is_some_and(|parts| parts.iter().any(|part| self.holds(part, value, depth))),
            "type" => is_of(asked, value),
            "enum" => asked.as_array().is_some_and(|known| known.iter().any(|known| is_same(known, value))),
            "const" => is_same(asked, value),
            "minimum" => is_number_where(value, asked, |number, least| number >= least),
            "maximum" => is_number_where(value, asked, |number, most| number <= most),
            "exclusiveMinimum" => is_number_where(value, asked, |number, least| number > least),
            "pattern" => text(value).is_none_or(|text| is_pattern_of_days(asked) && is_day(text)),
            "minLength" => text(value).is_none_or(|text| has(text.chars().count(), asked)),
            "minItems" => !value.is_sequence() || has(value.items().count(), asked),
            "minProperties" => !value.is_mapping() || has(entries(value).count(), asked),
            "items" => value.items().all(|item| self.holds(asked, item, depth)),
            _ if value.is_mapping() => self.object_keyword(keyword, asked, all, value, depth),
            // It says nothing of other values, where it is known at all.
            _ => matches!(keyword, "required" | "properties" | "patternProperties" | "additionalProperties"),
        }
    }

    fn object_keyword(
        &self,
        keyword: &str,
        asked: &'s Json,
        all: &'s Map<String, Json>,
        mapping: Value<'_, '_>,
        depth: usize,
    ) -> bool {
        match keyword {
            "required" => asked.as_array().is_some_and(|names| {
                let is_there = |name: &str| entries(mapping).any(|(key, _)| key == name);
                names.iter().all(|name| name.as_str().is_some_and(is_there))
            }),
            "properties" => asked.as_object().is_some_and(|known| {
                entries(mapping)
                    .all(|(key, value)| known.get(key).is_none_or(|schema| self.holds(schema, value, depth)))
            }),
            "patternProperties" => asked.as_object().is_some_and(|patterns| {
                patterns.iter().all(|(pattern, schema)| {
                    let mut matching = entries(mapping).filter(|(key, _)| may_match(pattern, key));
                    matching.all(|(_, value)| self.holds(schema, value, depth))
                })
            }),
            // The same for the keys that are named nowhere else.
            "additionalProperties" => {
                let known = all.get("properties").and_then(Json::as_object);
                let mut others =
                    entries(mapping).filter(|(key, _)| known.is_none_or(|known| !known.contains_key(*key)));
                others.all(|(_, value)| self.holds(asked, value, depth))
            }
            _ => false,
        }
    }

    /// A reference inside the schema, or to one of its parts.
    fn reference(&self, target: &Json, value: Value<'_, '_>, depth: usize) -> bool {
        let Some((name, pointer)) = target.as_str().map(|target| target.split_once('#').unwrap_or((target, ""))) else {
            return false;
        };
        let root = if name.is_empty() { Some(self.root) } else { self.schema.part(name) };
        let found = root.and_then(|root| Some((root, inside(root, pointer)?)));
        found.is_some_and(|(root, found)| Look { schema: self.schema, root }.holds(found, value, depth))
    }
}

/// The entries of a mapping that has no key twice, as JSON has them: a key is a text.
fn entries<'a, 's>(mapping: Value<'a, 's>) -> impl Iterator<Item = (&'a str, Value<'a, 's>)> {
    mapping.entries().filter_map(|entry| Some((entry.key.text()?, entry.value)))
}

fn text<'a>(value: Value<'a, '_>) -> Option<&'a str> {
    match value.scalar() {
        Some(Scalar::Text(text)) => Some(text),
        _ => None,
    }
}

/// Whether a value is no number, or surely one that fits.
fn is_number_where(value: Value<'_, '_>, limit: &Json, fits: fn(i64, i64) -> bool) -> bool {
    match (value.scalar(), limit.as_i64()) {
        (Some(Scalar::Whole(number)), Some(limit)) => fits(number, limit),
        (Some(Scalar::Whole(_) | Scalar::Number(_)), _) => false,
        _ => true,
    }
}

/// What a reference means inside a schema: a pointer, or a definition that calls itself so.
fn inside<'s>(root: &'s Json, fragment: &str) -> Option<&'s Json> {
    if fragment.is_empty() || fragment.starts_with('/') {
        return root.pointer(fragment);
    }
    let is_named = |part: &&Json| part["$id"].as_str().and_then(|id| id.strip_prefix('#')) == Some(fragment);
    root.get("definitions")?.as_object()?.values().find(is_named)
}

/// Whether a key may match a pattern. Only `^word` and `^word$` are understood: what holds for every key holds for those
/// that match any other.
fn may_match(pattern: &str, key: &str) -> bool {
    let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let Some(word) = pattern.strip_prefix('^') else { return true };
    match word.strip_suffix('$') {
        Some(whole) if is_plain(whole) => key == whole,
        None if is_plain(word) => key.starts_with(word),
        _ => true,
    }
}

/// Whether a pattern is one of those by which our own schemas know days. Both hold for each that [`is_day`] knows.
fn is_pattern_of_days(pattern: &Json) -> bool {
    const DAYS: [&str; 2] =
        ["^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([T ].*)?$"];
    pattern.as_str().is_some_and(|pattern| DAYS.contains(&pattern))
}

/// `2026-10-31`.
fn is_day(text: &str) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return false };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2].into_iter().all(u8::is_ascii_digit);
    digits && (b"01"..=b"12").contains(&&[*m1, *m2]) && (b"01"..=b"31").contains(&&[*d1, *d2])
}

fn starts_with_hash(id: &Json) -> bool {
    id.as_str().is_some_and(|id| id.starts_with('#'))
}

fn has(count: usize, least: &Json) -> bool {
    least.as_u64().is_some_and(|least| count as u64 >= least)
}

fn is_of(kind: &Json, value: Value<'_, '_>) -> bool {
    match kind {
        Json::String(kind) => match kind.as_str() {
            "object" => value.is_mapping(),
            "array" => value.is_sequence(),
            "string" => text(value).is_some(),
            "boolean" => matches!(value.scalar(), Some(Scalar::Bool(_))),
            "null" => value.scalar() == Some(Scalar::Null),
            "number" => matches!(value.scalar(), Some(Scalar::Whole(_) | Scalar::Number(_))),
            // `1.0` is one as well, which is left to the validator.
            "integer" => matches!(value.scalar(), Some(Scalar::Whole(_))),
            _ => false,
        },
        Json::Array(kinds) => kinds.iter().any(|kind| kind.is_string() && is_of(kind, value)),
        _ => false,
    }
}

/// Whether two plain values are surely the same; numbers have more than one spelling.
fn is_same(known: &Json, value: Value<'_, '_>) -> bool {
    match value.scalar() {
        Some(Scalar::Text(text)) => known.as_str() == Some(text),
        Some(Scalar::Bool(value)) => known.as_bool() == Some(value),
        Some(Scalar::Null) => known.is_null(),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
