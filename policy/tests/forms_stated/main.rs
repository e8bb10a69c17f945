//! The ordinary forms, swept: labels, values and shapes that people use, combined by a fixed step. Labelled lines and
//! tables are what the documentation asks for, so each of these is stated, and its negative twin never is.
//!
//! The words are data (`tests/data/forms.tsv`). `ADRULE_FORMS=1` prints what fails, by label, value, shape and place.
#![allow(
    clippy::print_stderr,
    clippy::panic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that prints what fails and stops at a bad line of its data"
)]
mod markup;

use adrule_policy::fact::{Fact, Standing, Value, read_outline};
use adrule_policy::text::{asciidoc, markdown, rst};
use markup::{MARKUPS, Markup};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const KINDS: [&str; 6] =
    ["memory-budget", "latency-target", "failure-impact", "startup-time", "expected-traffic", "instance-count"];

#[derive(Clone, Copy)]
struct Label {
    language: &'static str,
    kind: &'static str,
    text: &'static str,
    percentile: Option<f64>,
}

#[derive(Clone, Copy)]
struct Stated {
    language: &'static str,
    kind: &'static str,
    text: &'static str,
    amount: &'static str,
    percentile: Option<f64>,
}

fn words() -> (Vec<Label>, Vec<Stated>) {
    let (mut labels, mut values) = (Vec::new(), Vec::new());
    for line in include_str!("../data/forms.tsv").lines().filter(|line| !line.starts_with('#')) {
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["label", language, kind, text, percentile] => {
                labels.push(Label { language, kind, text, percentile: percentile.parse().ok() });
            }
            ["value", language, kind, text, amount, percentile] => {
                values.push(Stated { language, kind, text, amount, percentile: percentile.parse().ok() });
            }
            _ => panic!("not a line of forms: {line}"),
        }
    }
    (labels, values)
}

/// Lines: `L` is the label, `V` the value.
const LINES: &[&str] = &[
    "L: V",
    "L: V.",
    "- L: V",
    "* L: V.",
    "- **L:** V",
    "- **L**: V",
    "**L:** V",
    "**L**: V.",
    "- **L** — V",
    "- **L** – V",
    "- L — V",
    "- L – V",
    "- L = V",
    "- *L*: V",
    "1. L: V",
    "L\n: V",
    "- **L** V",
    "L: **V**",
    "- **L:** **V**",
    "- `L`: V",
    "- [x] L: V",
    "+ __L__: V",
    "L ........ V",
];

/// Tables: the head, and the row of the fact. A row of another fact and one of no fact stand below it.
const TABLES: &[(&str, &str)] = &[
    ("Property | Value", "L | V"),
    ("Requirement | Target", "L | V"),
    ("Quality | Goal", "L | V"),
    ("Metric | Limit", "L | V"),
    ("What | How much", "L | V"),
    ("NFR | Value", "L | V"),
    (" | ", "L | V"),
    ("Property | Value", "**L** | V"),
    ("Property | Value | Agreed by", "L | V | product"),
    ("Property | Value | Owner", "L | V | growth"),
    ("Quality | Target | Source", "L | V | contract"),
    ("What | Value | Why", "L | V | the gate closes after that"),
    ("What | How much | Notes", "L | V | checked every night"),
    ("Requirement | Value | Reason", "L | V | the boxes are small"),
    ("ID | Property | Value", "R1 | L | V"),
    ("Property | Owner | Value", "L | platform | V"),
    ("Property | Priority | Value", "L | must | V"),
    ("Property | Value | Status", "L | V | agreed"),
    ("Property | Value | Priority", "L | V | high priority"),
    ("ID | Requirement | Target | Why", "NFR-1 | L | V | the gate closes after that"),
    ("Property | Value | Owner | Status", "L | V | platform | agreed"),
    ("Priority | Property | Value | Agreed by", "must | L | V | product"),
    ("Owner | Property | Value", "platform | L | V"),
    ("Property | swipe-intake", "L | V"),
    ("Attribute | Requirement", "L | **V**"),
    ("Item | Agreed value", "L | V"),
    ("Requirement | Target | Measured by", "L | V | the load test"),
    ("Characteristic | Limit | Owner | Notes", "L | V | platform | looked at every night"),
    ("# | What | Value", "1 | L | V"),
    ("Topic | Value | Decided by", "L | V | product"),
    ("Property | Value | How we check", "L | V | a dashboard"),
    ("Property | Value | Since", "L | V | March"),
    ("Area | Property | Value", "operations | L | V"),
    ("L | Cache TTL", "V | 300 s"),
    ("Service | L | Cache TTL", "swipe-intake | V | 300 s"),
    ("Service | L | Owner", "swipe-intake | V | platform"),
    (" | swipe-intake | swipe-archive", "L | V | V"),
];

const HEADINGS: &[&str] = &[
    "Decision",
    "Requirements",
    "Swipe intake: envelope agreed with product",
    "Envelope",
    "Agreed with product",
    "Non-functional requirements",
    "Budgets",
    "Service levels",
    "",
];

/// Headings and lead-ins in the language of the label; a third of the documents stays in English around it.
const ABROAD: &[(&str, &[&str], &[&str])] = &[
    ("de", &["Entscheidung", "Anforderungen", "Vorgaben", ""], &["", "Der Dienst muss einhalten:", "Grenzwerte:"]),
    ("fr", &["Décision", "Exigences", "Limites", ""], &["", "Le service doit respecter :", "Limites :"]),
    ("es", &["Decisión", "Requisitos", "Límites", ""], &["", "El servicio tiene que cumplir:", "Límites:"]),
];

const LEADS: &[&str] =
    &["", "We agreed on:", "", "The service has to keep to:", "Limits:", "", "These figures hold for each site:"];

/// Where a form stands, and how it is written.
struct Form {
    label: Label,
    value: Stated,
    shape: String,
    place: String,
    text: String,
}

/// A document with a labelled value in one shape.
fn document(heading: &str, lead: &str, body: &str) -> String {
    let mut text = "# 7. The swipe intake\n\n".to_owned();
    for line in [heading, lead].into_iter().filter(|line| !line.is_empty()) {
        let _ = write!(text, "{line}\n\n");
    }
    text + body + "\n"
}

fn filled(shape: &str, label: &str, value: &str) -> String {
    shape
        .chars()
        .fold(String::new(), |text, sign| match sign {
            // Capitals that stand alone in a shape are places; those in a word are not.
            'L' | 'V' => text + &sign.to_string().replace('L', "\u{1}").replace('V', "\u{2}"),
            _ => text + &sign.to_string(),
        })
        .split_inclusive(' ')
        .map(|word| match word.chars().filter(|sign| sign.is_alphabetic()).count() {
            0 => word.replace('\u{1}', label).replace('\u{2}', value),
            _ => word.replace('\u{1}', "L").replace('\u{2}', "V"),
        })
        .collect()
}

fn rule(head: &str) -> String {
    format!("|{}\n", "---|".repeat(head.matches(" | ").count() + 1))
}

/// A table with its row, and for every second one further rows below it.
fn table((head, row): (&str, &str), kind: &str, label: &str, value: &str, at: usize) -> String {
    let mut text = format!("| {} |\n{}| {} |\n", filled(head, label, value), rule(head), filled(row, label, value));
    if at.is_multiple_of(2) && row.split(" | ").any(|cell| cell.contains('L')) {
        let other = if kind == "memory-budget" { ("Failure impact", "low") } else { ("Memory budget", "64 MB") };
        for (label, value) in [other, ("Cache TTL", "300 s")] {
            let _ = writeln!(text, "| {} |", filled(row, label, value));
        }
    }
    text
}

/// The amount that a value states, for `kind`.
fn amount(fact: &Fact) -> String {
    match &fact.value {
        Some(Value::Bytes(value) | Value::Duration(value) | Value::Rate(value) | Value::Count(value)) => {
            format!("{value}")
        }
        Some(Value::Rank(rank)) => rank.to_string(),
        _ => String::new(),
    }
}

fn read(text: &str) -> Vec<Fact> {
    read_outline(&markdown::read(text), text, &"docs/adr/0007-swipe-intake.md".into())
}

/// What a document of the sweep says in another markup.
fn read_in(markup: Markup, text: &str) -> Vec<Fact> {
    match markup {
        Markup::AsciiDoc => read_outline(&asciidoc::read(text), text, &"docs/adr/0007-swipe-intake.adoc".into()),
        Markup::Rst => read_outline(&rst::read(text), text, &"docs/adr/0007-swipe-intake.rst".into()),
    }
}

fn stated(text: &str) -> Vec<Fact> {
    of_kinds(read(text))
}

fn of_kinds(facts: Vec<Fact>) -> Vec<Fact> {
    facts.into_iter().filter(|fact| fact.standing == Standing::Stated && KINDS.contains(&fact.kind.as_ref())).collect()
}

fn values_for<'v>(values: &'v [Stated], label: &Label) -> Vec<&'v Stated> {
    values
        .iter()
        .filter(|value| value.kind == label.kind && (value.language == "all" || value.language == label.language))
        .filter(|value| label.percentile.is_none() || value.percentile.is_none())
        .collect()
}

/// Every label in every shape, with values, headings and lead-ins that go round; with `ADRULE_FORMS` four times, which
/// meets further pairs.
fn forms() -> Vec<Form> {
    let (labels, values) = words();
    let rounds = if std::env::var_os("ADRULE_FORMS").is_some() { 4 } else { 1 };
    let mut forms = Vec::new();
    let mut at = 0usize;
    for label in labels {
        let fitting = values_for(&values, &label);
        for round in 0..rounds {
            for number in 0..LINES.len() + TABLES.len() {
                at += 1;
                let value = *fitting[(at * 7 + round * 3 + at / 11) % fitting.len()];
                let abroad = ABROAD.iter().find(|(language, ..)| *language == label.language && !at.is_multiple_of(3));
                let (headings, leads) = abroad.map_or((HEADINGS, LEADS), |(_, headings, leads)| (*headings, *leads));
                let heading = headings[(at + at / headings.len()) % headings.len()];
                let lead = leads[(at + at / leads.len()) % leads.len()];
                let (shape, body) = match LINES.get(number) {
                    // `L = ≤ 180 MB` and `L: p95: 20 ms` are nobody's ways.
                    Some(shape) if shape.contains("**V") && value.text.starts_with(['*', '`']) => continue,
                    Some(shape) if shape.contains('=') && value.text.starts_with(['≤', '<', '~']) => continue,
                    Some(shape) => ((*shape).to_owned(), filled(shape, label.text, value.text)),
                    None => {
                        let shape = TABLES[number - LINES.len()];
                        (format!("{} // {}", shape.0, shape.1), table(shape, label.kind, label.text, value.text, at))
                    }
                };
                let title = if heading.is_empty() { String::new() } else { format!("## {heading}") };
                let text = document(&title, lead, &body.replace("..", "."));
                forms.push(Form { label, value, shape, place: format!("{heading} / {lead}"), text });
            }
        }
    }
    forms
}

fn is_right(form: &Form, found: Vec<Fact>) -> bool {
    let wanted = form.value.percentile.or(form.label.percentile);
    let mut found = found;
    found.retain(|fact| fact.kind.as_ref() == form.label.kind || !matches!(amount(fact).as_str(), "64000000" | "low"));
    let number = form.value.amount.parse::<f64>().ok();
    let same = |fact: &Fact| match (amount(fact).parse::<f64>().ok(), number) {
        (Some(found), Some(wanted)) => (found - wanted).abs() <= 1e-6 * wanted,
        _ => amount(fact) == form.value.amount,
    };
    !found.is_empty()
        && found.iter().all(|fact| fact.kind.as_ref() == form.label.kind && same(fact) && fact.percentile == wanted)
}

/// What may be unclear, and why.
fn excepted(form: &Form) -> Option<&'static str> {
    let decides = ["Decision /", "Entscheidung /", "Décision /", "Decisión /", " /"];
    let unsaid = decides.iter().any(|heading| form.place.starts_with(heading));
    let bare = form.value.text.starts_with(|first: char| first.is_ascii_digit());
    if form.label.text == "Memory use" {
        return Some("what is used, is what was seen, until a word or a heading makes it a limit");
    }
    if form.label.percentile.is_some() && unsaid && bare {
        return Some("a bare figure of a percentile under no word for a limit is what people measure");
    }
    if form.label.text == "Max. Speicher" && form.shape == "- **L** V" {
        return Some("without a colon, the full stop of the short form ends a sentence");
    }
    None
}

type Part = fn(&Form) -> String;

/// How often each part of the forms that fail occurs in them, most often first.
fn tally(failed: &[&Form], all: &[Form]) -> String {
    let mut out = String::new();
    let parts: [(&str, Part); 4] = [
        ("shape", |form| form.shape.clone()),
        ("label", |form| format!("{}: {}", form.label.kind, form.label.text)),
        ("value", |form| format!("{}: {}", form.value.kind, form.value.text)),
        ("place", |form| form.place.clone()),
    ];
    for (name, part) in parts {
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        all.iter().for_each(|form| counts.entry(part(form)).or_default().1 += 1);
        failed.iter().for_each(|form| counts.entry(part(form)).or_default().0 += 1);
        let mut counts: Vec<_> = counts.into_iter().filter(|(_, (failed, _))| *failed > 0).collect();
        counts.sort_by_key(|(_, (failed, _))| std::cmp::Reverse(*failed));
        let _ = writeln!(out, "\nby {name}");
        for (part, (failed, all)) in counts {
            let _ = writeln!(out, "{failed:5} of {all:4}  {part}");
        }
    }
    out
}

#[test]
fn ordinary_forms_are_stated() {
    let forms = forms();
    assert!(forms.len() > 3000, "{}", forms.len());
    let failed: Vec<&Form> =
        forms.iter().filter(|form| excepted(form).is_none() && !is_right(form, stated(&form.text))).collect();
    if std::env::var_os("ADRULE_FORMS").is_some() {
        let exceptions = forms.iter().filter(|form| excepted(form).is_some()).count();
        eprintln!(
            "{} of {} forms fail, {exceptions} are exceptions\n{}",
            failed.len(),
            forms.len(),
            tally(&failed, &forms)
        );
        for form in &failed {
            let mut found = String::new();
            for fact in read(&form.text) {
                let because = fact.because.as_ref().map(ToString::to_string).unwrap_or_default();
                let _ = write!(
                    found,
                    "\n    {} {} {:?} {:?} ({because})",
                    fact.kind,
                    amount(&fact),
                    fact.percentile,
                    fact.standing
                );
            }
            eprintln!("-- {} | {} | {} | {}{found}", form.label.text, form.value.text, form.shape, form.place);
        }
    }
    let first = failed.first().map_or("", |form| form.text.as_str());
    assert!(failed.is_empty(), "{} of {} forms fail, first:\n{first}", failed.len(), forms.len());
}

/// The forms in which this was seen first, as they stood.
#[test]
fn a_table_with_who_agreed_to_it() {
    let table = "# 7. Swipe gateway\n\n## Swipe intake: envelope agreed with product\n\n\
        | Property | Value | Agreed by |\n|---|---|---|\n\
        | Expected load | 2,400 requests per second | growth |\n\
        | Instances | 8 | platform |\n| Failure impact | medium | product |\n";
    let found: Vec<_> = stated(table).iter().map(|fact| format!("{} {}", fact.kind, amount(fact))).collect();
    assert_eq!(found, ["expected-traffic 2400", "instance-count 8", "failure-impact medium"]);
    for (line, wanted) in [
        ("- gateway instances: 4, one for each hall", "instance-count 4"),
        ("Copies running: 2.", "instance-count 2"),
        ("| | |\n|---|---|\n| Mémoire par conteneur | 200 Mio maximum |", "memory-budget 209715200"),
    ] {
        let found = stated(&format!("# 7. Door gateway\n\n## Decision\n\n{line}\n"));
        assert_eq!(found.iter().map(|fact| format!("{} {}", fact.kind, amount(fact))).collect::<Vec<_>>(), [wanted]);
    }
}

/// Places where nothing is stated, whatever its words.
const NOWHERE: &[&str] = &["## Old system", "## Considered options\n\n### Option B (rejected)"];

/// Places where a figure is a measurement, unless its words make it a limit.
const MEASURED: &[&str] = &["## Benchmark", "## Measured in the pilot", "## Results of the load test"];

/// Whether neither label, value nor the head of a table makes a limit of the figure. A rating is no measurement.
fn is_bare(label: &Label, value: &str, shape: &str) -> bool {
    const LIMITS: [&str; 16] = [
        "udget", "imit", "eiling", "arget", "max", "Max", "áxim", "bjecti", "bjetivo", "ziel", "grenze", "lafond",
        "xpected", "ttendu", "sperad", "cap",
    ];
    const HEADS: [&str; 6] = ["Limit", "Target", "Goal", "Requirement", "NFR", "Priority"];
    let expected = ["révu", "revist", "rwartet"].iter().any(|word| label.text.contains(word));
    label.kind != "failure-impact"
        && !expected
        && !LIMITS.iter().any(|word| label.text.contains(word))
        && value.starts_with(|first: char| first.is_ascii_digit())
        && value.split(' ').count() <= 2
        && !HEADS.iter().any(|head| shape.contains(head))
}

/// Heads under which nothing is stated.
const HEADS: &[&str] = &["Property | Measured", "Property | Today", "Property | Vendor"];

/// What is to be filled in.
const OPEN: &[&str] = &["TBD", "<N> MB", "n/a", "?", "to be decided", "-", "none"];

/// Labels of other kinds, each with a value.
const OTHERS: &[(&str, &str)] = &[
    ("Timeout", "20 ms"),
    ("Request timeout", "2 s"),
    ("Retention", "30 days"),
    ("Payload", "2 MB"),
    ("Max payload", "2 MB"),
    ("Disk", "20 GB"),
    ("Cache TTL", "60 s"),
    ("Cache size", "64 MB"),
    ("Max upload", "180 MB"),
    ("Upload limit", "max. 180 MB"),
    ("Rate limit per client", "300 requests per second"),
    ("Peak load", "900 rps"),
    ("Max load", "900 rps"),
    ("Peak traffic", "900 requests per second"),
    ("Heap dump", "180 MB"),
    ("Retry delay", "200 ms"),
    ("Retries", "3"),
    ("Log file", "≤ 180 MB"),
    ("Poll interval", "2 s"),
    ("Message size", "up to 1 MB"),
    ("Bandwidth", "100 MB/s"),
    ("Likelihood of failure", "high"),
    ("Priority", "high"),
    ("Risk", "medium"),
    ("Effort", "low"),
    ("Database nodes", "3"),
    ("Availability", "99.9 %"),
];

fn twins() -> Vec<String> {
    let (labels, values) = words();
    let mut twins = Vec::new();
    let shaped =
        |number: usize, kind: &str, label: &str, value: &str| match LINES.get(number % (LINES.len() + TABLES.len())) {
            Some(shape) => filled(shape, label, value),
            None => table(TABLES[number % (LINES.len() + TABLES.len()) - LINES.len()], kind, label, value, 1),
        };
    for (at, label) in labels.iter().enumerate() {
        let fitting = values_for(&values, label);
        for (number, place) in NOWHERE.iter().cycle().take(12).enumerate() {
            let value = fitting[(at + number * 5) % fitting.len()].text;
            twins.push(document(place, "", &shaped(at * 5 + number * 7, label.kind, label.text, value)));
        }
        for (number, place) in MEASURED.iter().cycle().take(24).enumerate() {
            let value = fitting[(at + number * 5) % fitting.len()].text;
            let text = shaped(at * 5 + number * 7, label.kind, label.text, value);
            if is_bare(label, value, &text) {
                twins.push(document(place, "", &text));
            }
        }
        for (number, head) in HEADS.iter().enumerate() {
            let value = fitting[(at * 3 + number) % fitting.len()].text;
            twins.push(document("## Decision", "", &table((head, "L | V"), label.kind, label.text, value, 1)));
        }
        for (number, value) in OPEN.iter().enumerate() {
            let place = ["## Requirements", "## Decision"][number % 2];
            twins.push(document(place, "", &shaped(at * 3 + number * 11, label.kind, label.text, value)));
        }
    }
    for (label, value) in OTHERS {
        for number in 0..LINES.len() + TABLES.len() {
            let heading = HEADINGS[number % HEADINGS.len()];
            let title = if heading.is_empty() { String::new() } else { format!("## {heading}") };
            twins.push(document(&title, LEADS[number % LEADS.len()], &shaped(number, "", label, value)));
        }
    }
    twins
}

#[test]
fn their_twins_are_not() {
    let twins = twins();
    assert!(twins.len() > 2000, "{}", twins.len());
    let failed: Vec<&String> = twins.iter().filter(|text| !stated(text).is_empty()).collect();
    if std::env::var_os("ADRULE_FORMS").is_some() {
        eprintln!("{} of {} twins fail", failed.len(), twins.len());
        for text in &failed {
            let found: Vec<_> = stated(text)
                .iter()
                .map(|fact| {
                    let because = fact.because.as_ref().map(ToString::to_string).unwrap_or_default();
                    format!("{} {} ({because})", fact.kind, amount(fact))
                })
                .collect();
            eprintln!("-- {found:?}\n{text}");
        }
    }
    let first = failed.first().map_or("", |text| text.as_str());
    assert!(failed.is_empty(), "{} of {} twins are stated, first:\n{first}", failed.len(), twins.len());
}

/// Every third form and twin in AsciiDoc and reStructuredText: what is stated does not hang on the markup.
#[test]
fn other_markups_say_the_same() {
    let (forms, twins) = (forms(), twins());
    let mut failed = Vec::new();
    let mut count = 0;
    for (number, markup) in MARKUPS.into_iter().enumerate() {
        let third = |at: &usize| (at + at / 60 + number).is_multiple_of(3);
        for (at, form) in forms.iter().enumerate().filter(|(at, form)| third(at) && excepted(form).is_none()) {
            let text = markup.write(&form.text, at);
            count += 1;
            if !is_right(form, of_kinds(read_in(markup, &text))) {
                failed.push((markup, "not stated", text));
            }
        }
        for (at, twin) in twins.iter().enumerate().filter(|(at, _)| third(at)) {
            let text = markup.write(twin, at);
            count += 1;
            if !of_kinds(read_in(markup, &text)).is_empty() {
                failed.push((markup, "a twin, stated", text));
            }
        }
    }
    if std::env::var_os("ADRULE_FORMS").is_some() {
        eprintln!("{} of {count} forms fail in other markups", failed.len());
        for (markup, what, text) in &failed {
            eprintln!("-- {markup:?}: {what}\n{text}");
        }
    }
    assert!(count > 3000, "{count}");
    let first = failed.first().map_or("", |(.., text)| text.as_str());
    assert!(failed.is_empty(), "{} of {count} forms fail in other markups, first:\n{first}", failed.len());
}
