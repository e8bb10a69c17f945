//! Which services a rule of the page is about.

use super::{OwnRule, Page, Pattern, Placed, Requirement};
use crate::fact::Fact;
use crate::text::Place;
use std::sync::Arc;

/// Conditions; all of those that are given must hold.
#[derive(Clone, Debug)]
pub struct When {
    /// Where they start.
    pub place: Place,
    /// Languages by standard name: any one of them; empty: every language.
    pub languages: Vec<Placed<Arc<str>>>,
    /// Kinds of service: any one of them; empty: every kind.
    pub kinds: Vec<Placed<String>>,
    /// Names of services: any one of them; empty: every name.
    pub services: Vec<Pattern>,
    /// Folders: any one of them; empty: every folder.
    pub paths: Vec<Pattern>,
    /// What must be stated, all of it.
    pub facts: Vec<Requirement>,
}

/// A service, as far as conditions ask.
#[derive(Clone, Debug, Default)]
pub struct Subject<'a> {
    /// Its languages, by standard name.
    pub languages: Vec<&'a str>,
    /// Its kind, as written.
    pub kind: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
    /// Its folder.
    pub path: &'a str,
    /// What is stated about it.
    pub facts: Vec<&'a Fact>,
}

impl When {
    /// Whether every condition holds for `subject`. A fact that is unclear is not stated.
    #[must_use]
    pub fn matches(&self, subject: &Subject<'_>, page: &Page) -> bool {
        let language = |wanted: &Placed<Arc<str>>| subject.languages.contains(&wanted.as_ref());
        let kind = |wanted: &Placed<String>| subject.kind.is_some_and(|kind| same_kind(kind, wanted));
        let any_or_none = |empty: bool, found: bool| empty || found;
        any_or_none(self.languages.is_empty(), self.languages.iter().any(language))
            && any_or_none(self.kinds.is_empty(), self.kinds.iter().any(kind))
            && any_or_none(self.services.is_empty(), self.services.iter().any(|name| name.matches(subject.name)))
            && any_or_none(self.paths.is_empty(), self.paths.iter().any(|path| path.covers(subject.path)))
            && self.facts.iter().all(|fact| fact.judge(&subject.facts, page).is_met())
    }

    /// Whether no condition is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.languages.is_empty()
            && self.kinds.is_empty()
            && self.services.is_empty()
            && self.paths.is_empty()
            && self.facts.is_empty()
    }
}

/// Whether two words name the same kind of service: case, `_` and spaces do not count.
pub(super) fn same_kind(a: &str, b: &str) -> bool {
    let plain = |word: &str| word.trim().to_lowercase().replace(['_', ' '], "-");
    plain(a) == plain(b)
}

/// Whether `wide` holds for every service for which `narrow` holds, as far as can be said from the words alone.
pub(super) fn implied(wide: &When, narrow: &When) -> bool {
    let languages = wide.languages.is_empty()
        || (!narrow.languages.is_empty()
            && narrow.languages.iter().all(|id| wide.languages.iter().any(|other| other.value == id.value)));
    let kinds = wide.kinds.is_empty()
        || (!narrow.kinds.is_empty()
            && narrow.kinds.iter().all(|kind| wide.kinds.iter().any(|other| same_kind(kind, other))));
    let names = wide.services.is_empty()
        || (!narrow.services.is_empty() && narrow.services.iter().all(|name| wide.services.contains(name)));
    let paths = wide.paths.is_empty()
        || (!narrow.paths.is_empty() && narrow.paths.iter().all(|path| wide.paths.contains(path)));
    languages && kinds && names && paths && wide.facts.iter().all(|fact| narrow.facts.contains(fact))
}

impl Page {
    /// Whether a rule of the page is about `subject`: what it says under `when`, but for what it says under `unless`.
    #[must_use]
    pub fn when_matches(&self, rule: &OwnRule, subject: &Subject<'_>) -> bool {
        rule.when.as_ref().is_none_or(|when| when.matches(subject, self))
            && !rule.unless.as_ref().is_some_and(|unless| unless.matches(subject, self))
    }

    /// Whether the page allows a language for a kind of service: `None` where it says nothing on kinds, or the
    /// service states none.
    #[must_use]
    pub fn is_for_kind(&self, language: &str, kind: Option<&str>) -> Option<bool> {
        let rule = self.language(language).filter(|rule| !rule.only_for.is_empty())?;
        let kind = kind?;
        Some(rule.only_for.iter().any(|allowed| same_kind(allowed, kind)))
    }
}
