//! The sweep: what GitHub could not deliver is asked for again.

use super::Recovery;
use crate::github::Sent;
use crate::server::work::Fault;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// Up to when the last sweep saw everything.
const NOTE: &str = "swept-until";
/// Looked at once more: the list may be behind.
const OVERLAP: SignedDuration = SignedDuration::from_mins(10);
/// GitHub forgets attempts after three days.
const KEPT: SignedDuration = SignedDuration::from_hours(72);
/// What was refused so often is refused for a reason, a wrong secret for example; the pass finds its pull request.
const MOST_ATTEMPTS: usize = 6;
/// Asked for again in one sweep at most.
const MOST: usize = 500;
/// Ids that the store is asked about at a time.
const AT_ONCE: usize = 500;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Attempts that were looked at.
    pub looked_at: usize,
    pub redelivered: usize,
    /// Whether there is nothing left to be asked for.
    pub is_whole: bool,
}

/// The attempts of one delivery.
struct Delivery {
    newest: u64,
    attempts: usize,
    went_well: bool,
}

impl Recovery {
    /// Asks for what did not arrive and is not known here.
    pub async fn sweep(&self, now: Timestamp) -> Result<Swept, Fault> {
        let app = self.work.clients().app()?;
        let oldest = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN);
        let until = self.store.note(NOTE).await?.and_then(|note| note.parse().ok()).unwrap_or(oldest).max(oldest);
        let mut swept = Swept { is_whole: true, ..Swept::default() };
        let mut deliveries: HashMap<String, Delivery> = HashMap::new();
        let mut newest: Option<Timestamp> = None;
        let mut cursor: Option<String> = None;
        loop {
            let sheet = app.deliveries(cursor.as_deref()).await?;
            swept.looked_at += sheet.sent.len();
            let mut is_old = false;
            for sent in sheet.sent {
                // A time that is not understood is taken for a new one.
                let at = sent.delivered_at.parse().unwrap_or(now);
                newest = newest.max(Some(at));
                is_old |= at < until;
                if at >= until {
                    note(&mut deliveries, sent);
                }
            }
            match sheet.next {
                Some(next) if !is_old && cursor.as_ref() != Some(&next) => cursor = Some(next),
                _ => break,
            }
        }
        let mut lost: Vec<(String, u64)> = deliveries
            .into_iter()
            .filter(|(_, delivery)| !delivery.went_well && delivery.attempts < MOST_ATTEMPTS)
            .map(|(guid, delivery)| (guid, delivery.newest))
            .collect();
        // The oldest first, as they happened.
        lost.sort_by_key(|(_, attempt)| *attempt);
        for some in lost.chunks(AT_ONCE) {
            let known = self.store.known(some.iter().map(|(guid, _)| guid.clone()).collect()).await?;
            for (guid, attempt) in some.iter().filter(|(guid, _)| !known.contains(guid)) {
                if swept.redelivered >= MOST {
                    swept.is_whole = false;
                    return Ok(swept);
                }
                tracing::info!(delivery = guid, attempt, "asked for again");
                app.redeliver(*attempt).await?;
                swept.redelivered += 1;
            }
        }
        if let Some(newest) = newest {
            let until = newest.checked_sub(OVERLAP).unwrap_or(newest);
            self.store.write_note(NOTE, &until.to_string()).await?;
        }
        Ok(swept)
    }
}

fn note(deliveries: &mut HashMap<String, Delivery>, sent: Sent) {
    let went_well = (200..300).contains(&sent.status_code);
    let known = deliveries.entry(sent.guid).or_insert(Delivery { newest: sent.id, attempts: 0, went_well: false });
    known.newest = known.newest.max(sent.id);
    known.attempts += 1;
    known.went_well |= went_well;
}
