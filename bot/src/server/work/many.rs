//! Passes over what is open: each pull request whose state differs from what was last said is marked as due.

use super::Job;
use super::fault::Fault;
use crate::github::Question;
use crate::server::store::{Mark, Subject};
use crate::verdict::Remote;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Marks at a time.
const AT_ONCE: usize = 500;

impl Job<'_> {
    /// The repositories of the installation are due; those that are its own no longer are forgotten.
    pub async fn all(&self) -> Result<(), Fault> {
        let repositories = self.client.repositories().await?;
        for known in self.store().repositories(self.installation).await? {
            if !repositories.contains(&known) {
                self.store().forget_repository(&known).await?;
            }
        }
        let due = repositories.into_iter().map(|repository| Subject::Repository { repository });
        self.due(due.map(|subject| self.mark(subject, false)).collect()).await
    }

    /// The open pull requests of a repository whose state differs are due.
    pub async fn repository(&self, repository: &str) -> Result<(), Fault> {
        let pulls = self.client.open_pulls(repository).await?;
        let mut said: BTreeMap<u64, String> = BTreeMap::new();
        for verdict in self.store().open_verdicts(repository).await? {
            said.insert(verdict.number, verdict.key);
        }
        let remote = self.remote(repository);
        let mut pages: BTreeMap<String, Option<String>> = BTreeMap::new();
        let mut due = Vec::new();
        for pull in &pulls {
            let branch = &pull.base.branch;
            if !pages.contains_key(branch) {
                pages.insert(branch.clone(), self.page(&remote, branch).await?);
            }
            let is_said = match (said.remove(&pull.number), pages.get(branch)) {
                (Some(key), Some(Some(page))) => {
                    key.strip_prefix(&self.page_key(pull, page)).is_some_and(|rest| rest.starts_with('.'))
                }
                _ => false,
            };
            if !is_said {
                due.push(pull.number);
            }
        }
        // What is left was closed without our hearing of it.
        due.extend(said.into_keys());
        tracing::info!(repository, open = pulls.len(), due = due.len(), "looked over the open pull requests");
        let pull = |number| self.mark(Subject::Pull { repository: repository.to_owned(), number }, false);
        self.due(due.into_iter().map(pull).collect()).await
    }

    /// The open pull requests for a branch are looked over, where there are any that we know of. Most branches are no
    /// pull request's base, and GitHub is not asked about them.
    pub async fn branch(&self, repository: &str, branch: &str) -> Result<(), Fault> {
        let known = self.store().open_verdicts(repository).await?;
        if known.iter().any(|verdict| verdict.base == branch) { self.repository(repository).await } else { Ok(()) }
    }

    /// The open pull requests with this head are judged again. GitHub does not say which ones they are where they come
    /// from forks.
    pub async fn commit(&self, repository: &str, head: &str) -> Result<(), Fault> {
        let pulls = self.client.pulls_at(repository, head).await?;
        let subjects =
            pulls.into_iter().map(|pull| Subject::Pull { repository: repository.to_owned(), number: pull.number });
        self.due(subjects.map(|subject| self.mark(subject, true)).collect()).await
    }

    /// What decides on a branch, as [`Remote::page_of`] tells it. None where the branch is not there.
    async fn page(&self, remote: &Remote<'_>, branch: &str) -> Result<Option<String>, Fault> {
        let repository = remote.repository;
        let Some(tip) = self.client.branch(repository, branch).await? else { return Ok(None) };
        let names = remote.names();
        let files: Vec<&str> = names.iter().map(String::as_str).collect();
        let question =
            Question { repository, head: &tip.id, base: Some(&tip.id), files: &files, ..Question::default() };
        let seen = self.client.glance(question).await?;
        Ok(match seen.base {
            Some(base) => Some(remote.page_of(&base).await?),
            None => None,
        })
    }

    async fn due(&self, marks: Vec<Mark>) -> Result<(), Fault> {
        for some in marks.chunks(AT_ONCE) {
            self.store().mark(some.to_vec(), Timestamp::now()).await?;
        }
        Ok(())
    }
}
