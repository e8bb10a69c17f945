//! Check runs and statuses.

use super::fake::{REPOSITORY, Wrong};
use super::support::{Setup, run, setup};
use crate::github::checks::Checked;
use crate::github::{Annotation, CheckRun, Conclusion, Status};

fn verdict(annotations: usize) -> CheckRun {
    let note = |number: usize| Annotation {
        path: "service.yaml".to_owned(),
        start_line: number + 1,
        end_line: number + 1,
        start_column: None,
        end_column: None,
        annotation_level: "failure",
        title: "language-without-reason".to_owned(),
        message: "what is wrong".to_owned(),
    };
    CheckRun {
        name: "adrule (main)".to_owned(),
        head: "a".repeat(40),
        conclusion: Conclusion::Failure,
        title: "1 gap".to_owned(),
        summary: "what is missing".to_owned(),
        text: String::new(),
        annotations: (0..annotations).map(note).collect(),
        again: false,
    }
}

fn lines(run: &serde_json::Value) -> Vec<u64> {
    run["output"]["annotations"].as_array().unwrap().iter().map(|note| note["start_line"].as_u64().unwrap()).collect()
}

#[test]
fn annotations_come_fifty_at_a_time() {
    run(async {
        // The first request looks whether there is one.
        for (count, requests) in [(0, 2), (50, 2), (51, 3), (120, 4)] {
            let setup = setup();
            setup.client.check(REPOSITORY, &verdict(count)).await.unwrap();
            assert_eq!(lines(&setup.fake.state().checks[0]), (1..=count as u64).collect::<Vec<_>>());
            assert_eq!(setup.fake.asked().len(), requests);
        }
    });
}

#[test]
fn an_unclear_answer_makes_neither_a_second_run_nor_second_annotations() {
    run(async {
        for method in ["POST", "PATCH"] {
            for wrong in [Wrong::After(502), Wrong::Cut] {
                let setup = setup();
                setup.fake.once(method, "/check-runs", wrong);
                setup.client.check(REPOSITORY, &verdict(120)).await.unwrap();
                assert_eq!(setup.fake.state().checks.len(), 1);
                assert_eq!(lines(&setup.fake.state().checks[0]), (1..=120).collect::<Vec<_>>());
            }
        }
    });
}

/// How often the commit's checks were written.
fn writes(setup: &Setup) -> usize {
    setup.fake.state().asked.iter().filter(|asked| asked.is_write()).count()
}

#[test]
fn a_second_time_it_is_the_same_run() {
    run(async {
        let setup = setup();
        let check = async |run: &CheckRun| setup.client.check(REPOSITORY, run).await.unwrap();
        let first = verdict(120);
        assert_eq!(check(&first).await, Checked::Created);
        assert_eq!((check(&first).await, writes(&setup)), (Checked::Unchanged, 3));
        // Asked for again by somebody: said again, without the annotations a second time.
        assert_eq!(check(&CheckRun { again: true, ..first.clone() }).await, Checked::Updated);
        // Other words.
        let passed = CheckRun { conclusion: Conclusion::Neutral, title: "Tried out".to_owned(), ..first.clone() };
        assert_eq!((check(&passed).await, writes(&setup)), (Checked::Updated, 5));
        {
            let state = setup.fake.state();
            let [run] = state.checks.as_slice() else { panic!("{:?}", state.checks) };
            assert_eq!(
                (run["conclusion"].as_str(), run["output"]["title"].as_str()),
                (Some("neutral"), Some("Tried out"))
            );
            assert_eq!(lines(run), (1..=120).collect::<Vec<_>>());
        }
        // Annotations cannot be taken away: where they differ, the newest run of the name counts.
        assert_eq!(check(&verdict(3)).await, Checked::Created);
        assert_eq!((check(&verdict(3)).await, setup.fake.state().checks.len()), (Checked::Unchanged, 2));
    });
}

#[test]
fn what_others_wrote_under_the_name_is_not_ours() {
    run(async {
        let setup = setup();
        let other = serde_json::json!({ "id": 1, "name": "adrule (main)", "head_sha": "a".repeat(40), "status": "completed",
            "output": { "annotations_count": 0 } });
        let mut queued = other.clone();
        queued["id"] = 2.into();
        queued["external_id"] = "adrule:x:y".into();
        queued["status"] = "queued".into();
        setup.fake.state().checks = vec![other, queued];
        assert_eq!(setup.client.check(REPOSITORY, &verdict(1)).await.unwrap(), Checked::Updated);
        let state = setup.fake.state();
        assert!(state.checks[0]["conclusion"].is_null());
        assert_eq!((state.checks[1]["status"].as_str(), lines(&state.checks[1])), (Some("completed"), vec![1]));
    });
}

#[test]
fn a_run_that_broke_off_is_finished() {
    run(async {
        let setup = setup();
        setup.fake.once("PATCH", "/check-runs", Wrong::Instead(422, Vec::new(), "{}"));
        setup.client.check(REPOSITORY, &verdict(120)).await.unwrap_err();
        assert_eq!(lines(&setup.fake.state().checks[0]).len(), 50);
        assert_eq!(setup.client.check(REPOSITORY, &verdict(120)).await.unwrap(), Checked::Updated);
        assert_eq!(lines(&setup.fake.state().checks[0]), (1..=120).collect::<Vec<_>>());
        assert_eq!(setup.fake.state().checks.len(), 1);
    });
}

#[test]
fn the_pull_requests_of_a_check_are_found_by_its_commit() {
    run(async {
        let setup = setup();
        let pull = |number: u64, sha: &str| {
            serde_json::json!({ "number": number, "state": "open",
            "base": { "ref": "main", "sha": "b" }, "head": { "ref": "x", "sha": sha } })
        };
        let mut fork = pull(3, "c");
        fork["fork"] = true.into();
        setup.fake.state().pulls = vec![pull(1, "a"), pull(2, "b"), fork];
        for (head, number) in [("a", 1), ("c", 3)] {
            let found = setup.client.pulls_at(REPOSITORY, head).await.unwrap();
            assert_eq!(found.iter().map(|pull| pull.number).collect::<Vec<_>>(), [number]);
        }
        assert!(setup.client.pulls_at(REPOSITORY, "d").await.unwrap().is_empty());
    });
}

#[test]
fn a_status_is_short() {
    run(async {
        let setup = setup();
        let words = "é".repeat(300);
        let status = Status { head: "abc", name: "adrule (main)", is_success: false, words: &words };
        setup.client.status(REPOSITORY, status).await.unwrap();
        let state = setup.fake.state();
        let said = &state.statuses[0];
        assert_eq!(said["description"].as_str().unwrap().chars().count(), 140);
        assert_eq!((said["state"].as_str(), said["context"].as_str()), (Some("failure"), Some("adrule (main)")));
    });
}
