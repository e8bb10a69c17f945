use super::*;
use std::sync::atomic::AtomicU32;

/// A world that is as it is told.
#[derive(Default)]
struct Fake {
    store: std::sync::Mutex<Option<String>>,
    token: std::sync::Mutex<Option<String>>,
    /// Store and GitHub never answer.
    hangs: AtomicBool,
    oldest: Option<Timestamp>,
    writes: AtomicU32,
    mints: AtomicU32,
}

impl Fake {
    fn said<T>(&self, why: &std::sync::Mutex<Option<String>>, well: T) -> Result<T, String> {
        why.lock().unwrap().clone().map_or(Ok(well), Err)
    }
}

impl World for Fake {
    fn write(&self) -> Looking<'_, ()> {
        self.writes.fetch_add(1, Ordering::Relaxed);
        Box::pin(async {
            if self.hangs.load(Ordering::Relaxed) {
                std::future::pending::<()>().await;
            }
            self.said(&self.store, ())
        })
    }

    fn depth(&self) -> Looking<'_, Depth> {
        let depth = Depth { due: 1, waiting: 0, held: 0, parked: 0, oldest: self.oldest };
        Box::pin(async move { Ok(depth) })
    }

    fn mint(&self) -> Looking<'_, ()> {
        self.mints.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { self.said(&self.token, ()) })
    }
}

fn health(fake: Fake) -> (Arc<Health>, Arc<Fake>, Stop) {
    let (fake, stop) = (Arc::new(fake), Stop::default());
    (Health::new(Arc::clone(&fake) as Arc<dyn World>, stop.clone(), OLDEST), fake, stop)
}

fn not_ok(readiness: &Readiness) -> Vec<&str> {
    readiness.checks.iter().filter(|check| !check.ok).map(|check| check.name).collect()
}

#[tokio::test]
async fn all_is_well() {
    let (health, ..) = health(Fake::default());
    insta::assert_snapshot!(health.look().await.words(), @r"
    ready
    ok  running: The process takes deliveries.
    ok  store: The store can be written.
    ok  token: GitHub gives us tokens.
    ok  queue: No job waits for a worker.
    ");
}

#[tokio::test]
async fn each_fault_is_named() {
    let since = Timestamp::now().checked_sub(Duration::from_secs(3600)).unwrap();
    let (health, ..) = health(Fake { oldest: Some(since), ..Fake::default() });
    let readiness = health.look().await;
    assert_eq!(not_ok(&readiness), ["queue"]);
    assert!(readiness.why().ends_with("the limit is 900 s."), "{}", readiness.why());

    let fake = Fake::default();
    *fake.store.lock().unwrap() = Some("the disk is full".to_owned());
    *fake.token.lock().unwrap() = Some("GitHub answered 401".to_owned());
    let (health, _, stop) = super::tests::health(fake);
    stop.set();
    let readiness = health.look().await;
    assert_eq!(not_ok(&readiness), ["running", "store", "token", "queue"]);
    insta::assert_snapshot!(readiness.words(), @r"
    not ready
    NOT running: The process is ending: it finishes what it has begun.
    NOT store: The store cannot be written: the disk is full.
    NOT token: No token can be minted: GitHub answered 401.
    NOT queue: The queue is not known, since the store does not answer.
    ");
}

#[tokio::test]
async fn probes_share_what_is_known() {
    let (health, fake, _) = health(Fake::default());
    for _ in 0..50 {
        assert!(health.look().await.ready);
    }
    assert_eq!(fake.mints.load(Ordering::Relaxed), 1);
    assert!(fake.writes.load(Ordering::Relaxed) < 10);
    // Nor do those that come at the same time look twice.
    let (health, fake, _) = super::tests::health(Fake::default());
    let all: Vec<_> = (0..50)
        .map(|_| {
            tokio::spawn({
                let health = Arc::clone(&health);
                async move { health.look().await }
            })
        })
        .collect();
    for one in all {
        assert!(one.await.unwrap().ready);
    }
    assert_eq!((fake.mints.load(Ordering::Relaxed), fake.writes.load(Ordering::Relaxed)), (1, 1));
}

#[tokio::test]
async fn a_store_that_does_not_answer_holds_no_probe_up() {
    let (health, fake, _) = health(Fake::default());
    fake.hangs.store(true, Ordering::Relaxed);
    for _ in 0..2 {
        assert_eq!(not_ok(&health.look().await), ["store", "queue"]);
    }
    assert_eq!(fake.writes.load(Ordering::Relaxed), 1, "one look is enough");
}

#[tokio::test]
async fn the_answer_is_json_unless_words_are_asked_for() {
    let (health, fake, _) = health(Fake::default());
    *fake.token.lock().unwrap() = Some("GitHub answered 401".to_owned());
    let ask = |accept: &'static str| {
        let health = Arc::clone(&health);
        async move {
            let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]);
            let response = ready(State(health), headers).await;
            assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
            let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
            String::from_utf8(body.to_vec()).unwrap()
        }
    };
    assert!(ask("text/plain").await.starts_with("not ready\n"));
    let json: serde_json::Value = serde_json::from_str(&ask("*/*").await).unwrap();
    assert_eq!(json["ready"], false);
    assert_eq!(json["checks"][2]["name"], "token");
    assert_eq!(json["checks"][2]["says"], "No token can be minted: GitHub answered 401.");
}
