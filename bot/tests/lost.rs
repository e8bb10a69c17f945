//! A change that takes the reason of a service away that was there before.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod support;

use std::fs;
use support::{Place, manifest};

const NONE: [&str; 0] = [];

const IN_RUST: &str = "# 3. Rust where money is\n\n## Status\n\nAccepted\n\n## Decision\n\nFor [billing](../../services/billing).\n\n**Memory budget:** 128 MB\n";
const BUDGET: &str = "**Memory budget:** 128 MB\n";
const LOST: &str = "before this change: memory budget 128 MB (docs/adr/0003-money.md:11)";

/// A repository in which a decision states why `billing` is in Rust, on a new branch.
fn with_a_reason(services: usize) -> Place {
    let place = Place::repository();
    place.service("services/billing", "billing", "rust");
    place.write("docs/adr/0003-money.md", IN_RUST);
    for at in 0..services {
        place.service(&format!("many/s{at}"), &format!("s{at}"), "go");
    }
    place.commit("Billing");
    place.git(&["checkout", "-q", "-b", "change"]);
    place
}

/// The findings and the notes of a report.
fn found(report: &support::Report) -> (Vec<String>, String) {
    (
        report.findings(),
        report.json["findings"].as_array().unwrap().iter().map(|one| one["notes"].to_string()).collect(),
    )
}

#[test]
fn a_reason_that_a_change_takes_away_is_asked_for_again() {
    let annotated =
        manifest("billing", "rust").replace("adrule/language", "adrule/memory-budget: 128 MB\n    adrule/language");
    let place = Place::repository();
    place.write("services/billing/catalog-info.yaml", &annotated);
    place.commit("Billing");
    place.git(&["checkout", "-q", "-b", "change"]);
    place.service("services/billing", "billing", "rust");
    place.commit("Without its budget");
    let (findings, notes) = found(&place.check(&[]));
    assert_eq!(findings, ["language-without-reason billing"]);
    let note = "before this change: memory budget 128 MB (services/billing/catalog-info.yaml:6)";
    assert!(notes.contains(note), "{notes}");
    // The gap is that of the base from now on.
    place.git(&["branch", "-f", "main", "change"]);
    place.write("services/billing/src/main.rs", "fn main() {}\n");
    place.commit("Code");
    let report = place.check(&[]);
    assert_eq!((report.services(), report.findings()), (vec!["billing".to_owned()], vec![]));
}

#[test]
fn a_decision_takes_its_reason_along_however_the_change_is_looked_at() {
    // In a repository of many manifests, those that the decision names are read.
    for services in [0, 1_001] {
        let place = with_a_reason(services);
        let before = Place::new();
        for path in [
            "adrule.yaml",
            "services/alpha/catalog-info.yaml",
            "services/beta/catalog-info.yaml",
            "services/billing/catalog-info.yaml",
        ] {
            before.write(path, fs::read(place.path(path)).unwrap());
        }
        before.write("docs/adr/0003-money.md", IN_RUST);
        for at in 0..services {
            before.service(&format!("many/s{at}"), &format!("s{at}"), "go");
        }
        let before = before.root.to_str().unwrap().to_owned();
        assert_eq!(place.check(&[]).services(), NONE);
        place.write("docs/adr/0003-money.md", IN_RUST.replace(BUDGET, ""));
        let unstaged = place.check(&[]);
        assert_eq!(unstaged.services(), ["billing"]);
        let (findings, notes) = found(&unstaged);
        assert!(findings.contains(&"language-without-reason billing".to_owned()), "{findings:?}");
        assert!(notes.contains(LOST), "{notes}");
        place.git(&["add", "-A"]);
        for args in [&["--staged"][..], &["--base", &before], &[]] {
            assert_eq!(found(&place.check(args)), (findings.clone(), notes.clone()), "{args:?}");
        }
        place.commit("Without its budget");
        assert_eq!(found(&place.check(&[])), (findings.clone(), notes.clone()));
        // Without the decision altogether.
        place.git(&["rm", "-q", "docs/adr/0003-money.md"]);
        for args in [&[][..], &["--base", &before]] {
            let (findings, notes) = found(&place.check(args));
            assert!(findings.contains(&"language-without-reason billing".to_owned()), "{args:?}: {findings:?}");
            assert!(notes.contains(LOST), "{args:?}: {notes}");
        }
    }
}

#[test]
fn a_decision_that_moves_or_is_replaced_leaves_the_reason_where_it_is() {
    let place = with_a_reason(0);
    place.git(&["mv", "docs/adr/0003-money.md", "docs/adr/0003-billing.md"]);
    let report = place.check(&[]);
    assert_eq!(report.services(), ["billing"], "it is looked at");
    assert!(!report.findings().iter().any(|finding| finding.contains("billing") && finding.contains("language")));
    let standing = &report.json["services"][0];
    assert_eq!(standing["standing"], "reason", "{standing}");
    let place = with_a_reason(0);
    let superseded = IN_RUST.replace("Accepted", "Superseded by [4](0004-money-again.md)");
    place.write("docs/adr/0003-money.md", superseded);
    let again = IN_RUST.replace("# 3.", "# 4.").replace("Accepted", "Accepted\n\nSupersedes [3](0003-money.md)");
    place.write("docs/adr/0004-money-again.md", again.replace("128 MB", "200 MB"));
    let of_languages = |report: &support::Report| {
        report.findings().into_iter().filter(|one| one.starts_with("lang")).collect::<Vec<_>>()
    };
    assert_eq!(of_languages(&place.check(&[])), NONE);
    place.write("docs/adr/0004-money-again.md", again.replace(BUDGET, ""));
    assert_eq!(of_languages(&place.check(&[])), ["language-without-reason billing"]);
}
