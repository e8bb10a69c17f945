//! `adrule action` beside a GitHub that nobody here wrote: emulate, with real tokens, permissions and state.
//! `.ci/end-to-end` installs it; without it these tests say that they were skipped.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

#[cfg(target_os = "linux")]
mod runner;
mod server;
mod support;

use serde_json::{Value, json};
use server::{REPOSITORY, Server};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;
use support::{Place, check_in, within};

/// A pull request, as the server has it.
struct Pull {
    place: Place,
    server: Server,
    number: u64,
    base: String,
    /// The trial merge.
    merge: String,
}

impl Pull {
    /// One that adds a service in Rust without a reason, while `main` has gone on. None without a server.
    fn with_a_gap() -> Option<Self> {
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
        let asked = json!({ "title": "A change", "head": "change", "base": "main" });
        pull.number = pull.server.ask("POST", "/pulls", &asked)["number"].as_u64().unwrap();
        Some(pull)
    }

    /// Sends the branch, and merges it on trial as GitHub does.
    fn push(&mut self) {
        let place = &self.place;
        self.server.push(&|args| place.git(args), &place.git(&["rev-parse", "change"]), "refs/heads/change");
        place.git(&["checkout", "-q", "--detach", "main"]);
        place.git(&["merge", "-q", "--no-edit", "--no-ff", "change"]);
        self.merge = place.git(&["rev-parse", "HEAD"]);
        self.server.push(&|args| place.git(args), &self.merge, "refs/heads/trial");
    }

    /// Writes and sends a further commit of the branch.
    fn change(&mut self, change: impl Fn(&Place)) {
        self.place.git(&["checkout", "-q", "change"]);
        change(&self.place);
        self.place.commit("A further change");
        self.push();
    }

    fn head(&self) -> String {
        self.place.git(&["rev-parse", "change"])
    }

    /// As the server describes it, but for the head: that of the server stays where the pull request was opened.
    fn event(&self) -> Value {
        let mut pull = self.server.get(&format!("/pulls/{}", self.number));
        assert_eq!((&pull["base"]["ref"], &pull["base"]["sha"]), (&json!("main"), &json!(self.base)));
        assert_eq!((&pull["head"]["ref"], &pull["state"]), (&json!("change"), &json!("open")));
        pull["head"]["sha"] = json!(self.head());
        json!({ "action": "synchronize", "pull_request": pull })
    }

    fn run(&self, job: &str, workspace: &Path, inputs: &[(&str, &str)]) -> Ran {
        run(&self.server, job, ("pull_request", &self.event(), &self.merge), workspace, inputs)
    }

    /// The comments, each of which has to be that of a job.
    fn comments(&self) -> Vec<(u64, String)> {
        let all = self.server.comments(self.number);
        assert!(all.iter().all(|(_, author, _)| author == "github-actions[bot]"), "{all:?}");
        all.into_iter().map(|(id, _, body)| (id, body)).collect()
    }
}

/// What a job left behind.
#[derive(Debug)]
struct Ran {
    code: i32,
    log: String,
    summary: String,
    outputs: BTreeMap<String, String>,
    report: Value,
}

impl Ran {
    /// The findings, the services and what was judged, all but what the run says of itself.
    fn verdict(&self) -> [&Value; 4] {
        verdict(&self.report)
    }

    fn outputs(&self) -> [&str; 3] {
        ["findings", "gaps", "conclusion"].map(|name| self.outputs[name].as_str())
    }
}

fn verdict(report: &Value) -> [&Value; 4] {
    let parts = ["findings", "services", "as_of", "scope"].map(|key| &report[key]);
    assert!(parts.iter().all(|part| !part.is_null()), "{report}");
    parts
}

fn run(server: &Server, job: &str, event: (&str, &Value, &str), workspace: &Path, inputs: &[(&str, &str)]) -> Ran {
    let runner = Place::new();
    runner.write("event.json", event.1.to_string());
    let mut command = support::adrule(workspace);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if ["GITHUB_", "INPUT_", "RUNNER_"].iter().any(|prefix| name.starts_with(prefix)) {
            command.env_remove(&*name);
        }
    }
    command
        .arg("action")
        .env("GITHUB_EVENT_NAME", event.0)
        .env("GITHUB_EVENT_PATH", runner.path("event.json"))
        .env("GITHUB_SHA", event.2)
        .env("GITHUB_REF_NAME", "main")
        .env("GITHUB_WORKSPACE", workspace)
        .env("GITHUB_REPOSITORY", REPOSITORY)
        .env("GITHUB_API_URL", &server.url)
        .env("GITHUB_GRAPHQL_URL", format!("{}/graphql", server.url))
        .env("GITHUB_SERVER_URL", &server.url)
        .env("GITHUB_RUN_ID", "42")
        .env("GITHUB_OUTPUT", runner.path("output"))
        .env("GITHUB_STEP_SUMMARY", runner.path("summary"))
        .env("RUNNER_TEMP", runner.path("temporary"))
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

#[test]
fn a_gap_is_told_once_and_mended() {
    let Some(mut pull) = Pull::with_a_gap() else { return };
    let nowhere = Place::new();
    let check = check_in(&pull.place.root, &["--base", "HEAD^1"]);
    assert_eq!(check.findings(), ["language-without-reason gamma"]);
    let message = check.json["findings"][0]["message"].as_str().unwrap();

    // From the checkout, and again without one: the same findings, the same words, one comment.
    let sarif = pull.place.path("adrule.sarif");
    let here = pull.run("own", &pull.place.root, &[("INPUT_SARIF", "adrule.sarif")]);
    let comments = pull.comments();
    let there = pull.run("own", &nowhere.root, &[]);
    assert!(here.log.contains("Read from the checkout."), "{}", here.log);
    assert!(there.log.contains("Read through GitHub's interface: there is no checkout."), "{}", there.log);
    for ran in [&here, &there] {
        assert_eq!((ran.code, ran.outputs()), (1, ["1", "1", "failure"]), "{}", ran.log);
        assert_eq!(ran.verdict(), verdict(&check.json));
        assert!(ran.log.contains("::error file=services/gamma/catalog-info.yaml,line="), "{}", ran.log);
        assert!(ran.log.contains(message) && ran.summary.contains("gamma"), "{}", ran.summary);
    }
    assert!(fs::read_to_string(&sarif).unwrap().contains(message));
    fs::remove_file(&sarif).unwrap();
    let path = format!("/repos/{REPOSITORY}/issues/{}/comments", pull.number);
    assert_eq!(pull.server.writes(), [format!("POST {path} 201")]);
    assert_eq!((comments.len(), &pull.comments()), (1, &comments));
    assert!(comments[0].1.contains("gamma"), "{}", comments[0].1);

    // Mended: the same comment, in one line. Once more: nothing is written.
    pull.change(|place| place.service("services/gamma", "gamma", "go"));
    for workspace in [&pull.place.root, &nowhere.root] {
        let ran = pull.run("own", workspace, &[]);
        assert_eq!((ran.code, ran.outputs()), (0, ["0", "0", "success"]), "{}", ran.log);
        assert_eq!(ran.verdict(), verdict(&check_in(&pull.place.root, &["--base", "HEAD^1"]).json));
        let [(id, body)] = &pull.comments()[..] else { panic!("{:?}", pull.comments()) };
        assert_eq!(*id, comments[0].0);
        assert!(body.contains("All set"), "{body}");
        let change = format!("PATCH /repos/{REPOSITORY}/issues/comments/{id} 200");
        assert_eq!(pull.server.writes(), [format!("POST {path} 201"), change]);
    }
}

#[test]
fn the_token_of_a_fork_may_not_comment_and_the_second_half_does() {
    let Some(pull) = Pull::with_a_gap() else { return };
    let nowhere = Place::new();
    for workspace in [&pull.place.root, &nowhere.root] {
        let ran = pull.run("fork", workspace, &[]);
        assert_eq!((ran.code, ran.outputs()), (1, ["1", "1", "failure"]), "{}", ran.log);
        let line = ran.log.lines().find(|line| line.starts_with("The comment was not written")).unwrap();
        assert!(line.contains("forks"), "{line}");
    }
    assert!(pull.comments().is_empty());
    let refused = format!("POST /repos/{REPOSITORY}/issues/{}/comments 403", pull.number);
    assert_eq!(pull.server.writes(), [refused.clone(), refused]);

    let (owner, _) = REPOSITORY.split_once('/').unwrap();
    let event = json!({ "workflow_run": {
        "event": "pull_request", "head_branch": "change", "head_sha": pull.head(),
        "head_repository": { "owner": { "login": owner } },
    } });
    let half = || run(&pull.server, "half", ("workflow_run", &event, &pull.base), &nowhere.root, &[]);
    let ran = half();
    assert_eq!((ran.code, ran.outputs()), (0, ["1", "1", "failure"]), "{}", ran.log);
    assert_eq!(pull.comments().len(), 1, "{}", ran.log);
    let checks = || {
        let all = pull.server.get(&format!("/commits/{}/check-runs", pull.head()));
        let one = |run: &Value| ["name", "conclusion"].map(|key| run[key].as_str().unwrap().to_owned());
        all["check_runs"].as_array().unwrap().iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(checks(), [["adrule (main)", "failure"]]);
    half();
    assert_eq!(pull.comments().len(), 1);
}

#[test]
fn other_events_find_what_check_finds() {
    let Some(pull) = Pull::with_a_gap() else { return };
    let nowhere = Place::new();
    let check = check_in(&pull.place.root, &["--base", "HEAD^1"]);
    let all = check_in(&pull.place.root, &["--all"]);
    let group = json!({ "merge_group": {
        "base_sha": pull.base, "head_sha": pull.merge, "base_ref": "refs/heads/main",
    } });
    let push = json!({ "before": pull.base, "after": pull.merge, "repository": { "default_branch": "main" } });
    for workspace in [&pull.place.root, &nowhere.root] {
        for (event, payload, expected) in
            [("merge_group", &group, &check), ("push", &push, &check), ("schedule", &json!({}), &all)]
        {
            let ran = run(&pull.server, "fork", (event, payload, &pull.merge), workspace, &[]);
            assert_eq!(ran.code, 1, "{event}: {}", ran.log);
            assert_eq!(ran.verdict(), verdict(&expected.json), "{event}");
        }
    }
    assert!(pull.comments().is_empty() && pull.server.writes().is_empty(), "{:?}", pull.server.writes());
}

#[cfg(target_os = "linux")]
#[test]
fn the_steps_of_action_yml_find_what_check_finds() {
    let Some(pull) = Pull::with_a_gap() else { return };
    let action = runner::Action::new();
    // No release of it: as the step that builds would have left it.
    fs::create_dir_all(action.place.path("target/release")).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_adrule"), action.place.path("target/release/adrule")).unwrap();
    let github = runner::GitHub {
        url: pull.server.url.clone(),
        repository: REPOSITORY.to_owned(),
        token: pull.server.token("own").to_owned(),
    };
    let inputs = [("sarif", "adrule.sarif"), ("args", "--as-of 2026-11-22")];
    for _ in 0..2 {
        let event = ("pull_request", &pull.event(), &*pull.merge);
        let ran = action.run(&github, event, &pull.place.root, &inputs);
        assert!(!ran.went_well && ran.log.contains("is built from the source of this action"), "{}", ran.log);
        let said = ["findings", "gaps", "conclusion"].map(|name| ran.output("check", name));
        assert_eq!(said, ["1", "1", "failure"], "{}", ran.log);
        let comments = pull.comments();
        runner::equal::says_what_check_says(&ran, &pull.place.root, "main", Some(&comments[0].1));
    }
    assert_eq!((pull.comments().len(), pull.server.writes().len()), (1, 1));
}
