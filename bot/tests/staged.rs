//! `adrule check --staged`: git's index is judged against the last commit, whatever lies in the working tree.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod support;

use std::fs;
use std::path::Path;
use support::{PAGE, Place, Report, adrule, check_in, git, manifest, try_git};

const NONE: [&str; 0] = [];

const DECISION: &str =
    "# 1. Write gamma in Rust\n\n## Status\n\nAccepted\n\n## Decision\n\nRust.\n\n**Memory budget:** 64 MiB\n";

fn staged(place: &Place, args: &[&str]) -> Report {
    staged_in(&place.root, args)
}

fn staged_in(folder: &Path, args: &[&str]) -> Report {
    check_in(folder, &[&["--staged"], args].concat())
}

#[test]
fn what_is_staged_counts_and_nothing_else() {
    let place = Place::repository();
    place.service("services/gamma", "gamma", "rust");
    place.service("services/alpha", "alpha", "rust");
    assert_eq!(staged(&place, &[]).findings(), NONE, "neither is staged");
    place.git(&["add", "services/gamma"]);
    let report = staged(&place, &[]);
    assert_eq!((report.code, report.findings()), (1, vec!["language-without-reason gamma".to_owned()]));
    assert_eq!(report.services(), ["gamma"]);
    assert_eq!(report.json["judged_by"]["revision"].as_str().unwrap().split(' ').next(), Some("HEAD"));
    // Mended in the working tree only.
    place.service("services/gamma", "gamma", "go");
    assert_eq!(staged(&place, &[]).findings(), ["language-without-reason gamma"]);
    place.git(&["add", "services/gamma"]);
    assert_eq!(staged(&place, &[]).findings(), NONE);
    // Spoilt again, and not staged.
    place.service("services/gamma", "gamma", "rust");
    assert_eq!((staged(&place, &[]).services(), staged(&place, &[]).findings()), (vec!["gamma".to_owned()], vec![]));
    // Back to what was committed.
    place.git(&["reset", "-q"]);
    assert_eq!(staged(&place, &[]).services(), NONE);
}

#[test]
fn the_lines_that_are_shown_are_those_that_are_staged() {
    let place = Place::repository();
    place.service("services/gamma", "gamma", "rust");
    place.git(&["add", "-A"]);
    place.write("services/gamma/catalog-info.yaml", "nothing: here\n");
    let out = adrule(&place.root).args(["check", "--staged", "--as-of", "2026-11-22", "--quiet"]).output().unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    assert!(said.contains("4 |   name: gamma\n"), "{said}");
}

#[test]
fn a_decision_that_is_not_staged_is_no_reason() {
    let place = Place::repository();
    place.service("services/gamma", "gamma", "rust");
    place.write("docs/adr/0001-gamma.md", DECISION);
    place.git(&["add", "services"]);
    assert_eq!(staged(&place, &[]).findings(), ["language-without-reason gamma"]);
    place.git(&["add", "docs"]);
    assert_eq!(staged(&place, &[]).findings(), NONE);
    // Only a part of it is staged: the line that counts is not.
    place.write("docs/adr/0001-gamma.md", DECISION.replace("**Memory budget:** 64 MiB\n", "More later.\n"));
    place.git(&["add", "docs"]);
    place.write("docs/adr/0001-gamma.md", DECISION);
    assert_eq!(staged(&place, &[]).findings(), ["language-without-reason gamma"]);
}

#[test]
fn renamed_and_deleted() {
    let place = Place::repository();
    place.git(&["mv", "services/beta", "services/moved"]);
    let report = staged(&place, &[]);
    assert_eq!(
        (report.services(), report.findings()),
        (vec!["beta".to_owned()], vec![]),
        "a moved service is no new one"
    );
    place.git(&["reset", "-q", "--hard"]);
    // Gone from the next commit, though it still lies there.
    place.git(&["rm", "-q", "--cached", "services/beta/catalog-info.yaml"]);
    assert_eq!((staged(&place, &[]).code, staged(&place, &[]).services()), (0, vec![]));
    // A decision in force that was the reason of another service goes.
    place.git(&["reset", "-q", "--hard"]);
    place.write("docs/adr/0001-gamma.md", DECISION);
    place.commit("A decision");
    place.git(&["rm", "-q", "docs/adr/0001-gamma.md"]);
    assert_eq!(staged(&place, &[]).findings(), ["decision-deleted docs/adr/0001-gamma.md"]);
    place.git(&["reset", "-q", "--hard"]);
    place.git(&["mv", "docs/adr/0001-gamma.md", "docs/adr/0001-gamma-in-rust.md"]);
    assert_eq!(staged(&place, &[]).findings(), ["decision-renamed docs/adr/0001-gamma-in-rust.md"]);
}

#[test]
fn the_first_commit_of_an_empty_repository() {
    let place = Place::new();
    place.git(&["init", "-q", "-b", "main"]);
    let report = staged(&place, &[]);
    assert_eq!((report.code, report.services()), (0, vec![]), "{}", report.stderr);
    assert!(report.json["remarks"].to_string().contains("Nothing is staged"), "{}", report.json["remarks"]);
    place.service("services/beta", "beta", "zig");
    place.write("adrule.yaml", PAGE.replace("rust:", "zig:"));
    place.git(&["add", "-A"]);
    // The page that is staged judges, not the one that lies there.
    place.write("adrule.yaml", "policy: 1\ndefault: zig\n");
    let report = staged(&place, &[]);
    assert_eq!(report.findings(), ["language-without-reason beta"]);
    assert_eq!(report.json["judged_by"]["page"], "adrule.yaml");
    // The same on a branch that has no commit yet.
    place.git(&["reset", "-q"]);
    place.remove("adrule.yaml");
    place.git(&["add", "-A"]);
    let report = staged(&place, &[]);
    assert_eq!(report.json["judged_by"]["page"], serde_json::Value::Null);
}

#[test]
fn the_page_and_the_baseline_of_the_last_commit_judge() {
    let place = Place::repository();
    place.write("adrule.yaml", PAGE.replace("rust:", "python:"));
    place.service("services/gamma", "gamma", "rust");
    place.write(".adrule-baseline.json", "{\"version\": 1, \"entries\": []}");
    place.git(&["add", "-A"]);
    let report = staged(&place, &[]);
    assert_eq!(report.findings(), ["language-without-reason gamma"]);
    let remarks = report.json["remarks"].to_string();
    assert!(remarks.contains("This change changes the page. It is judged by the page on HEAD ("), "{remarks}");
    assert!(remarks.contains(".adrule-baseline.json is new in this change"), "{remarks}");
    // Changed, and not staged: no change of the page.
    place.git(&["reset", "-q", "adrule.yaml", ".adrule-baseline.json"]);
    assert_eq!(staged(&place, &[]).json["remarks"], serde_json::json!([]));
}

#[test]
fn what_is_only_announced_is_not_committed() {
    for index in ["2", "4", "split"] {
        let place = Place::repository();
        if index == "split" {
            place.git(&["update-index", "--split-index"]);
        } else {
            place.git(&["update-index", "--index-version", index]);
        }
        place.service("services/gamma", "gamma", "rust");
        place.git(&["add", "-N", "services/gamma"]);
        assert_eq!(staged(&place, &[]).services(), NONE, "{index}");
        // Taken out and announced again: the next commit deletes it.
        place.git(&["rm", "-q", "--cached", "services/beta/catalog-info.yaml"]);
        place.git(&["add", "-N", "services/beta"]);
        let out = adrule(&place.root).args(["check", "--staged", "--format", "json"]).output().unwrap();
        let report = support::report(out);
        assert_eq!((report.code, report.services()), (0, vec![]), "{index}");
        place.git(&["add", "services"]);
        assert_eq!(staged(&place, &[]).findings(), ["language-without-reason gamma"], "{index}");
    }
}

#[test]
fn a_submodule_is_its_own_affair() {
    let inner = Place::repository();
    let place = Place::repository();
    place.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.root.to_str().unwrap(), "inner"]);
    place.service("services/gamma", "gamma", "rust");
    place.git(&["add", "-A"]);
    assert_eq!(staged(&place, &[]).services(), ["gamma"]);
    place.git(&["commit", "-q", "-m", "A submodule"]);
    let below = place.path("inner");
    fs::create_dir_all(below.join("services/delta")).unwrap();
    fs::write(below.join("services/delta/catalog-info.yaml"), manifest("delta", "rust")).unwrap();
    git(&below, &["add", "-A"]);
    assert_eq!(staged_in(&below, &[]).findings(), ["language-without-reason delta"], "judged inside");
    git(&below, &["commit", "-q", "-m", "More"]);
    place.git(&["add", "-A"]);
    let report = staged(&place, &[]);
    assert_eq!((report.code, report.services()), (0, vec![]), "a step of the submodule");
}

#[test]
fn a_merge_that_is_not_resolved_is_refused() {
    for index in ["2", "split"] {
        let place = Place::on_branch();
        place.service("services/beta", "beta", "zig");
        place.commit("Ours");
        place.git(&["checkout", "-q", "main"]);
        place.service("services/beta", "beta", "c");
        place.commit("Theirs");
        place.git(&["checkout", "-q", "change"]);
        if index == "split" {
            place.git(&["update-index", "--split-index"]);
        }
        assert!(!try_git(&place.root, &["merge", "-q", "main"]).status.success());
        let report = staged(&place, &[]);
        assert_eq!(
            (report.code, report.stderr.as_str()),
            (
                2,
                "error: a merge is not resolved, so nothing can be committed yet: services/beta/catalog-info.yaml; mend them \
                 and `git add` them first\n"
            ),
            "{index}"
        );
        place.service("services/beta", "beta", "rust");
        place.git(&["add", "-A"]);
        assert_eq!(staged(&place, &[]).findings(), ["language-without-reason beta"], "{index}");
    }
}

#[test]
fn from_a_folder_below_and_as_a_repository_of_its_own() {
    let place = Place::repository();
    place.service("services/gamma", "gamma", "rust");
    place.service("teams/blue/delta", "delta", "rust");
    place.git(&["add", "-A"]);
    let expected = ["language-without-reason delta", "language-without-reason gamma"];
    assert_eq!(staged_in(&place.path("services/alpha"), &[]).findings(), expected);
    let alone = staged(&place, &["--root", "teams"]);
    assert_eq!(
        (alone.findings(), &alone.json["judged_by"]["page"]),
        (vec![expected[0].to_owned()], &serde_json::Value::Null)
    );
}

#[test]
fn every_form_of_index() {
    for (name, value) in
        [("index.version", "4"), ("core.splitIndex", "true"), ("index.skipHash", "true"), ("sparse", "")]
    {
        let place = Place::repository();
        match name {
            "sparse" => drop(place.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "services/alpha"])),
            _ => drop(place.git(&["config", name, value])),
        }
        place.service("services/alpha", "alpha", "rust");
        place.service("services/alpha/inner", "inner", "rust");
        place.git(&["add", "-A"]);
        place.service("services/alpha", "alpha", "go");
        let expected = ["language-without-reason alpha", "language-without-reason inner"];
        assert_eq!(staged(&place, &[]).findings(), expected, "{name}");
    }
    let place = Place::new();
    place.git(&["init", "-q", "-b", "main", "--object-format=sha256"]);
    place.service("services/beta", "beta", "rust");
    for split in [false, true] {
        place.git(&["add", "-A"]);
        if split {
            place.git(&["update-index", "--split-index"]);
        }
        assert_eq!(staged(&place, &[]).findings(), ["language-without-reason beta"], "{split}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_and_links() {
    use std::os::unix::ffi::OsStrExt as _;
    let place = Place::repository();
    let odd = place.path("services").join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir_all(&odd).unwrap();
    fs::write(odd.join("catalog-info.yaml"), manifest("odd", "rust")).unwrap();
    fs::create_dir_all(place.path("services/linked")).unwrap();
    std::os::unix::fs::symlink("../beta/catalog-info.yaml", place.path("services/linked/catalog-info.yaml")).unwrap();
    place.service("services/a\nb", "broken-line", "rust");
    place.git(&["add", "-A"]);
    fs::remove_dir_all(place.path("services")).unwrap();
    let report = staged(&place, &[]);
    assert_eq!(report.findings(), ["language-without-reason broken-line", "language-without-reason odd"]);
}

#[test]
fn wrong_calls() {
    let place = Place::new();
    place.service("services/beta", "beta", "rust");
    let report = staged(&place, &[]);
    assert_eq!(report.code, 2);
    assert!(report.stderr.contains("--staged needs a git repository with a working tree"), "{}", report.stderr);
    let place = Place::repository();
    for other in ["--all", "--base=main", "services"] {
        assert_eq!(staged(&place, &[other]).code, 2, "{other}");
    }
}

/// A hook of git's own, as people write them: what git tells it about the repository holds from where it runs.
#[cfg(unix)]
#[test]
fn as_a_hook_of_git() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::repository();
    let hook = |line: &str| {
        let text = format!("#!/bin/sh\nexec '{}' check --staged --quiet {line} >&2\n", env!("CARGO_BIN_EXE_adrule"));
        place.write(".git/hooks/pre-commit", text);
        fs::set_permissions(place.path(".git/hooks/pre-commit"), fs::Permissions::from_mode(0o755)).unwrap();
    };
    let commit = |folder: &Path, args: &[&str]| {
        let out = try_git(folder, &[&["commit", "-q", "-m", "x"], args].concat());
        (out.status.success(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    hook("");
    place.service("services/gamma", "gamma", "rust");
    place.git(&["add", "-A"]);
    let (done, said) = commit(&place.root, &[]);
    assert!(!done && said.contains("error[language-without-reason]: `gamma`"), "{said}");
    place.service("services/gamma", "gamma", "go");
    let (done, said) = commit(&place.root, &[]);
    assert!(!done, "mended, not staged: {said}");
    // `-a` and named files are staged in an index of their own.
    let (done, said) = commit(&place.path("services"), &["-a"]);
    assert!(done, "{said}");
    place.service("services/alpha", "alpha", "rust");
    place.write("README", "words\n");
    place.git(&["add", "-A"]);
    let (done, said) = commit(&place.root, &["README"]);
    assert!(done, "only the README: {said}");
    let (done, said) = commit(&place.root, &["services/alpha"]);
    assert!(!done && said.contains("`alpha`"), "{said}");
    place.git(&["reset", "-q", "--hard"]);
    // A worktree, where git names the repository.
    let other = Place::new();
    let tree = other.path("tree");
    place.git(&["worktree", "add", "-q", "-b", "change", tree.to_str().unwrap()]);
    fs::write(tree.join("services/alpha/catalog-info.yaml"), manifest("alpha", "rust")).unwrap();
    git(&tree, &["add", "-A"]);
    hook("--root services");
    let (done, said) = commit(&tree, &[]);
    assert!(!done && said.contains("`alpha`"), "a folder below: {said}");
    // Another repository than the one that is committed to.
    let clean = Place::repository();
    hook(&format!("--root '{}'", clean.root.display()));
    let (done, said) = commit(&tree, &[]);
    assert!(done, "{said}");
}

#[test]
fn relative_names_of_the_repository() {
    let place = Place::repository();
    place.service("services/gamma", "gamma", "rust");
    place.git(&["add", "-A"]);
    fs::rename(place.path(".git/index"), place.path(".git/other")).unwrap();
    for (folder, dir, tree, root) in
        [("", ".git", None, "."), ("", ".git", None, "services"), ("services", "../.git", Some(".."), ".")]
    {
        let mut command = adrule(&place.path(folder));
        command.args(["check", "--staged", "--format", "json", "--root", root]).env("GIT_DIR", dir);
        command.env("GIT_INDEX_FILE", ".git/other").envs(tree.map(|tree| ("GIT_WORK_TREE", tree)));
        let report = support::report(command.output().unwrap());
        assert_eq!(report.findings(), ["language-without-reason gamma"], "{folder} {root}: {}", report.stderr);
    }
}
