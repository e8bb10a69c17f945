use super::*;
use crate::github::Resource;
use crate::server::store::Mark;

const NOW: i64 = 1_800_000_000;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn lease(subject: Subject) -> Lease {
    Lease {
        job: 1,
        mark: Mark { installation: 7, subject, again: false },
        fence: 1,
        generation: 1,
        attempts: 0,
        until: at(NOW + 60),
        due_since: at(NOW - 4),
        delivery: None,
    }
}

fn pull() -> Subject {
    Subject::Pull { repository: "acme/shop".to_owned(), number: 7 }
}

/// Every number once, so that nothing is missing from the text.
fn seen() -> Metrics {
    let metrics = Metrics::new();
    let took = Duration::from_millis(3);
    metrics.delivery("pull_request", Received::Accepted, took);
    metrics.delivery("pull_request", Received::Accepted, took);
    metrics.delivery("<made up>", Received::Ignored, took);
    metrics.delivery("push", Received::Refused("signature"), took);
    metrics.job(&lease(pull()), &Outcome::Done, true, took, at(NOW));
    metrics.job(&lease(pull()), &Outcome::Done, false, took, at(NOW));
    metrics.job(&lease(Subject::Installation), &Outcome::Parked { why: "gone".to_owned() }, true, took, at(NOW));
    metrics.verdict("failure");
    metrics.verdict("a new one");
    metrics.comment(&Done::Unchanged);
    metrics.sweep(true, 3);
    metrics.pass(false, 2);
    metrics.asked(&Asked {
        installation: Some(12),
        resource: Resource::Graphql,
        status: Some(200),
        remaining: Some(4_321),
        reset: Some(i64::MAX),
        took,
    });
    metrics.asked(&Asked {
        installation: None,
        resource: Resource::Core,
        status: None,
        remaining: None,
        reset: None,
        took,
    });
    metrics
}

fn depth() -> Depth {
    Depth { due: 3, waiting: 2, held: 1, parked: 4, oldest: Some(at(NOW - 90)) }
}

/// The text without what varies from run to run, and with a family's lines in order; of a histogram, sum and count.
fn lines(text: &str) -> String {
    let mut families: Vec<Vec<&str>> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with("adrule_process_") && !line.contains("_bucket{")) {
        match families.last_mut() {
            Some(family) if !line.starts_with("# HELP") => family.push(line),
            _ => families.push(vec![line]),
        }
    }
    families.iter_mut().for_each(|family| family[2..].sort_unstable());
    families.concat().join("\n")
}

#[test]
fn everything_is_there_as_prometheus_reads_it() {
    let text = seen().text(Some(depth()), at(NOW));
    assert!(text.contains("adrule_job_delay_seconds_bucket{subject=\"pull\",le=\"5\"} 1\n"), "{text}");
    insta::assert_snapshot!(lines(&text));
}

#[test]
fn what_the_store_does_not_say_is_no_number() {
    let text = seen().text(None, at(NOW));
    assert!(text.contains("adrule_queue_oldest_seconds NaN"), "{text}");
    assert!(text.contains(r#"adrule_queue_jobs{state="due"} NaN"#), "{text}");
}

#[test]
fn nobody_outside_makes_labels() {
    let metrics = Metrics::new();
    for number in 0..1_000 {
        metrics.delivery(&format!("event-{number}"), Received::Ignored, Duration::ZERO);
        metrics.verdict(&format!("conclusion-{number}"));
    }
    let text = metrics.text(None, at(NOW));
    assert!(text.contains(r#"adrule_deliveries_total{event="other",outcome="ignored",reason=""} 1000"#), "{text}");
    assert!(!text.contains("event-1"), "{text}");
}

#[test]
fn the_lists_of_words_are_sorted_as_they_are_searched() {
    assert!(EVENTS.is_sorted());
    assert!(CONCLUSIONS.is_sorted());
}

#[test]
fn the_age_of_an_empty_queue_is_nothing() {
    assert_eq!(age(Depth { oldest: None, ..depth() }, at(NOW)), Duration::ZERO);
    assert_eq!(age(Depth { oldest: Some(at(NOW + 5)), ..depth() }, at(NOW)), Duration::ZERO);
    assert_eq!(age(depth(), at(NOW)), Duration::from_secs(90));
}

/// The page of the documentation names every number that is counted, and no other.
#[test]
fn the_documentation_knows_every_number() {
    let page = include_str!("../../../../docs/observing.md");
    let documented: std::collections::BTreeSet<&str> =
        page.lines().filter_map(|line| line.strip_prefix("| `adrule_")?.split(['`', '{']).next()).collect();
    let text = seen().text(Some(depth()), at(NOW));
    let counted: std::collections::BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("# TYPE adrule_")?.split(' ').next()).collect();
    assert_eq!(documented, counted);
}
