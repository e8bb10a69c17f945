//! JUnit's XML, as continuous integration systems read it: an error or a warning is a failed test, a finding that is
//! excused a skipped one, a service without open findings a passed one.

use super::region::Regions;
use super::{Options, Output, paragraphs};
use crate::report::{Finding, Report, Severity, words};
use std::collections::HashSet;
use std::fmt::Write as _;

/// The format.
pub const OUTPUT: Output = Output { name: "junit", about: "JUnit's XML", render };

fn render(report: &Report, _: &Options) -> String {
    let regions = Regions::new(&report.sources);
    let failing: HashSet<&str> = report.open().map(|finding| finding.subject.as_str()).collect();
    let fine: Vec<_> = report.services.iter().filter(|service| !failing.contains(service.name.as_str())).collect();
    let tests = report.findings.len() + fine.len();
    let failures = report.open().filter(|finding| finding.severity > Severity::Info).count();
    let skipped = report.findings.len() - report.open().count();
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\"");
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"adrule\" {counts}>\n  <testsuite name=\"adrule\" {counts}>\n"
    );
    for finding in &report.findings {
        case(&mut out, finding, &regions);
    }
    for service in fine {
        let (name, path) = (escape(&service.name), escape(&service.path));
        let _ = writeln!(out, "    <testcase name=\"{name}\" classname=\"service\" file=\"{path}\"/>");
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn case(out: &mut String, finding: &Finding, regions: &Regions<'_>) {
    let name = escape(&format!("{}: {}", finding.rule, finding.subject));
    let _ = write!(out, "    <testcase name=\"{name}\" classname=\"{}\"", escape(&finding.rule));
    let mut place = String::new();
    if let Some(first) = finding.places.first() {
        let line = regions.of(&first.place).start.line;
        let _ = write!(out, " file=\"{}\" line=\"{line}\"", escape(&first.place.path));
        place = format!("{}:{line}\n\n", first.place.path);
    }
    out.push_str(">\n");
    let message = escape(&finding.message);
    let text = escape(&(place + &paragraphs(finding).join("\n\n")));
    let _ = match (finding.excuse(), finding.severity) {
        (Some(excuse), _) => writeln!(out, "      <skipped message=\"{}\"/>", escape(&excuse)),
        (None, Severity::Info) => writeln!(out, "      <system-out>{text}</system-out>"),
        (None, severity) => {
            writeln!(
                out,
                "      <failure type=\"{}\" message=\"{message}\">{text}</failure>",
                words::severity(severity)
            )
        }
    };
    out.push_str("    </testcase>\n");
}

/// Text as XML 1.0 can hold it: what it cannot is shown as the replacement character.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
