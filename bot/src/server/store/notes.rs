//! Small things that have to outlive the process: commands that were carried out, and notes by name.

use super::subject::millis;
use super::{Error, Session};
use jiff::Timestamp;

/// Whether the command in this comment was carried out.
pub async fn command_is_done(session: &Session, comment: u64) -> Result<bool, Error> {
    Ok(session.one("SELECT 1 FROM commands WHERE comment = ?1", &[comment.into()]).await?.is_some())
}

/// The command in this comment was carried out; false: it was before.
pub async fn command_done(
    session: &Session,
    repository: &str,
    number: u64,
    comment: u64,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "INSERT INTO commands (comment, repository, number, done) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    let values = [comment.into(), repository.into(), number.into(), millis(now).into()];
    Ok(session.change(sql, &values).await? == 1)
}

/// How many commands below a pull request were carried out since then.
pub async fn commands_since(session: &Session, repository: &str, number: u64, since: Timestamp) -> Result<u64, Error> {
    let sql = "SELECT COUNT(*) FROM commands WHERE repository = ?1 AND number = ?2 AND done >= ?3";
    match session.one(sql, &[repository.into(), number.into(), millis(since).into()]).await? {
        Some(mut row) => row.count(),
        None => Ok(0),
    }
}

/// A note.
pub async fn read(session: &Session, name: &str) -> Result<Option<String>, Error> {
    match session.one("SELECT content FROM notes WHERE name = ?1", &[name.into()]).await? {
        Some(mut row) => row.text().map(Some),
        None => Ok(None),
    }
}

/// Writes a note in place of the one of the same name.
pub async fn write(session: &Session, name: &str, content: &str) -> Result<(), Error> {
    let sql = "INSERT INTO notes (name, content) VALUES (?1, ?2)
               ON CONFLICT (name) DO UPDATE SET content = excluded.content";
    session.change(sql, &[name.into(), content.into()]).await.map(drop)
}
