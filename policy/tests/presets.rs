//! The presets: a record in the form of its template has nothing wrong with it, and each thing that the template asks
//! for is missed when it is gone.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

use adrule_policy::check::{Input, check};
use adrule_policy::policy;
use adrule_policy::rule;
use adrule_policy::tree::Tree;
use jiff::civil::date;
use std::sync::Arc;

const NYGARD: &str = include_str!("fixtures/presets/nygard.md");
const MADR: &str = include_str!("fixtures/presets/madr.md");
const STRUCTURED: &str = include_str!("fixtures/presets/structured-madr.md");
const LOG: &str = "fixtures/presets";

/// The rules that fire for one record under a preset, each once.
fn fired(preset: &str, name: &str, record: &str) -> Vec<String> {
    let text = format!("policy: 1\ndefault: go\nextends: [adrule:{preset}]\n");
    let today = date(2026, 11, 22);
    let loaded = policy::load(&Arc::from("adrule.yaml"), &text, today, &rule::ids());
    let page = loaded.page.unwrap_or_else(|| panic!("{:#?}", loaded.findings));
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    let path = format!("docs/adr/{name}");
    // What the related record says is not judged here.
    let other = format!("docs/adr/0003-one-log.md.{LOG}");
    let tree = Tree::of([(path.as_str(), record), (other.as_str(), ""), ("docs/adr/0003-one-log.md", "")]);
    let report = check(Input::all(&tree, &page, today));
    let here = report.open().filter(|finding| finding.subject == path);
    let mut rules: Vec<String> = here.map(|finding| finding.rule.to_string()).collect();
    rules.sort();
    rules.dedup();
    rules
}

/// What fires where a piece of the record is another.
fn changed(preset: &str, record: &str, changes: &[(&str, &str, &[&str])]) {
    assert_eq!(fired(preset, "0007-one-queue.md", record), [""; 0], "{preset}: the template itself");
    for (old, new, expected) in changes {
        assert!(record.contains(old), "{preset}: {old:?} is not in the record");
        let record = record.replacen(old, new, 1);
        assert_eq!(fired(preset, "0007-one-queue.md", &record), *expected, "{preset}: {old:?} to {new:?}");
    }
}

#[test]
fn nygard() {
    let context = NYGARD.split("## Context").nth(1).unwrap().split("## Decision").next().unwrap();
    changed(
        "nygard",
        NYGARD,
        &[
            ("# 7. Use one queue for all teams\n", "", &["decision-title-missing"]),
            ("# 7. Use", "# 8. Use", &["decision-number-mismatch"]),
            ("Date: 2026-10-30\n", "", &["decision-date-missing"]),
            ("2026-10-30", "2026-13-30", &["decision-date-invalid"]),
            ("## Status\n\nAccepted\n", "", &["decision-section-missing", "decision-status-missing"]),
            ("## Status\n\nAccepted", "Status: Accepted", &["decision-section-missing"]),
            ("Accepted", "Draft", &["decision-status-refused"]),
            ("Accepted", "Waiting in the hallway", &["decision-status-unknown"]),
            ("Accepted", "Superseded", &["decision-successor-missing"]),
            ("## Context", "## Something", &["decision-section-missing"]),
            (context, "\n\n", &["decision-section-empty"]),
            ("One team has to run it", "TBD\n\nOne team has to run it", &["decision-placeholder"]),
        ],
    );
    assert_eq!(fired("nygard", "one-queue.md", NYGARD), ["decision-file-name"]);
    assert_eq!(fired("nygard", "7-one-queue.md", NYGARD), ["decision-file-name"]);
}

#[test]
fn madr() {
    let options = "* A queue for each team\n* Files in a bucket\n";
    let reason = ", because it is the only one that somebody can watch";
    let detail = MADR.split("### Consequences").nth(1).unwrap();
    assert_eq!(
        fired("madr", "0007-one-queue.md", MADR.split("---\n").nth(2).unwrap()),
        [""; 0],
        "front matter is optional"
    );
    changed(
        "madr",
        MADR,
        &[
            ("# Use one queue for all teams\n", "", &["decision-title-missing"]),
            ("## Context and Problem Statement", "## Weather", &["decision-section-missing"]),
            ("## Considered Options", "## Weather", &["decision-section-missing"]),
            ("## Decision Outcome", "## Weather", &["decision-section-missing"]),
            (options, "", &["decision-options-few"]),
            ("\"One queue for all teams\"", "\"Carrier pigeons\"", &["decision-option-unknown"]),
            (
                &format!("\"One queue for all teams\"{reason}"),
                "\"{title of option 1}\", because it is best",
                &["decision-placeholder"],
            ),
            (
                &format!("Chosen option: \"One queue for all teams\"{reason}."),
                "Things will be better.",
                &["decision-choice-missing"],
            ),
            ("status: accepted", "status: draft", &["decision-status-refused"]),
            ("status: accepted", "status: \"{proposed | accepted}\"", &["decision-status-unknown"]),
            ("date: 2026-10-30", "date: 2026-02-30", &["decision-date-invalid"]),
        ],
    );
    let bare = MADR.replace(reason, "").replace(detail, "\n").replace("### Consequences", "");
    let bare = bare.replace(
        "## Decision Drivers\n\n* Somebody has to watch it\n* A new service should need nothing of its own\n",
        "",
    );
    assert_eq!(fired("madr", "0007-one-queue.md", &bare), ["decision-without-rationale"]);
    assert_eq!(fired("madr", "one-queue.md", MADR), ["decision-file-name"]);
}

#[test]
fn structured_madr() {
    let front = STRUCTURED.split("---\n").nth(1).unwrap();
    changed(
        "structured-madr",
        STRUCTURED,
        &[
            ("author: platform-guild\n", "", &["decision-front-matter-invalid"]),
            (front, "status: accepted\n", &["decision-front-matter-invalid"]),
            ("updated: 2026-10-30", "updated: 2026-10-01", &["decision-front-matter-invalid"]),
            ("created: 2026-10-28", "created: last week", &["decision-front-matter-invalid"]),
            ("title: \"Use one queue", "title: \"Use two queues", &["decision-title-mismatch"]),
            ("## Audit", "## Weather", &["decision-section-missing"]),
            ("## Links", "## Weather", &["decision-section-missing"]),
            ("## Related Decisions", "## Weather", &["decision-section-missing"]),
            ("## Status\n\nAccepted", "## Status\n\nDeprecated", &["decision-status-twice"]),
            ("status: accepted", "status: rejected", &["decision-status-twice"]),
            ("# ADR-0007", "# ADR-0008", &["decision-number-mismatch"]),
        ],
    );
    let rejected = STRUCTURED.replace("status: accepted", "status: rejected").replace("\nAccepted", "\nRejected");
    assert_eq!(fired("structured-madr", "0007-one-queue.md", &rejected), ["decision-status-refused"]);
    assert_eq!(fired("structured-madr", "adr_0007-one-queue.md", STRUCTURED), [""; 0]);
}

#[test]
fn a_page_may_ask_for_less() {
    let today = date(2026, 11, 22);
    let text = "policy: 1\ndefault: go\nextends: [adrule:nygard]\ndecisions: { sections: [Context, Decision], \
                status-words: { on hold: draft }, statuses: [draft] }\nrules:\n  - { id: decision-date-missing, severity: off }\n";
    let page = policy::load(&Arc::from("adrule.yaml"), text, today, &rule::ids()).page.unwrap();
    let record =
        "# 7. Use one queue\n\nStatus: On hold.\n\n## Kontext\n\nEach has one.\n\n## Entscheidung\n\nWe run one.\n";
    let tree = Tree::of([("docs/adr/0007-queue.md", record)]);
    let report = check(Input::all(&tree, &page, today));
    let open: Vec<_> = report.open().map(|finding| (&finding.rule, &finding.message)).collect();
    assert!(open.is_empty(), "{open:?}");
}
