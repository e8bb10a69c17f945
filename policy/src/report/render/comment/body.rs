//! The comment as a whole: what is missing first, and only whole pieces of it.

use super::context::{Context, Limits};
use super::finding;
use super::group::{Group, groups, headline, things};
use super::link::Linker;
use super::page;
use super::record;
use super::room::{Room, fold};
use super::standing;
use super::state::State;
use crate::policy::ORGANISATION_PATH;
use crate::report::render::markup::{html, text, text_of};
use crate::report::{Finding, Report, Severity};
use std::collections::HashSet;
use std::fmt::Write as _;

/// Services or files whose findings are shown unfolded.
const OPEN_GROUPS: usize = 3;

/// A text, and how much of the report it shows.
pub(super) struct Body {
    pub text: String,
    pub shown: usize,
    pub total: usize,
}

/// What differs between the places that a report is written to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A comment: short, with what was mended.
    Comment,
    /// The job's summary, a check's text or a terminal: everything, with the day.
    Whole,
}

/// The text from its headline to its last line. `used` is what stands before it.
pub(super) fn body(
    report: &Report,
    context: &Context,
    state: Option<&State>,
    kind: Kind,
    limits: Limits,
    used: &str,
) -> Body {
    let linker = Linker::new(report, context);
    let mut room = Room::new(limits);
    room.take(used);
    // A part of the room for each list, so that none of them leaves nothing for the findings.
    let part = || Room::part(limits);
    let findings: Vec<&Finding> = report.own().filter(|finding| finding.severity > Severity::Info).collect();
    let remarks = report.own().filter(|finding| finding.severity == Severity::Info);
    // In a comment warnings step back behind errors.
    let has_errors = report.count(Severity::Error) > 0;
    let is_main = |finding: &&Finding| kind == Kind::Whole || !has_errors || finding.severity == Severity::Error;
    let (main, also): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|finding| is_main(finding));
    let groups = groups(report, main.into_iter());

    let title = match page::title(context) {
        Some(title) if !has_errors || is_preview(context) => title.to_owned(),
        _ => headline(report, &groups),
    };
    let mut head = format!("### {title}\n\n{}", page::news(report, context, &groups, &linker, &mut part()));
    if let Some(state) = state {
        head.push_str(&record::news(state, &linker, &mut part()));
    }
    let mut tail = remarks_fold(remarks.collect(), &linker, &mut part());
    tail.push_str(&standing::services(report, &linker, &mut part()));
    tail.push_str(&standing::excused(report, &linker, &mut part()));
    if let Some(state) = state {
        tail.push_str(&record::earlier(state, &linker, &mut part()));
    }
    tail.push_str(&standing::unread(report, &linker, &mut part()));
    tail.push_str(&foot(report, context, &groups, kind, &linker));
    room.take(&head);
    room.take(&tail);
    // Room for the sentence that tells of what was left out.
    room.take(&truncated(usize::MAX, usize::MAX, &linker, kind));
    let (mut sections, mut shown) = sections(report, &groups, limits.findings, kind, &linker, &mut room);
    let total = findings.len();
    let left = limits.findings - shown;
    if !also.is_empty() && shown + also.len() == total && left > 0 {
        let (fold, number) = also_fold(report, &also[..also.len().min(left)], &linker, &mut room);
        sections.push_str(&fold);
        shown += number;
    }
    let cut = if shown < total { truncated(shown, total, &linker, kind) } else { String::new() };
    Body { text: format!("{head}{sections}{cut}{tail}"), shown, total }
}

/// The findings, as many as there is room for, and how many they are.
fn sections(
    report: &Report,
    groups: &[Group<'_>],
    most: usize,
    kind: Kind,
    linker: &Linker<'_>,
    room: &mut Room,
) -> (String, usize) {
    let mut out = String::new();
    let mut shown = 0;
    for (at, group) in groups.iter().enumerate() {
        let folded = kind == Kind::Comment && at >= OPEN_GROUPS;
        let (before, after) = match (folded, groups.len()) {
            (_, 1) => (String::new(), ""),
            (true, _) => (format!("<details><summary>{}</summary>\n\n", group.title()), "</details>\n\n"),
            (false, _) => (format!("#### {}\n\n", group.name()), ""),
        };
        let mut inside = String::new();
        if !room.take(&format!("{before}{after}")) {
            break;
        }
        let mut is_full = false;
        let mut told = HashSet::new();
        for finding in &group.findings {
            let whole = finding::section(report, finding, linker, &told);
            told.extend(finding.places.iter().map(|labelled| &labelled.place));
            let brief = format!("- {}\n\n", finding::line(finding, linker));
            is_full = shown == most;
            if !is_full && room.take(&whole) {
                inside.push_str(&whole);
            } else if !is_full && room.take(&brief) {
                inside.push_str(&brief);
            } else {
                is_full = true;
                break;
            }
            shown += 1;
        }
        if !inside.is_empty() {
            let _ = write!(out, "{before}{inside}{after}");
        }
        if is_full {
            break;
        }
    }
    (out, shown)
}

/// Warnings beside errors, folded.
fn also_fold(report: &Report, also: &[&Finding], linker: &Linker<'_>, room: &mut Room) -> (String, usize) {
    let title = format!("Also worth a look: {}", things(also.len()));
    if !room.take(&fold(&title, "")) {
        return (String::new(), 0);
    }
    let whole: Vec<String> = also
        .iter()
        .map(|finding| finding::section(report, finding, linker, &HashSet::new()))
        .take_while(|section| room.take(section))
        .collect();
    let title = if whole.len() == also.len() { title } else { format!("{title}, {} of them here", whole.len()) };
    if whole.is_empty() { (String::new(), 0) } else { (fold(&title, &whole.concat()), whole.len()) }
}

/// "Showing 50 of 214."
fn truncated(shown: usize, total: usize, linker: &Linker<'_>, kind: Kind) -> String {
    let rest = match (kind, linker.details("the check")) {
        (Kind::Comment, Some(check)) => {
            format!(" The rest is in {check}, in the job's summary and in the report file.")
        }
        (Kind::Comment, None) => " The rest is in the check, in the job's summary and in the report file.".to_owned(),
        (Kind::Whole, _) => " The rest is in the report file.".to_owned(),
    };
    format!("**Showing {shown} of {total}.**{rest}\n\n")
}

/// What is only worth knowing.
fn remarks_fold(remarks: Vec<&Finding>, linker: &Linker<'_>, room: &mut Room) -> String {
    if remarks.is_empty() {
        return String::new();
    }
    let number = crate::report::words::count(remarks.len(), "remark");
    let lines = remarks.into_iter().map(|finding| finding::line(finding, linker));
    fold(&html(&number), &super::room::list(lines, room))
}

/// What it was judged by, and what else can be done.
fn foot(report: &Report, context: &Context, groups: &[Group<'_>], kind: Kind, linker: &Linker<'_>) -> String {
    let mut out = String::new();
    let most = if kind == Kind::Comment { 5 } else { 100 };
    let remarks: Vec<&String> = report.remarks.iter().filter(|remark| !context.told.contains(remark)).collect();
    for remark in remarks.iter().take(most) {
        let _ = writeln!(out, "{}\n", text_of(remark, 300));
    }
    if remarks.len() > most {
        let _ = writeln!(out, "… and {} more\n", things(remarks.len() - most));
    }
    let day = if kind == Kind::Whole { format!(", {}", report.as_of) } else { String::new() };
    let _ = write!(out, "<sub>Judged by {}{day}.", page(report, linker));
    let asks = groups.iter().any(|group| group.is_service && group.errors() > 0);
    if asks && !is_preview(context) && report.judged_by.path.is_some() && context.added_waivers.is_empty() {
        out.push_str(if report.judged_by.organisation {
            " Not now? A waiver needs an owner, a reason and an end date; the organisation's page says who grants it."
        } else {
            " Not now? A waiver on the page needs an owner, a reason and an end date."
        });
    }
    if kind == Kind::Comment && context.answers_commands {
        out.push_str(" `/adrule recheck` looks again.");
    }
    out.push_str("</sub>\n");
    out
}

/// "`adrule.yaml` on `main` (`a1b2c3d`)", linked to the page as it stood there.
fn page(report: &Report, linker: &Linker<'_>) -> String {
    let Some(path) = &report.judged_by.path else { return "the built-in page".to_owned() };
    let organisation = linker.named(ORGANISATION_PATH, "the organisation's page");
    if path.as_ref() == ORGANISATION_PATH {
        return organisation;
    }
    let page = match (linker.revision(), &report.judged_by.revision) {
        (Some(revision), _) => format!("{} {revision}", linker.file(path)),
        (None, Some(revision)) => format!("{} on {}", linker.file(path), text(revision)),
        (None, None) => linker.file(path),
    };
    if report.judged_by.organisation { format!("{page} and {organisation}") } else { page }
}

/// Whether nothing fails since the page is only tried out.
fn is_preview(context: &Context) -> bool {
    context.page.is_preview()
}
