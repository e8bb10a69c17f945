//! Bringing what is due to its wanted state: one comment and one check on the newest head of a pull request, judged by
//! the page of its base branch as it is now. What a delivery said does not matter any more here; GitHub is asked.

mod carry;
mod clients;
mod command;
mod fault;
mod group;
mod many;
mod pull;
mod readings;

#[cfg(test)]
pub mod tests;

pub use clients::Clients;
pub use command::parse;
pub use fault::Fault;

use super::store::{Lease, Mark, Store, Subject};
use super::worker::{Failure, Reconciler, Reconciling};
use crate::github::Client;
use crate::verdict::{self, Voice};
use adrule_policy::report::Severity;
use fault::Gone;
use jiff::Timestamp;
use jiff::civil::Date;
use readings::Readings;
use std::sync::Arc;

/// Most bytes of decisions that are kept as they were read: some 2,000 of an ordinary length.
const READINGS: usize = 16 << 20;

/// How the App judges and speaks.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people see GitHub: `https://github.com`.
    pub web: String,
    /// The least severity that fails a check; none: nothing does.
    pub fail_on: Option<Severity>,
    /// Whether a comment is written where nothing is missing, too.
    pub always: bool,
    /// Whether changes are suggested beside the lines that they are for.
    pub suggestions: bool,
    /// The day that is judged by; none: today (UTC).
    pub as_of: Option<Date>,
}

impl Default for Settings {
    fn default() -> Self {
        let web = "https://github.com".to_owned();
        Self { web, fail_on: Some(Severity::Error), always: false, suggestions: true, as_of: None }
    }
}

/// Brings subjects to their wanted state.
pub struct Work {
    clients: Clients,
    store: Store,
    settings: Settings,
    readings: Arc<Readings>,
}

/// A subject's surroundings while it is worked on.
struct Job<'w> {
    work: &'w Work,
    client: Arc<Client>,
    installation: u64,
    judging: verdict::Settings,
}

impl Work {
    pub fn new(clients: Clients, store: Store, settings: Settings) -> Self {
        let readings = Arc::new(Readings::of_size(READINGS));
        Self { clients, store, settings, readings }
    }

    /// The clients, for whoever else asks GitHub.
    pub fn clients(&self) -> &Clients {
        &self.clients
    }

    async fn bring(&self, mark: &Mark) -> Result<(), Fault> {
        let job = Job {
            work: self,
            client: self.clients.of(mark.installation)?,
            installation: mark.installation,
            judging: verdict::Settings {
                policy: None,
                folder: String::new(),
                strict: false,
                today: crate::cli::page::today(self.settings.as_of),
                organisation: None,
                asker: verdict::Asker::App,
                readings: Some(self.readings.clone()),
            },
        };
        match &mark.subject {
            Subject::Pull { repository, number } => job.pull(repository, *number, mark.again).await,
            Subject::Group { repository, head, base, branch } => job.group(repository, (base, head), branch).await,
            Subject::Repository { repository } => job.repository(repository).await,
            Subject::Branch { repository, branch } => job.branch(repository, branch).await,
            Subject::Commit { repository, head } => job.commit(repository, head).await,
            Subject::Installation => job.all().await,
            Subject::Command { repository, number, comment } => job.command(repository, *number, *comment).await,
        }
    }

    /// Forgets what is no longer there; whether that was all there was to do.
    async fn forget(&self, mark: &Mark, gone: Gone) -> Result<(), Fault> {
        match (gone, &mark.subject) {
            (Gone::Installation, _) => self.store.forget_installation(mark.installation).await?,
            (Gone::Thing, Subject::Repository { repository }) => self.store.forget_repository(repository).await?,
            (Gone::Thing, Subject::Pull { repository, number }) => self.store.closed(repository, *number).await?,
            (Gone::Thing, _) => {}
        }
        tracing::info!(installation = mark.installation, subject = ?mark.subject, "gone, and forgotten");
        Ok(())
    }
}

impl Reconciler for Work {
    fn reconcile<'a>(&'a self, lease: &'a Lease) -> Reconciling<'a> {
        Box::pin(async move {
            let ended = match self.bring(&lease.mark).await {
                Err(fault) => match fault.gone() {
                    Some(gone) => self.forget(&lease.mark, gone).await,
                    None => Err(fault),
                },
                other => other,
            };
            ended.map_err(|fault| -> Failure { fault.failure(Timestamp::now()) })
        })
    }
}

impl Job<'_> {
    fn voice<'v>(&'v self, repository: &'v str) -> Voice<'v> {
        let settings = &self.work.settings;
        Voice { web: &settings.web, repository, always: settings.always, fail_on: settings.fail_on, details: None }
    }

    fn remote<'r>(&'r self, repository: &'r str) -> verdict::Remote<'r> {
        verdict::Remote::new(&self.client, repository, &self.judging)
    }

    fn store(&self) -> &Store {
        &self.work.store
    }

    fn mark(&self, subject: Subject, again: bool) -> Mark {
        Mark { installation: self.installation, subject, again }
    }
}
