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
    assert!(said.contains(".adrule-baseline.json cannot be used: line 3, column "), "{said}");
}
