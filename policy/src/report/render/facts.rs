//! `adrule facts`: everything that was read, for people and as JSON.

use super::json::{FactJson, LanguageJson, Lines, PlaceJson, VERSION, to_text};
use crate::check::FactsReport;
use crate::decision::{Decision, Kind, Reference, word};
use crate::fact::{Fact, Standing};
use crate::manifest::Service;
use crate::report::{LanguageReading, words};
use serde::Serialize;
use std::fmt::Write as _;

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    facts: Vec<FactJson>,
    decisions: Vec<DecisionJson<'r>>,
    services: Vec<ServiceJson<'r>>,
    unread: Vec<UnreadJson<'r>>,
}

#[derive(Serialize)]
struct DecisionJson<'r> {
    path: &'r str,
    kind: Kind,
    format: crate::decision::Format,
    title: Option<&'r str>,
    number: Option<u32>,
    status: Option<crate::decision::Status>,
    status_raw: Option<&'r str>,
    status_places: Vec<crate::decision::StatusSource>,
    date: Option<String>,
    supersedes: Vec<serde_json::Value>,
    superseded_by: Vec<serde_json::Value>,
    deciders: Vec<&'r str>,
    services: Vec<&'r str>,
    sections: &'r [String],
}

#[derive(Serialize)]
struct ServiceJson<'r> {
    path: &'r str,
    document: usize,
    name: &'r str,
    format: crate::manifest::Format,
    kind: Option<&'r str>,
    languages: Vec<LanguageJson>,
    decisions: Vec<&'r str>,
    place: PlaceJson,
}

#[derive(Serialize)]
struct UnreadJson<'r> {
    path: &'r str,
    reason: &'r str,
}

/// As one JSON document; with the reasons of each reading where `explain` asks for them.
#[must_use]
pub fn json(report: &FactsReport, explain: bool) -> String {
    let lines = Lines::new(&report.sources);
    let fact = |fact| if explain { FactJson::explained(fact, &lines) } else { FactJson::new(fact, &lines) };
    to_text(&Document {
        version: VERSION,
        facts: report.facts.iter().map(fact).collect(),
        decisions: report.decisions.iter().map(|decision| decision_json(decision)).collect(),
        services: report.services.iter().map(|(service, languages)| service_json(service, languages, &lines)).collect(),
        unread: report.unread.iter().map(|unread| UnreadJson { path: &unread.path, reason: &unread.reason }).collect(),
    })
}

fn decision_json(decision: &Decision) -> DecisionJson<'_> {
    let numbers = |references: &[Reference]| -> Vec<serde_json::Value> {
        // The number where one is given, else what is written.
        references
            .iter()
            .map(|reference| reference.number.map_or_else(|| reference.target.clone().into(), Into::into))
            .collect()
    };
    let mut places: Vec<_> = decision.statuses.iter().map(|reading| reading.source).collect();
    places.dedup();
    DecisionJson {
        path: &decision.path,
        kind: decision.kind,
        format: decision.format,
        title: decision.title.as_deref(),
        number: decision.number,
        status: decision.status,
        status_raw: decision.statuses.first().map(|reading| reading.raw.as_str()),
        status_places: places,
        date: decision.date.map(|(date, _)| date.to_string()),
        supersedes: numbers(&decision.supersedes),
        superseded_by: numbers(&decision.superseded_by),
        deciders: decision.deciders.iter().map(|(name, _)| name.as_str()).collect(),
        services: decision.services.iter().map(|(name, _)| name.as_str()).collect(),
        sections: &decision.sections,
    }
}

fn service_json<'r>(service: &'r Service, languages: &[LanguageReading], lines: &Lines<'_>) -> ServiceJson<'r> {
    ServiceJson {
        path: &service.place.path,
        document: service.document,
        name: &service.name,
        format: service.format,
        kind: service.kind.as_ref().map(|kind| kind.text.as_str()),
        languages: languages.iter().map(LanguageJson::new).collect(),
        decisions: service.decisions.iter().map(|named| named.text.as_str()).collect(),
        place: lines.place(&service.place),
    }
}

/// For people: a file, what it is, and a line for each fact; below it its reasons where `explain` asks for them.
#[must_use]
pub fn human(report: &FactsReport, explain: bool) -> String {
    let lines = Lines::new(&report.sources);
    let mut out = String::new();
    for decision in &report.decisions {
        let _ = writeln!(out, "{}   {}", words::printable(&decision.path, 200), describe(decision, &lines));
        facts(&mut out, report.facts.iter().filter(|fact| fact.place.path == decision.path), &lines, explain);
    }
    let mut done: Vec<&str> = Vec::new();
    for (service, _) in &report.services {
        let path: &str = &service.place.path;
        if done.contains(&path) {
            continue;
        }
        done.push(path);
        for (service, languages) in report.services.iter().filter(|(other, _)| other.place.path == service.place.path) {
            let names: Vec<String> = languages.iter().map(language).collect();
            let languages = if names.is_empty() { "no language stated".to_owned() } else { names.join(", ") };
            let name = words::printable(&service.name, 80);
            let _ = writeln!(
                out,
                "{}   {} service {name}, {languages}",
                words::printable(path, 200),
                service.format.name()
            );
        }
        facts(&mut out, report.facts.iter().filter(|fact| fact.place.path.as_ref() == path), &lines, explain);
    }
    for unread in &report.unread {
        let _ = writeln!(
            out,
            "{}   not read: {}",
            words::printable(&unread.path, 200),
            words::printable(&unread.reason, 300)
        );
    }
    out
}

fn language(reading: &LanguageReading) -> String {
    let name = crate::language::display(&reading.name);
    if reading.stated { name.to_owned() } else { format!("{name} (from {})", reading.place.path) }
}

/// "decision 42, accepted (line 5), 2026-10-30".
fn describe(decision: &Decision, lines: &Lines<'_>) -> String {
    let number = decision.number.map(|number| format!(" {number}")).unwrap_or_default();
    let kind = match decision.kind {
        Kind::Decision => format!("decision{number}"),
        Kind::Template => "template".to_owned(),
        Kind::Index => "index".to_owned(),
        Kind::Other => "no decision".to_owned(),
    };
    let mut parts = vec![kind];
    if decision.kind == Kind::Decision {
        let first = decision.statuses.first();
        let line = first.map(|reading| lines.place(&decision.place(reading.span)).line);
        parts.push(match (decision.status, first, line) {
            (Some(status), _, Some(line)) => format!("{} (line {line})", word(status)),
            (Some(status), ..) => word(status).to_owned(),
            (None, Some(reading), Some(line)) => {
                format!("status not understood: \"{}\" (line {line})", words::printable(&reading.raw, 60))
            }
            (None, ..) => "no status".to_owned(),
        });
        parts.extend(decision.date.map(|(date, _)| date.to_string()));
    }
    parts.join(", ")
}

fn facts<'f>(out: &mut String, facts: impl Iterator<Item = &'f Fact>, lines: &Lines<'_>, explain: bool) {
    for fact in facts {
        let counted = fact.standing == Standing::Stated;
        let name = if counted { words::fact_name(&fact.kind) } else { "not counted".to_owned() };
        let value = match (&fact.value, counted) {
            (None, false) => words::fact_name(&fact.kind),
            _ => words::fact_value(fact),
        };
        let subject =
            fact.subject.as_deref().map(|subject| format!(" ({})", words::printable(subject, 40))).unwrap_or_default();
        let line = format!("line {}", lines.place(&fact.place).line);
        let quote = words::printable(&fact.quote, 100);
        let evidence = if fact.evidence { ", a configured limit" } else { "" };
        let tail = match &fact.because {
            // Both may quote words: these are the document's, those in parentheses are what was made of them.
            Some(because) if !counted => format!("\"{quote}\" ({})", words::printable(because, 200)),
            _ => format!("\"{quote}\"{evidence}"),
        };
        let _ = writeln!(out, "  {name:<18}{:<26}  {line:<9} {tail}", format!("{value}{subject}"));
        for reason in fact.explained().iter().filter(|_| explain) {
            let _ = writeln!(out, "                      - {}", words::printable(reason, 200));
        }
    }
}
