//! One finding in Markdown: what is wrong and why it matters, what was read, the lines to add.

use super::link::Linker;
use crate::policy::ORGANISATION_PATH;
use crate::policy::words::one_line;
use crate::report::render::markup::{block, italic, text, text_of};
use crate::report::{Finding, Labelled, Report, words};
use crate::text::{LineIndex, Place, Span};
use std::collections::HashSet;
use std::fmt::Write as _;

/// How many places and notes of one finding are shown.
const READINGS: usize = 6;
/// How many ways to mend it are shown.
const FIXES: usize = 3;
/// How long a label or a note may be, in characters.
const NOTE: usize = 240;
/// How much of a file is quoted, in characters.
const QUOTE: usize = 110;

/// The whole finding. `told` are the places that the findings above it have shown.
pub(super) fn section(report: &Report, finding: &Finding, linker: &Linker<'_>, told: &HashSet<&Place>) -> String {
    let mut out = format!("{}{}\n\n", sentence(&finding.message), why(report, finding, linker));
    let readings = readings(report, finding, linker, told);
    if !readings.is_empty() {
        let _ = writeln!(out, "{readings}");
    }
    out.push_str(&fixes(finding, linker));
    if let Some(help) = &finding.help {
        let _ = writeln!(out, "{}\n", sentence(help));
    }
    let _ = writeln!(out, "<sub>{}: `{}`</sub>\n", words::severity(finding.severity), rule(finding));
    out
}

/// The finding in one line.
pub(super) fn line(finding: &Finding, linker: &Linker<'_>) -> String {
    let place = finding.places.first().map(|first| format!(" ({})", linker.place(&first.place))).unwrap_or_default();
    format!("{}{place}", text_of(&finding.message, NOTE).trim_end_matches('.'))
}

/// A rule's id; a page's own rule may have been given any.
fn rule(finding: &Finding) -> String {
    words::printable(&finding.rule, 80).replace('`', "'")
}

/// A sentence with a capital letter and a full stop.
pub(super) fn sentence(words: &str) -> String {
    let mut words = text(words);
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if !words.ends_with(['.', '!', '?', '…']) {
        words.push('.');
    }
    words
}

fn why(report: &Report, finding: &Finding, linker: &Linker<'_>) -> String {
    let why = italic(&finding.why);
    if why.is_empty() {
        return String::new();
    }
    if !finding.page_says {
        return format!(" {}", sentence(&finding.why));
    }
    let many = finding.fixes.iter().any(|fix| fix.text.trim_end().contains('\n'));
    let enough = if finding.one_line_is_enough && many { " Any one of them is enough." } else { "" };
    // A sentence that only the organisation's page has is that page's.
    let has =
        |path: &str| report.sources.get(path).is_some_and(|text| one_line(text).contains(&one_line(&finding.why)));
    let own = report.judged_by.path.as_deref().unwrap_or_default();
    let page = if report.judged_by.organisation && !has(own) && has(ORGANISATION_PATH) {
        linker.named(ORGANISATION_PATH, "The organisation's page")
    } else {
        linker.page("The page")
    };
    format!(" {page} says: {why}{enough}")
}

fn readings(report: &Report, finding: &Finding, linker: &Linker<'_>, told: &HashSet<&Place>) -> String {
    let mut out = String::new();
    let is_told = |labelled: &Labelled| told.contains(&labelled.place);
    let places = finding
        .places
        .iter()
        .enumerate()
        .filter(|(at, labelled)| *at == 0 || !is_language(report, finding, labelled))
        .filter(|(_, labelled)| !is_told(labelled));
    for (at, labelled) in places.clone().take(READINGS) {
        let said = match part(report, finding, labelled) {
            Some(part) => vec![explained(part)],
            None => {
                let quote = if at == 0 { None } else { quoted(report, labelled) };
                let quote = quote.map(|quote| format!("\"{}\"", text(&quote)));
                quote.into_iter().chain((!labelled.label.is_empty()).then(|| text_of(&labelled.label, NOTE))).collect()
            }
        };
        let colon = if said.is_empty() { "" } else { ": " };
        let _ = writeln!(out, "- {}{colon}{}", linker.place(&labelled.place), said.join(", "));
    }
    for note in finding.notes.iter().take(READINGS) {
        let _ = writeln!(out, "- {}", text_of(note, NOTE));
    }
    let more = places.count().saturating_sub(READINGS) + finding.notes.len().saturating_sub(READINGS);
    if more > 0 {
        let _ = writeln!(out, "- … and {more} more");
    }
    out
}

/// The finding that explains this one at a place.
fn part<'r>(report: &'r Report, finding: &'r Finding, labelled: &Labelled) -> Option<&'r Finding> {
    report.parts(finding).find(|part| part.places.first().is_some_and(|first| first.place == labelled.place))
}

/// What stands in place of a reason, and the line that would state it where there is one.
fn explained(part: &Finding) -> String {
    match part.help.as_deref().filter(|_| part.offers) {
        Some(help) => format!("{} {}", sentence(&part.message), sentence(help)),
        None => text_of(&part.message, NOTE),
    }
}

/// Whether a place is only where the service's language is stated: the sentence above says so already.
fn is_language(report: &Report, finding: &Finding, labelled: &Labelled) -> bool {
    let service = report.services.iter().find(|service| service.name == finding.subject);
    service.is_some_and(|service| service.languages.iter().any(|reading| reading.place == labelled.place))
}

/// The words around a place on its first line.
fn quoted(report: &Report, labelled: &Labelled) -> Option<String> {
    let place = &labelled.place;
    if place.span == Span::default() {
        return None;
    }
    let source = report.sources.get(&place.path)?;
    let index = LineIndex::new(source);
    let position = index.position(place.span.start);
    let line = index.line(position.line);
    let words: Vec<char> = line.chars().collect();
    let column = (position.column - 1).min(words.len());
    // The place itself, and as much before it as after it.
    let start = if words.len() <= QUOTE { 0 } else { column.saturating_sub(QUOTE / 2).min(words.len() - QUOTE) };
    let end = (start + QUOTE).min(words.len());
    let cut: String = words[start..end].iter().collect();
    let cut = cut.trim().trim_start_matches(['-', '*', '#', '|', '>', ' ']).trim_end_matches(['|', ' ']);
    let before = if start > 0 { "… " } else { "" };
    let after = if end < words.len() { " …" } else { "" };
    let is_word = cut.chars().any(char::is_alphanumeric);
    is_word.then(|| format!("{before}{}{after}", cut.replace("**", "").replace('`', "'")))
}

fn fixes(finding: &Finding, linker: &Linker<'_>) -> String {
    let mut out = String::new();
    for (at, fix) in finding.fixes.iter().take(FIXES).enumerate() {
        let lead = if at == 0 { lead(finding) } else { "or" };
        let place = if fix.at.is_empty() { String::new() } else { format!(", {}", text_of(&fix.at, NOTE)) };
        let _ =
            writeln!(out, "{lead} in {}{place}:\n\n{}", linker.file(&fix.path), block(language(&fix.path), &fix.text));
    }
    out
}

/// "Add one of these lines, with your own value,".
fn lead(finding: &Finding) -> &'static str {
    let many = finding.fixes.iter().any(|fix| fix.text.trim_end().contains('\n'));
    if finding.is_exact() {
        return "Write";
    }
    match (finding.one_line_is_enough, many) {
        (true, true) => "Add one of these lines, with your own value,",
        (false, true) => "Add these lines, with your own values,",
        (_, false) => "Add this line, with your own value,",
    }
}

/// What a block is coloured as, by the ending of its file.
fn language(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    match ending.as_str() {
        "md" | "markdown" => "md",
        "adoc" | "asciidoc" | "asc" => "adoc",
        "rst" => "rst",
        "toml" => "toml",
        "json" => "json",
        "tf" | "hcl" => "hcl",
        _ => "yaml",
    }
}
