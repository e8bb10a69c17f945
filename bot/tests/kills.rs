//! Nothing lost, nothing double: deliveries come in any order and twice, GitHub goes wrong every tenth time, and the
//! server is killed over and over. In the end every pull request is as it should be.
//!
//! A small run by default; `ADRULE_KILLS=50 ADRULE_DELIVERIES=10000` for the full one.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test that fails here has failed")]

mod fake;
mod served;
mod support;

use fake::{Fake, REPOSITORY, Wrong};
use serde_json::json;
use served::postgres::Cluster;
use served::{Caller, Numbers, Served, command};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use support::Place;

const LOGIN: &str = "adrule[bot]";
const INSTALLATION: u64 = 7;

fn number_of(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

/// How long a server lives at most before it is killed.
const LIFE: u64 = 2000;

/// How much of everything.
struct Size {
    pulls: u64,
    deliveries: u64,
    kills: u64,
}

impl Size {
    fn wished() -> Self {
        let kills = number_of("ADRULE_KILLS", 3);
        Self { pulls: number_of("ADRULE_PULLS", 6), deliveries: number_of("ADRULE_DELIVERIES", 200), kills }
    }

    /// Between two deliveries of one of four senders, so that the last comes about when the last is killed.
    fn pace(&self) -> Duration {
        Duration::from_millis(self.kills * (100 + LIFE / 2) * 4 / self.deliveries.max(1))
    }
}

/// A repository with pull requests that are pushed to, and a GitHub that serves it.
struct Estate {
    place: Place,
    github: Arc<Fake>,
    /// Commits that a pull request may be at: those with a gap, and those without.
    heads: Vec<(String, bool)>,
    /// The newest commit on `main`.
    base: String,
    /// Where each is at now.
    now: Mutex<Vec<usize>>,
}

impl Estate {
    fn new(pulls: u64) -> Self {
        let place = Place::repository();
        let mut heads = Vec::new();
        for at in 0..6 {
            place.git(&["checkout", "-q", "-B", &format!("change-{at}"), "main"]);
            let has_gap = at % 2 == 0;
            place.service(&format!("services/new-{at}"), &format!("new-{at}"), if has_gap { "rust" } else { "go" });
            place.commit("A change");
            heads.push((place.git(&["rev-parse", "HEAD"]), has_gap));
        }
        place.git(&["checkout", "-q", "main"]);
        let github = Fake::of(&place.root);
        {
            let mut state = github.state();
            state.login = LOGIN.to_owned();
            state.tokens = Some(std::collections::BTreeSet::new());
        }
        let (base, now) = (place.git(&["rev-parse", "main"]), vec![0; usize::try_from(pulls).unwrap()]);
        let estate = Self { place, github: Arc::new(github), heads, base, now: Mutex::new(now) };
        for number in 1..=pulls {
            estate.push(number, 0);
        }
        estate
    }

    fn push(&self, number: u64, to: usize) {
        let mut now = self.now.lock().unwrap();
        now[usize::try_from(number).unwrap() - 1] = to;
        let pull = json!({
            "number": number, "state": "open", "draft": false, "title": "A change",
            "base": { "ref": "main", "sha": self.base },
            "head": { "ref": format!("change-{to}"), "sha": self.heads[to].0 },
        });
        let mut state = self.github.state();
        state.pulls.retain(|pull| pull["number"] != number);
        state.pulls.push(pull);
    }

    /// What is not as it should be.
    fn wrong(&self) -> Vec<String> {
        let now = self.now.lock().unwrap();
        let state = self.github.state();
        let mut wrong = Vec::new();
        for (number, at) in (1_u64..).zip(now.iter()) {
            let (head, has_gap) = &self.heads[*at];
            let ours = || state.comments.iter().filter(|comment| comment.pull == number);
            let comments = ours().count();
            if comments > 1 || (*has_gap && comments == 0) {
                wrong.push(format!("pull request {number} has {comments} comments"));
            }
            let name = format!("new-{at}");
            if *has_gap && ours().any(|comment| !comment.body.contains(&name)) {
                wrong.push(format!("pull request {number} has a comment that is not about {name}"));
            }
            let checks: Vec<_> = state.checks.iter().filter(|run| run["head_sha"] == **head).collect();
            let wanted = if *has_gap { "failure" } else { "success" };
            if !checks.iter().any(|run| run["conclusion"] == wanted) {
                wrong.push(format!("the head of pull request {number} has no check that says {wanted}: {checks:?}"));
            }
        }
        wrong
    }
}

/// Has one of ten calls go wrong, whatever they ask for; how many did.
///
/// Decided call by call: faults that are put up for one kind of call pile up where that kind is rare, until it never goes
/// well again.
fn have_faults(github: &Fake) -> Arc<AtomicU64> {
    let count = Arc::new(AtomicU64::new(0));
    let (counted, mut numbers) = (Arc::clone(&count), Numbers(3));
    let mut state = github.state();
    state.forgets = true;
    state.whim = Some(Box::new(move |_| {
        if numbers.next(10) != 0 {
            return None;
        }
        counted.fetch_add(1, Ordering::Relaxed);
        let limit = vec![("retry-after", "1".to_owned())];
        Some(match numbers.next(5) {
            0 => Wrong::Instead(502, vec![], "{}"),
            1 => Wrong::Instead(403, limit, r#"{"message":"secondary rate limit"}"#),
            2 | 3 => Wrong::After(502),
            _ => Wrong::Cut,
        })
    }));
    count
}

/// GitHub's side: it delivers, and what was not acknowledged it delivers again later, as the sweep would ask it to.
struct Deliveries {
    estate: Arc<Estate>,
    /// Where the server is now; more than one of several replicas.
    to: Arc<Mutex<Vec<SocketAddr>>>,
    sent: AtomicU64,
}

impl Deliveries {
    fn send(&self, size: &Size, seed: u64) {
        let mut numbers = Numbers(seed);
        let mut later: Vec<(String, Vec<u8>)> = Vec::new();
        while self.sent.fetch_add(1, Ordering::Relaxed) < size.deliveries {
            std::thread::sleep(size.pace());
            let number = 1 + numbers.next(size.pulls);
            if numbers.next(3) == 0 {
                self.estate.push(number, numbers.next(6) as usize);
            }
            let id = format!("{seed}-{}", numbers.next(u64::MAX >> 32));
            later.push((id, served::opened(INSTALLATION, REPOSITORY, number)));
            // In any order: the one that is sent now may be an old one.
            let at = numbers.next(later.len() as u64) as usize;
            let (id, body) = later[at].clone();
            let is_kept = self.one(&mut numbers, &id, &body);
            // One of five comes twice.
            if is_kept && numbers.next(5) != 0 {
                later.swap_remove(at);
            }
        }
        while let Some((id, body)) = later.pop() {
            while !self.one(&mut numbers, &id, &body) {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }

    fn one(&self, numbers: &mut Numbers, id: &str, body: &[u8]) -> bool {
        let to = self.to.lock().unwrap().clone();
        if to.is_empty() {
            std::thread::sleep(Duration::from_millis(20));
            return false;
        }
        let to = to[numbers.next(to.len() as u64) as usize];
        Caller::to(to).deliver("pull_request", id, body) == Some(202)
    }
}

/// Sends everything while `disturb` does its worst, then waits until the queue is empty; how long all took.
fn prove(
    size: &Size,
    estate: &Arc<Estate>,
    to: &Arc<Mutex<Vec<SocketAddr>>>,
    disturb: impl FnOnce(),
    due: impl Fn() -> u64,
) {
    let start = Instant::now();
    let faults = have_faults(&estate.github);
    let deliveries = Arc::new(Deliveries { estate: Arc::clone(estate), to: Arc::clone(to), sent: AtomicU64::new(0) });
    std::thread::scope(|scope| {
        for seed in 1..=4 {
            let deliveries = Arc::clone(&deliveries);
            scope.spawn(move || deliveries.send(size, seed));
        }
        disturb();
    });
    let sent = start.elapsed();
    let end = Instant::now() + Duration::from_secs(900);
    while due() > 0 {
        assert!(Instant::now() < end, "{} subjects are still due: {:#?}", due(), estate.wrong());
        std::thread::sleep(Duration::from_millis(200));
    }
    estate.github.state().whim = None;
    let wrong = estate.wrong();
    eprintln!(
        "{} deliveries and {} kills over {} pull requests: sent in {sent:.0?}, all done in {:.0?}; {} of {} answers of GitHub went wrong; {} wrong",
        size.deliveries,
        size.kills,
        size.pulls,
        start.elapsed(),
        faults.load(Ordering::Relaxed),
        estate.github.state().asked.len(),
        wrong.len(),
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn start(estate: &Estate, database: &str) -> Served {
    Served::start(command(&estate.place.root.join(".git"), database, &estate.github.url).env("ADRULE_WORKERS", "8"))
}

#[test]
fn one_process_that_is_killed_over_and_over() {
    let size = Size::wished();
    let estate = Arc::new(Estate::new(size.pulls));
    let to = Arc::new(Mutex::new(Vec::new()));
    let last = Mutex::new(None);
    let disturb = || {
        let mut numbers = Numbers(11);
        for _ in 0..size.kills {
            let server = start(&estate, "adrule.db");
            *to.lock().unwrap() = vec![server.address];
            std::thread::sleep(Duration::from_millis(100 + numbers.next(LIFE)));
            to.lock().unwrap().clear();
            server.kill();
        }
        let server = start(&estate, "adrule.db");
        *to.lock().unwrap() = vec![server.address];
        *last.lock().unwrap() = Some(server);
    };
    let database = estate.place.path(".git/adrule.db");
    prove(&size, &estate, &to, disturb, || served::due(&database));
    assert_eq!(served::parked(&database), Vec::<String>::new(), "jobs were parked");
    assert!(last.lock().unwrap().as_mut().is_some_and(Served::is_running));
}

#[test]
fn two_replicas_of_which_one_is_killed_and_a_database_that_crashes() {
    let Some(cluster) = Cluster::start() else { return };
    let size = Size::wished();
    let estate = Arc::new(Estate::new(size.pulls));
    let to = Arc::new(Mutex::new(Vec::new()));
    let url = cluster.url();
    let replicas = Mutex::new(Vec::new());
    let disturb = || {
        let mut numbers = Numbers(12);
        let stays = start(&estate, &url);
        for round in 0..size.kills {
            let dies = start(&estate, &url);
            *to.lock().unwrap() = vec![stays.address, dies.address];
            std::thread::sleep(Duration::from_millis(100 + numbers.next(LIFE)));
            *to.lock().unwrap() = vec![stays.address];
            dies.kill();
            if round % 3 == 1 {
                cluster.crash_and_return();
            }
        }
        let second = start(&estate, &url);
        *to.lock().unwrap() = vec![stays.address, second.address];
        replicas.lock().unwrap().extend([stays, second]);
    };
    let due = || cluster.ask("SELECT COUNT(*) FROM jobs WHERE parked_at IS NULL")[0].parse().unwrap();
    prove(&size, &estate, &to, disturb, due);
    assert_eq!(cluster.ask("SELECT why FROM jobs"), Vec::<String>::new(), "jobs were parked");
}
