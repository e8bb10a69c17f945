//! The text of a check run and of the job's summary.

use super::body::{Body, Kind, body};
use super::context::{Context, Limits, PageNews};
use super::group::{groups, headline_words};
use super::link::Linker;
use crate::policy::ORGANISATION_PATH;
use crate::report::render::markup::text_of;
use crate::report::render::paragraphs;
use crate::report::render::region::{Region, Regions};
use crate::report::words::{count, list, printable};
use crate::report::{Finding, Report, Severity};
use crate::text::Span;

/// What GitHub takes for a summary and for a text, in characters; it counts bytes in places, so bytes have to do.
const LONGEST: usize = 65_535;
/// What a job's summary may have, in bytes.
const LONGEST_SUMMARY: usize = 1024 * 1024 - 1;
/// What the message of an annotation may have: 64 KB.
const LONGEST_MESSAGE: usize = 8 * 1024;
/// What a title may have, in characters.
const LONGEST_TITLE: usize = 255;

/// What a check run says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckText {
    /// One line of plain text.
    pub title: String,
    /// What was found, in a few lines of Markdown.
    pub summary: String,
    /// Everything, in Markdown.
    pub text: String,
    /// One for each open finding with a place, the gravest first. GitHub takes fifty in one request.
    pub annotations: Vec<Annotation>,
    /// How it went.
    pub conclusion: Conclusion,
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// Nothing is missing.
    Success,
    /// Something at the threshold or above it is missing.
    Failure,
    /// Something below the threshold is missing, or the page is only tried out.
    Neutral,
}

impl Conclusion {
    /// As GitHub writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Neutral => "neutral",
        }
    }
}

/// A remark beside a line of a file. All of it is plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// The file, from the root of the repository.
    pub path: String,
    /// Its first line, from 1.
    pub start_line: usize,
    /// Its last line, from 1.
    pub end_line: usize,
    /// The first column, in characters from 1; none where it spans lines, since GitHub refuses columns there.
    pub start_column: Option<usize>,
    /// The last column, in characters from 1.
    pub end_column: Option<usize>,
    /// Its weight.
    pub level: AnnotationLevel,
    /// The rule.
    pub title: String,
    /// What is wrong, why, and what would mend it.
    pub message: String,
}

/// The weight of an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnotationLevel {
    /// Worth knowing.
    Notice,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Failure,
}

impl AnnotationLevel {
    /// As GitHub writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Failure => "failure",
        }
    }
}

/// The text of a check run.
#[must_use]
pub fn check_summary(report: &Report, context: &Context) -> CheckText {
    let limits = Limits { characters: LONGEST, bytes: LONGEST, findings: usize::MAX };
    let Body { text, shown, total } = body(report, context, None, Kind::Whole, limits, "");
    let found = groups(report, report.own().filter(|finding| finding.severity > Severity::Info));
    CheckText {
        title: printable(&headline_words(report, &found), LONGEST_TITLE - 1),
        summary: summary(report, context, (shown, total)),
        text,
        annotations: annotations(report, context),
        conclusion: conclusion(report, context),
    }
}

/// The job's summary: the whole report, and the caller's remarks.
#[must_use]
pub fn job_summary(report: &Report, context: &Context) -> String {
    let remarks = remarks(context);
    let limits = Limits { characters: LONGEST_SUMMARY, bytes: LONGEST_SUMMARY, findings: usize::MAX };
    let body = body(report, context, None, Kind::Whole, limits, &remarks);
    body.text + &remarks
}

fn conclusion(report: &Report, context: &Context) -> Conclusion {
    let mistakes = match &context.page {
        PageNews::Changed(change) => change.mistakes.as_slice(),
        PageNews::Unchanged | PageNews::First | PageNews::Mended | PageNews::Removed => &[],
    };
    let worst = report.worst().max(mistakes.iter().map(|mistake| mistake.severity).max());
    let fails = worst.zip(context.fail_on).is_some_and(|(worst, least)| worst >= least);
    match worst {
        _ if fails && !context.page.is_preview() => Conclusion::Failure,
        Some(Severity::Warning | Severity::Error) => Conclusion::Neutral,
        Some(Severity::Info) | None => Conclusion::Success,
    }
}

fn summary(report: &Report, context: &Context, (shown, total): (usize, usize)) -> String {
    let counts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "remark")]
        .iter()
        .map(|(severity, one)| (report.count(*severity), one))
        .filter(|(number, _)| *number > 0)
        .map(|(number, one)| count(number, one))
        .collect();
    let counts = if counts.is_empty() { "Nothing is missing".to_owned() } else { list(&counts, "and") };
    let mut out = format!(
        "{counts} in {} and {}.\n\n",
        count(report.services.len(), "service"),
        count(report.decisions, "decision")
    );
    match context.page {
        PageNews::First => out.push_str("The page is new here and only tried out: nothing fails.\n\n"),
        PageNews::Mended => {
            out.push_str(
                "The page of the base cannot be used. The one here can, and is only tried out: nothing fails.\n\n",
            );
        }
        PageNews::Unchanged | PageNews::Changed(_) | PageNews::Removed => {}
    }
    if shown < total {
        out.push_str(&format!("The details below show {shown} of {total}; the report file has all of them.\n\n"));
    }
    out + &remarks(context)
}

/// The caller's remarks, a paragraph each.
fn remarks(context: &Context) -> String {
    context.remarks.iter().take(20).map(|remark| text_of(remark, 300) + "\n\n").collect()
}

fn annotations(report: &Report, context: &Context) -> Vec<Annotation> {
    let regions = Regions::new(&report.sources);
    let linker = Linker::new(report, context);
    let mut open: Vec<&Finding> = report.open().collect();
    open.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    open.iter().filter_map(|finding| annotation(finding, &regions, &linker)).collect()
}

fn annotation(finding: &Finding, regions: &Regions<'_>, linker: &Linker<'_>) -> Option<Annotation> {
    let place = &finding.places.first()?.place;
    // The organisation's page lies in another repository.
    if place.path.is_empty() || place.path.as_ref() == ORGANISATION_PATH {
        return None;
    }
    let region = regions.of(place);
    // GitHub refuses an end that is not in the file.
    let end_line = if region.to_the_end { region.start.line } else { region.end.line };
    let (start_column, end_column) = columns(&region, place.span).filter(|_| end_line == region.start.line).unzip();
    Some(Annotation {
        path: linker.full(&place.path),
        start_line: region.start.line,
        end_line,
        start_column,
        end_column,
        level: match finding.severity {
            Severity::Error => AnnotationLevel::Failure,
            Severity::Warning => AnnotationLevel::Warning,
            Severity::Info => AnnotationLevel::Notice,
        },
        title: printable(&finding.rule, LONGEST_TITLE - 1),
        message: message(finding),
    })
}

/// The first column and the last one, of a place on one line.
fn columns(region: &Region, span: Span) -> Option<(usize, usize)> {
    let one_line = region.start.line == region.end.line && region.end.chars > region.start.chars;
    (one_line && span != Span::default()).then(|| (region.start.chars, region.end.chars - 1))
}

/// Plain text of a bearable length, in whole paragraphs.
fn message(finding: &Finding) -> String {
    let mut out = String::new();
    for paragraph in paragraphs(finding) {
        let lines: Vec<String> = paragraph.lines().map(shown).collect();
        let paragraph = lines.join("\n");
        if out.len() + paragraph.len() + 2 > LONGEST_MESSAGE {
            break;
        }
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&paragraph);
    }
    out
}

/// A line with its indentation, and nothing in it that is not seen.
fn shown(line: &str) -> String {
    let indent = line.len() - line.trim_start_matches(' ').len();
    format!("{}{}", " ".repeat(indent.min(40)), printable(line, 600))
}
