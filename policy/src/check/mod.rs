//! The check: a pure function over files in memory.

mod elsewhere;
mod facts;
mod given;
mod judge;
mod lost;
mod read;
mod records;
mod standing;
mod suppress;
mod weight;

pub use elsewhere::{Elsewhere, claim, claims_same, numbered};
pub use facts::{FactsReport, facts};
pub use given::judge_given;
pub use read::{Files, Readings, read};

use crate::plan::{Ask, Besides};
use crate::policy::Page;
use crate::report::{Baseline, Finding, JudgedBy, Report, Scope};
use crate::tree::Tree;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Everything that a check needs.
pub struct Input<'a> {
    /// The tree that is judged.
    pub head: &'a Tree,
    /// The tree that it is compared with; none: everything is judged as if it were new.
    pub base: Option<&'a Tree>,
    /// The files that are judged; none: all of them.
    pub files: Option<&'a BTreeSet<String>>,
    /// Whether every rule is asked for, those that are off by default included.
    pub strict: bool,
    /// The page.
    pub page: &'a Page,
    /// The page's file and text, to show places on it.
    pub page_text: Option<(Arc<str>, Arc<str>)>,
    /// The text of the organisation's page, where the page builds on it.
    pub organisation_text: Option<Arc<str>>,
    /// What is wrong with the page itself.
    pub page_findings: Vec<Finding>,
    /// What the page was read from.
    pub judged_by: JudgedBy,
    /// What is judged, for the words of the report.
    pub scope: Scope,
    /// The findings that are excused since they were there before adrule.
    pub baseline: Option<&'a Baseline>,
    /// The numbered records that other open pull requests add. Whoever does not know them leaves it empty.
    pub elsewhere: &'a [Elsewhere],
    /// The day.
    pub today: Date,
    /// Remarks on the run itself.
    pub remarks: Vec<String>,
    /// How many threads may parse.
    pub threads: usize,
    /// Decisions that were read before; none: each is read now. It changes what a check costs, and nothing else.
    pub readings: Option<&'a dyn Readings>,
    /// Whether the program ends soon: what was read is then left for the system to take back at once, and not piece by
    /// piece.
    pub ends: bool,
}

impl<'a> Input<'a> {
    /// A check of a whole tree by a page.
    #[must_use]
    pub fn all(head: &'a Tree, page: &'a Page, today: Date) -> Self {
        Self {
            head,
            base: None,
            files: None,
            strict: false,
            page,
            page_text: None,
            page_findings: Vec::new(),
            judged_by: JudgedBy { path: None, revision: None, organisation: false },
            organisation_text: None,
            scope: Scope::All,
            baseline: None,
            elsewhere: &[],
            today,
            remarks: Vec::new(),
            threads: 1,
            readings: None,
            ends: false,
        }
    }
}

/// Judges a tree.
#[must_use]
pub fn check(input: Input<'_>) -> Report {
    let besides = match (input.base, input.files) {
        (Some(base), Some(files)) => Besides::of_trees(input.head, base, files, input.page),
        _ => Besides::Nothing,
    };
    let ask = input.files.map_or(Ask::All, |files| Ask::Change(files, &besides));
    let keeps = input.base.is_some();
    let how = read::How { page: input.page, threads: input.threads, readings: input.readings, keeps };
    let mut head = read::head(input.head, ask, how, Some(&records::OfRecords::new(&input)));
    let of_records = std::mem::take(&mut head.of_records);
    let base = input.base.map(|base| read::before(base, &input, ask, &head, how));
    let ends = input.ends;
    let report = judge::report(input, &head, base.as_ref(), of_records);
    if ends {
        std::mem::forget((head, base));
    }
    report
}
