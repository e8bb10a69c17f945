//! Subjects and times, as they lie in columns.

use super::{Error, Subject};
use jiff::Timestamp;

/// As one text: `pull a-team/services 7`. Names of branches stand last; no name has a space in it.
pub fn text(subject: &Subject) -> String {
    match subject {
        Subject::Pull { repository, number } => format!("pull {repository} {number}"),
        Subject::Group { repository, head, base, branch } => format!("group {repository} {head} {base} {branch}"),
        Subject::Repository { repository } => format!("repository {repository}"),
        Subject::Installation => "installation".to_owned(),
        Subject::Command { repository, number, comment } => format!("command {repository} {number} {comment}"),
    }
}

/// The repository that it is about; none: all of the installation.
pub fn repository(subject: &Subject) -> Option<&str> {
    match subject {
        Subject::Pull { repository, .. }
        | Subject::Group { repository, .. }
        | Subject::Repository { repository }
        | Subject::Command { repository, .. } => Some(repository),
        Subject::Installation => None,
    }
}

/// Back from the text.
pub fn parse(text: &str) -> Result<Subject, Error> {
    let wrong = || Error::Refused(format!("`{text}` is no subject that this adrule knows"));
    let number = |text: &str| text.parse::<u64>().map_err(|_| wrong());
    let words: Vec<&str> = text.splitn(5, ' ').collect();
    Ok(match words[..] {
        ["pull", repository, pull] => Subject::Pull { repository: repository.to_owned(), number: number(pull)? },
        ["group", repository, head, base, branch] => Subject::Group {
            repository: repository.to_owned(),
            head: head.to_owned(),
            base: base.to_owned(),
            branch: branch.to_owned(),
        },
        ["repository", repository] => Subject::Repository { repository: repository.to_owned() },
        ["installation"] => Subject::Installation,
        ["command", repository, pull, comment] => {
            Subject::Command { repository: repository.to_owned(), number: number(pull)?, comment: number(comment)? }
        }
        _ => return Err(wrong()),
    })
}

/// Milliseconds since 1970, as times lie in columns.
pub fn millis(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// Back from the milliseconds.
pub fn time(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(if millis < 0 { Timestamp::MIN } else { Timestamp::MAX })
}
