//! PostgreSQL: several processes, each with a handful of connections.
//!
//! An operation runs on a task of its own, so that a caller who goes away leaves no transaction half done. One that
//! another replica crossed (a deadlock) begins again, and so does one whose connection turns out to be dead before it
//! began: after a restart of the database all are.

use super::session::{Cell, Row, Value};
use super::sqlite::Running;
use super::{Accepted, Delivery, Error, Session, queue, schema};
use futures_util::future::join_all;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio_postgres::config::SslMode;
use tokio_postgres::types::{IsNull, ToSql, Type};
use tokio_postgres::{Client, Config, NoTls, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Connections of one process.
const CONNECTIONS: usize = 6;
/// So many deliveries wait for one commit at most.
const GROUP: usize = 256;
const WAITING: usize = 4096;
/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(5);
/// How long an operation may take. A network that swallows everything gives no error by itself.
const PATIENCE: Duration = Duration::from_secs(20);
const TRIES: u32 = 5;
/// Who changes the tables: any number that nobody else takes for a lock of theirs.
const MIGRATING: &str = "SELECT pg_advisory_xact_lock(7305808869231650157)";
/// A replica that froze must not hold others up.
const LIMITS: &str = "SET statement_timeout = '15s'; SET lock_timeout = '10s'; \
                      SET idle_in_transaction_session_timeout = '30s'; SET application_name = 'adrule'";

/// The connections to a database.
pub struct Postgres {
    pool: Arc<Pool>,
    deliveries: mpsc::Sender<(Delivery, oneshot::Sender<Result<Accepted, Error>>)>,
}

struct Pool {
    config: Config,
    tls: Option<MakeRustlsConnect>,
    idle: Mutex<Vec<Session>>,
    room: Semaphore,
}

impl Postgres {
    /// Connects, and brings the tables to the newest version: whoever comes first, the others wait for it.
    pub async fn open(url: &str) -> Result<Self, Error> {
        // The URL may have a password in it, and is not repeated.
        let mut config: Config =
            url.parse().map_err(|error| Error::Setting(format!("the URL of the database cannot be used: {error}")))?;
        config.connect_timeout(CONNECT).tcp_user_timeout(PATIENCE);
        let tls = match config.get_ssl_mode() {
            SslMode::Disable => None,
            _ => {
                let (tls, unread) = MakeRustlsConnect::with_native_certs().map_err(|unread| {
                    Error::Setting(format!(
                        "no certificates to know the database by ({unread:?}); `sslmode=disable` needs none"
                    ))
                })?;
                for unread in unread {
                    tracing::warn!("a certificate of this machine cannot be used: {unread}");
                }
                Some(tls)
            }
        };
        let pool = Arc::new(Pool { config, tls, idle: Mutex::default(), room: Semaphore::new(CONNECTIONS) });
        pool.run(&(), &migrate).await?;
        let (deliveries, waiting) = mpsc::channel(WAITING);
        tokio::spawn(accept(Arc::clone(&pool), waiting));
        Ok(Self { pool, deliveries })
    }

    /// Does something inside a transaction.
    pub async fn run<A, T, F>(&self, arguments: A, operation: F) -> Result<T, Error>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'a> Fn(&'a Session, &'a A) -> Running<'a, T> + Send + Sync + 'static,
    {
        let pool = Arc::clone(&self.pool);
        let task = tokio::spawn(async move { pool.run(&arguments, &operation).await });
        task.await.map_err(|error| Error::Refused(error.to_string()))?
    }

    /// Keeps a delivery, together with those that come at the same time.
    pub async fn accept(&self, delivery: Delivery) -> Result<Accepted, Error> {
        let gone = || Error::Unreachable("the task of the database has ended".to_owned());
        let (tell, told) = oneshot::channel();
        self.deliveries.send((delivery, tell)).await.map_err(|_| gone())?;
        told.await.map_err(|_| gone())?
    }
}

fn migrate<'a>(session: &'a Session, (): &'a ()) -> Running<'a, ()> {
    Box::pin(async move {
        session.batch(MIGRATING).await?;
        schema::migrate(session).await
    })
}

#[expect(clippy::ptr_arg, reason = "an operation gets what it was given, and that has to have a size")]
fn keep<'a>(session: &'a Session, deliveries: &'a Vec<Delivery>) -> Running<'a, Vec<Accepted>> {
    Box::pin(queue::accept(session, deliveries))
}

/// One transaction for all deliveries that wait.
async fn accept(pool: Arc<Pool>, mut waiting: mpsc::Receiver<(Delivery, oneshot::Sender<Result<Accepted, Error>>)>) {
    let mut group = Vec::new();
    while waiting.recv_many(&mut group, GROUP).await > 0 {
        let (deliveries, tell): (Vec<Delivery>, Vec<_>) = group.drain(..).unzip();
        let kept = pool.run(&deliveries, &keep).await;
        for (at, tell) in tell.into_iter().enumerate() {
            let one = kept.as_ref().map(|kept| kept.get(at).copied().unwrap_or(Accepted::Known));
            // A connection that was closed before the answer does not mind.
            let _ = tell.send(one.map_err(Clone::clone));
        }
    }
}

impl Pool {
    async fn run<A, T, F>(&self, arguments: &A, operation: &F) -> Result<T, Error>
    where
        F: for<'a> Fn(&'a Session, &'a A) -> Running<'a, T>,
    {
        let _place = self.room.acquire().await.map_err(|error| Error::Refused(error.to_string()))?;
        let mut tries = 0;
        loop {
            tries += 1;
            let session = self.session().await?;
            let slow = |_| Err((false, Error::Unreachable(format!("no answer within {} s", PATIENCE.as_secs()))));
            let ran = tokio::time::timeout(PATIENCE, transaction(&session, arguments, operation)).await;
            match ran.unwrap_or_else(slow) {
                Ok(answer) => {
                    self.put_back(session);
                    return Ok(answer);
                }
                Err((is_before, error)) => {
                    let is_worth_it = is_before || matches!(error, Error::Busy(_));
                    if !error.breaks_connection() {
                        self.put_back(session);
                    }
                    if !is_worth_it || tries >= TRIES + CONNECTIONS as u32 {
                        return Err(error);
                    }
                }
            }
        }
    }

    async fn session(&self) -> Result<Session, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(session) => Ok(session),
            None => self.connect().await,
        }
    }

    fn put_back(&self, session: Session) {
        if let Session::Postgres(connection) = &session
            && !connection.client.is_closed()
        {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(session);
        }
    }

    async fn connect(&self) -> Result<Session, Error> {
        let client = match &self.tls {
            None => drive(self.config.connect(NoTls).await?),
            Some(tls) => drive(self.config.connect(tls.clone()).await?),
        };
        client.batch_execute(LIMITS).await?;
        Ok(Session::Postgres(Connection { client, statements: Mutex::default() }))
    }
}

/// Has the connection itself looked after, until its client is dropped.
fn drive<S, T>((client, connection): (Client, tokio_postgres::Connection<S, T>)) -> Client
where
    tokio_postgres::Connection<S, T>: Future<Output = Result<(), tokio_postgres::Error>> + Send + 'static,
{
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!("a connection to the database ended: {error}");
        }
    });
    client
}

/// Runs an operation between BEGIN and COMMIT; with an error, whether it came before anything was done.
async fn transaction<A, T, F>(session: &Session, arguments: &A, operation: &F) -> Result<T, (bool, Error)>
where
    F: for<'a> Fn(&'a Session, &'a A) -> Running<'a, T>,
{
    session.batch("BEGIN").await.map_err(|error| (true, error))?;
    let done = async {
        let answer = operation(session, arguments).await?;
        session.batch("COMMIT").await?;
        Ok(answer)
    };
    match done.await {
        Ok(answer) => Ok(answer),
        Err(error) => {
            // A connection that is gone has rolled back by itself.
            let _ = session.batch("ROLLBACK").await;
            Err((false, error))
        }
    }
}

/// A connection, and the statements that it has seen.
pub struct Connection {
    client: Client,
    statements: Mutex<HashMap<&'static str, Statement>>,
}

impl Connection {
    async fn prepared(&self, sql: &'static str) -> Result<Statement, Error> {
        let known = self.statements.lock().unwrap_or_else(PoisonError::into_inner).get(sql).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let prepared = self.client.prepare(&spelt(sql)).await?;
        self.statements.lock().unwrap_or_else(PoisonError::into_inner).insert(sql, prepared.clone());
        Ok(prepared)
    }

    pub async fn all(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, Error> {
        let statement = self.prepared(sql).await?;
        let rows = self.client.query(&statement, &parameters(values)).await?;
        rows.iter().map(|row| (0..row.len()).map(|at| cell(row, at)).collect::<Result<_, _>>().map(Row::new)).collect()
    }

    pub async fn change(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, Error> {
        let statement = self.prepared(sql).await?;
        Ok(self.client.execute(&statement, &parameters(values)).await?)
    }

    /// All are sent before the first is answered.
    pub async fn each(&self, sql: &'static str, all: &[Vec<Value<'_>>]) -> Result<Vec<u64>, Error> {
        let statement = self.prepared(sql).await?;
        let all: Vec<Vec<&(dyn ToSql + Sync)>> = all.iter().map(|values| parameters(values)).collect();
        let sent = all.iter().map(|values| self.client.execute(&statement, values));
        join_all(sent).await.into_iter().map(|changed| changed.map_err(Error::from)).collect()
    }

    pub async fn batch(&self, sql: &str) -> Result<(), Error> {
        Ok(self.client.batch_execute(sql).await?)
    }
}

fn parameters<'a>(values: &'a [Value<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// `?1` is `$1` here, and what stands in a comment for SQLite counts.
fn spelt(sql: &str) -> String {
    sql.replace('?', "$").replace("/* FOR UPDATE SKIP LOCKED */", "FOR UPDATE SKIP LOCKED")
}

fn cell(row: &tokio_postgres::Row, at: usize) -> Result<Cell, Error> {
    let kind = row.columns().get(at).map(|column| column.type_().clone()).unwrap_or(Type::UNKNOWN);
    let wrong = |error: tokio_postgres::Error| Error::Refused(error.to_string());
    Ok(if kind == Type::INT4 {
        row.try_get::<_, Option<i32>>(at).map_err(wrong)?.map_or(Cell::Nothing, |number| Cell::Int(number.into()))
    } else if kind == Type::INT8 {
        row.try_get::<_, Option<i64>>(at).map_err(wrong)?.map_or(Cell::Nothing, Cell::Int)
    } else {
        row.try_get::<_, Option<String>>(at).map_err(wrong)?.map_or(Cell::Nothing, Cell::Text)
    })
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Nothing => Ok(IsNull::Yes),
            Self::Int(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Self::Int(number) => number.to_sql(kind, out),
            // It knows no zero byte in a text, and a title may have one.
            Self::Text(text) if text.contains('\0') => text.replace('\0', "\u{fffd}").to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::INT4 || *kind == Type::INT8 || <&str as ToSql>::accepts(kind)
    }

    tokio_postgres::types::to_sql_checked!();
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        // Its own words leave out the cause.
        let mut text = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(next) = cause {
            text = format!("{text}: {next}");
            cause = next.source();
        }
        let Some(code) = error.code().map(tokio_postgres::error::SqlState::code) else {
            return Self::Unreachable(text);
        };
        match code {
            "40001" | "40P01" | "55P03" | "57014" => Self::Busy(text),
            "53100" => Self::Full(text),
            "25006" | "42501" => Self::ReadOnly(text),
            "XX001" | "XX002" => Self::Corrupt(text),
            "3D000" => Self::Setting(format!("the database is not there: {text}")),
            _ if code.starts_with("28") => Self::Setting(format!("the database does not let us in: {text}")),
            _ if code.starts_with("08") || code.starts_with("57P") || code.starts_with("53") => Self::Unreachable(text),
            _ => Self::Refused(text),
        }
    }
}
