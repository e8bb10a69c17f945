//! A first look at a document's shape that compiles nothing: it says yes only where a JSON Schema surely holds.
//!
//! Compiling a schema costs more than all else that a run over a few files does, and nearly all manifests are well formed.
//! What this look does not understand, or finds at fault, is left to the validator: it never says no.

use super::schema::Schema;
use serde_json::{Map, Value as Json};

/// How many steps into schemas and references are taken: a reference may lead back to itself.
const DEPTH: usize = 200;

/// Whether a document surely has the shape that the schema asks for.
pub(super) fn surely(schema: &Schema, json: &Json) -> bool {
    Look { schema, root: &schema.root }.holds(&schema.root, json, DEPTH)
}

struct Look<'s> {
    schema: &'s Schema,
    /// The schema that `#/…` points into.
    root: &'s Json,
}

impl<'s> Look<'s> {
    // Recursion is bounded by `depth`.
    fn holds(&self, schema: &'s Json, json: &Json, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        match schema {
            Json::Bool(any) => *any,
            Json::Object(keywords) => {
                keywords.iter().all(|(keyword, value)| self.keyword(keyword, value, keywords, json, depth))
            }
            _ => false,
        }
    }

    fn keyword(&self, keyword: &str, value: &'s Json, all: &'s Map<String, Json>, json: &Json, depth: usize) -> bool {
        match keyword {
            "$schema" | "$defs" | "definitions" | "title" | "description" | "examples" | "default" | "deprecated" => {
                true
            }
            // Deeper inside, a name of its own changes what references mean.
            "$id" => std::ptr::eq(all, self.root.as_object().unwrap_or(all)) || starts_with_hash(value),
            "$ref" => self.reference(value, json, depth),
            "allOf" => value.as_array().is_some_and(|parts| parts.iter().all(|part| self.holds(part, json, depth))),
            "anyOf" => value.as_array().is_some_and(|parts| parts.iter().any(|part| self.holds(part, json, depth))),
            "type" => is_of(value, json),
            "enum" => value.as_array().is_some_and(|known| known.iter().any(|known| is_same(known, json))),
            "const" => is_same(value, json),
            "minimum" => json.as_i64().zip(value.as_i64()).map_or(!json.is_number(), |(json, least)| json >= least),
            "maximum" => json.as_i64().zip(value.as_i64()).map_or(!json.is_number(), |(json, most)| json <= most),
            "exclusiveMinimum" => {
                json.as_i64().zip(value.as_i64()).map_or(!json.is_number(), |(json, least)| json > least)
            }
            "pattern" => json.as_str().is_none_or(|text| is_pattern_of_days(value) && is_day(text)),
            "minLength" => json.as_str().is_none_or(|text| has(text.chars().count(), value)),
            "minItems" => json.as_array().is_none_or(|items| has(items.len(), value)),
            "minProperties" => json.as_object().is_none_or(|entries| has(entries.len(), value)),
            "items" => json.as_array().is_none_or(|items| items.iter().all(|item| self.holds(value, item, depth))),
            _ => match json.as_object() {
                Some(entries) => self.object_keyword(keyword, value, all, entries, depth),
                // It says nothing of other values, where it is known at all.
                None => matches!(keyword, "required" | "properties" | "patternProperties" | "additionalProperties"),
            },
        }
    }

    fn object_keyword(
        &self,
        keyword: &str,
        value: &'s Json,
        all: &'s Map<String, Json>,
        entries: &Map<String, Json>,
        depth: usize,
    ) -> bool {
        match keyword {
            "required" => value.as_array().is_some_and(|names| {
                names.iter().all(|name| name.as_str().is_some_and(|name| entries.contains_key(name)))
            }),
            "properties" => value.as_object().is_some_and(|known| {
                entries.iter().all(|(key, json)| known.get(key).is_none_or(|schema| self.holds(schema, json, depth)))
            }),
            "patternProperties" => value.as_object().is_some_and(|patterns| {
                patterns.iter().all(|(pattern, schema)| {
                    let mut matching = entries.iter().filter(|(key, _)| may_match(pattern, key));
                    matching.all(|(_, json)| self.holds(schema, json, depth))
                })
            }),
            // The same for the keys that are named nowhere else.
            "additionalProperties" => {
                let known = all.get("properties").and_then(Json::as_object);
                let mut others = entries.iter().filter(|(key, _)| known.is_none_or(|known| !known.contains_key(*key)));
                others.all(|(_, json)| self.holds(value, json, depth))
            }
            _ => false,
        }
    }

    /// A reference inside the schema, or to one of its parts.
    fn reference(&self, target: &Json, json: &Json, depth: usize) -> bool {
        let Some((name, pointer)) = target.as_str().map(|target| target.split_once('#').unwrap_or((target, ""))) else {
            return false;
        };
        let root = if name.is_empty() { Some(self.root) } else { self.schema.part(name) };
        let found = root.and_then(|root| Some((root, inside(root, pointer)?)));
        found.is_some_and(|(root, found)| Look { schema: self.schema, root }.holds(found, json, depth))
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

fn is_of(kind: &Json, json: &Json) -> bool {
    match kind {
        Json::String(kind) => match kind.as_str() {
            "object" => json.is_object(),
            "array" => json.is_array(),
            "string" => json.is_string(),
            "boolean" => json.is_boolean(),
            "null" => json.is_null(),
            "number" => json.is_number(),
            // `1.0` is one as well, which is left to the validator.
            "integer" => json.is_i64() || json.is_u64(),
            _ => false,
        },
        Json::Array(kinds) => kinds.iter().any(|kind| kind.is_string() && is_of(kind, json)),
        _ => false,
    }
}

/// Whether two plain values are surely the same; numbers have more than one spelling.
fn is_same(known: &Json, json: &Json) -> bool {
    (json.is_string() || json.is_boolean() || json.is_null()) && known == json
}

#[cfg(test)]
mod tests;
