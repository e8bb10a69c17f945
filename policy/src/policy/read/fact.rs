//! `facts:`: the team's own.

use super::Reader;
use crate::fact::vocabulary::{self, Type};
use crate::policy::keys::{CONDITION, GIVEN};
use crate::policy::{FactRule, FactType, KeyPath, Placed, nearest, shape};
use crate::text::yaml::{Entry, Value};
use std::sync::Arc;

impl Reader<'_> {
    pub(super) fn facts(&mut self, facts: Value<'_, '_>) {
        for entry in facts.entries() {
            let rule = self.fact(entry);
            // The same word twice was reported as a duplicate key.
            self.page.facts.extend(rule.filter(|rule| !self.page.facts.iter().any(|known| known.id == rule.id)));
        }
    }

    fn fact(&mut self, entry: Entry<'_, '_>) -> Option<FactRule> {
        let id = entry.key.text()?;
        let reserved = CONDITION.keys.iter().chain(GIVEN.keys).any(|key| key.name == id);
        if reserved {
            let label = "conditions and tests use this word for something else";
            self.problems.mistake(entry.key.span(), format!("a fact cannot be called `{id}`"), label);
        } else if !is_id(id) {
            let message = format!("`{}` is no name for a fact", shape::shown(id));
            self.problems.mistake(entry.key.span(), message, "write words in lower case with `-` between them");
        }
        let kind = self.kind(entry.value)?;
        if let Some(known) = vocabulary::find(id)
            && !matches!(known.value, Type::Text)
            && FactType::Known(known.value) != kind
        {
            let message = format!("adrule already knows `{id}`, as {}", FactType::Known(known.value).says());
            self.problems.mistake(entry.key.span(), message, "give your own fact another name");
        }
        let labels = self.texts(entry.value.get("labels"));
        for label in &labels {
            if let Some(known) = vocabulary::by_label(label).filter(|known| known.id != id) {
                let message = format!("`{}` already means `{}`", shape::shown(label), known.id);
                self.problems.warning(label.place.span, message, "choose another label");
            }
        }
        Some(FactRule {
            id: id.into(),
            place: self.problems.place(entry.key.span()),
            kind,
            from: self.key_paths(entry.value.get("from")),
            labels,
            says: self.text(entry.value.get("says")),
        })
    }

    fn kind(&mut self, fact: Value<'_, '_>) -> Option<FactType> {
        let written = fact.get("type")?;
        let name = written.text()?;
        for (key, of) in [("order", "rank"), ("of", "choice")] {
            let entry = fact.entry(key);
            if let Some(entry) = entry.filter(|_| name != of) {
                let message = format!("`{key}` is for a `{of}`, and this is a `{}`", shape::shown(name));
                self.problems.mistake(entry.key.span(), message, format!("write `type: {of}`, or leave it out"));
            } else if entry.is_none() && name == of {
                let message = format!("a `{of}` needs its words");
                self.problems.mistake(written.span(), message, format!("add `{key}: [low, high]`, with your words"));
            }
        }
        let words = fact.get(if name == "rank" { "order" } else { "of" });
        let words: Vec<Arc<str>> = self.words_of(words);
        FactType::named(name, &words)
    }

    /// The words of a scale or list, each once.
    fn words_of(&mut self, list: Option<Value<'_, '_>>) -> Vec<Arc<str>> {
        let mut words: Vec<Placed<String>> = Vec::new();
        for word in self.texts(list) {
            match words.iter().find(|known| known.to_lowercase() == word.to_lowercase()) {
                Some(first) => {
                    let message = format!("`{}` stands twice", shape::shown(&word));
                    let finding = self
                        .problems
                        .finding(
                            crate::policy::POLICY_INVALID,
                            crate::report::Severity::Error,
                            word.place.span,
                            message,
                        )
                        .label("again here")
                        .and(first.place.clone(), "first here");
                    self.problems.add(finding);
                }
                None if words.len() >= 100 => {
                    let message = "more than 100 words on one scale or list";
                    self.problems.mistake(word.place.span, message, "");
                    break;
                }
                None => words.push(word),
            }
        }
        words.into_iter().map(|word| word.value.into()).collect()
    }

    fn key_paths(&mut self, value: Option<Value<'_, '_>>) -> Vec<Placed<KeyPath>> {
        let mut paths = Vec::new();
        for text in self.texts(value) {
            match key_path(&text) {
                Some(path) => paths.push(Placed { value: path, place: text.place }),
                None => {
                    let message = format!("`{}` is no path of keys", shape::shown(&text));
                    let label = "write keys with dots between them, such as `metadata.labels.data-class`";
                    let help = "a key that has a dot itself stands in double quotes: `metadata.annotations.\"a.b/c\"`";
                    self.problems.mistake_help(text.place.span, message, label, help);
                }
            }
        }
        paths
    }

    /// The rule id that was meant.
    pub(super) fn nearest_rule(&self, id: &str) -> Option<String> {
        if self.problems.is_full() {
            return None;
        }
        let own = self.page.rules.iter().map(|rule| rule.id.as_ref());
        nearest(id, self.known_rules.iter().copied().chain(own)).map(str::to_owned)
    }

    /// Whether a rule of that id exists. Without a list of built-in rules, nobody can say.
    pub(super) fn is_rule(&self, id: &str) -> bool {
        self.known_rules.is_empty()
            || self.known_rules.contains(&id)
            || self.page.rules.iter().any(|rule| rule.id.as_ref() == id)
    }
}

/// Words in lower case with `-` between them.
pub(super) fn is_id(text: &str) -> bool {
    text.len() <= 80
        && text
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
        && text.starts_with(|first: char| first.is_ascii_lowercase())
}

/// Keys with dots between them; one in double quotes may hold dots.
fn key_path(text: &str) -> Option<KeyPath> {
    let mut keys = Vec::new();
    let mut rest = text.trim();
    loop {
        let (key, behind) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => rest.split_at(rest.find('.').unwrap_or(rest.len())),
        };
        if key.trim().is_empty() || keys.len() >= 32 {
            return None;
        }
        keys.push(key.to_owned());
        if behind.is_empty() {
            return Some(KeyPath(keys));
        }
        rest = behind.strip_prefix('.')?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_keys() {
        let path = |text: &str| key_path(text).map(|path| path.0);
        assert_eq!(path("metadata.labels.data-class").unwrap(), ["metadata", "labels", "data-class"]);
        assert_eq!(path("metadata.annotations.\"a.b/c\"").unwrap(), ["metadata", "annotations", "a.b/c"]);
        for text in ["", ".", "a..b", "a.", "\"a", "\"a\"b"] {
            assert_eq!(path(text), None, "{text}");
        }
    }

    #[test]
    fn ids() {
        assert!(is_id("pii-needs-two-reviewers") && is_id("a1"));
        for id in ["", "-", "A", "a_b", "a--b", "1a", "ä"] {
            assert!(!is_id(id), "{id}");
        }
    }
}
