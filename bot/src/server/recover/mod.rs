//! What was not heard of is found all the same: a sweep over what GitHub tried to deliver, and a pass over the open pull
//! requests. Both at start and ever again; of several replicas one at a time.

mod sweep;

#[cfg(test)]
mod tests;

use super::metrics::metrics;
use super::stop::Stop;
use super::store::{Mark, Store, Subject};
use super::work::{Fault, Work};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// Between two sweeps over the deliveries.
const SWEEP: Duration = Duration::from_secs(5 * 60);
/// Between two passes over the open pull requests.
const PASS: Duration = Duration::from_secs(60 * 60);
/// How often it is looked whether either is due.
const LOOK: Duration = Duration::from_secs(30);

/// Finds what was not heard of.
pub struct Recovery {
    work: Arc<Work>,
    store: Store,
    /// This process, told apart from every other one.
    name: String,
}

impl Recovery {
    pub fn new(work: Arc<Work>, store: Store, name: String) -> Self {
        Self { work, store, name }
    }

    /// Sweeps and passes until everybody is asked to end.
    pub async fn run(&self, stop: &Stop) {
        // What happened while nobody was there is looked for at once, whatever another process did before.
        let (mut sweep_at, mut pass_at) = (Timestamp::MIN, Timestamp::MIN);
        while !stop.is_set() {
            let now = Timestamp::now();
            if now >= sweep_at {
                sweep_at = self.swept(now).await;
            }
            if now >= pass_at {
                pass_at = self.passed(now).await;
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                () = stop.wished() => {}
            }
        }
    }

    /// Sweeps, if no other replica does; when to sweep again.
    async fn swept(&self, now: Timestamp) -> Timestamp {
        match self.alone("sweep-held", SWEEP, now).await {
            Ok(true) => {}
            Ok(false) => return later(now, LOOK),
            Err(error) => {
                tracing::warn!("no sweep over the deliveries: {error}");
                return later(now, LOOK);
            }
        }
        let swept = self.sweep(now).await;
        let redelivered = swept.as_ref().map_or(0, |swept| swept.redelivered);
        metrics().sweep(swept.is_ok(), redelivered as u64);
        match swept {
            Ok(swept) => {
                tracing::info!(looked_at = swept.looked_at, redelivered = swept.redelivered, "swept the deliveries");
                // What did not fit comes at once.
                later(now, if swept.is_whole { SWEEP } else { LOOK })
            }
            Err(fault) => {
                let wait = fault.wait().unwrap_or(SWEEP);
                tracing::warn!("the sweep over the deliveries did not come to its end: {fault}");
                later(now, wait.max(LOOK))
            }
        }
    }

    async fn passed(&self, now: Timestamp) -> Timestamp {
        match self.alone("pass-held", PASS / 2, now).await {
            Ok(true) => {}
            Ok(false) => return later(now, LOOK),
            Err(error) => {
                tracing::warn!("no pass over the open pull requests: {error}");
                return later(now, LOOK);
            }
        }
        let passed = self.pass(now).await;
        metrics().pass(passed.is_ok(), *passed.as_ref().unwrap_or(&0) as u64);
        match passed {
            Ok(marked) => {
                tracing::info!(installations = marked, "the open pull requests are looked over");
                later(now, PASS)
            }
            Err(fault) => {
                tracing::warn!("no pass over the open pull requests: {fault}");
                later(now, fault.wait().unwrap_or(LOOK * 2).max(LOOK))
            }
        }
    }

    /// Whether it is this replica's turn.
    async fn alone(&self, what: &str, hold: Duration, now: Timestamp) -> Result<bool, super::store::Error> {
        self.store.claim(what, &self.name, now, later(now, hold)).await
    }

    /// Every installation is due: its repositories are listed, and of each the pull requests whose state differs.
    pub async fn pass(&self, now: Timestamp) -> Result<usize, Fault> {
        let installations = self.work.clients().app()?.installations().await?;
        let marks: Vec<Mark> = installations
            .into_iter()
            .map(|installation| Mark { installation, subject: Subject::Installation, again: false })
            .collect();
        let marked = marks.len();
        self.store.mark(marks, now).await?;
        Ok(marked)
    }
}

fn later(now: Timestamp, by: Duration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}
