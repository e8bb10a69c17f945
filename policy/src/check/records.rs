//! Rules that look at one record: by itself, while it is read, and beside what it was before a change.

use super::weight::{asked, weigh};
use super::{Input, read};
use crate::decision::{Decision, Document};
use crate::policy::Page;
use crate::report::Finding;
use crate::rule::{ChangedRecord, Check, Context, RecordCase, Rule};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The rules that look at single records, for the files that are judged.
pub(super) struct OfRecords<'a> {
    page: &'a Page,
    today: Date,
    strict: bool,
    files: Option<&'a BTreeSet<String>>,
    rules: Vec<fn(&RecordCase<'_>) -> Vec<Finding>>,
}

impl<'a> OfRecords<'a> {
    pub fn new(input: &Input<'a>) -> Self {
        let (page, strict) = (input.page, input.strict);
        let of_records = |rule: &Rule| match rule.check {
            Check::Record(check) => Some(check),
            _ => None,
        };
        let rules = asked(page, strict).filter_map(of_records).collect();
        Self { page, today: input.today, strict, files: input.files, rules }
    }

    /// What they say of one.
    pub fn of(&self, document: &Document, text: &str) -> Vec<Finding> {
        let decision = document.decision.as_ref();
        if self.files.is_some_and(|files| !files.contains(decision.path.as_ref())) {
            return Vec::new();
        }
        let (page, today, strict) = (self.page, self.today, self.strict);
        let case = RecordCase { page, today, strict, decision, outline: &document.outline, text };
        weigh(page, strict, self.rules.iter().flat_map(|check| check(&case)).collect())
    }
}

/// What a change makes of a decision that was there before.
pub(super) fn changed_rules(context: &Context<'_>, base: &read::Before, decision: &Decision) -> Vec<Finding> {
    let Some(before) = context.before.and_then(|before| before.at(&decision.path)) else { return Vec::new() };
    let now = context.outlines.of(&decision.path);
    let Some((outline_before, outline)) = base.outlines.of(&decision.path).or(now).zip(now) else { return Vec::new() };
    let changed = ChangedRecord { before, outline_before, decision, outline };
    let found = asked(context.page, context.strict).flat_map(|rule| match rule.check {
        Check::Changed(check) => check(&changed),
        _ => Vec::new(),
    });
    weigh(context.page, context.strict, found.collect())
}
