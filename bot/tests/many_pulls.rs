//! Many pull requests: what each costs of GitHub's limits, and that memory does not grow with their number. What they
//! cost of the machine is a measurement of its own: `cargo bench -p adrule --bench pulls`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod fake;
mod many;
mod served;
mod support;

use many::Estate;

const PULLS: u64 = 60;
/// KiB that so many more pull requests may leave behind; each reads some hundred.
const LEFT: u64 = 12 << 10;

#[test]
fn a_pull_request_costs_a_handful_of_calls_and_no_memory_that_stays() {
    let estate = Estate::new(40, PULLS, 12);
    let server = estate.serve();
    estate.push(0);
    let half = estate.judge(&server, "opened", 1..=PULLS / 2);
    let first = estate.judge(&server, "opened too", PULLS / 2 + 1..=PULLS);
    estate.is_right(0);
    // As docs/app-work.md says; half of them have a gap, and so a comment.
    assert_eq!((first.reads(), first.writes()), (6.0, 1.5), "{:#?}", first.calls);

    estate.push(1);
    let second = estate.judge(&server, "pushed", 1..=PULLS);
    estate.is_right(1);
    assert_eq!((second.reads(), second.writes()), (6.0, 1.5), "{:#?}", second.calls);

    let again = estate.judge(&server, "again", 1..=PULLS);
    assert_eq!((again.reads(), again.writes()), (3.0, 0.0), "{:#?}", again.calls);
    for (before, after) in [(&half, &first), (&second, &again)] {
        assert!(after.memory < before.memory + LEFT, "{} KiB, then {} KiB", before.memory, after.memory);
    }
}
