//! The organisation's page: on the command line, and in a job, where the same commits get the same findings.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod fake;
mod support;

use fake::{Fake, REPOSITORY, Wrong};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Output;
use std::time::Duration;
use support::{Place, Report, adrule, report, within};

const ORG: &str = "policy: 1
owner: platform-guild
default: go
languages:
  rust:
    says: Rust needs a stated latency target.
    requires:
      any: [{ latency-target: { at-most: 10 ms } }]
";
/// Asks for less than that.
const LOOSER: &str = "policy: 1
extends: org
languages:
  rust:
    requires:
      any: [{ latency-target: { at-most: 50 ms } }]
exclude: services/old
";
const TIGHTER: &str = "policy: 1\nextends: org\nothers: ask\n";

/// A repository with a page and a service in Rust without a reason, and the organisation's page beside it.
fn place(page: &str) -> (Place, Place) {
    let (place, organisation) = (Place::repository(), Place::new());
    place.write("adrule.yaml", page);
    place.commit("A page");
    organisation.git(&["init", "-q", "-b", "main"]);
    organisation.write("adrule.yaml", ORG);
    organisation.commit("The page of us all");
    (place, organisation)
}

fn run(place: &Place, args: &[&str]) -> (i32, String, String) {
    told(within(
        {
            let mut command = adrule(&place.root);
            command.args(args);
            command
        },
        Duration::from_secs(60),
    ))
}

fn told(out: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

fn check(place: &Place, organisation: &Path, args: &[&str]) -> Report {
    let mut command = adrule(&place.root);
    command.args(["check", "--format", "json", "--as-of", "2026-11-22", "--org-policy"]).arg(organisation).args(args);
    report(within(command, Duration::from_secs(60)))
}

fn remarks(report: &Report) -> String {
    report.json["remarks"].to_string()
}

#[test]
fn what_is_looser_is_shown_with_both_lines_and_does_not_count() {
    let (place, organisation) = place(LOOSER);
    let org = organisation.path("adrule.yaml");
    let org = org.to_str().unwrap();
    let (code, said, _) = run(&place, &["check", "--all", "--as-of", "2026-11-22", "--org-policy", org]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(said, @r"
    error[policy-loosens-organisation]: Rust needs a latency target of at most 50 ms here, and by the organisation's page a latency target of at most 10 ms
     --> adrule.yaml:6:15
      |
    6 |       any: [{ latency-target: { at-most: 50 ms } }]
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ looser than the organisation's page
      |
     ::: org:adrule.yaml:8:15
      |
    8 |       any: [{ latency-target: { at-most: 10 ms } }]
      |               -------------------------------- needs a latency target of at most 10 ms
      |
      = why: A repository may tighten the organisation's page, and loosen only what that page lets it. Until then the organisation's page stays in force here.
      = help: take this out of the page, or ask platform-guild to allow it there: `repositories: { may: [languages] }`
      = more: adrule explain policy-loosens-organisation

    error[policy-loosens-organisation]: `services/old` is left out here, and not by the organisation's page
     --> adrule.yaml:7:10
      |
    7 | exclude: services/old
      |          ^^^^^^^^^^^^ looser than the organisation's page
      |
      = why: A repository may tighten the organisation's page, and loosen only what that page lets it. Until then the organisation's page stays in force here.
      = help: take this out of the page, or ask platform-guild to allow it there: `repositories: { may: [exclude] }`
      = more: adrule explain policy-loosens-organisation

    error[language-without-reason]: `beta` is written in Rust, and nothing says why
     --> services/beta/catalog-info.yaml:4:9
      |
    4 |   name: beta
      |         ^^^^ Rust, as it states
    5 |   annotations:
    6 |     adrule/language: rust
      |                      ---- Rust is stated here
      |
      = page: Rust needs a stated latency target.
      = add: with your own values:
                 services/beta/catalog-info.yaml, under `metadata.annotations`
                     adrule/latency-target: 10 ms
      = more: adrule explain language-without-reason

    Services
      gap      beta      Rust        no reason stated
      default  alpha     Go

    3 errors in 2 services, 0 decisions. Judged by adrule.yaml and the organisation's page, 2026-11-22.
    ");
    // The same by the variable.
    let mut command = adrule(&place.root);
    command.args(["check", "--all", "--as-of", "2026-11-22"]).env("ADRULE_ORG_POLICY", org);
    assert_eq!(told(within(command, Duration::from_secs(60))).1, said);
}

#[test]
fn without_the_organisations_page_one_line_says_so() {
    let (place, organisation) = place("policy: 1\ndefault: go\nextends: org\n");
    let alone = place.check(&["--all"]);
    assert_eq!((alone.code, alone.findings().len()), (0, 0), "{:?}", alone.json);
    assert!(remarks(&alone).contains("was not read") && remarks(&alone).contains("--org-policy PATH"), "{alone:?}");
    let (code, _, said) = run(&place, &["policy", "check"]);
    assert!(code == 0 && said.contains("was not read"), "{said}");
    // With it, it is judged by it.
    let with = check(&place, &organisation.path("adrule.yaml"), &["--all"]);
    assert_eq!((with.code, with.findings()), (1, vec!["language-without-reason beta".to_owned()]));
    assert_eq!(with.json["judged_by"]["organisation"], true);
    assert_eq!(remarks(&with), "[]");

    // One that cannot stand alone is not used.
    place.write("adrule.yaml", TIGHTER);
    place.commit("Tighter");
    for args in [&["check", "--all"][..], &["policy", "check"], &["list"]] {
        let (code, said, _) = run(&place, args);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("cannot stand without it") && said.contains("ADRULE_ORG_POLICY"), "{said}");
    }
}

#[test]
fn a_repository_without_a_page_is_judged_by_the_organisations() {
    let (place, organisation) = place(LOOSER);
    place.remove("adrule.yaml");
    place.commit("No page");
    let org = organisation.path("adrule.yaml");
    let all = check(&place, &org, &["--all"]);
    assert_eq!((all.code, all.findings()), (1, vec!["language-without-reason beta".to_owned()]));
    assert_eq!(remarks(&all), r#"["No adrule.yaml here: judged by the organisation's page."]"#);
    assert_eq!(all.json["judged_by"]["page"], "org:adrule.yaml");

    // A first page lets nobody out of it.
    place.git(&["checkout", "-q", "-b", "change"]);
    place.write("adrule.yaml", "policy: 1\ndefault: [go, rust]\n");
    place.service("services/gamma", "gamma", "rust");
    place.commit("A page of our own");
    let change = check(&place, &org, &["--base", "main"]);
    assert_eq!((change.code, change.findings()), (1, vec!["language-without-reason gamma".to_owned()]));
    assert!(remarks(&change).contains("It is judged by the organisation's page"), "{}", remarks(&change));
}

#[test]
fn an_organisations_page_that_cannot_be_used_is_named() {
    let (place, organisation) = place(LOOSER);
    let org = organisation.path("adrule.yaml");
    for (text, mistake) in [
        ("policy: 1\ndefault: go\nextends: org\n", "cannot build on itself"),
        ("policy: 1\ndefualt: go\n", "did you mean `default`?"),
    ] {
        organisation.write("adrule.yaml", text);
        let (code, said, _) = run(&place, &["check", "--all", "--org-policy", org.to_str().unwrap()]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(mistake) && said.contains("the organisation's page cannot be used"), "{said}");
        assert!(said.contains(&format!("mend {}", org.display())), "{said}");
    }
    // Where there is no other page, either.
    place.remove("adrule.yaml");
    let (code, said, _) = run(&place, &["check", "--all", "--org-policy", org.to_str().unwrap()]);
    assert!(code == 2 && said.contains("did you mean `default`?") && said.contains("mend "), "{code} {said}");
    let (code, _, said) = run(&place, &["check", "--all", "--org-policy", "nowhere.yaml"]);
    assert!(code == 2 && said.contains("nowhere.yaml could not be read"), "{said}");
    // A page that does not build on it is not asked: that is said to who gave it.
    organisation.write("adrule.yaml", ORG);
    place.write("adrule.yaml", "policy: 1\ndefault: [go, rust]\n");
    let (code, _, said) = run(&place, &["check", "--all", "--org-policy", org.to_str().unwrap()]);
    assert!(code == 0 && said.contains("does not say `extends: org`"), "{code} {said}");
}

#[test]
fn every_command_that_takes_a_page_takes_the_organisations() {
    let (place, organisation) = place(TIGHTER);
    let org = organisation.path("adrule.yaml");
    let org = org.to_str().unwrap();
    for args in [
        &["policy", "check"][..],
        &["policy", "render"],
        &["policy", "test"],
        &["policy", "diff", "main", "adrule.yaml"],
        &["list"],
        &["graph", "--all"],
        &["baseline"],
    ] {
        let args: Vec<&str> = args.iter().copied().chain(["--org-policy", org]).collect();
        let (code, said, wrong) = run(&place, &args);
        assert_eq!(code, 0, "{args:?}: {said}{wrong}");
    }
    let (_, prose, _) = run(&place, &["policy", "render", "--org-policy", org]);
    assert!(prose.contains("Go is the default") && prose.contains("builds on the organisation's page"), "{prose}");
}

#[test]
fn a_change_that_is_looser_is_told_and_one_that_mends_it_is_not_held_against() {
    let (place, organisation) = place(TIGHTER);
    let org = organisation.path("adrule.yaml");
    place.git(&["checkout", "-q", "-b", "change"]);
    place.write("adrule.yaml", LOOSER);
    place.commit("Looser");
    let change = check(&place, &org, &["--base", "main"]);
    // As in a job and in the App: once merged, it would be an error with every change.
    assert_eq!((change.code, change.findings().len()), (1, 0));
    let said = remarks(&change);
    assert!(said.contains("the new page is looser than the organisation's: Rust needs a latency target"), "{said}");
    assert!(said.contains("`services/old` is left out here"), "{said}");
    // On the base it is found with every change, until one mends it.
    place.git(&["checkout", "-q", "-B", "main"]);
    place.git(&["checkout", "-q", "-b", "other"]);
    place.write("README.md", "words\n");
    place.commit("Words");
    assert_eq!(check(&place, &org, &["--base", "main"]).findings().len(), 2);
    place.write("adrule.yaml", TIGHTER);
    place.commit("Mended");
    let change = check(&place, &org, &["--base", "main"]);
    assert_eq!((change.code, change.findings().len()), (0, 0), "{:?}", change.json);
}

/// A pull request that adds a service in Rust, in a job without a checkout of it.
struct Job {
    place: Place,
    github: Fake,
    base: String,
    head: String,
}

impl Job {
    fn new((place, organisation): &(Place, Place)) -> Self {
        place.git(&["checkout", "-q", "-b", "change"]);
        place.service("services/gamma", "gamma", "rust");
        place.commit("A change");
        let base = place.git(&["rev-parse", "main"]);
        let head = place.git(&["rev-parse", "HEAD"]);
        let github = Fake::of(&place.root);
        github.state().app.others.insert("a-team/.github".to_owned(), organisation.root.clone());
        let workspace = Place::new();
        Self { place: workspace, github, base, head }
    }

    fn run(&self, workspace: &Path, inputs: &[(&str, &str)]) -> (i32, String, Value) {
        let files = Place::new();
        let pull = json!({ "number": 7, "base": { "ref": "main", "sha": self.base }, "head": { "ref": "change", "sha": self.head } });
        self.github.state().pulls = vec![pull.clone()];
        files.write("event.json", json!({ "action": "opened", "pull_request": pull }).to_string());
        let mut command = adrule(workspace);
        for (name, _) in std::env::vars_os() {
            if ["GITHUB_", "INPUT_", "RUNNER_"].iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
                command.env_remove(name);
            }
        }
        command
            .arg("action")
            .env("GITHUB_EVENT_NAME", "pull_request")
            .env("GITHUB_EVENT_PATH", files.path("event.json"))
            .env("GITHUB_WORKSPACE", workspace)
            .env("GITHUB_REPOSITORY", REPOSITORY)
            .env("GITHUB_SHA", &self.head)
            .env("GITHUB_API_URL", &self.github.url)
            .env("RUNNER_TEMP", &files.root)
            .env("GITHUB_OUTPUT", files.path("output"))
            .env("INPUT_ARGS", "--as-of 2026-11-22")
            .env("INPUT_TOKEN", "given");
        for (name, value) in inputs {
            command.env(name, value);
        }
        let (code, said, wrong) = told(within(command, Duration::from_secs(120)));
        let report = std::fs::read(files.path("adrule/adrule.json")).unwrap_or_default();
        (code, said + &wrong, serde_json::from_slice(&report).unwrap_or_default())
    }
}

#[test]
fn a_job_says_what_the_command_line_says() {
    for page in [LOOSER, TIGHTER] {
        let places = place(page);
        let job = Job::new(&places);
        let (here, organisation) = &places;
        let line = check(here, &organisation.path("adrule.yaml"), &["--base", "main"]);
        let comparable =
            |report: &Value| (report["findings"].clone(), report["services"].clone(), report["remarks"].clone());

        // Everything through GitHub's interface; then the repository from a checkout; then the organisation's page, too.
        let (code, said, report) = job.run(&job.place.root, &[]);
        assert_eq!((code, comparable(&report)), (line.code, comparable(&line.json)), "{said}");
        // The newest commit; its page comes with the question for it.
        assert_eq!(job.github.count("GET", "/repos/a-team/.github"), 1);
        let comment = job.github.comments(7).pop().unwrap();
        let commit = organisation.git(&["rev-parse", "HEAD"]);
        let link = format!("/a-team/.github/blob/{commit}/adrule.yaml");
        assert!(comment.contains(&link), "{comment}");
        here.git(&["update-ref", "refs/remotes/origin/main", &job.base]);
        let (code, said, report) = job.run(&here.root, &[]);
        assert_eq!((code, comparable(&report)), (line.code, comparable(&line.json)), "{said}");
        assert!(said.contains("Read from the checkout."), "{said}");
        job.github.state().app.others.clear();
        let workspace = Place::new();
        workspace.write("shared/adrule.yaml", ORG);
        let (code, said, report) = job.run(&workspace.root, &[("INPUT_ORG_POLICY", "shared/adrule.yaml")]);
        assert_eq!((code, comparable(&report)), (line.code, comparable(&line.json)), "{said}");
    }
}

#[test]
fn a_job_in_a_repository_without_a_page_uses_the_organisations_where_there_is_one() {
    let places = place(TIGHTER);
    let (here, organisation) = &places;
    here.git(&["rm", "-q", "adrule.yaml"]);
    here.commit("No page of our own");
    let job = Job::new(&places);
    here.git(&["update-ref", "refs/remotes/origin/main", &job.base]);
    let comparable =
        |report: &Value| (report["findings"].clone(), report["services"].clone(), report["remarks"].clone());
    let line = check(here, &organisation.path("adrule.yaml"), &["--base", "main"]);
    assert!(remarks(&line).contains("judged by the organisation's page"), "{:?}", line.json);
    for workspace in [&job.place.root, &here.root] {
        let (code, said, report) = job.run(workspace, &[]);
        assert_eq!((code, comparable(&report)), (line.code, comparable(&line.json)), "{said}");
    }
    // None, or none to be seen: the built-in page, and no complaint.
    job.github.state().app.others.clear();
    for (workspace, token) in [(&job.place.root, "given"), (&here.root, "given"), (&here.root, "")] {
        let (code, said, report) = job.run(workspace, &[("INPUT_TOKEN", token), ("INPUT_COMMENT", "never")]);
        assert_eq!(code, 1, "{said}");
        let told = report["remarks"].to_string();
        assert!(told.contains("judged by the built-in page") && !told.contains("organisation"), "{told}");
    }
}

#[test]
fn a_job_that_cannot_read_the_organisations_page_says_what_to_do() {
    let places = place(LOOSER);
    let mut job = Job::new(&places);
    let denied = || Wrong::Instead(403, Vec::new(), r#"{"message":"Resource not accessible by integration"}"#);
    for hidden in [false, true] {
        if hidden {
            job.github.state().app.others.clear();
        } else {
            job.github.once("GET", "/repos/a-team/.github/commits", denied());
        }
        let (code, said, _) = job.run(&job.place.root, &[]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("the organisation's page could not be read") && said.contains("`org-policy`"), "{said}");
        assert!(job.github.comments(7).is_empty());
    }
    // A page that leaves the organisation's page alone does not mend that, and is no way out.
    let head = std::mem::replace(&mut job.head, {
        places.0.write("adrule.yaml", "policy: 1\ndefault: [go, rust]\n");
        places.0.commit("A page of our own");
        places.0.git(&["rev-parse", "HEAD"])
    });
    let (code, said, _) = job.run(&job.place.root, &[]);
    assert!(code == 2 && said.contains("cannot be used without the organisation's page"), "{said}");
    job.head = head;
    // There, and without a page.
    let empty = Place::new();
    empty.git(&["init", "-q", "-b", "main"]);
    empty.write("README.md", "Nothing yet.\n");
    empty.commit("Nothing");
    job.github.state().app.others.insert("a-team/.github".to_owned(), empty.root.clone());
    let (code, said, _) = job.run(&job.place.root, &[]);
    assert!(code == 2 && said.contains("a-team/.github has no page"), "{said}");
    // And with one that cannot be used.
    empty.write("adrule.yaml", "policy: 1\nextends: org\n");
    empty.commit("A page");
    let (code, said, _) = job.run(&job.place.root, &[]);
    assert!(code == 2 && said.contains("cannot build on itself"), "{said}");
}

#[test]
fn a_change_cannot_bring_its_own_organisations_page() {
    let places = place(LOOSER);
    let here = &places.0;
    here.git(&["checkout", "-q", "-b", "before"]);
    here.git(&["checkout", "-q", "main"]);
    let job = Job::new(&places);
    here.write("shared/adrule.yaml", "policy: 1\ndefault: [go, rust]\n");
    here.commit("A page of my own");
    for (input, said) in [
        ("shared/adrule.yaml", "a file of the repository that is judged"),
        ("nowhere.yaml", "not in the workspace"),
        ("../x", "inside of the repository"),
    ] {
        let (code, log, _) = job.run(&here.root, &[("INPUT_ORG_POLICY", input)]);
        assert!(code == 2 && log.contains(said), "{input}: {log}");
    }
}

/// Without GraphQL it is read by the other way.
#[test]
fn an_old_server_has_an_organisation_too() {
    let places = place(LOOSER);
    let job = Job::new(&places);
    job.github.state().has_graphql = false;
    let (code, said, report) = job.run(&job.place.root, &[]);
    assert_eq!((code, report["findings"].as_array().unwrap().len()), (1, 3), "{said}");
}
