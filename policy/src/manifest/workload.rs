//! What Kubernetes, Knative and Score have in common: containers with memory limits.

use super::gather::Gather;
use crate::fact::Value as FactValue;
use crate::fact::value::{Unusable, kubernetes_memory};
use crate::fact::vocabulary::find;
use crate::report::{Finding, Severity};
use crate::text::yaml::{Entry, Value};

/// Containers that run beside a service and are not it.
const BESIDE: &[&str] = &[
    "istio-proxy",
    "linkerd-proxy",
    "daprd",
    "envoy",
    "cloud-sql-proxy",
    "cloudsql-proxy",
    "fluent-bit",
    "fluentd",
    "filebeat",
    "promtail",
    "vault-agent",
    "otel-collector",
    "datadog-agent",
    "oauth2-proxy",
];

/// Parts of the names of such containers.
const BESIDE_PARTS: &[&str] = &["sidecar", "exporter", "envoy", "istio", "linkerd", "fluent", "promtail", "filebeat"];

/// Whether a container runs beside the service: `envoy-sidecar`, `redis-exporter`.
fn is_beside(name: &str) -> bool {
    BESIDE.contains(&name) || name.split('-').any(|part| BESIDE_PARTS.contains(&part))
}

/// The memory limits of a workload's own containers.
pub(super) fn memory_limits<'c, 't: 'c>(
    gather: &mut Gather<'_, '_, '_>,
    containers: impl Iterator<Item = Value<'c, 't>>,
    problems: &mut Vec<Finding>,
) {
    for container in containers {
        let name = container.get("name").and_then(Value::filled);
        if !name.is_some_and(is_beside) {
            memory_limit(gather, container, problems);
        }
    }
}

/// The memory limit of one container: evidence of a budget, never a reason by itself.
pub(super) fn memory_limit(gather: &mut Gather<'_, '_, '_>, container: Value<'_, '_>, problems: &mut Vec<Finding>) {
    let limits = container.path(&["resources", "limits"]);
    let (Some(entry), Some(known)) = (limits.and_then(|limits| limits.entry("memory")), find("memory-budget")) else {
        return;
    };
    let Some(text) = entry.value.filled() else { return };
    let span = entry.key.span().to(entry.value.span());
    match kubernetes_memory(text) {
        Ok(bytes) => gather.push(known, Some(FactValue::Bytes(bytes)), None, None, span, true),
        Err(why) => {
            if let Unusable::Millibytes(meant) = &why {
                problems.push(millibytes(gather, entry, text, meant));
            }
            gather.push(known, None, None, Some(why.into()), span, true);
        }
    }
}

fn millibytes(gather: &Gather<'_, '_, '_>, entry: Entry<'_, '_>, text: &str, meant: &str) -> Finding {
    let place = gather.place(entry.value.span());
    let path = place.path.clone();
    let shown = super::shape::shown(text);
    Finding::new(
        "memory-in-millibytes",
        Severity::Warning,
        gather.service.name.clone(),
        format!("`{shown}` of memory is less than a byte"),
        place,
    )
    .label(format!("`m` means thousandths; `{meant}` is meant"))
    .why("Kubernetes reads `m` as thousandths, of memory too. The container is killed as soon as it starts.")
    .write(
        path,
        Some(entry.key.span().to(entry.value.span())),
        "instead of this value",
        format!("memory: {meant}"),
    )
}

/// How many replicas are planned.
pub(super) fn replicas(gather: &mut Gather<'_, '_, '_>, entry: Option<Entry<'_, '_>>) {
    let (Some(entry), Some(known)) = (entry, find("instance-count")) else { return };
    let Some(text) = entry.value.filled() else { return };
    let span = entry.key.span().to(entry.value.span());
    match text.trim().parse::<u32>() {
        Ok(count) => gather.push(known, Some(FactValue::Count(f64::from(count))), None, None, span, false),
        Err(_) => gather.push(known, None, None, Some("not a whole number".to_owned().into()), span, false),
    }
}
