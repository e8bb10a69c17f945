//! What GitHub says of the App: its key, its wishes, its webhook and where it is installed.

use super::Checked;
use crate::github::{About, Cache, Client, Error, Installed};
use crate::server::config::{Config, WEBHOOK};
use crate::server::credentials::Credentials;
use crate::server::setup::wish::{self, EVENTS};
use jiff::Timestamp;
use std::sync::Arc;

/// How far a clock may be off before GitHub refuses what is signed by it, in seconds.
const TOO_EARLY: i64 = 50;
const TOO_LATE: i64 = 500;
/// From here on it is worth a word.
const WORTH_A_WORD: i64 = 10;

pub(super) async fn github(config: &Config, credentials: &Credentials, checked: &mut Checked) {
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
    use super::{Checked, clock};
    use crate::server::check::Level;
    use jiff::{SignedDuration, Timestamp};

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
