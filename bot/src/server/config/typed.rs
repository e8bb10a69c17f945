//! From what was said to values that can be used.

use super::given::{Given, Said};
use super::problem::Problem;
use super::setting::{Setting, setting};
use super::{Config, Judging, Operator};
use crate::cli::FailOn;
use crate::github::Place;
use crate::server::board::network::Network;
use crate::server::credentials::Credentials;
use crate::server::log;
use crate::server::secret::Secret;
use clap::ValueEnum as _;
use jiff::SignedDuration;
use std::path::PathBuf;
use std::time::Duration;

/// The longest that a stop may take: what is longer is a mistake.
const LONGEST_DRAIN: Duration = Duration::from_secs(3600);
const MOST_WORKERS: u32 = 64;

/// The whole, or nothing where something is wrong.
pub fn config(given: Given, setup_file: PathBuf, files: Vec<PathBuf>, problems: &mut Vec<Problem>) -> Option<Config> {
    let mut reader = Reader { given: &given, problems };
    let listen = reader.parsed("listen", "an address and a port", |text| text.parse().ok());
    let public_url = reader.url("public-url");
    let place = reader.place();
    let web = reader.web(place.as_ref());
    let credentials = reader.credentials(place.as_ref());
    let operator = reader.operator();
    let judging = reader.judging();
    let workers = reader.parsed("workers", "a number from 1 to 64", |text| {
        text.parse().ok().filter(|count| (1..=MOST_WORKERS).contains(count))
    });
    let drain = reader.parsed("drain", "a time up to an hour, with its unit", |text| {
        let time = Duration::try_from(text.parse::<SignedDuration>().ok()?).ok()?;
        (time <= LONGEST_DRAIN).then_some(time)
    });
    let log = reader
        .parsed("log", "a level", |text| tracing_subscriber::EnvFilter::try_new(text).is_ok().then(|| text.to_owned()));
    let log_format = reader.parsed("log-format", "`text` or `json`", |text| match text {
        "text" => Some(log::Format::Text),
        "json" => Some(log::Format::Json),
        _ => None,
    });
    let otlp = reader.url("otlp-endpoint");
    let database = reader.database();
    place?;
    Some(Config {
        listen: listen?,
        public_url,
        database: database?,
        credentials,
        setup_file,
        web: web?,
        operator: operator?,
        judging: judging?,
        workers: workers?,
        drain: drain?,
        log: log?,
        log_format: log_format?,
        otlp,
        notices: given.notices,
        files,
    })
}

struct Reader<'a> {
    given: &'a Given,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn said(&self, name: &str) -> Option<&Said> {
        self.given.said.get(name)
    }

    /// As written, or the default.
    fn text(&self, name: &str) -> String {
        let default = || setting(name).map_or("", |setting| setting.default).to_owned();
        self.said(name).map_or_else(default, |said| said.text.reveal().to_owned())
    }

    fn wrong(&mut self, name: &str, what: impl Into<String>, do_this: impl Into<String>) {
        let problem = match self.said(name) {
            Some(said) => Problem::at(&said.source, what, do_this),
            None => Problem::new(what, do_this),
        };
        self.problems.push(problem);
    }

    fn parsed<T>(&mut self, name: &str, wanted: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name);
        let value = parse(&text);
        if value.is_none() {
            let example = match setting(name).map_or("", |setting| setting.default) {
                "" => "Write it as the settings in docs/app.md say.".to_owned(),
                default => format!("Write it as in `{default}`."),
            };
            self.wrong(name, format!("`{}` is not {wanted}", short(&text)), example);
        }
        value
    }

    fn judging(&mut self) -> Option<Judging> {
        let fail_on =
            self.parsed("fail-on", "`error`, `warning`, `info` or `never`", |text| FailOn::from_str(text, false).ok());
        let always = self.parsed("comment", "`auto` or `always`", |text| match text {
            "auto" => Some(false),
            "always" => Some(true),
            _ => None,
        });
        let suggestions = self.parsed("suggestions", "`true` or `false`", |text| text.parse().ok());
        Some(Judging { fail_on: fail_on?.severity(), always: always?, suggestions: suggestions? })
    }

    /// An address that may be missing; without a slash at its end.
    fn url(&mut self, name: &str) -> Option<String> {
        let text = self.text(name);
        let text = text.trim_end_matches('/');
        if text.is_empty() {
            return None;
        }
        if let Err(why) = web_address(text) {
            self.wrong(name, why, "Write it as in `https://adrule.example.com`.");
            return None;
        }
        Some(text.to_owned())
    }

    fn place(&mut self) -> Option<Place> {
        let graphql = self.text("graphql-url");
        let place = Place::new(Some(&self.text("api-url")), Some(&graphql));
        let name = if place.is_err() && !graphql.is_empty() && Place::new(Some(&self.text("api-url")), None).is_ok() {
            "graphql-url"
        } else {
            "api-url"
        };
        place
            .map_err(|error| {
                let example = "Of github.com it is https://api.github.com, of an Enterprise Server \
                               https://HOST/api/v3.";
                self.wrong(name, error.to_string(), example);
            })
            .ok()
    }

    fn web(&mut self, place: Option<&Place>) -> Option<String> {
        match self.url("web-url") {
            Some(url) => Some(url),
            None if self.said("web-url").is_some() => None,
            None => place.map(Place::web),
        }
    }

    fn database(&mut self) -> Option<Secret> {
        let text = self.text("database");
        let scheme = text.split_once("://").map(|(scheme, _)| scheme);
        if let Some(scheme) = scheme.filter(|scheme| !matches!(*scheme, "postgres" | "postgresql" | "sqlite")) {
            let what = format!("there is no database of the kind `{}`", short(scheme));
            self.wrong("database", what, "Name a file for SQLite, or postgres://USER:PASSWORD@HOST/NAME.");
            return None;
        }
        Some(Secret::new(text))
    }

    fn operator(&mut self) -> Option<Operator> {
        let token = self.said("operator-token").map(|said| said.text.clone());
        if token.as_ref().is_some_and(|token| token.reveal().len() < 16) {
            self.wrong(
                "operator-token",
                "it is shorter than 16 characters and could be guessed",
                "`openssl rand -base64 32` makes a good one.",
            );
        }
        let header = match self.text("operator-header") {
            name if name.is_empty() => None,
            _ => self
                .parsed("operator-header", "the name of a header, such as X-Forwarded-User", |text| text.parse().ok()),
        };
        let proxies =
            self.parsed("operator-proxies", "a list of addresses, such as 10.0.0.0/8 or 127.0.0.1", |text| {
                text.split(',').map(|range| Network::parse(range.trim()).ok()).collect()
            })?;
        Some(Operator { token, header, proxies })
    }

    /// All three, or none: a part alone is a mistake.
    fn credentials(&mut self, place: Option<&Place>) -> Option<Credentials> {
        const NEEDED: [&str; 3] = ["app-id", "private-key", "webhook-secret"];
        let missing: Vec<&Setting> =
            NEEDED.iter().filter(|name| self.said(name).is_none()).filter_map(|name| setting(name)).collect();
        let is_started = missing.len() < NEEDED.len() || self.said("webhook-secret-previous").is_some();
        if !missing.is_empty() {
            // A file that could not be read was said, and is a mistake already.
            if is_started && self.problems.is_empty() {
                let names: Vec<String> = missing.iter().map(|setting| format!("`{}`", setting.name)).collect();
                let ways: Vec<String> = missing.iter().map(|setting| way(setting)).collect();
                self.problems.push(Problem::new(
                    format!(
                        "the App is stated in part only: {} {} missing",
                        names.join(" and "),
                        if names.len() == 1 { "is" } else { "are" }
                    ),
                    format!("Set {}. Or state nothing of it, and set the App up in the browser.", ways.join(" and ")),
                ));
            }
            return None;
        }
        let [key, secret, previous] = ["private-key", "webhook-secret", "webhook-secret-previous"]
            .map(|name| self.said(name).map(|said| said.text.clone()));
        let app = self.parsed("app-id", "an App's number, such as 123456", |text| {
            let is_client_id = text.starts_with("Iv") && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
            (is_client_id || text.parse::<u64>().is_ok_and(|number| number > 0)).then(|| text.to_owned())
        });
        // The key is looked at whatever else is wrong.
        if let Err(error) = Credentials::check(key.as_ref()?) {
            let do_this = "Take the .pem file as GitHub gave it out, all of it, with its first and last line.";
            self.wrong("private-key", error.to_string(), do_this);
            return None;
        }
        Credentials::new(place?.clone(), app?, key?, secret?, previous).ok()
    }
}

/// How a setting is best stated.
fn way(setting: &Setting) -> String {
    setting.file_variable().unwrap_or_else(|| setting.variable())
}

/// Enough of what was written to be recognised.
fn short(text: &str) -> String {
    let cut: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}

/// Whether a text is an address that a browser could open: scheme, host, nothing behind a `?` or `#`. Says why not.
pub fn web_address(text: &str) -> Result<(), String> {
    let said = short(text);
    let uri: http::Uri = text.parse().map_err(|_| format!("`{said}` is no address"))?;
    let is_web = matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty());
    if !is_web {
        return Err(format!("`{said}` is no address that begins with https://"));
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err("there is a user or a password in the address".to_owned());
    }
    if uri.query().is_some() || text.contains('#') {
        return Err(format!("`{said}` has more behind its path than is wanted"));
    }
    Ok(())
}
