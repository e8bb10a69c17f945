//! What counts as a change: which services are judged, and which are asked for a reason.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod support;

use std::fs;
use support::{PAGE, Place, check_in, manifest};

const NONE: [&str; 0] = [];

#[test]
fn a_new_service_is_asked_and_an_old_one_is_not() {
    let place = Place::on_branch();
    let clean = place.check(&[]);
    assert_eq!((clean.code, clean.services(), clean.findings()), (0, vec![], vec![]));
    place.service("services/gamma", "gamma", "rust");
    place.commit("A new service");
    let report = place.check(&[]);
    assert_eq!(report.services(), ["gamma"]);
    assert_eq!(report.findings(), ["language-without-reason gamma"]);
    assert_eq!(report.code, 1);
    assert_eq!(report.json["judged_by"]["revision"].as_str().unwrap().split(' ').next(), Some("main"));
}

#[test]
fn a_changed_language_is_asked() {
    let place = Place::on_branch();
    place.service("services/alpha", "alpha", "rust");
    place.commit("Rewritten");
    assert_eq!(place.check(&[]).findings(), ["language-without-reason alpha"]);
}

#[test]
fn a_detected_language_that_changes_is_asked() {
    let place = Place::repository();
    place.write(
        "services/delta/catalog-info.yaml",
        manifest("delta", "go").replace("    adrule/language: go\n", "    a: b\n"),
    );
    place.write("services/delta/go.mod", "module delta\n");
    place.commit("Language by build file");
    place.git(&["checkout", "-q", "-b", "change"]);
    place.remove("services/delta/go.mod");
    place.write("services/delta/Cargo.toml", "[package]\n");
    // Neither file is staged.
    assert_eq!(place.check(&[]).findings(), ["language-without-reason delta"]);
    place.commit("Rewritten");
    assert_eq!(place.check(&[]).findings(), ["language-without-reason delta"]);
}

#[test]
fn renamed_and_moved_services_are_not_asked() {
    let place = Place::on_branch();
    place.service("services/beta", "beta-two", "rust");
    place.commit("A new name in the old folder");
    let report = place.check(&[]);
    assert_eq!((report.services(), report.findings()), (vec!["beta-two".to_owned()], vec![]));

    let place = Place::on_branch();
    fs::rename(place.path("services/beta"), place.path("services/moved")).unwrap();
    place.commit("The old name in a new folder");
    let report = place.check(&[]);
    assert_eq!((report.services(), report.findings()), (vec!["beta".to_owned()], vec![]));
}

#[test]
fn a_touched_service_gets_the_rules_of_integrity_only() {
    let place = Place::repository();
    let twice = format!("{}  owner: b-team\n", manifest("beta", "rust"));
    place.write("services/beta/catalog-info.yaml", &twice);
    place.commit("A key twice");
    place.git(&["checkout", "-q", "-b", "change"]);
    place.write("services/beta/catalog-info.yaml", twice.replace("a-team", "c-team"));
    place.commit("Another owner");
    assert_eq!(place.check(&[]).findings(), ["duplicate-key services/beta/catalog-info.yaml"]);
    assert_eq!(
        place.check(&["--all"]).findings(),
        ["duplicate-key services/beta/catalog-info.yaml", "language-without-reason beta"]
    );
}

#[test]
fn a_source_file_touches_its_service() {
    let place = Place::on_branch();
    place.write("services/beta/src/main.rs", "fn main() {}\n");
    assert_eq!(place.check(&[]).services(), ["beta"], "not known to git");
    place.commit("Code");
    assert_eq!(place.check(&[]).services(), ["beta"], "committed");
}

#[test]
fn what_git_does_not_know_yet_is_seen() {
    let place = Place::on_branch();
    place.service("services/gamma", "gamma", "rust");
    place.service("teams/blue/services/delta", "delta", "rust");
    place.service("services/alpha/inner", "inner", "rust");
    let report = place.check(&[]);
    assert_eq!(
        report.findings(),
        ["language-without-reason delta", "language-without-reason gamma", "language-without-reason inner"]
    );
    // Staged, and staged and then changed, is the same.
    place.git(&["add", "-A"]);
    assert_eq!(place.check(&[]).findings(), report.findings());
    place.service("services/gamma", "gamma", "go");
    assert_eq!(
        place.check(&[]).findings(),
        ["language-without-reason delta", "language-without-reason inner"],
        "the working tree counts"
    );
    // Announced only.
    let place = Place::on_branch();
    place.service("services/gamma", "gamma", "rust");
    place.git(&["add", "-N", "services/gamma"]);
    assert_eq!(place.check(&[]).findings(), ["language-without-reason gamma"]);
}

#[test]
fn what_git_ignores_is_not_seen() {
    let place = Place::repository();
    place.write(".gitignore", "/scratch/\n*.tmp.d/\nservices/private.yaml\n");
    place.commit("Ignored");
    place.git(&["checkout", "-q", "-b", "change"]);
    place.service("scratch/gamma", "gamma", "rust");
    place.service("services/delta.tmp.d", "delta", "rust");
    place.service("fresh/delta.tmp.d/inner", "inner", "rust");
    place.service("fresh/seen", "seen", "rust");
    place.write("services/eta/.gitignore", "catalog-info.yaml\n");
    place.service("services/eta", "eta", "rust");
    assert_eq!(place.check(&[]).findings(), ["language-without-reason seen"]);
    assert_eq!(place.check(&["--all"]).services(), ["alpha", "beta", "seen"]);
}

#[test]
fn changes_that_are_not_staged_count() {
    let place = Place::on_branch();
    place.service("services/alpha", "alpha", "rust");
    assert_eq!(place.check(&[]).findings(), ["language-without-reason alpha"], "not staged");
    place.git(&["add", "-A"]);
    assert_eq!(place.check(&[]).findings(), ["language-without-reason alpha"], "staged");
    place.service("services/alpha", "alpha", "go");
    let report = place.check(&[]);
    assert_eq!((report.services(), report.findings()), (vec![], vec![]), "undone in the working tree");
    // Of the same size, and within the same moment.
    place.git(&["reset", "-q", "--hard"]);
    place.write("services/alpha/catalog-info.yaml", manifest("alpha", "c#"));
    assert_eq!(place.check(&[]).services(), ["alpha"]);
}

#[test]
fn a_touched_time_is_no_change() {
    let place = Place::on_branch();
    // Another inode and other times, the same content.
    for service in ["alpha", "beta"] {
        let path = place.path(&format!("services/{service}/catalog-info.yaml"));
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, bytes).unwrap();
    }
    assert_eq!(place.check(&[]).services(), NONE);
}

#[test]
fn line_ends_that_git_changes_are_no_change() {
    let place = Place::repository();
    place.write(".gitattributes", "*.yaml text eol=crlf\n");
    place.commit("Line ends");
    fs::remove_dir_all(place.path("services")).unwrap();
    place.git(&["checkout", "-q", "-b", "change"]);
    place.git(&["checkout", "-q", "--", "."]);
    assert!(fs::read_to_string(place.path("services/alpha/catalog-info.yaml")).unwrap().contains("\r\n"));
    let path = place.path("services/alpha/catalog-info.yaml");
    fs::write(&path, fs::read(&path).unwrap()).unwrap();
    let report = place.check(&[]);
    assert_eq!((report.code, report.services()), (0, vec![]));
}

#[test]
fn a_deleted_service_is_no_longer_there() {
    let place = Place::on_branch();
    place.remove("services/beta/catalog-info.yaml");
    let report = place.check(&[]);
    assert_eq!((report.code, report.services(), report.findings()), (0, vec![], vec![]));
    assert_eq!(place.check(&["--all"]).services(), ["alpha"]);
    fs::remove_dir(place.path("services/beta")).unwrap();
    assert_eq!(place.check(&["--all"]).services(), ["alpha"], "with its folder");
    place.commit("Gone");
    assert_eq!(place.check(&["--all"]).services(), ["alpha"]);
    // Removed from git only: the file is still there.
    let place = Place::on_branch();
    place.git(&["rm", "-q", "--cached", "services/beta/catalog-info.yaml"]);
    assert_eq!(place.check(&["--all"]).services(), ["alpha", "beta"]);
    assert_eq!(place.check(&[]).findings(), NONE);
}

#[cfg(unix)]
#[test]
fn a_mode_is_no_content() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::on_branch();
    let path = place.path("services/beta/catalog-info.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(place.check(&[]).services(), NONE);
    place.commit("A mode");
    assert_eq!(place.check(&[]).services(), NONE);
}

#[test]
fn the_page_of_the_base_judges() {
    let place = Place::on_branch();
    place.write("adrule.yaml", PAGE.replace("rust:", "python:"));
    place.service("services/gamma", "gamma", "rust");
    place.commit("A page that allows it");
    let report = place.check(&[]);
    assert_eq!(report.findings(), ["language-without-reason gamma"]);
    let remarks = report.json["remarks"].to_string();
    assert!(remarks.contains("This change changes the page"), "{remarks}");
}

#[test]
fn the_first_page_judges_itself_in() {
    let place = Place::new();
    place.git(&["init", "-q", "-b", "main"]);
    place.service("services/beta", "beta", "rust");
    place.commit("No page yet");
    place.git(&["checkout", "-q", "-b", "change"]);
    place.write("adrule.yaml", PAGE.replace("rust:", "zig:"));
    place.service("services/gamma", "gamma", "zig");
    place.commit("The first page");
    let report = place.check(&[]);
    assert_eq!(report.findings(), ["language-without-reason gamma"]);
    assert_eq!((&report.json["judged_by"]["page"], report.code), (&"adrule.yaml".into(), 0));
    assert!(
        report.json["remarks"].to_string().contains("as a preview, and nothing fails"),
        "{}",
        report.json["remarks"]
    );
}

#[test]
fn a_broken_page_is_told_and_locks_nobody_out() {
    let place = Place::repository();
    place.write("adrule.yaml", "policy: 1\ndefault: [go\n");
    place.commit("Broken");
    place.git(&["checkout", "-q", "-b", "change"]);
    place.service("services/gamma", "gamma", "rust");
    place.commit("A change");
    let remark = |report: &support::Report| report.json["remarks"].to_string();
    let report = place.check(&[]);
    assert_eq!((report.code, report.findings()), (2, vec!["policy-invalid adrule.yaml".to_owned()]));
    assert!(remark(&report).contains("cannot be used, so nothing else was judged"), "{}", remark(&report));
    // Mended by the change: judged by its own page, and said.
    place.write("adrule.yaml", PAGE);
    place.commit("Mended");
    let report = place.check(&[]);
    assert_eq!((report.code, report.findings()), (0, vec!["language-without-reason gamma".to_owned()]));
    assert!(remark(&report).contains("cannot be used; this change mends it."), "{}", remark(&report));
    // Mended in another wrong way: told of that.
    place.write("adrule.yaml", "policy: 1\ndefault: go\nlanguages: 7\n");
    place.commit("Not mended");
    let report = place.check(&[]);
    assert_eq!(report.code, 2);
    assert!(remark(&report).contains("nor can the one of this change"), "{}", remark(&report));
    // Taken away.
    place.git(&["rm", "-q", "adrule.yaml"]);
    place.commit("No page");
    let report = place.check(&[]);
    assert_eq!((report.code, report.findings()), (0, vec!["language-without-reason gamma".to_owned()]));
}

#[test]
fn a_change_that_brings_a_page_that_is_no_text_fails_and_one_that_mends_it_does_not() {
    let place = Place::on_branch();
    let mut bytes = PAGE.as_bytes().to_vec();
    bytes.extend(b"title: caf\xe9\n");
    place.write("adrule.yaml", &bytes);
    place.commit("Saved by an old editor");
    let remarks = |report: &support::Report| report.json["remarks"].to_string();
    let report = place.check(&[]);
    assert_eq!((report.code, report.findings()), (1, vec!["file-unreadable adrule.yaml".to_owned()]));
    assert!(remarks(&report).contains("1 mistake on the new page fails this change"), "{}", remarks(&report));
    // Where it got in all the same: told at its place, and whoever mends it is not locked out.
    place.git(&["checkout", "-q", "-B", "main"]);
    place.git(&["checkout", "-q", "-b", "mending"]);
    place.service("services/gamma", "gamma", "go");
    place.commit("A change");
    let report = place.check(&[]);
    assert_eq!((report.code, report.findings()), (2, vec!["policy-invalid adrule.yaml".to_owned()]));
    let finding = report.json["findings"][0].to_string();
    assert!(finding.contains("not UTF-8: byte 0xe9 on line 7"), "{finding}");
    place.write("adrule.yaml", PAGE);
    place.commit("Mended");
    let report = place.check(&[]);
    assert_eq!(report.code, 0, "{}", report.json);
    assert!(remarks(&report).contains("cannot be used; this change mends it."), "{}", remarks(&report));
}

#[test]
fn a_waiver_of_the_change_counts_where_the_page_allows_it() {
    let waiver = "waivers:\n  - rule: language-without-reason\n    scope: gamma\n    reason: a benchmark is under way\n    owner: edge-team\n    approved-by: platform-guild\n    granted: 2026-11-01\n    expires: 2027-01-31\n    exit: a decision\n";
    for (set, standing) in [("", "gap"), ("suppressions: { in-change: allow }\n", "waived")] {
        let place = Place::repository();
        place.write("adrule.yaml", format!("{PAGE}owner: platform-guild\n{set}"));
        place.commit("The page");
        place.git(&["checkout", "-q", "-b", "change"]);
        place.write("adrule.yaml", format!("{PAGE}owner: platform-guild\n{set}{waiver}"));
        place.service("services/gamma", "gamma", "rust");
        place.commit("A service and its waiver");
        let report = place.check(&[]);
        let gamma = report.json["services"].as_array().unwrap().iter().find(|one| one["name"] == "gamma").unwrap();
        assert_eq!((gamma["standing"].as_str(), report.code), (Some(standing), i32::from(standing == "gap")));
        let remark = "so the waivers that it adds count at once";
        assert_eq!(
            report.json["remarks"].to_string().contains(remark),
            standing == "waived",
            "{}",
            report.json["remarks"]
        );
    }
}

#[test]
fn a_revision_as_base() {
    let place = Place::repository();
    place.git(&["tag", "one"]);
    place.service("services/gamma", "gamma", "rust");
    place.commit("Two");
    place.git(&["tag", "two"]);
    place.service("services/delta", "delta", "rust");
    place.commit("Three");
    assert_eq!(place.check(&["--base", "one"]).services(), ["delta", "gamma"]);
    assert_eq!(place.check(&["--base", "two"]).services(), ["delta"]);
    assert_eq!(place.check(&["--base", "HEAD~1"]).services(), ["delta"]);
    assert_eq!(place.check(&[]).services(), NONE, "on the default branch nothing differs");
    for bad in ["nothing", "--output=x", "one..two", "", "a\nb"] {
        let report = place.check(&[&format!("--base={bad}")]);
        assert_eq!(report.code, 2, "{bad:?}");
        assert!(
            report.stderr.contains("is no revision of this repository and no folder"),
            "{bad:?}: {}",
            report.stderr
        );
    }
}

#[test]
fn a_folder_as_base() {
    let before = Place::new();
    before.write("adrule.yaml", PAGE);
    before.service("services/alpha", "alpha", "go");
    let after = Place::new();
    // The page of the folder that is compared with judges.
    after.write("adrule.yaml", PAGE.replace("rust:", "python:"));
    after.service("services/alpha", "alpha", "go");
    after.service("services/gamma", "gamma", "rust");
    let report = after.check(&["--base", before.root.to_str().unwrap()]);
    assert_eq!(
        (report.services(), report.findings()),
        (vec!["gamma".to_owned()], vec!["language-without-reason gamma".to_owned()])
    );
    assert!(!report.json["remarks"].to_string().contains("baseline"), "{}", report.json["remarks"]);
    let report = after.check(&["--base", "nowhere"]);
    assert_eq!(report.code, 2);
    assert!(report.stderr.contains("needs a git repository here, or the path of a folder"), "{}", report.stderr);
}

#[test]
fn explicit_paths_are_judged_as_new() {
    let place = Place::repository();
    assert_eq!(place.check(&["services/beta"]).findings(), ["language-without-reason beta"]);
    assert_eq!(place.check(&["services/beta/catalog-info.yaml", "services/alpha"]).services(), ["alpha", "beta"]);
    assert_eq!(check_in(&place.path("services"), &["beta"]).services(), ["beta"]);
    assert_eq!(check_in(&place.path("services"), &["../services/alpha", "./beta"]).services(), ["alpha", "beta"]);
    for (path, words) in [("services/none", "is not there"), ("../outside", "lies outside of")] {
        let report = place.check(&[path]);
        assert_eq!(report.code, 2, "{path}");
        assert!(report.stderr.contains(words), "{path}: {}", report.stderr);
    }
}
