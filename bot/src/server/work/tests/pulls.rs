//! One comment and one check on the newest head, whatever happens.

use super::support::{App, INSTALLATION, PAGE, run, service};
use crate::github::tests::fake::{REPOSITORY, Wrong};
use crate::server::store::Subject;
use crate::server::worker::Failure;
use serde_json::json;

/// A pull request that adds a service in Rust without a reason.
async fn with_a_gap() -> App {
    let app = App::new().await;
    let head = app.branch("change", &[("services/gamma/catalog-info.yaml", &service("gamma", "rust"))]);
    app.open(1, &head);
    app
}

#[test]
fn a_gap_is_told_mended_and_kept_in_mind() {
    run(async {
        let app = with_a_gap().await;
        app.pull(1).await.unwrap();
        let comments = app.github.comments(1);
        assert!(comments.len() == 1 && comments[0].contains("gamma"), "{comments:?}");
        assert!(comments[0].contains("/adrule recheck"), "{}", comments[0]);
        let checks = app.checks();
        assert_eq!((checks.len(), &checks[0]["conclusion"]), (1, &json!("failure")), "{checks:?}");
        assert_eq!(checks[0]["name"], "adrule (main)");
        let verdict = app.store.last_verdict(REPOSITORY, 1).await.unwrap().unwrap();
        assert_eq!(
            (verdict.installation, verdict.conclusion.as_str(), verdict.is_open),
            (INSTALLATION, "failure", true)
        );
        assert_eq!(verdict.findings, [("language-without-reason".to_owned(), 1)]);

        // The same once more: three questions, nothing judged, nothing written.
        app.quiet();
        app.pull(1).await.unwrap();
        assert_eq!(app.calls(), ["GET pulls", "GET compare", "POST "], "{:?}", app.github.asked());
        assert!(app.writes().is_empty());

        // Mended: the same comment, in one line, and a check on the new head.
        let head = app.branch("change", &[("services/gamma/catalog-info.yaml", &service("gamma", "go"))]);
        app.open(1, &head);
        app.pull(1).await.unwrap();
        let comments = app.github.comments(1);
        assert!(comments.len() == 1 && comments[0].contains("All set"), "{comments:?}");
        let checks = app.checks();
        assert_eq!((checks.len(), &checks[1]["conclusion"]), (2, &json!("success")));
        assert_eq!(checks[1]["head_sha"], json!(head));

        // Closed: no longer counted, and not asked for any further.
        app.close(1);
        app.quiet();
        app.pull(1).await.unwrap();
        assert_eq!(app.calls(), ["GET pulls"]);
        assert!(app.store.open_verdicts(REPOSITORY).await.unwrap().is_empty());
    });
}

#[test]
fn what_decides_has_changed_so_it_is_judged_again() {
    run(async {
        let app = with_a_gap().await;
        app.pull(1).await.unwrap();
        // The page of the base branch only warns by now.
        app.repository.commit(&[(
            "adrule.yaml",
            &format!("{PAGE}rules:\n  - {{ id: language-without-reason, severity: warning }}\n"),
        )]);
        app.pull(1).await.unwrap();
        let checks = app.checks();
        let conclusions: Vec<_> = checks.iter().map(|check| check["conclusion"].as_str().unwrap()).collect();
        assert_eq!(conclusions.last(), Some(&"neutral"), "{conclusions:?}");
        assert_eq!(app.github.comments(1).len(), 1);
    });
}

/// What cannot be used is told by the check, and no job gives up over it.
#[test]
fn a_page_or_a_baseline_that_cannot_be_used_is_told_by_the_check_and_locks_nobody_out() {
    run(async {
        let no_text = format!("{PAGE}title: a\0\n");
        for (path, broken, whole, told) in [
            ("adrule.yaml", no_text.as_str(), PAGE, "the page cannot be read: "),
            (".adrule-baseline.json", "[]", "{ \"version\": 1, \"entries\": [] }", "line 1, column"),
            (".adrule-baseline.json", "{\0}", "{ \"version\": 1, \"entries\": [] }", "cannot be used: on main ("),
        ] {
            let app = App::new().await;
            app.repository.commit(&[(path, broken)]);
            let head = app.branch("change", &[("services/gamma/catalog-info.yaml", &service("gamma", "go"))]);
            app.open(1, &head);
            app.pull(1).await.unwrap();
            let last = app.checks().pop().unwrap();
            assert_eq!(last["conclusion"], "failure", "{last}");
            assert!(last["output"].to_string().contains(told), "{last}");
            let head = app.branch("change", &[(path, whole)]);
            app.open(1, &head);
            app.pull(1).await.unwrap();
            let last = app.checks().pop().unwrap();
            assert_eq!((&last["head_sha"], &last["conclusion"]), (&json!(head), &json!("success")), "{last}");
        }
        // Brought along by a change: its own fault.
        let app = App::new().await;
        let head = app.branch("change", &[("adrule.yaml", &no_text)]);
        app.open(1, &head);
        app.pull(1).await.unwrap();
        assert_eq!(app.checks()[0]["conclusion"], "failure", "{:?}", app.checks());
    });
}

#[test]
fn a_head_that_moves_while_it_is_judged_is_judged_anew() {
    run(async {
        let app = with_a_gap().await;
        let newer = app.branch("newer", &[("services/gamma/catalog-info.yaml", &service("gamma", "go"))]);
        let pulls = app.github.state().pulls.clone();
        // The first answer is of before the push, all others of after it.
        app.github.once("GET", "/pulls/1", Wrong::Instead(200, Vec::new(), Box::leak(pulls[0].to_string().into())));
        app.open(1, &newer);
        app.pull(1).await.unwrap();
        let checks = app.checks();
        assert_eq!((checks.len(), &checks[0]["head_sha"]), (1, &json!(newer)), "{checks:?}");
        assert!(app.github.comments(1).is_empty());
    });
}

#[test]
fn unclear_answers_and_crashes_leave_one_comment_and_one_check() {
    run(async {
        for (method, path) in [("POST", "/comments"), ("POST", "/check-runs")] {
            for wrong in [Wrong::After(502), Wrong::Cut] {
                let app = with_a_gap().await;
                app.github.once(method, path, wrong);
                app.pull(1).await.unwrap();
                // The process ended before it could write down what it had said.
                app.store.forget_repository(REPOSITORY).await.unwrap();
                app.pull(1).await.unwrap();
                assert_eq!((app.github.comments(1).len(), app.checks().len()), (1, 1), "{path}");
            }
        }
    });
}

#[test]
fn each_fault_of_github_says_what_to_do() {
    run(async {
        let app = with_a_gap().await;
        let after = vec![("retry-after", "90".to_owned())];
        app.github.once("GET", "/pulls/1", Wrong::Instead(429, after, "{}"));
        assert!(matches!(app.pull(1).await, Err(Failure::Limited(_))));
        app.github.times(9, "GET", "/pulls/1", Wrong::Instead(502, Vec::new(), "{}"));
        assert!(matches!(app.pull(1).await, Err(Failure::Passing(_))));
        app.github.state().faults.clear();
        app.github.state().denied.push("/check-runs");
        let Err(Failure::Lasting(why)) = app.pull(1).await else { panic!("a permission is missing") };
        assert!(why.contains("check-runs") && why.contains("permission"), "{why}");
        assert!(app.clock.slept.lock().unwrap().iter().all(|slept| slept.as_secs() <= 2));
    });
}

#[test]
fn what_is_gone_is_forgotten_and_no_failure() {
    run(async {
        let app = with_a_gap().await;
        app.pull(1).await.unwrap();
        app.github.state().pulls.clear();
        app.pull(1).await.unwrap();
        assert!(app.store.open_verdicts(REPOSITORY).await.unwrap().is_empty());
        for status in [404, 403] {
            let app = with_a_gap().await;
            app.pull(1).await.unwrap();
            // The App was removed, or is suspended: its token is good no more, and there is no other.
            app.github.state().tokens = Some(std::collections::BTreeSet::new());
            app.github.state().app.refused = Some(status);
            app.pull(1).await.unwrap();
            assert!(app.store.last_verdict(REPOSITORY, 1).await.unwrap().is_none());
        }
    });
}

#[test]
fn a_merge_group_is_really_judged() {
    run(async {
        let app = App::new().await;
        let base = app.repository.git(&["rev-parse", "main"]);
        let head = app.branch("queue", &[("services/gamma/catalog-info.yaml", &service("gamma", "rust"))]);
        let group =
            Subject::Group { repository: REPOSITORY.to_owned(), head: head.clone(), base, branch: "main".to_owned() };
        for _ in 0..2 {
            app.bring(group.clone(), false).await.unwrap();
        }
        let checks = app.checks();
        assert_eq!(checks.len(), 1, "{checks:?}");
        assert_eq!((&checks[0]["head_sha"], &checks[0]["conclusion"]), (&json!(head), &json!("failure")));
    });
}

#[test]
fn two_pull_requests_with_one_number_are_both_told() {
    const RECORD: &str = "# 7. Use one queue\n\nDate: 2026-10-30\n\n## Status\n\nAccepted\n\n## Context\n\nEach team runs its own queue, and nobody watches them all.\n\n## Decision\n\nWe run one queue for all teams.\n\n## Consequences\n\nOne team has to run it.\n";
    run(async {
        let app = App::new().await;
        let one = app.branch("one", &[("docs/adr/0007-queue.md", RECORD)]);
        let two = app.branch("two", &[("docs/adr/0007-cache.md", &RECORD.replace("queue", "cache"))]);
        app.open(1, &one);
        app.open(2, &two);
        app.pull(1).await.unwrap();
        assert!(app.github.comments(1).is_empty() && app.due().await.is_empty());
        // The second one comes: it is told, and the first one is due.
        app.pull(2).await.unwrap();
        assert!(app.github.comments(2)[0].contains("pull request 1"), "{:?}", app.github.comments(2));
        let first = Subject::Pull { repository: REPOSITORY.to_owned(), number: 1 };
        assert_eq!(app.due().await, [(first, false)]);
        app.pull(1).await.unwrap();
        assert!(app.github.comments(1)[0].contains("pull request 2"), "{:?}", app.github.comments(1));
        assert!(app.due().await.is_empty());
        // The first one is closed: the number is free, and the second one is due, and told.
        app.close(1);
        app.pull(1).await.unwrap();
        assert_eq!(app.due().await.len(), 1);
        app.pull(2).await.unwrap();
        assert!(app.github.comments(2)[0].contains("All set"), "{:?}", app.github.comments(2));
    });
}
