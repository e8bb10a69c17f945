//! What happened, and what is to be judged because of it.

use crate::verdict::{Change, Compare};
use anyhow::{Context as _, Result};
use serde::Deserialize;

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// A change is judged.
    Change {
        change: Change,
        /// Whether the checkout may be read: never where it could be another's while we hold a token that may write.
        checkout: bool,
    },
    /// Everything is judged.
    Everything {
        /// The commit.
        commit: String,
    },
    /// The pull requests of a branch are judged, which may be of a fork.
    Pulls {
        /// Who owns the branch.
        owner: String,
        branch: String,
        head: String,
    },
    /// There is nothing to judge, and why.
    Nothing(String),
}

#[derive(Deserialize)]
struct Payload {
    action: Option<String>,
    pull_request: Option<Pull>,
    merge_group: Option<Group>,
    workflow_run: Option<Run>,
    before: Option<String>,
    after: Option<String>,
    #[serde(default)]
    deleted: bool,
    repository: Option<Repository>,
}

#[derive(Deserialize)]
struct Pull {
    number: u64,
    base: End,
    head: End,
}

#[derive(Deserialize)]
struct End {
    #[serde(rename = "ref")]
    branch: String,
    sha: String,
}

#[derive(Deserialize)]
struct Group {
    base_sha: String,
    head_sha: String,
    base_ref: String,
}

#[derive(Deserialize)]
struct Run {
    event: String,
    head_branch: Option<String>,
    head_sha: String,
    head_repository: Option<Repository>,
}

#[derive(Deserialize)]
struct Repository {
    default_branch: Option<String>,
    owner: Option<Owner>,
}

#[derive(Deserialize)]
struct Owner {
    login: String,
}

/// What follows from an event. `sha` and `branch` are the runner's.
pub fn task(event: &str, payload: &str, sha: &str, branch: &str) -> Result<Task> {
    let payload: Payload =
        serde_json::from_str(payload).with_context(|| format!("the payload of the event `{event}`"))?;
    match event {
        "pull_request" | "pull_request_target" => pull(event, payload, sha),
        "merge_group" => {
            let group = payload.merge_group.context("the event has no merge group")?;
            let change = Change {
                commit: group.head_sha.clone(),
                compare: Compare::Commit(group.base_sha),
                branch: bare(&group.base_ref).to_owned(),
                pull: None,
                head: group.head_sha,
            };
            Ok(Task::Change { change, checkout: true })
        }
        "push" => Ok(push(payload, branch)),
        "workflow_run" => run(payload),
        _ => Ok(Task::Everything { commit: sha.to_owned() }),
    }
}

fn pull(event: &str, payload: Payload, sha: &str) -> Result<Task> {
    let pull = payload.pull_request.context("the event has no pull request")?;
    if payload.action.as_deref() == Some("closed") {
        return Ok(Task::Nothing(format!("pull request {} is closed", pull.number)));
    }
    // The commit of the run is GitHub's trial merge, except for `pull_request_target`, where it is the base.
    let is_trial = event == "pull_request" && sha != pull.head.sha;
    let change = Change {
        commit: if is_trial { sha.to_owned() } else { pull.head.sha.clone() },
        compare: if is_trial { Compare::FirstParent } else { Compare::Branch(pull.base.branch.clone()) },
        branch: pull.base.branch,
        pull: Some(pull.number),
        head: pull.head.sha,
    };
    Ok(Task::Change { change, checkout: event == "pull_request" })
}

fn push(payload: Payload, branch: &str) -> Task {
    let is_commit = |id: &String| id.bytes().any(|byte| byte != b'0');
    let Some(after) = payload.after.filter(is_commit).filter(|_| !payload.deleted) else {
        return Task::Nothing("a branch was deleted".to_owned());
    };
    let default = payload.repository.and_then(|repository| repository.default_branch);
    let compare = match (payload.before.filter(is_commit), default) {
        (Some(before), _) => Compare::Commit(before),
        // A new branch has only what it left the default branch with.
        (None, Some(default)) => Compare::Branch(default),
        (None, None) => return Task::Everything { commit: after },
    };
    let branch = branch.to_owned();
    let change = Change { head: after.clone(), commit: after, compare, branch, pull: None };
    Task::Change { change, checkout: true }
}

fn run(payload: Payload) -> Result<Task> {
    let run = payload.workflow_run.context("the event has no run")?;
    if !matches!(run.event.as_str(), "pull_request" | "pull_request_target") {
        return Ok(Task::Nothing(format!("the run was not for a pull request but for `{}`", run.event.escape_debug())));
    }
    let owner = run.head_repository.and_then(|repository| repository.owner).map(|owner| owner.login);
    match (owner, run.head_branch) {
        (Some(owner), Some(branch)) => Ok(Task::Pulls { owner, branch, head: run.head_sha }),
        _ => Ok(Task::Nothing("the branch of the run is gone".to_owned())),
    }
}

/// `refs/heads/main` is "main" to people.
fn bare(branch: &str) -> &str {
    branch.strip_prefix("refs/heads/").unwrap_or(branch)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PULL: &str = r#"{"action":"synchronize","pull_request":{"number":7,"base":{"ref":"main","sha":"b"},"head":{"ref":"x","sha":"h"}}}"#;

    fn change(commit: &str, compare: Compare, pull: Option<u64>, head: &str, checkout: bool) -> Task {
        let (commit, head) = (commit.to_owned(), head.to_owned());
        Task::Change { change: Change { commit, compare, branch: "main".to_owned(), pull, head }, checkout }
    }

    #[test]
    fn a_pull_request_is_the_trial_merge_against_its_first_parent() {
        let found = task("pull_request", PULL, "m", "7/merge").unwrap();
        assert_eq!(found, change("m", Compare::FirstParent, Some(7), "h", true));
        let found = task("pull_request", PULL, "h", "7/merge").unwrap();
        assert_eq!(found, change("h", Compare::Branch("main".into()), Some(7), "h", true));
        let closed = PULL.replace("synchronize", "closed");
        assert_eq!(task("pull_request", &closed, "m", "").unwrap(), Task::Nothing("pull request 7 is closed".into()));
    }

    #[test]
    fn with_a_token_that_may_write_the_checkout_is_not_read() {
        let found = task("pull_request_target", PULL, "b", "main").unwrap();
        assert_eq!(found, change("h", Compare::Branch("main".into()), Some(7), "h", false));
    }

    #[test]
    fn a_merge_group_is_judged_from_its_base() {
        let group = r#"{"merge_group":{"base_sha":"b","head_sha":"h","base_ref":"refs/heads/main"}}"#;
        let found = task("merge_group", group, "h", "gh-readonly-queue/main/pr-7").unwrap();
        assert_eq!(found, change("h", Compare::Commit("b".into()), None, "h", true));
    }

    #[test]
    fn a_push() {
        let push = |before: &str, after: &str| {
            let repository = r#"{"default_branch":"main"}"#;
            let text = format!(r#"{{"before":"{before}","after":"{after}","repository":{repository}}}"#);
            task("push", &text, after, "main").unwrap()
        };
        assert_eq!(push("b", "a"), change("a", Compare::Commit("b".into()), None, "a", true));
        assert_eq!(push("000", "a"), change("a", Compare::Branch("main".into()), None, "a", true));
        assert_eq!(push("b", "000"), Task::Nothing("a branch was deleted".into()));
    }

    #[test]
    fn the_half_that_may_write_finds_the_pull_request_by_its_branch() {
        let run = r#"{"workflow_run":{"event":"pull_request","head_branch":"x","head_sha":"h",
            "head_repository":{"owner":{"login":"somebody"}}}}"#;
        let found = task("workflow_run", run, "b", "main").unwrap();
        assert_eq!(found, Task::Pulls { owner: "somebody".into(), branch: "x".into(), head: "h".into() });
        let other = run.replace("\"pull_request\"", "\"push\"");
        assert!(matches!(task("workflow_run", &other, "b", "main").unwrap(), Task::Nothing(_)));
    }

    #[test]
    fn whatever_else_happens_everything_is_judged() {
        for event in ["schedule", "workflow_dispatch", "something_new"] {
            assert_eq!(task(event, "{}", "s", "main").unwrap(), Task::Everything { commit: "s".into() });
        }
    }
}
