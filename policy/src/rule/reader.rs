//! Rules whose faults are found while a file is read: here are their weights and manual pages.

use super::{Check, Rule};
use crate::policy;
use crate::report::Severity;

const fn reader(id: &'static str, severity: Severity, page: &'static str) -> Rule {
    Rule { id, severity, strict: false, check: Check::Reader, page }
}

#[doc = include_str!("duplicate-key.md")]
pub const DUPLICATE_KEY: Rule = reader("duplicate-key", Severity::Warning, include_str!("duplicate-key.md"));
#[doc = include_str!("file-unreadable.md")]
pub const FILE_UNREADABLE: Rule = reader("file-unreadable", Severity::Error, include_str!("file-unreadable.md"));
#[doc = include_str!("manifest-invalid.md")]
pub const MANIFEST_INVALID: Rule = reader("manifest-invalid", Severity::Warning, include_str!("manifest-invalid.md"));
#[doc = include_str!("manifest-unreadable.md")]
pub const MANIFEST_UNREADABLE: Rule =
    reader("manifest-unreadable", Severity::Error, include_str!("manifest-unreadable.md"));
#[doc = include_str!("memory-in-millibytes.md")]
pub const MEMORY_IN_MILLIBYTES: Rule =
    reader("memory-in-millibytes", Severity::Warning, include_str!("memory-in-millibytes.md"));
#[doc = include_str!("policy-invalid.md")]
pub const POLICY_INVALID: Rule = reader("policy-invalid", Severity::Error, include_str!("policy-invalid.md"));
#[doc = include_str!("policy-loosens-organisation.md")]
pub const POLICY_LOOSENS: Rule =
    reader(policy::POLICY_LOOSENS, Severity::Error, include_str!("policy-loosens-organisation.md"));
#[doc = include_str!("policy-organisation-unread.md")]
pub const ORGANISATION_UNREAD: Rule =
    reader(policy::ORGANISATION_UNREAD, Severity::Error, include_str!("policy-organisation-unread.md"));
#[doc = include_str!("policy-review-due.md")]
pub const POLICY_REVIEW_DUE: Rule = reader("policy-review-due", Severity::Info, include_str!("policy-review-due.md"));
#[doc = include_str!("suppression-expired.md")]
pub const SUPPRESSION_EXPIRED: Rule =
    reader("suppression-expired", Severity::Warning, include_str!("suppression-expired.md"));
#[doc = include_str!("suppression-unused.md")]
pub const SUPPRESSION_UNUSED: Rule =
    reader("suppression-unused", Severity::Warning, include_str!("suppression-unused.md"));
#[doc = include_str!("suppression-without-reason.md")]
pub const SUPPRESSION_WITHOUT_REASON: Rule =
    reader("suppression-without-reason", Severity::Warning, include_str!("suppression-without-reason.md"));
#[doc = include_str!("waiver-expired.md")]
pub const WAIVER_EXPIRED: Rule = reader("waiver-expired", Severity::Warning, include_str!("waiver-expired.md"));
#[doc = include_str!("waiver-incomplete.md")]
pub const WAIVER_INCOMPLETE: Rule = reader("waiver-incomplete", Severity::Error, include_str!("waiver-incomplete.md"));
