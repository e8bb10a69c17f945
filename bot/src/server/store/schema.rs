//! The tables, version by version. A database is brought to the newest version when it is opened; there is no way back.

use super::{Error, Session};

/// What each version adds. The second one has every open pull request judged again, at the start's look over them, which
/// is when their claims are written down. `{identity}` and `{slim}` are spelt differently by each database. Never change one that was
/// released: add another.
const VERSIONS: &[&str] = &[
    "
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
    decision TEXT NOT NULL,
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
    asker TEXT NOT NULL,
    done BIGINT NOT NULL
);
CREATE INDEX commands_pull ON commands (repository, number, done);

CREATE TABLE notes (
    name TEXT PRIMARY KEY,
    content TEXT NOT NULL
);
",
    "
ALTER TABLE verdict_decisions ADD COLUMN claim TEXT;
CREATE INDEX verdict_decisions_claim ON verdict_decisions (repository, claim);
UPDATE verdicts SET judged_key = '';
",
];

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
        Session::Postgres(_) => for_postgres(text),
    }
}

fn for_postgres(text: &str) -> String {
    text.replace("{identity}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY").replace("{slim}", "")
}

#[cfg(test)]
mod tests {
    use super::super::tests::schema;
    use super::super::{Database, Store};
    use super::*;

    /// What a database of the first version holds.
    const OLD: &str = "CREATE TABLE adrule_schema (version BIGINT NOT NULL); INSERT INTO adrule_schema VALUES (1);
        INSERT INTO verdicts VALUES ('a/b', 1, 7, 't', 'h', 'main', 'p', 'key', 'success', 1, 5);
        INSERT INTO verdict_decisions VALUES ('a/b', 'docs/adr/0007-a.md', 1);";
    const VERSIONS_NOW: &str = "SELECT COUNT(*), MAX(version) FROM adrule_schema";
    const CLAIMS_NOW: &str = "SELECT judged_key, claim FROM verdicts v JOIN verdict_decisions d ON v.number = d.number";

    #[tokio::test]
    async fn a_database_of_the_first_version_is_taken_along() {
        let session = Session::Sqlite(std::sync::Mutex::new(rusqlite::Connection::open_in_memory().unwrap()));
        session.batch(&spelt(&session, VERSIONS[0])).await.unwrap();
        session.batch(OLD).await.unwrap();
        migrate(&session).await.unwrap();
        migrate(&session).await.unwrap();
        let mut row = session.one(VERSIONS_NOW, &[]).await.unwrap().unwrap();
        assert_eq!((row.int().unwrap(), row.int().unwrap()), (2, 2));
        let mut row = session.one(CLAIMS_NOW, &[]).await.unwrap().unwrap();
        assert_eq!((row.text().unwrap(), row.maybe_text().unwrap()), (String::new(), None));
    }

    #[tokio::test]
    async fn so_is_one_of_postgresql_by_two_replicas_at_once() {
        let Ok(url) = std::env::var("ADRULE_POSTGRES") else {
            assert!(std::env::var_os("CI").is_none(), "ADRULE_POSTGRES is not set");
            return;
        };
        let own = schema(&url, "first_version").await;
        let (client, connection) = tokio_postgres::connect(&own, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute(&for_postgres(VERSIONS[0])).await.unwrap();
        client.batch_execute(OLD).await.unwrap();
        let database = Database::Postgres(own);
        let both = tokio::join!(Store::open(&database), Store::open(&database));
        assert!(both.0.is_ok() && both.1.is_ok(), "{:?} {:?}", both.0.err(), both.1.err());
        let row = client.query_one(VERSIONS_NOW, &[]).await.unwrap();
        assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (2, 2));
        let row = client.query_one(CLAIMS_NOW, &[]).await.unwrap();
        assert_eq!((row.get::<_, String>(0), row.get::<_, Option<String>>(1)), (String::new(), None));
    }
}
