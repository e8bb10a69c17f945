//! `adrule check --output`: several formats from one run.
#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn check(outputs: &[String]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/example");
    let mut command = Command::new(env!("CARGO_BIN_EXE_adrule"));
    command.args(["check", "--all", "--as-of", "2026-11-22", "--root"]).arg(root);
    command.args(outputs.iter().flat_map(|output| ["--output", output])).output().unwrap()
}

#[test]
fn each_file_holds_its_format() {
    let folder = folder("each_file");
    let file = |name: &str| folder.join(name).display().to_string();
    let ran = check(&[format!("sarif={}", file("a.sarif")), format!("human={}", file("a=b.txt"))]);
    assert_eq!(ran.status.code(), Some(1), "what fails the run is found, wherever it is written");
    let sarif = std::fs::read_to_string(folder.join("a.sarif")).unwrap();
    assert!(sarif.contains("\"version\": \"2.1.0\""), "{sarif}");
    assert_eq!(std::fs::read(folder.join("a=b.txt")).unwrap(), ran.stdout);
}

#[test]
fn what_cannot_be_written_is_said() {
    let file = folder("cannot").join("a").display().to_string();
    for (outputs, words) in [
        (vec!["sarif".to_owned()], "a format, `=` and a file are wanted"),
        (vec![format!("sarf={file}")], "no format is called `sarf`"),
        (vec![format!("json={file}/b")], "could not be written"),
        (vec![format!("json={file}"), format!("sarif={file}")], "two formats were to be written to"),
    ] {
        let ran = check(&outputs);
        let said = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{said}");
        assert!(said.contains(words), "{said}");
    }
}
