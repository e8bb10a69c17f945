//! What a job says where it could not, or did not, write on GitHub.

use super::Online;
use crate::github::{CheckRun, Done, Error, Status};

/// What there is to be said about what became of the comment.
pub fn comment(done: Result<Done, Error>) -> Option<String> {
    match done {
        Ok(Done::Hidden) => Some("The comment was hidden by somebody, and is left hidden.".to_owned()),
        Ok(Done::Deleted) => Some("The comment was deleted by somebody, so no other is written.".to_owned()),
        Ok(Done::Nothing | Done::Created | Done::Updated | Done::Unchanged) => None,
        Err(error) => Some(not_written("The comment", "pull-requests: write", &error)),
    }
}

/// The verdict on the head of a pull request: a check run where that may be written, else a status.
pub fn verdict(online: &Online, repository: &str, run: &CheckRun, is_success: bool) -> Option<String> {
    let work = async {
        match online.client.check(repository, run).await {
            Err(error) if error.is_denied() => {
                let status = Status { head: &run.head, name: &run.name, is_success, words: &run.title };
                online.client.status(repository, status).await
            }
            other => other,
        }
    };
    online.run(work).err().map(|error| not_written("The check", "checks: write", &error))
}

fn not_written(what: &str, permission: &str, error: &Error) -> String {
    if error.is_denied() {
        return format!(
            "{what} was not written: the token may not ({}). That is so for pull requests of forks; docs/github.md shows \
             how a second workflow writes it. Else the job needs `permissions: {permission}`.",
            error.status().map_or_else(String::new, |status| status.to_string())
        );
    }
    format!("{what} was not written: {error}")
}
