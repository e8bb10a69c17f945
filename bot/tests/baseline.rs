//! `adrule baseline` and `adrule check` with one, in real repositories.
#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

use std::path::{Path, PathBuf};
use std::process::Command;

const SERVICE: &str = "name: edge-proxy\nlanguage: rust\n";

/// A repository with one service that lacks a reason.
fn repository(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&root);
    std::fs::create_dir_all(&root).unwrap();
    git(&root, &["init", "-q", "-b", "main"]);
    write(&root, "adrule.yaml", "policy: 1\nextends: [adrule:default]\n");
    write(&root, "services/edge-proxy/service.yaml", SERVICE);
    commit(&root);
    root
}

fn write(root: &Path, path: &str, text: &str) {
    std::fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
    std::fs::write(root.join(path), text).unwrap();
}

fn git(root: &Path, args: &[&str]) {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
    let ran = Command::new("git").arg("-C").arg(root).args(identity).args(args).output().unwrap();
    assert!(ran.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

fn commit(root: &Path) {
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", "x"]);
}

/// Exit code, standard output and standard error.
fn adrule(root: &Path, args: &[&str]) -> (i32, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_adrule")).args(args).current_dir(root).output().unwrap();
    (ran.status.code().unwrap(), String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap())
}

#[test]
fn what_was_there_is_excused_and_what_is_new_is_not() {
    let root = repository("excused");
    assert_eq!(adrule(&root, &["check", "--all"]).0, 1);
    assert_eq!(adrule(&root, &["baseline"]), (0, ".adrule-baseline.json: 1 entry.\n".to_owned()));
    let (code, said) = adrule(&root, &["check", "--all"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Nothing is missing (1 in the baseline) in 1 service"), "{said}");
    write(&root, "services/other/service.yaml", "name: other\nlanguage: rust\n");
    assert_eq!(adrule(&root, &["check", "--all"]).0, 1);
}

#[test]
fn moved_lines_and_moved_files_stay_excused() {
    let root = repository("moved");
    adrule(&root, &["baseline"]);
    std::fs::remove_dir_all(root.join("services")).unwrap();
    write(&root, "apps/edge-proxy/service.yaml", &format!("# moved\n\n{SERVICE}"));
    git(&root, &["add", "-A"]);
    let (code, said) = adrule(&root, &["check", "--all"]);
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains("no longer needed"), "{said}");
}

#[test]
fn it_only_shrinks_unless_somebody_says_why() {
    let root = repository("shrinks");
    adrule(&root, &["baseline"]);
    let (code, said) = adrule(&root, &["baseline"]);
    assert_eq!((code, said.contains("is there already")), (2, true), "{said}");
    write(&root, "services/edge-proxy/service.yaml", "name: edge-proxy\nlanguage: go\n");
    let (_, said) = adrule(&root, &["check", "--all"]);
    assert!(said.contains("One entry of the baseline is no longer needed"), "{said}");
    let (_, said) = adrule(&root, &["baseline", "--prune"]);
    assert_eq!(said, ".adrule-baseline.json: 0 entries, 1 removed.\n");
    write(&root, "services/edge-proxy/service.yaml", SERVICE);
    for args in [vec!["baseline", "--add"], vec!["baseline", "--add", "--reason", " "]] {
        assert_eq!(adrule(&root, &args).0, 2);
    }
    let (_, said) = adrule(&root, &["baseline", "--add", "--reason", "bought with the company"]);
    assert_eq!(said, ".adrule-baseline.json: 1 entry, 1 added.\n");
    let text = std::fs::read_to_string(root.join(".adrule-baseline.json")).unwrap();
    assert!(text.contains("\"reason\":\"bought with the company\""), "{text}");
}

#[test]
fn a_change_cannot_excuse_itself() {
    let root = repository("itself");
    git(&root, &["switch", "-q", "-c", "change"]);
    write(&root, "services/other/service.yaml", "name: other\nlanguage: rust\n");
    adrule(&root, &["baseline"]);
    commit(&root);
    let (code, said) = adrule(&root, &["check"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("is new in this change, and excuses nothing of it"), "{said}");
    // On the default branch it counts.
    git(&root, &["switch", "-q", "main"]);
    git(&root, &["merge", "-q", "change"]);
    git(&root, &["switch", "-q", "-c", "next"]);
    write(&root, "services/other/service.yaml", "# more\nname: other\nlanguage: rust\n");
    assert_eq!(adrule(&root, &["check"]).0, 0);
}

#[test]
fn a_broken_one_stops_the_run() {
    let root = repository("broken");
    write(&root, ".adrule-baseline.json", "{\n  \"version\": 1,\n  \"entries\": 7\n}\n");
    let (code, said) = adrule(&root, &["check", "--all"]);
    assert_eq!(code, 2);
    assert!(said.contains("`.adrule-baseline.json` cannot be used: line 3, column "), "{said}");
}

#[test]
fn a_broken_one_on_the_base_is_told_and_locks_nobody_out() {
    let root = repository("broken-base");
    for broken in [b"{\n  \"version\": 1,\n  \"entries\": 7\n}\n".as_slice(), b"{\"caf\xe9\": 1}\n"] {
        std::fs::write(root.join(".adrule-baseline.json"), broken).unwrap();
        git(&root, &["add", "-A"]);
        git(&root, &["commit", "-q", "-m", "Broken"]);
        git(&root, &["switch", "-q", "-c", "mending"]);
        write(&root, "services/other/service.yaml", "name: other\nlanguage: rust\n");
        let (code, said) = adrule(&root, &["check"]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("error[file-unreadable]: `.adrule-baseline.json` cannot be used: on main"), "{said}");
        // Another wrong one mends nothing.
        write(&root, ".adrule-baseline.json", "[]");
        assert_eq!(adrule(&root, &["check"]).0, 2);
        write(&root, ".adrule-baseline.json", "{ \"version\": 1, \"entries\": [] }");
        let (code, said) = adrule(&root, &["check"]);
        assert_eq!((code, said.contains("this change mends it, and is judged with its own")), (1, true), "{said}");
        std::fs::remove_file(root.join(".adrule-baseline.json")).unwrap();
        let (code, said) = adrule(&root, &["check"]);
        assert_eq!((code, said.contains("this change removes it.")), (1, true), "{said}");
        git(&root, &["checkout", "-q", "-f", "main"]);
        git(&root, &["branch", "-q", "-D", "mending"]);
        std::fs::remove_dir_all(root.join("services/other")).unwrap();
    }
}

fn text(root: &Path) -> String {
    std::fs::read_to_string(root.join(".adrule-baseline.json")).unwrap()
}

/// A decision with three faults: a status that says nothing, a link to nowhere, and another of the same words.
const RECORD: &str = "# 7. Use one queue\n\nDate: 2026-10-30\n\n## Status\n\nWaiting in the hallway\n\n## Context\n\n\
    See [it](missing.md).\n\nAnd see [it](missing.md).\n\n## Decision\n\nOne queue.\n\n## Consequences\n\nLess work.\n";

#[test]
fn it_is_sorted_with_one_entry_a_line() {
    let root = repository("sorted");
    for name in ["zeta", "alpha", "mid"] {
        write(&root, &format!("services/{name}/service.yaml"), &format!("name: {name}\nlanguage: rust\n"));
    }
    write(&root, "docs/adr/0007-queue.md", RECORD);
    commit(&root);
    assert_eq!(adrule(&root, &["baseline"]), (0, ".adrule-baseline.json: 7 entries.\n".to_owned()));
    let text = text(&root);
    let entries: Vec<&str> = text.lines().filter(|line| line.starts_with("    ")).collect();
    assert_eq!(entries.len(), 7, "{text}");
    assert!(entries.is_sorted(), "{text}");
    for entry in &entries {
        let entry: serde_json::Value = serde_json::from_str(entry.trim().trim_end_matches(',')).unwrap();
        assert!(entry["path"].is_string() && entry["rule"].is_string() && entry["fingerprint"].is_string(), "{entry}");
    }
    // Two that are alike are two entries, and each excuses one.
    assert_eq!(entries.iter().filter(|entry| entry.contains("decision-link-broken")).count(), 2, "{text}");
    write(&root, "docs/adr/0007-queue.md", &RECORD.replace("Less work.", "See [it](missing.md)."));
    let (code, said) = adrule(&root, &["check", "--all", "--fail-on", "info"]);
    assert_eq!((code, said.matches("[decision-link-broken]").count()), (1, 1), "{said}");
}

#[test]
fn a_decision_that_is_renamed_and_rewritten_in_a_change_stays_excused() {
    let root = repository("renamed");
    write(&root, "docs/adr/0007-queue.md", RECORD);
    commit(&root);
    adrule(&root, &["baseline"]);
    commit(&root);
    git(&root, &["switch", "-q", "-c", "change"]);
    git(&root, &["mv", "docs/adr/0007-queue.md", "docs/adr/0007-one-queue.md"]);
    write(
        &root,
        "docs/adr/0007-one-queue.md",
        &RECORD.replace("## Context\n", "## Context\n\nMany words\nbefore it.\n"),
    );
    for args in [&["check"][..], &["check", "--staged"]] {
        git(&root, &["add", "-A"]);
        let (_, said) = adrule(&root, &[args, &["--fail-on", "info"]].concat());
        assert!(
            said.contains("(3 in the baseline)") && !said.contains("[decision-status-unknown]"),
            "{args:?}: {said}"
        );
    }
}

/// What a change does to the file has no say in its own judgement, in either direction.
#[test]
fn a_change_is_judged_with_the_baseline_of_its_base() {
    let root = repository("base");
    adrule(&root, &["baseline"]);
    commit(&root);
    let old = text(&root);
    git(&root, &["switch", "-q", "-c", "change"]);
    write(&root, "services/edge-proxy/service.yaml", &format!("# touched\n{SERVICE}"));
    write(&root, "services/other/service.yaml", "name: other\nlanguage: rust\n");
    assert_eq!(adrule(&root, &["baseline", "--add", "--reason", "in a hurry"]).0, 0);
    let (code, said) = adrule(&root, &["check"]);
    assert_eq!(
        (code, said.contains("`other` is written in Rust"), said.contains("`edge-proxy` is")),
        (1, true, false),
        "{said}"
    );
    assert!(said.contains("This change changes .adrule-baseline.json. It is judged with that on main"), "{said}");
    std::fs::remove_file(root.join(".adrule-baseline.json")).unwrap();
    let (_, said) = adrule(&root, &["check"]);
    assert!(said.contains("This change removes .adrule-baseline.json. It is judged with it as it was."), "{said}");
    assert!(!said.contains("`edge-proxy` is written"), "{said}");
    // What is only staged is a change, too.
    write(&root, ".adrule-baseline.json", "{}");
    git(&root, &["add", "-A"]);
    write(&root, ".adrule-baseline.json", &old);
    let (code, said) = adrule(&root, &["check", "--staged"]);
    assert_eq!((code, said.contains("The new baseline cannot be used")), (1, true), "{said}");
}

/// Everywhere but where everything is judged, an entry that excuses nothing may only not have been looked for.
#[test]
fn only_a_whole_check_says_what_is_no_longer_needed() {
    let root = repository("whole");
    write(&root, "services/other/service.yaml", "name: other\nlanguage: rust\n");
    commit(&root);
    adrule(&root, &["baseline"]);
    commit(&root);
    for name in ["edge-proxy", "other"] {
        write(&root, &format!("services/{name}/service.yaml"), &format!("name: {name}\nlanguage: go\n"));
    }
    commit(&root);
    let (_, said) = adrule(&root, &["check", "--all", "--as-of", "2026-11-22"]);
    insta::assert_snapshot!(said, @"
    Services
      default  edge-proxy  Go
      default  other       Go

    2 entries of the baseline are no longer needed: `adrule baseline --prune` removes them.
    Nothing is missing in 2 services, 0 decisions. Judged by adrule.yaml, 2026-11-22.
    ");
    assert!(!adrule(&root, &["check"]).1.contains("no longer needed"));
    let before = text(&root);
    assert_eq!(adrule(&root, &["baseline", "--prune"]).1, ".adrule-baseline.json: 0 entries, 2 removed.\n");
    assert_eq!(text(&root), "{\n  \"version\": 1,\n  \"entries\": []\n}\n");
    assert_ne!(before, text(&root));
    // Nothing to remove is nothing to write.
    assert_eq!(adrule(&root, &["baseline", "--prune"]).1, ".adrule-baseline.json: 0 entries.\n");
}
