//! What stands on the page, typed. Every element keeps the place where it was written: for inherited elements that is
//! a place in a pack ([`super::pack_text`]).

use super::{FactType, ORGANISATION, Part, Pattern, Requirement, When};
use crate::decision::Status;
use crate::fact::Fact;
use crate::report::Severity;
use crate::text::Place;
use jiff::civil::Date;
use std::sync::Arc;

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> std::ops::Deref for Placed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its file.
    pub path: Arc<str>,
    /// Its heading.
    pub title: Option<Placed<String>>,
    /// Who answers for it.
    pub owner: Option<Placed<String>>,
    /// The day until which it is to be looked at again.
    pub review_by: Option<Placed<Date>>,
    /// The packs that it builds on, by name.
    pub extends: Vec<Placed<Arc<str>>>,
    /// The default languages, by standard name.
    pub default: Vec<Placed<Arc<str>>>,
    /// What other languages need, in the order of the page.
    pub languages: Vec<LanguageRule>,
    /// What holds for languages that the page does not name; [`Page::others`] knows the default.
    pub others: Option<Placed<Others>>,
    /// `services.in`: each folder that matches is a service.
    pub services: Vec<Pattern>,
    /// Where decisions lie and who needs one.
    pub decisions: Decisions,
    /// Folders and files that are not looked at.
    pub exclude: Vec<Pattern>,
    /// The team's own facts.
    pub facts: Vec<FactRule>,
    /// The team's own rules.
    pub rules: Vec<OwnRule>,
    /// Rules whose severity the page sets.
    pub severities: Vec<SeverityChange>,
    /// Exceptions.
    pub waivers: Vec<Waiver>,
    /// `suppressions.in-change`; [`Page::excuses_in_change`] knows the default.
    pub suppressions_in_change: Option<Placed<InChange>>,
    /// The page's own tests.
    pub tests: Vec<PageTest>,
    /// Whether the page builds on the organisation's, which was not at hand: what that asks for is not known.
    pub is_partial: bool,
    /// The page on which exceptions are granted, where that is not this one.
    pub granted_on: Option<Arc<str>>,
    /// `repositories.may`: what pages that build on this one may loosen.
    pub repositories_may: Vec<Placed<Part>>,
}

impl Page {
    /// What the page says of one language, by its standard name.
    #[must_use]
    pub fn language(&self, id: &str) -> Option<&LanguageRule> {
        self.languages.iter().find(|rule| rule.id.as_ref() == id)
    }

    /// The languages that the page names, as people write them, defaults first.
    #[must_use]
    pub fn known_languages(&self) -> Vec<&str> {
        let named = self.languages.iter().map(|rule| &*rule.id);
        self.default.iter().map(|id| &*id.value).chain(named).map(crate::language::display).collect()
    }

    /// Whether a language is a default, by its standard name.
    #[must_use]
    pub fn is_default(&self, id: &str) -> bool {
        self.default.iter().any(|language| language.as_ref() == id)
    }

    /// What holds for languages that the page does not name: allowed, unless it says otherwise.
    #[must_use]
    pub fn others(&self) -> Others {
        self.others.as_ref().map_or(Others::Allow, |others| others.value)
    }

    /// Whether comments that a change adds excuse that change: not unless the page says so.
    #[must_use]
    pub fn excuses_in_change(&self) -> bool {
        self.suppressions_in_change.as_ref().is_some_and(|set| set.value == InChange::Allow)
    }

    /// Whether pages that build on this one may loosen a part of it.
    #[must_use]
    pub fn may(&self, part: Part) -> bool {
        self.repositories_may.iter().any(|allowed| allowed.value == part)
    }

    /// Where the page says that it builds on the organisation's.
    #[must_use]
    pub fn on_organisation(&self) -> Option<&Place> {
        self.extends.iter().find(|base| *base.value == *ORGANISATION).map(|base| &base.place)
    }

    /// The type of a fact: the page's own, else the vocabulary's.
    #[must_use]
    pub fn fact_type(&self, id: &str) -> Option<FactType> {
        let own = self.facts.iter().find(|fact| fact.id.as_ref() == id).map(|fact| fact.kind.clone());
        own.or_else(|| crate::fact::vocabulary::find(id).map(|known| FactType::Known(known.value)))
    }

    /// Whether the page asks for what a rule looks for, and thereby turns it on.
    #[must_use]
    pub fn asks_for(&self, rule: &str) -> bool {
        match rule {
            "decision-section-missing" => !self.decisions.sections.is_empty(),
            "decision-file-name" => self.decisions.file_name.is_some(),
            _ => false,
        }
    }

    /// The severity that the page sets for a rule, be it built-in or its own; none where it sets none.
    #[must_use]
    pub fn severity(&self, rule: &str) -> Option<Level> {
        let set = self.severities.iter().find(|change| change.rule.as_ref() == rule).map(|change| change.level.value);
        set.or_else(|| self.rules.iter().find(|own| own.id.as_ref() == rule).map(|own| own.severity))
    }
}

/// What the page says of one language.
#[derive(Clone, Debug)]
pub struct LanguageRule {
    /// Its standard name.
    pub id: Arc<str>,
    /// Where its name stands.
    pub place: Place,
    /// The page's sentence.
    pub says: Option<Placed<String>>,
    /// What must be stated.
    pub requires: Requires,
    /// The kinds of service that it is for; empty: all.
    pub only_for: Vec<Placed<String>>,
    /// How much a missing reason weighs.
    pub severity: Option<Placed<Level>>,
}

/// What must be stated: one of `any`, and every one of `all`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Requires {
    /// One of these is enough; empty: none is asked for.
    pub any: Vec<Requirement>,
    /// Each of these.
    pub all: Vec<Requirement>,
}

impl Requires {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.any.is_empty() && self.all.is_empty()
    }
}

/// What holds for languages that the page does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Others {
    /// They need no reason.
    #[default]
    Allow,
    /// They need a waiver.
    Ask,
    /// They are not used.
    Refuse,
}

/// What comments that excuse findings do in the change that adds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InChange {
    /// Nothing: they count once they are merged.
    Ignore,
    /// They excuse the change.
    Allow,
}

/// The weight of a rule, or its absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Must be mended.
    Error,
    /// Should be mended.
    Warning,
    /// Worth knowing.
    Info,
    /// Not judged.
    Off,
}

impl Level {
    /// The severity; none where the rule is off.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }

    /// As it is written on the page.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Off => "off",
        }
    }
}

/// Where decisions lie and who needs one.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// Folders; empty: the usual places.
    pub folders: Vec<Pattern>,
    /// Languages whose choice needs a decision, by standard name.
    pub required_for: Vec<Placed<Arc<str>>>,
    /// Sections that every decision has, as they are headed.
    pub sections: Vec<Placed<String>>,
    /// The statuses that a decision may have; empty: any.
    pub statuses: Vec<Placed<Status>>,
    /// The team's own words for a status.
    pub status_words: Vec<(Placed<String>, Status)>,
    /// Keys that the front matter of every decision has.
    pub front_matter: Vec<Placed<String>>,
    /// How the file of a decision is named.
    pub file_name: Option<Pattern>,
}

/// Keys of a manifest, outermost first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPath(pub Vec<String>);

impl std::fmt::Display for KeyPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, key) in self.0.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            if key.contains('.') { write!(f, "{dot}\"{key}\"")? } else { write!(f, "{dot}{key}")? }
        }
        Ok(())
    }
}

/// A fact of the team's own.
#[derive(Clone, Debug)]
pub struct FactRule {
    /// Its name: kebab-case.
    pub id: Arc<str>,
    /// Where its name stands.
    pub place: Place,
    /// Its type.
    pub kind: FactType,
    /// Where manifests state it, besides a field or annotation of its own name.
    pub from: Vec<Placed<KeyPath>>,
    /// Labels under which decisions state it, besides its name.
    pub labels: Vec<Placed<String>>,
    /// As it reads in a sentence: "a class of data".
    pub says: Option<Placed<String>>,
}

/// A rule of the team's own.
#[derive(Clone, Debug)]
pub struct OwnRule {
    /// Its id: kebab-case.
    pub id: Arc<str>,
    /// Where its id stands.
    pub place: Place,
    /// Its sentence.
    pub says: Placed<String>,
    /// Which services it is about; none: every one.
    pub when: Option<When>,
    /// Which of those it is not about.
    pub unless: Option<When>,
    /// What must be stated.
    pub requires: Requires,
    /// Its weight; an error unless the page says otherwise.
    pub severity: Level,
    /// The remedy in a sentence.
    pub fix: Option<Placed<String>>,
    /// Where there is more to read.
    pub help: Option<Placed<String>>,
}

/// A rule whose severity the page sets.
#[derive(Clone, Debug)]
pub struct SeverityChange {
    /// The rule.
    pub rule: Arc<str>,
    /// Where it is named.
    pub place: Place,
    /// The severity.
    pub level: Placed<Level>,
}

/// An exception.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// Where it starts: its first key.
    pub place: Place,
    /// The rule that it excuses from.
    pub rule: Option<Placed<Arc<str>>>,
    /// Services by name or folder, both possibly with `*`.
    pub scope: Vec<Pattern>,
    /// Why.
    pub reason: Option<Placed<String>>,
    /// Who answers for it.
    pub owner: Option<Placed<String>>,
    /// Who granted it.
    pub approved_by: Option<Placed<String>>,
    /// First day.
    pub granted: Option<Placed<Date>>,
    /// Last day.
    pub expires: Option<Placed<Date>>,
    /// How it ends: a decision, a plan, a sentence.
    pub exit: Option<Placed<String>>,
    /// Whether nothing is missing or wrong. One that is not sound is never in force.
    pub sound: bool,
}

/// A test of the page's own.
#[derive(Clone, Debug)]
pub struct PageTest {
    /// Where it starts.
    pub place: Place,
    /// Its name, where it has one.
    pub name: Option<Placed<String>>,
    /// The service that it imagines.
    pub given: Given,
    /// Ids of the rules that are to fire, and no others.
    pub expect: Vec<Placed<Arc<str>>>,
}

/// A service as a test of the page imagines it.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Languages, by standard name.
    pub languages: Vec<Arc<str>>,
    /// Kind.
    pub kind: Option<String>,
    /// Name.
    pub service: Option<String>,
    /// Folder.
    pub path: Option<String>,
    /// Its decision. None: the test is not about decisions, and no rule about them fires.
    pub decision: Option<GivenDecision>,
    /// What is stated.
    pub facts: Vec<Fact>,
}

impl Given {
    /// The service as a condition sees it.
    #[must_use]
    pub fn subject(&self) -> super::Subject<'_> {
        super::Subject {
            languages: self.languages.iter().map(AsRef::as_ref).collect(),
            kind: self.kind.as_deref(),
            name: self.service.as_deref().unwrap_or_default(),
            path: self.path.as_deref().unwrap_or_default(),
            facts: self.facts.iter().collect(),
        }
    }
}

/// The decision of a service that a test imagines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenDecision {
    /// There is none.
    None,
    /// There is one of this status.
    Status(Status),
}
