//! The page's own commands, as a lead runs them: init, render, check, test and diff.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod support;

use std::fs;
use support::{PAGE, Place, adrule};

/// Exit code, standard output, standard error.
fn run(place: &Place, args: &[&str]) -> (i32, String, String) {
    let out = adrule(&place.root).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&*place.root.to_string_lossy(), "<root>");
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

#[test]
fn a_first_page_is_usable_at_once_and_never_written_over() {
    let place = Place::new();
    place.git(&["init", "-q", "-b", "main"]);
    place.service("services/alpha", "alpha", "go");
    place.service("services/beta", "beta", "go");
    let (code, said, _) = run(&place, &["init"]);
    assert_eq!((code, said.starts_with("Wrote <root>/adrule.yaml.")), (0, true), "{said}");
    let written = fs::read_to_string(place.path("adrule.yaml")).unwrap();
    assert!(written.contains("Found: Go in 2 services.") && written.contains("in: [\"services/*\"]"), "{written}");
    assert_eq!(run(&place, &["policy", "check"]).0, 0);
    assert_eq!(run(&place, &["policy", "test"]).1.lines().last(), Some("2 tests passed."));
    assert_eq!(run(&place, &["check", "--all"]).0, 0);

    place.write("adrule.yaml", "mine");
    for args in [&["init"][..], &["init", "adrule.yaml"]] {
        let (code, _, said) = run(&place, args);
        assert_eq!((code, said.contains("adrule.yaml")), (2, true), "{said}");
    }
    assert_eq!(fs::read_to_string(place.path("adrule.yaml")).unwrap(), "mine");
}

#[test]
fn the_prose_is_written_and_drift_is_told() {
    let place = Place::repository();
    assert_eq!(run(&place, &["policy", "render", "--output", "page.md"]).0, 0);
    assert_eq!(run(&place, &["policy", "render", "--check", "page.md"]).0, 0);
    place.write("adrule.yaml", PAGE.replace("latency-target, ", ""));
    let (code, _, said) = run(&place, &["policy", "render", "--check", "page.md"]);
    assert_eq!(code, 1);
    assert!(said.contains("page.md is not what the page says (first difference on line"), "{said}");
    assert!(said.contains("adrule policy render --output page.md"), "{said}");
}

#[test]
fn all_mistakes_of_a_page_are_shown_at_once() {
    let place = Place::new();
    place.write("adrule.yaml", "policy: 1\ndefualt: go\nothers: maybe\nlanguages: { rust: { requires: [] } }\n");
    for args in [&["policy", "check"][..], &["check", "--all"]] {
        let (code, said, more) = run(&place, args);
        let all = format!("{said}{more}");
        assert_eq!(code, 2, "{all}");
        assert_eq!(all.matches("error[policy-invalid]").count(), 3, "{all}");
        assert!(all.contains("adrule.yaml:2:1") && all.contains("`default`"), "{all}");
    }
}

#[test]
fn a_surprise_in_the_pages_tests_is_told_by_name() {
    let place = Place::new();
    let tests = "tests:\n  - { given: { language: rust }, expect: [] }\n  - { given: { language: go }, expect: [] }\n";
    place.write("adrule.yaml", format!("{PAGE}{tests}"));
    let (code, said, _) = run(&place, &["policy", "test"]);
    assert_eq!(code, 1);
    assert!(said.contains("FAIL") && said.contains("language-without-reason"), "{said}");
    assert!(said.ends_with("1 of 2 tests failed.\n"), "{said}");
}

#[test]
fn pages_are_compared_by_file_and_by_revision() {
    let place = Place::repository();
    place.service("services/gamma", "gamma", "python");
    place.commit("A service in Python");
    place.write("adrule.yaml", format!("{PAGE}others: refuse\n"));
    let moved = "- From now on, languages that the page does not name are no longer used; before, they needed no reason.\n\
                 - `gamma` moves from default to gap: the page does not allow it\n\
                 1 service would change standing; 2 would stay as they are now.\n";
    place.write("old.yaml", PAGE);
    for args in [&["old.yaml", "adrule.yaml"][..], &["main"], &["main:adrule.yaml"], &["HEAD", "adrule.yaml"]] {
        let (code, said, more) = run(&place, &[&["policy", "diff"], args].concat());
        assert_eq!((code, said.as_str()), (0, moved), "{args:?}: {more}");
    }
    assert_eq!(run(&place, &["policy", "diff", "main", "main"]).1.lines().next(), Some("Both pages say the same."));
    for wrong in ["mian", "main:gone.yaml", "gone.yaml", "-x"] {
        let (code, said, more) = run(&place, &["policy", "diff", "--", wrong]);
        assert_eq!((code, said.as_str()), (2, ""));
        assert!(more.contains("neither a file nor a revision that has a page"), "{more}");
    }
}

#[test]
fn nothing_to_judge_is_not_called_well() {
    let place = Place::new();
    let last = |args: &[&str]| run(&place, args).1.lines().last().unwrap_or_default().to_owned();
    let all = last(&["check", "--all", "--as-of", "2026-11-22"]);
    assert!(all.starts_with("There is no manifest of a service here, and no decision. Judged by"), "{all}");
    place.git(&["init", "-q", "-b", "main"]);
    place.write("adrule.yaml", PAGE);
    place.commit("A page");
    place.write("notes.txt", "x");
    let change = last(&["check", "--as-of", "2026-11-22"]);
    assert!(change.starts_with("This change touches no service and no decision. Judged by"), "{change}");
    let (code, _, said) = run(&place, &["check", "--as-of", "tomorrow"]);
    assert_eq!((code, said.contains("write a day as year, month and day: 2026-11-22")), (2, true), "{said}");
}
