//! Check runs and statuses.

use super::fake::{REPOSITORY, Wrong};
use super::support::{run, setup};
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
        key: "page 1".to_owned(),
        conclusion: Conclusion::Failure,
        title: "1 gap".to_owned(),
        summary: "what is missing".to_owned(),
        text: String::new(),
        annotations: (0..annotations).map(note).collect(),
    }
}

fn lines(run: &serde_json::Value) -> Vec<u64> {
    run["output"]["annotations"].as_array().unwrap().iter().map(|note| note["start_line"].as_u64().unwrap()).collect()
}

#[test]
fn annotations_come_fifty_at_a_time() {
    run(async {
        for (count, requests) in [(0, 1), (50, 1), (51, 2), (120, 3)] {
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
