//! action.yml itself, step by step as a runner goes through it, beside a GitHub of our own that also has the release.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod fake;
mod runner;
mod support;

use fake::{Fake, REPOSITORY};
use runner::equal::says_what_check_says;
use runner::{Action, GitHub};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use support::Place;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn at(github: &Fake) -> GitHub {
    GitHub { url: github.url.clone(), repository: REPOSITORY.to_owned(), token: "given".to_owned() }
}

/// Makes a release of the program that is tested; its archive's name.
fn release(action: &Action, github: &Fake, version: &str) -> String {
    let target = match action.machine {
        ("macOS", _) => "aarch64-apple-darwin",
        ("Windows", _) => "x86_64-pc-windows-msvc",
        _ => "x86_64-unknown-linux-musl",
    };
    let folder = Place::new();
    // As a release packs it; the program that is tested stands for the one of that target.
    let program = folder.path(if action.machine.0 == "Windows" { "adrule.exe" } else { "adrule" });
    fs::copy(env!("CARGO_BIN_EXE_adrule"), &program).unwrap();
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/pack");
    let mut packing = Command::new("bash");
    packing.arg(pack).args([version, target]).arg(program).arg(&folder.root);
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

const INPUTS: [(&str, &str); 2] = [("sarif", "adrule.sarif"), ("args", "--as-of 2026-11-22")];

#[test]
fn with_a_gap() {
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "rust"));
    let action = Action::new();
    release(&action, &github, VERSION);
    let ran = action.run(&at(&github), ("pull_request", &event, &merge), &place.root, &INPUTS);
    assert!(!ran.went_well, "{}", ran.log);
    let out = |name: &str| ran.output("check", name);
    assert_eq!((out("findings"), out("gaps"), out("conclusion")), ("1".into(), "1".into(), "failure".into()));
    let comments = github.comments(7);
    let [comment] = comments.as_slice() else { panic!("{comments:?}") };
    says_what_check_says(&ran, &place.root, "main", Some(comment));
}

#[test]
fn without_a_gap_of_a_fork_and_in_a_queue() {
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "go"));
    let action = Action::new();
    release(&action, &github, VERSION);
    let ran = action.run(&at(&github), ("pull_request", &event, &merge), &place.root, &INPUTS);
    assert!(ran.went_well && github.comments(7).is_empty(), "{}", ran.log);
    assert_eq!(ran.output("check", "conclusion"), "success");
    says_what_check_says(&ran, &place.root, "main", None);

    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "rust"));
    let action = Action::new();
    release(&action, &github, VERSION);
    github.state().denied = vec!["/comments"];
    let ran = action.run(&at(&github), ("pull_request", &event, &merge), &place.root, &INPUTS);
    assert!(!ran.went_well && ran.log.contains("The comment was not written"), "{}", ran.log);
    says_what_check_says(&ran, &place.root, "main", None);

    let group = json!({ "merge_group": {
        "base_sha": place.git(&["rev-parse", "main"]), "head_sha": merge, "base_ref": "refs/heads/main",
    } });
    let ran = action.run(&at(&github), ("merge_group", &group, &merge), &place.root, &INPUTS);
    assert!(!ran.went_well && ran.output("check", "gaps") == "1", "{}", ran.log);
    says_what_check_says(&ran, &place.root, "main", None);
    assert!(github.comments(7).is_empty());
}

/// The steps ask for nothing that only GNU or Linux has.
#[test]
fn the_commands_of_other_machines_are_enough() {
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "go"));
    for (machine, sums) in [(("macOS", "ARM64"), "shasum"), (("Windows", "X64"), "sha256sum")] {
        let mut action = Action::new();
        action.machine = machine;
        release(&action, &github, VERSION);
        let commands = Place::new();
        for name in ["bash", "sed", "head", "awk", "mkdir", "curl", "cut", "tar", "gzip", "git", sums] {
            let found = Command::new("bash").args(["-c", "command -v \"$0\"", name]).output().unwrap().stdout;
            let found = String::from_utf8(found).unwrap();
            assert!(!found.is_empty(), "there is no {name} here");
            std::os::unix::fs::symlink(found.trim(), commands.path(name)).unwrap();
        }
        action.path = Some(commands.root.clone());
        let ran = action.run(&at(&github), ("pull_request", &event, &merge), &place.root, &INPUTS);
        assert!(ran.went_well, "{machine:?}: {}", ran.log);
        assert_eq!(ran.output("program", "build"), "false");
        says_what_check_says(&ran, &place.root, "main", None);
    }
}

#[test]
fn every_input_arrives() {
    let (place, github, event, merge) = pull(|place| {
        place.write("teams/a/rules/page.yaml", "policy: 1\nextends: org\n");
        place.service("teams/a/services/gamma", "gamma", "rust");
    });
    place.write("shared/adrule.yaml", support::PAGE);
    let action = Action::new();
    release(&action, &github, VERSION);
    let version = format!("v{VERSION}");
    let inputs = [
        ("policy", "rules/page.yaml"),
        ("org-policy", "shared/adrule.yaml"),
        ("working-directory", "teams/a"),
        ("fail-on", "never"),
        ("comment", "never"),
        ("suggestions", "true"),
        ("sarif", "out/adrule.sarif"),
        ("annotations", "false"),
        ("format", "junit"),
        ("version", version.as_str()),
        ("token", "another"),
        ("args", "--strict --as-of 2026-11-22"),
    ];
    let named: BTreeSet<&str> = inputs.iter().map(|(name, _)| *name).collect();
    assert_eq!(named, action.inputs().into_iter().collect(), "an input that is not tried out here");
    let ran = action.run(&at(&github), ("pull_request", &event, &merge), &place.root, &inputs);
    assert!(ran.went_well, "{}", ran.log);
    assert!(ran.log.contains("<testsuites") && !ran.log.contains("::error file="), "{}", ran.log);
    let report = ran.report();
    // The page is the first one here, so that the organisation's judges; both were found.
    assert_eq!((&report["judged_by"]["page"], &report["as_of"]), (&json!("org:adrule.yaml"), &json!("2026-11-22")));
    assert!(report["remarks"].to_string().contains("brings the first page along"), "{report}");
    assert_eq!(ran.output("check", "sarif"), place.path("out/adrule.sarif").display().to_string());
    assert_eq!((ran.output("check", "gaps").as_str(), ran.output("check", "conclusion").as_str()), ("1", "neutral"));
    assert!(github.state().asked.iter().all(|asked| asked.token.as_deref().is_none_or(|token| token == "another")));
    assert!(github.comments(7).is_empty());
}

/// The words of a help text or a description after `before`, as far as `after`.
fn listed(text: &str, before: &str, after: char) -> Vec<String> {
    let list = text.split_once(before).unwrap().1.split(after).next().unwrap();
    list.split([',', ' ', '\n']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_inputs_are_what_the_program_takes() {
    let action = Action::new();
    let help = Command::new(env!("CARGO_BIN_EXE_adrule")).args(["check", "--help"]).output().unwrap();
    // Its lines are broken where the terminal ends.
    let help = String::from_utf8(help.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    let option = |name: &str| help.split_once(&format!("--{name} <")).unwrap().1.to_owned();
    // One of them each, the same as the program's, and the same default.
    let fail_on = listed(&option("fail-on"), "[possible values: ", ']');
    assert_eq!(listed(&action.description("fail-on"), "one of ", '.'), fail_on);
    assert_eq!(listed(&option("fail-on"), "[default: ", ']'), [action.default("fail-on")]);
    assert_eq!(listed(&option("format"), "[default: ", ']'), [action.default("format")]);
    let book = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/github.md")).unwrap();
    for name in action.inputs().into_iter().chain(action.outputs()) {
        assert!(book.contains(&format!("\n| `{name}` |")), "docs/github.md says nothing of `{name}`");
    }
    // Every value is taken by `adrule action`, every other one refused with all of them named.
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "go"));
    release(&action, &github, VERSION);
    let run = |input: (&str, &str)| {
        let inputs = [INPUTS[0], INPUTS[1], ("comment", "never"), input];
        action.run(&at(&github), ("pull_request", &event, &merge), &place.root, &inputs)
    };
    let formats = listed(&option("format"), "[possible values: ", ']');
    for (name, values) in [("format", &formats), ("fail-on", &fail_on)] {
        for value in values {
            assert!(run((name, value)).went_well, "{name}: {value}");
        }
        let other = run((name, "other"));
        assert!(!other.went_well && other.log.contains(&values.join(", ")), "{}", other.log);
    }
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
