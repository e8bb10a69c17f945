//! SARIF 2.1.0, for code scanning. Messages say what is wrong, not the rule's name; excused findings are there with their
//! justification; fingerprints survive moved lines, so that alerts do not reopen.

mod model;

use super::region::Regions;
use super::{HOME, Options, Output, json, paragraphs, rule_page};
use crate::report::{Finding, Labelled, Report, Severity, fingerprints};
use crate::rule;
use crate::text::Place;
use model::*;
use std::fmt::Write as _;

/// The format.
pub const OUTPUT: Output = Output { name: "sarif", about: "SARIF 2.1.0, for code scanning", render };

/// Fingerprints under a name of our own: `primaryLocationLineHash` is GitHub's, which warns of every other value.
const FINGERPRINT: &str = "adrule/v1";

fn render(report: &Report, _: &Options) -> String {
    let regions = Regions::new(&report.sources);
    let mut ids: Vec<&str> = report.findings.iter().map(|finding| finding.rule.as_ref()).collect();
    ids.sort_unstable();
    ids.dedup();
    let prints = fingerprints(&report.findings, &report.sources);
    let results = report.findings.iter().zip(prints).map(|(finding, print)| result(finding, print, &ids, &regions));
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "adrule",
                version: env!("CARGO_PKG_VERSION"),
                semantic_version: env!("CARGO_PKG_VERSION"),
                information_uri: HOME,
                rules: ids.iter().map(|id| descriptor(id, report)).collect(),
            },
        },
        invocations: [Invocation {
            execution_successful: true,
            tool_execution_notifications: report
                .unread
                .iter()
                .map(|unread| notification(&unread.path, &unread.reason))
                .collect(),
        }],
        column_kind: "utf16CodeUnits",
        results: results.collect(),
    };
    json::to_text(&Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] })
}

/// A rule with its manual page; of a rule of the page's own, its sentence.
fn descriptor(id: &str, report: &Report) -> Descriptor {
    let (short, severity, full) = match rule::find(id) {
        Some(rule) => {
            let summary = rule.summary().split_whitespace().collect::<Vec<_>>().join(" ");
            (summary, rule.severity, rule.page.to_owned())
        }
        None => {
            let finding = report.findings.iter().find(|finding| finding.rule.as_ref() == id);
            let says = finding.map_or_else(|| id.to_owned(), |finding| finding.why.clone());
            let says = if says.is_empty() { id.to_owned() } else { says };
            (says.clone(), finding.map_or(Severity::Error, |finding| finding.severity), says)
        }
    };
    Descriptor {
        id: id.to_owned(),
        short_description: Text::plain(&short),
        full_description: Text::plain(&short),
        help: Text { text: full.clone(), markdown: Some(full) },
        help_uri: rule_page(id),
        default_configuration: Configuration { level: level(severity) },
    }
}

fn result(finding: &Finding, print: String, ids: &[&str], regions: &Regions<'_>) -> ResultObject {
    let mut places = finding.places.iter();
    let first = places.next();
    ResultObject {
        rule_id: finding.rule.to_string(),
        rule_index: ids.binary_search(&finding.rule.as_ref()).unwrap_or(0),
        level: level(finding.severity),
        message: Text::plain(&paragraphs(finding).join("\n\n")),
        locations: first.map(|at| location(&at.place, regions)).into_iter().collect(),
        related_locations: places.enumerate().map(|(id, at)| related(id + 1, at, regions)).collect(),
        partial_fingerprints: [(FINGERPRINT, print)].into(),
        suppressions: suppressions(finding, regions),
    }
}

fn suppressions(finding: &Finding, regions: &Regions<'_>) -> Vec<Suppression> {
    let mut all = Vec::new();
    if let Some(waived) = &finding.waived {
        all.push(Suppression {
            kind: "external",
            status: "accepted",
            justification: format!("{} (waiver of {}, until {})", waived.reason, waived.owner, waived.until),
            location: Some(location(&waived.place, regions)),
        });
    }
    all
}

fn location(place: &Place, regions: &Regions<'_>) -> Location {
    let region = regions.of(place);
    Location {
        id: None,
        message: None,
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri: uri(&place.path), uri_base_id: "%SRCROOT%" },
            region: Some(RegionObject {
                start_line: region.start.line,
                start_column: region.start.utf16,
                end_line: region.end.line,
                end_column: region.end.utf16,
            }),
        },
    }
}

fn related(id: usize, at: &Labelled, regions: &Regions<'_>) -> Location {
    let message = (!at.label.is_empty()).then(|| Text::plain(&at.label));
    Location { id: Some(id), message, ..location(&at.place, regions) }
}

fn notification(path: &str, reason: &str) -> Notification {
    Notification {
        level: "note",
        message: Text::plain(&format!("Not checked: {reason}.")),
        locations: [Location {
            id: None,
            message: None,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(path), uri_base_id: "%SRCROOT%" },
                region: None,
            },
        }],
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative reference: everything but unreserved characters and `/` as bytes in hexadecimal.
fn uri(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}
