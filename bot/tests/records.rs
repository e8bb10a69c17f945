//! `adrule list` and `adrule graph`, as somebody in a repository runs them.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod support;

use std::path::Path;
use support::{Place, adrule};

fn record(title: &str, status: &str) -> String {
    format!("# {title}\n\nDate: 2026-11-01\n\n## Status\n\n{status}\n\n## Context\n\nWhy.\n\n## Decision\n\nWhat.\n")
}

/// Exit code, standard output, standard error.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let out = adrule(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

fn place() -> Place {
    let place = Place::repository();
    place.write("docs/adr/0001-mysql.md", record("1. Use MySQL", "Superseded by [2](0002-postgresql.md)"));
    place.write("docs/adr/0002-postgresql.md", record("2. Use PostgreSQL", "Accepted"));
    place
}

#[test]
fn the_list_from_a_folder_below_and_by_status() {
    let place = place();
    let (code, said, _) = run(&place.path("services/alpha"), &["list"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(said, @"
    docs/adr
       1  superseded  2026-11-01  Use MySQL (superseded by 2)
       2  accepted    2026-11-01  Use PostgreSQL (supersedes 1)

    2 decisions: 1 accepted, 1 superseded.
    ");
    let (_, said, _) = run(&place.root, &["list", "--status", "accepted", "--status", "proposed"]);
    assert!(said.contains("Use PostgreSQL (supersedes 1)") && !said.contains("Use MySQL"), "{said}");
    let (_, said, _) = run(&place.root, &["list", "--status", "accepted", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(document["decisions"][0]["supersedes"][0], "docs/adr/0001-mysql.md");
    let (code, _, said) = run(&place.root, &["list", "--status", "done"]);
    assert_eq!((code, said.contains("one of draft, proposed, accepted")), (2, true), "{said}");
}

#[test]
fn the_page_says_where_decisions_are() {
    let place = place();
    place.write("adrule.yaml", format!("{}decisions: {{ in: [choices] }}\n", support::PAGE));
    place.write("choices/use-go.md", record("Use Go", "Accepted"));
    let (_, said, _) = run(&place.root, &["list"]);
    assert!(said.contains("Use Go (use-go.md)") && !said.contains("MySQL"), "{said}");
    place.write("adrule.yaml", "policy: 1\ndefalt: go\n");
    assert_eq!(run(&place.root, &["list"]).0, 2);
}

#[test]
fn the_graph_in_both_languages() {
    let place = place();
    let (code, mermaid, _) = run(&place.root, &["graph"]);
    assert_eq!((code, mermaid.contains("d1 -->|supersedes| d0")), (0, true), "{mermaid}");
    let (_, dot, _) = run(&place.root, &["graph", "--format", "dot"]);
    assert!(dot.contains("d1 -> d0 [label=\"supersedes\"];"), "{dot}");
    // Nothing to draw is said, and no error.
    place.remove("docs/adr/0001-mysql.md");
    let (code, graph, said) = run(&place.root, &["graph"]);
    assert_eq!((code, graph.as_str()), (0, "flowchart LR\n"));
    assert!(said.contains("No decision names another one; with --all, each is drawn alone."), "{said}");
    assert!(run(&place.root, &["graph", "--all"]).1.contains("2 – Use PostgreSQL"));
}
