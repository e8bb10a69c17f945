//! What was found, and how it is said.

mod baseline;
mod finding;
mod fingerprint;
mod mend;
pub mod render;
mod suppression;
pub mod words;

pub use baseline::{BASELINE_PATH, Baseline, BaselineError, BaselineUse, Entry};
pub use finding::{Finding, Fix, Labelled, Severity, Suppressed, Waived};
pub(crate) use fingerprint::fingerprint_of;
pub use fingerprint::{fingerprint, fingerprints};
pub use mend::{Change, Mended, mend, mendable};
pub use suppression::{Suppression, Until, suppressions};

use crate::fact::Fact;
use crate::text::{Place, Source};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that a check says.
#[derive(Clone, Debug)]
pub struct Report {
    /// The day that it speaks of.
    pub as_of: Date,
    /// What it was judged by.
    pub judged_by: JudgedBy,
    /// What was judged.
    pub scope: Scope,
    /// Findings: by file and place, waived ones among them.
    pub findings: Vec<Finding>,
    /// The standing of each service that was judged.
    pub services: Vec<ServiceReport>,
    /// How many decisions were looked at.
    pub decisions: usize,
    /// What the baseline did; none where there is none.
    pub baseline: Option<BaselineUse>,
    /// What could not be read or was left out, and why.
    pub unread: Vec<Unread>,
    /// Remarks on the run itself: "No adrule.yaml here: …".
    pub remarks: Vec<String>,
    /// The texts that findings point into.
    pub sources: Sources,
}

/// What was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// What differs from the base.
    Change,
    /// Everything.
    All,
    /// The paths that were named.
    Paths,
}

/// The page that a report was judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedBy {
    /// Path of the page; none for the built-in default page.
    pub path: Option<Arc<str>>,
    /// The revision it was read from, in words: "main (a1b2c3d)". None for the working tree.
    pub revision: Option<String>,
    /// Whether the organisation's page holds, too.
    pub organisation: bool,
}

/// A file that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The file.
    pub path: Arc<str>,
    /// Why, in words.
    pub reason: String,
}

/// Whether a service may be what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Something is missing.
    Gap,
    /// It left the default with a reason that the page accepts.
    Reason,
    /// A waiver excuses what is missing.
    Waived,
    /// Nothing was to be shown.
    Default,
}

/// A language of a service, and how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageReading {
    /// The standard name.
    pub name: Arc<str>,
    /// Whether a manifest states it; else a build file shows it.
    pub stated: bool,
    /// The statement, or the build file.
    pub place: Place,
}

/// A service's line in the report.
#[derive(Clone, Debug)]
pub struct ServiceReport {
    /// Its name.
    pub name: String,
    /// Its manifest, or its folder where it has none.
    pub path: Arc<str>,
    /// What it is written in.
    pub languages: Vec<LanguageReading>,
    /// Its standing.
    pub standing: Standing,
    /// The standing in words: what was accepted and where, or what is missing.
    pub words: String,
    /// The reason that the page accepts, where [`Standing::Reason`] is the standing.
    pub accepted: Option<Fact>,
    /// Whether it was there before this change, so that it is asked for reasons only where its language is new or the
    /// change takes its reason away.
    pub known_before: bool,
    /// Everything that was read about it.
    pub facts: Vec<Fact>,
}

/// How many findings are excused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excused {
    /// By a waiver on the page.
    pub waived: usize,
    /// By a comment in their file.
    pub suppressed: usize,
    /// By the baseline.
    pub baselined: usize,
}

/// The texts of files, by path.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<Arc<str>, Arc<str>>);

impl Sources {
    /// Adds a text; the first one given for a path stays.
    pub fn add(&mut self, path: &Arc<str>, text: &Arc<str>) {
        self.0.entry(Arc::clone(path)).or_insert_with(|| Arc::clone(text));
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(AsRef::as_ref)
    }

    /// The file as a source.
    #[must_use]
    pub fn source(&self, path: &str) -> Option<Source> {
        self.0.get_key_value(path).map(|(path, text)| Source::new(Arc::clone(path), Arc::clone(text)))
    }
}

impl Report {
    /// Findings that nothing excuses.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_open())
    }

    /// How many findings are excused, and by what.
    #[must_use]
    pub fn excused(&self) -> Excused {
        let count = |by: fn(&Finding) -> bool| self.findings.iter().filter(|finding| by(finding)).count();
        Excused {
            waived: count(|finding| finding.waived.is_some()),
            suppressed: count(|finding| finding.suppressed.is_some()),
            baselined: count(|finding| finding.baselined),
        }
    }

    /// How many open findings there are of a severity; what only explains another one is not counted beside it.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.own().filter(|finding| finding.severity == severity).count()
    }

    /// Open findings that stand for themselves: what explains another one is read with it ([`Report::parts`]).
    pub fn own(&self) -> impl Iterator<Item = &Finding> {
        self.open().filter(|finding| finding.explains.is_none())
    }

    /// The open findings that explain this one. Beside a snippet, only those that offer something say more than its
    /// own places do ([`Finding::offers`]).
    pub fn parts<'r>(&'r self, of: &'r Finding) -> impl Iterator<Item = &'r Finding> {
        self.open().filter(|finding| finding.is_part_of(of))
    }

    /// The gravest severity among the open findings.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.open().map(|finding| finding.severity).max()
    }
}
