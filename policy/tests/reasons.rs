//! What people read where a reason is missing and something stands in its place: for people, as Markdown, as JSON.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

use adrule_policy::check::{Input, check};
use adrule_policy::policy::{self, Page};
use adrule_policy::report::Report;
use adrule_policy::report::render::{Options, comment, human, json};
use adrule_policy::rule;
use adrule_policy::tree::Tree;
use jiff::civil::{Date, date};
use std::fmt::Write as _;

const TODAY: Date = date(2026, 11, 22);

const SERVICE: (&str, &str) = ("services/edge-proxy/service.yaml", "name: edge-proxy\nlanguage: rust\n");

fn judged(page: &Page, files: &[(&str, &str)]) -> Report {
    let tree = Tree::of(files.iter().copied());
    check(Input::all(&tree, page, TODAY))
}

fn decision(status: &str, body: &str) -> String {
    format!("# 42. Write edge-proxy in Rust\n\nDate: 2026-10-30\n\n## Status\n\n{status}\n\n{body}\n")
}

/// Judges one service in Rust with one decision.
fn with(body: &str) -> Report {
    judged(&policy::built_in(), &[SERVICE, ("docs/adr/0042-edge-proxy.md", &decision("Accepted", body))])
}

fn shown(report: &Report) -> String {
    // What to add, and the closing table, are the same for all of these.
    let text = human::render(report, &Options { quiet: true, ..Options::default() });
    let fixes =
        |line: &&str| !line.starts_with("          ") || line.contains(" | ") || line.trim_start().starts_with('|');
    text.lines().filter(fixes).collect::<Vec<_>>().join("\n")
}

/// Ids, severities and messages, what they explain, their first place and the remedy.
fn listed(report: &Report) -> String {
    let value: serde_json::Value = serde_json::from_str(&json::render(report)).unwrap();
    let mut out = String::new();
    for finding in value["findings"].as_array().unwrap() {
        let place = &finding["places"][0];
        let explains = finding["explains"].as_str().map(|rule| format!(", explains {rule}")).unwrap_or_default();
        writeln!(
            out,
            "{} {}{explains}\n  {}\n  {}:{}:{}-{}\n  {}",
            finding["severity"].as_str().unwrap(),
            finding["rule"].as_str().unwrap(),
            finding["message"].as_str().unwrap(),
            place["path"].as_str().unwrap(),
            place["line"],
            place["column"],
            place["end_column"],
            finding["fix"].as_str().unwrap_or("-").lines().next().unwrap(),
        )
        .unwrap();
    }
    out
}

#[test]
fn nothing_is_stated() {
    let report = judged(&policy::built_in(), &[SERVICE]);
    insta::assert_snapshot!(shown(&report), @"
    error[language-without-reason]: `edge-proxy` is written in Rust, and nothing says why
     --> services/edge-proxy/service.yaml:1:7
      |
    1 | name: edge-proxy
      |       ^^^^^^^^^^ Rust, as it states
    2 | language: rust
      |           ---- Rust is stated here
      |
      = page: Rust needs a stated memory budget, latency target or failure-impact rating.
      = add: any one of these lines, with your own value:
      = more: adrule explain language-without-reason

    1 error in 1 service, 0 decisions. Judged by the built-in page, 2026-11-22.
    ");
    insta::assert_snapshot!(listed(&report), @"
    error language-without-reason
      `edge-proxy` is written in Rust, and nothing says why
      services/edge-proxy/service.yaml:1:7-17
      services/edge-proxy/service.yaml, at the top level:
    ");
}

#[test]
fn only_a_measurement_is_there() {
    let report = with("## Decision\n\nRust is memory-safe and the prototype used 62 MB.");
    insta::assert_snapshot!(shown(&report), @r#"
    error[language-without-reason]: `edge-proxy` is written in Rust, and no reason that the page accepts is stated
      --> services/edge-proxy/service.yaml:1:7
       |
     1 | name: edge-proxy
       |       ^^^^^^^^^^ Rust, as it states
     2 | language: rust
       |           ---- Rust is stated here
       |
      ::: docs/adr/0042-edge-proxy.md:11:25
       |
    11 | Rust is memory-safe and the prototype used 62 MB.
       |         -----------     ------------------------ read as a measurement, not as a limit
       |         |
       |         praise, without a figure
       |
       = page: Rust needs a stated memory budget, latency target or failure-impact rating.
       = read: "the prototype used 62 MB" is read as a measurement, not as a memory budget. If that is also the limit for `edge-proxy`, say so: `**Memory budget:** 62 MB`.
       = add: any one of these lines in either file, with your own value:
       = more: adrule explain language-without-reason

    1 error in 1 service, 1 decision. Judged by the built-in page, 2026-11-22.
    "#);
    insta::assert_snapshot!(comment::plain(&report), @r#"
    ### One thing is missing before `edge-proxy` can be Rust

    `edge-proxy` is written in Rust, and no reason that the page accepts is stated. The page says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - `services/edge-proxy/service.yaml:1`: Rust, as it states
    - `docs/adr/0042-edge-proxy.md:11`: "the prototype used 62 MB" is read as a measurement, not as a memory budget. If that is also the limit for `edge-proxy`, say so: `**Memory budget:** 62 MB`.
    - `docs/adr/0042-edge-proxy.md:11`: "memory-safe" speaks for Rust and gives no figure

    Add one of these lines, with your own value, in `services/edge-proxy/service.yaml`, at the top level:

    ```yaml
    memory-budget: 180 MB per instance
    latency-target: p95 under 120 ms
    failure-impact: high
    ```

    or in `docs/adr/0042-edge-proxy.md`, under "Decision":

    ```md
    **Memory budget:** 180 MB per instance
    **Latency target:** p95 under 120 ms
    **Failure impact:** high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by the built-in page, 2026-11-22.</sub>
    "#);
    insta::assert_snapshot!(listed(&report), @r#"
    info reason-without-number, explains language-without-reason
      "memory-safe" speaks for Rust and gives no figure
      docs/adr/0042-edge-proxy.md:11:9-20
      Say what follows from it for `edge-proxy`, with your own number, for example: `**Failure impact:** high`.
    info reason-is-measurement, explains language-without-reason
      "the prototype used 62 MB" is read as a measurement, not as a memory budget
      docs/adr/0042-edge-proxy.md:11:25-49
      If that is also the limit for `edge-proxy`, say so: `**Memory budget:** 62 MB`.
    error language-without-reason
      `edge-proxy` is written in Rust, and no reason that the page accepts is stated
      services/edge-proxy/service.yaml:1:7-17
      services/edge-proxy/service.yaml, at the top level:
    "#);
}

#[test]
fn only_a_placeholder_is_there() {
    let report = with("## Decision\n\nWe use Rust.\n\n**Memory budget:** TBD\n\nThe latency target is XX ms.");
    insta::assert_snapshot!(shown(&report), @"
    error[language-without-reason]: `edge-proxy` is written in Rust, and no reason that the page accepts is stated
      --> services/edge-proxy/service.yaml:1:7
       |
     1 | name: edge-proxy
       |       ^^^^^^^^^^ Rust, as it states
     2 | language: rust
       |           ---- Rust is stated here
       |
      ::: docs/adr/0042-edge-proxy.md:13:1
       |
    13 | **Memory budget:** TBD
       | ---------------------- still to be filled in
    14 |
    15 | The latency target is XX ms.
       | --------------------------- still to be filled in
       |
       = page: Rust needs a stated memory budget, latency target or failure-impact rating.
       = add: any one of these lines in either file, with your own value:
       = more: adrule explain language-without-reason

    1 error in 1 service, 1 decision. Judged by the built-in page, 2026-11-22.
    ");
    insta::assert_snapshot!(comment::plain(&report), @r#"
    ### One thing is missing before `edge-proxy` can be Rust

    `edge-proxy` is written in Rust, and no reason that the page accepts is stated. The page says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - `services/edge-proxy/service.yaml:1`: Rust, as it states
    - `docs/adr/0042-edge-proxy.md:13`: "Memory budget: TBD" leaves the memory budget to be filled in
    - `docs/adr/0042-edge-proxy.md:15`: "The latency target is XX ms" leaves the latency target to be filled in

    Add one of these lines, with your own value, in `services/edge-proxy/service.yaml`, at the top level:

    ```yaml
    memory-budget: 180 MB per instance
    latency-target: p95 under 120 ms
    failure-impact: high
    ```

    or in `docs/adr/0042-edge-proxy.md`, under "Decision":

    ```md
    **Memory budget:** 180 MB per instance
    **Latency target:** p95 under 120 ms
    **Failure impact:** high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by the built-in page, 2026-11-22.</sub>
    "#);
    insta::assert_snapshot!(listed(&report), @r#"
    info reason-placeholder, explains language-without-reason
      "Memory budget: TBD" leaves the memory budget to be filled in
      docs/adr/0042-edge-proxy.md:13:1-23
      Write the number that holds for `edge-proxy`, for example: `**Memory budget:** 180 MB per instance`.
    info reason-placeholder, explains language-without-reason
      "The latency target is XX ms" leaves the latency target to be filled in
      docs/adr/0042-edge-proxy.md:15:1-28
      Write the number that holds for `edge-proxy`, for example: `**Latency target:** p95 under 120 ms`.
    error language-without-reason
      `edge-proxy` is written in Rust, and no reason that the page accepts is stated
      services/edge-proxy/service.yaml:1:7-17
      services/edge-proxy/service.yaml, at the top level:
    "#);
}

#[test]
fn only_praise_is_there() {
    let report = with("## Decision\n\nRust is blazing fast, memory-safe and modern. Cloudflare uses it.");
    insta::assert_snapshot!(shown(&report), @"
    error[language-without-reason]: `edge-proxy` is written in Rust, and nothing says why
      --> services/edge-proxy/service.yaml:1:7
       |
     1 | name: edge-proxy
       |       ^^^^^^^^^^ Rust, as it states
     2 | language: rust
       |           ---- Rust is stated here
       |
      ::: docs/adr/0042-edge-proxy.md:11:9
       |
    11 | Rust is blazing fast, memory-safe and modern. Cloudflare uses it.
       |         ------------------------------------  ---------- what others do, and no figure
       |         |
       |         praise, without a figure
       |
       = page: Rust needs a stated memory budget, latency target or failure-impact rating.
       = add: any one of these lines in either file, with your own value:
       = more: adrule explain language-without-reason

    1 error in 1 service, 1 decision. Judged by the built-in page, 2026-11-22.
    ");
    insta::assert_snapshot!(comment::plain(&report), @r#"
    ### One thing is missing before `edge-proxy` can be Rust

    `edge-proxy` is written in Rust, and nothing says why. The page says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - `services/edge-proxy/service.yaml:1`: Rust, as it states
    - `docs/adr/0042-edge-proxy.md:11`: "blazing fast, memory-safe and modern" and "Cloudflare" speak for Rust and give no figure
    - `docs/adr/0042-edge-proxy.md:11`: "Rust is blazing fast, memory-safe and modern. Cloudflare uses it.", what others do, and no figure

    Add one of these lines, with your own value, in `services/edge-proxy/service.yaml`, at the top level:

    ```yaml
    memory-budget: 180 MB per instance
    latency-target: p95 under 120 ms
    failure-impact: high
    ```

    or in `docs/adr/0042-edge-proxy.md`, under "Decision":

    ```md
    **Memory budget:** 180 MB per instance
    **Latency target:** p95 under 120 ms
    **Failure impact:** high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by the built-in page, 2026-11-22.</sub>
    "#);
    insta::assert_snapshot!(listed(&report), @r#"
    info reason-without-number, explains language-without-reason
      "blazing fast, memory-safe and modern" and "Cloudflare" speak for Rust and give no figure
      docs/adr/0042-edge-proxy.md:11:9-45
      Say what follows from it for `edge-proxy`, with your own number, for example: `**Latency target:** p95 under 120 ms`.
    error language-without-reason
      `edge-proxy` is written in Rust, and nothing says why
      services/edge-proxy/service.yaml:1:7-17
      services/edge-proxy/service.yaml, at the top level:
    "#);
}

#[test]
fn the_figures_are_those_of_another_system() {
    let report = with(
        "## Context\n\nThe old gateway was limited to 64 MB of memory.\n\n## Decision\n\nThe vendor guarantees 75 ms at p95.",
    );
    insta::assert_snapshot!(shown(&report), @"
    error[language-without-reason]: `edge-proxy` is written in Rust, and no reason that the page accepts is stated
      --> services/edge-proxy/service.yaml:1:7
       |
     1 | name: edge-proxy
       |       ^^^^^^^^^^ Rust, as it states
     2 | language: rust
       |           ---- Rust is stated here
       |
      ::: docs/adr/0042-edge-proxy.md:11:1
       |
    11 | The old gateway was limited to 64 MB of memory.
       | ------------------------------------ about what was there before, not about `edge-proxy`
    ...
    15 | The vendor guarantees 75 ms at p95.
       | ---------------------------------- about another system, not about `edge-proxy`
       |
       = page: Rust needs a stated memory budget, latency target or failure-impact rating.
       = add: any one of these lines in either file, with your own value:
       = more: adrule explain language-without-reason

    1 error in 1 service, 1 decision. Judged by the built-in page, 2026-11-22.
    ");
    insta::assert_snapshot!(comment::plain(&report), @r#"
    ### One thing is missing before `edge-proxy` can be Rust

    `edge-proxy` is written in Rust, and no reason that the page accepts is stated. The page says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - `services/edge-proxy/service.yaml:1`: Rust, as it states
    - `docs/adr/0042-edge-proxy.md:11`: "The old gateway was limited to 64 MB" is about what was there before, not about `edge-proxy`
    - `docs/adr/0042-edge-proxy.md:15`: "The vendor guarantees 75 ms at p95" is about another system, not about `edge-proxy`

    Add one of these lines, with your own value, in `services/edge-proxy/service.yaml`, at the top level:

    ```yaml
    memory-budget: 180 MB per instance
    latency-target: p95 under 120 ms
    failure-impact: high
    ```

    or in `docs/adr/0042-edge-proxy.md`, under "Decision":

    ```md
    **Memory budget:** 180 MB per instance
    **Latency target:** p95 under 120 ms
    **Failure impact:** high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by the built-in page, 2026-11-22.</sub>
    "#);
    insta::assert_snapshot!(listed(&report), @r#"
    info reason-about-other-system, explains language-without-reason
      "The old gateway was limited to 64 MB" is about what was there before, not about `edge-proxy`
      docs/adr/0042-edge-proxy.md:11:1-37
      Say what `edge-proxy` itself has to keep, with your own number, for example: `**Memory budget:** 180 MB per instance`.
    info reason-about-other-system, explains language-without-reason
      "The vendor guarantees 75 ms at p95" is about another system, not about `edge-proxy`
      docs/adr/0042-edge-proxy.md:15:1-35
      Say what `edge-proxy` itself has to keep, with your own number, for example: `**Latency target:** p95 under 120 ms`.
    error language-without-reason
      `edge-proxy` is written in Rust, and no reason that the page accepts is stated
      services/edge-proxy/service.yaml:1:7-17
      services/edge-proxy/service.yaml, at the top level:
    "#);
}

#[test]
fn a_value_is_weaker_than_the_page_asks() {
    let text = "policy: 1\ndefault: go\nlanguages:\n  rust:\n    requires:\n      any:\n        \
                - latency-target: { at-most: 10 ms, percentile: p95 }\n        - failure-impact: { at-least: high }\n";
    let loaded = policy::load(&"adrule.yaml".into(), text, TODAY, &rule::ids());
    let page = loaded.page.unwrap();
    let body = "## Decision\n\nThe p95 target is 40 ms. We rate the impact of a failure as medium.\n\nIt answered in 8 ms at p95 in the load test.";
    let report = judged(&page, &[SERVICE, ("docs/adr/0042-edge-proxy.md", &decision("Accepted", body))]);
    insta::assert_snapshot!(shown(&report), @r#"
    error[language-without-reason]: `edge-proxy` is written in Rust, and what it states is not what the page asks for
      --> services/edge-proxy/service.yaml:1:7
       |
     1 | name: edge-proxy
       |       ^^^^^^^^^^ Rust, as it states
     2 | language: rust
       |           ---- Rust is stated here
       |
      ::: docs/adr/0042-edge-proxy.md:11:1
       |
    11 | The p95 target is 40 ms. We rate the impact of a failure as medium.
       | -----------------------     -------------------------------------- medium, and the page asks for at least high
       | |
       | 40 ms at the 95th percentile, and the page asks for at most 10 ms
    12 |
    13 | It answered in 8 ms at p95 in the load test.
       | -------------------------- read as a measurement, not as a limit
       |
       = page: Rust needs a latency target at the 95th percentile of at most 10 ms or a failure-impact rating of at least high.
       = read: "It answered in 8 ms at p95" is read as a measurement, not as a latency target. If that is also the limit for `edge-proxy`, say so: `**Latency target:** p95 under 8 ms`.
       = add: any one of these lines in either file, with your own value:
       = more: adrule explain language-without-reason

    1 error in 1 service, 1 decision. Judged by the built-in page, 2026-11-22.
    "#);
    insta::assert_snapshot!(comment::plain(&report), @r#"
    ### One thing is missing before `edge-proxy` can be Rust

    `edge-proxy` is written in Rust, and what it states is not what the page asks for. The page says: *Rust needs a latency target at the 95th percentile of at most 10 ms or a failure-impact rating of at least high.* Any one of them is enough.

    - `services/edge-proxy/service.yaml:1`: Rust, as it states
    - `docs/adr/0042-edge-proxy.md:11`: "The p95 target is 40 ms. We rate the impact of a failure as medium.", 40 ms at the 95th percentile, and the page asks for at most 10 ms
    - `docs/adr/0042-edge-proxy.md:13`: "It answered in 8 ms at p95" is read as a measurement, not as a latency target. If that is also the limit for `edge-proxy`, say so: `**Latency target:** p95 under 8 ms`.
    - `docs/adr/0042-edge-proxy.md:11`: "The p95 target is 40 ms. We rate the impact of a failure as medium.", medium, and the page asks for at least high

    Add one of these lines, with your own value, in `services/edge-proxy/service.yaml`, at the top level:

    ```yaml
    latency-target: p95 under 10 ms
    failure-impact: high
    ```

    or in `docs/adr/0042-edge-proxy.md`, under "Decision":

    ```md
    **Latency target:** p95 under 10 ms
    **Failure impact:** high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by the built-in page, 2026-11-22.</sub>
    "#);
    insta::assert_snapshot!(listed(&report), @r#"
    info reason-is-measurement, explains language-without-reason
      "It answered in 8 ms at p95" is read as a measurement, not as a latency target
      docs/adr/0042-edge-proxy.md:13:1-27
      If that is also the limit for `edge-proxy`, say so: `**Latency target:** p95 under 8 ms`.
    error language-without-reason
      `edge-proxy` is written in Rust, and what it states is not what the page asks for
      services/edge-proxy/service.yaml:1:7-17
      services/edge-proxy/service.yaml, at the top level:
    "#);
}

#[test]
fn values_disagree() {
    let service = (SERVICE.0, "name: edge-proxy\nlanguage: rust\nmemory-budget: 180 MB\n");
    let body = decision("Accepted", "## Decision\n\n**Memory budget:** 256 MB per instance");
    let report = judged(&policy::built_in(), &[service, ("docs/adr/0042-edge-proxy.md", &body)]);
    insta::assert_snapshot!(shown(&report), @"
    warning[facts-disagree]: `edge-proxy` states more than one memory budget: 180 MB and 256 MB
      --> services/edge-proxy/service.yaml:3:1
       |
     3 | memory-budget: 180 MB
       | ^^^^^^^^^^^^^^^^^^^^^ 180 MB, in the manifest
       |
      ::: docs/adr/0042-edge-proxy.md:11:1
       |
    11 | **Memory budget:** 256 MB per instance
       | ------------------------- 256 MB, in a decision that is accepted
       |
       = why: Whoever checks the number later has to know which one holds.
       = help: Write the one that holds in both places. A decision that no longer holds is superseded by a new one.
       = more: adrule explain facts-disagree

    1 warning in 1 service, 1 decision. Judged by the built-in page, 2026-11-22.
    ");
    insta::assert_snapshot!(comment::plain(&report), @r#"
    ### Nothing is missing, and one thing is worth a look

    `edge-proxy` states more than one memory budget: 180 MB and 256 MB. Whoever checks the number later has to know which one holds.

    - `services/edge-proxy/service.yaml:3`: 180 MB, in the manifest
    - `docs/adr/0042-edge-proxy.md:11`: "Memory budget: 256 MB per instance", 256 MB, in a decision that is accepted

    Write the one that holds in both places. A decision that no longer holds is superseded by a new one.

    <sub>warning: `facts-disagree`</sub>

    <details><summary>The service is fine</summary>

    - `edge-proxy` (Rust): memory budget 180 MB, `services/edge-proxy/service.yaml:3`

    </details>

    <sub>Judged by the built-in page, 2026-11-22.</sub>
    "#);
    insta::assert_snapshot!(listed(&report), @"
    warning facts-disagree
      `edge-proxy` states more than one memory budget: 180 MB and 256 MB
      services/edge-proxy/service.yaml:3:1-22
      Write the one that holds in both places. A decision that no longer holds is superseded by a new one.
    ");
}

#[test]
fn several_decisions_are_about_it() {
    let first = decision("Accepted", "## Decision\n\nThe prototype used 62 MB.");
    let second = decision("Superseded", "## Decision\n\n**Memory budget:** 64 MB");
    let third = decision("Rejected", "## Decision\n\nEvery handshake must be answered within 10 ms.");
    let report = judged(
        &policy::built_in(),
        &[
            SERVICE,
            ("docs/adr/0042-edge-proxy.md", &first),
            ("docs/adr/0012-edge-proxy.md", &second.replace("# 42.", "# 12.")),
            ("docs/adr/0013-edge-proxy.md", &third.replace("# 42.", "# 13.")),
        ],
    );
    insta::assert_snapshot!(shown(&report), @r#"
    error[language-without-reason]: `edge-proxy` is written in Rust, and no reason that the page accepts is stated
      --> services/edge-proxy/service.yaml:1:7
       |
     1 | name: edge-proxy
       |       ^^^^^^^^^^ Rust, as it states
     2 | language: rust
       |           ---- Rust is stated here
       |
      ::: docs/adr/0042-edge-proxy.md:11:1
       |
    11 | The prototype used 62 MB.
       | ------------------------ read as a measurement, not as a limit
       |
      ::: docs/adr/0012-edge-proxy.md:11:1
       |
    11 | **Memory budget:** 64 MB
       | ------------------------ 64 MB, but the decision is superseded
       |
      ::: docs/adr/0013-edge-proxy.md:11:1
       |
    11 | Every handshake must be answered within 10 ms.
       | --------------------------------------------- 10 ms, but the decision is rejected
       |
       = page: Rust needs a stated memory budget, latency target or failure-impact rating.
       = read: docs/adr/0012-edge-proxy.md is superseded: what it states does not count
       = read: docs/adr/0013-edge-proxy.md is rejected: what it states does not count
       = read: "The prototype used 62 MB" is read as a measurement, not as a memory budget. If that is also the limit for `edge-proxy`, say so: `**Memory budget:** 62 MB`.
       = add: any one of these lines in either file, with your own value:
       = more: adrule explain language-without-reason

    1 error in 1 service, 3 decisions. Judged by the built-in page, 2026-11-22.
    "#);
    insta::assert_snapshot!(comment::plain(&report), @r#"
    ### One thing is missing before `edge-proxy` can be Rust

    `edge-proxy` is written in Rust, and no reason that the page accepts is stated. The page says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - `services/edge-proxy/service.yaml:1`: Rust, as it states
    - `docs/adr/0042-edge-proxy.md:11`: "The prototype used 62 MB" is read as a measurement, not as a memory budget. If that is also the limit for `edge-proxy`, say so: `**Memory budget:** 62 MB`.
    - `docs/adr/0012-edge-proxy.md:11`: "Memory budget: 64 MB", 64 MB, but the decision is superseded
    - `docs/adr/0013-edge-proxy.md:11`: "Every handshake must be answered within 10 ms.", 10 ms, but the decision is rejected
    - docs/adr/0012-edge-proxy.md is superseded: what it states does not count
    - docs/adr/0013-edge-proxy.md is rejected: what it states does not count

    Add one of these lines, with your own value, in `services/edge-proxy/service.yaml`, at the top level:

    ```yaml
    memory-budget: 180 MB per instance
    latency-target: p95 under 120 ms
    failure-impact: high
    ```

    or in `docs/adr/0042-edge-proxy.md`, under "Decision":

    ```md
    **Memory budget:** 180 MB per instance
    **Latency target:** p95 under 120 ms
    **Failure impact:** high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by the built-in page, 2026-11-22.</sub>
    "#);
    insta::assert_snapshot!(listed(&report), @r#"
    info reason-is-measurement, explains language-without-reason
      "The prototype used 62 MB" is read as a measurement, not as a memory budget
      docs/adr/0042-edge-proxy.md:11:1-25
      If that is also the limit for `edge-proxy`, say so: `**Memory budget:** 62 MB`.
    error language-without-reason
      `edge-proxy` is written in Rust, and no reason that the page accepts is stated
      services/edge-proxy/service.yaml:1:7-17
      services/edge-proxy/service.yaml, at the top level:
    "#);
}

#[test]
fn what_explains_a_gap_comes_and_goes_with_it() {
    let waived = "policy: 1\ndefault: go\nlanguages:\n  rust:\n    requires:\n      any: [memory-budget]\nwaivers:\n  \
                  - { rule: language-without-reason, scope: edge-proxy, reason: r, owner: o, approved-by: p, \
                  granted: 2026-11-01, expires: 2027-01-31, exit: e }\n";
    let page = |text: &str| policy::load(&"adrule.yaml".into(), text, TODAY, &rule::ids()).page.unwrap();
    let body = decision("Accepted", "## Decision\n\nThe prototype used 62 MB. Rust is modern.");
    let files = [SERVICE, ("docs/adr/0042-edge-proxy.md", body.as_str())];
    let ids =
        |page: &Page| judged(page, &files).findings.iter().map(|finding| finding.rule.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&page(waived)), ["language-without-reason"]);
    let open = waived.split("waivers:").next().unwrap();
    assert_eq!(ids(&page(open)), ["reason-is-measurement", "reason-without-number", "language-without-reason"]);
    let off = format!("{open}rules:\n  - {{ id: language-without-reason, severity: off }}\n");
    assert_eq!(ids(&page(&off)), Vec::<String>::new());
    let quiet = format!("{open}rules:\n  - {{ id: reason-without-number, severity: off }}\n");
    assert_eq!(ids(&page(&quiet)), ["reason-is-measurement", "language-without-reason"]);
    // Beside a reason that the page accepts nobody is asked to praise less.
    let stated = decision("Accepted", "## Decision\n\nThe memory budget is 62 MB. Rust is modern.");
    let files = [SERVICE, ("docs/adr/0042-edge-proxy.md", stated.as_str())];
    assert!(judged(&page(open), &files).findings.is_empty());
}
