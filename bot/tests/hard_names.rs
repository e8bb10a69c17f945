//! Names, links, pipes and folders where a file is expected: what lies in a repository and is hard to open.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, missing_docs)]

mod support;

use std::fs;
use std::process::Command;
use support::hard::{MANIFEST, about, check, place, run};
use support::{Place, manifest};

#[test]
fn a_folder_in_the_place_of_a_manifest() {
    let place = place();
    place.write(&format!("{MANIFEST}/readme.txt"), "x");
    let report = check(&place, "a folder");
    insta::assert_snapshot!(about(&report, &format!("{MANIFEST}/readme.txt")).join("\n"), @"file-unreadable 1:1 `services/hard/catalog-info.yaml` is a folder, where a manifest is expected");
    assert_eq!(report.code, 1);
}

#[cfg(unix)]
#[test]
fn links_and_pipes() {
    use std::os::unix::fs::symlink;
    let outside = Place::new();
    outside.service("secret", "secret", "rust");
    let place = place();
    // Round in a circle, out of the tree, and to nowhere.
    symlink(".", place.path("services/loop")).unwrap();
    symlink("../services", place.path("services/up")).unwrap();
    symlink(outside.path("secret"), place.path("services/out")).unwrap();
    fs::create_dir_all(place.path("services/link")).unwrap();
    symlink(outside.path("secret/catalog-info.yaml"), place.path("services/link/catalog-info.yaml")).unwrap();
    fs::create_dir_all(place.path("services/dead")).unwrap();
    symlink("nowhere", place.path("services/dead/catalog-info.yaml")).unwrap();
    // Opened, a pipe would wait for somebody to write.
    fs::create_dir_all(place.path("services/pipe")).unwrap();
    assert!(Command::new("mkfifo").arg(place.path("services/pipe/catalog-info.yaml")).status().unwrap().success());
    for git in [false, true] {
        if git {
            place.git(&["init", "-q", "-b", "main"]);
            place.commit("Links");
        }
        let report = check(&place, "links");
        assert_eq!(report.services(), ["alpha", "beta"], "git: {git}");
    }
    let facts = run(&place, &["facts", "services/pipe/catalog-info.yaml"]);
    assert!(String::from_utf8_lossy(&facts.stdout).contains("not a regular file"));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = place();
    place.write(MANIFEST, manifest("hard", "rust"));
    fs::set_permissions(place.path(MANIFEST), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(place.path(MANIFEST)).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let said = about(&check(&place, "unreadable"), MANIFEST).join("\n");
    assert!(said.contains("could not be read: no permission to read it"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_no_program_likes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    for git in [false, true] {
        let place = place();
        for (number, raw) in [
            &b"with space"[..],
            b"with\nbreak",
            b"with\x1b[31mcolour",
            b"not\xfftext",
            b"-rf",
            b"\"q\"",
            b"\xe2\x80\xaereversed",
        ]
        .iter()
        .enumerate()
        {
            let folder = place.path("services").join(OsStr::from_bytes(raw));
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("catalog-info.yaml"), manifest(&format!("odd-{number}"), "rust")).unwrap();
        }
        if git {
            place.git(&["init", "-q", "-b", "main"]);
            place.commit("Names");
        }
        let report = check(&place, "names");
        let odd: Vec<String> = report.services().into_iter().filter(|name| name.starts_with("odd-")).collect();
        assert_eq!(odd.len(), 7, "git: {git}: {odd:?}");
    }
}
