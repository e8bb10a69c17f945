//! What adrule writes of a page: prose, a first draft, the book.

use super::{TODAY, fixtures, page, told};
use adrule_policy::policy::scaffold::{self, Found};
use adrule_policy::policy::{self, render, schema};
use std::fmt::Write;
use std::path::Path;

#[test]
fn pages_as_prose() {
    let mut all = String::new();
    for (name, text) in fixtures("good") {
        writeln!(all, "{name}\n\n{}", render::prose(&page(&text), TODAY)).unwrap();
    }
    insta::assert_snapshot!(all, @r#"
    every-type

    # Which language a new service is written in

    Go and TypeScript are the defaults. They need no reason.

    **Java** needs one of these, stated in the service's manifest or in a decision that is accepted or proposed:

    - a start-up time of less than 2 s,
    - the share of CPU time in garbage collection: at most 5 %,
    - the expected traffic: more than 1000 rps,
    - the bottleneck: one of *cpu* or *memory*,
    - whether it replaces a running service: no;

    and the cost of an hour of downtime: at least 4000 EUR, a date to look back: no later than 2028-01-01, its lifecycle: not experimental, an owner and why memory safety is a security requirement.

    A missing reason is a warning.

    **Kotlin** needs no reason. **Any other language** is not used.

    The team's own facts:

    - `blast-radius`, a blast radius: *one-team*, *one-region* or *everyone*; also called "blast radius".
    - `cold-copies`: a number; read from `spec."copies.cold"`.
    - `residency`: yes or no.
    - `exit-cost`: an amount of money.
    - `cut-off`: a day.
    - `cache`: an amount of memory.
    - `patience`: a time.
    - `orders`: a rate.
    - `hit-rate`: a share.
    - `stewards`: a list of names.
    - `notes`: text.

    Further rules:

    - What runs at the edge is small. It is about services written in Java, of kind `proxy` or `agent`, named `edge-*`, in `edge/**`, with `residency`: yes. It is not about services with a blast radius of *one-team*. Asked for: `cache`: at least 1 MiB and at most 64 MiB. More: https://example.com/edge. (`edge-is-small`, a hint)
    - `language-reason-weak` is not judged.

    seed

    # Which language a new service is written in

    Go is the default. It needs no reason.

    **Rust** needs one of these, stated in the service's manifest or in a decision that is accepted or proposed:

    - a memory budget,
    - a latency target,
    - a failure-impact rating.

    **Any other language** needs no reason.

    short

    # Which language a new service is written in

    Go is the default. It needs no reason.

    **Rust** needs a stated memory budget, latency target or failure-impact rating. It takes one of these, stated in the service's manifest or in a decision that is accepted or proposed:

    - a memory budget,
    - a latency target,
    - a failure-impact rating.

    **Any other language** needs no reason.

    stricter

    # Which language a new service is written in

    Go is the default. It needs no reason.

    **Rust** needs a stated memory budget, latency target or failure-impact rating. It takes one of these, stated in the service's manifest or in a decision that is accepted or proposed:

    - a memory budget,
    - a latency target,
    - a failure-impact rating.

    A missing reason is a warning.

    **Any other language** needs a waiver.

    A comment that excuses a finding counts at once, also in the change that adds it.

    whole

    # Which language a new service is written in

    Go is the default. It needs no reason.

    **Rust** needs a stated memory budget, latency target or failure-impact rating. It takes one of these, stated in the service's manifest or in a decision that is accepted or proposed:

    - a memory budget,
    - a latency target at the 95th percentile of at most 10 ms,
    - a failure-impact rating of at least *high*;

    and at least two reviewers who know it.

    **Python** is for batch jobs and tools only. **Any other language** needs a waiver.

    Each folder `services/*` or `apps/*` is a service and needs a manifest. Decisions are kept in `docs/adr`. Whoever chooses Rust writes a decision, accepted or proposed.

    The team's own facts:

    - `data-class`: on the scale *public*, *internal*, *pii*, lowest first; read from `metadata.labels.data-class`.

    Further rules:

    - A service that handles personal data has two reviewers who know its language. It is about services with the class of its data: at least *pii*. Asked for: at least two reviewers who know the language. Name a second reviewer in the manifest. (`pii-needs-two-reviewers`, a warning)

    One waiver is open: `edge-proxy`, until 31 January 2027 (edge-team: benchmark under way).

    *Owner: platform-guild. To be reviewed by 1 June 2027.*
    "#);
}

#[test]
fn what_init_writes_has_nothing_wrong() {
    let found = Found {
        schema: "https://example.com/policy.schema.json".to_owned(),
        languages: [("go", 4), ("rust", 1), ("python", 2)].map(|(id, count)| (id.to_owned(), count)).to_vec(),
        manifests: vec![("Backstage".to_owned(), 7)],
        decisions: vec!["docs/adr".to_owned()],
        services: vec!["services".to_owned(), "1.10".to_owned(), "a: b".to_owned()],
    };
    let text = scaffold::page(&found);
    page(&text);
    insta::assert_snapshot!(text, @r#"
    # yaml-language-server: $schema=https://example.com/policy.schema.json
    # The page: which language a new service is written in. Agree on it, then merge it.
    #   adrule policy render    shows it as prose
    #   adrule check            judges a change by it
    policy: 1

    title: Which language a new service is written in
    # owner: platform-guild          # who answers for this page
    # review-by: 2027-06-01          # when it is to be looked at again

    # The language of a new service. It needs no reason. Found: Go in 4 services, Python in 2 services and Rust in 1 service.
    default: go

    # What leaving the default takes: one of `any`, and each of `all`, stated in the service's manifest or in a
    # decision. `adrule facts FILE` shows what is read from a file.
    languages:
      rust:
        says: Rust needs a stated memory budget, latency target or failure-impact rating.
        requires:
          any: [memory-budget, latency-target, failure-impact]
          # stricter:
          #   - latency-target: { at-most: 10 ms, percentile: p95 }
          #   - failure-impact: { at-least: high }
          # all:
          #   - reviewers: { at-least: 2 }
      # python: { only-for: [batch, tool] }

    others: allow                    # allow | ask (a waiver is needed) | refuse

    # Manifests found: 7 Backstage.
    services:
      in: ["services/*", "1.10/*"]
      # each such folder is a service and needs a manifest
    decisions:
      in: ["docs/adr"]
    #   required-for: [rust]         # who chooses it writes a decision

    # Exceptions. Each has an owner and an end, and stands here where everybody sees it.
    # waivers:
    #   - rule: language-without-reason
    #     scope: edge-proxy
    #     reason: benchmark under way
    #     owner: edge-team
    #     approved-by: platform-guild
    #     granted: 2026-11-01
    #     expires: 2027-01-31
    #     exit: docs/adr/0042-edge-proxy.md

    # Services as this page imagines them; `adrule policy test` says which rule surprises.
    tests:
      - { given: { language: rust }, expect: [language-without-reason] }
      - { given: { language: rust, memory-budget: 64 MiB }, expect: [] }
    "#);
    page(&scaffold::page(&Found::default()));
    let rust_only = Found { languages: vec![("rust".to_owned(), 3)], ..Found::default() };
    assert!(page(&scaffold::page(&rust_only)).is_default("go"));
    let python = Found { languages: vec![("rust".to_owned(), 3), ("python".to_owned(), 1)], ..Found::default() };
    assert!(page(&scaffold::page(&python)).is_default("python"));
}

/// Every example of a page in the book is a page, or a part of one that goes with the shortest page.
#[test]
fn the_examples_of_the_book_have_nothing_wrong() {
    let book = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/page.md")).unwrap();
    let fences: Vec<&str> = book.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(fences.len() > 10);
    for fence in &fences {
        let whole = if fence.contains("policy: 1") {
            (*fence).to_owned()
        } else {
            format!("policy: 1\nextends: [adrule:default]\n{fence}")
        };
        let shortest = super::organisation::org("policy: 1\ndefault: go\n");
        let loaded = super::organisation::on(&whole, &policy::Organisation::Given(shortest));
        assert!(loaded.page.is_some() && loaded.findings.is_empty(), "{whole}\n{}", told(&loaded, &whole));
    }
    for key in schema::schema()["properties"].as_object().unwrap().keys() {
        assert!(book.contains(&format!("`{key}`")), "the book says nothing about `{key}`");
    }
}

#[test]
fn a_long_page_is_told_so() {
    let sentence = "word ".repeat(460);
    let long = page(&format!("policy: 1\ndefault: go\ntitle: {sentence}\n"));
    let warning = render::length_warning(&long, &render::prose(&long, TODAY)).unwrap();
    assert_eq!(warning.message, "the page has 474 words as prose, and one page has about 450");
    let built_in = policy::built_in();
    assert_eq!(render::length_warning(&built_in, &render::prose(&built_in, TODAY)), None);
}
