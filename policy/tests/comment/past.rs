//! What a comment remembers.

use super::{Pull, after, comment, context, seen, service};
use adrule_policy::report::render::comment::{Context, Links, MARKER, State, is_ours, is_same, render, state};

fn gaps(names: &[&str]) -> Pull {
    Pull::new(names.iter().map(|name| service(name, "rust", &[])).collect())
}

fn mended(name: &str) -> Vec<super::File> {
    service(name, "rust", &["adrule/failure-impact: high"])
}

fn body(pull: &Pull, context: &Context) -> String {
    render(&pull.report(), context).unwrap().body
}

#[test]
fn a_comment_is_known_by_its_marker_and_key() {
    for key in ["", "services/payments", "a b -->", "ä", &"x".repeat(900)] {
        let body = body(&gaps(&["a"]), &Context { key: key.to_owned(), ..context() });
        assert!(body.starts_with(MARKER) && is_ours(&body, key), "{body}");
        assert!(is_ours(&body.replace('\n', "\r\n"), key));
        assert!(!is_ours(&body, "another"));
        assert_eq!(state(&body).unwrap().open.len(), 1);
        assert!(body.lines().next().unwrap().len() < 1000);
    }
}

#[test]
fn a_marker_counts_only_at_the_start() {
    let body = body(&gaps(&["a"]), &context());
    assert!(!is_ours(&format!("> quoted\n{body}"), ""));
    assert_eq!(state(&format!("x{body}")), None);
}

#[test]
fn a_marker_of_another_version_is_ours_without_a_past() {
    let body = body(&gaps(&["a"]), &context()).replace(":v1:", ":v2:");
    assert!(is_ours(&body, ""));
    assert_eq!(state(&body), None);
    let broken = format!("{MARKER}v1: {{\"open\":[{{}} -->\n");
    assert!(is_ours(&broken, ""));
    assert_eq!(state(&broken), None);
}

#[test]
fn what_was_mended_is_remembered_and_folded_later() {
    let first = gaps(&["a", "b", "c"]);
    let second = Pull::new(vec![mended("a"), service("b", "rust", &[]), service("c", "rust", &[])]);
    let context = after(&first);
    let then = body(&second, &context);
    assert!(then.contains("**Mended:** `a` states its failure impact: high ("), "{then}");
    assert!(!then.contains("Mended before"));
    let links = Links { head: "abcdef0123456789abcdef0123456789abcdef01".to_owned(), ..context.links.unwrap() };
    let later = Context { previous: state(&then), links: Some(links), ..Context::default() };
    let third = Pull::new(vec![mended("a"), mended("b"), service("c", "rust", &[])]);
    let then = seen(&body(&third, &later));
    assert!(then.contains("**Mended:** `b` states"), "{then}");
    assert!(then.contains("<details><summary>Mended before: one thing</summary>\n\n- `a` states"), "{then}");
}

#[test]
fn a_gap_that_comes_back_is_a_gap() {
    let (with, without) = (gaps(&["a"]), Pull::new(vec![mended("a")]));
    let set = body(&without, &after(&with));
    assert!(seen(&set).starts_with("**All set.**"));
    let again = Context { previous: state(&set), ..context() };
    let body = body(&with, &again);
    assert_eq!(state(&body).unwrap().mended, []);
    assert!(!body.contains("Mended"), "{body}");
}

#[test]
fn a_gap_whose_words_change_is_not_told_as_mended() {
    let mut pull = gaps(&["a"]);
    let context = after(&pull);
    pull.head = service("a", "rust", &["adrule/failure-impact: low"]);
    let text = body(&pull, &context);
    assert!(!text.contains("Mended"), "{text}");
    assert_eq!(state(&text).unwrap().open.len(), 1);
}

#[test]
fn what_a_waiver_excuses_is_told_as_that() {
    let mut pull = gaps(&["a"]);
    let context = after(&pull);
    pull.page.push_str(
        "waivers:\n  - { rule: language-without-reason, scope: a, reason: benchmark under way, owner: edge-team, \
         approved-by: guild, granted: 2026-11-01, expires: 2027-01-31, exit: x }\n",
    );
    insta::assert_snapshot!(comment(&pull, &context), @"**All set.** `a` is excused: waived until 2027-01-31 (edge-team): benchmark under way ([`adrule.yaml:13`](BASE/adrule.yaml#L13)).");
}

#[test]
fn a_service_that_is_gone_is_told() {
    let context = after(&gaps(&["a", "b"]));
    insta::assert_snapshot!(comment(&gaps(&["b"]), &context), @"
    ### One thing is missing before `b` can be Rust

    **Mended:** `a` is no longer part of this change.

    `b` is written in Rust, and nothing says why. [The page](BASE/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/b/catalog-info.yaml:4`](https://forge.example/acme/shop/blob/fedcba9876543210fedcba9876543210fedcba98/services/b/catalog-info.yaml#L4): new in this change; Rust, as it states

    Add one of these lines, with your own value, in [`services/b/catalog-info.yaml`](https://forge.example/acme/shop/blob/fedcba9876543210fedcba9876543210fedcba98/services/b/catalog-info.yaml), under `metadata.annotations`:

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
fn a_comment_of_ours_is_never_left_as_it_was() {
    // The page was changed and then changed back: nothing is missing, and the comment says so.
    let pull = Pull::new(vec![mended("a")]);
    let context = Context { previous: Some(State::default()), ..context() };
    assert!(comment(&pull, &context).starts_with("### Nothing is missing"));
}

#[test]
fn a_long_past_is_cut_and_counted() {
    let names: Vec<String> = (0..900).map(|at| format!("service-{at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (all, none) = (gaps(&names), Pull::new(names.iter().map(|name| mended(name)).collect()));
    let first = body(&all, &context());
    let known = state(&first).unwrap();
    assert_eq!(known.open.len() + known.left_out[0], 900);
    let set = body(&none, &after(&all));
    assert!(set.encode_utf16().count() <= 65_535);
    assert!(seen(&set).starts_with("**All set.** All "), "{set}");
    let again = Context { previous: state(&set), ..after(&all) };
    assert_eq!(body(&none, &again), set);
}

#[test]
fn line_ends_and_trailing_white_space_make_no_difference() {
    assert!(is_same("a\r\nb  \n", "a\nb"));
    assert!(!is_same("a\nb", "a\n\nb"));
}
