//! The report as Markdown: the text that a comment on a pull request would hold.
//!
//! Everything from the repository is somebody's text: it is escaped so that it can make no mention, link, image or
//! HTML of its own.

use super::Output;
use crate::report::{Excused, Finding, Report, Severity, Standing, words};
use crate::text::LineIndex;
use std::fmt::Write as _;

/// The format.
pub const OUTPUT: Output = Output {
    name: "markdown",
    about: "what a comment on a pull request would hold",
    render: |report, _| render(report),
};

/// The whole report.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "### {}\n", headline(report));
    for finding in report.own() {
        section(&mut out, report, finding);
    }
    let fine: Vec<_> = report.services.iter().filter(|service| service.standing != Standing::Gap).collect();
    if !fine.is_empty() {
        let open = report.worst().is_some();
        let title = match (open, fine.len()) {
            (true, 1) => "The other service is fine".to_owned(),
            (true, number) => format!("The other {number} services are fine"),
            (false, number) => words::count(number, "service") + " judged",
        };
        let _ = writeln!(out, "<details><summary>{title}</summary>\n");
        for service in fine {
            let standing = words::standing(service.standing);
            let colon = if service.words.is_empty() { "" } else { ": " };
            let _ = writeln!(out, "- {}, {standing}{colon}{}", code(&service.name), escape(&service.words));
        }
        out.push_str("\n</details>\n\n");
    }
    let Excused { waived, suppressed, baselined } = report.excused();
    if suppressed > 0 {
        let _ = writeln!(out, "{} excused by a comment in the file.\n", words::count(suppressed, "finding"));
    }
    if baselined > 0 {
        let _ = writeln!(out, "{} excused by the baseline.\n", words::count(baselined, "finding"));
    }
    if waived > 0 {
        let _ = writeln!(out, "{} excused by a waiver on the page.\n", words::count(waived, "finding"));
    }
    for remark in &report.remarks {
        let _ = writeln!(out, "{}\n", escape(remark));
    }
    let _ = writeln!(out, "<sub>Judged by {}, {}.</sub>", escape(&super::human::judged_by(report)), report.as_of);
    out
}

fn headline(report: &Report) -> String {
    let errors = report.count(Severity::Error);
    let others = report.own().count() - errors;
    match (errors, others) {
        (0, 0) => "Nothing is missing".to_owned(),
        (0, others) => words::count(others, "thing") + " worth a look",
        (1, _) => "One thing is missing".to_owned(),
        (errors, _) => format!("{errors} things are missing"),
    }
}

fn section(out: &mut String, report: &Report, finding: &Finding) {
    let _ = writeln!(
        out,
        "**{}** ({}, {})\n",
        escape(&finding.message),
        words::severity(finding.severity),
        code(&finding.rule)
    );
    if !finding.why.is_empty() {
        let why = escape(&finding.why);
        let _ = if finding.page_says { writeln!(out, "The page says: *{why}*\n") } else { writeln!(out, "{why}\n") };
    }
    for labelled in &finding.places {
        let line = report.sources.get(&labelled.place.path).map(|text| {
            let position = LineIndex::new(text).position(labelled.place.span.start);
            format!(":{}", position.line)
        });
        // What explains a place quotes its words, which no snippet shows here.
        let part = report.parts(finding).find(|part| part.places.iter().any(|of| of.place == labelled.place));
        let label = match part {
            Some(part) if part.places[0].place == labelled.place => format!(": {}", explained(part)),
            _ if labelled.label.is_empty() => String::new(),
            _ => format!(": {}", escape(&labelled.label)),
        };
        let _ = writeln!(out, "- {}{label}", code(&format!("{}{}", labelled.place.path, line.unwrap_or_default())));
    }
    for note in &finding.notes {
        let _ = writeln!(out, "- {}", escape(note));
    }
    out.push('\n');
    if !finding.fixes.is_empty() {
        let _ = writeln!(out, "Add {}.\n", finding.lead());
    }
    for (at, fix) in finding.fixes.iter().enumerate() {
        let lead = if at == 0 { "In" } else { "or in" };
        let place = if fix.at.is_empty() { String::new() } else { format!(", {}", escape(&fix.at)) };
        let language = if fix.path.ends_with(".md") { "md" } else { "yaml" };
        let _ = writeln!(out, "{lead} {}{place}:\n", code(&fix.path));
        let fence = fence(&fix.text);
        let _ = writeln!(out, "{fence}{language}\n{}\n{fence}\n", fix.text.trim_end());
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(out, "{}\n", escape(help));
    }
}

/// What stands in place of a reason, and the line that would state it where there is one.
fn explained(part: &Finding) -> String {
    match part.help.as_deref().filter(|_| part.offers) {
        Some(help) => format!("{}. {}", escape(&part.message), escape(help)),
        None => escape(&part.message),
    }
}

/// A fence longer than any run of backticks inside.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// Text as code: backticks inside are answered with longer ones outside.
#[must_use]
pub fn code(text: &str) -> String {
    let text = words::printable(text, 200);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// Text as text: nothing in it is markup, a mention or a reference. Code spans in our own wording are kept, since
/// nothing is linked inside them.
#[must_use]
pub fn escape(text: &str) -> String {
    let text = words::printable(text, 600);
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text.as_str();
    while let Some(open) = rest.find('`') {
        let Some(length) = rest[open + 1..].find('`') else { break };
        plain(&mut out, &rest[..open]);
        out.push_str(&code(&rest[open + 1..open + 1 + length]));
        rest = &rest[open + length + 2..];
    }
    plain(&mut out, rest);
    out
}

fn plain(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A zero-width joiner breaks what GitHub would link: mentions, issue numbers, bare addresses.
            '@' | '#' | '＠' | '＃' | '﹫' => {
                out.push(c);
                out.push('\u{200D}');
            }
            ':' => out.push_str("&#58;"),
            c => out.push(c),
        }
    }
}
