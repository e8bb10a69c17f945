//! Traces for OpenTelemetry, over OTLP and HTTP: a span for each delivery, and one for each job, linked to the delivery
//! that marked it last. Only spans are sent, never what is logged in them.
//!
//! A delivery's trace has the number of the delivery, so that a job finds it by what the store keeps anyway: after a
//! restart, and from another replica.

use super::store::Lease;
use anyhow::{Context as _, Result};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState, TracerProvider as _,
};
use opentelemetry_http::{Bytes, HttpClient, HttpError};
use opentelemetry_otlp::{WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::time::Duration;
use tracing::Span;
use tracing::level_filters::LevelFilter;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::registry::LookupSpan;

/// A collector that takes longer loses what it is told.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer that anybody reads.
const LARGEST: usize = 64 << 10;

/// Sends traces until it is ended.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Sends to an endpoint: `http://127.0.0.1:4318`, without the path of OTLP.
    pub fn start(endpoint: &str) -> Result<Self> {
        let endpoint = format!("{}/v1/traces", endpoint.trim_end_matches('/').trim_end_matches("/v1/traces"));
        let exporter = opentelemetry_otlp::SpanExporter::builder()
            .with_http()
            .with_http_client(Sender::new()?)
            .with_endpoint(&endpoint)
            .with_timeout(PATIENCE)
            .build()
            .with_context(|| format!("traces cannot be sent to {endpoint}"))?;
        let resource = Resource::builder().with_service_name("adrule").build();
        Ok(Self(SdkTracerProvider::builder().with_resource(resource).with_batch_exporter(exporter).build()))
    }

    /// What hands spans over. Deliveries are seen whatever the log leaves out.
    pub fn layer<S>(&self) -> impl Layer<S> + Send + Sync + use<S>
    where
        S: tracing::Subscriber + for<'s> LookupSpan<'s> + Send + Sync,
    {
        let ours = filter_fn(|metadata| metadata.is_span() && metadata.target().starts_with("adrule"));
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer("adrule"))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_filter(ours.and(LevelFilter::DEBUG))
    }

    /// Sends what is left.
    pub fn end(&self) {
        if let Err(error) = self.0.shutdown_with_timeout(PATIENCE) {
            tracing::warn!("the last traces were not sent: {error}");
        }
    }
}

/// Makes a delivery's span part of the trace that has its number.
pub fn name(span: &Span, delivery: &str) {
    let parent = opentelemetry::Context::new().with_remote_span_context(of(delivery));
    // There is nobody to hand it over to: then it is part of nothing.
    let _ = span.set_parent(parent);
}

/// Links a job's span to the delivery that it is about.
pub fn link(span: &Span, lease: &Lease) {
    if let Some(delivery) = &lease.delivery {
        span.add_link(of(delivery));
    }
}

/// Where a delivery's trace begins. GitHub's ids are UUIDs: as many bits as a trace's number has.
fn of(delivery: &str) -> SpanContext {
    let digest = ring::digest::digest(&ring::digest::SHA256, delivery.as_bytes());
    let part =
        |from: usize| digest.as_ref().iter().skip(from).take(8).fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
    let digits: String = delivery.chars().filter(char::is_ascii_hexdigit).collect();
    let is_uuid = digits.len() == 32 && delivery.len() == 36;
    let trace = u128::from_str_radix(&digits, 16).ok().filter(|_| is_uuid);
    let trace = trace.unwrap_or_else(|| u128::from(part(0)) << 64 | u128::from(part(8)));
    let (trace, span) = (TraceId::from(trace), SpanId::from(part(16)));
    SpanContext::new(trace, span, TraceFlags::SAMPLED, true, TraceState::default())
}

/// Sends from the exporter's own thread, which has no runtime.
#[derive(Debug)]
struct Sender {
    runtime: tokio::runtime::Runtime,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl Sender {
    fn new() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
        let connector = HttpsConnectorBuilder::new().with_native_roots().context("certificates")?;
        let connector = connector.https_or_http().enable_http1().build();
        Ok(Self { runtime, client: Client::builder(TokioExecutor::new()).build(connector) })
    }
}

#[async_trait::async_trait]
impl HttpClient for Sender {
    async fn send_bytes(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, HttpError> {
        let answer = async {
            let (head, body) = self.client.request(request.map(Full::new)).await?.into_parts();
            let body = Limited::new(body, LARGEST).collect().await?.to_bytes();
            Ok(http::Response::from_parts(head, body))
        };
        self.runtime.block_on(async { tokio::time::timeout(PATIENCE, answer).await? })
    }
}

#[cfg(test)]
mod tests;
