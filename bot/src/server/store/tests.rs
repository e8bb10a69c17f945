//! The store's promises, each asked of both databases. PostgreSQL where `ADRULE_POSTGRES` names an empty one.

use super::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// A temporary database in a file.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("adrule-store-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn database(&self) -> Database {
        Database::Sqlite(self.0.join("adrule.db"))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a test on a fresh SQLite, and on PostgreSQL where there is one, in a schema of its own.
fn on_both<F: Future<Output = ()>>(name: &str, test: impl Fn(Store) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let place = Place::new();
        test(Store::open(&place.database()).await.unwrap()).await;
        let Ok(url) = std::env::var("ADRULE_POSTGRES") else {
            assert!(std::env::var_os("CI").is_none(), "ADRULE_POSTGRES is not set");
            return;
        };
        let own = schema(&url, name).await;
        test(Store::open(&Database::Postgres(own)).await.unwrap()).await;
    });
}

/// The URL of an empty schema.
pub(super) async fn schema(url: &str, name: &str) -> String {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let sql = format!("DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}");
    client.batch_execute(&sql).await.unwrap();
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}options=-c%20search_path%3D{name}")
}

const LEASE: Duration = Duration::from_secs(60);

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn pull(number: u64) -> Subject {
    Subject::Pull { repository: "a-team/services".to_owned(), number }
}

fn mark(installation: u64, number: u64) -> Mark {
    Mark { installation, subject: pull(number), again: false }
}

fn delivery(id: &str, seconds: i64, marks: Vec<Mark>) -> Delivery {
    Delivery { id: id.to_owned(), event: "pull_request".to_owned(), action: None, received: at(seconds), marks }
}

async fn take(store: &Store, seconds: i64) -> Option<Lease> {
    store.take("a-worker", at(seconds), LEASE).await.unwrap()
}

#[test]
fn a_delivery_counts_once() {
    on_both("once", async |store| {
        assert_eq!(store.accept(delivery("one", 0, vec![mark(1, 7)])).await, Ok(Accepted::New));
        assert_eq!(store.accept(delivery("one", 1, vec![mark(1, 8)])).await, Ok(Accepted::Known));
        let lease = take(&store, 2).await.unwrap();
        assert_eq!((lease.mark.clone(), lease.delivery.as_deref()), (mark(1, 7), Some("one")));
        assert_eq!(take(&store, 2).await, None);
        assert!(store.finish(&lease, Outcome::Done, at(3)).await.unwrap());
        assert_eq!(take(&store, 4).await, None);
        assert_eq!(store.known(vec!["one".into(), "two".into()]).await.unwrap(), BTreeSet::from(["one".to_owned()]));
        assert_eq!(store.prune(at(0), 10).await, Ok(0));
        assert_eq!(store.prune(at(1), 10).await, Ok(1));
    });
}

#[test]
fn a_burst_is_one_job_and_what_comes_meanwhile_another() {
    on_both("burst", async |store| {
        for number in 0..200 {
            store.accept(delivery(&format!("push {number}"), number, vec![mark(1, 7)])).await.unwrap();
        }
        let first = take(&store, 300).await.unwrap();
        assert_eq!((first.generation, first.due_since), (200, at(0)));
        store.accept(delivery("later", 301, vec![mark(1, 7)])).await.unwrap();
        assert_eq!(take(&store, 302).await, None, "one worker a subject");
        assert!(store.finish(&first, Outcome::Done, at(303)).await.unwrap());
        let second = take(&store, 304).await.unwrap();
        assert_eq!((second.job, second.generation, second.due_since), (first.job, 201, at(301)));
        assert!(second.fence > first.fence);
        assert!(store.finish(&second, Outcome::Done, at(305)).await.unwrap());
        assert_eq!(take(&store, 306).await, None);
    });
}

#[test]
fn a_lease_that_was_lost_changes_nothing() {
    on_both("fence", async |store| {
        store.mark(vec![mark(1, 7)], at(0)).await.unwrap();
        let lost = take(&store, 1).await.unwrap();
        assert!(store.renew(&lost, at(100)).await.unwrap());
        assert_eq!(take(&store, 99).await, None);
        let held = take(&store, 101).await.unwrap();
        assert_eq!((held.job, held.attempts), (lost.job, 1), "a worker that never came back was a try");
        assert!(!store.renew(&lost, at(500)).await.unwrap());
        assert!(!store.finish(&lost, Outcome::Done, at(102)).await.unwrap());
        assert!(!store.finish(&lost, Outcome::Parked { why: "x".into() }, at(102)).await.unwrap());
        assert!(!store.finish(&lost, Outcome::Limited { until: at(900) }, at(102)).await.unwrap());
        assert!(!store.release(&lost, at(102)).await.unwrap());
        assert_eq!(store.paused(at(103)).await, Ok(vec![]));
        assert!(store.finish(&held, Outcome::Done, at(103)).await.unwrap());
        assert!(!store.finish(&held, Outcome::Done, at(104)).await.unwrap(), "once");
        // The subject is due anew, as another job: the old lease is not taken for its.
        store.mark(vec![mark(1, 7)], at(105)).await.unwrap();
        let anew = take(&store, 106).await.unwrap();
        assert!(!store.finish(&held, Outcome::Done, at(107)).await.unwrap());
        assert!(store.finish(&anew, Outcome::Done, at(107)).await.unwrap());
    });
}

#[test]
fn installations_take_turns() {
    on_both("turns", async |store| {
        let busy = (0..20).map(|number| mark(1, number)).collect();
        store.mark(busy, at(0)).await.unwrap();
        store.mark(vec![mark(2, 1), mark(2, 2)], at(5)).await.unwrap();
        store.mark(vec![mark(3, 1)], at(6)).await.unwrap();
        let mut served = Vec::new();
        for second in 10..16 {
            served.push(take(&store, second).await.unwrap().mark.installation);
        }
        assert_eq!(served, [1, 2, 3, 1, 2, 1]);
        store.pause(1, at(1000)).await.unwrap();
        store.pause(1, at(500)).await.unwrap();
        assert_eq!(take(&store, 17).await, None);
        assert_eq!(store.paused(at(17)).await, Ok(vec![(1, at(1000))]));
        assert!(take(&store, 1000).await.is_some());
    });
}

#[test]
fn what_failed_waits_and_what_is_hopeless_is_parked() {
    on_both("parked", async |store| {
        store.mark(vec![mark(1, 7)], at(0)).await.unwrap();
        let lease = take(&store, 1).await.unwrap();
        let retry = Outcome::Retry { at: at(50), why: "no answer".into() };
        assert!(store.finish(&lease, retry, at(2)).await.unwrap());
        // A burst does not wear out its tries.
        store.accept(delivery("one", 3, vec![mark(1, 7)])).await.unwrap();
        assert_eq!(take(&store, 49).await, None);
        let lease = take(&store, 50).await.unwrap();
        assert_eq!(lease.attempts, 1);
        assert!(store.finish(&lease, Outcome::Parked { why: "poison".into() }, at(51)).await.unwrap());
        store.mark(vec![mark(1, 7)], at(52)).await.unwrap();
        assert_eq!(take(&store, 10_000).await, None, "our own pass does not wake it");
        let parked = store.parked(10).await.unwrap();
        assert_eq!((parked.len(), parked[0].why.as_str(), parked[0].since), (1, "poison", at(51)));
        assert!(store.unpark(parked[0].job, at(60)).await.unwrap());
        assert!(!store.unpark(parked[0].job, at(60)).await.unwrap());
        let lease = take(&store, 60).await.unwrap();
        assert_eq!((lease.attempts, lease.mark.again), (0, true));
        assert!(store.finish(&lease, Outcome::Parked { why: "poison".into() }, at(61)).await.unwrap());
        store.accept(delivery("two", 62, vec![mark(1, 7)])).await.unwrap();
        assert!(take(&store, 62).await.is_some(), "something new from outside does");
        assert_eq!(store.parked(10).await, Ok(vec![]));
    });
}

#[test]
fn a_wish_to_judge_again_is_kept_until_it_is_met() {
    on_both("again", async |store| {
        let again = Mark { again: true, ..mark(1, 7) };
        store.mark(vec![again], at(0)).await.unwrap();
        store.mark(vec![mark(1, 7)], at(1)).await.unwrap();
        let lease = take(&store, 2).await.unwrap();
        assert!(lease.mark.again);
        assert!(store.finish(&lease, Outcome::Limited { until: at(20) }, at(3)).await.unwrap());
        assert_eq!(take(&store, 19).await, None);
        let lease = take(&store, 20).await.unwrap();
        assert_eq!((lease.mark.again, lease.attempts), (true, 0), "a limit is no try");
        store.mark(vec![mark(1, 7)], at(21)).await.unwrap();
        assert!(store.finish(&lease, Outcome::Done, at(22)).await.unwrap());
        assert!(!take(&store, 23).await.unwrap().mark.again);
    });
}

#[test]
fn the_depth_is_what_it_says() {
    on_both("depth", async |store| {
        store.mark((0..5).map(|number| mark(1, number)).collect(), at(0)).await.unwrap();
        store.mark(vec![mark(2, 1)], at(1)).await.unwrap();
        let held = take(&store, 2).await.unwrap();
        let parked = take(&store, 2).await.unwrap();
        let waits = take(&store, 3).await.unwrap();
        assert!(store.finish(&parked, Outcome::Parked { why: "x".into() }, at(3)).await.unwrap());
        assert!(store.finish(&waits, Outcome::Retry { at: at(90), why: "x".into() }, at(3)).await.unwrap());
        let depth = store.depth(at(4)).await.unwrap();
        assert_eq!(depth, Depth { due: 3, waiting: 1, held: 1, parked: 1, oldest: Some(at(0)) });
        store.pause(1, at(100)).await.unwrap();
        let depth = store.depth(at(5)).await.unwrap();
        assert_eq!(depth, Depth { due: 0, waiting: 4, held: 1, parked: 1, oldest: None });
        assert!(store.release(&held, at(6)).await.unwrap());
        store.forget_installation(1).await.unwrap();
        store.forget_installation(2).await.unwrap();
        let nothing = Depth { due: 0, waiting: 0, held: 0, parked: 0, oldest: None };
        assert_eq!(store.depth(at(7)).await, Ok(nothing));
    });
}

fn verdict(number: u64, decisions: &[u32]) -> Verdict {
    Verdict {
        installation: 1,
        repository: "a-team/services".to_owned(),
        number,
        title: "A title\0 with \u{1f980}".to_owned(),
        head: "head".to_owned(),
        base: "base".to_owned(),
        page: "page".to_owned(),
        key: "key".to_owned(),
        conclusion: "failure".to_owned(),
        findings: vec![("language-without-reason".to_owned(), 2)],
        decisions: decisions.iter().map(|decision| format!("docs/adr/{decision:04}.md")).collect(),
        is_open: true,
        judged: at(i64::try_from(number).unwrap()),
    }
}

#[test]
fn verdicts_are_kept_by_pull_request() {
    on_both("verdicts", async |store| {
        let repository = "a-team/services";
        store.record(verdict(1, &[12]), None).await.unwrap();
        store.record(verdict(2, &[12, 13]), None).await.unwrap();
        store.record(Verdict { title: "New".to_owned(), ..verdict(2, &[12]) }, None).await.unwrap();
        let path = || "docs/adr/0012.md".to_owned();
        assert_eq!(store.added_decisions(repository, "base", &[path()]).await, Ok(vec![(1, path()), (2, path())]));
        assert_eq!(store.added_decisions(repository, "other", &[path()]).await, Ok(vec![]));
        let last = store.last_verdict(repository, 2).await.unwrap().unwrap();
        assert_eq!(last, Verdict { title: "New".to_owned(), ..verdict(2, &[12]) });
        assert_eq!(store.gaps().await, Ok(vec![("language-without-reason".to_owned(), 4)]));
        store.closed(repository, 2).await.unwrap();
        let numbers = |verdicts: Vec<Verdict>| verdicts.iter().map(|verdict| verdict.number).collect::<Vec<_>>();
        assert_eq!(numbers(store.open_verdicts(repository).await.unwrap()), [1]);
        assert_eq!(numbers(store.recent_verdicts(9).await.unwrap()), [2, 1]);
        assert_eq!(store.added_decisions(repository, "base", &[path()]).await, Ok(vec![(1, path())]));
        assert_eq!(store.gaps().await, Ok(vec![("language-without-reason".to_owned(), 2)]));
        store.mark(vec![mark(1, 1)], at(0)).await.unwrap();
        store.forget_repository(repository).await.unwrap();
        assert_eq!(store.recent_verdicts(9).await, Ok(vec![]));
        assert_eq!(take(&store, 1).await, None);
    });
}

#[test]
fn waivers_commands_and_notes_are_kept() {
    on_both("notes", async |store| {
        let waiver = |rule: &str, expires: Option<&str>| WaiverSeen {
            repository: "a-team/services".to_owned(),
            rule: rule.to_owned(),
            scope: "services/beta".to_owned(),
            owner: "platform".to_owned(),
            reason: "It moves soon".to_owned(),
            expires: expires.map(|day| day.parse().unwrap()),
        };
        let all = vec![waiver("a", None), waiver("b", Some("2027-01-02")), waiver("c", Some("2026-12-31"))];
        store.record(verdict(1, &[]), Some(all.clone())).await.unwrap();
        assert_eq!(store.waivers(9).await.unwrap(), [all[2].clone(), all[1].clone(), all[0].clone()]);
        // Of a page that could not be used, nothing is known.
        store.record(verdict(1, &[]), None).await.unwrap();
        assert_eq!(store.waivers(9).await.map(|seen| seen.len()), Ok(3));
        store.record(verdict(1, &[]), Some(vec![])).await.unwrap();
        assert_eq!(store.waivers(9).await, Ok(vec![]));
        assert!(!store.command_is_done(9).await.unwrap());
        assert!(store.command_done("a-team/services", 7, 9, "somebody", at(5)).await.unwrap());
        assert!(!store.command_done("a-team/services", 7, 9, "somebody", at(6)).await.unwrap());
        assert!(store.command_is_done(9).await.unwrap());
        assert_eq!(store.commands_since("a-team/services", 7, "somebody", at(5)).await, Ok((1, 1)));
        assert_eq!(store.commands_since("a-team/services", 7, "another", at(5)).await, Ok((0, 1)));
        assert_eq!(store.commands_since("a-team/services", 7, "somebody", at(6)).await, Ok((0, 0)));
        assert!(store.claim("alone", "one", at(0), at(60)).await.unwrap());
        assert!(!store.claim("alone", "two", at(30), at(90)).await.unwrap());
        assert!(store.claim("alone", "one", at(30), at(90)).await.unwrap());
        assert!(store.claim("alone", "two", at(91), at(150)).await.unwrap());
        store.write_note("sweep", "1").await.unwrap();
        store.write_note("sweep", "2").await.unwrap();
        assert_eq!(store.note("sweep").await, Ok(Some("2".to_owned())));
        assert_eq!(store.note("other").await, Ok(None));
        store.writable(at(0)).await.unwrap();
    });
}

#[test]
fn every_subject_comes_back_as_it_was() {
    let repository = || "a-team/services".to_owned();
    for subject in [
        pull(7),
        Subject::Group { repository: repository(), head: "a".into(), base: "b".into(), branch: "main".into() },
        Subject::Repository { repository: repository() },
        Subject::Installation,
        Subject::Command { repository: repository(), number: 7, comment: 5_000_000_000 },
    ] {
        assert_eq!(subject::parse(&subject::text(&subject)), Ok(subject));
    }
    assert!(subject::parse("pull a-team/services x").is_err());
}

#[tokio::test]
async fn a_start_frees_what_the_process_before_held() {
    let place = Place::new();
    let store = Store::open(&place.database()).await.unwrap();
    store.mark(vec![mark(1, 7)], at(0)).await.unwrap();
    let lost = take(&store, 1).await.unwrap();
    drop(store);
    let store = Store::open(&place.database()).await.unwrap();
    let now = Timestamp::now();
    let lease = store.take("another", now, LEASE).await.unwrap().unwrap();
    assert_eq!((lease.job, lease.attempts), (lost.job, 1));
    assert!(!store.finish(&lost, Outcome::Done, now).await.unwrap());
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let place = Place::new();
    drop(Store::open(&place.database()).await.unwrap());
    let connection = rusqlite::Connection::open(place.0.join("adrule.db")).unwrap();
    connection.execute("INSERT INTO adrule_schema (version) VALUES (99)", []).unwrap();
    drop(connection);
    let error = Store::open(&place.database()).await.err().unwrap();
    assert_eq!(
        error.to_string(),
        "the database has schema version 99, this adrule knows versions up to 2; use the newer adrule, or a database of \
         its own"
    );
}

#[tokio::test]
async fn a_file_that_is_no_database_is_said_to_be_damaged() {
    let place = Place::new();
    std::fs::write(place.0.join("adrule.db"), "not a database, however long it may be".repeat(100)).unwrap();
    let error = Store::open(&place.database()).await.err().unwrap();
    assert!(matches!(error, Error::Corrupt(_)), "{error}");
}

#[tokio::test]
async fn a_file_that_is_locked_keeps_nothing_and_works_again_afterwards() {
    let place = Place::new();
    let store = Store::open(&place.database()).await.unwrap();
    let other = rusqlite::Connection::open(place.0.join("adrule.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.accept(delivery("one", 0, vec![mark(1, 7)])).await.unwrap_err();
    assert!(matches!(error, Error::Busy(_)), "{error}");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(store.accept(delivery("one", 0, vec![mark(1, 7)])).await, Ok(Accepted::New));
}

#[tokio::test]
async fn a_full_disk_keeps_nothing_and_works_again_afterwards() {
    let place = Place::new();
    let store = Store::open(&place.database()).await.unwrap();
    let limit = |pages: &'static str| {
        store.run(pages, |session, pages| Box::pin(async move { session.all(pages, &[]).await.map(drop) }))
    };
    assert_eq!(store.accept(delivery("before", 0, vec![])).await, Ok(Accepted::New));
    // SQLite says the same here as when the disk has no room.
    limit("PRAGMA max_page_count = 1").await.unwrap();
    let mut kept = 0;
    let error = loop {
        match store.accept(delivery(&"x".repeat(3000 + kept), 0, vec![mark(1, 7)])).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, Error::Full(_)), "{error}");
    // The connection was made anew after the fault, without the limit of the old one.
    assert_eq!(store.accept(delivery(&"x".repeat(3000 + kept), 0, vec![])).await, Ok(Accepted::New));
    assert_eq!(store.accept(delivery("before", 0, vec![])).await, Ok(Accepted::Known));
}

#[tokio::test]
async fn what_waits_together_is_kept_together_and_one_fault_does_not_touch_the_others() {
    let place = Place::new();
    let store = Store::open(&place.database()).await.unwrap();
    let wrong = store.run((), |session, ()| {
        Box::pin(async move {
            session.change("INSERT INTO notes (name, content) VALUES ('half', 'x')", &[]).await?;
            Err::<(), _>(Error::Refused("no".to_owned()))
        })
    });
    let all = (0..50).map(|number| store.accept(delivery(&format!("{number}"), 0, vec![mark(1, number)])));
    let (wrong, all) = tokio::join!(wrong, futures_util::future::join_all(all));
    assert_eq!(wrong, Err(Error::Refused("no".to_owned())));
    assert!(all.iter().all(|kept| *kept == Ok(Accepted::New)));
    assert_eq!(store.note("half").await, Ok(None));
    assert_eq!(store.depth(at(1)).await.unwrap().due, 50);
}

#[tokio::test]
async fn two_that_start_together_make_the_tables_once() {
    let Ok(url) = std::env::var("ADRULE_POSTGRES") else {
        assert!(std::env::var_os("CI").is_none(), "ADRULE_POSTGRES is not set");
        return;
    };
    let own = schema(&url, "together").await;
    let all = (0..4).map(|_| {
        let own = own.clone();
        tokio::spawn(async move { Store::open(&Database::Postgres(own)).await.map(drop) })
    });
    for opened in futures_util::future::join_all(all).await {
        assert_eq!(opened.unwrap(), Ok(()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_replicas_that_claim_at_once_one_has_it() {
    let Ok(url) = std::env::var("ADRULE_POSTGRES") else {
        assert!(std::env::var_os("CI").is_none(), "ADRULE_POSTGRES is not set");
        return;
    };
    let own = Database::Postgres(schema(&url, "claims").await);
    let stores = futures_util::future::join_all((0..4).map(|_| Store::open(&own))).await;
    let stores: Vec<Store> = stores.into_iter().map(Result::unwrap).collect();
    for round in 0..25 {
        // The claim of the round before ends as this one begins.
        let (now, until) = (at(round * 60), at(round * 60 + 59));
        let claims = stores.iter().enumerate().map(|(who, store)| {
            let (store, who) = (store.clone(), format!("replica {who}"));
            tokio::spawn(async move { store.claim("sweep", &who, now, until).await })
        });
        let claimed: Vec<bool> =
            futures_util::future::join_all(claims).await.into_iter().map(|claim| claim.unwrap().unwrap()).collect();
        assert_eq!(claimed.iter().filter(|has| **has).count(), 1, "{round}: {claimed:?}");
        // Who has it may go on; the others may not.
        for (who, has) in claimed.iter().enumerate() {
            let again = stores[who].claim("sweep", &format!("replica {who}"), now, until).await.unwrap();
            assert_eq!(again, *has, "{round}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replicas_never_hold_the_same_subject_and_lose_none() {
    let Ok(url) = std::env::var("ADRULE_POSTGRES") else {
        assert!(std::env::var_os("CI").is_none(), "ADRULE_POSTGRES is not set");
        return;
    };
    let own = Database::Postgres(schema(&url, "replicas").await);
    let (one, two) = (Store::open(&own).await.unwrap(), Store::open(&own).await.unwrap());
    let give = |store: Store, side: &'static str| {
        tokio::spawn(async move {
            for number in 0..100 {
                // The same subjects in another order, each delivery from both sides.
                let marks = (0..4).map(|at| mark(number % 3, (number * if side == "one" { 7 } else { 3 } + at) % 40));
                store.accept(delivery(&format!("{number}"), 0, marks.collect())).await.unwrap();
            }
        })
    };
    let (first, second) = tokio::join!(give(one.clone(), "one"), give(two.clone(), "two"));
    first.unwrap();
    second.unwrap();
    let due = one.depth(at(1)).await.unwrap().due;
    let work = |store: Store| {
        tokio::spawn(async move {
            let mut taken = Vec::new();
            while let Some(lease) = take(&store, 1).await {
                assert!(store.finish(&lease, Outcome::Done, at(2)).await.unwrap());
                taken.push((lease.mark.installation, lease.mark.subject));
            }
            taken
        })
    };
    let (first, second) = tokio::join!(work(one.clone()), work(two.clone()));
    let mut all = first.unwrap();
    all.extend(second.unwrap());
    assert_eq!(all.len() as u64, due);
    let each: BTreeSet<_> = all.iter().collect();
    assert_eq!(each.len(), all.len(), "none twice");
}
