//! A pull request on a server of others, and the jobs of the Action that look at it.

// Each test file uses another part of this.
#![allow(dead_code)]

use super::server::{REPOSITORY, Server};
use super::support::{self, Job, Place, within};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// A pull request, as the server has it.
pub struct Pull {
    pub place: Place,
    pub server: Server,
    pub number: u64,
    pub base: String,
    /// The trial merge.
    pub merge: String,
}

impl Pull {
    /// One that adds a service in Rust without a reason, while `main` has gone on. None without a server.
    pub fn with_a_gap() -> Option<Self> {
        let mut pull = Self::not_yet_open()?;
        pull.open();
        Some(pull)
    }

    /// The same, of which the server has the branch and no more.
    pub fn not_yet_open() -> Option<Self> {
        let server = Server::start()?;
        let place = Place::on_branch();
        place.service("services/gamma", "gamma", "rust");
        place.commit("A change");
        place.git(&["checkout", "-q", "main"]);
        place.service("services/later", "later", "rust");
        place.commit("Main goes on");
        let base = place.git(&["rev-parse", "main"]);
        server.push(&|args| place.git(args), &base, "refs/heads/main");
        let mut pull = Self { place, server, number: 0, base, merge: String::new() };
        pull.push();
        Some(pull)
    }

    pub fn open(&mut self) {
        let asked = json!({ "title": "A change", "head": "change", "base": "main" });
        self.number = self.server.ask("POST", "/pulls", &asked)["number"].as_u64().unwrap();
    }

    /// Sends the branch, and merges it on trial as GitHub does.
    pub fn push(&mut self) {
        let place = &self.place;
        self.server.push(&|args| place.git(args), &place.git(&["rev-parse", "change"]), "refs/heads/change");
        place.git(&["checkout", "-q", "--detach", "main"]);
        place.git(&["merge", "-q", "--no-edit", "--no-ff", "change"]);
        self.merge = place.git(&["rev-parse", "HEAD"]);
        self.server.push(&|args| place.git(args), &self.merge, "refs/heads/trial");
    }

    /// Writes and sends a further commit of the branch.
    pub fn change(&mut self, change: impl Fn(&Place)) {
        self.place.git(&["checkout", "-q", "change"]);
        change(&self.place);
        self.place.commit("A further change");
        self.push();
    }

    pub fn head(&self) -> String {
        self.place.git(&["rev-parse", "change"])
    }

    /// As the server describes it.
    pub fn event(&self) -> Value {
        let pull = self.server.get(&format!("/pulls/{}", self.number));
        assert_eq!((&pull["base"]["ref"], &pull["base"]["sha"]), (&json!("main"), &json!(self.base)));
        assert_eq!((&pull["head"]["ref"], &pull["state"]), (&json!("change"), &json!("open")));
        assert_eq!(pull["head"]["sha"], self.head());
        json!({ "action": "synchronize", "pull_request": pull })
    }

    pub fn run(&self, job: &str, workspace: &Path, inputs: &[(&str, &str)]) -> Ran {
        run(&self.server, job, ("pull_request", &self.event(), &self.merge), workspace, inputs)
    }

    /// The comments, each of which has to be that of a job.
    pub fn comments(&self) -> Vec<(u64, String)> {
        let all = self.server.comments(self.number);
        assert!(all.iter().all(|(_, author, _)| author == "github-actions[bot]"), "{all:?}");
        all.into_iter().map(|(id, _, body)| (id, body)).collect()
    }
}

/// What a job left behind.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub log: String,
    pub summary: String,
    pub outputs: BTreeMap<String, String>,
    pub report: Value,
}

impl Ran {
    /// The findings, the services and what was judged, all but what the run says of itself.
    pub fn verdict(&self) -> [&Value; 4] {
        verdict(&self.report)
    }

    pub fn outputs(&self) -> [&str; 3] {
        ["findings", "gaps", "conclusion"].map(|name| self.outputs[name].as_str())
    }
}

/// The same of any report.
pub fn verdict(report: &Value) -> [&Value; 4] {
    let parts = ["findings", "services", "as_of", "scope"].map(|key| &report[key]);
    assert!(parts.iter().all(|part| !part.is_null()), "{report}");
    parts
}

/// Runs `adrule action` as a job would.
pub fn run(server: &Server, job: &str, event: (&str, &Value, &str), workspace: &Path, inputs: &[(&str, &str)]) -> Ran {
    let runner = Place::new();
    runner.write("event.json", event.1.to_string());
    let mut command = support::adrule(workspace);
    let (event, sha, api) = (event.0, event.2, &server.url);
    Job { runner: &runner, event, sha, workspace, repository: REPOSITORY, api }.tell(&mut command);
    command
        .arg("action")
        .env("GITHUB_GRAPHQL_URL", format!("{}/graphql", server.url))
        .env("GITHUB_SERVER_URL", &server.url)
        .env("INPUT_TOKEN", server.token(job))
        .env("INPUT_ARGS", "--as-of 2026-11-22")
        .envs(inputs.iter().copied());
    let out = within(command, Duration::from_secs(120));
    let log = String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap();
    let text = fs::read_to_string(runner.path("output")).unwrap_or_else(|error| panic!("{error}: {log}"));
    let mut outputs = BTreeMap::new();
    let mut lines = text.lines();
    while let Some((name, word)) = lines.next().and_then(|line| line.split_once("<<")) {
        let value: Vec<&str> = lines.by_ref().take_while(|line| *line != word).collect();
        outputs.insert(name.to_owned(), value.join("\n"));
    }
    let report = serde_json::from_slice(&fs::read(&outputs["report"]).unwrap()).unwrap();
    let summary = fs::read_to_string(runner.path("summary")).unwrap();
    Ran { code: out.status.code().unwrap_or(-1), log, summary, outputs, report }
}
