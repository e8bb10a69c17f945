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
mod forms;
mod markup;

use adrule_policy::fact::{Fact, Standing, Value, read_outline};
use adrule_policy::text::{asciidoc, markdown, rst};
use forms::{Form, excepted, forms, twins};
use markup::{MARKUPS, Markup};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const KINDS: [&str; 6] =
    ["memory-budget", "latency-target", "failure-impact", "startup-time", "expected-traffic", "instance-count"];

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
    read_outline(&markdown::read(&text.into()), text, &"docs/adr/0007-swipe-intake.md".into())
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
