//! Requirements and their verdicts, conditions, waivers, differences and the page's own tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test that fails here has failed")]

use adrule_policy::fact::{Fact, Standing};
use adrule_policy::policy::{self, Page, Subject, Verdict, diff, is_active, tests, waiver_matches, words};
use jiff::civil::{Date, date};
use std::fmt::Write;
use std::sync::Arc;

const TODAY: Date = date(2026, 11, 22);

fn page(text: &str) -> Page {
    let rules = ["language-without-reason", "language-reason-weak"];
    let loaded = policy::load(&Arc::from("adrule.yaml"), text, TODAY, &rules);
    loaded.page.unwrap_or_else(|| panic!("{text}\n{:#?}", loaded.findings))
}

/// A page that asks for `wanted` and a test that gives `stated`.
fn asked(wanted: &str, stated: &str) -> Page {
    page(&format!(
        "policy: 1\ndefault: go\nfacts:\n  data-class: {{ type: rank, order: [public, internal, pii] }}\n\
         languages:\n  rust:\n    requires:\n      all:\n        - {wanted}\n\
         tests:\n  - {{ given: {{ {stated} }}, expect: [] }}\n"
    ))
}

fn verdict(page: &Page, change: impl Fn(&mut Fact)) -> String {
    let wanted = &page.language("rust").unwrap().requires.all[0];
    let mut facts = page.tests[0].given.facts.clone();
    facts.iter_mut().for_each(change);
    let facts: Vec<&Fact> = facts.iter().collect();
    let verdict = wanted.judge(&facts, page);
    let name = match verdict {
        Verdict::Met(_) => "met",
        Verdict::NotMet { .. } => "not met",
        Verdict::NotStated => "not stated",
        Verdict::Unclear { .. } => "unclear",
    };
    format!("{name}: {}", verdict.words(wanted, &facts, page))
}

#[test]
fn verdicts() {
    let mut all = String::new();
    for (wanted, stated) in [
        ("memory-budget", "language: rust"),
        ("memory-budget", "memory-budget: 64 MiB"),
        ("memory-budget: { at-most: 64 MiB }", "memory-budget: 67.108864 MB"),
        ("memory-budget: { less-than: 64 MiB }", "memory-budget: 64 MiB"),
        ("memory-budget: { at-least: 1 MB, at-most: 2 MB }", "memory-budget: 3 MB"),
        ("latency-target: { at-most: 10 ms, percentile: p95 }", "latency-target: p95 10 ms"),
        ("latency-target: { at-most: 10 ms, percentile: p95 }", "latency-target: p99 8 ms"),
        ("latency-target: { at-most: 10 ms, percentile: p95 }", "latency-target: p99 12 ms"),
        ("latency-target: { at-most: 10 ms, percentile: p95 }", "latency-target: p50 2 ms"),
        ("latency-target: { at-most: 10 ms, percentile: p95 }", "latency-target: 2 ms"),
        ("latency-target: { at-least: 10 ms, percentile: p95 }", "latency-target: p50 12 ms"),
        ("latency-target: { percentile: p99 }", "latency-target: p99.9 1 s"),
        ("latency-target: { at-most: 100 ms }", "latency-target: 0.1 s"),
        ("failure-impact: { at-least: high }", "failure-impact: very high"),
        ("failure-impact: { at-least: high }", "failure-impact: medium"),
        ("data-class: { less-than: pii }", "data-class: internal"),
        ("data-class: { one-of: [public, internal] }", "data-class: pii"),
        ("data-class: { none-of: [pii] }", "data-class: Internal"),
        ("reviewers: { at-least: 2 }", "reviewers: [a, b]"),
        ("reviewers: { at-least: 2 }", "reviewers: [a]"),
        ("reviewers: { at-least: 2 }", "reviewers: 2"),
        ("reviewers: { one-of: [ana] }", "reviewers: [ben, Ana]"),
        ("downtime-cost: { at-least: 4000 EUR }", "downtime-cost: 5000 USD"),
        ("downtime-cost: { at-least: 4000 EUR }", "downtime-cost: 5000 EUR"),
        ("gc-share: { at-most: 5 % }", "gc-share: 0.4"),
        ("rewrite: { equals: no }", "rewrite: no"),
        ("rewrite: { equals: no }", "rewrite: yes"),
        ("review-date: { at-most: 2027-06-01 }", "review-date: 2027-06-02"),
        ("lifecycle: { equals: Production }", "lifecycle: production"),
        ("bottleneck: { one-of: [cpu, memory] }", "bottleneck: database"),
        ("expected-traffic: { more-than: 60 rpm }", "expected-traffic: 1 rps"),
        ("team-size: { equals: 7 }", "team-size: 7"),
    ] {
        let page = asked(wanted, stated);
        let says = words::requirement(&page.language("rust").unwrap().requires.all[0], &page);
        writeln!(all, "{says}\n  {stated}\n  {}", verdict(&page, |_| ())).unwrap();
    }
    insta::assert_snapshot!(all, @"
    a memory budget
      language: rust
      not stated: a memory budget is not stated
    a memory budget
      memory-budget: 64 MiB
      met: memory budget: 64 MiB
    a memory budget of at most 64 MiB
      memory-budget: 67.108864 MB
      met: memory budget: 64 MiB
    a memory budget of less than 64 MiB
      memory-budget: 64 MiB
      not met: memory budget: 64 MiB, and the page asks for less than 64 MiB
    a memory budget of at least 1 MB and at most 2 MB
      memory-budget: 3 MB
      not met: memory budget: 3 MB, and the page asks for at most 2 MB
    a latency target at the 95th percentile of at most 10 ms
      latency-target: p95 10 ms
      met: latency target: 10 ms at the 95th percentile
    a latency target at the 95th percentile of at most 10 ms
      latency-target: p99 8 ms
      met: latency target: 8 ms at the 99th percentile
    a latency target at the 95th percentile of at most 10 ms
      latency-target: p99 12 ms
      not met: latency target: 12 ms at the 99th percentile, and the page asks for at most 10 ms
    a latency target at the 95th percentile of at most 10 ms
      latency-target: p50 2 ms
      not met: latency target: a time at the median says nothing about the 95th percentile
    a latency target at the 95th percentile of at most 10 ms
      latency-target: 2 ms
      unclear: latency target: says no percentile, and the page asks for the 95th percentile
    a latency target at the 95th percentile of at least 10 ms
      latency-target: p50 12 ms
      met: latency target: 12 ms at the median
    a latency target at the 99th percentile
      latency-target: p99.9 1 s
      met: latency target: 1 s at the 99.9th percentile
    a latency target of at most 100 ms
      latency-target: 0.1 s
      met: latency target: 100 ms
    a failure-impact rating of at least high
      failure-impact: very high
      met: failure impact: very-high
    a failure-impact rating of at least high
      failure-impact: medium
      not met: failure impact: medium, and the page asks for at least high
    the class of its data: less than pii
      data-class: internal
      met: data class: internal
    the class of its data: one of public or internal
      data-class: pii
      not met: data class: pii, and the page asks for one of public or internal
    the class of its data: not pii
      data-class: Internal
      met: data class: internal
    at least two reviewers who know the language
      reviewers: [a, b]
      met: reviewers: a and b
    at least two reviewers who know the language
      reviewers: [a]
      not met: reviewers: one name (a), and the page asks for at least two
    at least two reviewers who know the language
      reviewers: 2
      met: reviewers: 2
    reviewers who know the language: ana
      reviewers: [ben, Ana]
      met: reviewers: ben and Ana
    the cost of an hour of downtime: at least 4000 EUR
      downtime-cost: 5000 USD
      unclear: downtime cost: stated in USD, and the page asks in EUR
    the cost of an hour of downtime: at least 4000 EUR
      downtime-cost: 5000 EUR
      met: downtime cost: 5000 EUR
    the share of CPU time in garbage collection: at most 5 %
      gc-share: 0.4
      not met: gc share: 40 %, and the page asks for at most 5 %
    whether it replaces a running service: no
      rewrite: no
      met: rewrite: no
    whether it replaces a running service: no
      rewrite: yes
      not met: rewrite: yes, and the page asks for no
    a date to look back: no later than 2027-06-01
      review-date: 2027-06-02
      not met: review date: 2 June 2027, and the page asks for no later than 2027-06-01
    its lifecycle: Production
      lifecycle: production
      met: lifecycle: production
    the bottleneck: one of cpu or memory
      bottleneck: database
      not met: bottleneck: database, and the page asks for one of cpu or memory
    the expected traffic: more than 60 rpm
      expected-traffic: 1 rps
      not met: expected traffic: 1 a second, and the page asks for more than 60 rpm
    the size of the team: exactly seven
      team-size: 7
      met: team size: 7
    ");
}

#[test]
fn what_does_not_count_never_meets() {
    let page = asked("memory-budget", "memory-budget: 64 MiB");
    let evidence = verdict(&page, |fact| fact.evidence = true);
    assert_eq!(evidence, "unclear: memory budget: a configured limit shows what is set, and is no stated reason");
    let unclear = verdict(&page, |fact| {
        fact.standing = Standing::Unclear;
        fact.because = Some("reads as a measurement".to_owned().into());
    });
    assert_eq!(unclear, "unclear: memory budget: reads as a measurement");
    let wordless = verdict(&page, |fact| fact.value = None);
    assert_eq!(wordless, "unclear: memory budget: words without a usable value");
    let page = asked("data-class: { at-least: internal }", "data-class: pii");
    let foreign = verdict(&page, |fact| fact.value = Some(adrule_policy::fact::Value::Rank("secret".into())));
    assert_eq!(foreign, "unclear: data class: secret is not one of public, internal, pii");
}

#[test]
fn one_reading_as_wanted_is_enough() {
    let page = asked("memory-budget: { at-most: 64 MiB }", "memory-budget: 64 MiB");
    let wanted = &page.language("rust").unwrap().requires.all[0];
    let good = page.tests[0].given.facts[0].clone();
    let unclear = Fact { standing: Standing::Unclear, ..good.clone() };
    let large = Fact { value: Some(adrule_policy::fact::Value::Bytes(1e9)), ..good.clone() };
    let other = Fact { kind: "startup-time".into(), ..good.clone() };
    assert_eq!(wanted.judge(&[&other, &unclear, &large, &good], &page), Verdict::Met(3));
    assert!(matches!(wanted.judge(&[&unclear, &large], &page), Verdict::NotMet { fact: 1, .. }));
    assert_eq!(wanted.judge(&[&other], &page), Verdict::NotStated);
}

#[test]
fn conditions() {
    let page = page(
        "policy: 1\ndefault: go\nrules:\n  - id: small\n    says: Small.\n    requires: { all: [owner] }\n\
         \x20   when: { language: [rust, zig], kind: batch job, path: \"edge/*\", service: \"edge-*\", memory-budget: { at-most: 1 GB } }\n\
         \x20   unless: { reviewers: { at-least: 2 } }\n\
         tests:\n  - { given: { memory-budget: 1 MB }, expect: [] }\n  - { given: { memory-budget: 1 MB, reviewers: 2 }, expect: [] }\n",
    );
    let facts: Vec<&Fact> = page.tests[0].given.facts.iter().collect();
    let all = Subject { languages: vec!["rust"], kind: Some("Batch_Job"), name: "edge-a", path: "edge/a/b", facts };
    let rule = &page.rules[0];
    assert!(page.when_matches(rule, &all));
    assert!(!page.when_matches(rule, &Subject { languages: vec!["go"], ..all.clone() }));
    assert!(!page.when_matches(rule, &Subject { kind: None, ..all.clone() }));
    assert!(!page.when_matches(rule, &Subject { name: "a", ..all.clone() }));
    assert!(!page.when_matches(rule, &Subject { path: "core/edge", ..all.clone() }));
    assert!(!page.when_matches(rule, &Subject { facts: Vec::new(), ..all.clone() }));
    let two: Vec<&Fact> = page.tests[1].given.facts.iter().collect();
    assert!(!page.when_matches(rule, &Subject { facts: two, ..all.clone() }));
}

#[test]
fn waivers_are_in_force_from_the_first_day_to_the_last() {
    let text = "policy: 1\ndefault: go\nwaivers:\n  - { rule: language-without-reason, scope: [\"edge-*\", services/a], \
                reason: r, owner: o, approved-by: p, granted: 2026-11-01, expires: 2027-01-31, exit: e }\n";
    let sound = page(text);
    let waiver = &sound.waivers[0];
    for (day, active) in
        [(date(2026, 10, 31), false), (date(2026, 11, 1), true), (date(2027, 1, 31), true), (date(2027, 2, 1), false)]
    {
        assert_eq!(is_active(waiver, day), active, "{day}");
    }
    assert!(waiver_matches(waiver, "language-without-reason", "edge-proxy", "apps/x"));
    assert!(waiver_matches(waiver, "language-without-reason", "x", "services/a/"));
    assert!(waiver_matches(waiver, "language-without-reason", "x", "services/a/b"));
    assert!(!waiver_matches(waiver, "language-without-reason", "x", "services/ab"));
    assert!(!waiver_matches(waiver, "language-reason-weak", "edge-proxy", "apps/x"));
    for (from, to) in [(", owner: o", ""), ("owner: o", "owners: o"), ("reason: r", "reason: r, reason: s")] {
        let broken = text.replace(from, to);
        assert_ne!(broken, text);
        assert!(!is_active(&page(&broken).waivers[0], TODAY), "{broken}");
    }
}

#[test]
fn tests_of_the_page_say_which_rule_surprised() {
    let page = page(
        "policy: 1\ndefault: go\ntests:\n  - { name: no reason, given: { language: rust }, expect: [language-without-reason] }\n\
         \x20 - { given: { language: go }, expect: [] }\n  - { given: { language: rust }, expect: [language-reason-weak] }\n",
    );
    let judge = |_: &Page, given: &policy::Given| match given.languages.first() {
        Some(language) if language.as_ref() == "rust" => vec!["language-without-reason".to_owned()],
        _ => Vec::new(),
    };
    let outcomes = tests::run(&page, judge);
    assert_eq!(outcomes.iter().map(tests::TestOutcome::passed).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(
        outcomes[2].words(),
        "`language-reason-weak` was expected and stayed silent; `language-without-reason` fired and was not expected"
    );
}

/// The whole page of the book, and one change to each of its elements.
const WHOLE: &str = include_str!("fixtures/page/good/whole.yaml");
const CHANGES: &[(&str, &str)] = &[
    ("title: Which", "title: What"),
    ("owner: platform-guild", "owner: core-guild"),
    ("owner: platform-guild\n", ""),
    ("review-by: 2027-06-01", "review-by: 2027-07-01"),
    ("default: go", "default: [go, java]"),
    ("says: Rust needs a stated", "says: Rust needs any"),
    ("        - memory-budget\n", ""),
    ("at-most: 10 ms", "at-most: 20 ms"),
    (", percentile: p95", ""),
    ("at-least: high", "at-least: very-high"),
    ("      all:\n        - reviewers: { at-least: 2 }\n", ""),
    ("[batch, tool] }", "[batch] }"),
    ("  python: { only-for: [batch, tool] }\n", ""),
    ("  python: { only-for: [batch, tool] }\n", "  python: { severity: warning }\n"),
    ("others: ask ", "others: refuse "),
    ("[services/*, apps/*]", "[services/*]"),
    ("in: [docs/adr] ", "in: [docs/decisions] "),
    ("required-for: [rust]", "required-for: [python]"),
    ("[public, internal, pii]", "[public, pii]"),
    ("metadata.labels.data-class", "metadata.labels.class"),
    ("[metadata.labels.data-class] }", "[metadata.labels.data-class], labels: [class], says: a class }"),
    ("id: pii-needs-two-reviewers", "id: pii-needs-reviewers"),
    ("says: A service that handles", "says: A service which handles"),
    ("when: { data-class: { at-least: pii } }", "unless: { data-class: { at-least: internal } }"),
    ("all: [ { reviewers: { at-least: 2 } } ]", "all: [ { reviewers: { at-least: 3 } } ]"),
    ("severity: warning", "severity: off"),
    ("fix: Name a second reviewer", "fix: Name another reviewer"),
    ("    fix: Name", "    help: Name"),
    ("scope: edge-proxy", "scope: edge-*"),
    ("reason: benchmark under way", "reason: tests under way"),
    ("owner: edge-team", "owner: core-team"),
    ("approved-by: platform-guild", "approved-by: core-guild"),
    ("granted: 2026-11-01", "granted: 2026-11-02"),
    ("expires: 2027-01-31", "expires: 2027-02-28"),
    ("exit: docs/adr/0042-edge-proxy.md", "exit: docs/adr/0043.md"),
    ("expect: [language-without-reason]", "expect: []"),
    ("memory-budget: 64 MiB", "memory-budget: 65 MiB"),
    ("rules:\n", "rules:\n  - { id: language-reason-weak, severity: off }\n"),
    ("rules:\n", "suppressions: { in-change: allow }\nrules:\n"),
];

#[test]
fn every_change_is_said_in_both_directions() {
    let old = page(WHOLE);
    assert_eq!(diff::words(&old, &old), Vec::<String>::new());
    let mut all = String::new();
    for (from, to) in CHANGES {
        assert!(WHOLE.contains(from), "{from}");
        let new = page(&WHOLE.replacen(from, to, 1));
        for (direction, said) in [("+", diff::words(&old, &new)), ("-", diff::words(&new, &old))] {
            assert!(!said.is_empty(), "{from} {direction}");
            writeln!(all, "{direction} {}", said.join(" | ")).unwrap();
        }
    }
    insta::assert_snapshot!(all, @r#"
    + The title is now "What language a new service is written in"; it was "Which language a new service is written in".
    - The title is now "Which language a new service is written in"; it was "What language a new service is written in".
    + The owner is now "core-guild"; it was "platform-guild".
    - The owner is now "platform-guild"; it was "core-guild".
    + The owner is no longer given: it was "platform-guild".
    - The owner is now given: "platform-guild".
    + The day of review is now 1 July 2027; it was 1 June 2027.
    - The day of review is now 1 June 2027; it was 1 July 2027.
    + Java is now a default and needs no reason.
    - Java is no longer a default.
    + The sentence on Rust is now "Rust needs any memory budget, latency target or failure-impact rating."; it was "Rust needs a stated memory budget, latency target or failure-impact rating.".
    - The sentence on Rust is now "Rust needs a stated memory budget, latency target or failure-impact rating."; it was "Rust needs any memory budget, latency target or failure-impact rating.".
    + Rust: a memory budget is no longer enough.
    - Rust: a memory budget is now enough.
    + Rust: a latency target at the 95th percentile of at most 20 ms is now enough, instead of a latency target at the 95th percentile of at most 10 ms.
    - Rust: a latency target at the 95th percentile of at most 10 ms is now enough, instead of a latency target at the 95th percentile of at most 20 ms.
    + Rust: a latency target of at most 10 ms is now enough, instead of a latency target at the 95th percentile of at most 10 ms.
    - Rust: a latency target at the 95th percentile of at most 10 ms is now enough, instead of a latency target of at most 10 ms.
    + Rust: a failure-impact rating of at least very-high is now enough, instead of a failure-impact rating of at least high.
    - Rust: a failure-impact rating of at least high is now enough, instead of a failure-impact rating of at least very-high.
    + Rust: at least two reviewers who know the language is no longer needed.
    - Rust: at least two reviewers who know the language is now needed.
    + Python is for batch jobs only; before, it was for batch jobs and tools only.
    - Python is for batch jobs and tools only; before, it was for batch jobs only.
    + The page no longer names Python.
    - The page now names Python. | Python is for batch jobs and tools only; before, it was for every kind of service.
    + Python is for every kind of service now; before, it was for batch jobs and tools only. | A missing reason for Python is now a warning; it was an error.
    - Python is for batch jobs and tools only; before, it was for every kind of service. | A missing reason for Python is now an error; it was a warning.
    + From now on, languages that the page does not name are no longer used; before, they needed a waiver.
    - From now on, languages that the page does not name need a waiver; before, they were not used.
    + Folders `apps/*` are no longer services by themselves.
    - Each folder `apps/*` is now a service and needs a manifest.
    + Decisions are no longer looked for in `docs/adr`. | Decisions are now looked for in `docs/decisions`.
    - Decisions are no longer looked for in `docs/decisions`. | Decisions are now looked for in `docs/adr`.
    + The choice of Rust no longer needs a decision. | The choice of Python now needs a decision, accepted or proposed.
    - The choice of Python no longer needs a decision. | The choice of Rust now needs a decision, accepted or proposed.
    + The type of the fact `data-class` is now rank (public, pii); it was rank (public, internal, pii).
    - The type of the fact `data-class` is now rank (public, internal, pii); it was rank (public, pii).
    + The fact `data-class` is no longer read from `metadata.labels.data-class`. | The fact `data-class` is now read from `metadata.labels.class`.
    - The fact `data-class` is no longer read from `metadata.labels.class`. | The fact `data-class` is now read from `metadata.labels.data-class`.
    + The sentence of the fact `data-class` is now given: "a class". | The fact `data-class` is now also called "class". | `when` of the rule `pii-needs-two-reviewers` is now with a class of at least pii; it was with the class of its data: at least pii.
    - The sentence of the fact `data-class` is no longer given: it was "a class". | The fact `data-class` is no longer called "class". | `when` of the rule `pii-needs-two-reviewers` is now with the class of its data: at least pii; it was with a class of at least pii.
    + The rule `pii-needs-two-reviewers` is gone: A service that handles personal data has two reviewers who know its language. | The rule `pii-needs-reviewers` is new: A service that handles personal data has two reviewers who know its language.
    - The rule `pii-needs-reviewers` is gone: A service that handles personal data has two reviewers who know its language. | The rule `pii-needs-two-reviewers` is new: A service that handles personal data has two reviewers who know its language.
    + The sentence of the rule `pii-needs-two-reviewers` is now "A service which handles personal data has two reviewers who know its language."; it was "A service that handles personal data has two reviewers who know its language.".
    - The sentence of the rule `pii-needs-two-reviewers` is now "A service that handles personal data has two reviewers who know its language."; it was "A service which handles personal data has two reviewers who know its language.".
    + `when` of the rule `pii-needs-two-reviewers` is no longer given: it was with the class of its data: at least pii. | `unless` of the rule `pii-needs-two-reviewers` is now given: with the class of its data: at least internal.
    - `when` of the rule `pii-needs-two-reviewers` is now given: with the class of its data: at least pii. | `unless` of the rule `pii-needs-two-reviewers` is no longer given: it was with the class of its data: at least internal.
    + The rule `pii-needs-two-reviewers`: at least three reviewers who know the language is now needed, instead of at least two reviewers who know the language.
    - The rule `pii-needs-two-reviewers`: at least two reviewers who know the language is now needed, instead of at least three reviewers who know the language.
    + The rule `pii-needs-two-reviewers` is now not judged; it was a warning.
    - The rule `pii-needs-two-reviewers` is now a warning; it was not judged.
    + The remedy of the rule `pii-needs-two-reviewers` is now "Name another reviewer in the manifest."; it was "Name a second reviewer in the manifest.".
    - The remedy of the rule `pii-needs-two-reviewers` is now "Name a second reviewer in the manifest."; it was "Name another reviewer in the manifest.".
    + The remedy of the rule `pii-needs-two-reviewers` is no longer given: it was "Name a second reviewer in the manifest.". | The help of the rule `pii-needs-two-reviewers` is now given: "Name a second reviewer in the manifest.".
    - The remedy of the rule `pii-needs-two-reviewers` is now given: "Name a second reviewer in the manifest.". | The help of the rule `pii-needs-two-reviewers` is no longer given: it was "Name a second reviewer in the manifest.".
    + A waiver is gone: `edge-proxy`, until 31 January 2027 (edge-team: benchmark under way). | A waiver is new: `edge-*`, until 31 January 2027 (edge-team: benchmark under way).
    - A waiver is gone: `edge-*`, until 31 January 2027 (edge-team: benchmark under way). | A waiver is new: `edge-proxy`, until 31 January 2027 (edge-team: benchmark under way).
    + The reason of the waiver for `edge-proxy` is now "tests under way"; it was "benchmark under way".
    - The reason of the waiver for `edge-proxy` is now "benchmark under way"; it was "tests under way".
    + The owner of the waiver for `edge-proxy` is now "core-team"; it was "edge-team".
    - The owner of the waiver for `edge-proxy` is now "edge-team"; it was "core-team".
    + The approval of the waiver for `edge-proxy` is now "core-guild"; it was "platform-guild".
    - The approval of the waiver for `edge-proxy` is now "platform-guild"; it was "core-guild".
    + The first day of the waiver for `edge-proxy` is now 2 November 2026; it was 1 November 2026.
    - The first day of the waiver for `edge-proxy` is now 1 November 2026; it was 2 November 2026.
    + The last day of the waiver for `edge-proxy` is now 28 February 2027; it was 31 January 2027.
    - The last day of the waiver for `edge-proxy` is now 31 January 2027; it was 28 February 2027.
    + The exit of the waiver for `edge-proxy` is now "docs/adr/0043.md"; it was "docs/adr/0042-edge-proxy.md".
    - The exit of the waiver for `edge-proxy` is now "docs/adr/0042-edge-proxy.md"; it was "docs/adr/0043.md".
    + A test is gone: Rust gives `language-without-reason`. | A test is new: Rust gives no rule.
    - A test is gone: Rust gives no rule. | A test is new: Rust gives `language-without-reason`.
    + A test is gone: Rust, memory-budget 64 MiB, reviewers a and b gives no rule. | A test is new: Rust, memory-budget 65 MiB, reviewers a and b gives no rule.
    - A test is gone: Rust, memory-budget 65 MiB, reviewers a and b gives no rule. | A test is new: Rust, memory-budget 64 MiB, reviewers a and b gives no rule.
    + The page now sets `language-reason-weak` to off.
    - The page no longer sets `language-reason-weak` to off.
    + A comment that excuses a finding now counts in the change that adds it; before, it counted once it was merged.
    - A comment that excuses a finding now counts once it is merged; before, it counted in the change that added it.
    "#);
}
