//! `adrule fix`, as somebody in a repository runs it.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod support;

use std::fs;
use std::path::Path;
use support::{Place, adrule};

/// Exit code, standard output, standard error.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let out = adrule(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

fn read(place: &Place, path: &str) -> String {
    fs::read_to_string(place.path(path)).unwrap()
}

const OLD: &str = "docs/adr/0007-use-one-queue.md";
const NEW: &str = "docs/adr/0008-use-two-queues.md";
const PLAIN: &str = "\n## Status\n\nAccepted\n\n## Decision\n\nA queue.\n";

/// Two records with what is known to the letter, beside a service without a reason.
fn place() -> Place {
    let place = Place::repository();
    place.write(OLD, format!("# 7. Use one queue\n{PLAIN}"));
    let links = "See [that](0007-use-1-queue.md) and [that](0007_use_one_queue.md).\n";
    place.write(NEW, format!("# 9. Use two queues\n{PLAIN}\nSupersedes ADR-7. {links}"));
    place
}

#[test]
fn what_is_known_to_the_letter_is_written() {
    let place = place();
    let (code, said, _) = run(&place.root, &["fix", "--all", "--diff"]);
    assert_eq!(code, 1, "{said}");
    insta::assert_snapshot!(said);
    assert!(read(&place, NEW).starts_with("# 9."), "nothing is written");
    // From a folder below, too.
    let (code, said, _) = run(&place.path("services/alpha"), &["fix", "--all"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(said);
    assert!(read(&place, NEW).ends_with("[that](0007-use-one-queue.md) and [that](0007-use-one-queue.md).\n"));
    let before = (read(&place, OLD), read(&place, NEW));
    let (code, said, _) = run(&place.root, &["fix", "--all"]);
    assert_eq!((code, said.lines().count()), (0, 1), "{said}");
    assert_eq!((read(&place, OLD), read(&place, NEW)), before);
    assert_eq!(run(&place.root, &["fix", "--all", "--diff"]), (0, String::new(), String::new()));
}

#[test]
fn git_takes_the_patch() {
    let place = place();
    place.commit("Two records");
    let (_, patch, _) = run(&place.root, &["fix", "--all", "--diff"]);
    place.write("change.patch", patch);
    place.git(&["apply", "change.patch"]);
    place.remove("change.patch");
    assert_eq!(run(&place.root, &["fix", "--all", "--diff"]).0, 0);
}

#[test]
fn a_change_is_mended_and_nothing_beside_it() {
    let place = Place::repository();
    place.write("docs/adr/0003-a.md", format!("# 4. A\n{PLAIN}"));
    place.commit("A record with a wrong number");
    place.git(&["checkout", "-q", "-b", "change"]);
    place.write("docs/adr/0005-b.md", format!("# 6. B\n{PLAIN}"));
    let (code, said, _) = run(&place.root, &["fix"]);
    assert_eq!(code, 0);
    assert!(said.contains("docs/adr/0005-b.md:1: decision-number-mismatch\n  - # 6. B\n  + # 5. B\n"), "{said}");
    assert!(read(&place, "docs/adr/0003-a.md").starts_with("# 4."));
    // By its path it is.
    run(&place.root, &["fix", "docs/adr/0003-a.md"]);
    assert!(read(&place, "docs/adr/0003-a.md").starts_with("# 3."));
}

#[test]
fn rules_are_chosen_by_name() {
    let place = place();
    let (_, said, _) = run(&place.root, &["fix", "--all", "--rule", "decision-number-mismatch"]);
    assert!(read(&place, NEW).starts_with("# 8.") && read(&place, NEW).contains("0007-use-1-queue.md"), "{said}");
    assert!(said.ends_with("Mended 1 place in 1 file.\n"), "{said}");
    let (code, _, said) = run(&place.root, &["fix", "--rule", "decision-link-broke"]);
    assert_eq!((code, said.contains("no such rule; `decision-link-broken` is one")), (2, true), "{said}");
}

#[test]
fn what_is_excused_stays_as_it_is() {
    let place = place();
    let text = read(&place, NEW);
    place.write(NEW, format!("<!-- adrule: allow decision-number-mismatch: printed so in a book -->\n{text}"));
    run(&place.root, &["fix", "--all"]);
    assert!(read(&place, NEW).contains("# 9. Use two queues"));
}

#[cfg(unix)]
#[test]
fn links_are_not_written_through_and_what_cannot_be_written_is_named() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let place = place();
    let outside = Place::new();
    outside.write("0011-c.md", format!("# 12. C\n{PLAIN}"));
    symlink(outside.path("0011-c.md"), place.path("docs/adr/0011-c.md")).unwrap();
    run(&place.root, &["fix", "--all"]);
    assert!(fs::read_to_string(outside.path("0011-c.md")).unwrap().starts_with("# 12."));
    place.write(NEW, format!("# 9. Use two queues\n{PLAIN}"));
    fs::set_permissions(place.path(NEW), fs::Permissions::from_mode(0o444)).unwrap();
    // Who may do everything may write this, too.
    if fs::OpenOptions::new().append(true).open(place.path(NEW)).is_err() {
        let (code, _, said) = run(&place.root, &["fix", "--all"]);
        assert_eq!((code, said.contains("could not be written")), (2, true), "{said}");
    }
}

#[test]
fn a_page_that_cannot_be_used_mends_nothing() {
    let place = place();
    place.write("adrule.yaml", "policy: 1\ndefalt: go\n");
    let (code, said, _) = run(&place.root, &["fix", "--all"]);
    assert_eq!((code, said.contains("defalt")), (2, true), "{said}");
    assert!(read(&place, NEW).starts_with("# 9."));
}
