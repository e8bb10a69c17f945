//! One review, where it can be made, and never twice.

use super::fake::{REPOSITORY, Wrong};
use super::support::{Setup, run, setup};
use crate::github::{LineComment, Review};
use serde_json::json;

const ME: &str = "github-actions[bot]";

fn with_a_file() -> Setup {
    let setup = setup();
    let patch = "@@ -1,2 +3,4 @@\n a\n+b";
    setup.fake.state().shown =
        vec![json!({ "filename": "a.md", "sha": "1", "patch": patch }), json!({ "filename": "logo.png", "sha": "2" })];
    setup
}

fn comment(line: usize, start_line: Option<usize>) -> LineComment {
    LineComment { path: "a.md".to_owned(), line, start_line, body: "Better.".to_owned() }
}

fn review<'r>(comments: &'r [LineComment]) -> Review<'r> {
    Review { repository: REPOSITORY, pull: 1, head: "h", body: "<!-- mark -->\nTwo lines.", comments }
}

#[test]
fn what_a_pull_request_shows() {
    run(async {
        let shown = with_a_file().client.shown(REPOSITORY, 1).await.unwrap();
        assert_eq!(shown[0].parts, [(3, 6)]);
        assert_eq!((shown[1].path.as_str(), shown[1].id.as_str(), shown[1].parts.len()), ("logo.png", "2", 0));
    });
}

#[test]
fn it_comments_and_blocks_nobody() {
    run(async {
        let setup = with_a_file();
        assert!(setup.client.review(review(&[comment(4, None), comment(6, Some(5))])).await.unwrap());
        let made = setup.fake.state().reviews[0].clone();
        assert_eq!((made["event"].as_str(), made["commit_id"].as_str()), (Some("COMMENT"), Some("h")));
        let second = json!({ "path": "a.md", "line": 6, "side": "RIGHT", "start_line": 5, "start_side": "RIGHT", "body": "Better." });
        assert_eq!(made["comments"][1], second);
    });
}

#[test]
fn lines_that_are_not_shown_are_no_fault() {
    run(async {
        let setup = with_a_file();
        assert!(!setup.client.review(review(&[comment(4, None), comment(7, None)])).await.unwrap());
        assert!(setup.fake.state().reviews.is_empty());
    });
}

#[test]
fn after_an_unclear_answer_it_is_looked_for() {
    run(async {
        for (wrong, was_made) in
            [(Wrong::After(502), true), (Wrong::Cut, true), (Wrong::Instead(502, Vec::new(), ""), false)]
        {
            let setup = with_a_file();
            setup.fake.once("POST", "/reviews", wrong);
            let made = setup.client.review(review(&[comment(4, None)])).await;
            assert_eq!((made.is_ok(), setup.fake.state().reviews.len()), (was_made, usize::from(was_made)));
            assert_eq!(setup.fake.count("POST", "/reviews"), 1);
        }
    });
}

#[test]
fn only_our_own_reviews_count() {
    run(async {
        let setup = setup();
        let of = |login: &str, body: &str| json!({ "id": 1, "pull": 1, "user": { "login": login }, "body": body });
        setup.fake.state().reviews =
            vec![of(ME, "mark 1"), of("somebody", "mark 2"), of(ME, "no"), json!({ "id": 1, "pull": 1, "user": null })];
        let found = setup.client.own_reviews(REPOSITORY, 1, |body| body.starts_with("mark")).await.unwrap();
        assert_eq!(found, ["mark 1"]);
    });
}
