//! What the comment, the check and the job's summary know besides the report.

use super::state::State;
use crate::report::{Severity, Standing};
use jiff::civil::Date;
use std::sync::Arc;

/// What is known about the pull request. The default is none of it: plain paths, no marker's past, no limits reached.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Which of several comments on one pull request this is: the page or the working directory. Empty where there is
    /// one.
    pub key: String,
    /// How files are linked; none: paths are plain.
    pub links: Option<Links>,
    /// The folder that the report's paths start from, `/` between folders; empty for the root of the repository.
    pub folder: String,
    /// What our comment said before: [`super::state()`] of its body. None where there is none.
    pub previous: Option<State>,
    /// What the pull request does to the page.
    pub page: PageNews,
    /// Waivers that the pull request adds to the page ([`super::added_waivers`]).
    pub added_waivers: Vec<AddedWaiver>,
    /// Whether the standing is written even where nothing is missing.
    pub always: bool,
    /// The least severity that fails the check; none: it never fails.
    pub fail_on: Option<Severity>,
    /// Whether somebody answers `/adrule recheck`.
    pub answers_commands: bool,
    /// Remarks of the caller, in its own words, without a full name of anybody: "The comment was hidden by a person and
    /// is left alone." The check and the job's summary say them, the comment does not.
    pub remarks: Vec<String>,
    /// Remarks of the report that say in short what [`Context::page`] says in full: they are not said twice.
    pub told: Vec<String>,
    /// The address of the check or the job, where everything is shown; used only if it lies on the forge.
    pub details: Option<String>,
    /// How much may be shown in the comment.
    pub limits: Limits,
}

/// Where files of the pull request are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// The forge: `https://github.com`.
    pub web: String,
    /// `owner/name` of the repository that the pull request is for; heads of forks are shown there, too.
    pub repository: String,
    /// The commit that was judged, in full.
    pub head: String,
    /// The commit that the page was read from, in full.
    pub base: String,
    /// The base branch.
    pub branch: String,
    /// Where the organisation's page was read from, where it was read on the forge.
    pub organisation: Option<OrganisationLink>,
}

/// The organisation's page on the forge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationLink {
    /// `owner/.github`.
    pub repository: String,
    /// The commit that it was read from, in full.
    pub commit: String,
    /// Its path in that repository.
    pub path: String,
}

/// How long a comment may be: GitHub counts both, and refuses what is longer. Less than 16,384 of either is not
/// possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// In UTF-16 units, of which a text never has fewer than characters.
    pub characters: usize,
    /// In bytes of UTF-8.
    pub bytes: usize,
    /// How many findings.
    pub findings: usize,
}

impl Limits {
    /// Limits that leave room for one finding at least.
    #[must_use]
    pub(super) fn bearable(self) -> Self {
        const SMALLEST: usize = 16_384;
        Self { characters: self.characters.max(SMALLEST), bytes: self.bytes.max(SMALLEST), ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { characters: 65_535, bytes: 262_144, findings: 50 }
    }
}

/// What a pull request does to the page.
#[derive(Clone, Debug, Default)]
pub enum PageNews {
    /// Nothing.
    #[default]
    Unchanged,
    /// It adds the first one: it is judged by it as a preview, which never fails.
    First,
    /// It mends one that cannot be used: it is judged by the new one as a preview, which never fails.
    Mended,
    /// It changes the page; it is judged by the old one.
    Changed(PageChange),
    /// It removes the page; it is judged by it all the same.
    Removed,
}

impl PageNews {
    /// Whether the page that judges is that of the pull request, and only tried out.
    #[must_use]
    pub fn is_preview(&self) -> bool {
        matches!(self, Self::First | Self::Mended)
    }
}

/// A change of page ([`super::page_change`]).
#[derive(Clone, Debug, Default)]
pub struct PageChange {
    /// What changed, a sentence for each change.
    pub words: Vec<String>,
    /// The services whose standing would be another one.
    pub moved: Vec<Moved>,
    /// How many services would stay as they are.
    pub stay: usize,
    /// What is wrong with the new page and was not with the old one.
    pub mistakes: Vec<Mistake>,
}

/// A mistake on a new page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Its weight.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The page.
    pub path: Arc<str>,
    /// The line, from 1.
    pub line: usize,
}

/// A service that a new page would move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its name.
    pub service: String,
    /// Its standing by the page in force.
    pub was: Standing,
    /// Its standing by the new page; none where that page does not look at it.
    pub is: Option<Standing>,
    /// The new standing in words.
    pub words: String,
}

/// A waiver that a pull request adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedWaiver {
    /// The rule that it is for.
    pub rule: String,
    /// The services that it is for, as written.
    pub scope: Vec<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Its last day.
    pub until: Option<Date>,
    /// The page.
    pub path: Arc<str>,
    /// Its line on the new page, from 1.
    pub line: usize,
    /// Subjects of open findings that it will excuse once it is in force.
    pub excuses: Vec<String>,
    /// What it lacks, so that it excuses nothing even when merged.
    pub lacks: Vec<String>,
}
