//! The tables, version by version. A database is brought to the newest version when it is opened; there is no way back.

use super::{Error, Session};

/// What each version adds. `{identity}` and `{slim}` are spelt differently by each database. Never change one that was
/// released: add another.
const VERSIONS: &[&str] = &["
CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    event TEXT NOT NULL,
    action TEXT,
    received BIGINT NOT NULL
){slim};
CREATE INDEX deliveries_received ON deliveries (received);

CREATE TABLE jobs (
    id {identity},
    installation BIGINT NOT NULL,
    subject TEXT NOT NULL,
    repository TEXT,
    generation BIGINT NOT NULL,
    done_generation BIGINT NOT NULL,
    again_generation BIGINT NOT NULL,
    fence BIGINT NOT NULL,
    worker TEXT,
    attempts BIGINT NOT NULL,
    ready_at BIGINT NOT NULL,
    due_since BIGINT NOT NULL,
    marked_at BIGINT NOT NULL,
    parked_at BIGINT,
    why TEXT,
    delivery TEXT,
    UNIQUE (installation, subject)
);
CREATE INDEX jobs_ready ON jobs (installation, ready_at);
CREATE INDEX jobs_repository ON jobs (repository);

CREATE TABLE installations (
    id BIGINT PRIMARY KEY,
    served BIGINT NOT NULL,
    paused_until BIGINT NOT NULL
);

CREATE TABLE verdicts (
    repository TEXT NOT NULL,
    number BIGINT NOT NULL,
    installation BIGINT NOT NULL,
    title TEXT NOT NULL,
    head TEXT NOT NULL,
    base TEXT NOT NULL,
    page TEXT NOT NULL,
    judged_key TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    judged BIGINT NOT NULL,
    PRIMARY KEY (repository, number)
);
CREATE INDEX verdicts_judged ON verdicts (judged);
CREATE INDEX verdicts_installation ON verdicts (installation);
CREATE TABLE verdict_findings (
    repository TEXT NOT NULL,
    number BIGINT NOT NULL,
    rule TEXT NOT NULL,
    found BIGINT NOT NULL,
    PRIMARY KEY (repository, number, rule)
);
CREATE TABLE verdict_decisions (
    repository TEXT NOT NULL,
    decision BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (repository, decision, number)
);

CREATE TABLE waivers (
    repository TEXT NOT NULL,
    installation BIGINT NOT NULL,
    position BIGINT NOT NULL,
    rule TEXT NOT NULL,
    scope TEXT NOT NULL,
    owner TEXT NOT NULL,
    reason TEXT NOT NULL,
    expires TEXT,
    PRIMARY KEY (repository, position)
);

CREATE TABLE commands (
    comment BIGINT PRIMARY KEY,
    repository TEXT NOT NULL,
    number BIGINT NOT NULL,
    done BIGINT NOT NULL
);
CREATE INDEX commands_pull ON commands (repository, number, done);

CREATE TABLE notes (
    name TEXT PRIMARY KEY,
    content TEXT NOT NULL
);
"];

/// Brings the tables to the newest version, inside the transaction of the session.
pub async fn migrate(session: &Session) -> Result<(), Error> {
    let known = VERSIONS.len() as i64;
    session.batch("CREATE TABLE IF NOT EXISTS adrule_schema (version BIGINT NOT NULL)").await?;
    let found = match session.one("SELECT MAX(version) FROM adrule_schema", &[]).await? {
        Some(mut row) => row.maybe_int()?.unwrap_or(0),
        None => 0,
    };
    if found > known {
        return Err(Error::Newer { found, known });
    }
    for (version, text) in (1_i64..).zip(VERSIONS).skip(usize::try_from(found).unwrap_or(0)) {
        session.batch(&spelt(session, text)).await?;
        session.change("INSERT INTO adrule_schema (version) VALUES (?1)", &[version.into()]).await?;
    }
    Ok(())
}

fn spelt(session: &Session, text: &str) -> String {
    match session {
        // Numbers of jobs are never used twice: a worker of a job that is gone must not meet its successor.
        Session::Sqlite(_) => {
            text.replace("{identity}", "INTEGER PRIMARY KEY AUTOINCREMENT").replace("{slim}", " WITHOUT ROWID")
        }
    }
}
