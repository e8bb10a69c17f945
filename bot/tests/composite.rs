//! action.yml itself, step by step as a runner goes through it, beside a GitHub of our own that also has the release.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod fake;
mod runner;
mod support;

use fake::{Fake, REPOSITORY};
use runner::{Action, GitHub};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use support::{Place, check_in};

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn at(github: &Fake) -> GitHub {
    GitHub { url: github.url.clone(), repository: REPOSITORY.to_owned(), token: "given".to_owned() }
}

/// Makes a release of the program that is tested; its archive's name.
fn release(action: &Action, github: &Fake, version: &str) -> String {
    let target = "x86_64-unknown-linux-musl";
    let folder = Place::new();
    // As a release packs it; the program that is tested stands for the one of that target.
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/pack");
    let mut packing = Command::new("bash");
    packing.arg(pack).args([version, target, env!("CARGO_BIN_EXE_adrule")]).arg(&folder.root);
    let packed = packing.env("ADRULE_GZIP", "1").output().unwrap();
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    // The line that the release adds to the sums.
    let line = String::from_utf8(packed.stdout).unwrap();
    let name = format!("adrule-{version}-{target}.tar.gz");
    assert_eq!(line, fs::read_to_string(folder.path(&format!("{name}.sha256"))).unwrap());
    let sums = fs::read_to_string(action.place.path("action/releases.sha256")).unwrap();
    action.place.write("action/releases.sha256", sums + &line);
    let path = format!("/adrule/adrule/releases/download/v{version}/{name}");
    github.state().files.insert(path, fs::read(folder.path(&name)).unwrap());
    name
}

/// A repository with a trial merge, and what GitHub says of its pull request.
fn pull(change: impl Fn(&Place)) -> (Place, Fake, Value, String) {
    let place = Place::on_branch();
    change(&place);
    place.commit("A change");
    let head = place.git(&["rev-parse", "HEAD"]);
    place.git(&["checkout", "-q", "--detach", "main"]);
    place.git(&["merge", "-q", "--no-edit", "--no-ff", "change"]);
    let (base, merge) = (place.git(&["rev-parse", "main"]), place.git(&["rev-parse", "HEAD"]));
    let ends = json!({ "number": 7, "base": { "ref": "main", "sha": base }, "head": { "ref": "change", "sha": head } });
    let github = Fake::of(&place.root);
    (place, github, json!({ "action": "opened", "pull_request": ends }), merge)
}

#[test]
fn with_a_gap() {
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "rust"));
    let action = Action::new();
    release(&action, &github, VERSION);
    let ran = action.run(&at(&github), ("pull_request", &event, &merge), &place.root, &[("sarif", "adrule.sarif")]);
    assert!(!ran.went_well, "{}", ran.log);
    let out = |name: &str| ran.output("check", name);
    assert_eq!((out("findings"), out("gaps"), out("conclusion")), ("1".into(), "1".into(), "failure".into()));
    // Equal findings, equal words.
    let check = check_in(&place.root, &["--base", "HEAD^1"]);
    assert_eq!(ran.report()["findings"], check.json["findings"]);
    let message = check.json["findings"][0]["message"].as_str().unwrap();
    let sarif = fs::read_to_string(out("sarif")).unwrap();
    let summary = fs::read_to_string(ran.runner.path("summary")).unwrap();
    assert!(ran.log.contains(message) && sarif.contains(message) && summary.contains("gamma"), "{}", ran.log);
    assert_eq!(github.comments(7).len(), 1);
}

#[test]
fn without_a_gap_of_a_fork_and_in_a_queue() {
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "go"));
    let action = Action::new();
    release(&action, &github, VERSION);
    let ran = action.run(&at(&github), ("pull_request", &event, &merge), &place.root, &[]);
    assert!(ran.went_well && github.comments(7).is_empty(), "{}", ran.log);
    assert_eq!(ran.output("check", "conclusion"), "success");

    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "rust"));
    let action = Action::new();
    release(&action, &github, VERSION);
    github.state().denied = vec!["/comments"];
    let ran = action.run(&at(&github), ("pull_request", &event, &merge), &place.root, &[]);
    assert!(!ran.went_well && ran.log.contains("The comment was not written"), "{}", ran.log);

    let group = json!({ "merge_group": {
        "base_sha": place.git(&["rev-parse", "main"]), "head_sha": merge, "base_ref": "refs/heads/main",
    } });
    let ran = action.run(&at(&github), ("merge_group", &group, &merge), &place.root, &[("fail-on", "never")]);
    assert!(ran.went_well && ran.output("check", "gaps") == "1", "{}", ran.log);
}

#[test]
fn another_archive_than_was_released_is_not_run() {
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "go"));
    let action = Action::new();
    let name = release(&action, &github, VERSION);
    let path = format!("/adrule/adrule/releases/download/v{VERSION}/{name}");
    github.state().files.get_mut(&path).unwrap().push(0);
    let ran = action.run(&at(&github), ("pull_request", &event, &merge), &place.root, &[]);
    assert!(
        !ran.went_well && ran.log.contains("::error::") && ran.log.contains("is not what was released"),
        "{}",
        ran.log
    );
    assert!(ran.outputs.is_empty(), "{:?}", ran.outputs);
}

#[test]
fn without_a_release_it_is_built() {
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "go"));
    let action = Action::new();
    let take =
        |inputs: &[(&str, &str)]| action.run(&at(&github), ("pull_request", &event, &merge), &place.root, inputs);
    let ran = take(&[]);
    assert!(
        ran.log.contains("is built from the source of this action") && ran.log.contains("cargo build"),
        "{}",
        ran.log
    );
    let program = ran.output("program", "program");
    assert_eq!(program, action.place.path("target/release/adrule").display().to_string());
    // A release that has gone.
    let name = release(&action, &github, VERSION);
    github.state().files.clear();
    assert!(take(&[]).log.contains("could not be fetched"), "{name}");
    // Another version must have been released, and be one.
    assert!(take(&[("version", "9.9.9")]).log.contains("::error::adrule 9.9.9 cannot be taken"));
    let evil = take(&[("version", "$(touch evil)")]);
    assert!(!evil.went_well && evil.log.contains("is no version such as"), "{}", evil.log);
}
