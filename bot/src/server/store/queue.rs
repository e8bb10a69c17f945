//! What is due, and who holds it.
//!
//! A job is a row for as long as its subject is due; a subject that is as it should be has none. `ready_at` is when a
//! worker may take it: later for one that waits for another try, the end of the lease for one that is held, never for one
//! that is parked. So a lease that ends by itself needs nobody who notices.

use super::session::{Row, Value};
use super::subject::{self, millis, time};
use super::{Accepted, Delivery, Depth, Error, Lease, Mark, Outcome, Parked, Session};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::time::Duration;

const NEVER: i64 = i64::MAX;

const ACCEPT: &str =
    "INSERT INTO deliveries (id, event, action, received) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING";

/// A mark on a job that waits leaves its time alone, or a burst would wear out its tries; somebody who asks is served at
/// once. What was parked is tried again when something new came from outside.
const MARK: &str = "
INSERT INTO jobs (installation, subject, repository, generation, done_generation, again_generation, fence, attempts,
                  ready_at, due_since, marked_at, delivery)
VALUES (?1, ?2, ?3, 1, 0, ?4, 0, 0, ?5, ?5, ?5, ?6)
ON CONFLICT (installation, subject) DO UPDATE SET
    generation = jobs.generation + 1,
    again_generation = CASE WHEN ?4 = 1 THEN jobs.generation + 1 ELSE jobs.again_generation END,
    marked_at = excluded.marked_at,
    delivery = COALESCE(excluded.delivery, jobs.delivery),
    attempts = CASE WHEN jobs.parked_at IS NOT NULL AND ?7 = 1 THEN 0 ELSE jobs.attempts END,
    due_since = CASE WHEN jobs.parked_at IS NOT NULL AND ?7 = 1 THEN excluded.due_since ELSE jobs.due_since END,
    ready_at = CASE
        WHEN jobs.parked_at IS NOT NULL THEN CASE WHEN ?7 = 1 THEN excluded.ready_at ELSE jobs.ready_at END
        WHEN jobs.worker IS NULL AND ?4 = 1 AND excluded.ready_at < jobs.ready_at THEN excluded.ready_at
        ELSE jobs.ready_at END,
    parked_at = CASE WHEN ?7 = 1 THEN NULL ELSE jobs.parked_at END";

/// Whose turn it is: those with something to do, the one that was served longest ago first. The numbers of the
/// installations are found by hopping over the index, however many jobs each has.
const TURNS: &str = "
WITH RECURSIVE pending (installation) AS (
    SELECT MIN(installation) FROM jobs
    UNION ALL
    SELECT (SELECT MIN(jobs.installation) FROM jobs WHERE jobs.installation > pending.installation)
    FROM pending WHERE pending.installation IS NOT NULL
)
SELECT pending.installation FROM pending LEFT JOIN installations ON installations.id = pending.installation
WHERE pending.installation IS NOT NULL AND COALESCE(installations.paused_until, 0) <= ?1
  AND EXISTS (SELECT 1 FROM jobs WHERE jobs.installation = pending.installation AND jobs.ready_at <= ?1)
ORDER BY COALESCE(installations.served, 0), pending.installation
LIMIT 16";

/// A job whose worker never came back counts as tried: it may be what ended the worker.
const TAKE: &str = "
UPDATE jobs SET worker = ?3, fence = fence + 1, ready_at = ?4,
    attempts = attempts + CASE WHEN worker IS NULL THEN 0 ELSE 1 END
WHERE id = (SELECT id FROM jobs WHERE installation = ?1 AND ready_at <= ?2
            ORDER BY ready_at, id LIMIT 1 /* FOR UPDATE SKIP LOCKED */)
RETURNING id, subject, again_generation, done_generation, fence, generation, attempts, due_since, delivery";

/// Keeps deliveries and marks what is due because of them; which of them were new.
pub async fn accept(session: &Session, deliveries: &[Delivery]) -> Result<Vec<Accepted>, Error> {
    // In one order for everybody, so that two replicas never wait for each other.
    let mut order: Vec<usize> = (0..deliveries.len()).collect();
    order.sort_by(|left, right| deliveries[*left].id.cmp(&deliveries[*right].id));
    let rows: Vec<Vec<Value<'_>>> = order.iter().map(|at| row(&deliveries[*at])).collect();
    let mut accepted = vec![Accepted::Known; deliveries.len()];
    let mut due: Vec<(&Mark, &Delivery)> = Vec::new();
    for (at, changed) in order.into_iter().zip(session.each(ACCEPT, &rows).await?) {
        if changed == 1 {
            accepted[at] = Accepted::New;
            due.extend(deliveries[at].marks.iter().map(|mark| (mark, &deliveries[at])));
        }
    }
    let due = due.into_iter().map(|(mark, delivery)| Due { mark, at: delivery.received, delivery: Some(&delivery.id) });
    put(session, due.collect()).await?;
    Ok(accepted)
}

fn row(delivery: &Delivery) -> Vec<Value<'_>> {
    vec![
        (&delivery.id).into(),
        (&delivery.event).into(),
        delivery.action.as_deref().into(),
        millis(delivery.received).into(),
    ]
}

/// Marks what is due for a reason of our own.
pub async fn mark(session: &Session, marks: &[Mark], now: Timestamp) -> Result<(), Error> {
    put(session, marks.iter().map(|mark| Due { mark, at: now, delivery: None }).collect()).await
}

struct Due<'a> {
    mark: &'a Mark,
    at: Timestamp,
    delivery: Option<&'a String>,
}

async fn put(session: &Session, due: Vec<Due<'_>>) -> Result<(), Error> {
    let mut named: Vec<(String, Due<'_>)> =
        due.into_iter().map(|due| (subject::text(&due.mark.subject), due)).collect();
    named.sort_by(|left, right| (left.1.mark.installation, &left.0).cmp(&(right.1.mark.installation, &right.0)));
    let rows: Vec<Vec<Value<'_>>> = named.iter().map(|(text, due)| due.values(text)).collect();
    session.each(MARK, &rows).await.map(drop)
}

impl<'a> Due<'a> {
    fn values(&self, text: &'a str) -> Vec<Value<'a>> {
        let Mark { installation, subject, again } = self.mark;
        vec![
            (*installation).into(),
            text.into(),
            subject::repository(subject).into(),
            (*again).into(),
            millis(self.at).into(),
            self.delivery.into(),
            (*again || self.delivery.is_some()).into(),
        ]
    }
}

/// Takes the job whose turn it is.
pub async fn take(session: &Session, worker: &str, now: Timestamp, lease: Duration) -> Result<Option<Lease>, Error> {
    let until = later(now, lease);
    for mut turn in session.all(TURNS, &[millis(now).into()]).await? {
        let installation = turn.count()?;
        let values = [installation.into(), millis(now).into(), worker.into(), millis(until).into()];
        // None: another replica was faster.
        if let Some(row) = session.one(TAKE, &values).await? {
            let lease = held(row, installation, until)?;
            session
                .change(
                    "INSERT INTO installations (id, served, paused_until) VALUES (?1, ?2, 0)
                     ON CONFLICT (id) DO UPDATE SET served = excluded.served",
                    &[installation.into(), millis(now).into()],
                )
                .await?;
            return Ok(Some(lease));
        }
    }
    Ok(None)
}

fn held(mut row: Row, installation: u64, until: Timestamp) -> Result<Lease, Error> {
    let (job, text, again, done) = (row.int()?, row.text()?, row.int()?, row.int()?);
    Ok(Lease {
        job,
        mark: Mark { installation, subject: subject::parse(&text)?, again: again > done },
        fence: row.int()?,
        generation: row.int()?,
        attempts: u32::try_from(row.int()?).unwrap_or(u32::MAX),
        until,
        due_since: time(row.int()?),
        delivery: row.maybe_text()?,
    })
}

fn later(now: Timestamp, by: Duration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// Holds a job for longer; false: it is no longer held by this lease.
pub async fn renew(session: &Session, lease: &Lease, until: Timestamp) -> Result<bool, Error> {
    let sql = "UPDATE jobs SET ready_at = ?3 WHERE id = ?1 AND fence = ?2 AND worker IS NOT NULL";
    Ok(session.change(sql, &[lease.job.into(), lease.fence.into(), millis(until).into()]).await? == 1)
}

/// Gives a job back as it was taken; it is due at once.
pub async fn release(session: &Session, lease: &Lease, now: Timestamp) -> Result<bool, Error> {
    let sql = "UPDATE jobs SET worker = NULL, ready_at = ?3 WHERE id = ?1 AND fence = ?2 AND worker IS NOT NULL";
    Ok(session.change(sql, &[lease.job.into(), lease.fence.into(), millis(now).into()]).await? == 1)
}

/// Ends a lease; false: it was lost before, and nothing changed.
pub async fn finish(session: &Session, lease: &Lease, outcome: &Outcome, now: Timestamp) -> Result<bool, Error> {
    let (job, fence, seen) = (lease.job.into(), lease.fence.into(), lease.generation.into());
    let changed = match outcome {
        Outcome::Done => {
            let gone = "DELETE FROM jobs WHERE id = ?1 AND fence = ?2 AND worker IS NOT NULL AND generation = ?3";
            let marked_since = "
                UPDATE jobs SET worker = NULL, attempts = 0, why = NULL, done_generation = ?3, due_since = marked_at,
                    ready_at = marked_at
                WHERE id = ?1 AND fence = ?2 AND worker IS NOT NULL";
            match session.change(gone, &[job, fence, seen]).await? {
                0 => session.change(marked_since, &[job, fence, seen]).await?,
                gone => gone,
            }
        }
        Outcome::Retry { at, why } => {
            let sql = "
                UPDATE jobs SET worker = NULL, attempts = attempts + 1, ready_at = ?3, why = ?4
                WHERE id = ?1 AND fence = ?2 AND worker IS NOT NULL";
            session.change(sql, &[job, fence, millis(*at).into(), why.into()]).await?
        }
        Outcome::Limited { until } => {
            let released = release(session, lease, now).await?;
            if released {
                pause(session, lease.mark.installation, *until).await?;
            }
            u64::from(released)
        }
        Outcome::Parked { why } => {
            // What was marked since gets its own try.
            let sql = "
                UPDATE jobs SET worker = NULL, why = ?4,
                    attempts = CASE WHEN generation = ?3 THEN attempts + 1 ELSE 0 END,
                    ready_at = CASE WHEN generation = ?3 THEN ?6 ELSE ?5 END,
                    parked_at = CASE WHEN generation = ?3 THEN ?5 ELSE NULL END
                WHERE id = ?1 AND fence = ?2 AND worker IS NOT NULL";
            session.change(sql, &[job, fence, seen, why.into(), millis(now).into(), NEVER.into()]).await?
        }
    };
    Ok(changed == 1)
}

/// Leaves an installation alone until then.
pub async fn pause(session: &Session, installation: u64, until: Timestamp) -> Result<(), Error> {
    let sql = "
        INSERT INTO installations (id, served, paused_until) VALUES (?1, 0, ?2)
        ON CONFLICT (id) DO UPDATE SET paused_until =
            CASE WHEN excluded.paused_until > installations.paused_until
                 THEN excluded.paused_until ELSE installations.paused_until END";
    session.change(sql, &[installation.into(), millis(until).into()]).await.map(drop)
}

/// The installations that are left alone, and until when.
pub async fn paused(session: &Session, now: Timestamp) -> Result<Vec<(u64, Timestamp)>, Error> {
    let sql = "SELECT id, paused_until FROM installations WHERE paused_until > ?1 ORDER BY id";
    let rows = session.all(sql, &[millis(now).into()]).await?;
    rows.into_iter().map(|mut row| Ok((row.count()?, time(row.int()?)))).collect()
}

/// The jobs that were parked, the newest first.
pub async fn parked(session: &Session, limit: u64) -> Result<Vec<Parked>, Error> {
    let sql = "
        SELECT id, installation, subject, again_generation, done_generation, why, parked_at, attempts FROM jobs
        WHERE parked_at IS NOT NULL ORDER BY parked_at DESC, id LIMIT ?1";
    let rows = session.all(sql, &[limit.into()]).await?;
    let one = |mut row: Row| {
        let (job, installation, text) = (row.int()?, row.count()?, row.text()?);
        let (again, done) = (row.int()?, row.int()?);
        Ok(Parked {
            job,
            mark: Mark { installation, subject: subject::parse(&text)?, again: again > done },
            why: row.maybe_text()?.unwrap_or_default(),
            since: time(row.int()?),
            attempts: u32::try_from(row.int()?).unwrap_or(u32::MAX),
        })
    };
    rows.into_iter().map(one).collect()
}

/// Has a parked job tried again; false: it is not parked.
pub async fn unpark(session: &Session, job: i64, now: Timestamp) -> Result<bool, Error> {
    let sql = "
        UPDATE jobs SET parked_at = NULL, attempts = 0, ready_at = ?2, due_since = ?2, generation = generation + 1,
            again_generation = generation + 1
        WHERE id = ?1 AND parked_at IS NOT NULL";
    Ok(session.change(sql, &[job.into(), millis(now).into()]).await? == 1)
}

/// Frees what is held, whoever holds it: for a process that is alone with its database and has just begun.
pub async fn free_all(session: &Session, now: Timestamp) -> Result<u64, Error> {
    let sql = "UPDATE jobs SET worker = NULL, ready_at = ?1, attempts = attempts + 1 WHERE worker IS NOT NULL";
    session.change(sql, &[millis(now).into()]).await
}

/// How full the queue is.
pub async fn depth(session: &Session, now: Timestamp) -> Result<Depth, Error> {
    let sql = "
        SELECT
            COUNT(CASE WHEN jobs.ready_at <= ?1 AND COALESCE(i.paused_until, 0) <= ?1 THEN 1 END),
            COUNT(CASE WHEN jobs.parked_at IS NULL AND NOT (jobs.worker IS NOT NULL AND jobs.ready_at > ?1)
                        AND (jobs.ready_at > ?1 OR COALESCE(i.paused_until, 0) > ?1) THEN 1 END),
            COUNT(CASE WHEN jobs.worker IS NOT NULL AND jobs.ready_at > ?1 THEN 1 END),
            COUNT(jobs.parked_at),
            MIN(CASE WHEN jobs.ready_at <= ?1 AND COALESCE(i.paused_until, 0) <= ?1 THEN jobs.ready_at END)
        FROM jobs LEFT JOIN installations i ON i.id = jobs.installation";
    let Some(mut row) = session.one(sql, &[millis(now).into()]).await? else {
        return Err(Error::Refused("a count had no row".to_owned()));
    };
    Ok(Depth {
        due: row.count()?,
        waiting: row.count()?,
        held: row.count()?,
        parked: row.count()?,
        oldest: row.maybe_int()?.map(time),
    })
}

/// Which of these deliveries are here.
pub async fn known(session: &Session, ids: &[String]) -> Result<BTreeSet<String>, Error> {
    let mut known = BTreeSet::new();
    for id in ids {
        if session.one("SELECT 1 FROM deliveries WHERE id = ?1", &[id.into()]).await?.is_some() {
            known.insert(id.clone());
        }
    }
    Ok(known)
}

/// Forgets deliveries that came before a time, the oldest first, and not more than a transaction should hold; how many.
pub async fn prune(session: &Session, before: Timestamp, limit: u64) -> Result<u64, Error> {
    let sql = "
        DELETE FROM deliveries WHERE id IN
            (SELECT id FROM deliveries WHERE received < ?1 ORDER BY received LIMIT ?2)";
    session.change(sql, &[millis(before).into(), limit.into()]).await
}

/// Forgets what is due in a repository.
pub async fn forget_repository(session: &Session, repository: &str) -> Result<(), Error> {
    session.change("DELETE FROM jobs WHERE repository = ?1", &[repository.into()]).await.map(drop)
}

/// Forgets what is due in an installation, and that it was ever served.
pub async fn forget_installation(session: &Session, installation: u64) -> Result<(), Error> {
    session.change("DELETE FROM jobs WHERE installation = ?1", &[installation.into()]).await?;
    session.change("DELETE FROM installations WHERE id = ?1", &[installation.into()]).await.map(drop)
}
