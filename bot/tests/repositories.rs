//! Every state that a repository can be in: clones, worktrees, forms of the index, names, links. The same services are
//! found in all of them.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod support;

use std::fs;
use support::{PAGE, Place, check_in, manifest};

const NONE: [&str; 0] = [];

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = Place::new();
    outside.service("secret", "secret", "rust");
    let place = Place::on_branch();
    // A manifest that became a link, staged and not.
    place.remove("services/alpha/catalog-info.yaml");
    symlink(outside.path("secret/catalog-info.yaml"), place.path("services/alpha/catalog-info.yaml")).unwrap();
    for state in ["not staged", "committed"] {
        let report = place.check(&["--all"]);
        assert_eq!(report.services(), ["beta"], "{state}");
        assert_eq!(place.check(&[]).findings(), NONE, "{state}");
        if state == "not staged" {
            place.commit("A link");
        }
    }
    // A folder that became a link out of the tree.
    let place = Place::on_branch();
    fs::remove_dir_all(place.path("services/alpha")).unwrap();
    symlink(outside.path("secret"), place.path("services/alpha")).unwrap();
    assert_eq!(place.check(&["--all"]).services(), ["beta"]);
    // A link that became a file.
    let place = Place::repository();
    symlink("../beta/catalog-info.yaml", place.path("services/alpha/link.yaml")).unwrap();
    fs::create_dir_all(place.path("services/gamma")).unwrap();
    symlink("../beta/catalog-info.yaml", place.path("services/gamma/catalog-info.yaml")).unwrap();
    place.commit("Links");
    place.git(&["checkout", "-q", "-b", "change"]);
    place.remove("services/gamma/catalog-info.yaml");
    place.service("services/gamma", "gamma", "rust");
    assert_eq!(place.check(&[]).findings(), ["language-without-reason gamma"]);
    // A link round in a circle.
    symlink(".", place.path("services/loop")).unwrap();
    assert_eq!(place.check(&["--all"]).services(), ["alpha", "beta", "gamma"]);
}

#[test]
fn names_of_every_kind() {
    let place = Place::on_branch();
    place.service("services/with space", "space", "rust");
    place.service("services/with\nbreak", "break", "rust");
    place.service("services/:!magic*", "magic", "rust");
    place.service("services/\"quoted\"", "quoted", "rust");
    let all = ["break", "magic", "quoted", "space"].map(|name| format!("language-without-reason {name}"));
    assert_eq!(place.check(&[]).findings(), all, "not known to git");
    place.commit("Names");
    assert_eq!(place.check(&[]).findings(), all, "committed");
    // Changed and not staged, with the base read from git.
    for (folder, name) in [("with space", "space"), ("with\nbreak", "break"), (":!magic*", "magic")] {
        place.service(&format!("services/{folder}"), name, "go");
    }
    assert_eq!(place.check(&[]).findings(), ["language-without-reason quoted"]);
    assert_eq!(place.check(&["--base", "HEAD"]).services(), ["break", "magic", "space"]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let place = Place::on_branch();
    let folder = place.path("services").join(OsStr::from_bytes(b"odd-\xff"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("catalog-info.yaml"), manifest("odd", "rust")).unwrap();
    assert_eq!(place.check(&[]).findings(), ["language-without-reason odd"], "not known to git");
    place.commit("An odd name");
    assert_eq!(place.check(&[]).findings(), ["language-without-reason odd"], "committed");
    fs::write(folder.join("catalog-info.yaml"), manifest("odd", "go")).unwrap();
    assert_eq!(place.check(&[]).findings(), NONE, "not staged");
    assert_eq!(place.check(&["--base", "HEAD"]).services(), ["odd"]);
}

#[test]
fn a_shallow_clone_says_what_to_do() {
    let origin = Place::repository();
    origin.git(&["checkout", "-q", "-b", "change"]);
    origin.service("services/gamma", "gamma", "rust");
    origin.commit("A new service");
    origin.git(&["checkout", "-q", "main"]);
    origin.service("services/delta", "delta", "rust");
    origin.commit("Another one");
    let clone = Place::new();
    let url = format!("file://{}", origin.root.display());
    clone.git(&["clone", "-q", "--depth=1", "--no-single-branch", "--branch=change", &url, "c"]);
    let report = check_in(&clone.path("c"), &[]);
    assert_eq!(report.code, 2);
    for words in ["shallow", "git fetch --unshallow", "fetch-depth: 0", "--base", "--all"] {
        assert!(report.stderr.contains(words), "{words}: {}", report.stderr);
    }
    assert_eq!(check_in(&clone.path("c"), &["--base", "v1"]).code, 2);
    let report = check_in(&clone.path("c"), &["--all"]);
    assert_eq!(report.services(), ["alpha", "beta", "gamma"], "{}", report.stderr);
    support::git(&clone.path("c"), &["fetch", "-q", "--unshallow"]);
    assert_eq!(check_in(&clone.path("c"), &[]).services(), ["gamma"]);
}

#[test]
fn the_default_branch_of_the_remote() {
    let origin = Place::new();
    origin.git(&["init", "-q", "-b", "trunk"]);
    origin.service("services/alpha", "alpha", "go");
    origin.commit("The beginning");
    let clone = Place::new();
    let url = format!("file://{}", origin.root.display());
    clone.git(&["clone", "-q", &url, "c"]);
    let c = clone.path("c");
    support::git(&c, &["checkout", "-q", "--detach"]);
    fs::create_dir_all(c.join("services/gamma")).unwrap();
    fs::write(c.join("services/gamma/catalog-info.yaml"), manifest("gamma", "rust")).unwrap();
    support::git(&c, &["add", "-A"]);
    support::git(&c, &["commit", "-q", "-m", "On no branch"]);
    let report = check_in(&c, &[]);
    assert_eq!(report.findings(), ["language-without-reason gamma"], "{}", report.stderr);
}

#[test]
fn worktrees_and_folders_below() {
    let place = Place::repository();
    let other = Place::new();
    let tree = other.path("tree");
    place.git(&["worktree", "add", "-q", "-b", "change", tree.to_str().unwrap()]);
    fs::create_dir_all(tree.join("services/gamma")).unwrap();
    fs::write(tree.join("services/gamma/catalog-info.yaml"), manifest("gamma", "rust")).unwrap();
    fs::write(tree.join("services/alpha/catalog-info.yaml"), manifest("alpha", "rust")).unwrap();
    let expected = ["language-without-reason alpha", "language-without-reason gamma"];
    assert_eq!(check_in(&tree, &[]).findings(), expected, "a worktree");
    assert_eq!(check_in(&tree.join("services/alpha"), &[]).findings(), expected, "from a folder below");
    assert_eq!(place.check(&[]).services(), NONE, "the first tree is not touched");
}

#[test]
fn a_root_below_the_top_is_judged_alone() {
    let place = Place::repository();
    place.write("sub/adrule.yaml", PAGE);
    place.service("sub/services/one", "one", "go");
    place.commit("A sub-project");
    place.git(&["checkout", "-q", "-b", "change"]);
    place.service("services/gamma", "gamma", "rust");
    place.service("sub/services/one", "one", "rust");
    place.service("sub/services/two", "two", "rust");
    let report = place.check(&["--root", "sub"]);
    assert_eq!(report.findings(), ["language-without-reason one", "language-without-reason two"]);
    assert_eq!(report.json["judged_by"]["page"], "adrule.yaml");
    place.commit("All of it");
    assert_eq!(place.check(&["--root", "sub"]).findings(), report.findings());
    assert_eq!(place.check(&["--root", "sub", "--all"]).services(), ["one", "two"]);
}

#[test]
fn a_submodule_is_its_own_affair() {
    let inner = Place::repository();
    let place = Place::on_branch();
    let url = format!("file://{}", inner.root.display());
    place.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "services/inner"]);
    let expected = place.check(&["--all"]);
    assert_eq!(expected.services(), ["alpha", "beta"]);
    place.commit("A submodule");
    assert_eq!(place.check(&["--all"]).services(), ["alpha", "beta"]);
    assert_eq!(place.check(&[]).findings(), NONE);
    // A repository inside that git does not know is none of ours either.
    let place = Place::on_branch();
    place.git(&["clone", "-q", &url, "services/other"]);
    place.git(&["clone", "-q", &url, "fresh/other"]);
    assert_eq!(place.check(&["--all"]).services(), ["alpha", "beta"]);
}

#[test]
fn without_git_everything_is_judged_and_it_is_said() {
    let place = Place::new();
    place.write("adrule.yaml", PAGE);
    place.service("services/beta", "beta", "rust");
    let report = place.check(&[]);
    assert_eq!(report.findings(), ["language-without-reason beta"]);
    let remarks = report.json["remarks"].to_string();
    assert!(remarks.contains("everything is judged, as with --all"), "{remarks}");
    // Nor is git needed for a repository.
    let place = Place::on_branch();
    let mut command = support::adrule(&place.root);
    command.args(["check", "--format", "json"]).env("PATH", "");
    let report = support::report(support::within(command, std::time::Duration::from_secs(60)));
    assert_eq!(report.services(), ["alpha", "beta"], "{}", report.stderr);
}

#[test]
fn an_empty_repository() {
    let place = Place::new();
    place.git(&["init", "-q", "-b", "main"]);
    let report = place.check(&[]);
    assert_eq!((report.code, report.services()), (0, vec![]), "{}", report.stderr);
    place.service("services/beta", "beta", "rust");
    for state in ["not known", "staged"] {
        assert_eq!(place.check(&[]).findings(), ["language-without-reason beta"], "{state}");
        place.git(&["add", "-A"]);
    }
}

#[test]
fn histories_with_nothing_in_common_are_compared_as_they_are() {
    let place = Place::repository();
    place.git(&["checkout", "-q", "--orphan", "other"]);
    place.service("services/gamma", "gamma", "rust");
    place.commit("Another beginning");
    let report = place.check(&[]);
    assert_eq!(report.services(), ["gamma"]);
}

#[test]
fn a_merge_in_conflict_is_judged_as_it_lies() {
    let place = Place::on_branch();
    place.service("services/beta", "beta", "zig");
    place.commit("Ours");
    place.git(&["checkout", "-q", "main"]);
    place.service("services/beta", "beta", "c");
    place.commit("Theirs");
    place.git(&["checkout", "-q", "change"]);
    assert!(!support::try_git(&place.root, &["merge", "-q", "main"]).status.success());
    let report = place.check(&[]);
    assert_eq!(report.code, 1, "a manifest with conflict marks cannot be read: {:?}", report.findings());
}

#[test]
fn a_sparse_checkout_still_knows_its_decisions() {
    let place = Place::repository();
    place.service("services/gamma", "gamma", "rust");
    place.write(
        "docs/adr/0001-gamma.md",
        "# 1. Write gamma in Rust\n\n## Status\n\nAccepted\n\n## Decision\n\n**Memory budget:** 64 MiB\n",
    );
    place.commit("A reason in a decision");
    for cone in [
        &["sparse-checkout", "set", "--no-cone", "/services/gamma/", "/adrule.yaml"][..],
        &["sparse-checkout", "set", "--cone", "--sparse-index", "services/gamma"],
    ] {
        place.git(cone);
        assert!(!place.path("docs").exists());
        let report = place.check(&["--all"]);
        assert_eq!(report.services(), ["alpha", "beta", "gamma"]);
        assert_eq!(report.findings(), ["language-without-reason beta"]);
        assert_eq!(place.check(&[]).services(), NONE);
    }
}

#[test]
fn every_form_of_index() {
    for (name, value) in [
        ("index.version", "4"),
        ("core.splitIndex", "true"),
        ("core.untrackedCache", "true"),
        ("index.skipHash", "true"),
    ] {
        let place = Place::on_branch();
        place.git(&["config", name, value]);
        if name == "core.splitIndex" {
            place.git(&["update-index", "--split-index"]);
        } else {
            place.git(&["update-index", "--force-write-index"]);
        }
        place.service("services/alpha", "alpha", "rust");
        place.service("services/gamma", "gamma", "rust");
        fs::remove_dir_all(place.path("services/beta")).unwrap();
        let expected = ["language-without-reason alpha", "language-without-reason gamma"];
        assert_eq!(place.check(&[]).findings(), expected, "{name}");
        assert_eq!(place.check(&["--all"]).services(), ["alpha", "gamma"], "{name}");
        place.git(&["add", "-A"]);
        assert_eq!(place.check(&[]).findings(), expected, "{name}, staged");
    }
    // SHA-256.
    let place = Place::new();
    place.git(&["init", "-q", "-b", "main", "--object-format=sha256"]);
    place.service("services/beta", "beta", "rust");
    place.commit("The beginning");
    place.git(&["checkout", "-q", "-b", "change"]);
    place.service("services/gamma", "gamma", "rust");
    assert_eq!(place.check(&[]).findings(), ["language-without-reason gamma"]);
    // No index at all: git takes every file for deleted, and we see them where they are.
    let place = Place::on_branch();
    place.remove(".git/index");
    assert_eq!(place.check(&["--all"]).services(), ["alpha", "beta"]);
    assert_eq!(place.check(&[]).findings(), NONE);
    // A damaged one is git's to complain about.
    place.write(".git/index", "DIRC\0\0\0\x02\0\0\0\x09 damaged");
    let report = place.check(&[]);
    assert_eq!(report.code, 2);
    assert!(report.stderr.contains("index"), "{}", report.stderr);
}

/// Beyond ten thousand files not every folder is looked into: what can change a verdict is still seen.
#[test]
fn a_large_repository() {
    let place = Place::repository();
    for file in 0..10_100 {
        place.write(&format!("services/alpha/src/part-{:03}/file-{file}.go", file / 100), "");
    }
    place.write("tools/scripts/run.sh", "");
    place.write(".gitignore", "/scratch/\nbuild/\n");
    place.commit("Many files");
    place.git(&["checkout", "-q", "-b", "change"]);
    assert_eq!(place.check(&[]).services(), NONE);
    place.service("services/gamma", "gamma", "rust");
    place.service("one/two/delta", "delta", "rust");
    place.service("tools/eps", "eps", "rust");
    place.service("services/alpha/part", "part", "rust");
    place.service("scratch/no", "no", "rust");
    place.service("services/beta/build/no", "no", "rust");
    place.service("services/alpha", "alpha", "rust");
    place.remove("services/beta/catalog-info.yaml");
    let expected = ["alpha", "delta", "eps", "gamma", "part"];
    assert_eq!(place.check(&[]).findings(), expected.map(|name| format!("language-without-reason {name}")));
    assert_eq!(place.check(&["--all"]).services(), expected);
    // A path that is named is seen wherever it lies.
    place.service("services/alpha/src/part-001/deep", "deep", "rust");
    assert_eq!(place.check(&["services/alpha/src/part-001/deep"]).services(), ["deep"]);
    place.commit("All of it");
    let expected = ["alpha", "deep", "delta", "eps", "gamma", "part"];
    assert_eq!(place.check(&[]).findings(), expected.map(|name| format!("language-without-reason {name}")));
}
