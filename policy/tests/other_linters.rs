//! What `docs/linters.md` claims: each rule that it names is one of ours, and fires for what the other linter looks for.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

use adrule_policy::check::{Input, check};
use adrule_policy::policy;
use adrule_policy::rule;
use adrule_policy::tree::Tree;
use jiff::civil::date;
use std::collections::BTreeSet;
use std::sync::Arc;

const TABLE: &str = include_str!("../../docs/linters.md");
const GOOD: &str = "# 7. Use one queue\n\nDate: 2026-10-30\n\nDeciders: platform\n\n## Status\n\nAccepted\n\n## Context\n\nEach team runs its own queue.\n\n## Decision\n\nOne queue for all, because one team can watch it.\n\n## Consequences\n\nOne team has to run it, and the others wait for it.\n";
const MADR: &str = "---\nstatus: accepted\ndate: 2026-10-30\ndecision-makers: platform\n---\n# Use one queue\n\n## Context and Problem Statement\n\nEach team runs its own queue.\n\n## Considered Options\n\n* One queue for all\n* A queue for each team\n\n## Decision Outcome\n\nChosen option: \"One queue for all\", because one team can watch it.\n\n### Consequences\n\n* Good, because one team can watch it\n* Bad, because all wait for one\n";
const YAML: &str = "adr:\n  id: ADR-0007\n  title: One queue\n  status: accepted\n  created_at: \"2026-10-01T09:00:00Z\"\n  last_modified: \"2026-10-30T09:00:00Z\"\nauthors:\n  - name: Ada\ndecision_owner:\n  name: Grace\ncontext:\n  summary: Each team runs its own queue.\nalternatives:\n  - name: One queue for all\n  - name: A queue for each team\ndecision:\n  chosen_alternative: One queue for all\n  rationale: One team can watch it.\n  decision_date: \"2026-10-30\"\nlifecycle:\n  supersedes: []\n  superseded_by: null\n";

/// The rules that fire for these files, judged strictly.
fn fired(page: &str, files: &[(String, String)]) -> BTreeSet<String> {
    let today = date(2026, 11, 22);
    let text = format!("policy: 1\nextends: [adrule:default]\n{page}");
    let loaded = policy::load(&Arc::from("adrule.yaml"), &text, today, &rule::ids());
    let page = loaded.page.unwrap_or_else(|| panic!("{:#?}", loaded.findings));
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    let tree = Tree::of(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let mut input = Input::all(&tree, &page, today);
    input.strict = true;
    check(input).open().map(|finding| finding.rule.to_string()).collect()
}

/// One claim: whose rule, ours for it, what a page asks for, and what is changed in a record that is well.
struct Claim {
    theirs: &'static str,
    ours: &'static str,
    page: &'static str,
    file: &'static str,
    record: &'static str,
    change: (&'static str, &'static str),
}

const fn claim(theirs: &'static str, ours: &'static str, change: (&'static str, &'static str)) -> Claim {
    Claim { theirs, ours, page: "", file: "docs/adr/0007-one-queue.md", record: GOOD, change }
}

const fn madr(theirs: &'static str, ours: &'static str, change: (&'static str, &'static str)) -> Claim {
    Claim { record: MADR, ..claim(theirs, ours, change) }
}

const fn yaml(theirs: &'static str, ours: &'static str, change: (&'static str, &'static str)) -> Claim {
    Claim { record: YAML, file: "docs/adr/ADR-0007-one-queue.yaml", ..claim(theirs, ours, change) }
}

const fn asked(page: &'static str, claim: Claim) -> Claim {
    Claim { page, ..claim }
}

const NYGARD: &str = "decisions: { sections: [context, decision, consequences] }\n";
const OPTIONS: &str = "decisions: { sections: [problem, options, outcome] }\n";
const STATUSES: &str = "decisions: { statuses: [accepted, rejected, superseded] }\n";
const KEYS: &str = "decisions: { front-matter: [status, date, supersedes] }\n";
const NAMES: &str = "decisions: { file-name: '[0-9][0-9][0-9][0-9]-*.md' }\n";

const CLAIMS: &[Claim] = &[
    claim("mdbook-lint ADR001", "decision-title-missing", ("# 7. Use one queue\n", "")),
    claim("mdbook-lint ADR001", "decision-number-mismatch", ("# 7.", "# 8.")),
    claim("mdbook-lint ADR002", "decision-status-missing", ("## Status\n\nAccepted\n", "")),
    claim("mdbook-lint ADR003", "decision-date-missing", ("Date: 2026-10-30\n", "")),
    asked(NYGARD, claim("mdbook-lint ADR004", "decision-section-missing", ("## Context", "## Weather"))),
    asked(NYGARD, claim("mdbook-lint ADR005", "decision-section-missing", ("## Decision", "## Weather"))),
    asked(NYGARD, claim("mdbook-lint ADR006", "decision-section-missing", ("## Consequences", "## Weather"))),
    claim("mdbook-lint ADR007", "decision-status-unknown", ("Accepted", "In the hallway")),
    asked(STATUSES, claim("mdbook-lint ADR007", "decision-status-refused", ("Accepted", "Proposed"))),
    claim("mdbook-lint ADR008", "decision-date-invalid", ("2026-10-30", "03/04/2026")),
    claim("mdbook-lint ADR010", "decision-successor-missing", ("Accepted", "Superseded")),
    claim("mdbook-lint ADR013", "decision-link-broken", ("queue for all", "queue for [all](0003-all.md)")),
    claim("mdbook-lint ADR014", "decision-section-empty", ("Each team runs its own queue.\n", "")),
    claim("mdbook-lint ADR014", "decision-placeholder", ("Each team runs its own queue.", "TODO")),
    madr("mdbook-lint ADR016", "decision-options-few", ("* A queue for each team\n", "")),
    madr(
        "mdbook-lint ADR017",
        "decision-consequences-one-sided",
        ("* Bad, because all wait for one", "* Good, because it is cheap"),
    ),
    madr("mdbook-lint parse error", "file-unreadable", ("status: accepted", "status: \"accepted")),
    asked(OPTIONS, madr("adrlint MADR01", "decision-section-missing", ("## Considered Options", "## Weather"))),
    madr("adrlint MADR02", "decision-section-empty", ("Each team runs its own queue.\n", "")),
    madr(
        "adrlint MADR03",
        "decision-choice-missing",
        ("Chosen option: \"One queue for all\", because one team can watch it.", "It was settled."),
    ),
    madr("adrlint MADR03", "decision-option-unknown", ("\"One queue for all\"", "\"Managed streaming\"")),
    madr(
        "adrlint MADR04",
        "decision-without-rationale",
        (
            ", because one team can watch it.\n\n### Consequences\n\n* Good, because one team can watch it\n* Bad, because all wait for one\n",
            ".\n",
        ),
    ),
    claim("adrlint MADR05", "decision-title-several", ("## Context", "# Another title\n\nText.\n\n## Context")),
    madr(
        "adrlint MADR08",
        "decision-sections-order",
        (
            "## Context and Problem Statement\n\nEach team runs its own queue.\n\n## Considered Options\n\n* One queue for all\n* A queue for each team\n\n## Decision Outcome\n\nChosen option: \"One queue for all\", because one team can watch it.\n",
            "## Decision Outcome\n\nChosen option: \"One queue for all\", because one team can watch it.\n\n## Considered Options\n\n* One queue for all\n* A queue for each team\n\n## Context and Problem Statement\n\nEach team runs its own queue.\n",
        ),
    ),
    madr("adrlint MADR12", "decision-link-broken", ("own queue.", "own [queue](./0002-queues.md).")),
    madr("adrlint MADR21", "duplicate-key", ("status: accepted\n", "status: accepted\nstatus: accepted\n")),
    asked(NAMES, Claim { file: "docs/adr/7-queue.md", ..claim("adrlint MADR44", "decision-file-name", ("", "")) }),
    claim(
        "madr-lint supersedes-bidirectional",
        "decision-supersession-one-sided",
        ("Accepted", "Superseded by [8](0008-other.md)"),
    ),
    claim(
        "madr-lint supersedes-bidirectional",
        "decision-superseded-still-accepted",
        ("Accepted", "Accepted\n\nSupersedes [8](0008-other.md)"),
    ),
    madr(
        "mdbook-lint ADR009, front matter",
        "decision-number-mismatch",
        ("status: accepted", "number: 8\nstatus: accepted"),
    ),
    asked(KEYS, madr("adr-check keys", "decision-front-matter-invalid", ("", ""))),
    claim("adr-check itself", "decision-supersession-self", ("Accepted", "Superseded by [7](0007-one-queue.md)")),
    claim("adr-check unknown", "decision-supersession-unknown", ("Accepted", "Superseded by ADR-12")),
    claim("adr-check rejected", "decision-superseded-by-rejected", ("Accepted", "Superseded by [9](0009-no.md)")),
    asked(STATUSES, claim("adr-check proposed", "decision-status-refused", ("Accepted", "Proposed"))),
    madr(
        "Structured MADR title",
        "decision-title-mismatch",
        ("status: accepted", "title: Many queues\nstatus: accepted"),
    ),
    madr(
        "Structured MADR updated",
        "decision-front-matter-invalid",
        ("date: 2026-10-30", "created: 2026-10-30\nupdated: 2026-10-01"),
    ),
    yaml(
        "adr-governance chosen_alternative",
        "decision-option-unknown",
        ("chosen_alternative: One queue for all", "chosen_alternative: Managed streaming"),
    ),
    yaml("adr-governance approval", "decision-date-missing", ("  decision_date: \"2026-10-30\"\n", "")),
    yaml(
        "adr-governance dates",
        "decision-date-in-future",
        ("decision_date: \"2026-10-30\"", "decision_date: \"2027-10-30\""),
    ),
    yaml("adr-governance superseded", "decision-successor-missing", ("status: accepted", "status: superseded")),
    yaml(
        "adr-governance references",
        "decision-supersession-unknown",
        ("superseded_by: null", "superseded_by: ADR-0012"),
    ),
    yaml("adr-governance id", "decision-number-mismatch", ("id: ADR-0007", "id: ADR-0008")),
    claim("teams: exactly one status", "decision-status-twice", ("Deciders: platform", "Status: Rejected")),
    claim("teams: review", "decision-review-due", ("Deciders: platform", "Review by: 2026-06-01")),
];

fn files(claim: &Claim, changed: bool) -> Vec<(String, String)> {
    let record = if changed {
        assert!(claim.record.contains(claim.change.0), "{}: {:?}", claim.theirs, claim.change.0);
        claim.record.replacen(claim.change.0, claim.change.1, 1)
    } else {
        claim.record.to_owned()
    };
    let other = GOOD.replace("# 7.", "# 8.");
    let refused = GOOD.replace("# 7.", "# 9.").replace("Accepted", "Rejected");
    vec![
        (claim.file.to_owned(), record),
        ("docs/adr/0008-other.md".to_owned(), other),
        ("docs/adr/0009-no.md".to_owned(), refused),
    ]
}

#[test]
fn what_other_linters_find_is_found() {
    let mut wrong = Vec::new();
    for claim in CLAIMS {
        let fires = fired(claim.page, &files(claim, true));
        if !fires.contains(claim.ours) {
            wrong.push(format!("{}: {} is silent, {fires:?}", claim.theirs, claim.ours));
        }
        // Where the record itself is what is wrong, there is nothing to compare with.
        if claim.change.0 != claim.change.1 && fired("", &files(claim, false)).contains(claim.ours) {
            wrong.push(format!("{}: {} fires for a record that is well", claim.theirs, claim.ours));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_of_the_table_is_one() {
    let ids = rule::ids();
    let mut named = BTreeSet::new();
    for (number, line) in TABLE.lines().enumerate().filter(|(_, line)| line.starts_with("| ")) {
        let (_, here) = line.trim_matches('|').split_once(" | ").unwrap();
        let links: Vec<&str> = here.split("](rules/").skip(1).filter_map(|rest| rest.split(".md)").next()).collect();
        for id in &links {
            assert!(ids.contains(id), "line {}: {id} is no rule", number + 1);
            named.insert((*id).to_owned());
        }
        let said = ["refused", "decisions.", "not followed", "the rules above", "baseline", "here", "---"];
        assert!(!links.is_empty() || said.iter().any(|word| here.contains(word)), "line {}: {here}", number + 1);
    }
    let tried: BTreeSet<&str> = CLAIMS.iter().map(|claim| claim.ours).collect();
    // What needs a change, several records or a list is tried on the rule's own page.
    let pages = [
        "decision-number-gap",
        "decision-number-duplicate",
        "decision-number-taken",
        "decision-rewritten",
        "decision-deleted",
        "decision-renamed",
        "decision-status-transition",
        "decision-not-in-index",
        "decision-supersession-cycle",
        "decision-date-before-superseded",
        "decision-deciders-missing",
    ];
    for id in named {
        assert!(tried.contains(id.as_str()) || pages.contains(&id.as_str()), "{id} is claimed and not tried");
        let page = rule::RULES.iter().find(|rule| rule.id == id).unwrap().page;
        assert!(page.contains("```fires"), "{id}");
    }
}
