//! `adrule serve --check`: whether the server could do its work, and what to do where it could not.

use super::config::{Config, WEBHOOK};
use super::credentials::Credentials;
use super::setup::wish::{self, EVENTS};
use super::store::{Database, Error as Unusable, Store};
use crate::github::{About, Cache, Client, Error, Installed};
use jiff::Timestamp;
use std::sync::Arc;

/// How far a clock may be off before GitHub refuses what is signed by it, in seconds.
const TOO_EARLY: i64 = 50;
const TOO_LATE: i64 = 500;
/// From here on it is worth a word.
const WORTH_A_WORD: i64 = 10;

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

async fn github(config: &Config, credentials: &Credentials, checked: &mut Checked) {
    let api = &credentials.place.api;
    let client =
        credentials.auth(0).and_then(|auth| Client::new(credentials.place.clone(), auth, Arc::new(Cache::default())));
    let client = match client {
        Ok(client) => client,
        Err(error) => return checked.fault(error.to_string(), "Make a new key on the App's page on GitHub."),
    };
    match client.hail().await {
        Ok(time) => {
            checked.good(format!("GitHub is reached at {api}"));
            clock(time, checked);
        }
        Err(error) => {
            return checked.fault(
                format!("GitHub is not reached at {api}: {error}"),
                "See whether this machine may connect there (names, firewall, certificates), and whether GITHUB_API_URL \
                 is right. A proxy (HTTPS_PROXY) is not used.",
            );
        }
    }
    let Some(about) = app(credentials, &client, checked).await else { return };
    wishes(&about, checked);
    hook(config, &client, checked).await;
    deliveries(&client, checked).await;
    installations(credentials, &about, &client, checked).await;
}

fn clock(theirs: Option<Timestamp>, checked: &mut Checked) {
    let Some(theirs) = theirs else { return };
    let ahead = Timestamp::now().as_second() - theirs.as_second();
    let said = format!(
        "this machine's clock is {} seconds {} GitHub's",
        ahead.abs(),
        if ahead > 0 { "ahead of" } else { "behind" }
    );
    let do_this = "Set it by NTP: what the App signs is good for minutes.";
    if !(-TOO_LATE..=TOO_EARLY).contains(&ahead) {
        checked.fault(said, do_this);
    } else if ahead.abs() > WORTH_A_WORD {
        checked.note(said, do_this);
    } else {
        checked.good("this machine's clock is right");
    }
}

async fn app(credentials: &Credentials, client: &Client, checked: &mut Checked) -> Option<About> {
    let id = &credentials.app;
    let (what, do_this) = match client.about().await {
        Ok(about) if id.parse().is_ok_and(|id: u64| id != about.id) => (
            format!("GitHub takes the key for the App {}, not {id}", about.id),
            "Set ADRULE_APP_ID to the number on the App's page, and the key that was made there.",
        ),
        Ok(about) => {
            checked.good(format!("the key is that of the App `{}` ({})", about.slug, about.id));
            return Some(about);
        }
        Err(error) if error.status() == Some(401) => (
            format!("GitHub refuses the key as that of the App {id}: {error}"),
            "Make a new key on the App's page, and state it as ADRULE_PRIVATE_KEY_FILE. If the clock is off, set it first.",
        ),
        Err(error) if error.status() == Some(404) => (
            format!("GitHub knows no App {id}: {error}"),
            "Take the number (`App ID`) from the App's page. An App of an Enterprise Server is known there only: see \
             GITHUB_API_URL.",
        ),
        Err(error) => {
            (format!("the App cannot be looked at: {error}"), "Try again; GitHub's status page may know more.")
        }
    };
    checked.fault(what, do_this);
    None
}

fn wishes(about: &About, checked: &mut Checked) {
    let lacking = wish::lacking(&about.permissions);
    for (permission, access) in &lacking {
        checked.fault(
            format!(
                "the App lacks the permission `{}: {}` (it has {}): it {}",
                permission.name,
                permission.access,
                access.as_deref().unwrap_or("none"),
                permission.why
            ),
            "Give it on the App's page, `Permissions & events`; owners of installations are asked to agree.",
        );
    }
    for more in wish::needless(&about.permissions) {
        checked.note(
            format!("the App may do more than is used: `{more}`"),
            "Take it away on the App's page: who steals the key gets it too.",
        );
    }
    let missing: Vec<&str> =
        EVENTS.iter().map(|(event, _)| *event).filter(|event| !about.events.iter().any(|had| had == event)).collect();
    if !missing.is_empty() {
        checked.fault(
            format!("the App does not hear of {}", missing.join(", ")),
            "Subscribe to these events on the App's page, `Permissions & events`.",
        );
    }
    if lacking.is_empty() && missing.is_empty() {
        checked.good("permissions and events are enough");
    }
}

async fn hook(config: &Config, client: &Client, checked: &mut Checked) {
    let hook = match client.hook().await {
        Ok(hook) => hook,
        Err(error) => {
            return checked.fault(
                format!("the App's webhook cannot be looked at: {error}"),
                "See whether the webhook is `Active` on the App's page.",
            );
        }
    };
    let url = hook.url.as_deref().unwrap_or_default();
    match config.webhook_url() {
        Some(ours) if ours != url => checked.fault(
            format!("GitHub sends deliveries to `{url}`, not to `{ours}`"),
            "Set the webhook's URL on the App's page, or `public-url` to where this server is.",
        ),
        None if !url.ends_with(WEBHOOK) => checked.fault(
            format!("GitHub sends deliveries to `{url}`, which does not end in {WEBHOOK}"),
            "Set the webhook's URL on the App's page to this server's address with that path.",
        ),
        Some(_) => checked.good(format!("GitHub sends deliveries to {url}")),
        None => checked.note(
            format!("GitHub sends deliveries to {url}; whether that is this server is not known"),
            "State `public-url`, and it is compared.",
        ),
    }
    if hook.content_type.as_deref() != Some("json") {
        checked.fault(
            "deliveries do not come as JSON",
            "Set the webhook's content type to `application/json` on the App's page.",
        );
    }
    if hook.secret.is_none_or(|secret| secret.is_empty()) {
        checked.fault(
            "the App's webhook has no secret, so every delivery is refused",
            "Set the one of ADRULE_WEBHOOK_SECRET on the App's page.",
        );
    }
    if hook.insecure_ssl.as_str() == Some("1") || hook.insecure_ssl.as_u64() == Some(1) {
        checked.note(
            "GitHub does not look at this server's certificate",
            "Switch `SSL verification` on, on the App's page.",
        );
    }
}

/// Whether the secret is the same on both sides shows in what became of deliveries.
async fn deliveries(client: &Client, checked: &mut Checked) {
    // An old Enterprise Server cannot tell.
    let Ok(tried) = client.tried().await else { return };
    let Some(newest) = tried.first() else { return };
    let is_well = |code: u16| (200..300).contains(&code);
    match newest.status_code {
        code if is_well(code) => checked.good("the newest delivery was taken"),
        401 => checked.fault(
            "the newest delivery was refused: it was not signed with our secret",
            "Set the same secret here (ADRULE_WEBHOOK_SECRET) and on the App's page. What was refused is asked for again.",
        ),
        0 => checked.fault(
            "the newest delivery did not reach this server",
            "See whether GitHub can connect to the webhook's URL: names, firewall, certificate.",
        ),
        code => checked.note(
            format!("the newest delivery was answered with {code}"),
            "`Advanced` on the App's page shows the answer. What failed is asked for again.",
        ),
    }
}

async fn installations(credentials: &Credentials, about: &About, client: &Client, checked: &mut Checked) {
    let (installed, more) = match client.installed().await {
        Ok(found) => found,
        Err(error) => return checked.fault(format!("installations cannot be listed: {error}"), "Try again."),
    };
    if installed.is_empty() {
        let from =
            if about.html_url.is_empty() { String::new() } else { format!(": {}/installations/new", about.html_url) };
        return checked.note("the App is installed nowhere yet", format!("Install it on repositories{from}"));
    }
    for one in &installed {
        installation(one, checked);
    }
    if more {
        checked.note("there are more than 100 installations; the others were not looked at", "");
    }
    if let Some(one) = installed.iter().find(|one| one.suspended_at.is_none()) {
        let minted = match credentials.auth(one.id) {
            Ok(auth) => mint(credentials, auth).await,
            Err(error) => Err(error),
        };
        match minted {
            Ok(()) => checked.good(format!("a token was minted for {}", who(one))),
            Err(error) => checked.fault(format!("no token can be minted for {}: {error}", who(one)), "Try again."),
        }
    }
}

async fn mint(credentials: &Credentials, auth: crate::github::Auth) -> Result<(), Error> {
    let client = Client::new(credentials.place.clone(), auth, Arc::new(Cache::default()))?;
    client.get("/installation/repositories?per_page=1").await.map(drop)
}

fn who(one: &Installed) -> String {
    one.account.as_ref().map_or_else(|| format!("installation {}", one.id), |account| account.login.clone())
}

fn installation(one: &Installed, checked: &mut Checked) {
    let who = who(one);
    if one.suspended_at.is_some() {
        return checked.note(format!("{who} has suspended the App: nothing is judged there"), "");
    }
    let lacking = wish::lacking(&one.permissions);
    if lacking.is_empty() {
        return checked.good(format!("installed by {who}, on {} repositories", one.repository_selection));
    }
    let names: Vec<String> = lacking.iter().map(|(wanted, _)| format!("{}: {}", wanted.name, wanted.access)).collect();
    checked.fault(
        format!("{who} has not agreed to {}", names.join(", ")),
        format!("An owner agrees on the installation's page: {}", one.html_url),
    );
}

#[cfg(test)]
mod tests {
    use super::{Checked, Level, clock, shown};
    use jiff::{SignedDuration, Timestamp};

    #[test]
    fn a_database_is_named_without_its_password() {
        assert_eq!(shown("postgres://a:canary@db:5432/adrule?sslmode=canary"), "postgres://db:5432/adrule");
        assert_eq!(shown("postgres:///adrule"), "postgres:///adrule");
        assert_eq!(shown("/var/lib/adrule/adrule.db"), "/var/lib/adrule/adrule.db");
    }

    #[test]
    fn a_clock_counts_as_far_as_github_minds() {
        let level = |ahead: i64| {
            let mut checked = Checked::default();
            clock(Some(Timestamp::now() - SignedDuration::from_secs(ahead)), &mut checked);
            checked.0[0].level
        };
        assert_eq!([0, -5, 30, -120].map(level), [Level::Good, Level::Good, Level::Note, Level::Note]);
        assert_eq!([90, -900].map(level), [Level::Fault, Level::Fault]);
    }
}
