//! Comments as people see them. Whoever changes one reads it aloud first.

use super::{PAGE, Pull, adr, after, comment, context, file, page_of, seen, service};
use adrule_policy::report::render::comment::{Context, PageNews, added_waivers, page_change, plain, render};

fn edge_proxy() -> Pull {
    let decision = "We write edge-proxy in Rust. Rust is memory-safe, and the prototype used 62 MB of memory.";
    Pull::new(vec![
        service("edge-proxy", "rust", &["adrule/decision: docs/adr/0042-edge-proxy.md"]),
        vec![adr(42, "edge-proxy", "accepted", decision)],
    ])
}

fn ledger() -> Vec<super::File> {
    service("ledger", "rust", &["adrule/failure-impact: high"])
}

#[test]
fn one_gap() {
    insta::assert_snapshot!(comment(&edge_proxy(), &context()), @r#"
    ### One thing is missing before `edge-proxy` can be Rust

    `edge-proxy` is written in Rust, and no reason that the page accepts is stated. [The page](BASE/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/edge-proxy/catalog-info.yaml:4`](HEAD/services/edge-proxy/catalog-info.yaml#L4): new in this change; Rust, as it states
    - [`docs/adr/0042-edge-proxy.md:13`](HEAD/docs/adr/0042-edge-proxy.md?plain=1#L13): "the prototype used 62 MB" is read as a measurement, not as a memory budget. If that is also the limit for `edge-proxy`, say so: `**Memory budget:** 62 MB`.
    - [`docs/adr/0042-edge-proxy.md:13`](HEAD/docs/adr/0042-edge-proxy.md?plain=1#L13): "memory-safe" speaks for Rust and gives no figure

    Add one of these lines, with your own value, in [`services/edge-proxy/catalog-info.yaml`](HEAD/services/edge-proxy/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ```

    or in [`docs/adr/0042-edge-proxy.md`](HEAD/docs/adr/0042-edge-proxy.md), under "Decision":

    ```md
    **Memory budget:** 180 MB per instance
    **Latency target:** p95 under 10 ms
    **Failure impact:** high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`). Not now? A waiver on the page needs an owner, a reason and an end date.</sub>
    "#);
}

/// What `--format markdown` prints: the same, with plain paths and the day.
#[test]
fn one_gap_without_a_forge() {
    let mut report = edge_proxy().report();
    report.remarks.push("No adrule.yaml here.".to_owned());
    insta::assert_snapshot!(plain(&report), @r#"
    ### One thing is missing before `edge-proxy` can be Rust

    `edge-proxy` is written in Rust, and no reason that the page accepts is stated. The page says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - `services/edge-proxy/catalog-info.yaml:4`: new in this change; Rust, as it states
    - `docs/adr/0042-edge-proxy.md:13`: "the prototype used 62 MB" is read as a measurement, not as a memory budget. If that is also the limit for `edge-proxy`, say so: `**Memory budget:** 62 MB`.
    - `docs/adr/0042-edge-proxy.md:13`: "memory-safe" speaks for Rust and gives no figure

    Add one of these lines, with your own value, in `services/edge-proxy/catalog-info.yaml`, under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ```

    or in `docs/adr/0042-edge-proxy.md`, under "Decision":

    ```md
    **Memory budget:** 180 MB per instance
    **Latency target:** p95 under 10 ms
    **Failure impact:** high
    ```

    <sub>error: `language-without-reason`</sub>

    No adrule.yaml here.

    <sub>Judged by `adrule.yaml` on main (`a1b2c3d`), 2026-11-22. Not now? A waiver on the page needs an owner, a reason and an end date.</sub>
    "#);
}

#[test]
fn two_gaps_of_one_service() {
    let mut pull = edge_proxy();
    pull.page = PAGE.replace("      any:", "      all:\n        - reviewers: { at-least: 2 }\n      any:")
        + "decisions:\n  required-for: [rust]\n";
    pull.head = service("edge-proxy", "rust", &[]);
    insta::assert_snapshot!(comment(&pull, &context()), @"
    ### Two things are missing before `edge-proxy` can be Rust

    `edge-proxy` is written in Rust, and no decision in force is about it. [The page](BASE/adrule.yaml) says: *Leaving the default for Rust needs a decision, accepted or proposed.*

    - [`services/edge-proxy/catalog-info.yaml:4`](HEAD/services/edge-proxy/catalog-info.yaml#L4): new in this change; Rust, as it states

    Write one and tie it to the service: name `edge-proxy` in its title, or in its front matter as `services: [edge-proxy]`.

    <sub>error: `language-without-decision`</sub>

    `edge-proxy` is written in Rust, and nothing says why. [The page](BASE/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    Add one of these lines, with your own value, in [`services/edge-proxy/catalog-info.yaml`](HEAD/services/edge-proxy/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`). Not now? A waiver on the page needs an owner, a reason and an end date.</sub>
    ");
}

#[test]
fn three_services_with_one_gap() {
    let mut pull = edge_proxy();
    pull.head.extend(ledger());
    pull.head.extend(service("webhook-intake", "go", &[]));
    pull.head.extend(service("thumbnailer", "rust", &[]));
    pull.page = format!(
        "{PAGE}waivers:\n  - rule: language-without-reason\n    scope: thumbnailer\n    reason: benchmark under way\n    owner: edge-team\n    approved-by: platform-guild\n    granted: 2026-11-01\n    expires: 2027-01-31\n    exit: a decision\n"
    );
    insta::assert_snapshot!(comment(&pull, &context()), @r#"
    ### One thing is missing before `edge-proxy` can be Rust

    `edge-proxy` is written in Rust, and no reason that the page accepts is stated. [The page](BASE/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/edge-proxy/catalog-info.yaml:4`](HEAD/services/edge-proxy/catalog-info.yaml#L4): new in this change; Rust, as it states
    - [`docs/adr/0042-edge-proxy.md:13`](HEAD/docs/adr/0042-edge-proxy.md?plain=1#L13): "the prototype used 62 MB" is read as a measurement, not as a memory budget. If that is also the limit for `edge-proxy`, say so: `**Memory budget:** 62 MB`.
    - [`docs/adr/0042-edge-proxy.md:13`](HEAD/docs/adr/0042-edge-proxy.md?plain=1#L13): "memory-safe" speaks for Rust and gives no figure

    Add one of these lines, with your own value, in [`services/edge-proxy/catalog-info.yaml`](HEAD/services/edge-proxy/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ```

    or in [`docs/adr/0042-edge-proxy.md`](HEAD/docs/adr/0042-edge-proxy.md), under "Decision":

    ```md
    **Memory budget:** 180 MB per instance
    **Latency target:** p95 under 10 ms
    **Failure impact:** high
    ```

    <sub>error: `language-without-reason`</sub>

    <details><summary>The other two services in this change are fine</summary>

    - `ledger` (Rust): failure impact high, [`services/ledger/catalog-info.yaml:7`](HEAD/services/ledger/catalog-info.yaml#L7)
    - `webhook-intake` (Go): needs no reason

    </details>

    <details><summary>Excused: 1 by a waiver</summary>

    - `thumbnailer` is written in Rust, and nothing says why ([`services/thumbnailer/catalog-info.yaml:4`](HEAD/services/thumbnailer/catalog-info.yaml#L4)): waived until 2027-01-31 (edge-team): benchmark under way, [`adrule.yaml:13`](BASE/adrule.yaml#L13)

    </details>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`). Not now? A waiver on the page needs an owner, a reason and an end date.</sub>
    "#);
}

#[test]
fn two_services_with_gaps() {
    let pull =
        Pull::new(vec![service("edge-proxy", "rust", &[]), service("ledger", "rust", &["adrule/failure-impact: low"])]);
    insta::assert_snapshot!(comment(&pull, &context()), @r#"
    ### Two things are missing, in two services

    #### `edge-proxy`

    `edge-proxy` is written in Rust, and nothing says why. [The page](BASE/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/edge-proxy/catalog-info.yaml:4`](HEAD/services/edge-proxy/catalog-info.yaml#L4): new in this change; Rust, as it states

    Add one of these lines, with your own value, in [`services/edge-proxy/catalog-info.yaml`](HEAD/services/edge-proxy/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ```

    <sub>error: `language-without-reason`</sub>

    #### `ledger`

    `ledger` is written in Rust, and what it states is not what the page asks for. [The page](BASE/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/ledger/catalog-info.yaml:4`](HEAD/services/ledger/catalog-info.yaml#L4): new in this change; Rust, as it states
    - [`services/ledger/catalog-info.yaml:7`](HEAD/services/ledger/catalog-info.yaml#L7): "adrule/failure-impact: low", low, and the page asks for at least high

    Add one of these lines, with your own value, in [`services/ledger/catalog-info.yaml`](HEAD/services/ledger/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    ```

    or in [`services/ledger/catalog-info.yaml`](HEAD/services/ledger/catalog-info.yaml), in place of what `services/ledger/catalog-info.yaml:7` says:

    ```yaml
    adrule/failure-impact: high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`). Not now? A waiver on the page needs an owner, a reason and an end date.</sub>
    "#);
}

#[test]
fn a_gap_that_closes_while_another_stays() {
    let before = Pull::new(vec![service("edge-proxy", "rust", &[]), service("ledger", "rust", &[])]);
    let mut pull = Pull::new(vec![service("edge-proxy", "rust", &[]), ledger()]);
    pull.page = before.page.clone();
    insta::assert_snapshot!(comment(&pull, &after(&before)), @"
    ### One thing is missing before `edge-proxy` can be Rust

    **Mended:** `ledger` states its failure impact: high ([`services/ledger/catalog-info.yaml:7`](https://forge.example/acme/shop/blob/fedcba9876543210fedcba9876543210fedcba98/services/ledger/catalog-info.yaml#L7)).

    `edge-proxy` is written in Rust, and nothing says why. [The page](BASE/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/edge-proxy/catalog-info.yaml:4`](https://forge.example/acme/shop/blob/fedcba9876543210fedcba9876543210fedcba98/services/edge-proxy/catalog-info.yaml#L4): new in this change; Rust, as it states

    Add one of these lines, with your own value, in [`services/edge-proxy/catalog-info.yaml`](https://forge.example/acme/shop/blob/fedcba9876543210fedcba9876543210fedcba98/services/edge-proxy/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ```

    <sub>error: `language-without-reason`</sub>

    <details><summary>The other service in this change is fine</summary>

    - `ledger` (Rust): failure impact high, [`services/ledger/catalog-info.yaml:7`](https://forge.example/acme/shop/blob/fedcba9876543210fedcba9876543210fedcba98/services/ledger/catalog-info.yaml#L7)

    </details>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`). Not now? A waiver on the page needs an owner, a reason and an end date.</sub>
    ");
}

#[test]
fn all_set() {
    let mut pull = edge_proxy();
    pull.head[1] =
        adr(42, "edge-proxy", "accepted", "We write edge-proxy in Rust.\n\n**Memory budget:** 80 MB per instance");
    insta::assert_snapshot!(comment(&pull, &after(&edge_proxy())), @"**All set.** `edge-proxy` states its memory budget: 80 MB ([`docs/adr/0042-edge-proxy.md:15`](https://forge.example/acme/shop/blob/fedcba9876543210fedcba9876543210fedcba98/docs/adr/0042-edge-proxy.md?plain=1#L15)).");
}

#[test]
fn all_set_after_two_gaps() {
    let before = Pull::new(vec![service("edge-proxy", "rust", &[]), service("ledger", "rust", &[])]);
    let pull = Pull::new(vec![service("edge-proxy", "go", &[]), ledger()]);
    insta::assert_snapshot!(comment(&pull, &after(&before)), @"
    **All set.** Both things that were missing are mended.

    <details><summary>What was mended: two things</summary>

    - `edge-proxy` needs no reason any more
    - `ledger` states its failure impact: high ([`services/ledger/catalog-info.yaml:7`](https://forge.example/acme/shop/blob/fedcba9876543210fedcba9876543210fedcba98/services/ledger/catalog-info.yaml#L7))

    </details>
    ");
}

#[test]
fn nothing_is_said_where_nothing_is_missing() {
    let pull = Pull::new(vec![ledger()]);
    assert_eq!(render(&pull.report(), &context()), None);
}

#[test]
fn the_standing_where_it_is_always_asked_for() {
    let pull = Pull::new(vec![ledger(), service("webhook-intake", "go", &[])]);
    insta::assert_snapshot!(comment(&pull, &Context { always: true, ..context() }), @"
    ### Nothing is missing

    <details><summary>The two services in this change are fine</summary>

    - `ledger` (Rust): failure impact high, [`services/ledger/catalog-info.yaml:7`](HEAD/services/ledger/catalog-info.yaml#L7)
    - `webhook-intake` (Go): needs no reason

    </details>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`).</sub>
    ");
}

/// The comment on a pull request that changes its page.
fn with_new_page(pull: &Pull, new: &str) -> String {
    let report = pull.report();
    let (old, loaded) = (page_of(&pull.page).page.unwrap(), page_of(new));
    let by_new = loaded.page.as_ref().map(|_| pull.report_by(new));
    let change = page_change(&old, &loaded, new, &report, by_new.as_ref());
    let added = loaded.page.map(|page| added_waivers(&old, &page, new, &report)).unwrap_or_default();
    let context = Context { page: PageNews::Changed(change), added_waivers: added, ..context() };
    seen(&render(&report, &context).expect("a comment").body)
}

#[test]
fn a_change_of_the_page() {
    let pull = Pull::new(vec![ledger(), service("thumbnailer", "rust", &["adrule/memory-budget: 80 MB"])]);
    let new = PAGE.replace("        - memory-budget\n", "");
    insta::assert_snapshot!(with_new_page(&pull, &new), @"
    ### This pull request changes the page

    It is judged by [the page](BASE/adrule.yaml) on `main`. With the new one, `thumbnailer` would have a gap: no reason stated. One other service would stay as it is.

    What changes:

    - Rust: a memory budget is no longer enough.

    <details><summary>The two services in this change are fine</summary>

    - `ledger` (Rust): failure impact high, [`services/ledger/catalog-info.yaml:7`](HEAD/services/ledger/catalog-info.yaml#L7)
    - `thumbnailer` (Rust): memory budget 80 MB, [`services/thumbnailer/catalog-info.yaml:7`](HEAD/services/thumbnailer/catalog-info.yaml#L7)

    </details>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`).</sub>
    ");
}

#[test]
fn a_change_of_the_page_that_moves_nothing() {
    let pull = Pull::new(vec![ledger()]);
    insta::assert_snapshot!(with_new_page(&pull, &PAGE.replace("platform-guild", "language-guild")), @r#"
    ### This pull request changes the page

    It is judged by [the page](BASE/adrule.yaml) on `main`. With the new one, the service in this change would stay as it is.

    What changes:

    - The owner is now "language-guild"; it was "platform-guild".

    <details><summary>The service in this change is fine</summary>

    - `ledger` (Rust): failure impact high, [`services/ledger/catalog-info.yaml:7`](HEAD/services/ledger/catalog-info.yaml#L7)

    </details>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`).</sub>
    "#);
}

#[test]
fn a_page_with_a_mistake() {
    let pull = Pull::new(vec![ledger()]);
    insta::assert_snapshot!(with_new_page(&pull, &PAGE.replace("at-most: 10 ms", "at-most: 10")), @"
    ### This pull request changes the page

    It is judged by [the page](BASE/adrule.yaml) on `main`. The new one has one mistake:

    - `latency-target` needs a unit ([`adrule.yaml:10`](HEAD/adrule.yaml#L10))

    <details><summary>The service in this change is fine</summary>

    - `ledger` (Rust): failure impact high, [`services/ledger/catalog-info.yaml:7`](HEAD/services/ledger/catalog-info.yaml#L7)

    </details>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`).</sub>
    ");
}

#[test]
fn the_first_page_is_tried_out() {
    let pull = Pull::new(vec![service("edge-proxy", "rust", &[]), ledger()]);
    let context = Context { page: PageNews::First, ..context() };
    insta::assert_snapshot!(comment(&pull, &context), @"
    ### This pull request adds the page

    [The page](HEAD/adrule.yaml) is new here. Until it is merged it is only tried out, and nothing fails. By it, one thing is missing before `edge-proxy` can be Rust.

    `edge-proxy` is written in Rust, and nothing says why. [The page](HEAD/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/edge-proxy/catalog-info.yaml:4`](HEAD/services/edge-proxy/catalog-info.yaml#L4): new in this change; Rust, as it states

    Add one of these lines, with your own value, in [`services/edge-proxy/catalog-info.yaml`](HEAD/services/edge-proxy/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ```

    <sub>error: `language-without-reason`</sub>

    <details><summary>The other service in this change is fine</summary>

    - `ledger` (Rust): failure impact high, [`services/ledger/catalog-info.yaml:7`](HEAD/services/ledger/catalog-info.yaml#L7)

    </details>

    <sub>Judged by [`adrule.yaml`](HEAD/adrule.yaml) of this pull request.</sub>
    ");
}

const WAIVER: &str = "waivers:\n  - rule: language-without-reason\n    scope: edge-proxy\n    reason: benchmark under way\n    owner: edge-team\n    approved-by: platform-guild\n    granted: 2026-11-01\n    expires: 2027-01-31\n    exit: a decision\n";

#[test]
fn a_page_that_mends_another_is_tried_out() {
    let pull = Pull::new(vec![service("edge-proxy", "rust", &[])]);
    let said = comment(&pull, &Context { page: PageNews::Mended, ..context() });
    insta::assert_snapshot!(said, @"
    ### This pull request mends the page

    The page on `main` has a mistake and cannot be used. [The one here](HEAD/adrule.yaml) can: until it is merged it is only tried out, and nothing fails. By it, one thing is missing before `edge-proxy` can be Rust.

    `edge-proxy` is written in Rust, and nothing says why. [The page](HEAD/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/edge-proxy/catalog-info.yaml:4`](HEAD/services/edge-proxy/catalog-info.yaml#L4): new in this change; Rust, as it states

    Add one of these lines, with your own value, in [`services/edge-proxy/catalog-info.yaml`](HEAD/services/edge-proxy/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by [`adrule.yaml`](HEAD/adrule.yaml) of this pull request.</sub>
    ");
}

#[test]
fn an_added_waiver() {
    insta::assert_snapshot!(with_new_page(&edge_proxy(), &format!("{PAGE}{WAIVER}")), @r#"
    ### One thing is missing before `edge-proxy` can be Rust

    **A waiver is added** for `edge-proxy`, until 31 January 2027 (edge-team: benchmark under way), in [`adrule.yaml:13`](HEAD/adrule.yaml#L13). It counts once it is on `main`, and then excuses what is missing for `edge-proxy`.

    `edge-proxy` is written in Rust, and no reason that the page accepts is stated. [The page](BASE/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/edge-proxy/catalog-info.yaml:4`](HEAD/services/edge-proxy/catalog-info.yaml#L4): new in this change; Rust, as it states
    - [`docs/adr/0042-edge-proxy.md:13`](HEAD/docs/adr/0042-edge-proxy.md?plain=1#L13): "the prototype used 62 MB" is read as a measurement, not as a memory budget. If that is also the limit for `edge-proxy`, say so: `**Memory budget:** 62 MB`.
    - [`docs/adr/0042-edge-proxy.md:13`](HEAD/docs/adr/0042-edge-proxy.md?plain=1#L13): "memory-safe" speaks for Rust and gives no figure

    Add one of these lines, with your own value, in [`services/edge-proxy/catalog-info.yaml`](HEAD/services/edge-proxy/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ```

    or in [`docs/adr/0042-edge-proxy.md`](HEAD/docs/adr/0042-edge-proxy.md), under "Decision":

    ```md
    **Memory budget:** 180 MB per instance
    **Latency target:** p95 under 10 ms
    **Failure impact:** high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`).</sub>
    "#);
}

#[test]
fn an_added_waiver_that_lacks_something() {
    let waiver = WAIVER.replace("    owner: edge-team\n", "").replace("    expires: 2027-01-31\n", "");
    insta::assert_snapshot!(with_new_page(&edge_proxy(), &format!("{PAGE}{waiver}")), @r#"
    ### One thing is missing before `edge-proxy` can be Rust

    **A waiver is added** for `edge-proxy` (benchmark under way), in [`adrule.yaml:13`](HEAD/adrule.yaml#L13). It lacks an owner and an end date, and excuses nothing until it has that.

    `edge-proxy` is written in Rust, and no reason that the page accepts is stated. [The page](BASE/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/edge-proxy/catalog-info.yaml:4`](HEAD/services/edge-proxy/catalog-info.yaml#L4): new in this change; Rust, as it states
    - [`docs/adr/0042-edge-proxy.md:13`](HEAD/docs/adr/0042-edge-proxy.md?plain=1#L13): "the prototype used 62 MB" is read as a measurement, not as a memory budget. If that is also the limit for `edge-proxy`, say so: `**Memory budget:** 62 MB`.
    - [`docs/adr/0042-edge-proxy.md:13`](HEAD/docs/adr/0042-edge-proxy.md?plain=1#L13): "memory-safe" speaks for Rust and gives no figure

    Add one of these lines, with your own value, in [`services/edge-proxy/catalog-info.yaml`](HEAD/services/edge-proxy/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ```

    or in [`docs/adr/0042-edge-proxy.md`](HEAD/docs/adr/0042-edge-proxy.md), under "Decision":

    ```md
    **Memory budget:** 180 MB per instance
    **Latency target:** p95 under 10 ms
    **Failure impact:** high
    ```

    <sub>error: `language-without-reason`</sub>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`).</sub>
    "#);
}

#[test]
fn only_decisions() {
    let pull = Pull::new(vec![vec![
        adr(7, "queues", "Decided!!", "We use queues."),
        adr(7, "caches", "accepted", "We use caches, see [the record](0001-cache.md)."),
    ]]);
    insta::assert_snapshot!(comment(&pull, &context()), @r#"
    ### One thing to mend in `docs/adr/0007-caches.md`

    The number 7 is given to 2 records. People name a record by its number, and a number that two records share names neither.

    - [`docs/adr/0007-caches.md:1`](HEAD/docs/adr/0007-caches.md?plain=1#L1): `0007-caches.md`
    - [`docs/adr/0007-queues.md:1`](HEAD/docs/adr/0007-queues.md?plain=1#L1): "7\. queues", `0007-queues.md`

    Give `0007-caches.md` a number that is free, such as 8, in its name, its title and the links to it.

    <sub>error: `decision-number-duplicate`</sub>

    <details><summary>Also worth a look: one thing</summary>

    The link to `0001-cache.md` leads nowhere. A record is read years later, when nobody remembers what a dead link led to.

    - [`docs/adr/0007-caches.md:13`](HEAD/docs/adr/0007-caches.md?plain=1#L13): there is no `docs/adr/0001-cache.md`

    Correct the link, or say in words what it led to.

    <sub>warning: `decision-link-broken`</sub>

    </details>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`).</sub>
    "#);
}

#[test]
fn only_warnings() {
    let mut pull = Pull::new(vec![service("ledger", "go", &[])]);
    pull.head.push(file("services/ledger/Cargo.toml", "[package]\nname = \"ledger\"\n"));
    for (path, text) in [("go.mod", "module ledger\n"), ("main.go", "package main\n"), ("src/lib.rs", "")] {
        pull.head.push(file(&format!("services/ledger/{path}"), text));
    }
    insta::assert_snapshot!(comment(&pull, &context()), @"
    ### Nothing is missing, and one thing is worth a look

    `ledger` states Go, and its build files show Rust. What a service is written in decides what it must state, so the manifest and the build files have to agree.

    - [`services/ledger/catalog-info.yaml:6`](HEAD/services/ledger/catalog-info.yaml#L6): states Go
    - [`services/ledger/Cargo.toml`](HEAD/services/ledger/Cargo.toml): shows Rust

    State every language that the service is written in, or move the build file out of its folder.

    <sub>warning: `language-disagrees`</sub>

    <details><summary>The service in this change is fine</summary>

    - `ledger` (Go): needs no reason

    </details>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`).</sub>
    ");
}

#[test]
fn hostile_names() {
    let name = "@org/team #12 <img src=x> [a](https://evil.example) `tick` --> | $x$ :tada:";
    let manifest = format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {}\n  annotations:\n    adrule/language: rust\n    adrule/failure-impact: \"low, ask @boss or see https://evil.example\"\n",
        serde_json::Value::from(name)
    );
    let pull = Pull::new(vec![vec![file("services/@x ![y](z)/catalog-info.yaml", &manifest)]]);
    insta::assert_snapshot!(comment(&pull, &context()), @r#"
    ### One thing is missing before ``@org/team #12 <img src=x> [a](https://evil.example) `tick` --> | $x$ :tada:`` can be Rust

    `@org/team #12 <img src=x> [a](https://evil.example) `tick` --> | $x$ :tada:` is written in Rust, and what it states is not what the page asks for. [The page](BASE/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/@x ![y](z)/catalog-info.yaml:4`](HEAD/services/%40x%20%21%5By%5D%28z%29/catalog-info.yaml#L4): new in this change; Rust, as it states
    - [`services/@x ![y](z)/catalog-info.yaml:7`](HEAD/services/%40x%20%21%5By%5D%28z%29/catalog-info.yaml#L7): "adrule/failure-impact: "low, ask `@boss` or see `https://evil.example`"", low, and the page asks for at least high

    Add one of these lines, with your own value, in [`services/@x ![y](z)/catalog-info.yaml`](HEAD/services/%40x%20%21%5By%5D%28z%29/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    ```

    or in [`services/@x ![y](z)/catalog-info.yaml`](HEAD/services/%40x%20%21%5By%5D%28z%29/catalog-info.yaml), in place of what `services/@x` `![y](z)/catalog-info.yaml:7` says:

    ```yaml
    adrule/failure-impact: high
    ```

    <sub>error: `language-without-reason`</sub>

    <details><summary>Also worth a look: one thing</summary>

    `spec` is missing. What does not have the format's shape is skipped or misread by whoever reads the manifest.

    - [`services/@x ![y](z)/catalog-info.yaml:1`](HEAD/services/%40x%20%21%5By%5D%28z%29/catalog-info.yaml#L1): has no `spec`

    <sub>warning: `manifest-invalid`</sub>

    </details>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`). Not now? A waiver on the page needs an owner, a reason and an end date.</sub>
    "#);
}
