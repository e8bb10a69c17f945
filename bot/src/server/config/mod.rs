//! How the server is to run: from flags, the environment and one file, in this order; [`setting::SETTINGS`] is the whole list.
//!
//! Mistakes come all at once. What is not there is no mistake: a server without an App starts, and is set up in the
//! browser.

mod file;
mod flags;
mod given;
mod problem;
mod rotation;
mod setting;
#[cfg(test)]
mod tests;
mod typed;

pub use flags::Flags;
pub use given::is_open;
pub use problem::{Problem, Problems};
pub use rotation::follow;
pub use typed::web_address;

use super::board::network::Network;
use super::credentials::Credentials;
use super::log;
use super::secret::Secret;
use adrule_policy::report::Severity;
use axum::http::HeaderName;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What the configuration is made from. Kept, so that it can be made again when a file has changed.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Flags by their names without `--`.
    pub flags: BTreeMap<String, String>,
    /// The environment.
    pub variables: BTreeMap<String, String>,
    /// The file; none: there is none.
    pub file: Option<PathBuf>,
}

/// How the server is to run.
#[derive(Debug)]
pub struct Config {
    pub listen: SocketAddr,
    /// Without a slash at its end.
    pub public_url: Option<String>,
    /// As [`crate::server::store`] takes it; may hold a password.
    pub database: Secret,
    /// None: the server is still to be set up.
    pub credentials: Option<Credentials>,
    /// Where the setup keeps them.
    pub setup_file: PathBuf,
    /// GitHub's pages for people, such as `https://github.com`.
    pub web: String,
    pub operator: Operator,
    pub judging: Judging,
    /// How many pull requests are judged at the same time.
    pub workers: u32,
    pub drain: Duration,
    /// A filter of `tracing_subscriber`.
    pub log: String,
    pub log_format: log::Format,
    /// Where traces are sent.
    pub otlp: Option<String>,
    /// Works, and should still be known: to be logged.
    pub notices: Vec<String>,
    /// All files that were read, and those that would have been.
    pub files: Vec<PathBuf>,
}

/// What is made of a verdict.
#[derive(Clone, Copy, Debug)]
pub struct Judging {
    /// The least severity that fails a check; none: nothing does.
    pub fail_on: Option<Severity>,
    /// Whether a comment is written where nothing is missing, too.
    pub always: bool,
    /// Whether changes are suggested beside the lines that they are for.
    pub suggestions: bool,
}

/// Who may see the operator's page. Nobody, if neither is there.
#[derive(Clone, Debug)]
pub struct Operator {
    pub token: Option<Secret>,
    /// In which a proxy names who is signed in.
    pub header: Option<HeaderName>,
    /// Whose word is taken for it.
    pub proxies: Vec<Network>,
}

/// Where GitHub sends deliveries to, below the public address.
pub const WEBHOOK: &str = "/webhooks/github";

impl Config {
    /// Reads all that is said.
    pub fn load(inputs: &Inputs) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let mut layers = vec![given::flags(&inputs.flags), given::environment(&inputs.variables)];
        let mut files = Vec::new();
        if let Some(path) = &inputs.file {
            layers.push(read(path, &mut problems));
            files.push(path.clone());
        }
        // What else is said decides where the credentials of the setup lie.
        let setup_file = layers.iter().find_map(|layer| layer.get("setup-file"));
        let setup_file = PathBuf::from(setup_file.map_or("adrule-app.yaml", |said| said.text.reveal()));
        if setup_file.exists() {
            layers.push(read(&setup_file, &mut problems));
        }
        let mut given = given::together(&layers, &mut problems);
        files.push(setup_file.clone());
        files.append(&mut given.files);
        if setup_file.exists() && is_open(&setup_file) {
            given.notices.push(format!(
                "{} can be read by every user of the machine; `chmod 600` keeps it to its owner",
                setup_file.display()
            ));
        }
        for (wrong, right) in given::mistyped(&inputs.variables) {
            given.notices.push(format!("{wrong} is not read; {right} would be"));
        }
        let config = typed::config(given, setup_file, files, &mut problems);
        match (config, problems.is_empty()) {
            (Some(config), true) => Ok(config),
            _ => {
                problems.sort_by(|one, other| one.place.cmp(&other.place));
                Err(Problems(problems))
            }
        }
    }

    /// All that must not be seen, as it could stand in a log.
    pub fn secrets(&self) -> Vec<String> {
        let mut secrets = self.credentials.as_ref().map(Credentials::texts).unwrap_or_default();
        secrets.extend(self.operator.token.as_ref().map(|token| token.reveal().to_owned()));
        secrets.extend(self.password());
        secrets
    }

    /// The password in the database's address.
    fn password(&self) -> Option<String> {
        let (_, rest) = self.database.reveal().split_once("://")?;
        let (user, _) = rest.split('/').next()?.rsplit_once('@')?;
        Some(user.split_once(':')?.1.to_owned())
    }

    /// The address that GitHub is to send deliveries to.
    pub fn webhook_url(&self) -> Option<String> {
        Some(format!("{}{WEBHOOK}", self.public_url.as_ref()?))
    }
}

fn read(path: &Path, problems: &mut Vec<Problem>) -> given::Layer {
    match std::fs::read_to_string(path) {
        Ok(text) => file::layer(path, &text, problems),
        Err(error) => {
            let what = format!("{} cannot be read: {error}", path.display());
            problems.push(Problem::new(what, "Name a file that exists and that the server's user may read."));
            given::Layer::new()
        }
    }
}
