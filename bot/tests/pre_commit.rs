//! The hooks of `.pre-commit-hooks.yaml`, with the real pre-commit: `ADRULE_PRE_COMMIT` names it, `.ci/run` installs it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, missing_docs)]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;
use support::{Place, manifest, within};

/// Building the program takes minutes on a machine that has nothing of it yet.
const LIMIT: Duration = Duration::from_secs(1800);

/// The tool; none, said aloud, where there is none. In continuous integration that is a fault.
fn tool() -> Option<PathBuf> {
    let tool = std::env::var_os("ADRULE_PRE_COMMIT").map(PathBuf::from);
    if tool.is_none() {
        assert!(std::env::var_os("CI").is_none(), "ADRULE_PRE_COMMIT does not name a pre-commit to test with");
        eprintln!("skipped: ADRULE_PRE_COMMIT does not name a pre-commit to test with");
    }
    tool
}

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A repository that uses a hook, and what pre-commit keeps for it.
struct User {
    repository: Place,
    tool: PathBuf,
    home: Place,
}

impl User {
    /// With pre-commit installed in an empty repository.
    fn new(tool: PathBuf, hook: &str) -> Self {
        let hooks = Place::new();
        hooks.git(&["init", "-q", "-b", "main"]);
        hooks.write(".pre-commit-hooks.yaml", std::fs::read(top().join(".pre-commit-hooks.yaml")).unwrap());
        hooks.commit("The hooks");
        let revision = hooks.git(&["rev-parse", "HEAD"]);
        let user = Self::without_hook(tool);
        let config = format!(
            "repos:\n  - repo: {}\n    rev: {revision}\n    hooks:\n      - id: {hook}\n        args: [--as-of=2026-11-22]\n",
            hooks.root.display()
        );
        user.repository.write(".pre-commit-config.yaml", config);
        user.repository.git(&["add", ".pre-commit-config.yaml"]);
        let out = user.pre_commit(&["install", "--install-hooks"]);
        assert!(out.status.success(), "{out:?}");
        user
    }

    fn without_hook(tool: PathBuf) -> Self {
        let user = Self { repository: Place::new(), tool, home: Place::new() };
        user.repository.git(&["init", "-q", "-b", "main"]);
        user
    }

    fn pre_commit(&self, args: &[&str]) -> Output {
        let mut command = support::scrubbed(self.tool.to_str().unwrap(), &self.repository.root);
        self.surround(command.args(args));
        within(command, LIMIT)
    }

    /// Whether a commit goes through, and what is said.
    fn commit(&self, args: &[&str]) -> (bool, String) {
        let mut command = support::scrubbed("git", &self.repository.root);
        self.surround(command.args(["commit", "-m", "x"]).args(args));
        said(&within(command, LIMIT))
    }

    fn surround(&self, command: &mut Command) {
        let ours = Path::new(env!("CARGO_BIN_EXE_adrule")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([ours.to_owned()].into_iter().chain(std::env::split_paths(&path))).unwrap();
        command.env("PATH", path).env("PRE_COMMIT_HOME", &self.home.root).env("PRE_COMMIT_COLOR", "never");
    }

    fn add(&self, paths: &[&str]) {
        self.repository.git(&[&["add", "--"], paths].concat());
    }
}

fn said(out: &Output) -> (bool, String) {
    (out.status.success(), String::from_utf8_lossy(&[&out.stdout[..], &out.stderr[..]].concat()).into_owned())
}

const DECISION: &str =
    "# 1. Write edge in Rust\n\n## Status\n\nAccepted\n\n## Decision\n\nRust.\n\n**Memory budget:** 64 MiB\n";

#[test]
fn commits_are_blocked_until_they_are_mended() {
    let Some(tool) = tool() else { return };
    let user = User::new(tool, "adrule-system");
    let place = &user.repository;

    // The first commit of an empty repository, which brings its page along.
    place.write("adrule.yaml", support::PAGE);
    place.service("services/edge", "edge", "rust");
    place.git(&["add", "-A"]);
    let (done, words) = user.commit(&[]);
    assert!(!done && words.contains("error[language-without-reason]: `edge` is written in Rust"), "{words}");
    assert!(words.contains("Judged by adrule.yaml"), "{words}");
    // Mended in the working tree alone it is not: pre-commit puts that aside.
    place.write("docs/adr/0001-edge.md", DECISION);
    let (done, words) = user.commit(&[]);
    assert!(!done, "{words}");
    user.add(&["docs"]);
    let (done, words) = user.commit(&[]);
    assert!(done && words.contains("Passed"), "{words}");

    // Partly staged: what is not staged neither helps nor hurts.
    place.service("services/ledger", "ledger", "go");
    user.add(&["services"]);
    place.service("services/ledger", "ledger", "rust");
    let (done, words) = user.commit(&[]);
    assert!(done, "{words}");
    assert!(std::fs::read_to_string(place.path("services/ledger/catalog-info.yaml")).unwrap().contains("rust"));
    user.add(&["services"]);
    place.service("services/ledger", "ledger", "go");
    let (done, words) = user.commit(&[]);
    assert!(!done && words.contains("`ledger` is written in Rust"), "{words}");
    place.git(&["reset", "-q", "--hard"]);

    // Renamed.
    place.git(&["mv", "services/edge", "services/border"]);
    let (done, words) = user.commit(&[]);
    assert!(done, "{words}");
    place.git(&["mv", "docs/adr/0001-edge.md", "docs/adr/0001-border.md"]);
    let (_, words) = user.commit(&["--dry-run"]);
    assert!(words.contains("renamed:"), "{words}");
    let (done, words) = user.commit(&[]);
    assert_eq!((done, words.contains("decision-renamed")), (true, false), "a warning lets a commit through: {words}");

    // Named files go into an index of their own, and a new file that is only announced into none.
    place.write("services/other/catalog-info.yaml", manifest("other", "rust"));
    place.git(&["add", "-N", "services/other"]);
    place.write("README.md", "Words.\n");
    user.add(&["README.md"]);
    let (done, words) = user.commit(&["README.md"]);
    assert!(done, "{words}");
    let (done, words) = user.commit(&["-a"]);
    assert!(!done && words.contains("`other` is written in Rust"), "{words}");
}

/// Built as pre-commit does it, from the state of this repository.
#[test]
#[ignore = "builds the whole program; .ci/run does it in CI, or with ADRULE_BUILT_HOOK=1"]
fn the_hook_that_is_built() {
    let Some(tool) = tool() else { return };
    let user = User::without_hook(tool);
    let place = &user.repository;
    place.write("adrule.yaml", support::PAGE);
    place.service("services/edge", "edge", "rust");
    place.git(&["add", "-A"]);
    // Once: each `try-repo` builds anew. What a commit may hold is tried with the other hook.
    let (done, words) = said(&user.pre_commit(&["try-repo", top().to_str().unwrap(), "adrule", "--verbose"]));
    assert!(!done && words.contains("error[language-without-reason]: `edge` is written in Rust"), "{words}");
}
