//! Many pull requests of one repository, and a server that judges them all: what that costs.

// The test and the benchmark use other parts of this.
#![allow(dead_code)]

use super::fake::{Fake, REPOSITORY};
use super::served::{self, Served};
use super::support::{PAGE, Place, manifest};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Whatever takes longer than this has failed; nothing that works comes near.
const PATIENCE: Duration = Duration::from_secs(1800);

/// One of so many pull requests adds a decision.
const WITH_DECISION: u64 = 10;

/// A repository with so many services and decisions, and pull requests that each add a service, and some a decision.
pub struct Estate {
    pub place: Place,
    pub github: Fake,
    pulls: u64,
    /// Installations that the pull requests are spread over: one writes once a second.
    installations: u64,
    base: String,
    /// The commits of each pull request, first and second.
    heads: [Vec<String>; 2],
}

impl Estate {
    pub fn new(services: u64, pulls: u64, installations: u64) -> Self {
        let place = Place::new();
        place.git(&["init", "-q", "-b", "main"]);
        import(&place, &history(services, pulls));
        let id = |branch: &str| place.git(&["rev-parse", branch]);
        let all: Vec<String> = place
            .git(&["for-each-ref", "--format=%(objectname)", "--sort=refname", "refs/heads/first", "refs/heads/second"])
            .lines()
            .map(str::to_owned)
            .collect();
        let (first, second) = all.split_at(all.len() / 2);
        let (base, heads) = (id("main"), [first.to_vec(), second.to_vec()]);
        let github = Fake::of(&place.root);
        {
            let mut state = github.state();
            state.login = "adrule[bot]".to_owned();
            state.tokens = Some(std::collections::BTreeSet::new());
            state.forgets = true;
            state.keeps_connections = true;
        }
        Self { place, github, pulls, installations, base, heads }
    }

    /// Every pull request is at its first (0) or second (1) commit from now on.
    pub fn push(&self, which: usize) {
        let pull = |number: u64| {
            json!({
                "number": number, "state": "open", "draft": false, "title": "A change",
                "base": { "ref": "main", "sha": self.base },
                "head": { "ref": "change", "sha": self.heads[which][number as usize - 1] },
            })
        };
        self.github.state().pulls = (1..=self.pulls).map(pull).collect();
    }

    /// A server that has looked over the repository while there was no pull request.
    pub fn serve(&self) -> Served {
        let server = Served::start(&mut served::command(&self.place.path(".git"), "adrule.db", &self.github.url));
        server.hears("looked over the open pull requests");
        self.rests(&server);
        server
    }

    /// Delivers an event about each of these pull requests, and waits until all is done; what that cost.
    pub fn judge(&self, server: &Served, name: &str, pulls: std::ops::RangeInclusive<u64>) -> Cost {
        self.rests(server);
        let (cpu, asked, count) = (served::cpu(server.id()), self.github.state().asked.len(), pulls.clone().count());
        let mut caller = server.caller();
        for number in pulls {
            let body = served::opened(number % self.installations + 1, REPOSITORY, number);
            assert_eq!(caller.deliver("pull_request", &format!("{name} {number}"), &body), Some(202));
        }
        self.rests(server);
        let mut calls: BTreeMap<String, usize> = BTreeMap::new();
        for asked in &self.github.state().asked[asked..] {
            let parts = asked
                .path
                .split('/')
                .filter(|part| part.bytes().all(|byte| byte.is_ascii_lowercase() || b"-_".contains(&byte)));
            let path = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
            *calls
                .entry(format!("{} {}", asked.method, path.trim_start_matches("repos/a-team/estate/")))
                .or_default() += 1;
        }
        let cpu = (served::cpu(server.id()) - cpu) / count as f64;
        Cost { pulls: count, cpu, calls, memory: server.memory(), most_memory: server.most_memory() }
    }

    fn rests(&self, server: &Served) {
        let (end, database) = (Instant::now() + PATIENCE, self.place.path(".git/adrule.db"));
        while served::due(&database) > 0 {
            assert!(Instant::now() < end, "{} are due: {}", served::due(&database), server.said());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// That each pull request is in its state: those with odd numbers have a gap at their first commit.
    pub fn is_right(&self, which: usize) {
        let state = self.github.state();
        let mut comments: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
        for comment in &state.comments {
            comments.entry(comment.pull).or_default().push(&comment.body);
        }
        let checks: BTreeMap<&str, &str> = state
            .checks
            .iter()
            .map(|run| (run["head_sha"].as_str().unwrap(), run["conclusion"].as_str().unwrap()))
            .collect();
        for number in 1..=self.pulls {
            let (has_gap, had_gap) = (number % 2 == 1 && which == 0, number % 2 == 1);
            let said = comments.get(&number).cloned().unwrap_or_default();
            assert_eq!(said.len(), usize::from(had_gap), "{number}: {said:?}");
            assert!(said.iter().all(|body| body.contains("All set") != has_gap), "{number}: {said:?}");
            let check = checks.get(&*self.heads[which][number as usize - 1]).copied();
            assert_eq!(check, Some(if has_gap { "failure" } else { "success" }), "{number}");
        }
    }
}

/// What some pull requests cost the server.
pub struct Cost {
    pub pulls: usize,
    /// Seconds of CPU for each.
    pub cpu: f64,
    /// How often what was asked of GitHub, all together.
    pub calls: BTreeMap<String, usize>,
    /// In KiB, at the end, and at most since the server started.
    pub memory: u64,
    pub most_memory: u64,
}

impl Cost {
    /// Questions for each pull request, tokens left out.
    pub fn reads(&self) -> f64 {
        self.count(|call| call.starts_with("GET") || call.ends_with("graphql"))
    }

    /// Writes for each pull request.
    pub fn writes(&self) -> f64 {
        self.count(|call| !call.starts_with("GET") && !call.ends_with("graphql") && !call.ends_with("access_tokens"))
    }

    fn count(&self, is_it: impl Fn(&str) -> bool) -> f64 {
        let all: usize = self.calls.iter().filter(|(call, _)| is_it(call)).map(|(_, count)| count).sum();
        all as f64 / self.pulls as f64
    }
}

/// All commits, as `git fast-import` reads them: one process, however many there are.
fn history(services: u64, pulls: u64) -> String {
    let mut all = String::new();
    let mut mark = 0;
    let mut commit = |branch: &str, from: Option<u64>, files: &[(String, String)]| {
        mark += 1;
        let _ = write!(
            all,
            "commit refs/heads/{branch}\nmark :{mark}\ncommitter a team <team@example.com> 1790000000 +0000\ndata 1\nx\n"
        );
        if let Some(from) = from {
            let _ = writeln!(all, "from :{from}");
        }
        for (path, text) in files {
            let _ = write!(all, "M 100644 inline {path}\ndata {}\n{text}\n", text.len());
        }
        all.push('\n');
        mark
    };
    let mut files = vec![("adrule.yaml".to_owned(), PAGE.to_owned())];
    for at in 0..services {
        let name = format!("service-{at}");
        files.push((format!("services/{name}/catalog-info.yaml"), manifest(&name, "go")));
        files.push((format!("services/{name}/main.go"), "package main\n".to_owned()));
        files.push((format!("docs/adr/{at:04}-{name}.md"), record(at, &name)));
    }
    let main = commit("main", None, &files);
    for number in 1..=pulls {
        let (name, at) = (format!("new-{number}"), services + number);
        let language = if number % 2 == 1 { "rust" } else { "go" };
        let path = format!("services/{name}/catalog-info.yaml");
        let mut files = vec![
            (path.clone(), manifest(&name, language)),
            (format!("services/{name}/src/main"), "fn main() {}\n".to_owned()),
        ];
        if number % WITH_DECISION == 0 {
            files.push((format!("docs/adr/{at:04}-{name}.md"), record(at, &name)));
        }
        let first = commit(&format!("first/{number:06}"), Some(main), &files);
        commit(&format!("second/{number:06}"), Some(first), &[(path, manifest(&name, "go"))]);
    }
    all
}

/// A decision of an ordinary length.
fn record(at: u64, name: &str) -> String {
    format!(
        "# {at}. How {name} is built\n\nDate: 2026-11-01\n\n## Status\n\nAccepted\n\n## Context\n\n{}\n\n## Decision\n\nWe \
         build {name} as a service of its own.\n\n## Consequences\n\n{}\n",
        "The team looks after several services, and each of them is deployed by itself. ".repeat(12),
        "Whoever changes it has to look at its neighbours. ".repeat(12),
    )
}

fn import(place: &Place, history: &str) {
    let mut command = Command::new("git");
    command.args(["fast-import", "--quiet"]).current_dir(&place.root).stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(history.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}
