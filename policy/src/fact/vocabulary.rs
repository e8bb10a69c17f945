//! The closed list of facts that adrule knows. A page may add its own.
//!
//! Sources: the decision framework's fields (F-numbers); the numbers behind them are opinions and live in packs.

/// What kind of value a fact has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Memory, with a unit.
    Bytes,
    /// A time, with a unit; may carry a percentile.
    Duration,
    /// A word on the scale low, medium, high, very-high.
    Impact,
    /// A rate, per second or converted to it.
    Rate,
    /// A number of things.
    Count,
    /// A share: `40 %` or `0.4`.
    Share,
    /// Money, with its currency.
    Money,
    /// A list of names; compared by how many there are. A plain number counts as that many.
    Names,
    /// Yes or no.
    Flag,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// One word of a closed list.
    Choice(&'static [&'static str]),
    /// Free text that says something.
    Text,
}

/// One fact of the vocabulary.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its name on the page and in manifests: kebab-case.
    pub id: &'static str,
    /// Its value.
    pub value: Type,
    /// As it reads in a sentence: "a memory budget".
    pub says: &'static str,
    /// An example of its value, for the text to add.
    pub example: &'static str,
    /// Labels under which people write it, besides the id and its words: lower case, English.
    pub labels: &'static [&'static str],
}

const fn known(
    id: &'static str,
    value: Type,
    says: &'static str,
    example: &'static str,
    labels: &'static [&'static str],
) -> Known {
    Known { id, value, says, example, labels }
}

/// Where a slow service spends its time (F-96).
const BOTTLENECKS: &[&str] = &["cpu", "memory", "network", "database", "disk", "unknown"];
/// What a failure does (F-28).
const FAILURE_MODES: &[&str] = &["outage", "corruption", "wrong-action"];

/// Every fact, in the order in which they are shown.
pub const KNOWN: &[Known] = &[
    known(
        "memory-budget",
        Type::Bytes,
        "a memory budget",
        "180 MB per instance",
        &["memory limit", "memory ceiling", "ram budget", "memory target", "max memory", "maximum memory"],
    ),
    known(
        "latency-target",
        Type::Duration,
        "a latency target",
        "p95 under 120 ms",
        &[
            "latency budget",
            "latency",
            "p50 latency",
            "p90 latency",
            "p95 latency",
            "p99 latency",
            "response time",
            "latency goal",
            "latency slo",
            "latency objective",
            "latency requirement",
        ],
    ),
    known(
        "failure-impact",
        Type::Impact,
        "a failure-impact rating",
        "high",
        &["impact of failure", "failure impact rating", "impact if it fails", "impact on failure"],
    ),
    known(
        "startup-time",
        Type::Duration,
        "a start-up time",
        "2 s",
        &["start-up time", "startup", "start-up", "cold start", "boot time", "time to ready"],
    ),
    known(
        "expected-traffic",
        Type::Rate,
        "the expected traffic",
        "300 requests per second",
        &["traffic", "expected load", "steady traffic", "load", "request rate", "throughput target"],
    ),
    known("peak-traffic", Type::Rate, "the peak traffic", "900 requests per second", &["peak load", "peak"]),
    known(
        "instance-count",
        Type::Count,
        "the number of instances",
        "4",
        &["instances", "replicas", "number of instances", "number of replicas"],
    ),
    known(
        "concurrent-connections",
        Type::Count,
        "the number of concurrent connections",
        "50000",
        &["connections", "open connections"],
    ),
    known("bottleneck", Type::Choice(BOTTLENECKS), "the bottleneck", "cpu", &[]),
    known("failure-mode", Type::Choice(FAILURE_MODES), "what a failure does", "outage", &[]),
    known(
        "failure-cost",
        Type::Text,
        "one sentence on what a failure costs",
        "An hour without it stops every checkout.",
        &["cost of failure"],
    ),
    known(
        "downtime-cost",
        Type::Money,
        "the cost of an hour of downtime",
        "4000 EUR",
        &["downtime cost per hour", "cost of downtime"],
    ),
    known("data-class", Type::Text, "the class of its data", "internal", &[]),
    known("lifecycle", Type::Text, "its lifecycle", "production", &[]),
    known("owner", Type::Names, "an owner", "payments-team", &["team"]),
    known("reviewers", Type::Names, "reviewers who know the language", "[ana, ben]", &["reviewer"]),
    known("on-call", Type::Names, "who is on call", "payments-rotation", &["on call", "oncall", "rotation"]),
    known("maintainer", Type::Names, "who maintains it in a year", "payments-team", &["maintainers"]),
    known("team-size", Type::Count, "the size of the team", "7", &[]),
    known("go-engineers", Type::Count, "how many engineers know Go", "5", &[]),
    known("rust-engineers", Type::Count, "how many engineers know Rust", "2", &["rust reviewers"]),
    known("mentors", Type::Count, "how many can teach the language", "1", &[]),
    known("hiring-days", Type::Duration, "the time to hire", "90 d", &["time to hire", "time to fill"]),
    known("ramp-up", Type::Duration, "the time to get productive", "60 d", &["ramp-up time", "onboarding"]),
    known("build-time", Type::Duration, "the time of a clean build", "4 min", &["clean build", "build"]),
    known("hotfix-time", Type::Duration, "the time to build a hotfix", "10 min", &["hotfix build"]),
    known(
        "gc-share",
        Type::Share,
        "the share of CPU time in garbage collection",
        "40 %",
        &["gc cpu share", "time in gc"],
    ),
    known(
        "io-share",
        Type::Share,
        "the share of time spent waiting for I/O",
        "80 %",
        &["time in i/o", "waiting for i/o"],
    ),
    known("benchmark", Type::Text, "a link to a benchmark", "docs/bench/2026-10.md", &["evaluation", "benchmark link"]),
    known("profile", Type::Text, "a link to a profile", "docs/profiles/2026-10.svg", &["profiling"]),
    known(
        "alternatives-tried",
        Type::Names,
        "what was tried first",
        "[caching, query tuning]",
        &["cheaper options tried", "tried first"],
    ),
    known("rewrite", Type::Flag, "whether it replaces a running service", "no", &[]),
    known("migration-plan", Type::Text, "a migration plan", "docs/plans/ledger.md", &["migration"]),
    known("parallel-run", Type::Text, "a plan to run both side by side", "two weeks of shadow traffic", &[]),
    known("break-even", Type::Duration, "the time to break even", "300 d", &["payback"]),
    known("review-date", Type::Date, "a date to look back", "2027-06-01", &["review by", "to be reviewed"]),
    known("threat-model", Type::Text, "why memory safety is a security requirement", "parses untrusted uploads", &[]),
    known("compliance", Type::Text, "the audit or regulation it falls under", "PCI DSS", &["regulation"]),
];

/// The fact of that name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.id == id)
}

/// The fact whose name or label this is: `Memory budget`, `memory_budget`, `RAM budget`.
#[must_use]
pub fn by_label(label: &str) -> Option<&'static Known> {
    super::words::words().vocabulary.get(super::words::plain(label).as_str()).copied()
}
