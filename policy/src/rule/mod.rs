//! The rules: each is two neighbours here, `<id>.rs` and its manual page `<id>.md`, and one line in [`RULES`].
//!
//! A rule is a pure function from what was read to findings. It cannot reach a file, a network or a clock.

mod allowed;
mod claim;
mod history;
mod memo;
mod option;
mod part;
mod records;
mod stand_in;
mod succession;
mod support;
mod view;

#[path = "decision-choice-missing.rs"]
mod decision_choice_missing;
#[path = "decision-consequences-one-sided.rs"]
mod decision_consequences_one_sided;
#[path = "decision-date-before-superseded.rs"]
mod decision_date_before_superseded;
#[path = "decision-date-in-future.rs"]
mod decision_date_in_future;
#[path = "decision-date-invalid.rs"]
mod decision_date_invalid;
#[path = "decision-date-missing.rs"]
mod decision_date_missing;
#[path = "decision-deciders-missing.rs"]
mod decision_deciders_missing;
#[path = "decision-deleted.rs"]
mod decision_deleted;
#[path = "decision-file-name.rs"]
mod decision_file_name;
#[path = "decision-front-matter-invalid.rs"]
mod decision_front_matter_invalid;
#[path = "decision-link-broken.rs"]
mod decision_link_broken;
#[path = "decision-not-in-index.rs"]
mod decision_not_in_index;
#[path = "decision-number-duplicate.rs"]
mod decision_number_duplicate;
#[path = "decision-number-gap.rs"]
mod decision_number_gap;
#[path = "decision-number-mismatch.rs"]
mod decision_number_mismatch;
#[path = "decision-number-taken.rs"]
mod decision_number_taken;
#[path = "decision-option-unknown.rs"]
mod decision_option_unknown;
#[path = "decision-options-few.rs"]
mod decision_options_few;
#[path = "decision-placeholder.rs"]
mod decision_placeholder;
#[path = "decision-renamed.rs"]
mod decision_renamed;
#[path = "decision-review-due.rs"]
mod decision_review_due;
#[path = "decision-rewritten.rs"]
mod decision_rewritten;
#[path = "decision-section-empty.rs"]
mod decision_section_empty;
#[path = "decision-section-missing.rs"]
mod decision_section_missing;
#[path = "decision-sections-order.rs"]
mod decision_sections_order;
#[path = "decision-status-missing.rs"]
mod decision_status_missing;
#[path = "decision-status-refused.rs"]
mod decision_status_refused;
#[path = "decision-status-transition.rs"]
mod decision_status_transition;
#[path = "decision-status-twice.rs"]
mod decision_status_twice;
#[path = "decision-status-unknown.rs"]
mod decision_status_unknown;
#[path = "decision-successor-missing.rs"]
mod decision_successor_missing;
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
#[path = "decision-title-mismatch.rs"]
mod decision_title_mismatch;
#[path = "decision-title-missing.rs"]
mod decision_title_missing;
#[path = "decision-title-several.rs"]
mod decision_title_several;
#[path = "decision-without-rationale.rs"]
mod decision_without_rationale;
#[path = "facts-disagree.rs"]
mod facts_disagree;
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
#[path = "reason-about-other-system.rs"]
mod reason_about_other_system;
#[path = "reason-is-measurement.rs"]
mod reason_is_measurement;
#[path = "reason-placeholder.rs"]
mod reason_placeholder;
#[path = "reason-without-number.rs"]
mod reason_without_number;
#[path = "service-without-manifest.rs"]
mod service_without_manifest;
#[path = "waiver-unused.rs"]
mod waiver_unused;

pub use allowed::allowed_by;
pub use language_unknown::is_missing as lacks_language;
pub use memo::Memo;
pub use own::check as check_own;
pub use records::Records;
pub(crate) use records::{Named, series};
pub(crate) use succession::is_partial;
pub use support::{Reason, example, reason, standing_words};
pub use view::{Case, ChangedRecord, Context, LanguageCase, RecordCase};
pub use waiver_unused::is_own as is_own_waiver;

use crate::decision::Decision;
use crate::policy::{Level, Page, Weight};
use crate::report::{Finding, Severity, words};

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// One service, whenever it is touched.
    Service(fn(&Case<'_>) -> Vec<Finding>),
    /// One language of one service that is new, or newly written in it, or that a change leaves without a reason.
    Language(fn(&LanguageCase<'_>) -> Vec<Finding>),
    /// One decision that was touched, by itself: asked while it is read.
    Record(fn(&RecordCase<'_>) -> Vec<Finding>),
    /// One decision that a change touches, compared with what it was before.
    Changed(fn(&ChangedRecord<'_>) -> Vec<Finding>),
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
            Check::Language(_) => {
                "services that are new, newly written in a language, or whose reason for it a change takes away; with `--all` every service"
            }
            Check::Record(_) | Check::Changed(_) => {
                "decisions that a change adds or touches; with `--all` every decision"
            }
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
            None if self.strict && !strict && !page.asks_for(self.id) => None,
            None => Some(self.severity),
        }
    }
}

/// Every rule, in alphabetical order.
pub const RULES: &[&Rule] = &[
    &decision_choice_missing::RULE,
    &decision_consequences_one_sided::RULE,
    &decision_date_before_superseded::RULE,
    &decision_date_in_future::RULE,
    &decision_date_invalid::RULE,
    &decision_date_missing::RULE,
    &decision_deciders_missing::RULE,
    &decision_deleted::RULE,
    &decision_file_name::RULE,
    &decision_front_matter_invalid::RULE,
    &decision_link_broken::RULE,
    &decision_not_in_index::RULE,
    &decision_number_duplicate::RULE,
    &decision_number_gap::RULE,
    &decision_number_mismatch::RULE,
    &decision_number_taken::RULE,
    &decision_option_unknown::RULE,
    &decision_options_few::RULE,
    &decision_placeholder::RULE,
    &decision_renamed::RULE,
    &decision_review_due::RULE,
    &decision_rewritten::RULE,
    &decision_section_empty::RULE,
    &decision_section_missing::RULE,
    &decision_sections_order::RULE,
    &decision_status_missing::RULE,
    &decision_status_refused::RULE,
    &decision_status_transition::RULE,
    &decision_status_twice::RULE,
    &decision_status_unknown::RULE,
    &decision_successor_missing::RULE,
    &decision_superseded_by_rejected::RULE,
    &decision_superseded_still_accepted::RULE,
    &decision_supersession_cycle::RULE,
    &decision_supersession_one_sided::RULE,
    &decision_supersession_self::RULE,
    &decision_supersession_unknown::RULE,
    &decision_title_mismatch::RULE,
    &decision_title_missing::RULE,
    &decision_title_several::RULE,
    &decision_without_rationale::RULE,
    &reader::DUPLICATE_KEY,
    &facts_disagree::RULE,
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
    &reader::POLICY_LOOSENS,
    &reader::ORGANISATION_UNREAD,
    &reader::POLICY_REVIEW_DUE,
    &reason_about_other_system::RULE,
    &reason_is_measurement::RULE,
    &reason_placeholder::RULE,
    &reason_without_number::RULE,
    &service_without_manifest::RULE,
    &reader::SUPPRESSION_EXPIRED,
    &reader::SUPPRESSION_UNUSED,
    &reader::SUPPRESSION_WITHOUT_REASON,
    &reader::WAIVER_EXPIRED,
    &reader::WAIVER_INCOMPLETE,
    &waiver_unused::RULE,
];

/// Whether a rule that compares records with each other looks at the text of this one.
#[must_use]
pub fn looks_again(record: &Decision) -> bool {
    decision_successor_missing::is_left_open(record)
}

/// The rule of that id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id).copied()
}

/// What each rule weighs where no page says otherwise: what a page is compared with that builds on the organisation's.
#[must_use]
pub fn weights() -> Vec<Weight> {
    let level = |severity: Severity| match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Info => Level::Info,
    };
    let weight = |rule: &&'static Rule| Weight { rule: rule.id, level: level(rule.severity), strict: rule.strict };
    RULES.iter().map(weight).collect()
}

/// The ids of all rules.
#[must_use]
pub fn ids() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.id).collect()
}
