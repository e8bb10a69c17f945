//! The rows, whatever database they lie in.

use jiff::Timestamp;
use jiff::civil::Date;

/// What is brought to its wanted state as one: the unit of coalescing. One worker at a time holds a subject.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A pull request: newest head, current base, current page.
    Pull {
        /// `owner/name`.
        repository: String,
        number: u64,
    },
    /// A group of GitHub's merge queue.
    Group {
        /// `owner/name`.
        repository: String,
        /// The commit that is judged.
        head: String,
        /// The commit that it is compared with.
        base: String,
        /// The branch that it is for.
        branch: String,
    },
    /// The open pull requests of a repository: each is marked as due where its state differs.
    Repository {
        /// `owner/name`.
        repository: String,
    },
    /// The open pull requests for a branch, which changed.
    Branch {
        /// `owner/name`.
        repository: String,
        branch: String,
    },
    /// The open pull requests whose head is this commit: somebody asked for its checks again.
    Commit {
        /// `owner/name`.
        repository: String,
        head: String,
    },
    /// The repositories of an installation: each is marked as due.
    Installation,
    /// A command that somebody wrote below a pull request.
    Command {
        /// `owner/name`.
        repository: String,
        number: u64,
        /// The comment with the command.
        comment: u64,
    },
}

/// A subject that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub installation: u64,
    pub subject: Subject,
    /// Whether it is judged again even where head, base and page are the same as last time: a person asked for it.
    pub again: bool,
}

/// What is kept of a delivery: never its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// `X-GitHub-Delivery`.
    pub id: String,
    pub event: String,
    /// The action, as GitHub spells it; new ones are no fault.
    pub action: Option<String>,
    pub received: Timestamp,
    /// What is due because of it; may be nothing.
    pub marks: Vec<Mark>,
}

/// Whether a delivery was new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    New,
    /// It was here before; nothing was marked.
    Known,
}

/// A job that a worker holds until `until`. Every write about it names its `fence`, so that a worker whose lease has
/// ended changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The job's row.
    pub job: i64,
    pub mark: Mark,
    /// Grows with every lease of the job.
    pub fence: i64,
    /// Which marks the worker saw: a mark that came later keeps the job due after it is done.
    pub generation: i64,
    /// How often it was tried before, since it last went well.
    pub attempts: u32,
    pub until: Timestamp,
    /// The first mark since it last went well.
    pub due_since: Timestamp,
    /// The delivery that marked it last, for the log.
    pub delivery: Option<String>,
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The subject is as it should be.
    Done,
    /// Something passing: tried again then, and counted.
    Retry { at: Timestamp, why: String },
    /// GitHub asked to wait, for the whole installation: not counted as a try.
    Limited { until: Timestamp },
    /// It will not get better by itself: kept, shown, and left alone until somebody asks.
    Parked { why: String },
}

/// A job that was parked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    pub job: i64,
    pub mark: Mark,
    pub why: String,
    pub since: Timestamp,
    pub attempts: u32,
}

/// What was last said about a pull request. What the pass over open pull requests compares with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub installation: u64,
    /// `owner/name`.
    pub repository: String,
    pub number: u64,
    pub title: String,
    pub head: String,
    pub base: String,
    /// The commit that the page was read from.
    pub page: String,
    /// Of the program, the page and the head: what is the same need not be judged again.
    pub key: String,
    pub conclusion: String,
    /// Findings that count, by rule.
    pub findings: Vec<(String, u32)>,
    /// The numbered decisions that the pull request adds, by path.
    pub decisions: Vec<String>,
    pub is_open: bool,
    pub judged: Timestamp,
}

/// A waiver as it stood on a page when it was last read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverSeen {
    /// `owner/name`.
    pub repository: String,
    pub rule: String,
    pub scope: String,
    pub owner: String,
    pub reason: String,
    pub expires: Option<Date>,
}

/// How full the queue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    pub due: u64,
    pub waiting: u64,
    pub held: u64,
    pub parked: u64,
    /// Since when the oldest job that could run is due.
    pub oldest: Option<Timestamp>,
}
