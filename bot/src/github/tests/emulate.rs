//! An App's installation against a server that checks signatures and permissions, and that nobody here wrote.
//! `.ci/end-to-end` says where it is; without it this says that it was skipped.

use super::fake::APP_KEY;
use super::server::{REPOSITORY, Server};
use super::support::run;
use crate::github::auth::App;
use crate::github::{Auth, Cache, Client, Error, Place};
use serde_json::{Value, json};
use std::sync::Arc;

/// As the server's script seeds it.
const APP: &str = "15368";
const INSTALLATION: u64 = 1;

fn client(server: &Server, key: &[u8], permissions: Value) -> Client {
    let mut app = App::new(APP, key, INSTALLATION).unwrap();
    app.permissions = permissions;
    let place = Place::new(Some(&server.url), None).unwrap();
    Client::new(place, Auth::App(Box::new(app)), Arc::new(Cache::default())).unwrap()
}

fn status<T: std::fmt::Debug>(answer: Result<T, Error>) -> u16 {
    match answer {
        Err(Error::Refused { status, .. }) => status,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_minted_token_may_do_what_was_asked_for_and_no_more() {
    let Some(server) = Server::start() else { return };
    let number = server.ask("POST", "/issues", &json!({ "title": "A talk" }))["number"].as_u64().unwrap();
    let key = server.token("key").as_bytes();
    run(async {
        let writes = client(&server, key, json!({ "metadata": "read", "pull_requests": "write" }));
        let id = writes.create_comment(REPOSITORY, number, "First").await.unwrap();
        server.ask("POST", &format!("/issues/{number}/comments"), &json!({ "body": "A person's" }));
        writes.update_comment(REPOSITORY, id, "Second").await.unwrap();
        let talk = writes.discussion(REPOSITORY, number).await.unwrap();
        let said: Vec<_> = talk.comments.iter().map(|comment| (comment.is_ours, comment.body.as_str())).collect();
        assert_eq!(said, [(true, "Second"), (false, "A person's")]);

        let reads = client(&server, key, json!({ "metadata": "read", "pull_requests": "read" }));
        assert_eq!(reads.discussion(REPOSITORY, number).await.unwrap().comments.len(), 2);
        assert_eq!(status(reads.create_comment(REPOSITORY, number, "Third").await), 403);

        // More than the App was given, and another's key.
        let more = client(&server, key, json!({ "contents": "write" }));
        assert_eq!(status(more.discussion(REPOSITORY, number).await), 422);
        let other = client(&server, APP_KEY, Value::Null);
        assert_eq!(status(other.discussion(REPOSITORY, number).await), 401);

        writes.delete_comment(REPOSITORY, id).await.unwrap();
    });
    assert_eq!(server.comments(number).len(), 1);
}
