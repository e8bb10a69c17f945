//! Workers: each takes a job, brings its subject to the wanted state, and says how that went.

use super::log;
use super::metrics::metrics;
use super::stop::Stop;
use super::store::{Lease, Outcome, Store};
use jiff::Timestamp;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tracing::Instrument as _;

/// How long a job is held without a sign of life. After the sudden end of a replica its jobs wait so long.
const LEASE: Duration = Duration::from_secs(60);
/// A sign of life; three may get lost.
const RENEW: Duration = Duration::from_secs(15);
/// How often a look is taken for what other replicas marked, and for what waited.
const LOOK: Duration = Duration::from_secs(1);
/// The first pause before another try; it doubles up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(600);
/// Tries of something passing: two and a half hours. What is not over by then is shown to a person.
const TRIES: u32 = 20;
/// Tries of what looks like a fault of our own.
const TRIES_OF_FAULT: u32 = 3;

/// Brings subjects to their wanted state. Called with the same subject by one worker at a time; it may be stopped at any
/// await, and is called again then.
pub trait Reconciler: Send + Sync + 'static {
    /// Brings the lease's subject to its wanted state.
    fn reconcile<'a>(&'a self, lease: &'a Lease) -> Reconciling<'a>;
}

/// The way there.
pub type Reconciling<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

/// Why a subject is not in its wanted state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It may well go better the next time: GitHub does not answer, or not well.
    Passing(String),
    /// GitHub asks to leave the whole installation alone until then.
    Limited(Timestamp),
    /// It will not go better by itself.
    Lasting(String),
    /// A fault of ours.
    Fault(String),
}

/// The workers of this process.
pub struct Crew {
    store: Store,
    reconciler: Arc<dyn Reconciler>,
    /// Told apart from every other process that ever was.
    name: String,
    workers: u32,
    /// Free workers.
    free: Arc<Semaphore>,
    /// Set when the time for draining is over.
    hurry: Stop,
}

impl Crew {
    /// So many workers, idle.
    pub fn new(store: Store, reconciler: Arc<dyn Reconciler>, name: String, workers: u32) -> Arc<Self> {
        let free = Arc::new(Semaphore::new(workers as usize));
        Arc::new(Self { store, reconciler, name, workers, free, hurry: Stop::default() })
    }

    /// Works until everybody is asked to end, then lets what has begun come to its end within `drain`; what has not is
    /// given back.
    pub async fn run(self: Arc<Self>, stop: &Stop, drain: Duration) {
        while let Some(worker) = self.free_worker(stop).await {
            match self.store.take(&self.name, Timestamp::now(), LEASE).await {
                Ok(Some(lease)) => {
                    let span = log::job(&lease);
                    drop(tokio::spawn(Arc::clone(&self).work(lease, worker).instrument(span)));
                }
                Ok(None) => {
                    drop(worker);
                    tokio::select! {
                        () = self.store.woken() => {}
                        () = tokio::time::sleep(LOOK) => {}
                        () = stop.wished() => {}
                    }
                }
                Err(error) => {
                    tracing::error!("no job could be taken: {error}");
                    tokio::time::sleep(LOOK).await;
                }
            }
        }
        let drained = tokio::time::timeout(drain, self.free.acquire_many(self.workers)).await;
        if drained.is_err() {
            self.hurry.set();
            // Giving back is a write for each; where even that is not possible, the leases end by themselves.
            let _ = tokio::time::timeout(LOOK * 2, self.free.acquire_many(self.workers)).await;
        }
    }

    /// None: everybody was asked to end.
    async fn free_worker(&self, stop: &Stop) -> Option<OwnedSemaphorePermit> {
        tokio::select! {
            biased;
            () = stop.wished() => None,
            worker = Arc::clone(&self.free).acquire_owned() => worker.ok(),
        }
    }

    async fn work(self: Arc<Self>, lease: Lease, worker: OwnedSemaphorePermit) {
        let start = Instant::now();
        let result = if lease.attempts >= TRIES {
            Some(Err(Failure::Lasting(format!("{} tries did not come to an end", lease.attempts))))
        } else {
            self.held(&lease).await
        };
        match result {
            Some(result) => self.finish(&lease, result, start).await,
            None => tracing::warn!("the job was given up"),
        }
        drop(worker);
    }

    /// Reconciles as long as the lease can be kept; none where it cannot, or where there is no more time.
    async fn held(&self, lease: &Lease) -> Option<Result<(), Failure>> {
        let (reconciler, own) = (Arc::clone(&self.reconciler), lease.clone());
        let mut task = tokio::spawn(async move { reconciler.reconcile(&own).await }.in_current_span());
        let mut until = lease.until;
        loop {
            tokio::select! {
                ended = &mut task => return Some(ended.unwrap_or_else(|fault| Err(Failure::Fault(fault.to_string())))),
                () = self.hurry.wished() => {
                    end(task).await;
                    if let Err(error) = self.store.release(lease, Timestamp::now()).await {
                        tracing::warn!("the job was not given back: {error}");
                    }
                    return None;
                }
                () = tokio::time::sleep(RENEW) => {}
            }
            let next = later(Timestamp::now(), LEASE);
            match self.store.renew(lease, next).await {
                Ok(true) => until = next,
                // Somebody else has the subject; two would write twice.
                Ok(false) => {
                    end(task).await;
                    return None;
                }
                Err(error) => {
                    tracing::warn!("the lease was not renewed: {error}");
                    if later(Timestamp::now(), RENEW) >= until {
                        end(task).await;
                        return None;
                    }
                }
            }
        }
    }

    async fn finish(&self, lease: &Lease, result: Result<(), Failure>, start: Instant) {
        let now = Timestamp::now();
        let outcome = outcome(result, lease, now);
        let took = start.elapsed();
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        match &outcome {
            Outcome::Done => tracing::info!(milliseconds, "done"),
            Outcome::Retry { at, why } => {
                tracing::warn!(milliseconds, attempts = lease.attempts + 1, why, again = %at, "not done");
            }
            Outcome::Limited { until } => tracing::warn!(milliseconds, again = %until, "GitHub's limit is reached"),
            Outcome::Parked { why } => tracing::error!(milliseconds, attempts = lease.attempts + 1, why, "parked"),
        }
        while Timestamp::now() < lease.until.max(later(now, LEASE)) {
            match self.store.finish(lease, outcome.clone(), Timestamp::now()).await {
                Ok(is_kept) => {
                    metrics().job(lease, &outcome, is_kept, took, now);
                    if !is_kept {
                        tracing::warn!("the lease was lost before the job was done");
                    }
                    return;
                }
                Err(error) => tracing::error!("the end of the job was not kept: {error}"),
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// Stops a task, and waits until it no longer does anything.
async fn end(task: JoinHandle<Result<(), Failure>>) {
    task.abort();
    let _ = task.await;
}

fn later(now: Timestamp, by: Duration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// What a result means for the job.
fn outcome(result: Result<(), Failure>, lease: &Lease, now: Timestamp) -> Outcome {
    let again = |why: String, tries: u32| {
        if lease.attempts + 1 >= tries {
            Outcome::Parked { why: format!("{why} (tried {} times)", lease.attempts + 1) }
        } else {
            Outcome::Retry { at: later(now, pause(lease.job, lease.attempts)), why }
        }
    };
    match result {
        Ok(()) => Outcome::Done,
        Err(Failure::Passing(why)) => again(why, TRIES),
        Err(Failure::Fault(why)) => again(why, TRIES_OF_FAULT),
        Err(Failure::Limited(until)) => Outcome::Limited { until },
        Err(Failure::Lasting(why)) => Outcome::Parked { why },
    }
}

/// The pause before another try: doubling, and up to a half longer by a number that differs from job to job, so that
/// what failed together does not come back together.
fn pause(job: i64, attempts: u32) -> Duration {
    let pause = FIRST_PAUSE.saturating_mul(1 << attempts.min(16)).min(LONGEST_PAUSE);
    let mut hasher = DefaultHasher::new();
    (job, attempts).hash(&mut hasher);
    let share = u32::try_from(hasher.finish() % 1000).unwrap_or(0);
    pause + pause / 2000 * share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::{Mark, Subject};

    fn lease(job: i64, attempts: u32) -> Lease {
        Lease {
            job,
            mark: Mark { installation: 1, subject: Subject::Installation, again: false },
            fence: 1,
            generation: 1,
            attempts,
            until: Timestamp::UNIX_EPOCH,
            due_since: Timestamp::UNIX_EPOCH,
            delivery: None,
        }
    }

    #[test]
    fn pauses_double_up_to_the_longest_and_differ() {
        let of = |attempts| pause(7, attempts);
        assert!(of(0) >= Duration::from_secs(2) && of(0) < Duration::from_secs(3));
        assert!(of(3) >= Duration::from_secs(16) && of(3) < Duration::from_secs(24));
        assert!(of(40) >= LONGEST_PAUSE && of(40) < LONGEST_PAUSE * 3 / 2);
        assert_ne!(pause(7, 3), pause(8, 3));
    }

    #[test]
    fn what_passes_is_tried_again_and_then_parked() {
        let now = Timestamp::UNIX_EPOCH;
        let failed = |attempts| outcome(Err(Failure::Passing("no answer".to_owned())), &lease(1, attempts), now);
        assert!(matches!(failed(0), Outcome::Retry { at, .. } if at > now));
        assert!(matches!(failed(18), Outcome::Retry { .. }));
        assert_eq!(failed(19), Outcome::Parked { why: "no answer (tried 20 times)".to_owned() });
    }

    #[test]
    fn what_does_not_pass_is_parked_at_once_and_a_limit_is_no_try() {
        let now = Timestamp::UNIX_EPOCH;
        let of = |failure| outcome(Err(failure), &lease(1, 0), now);
        assert_eq!(of(Failure::Lasting("gone".to_owned())), Outcome::Parked { why: "gone".to_owned() });
        assert_eq!(of(Failure::Limited(now)), Outcome::Limited { until: now });
        assert_eq!(outcome(Ok(()), &lease(1, 5), now), Outcome::Done);
    }
}
