//! Facts from a field of a YAML document.

use super::value::{self, Read, Unusable};
use super::vocabulary::{Known, Type};
use super::{Fact, Origin, Standing, Value};
use crate::text::{Place, yaml};
use std::sync::Arc;

/// The fact that a field states, from its scalar or its list; [`Standing::Unclear`] with the reason where the value
/// cannot be used. `None` for a null.
#[must_use]
pub fn field(known: &Known, value: yaml::Value<'_, '_>, path: &Arc<str>, origin: Origin) -> Option<Fact> {
    field_keyed(known, "", value, path, origin)
}

/// [`field`], for a key whose name may hold the unit or the percentile: `memory_budget_mb`, `latency_p99`.
#[must_use]
pub fn field_keyed(
    known: &Known,
    key: &str,
    value: yaml::Value<'_, '_>,
    path: &Arc<str>,
    origin: Origin,
) -> Option<Fact> {
    if value.is_null() {
        return None;
    }
    let read = if value.is_sequence() {
        list(known.value, value)
    } else {
        match value.text() {
            Some(text) => value::read_keyed(known.value, key, text),
            None => Err(Unusable::NotUnderstood(format!("expected {}, found {}", known.says, value.type_name()))),
        }
    };
    let quote = value.text().map(str::to_owned).unwrap_or_else(|| names(value).join(", "));
    let mut fact = Fact {
        kind: Arc::from(known.id),
        value: None,
        percentile: None,
        standing: Standing::Stated,
        because: None,
        reasons: Vec::new(),
        origin,
        evidence: false,
        quote,
        place: Place::new(Arc::clone(path), value.span()),
        subject: None,
    };
    match read {
        Ok(read) => {
            fact.value = Some(read.value);
            fact.percentile = read.percentile;
        }
        Err(error) => {
            fact.standing = Standing::Unclear;
            fact.because = Some(error.into());
        }
    }
    Some(fact)
}

fn names(value: yaml::Value<'_, '_>) -> Vec<String> {
    // `{ name: ana }` is common where lists hold people.
    value
        .items()
        .filter_map(|item| item.filled().or_else(|| item.get("name").and_then(yaml::Value::filled)))
        .map(str::to_owned)
        .collect()
}

fn list(kind: Type, value: yaml::Value<'_, '_>) -> Result<Read, Unusable> {
    let names = names(value);
    if kind == Type::Names {
        return Ok(Read { value: Value::Names(names), percentile: None, range: 0..0 });
    }
    match names.as_slice() {
        [only] => value::read(kind, only),
        _ => Err(Unusable::NotUnderstood("a list where one value is expected".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::find;
    use super::*;

    fn read(id: &str, yaml: &str) -> Option<Fact> {
        let stream = yaml::parse(yaml);
        let entry = stream.first()?.entries().next()?;
        field_keyed(find(id)?, entry.key.text()?, entry.value, &Arc::from("service.yaml"), Origin::Manifest)
    }

    #[test]
    fn scalars_and_lists() {
        let fact = read("memory-budget", "memory_budget: 180 MB per instance").unwrap();
        assert_eq!((fact.value, fact.standing), (Some(Value::Bytes(180e6)), Standing::Stated));
        assert_eq!(fact.place.span.range(), 15..34);
        let fact = read("reviewers", "reviewers: [ana, { name: ben }]").unwrap();
        assert_eq!(fact.value, Some(Value::Names(vec!["ana".into(), "ben".into()])));
        let fact = read("latency-target", "latency_p99_ms: 25").unwrap();
        assert_eq!((fact.value, fact.percentile), (Some(Value::Duration(25.0)), Some(99.0)));
        assert_eq!(read("memory-budget", "memory_budget: null"), None);
    }

    #[test]
    fn unusable_values_say_why() {
        let because = |id, yaml| read(id, yaml).and_then(|fact| fact.because).unwrap().to_string();
        assert_eq!(because("memory-budget", "memory_budget: 512"), "a number without a unit: write `512 MB`");
        assert_eq!(because("latency-target", "latency: TBD"), "a placeholder, not a value");
        assert_eq!(because("memory-budget", "memory: { max: 1 }"), "expected a memory budget, found a mapping");
    }
}
