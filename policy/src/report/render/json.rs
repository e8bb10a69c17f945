//! The report as JSON, version 1; its schema is `schemas/report.schema.json`.

use super::Output;
use crate::fact::{Fact, Origin, Standing as FactStanding, Value};
use crate::report::{Excused, fingerprints};
use crate::report::{Finding, Fix, LanguageReading, Report, Scope, ServiceReport, Severity, Sources, Standing};
use crate::text::{LineIndex, Place};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Bumped when a field changes its meaning or goes away; new fields may come at any time.
pub const VERSION: u32 = 1;

/// The format.
pub const OUTPUT: Output =
    Output { name: "json", about: "one document, described by a schema", render: |report, _| render(report) };

/// The report as one JSON document, indented, with a line break at its end.
#[must_use]
pub fn render(report: &Report) -> String {
    let lines = Lines::new(&report.sources);
    to_text(&document(report, &lines))
}

/// The report as a JSON value.
pub(super) fn value(report: &Report) -> serde_json::Value {
    let lines = Lines::new(&report.sources);
    serde_json::to_value(document(report, &lines)).unwrap_or_default()
}

/// Any of our documents as text.
#[must_use]
pub fn to_text<T: Serialize>(document: &T) -> String {
    // Our own types hold only strings, numbers and lists: they always serialize.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

/// Line indexes, made once for each file.
pub struct Lines<'s> {
    sources: &'s Sources,
    known: std::cell::RefCell<HashMap<String, LineIndex<'s>>>,
}

impl<'s> Lines<'s> {
    /// For these sources.
    #[must_use]
    pub fn new(sources: &'s Sources) -> Self {
        Self { sources, known: std::cell::RefCell::default() }
    }

    /// A place with its lines and columns; 1:1 where the text is not known.
    #[must_use]
    pub fn place(&self, place: &Place) -> PlaceJson {
        let mut known = self.known.borrow_mut();
        if !known.contains_key(place.path.as_ref()) {
            let text = self.sources.get(&place.path).unwrap_or_default();
            known.insert(place.path.to_string(), LineIndex::new(text));
        }
        let (start, end) = known.get(place.path.as_ref()).map(|lines| lines.range(place.span)).unwrap_or_else(|| {
            let first = crate::text::Position { line: 1, column: 1 };
            (first, first)
        });
        PlaceJson {
            path: place.path.to_string(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

/// A place: lines and columns from 1, columns in characters, the end behind the last character.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceJson {
    path: String,
    /// The line of its start.
    pub line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    as_of: String,
    judged_by: JudgedByJson<'r>,
    scope: Scope,
    findings: Vec<FindingJson<'r>>,
    services: Vec<ServiceJson<'r>>,
    unread: Vec<UnreadJson<'r>>,
    remarks: &'r [String],
    summary: Summary,
}

#[derive(Serialize)]
struct JudgedByJson<'r> {
    page: Option<&'r str>,
    revision: Option<&'r str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    organisation: bool,
}

#[derive(Serialize)]
struct FindingJson<'r> {
    rule: &'r str,
    severity: Severity,
    subject: &'r str,
    message: &'r str,
    why: &'r str,
    notes: &'r [String],
    fix: Option<String>,
    fixes: Vec<FixJson<'r>>,
    places: Vec<PlaceJson>,
    explains: Option<&'r str>,
    waived: Option<WaivedJson<'r>>,
    suppressed: Option<SuppressedJson<'r>>,
    baselined: bool,
    fingerprint: String,
}

#[derive(Serialize)]
struct FixJson<'r> {
    path: &'r str,
    at: &'r str,
    text: &'r str,
}

#[derive(Serialize)]
struct WaivedJson<'r> {
    reason: &'r str,
    owner: &'r str,
    until: String,
    place: PlaceJson,
}

#[derive(Serialize)]
struct SuppressedJson<'r> {
    reason: &'r str,
    until: Option<String>,
    place: PlaceJson,
}

#[derive(Serialize)]
struct ServiceJson<'r> {
    name: &'r str,
    path: &'r str,
    languages: Vec<LanguageJson>,
    standing: Standing,
    words: &'r str,
    known_before: bool,
    facts: Vec<FactJson>,
}

/// A language and how it is known.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageJson {
    name: String,
    source: &'static str,
    path: String,
}

impl LanguageJson {
    /// From a reading.
    #[must_use]
    pub fn new(reading: &LanguageReading) -> Self {
        Self {
            name: reading.name.to_string(),
            source: if reading.stated { "manifest" } else { "detected" },
            path: reading.place.path.to_string(),
        }
    }
}

#[derive(Serialize)]
struct UnreadJson<'r> {
    path: &'r str,
    reason: &'r str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    waived: usize,
    suppressed: usize,
    baselined: usize,
    baseline_unneeded: usize,
    services: usize,
    decisions: usize,
    standings: BTreeMap<&'static str, usize>,
}

fn document<'r>(report: &'r Report, lines: &Lines<'_>) -> Document<'r> {
    Document {
        version: VERSION,
        as_of: report.as_of.to_string(),
        judged_by: JudgedByJson {
            page: report.judged_by.path.as_deref(),
            revision: report.judged_by.revision.as_deref(),
            organisation: report.judged_by.organisation,
        },
        scope: report.scope,
        findings: report
            .findings
            .iter()
            .zip(fingerprints(&report.findings, &report.sources))
            .map(|(finding, print)| finding_json(finding, print, lines))
            .collect(),
        services: report.services.iter().map(|service| service_json(service, lines)).collect(),
        unread: report.unread.iter().map(|unread| UnreadJson { path: &unread.path, reason: &unread.reason }).collect(),
        remarks: &report.remarks,
        summary: summary(report),
    }
}

fn finding_json<'r>(finding: &'r Finding, fingerprint: String, lines: &Lines<'_>) -> FindingJson<'r> {
    FindingJson {
        rule: &finding.rule,
        severity: finding.severity,
        subject: &finding.subject,
        message: &finding.message,
        why: &finding.why,
        notes: &finding.notes,
        fix: fix_words(finding),
        fixes: finding.fixes.iter().map(|Fix { path, at, text, .. }| FixJson { path, at, text }).collect(),
        places: finding.places.iter().map(|labelled| lines.place(&labelled.place)).collect(),
        explains: finding.explains.as_deref(),
        waived: finding.waived.as_ref().map(|waived| WaivedJson {
            reason: &waived.reason,
            owner: &waived.owner,
            until: waived.until.to_string(),
            place: lines.place(&waived.place),
        }),
        suppressed: finding.suppressed.as_ref().map(|suppressed| SuppressedJson {
            reason: &suppressed.reason,
            until: suppressed.until.map(|until| until.to_string()),
            place: lines.place(&suppressed.place),
        }),
        baselined: finding.baselined,
        fingerprint,
    }
}

/// The remedy as one text: the first text to add and where, or the help in words.
fn fix_words(finding: &Finding) -> Option<String> {
    match finding.fixes.first() {
        Some(fix) if fix.at.is_empty() => Some(format!("{}:\n{}", fix.path, fix.text)),
        Some(fix) => Some(format!("{}, {}:\n{}", fix.path, fix.at, fix.text)),
        None => finding.help.clone(),
    }
}

fn service_json<'r>(service: &'r ServiceReport, lines: &Lines<'_>) -> ServiceJson<'r> {
    ServiceJson {
        name: &service.name,
        path: &service.path,
        languages: service.languages.iter().map(LanguageJson::new).collect(),
        standing: service.standing,
        words: &service.words,
        known_before: service.known_before,
        facts: service.facts.iter().map(|fact| FactJson::new(fact, lines)).collect(),
    }
}

fn summary(report: &Report) -> Summary {
    let Excused { waived, suppressed, baselined } = report.excused();
    let mut standings = BTreeMap::new();
    for service in &report.services {
        *standings.entry(crate::report::words::standing(service.standing)).or_insert(0) += 1;
    }
    let count = |severity: Severity| report.open().filter(|finding| finding.severity == severity).count();
    Summary {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
        waived,
        suppressed,
        baselined,
        baseline_unneeded: report.baseline.as_ref().map_or(0, |baseline| baseline.unneeded.len()),
        services: report.services.len(),
        decisions: report.decisions,
        standings,
    }
}

/// A fact, as `adrule facts --format json` writes it.
#[derive(Clone, Debug, Serialize)]
pub struct FactJson {
    kind: String,
    value: serde_json::Value,
    unit: Option<String>,
    percentile: Option<String>,
    standing: FactStanding,
    source: Origin,
    evidence: bool,
    because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasons: Option<Vec<String>>,
    subject: Option<String>,
    quote: String,
    #[serde(flatten)]
    place: PlaceJson,
}

impl FactJson {
    /// From a fact, with everything that was weighed for its standing.
    #[must_use]
    pub fn explained(fact: &Fact, lines: &Lines<'_>) -> Self {
        Self { reasons: Some(fact.explained()), ..Self::new(fact, lines) }
    }

    /// From a fact.
    #[must_use]
    pub fn new(fact: &Fact, lines: &Lines<'_>) -> Self {
        let (value, unit) = fact.value.as_ref().map_or((serde_json::Value::Null, None), plain);
        Self {
            kind: fact.kind.to_string(),
            value,
            unit,
            percentile: fact.percentile.map(|percentile| format!("p{}", crate::report::words::number(percentile))),
            standing: fact.standing,
            source: fact.origin,
            evidence: fact.evidence,
            because: fact.because.as_ref().map(ToString::to_string),
            reasons: None,
            subject: fact.subject.clone(),
            quote: fact.quote.clone(),
            place: lines.place(&fact.place),
        }
    }
}

/// A value as JSON, and its unit: bytes (`B`), milliseconds (`ms`), per second (`/s`).
fn plain(value: &Value) -> (serde_json::Value, Option<String>) {
    let unit = |unit: &str| Some(unit.to_owned());
    match value {
        Value::Bytes(bytes) => (number(*bytes), unit("B")),
        Value::Duration(ms) => (number(*ms), unit("ms")),
        Value::Rate(rate) => (number(*rate), unit("/s")),
        Value::Count(count) => (number(*count), None),
        Value::Share(share) => (number(*share), None),
        Value::Money(amount, currency) => (number(*amount), unit(currency)),
        Value::Rank(word) => (word.as_ref().into(), None),
        Value::Names(names) => (names.clone().into(), None),
        Value::Flag(flag) => ((*flag).into(), None),
        Value::Date(date) => (date.to_string().into(), None),
        Value::Text(text) => (text.as_str().into(), None),
    }
}

/// Whole numbers are written without `.0`.
fn number(value: f64) -> serde_json::Value {
    // 2^53: beyond it a float is no exact whole number any more.
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and in range just above")]
        let whole = value as i64;
        return whole.into();
    }
    value.into()
}
