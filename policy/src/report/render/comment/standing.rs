//! What is fine, what is excused, and what was not looked at: one line each, folded.

use super::finding;
use super::group::words;
use super::link::Linker;
use super::room::{Room, fold, list};
use crate::language;
use crate::report::render::markup::{code, text_of};
use crate::report::words::{count, fact_name, fact_value, list as and};
use crate::report::{Excused, Report, Scope, ServiceReport, Severity, Standing};
use std::collections::HashSet;

/// The services that nothing is asked of. Those with a waiver are told by [`excused`].
pub(super) fn services(report: &Report, linker: &Linker<'_>, room: &mut Room) -> String {
    let errors = report.open().filter(|finding| finding.severity == Severity::Error);
    let asked: HashSet<&str> = errors.map(|finding| finding.subject.as_str()).collect();
    let rest: Vec<&ServiceReport> = report
        .services
        .iter()
        .filter(|service| !asked.contains(service.name.as_str()) && !is_waived(service))
        .collect();
    if rest.is_empty() {
        return String::new();
    }
    let fine = rest.iter().all(|service| service.standing != Standing::Gap);
    let other = if rest.len() < report.services.len() { "other " } else { "" };
    let here = if report.scope == Scope::Change { " in this change" } else { "" };
    let title = match (rest.len(), fine) {
        (1, true) => format!("The {other}service{here} is fine"),
        (number, true) => format!("The {other}{} services{here} are fine", words(number)),
        (1, false) => format!("The {other}service{here} is not judged"),
        (number, false) => format!("The {other}{} services{here}", words(number)),
    };
    fold(&title, &list(rest.into_iter().map(|service| line(service, linker)), room))
}

fn is_waived(service: &ServiceReport) -> bool {
    service.standing == Standing::Waived
}

/// "`ledger` (Rust): failure impact high, [`docs/adr/0002-ledger.md:17`](…)".
fn line(service: &ServiceReport, linker: &Linker<'_>) -> String {
    let languages: Vec<&str> =
        service.languages.iter().take(4).map(|reading| language::display(&reading.name)).collect();
    let languages =
        if languages.is_empty() { String::new() } else { format!(" ({})", text_of(&and(&languages, "and"), 80)) };
    let standing = match (service.standing, &service.accepted) {
        (Standing::Reason, Some(fact)) => {
            let said = format!("{} {}", fact_name(&fact.kind), fact_value(fact));
            format!("{}, {}", text_of(&said, 160), linker.place(&fact.place))
        }
        (Standing::Default, _) if service.words.is_empty() => "needs no reason".to_owned(),
        _ => text_of(&service.words, 160),
    };
    format!("{}{languages}: {standing}", code(&service.name))
}

/// What waivers, comments in files and the baseline excuse.
pub(super) fn excused(report: &Report, linker: &Linker<'_>, room: &mut Room) -> String {
    let Excused { waived, suppressed, baselined } = report.excused();
    let parts = [(waived, "by a waiver"), (suppressed, "by a comment in the file"), (baselined, "by the baseline")];
    let parts: Vec<String> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, by)| format!("{number} {by}")).collect();
    if parts.is_empty() {
        return String::new();
    }
    let findings = report.findings.iter().filter(|finding| !finding.is_open());
    let lines = findings.map(|of| {
        let excuse = text_of(&of.excuse().unwrap_or_default(), 160);
        let place = of.waived.as_ref().map(|waived| &waived.place);
        let place = place.or(of.suppressed.as_ref().map(|suppressed| &suppressed.place));
        let place = place.map(|place| format!(", {}", linker.place(place))).unwrap_or_default();
        format!("{}: {excuse}{place}", finding::line(of, linker))
    });
    fold(&format!("Excused: {}", and(&parts, "and")), &list(lines, room))
}

/// Files that were left out.
pub(super) fn unread(report: &Report, linker: &Linker<'_>, room: &mut Room) -> String {
    if report.unread.is_empty() {
        return String::new();
    }
    let lines =
        report.unread.iter().map(|unread| format!("{}: {}", linker.file(&unread.path), text_of(&unread.reason, 160)));
    let number = count(report.unread.len(), "file");
    let were = if report.unread.len() == 1 { "was" } else { "were" };
    fold(&format!("{number} {were} not checked"), &list(lines, room))
}
