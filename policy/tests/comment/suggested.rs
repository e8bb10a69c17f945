//! Suggested changes.

use super::{Pull, adr, file, service};
use adrule_policy::report::render::comment::{
    ChangedLines, Context, Suggestion, is_review, not_yet_made, review, suggestions,
};

/// What is suggested where every line of every file is part of the change.
fn suggested(pull: &Pull) -> Vec<Suggestion> {
    let changed: ChangedLines = pull.head.iter().map(|(path, _)| (path.clone(), vec![(1, 1000)])).collect();
    suggestions(&pull.report(), &Context::default(), &changed)
}

fn shown(all: &[Suggestion]) -> String {
    all.iter().map(|one| format!("{}:{}\n{}", one.path, one.line, one.body)).collect::<Vec<_>>().join("\n")
}

fn mismatch() -> Pull {
    let (_, text) = adr(8, "queues", "accepted", "We use queues.");
    Pull::new(vec![vec![file("docs/adr/0007-queues.md", &text)]])
}

#[test]
fn the_number_in_a_title() {
    insta::assert_snapshot!(shown(&suggested(&mismatch())), @"
    docs/adr/0007-queues.md:1
    The title says number 8, the file's name number 7.

    ```suggestion
    # 7. queues
    ```
    ");
}

#[test]
fn the_target_of_a_link() {
    let decision = "We use queues; see [caches](0006-cache.md) and `0006`.";
    let pull =
        Pull::new(vec![vec![adr(6, "caches", "accepted", "We use caches."), adr(7, "queues", "accepted", decision)]]);
    insta::assert_snapshot!(shown(&suggested(&pull)), @"
    docs/adr/0007-queues.md:13
    The link to `0006-cache.md` leads nowhere.

    ```suggestion
    We use queues; see [caches](0006-caches.md) and `0006`.
    ```
    ");
}

#[test]
fn a_status_that_was_forgotten() {
    let pull = Pull::new(vec![vec![
        adr(6, "caches", "Accepted", "We use caches."),
        adr(7, "queues", "accepted\n\nSupersedes [6](0006-caches.md)", "We use queues."),
    ]]);
    insta::assert_snapshot!(shown(&suggested(&pull)), @"
    docs/adr/0006-caches.md:3
    `0006-caches.md` is replaced by `0007-queues.md`, and its status is still `Accepted`.

    ```suggestion
    Status: Superseded by ADR-0007
    ```
    ");
}

#[test]
fn millibytes_of_memory() {
    let manifest = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ledger\nspec:\n  template:\n    spec:\n      containers:\n        - name: ledger\n          image: ledger\n          resources:\n            limits:\n              memory: 128m # enough\n";
    let pull = Pull::new(vec![vec![
        file("services/ledger/deployment.yaml", manifest),
        file("services/ledger/go.mod", "module ledger\n"),
    ]]);
    insta::assert_snapshot!(shown(&suggested(&pull)), @"
    services/ledger/deployment.yaml:13
    `128m` of memory is less than a byte.

    ```suggestion
                  memory: 128Mi # enough
    ```
    ");
}

#[test]
fn a_budget_is_the_authors_to_write() {
    assert_eq!(suggested(&Pull::new(vec![service("edge-proxy", "rust", &[])])), []);
}

#[test]
fn only_lines_of_the_change() {
    let report = mismatch().report();
    for (lines, number) in [(vec![(1, 1)], 1), (vec![(3, 9), (1, 2)], 1), (vec![(2, 40)], 0), (vec![], 0)] {
        let changed = ChangedLines::from([("docs/adr/0007-queues.md".to_owned(), lines.clone())]);
        assert_eq!(suggestions(&report, &Context::default(), &changed).len(), number, "{lines:?}");
    }
    assert_eq!(suggestions(&report, &Context::default(), &ChangedLines::new()), []);
}

#[test]
fn a_folder_of_a_larger_repository() {
    let context = Context { folder: "shop".to_owned(), ..Context::default() };
    let changed = ChangedLines::from([("shop/docs/adr/0007-queues.md".to_owned(), vec![(1, 3)])]);
    let all = suggestions(&mismatch().report(), &context, &changed);
    assert_eq!(all[0].path, "shop/docs/adr/0007-queues.md");
}

#[test]
fn a_fence_in_the_line_does_not_end_the_block() {
    let (_, text) = adr(8, "queues ```x", "accepted", "We use queues.");
    let all = suggested(&Pull::new(vec![vec![file("docs/adr/0007-queues.md", &text)]]));
    assert!(all[0].body.contains("````suggestion\n# 7. queues ```x\n````\n"), "{}", all[0].body);
}

#[test]
fn what_cannot_be_seen_is_not_suggested() {
    let (_, text) = adr(8, "queues\u{202e}", "accepted", "We use queues.");
    assert_eq!(suggested(&Pull::new(vec![vec![file("docs/adr/0007-queues.md", &text)]])), []);
}

#[test]
fn none_is_made_twice() {
    let twice = "We use queues; see [caches](0006-cache.md).\n\nWe use queues; see [caches](0006-cache.md).";
    let records = vec![adr(6, "caches", "accepted", "We use caches."), adr(7, "queues", "accepted", twice)];
    let all = suggested(&Pull::new(vec![records.clone()]));
    assert_eq!(all.len(), 2);
    assert_ne!(all[0].id, all[1].id);
    let body = review(&all[..1]);
    assert!(is_review(&body) && !is_review("<!-- adrule:comment:v1 -->"));
    insta::assert_snapshot!(body.lines().skip(1).collect::<String>(), @"Here the exact lines are known, and can be taken over with one click if they are right.");
    insta::assert_snapshot!(review(&all).lines().skip(1).collect::<String>(), @"In two places the exact lines are known, and can be taken over with one click where they are right.");
    // What GitHub makes of line ends changes nothing.
    let body = body.replace('\n', "\r\n");
    assert_eq!(not_yet_made(all.clone(), [body.as_str(), "words"]), all[1..]);
    assert_eq!(not_yet_made(all.clone(), [review(&all).as_str()]), []);
    // Lines that have moved are the same suggestion still.
    let (path, text) = records[1].clone();
    let moved = suggested(&Pull::new(vec![vec![
        records[0].clone(),
        file(&path, &text.replace("## Decision", "More.\n\n## Decision")),
    ]]));
    assert_eq!(not_yet_made(moved, [review(&all).as_str()]), []);
}
