//! What is counted, as Prometheus reads it. `docs/observing.md` says what each number means; a test compares the two.
//!
//! Labels are bounded: events and conclusions that are not known are `other`, installations are cut to the ones that
//! are nearest to their limit, and no repository is named.

mod limits;
mod process;

use super::store::{Depth, Lease, Outcome, Store, Subject};
use crate::github::{Asked, Done, Observer};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use jiff::Timestamp;
use limits::Limits;
use prometheus_client::encoding::prometheus_text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Metric, Registry};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// Events that are counted by name: what the App asks for, and what GitHub sends unasked.
const EVENTS: [&str; 16] = [
    "check_run",
    "check_suite",
    "github_app_authorization",
    "installation",
    "installation_repositories",
    "installation_target",
    "issue_comment",
    "merge_group",
    "meta",
    "ping",
    "pull_request",
    "pull_request_review",
    "pull_request_review_comment",
    "push",
    "repository",
    "status",
];

/// Conclusions of a check run, as GitHub names them.
const CONCLUSIONS: [&str; 8] =
    ["action_required", "cancelled", "failure", "neutral", "skipped", "stale", "success", "timed_out"];

/// Seconds to answer a delivery: GitHub gives up after ten.
const INTAKE: [f64; 11] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 10.0];
/// Seconds that a question to GitHub or a job takes.
const WORK: [f64; 11] = [0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0];
/// Seconds from the first word of a change to the verdict: somebody waits for it.
const DELAY: [f64; 10] = [0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0];

type Labels<const N: usize> = [(&'static str, &'static str); N];
type Counters<const N: usize> = Family<Labels<N>, Counter>;
type Histograms<const N: usize> = Family<Labels<N>, Histogram, fn() -> Histogram>;
type Number = Gauge<f64, AtomicU64>;

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// Written down.
    Accepted,
    /// It was here before.
    Known,
    /// It is about nothing that is ours.
    Ignored,
    /// Not taken, and why: one word of a fixed list.
    Refused(&'static str),
}

/// Everything that is counted. Counting takes no lock that anybody holds for long, and allocates nothing after the
/// first time.
pub struct Metrics {
    registry: Registry,
    deliveries: Counters<3>,
    intake: Histogram,
    queue: Family<Labels<1>, Number>,
    oldest: Number,
    jobs: Counters<2>,
    job_durations: Histograms<1>,
    job_delays: Histograms<1>,
    calls: Counters<1>,
    call_durations: Histogram,
    limits: Arc<Limits>,
    verdicts: Counters<1>,
    comments: Counters<1>,
    sweeps: Counters<1>,
    redelivered: Counter,
    passes: Counters<1>,
    pass_marks: Counter,
}

static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

/// The counts of this process.
pub fn metrics() -> &'static Metrics {
    &METRICS
}

impl Metrics {
    fn new() -> Self {
        let mut registry = Registry::with_prefix("adrule");
        let r = &mut registry;
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        add(r, "build", "The program that runs", build);
        let deliveries = Counters::default();
        add(r, "deliveries", "Deliveries of webhooks, by event and what became of them", deliveries.clone());
        let intake = Histogram::new(INTAKE);
        add(r, "intake_duration_seconds", "From a delivery's last byte to our answer", intake.clone());
        let queue = Family::default();
        add(r, "queue_jobs", "Jobs that are kept, by state", queue.clone());
        let oldest = Number::default();
        add(r, "queue_oldest_seconds", "How long the oldest job that could run has been due", oldest.clone());
        let jobs = Counters::default();
        add(r, "jobs", "Jobs that were worked on, by subject and how that ended", jobs.clone());
        let job_durations = histograms(|| Histogram::new(WORK));
        add(r, "job_duration_seconds", "How long a worker had a job, by subject", job_durations.clone());
        let job_delays = histograms(|| Histogram::new(DELAY));
        add(r, "job_delay_seconds", "From the first word of a change to the end of its job", job_delays.clone());
        let calls = Counters::default();
        add(r, "github_calls", "Questions to GitHub, by the class of the answer's status", calls.clone());
        let call_durations = Histogram::new(WORK);
        add(r, "github_call_duration_seconds", "How long GitHub took to answer", call_durations.clone());
        let verdicts = Counters::default();
        add(r, "verdicts", "Verdicts that were given, by conclusion", verdicts.clone());
        let comments = Counters::default();
        add(r, "comments", "What became of the comment on a pull request", comments.clone());
        let sweeps = Counters::default();
        add(r, "sweeps", "Looks at GitHub's list of deliveries, by how they ended", sweeps.clone());
        let redelivered = Counter::default();
        add(r, "sweep_redelivered", "Deliveries that GitHub was asked to send again", redelivered.clone());
        let passes = Counters::default();
        add(r, "passes", "Passes over open pull requests, by how they ended", passes.clone());
        let pass_marks = Counter::default();
        add(r, "pass_marked", "Pull requests that a pass found in another state than wanted", pass_marks.clone());
        let limits = Arc::new(Limits::default());
        registry.register_collector(Box::new(Arc::clone(&limits)));
        registry.register_collector(Box::new(process::Process::start()));

        let metrics = Self {
            registry,
            deliveries,
            intake,
            queue,
            oldest,
            jobs,
            job_durations,
            job_delays,
            calls,
            call_durations,
            limits,
            verdicts,
            comments,
            sweeps,
            redelivered,
            passes,
            pass_marks,
        };
        metrics.start_at_zero();
        metrics
    }

    /// What alerts ask about is there from the start: of a counter that appears with its first event, Prometheus does
    /// not see that it has grown.
    fn start_at_zero(&self) {
        for outcome in ["accepted", "known", "ignored"] {
            let _ = self.deliveries.get_or_create(&[("event", "pull_request"), ("outcome", outcome), ("reason", "")]);
        }
        for outcome in ["done", "retry", "limited", "parked", "lost"] {
            let _ = self.jobs.get_or_create(&[("subject", "pull"), ("outcome", outcome)]);
        }
        for status in ["2xx", "3xx", "4xx", "5xx", "none"] {
            let _ = self.calls.get_or_create(&[("status", status)]);
        }
        for conclusion in ["success", "failure", "neutral"] {
            let _ = self.verdicts.get_or_create(&[("conclusion", conclusion)]);
        }
        for outcome in ["created", "updated", "unchanged"] {
            let _ = self.comments.get_or_create(&[("outcome", outcome)]);
        }
        for outcome in ["done", "failed"] {
            let _ = self.sweeps.get_or_create(&[("outcome", outcome)]);
            let _ = self.passes.get_or_create(&[("outcome", outcome)]);
        }
    }

    /// A delivery came in, and was answered after `took`.
    pub fn delivery(&self, event: &str, received: Received, took: Duration) {
        let (outcome, reason) = match received {
            Received::Accepted => ("accepted", ""),
            Received::Known => ("known", ""),
            Received::Ignored => ("ignored", ""),
            Received::Refused(reason) => ("refused", reason),
        };
        let labels = [("event", one_of(&EVENTS, event)), ("outcome", outcome), ("reason", reason)];
        self.deliveries.get_or_create(&labels).inc();
        self.intake.observe(took.as_secs_f64());
    }

    /// A worker let go of a job. `is_kept` is false where its lease had ended, so that the outcome was not written.
    pub fn job(&self, lease: &Lease, outcome: &Outcome, is_kept: bool, took: Duration, now: Timestamp) {
        let subject = kind(&lease.mark.subject);
        let word = match outcome {
            _ if !is_kept => "lost",
            Outcome::Done => "done",
            Outcome::Retry { .. } => "retry",
            Outcome::Limited { .. } => "limited",
            Outcome::Parked { .. } => "parked",
        };
        self.jobs.get_or_create(&[("subject", subject), ("outcome", word)]).inc();
        self.job_durations.get_or_create(&[("subject", subject)]).observe(took.as_secs_f64());
        if word == "done" {
            let delay = now.duration_since(lease.due_since).as_secs_f64().max(0.0);
            self.job_delays.get_or_create(&[("subject", subject)]).observe(delay);
        }
    }

    /// A verdict was given; `conclusion` as GitHub names it.
    pub fn verdict(&self, conclusion: &str) {
        self.verdicts.get_or_create(&[("conclusion", one_of(&CONCLUSIONS, conclusion))]).inc();
    }

    /// A comment was brought to what it should say.
    pub fn comment(&self, done: &Done) {
        let outcome = match done {
            Done::Nothing => "nothing",
            Done::Created => "created",
            Done::Updated => "updated",
            Done::Unchanged => "unchanged",
            Done::Hidden => "hidden",
            Done::Deleted => "deleted",
        };
        self.comments.get_or_create(&[("outcome", outcome)]).inc();
    }

    /// GitHub's list of deliveries was looked through; `redelivered` of them were asked for again.
    pub fn sweep(&self, is_whole: bool, redelivered: u64) {
        self.sweeps.get_or_create(&[("outcome", ended(is_whole))]).inc();
        self.redelivered.inc_by(redelivered);
    }

    /// Open pull requests were looked through; `marked` of them were not as wanted.
    pub fn pass(&self, is_whole: bool, marked: u64) {
        self.passes.get_or_create(&[("outcome", ended(is_whole))]).inc();
        self.pass_marks.inc_by(marked);
    }

    /// GitHub was asked.
    pub fn asked(&self, asked: &Asked) {
        let class = match asked.status {
            None => "none",
            Some(200..=299) => "2xx",
            Some(300..=399) => "3xx",
            Some(400..=499) => "4xx",
            Some(500..=599) => "5xx",
            Some(_) => "other",
        };
        self.calls.get_or_create(&[("status", class)]).inc();
        self.call_durations.observe(asked.took.as_secs_f64());
        self.limits.saw(asked);
    }

    /// Everything, as text for Prometheus. `depth` is the queue now; none where the store does not say.
    pub fn text(&self, depth: Option<Depth>, now: Timestamp) -> String {
        let states = [
            ("due", depth.map(|depth| depth.due)),
            ("waiting", depth.map(|depth| depth.waiting)),
            ("held", depth.map(|depth| depth.held)),
            ("parked", depth.map(|depth| depth.parked)),
        ];
        for (state, jobs) in states {
            self.queue.get_or_create(&[("state", state)]).set(jobs.map_or(f64::NAN, as_number));
        }
        self.oldest.set(depth.map_or(f64::NAN, |depth| age(depth, now).as_secs_f64()));
        let mut text = String::with_capacity(16 << 10);
        // Writing to a string does not fail.
        let _ = prometheus_text::encode(&mut text, &self.registry);
        text
    }
}

impl Observer for &'static Metrics {
    fn asked(&self, asked: &Asked) {
        Metrics::asked(self, asked);
    }
}

/// `/metrics`.
pub fn routes(store: Store) -> Router {
    Router::new().route("/metrics", get(scrape).with_state(store))
}

async fn scrape(State(store): State<Store>) -> impl IntoResponse {
    /// Prometheus gives up after ten seconds unless told otherwise; what else is counted is worth an answer.
    const PATIENCE: Duration = Duration::from_secs(3);
    let now = Timestamp::now();
    let depth = tokio::time::timeout(PATIENCE, store.depth(now)).await;
    let depth = depth.ok().and_then(Result::ok);
    ([(header::CONTENT_TYPE, prometheus_text::CONTENT_TYPE)], metrics().text(depth, now))
}

/// How long the oldest job that could run has been due; nothing where there is none.
pub fn age(depth: Depth, now: Timestamp) -> Duration {
    let since = depth.oldest.map(|oldest| now.duration_since(oldest));
    since.and_then(|since| Duration::try_from(since).ok()).unwrap_or_default()
}

/// The kind of a subject, in one word.
pub fn kind(subject: &Subject) -> &'static str {
    match subject {
        Subject::Pull { .. } => "pull",
        Subject::Group { .. } => "group",
        Subject::Repository { .. } => "repository",
        Subject::Installation => "installation",
        Subject::Command { .. } => "command",
    }
}

fn add(registry: &mut Registry, name: &str, help: &str, metric: impl Metric) {
    registry.register(name, help, metric);
}

fn histograms<const N: usize>(make: fn() -> Histogram) -> Histograms<N> {
    Family::new_with_constructor(make)
}

fn ended(is_whole: bool) -> &'static str {
    if is_whole { "done" } else { "failed" }
}

/// A word of the list; what is not in it is `other`, so that nobody outside can make labels.
fn one_of(known: &'static [&'static str], word: &str) -> &'static str {
    known.binary_search(&word).ok().and_then(|at| known.get(at).copied()).unwrap_or("other")
}

#[expect(clippy::cast_precision_loss, reason = "counts of jobs and calls are far below 2^53")]
fn as_number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
