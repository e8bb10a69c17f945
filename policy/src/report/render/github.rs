//! Workflow commands of GitHub Actions: each open finding is an annotation at its place.

use super::region::Regions;
use super::{Options, Output, human, paragraphs};
use crate::report::{Finding, Report, Severity};
use std::fmt::Write as _;

/// The format.
pub const OUTPUT: Output =
    Output { name: "github", about: "annotations, as workflow commands of GitHub Actions", render };

fn render(report: &Report, _: &Options) -> String {
    let regions = Regions::new(&report.sources);
    let mut out = String::new();
    for finding in report.open() {
        command(&mut out, finding, &regions);
    }
    // Begins with a word or a number of ours, so it is no command.
    out.push_str(&human::closing(report));
    out
}

fn command(out: &mut String, finding: &Finding, regions: &Regions<'_>) {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let _ = write!(out, "::{level} title={}", property(&finding.rule));
    if let Some(first) = finding.places.first() {
        let region = regions.of(&first.place);
        let _ = write!(out, ",file={},line={}", property(&first.place.path), region.start.line);
        // GitHub drops an annotation whose end is not in the file, and knows columns only within one line.
        if !region.to_the_end {
            let _ = write!(out, ",endLine={}", region.end.line);
            if region.start.line == region.end.line && region.end.chars > region.start.chars {
                let _ = write!(out, ",col={},endColumn={}", region.start.chars, region.end.chars);
            }
        }
    }
    let _ = writeln!(out, "::{}", data(&paragraphs(finding).join("\n\n")));
}

/// Text behind `::`: a command ends at the line's end.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property: it ends at a comma, and all of them at a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
