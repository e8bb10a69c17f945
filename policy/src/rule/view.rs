//! What rules look at: everything that was read, and the case that each is asked about.

use super::{Memo, Records};
use crate::check::Elsewhere;
use crate::decision::{Decision, Outlines};
use crate::estate::Member;
use crate::fact::Fact;
use crate::policy::{LanguageRule, Page, Waiver, waiver_matches, waiver_matches_record};
use crate::report::{LanguageReading, words};
use crate::text::LineIndex;
use crate::text::outline::Outline;
use crate::tree::Tree;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Everything that was read.
pub struct Context<'a> {
    /// The page.
    pub page: &'a Page,
    /// The day.
    pub today: Date,
    /// The tree that is judged.
    pub tree: &'a Tree,
    /// Its services.
    pub members: &'a [Member],
    /// Its decisions.
    pub decisions: &'a [Arc<Decision>],
    /// How the texts of those are built that are about a service, or that [`super::looks_again`] names.
    pub outlines: &'a Outlines,
    /// Its records, to be found by path and number.
    pub records: &'a Records<'a>,
    /// The records of the tree that it is compared with.
    pub before: Option<&'a Records<'a>>,
    /// The files that are judged; none: all of them.
    pub files: Option<&'a BTreeSet<String>>,
    /// The numbered records that other open pull requests add.
    pub elsewhere: &'a [Elsewhere],
    /// Whether every rule is asked for.
    pub strict: bool,
    /// What was found out about decisions so far.
    pub memo: Memo,
}

impl Context<'_> {
    /// How the text of a decision is built, where that was kept, and the text.
    #[must_use]
    pub fn written(&self, decision: &Decision) -> Option<(&Outline, &Arc<str>)> {
        self.outlines.of(&decision.path).map(AsRef::as_ref).zip(self.tree.text(&decision.path))
    }

    /// A decision whose outline was kept, to be judged by itself.
    #[must_use]
    pub fn record<'r>(&'r self, decision: &'r Decision) -> Option<RecordCase<'r>> {
        let (outline, text) = self.written(decision)?;
        Some(RecordCase { page: self.page, today: self.today, strict: self.strict, decision, outline, text })
    }

    /// Whether a file is judged.
    #[must_use]
    pub fn is_touched(&self, path: &str) -> bool {
        self.files.is_none_or(|files| files.contains(path))
    }

    /// Whether a change adds this file: the base lacks it, or it was named to be judged as new.
    #[must_use]
    pub fn is_added(&self, path: &str) -> bool {
        match self.before {
            Some(before) => self.is_touched(path) && before.at(path).is_none(),
            None => self.files.is_some_and(|files| files.contains(path)),
        }
    }

    /// Whether a rule also judges what is only untidy in old records: in what a change touches, where the page gives
    /// the rule a weight, and in a strict run.
    #[must_use]
    pub fn is_thorough(&self, rule: &str) -> bool {
        self.files.is_some() || self.strict || self.page.severity(rule).is_some()
    }

    /// Whether a service or a record is there that a waiver from `rule` names.
    #[must_use]
    pub fn has_scope(&self, waiver: &Waiver, rule: &str) -> bool {
        self.members.iter().any(|member| waiver_matches(waiver, rule, &member.name, &member.folder))
            || self.decisions.iter().any(|record| waiver_matches_record(waiver, rule, &record.path, record.number))
    }

    /// `docs/adr/0012.md:31`.
    #[must_use]
    pub fn line(&self, path: &str, offset: usize) -> String {
        match self.tree.text(path) {
            Some(text) => format!("{path}:{}", LineIndex::new(text).position(offset).line),
            None => path.to_owned(),
        }
    }

    /// "failure impact: medium (docs/adr/0012.md:31)".
    #[must_use]
    pub fn reading(&self, fact: &Fact) -> String {
        let place = self.line(&fact.place.path, fact.place.span.start);
        format!("{}: {} ({place})", words::fact_name(&fact.kind), words::fact_value(fact))
    }
}

/// A decision to be judged by itself: by what its file and the page say.
pub struct RecordCase<'a> {
    /// The page.
    pub page: &'a Page,
    /// The day.
    pub today: Date,
    /// Whether every rule is asked for.
    pub strict: bool,
    /// The decision.
    pub decision: &'a Decision,
    /// How its text is built.
    pub outline: &'a Outline,
    /// Its text.
    pub text: &'a str,
}

/// A decision that was there before, and what a change makes of it.
pub struct ChangedRecord<'a> {
    /// The decision before the change.
    pub before: &'a Decision,
    /// How its text was built.
    pub outline_before: &'a Outline,
    /// The decision after it.
    pub decision: &'a Decision,
    /// How its text is built.
    pub outline: &'a Outline,
}

/// A service to be judged.
pub struct Case<'a> {
    /// Everything that was read.
    pub context: &'a Context<'a>,
    /// The service.
    pub member: &'a Member,
    /// Whether it is new in this change (or everything is judged as if it were).
    pub new: bool,
    /// Whether a base was there to compare with.
    pub compared: bool,
    /// The service as it was before the change, if it was there.
    pub before: Option<&'a Member>,
}

/// A language of a service, to be judged.
pub struct LanguageCase<'a> {
    /// The service.
    pub case: &'a Case<'a>,
    /// The language, and how it is known.
    pub language: &'a LanguageReading,
    /// What the page says of it; none where the page does not name it.
    pub rule: Option<&'a LanguageRule>,
}
