//! What has to outlive the process: deliveries seen, what is due, verdicts. SQLite for one process, PostgreSQL for
//! several; both behind one type.

mod error;
mod model;
mod notes;
mod postgres;
mod queue;
mod schema;
mod session;
mod sqlite;
mod subject;
mod verdicts;

pub use error::Error;
pub use model::{Accepted, Delivery, Depth, Lease, Mark, Outcome, Parked, Subject, Verdict, WaiverSeen};

use adrule_policy::check::claim;
use jiff::Timestamp;
use postgres::Postgres;
use session::Session;
use sqlite::{Running, Sqlite};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// Where a store lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file, for one process.
    Sqlite(PathBuf),
    /// A URL, `postgres://…`, for several processes. It may have a password in it.
    Postgres(String),
}

impl Database {
    /// From a path or a URL, as people write it.
    pub fn parse(text: &str) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Postgres(text.to_owned())
        } else {
            Self::Sqlite(PathBuf::from(text.strip_prefix("sqlite:").unwrap_or(text)))
        }
    }
}

/// The store. Every call is one transaction: it is kept as a whole when it comes back without an error, and not at all
/// otherwise. Clones are the same store.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

enum Back {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

struct Inner {
    back: Back,
    /// Told when something became due here.
    woken: Notify,
}

impl Store {
    /// Opens a database, makes what is missing in it, and refuses one that a newer adrule has changed.
    pub async fn open(database: &Database) -> Result<Self, Error> {
        let back = match database {
            Database::Sqlite(path) => {
                let path = path.clone();
                let opened = tokio::task::spawn_blocking(move || Sqlite::open(&path)).await;
                Back::Sqlite(opened.map_err(|error| Error::Refused(error.to_string()))??)
            }
            Database::Postgres(url) => Back::Postgres(Postgres::open(url).await?),
        };
        Ok(Self(Arc::new(Inner { back, woken: Notify::new() })))
    }

    async fn run<A, T, F>(&self, arguments: A, operation: F) -> Result<T, Error>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'a> Fn(&'a Session, &'a A) -> Running<'a, T> + Send + Sync + 'static,
    {
        match &self.0.back {
            Back::Sqlite(file) => file.run(arguments, operation).await,
            Back::Postgres(server) => server.run(arguments, operation).await,
        }
    }

    /// Comes back when something became due through this process since the last call. What other replicas mark is found
    /// by looking.
    pub async fn woken(&self) {
        self.0.woken.notified().await;
    }

    // Deliveries

    /// Keeps a delivery and marks what is due because of it, once, however often it comes. When this comes back, it is on
    /// the disk.
    pub async fn accept(&self, delivery: Delivery) -> Result<Accepted, Error> {
        let has_marks = !delivery.marks.is_empty();
        let accepted = match &self.0.back {
            Back::Sqlite(file) => {
                let kept = file.run([delivery], |session, all| Box::pin(queue::accept(session, all))).await?;
                kept.first().copied().unwrap_or(Accepted::Known)
            }
            Back::Postgres(server) => server.accept(delivery).await?,
        };
        if has_marks && accepted == Accepted::New {
            self.0.woken.notify_one();
        }
        Ok(accepted)
    }

    /// Which of these delivery ids are here.
    pub async fn known(&self, ids: Vec<String>) -> Result<BTreeSet<String>, Error> {
        self.run(ids, |session, ids| Box::pin(queue::known(session, ids))).await
    }

    /// Forgets up to `limit` deliveries that came before a time; how many. GitHub sends none again after three days.
    pub async fn prune(&self, before: Timestamp, limit: u64) -> Result<u64, Error> {
        self.run((before, limit), |session, of| Box::pin(queue::prune(session, of.0, of.1))).await
    }

    // What is due

    /// Marks what is due for a reason of our own. One that is parked stays so, unless somebody asks `again`.
    pub async fn mark(&self, marks: Vec<Mark>, now: Timestamp) -> Result<(), Error> {
        if marks.is_empty() {
            return Ok(());
        }
        self.run((marks, now), |session, of| Box::pin(queue::mark(session, &of.0, of.1))).await?;
        self.0.woken.notify_one();
        Ok(())
    }

    /// Takes the job whose turn it is, for so long: of the installation that was served longest ago, what could be taken
    /// first. Never one that another worker holds, that waits for another try, that is parked, or whose installation is
    /// paused.
    pub async fn take(&self, worker: &str, now: Timestamp, lease: Duration) -> Result<Option<Lease>, Error> {
        let of = (worker.to_owned(), now, lease);
        self.run(of, |session, of| Box::pin(queue::take(session, &of.0, of.1, of.2))).await
    }

    /// Holds a job until then; false: it is no longer held by this lease, and the worker has to stop.
    pub async fn renew(&self, lease: &Lease, until: Timestamp) -> Result<bool, Error> {
        self.run((lease.clone(), until), |session, of| Box::pin(queue::renew(session, &of.0, of.1))).await
    }

    /// Gives a job back as it was taken, for the next worker; false: the lease was lost before.
    pub async fn release(&self, lease: &Lease, now: Timestamp) -> Result<bool, Error> {
        let released = self.run((lease.clone(), now), |session, of| Box::pin(queue::release(session, &of.0, of.1)));
        let released = released.await?;
        self.0.woken.notify_one();
        Ok(released)
    }

    /// Ends a lease; false: it was lost before, and nothing changed. What was marked since it was taken stays due.
    pub async fn finish(&self, lease: &Lease, outcome: Outcome, now: Timestamp) -> Result<bool, Error> {
        let of = (lease.clone(), outcome, now);
        let ended = self.run(of, |session, of| Box::pin(queue::finish(session, &of.0, &of.1, of.2))).await?;
        self.0.woken.notify_one();
        Ok(ended)
    }

    /// Leaves an installation alone until then, or longer if it was asked for before. The server does so by
    /// [`Outcome::Limited`].
    #[cfg(test)]
    pub async fn pause(&self, installation: u64, until: Timestamp) -> Result<(), Error> {
        self.run((installation, until), |session, of| Box::pin(queue::pause(session, of.0, of.1))).await
    }

    /// The installations that are left alone, and until when.
    pub async fn paused(&self, now: Timestamp) -> Result<Vec<(u64, Timestamp)>, Error> {
        self.run(now, |session, now| Box::pin(queue::paused(session, *now))).await
    }

    /// The jobs that were parked, the newest first.
    pub async fn parked(&self, limit: u64) -> Result<Vec<Parked>, Error> {
        self.run(limit, |session, limit| Box::pin(queue::parked(session, *limit))).await
    }

    /// Has a parked job tried again; false: it is not parked.
    pub async fn unpark(&self, job: i64, now: Timestamp) -> Result<bool, Error> {
        let unparked = self.run((job, now), |session, of| Box::pin(queue::unpark(session, of.0, of.1))).await?;
        self.0.woken.notify_one();
        Ok(unparked)
    }

    /// How full the queue is.
    pub async fn depth(&self, now: Timestamp) -> Result<Depth, Error> {
        self.run(now, |session, now| Box::pin(queue::depth(session, *now))).await
    }

    // Verdicts

    /// Writes down what was said about a pull request, in place of what was said before, and with it the waivers on the
    /// page that it was judged by, in place of those seen before in its repository; none: the page could not be used.
    pub async fn record(&self, verdict: Verdict, waivers: Option<Vec<WaiverSeen>>) -> Result<(), Error> {
        self.run((verdict, waivers), |session, of| Box::pin(verdicts::record(session, &of.0, of.1.as_deref()))).await
    }

    /// What was last said about a pull request.
    pub async fn last_verdict(&self, repository: &str, number: u64) -> Result<Option<Verdict>, Error> {
        let of = (repository.to_owned(), number);
        self.run(of, |session, of| Box::pin(verdicts::last(session, &of.0, of.1))).await
    }

    /// The newest verdicts, of every repository, those of closed pull requests included.
    pub async fn recent_verdicts(&self, limit: u64) -> Result<Vec<Verdict>, Error> {
        self.run(limit, |session, limit| Box::pin(verdicts::recent(session, *limit))).await
    }

    /// The verdicts on a repository's open pull requests, by number.
    pub async fn open_verdicts(&self, repository: &str) -> Result<Vec<Verdict>, Error> {
        self.run(repository.to_owned(), |session, repository| Box::pin(verdicts::open(session, repository))).await
    }

    /// The numbered decisions that open pull requests for a branch add and that take what one of these paths takes, each
    /// with its pull request.
    pub async fn added_decisions(
        &self,
        repository: &str,
        base: &str,
        paths: &[String],
    ) -> Result<Vec<(u64, String)>, Error> {
        let claims: BTreeSet<String> = paths.iter().filter_map(|path| claim(path)).collect();
        if claims.is_empty() {
            return Ok(Vec::new());
        }
        let of = (repository.to_owned(), base.to_owned(), claims);
        self.run(of, |session, of| Box::pin(verdicts::adding(session, &of.0, &of.1, &of.2))).await
    }

    /// How many findings each rule has in open pull requests, the most first.
    pub async fn gaps(&self) -> Result<Vec<(String, u64)>, Error> {
        self.run((), |session, ()| Box::pin(verdicts::gaps(session))).await
    }

    /// A pull request is closed: its verdict stays in the list of recent ones, and counts no more.
    pub async fn closed(&self, repository: &str, number: u64) -> Result<(), Error> {
        let of = (repository.to_owned(), number);
        self.run(of, |session, of| Box::pin(verdicts::close(session, &of.0, of.1))).await
    }

    /// The waivers of every repository, those that end first.
    pub async fn waivers(&self, limit: u64) -> Result<Vec<WaiverSeen>, Error> {
        self.run(limit, |session, limit| Box::pin(verdicts::by_expiry(session, *limit))).await
    }

    /// The repositories of an installation that something is known about.
    pub async fn repositories(&self, installation: u64) -> Result<Vec<String>, Error> {
        self.run(installation, |session, of| Box::pin(verdicts::repositories(session, *of))).await
    }

    /// Forgets all about a repository: it was removed from the installation. Deliveries stay known.
    pub async fn forget_repository(&self, repository: &str) -> Result<(), Error> {
        self.run(repository.to_owned(), |session, repository| Box::pin(forget(session, repository))).await
    }

    /// Forgets all about an installation: the App was removed.
    pub async fn forget_installation(&self, installation: u64) -> Result<(), Error> {
        self.run(installation, |session, installation| {
            Box::pin(async move {
                for repository in verdicts::repositories(session, *installation).await? {
                    forget(session, &repository).await?;
                }
                queue::forget_installation(session, *installation).await
            })
        })
        .await
    }

    // Small things

    /// Whether the command in this comment was carried out.
    pub async fn command_is_done(&self, comment: u64) -> Result<bool, Error> {
        self.run(comment, |session, comment| Box::pin(notes::command_is_done(session, *comment))).await
    }

    /// The command in this comment was carried out; false: it was before.
    pub async fn command_done(
        &self,
        repository: &str,
        number: u64,
        comment: u64,
        asker: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let of = (repository.to_owned(), number, comment, asker.to_owned(), now);
        self.run(of, |session, of| Box::pin(notes::command_done(session, &of.0, of.1, of.2, (&of.3, of.4)))).await
    }

    /// How many commands below a pull request were carried out since then: those of one person, and all.
    pub async fn commands_since(
        &self,
        repository: &str,
        number: u64,
        asker: &str,
        since: Timestamp,
    ) -> Result<(u64, u64), Error> {
        let of = (repository.to_owned(), number, asker.to_owned(), since);
        self.run(of, |session, of| Box::pin(notes::commands_since(session, &of.0, of.1, (&of.2, of.3)))).await
    }

    /// A note that outlives the process, the place that a sweep has come to for example.
    pub async fn note(&self, name: &str) -> Result<Option<String>, Error> {
        self.run(name.to_owned(), |session, name| Box::pin(notes::read(session, name))).await
    }

    /// Writes a note in place of the one of the same name.
    pub async fn write_note(&self, name: &str, content: &str) -> Result<(), Error> {
        let of = (name.to_owned(), content.to_owned());
        self.run(of, |session, of| Box::pin(notes::write(session, &of.0, &of.1))).await
    }

    /// Takes something for oneself until then, of all replicas; false: another one holds it.
    pub async fn claim(&self, name: &str, holder: &str, now: Timestamp, until: Timestamp) -> Result<bool, Error> {
        let of = (name.to_owned(), holder.to_owned(), now, until);
        self.run(of, |session, of| Box::pin(notes::claim(session, &of.0, &of.1, (of.2, of.3)))).await
    }

    /// Whether a write reaches the disk: it is tried.
    pub async fn writable(&self, now: Timestamp) -> Result<(), Error> {
        self.write_note("writable", &now.to_string()).await
    }
}

async fn forget(session: &Session, repository: &str) -> Result<(), Error> {
    queue::forget_repository(session, repository).await?;
    verdicts::forget_repository(session, repository).await
}

#[cfg(test)]
mod tests;
