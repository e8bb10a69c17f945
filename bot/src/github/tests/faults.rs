//! Limits, faults, tokens: what is asked again, how often, after how long.

use super::fake::{REPOSITORY, Wrong};
use super::support::{as_app, run, setup, with};
use crate::github::{Auth, Error, Place};
use serde_json::json;
use std::time::Duration;

const COMMENTS: &str = "/repos/a-team/estate/issues/1/comments";

#[test]
fn a_read_is_asked_again_after_a_fault() {
    run(async {
        let setup = setup();
        setup.fake.times(2, "GET", "/comments", Wrong::Instead(502, Vec::new(), "<html>"));
        setup.fake.once("GET", "/comments", Wrong::Cut);
        assert_eq!(setup.client.get(COMMENTS).await.unwrap().status, 200);
        assert_eq!((setup.fake.count("GET", "/comments"), setup.slept()), (4, vec![1, 2, 4]));
    });
}

#[test]
fn a_read_is_given_up_in_the_end_and_says_why() {
    run(async {
        let setup = setup();
        setup.fake.times(9, "GET", "/comments", Wrong::Instead(503, Vec::new(), r#"{"message":"No server\nis here"}"#));
        let error = setup.client.get(COMMENTS).await.unwrap_err();
        assert_eq!(error.to_string(), format!("GET {COMMENTS}: GitHub answered 503 (No server is here)"));
        assert_eq!(setup.fake.count("GET", "/comments"), 4);
    });
}

#[test]
fn a_new_comment_is_never_posted_again_after_an_unclear_answer() {
    // octocrab as it comes made four comments of this one.
    run(async {
        let faults = [Wrong::After(502), Wrong::Cut, Wrong::Instead(500, Vec::new(), "")];
        for wrong in faults {
            let setup = setup();
            setup.fake.once("POST", "/comments", wrong);
            let error = setup.client.post(COMMENTS, json!({ "body": "x" })).await.unwrap_err();
            assert!(error.is_unclear(), "{error}");
            assert_eq!(setup.fake.count("POST", "/comments"), 1);
        }
    });
}

#[test]
fn a_change_that_ends_the_same_is_sent_again() {
    run(async {
        let setup = setup();
        let id = setup.fake.comment(1, "github-actions[bot]", "old");
        setup.fake.once("PATCH", "/comments", Wrong::After(502));
        setup.client.update_comment(REPOSITORY, id, "new").await.unwrap();
        assert_eq!((setup.fake.comments(1), setup.fake.count("PATCH", "/comments")), (vec!["new".to_owned()], 2));
    });
}

#[test]
fn a_limit_is_waited_for_as_it_asks() {
    run(async {
        let setup = setup();
        let now = "2026-11-22T12:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second();
        let limits = [
            (403, vec![("retry-after", "7".to_owned())], "{}"),
            (
                403,
                vec![("x-ratelimit-remaining", "0".to_owned()), ("x-ratelimit-reset", (now + 7 + 30).to_string())],
                "{}",
            ),
            (429, Vec::new(), "{}"),
        ];
        for (status, headers, body) in limits {
            setup.fake.once("POST", "/comments", Wrong::Instead(status, headers, body));
        }
        // Nothing took place, so even a new comment is sent again.
        setup.client.post(COMMENTS, json!({ "body": "x" })).await.unwrap();
        assert_eq!((setup.slept(), setup.fake.comments(1).len()), (vec![7, 30, 60], 1));
    });
}

#[test]
fn a_secondary_limit_without_a_time_is_a_minute() {
    run(async {
        let setup = setup();
        let words = r#"{"message":"You have exceeded a secondary rate limit."}"#;
        setup.fake.once("GET", "/comments", Wrong::Instead(403, Vec::new(), words));
        setup.client.get(COMMENTS).await.unwrap();
        assert_eq!(setup.slept(), [60]);
    });
}

#[test]
fn a_limit_for_longer_than_patience_is_said_and_not_slept_through() {
    run(async {
        let setup = setup();
        let hour = vec![("retry-after", "3600".to_owned())];
        setup.fake.once("GET", "/comments", Wrong::Instead(429, hour, "{}"));
        let error = setup.client.get(COMMENTS).await.unwrap_err();
        assert!(matches!(error, Error::Limited { wait, .. } if wait == Duration::from_secs(3600)), "{error}");
        assert!(setup.slept().is_empty());
    });
}

#[test]
fn a_no_is_a_no() {
    run(async {
        let setup = setup();
        setup.fake.state().denied.push("/comments");
        let error = setup.client.post(COMMENTS, json!({ "body": "x" })).await.unwrap_err();
        assert!(error.is_denied() && !error.is_unclear(), "{error}");
        assert_eq!((setup.fake.count("POST", "/comments"), setup.slept()), (1, Vec::new()));
    });
}

#[test]
fn writes_come_one_at_a_time_and_a_second_apart() {
    run(async {
        let setup = setup();
        let post = || setup.client.post(COMMENTS, json!({ "body": "x" }));
        let (a, b, c) = (post(), post(), post());
        let (a, b, c) = futures(a, b, c).await;
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        assert_eq!(setup.slept(), [1, 1]);
        // Reading is free.
        setup.client.get(COMMENTS).await.unwrap();
        assert_eq!(setup.slept(), [1, 1]);
    });
}

/// Three at the same time.
async fn futures<T>(a: impl Future<Output = T>, b: impl Future<Output = T>, c: impl Future<Output = T>) -> (T, T, T) {
    let (mut a, mut b, mut c) = (std::pin::pin!(a), std::pin::pin!(b), std::pin::pin!(c));
    let (mut x, mut y, mut z) = (None, None, None);
    std::future::poll_fn(|context| {
        let mut poll = |future: std::pin::Pin<&mut dyn Future<Output = T>>, out: &mut Option<T>| {
            if out.is_none()
                && let std::task::Poll::Ready(value) = future.poll(context)
            {
                *out = Some(value);
            }
        };
        poll(a.as_mut(), &mut x);
        poll(b.as_mut(), &mut y);
        poll(c.as_mut(), &mut z);
        match (x.is_some(), y.is_some(), z.is_some()) {
            (true, true, true) => std::task::Poll::Ready(()),
            _ => std::task::Poll::Pending,
        }
    })
    .await;
    (x.unwrap(), y.unwrap(), z.unwrap())
}

#[test]
fn first_calls_at_the_same_time_mint_one_token() {
    // octocrab minted three.
    run(async {
        let setup = as_app();
        let (a, b, c) =
            futures(setup.client.get(COMMENTS), setup.client.get(COMMENTS), setup.client.get(COMMENTS)).await;
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        assert_eq!(setup.fake.state().minted, 1);
    });
}

#[test]
fn a_token_that_ended_is_minted_anew_once() {
    run(async {
        let setup = as_app();
        setup.client.get(COMMENTS).await.unwrap();
        setup.fake.state().tokens.as_mut().unwrap().clear();
        // Refused before anything took place: a new comment may be sent again.
        setup.client.post(COMMENTS, json!({ "body": "x" })).await.unwrap();
        assert_eq!((setup.fake.comments(1).len(), setup.fake.state().minted), (1, 2));
        // One that GitHub never takes is not minted over and over.
        setup.fake.times(9, "GET", "/comments", Wrong::Instead(401, Vec::new(), "{}"));
        assert!(setup.client.get(COMMENTS).await.unwrap_err().is_denied());
        assert_eq!(setup.fake.state().minted, 3);
    });
}

#[test]
fn a_given_token_that_is_refused_is_said() {
    run(async {
        let setup = setup();
        setup.fake.state().tokens = Some(std::collections::BTreeSet::new());
        let error = setup.client.get(COMMENTS).await.unwrap_err();
        assert_eq!(error.to_string(), format!("GET {COMMENTS}: GitHub answered 401 (Bad credentials)"));
    });
}

#[test]
fn every_page_is_asked_for_with_the_token_on_an_enterprise_server_too() {
    // octocrab asked for the second page without one.
    run(async {
        let app = crate::github::auth::App::new("Iv1.app", super::fake::APP_KEY, 7).unwrap();
        let place = |fake: &super::fake::Fake| Place::new(Some(&format!("{}/api/v3", fake.url)), None).unwrap();
        let setup = with(place, Auth::App(Box::new(app)));
        setup.fake.state().tokens = Some(std::collections::BTreeSet::new());
        setup.fake.state().page = 10;
        for number in 0..25 {
            setup.fake.comment(1, "somebody", &number.to_string());
        }
        let talk = setup.client.discussion(REPOSITORY, 1).await.unwrap();
        assert_eq!((talk.comments.len(), setup.fake.count("GET", "/comments"), setup.fake.state().minted), (25, 3, 1));
        let asked = setup.fake.asked();
        assert!(asked.iter().all(|call| call.contains(" /api/v3/")), "{asked:?}");
    });
}

#[test]
fn where_graphql_is() {
    let place = |api| Place::new(Some(api), None).unwrap().graphql;
    assert_eq!(place("https://api.github.com"), "https://api.github.com/graphql");
    assert_eq!(place("https://github.example.com/api/v3/"), "https://github.example.com/api/graphql");
    let said = Place::new(Some("http://github.example.com/api/v3"), None).unwrap_err().to_string();
    assert_eq!(said, "`http://github.example.com/api/v3` is no address of GitHub's interface: https:// is wanted");
    for odd in ["http://127.0.0.1.example.com/", "http://localhost@example.com/", "ftp://x", "127.0.0.1"] {
        assert!(Place::new(Some(odd), None).is_err(), "{odd}");
    }
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    run(async {
        let setup = setup();
        setup.fake.comment(1, "somebody", "a comment");
        let first = setup.client.get(COMMENTS).await.unwrap();
        let second = setup.client.get(COMMENTS).await.unwrap();
        assert_eq!(first.body, second.body);
        let statuses: Vec<u16> = setup.fake.state().asked.iter().map(|asked| asked.status).collect();
        assert_eq!(statuses, [200, 304]);
        setup.fake.comment(1, "somebody", "another");
        assert_ne!(setup.client.get(COMMENTS).await.unwrap().body, first.body);
    });
}

#[test]
fn an_answer_that_never_comes_is_a_fault() {
    run(async {
        let mut setup = setup();
        setup.client = setup.client.with_time_out(Duration::from_millis(300)).unwrap();
        setup.fake.once("POST", "/comments", Wrong::Silence(Duration::from_secs(2)));
        let error = setup.client.post(COMMENTS, json!({ "body": "x" })).await.unwrap_err();
        assert!(error.is_unclear(), "{error}");
        assert_eq!(setup.fake.comments(1).len(), 1);
    });
}

#[test]
fn a_token_is_never_shown() {
    run(async {
        let setup = with(|fake| Place::new(Some(&fake.url), None).unwrap(), Auth::Token("a\nb".to_owned()));
        let error = setup.client.get(COMMENTS).await.unwrap_err();
        assert_eq!(error.to_string(), "the token holds characters that no token has");
    });
}

#[test]
fn a_repository_that_was_renamed_is_followed_on_its_own_host() {
    const OLD: &str = "/repos/a-team/old/issues/1/comments";
    run(async {
        let setup = setup();
        let moved = |status, to: String| Wrong::Instead(status, vec![("location", to)], "{}");
        let here = format!("{}{COMMENTS}", setup.fake.url);
        setup.fake.once("GET", "/old/", moved(301, here.clone()));
        assert_eq!(setup.client.get(OLD).await.unwrap().status, 200);
        setup.fake.once("POST", "/old/", moved(307, here));
        setup.client.post(OLD, json!({ "body": "x" })).await.unwrap();
        assert_eq!(setup.fake.comments(1), ["x"]);
        // The token would go with it.
        for method in ["GET", "POST"] {
            setup.fake.once(method, "/old/", moved(307, "https://elsewhere.example/x".to_owned()));
        }
        let answers = [setup.client.get(OLD).await, setup.client.post(OLD, json!({ "body": "y" })).await];
        for answer in answers {
            assert!(matches!(answer, Err(Error::Refused { status: 307, .. })), "{answer:?}");
        }
    });
}
