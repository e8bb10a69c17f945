//! The page: what a team agreed on. Read with places, extended by packs, judged, rendered, compared.
//!
//! [`load`] reads a page and reports every mistake on it at once. A page whose meaning is in doubt is not used; one
//! with a broken waiver or test still is.

mod compare;
pub mod diff;
mod keys;
mod kind;
mod model;
mod nearest;
mod organisation;
mod pack;
mod pattern;
mod problems;
mod read;
pub mod render;
mod requirement;
pub mod scaffold;
pub mod schema;
mod shape;
pub mod tests;
mod waiver;
mod when;
pub mod words;

pub use compare::Op;
pub use kind::FactType;
pub use model::{
    Decisions, FactRule, Given, GivenDecision, InChange, KeyPath, LanguageRule, Level, Others, OwnRule, Page, PageTest,
    Placed, Requires, SeverityChange, Waiver,
};
pub use nearest::nearest;
pub use organisation::{
    Loosening, ORGANISATION, ORGANISATION_PATH, ORGANISATION_UNREAD, OrgPage, Organisation, POLICY_LOOSENS, Part,
    Weight, hold, tighten,
};
pub use pack::{DEFAULT_PACK, PACKS, built_in, pack_text};
pub use pattern::{BadPattern, Pattern};
pub use requirement::{Comparison, Requirement, Verdict};
pub use waiver::{has_waiver, is_active, waiver_matches, waiver_matches_record};
pub use when::{Subject, When};

use crate::report::Finding;
use crate::text::Span;
use jiff::civil::Date;
use problems::Problems;
use std::sync::Arc;

/// Rule id of a mistake on the page.
pub const POLICY_INVALID: &str = "policy-invalid";
/// Rule id of a waiver that lacks something and therefore is not in force.
pub const WAIVER_INCOMPLETE: &str = "waiver-incomplete";
/// Rule id of a waiver whose last day has passed.
pub const WAIVER_EXPIRED: &str = "waiver-expired";
/// Rule id of a waiver that excuses nothing in this repository.
pub const WAIVER_UNUSED: &str = "waiver-unused";
/// Rule id of a page whose review date has passed.
pub const POLICY_REVIEW_DUE: &str = "policy-review-due";

/// A page as it was read, with everything that is wrong with it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The page; none where its meaning is in doubt.
    pub page: Option<Page>,
    /// Every mistake, in the order of the text; behind them those of an organisation's page that cannot be used.
    pub findings: Vec<Finding>,
    /// Whether the organisation's page holds, too.
    pub builds: Builds,
}

/// Whether a page builds on the organisation's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Builds {
    /// It stands alone.
    #[default]
    Alone,
    /// The organisation's page holds with it.
    OnOrganisation,
    /// It says that it does, and nobody gave the organisation's page: only what it says itself holds.
    OnUnread,
}

/// Reads the page in `text`, as of `today`. `known_rules` are the ids of the built-in rules, which a page may name in
/// `rules:`, `waivers:` and `tests:`.
#[must_use]
pub fn load(path: &Arc<str>, text: &str, today: Date, known_rules: &[&str]) -> Loaded {
    load_with(path, text, today, known_rules, &Organisation::NotGiven)
}

/// The same, with the organisation's page as far as it is at hand: it counts where the page says `extends: org`.
#[must_use]
pub fn load_with(
    path: &Arc<str>,
    text: &str,
    today: Date,
    known_rules: &[&str],
    organisation: &Organisation,
) -> Loaded {
    let read = read::page(path, text, today, known_rules, read::Base::Organisation(organisation));
    let page = (!read.in_doubt).then_some(read.page);
    Loaded { page, findings: read.findings, builds: read.builds }
}

/// What becomes of a page that cannot be read, for that reason.
#[must_use]
pub fn unread(path: &Arc<str>, reason: &str) -> Loaded {
    let mut problems = Problems::new(Arc::clone(path));
    problems.mistake(Span::at(0), format!("the page cannot be read: {reason}"), "");
    Loaded { page: None, findings: problems.done().0, builds: Builds::Alone }
}

/// Whether the page in `text` says that it builds on the organisation's page.
#[must_use]
pub fn builds_on_organisation(text: &str) -> bool {
    read::extends_organisation(text)
}
