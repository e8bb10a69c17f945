//! The log: one line for each event, on the error stream.
//!
//! What others wrote (a branch's name, a title, GitHub's own words) may hold line breaks and control characters: they are
//! written in an escaped form, so that nobody can write a line of our log. Secrets have no business in an event; should
//! one get there all the same, it is cut out.

mod line;

use super::metrics::kind;
use super::store::{Lease, Subject};
#[cfg(feature = "otlp")]
use super::trace::{self, Traces};
use anyhow::{Context as _, Result};
use line::Lines;
pub use line::{Hidden, is_harmless};
use tracing::Span;
use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer, Registry, fmt};

/// What the lines look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// What has to be ended, so that nothing is left unsent.
pub struct Log {
    #[cfg(feature = "otlp")]
    traces: Option<Traces>,
}

impl Log {
    /// Sends what is left.
    pub fn end(&self) {
        #[cfg(feature = "otlp")]
        if let Some(traces) = &self.traces {
            traces.end();
        }
    }
}

/// Starts the log of this process. `filter` is a level (`warn`), or levels by part (`info,adrule=debug`); what is hidden
/// is never written; `otlp` is where traces go.
pub fn start(format: Format, filter: &str, hidden: Hidden, otlp: Option<&str>) -> Result<Log> {
    let filter = EnvFilter::try_new(filter).with_context(|| format!("`{filter}` is no filter for the log"))?;
    let lines = Lines::new(std::io::stderr, format, hidden);
    let registry = tracing_subscriber::registry().with(layer(format, lines).with_filter(filter));
    #[cfg(feature = "otlp")]
    {
        let traces = otlp.map(Traces::start).transpose()?;
        registry.with(traces.as_ref().map(Traces::layer)).try_init().context("the log was started before")?;
        Ok(Log { traces })
    }
    #[cfg(not(feature = "otlp"))]
    {
        anyhow::ensure!(
            otlp.is_none(),
            "`otlp-endpoint` is set, and this adrule was built without traces: `cargo install adrule --features otlp` \
             builds one with them"
        );
        registry.try_init().context("the log was started before")?;
        Ok(Log {})
    }
}

fn layer<W>(format: Format, lines: W) -> Box<dyn Layer<Registry> + Send + Sync>
where
    W: for<'w> fmt::MakeWriter<'w> + Send + Sync + 'static,
{
    let layer = fmt::layer().with_ansi(false).with_span_events(FmtSpan::NONE).with_writer(lines);
    match format {
        Format::Text => layer.with_target(false).boxed(),
        Format::Json => layer.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed(),
    }
}

/// The span that everything about a delivery happens in. Off unless somebody looks: a delivery takes microseconds.
pub fn delivery(id: &str, event: &str) -> Span {
    let span = tracing::debug_span!("delivery", delivery = id, event);
    #[cfg(feature = "otlp")]
    trace::name(&span, id);
    span
}

/// The span that everything about a job happens in.
pub fn job(lease: &Lease) -> Span {
    let (repository, number) = match &lease.mark.subject {
        Subject::Pull { repository, number } | Subject::Command { repository, number, .. } => {
            (Some(repository.as_str()), Some(*number))
        }
        Subject::Group { repository, .. }
        | Subject::Repository { repository }
        | Subject::Branch { repository, .. }
        | Subject::Commit { repository, .. } => (Some(repository.as_str()), None),
        Subject::Installation => (None, None),
    };
    let span = tracing::info_span!(
        "job",
        job = lease.job,
        subject = kind(&lease.mark.subject),
        installation = lease.mark.installation,
        repository,
        number,
        delivery = lease.delivery.as_deref(),
    );
    #[cfg(feature = "otlp")]
    trace::link(&span, lease);
    span
}

#[cfg(test)]
pub mod tests;
