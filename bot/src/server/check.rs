//! `adrule serve --check`: whether the server could do its work, and what to do where it could not.

mod github;

use self::github::github;
use super::config::Config;
use super::store::{Database, Error as Unusable, Store};
use jiff::Timestamp;

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Good,
    /// It works; somebody should still know.
    Note,
    Fault,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    pub level: Level,
    pub what: String,
    /// What mends it; empty where nothing has to be.
    pub do_this: String,
}

/// All that was looked at, in the order in which it is best mended.
#[derive(Debug, Default)]
pub struct Checked(pub Vec<Looked>);

impl Checked {
    fn good(&mut self, what: impl Into<String>) {
        self.0.push(Looked { level: Level::Good, what: what.into(), do_this: String::new() });
    }

    fn note(&mut self, what: impl Into<String>, do_this: impl Into<String>) {
        self.0.push(Looked { level: Level::Note, what: what.into(), do_this: do_this.into() });
    }

    fn fault(&mut self, what: impl Into<String>, do_this: impl Into<String>) {
        self.0.push(Looked { level: Level::Fault, what: what.into(), do_this: do_this.into() });
    }

    /// How many faults there are.
    pub fn faults(&self) -> usize {
        self.0.iter().filter(|looked| looked.level == Level::Fault).count()
    }

    /// For people.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for Looked { level, what, do_this } in &self.0 {
            let mark = match level {
                Level::Good => "ok   ",
                Level::Note => "note ",
                Level::Fault => "FAULT",
            };
            text += &format!("{mark}  {what}\n");
            if !do_this.is_empty() {
                text += &format!("       {do_this}\n");
            }
        }
        text + match self.faults() {
            0 => "\nEverything that has to work works.\n".to_owned(),
            1 => "\nOne thing has to be mended.\n".to_owned(),
            count => format!("\n{count} things have to be mended.\n"),
        }
        .as_str()
    }
}

/// Looks at everything.
pub async fn check(config: &Config) -> Checked {
    let mut checked = Checked::default();
    checked.good("the configuration can be used");
    for notice in &config.notices {
        checked.note(notice.clone(), "");
    }
    database(config, &mut checked).await;
    operator(config, &mut checked);
    match &config.credentials {
        None => checked.fault(
            "no GitHub App is configured",
            "Start `adrule serve` and open /setup, or set ADRULE_APP_ID, ADRULE_PRIVATE_KEY_FILE and \
             ADRULE_WEBHOOK_SECRET_FILE.",
        ),
        Some(credentials) => github(config, credentials, &mut checked).await,
    }
    checked
}

async fn database(config: &Config, checked: &mut Checked) {
    let name = shown(config.database.reveal());
    let database = Database::parse(config.database.reveal());
    let written = match Store::open(&database).await {
        Ok(store) => store.writable(Timestamp::now()).await,
        Err(error) => Err(error),
    };
    match written {
        // A file has one server at a time, which may well be running while somebody looks.
        Err(Unusable::Setting(_)) if matches!(database, Database::Sqlite(_)) => checked.note(
            format!("the database {name} is in use by a running server, so it was not written to"),
            "`/readyz` of that server says whether it can write.",
        ),
        Ok(()) => checked.good(format!("the database {name} can be written")),
        Err(error) => {
            let remedy = remedy(&database, &error);
            checked.fault(format!("the database {name} cannot be used: {error}"), remedy);
        }
    }
}

/// What to do about a database that cannot be used.
fn remedy(database: &Database, error: &Unusable) -> &'static str {
    match (database, error) {
        (Database::Sqlite(_), _) => {
            "Give the server's user the right to write there, or name another one as ADRULE_DATABASE."
        }
        (Database::Postgres(_), Unusable::Unreachable(why)) if why.contains("certificate") => {
            "Name the file of the authority behind its certificate as SSL_CERT_FILE, and the database as its certificate \
             does. Add `sslmode=disable` to the URL only where nobody else is on the way."
        }
        (Database::Postgres(_), Unusable::Unreachable(_)) => {
            "See that it runs and can be reached from here, and that host, port, user and password in the URL are right."
        }
        (Database::Postgres(_), _) => {
            "See that user and password in the URL are right, and that the user may create tables in that database."
        }
    }
}

/// The name of a database without who may use it.
fn shown(database: &str) -> String {
    match database.split_once("://") {
        Some((scheme, rest)) => {
            let rest = rest.split('?').next().unwrap_or_default();
            format!("{scheme}://{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host))
        }
        None => database.to_owned(),
    }
}

fn operator(config: &Config, checked: &mut Checked) {
    match (&config.operator.token, &config.operator.header) {
        (None, None) => {
            checked.note(
                "nobody can see the operator's page",
                "ADRULE_OPERATOR_TOKEN_FILE opens it to who knows the token.",
            );
        }
        (_, Some(header)) => checked.good(format!("the operator's page is for whom a proxy names in `{header}`")),
        (Some(_), None) => checked.good("the operator's page is for who knows the token"),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_database_is_named_without_its_password() {
        assert_eq!(shown("postgres://a:canary@db:5432/adrule?sslmode=canary"), "postgres://db:5432/adrule");
        assert_eq!(shown("postgres:///adrule"), "postgres:///adrule");
        assert_eq!(shown("/var/lib/adrule/adrule.db"), "/var/lib/adrule/adrule.db");
    }
}
