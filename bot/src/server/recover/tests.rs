//! What was not heard of is found.

use super::Recovery;
use super::sweep::Swept;
use crate::server::store::{Delivery, Subject};
use crate::server::work::tests::support::{App, INSTALLATION, run};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::sync::Arc;

fn recovery(app: &App, name: &str) -> Recovery {
    Recovery::new(Arc::clone(&app.work), app.store.clone(), name.to_owned())
}

fn sent(id: u64, guid: &str, minutes: i64, status: u16) -> Value {
    let at = Timestamp::now() - SignedDuration::from_mins(minutes);
    json!({ "id": id, "guid": guid, "delivered_at": at.to_string(), "status_code": status, "event": "pull_request" })
}

#[test]
fn what_did_not_arrive_is_asked_for_again() {
    run(async {
        let app = App::new().await;
        let here = Delivery {
            id: "here".to_owned(),
            event: "push".to_owned(),
            action: None,
            received: Timestamp::now(),
            marks: Vec::new(),
        };
        app.store.accept(here).await.unwrap();
        let mut all = vec![
            sent(90, "lost", 2, 502),
            sent(80, "came-later", 3, 202),
            sent(70, "came-later", 4, 500),
            // The answer did not get through, the delivery did.
            sent(60, "here", 5, 0),
            sent(50, "fine", 6, 202),
            sent(41, "lost-long-ago", 60 * 30, 0),
        ];
        all.extend((0..6).map(|at| sent(30 + at, "refused-for-a-reason", 60 * 30 + 1, 401)));
        app.github.state().app.deliveries = all;
        app.github.state().page = 2;
        let recovery = recovery(&app, "one");
        let swept = recovery.sweep(Timestamp::now()).await.unwrap();
        assert_eq!(swept, Swept { looked_at: 12, redelivered: 2, is_whole: true });
        assert_eq!(app.github.state().app.redelivered, [41, 90]);

        // The next one begins where this one ended.
        app.github.state().app.deliveries.insert(0, sent(100, "lost-now", 0, 503));
        app.github.state().app.redelivered.clear();
        let swept = recovery.sweep(Timestamp::now()).await.unwrap();
        assert!(swept.looked_at < 12, "{swept:?}");
        assert_eq!(app.github.state().app.redelivered, [90, 100]);
    });
}

#[test]
fn one_replica_at_a_time() {
    run(async {
        let app = App::new().await;
        let (one, two) = (recovery(&app, "one"), recovery(&app, "two"));
        let now = Timestamp::now();
        let hold = std::time::Duration::from_secs(300);
        assert!(one.alone("x", hold, now).await.unwrap());
        assert!(!two.alone("x", hold, now).await.unwrap());
        assert!(one.alone("x", hold, now).await.unwrap());
        assert!(two.alone("x", hold, now + SignedDuration::from_secs(301)).await.unwrap());
    });
}

#[test]
fn a_pass_marks_every_installation() {
    run(async {
        let app = App::new().await;
        assert_eq!(recovery(&app, "one").pass(Timestamp::now()).await.unwrap(), 1);
        let lease =
            app.store.take("a test", Timestamp::now(), std::time::Duration::from_secs(60)).await.unwrap().unwrap();
        assert_eq!((lease.mark.installation, lease.mark.subject), (INSTALLATION, Subject::Installation));
    });
}
