//! A store with something in it, as after a week of work.

use crate::server::store::{Database, Delivery, Mark, Outcome, Store, Subject, Verdict, WaiverSeen};
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// What somebody writes who wants to be more than text.
pub const EVIL: &str = "<script>alert(1)</script>\"' onload=x &amp; \u{202e}gnp.exe";

/// A store of its own, gone with this value.
pub struct Seeded {
    pub store: Store,
    folder: PathBuf,
}

impl Seeded {
    /// An empty one.
    pub async fn empty() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("adrule-board-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let store = Store::open(&Database::Sqlite(folder.join("adrule.db"))).await.unwrap();
        Self { store, folder }
    }

    /// One with pull requests, gaps, waivers and parked jobs.
    pub async fn full(now: Timestamp) -> Self {
        let seeded = Self::empty().await;
        for verdict in verdicts(now) {
            let waivers = (verdict.repository == "acme/platform").then(|| waivers(now));
            seeded.store.record(verdict, waivers).await.unwrap();
        }
        for (delivery, number, why) in [
            (1, 204, "GET /repos/acme/shop/pulls/204: GitHub answered 403 (Resource not accessible by integration)"),
            (2, 199, "adrule.yaml of the base branch cannot be read: line 14 has a tab where a space is wanted"),
        ] {
            let subject = Subject::Pull { repository: "acme/shop".to_owned(), number };
            seeded.park(delivery, subject, why, now).await;
        }
        seeded.park(3, Subject::Installation, "the installation is suspended", now).await;
        // One that waits for a worker.
        seeded.accept(4, Subject::Pull { repository: "acme/shop".to_owned(), number: 212 }, ago(now, 75)).await;
        seeded.store.pause(31, now.checked_add(Duration::from_secs(600)).unwrap()).await.unwrap();
        seeded
    }

    async fn accept(&self, id: u32, subject: Subject, received: Timestamp) {
        let marks = vec![Mark { installation: 12, subject, again: false }];
        let delivery =
            Delivery { id: format!("delivery-{id}"), event: "pull_request".to_owned(), action: None, received, marks };
        self.store.accept(delivery).await.unwrap();
    }

    /// Has a job fail for good.
    pub async fn park(&self, id: u32, subject: Subject, why: &str, now: Timestamp) {
        let since = ago(now, 3_600 * i64::from(id));
        self.accept(id, subject, since).await;
        let lease = self.store.take("a worker", since, Duration::from_secs(60)).await.unwrap().unwrap();
        assert!(self.store.finish(&lease, Outcome::Parked { why: why.to_owned() }, since).await.unwrap());
    }
}

impl Drop for Seeded {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn ago(now: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(now.as_second() - seconds).unwrap()
}

pub fn verdicts(now: Timestamp) -> Vec<Verdict> {
    let one = |number, title: &str, conclusion: &str, findings: &[(&str, u32)], seconds| Verdict {
        installation: 12,
        repository: if number % 3 == 0 { "acme/platform" } else { "acme/shop" }.to_owned(),
        number,
        title: title.to_owned(),
        head: format!("{number:08x}c0ffee00c0ffee00c0ffee00c0ffee00"),
        base: "b".repeat(40),
        page: "p".repeat(40),
        key: format!("key {number}"),
        conclusion: conclusion.to_owned(),
        findings: findings.iter().map(|(rule, found)| ((*rule).to_owned(), *found)).collect(),
        decisions: Vec::new(),
        is_open: number != 187,
        judged: ago(now, seconds),
    };
    let many = [
        ("decision-date-missing", 1),
        ("decision-status-unknown", 2),
        ("facts-disagree", 1),
        ("language-without-reason", 1),
        ("reason-placeholder", 1),
        ("waiver-expired", 1),
    ];
    vec![
        one(212, "Move the edge proxy to Rust", "failure", &[("language-without-reason", 1)], 40),
        one(211, "Write down why the ledger keeps its own clock", "success", &[], 600),
        one(208, EVIL, "failure", &many, 7_300),
        one(207, "Take the thumbnailer's limits from its manifest", "neutral", &[("decision-review-due", 3)], 90_000),
        one(190, "A rule of our own", "action_required", &[("owner-is-a-team", 1)], 400_000),
        one(187, "Say who is on call for the intake", "success", &[], 500_000),
    ]
}

pub fn waivers(now: Timestamp) -> Vec<WaiverSeen> {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let one = |rule: &str, scope: &str, days: Option<i64>, owner: &str, reason: &str| WaiverSeen {
        repository: "acme/platform".to_owned(),
        rule: rule.to_owned(),
        scope: scope.to_owned(),
        owner: owner.to_owned(),
        reason: reason.to_owned(),
        expires: days.map(|days| today.checked_add(jiff::Span::new().days(days)).unwrap()),
    };
    vec![
        one("language-without-reason", "services/webhook-intake", Some(200), "team-edge", "Being moved to Go"),
        one("language-needs-waiver", "services/ocr", Some(12), "team-docs", "The library is C++ only"),
        one("decision-date-missing", "docs/adr/legacy/**", None, "", "Imported from the wiki"),
        one("facts-disagree", "services/ledger", Some(-3), "team-money", EVIL),
    ]
}
