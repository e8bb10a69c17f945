//! How the cost of a reader grows with its input: never how fast it is, which is a matter of the machine and its load.

// Each test file uses another part of this.
#![allow(dead_code)]

use std::time::{Duration, Instant};

/// How many times larger the large input is than the small one.
pub const TIMES: usize = 8;

/// The CPU time that this takes: what else the machine does is not counted. On systems that do not tell a thread's
/// time, the time that passes.
pub fn cost(run: impl FnOnce()) -> Duration {
    let (before, start) = (cpu(), Instant::now());
    run();
    match (before, cpu()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.elapsed(),
    }
}

/// What this thread has spent on a CPU until now.
fn cpu() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Fails where an input that is [`TIMES`] as large costs more than three times its share. What compares everything with
/// everything costs [`TIMES`] times its share. The half second keeps small costs from deciding by chance.
pub fn assert_linear(what: &str, small: Duration, large: Duration) {
    let allowed = small * 3 * u32::try_from(TIMES).unwrap_or(u32::MAX) + Duration::from_millis(500);
    assert!(large < allowed, "{what}: {small:.1?}, and {large:.1?} for {TIMES} times as much");
}
