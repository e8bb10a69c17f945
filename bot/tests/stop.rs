//! SIGTERM in the middle of the work: what has begun comes to its end, what cannot is given back, nothing is lost and
//! nothing is said twice.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod fake;
mod served;
mod support;

use fake::{Fake, REPOSITORY, Wrong};
use serde_json::json;
use served::{Served, command, opened};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use support::Place;

/// Whatever takes longer than this has failed; nothing that works comes near.
const PATIENCE: Duration = Duration::from_secs(120);
const PULLS: u64 = 8;
const INSTALLATION: u64 = 7;

struct Estate {
    place: Place,
    github: Fake,
}

impl Estate {
    /// Pull requests with a gap each.
    fn new() -> Self {
        let place = Place::on_branch();
        place.service("services/gamma", "gamma", "rust");
        place.commit("A change");
        let id = |branch| place.git(&["rev-parse", branch]);
        let (base, head) = (id("main"), id("change"));
        let pull = |number: u64| {
            json!({
                "number": number, "state": "open", "draft": false, "title": "A change",
                "base": { "ref": "main", "sha": base }, "head": { "ref": "change", "sha": head },
            })
        };
        let github = Fake::of(&place.root);
        {
            let mut state = github.state();
            state.login = "adrule[bot]".to_owned();
            state.tokens = Some(BTreeSet::new());
            state.pulls = (1..=PULLS).map(pull).collect();
        }
        Self { place, github }
    }

    fn serve(&self, drain: &str) -> Served {
        let mut command = command(&self.place.path(".git"), "adrule.db", &self.github.url);
        Served::start(command.env("ADRULE_DRAIN", drain).env("ADRULE_WORKERS", "6"))
    }

    fn deliver(&self, server: &Served, number: u64) -> Option<u16> {
        let body = opened(INSTALLATION, REPOSITORY, number);
        server.caller().deliver("pull_request", &format!("delivery {number}"), &body)
    }

    fn until(&self, what: &str, server: &Served, is_so: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_so() {
            assert!(Instant::now() < end, "never {what}: {}", server.said());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// How many subjects a server holds that has ended.
    fn held(&self) -> i64 {
        let connection = rusqlite::Connection::open(self.place.path(".git/adrule.db")).unwrap();
        connection.query_row("SELECT COUNT(*) FROM jobs WHERE worker IS NOT NULL", [], |row| row.get(0)).unwrap()
    }

    fn due(&self) -> u64 {
        served::due(&self.place.path(".git/adrule.db"))
    }

    /// One comment each, whoever began it.
    fn is_whole(&self) {
        for number in 1..=PULLS {
            assert_eq!(self.github.comments(number).len(), 1, "pull request {number}");
        }
    }
}

#[test]
fn what_has_begun_comes_to_its_end_and_the_rest_is_left_in_the_queue() {
    let estate = Estate::new();
    let server = estate.serve("60s");
    for number in 1..=PULLS {
        assert_eq!(estate.deliver(&server, number), Some(202));
    }
    estate.until("in the middle", &server, || !estate.github.state().comments.is_empty());
    assert!(server.stop().success());
    let (held, due) = (estate.held(), estate.due());
    assert_eq!(held, 0, "{due} are due");
    let said = estate.github.state().comments.len() as u64;
    assert!(said + due >= PULLS, "{said} were told, {due} are due");
    let server = estate.serve("60s");
    estate.until("at rest", &server, || estate.due() == 0);
    estate.is_whole();
}

#[test]
fn what_takes_too_long_is_given_back() {
    let estate = Estate::new();
    // Every first look is never answered, as long as the test runs.
    estate.github.state().whim =
        Some(Box::new(|asked| asked.path.ends_with("graphql").then_some(Wrong::Silence(PATIENCE * 2))));
    let server = estate.serve("1s");
    for number in 1..=PULLS {
        assert_eq!(estate.deliver(&server, number), Some(202));
    }
    estate.until("in the middle", &server, || estate.github.count("POST", "graphql") >= 6);
    // It does not wait for what is never answered: the answer would come after this test has failed.
    assert!(server.stop().success());
    assert_eq!((estate.held(), estate.github.state().comments.len()), (0, 0));
    assert!(estate.due() >= PULLS, "{}", estate.due());
    estate.github.state().whim = None;
    let server = estate.serve("60s");
    estate.until("at rest", &server, || estate.due() == 0);
    estate.is_whole();
}
