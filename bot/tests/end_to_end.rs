//! `adrule action` beside a GitHub that nobody here wrote: emulate, with real tokens, permissions and state.
//! `.ci/end-to-end` installs it; without it these tests say that they were skipped.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod pull;
#[cfg(target_os = "linux")]
mod runner;
mod server;
mod support;

use pull::{Pull, run, verdict};
use serde_json::{Value, json};
use server::REPOSITORY;
use std::fs;
use support::{Place, check_in};

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
    pull.server.writes_are_documented();
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
    pull.server.writes_are_documented();
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
