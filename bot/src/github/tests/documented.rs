//! Every call that the client makes, against GitHub's own description of its interface. `.ci/end-to-end` says where that
//! is; without it this says that it was skipped. Everything else that is tested with the fake is asked there too.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use super::fake::{APP_KEY, REPOSITORY};
use super::support::{Setup, run, setup, with};
use crate::github::auth::App;
use crate::github::{Annotation, Auth, CheckRun, Conclusion, Error, LineComment, Place, Review, Status};
use serde_json::json;

fn described(setup: Setup) -> Option<Setup> {
    if setup.fake.state().validator.is_none() {
        eprintln!("skipped: ADRULE_PRISM is not set, .ci/end-to-end sets it");
        return None;
    }
    // No GraphQL: the description is of REST.
    setup.fake.state().has_graphql = false;
    Some(setup)
}

fn check(annotations: usize) -> CheckRun {
    let note = |number: usize| Annotation {
        path: "service.yaml".to_owned(),
        start_line: number + 1,
        end_line: number + 1,
        start_column: Some(1),
        end_column: Some(4),
        annotation_level: "failure",
        title: "language-without-reason".to_owned(),
        message: "what is wrong".to_owned(),
    };
    CheckRun {
        name: "adrule (main)".to_owned(),
        head: "a".repeat(40),
        conclusion: Conclusion::Failure,
        title: "1 gap".to_owned(),
        summary: "s".repeat(65_535),
        text: "t".repeat(65_535),
        annotations: (0..annotations).map(note).collect(),
        again: false,
    }
}

fn review(comments: &[LineComment]) -> Review<'_> {
    Review {
        repository: REPOSITORY,
        pull: 1,
        head: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        body: "Two lines.",
        comments,
    }
}

fn lines() -> [LineComment; 2] {
    [(4, None), (6, Some(5))].map(|(line, start_line)| LineComment {
        path: "a.md".to_owned(),
        line,
        start_line,
        body: "Better.\n\n```suggestion\nx\n```".to_owned(),
    })
}

#[test]
fn every_write_is_as_documented() {
    run(async {
        let Some(setup) = described(setup()) else { return };
        let client = &setup.client;
        setup.fake.state().shown = vec![json!({ "filename": "a.md", "sha": "1", "patch": "@@ -1,2 +3,4 @@" })];
        let id = client.create_comment(REPOSITORY, 1, &"c".repeat(65_535)).await.unwrap();
        client.update_comment(REPOSITORY, id, "changed").await.unwrap();
        client.delete_comment(REPOSITORY, id).await.unwrap();
        client.check(REPOSITORY, &check(120)).await.unwrap();
        client.check(REPOSITORY, &CheckRun { again: true, ..check(120) }).await.unwrap();
        for is_success in [true, false] {
            let status = Status { head: &"a".repeat(40), name: "adrule (main)", is_success, words: "1 gap" };
            client.status(REPOSITORY, status).await.unwrap();
        }
        assert!(client.review(review(&lines())).await.unwrap());
        // Three of the comment, four of the check, two statuses, one review.
        let state = setup.fake.state();
        assert_eq!((state.documented, state.undocumented.len()), (10, 0));
    });
}

#[test]
fn tokens_are_asked_for_as_documented() {
    run(async {
        let mut app = App::new("Iv1.app", APP_KEY, 7).unwrap();
        app.permissions = json!({ "contents": "read", "metadata": "read", "checks": "write", "statuses": "write",
        "pull_requests": "write", "issues": "read" });
        app.repositories = vec![1, 2];
        let place = |fake: &super::fake::Fake| Place::new(Some(&format!("{}/api/v3", fake.url)), None).unwrap();
        let Some(setup) = described(with(place, Auth::App(Box::new(app)))) else { return };
        setup.fake.state().tokens = Some(std::collections::BTreeSet::new());
        setup.client.create_comment(REPOSITORY, 1, "words").await.unwrap();
        let state = setup.fake.state();
        assert_eq!((state.minted, state.documented), (1, 2));
    });
}

#[test]
fn documented_answers_are_understood() {
    run(async {
        let Some(setup) = described(setup()) else { return };
        setup.fake.state().answers_by_example = true;
        let client = &setup.client;
        let head = "a".repeat(40);
        client.discussion(REPOSITORY, 1).await.unwrap();
        client.create_comment(REPOSITORY, 1, "words").await.unwrap();
        client.update_comment(REPOSITORY, 1, "words").await.unwrap();
        client.check(REPOSITORY, &check(1)).await.unwrap();
        client.status(REPOSITORY, Status { head: &head, name: "x", is_success: true, words: "" }).await.unwrap();
        client.review(review(&lines())).await.unwrap();
        assert_eq!(client.shown(REPOSITORY, 1).await.unwrap()[0].parts.len(), 1);
        client.own_reviews(REPOSITORY, 1, |_| true).await.unwrap();
        client.pulls_of(REPOSITORY, "octocat", "main", &head).await.unwrap();
        client.pulls_at(REPOSITORY, &head).await.unwrap();
        client.meeting(REPOSITORY, "main", &head).await.unwrap();
        client.tree(REPOSITORY, &head).await.unwrap();
        let documented = setup.fake.state().documented;
        assert!(documented >= 13, "{documented}");
    });
}

#[test]
fn a_write_that_is_not_as_documented_is_caught() {
    run(async {
        let Some(setup) = described(setup()) else { return };
        let client = &setup.client;
        let path = |rest: &str| format!("/repos/{REPOSITORY}/{rest}");
        let runs = |change: &dyn Fn(&mut serde_json::Value)| {
            let mut body = json!({ "name": "x", "head_sha": "a", "status": "completed", "conclusion": "success",
            "output": { "title": "t", "summary": "s", "annotations": [] } });
            change(&mut body);
            body
        };
        let note =
            json!({ "path": "a", "start_line": 1, "end_line": 1, "annotation_level": "failure", "message": "m" });
        let bad = [
            (path("issues/1/comments"), json!({ "text": "x" }), "required property 'body'"),
            (path("check-runs"), runs(&|body| drop(body["conclusion"].take())), "conclusion"),
            (path("check-runs"), runs(&|body| body["output"]["summary"] = json!("s".repeat(65_536))), "summary"),
            (path("check-runs"), runs(&|body| body["output"]["annotations"] = json!(vec![&note; 51])), "annotations"),
            (path("pulls/1/reviews"), json!({ "event": "LOOK", "comments": [] }), "event"),
            (path("issues/comments/1/reactions"), json!({ "content": "applause" }), "content"),
            ("/app/installations/1/access_tokens".to_owned(), json!({ "permissions": { "checks": "all" } }), "checks"),
            (path("no/such/thing"), json!({}), "404"),
        ];
        for (path, body, words) in bad {
            let error = client.post(&path, body).await.unwrap_err();
            assert!(matches!(error, Error::Refused { status: 422, .. }), "{error}");
            let said = std::mem::take(&mut setup.fake.state().undocumented);
            assert!(said.len() == 1 && said[0].contains(words), "{words}: {said:?}");
        }
    });
}
