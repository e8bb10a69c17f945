//! `adrule action`, as a runner of GitHub Actions starts it, beside a GitHub of our own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod fake;
mod support;

use fake::{Fake, REPOSITORY};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use support::{Job, Place, check_in, within};

/// A pull request on a repository: `main` went on, GitHub has tried the merge.
struct Pull {
    place: Place,
    github: Fake,
    base: String,
    head: String,
    /// The trial merge.
    merge: String,
}

impl Pull {
    /// One whose branch changes what `change` changes.
    fn new(change: impl Fn(&Place)) -> Self {
        Self::from(Place::repository(), change)
    }

    fn from(place: Place, change: impl Fn(&Place)) -> Self {
        place.git(&["checkout", "-q", "-b", "change"]);
        change(&place);
        place.commit("A change");
        let head = place.git(&["rev-parse", "HEAD"]);
        place.git(&["checkout", "-q", "main"]);
        place.service("services/later", "later", "rust");
        place.commit("Main goes on");
        let base = place.git(&["rev-parse", "HEAD"]);
        place.git(&["checkout", "-q", "--detach"]);
        place.git(&["merge", "-q", "--no-edit", "--no-ff", "change"]);
        let merge = place.git(&["rev-parse", "HEAD"]);
        let github = Fake::of(&place.root);
        github.state().pulls = vec![
            json!({ "number": 7, "base": { "ref": "main", "sha": base }, "head": { "ref": "change", "sha": head } }),
        ];
        Self { place, github, base, head, merge }
    }

    fn event(&self) -> Value {
        json!({ "action": "synchronize", "pull_request": self.github.state().pulls[0] })
    }

    /// The half that may write, when the other half has ended.
    fn run_event(&self) -> Value {
        json!({ "workflow_run": {
            "event": "pull_request", "head_branch": "change", "head_sha": self.head,
            "head_repository": { "owner": { "login": "somebody" } },
        } })
    }

    fn run(&self, workspace: &Path, inputs: &[(&str, &str)]) -> Ran {
        run(&self.github, "pull_request", &self.event(), &self.merge, workspace, inputs)
    }

    /// A workspace without a checkout.
    fn nowhere(&self) -> Place {
        Place::new()
    }
}

/// What a job left behind.
#[derive(Debug)]
struct Ran {
    code: i32,
    log: String,
    errors: String,
    summary: String,
    outputs: Vec<(String, String)>,
    report: Value,
    _place: PathBuf,
}

impl Ran {
    fn output(&self, name: &str) -> &str {
        self.outputs.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// `rule subject` of each finding, and each service's standing.
    fn verdict(&self) -> (Vec<String>, Vec<String>) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = |key: &str, of: &dyn Fn(&Value) -> String| {
            let mut said: Vec<String> = self.report[key].as_array().unwrap().iter().map(of).collect();
            said.sort();
            said
        };
        let findings = |one: &Value| format!("{} {}", text(&one["rule"]), text(&one["subject"]));
        let services = |one: &Value| format!("{} {}", text(&one["name"]), text(&one["standing"]));
        (list("findings", &findings), list("services", &services))
    }
}

fn run(github: &Fake, event: &str, payload: &Value, sha: &str, workspace: &Path, inputs: &[(&str, &str)]) -> Ran {
    let place = Place::new();
    place.write("event.json", payload.to_string());
    let mut command = support::adrule(workspace);
    let api = &github.url;
    Job { runner: &place, event, sha, workspace, repository: REPOSITORY, api }.tell(&mut command);
    command.arg("action").env("INPUT_TOKEN", "given").env("INPUT_ARGS", "--as-of 2026-11-22");
    for (name, value) in inputs {
        command.env(name, value);
    }
    let out = within(command, Duration::from_secs(120));
    let read = |name: &str| fs::read_to_string(place.path(name)).unwrap_or_default();
    let outputs = outputs(&read("output"));
    let report = outputs.iter().find(|(name, _)| name == "report").and_then(|(_, file)| fs::read(file).ok());
    Ran {
        code: out.status.code().unwrap_or(-1),
        log: String::from_utf8(out.stdout).unwrap(),
        errors: String::from_utf8(out.stderr).unwrap(),
        summary: read("summary"),
        outputs,
        report: report.map(|bytes| serde_json::from_slice(&bytes).unwrap()).unwrap_or_default(),
        _place: place.root.clone(),
    }
}

/// `name<<WORD`, lines, `WORD`.
fn outputs(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some((name, word)) = lines.next().and_then(|line| line.split_once("<<")) {
        let value: Vec<&str> = lines.by_ref().take_while(|line| *line != word).collect();
        found.push((name.to_owned(), value.join("\n")));
    }
    found
}

fn gap(place: &Place) {
    place.service("services/gamma", "gamma", "rust");
}

#[test]
fn the_checkout_and_the_interface_say_what_check_says() {
    let pull = Pull::new(gap);
    let here = pull.run(&pull.place.root, &[]);
    assert_eq!(here.code, 1, "{here:?}");
    assert!(here.log.contains("Read from the checkout."), "{}", here.log);
    let there = pull.run(&pull.nowhere().root, &[]);
    assert!(there.log.contains("Read through GitHub's interface: there is no checkout."), "{}", there.log);
    let check = check_in(&pull.place.root, &["--base", "HEAD^1"]);
    assert_eq!(check.findings(), ["language-without-reason gamma"]);
    let same = |ran: &Ran| {
        let mut report = ran.report.clone();
        report["remarks"] = json!([]);
        report
    };
    assert_eq!(same(&here), same(&there));
    for key in ["findings", "services", "as_of", "scope"] {
        assert_eq!(here.report[key], check.json[key], "{key}");
    }
    for ran in [&here, &there] {
        let said: Vec<&str> = ["findings", "gaps", "conclusion", "sarif"].map(|name| ran.output(name)).to_vec();
        assert_eq!((ran.code, said), (1, vec!["1", "1", "failure", ""]));
        assert!(ran.log.contains("::error file=services/gamma/catalog-info.yaml,line="), "{}", ran.log);
        assert!(ran.summary.contains("gamma"), "{}", ran.summary);
    }
    assert_eq!(pull.github.comments(7).len(), 1, "{:?}", pull.github.asked());
}

#[test]
fn a_shallow_checkout_is_not_enough_and_nothing_is_wrong_with_that() {
    let pull = Pull::new(gap);
    let shallow = Place::new();
    for depth in [1, 2] {
        let name = depth.to_string();
        // What actions/checkout does: one commit, fetched by its id.
        shallow.git(&["init", "-q", &name]);
        let (at, from) = (shallow.path(&name), pull.place.root.display().to_string());
        support::git(&pull.place.root, &["config", "uploadpack.allowAnySHA1InWant", "true"]);
        let depth = format!("--depth={depth}");
        support::git(&at, &["fetch", "-q", &depth, &format!("file://{from}"), &pull.merge]);
        support::git(&at, &["checkout", "-q", "--detach", "FETCH_HEAD"]);
        let ran = pull.run(&at, &[]);
        let words =
            if name == "1" { "the checkout does not have what to compare with" } else { "Read from the checkout" };
        assert!(ran.log.contains(words), "{}", ran.log);
        assert_eq!(ran.verdict().0, ["language-without-reason gamma"]);
    }
}

#[test]
fn the_comment_follows_the_pull_request() {
    let pull = Pull::new(gap);
    let nowhere = pull.nowhere();
    pull.run(&nowhere.root, &[]);
    pull.run(&nowhere.root, &[]);
    let writes = || pull.github.state().asked.iter().filter(|asked| asked.is_write()).count();
    assert_eq!((pull.github.comments(7).len(), writes()), (1, 1));
    assert!(pull.github.comments(7)[0].contains("gamma"));
}

#[test]
fn without_a_gap_nobody_is_spoken_to() {
    let pull = Pull::new(|place| place.service("services/delta", "delta", "go"));
    let ran = pull.run(&pull.place.root, &[]);
    assert_eq!((ran.code, ran.output("conclusion"), pull.github.comments(7).len()), (0, "success", 0), "{ran:?}");
    pull.run(&pull.place.root, &[("INPUT_COMMENT", "always")]);
    assert_eq!(pull.github.comments(7).len(), 1);
    // Without a comment the network is not touched at all.
    let asked = pull.github.asked().len();
    pull.run(&pull.place.root, &[("INPUT_COMMENT", "never")]);
    assert_eq!(pull.github.asked().len(), asked);
}

#[test]
fn a_fork_gets_everything_but_the_comment() {
    let pull = Pull::new(gap);
    pull.github.state().denied = vec!["/comments", "/user"];
    for workspace in [&pull.place.root, &pull.nowhere().root] {
        let ran = pull.run(workspace, &[]);
        assert_eq!((ran.code, ran.output("conclusion")), (1, "failure"));
        assert!(ran.log.contains("::error file="), "{}", ran.log);
        let line = ran.log.lines().find(|line| line.starts_with("The comment was not written")).unwrap();
        assert!(line.contains("forks"), "{line}");
    }
    assert!(pull.github.comments(7).is_empty());
}

#[test]
fn the_other_half_comments_and_writes_the_check() {
    let pull = Pull::new(gap);
    let half = || run(&pull.github, "workflow_run", &pull.run_event(), &pull.base, &pull.place.root, &[]);
    let ran = half();
    assert_eq!((ran.code, ran.output("conclusion")), (0, "failure"), "{ran:?}");
    assert!(ran.log.contains("a job with a token that may write reads no checkout"), "{}", ran.log);
    assert_eq!(pull.github.comments(7).len(), 1);
    let check = pull.github.state().checks[0].clone();
    assert_eq!((check["name"].as_str(), check["conclusion"].as_str()), (Some("adrule (main)"), Some("failure")));
    assert_eq!(check["head_sha"], json!(pull.head));
    // Once more, and as the re-run of a job: the same check, and nothing to write.
    let written = pull.github.count("POST", "/check-runs");
    half();
    run(&pull.github, "workflow_run", &pull.run_event(), &pull.base, &pull.place.root, &[("GITHUB_RUN_ATTEMPT", "2")]);
    assert_eq!((pull.github.count("POST", "/check-runs"), pull.github.state().checks.len()), (written, 1));
    assert_eq!(pull.github.count("PATCH", "/check-runs"), 0);
    // By another threshold the check that is there says so.
    let fail_on = [("INPUT_FAIL_ON", "never")];
    run(&pull.github, "workflow_run", &pull.run_event(), &pull.base, &pull.place.root, &fail_on);
    assert_eq!(pull.github.state().checks[0]["conclusion"], "neutral");
    assert_eq!(pull.github.state().checks.len(), 1);
    // Where no check may be written, a status.
    pull.github.state().denied = vec!["/check-runs"];
    half();
    let status = pull.github.state().statuses[0].clone();
    assert_eq!((status["context"].as_str(), status["state"].as_str()), (Some("adrule (main)"), Some("failure")));
    assert_eq!(status["sha"], json!(pull.head));
    // The branch has gone on: its next run comes.
    pull.github.state().pulls[0]["head"]["sha"] = json!(pull.base);
    assert!(half().log.contains("Nothing to judge"), "{:?}", half());
}

#[test]
fn with_a_token_that_may_write_the_checkout_is_not_believed() {
    let pull = Pull::new(gap);
    // Somebody checked the head out, and wrote over the page.
    pull.place.write("adrule.yaml", "policy: 1\ndefault: rust\n");
    let ran = run(&pull.github, "pull_request_target", &pull.event(), &pull.base, &pull.place.root, &[]);
    assert_eq!((ran.code, ran.verdict().0), (1, vec!["language-without-reason gamma".to_owned()]), "{ran:?}");
}

#[test]
fn a_merge_group_is_judged() {
    let pull = Pull::new(gap);
    let group =
        json!({ "merge_group": { "base_sha": pull.base, "head_sha": pull.merge, "base_ref": "refs/heads/main" } });
    for workspace in [&pull.place.root, &pull.nowhere().root] {
        let ran = run(&pull.github, "merge_group", &group, &pull.merge, workspace, &[]);
        assert_eq!((ran.code, ran.verdict().0), (1, vec!["language-without-reason gamma".to_owned()]), "{ran:?}");
    }
    assert!(pull.github.comments(7).is_empty());
}

#[test]
fn a_push_is_judged_from_what_was_there() {
    let pull = Pull::new(gap);
    let push = json!({ "before": pull.base, "after": pull.merge, "repository": { "default_branch": "main" } });
    for workspace in [&pull.place.root, &pull.nowhere().root] {
        let ran = run(&pull.github, "push", &push, &pull.merge, workspace, &[]);
        assert_eq!((ran.code, ran.verdict().0), (1, vec!["language-without-reason gamma".to_owned()]), "{ran:?}");
    }
}

#[test]
fn on_a_schedule_everything_is_judged() {
    let pull = Pull::new(gap);
    for workspace in [&pull.place.root, &pull.nowhere().root] {
        let ran = run(&pull.github, "schedule", &json!({}), &pull.merge, workspace, &[("INPUT_FAIL_ON", "never")]);
        assert_eq!((ran.code, ran.output("gaps")), (0, "3"), "{ran:?}");
    }
}

#[test]
fn a_change_of_the_page_is_judged_by_the_old_one() {
    let pull = Pull::new(|place| {
        gap(place);
        place.write("adrule.yaml", "policy: 1\ndefault: rust\n");
    });
    for workspace in [&pull.place.root, &pull.nowhere().root] {
        let ran = pull.run(workspace, &[]);
        assert_eq!((ran.code, ran.verdict().0), (1, vec!["language-without-reason gamma".to_owned()]), "{ran:?}");
        // The new page would move the services; that is told once.
        assert!(ran.summary.contains("beta") && !ran.summary.contains("with the new page:"), "{}", ran.summary);
        assert!(ran.report["remarks"].to_string().contains("with the new page:"), "{}", ran.report["remarks"]);
    }
}

#[test]
fn the_first_page_is_tried_out_and_fails_nobody() {
    let place = Place::new();
    place.git(&["init", "-q", "-b", "main"]);
    place.service("services/alpha", "alpha", "go");
    place.commit("The beginning");
    let pull = Pull::from(place, |place| {
        gap(place);
        place.write("adrule.yaml", support::PAGE);
    });
    for workspace in [&pull.place.root, &pull.nowhere().root] {
        let ran = pull.run(workspace, &[]);
        assert_eq!((ran.code, ran.output("conclusion"), ran.output("gaps")), (0, "neutral", "1"), "{ran:?}");
    }
}

#[test]
fn a_page_that_cannot_be_used_is_told_and_locks_nobody_out() {
    let broken = || {
        let place = Place::repository();
        place.write("adrule.yaml", support::PAGE.replace("default: go", "default: [go"));
        place.commit("A page with a mistake");
        place
    };
    let pull = Pull::from(broken(), gap);
    let check = check_in(&pull.place.root, &["--base", "HEAD^1"]);
    assert_eq!((check.code, check.findings()), (2, vec!["policy-invalid adrule.yaml".to_owned()]));
    let words = check.json["findings"][0]["message"].as_str().unwrap().to_owned();
    for workspace in [&pull.place.root, &pull.nowhere().root] {
        let ran = pull.run(workspace, &[("INPUT_FAIL_ON", "never")]);
        assert_eq!((ran.code, ran.output("conclusion"), ran.output("findings")), (2, "failure", "1"), "{ran:?}");
        assert_eq!(ran.report["findings"], check.json["findings"]);
        assert!(ran.log.contains("::error file=adrule.yaml,line=3,"), "{}", ran.log);
        assert!(ran.log.contains(&words) && ran.summary.contains("mend in `adrule.yaml`"), "{}", ran.summary);
    }
    run(&pull.github, "workflow_run", &pull.run_event(), &pull.base, &pull.place.root, &[]);
    let check = pull.github.state().checks[0].clone();
    assert_eq!(
        (check["conclusion"].as_str(), check["output"]["title"].as_str()),
        (Some("failure"), Some("One thing to mend in adrule.yaml"))
    );
    // Whoever opened the pull request did not write the page.
    assert!(pull.github.comments(7).is_empty());

    let pull = Pull::from(broken(), |place| {
        gap(place);
        place.write("adrule.yaml", support::PAGE);
    });
    let check = check_in(&pull.place.root, &["--base", "HEAD^1"]);
    for workspace in [&pull.place.root, &pull.nowhere().root] {
        let ran = pull.run(workspace, &[]);
        assert_eq!((ran.code, ran.output("conclusion"), ran.output("gaps")), (0, "neutral", "1"), "{ran:?}");
        assert_eq!((&ran.report["findings"], check.code), (&check.json["findings"], 0));
        assert!(ran.summary.contains("This pull request mends the page"), "{}", ran.summary);
    }
    assert!(pull.github.comments(7)[0].contains("it is only tried out, and nothing fails"));
}

#[test]
fn a_folder_of_a_monorepo_is_a_repository_of_its_own() {
    let place = Place::repository();
    place.write("teams/a/adrule.yaml", support::PAGE.replace("default: go", "default: java"));
    place.commit("A team's page");
    let pull = Pull::from(place, |place| place.service("teams/a/services/gamma", "gamma", "rust"));
    let inputs = [("INPUT_WORKING_DIRECTORY", "./teams/a/"), ("INPUT_SARIF", "out/adrule.sarif")];
    for workspace in [&pull.place.root, &pull.nowhere().root] {
        let ran = pull.run(workspace, &inputs);
        assert_eq!((ran.code, ran.verdict().0), (1, vec!["language-without-reason gamma".to_owned()]), "{ran:?}");
        let whole = "teams/a/services/gamma/catalog-info.yaml";
        assert!(ran.log.contains(&format!("::error file={whole},")), "{}", ran.log);
        assert_eq!(ran.report["judged_by"]["page"], "adrule.yaml");
    }
    let sarif = fs::read_to_string(pull.place.path("out/adrule.sarif")).unwrap();
    assert!(sarif.contains("\"teams/a/services/gamma/catalog-info.yaml\""), "{sarif}");
}

/// A record whose title has another number than its name, which can be mended to the letter.
fn misnumbered(place: &Place) {
    let text = "# 8. Queues\n\nStatus: Accepted\n\n## Context\n\nWords.\n\n## Decision\n\nWe use queues.\n\n## Consequences\n\nNone.\n";
    place.write("docs/adr/0007-queues.md", text);
}

impl Pull {
    /// What the pull request shows of a file: its first `count` lines.
    fn shows(&self, path: &str, count: usize) -> Value {
        let id = self.place.git(&["rev-parse", &format!("{}:{path}", self.head)]);
        json!({ "filename": path, "status": "added", "sha": id, "patch": format!("@@ -0,0 +1,{count} @@\n+…") })
    }
}

#[test]
fn what_is_known_to_the_letter_is_suggested_once() {
    let pull = Pull::new(misnumbered);
    pull.github.state().shown = vec![pull.shows("docs/adr/0007-queues.md", 5)];
    let on = [("INPUT_SUGGESTIONS", "true")];
    // Off, unless it is asked for.
    pull.run(&pull.place.root, &[]);
    assert!(pull.github.state().reviews.is_empty());
    for workspace in [&pull.place.root, &pull.nowhere().root] {
        let ran = pull.run(workspace, &on);
        assert!(!ran.log.contains("suggest"), "{}", ran.log);
    }
    let reviews = pull.github.state().reviews.clone();
    let [review] = reviews.as_slice() else { panic!("{reviews:?}") };
    assert_eq!((review["event"].as_str(), review["commit_id"].as_str()), (Some("COMMENT"), Some(&*pull.head)));
    let [comment] = review["comments"].as_array().unwrap().as_slice() else { panic!("{review}") };
    assert_eq!((comment["path"].as_str(), comment["line"].as_u64()), (Some("docs/adr/0007-queues.md"), Some(1)));
    assert!(comment["body"].as_str().unwrap().ends_with("```suggestion\n# 7. Queues\n```\n"), "{comment}");
    // Somebody else's review with our marker counts for nothing.
    pull.github.state().reviews[0]["user"]["login"] = json!("somebody");
    pull.run(&pull.place.root, &on);
    assert_eq!(pull.github.state().reviews.len(), 2);
}

#[test]
fn where_nothing_can_be_suggested_nothing_is_said() {
    let pull = Pull::new(misnumbered);
    let on = [("INPUT_SUGGESTIONS", "true"), ("INPUT_COMMENT", "never")];
    let file = "docs/adr/0007-queues.md";
    let mut merged_otherwise = pull.shows(file, 5);
    merged_otherwise["sha"] = json!("0".repeat(40));
    let mut moved = pull.shows(file, 5);
    moved["patch"] = json!("@@ -3,2 +3,9 @@");
    for shown in [vec![], vec![merged_otherwise], vec![moved]] {
        pull.github.state().shown = shown;
        pull.run(&pull.place.root, &on);
        assert_eq!(pull.github.count("POST", "/reviews"), 0);
    }
    // The pull request has gone on since.
    pull.github.state().shown = vec![pull.shows(file, 5)];
    pull.github.once("POST", "/reviews", fake::Wrong::Instead(422, Vec::new(), "{}"));
    let ran = pull.run(&pull.place.root, &on);
    assert!(ran.log.contains("Nothing was suggested: the pull request has gone on meanwhile."), "{}", ran.log);
    // A fork's token.
    pull.github.state().denied = vec!["/reviews"];
    let ran = pull.run(&pull.place.root, &on);
    assert!(ran.log.contains("The suggestions were not written: the token may not (403)"), "{}", ran.log);
    // Without anything to suggest GitHub is not asked.
    let pull = Pull::new(gap);
    pull.run(&pull.place.root, &on);
    assert_eq!(pull.github.asked(), Vec::<String>::new());
}

#[test]
fn a_page_that_is_named_is_taken_from_the_base() {
    let place = Place::repository();
    place.write("rules/page.yaml", support::PAGE);
    place.write("adrule.yaml", "policy: 1\ndefault: rust\n");
    place.commit("Another page");
    let pull = Pull::from(place, |place| {
        gap(place);
        place.write("rules/page.yaml", "policy: 1\ndefault: rust\n");
    });
    for workspace in [&pull.place.root, &pull.nowhere().root] {
        let ran = pull.run(workspace, &[("INPUT_POLICY", "rules/page.yaml")]);
        assert_eq!((ran.code, ran.verdict().0), (1, vec!["language-without-reason gamma".to_owned()]), "{ran:?}");
    }
}

#[test]
fn names_of_strangers_are_no_commands() {
    let pull = Pull::new(|place| {
        let name = "x\\n::error::forged";
        place.write(
            "services/evil/catalog-info.yaml",
            support::manifest("evil", "rust").replace("name: evil", &format!("name: \"{name}\"")),
        );
    });
    let ran = pull.run(&pull.place.root, &[]);
    let mut stopped = None;
    for line in ran.log.lines().map(str::trim_start) {
        match (&stopped, line.strip_prefix("::")) {
            (None, Some(rest)) if rest.starts_with("stop-commands::") => stopped = rest.strip_prefix("stop-commands::"),
            (Some(word), Some(rest)) if rest == format!("{word}::") => stopped = None,
            (None, Some(rest)) => assert!(rest.starts_with("error file=services/evil/"), "{line}"),
            _ => {}
        }
    }
    assert!(stopped.is_none());
}

#[test]
fn what_cannot_run_says_why() {
    let pull = Pull::new(gap);
    for (inputs, words) in [
        (
            [("INPUT_FAIL_ON", "sometimes")],
            "the input `fail-on` is one of error, warning, info, never, not `sometimes`",
        ),
        ([("INPUT_WORKING_DIRECTORY", "../x")], "the input `working-directory` is a path inside of the repository"),
        ([("INPUT_ARGS", "--fix")], "the input `args`: error: unexpected argument '--fix' found"),
        ([("GITHUB_REPOSITORY", "")], "GITHUB_REPOSITORY is not set: `adrule action` runs in a job of GitHub Actions"),
        ([("GITHUB_API_URL", "http://example.com")], "`http://example.com` is no address of GitHub's interface"),
    ] {
        let ran = pull.run(&pull.place.root, &inputs);
        assert!(ran.code == 2 && ran.errors.contains(words), "{ran:?}");
    }
    pull.github.state().tokens = Some(std::collections::BTreeSet::new());
    let ran = pull.run(&pull.nowhere().root, &[]);
    assert!(ran.code == 2 && ran.errors.contains("help: the job needs"), "{ran:?}");
}

#[test]
fn more_files_than_github_lists_are_compared_by_trees() {
    let pull = Pull::new(|place| {
        for number in 0..3100 {
            place.write(&format!("many/{}/{number}.txt", number % 40), "words\n");
        }
        place.service("services/gamma", "gamma", "rust");
    });
    let check = check_in(&pull.place.root, &["--base", "HEAD^1"]);
    // Its trees are cut, too, and read by their folders.
    for cut_at in [usize::MAX, 1000] {
        pull.github.state().cut_at = cut_at;
        for workspace in [&pull.place.root, &pull.nowhere().root] {
            let ran = pull.run(workspace, &[("INPUT_COMMENT", "never")]);
            assert_eq!((ran.code, &ran.report["findings"]), (1, &check.json["findings"]), "{}", ran.log);
        }
    }
    assert_eq!(pull.github.count("GET", "/files"), 0);
}

#[test]
fn another_base_is_another_page() {
    let pull = Pull::new(gap);
    let half = || run(&pull.github, "workflow_run", &pull.run_event(), &pull.base, &pull.place.root, &[]);
    half();
    assert!(pull.github.comments(7)[0].contains("One thing is missing"), "{:?}", pull.github.comments(7));
    // A branch with a page that asks nothing of Rust, to which the pull request is turned. Its name needs care in an address.
    pull.place.git(&["checkout", "-q", "-b", "release/1.0", "main"]);
    pull.place.write("adrule.yaml", "policy: 1\ndefault: rust\n");
    pull.place.commit("Rust here");
    pull.github.state().pulls[0]["base"] =
        json!({ "ref": "release/1.0", "sha": pull.place.git(&["rev-parse", "HEAD"]) });
    let ran = half();
    assert_eq!(ran.output("conclusion"), "success", "{}", ran.log);
    assert!(pull.github.comments(7)[0].contains("**All set.**"), "{:?}", pull.github.comments(7));
    // The branch was renamed.
    pull.place.git(&["branch", "-m", "release/1.0", "stable"]);
    pull.github.state().pulls[0]["base"]["ref"] = json!("stable");
    half();
    let state = pull.github.state();
    let checks: Vec<_> = state.checks.iter().map(|run| (run["name"].as_str(), run["conclusion"].as_str())).collect();
    let [main, release, stable] = ["main", "release/1.0", "stable"].map(|branch| format!("adrule ({branch})"));
    assert_eq!(
        checks,
        [(Some(&*main), Some("failure")), (Some(&*release), Some("success")), (Some(&*stable), Some("success"))]
    );
    assert_eq!(state.comments.len(), 1);
}

#[test]
fn a_page_that_only_the_base_changed_is_not_changed_by_the_pull_request() {
    let pull = Pull::new(gap);
    pull.place.git(&["checkout", "-q", "main"]);
    pull.place.write("adrule.yaml", support::PAGE.replace("memory-budget, ", ""));
    pull.place.commit("The page goes on");
    let base = pull.place.git(&["rev-parse", "HEAD"]);
    pull.github.state().pulls[0]["base"]["sha"] = json!(base);
    let ran = run(&pull.github, "workflow_run", &pull.run_event(), &base, &pull.place.root, &[]);
    assert_eq!(
        (ran.verdict().0, ran.output("conclusion")),
        (vec!["language-without-reason gamma".to_owned()], "failure")
    );
    let said = &pull.github.comments(7)[0];
    // By the page as it is now, and not as if the pull request turned that back.
    assert!(!said.contains("changes the page") && !said.contains("memory-budget"), "{said}");
}

#[test]
fn an_enterprise_server_has_its_own_addresses() {
    let pull = Pull::new(gap);
    let (api, graphql) = (format!("{}/api/v3", pull.github.url), format!("{}/api/graphql", pull.github.url));
    let own = [("GITHUB_API_URL", api.as_str()), ("GITHUB_GRAPHQL_URL", graphql.as_str())];
    let ran = pull.run(&pull.nowhere().root, &own);
    assert_eq!((ran.code, pull.github.comments(7).len()), (1, 1), "{}", ran.log);
    let paths: std::collections::BTreeSet<String> = pull
        .github
        .asked()
        .iter()
        .map(|call| call.split([' ', '/']).skip(2).take(2).collect::<Vec<_>>().join("/"))
        .collect();
    assert_eq!(paths.into_iter().collect::<Vec<_>>(), ["api/graphql", "api/v3"]);
    // Without GraphQL, as on an old one.
    pull.github.state().has_graphql = false;
    let again = pull.run(&pull.nowhere().root, &own);
    assert_eq!((again.verdict(), pull.github.comments(7).len()), (ran.verdict(), 1), "{}", again.log);
}

#[test]
fn who_hid_or_deleted_the_comment_is_heard() {
    let pull = Pull::new(gap);
    pull.run(&pull.place.root, &[]);
    pull.github.state().comments[0].is_minimized = true;
    let ran = pull.run(&pull.place.root, &[]);
    let words = "The comment was hidden by somebody, and is left hidden.";
    assert!(ran.log.contains(words) && ran.summary.contains(words), "{}", ran.summary);
    let comment = pull.github.state().comments.remove(0);
    pull.github.state().deleted.push(("somebody".to_owned(), comment.login));
    let ran = pull.run(&pull.place.root, &[]);
    let words = "The comment was deleted by somebody, so no other is written.";
    assert!(ran.log.contains(words) && ran.summary.contains(words), "{}", ran.summary);
    assert!(pull.github.comments(7).is_empty());
}
