//! The list and the graph of records: what they say, that it is what the schema says, and that no title can break out.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

use adrule_policy::catalog::Catalog;
use adrule_policy::policy;
use adrule_policy::report::render::{catalog, graph};
use adrule_policy::tree::Tree;
use proptest::prelude::*;
use serde_json::Value;

const SCHEMA: &str = include_str!("../../schemas/decisions.schema.json");

fn record(title: &str, head: &str) -> String {
    format!("# {title}\n\n{head}\n\n## Context\n\nWhy.\n\n## Decision\n\nWhat.\n\n## Consequences\n\nSo.\n")
}

fn read(files: &[(&str, String)]) -> Catalog {
    let tree = Tree::of(files.iter().map(|(path, text)| (*path, text.as_str())));
    Catalog::read(&tree, &policy::built_in())
}

fn whole(catalog: &Catalog) -> Vec<usize> {
    (0..catalog.records.len()).collect()
}

/// A series with every relation, in several ways to write them, another series, and records without much.
fn several() -> Catalog {
    read(&[
        ("docs/adr/0001-record.md", record("1. Record decisions", "Date: 2026-01-01\n\n## Status\n\nAccepted")),
        (
            "docs/adr/0002-mysql.md",
            record("2. Use MySQL", "Date: 2026-01-02\n\n## Status\n\nSuperseded by [7](0007-postgresql.md)"),
        ),
        (
            "docs/adr/0003-backups.md",
            record(
                "3. Back up at night",
                "Date: 2026-01-03\n\n## Status\n\nAccepted\n\nAmended by [7](0007-postgresql.md)",
            ),
        ),
        (
            "docs/adr/0007-postgresql.md",
            record(
                "7. Use PostgreSQL",
                "Date: 2026-02-01\n\n## Status\n\nAccepted\n\nSupersedes [2](0002-mysql.md)\n\nAmends [3](0003-backups.md)",
            ),
        ),
        ("docs/adr/0008-cache.md", record("8. Cache", "## Status\n\nSuperseded by ADR-0099")),
        ("docs/adr/queue.md", record("Use one queue", "Status: waiting in the hallway")),
        (
            "docs/adr/README.md",
            "# Decisions\n\n- [1](0001-record.md)\n- [2](0002-mysql.md)\n- [3](0003-backups.md)\n".to_owned(),
        ),
        ("docs/adr/template.md", record("NUMBER. TITLE", "## Status\n\nProposed")),
        ("teams/blue/adr/0001-tabs.md", record("1. Use tabs", "Date: 2026-03-01\n\nStatus: Rejected")),
    ])
}

#[test]
fn as_a_table() {
    let all = several();
    insta::assert_snapshot!(catalog::human(&all, &whole(&all)), @"
    docs/adr
       1  accepted        2026-01-01  Record decisions
       2  superseded      2026-01-02  Use MySQL (superseded by 7)
       3  accepted        2026-01-03  Back up at night (amended by 7)
       7  accepted        2026-02-01  Use PostgreSQL (supersedes 2; amends 3)
       8  superseded      -           Cache (superseded by 99, which is not known)
       -  not understood  -           Use one queue (queue.md)

    teams/blue/adr
       1  rejected        2026-03-01  Use tabs

    7 decisions: 3 accepted, 2 superseded, 1 not understood, 1 rejected.
    ");
    insta::assert_snapshot!(catalog::human(&all, &[]), @"0 decisions.");
}

#[test]
fn as_json() {
    let all = several();
    let text = catalog::json(&all, &whole(&all));
    let (schema, document): (Value, Value) =
        (serde_json::from_str(SCHEMA).unwrap(), serde_json::from_str(&text).unwrap());
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert_eq!(faults, [""; 0]);
    assert!(!validator.is_valid(&serde_json::json!({ "version": 2, "decisions": [], "unresolved": [], "unread": [] })));
    assert_eq!(document["decisions"].as_array().unwrap().len(), 7);
    assert_eq!(document["decisions"][3]["supersedes"], serde_json::json!(["docs/adr/0002-mysql.md"]));
    assert_eq!(document["decisions"][1]["superseded_by"], serde_json::json!(["docs/adr/0007-postgresql.md"]));
    insta::assert_snapshot!(document["unresolved"], @r#"[{"path":"docs/adr/0008-cache.md","relation":"superseded-by","target":"ADR-0099","number":99}]"#);
}

#[test]
fn as_a_graph() {
    let all = several();
    insta::assert_snapshot!(graph::mermaid(&all, false), @r#"
    flowchart LR
      d1["2 – Use MySQL<br/>superseded, 2026-01-02"]:::past
      d2["3 – Back up at night<br/>accepted, 2026-01-03"]
      d3["7 – Use PostgreSQL<br/>accepted, 2026-02-01"]
      d3 -->|supersedes| d1
      d3 -.->|amends| d2
      classDef past stroke-dasharray: 4 4
    "#);
    insta::assert_snapshot!(graph::mermaid(&all, true), @r#"
    flowchart LR
      subgraph g0["docs/adr"]
        d0["1 – Record decisions<br/>accepted, 2026-01-01"]
        d1["2 – Use MySQL<br/>superseded, 2026-01-02"]:::past
        d2["3 – Back up at night<br/>accepted, 2026-01-03"]
        d3["7 – Use PostgreSQL<br/>accepted, 2026-02-01"]
        d4["8 – Cache<br/>superseded"]:::past
        d5["Use one queue<br/>status not understood"]
      end
      subgraph g1["teams/blue/adr"]
        d6["1 – Use tabs<br/>rejected, 2026-03-01"]:::past
      end
      d3 -->|supersedes| d1
      d3 -.->|amends| d2
      classDef past stroke-dasharray: 4 4
    "#);
    insta::assert_snapshot!(graph::dot(&all, false), @r#"
    digraph decisions {
      rankdir=LR;
      node [shape=box];
      d1 [label="2 – Use MySQL\nsuperseded, 2026-01-02", tooltip="docs/adr/0002-mysql.md", style=dashed];
      d2 [label="3 – Back up at night\naccepted, 2026-01-03", tooltip="docs/adr/0003-backups.md"];
      d3 [label="7 – Use PostgreSQL\naccepted, 2026-02-01", tooltip="docs/adr/0007-postgresql.md"];
      d3 -> d1 [label="supersedes"];
      d3 -> d2 [label="amends", style=dashed];
    }
    "#);
    insta::assert_snapshot!(graph::dot(&all, true), @r#"
    digraph decisions {
      rankdir=LR;
      node [shape=box];
      subgraph cluster_0 {
        label="docs/adr";
        d0 [label="1 – Record decisions\naccepted, 2026-01-01", tooltip="docs/adr/0001-record.md"];
        d1 [label="2 – Use MySQL\nsuperseded, 2026-01-02", tooltip="docs/adr/0002-mysql.md", style=dashed];
        d2 [label="3 – Back up at night\naccepted, 2026-01-03", tooltip="docs/adr/0003-backups.md"];
        d3 [label="7 – Use PostgreSQL\naccepted, 2026-02-01", tooltip="docs/adr/0007-postgresql.md"];
        d4 [label="8 – Cache\nsuperseded", tooltip="docs/adr/0008-cache.md", style=dashed];
        d5 [label="Use one queue\nstatus not understood", tooltip="docs/adr/queue.md"];
      }
      subgraph cluster_1 {
        label="teams/blue/adr";
        d6 [label="1 – Use tabs\nrejected, 2026-03-01", tooltip="teams/blue/adr/0001-tabs.md", style=dashed];
      }
      d3 -> d1 [label="supersedes"];
      d3 -> d2 [label="amends", style=dashed];
    }
    "#);
}

#[test]
fn said_by_one_or_by_both_it_is_one_relation() {
    let old = |head: &str| ("docs/adr/0001-old.md", record("1. Old", head));
    let new = |head: &str| ("docs/adr/0002-new.md", record("2. New", head));
    let (plain, by, replaces) = (
        "Status: accepted",
        "Status: superseded by [2](0002-new.md)",
        "Status: accepted\n\nSupersedes: [1](0001-old.md)",
    );
    for (one, other, expected) in [(by, plain, 1), (plain, replaces, 1), (by, replaces, 1), (plain, plain, 0)] {
        let all = read(&[old(one), new(other)]);
        assert_eq!(all.relations.len(), expected, "{one} / {other}");
        assert!(all.relations.iter().all(|(from, _, to)| (*from, *to) == (1, 0)), "{:?}", all.relations);
    }
}

/// Titles that mean something to Mermaid, Graphviz, HTML or a terminal.
const HOSTILE: &[&str] = &[
    "\"]; click d0 \"javascript:alert(1)\"; d9[\"x",
    "%%{init: {'theme': 'forest'}}%% and style x: #fff;",
    "<script>alert(1)</script> & <img src=x onerror=y>",
    "`markdown **string**` #quot; #35;",
    "end subgraph } \\\" \\N \\l \\\\",
    "a\u{202E}b\u{1b}[31m --> c | d",
    "日本語の題 – Größe ñ",
];

#[test]
fn hostile_titles_stay_titles() {
    let files: Vec<(String, String)> = HOSTILE
        .iter()
        .enumerate()
        .map(|(at, title)| {
            (
                format!("docs/adr/{:04}-x.md", at + 1),
                record(&format!("{}. x", at + 1), "").replacen(". x", &format!(". {title}"), 1),
            )
        })
        .collect();
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let all = read(&files);
    insta::assert_snapshot!(graph::mermaid(&all, true), @r#"
    flowchart LR
      d0["1 – #34;#93;#59; click d0 #34;javascript#58;alert(1)#34;#59; d9#91;#34;x<br/>no status"]
      d1["2 – #37;#37;#123;init#58; #123;#39;theme#39;#58; #39;forest#39;#125;#125;#37;#37; and style x#58; #35;fff#59;<br/>no status"]
      d2["3 – alert(1) #38;<br/>no status"]
      d3["4 – markdown #42;#42;string#42;#42; #35;quot#59; #35;35#59;<br/>no status"]
      d4["5 – end subgraph #125; #34; #92;N #92;l #92;<br/>no status"]
      d5["6 – a#92;u#123;202e#125;b#92;u#123;1b#125;#91;31m --#62; c #124; d<br/>no status"]
      d6["7 – 日本語の題 – Größe ñ<br/>no status"]
    "#);
    insta::assert_snapshot!(graph::dot(&all, true), @r#"
    digraph decisions {
      rankdir=LR;
      node [shape=box];
      d0 [label="1 – \"]; click d0 \"javascript:alert(1)\"; d9[\"x\nno status", tooltip="docs/adr/0001-x.md"];
      d1 [label="2 – %%{init: {'theme': 'forest'}}%% and style x: #fff;\nno status", tooltip="docs/adr/0002-x.md"];
      d2 [label="3 – alert(1) &amp;\nno status", tooltip="docs/adr/0003-x.md"];
      d3 [label="4 – markdown **string** #quot; #35;\nno status", tooltip="docs/adr/0004-x.md"];
      d4 [label="5 – end subgraph } \" \\N \\l \\\nno status", tooltip="docs/adr/0005-x.md"];
      d5 [label="6 – a\\u{202e}b\\u{1b}[31m --> c | d\nno status", tooltip="docs/adr/0006-x.md"];
      d6 [label="7 – 日本語の題 – Größe ñ\nno status", tooltip="docs/adr/0007-x.md"];
    }
    "#);
    insta::assert_snapshot!(catalog::human(&all, &whole(&all)), @r#"
    docs/adr
       1  no status  -           "]; click d0 "javascript:alert(1)"; d9["x
       2  no status  -           %%{init: {'theme': 'forest'}}%% and style x: #fff;
       3  no status  -           alert(1) &
       4  no status  -           markdown **string** #quot; #35;
       5  no status  -           end subgraph } " \N \l \
       6  no status  -           a\u{202e}b\u{1b}[31m --> c | d
       7  no status  -           日本語の題 – Größe ñ

    7 decisions: 7 no status.
    "#);
}

/// Whether a line of a flowchart is a node with one label, and nothing more.
fn is_mermaid_node(line: &str) -> bool {
    let line = line.trim_start().strip_suffix(":::past").unwrap_or(line.trim_start());
    let Some((id, rest)) = line.split_once("[\"") else { return false };
    let Some(label) = rest.strip_suffix("\"]") else { return false };
    let label = label.replacen("<br/>", "", 1);
    let mut left = label.as_str();
    while let Some(at) = left.find('#') {
        let Some(end) = left[at..].find(';') else { return false };
        if end == 1 || !left[at + 1..at + end].bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        left = &left[at + end + 1..];
    }
    let is_digits = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    id.strip_prefix('d').is_some_and(is_digits)
        && !label.contains(['"', '<', '>', '&', '%', '{', '}', '`', ':', '|', '[', ']', '\\'])
}

/// Whether a line of a graph is a node whose quotes close where they should.
fn is_dot_node(line: &str) -> bool {
    let Some((_, rest)) = line.split_once(" [label=\"") else { return false };
    let mut closed = Vec::new();
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'\\' if !escaped => escaped = true,
            b'"' if !escaped => closed.push(at),
            _ => escaped = false,
        }
    }
    // Label closed, tooltip opened and closed.
    let [end, open, close] = closed.as_slice() else { return false };
    rest[*end..].starts_with("\", tooltip=\"") && *open == end + 11 && rest[*close..].starts_with(['"'])
}

proptest! {
    #[test]
    fn no_title_leaves_its_label(title in "(\\PC|[\"\\\\%#;<>{}|\\[\\]`]){1,60}") {
        let all = read(&[("docs/adr/0001-x.md", record(&format!("1. {title}"), "Status: accepted"))]);
        prop_assert_eq!(all.records.len(), 1);
        let mermaid = graph::mermaid(&all, true);
        prop_assert_eq!(mermaid.lines().count(), 2, "{}", mermaid);
        prop_assert!(is_mermaid_node(mermaid.lines().nth(1).unwrap()), "{}", mermaid);
        let dot = graph::dot(&all, true);
        prop_assert_eq!(dot.lines().count(), 5, "{}", dot);
        prop_assert!(is_dot_node(dot.lines().nth(3).unwrap()), "{}", dot);
    }
}
