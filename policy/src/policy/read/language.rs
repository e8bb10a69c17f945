//! `languages:`, and names of languages wherever they stand.

use super::Reader;
use crate::language;
use crate::policy::{LanguageRule, Placed, Requires, nearest, shape};
use crate::text::Span;
use crate::text::yaml::Value;
use std::sync::Arc;

impl Reader<'_> {
    pub(super) fn languages(&mut self, languages: Value<'_, '_>) {
        for entry in languages.entries() {
            let Some(name) = entry.key.text() else { continue };
            let id = self.language(name, entry.key.span());
            let span = entry.key.span();
            if let Some(first) = self.page.language(&id) {
                let message = format!("{} stands twice", language::display(&id));
                let label = "again here: which one is meant?";
                let place = first.place.clone();
                let finding = self
                    .problems
                    .finding(crate::policy::POLICY_INVALID, crate::report::Severity::Error, span, message)
                    .label(label)
                    .and(place, "first here");
                // The same word twice was reported as a duplicate key.
                if self.problems.is_sound(span) {
                    self.problems.add(finding);
                }
                continue;
            }
            let rule = LanguageRule {
                id,
                place: self.problems.place(span),
                says: self.text(entry.value.get("says")),
                requires: self.requires(entry.value.entry("requires")),
                only_for: self.texts(entry.value.get("only-for")),
                severity: self.level(entry.value.get("severity")),
            };
            self.page.languages.push(rule);
        }
    }

    /// The standard name of a language. One that is not known is kept, with a warning.
    pub(super) fn language(&mut self, written: &str, span: Span) -> Arc<str> {
        let lower = written.trim().to_lowercase();
        if let Some(language) = language::find(&lower) {
            return language.id.into();
        }
        let every = language::LANGUAGES;
        let names = every.iter().flat_map(|language| std::iter::once(&language.id).chain(language.aliases)).copied();
        let meant = if self.problems.is_full() { None } else { nearest(&lower, names) };
        let label = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "it is only read where a manifest states it".to_owned(),
        };
        self.problems.warning(span, format!("`{}` is no language that adrule knows", shape::shown(written)), label);
        lower.into()
    }

    /// One language, or several.
    pub(super) fn languages_in(&mut self, value: Option<Value<'_, '_>>) -> Vec<Placed<Arc<str>>> {
        let mut languages: Vec<Placed<Arc<str>>> = Vec::new();
        for name in self.texts(value) {
            let id = self.language(&name, name.place.span);
            if languages.iter().any(|known| known.value == id) {
                let message = format!("{} stands twice", language::display(&id));
                self.problems.harmless(name.place.span, message, "again here", "");
                continue;
            }
            languages.push(Placed { value: id, place: name.place });
        }
        languages
    }

    /// What stands behind `requires`.
    pub(super) fn requires(&mut self, entry: Option<crate::text::yaml::Entry<'_, '_>>) -> Requires {
        let Some(entry) = entry else { return Requires::default() };
        if entry.value.is_mapping() && entry.value.entries().next().is_none() {
            let label = "name at least one fact under `any:` or `all:`, or leave `requires` out";
            self.problems.mistake(entry.value.span(), "`requires` asks for nothing", label);
        }
        let requires =
            Requires { any: self.requirements(entry.value.get("any")), all: self.requirements(entry.value.get("all")) };
        for list in [&requires.any, &requires.all] {
            for (index, again) in list.iter().enumerate() {
                if list[..index].contains(again) {
                    let message = format!("`{}` is asked for twice in the same way", again.fact);
                    self.problems.warning(again.place.span, message, "again here");
                }
            }
        }
        requires
    }
}
