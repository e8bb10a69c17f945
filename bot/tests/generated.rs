//! What is made from the code is as it would be made today. `ADRULE_BLESS=1 cargo test -p adrule --test generated` makes
//! it anew.
#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

use adrule_policy::report::words;
use adrule_policy::rule::{RULES, Rule};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// Compares files with what they should be, or writes them; what lies in `folder` beside them is stale.
fn compare(folder: &Path, wanted: &BTreeMap<String, String>, is_whole: bool) {
    let bless = std::env::var_os("ADRULE_BLESS").is_some();
    let mut wrong: Vec<String> = Vec::new();
    for (name, text) in wanted {
        let path = folder.join(name);
        if std::fs::read_to_string(&path).is_ok_and(|there| there == *text) {
            continue;
        }
        if bless {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(path, text).unwrap();
        } else {
            wrong.push(format!("{name} differs"));
        }
    }
    let there = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    for name in there.filter(|name| is_whole && !wanted.contains_key(name)) {
        if bless {
            std::fs::remove_file(folder.join(name)).unwrap();
        } else {
            wrong.push(format!("{name} is nobody's"));
        }
    }
    assert!(wrong.is_empty(), "{}: {}; ADRULE_BLESS=1 mends it", folder.display(), wrong.join(", "));
}

/// A manual page as the book shows it: its examples say in words whether they fire.
fn page(rule: &Rule) -> String {
    let mut text = String::new();
    for (at, line) in rule.page.trim_end().lines().enumerate() {
        let _ = match line.trim_start_matches('`') {
            "fires" => writeln!(text, "*This fires:*\n\n{}text", line.trim_end_matches("fires")),
            "passes" => writeln!(text, "*This passes:*\n\n{}text", line.trim_end_matches("passes")),
            _ => writeln!(text, "{line}"),
        };
        // The title only: an example has headings too.
        if at == 0 {
            let _ = writeln!(text, "\n*{}*", rule.weight());
        }
    }
    text
}

fn table() -> String {
    let mut text = String::from(
        "# Rules\n\nEvery finding names its rule, and `adrule explain RULE` prints the rule's page in the terminal. A weight can be \
         changed on [the page](../page.md#rules-of-your-own): `rules: [{ id: language-reason-weak, severity: error }]`, or `off`. \
         A rule that is `off` here is turned on by a weight on the page, or by `adrule check --strict`. \
         Every example on these pages is executed by the tests.\n\n| rule | weight | what it finds |\n| --- | --- | --- |\n",
    );
    for rule in RULES {
        let summary = rule.summary().split_whitespace().collect::<Vec<_>>().join(" ");
        let weight = if rule.strict { "off" } else { words::severity(rule.severity) };
        let _ = writeln!(text, "| [{id}]({id}.md) | {weight} | {summary} |", id = rule.id);
    }
    text
}

#[test]
fn the_book_has_a_page_for_every_rule() {
    let mut wanted: BTreeMap<String, String> =
        RULES.iter().map(|rule| (format!("{}.md", rule.id), page(rule))).collect();
    wanted.insert("README.md".to_owned(), table());
    compare(&docs().join("rules"), &wanted, true);
}

#[test]
fn the_summary_lists_every_rule() {
    let there = std::fs::read_to_string(docs().join("SUMMARY.md")).unwrap();
    let mut wanted = String::new();
    for line in there.lines().filter(|line| !line.starts_with("  - [") || !line.contains("](rules/")) {
        let _ = writeln!(wanted, "{line}");
        if line.contains("](rules/README.md)") {
            for rule in RULES {
                let _ = writeln!(wanted, "  - [{id}](rules/{id}.md)", id = rule.id);
            }
        }
    }
    compare(&docs(), &BTreeMap::from([("SUMMARY.md".to_owned(), wanted)]), false);
}

#[test]
fn the_book_names_every_output_format() {
    let book = std::fs::read_to_string(docs().join("command-line.md")).unwrap();
    for output in adrule_policy::report::render::OUTPUTS {
        let row = format!("| `{}` | {} |\n", output.name, output.about);
        assert!(book.contains(&row), "docs/command-line.md lacks: {row}");
    }
}
