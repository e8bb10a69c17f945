//! How often GitHub is asked: a pull request of ten files in a repository of 100,000. docs/github.md gives these numbers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod fake;
mod support;

use fake::{Fake, REPOSITORY};
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use support::{PAGE, Place, manifest, within};

const FILES: usize = 100_000;

/// Commits files without a working tree; the commit.
fn commit(place: &Place, branch: &str, from: Option<&str>, files: &[(String, String)]) -> String {
    let mut stream =
        format!("commit refs/heads/{branch}\ncommitter a team <team@example.com> 1764000000 +0000\ndata 0\n");
    if let Some(from) = from {
        let _ = writeln!(stream, "from {from}");
    }
    for (path, text) in files {
        let _ = write!(stream, "M 100644 inline {path}\ndata {}\n{text}\n", text.len());
    }
    let mut child = Command::new("git")
        .arg("-C")
        .arg(&place.root)
        .args(["fast-import", "--quiet", "--force"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stream.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    place.git(&["rev-parse", branch])
}

fn run(github: &Fake, (base, head): (&str, &str), cache: &Path) -> (Vec<String>, String) {
    let before = github.asked().len();
    let place = Place::new();
    let pull = json!({ "number": 7, "base": { "ref": "main", "sha": base }, "head": { "ref": "x", "sha": base } });
    place.write("event.json", json!({ "action": "opened", "pull_request": pull }).to_string());
    let mut command = support::adrule(&place.root);
    command
        .arg("action")
        .env("GITHUB_EVENT_NAME", "pull_request")
        .env("GITHUB_EVENT_PATH", place.path("event.json"))
        .env("GITHUB_WORKSPACE", &place.root)
        .env("GITHUB_REPOSITORY", REPOSITORY)
        .env("GITHUB_SHA", head)
        .env("GITHUB_API_URL", &github.url)
        .env("RUNNER_TEMP", &place.root)
        .env("ADRULE_CACHE", cache)
        .env("INPUT_TOKEN", "given");
    for name in ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_GRAPHQL_URL"] {
        command.env_remove(name);
    }
    let out = within(command, Duration::from_secs(300));
    let log = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    // Object ids differ from run to run of this test.
    let short = |call: &String| call.replace("/repos/a-team/estate", "").split("/trees/").next().unwrap().to_owned();
    (github.asked()[before..].iter().map(short).collect(), log)
}

#[test]
fn ten_files_of_a_hundred_thousand() {
    let place = Place::new();
    place.git(&["init", "-q", "-b", "main"]);
    let mut files: Vec<(String, String)> = (0..FILES)
        .map(|at| (format!("src/area{}/part{}/file{at}.go", at % 97, at % 1009), "package x\n".to_owned()))
        .collect();
    files.push(("adrule.yaml".to_owned(), PAGE.to_owned()));
    let base = commit(&place, "main", None, &files);
    let services = |from: usize, to: usize| -> Vec<(String, String)> {
        let service = |at: usize| {
            let name = format!("service{at}");
            (format!("services/{name}/catalog-info.yaml"), manifest(&name, "rust"))
        };
        (from..to).map(service).collect()
    };
    let head = commit(&place, "x", Some(&base), &services(0, 10));
    let github = Fake::of(&place.root);
    let cache = Place::new();

    // Cold: nothing is known.
    let (asked, log) = run(&github, (&base, &head), &cache.root);
    let cold = ["POST /graphql", "GET /git", "GET /git", "POST /graphql", "POST /issues/7/comments"];
    assert_eq!(asked, cold, "{log}");
    assert!(log.contains("service9"), "{log}");

    // The same again: only whether anything has changed.
    let (asked, log) = run(&github, (&base, &head), &cache.root);
    assert_eq!(asked, ["POST /graphql"], "{log}");

    // Another push: its tree, and with the first look all that is new in it.
    let next = commit(&place, "x", Some(&base), &services(0, 12));
    let (asked, log) = run(&github, (&base, &next), &cache.root);
    let warm = ["GET /git", "POST /graphql", "PATCH /issues/comments/5000000001"];
    assert_eq!(asked, warm, "{log}");
    assert!(log.contains("service11"), "{log}");

    // One that says nothing new.
    let mut same = services(0, 12);
    same.push(("docs/words.md".to_owned(), "Words.\n".to_owned()));
    let next = commit(&place, "x", Some(&base), &same);
    let (asked, log) = run(&github, (&base, &next), &cache.root);
    assert_eq!(asked, ["GET /git", "POST /graphql"], "{log}");

    // The base has gone on, and its page says something else: what was remembered was wrong, and nothing is the worse.
    let gone_on = PAGE.replace("memory-budget, ", "");
    let base = commit(&place, "main", Some(&base), &[("adrule.yaml".to_owned(), gone_on)]);
    let head = commit(&place, "x", Some(&base), &services(0, 13));
    let (asked, log) = run(&github, (&base, &head), &cache.root);
    let wrong = ["GET /git", "POST /graphql", "GET /git", "PATCH /issues/comments/5000000001"];
    assert_eq!(asked, wrong, "{log}");
    assert!(log.contains("service12"), "{log}");
}
