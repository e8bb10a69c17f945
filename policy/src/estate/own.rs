//! The team's own facts, from where the page says that manifests state them.

use super::Member;
use crate::fact::{Fact, Origin, Standing};
use crate::policy::{FactRule, KeyPath, Page};
use crate::text::yaml::{self, Value};
use crate::tree::Tree;
use std::sync::Arc;

/// Reads the page's own facts from the manifests of services.
pub fn own_facts(members: &mut [Member], page: &Page, tree: &Tree) {
    if page.facts.is_empty() {
        return;
    }
    for member in members {
        let mut found = Vec::new();
        for document in &member.documents {
            let Some(text) = tree.text(&document.place.path) else { continue };
            let stream = yaml::parse(text);
            let Some(root) = stream.documents().nth(document.document) else { continue };
            for rule in &page.facts {
                let value = places(rule).find_map(|path| at(root, &path));
                found.extend(value.and_then(|value| fact(rule, value, text, &document.place.path)));
            }
        }
        // A manifest of several services in one document is read once for each; the same place counts once.
        found.dedup_by(|a, b| a.place == b.place && a.kind == b.kind);
        member.facts.extend(found);
    }
}

/// Gives labelled values of the team's own facts the type that the page says.
pub fn type_own(facts: &mut [Fact], page: &Page) {
    for fact in facts {
        let Some(rule) = page.facts.iter().find(|rule| rule.id == fact.kind) else { continue };
        let Some(crate::fact::Value::Text(words)) = &fact.value else { continue };
        match rule.kind.read(words) {
            Ok(read) => {
                fact.value = Some(read.value);
                fact.percentile = read.percentile;
            }
            Err(error) => {
                fact.value = None;
                fact.standing = Standing::Unclear;
                fact.because = Some(error.into());
            }
        }
    }
}

/// Where a fact may stand: what the page says, then an annotation or a key of its name.
fn places(rule: &FactRule) -> impl Iterator<Item = KeyPath> + '_ {
    let named = rule.from.iter().map(|path| path.value.clone());
    let annotation = KeyPath(vec!["metadata".into(), "annotations".into(), format!("adrule/{}", rule.id)]);
    let facts = KeyPath(vec!["facts".into(), rule.id.to_string()]);
    named.chain([annotation, facts, KeyPath(vec![rule.id.to_string()])])
}

fn at<'a, 's>(root: Value<'a, 's>, path: &KeyPath) -> Option<Value<'a, 's>> {
    path.0.iter().try_fold(root, |value, key| value.get(key)).filter(|value| !value.is_null())
}

fn fact(rule: &FactRule, value: Value<'_, '_>, text: &str, path: &Arc<str>) -> Option<Fact> {
    let words = match value.text() {
        Some(words) => words.to_owned(),
        None => value.items().filter_map(Value::text).collect::<Vec<_>>().join(", "),
    };
    let read = rule.kind.read(&words);
    let (value_read, percentile, standing, because) = match read {
        Ok(read) => (Some(read.value), read.percentile, Standing::Stated, None),
        Err(error) => (None, None, Standing::Unclear, Some(error.into())),
    };
    Some(Fact {
        value: value_read,
        percentile,
        standing,
        because,
        quote: value.span().of(text).to_owned(),
        place: crate::text::Place::new(Arc::clone(path), value.span()),
        ..Fact::blank(&rule.id, Origin::Manifest)
    })
}
