//! Pages that build on the organisation's page: held to it, part by part.

use super::{TODAY, told};
use adrule_policy::check::judge_given;
use adrule_policy::fact::{Fact, Origin, Standing, Value};
use adrule_policy::policy::{
    self, Builds, Given, Loaded, ORGANISATION_UNREAD, OrgPage, Organisation, POLICY_INVALID, POLICY_LOOSENS, Page,
    diff, render, tighten,
};
use adrule_policy::rule;
use adrule_policy::text::Place;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::sync::Arc;

pub fn org(text: &str) -> Arc<OrgPage> {
    let page = OrgPage::read("a-team/.github", text, TODAY, &rule::weights());
    assert!(page.findings.is_empty(), "{text}\n{:#?}", page.findings);
    Arc::new(page)
}

pub fn on(text: &str, organisation: &Organisation) -> Loaded {
    policy::load_with(&Arc::from("adrule.yaml"), text, TODAY, &rule::ids(), organisation)
}

fn built(own: &str, on_page: &str) -> Loaded {
    on(own, &Organisation::Given(org(on_page)))
}

fn whole(head: &str, key: &str, rest: &str) -> String {
    let own = rest.lines().any(|line| line.starts_with(key));
    if own { format!("policy: 1\n{rest}") } else { format!("policy: 1\n{head}{rest}") }
}

/// The cases of the fixture: name, the organisation's page, a looser one, a tighter one.
fn cases() -> Vec<(String, String, String, String)> {
    let text = include_str!("../fixtures/page/organisation.txt");
    let cases = text.split("=== ").skip(1).map(|case| {
        let (name, rest) = case.split_once('\n').unwrap();
        let (_, rest) = rest.split_once("--- organisation\n").unwrap();
        let (page, rest) = rest.split_once("--- looser\n").unwrap();
        let (looser, tighter) = rest.split_once("--- tighter\n").unwrap();
        (
            name.to_owned(),
            whole("default: go\n", "default:", page),
            whole("extends: org\n", "extends:", looser),
            whole("extends: org\n", "extends:", tighter),
        )
    });
    cases.collect()
}

#[test]
fn what_is_looser_is_said_and_held() {
    let mut said = String::new();
    for (name, page, looser, _) in cases() {
        let page = org(&page);
        let loaded = on(&looser, &Organisation::Given(Arc::clone(&page)));
        writeln!(said, "{name}").unwrap();
        assert!(!loaded.findings.is_empty(), "{name}");
        for finding in &loaded.findings {
            assert_eq!(finding.rule.as_ref(), POLICY_LOOSENS, "{name}: {}", finding.message);
            writeln!(said, "  {}", finding.message).unwrap();
            for (index, place) in finding.places.iter().enumerate() {
                let text = if index == 0 { looser.as_str() } else { &*page.text };
                let at = place.place.span;
                let line = text[..at.start].matches('\n').count() + 1;
                writeln!(said, "    {}:{line}: `{}` {}", place.place.path, at.of(text), place.label).unwrap();
            }
        }
        let held = loaded.page.unwrap();
        assert_eq!(loaded.builds, Builds::OnOrganisation, "{name}");
        assert!(tighten(&page, &held).is_empty(), "{name}: {:#?}", tighten(&page, &held));
    }
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_tighter_is_nobodys_business() {
    for (name, page, _, tighter) in cases() {
        let loaded = built(&tighter, &page);
        assert!(loaded.findings.is_empty() && loaded.page.is_some(), "{name}\n{}", told(&loaded, &tighter));
    }
}

#[test]
fn every_part_can_be_left_to_repositories() {
    let parts = ["default", "languages", "others", "services", "decisions", "exclude", "facts", "rules", "waivers"];
    let may = format!("repositories: {{ may: [{}, suppressions] }}\n", parts.join(", "));
    for (name, page, looser, _) in cases() {
        let loaded = built(&looser, &format!("{page}{may}"));
        let loosens = |loaded: &Loaded| loaded.findings.iter().any(|finding| finding.rule.as_ref() == POLICY_LOOSENS);
        assert!(!loosens(&loaded) && loaded.page.is_some(), "{name}\n{}", told(&loaded, &looser));
        // Another part that is left to them changes nothing.
        let other =
            if name.contains("left out") || name.contains("only the repository") { "waivers" } else { "exclude" };
        let loaded = built(&looser, &format!("{page}repositories: {{ may: {other} }}\n"));
        assert!(loosens(&loaded), "{name}");
    }
}

#[test]
fn the_remedy_names_the_part_and_the_owner() {
    let loaded = built("policy: 1\nextends: org\nexclude: old\n", "policy: 1\ndefault: go\nowner: platform-guild\n");
    let help = loaded.findings[0].help.as_deref().unwrap();
    assert_eq!(
        help,
        "take this out of the page, or ask platform-guild to allow it there: `repositories: { may: [exclude] }`"
    );
}

#[test]
fn what_the_organisation_says_holds_besides() {
    let page = "policy: 1\ntitle: All of us\ndefault: go\nothers: ask\nfacts: { exit-cost: { type: money } }\nlanguages: { rust: { says: Rust states a budget., requires: { any: [memory-budget] } } }\nwaivers:\n  - { rule: language-without-reason, scope: edge-proxy, reason: benchmark under way, owner: edge-team, approved-by: platform-guild, granted: 2026-11-01, expires: 2027-01-31, exit: docs/adr/0042-edge-proxy.md }\ntests: [{ given: { language: rust }, expect: [language-without-reason] }]\n";
    let own = "policy: 1\nextends: org\nlanguages: { rust: { requires: { all: [memory-budget, exit-cost] } } }\n";
    let loaded = built(own, page);
    assert!(loaded.findings.is_empty(), "{}", told(&loaded, own));
    let held = loaded.page.unwrap();
    assert_eq!((held.default.len(), held.waivers.len(), held.tests.len()), (1, 1, 0));
    insta::assert_snapshot!(render::prose(&held, TODAY), @r"
    # All of us

    Go is the default. It needs no reason.

    **Rust** needs a memory budget and `exit-cost`, stated in the service's manifest or in a decision that is accepted or proposed.

    **Any other language** needs a waiver.

    The team's own facts:

    - `exit-cost`: an amount of money.

    One waiver is open: `edge-proxy`, until 31 January 2027 (edge-team: benchmark under way).

    This page builds on the organisation's page, and is nowhere looser unless that lets it.
    ");
}

#[test]
fn without_the_organisations_page_nothing_is_guessed() {
    let alone = "policy: 1\ndefault: go\nextends: org\n";
    let loaded = on(alone, &Organisation::NotGiven);
    assert!(loaded.findings.is_empty() && loaded.page.is_some());
    assert_eq!(loaded.builds, Builds::OnUnread);
    for (text, organisation) in [
        // No default, and a fact that only the organisation's page knows.
        ("policy: 1\nextends: org\n", Organisation::NotGiven),
        (
            "policy: 1\ndefault: go\nextends: org\nlanguages: { rust: { requires: { any: [exit-cost] } } }\n",
            Organisation::NotGiven,
        ),
        (alone, Organisation::Unread { why: "it is not there".to_owned(), remedy: "write one".to_owned() }),
        (alone, Organisation::Given(Arc::new(OrgPage::read("x", "policy: 1\ndefualt: go\n", TODAY, &rule::weights())))),
    ] {
        let loaded = on(text, &organisation);
        assert!(loaded.page.is_none(), "{text}");
        assert!(loaded.findings.iter().any(|finding| finding.rule.as_ref() == ORGANISATION_UNREAD), "{text}");
        // One more mistake, that of the organisation's page or of the page, is told besides; no default is missed.
        let said: Vec<&str> = loaded.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert!(!said.iter().any(|message| message.contains("no default language")) || said.len() == 3, "{said:?}");
    }
}

#[test]
fn the_organisations_page_builds_on_no_other() {
    let text = "policy: 1\ndefault: go\nextends: org\n";
    let page = OrgPage::read("a-team/.github", text, TODAY, &rule::weights());
    assert!(page.page.is_none());
    assert_eq!(page.findings[0].message, "the organisation's page cannot build on itself");
    // Nor does a page that builds on it say what others may.
    let own = "policy: 1\nextends: org\nrepositories: { may: waivers }\n";
    let loaded = built(own, "policy: 1\ndefault: go\n");
    assert_eq!(
        (loaded.findings.len(), loaded.findings[0].rule.as_ref()),
        (1, POLICY_INVALID),
        "{}",
        told(&loaded, own)
    );
    assert!(loaded.page.is_some());
}

#[test]
fn a_change_of_what_it_builds_on_is_told() {
    let page = "policy: 1\ndefault: go\n";
    let (old, new) = (built("policy: 1\nextends: org\n", page).page.unwrap(), built(page, page).page.unwrap());
    assert_eq!(diff::words(&old, &new), ["The page no longer builds on the organisation's page."]);
    assert_eq!(diff::words(&new, &old), ["The page now builds on the organisation's page."]);
    let may = super::page(&format!("{page}repositories: {{ may: [waivers] }}\n"));
    assert_eq!(diff::words(&new, &may), ["The page of a repository may now loosen `waivers`."]);
}

/// Lines of a page, of which any may be there.
fn page() -> impl Strategy<Value = String> {
    let one = |lines: &'static [&'static str]| prop::sample::select(lines);
    let requires = one(&[
        "{}",
        "{ requires: { any: [memory-budget] } }",
        "{ requires: { any: [memory-budget, latency-target] } }",
        "{ requires: { all: [memory-budget, latency-target] } }",
        "{ requires: { any: [{ latency-target: { at-most: 10 ms } }] } }",
        "{ requires: { any: [{ latency-target: { at-most: 20 ms, percentile: p95 } }] } }",
        "{ requires: { any: [{ latency-target: { at-most: 10 ms, percentile: p99 } }, memory-budget] } }",
        "{ requires: { any: [{ failure-impact: { at-least: high } }], all: [{ memory-budget: { at-most: 64 MiB } }] } }",
        "{ requires: { all: [{ failure-impact: { one-of: [high, very-high] } }] }, severity: warning }",
        "{ only-for: [batch, tool] }",
        "{ only-for: [batch], requires: { any: [memory-budget] } }",
    ]);
    let rule = one(&[
        "",
        "  - { id: known, says: Known., requires: { all: [reviewers] } }\n",
        "  - { id: known, says: Known., when: { language: [rust, java] }, requires: { all: [{ reviewers: { at-least: 2 } }] } }\n",
        "  - { id: known, says: Known., when: { language: rust }, unless: { kind: tool }, requires: { all: [reviewers] } }\n",
        "  - { id: known, says: Known., unless: { kind: [tool, batch] }, severity: info, requires: { any: [reviewers, memory-budget] } }\n",
    ]);
    let weight = one(&[
        "",
        "  - { id: language-without-reason, severity: off }\n",
        "  - { id: language-without-reason, severity: warning }\n",
        "  - { id: language-needs-waiver, severity: info }\n",
    ]);
    let default = one(&["go", "rust", "[go, java]", "[go, kotlin]"]);
    let others = one(&["", "others: allow\n", "others: ask\n", "others: refuse\n"]);
    let rest = one(&[
        "",
        "exclude: examples\n",
        "exclude: [examples, old]\nservices: { in: services/* }\n",
        "services: { in: [services/*, apps/*] }\ndecisions: { required-for: rust }\n",
        "decisions: { required-for: [rust, java], sections: [Context], statuses: [accepted] }\n",
        "decisions: { sections: [Context, Decision], statuses: [accepted, draft], file-name: '*.md' }\n",
        "suppressions: { in-change: allow }\n",
    ]);
    let language = (requires.clone(), requires);
    (default, language, others, rule, weight, rest).prop_map(|(default, (rust, java), others, rule, weight, rest)| {
        let rules = if rule.is_empty() && weight.is_empty() { "" } else { "rules:\n" };
        format!(
            "policy: 1\ndefault: {default}\nlanguages: {{ rust: {rust}, java: {java} }}\n{others}{rules}{rule}{weight}{rest}"
        )
    })
}

fn lines() -> impl Strategy<Value = String> {
    let all: Vec<&str> = include_str!("../fixtures/page/organisation.txt")
        .lines()
        .filter(|line| !line.starts_with("===") && !line.starts_with("---") && !line.starts_with('#'))
        .collect();
    prop::collection::vec(prop::sample::select(all), 0..6).prop_map(|lines| lines.join("\n") + "\n")
}

fn fact(kind: &str, value: Value, percentile: Option<f64>) -> Fact {
    Fact {
        kind: kind.into(),
        value: Some(value),
        percentile,
        standing: Standing::Stated,
        because: None,
        reasons: Vec::new(),
        origin: Origin::Manifest,
        evidence: false,
        quote: String::new(),
        place: Place::file("imagined"),
        subject: None,
    }
}

/// Services of every kind that the pages above tell apart.
fn services() -> Vec<Given> {
    let facts: [(&str, Value, Option<f64>); 7] = [
        ("memory-budget", Value::Bytes(32e6), None),
        ("memory-budget", Value::Bytes(1e9), None),
        ("latency-target", Value::Duration(5.0), Some(99.0)),
        ("latency-target", Value::Duration(15.0), Some(95.0)),
        ("latency-target", Value::Duration(5.0), None),
        ("failure-impact", Value::Rank("high".into()), None),
        ("reviewers", Value::Names(vec!["ana".to_owned()]), None),
    ];
    let mut all = Vec::new();
    for language in ["go", "rust", "java", "kotlin", "ruby"] {
        for kind in [None, Some("tool"), Some("batch"), Some("api")] {
            for some in 0..(1u32 << facts.len()) {
                let stated = facts.iter().enumerate().filter(|(at, _)| some & (1 << at) != 0);
                all.push(Given {
                    languages: vec![language.into()],
                    kind: kind.map(str::to_owned),
                    facts: stated.map(|(_, (kind, value, at))| fact(kind, value.clone(), *at)).collect(),
                    ..Given::default()
                });
            }
        }
    }
    all
}

/// Pages without mistakes; what is random may contradict itself.
fn usable(text: &str) -> Option<Page> {
    let loaded = super::load(text);
    loaded
        .page
        .filter(|_| loaded.findings.iter().all(|finding| finding.severity < adrule_policy::report::Severity::Error))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Lines of real pages in any order, as both pages: neither panics, and what is used is held.
    #[test]
    fn shuffled_lines_never_panic(one in lines(), other in lines()) {
        let page = format!("policy: 1\ndefault: go\n{one}");
        let organisation = Arc::new(OrgPage::read("x", &page, TODAY, &rule::weights()));
        let loaded = on(&format!("policy: 1\nextends: org\n{other}"), &Organisation::Given(Arc::clone(&organisation)));
        if let (Some(page), Builds::OnOrganisation) = (&loaded.page, loaded.builds) {
            prop_assert_eq!(tighten(&organisation, page), []);
        }
    }

    #[test]
    fn a_page_is_never_looser_than_itself(text in page()) {
        let Some(page) = usable(&text) else { return Ok(()) };
        prop_assert_eq!(tighten(&org(&text), &page), []);
    }

    /// By another way than the comparison: every imagined service that the organisation's page finds fault with, the
    /// held page finds fault with.
    #[test]
    fn a_held_page_is_never_looser(organisation in page(), own in page()) {
        if usable(&organisation).is_none() {
            return Ok(());
        }
        let organisation = org(&organisation);
        let own = own.replacen("policy: 1\n", "policy: 1\nextends: org\n", 1);
        let Some(held) = on(&own, &Organisation::Given(Arc::clone(&organisation))).page else { return Ok(()) };
        prop_assert_eq!(tighten(&organisation, &held), []);
        let by = organisation.page.as_ref().unwrap();
        for service in services() {
            let (asked, found) = (judge_given(by, &service, TODAY), judge_given(&held, &service, TODAY));
            prop_assert!(asked.is_empty() || !found.is_empty(), "{service:?}: {asked:?}\n{}\n{own}", organisation.text);
        }
    }
}
