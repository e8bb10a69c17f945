//! Carrying out a command: once, however often it is told.

use super::Job;
use super::command::{self, Command};
use super::fault::Fault;
use crate::github::{Client, Discussion, Pull, Question, Wanted, upsert};
use crate::server::store::Subject;
use crate::verdict::{Change, Compare};
use adrule_policy::report::render::comment::is_same;
use jiff::{SignedDuration, Timestamp};

/// Commands of one person below one pull request in an hour; further ones are left alone.
const MOST: u64 = 10;
/// Of everybody together.
const MOST_OF_ALL: u64 = 60;

impl Job<'_> {
    /// Carries out the command in a comment.
    pub async fn command(&self, repository: &str, number: u64, comment: u64) -> Result<(), Fault> {
        if self.store().command_is_done(comment).await? {
            return Ok(());
        }
        let Some(remark) = self.client.remark(repository, comment).await? else { return Ok(()) };
        let Some(asker) = remark.user.filter(|user| user.kind != "Bot" && !user.login.ends_with("[bot]")) else {
            return Ok(());
        };
        let Some(command) = remark.body.as_deref().and_then(command::parse) else { return Ok(()) };
        let pull = self.client.pull(repository, number).await?;
        let Some(pull) = pull.filter(|pull| pull.state == "open") else { return Ok(()) };
        let now = Timestamp::now();
        let since = now.checked_sub(SignedDuration::from_hours(1)).unwrap_or(Timestamp::MIN);
        let (own, all) = self.store().commands_since(repository, number, &asker.login, since).await?;
        if own >= MOST || all >= MOST_OF_ALL {
            tracing::info!(repository, number, comment, "too many commands within the hour; this one is left alone");
            return Ok(());
        }
        self.carry_out(repository, &pull, (comment, command)).await?;
        self.store().command_done(repository, number, comment, &asker.login, now).await?;
        Ok(())
    }

    async fn carry_out(&self, repository: &str, pull: &Pull, (comment, command): (u64, Command)) -> Result<(), Fault> {
        let answer = match command {
            Command::Recheck => {
                self.client.nod(repository, comment).await?;
                let subject = Subject::Pull { repository: repository.to_owned(), number: pull.number };
                self.store().mark(vec![self.mark(subject, true)], Timestamp::now()).await?;
                return Ok(());
            }
            Command::Explain(rule) => command::explained(&rule),
            Command::Facts => self.facts(repository, pull).await?,
            Command::Unknown(word) => command::not_understood(&word),
        };
        answered(&self.client, repository, pull, (comment, &answer)).await
    }

    async fn facts(&self, repository: &str, pull: &Pull) -> Result<String, Fault> {
        let change = Change {
            commit: pull.head.sha.clone(),
            compare: Compare::Branch(pull.base.branch.clone()),
            branch: pull.base.branch.clone(),
            pull: None,
            head: pull.head.sha.clone(),
        };
        let done = self.remote(repository).change(&change).await?;
        Ok(match &done.judged {
            Some(judged) => command::facts(&judged.report, &pull.head.sha),
            None => "The page on the base branch cannot be used, so nothing was read.\n".to_owned(),
        })
    }
}

/// Writes an answer, once: it is found again by its marker.
async fn answered(client: &Client, repository: &str, pull: &Pull, (comment, answer): (u64, &str)) -> Result<(), Fault> {
    let question = Question { repository, head: &pull.head.sha, pull: Some(pull.number), ..Question::default() };
    let seen = client.glance(question).await?.discussion.unwrap_or_default();
    // That another comment of ours was deleted says nothing about this one.
    let seen = Discussion { ours_was_deleted: false, ..seen };
    let marker = command::marker(comment);
    let body = format!("{marker}\n{answer}");
    let has_marker = |body: &str| body.starts_with(&marker);
    let wanted = Wanted { repository, pull: pull.number, has_marker: &has_marker, body: Some(&body), is_same };
    upsert(client, wanted, &seen).await?;
    Ok(())
}
