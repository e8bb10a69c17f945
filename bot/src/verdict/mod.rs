//! A verdict on what lies on GitHub, and what is told there about it: the same for a job of GitHub Actions and for the
//! App. Nothing here knows which of them asks.

mod ahead;
mod comment;
mod context;
mod organisation;
mod remote;
mod run;
mod suggest;

pub use comment::comment;
pub use context::{At, Moves, Voice, context, pages, unusable};
pub use organisation::{Asker, Known};
pub use remote::{Done, Looked, Remote};
pub use run::check_run;
pub use suggest::{Suggested, suggest};

use adrule_policy::check::Readings;
use adrule_policy::policy::Organisation;
use jiff::civil::Date;
use std::sync::Arc;

/// How it is judged, whatever the files come from.
pub struct Settings {
    /// Where the page is, from the folder; none: in one of the usual places.
    pub policy: Option<String>,
    /// From the root of the repository; empty: all of it.
    pub folder: String,
    pub strict: bool,
    pub today: Date,
    /// The organisation's page, where it is given; else it is looked for where a page builds on it.
    pub organisation: Option<Organisation>,
    /// Who asks.
    pub asker: Asker,
    /// Decisions that were read before; none: this judges once, and reads them with several threads.
    pub readings: Option<Arc<dyn Readings>>,
}

impl Settings {
    /// The threads that read, and what was read before.
    pub fn reading(&self) -> (usize, Option<&dyn Readings>) {
        match &self.readings {
            // Others are judged at the same time, and hardly anything is left to be read.
            Some(readings) => (1, Some(readings.as_ref())),
            None => (2, None),
        }
    }

    /// Tells what several checks of one repository say apart; empty for one of all of it.
    pub fn key(&self) -> String {
        match &self.policy {
            Some(policy) => format!("{}:{policy}", self.folder),
            None => self.folder.clone(),
        }
    }
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The commit that is judged.
    pub commit: String,
    /// What it is compared with.
    pub compare: Compare,
    /// The branch that it is for, in words.
    pub branch: String,
    /// The pull request.
    pub pull: Option<u64>,
    /// The commit that people know: the head of the pull request.
    pub head: String,
}

/// What a change is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compare {
    /// The first parent: what GitHub merged the pull request into, to try.
    FirstParent,
    /// A commit.
    Commit(String),
    /// Where the change left this branch.
    Branch(String),
}

/// "main (a1b2c3d)".
pub fn words(branch: &str, commit: &str) -> String {
    format!("{branch} ({})", commit.get(..7).unwrap_or(commit))
}
