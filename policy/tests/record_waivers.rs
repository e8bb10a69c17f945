//! Waivers on the page for rules about decisions: by path, folder, file name and number, as long as they are in force.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

use adrule_policy::check::{Input, check};
use adrule_policy::policy;
use adrule_policy::report::Report;
use adrule_policy::rule;
use adrule_policy::tree::Tree;
use jiff::civil::{Date, date};
use std::sync::Arc;

const TODAY: Date = date(2026, 11, 22);
const ODD: &str = "# 12. Use Go\n\n## Status\n\nWaiting in the hallway\n";

fn judged(of: &str, scope: &str, expires: &str) -> Report {
    let text = format!(
        "policy: 1\ndefault: go\nwaivers:\n  - {{ rule: {of}, scope: {scope}, reason: from the wiki, owner: platform-guild, \
         approved-by: platform-guild, granted: 2026-11-01, expires: {expires}, exit: read them again }}\n"
    );
    let loaded = policy::load(&Arc::from("adrule.yaml"), &text, TODAY, &rule::ids());
    let page = loaded.page.unwrap_or_else(|| panic!("{:#?}", loaded.findings));
    let tree = Tree::of([
        ("docs/adr/0012-go.md", ODD),
        ("docs/adr/old/0013-log.md", &ODD.replace("12", "13").replace("Waiting in the hallway", "Accepted")),
    ]);
    check(Input::all(&tree, &page, TODAY))
}

fn open(report: &Report) -> Vec<&str> {
    report.open().map(|finding| finding.rule.as_ref()).collect()
}

#[test]
fn a_record_is_named_by_path_folder_name_or_number() {
    for scope in ["docs/adr/0012-go.md", "docs/adr/", "docs/**", "0012-go.md", "12", "ADR-0012", "[x/y, adr-12]"] {
        let report = judged("decision-status-unknown", scope, "2027-01-31");
        assert_eq!(open(&report), [""; 0], "{scope}");
        let waived = report.findings.iter().find_map(|finding| finding.waived.as_ref()).unwrap();
        assert_eq!((waived.reason.as_str(), waived.until), ("from the wiki", date(2027, 1, 31)), "{scope}");
    }
}

#[test]
fn another_record_or_another_rule_is_not_excused() {
    for scope in ["docs/adr/0013-log.md", "13", "services/**", "go"] {
        let report = judged("decision-status-unknown", scope, "2027-01-31");
        assert!(open(&report).contains(&"decision-status-unknown"), "{scope}: {:?}", open(&report));
        assert!(open(&report).contains(&"waiver-unused"), "{scope}: {:?}", open(&report));
    }
    let report = judged("decision-date-invalid", "ADR-12", "2027-01-31");
    assert_eq!(open(&report), ["waiver-unused", "decision-status-unknown"]);
    let said: Vec<&str> = report.open().map(|finding| finding.message.as_str()).collect();
    assert!(said[0].contains("nothing is missing any more"), "{said:?}");
}

#[test]
fn a_waiver_is_in_force_until_its_last_day() {
    assert_eq!(open(&judged("decision-status-unknown", "12", "2026-11-22")), [""; 0]);
    let report = judged("decision-status-unknown", "12", "2026-11-21");
    assert!(open(&report).contains(&"decision-status-unknown"), "{:?}", open(&report));
}
