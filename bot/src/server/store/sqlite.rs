//! SQLite: one file, one thread that holds it.
//!
//! Whatever waits when the thread is free goes into one transaction and is answered when that is on the disk; one comes
//! at once where none was a moment ago, and else [`PACE`] after it. So a burst of deliveries costs a handful of waits for
//! the disk, and a single one is not kept waiting for company.

use super::{Error, Session, queue, schema};
use jiff::Timestamp;
use std::fs::{File, OpenOptions, TryLockError};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::{Pin, pin};
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// So many answers wait for one commit at most.
const GROUP: usize = 256;
/// So many wait for their turn; who comes later waits before that.
const WAITING: usize = 4096;
/// Between two transactions, at least: each costs several times what a delivery in it does. GitHub waits ten seconds.
const PACE: Duration = Duration::from_millis(10);
/// How long a write waits for another process that holds the file, a backup for example.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long a start waits for the process before it to end.
const HANDOVER: Duration = Duration::from_secs(5);

/// An operation on a session: its future borrows the session and its arguments.
pub type Running<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// The thread that holds the file. It ends with the last of these.
pub struct Sqlite {
    asks: mpsc::Sender<Box<dyn Ask>>,
}

impl Sqlite {
    /// Opens the file, or makes it; brings its tables to the newest version; frees what an ended process held.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let lock = lock(path)?;
        let session = connect(path)?;
        let (asks, asked) = mpsc::channel(WAITING);
        let file = path.to_owned();
        std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || serve(&file, session, asked, lock))
            .map_err(|error| Error::Setting(format!("no thread for the database: {error}")))?;
        Ok(Self { asks })
    }

    /// Has the thread do something, inside a transaction, and waits until that is on the disk.
    pub async fn run<A, T, F>(&self, arguments: A, operation: F) -> Result<T, Error>
    where
        A: Send + 'static,
        T: Send + 'static,
        F: for<'a> Fn(&'a Session, &'a A) -> Running<'a, T> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let gone = |_| Error::Unreachable("the thread of the database has ended".to_owned());
        let ask = Asked { arguments, operation, outcome: None, tell };
        self.asks.send(Box::new(ask)).await.map_err(|_| gone(()))?;
        told.await.map_err(|_| gone(()))?
    }
}

/// What the thread is asked to do.
trait Ask: Send {
    /// Does it; where the transaction was taken back, once more.
    fn run(&mut self, session: &Session) -> Result<(), Error>;
    /// Tells the asker, once it is clear whether it was kept.
    fn tell(self: Box<Self>, kept: Result<(), Error>);
}

struct Asked<A, T, F> {
    arguments: A,
    operation: F,
    outcome: Option<Result<T, Error>>,
    tell: oneshot::Sender<Result<T, Error>>,
}

impl<A, T, F> Ask for Asked<A, T, F>
where
    A: Send,
    T: Send,
    F: for<'a> Fn(&'a Session, &'a A) -> Running<'a, T> + Send,
{
    fn run(&mut self, session: &Session) -> Result<(), Error> {
        let outcome = at_once((self.operation)(session, &self.arguments));
        let done = outcome.as_ref().map(drop).map_err(Clone::clone);
        self.outcome = Some(outcome);
        done
    }

    fn tell(self: Box<Self>, kept: Result<(), Error>) {
        let outcome = match (self.outcome, kept) {
            (Some(Ok(answer)), Ok(())) => Ok(answer),
            (Some(Err(error)), _) | (_, Err(error)) => Err(error),
            (None, Ok(())) => Err(Error::Refused("it was not asked".to_owned())),
        };
        // An asker that has gone does not mind.
        let _ = self.tell.send(outcome);
    }
}

/// The answer of a future that never waits: nothing does on this thread.
fn at_once<T>(future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => Err(Error::Refused("the file was asked to wait".to_owned())),
    }
}

fn serve(path: &Path, session: Session, mut asked: mpsc::Receiver<Box<dyn Ask>>, lock: File) {
    let mut session = Some(session);
    let mut group: Vec<Box<dyn Ask>> = Vec::new();
    let mut next: Option<Instant> = None;
    while let Some(first) = asked.blocking_recv() {
        group.push(first);
        if let Some(wait) = next.and_then(|next| next.checked_duration_since(Instant::now())) {
            std::thread::sleep(wait);
        }
        while group.len() < GROUP
            && let Ok(next) = asked.try_recv()
        {
            group.push(next);
        }
        // After a fault of the disk the next call begins anew, so that nobody has to start the process again.
        let usable = match session.take() {
            Some(session) => Ok(session),
            None => connect(path),
        };
        let kept = match usable {
            Ok(usable) => {
                let kept = together(&usable, &mut group);
                if !kept.as_ref().is_err_and(Error::breaks_connection) {
                    session = Some(usable);
                }
                kept
            }
            Err(error) => Err(error),
        };
        next = Instant::now().checked_add(PACE);
        for ask in group.drain(..) {
            ask.tell(kept.clone());
        }
    }
    drop(session);
    drop(lock);
}

/// Does all of it in one transaction. Hardly anything ever fails; where something does, all of it is taken back and done
/// again, each inside a mark of its own that it goes back to when it fails.
fn together(session: &Session, group: &mut [Box<dyn Ask>]) -> Result<(), Error> {
    let plain = transaction(session, |_| group.iter_mut().try_for_each(|ask| ask.run(session)));
    match plain {
        // Where somebody else holds the file, the second time would be spent on waiting as the first was.
        Err(error) if !error.breaks_connection() && !matches!(error, Error::Busy(_)) => each_by_itself(session, group),
        done => done,
    }
}

fn each_by_itself(session: &Session, group: &mut [Box<dyn Ask>]) -> Result<(), Error> {
    transaction(session, |say| {
        for ask in group {
            say("SAVEPOINT one")?;
            match ask.run(session) {
                Ok(()) => {}
                Err(error) if error.breaks_connection() => return Err(error),
                Err(_) => say("ROLLBACK TO one")?,
            }
            say("RELEASE one")?;
        }
        Ok(())
    })
}

/// Something inside a transaction, which ends with it or is taken back.
fn transaction(
    session: &Session,
    work: impl FnOnce(&dyn Fn(&'static str) -> Result<(), Error>) -> Result<(), Error>,
) -> Result<(), Error> {
    let say = |sql| at_once(session.change(sql, &[])).map(drop);
    say("BEGIN IMMEDIATE")?;
    work(&say).and_then(|()| say("COMMIT")).inspect_err(|_| {
        // Where the fault has rolled it back already, this is refused, which is as well.
        let _ = say("ROLLBACK");
    })
}

/// Makes sure that nobody else serves from this file: leases are only freed at the start because of that.
fn lock(path: &Path) -> Result<File, Error> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let beside = PathBuf::from(beside);
    let file = private(&beside)?;
    let step = Duration::from_millis(100);
    let mut waited = Duration::ZERO;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if waited < HANDOVER => std::thread::sleep(step),
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Setting(format!(
                    "another adrule serves from {}; end it first, or give several replicas a PostgreSQL database",
                    path.display()
                )));
            }
            Err(TryLockError::Error(error)) => return Err(of_file(&beside, &error)),
        }
        waited += step;
    }
}

/// A file that only its owner reads.
fn private(path: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| of_file(path, &error))
}

fn of_file(path: &Path, error: &std::io::Error) -> Error {
    use std::io::ErrorKind as Kind;
    let text = format!("{}: {error}", path.display());
    match error.kind() {
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Error::ReadOnly(text),
        Kind::StorageFull | Kind::QuotaExceeded => Error::Full(text),
        _ => Error::Unreachable(text),
    }
}

fn connect(path: &Path) -> Result<Session, Error> {
    // SQLite would make it readable for others; the files beside it get the same permissions.
    private(path)?;
    let connection = rusqlite::Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(96);
    // FULL: what was answered outlives a loss of power, not only of the process.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -2000; PRAGMA journal_size_limit = 16777216;",
    )?;
    let session = Session::Sqlite(Mutex::new(connection));
    at_once(begin(&session))?;
    Ok(session)
}

async fn begin(session: &Session) -> Result<(), Error> {
    session.batch("BEGIN IMMEDIATE").await?;
    let begun = async {
        schema::migrate(session).await?;
        queue::free_all(session, Timestamp::now()).await?;
        session.batch("COMMIT").await
    };
    begun.await.inspect_err(|_| {
        let _ = at_once(session.batch("ROLLBACK"));
    })
}
