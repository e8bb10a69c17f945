//! An App with one installation, on a repository with a page.

use crate::github::tests::fake::{APP_KEY, Fake, REPOSITORY};
use crate::github::tests::support::{Repository, Still};
use crate::github::{Client, Patience, Place};
use crate::server::credentials::{Credentials, Live};
use crate::server::secret::Secret;
use crate::server::store::{Database, Lease, Mark, Store, Subject};
use crate::server::work::{Clients, Settings, Work};
use crate::server::worker::{Failure, Reconciler as _};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const INSTALLATION: u64 = 7;

/// The page that everything is judged by.
pub const PAGE: &str = "policy: 1\nextends: adrule:default\n";

/// Everything for a test.
pub struct App {
    pub github: Fake,
    pub repository: Repository,
    pub store: Store,
    pub work: Arc<Work>,
    pub clock: Arc<Still>,
    pub live: Live,
}

/// A manifest of a service.
pub fn service(name: &str, language: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  tags: [{language}]\nspec:\n  type: service\n  lifecycle: production\n  owner: a-team\n"
    )
}

impl App {
    /// With a page on `main`, and one service in Go.
    pub async fn new() -> Self {
        let repository = Repository::new();
        repository.commit(&[("adrule.yaml", PAGE), ("services/alpha/catalog-info.yaml", &service("alpha", "go"))]);
        Self::of(repository).await
    }

    pub async fn of(repository: Repository) -> Self {
        let github = Fake::of(&repository.0);
        {
            let mut state = github.state();
            state.login = "adrule[bot]".to_owned();
            state.tokens = Some(std::collections::BTreeSet::new());
        }
        let now = Mutex::new("2026-11-22T12:00:00Z".parse().unwrap());
        let clock = Arc::new(Still { now, slept: Mutex::default() });
        let store = Store::open(&Database::Sqlite(repository.0.join(".git/adrule.db"))).await.unwrap();
        let place = Place::new(Some(&github.url), None).unwrap();
        let secret = |text: &str| Secret::new(text.to_owned());
        let key = secret(std::str::from_utf8(APP_KEY).unwrap());
        let credentials = Credentials::new(place, "12", key, secret("a webhook's secret"), None).unwrap();
        let live = Live::new(Some(credentials));
        let still = Arc::clone(&clock);
        let clients = Clients::connected(
            live.clone(),
            Box::new(move |_, place, auth, cache| {
                let patience = Patience { attempts: 2, longest: Duration::ZERO };
                let still = Arc::clone(&still);
                Ok(Client::new(place, auth, cache)?.with_patience(patience).with_clock(still))
            }),
        );
        let settings = Settings { as_of: Some("2026-11-22".parse().unwrap()), ..Settings::default() };
        let work = Arc::new(Work::new(clients, store.clone(), settings));
        Self { github, repository, store, work, clock, live }
    }

    /// Opens, or moves, a pull request from a branch that has this commit.
    pub fn open(&self, number: u64, head: &str) {
        self.open_for(number, head, "main");
    }

    pub fn open_for(&self, number: u64, head: &str, base: &str) {
        let pull = json!({
            "number": number, "state": "open", "draft": false, "title": "A change",
            "base": { "ref": base, "sha": "0" }, "head": { "ref": format!("change-{number}"), "sha": head },
        });
        let mut state = self.github.state();
        state.pulls.retain(|pull| pull["number"] != number);
        state.pulls.push(pull);
    }

    pub fn close(&self, number: u64) {
        let mut state = self.github.state();
        let pull = state.pulls.iter_mut().find(|pull| pull["number"] == number).unwrap();
        pull["state"] = json!("closed");
    }

    /// A commit on a branch of its own that leaves `main` as it is.
    pub fn branch(&self, name: &str, files: &[(&str, &str)]) -> String {
        self.repository.git(&["checkout", "-q", "-B", name, "main"]);
        let head = self.repository.commit(files);
        self.repository.git(&["checkout", "-q", "main"]);
        head
    }

    /// Brings a subject to its wanted state.
    pub async fn bring(&self, subject: Subject, again: bool) -> Result<(), Failure> {
        let mark = Mark { installation: INSTALLATION, subject, again };
        let lease = Lease {
            job: 1,
            mark,
            fence: 1,
            generation: 1,
            attempts: 0,
            until: Timestamp::MAX,
            due_since: Timestamp::UNIX_EPOCH,
            delivery: None,
        };
        self.work.reconcile(&lease).await
    }

    pub async fn pull(&self, number: u64) -> Result<(), Failure> {
        self.bring(Subject::Pull { repository: REPOSITORY.to_owned(), number }, false).await
    }

    /// What is due, in the order in which it would be taken, and no longer due then.
    pub async fn due(&self) -> Vec<(Subject, bool)> {
        let mut due = Vec::new();
        let now = Timestamp::now();
        while let Some(lease) = self.store.take("a test", now, Duration::from_secs(60)).await.unwrap() {
            self.store.finish(&lease, crate::server::store::Outcome::Done, now).await.unwrap();
            due.push((lease.mark.subject, lease.mark.again));
        }
        due
    }

    /// Forgets what was asked so far.
    pub fn quiet(&self) {
        self.github.state().asked.clear();
    }

    /// What was written since, as `METHOD path`.
    pub fn writes(&self) -> Vec<String> {
        let state = self.github.state();
        let writes = state.asked.iter().filter(|asked| asked.is_write());
        let prefix = format!("/repos/{REPOSITORY}");
        writes.map(|asked| format!("{} {}", asked.method, asked.path.trim_start_matches(&prefix))).collect()
    }

    /// What was asked for since, as `METHOD what`, in short.
    pub fn calls(&self) -> Vec<String> {
        let state = self.github.state();
        let prefix = format!("/repos/{REPOSITORY}/");
        let short = |path: &str| {
            let path = path.trim_start_matches(&prefix);
            path.split(|c: char| c == '/' && !path.starts_with("git")).next().unwrap_or_default().to_owned()
        };
        state.asked.iter().map(|asked| format!("{} {}", asked.method, short(&asked.path))).collect()
    }

    /// The checks: the commit's first letters, conclusion and title.
    pub fn checks(&self) -> Vec<Value> {
        self.github.state().checks.clone()
    }
}

pub fn run<T>(work: impl Future<Output = T>) -> T {
    crate::github::tests::support::run(work)
}
