//! GitLab's code quality report: open findings, each with a fingerprint that survives moved lines.

use super::region::Regions;
use super::{Options, Output, json};
use crate::report::{Finding, Report, Severity, fingerprints};
use serde::Serialize;

/// The format.
pub const OUTPUT: Output = Output { name: "gitlab", about: "GitLab's code quality report", render };

#[derive(Serialize)]
struct Issue<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

fn render(report: &Report, _: &Options) -> String {
    let regions = Regions::new(&report.sources);
    let prints = fingerprints(&report.findings, &report.sources);
    let open = report.findings.iter().zip(prints).filter(|(finding, _)| finding.is_open());
    json::to_text(&open.filter_map(|(finding, print)| issue(finding, print, &regions)).collect::<Vec<_>>())
}

fn issue<'r>(finding: &'r Finding, fingerprint: String, regions: &Regions<'_>) -> Option<Issue<'r>> {
    let first = finding.places.first()?;
    let region = regions.of(&first.place);
    Some(Issue {
        description: match finding.why.as_str() {
            "" => finding.message.clone(),
            why => format!("{}. {why}", finding.message.trim_end_matches('.')),
        },
        check_name: &finding.rule,
        fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        location: Location { path: &first.place.path, lines: Lines { begin: region.start.line, end: region.end.line } },
    })
}
