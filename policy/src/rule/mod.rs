//! The rules: each is two neighbours here, `<id>.rs` and its manual page `<id>.md`, and one line in [`RULES`].
//!
//! A rule is a pure function from what was read to findings. It cannot reach a file, a network or a clock.

mod records;
mod succession;
mod support;

#[path = "decision-date-in-future.rs"]
mod decision_date_in_future;
#[path = "decision-date-invalid.rs"]
mod decision_date_invalid;
#[path = "decision-link-broken.rs"]
mod decision_link_broken;
#[path = "decision-number-duplicate.rs"]
mod decision_number_duplicate;
#[path = "decision-number-mismatch.rs"]
mod decision_number_mismatch;
#[path = "decision-status-twice.rs"]
mod decision_status_twice;
#[path = "decision-status-unknown.rs"]
mod decision_status_unknown;
#[path = "decision-superseded-by-rejected.rs"]
mod decision_superseded_by_rejected;
#[path = "decision-superseded-still-accepted.rs"]
mod decision_superseded_still_accepted;
#[path = "decision-supersession-cycle.rs"]
mod decision_supersession_cycle;
#[path = "decision-supersession-one-sided.rs"]
mod decision_supersession_one_sided;
#[path = "decision-supersession-self.rs"]
mod decision_supersession_self;
#[path = "decision-supersession-unknown.rs"]
mod decision_supersession_unknown;
#[path = "language-disagrees.rs"]
mod language_disagrees;
#[path = "language-needs-waiver.rs"]
mod language_needs_waiver;
#[path = "language-not-for-kind.rs"]
mod language_not_for_kind;
#[path = "language-reason-weak.rs"]
mod language_reason_weak;
#[path = "language-refused.rs"]
mod language_refused;
#[path = "language-requirement-missing.rs"]
mod language_requirement_missing;
#[path = "language-unknown.rs"]
mod language_unknown;
#[path = "language-without-decision.rs"]
mod language_without_decision;
#[path = "language-without-reason.rs"]
mod language_without_reason;
mod own;
mod reader;
#[path = "service-without-manifest.rs"]
mod service_without_manifest;
#[path = "waiver-unused.rs"]
mod waiver_unused;

pub use language_unknown::is_missing as lacks_language;
pub use own::check as check_own;
pub use records::Records;
pub use support::{Case, Context, LanguageCase, Reason, example, reason, standing_words};

use crate::decision::Decision;
use crate::policy::Page;
use crate::report::{Finding, Severity, words};

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// One service, whenever it is touched.
    Service(fn(&Case<'_>) -> Vec<Finding>),
    /// One language of one service that is new, or newly written in it.
    Language(fn(&LanguageCase<'_>) -> Vec<Finding>),
    /// One decision that was touched.
    Decision(fn(&Context<'_>, &Decision) -> Vec<Finding>),
    /// All decisions, compared with each other and with those of the base.
    Decisions(fn(&Context<'_>) -> Vec<Finding>),
    /// Everything at once; only where everything is judged.
    Estate(fn(&Context<'_>) -> Vec<Finding>),
    /// The reader of manifests or of the page finds it while reading.
    Reader,
}

/// A rule.
pub struct Rule {
    /// Its id: the fault's name in kebab-case.
    pub id: &'static str,
    /// Its weight where the page sets none.
    pub severity: Severity,
    /// Whether it is off unless the page gives it a weight or the run is strict.
    pub strict: bool,
    /// What it looks at.
    pub check: Check,
    /// Its manual page, Markdown.
    pub page: &'static str,
}

impl Rule {
    /// The page's first paragraph: what the rule finds, in a sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.page
            .split("\n\n")
            .map(str::trim)
            .find(|part| !part.is_empty() && !part.starts_with('#'))
            .unwrap_or_default()
    }

    /// When it judges, in words.
    #[must_use]
    pub fn judges(&self) -> &'static str {
        match self.check {
            Check::Service(_) => "services that a change touches; with `--all` every service",
            Check::Language(_) => "services that are new or newly written in a language; with `--all` every service",
            Check::Decision(_) => "decisions that a change adds or touches; with `--all` every decision",
            Check::Decisions(_) => {
                "decisions that a change adds or touches, with those that they name; with `--all` every decision"
            }
            Check::Estate(_) => "only `--all`, since it needs the whole repository",
            Check::Reader => "every file that is read",
        }
    }

    /// When it judges and what it weighs, as its manual page says it.
    #[must_use]
    pub fn weight(&self) -> String {
        let weight = words::severity(self.severity);
        let unless =
            if self.strict { "off, unless the page gives it a weight or `--strict` is asked for; then" } else { "" };
        match unless {
            "" => format!("Weight: {weight}, unless the page sets another. Judges {}.", self.judges()),
            off => format!("Weight: {off} {weight}. Judges {}.", self.judges()),
        }
    }

    /// The weight on this page; none where the rule is off. A page that turns a rule off has the last word.
    #[must_use]
    pub fn severity_on(&self, page: &Page, strict: bool) -> Option<Severity> {
        match page.severity(self.id) {
            Some(level) => level.severity(),
            None if self.strict && !strict => None,
            None => Some(self.severity),
        }
    }
}

/// Every rule, in alphabetical order.
pub const RULES: &[&Rule] = &[
    &decision_date_in_future::RULE,
    &decision_date_invalid::RULE,
    &decision_link_broken::RULE,
    &decision_number_duplicate::RULE,
    &decision_number_mismatch::RULE,
    &decision_status_twice::RULE,
    &decision_status_unknown::RULE,
    &decision_superseded_by_rejected::RULE,
    &decision_superseded_still_accepted::RULE,
    &decision_supersession_cycle::RULE,
    &decision_supersession_one_sided::RULE,
    &decision_supersession_self::RULE,
    &decision_supersession_unknown::RULE,
    &reader::DUPLICATE_KEY,
    &reader::FILE_UNREADABLE,
    &language_disagrees::RULE,
    &language_needs_waiver::RULE,
    &language_not_for_kind::RULE,
    &language_reason_weak::RULE,
    &language_refused::RULE,
    &language_requirement_missing::RULE,
    &language_unknown::RULE,
    &language_without_decision::RULE,
    &language_without_reason::RULE,
    &reader::MANIFEST_INVALID,
    &reader::MANIFEST_UNREADABLE,
    &reader::MEMORY_IN_MILLIBYTES,
    &reader::POLICY_INVALID,
    &reader::POLICY_REVIEW_DUE,
    &service_without_manifest::RULE,
    &reader::WAIVER_EXPIRED,
    &reader::WAIVER_INCOMPLETE,
    &waiver_unused::RULE,
];

/// The rule of that id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id).copied()
}

/// The ids of all rules.
#[must_use]
pub fn ids() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.id).collect()
}
