//! reviewdog's diagnostic format: open findings. Columns count bytes, as it asks.

use super::region::{End, Region, Regions};
use super::{HOME, Options, Output, json, paragraphs, rule_page};
use crate::report::{Finding, Report, Severity};
use serde::Serialize;

/// The format.
pub const OUTPUT: Output = Output { name: "rdjson", about: "reviewdog's diagnostic format", render };

#[derive(Serialize)]
struct Result<'r> {
    source: Source,
    diagnostics: Vec<Diagnostic<'r>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'r> {
    message: String,
    location: Location<'r>,
    severity: &'static str,
    code: Code<'r>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'r>>,
}

#[derive(Serialize)]
struct Code<'r> {
    value: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Related<'r> {
    message: &'r str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

impl From<End> for Position {
    fn from(end: End) -> Self {
        Self { line: end.line, column: end.bytes }
    }
}

impl From<Region> for Range {
    fn from(region: Region) -> Self {
        Self { start: region.start.into(), end: region.end.into() }
    }
}

fn render(report: &Report, _: &Options) -> String {
    let regions = Regions::new(&report.sources);
    json::to_text(&Result {
        source: Source { name: "adrule", url: HOME },
        diagnostics: report.open().filter_map(|finding| diagnostic(finding, &regions)).collect(),
    })
}

fn diagnostic<'r>(finding: &'r Finding, regions: &Regions<'_>) -> Option<Diagnostic<'r>> {
    let mut places =
        finding.places.iter().map(|at| (at, Location { path: &at.place.path, range: regions.of(&at.place).into() }));
    let (_, location) = places.next()?;
    Some(Diagnostic {
        message: paragraphs(finding).join("\n\n"),
        location,
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: Code { value: &finding.rule, url: rule_page(&finding.rule) },
        related_locations: places.map(|(at, location)| Related { message: &at.label, location }).collect(),
    })
}
