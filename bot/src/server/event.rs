//! What a delivery is about: as much of the payload as decides which subjects are due.

use super::store::{Mark, Subject};
use super::work::parse;
use serde::Deserialize;
use std::borrow::Cow;

/// The events that something can be due for. The App asks GitHub for these; others are ignored unread.
pub const EVENTS: &[&str] = &[
    "pull_request",
    "merge_group",
    "push",
    "check_run",
    "check_suite",
    "issue_comment",
    "installation",
    "installation_repositories",
];

/// A payload, as far as we read it. Everything may be missing, and what GitHub enumerates is text here: it adds to its
/// enumerations without asking.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Slim<'a> {
    #[serde(borrow)]
    pub action: Option<Cow<'a, str>>,
    pub installation: Option<Installation>,
    #[serde(borrow)]
    pub repository: Option<Repository<'a>>,
    pub pull_request: Option<Pull>,
    #[serde(borrow)]
    pub merge_group: Option<Group<'a>>,
    #[serde(borrow)]
    pub check_run: Option<Check<'a>>,
    #[serde(borrow)]
    pub check_suite: Option<Check<'a>>,
    pub issue: Option<Issue>,
    #[serde(borrow)]
    pub comment: Option<Comment<'a>>,
    /// Of an edited pull request.
    pub changes: Option<Changes>,
    /// Of a push.
    #[serde(borrow, rename = "ref")]
    pub reference: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub repositories_added: Vec<Repository<'a>>,
    #[serde(borrow)]
    pub repositories_removed: Vec<Repository<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Installation {
    pub id: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Repository<'a> {
    #[serde(borrow)]
    pub full_name: Cow<'a, str>,
    #[serde(borrow)]
    pub default_branch: Option<Cow<'a, str>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pull {
    pub number: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Group<'a> {
    #[serde(borrow)]
    pub head_sha: Cow<'a, str>,
    #[serde(borrow)]
    pub base_sha: Cow<'a, str>,
    #[serde(borrow)]
    pub base_ref: Cow<'a, str>,
}

/// A run of a check, or a suite of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Check<'a> {
    #[serde(borrow)]
    pub head_sha: Cow<'a, str>,
    /// Empty for pull requests of forks.
    pub pull_requests: Vec<Pull>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Issue {
    pub number: u64,
    /// There for pull requests.
    pub pull_request: Option<serde::de::IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Comment<'a> {
    pub id: u64,
    #[serde(borrow)]
    pub body: Option<Cow<'a, str>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Changes {
    /// There where the pull request is for another branch now.
    pub base: Option<serde::de::IgnoredAny>,
}

/// What is due because of a delivery. An event, an action or a payload that says nothing to us marks nothing.
pub fn marks(event: &str, slim: &Slim<'_>) -> Vec<Mark> {
    let Some(installation) = slim.installation.as_ref().map(|installation| installation.id) else { return Vec::new() };
    let mark = |subject| Mark { installation, subject, again: false };
    let again = |subject| Mark { installation, subject, again: true };
    let action = slim.action.as_deref().unwrap_or_default();
    // Created, deleted, suspended, given a permission: GitHub is asked what is so now.
    if event == "installation" {
        return vec![mark(Subject::Installation)];
    }
    if event == "installation_repositories" {
        let added = slim.repositories_added.iter().filter(|repository| !repository.full_name.is_empty());
        let added = added.map(|repository| mark(Subject::Repository { repository: repository.full_name.to_string() }));
        // One that was removed may still be seen where it is public: only the list of the installation tells.
        // And with the organisation's page, every repository may be judged otherwise.
        let is_home = |repository: &Repository<'_>| repository.full_name.ends_with("/.github");
        let is_all = !slim.repositories_removed.is_empty() || slim.repositories_added.iter().any(is_home);
        let all = is_all.then(|| mark(Subject::Installation));
        return added.chain(all).collect();
    }
    let Some(repository) = &slim.repository else { return Vec::new() };
    let name = repository.full_name.to_string();
    let pull = |number| Subject::Pull { repository: name.clone(), number };
    let check = |check: &Option<Check<'_>>| {
        let Some(check) = check else { return Vec::new() };
        let mut due: Vec<Mark> = check.pull_requests.iter().map(|each| again(pull(each.number))).collect();
        if due.is_empty() && !check.head_sha.is_empty() {
            due.push(again(Subject::Commit { repository: name.clone(), head: check.head_sha.to_string() }));
        }
        due
    };
    match (event, action) {
        ("pull_request", "edited") if slim.changes.as_ref().is_none_or(|changes| changes.base.is_none()) => Vec::new(),
        (
            "pull_request",
            "opened" | "synchronize" | "reopened" | "edited" | "ready_for_review" | "converted_to_draft" | "labeled"
            | "unlabeled" | "closed",
        ) => slim.pull_request.iter().map(|each| mark(pull(each.number))).collect(),
        ("merge_group", "checks_requested") => {
            slim.merge_group.iter().map(|group| mark(group.subject(&name))).collect()
        }
        // The page of the organisation lies there: every repository may be judged otherwise now.
        ("push", _) if slim.is_of_default_branch() && name.ends_with("/.github") => vec![mark(Subject::Installation)],
        ("push", _) if slim.is_of_default_branch() => vec![mark(Subject::Repository { repository: name })],
        ("push", _) => {
            slim.branch().map(|branch| mark(Subject::Branch { repository: name, branch })).into_iter().collect()
        }
        ("check_run", "rerequested") => check(&slim.check_run),
        ("check_suite", "rerequested") => check(&slim.check_suite),
        ("issue_comment", "created") => slim.command(&name).map(mark).into_iter().collect(),
        _ => Vec::new(),
    }
}

impl Slim<'_> {
    fn is_of_default_branch(&self) -> bool {
        let branch = self.repository.as_ref().and_then(|repository| repository.default_branch.as_deref());
        branch.is_some() && branch == self.branch().as_deref()
    }

    /// The branch that was pushed to; none where it was a tag. One that is nobody's base costs no question to GitHub.
    fn branch(&self) -> Option<String> {
        self.reference.as_deref().and_then(|name| name.strip_prefix("refs/heads/")).map(str::to_owned)
    }

    fn command(&self, repository: &str) -> Option<Subject> {
        let (issue, comment) = (self.issue.as_ref()?, self.comment.as_ref()?);
        issue.pull_request.as_ref()?;
        parse(comment.body.as_deref()?)?;
        Some(Subject::Command { repository: repository.to_owned(), number: issue.number, comment: comment.id })
    }
}

impl Group<'_> {
    fn subject(&self, repository: &str) -> Subject {
        Subject::Group {
            repository: repository.to_owned(),
            head: self.head_sha.to_string(),
            base: self.base_sha.to_string(),
            branch: self.base_ref.trim_start_matches("refs/heads/").to_owned(),
        }
    }
}
