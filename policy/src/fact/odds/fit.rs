//! Fits the weights to the labelled documents of the tests: `cargo test --release -p adrule-policy --lib fits_the_weights --
//! --ignored` writes them anew. Logistic regression with a quadratic penalty, one sign after the other, until nothing moves:
//! the same documents give the same weights.
//! `ADRULE_LABELS` and `ADRULE_CORPUS` name the labelled set and the folder of real records, as for other tests.
//!
//! `ADRULE_HOLD` names beginnings of documents' names (`c19,c2`) that are left out, to see what weights that have not seen
//! them say of them; `ADRULE_SETS` names further files of cases.

use super::super::Value;
use super::super::prose::passage::Passage;
use super::around::{Sheet, Sink};
use super::term::{Place, Term};
use super::weight::STARTUP;
use super::{Figure, Odds, Scale, Signs};
use crate::check::facts;
use crate::text::Span;
use crate::tree::Tree;
use serde_json::{Value as Json, json};
use std::cell::RefCell;
use std::collections::HashMap;

/// How strongly the weights are held near nothing.
const PENALTY: f64 = 5.0;
/// Signs that fewer figures have are chance.
const FEWEST: usize = 4;
/// Weights below, in hundredths, change nothing that is measured.
const LEAST: f64 = 5.0;
const ROUNDS: usize = 40;
/// What a form of the sweep counts for: there are many, and much of them is the same.
const FORM: f64 = 0.15;
/// What a document of the labelled set counts for: its labels were looked at most often.
const LABELLED: f64 = 3.0;
/// What an example of the book counts for: what it says has to hold.
const TOLD: f64 = 4.0;

mod cases;

use cases::{labelled, real, swept, told, written};

thread_local! {
    static TRACE: RefCell<Option<Vec<Seen>>> = const { RefCell::new(None) };
}

/// A figure as the odds see it.
struct Seen {
    kind: &'static str,
    value: Json,
    span: Span,
    signs: Vec<String>,
}

/// Writes down the names of signs, and for crossed places their names for one measure.
pub(super) struct Names {
    kind: &'static str,
    signs: Vec<String>,
}

impl<'t> Sink<'t> for Names {
    fn tell(&mut self, place: Place, one: Term<'t>, two: Option<Term<'t>>) {
        let two = two.map(|two| format!(" {}", two.word())).unwrap_or_default();
        let name = format!("{} {}{two}", place.word(), one.word());
        if place.is_crossed() {
            self.signs.push(format!("{name}\t{}", self.kind));
        }
        self.signs.push(name + "\t*");
    }
}

/// Keeps what the figures of a passage show while documents are read for the fit: all of them, whatever is made of them.
pub(super) fn watch<'p, 't: 'p>(odds: &Odds<'t>, at: usize, passage: &Passage<'p>, scale: &Scale<'_, 'p>) {
    TRACE.with_borrow_mut(|trace| {
        let Some(trace) = trace else { return };
        let block = &odds.outline.blocks[at];
        let sheet = Sheet::of(block, &passage.tokens, &passage.cues);
        let around = odds.page.around(scale.first, at, &scale.heads);
        for figure in Figure::all(passage) {
            let span = block.text.span(figure.bytes(passage));
            if scale.fact_of(&figure, span).is_none() && !figure.may_be_alone(passage) {
                continue;
            }
            let mut names = Names { kind: figure.kind, signs: Vec::new() };
            Signs { sheet: &sheet, around: &around, figure: &figure }.visit(&mut names);
            let value = amount(figure.value.as_ref());
            trace.push(Seen { kind: figure.kind, value, span, signs: names.signs });
        }
    });
}

fn amount(value: Option<&Value>) -> Json {
    match value {
        Some(Value::Bytes(value) | Value::Duration(value) | Value::Rate(value) | Value::Count(value)) => json!(value),
        Some(Value::Rank(rank)) => json!(rank.as_ref()),
        _ => Json::Null,
    }
}

/// A document as the odds see it.
fn read(case: &Json) -> Vec<Seen> {
    let path = case["name"].as_str().unwrap_or("docs/adr/0007-decision.md");
    TRACE.with_borrow_mut(|trace| *trace = Some(Vec::new()));
    let _facts = facts(&Tree::of([(path, case["text"].as_str().unwrap())]));
    TRACE.with_borrow_mut(Option::take).unwrap_or_default()
}

/// The kind of the claim that a figure is, if it is one; nothing at all where a claim has its value and stands elsewhere.
fn claim_of(seen: &Seen, case: &Json) -> Option<Option<String>> {
    let kinds: &[&str] = match seen.kind {
        "bytes" => &["memory-budget"],
        "time" => &["latency-target", "startup-time"],
        "rate" => &["expected-traffic"],
        "count" => &["instance-count", "expected-traffic"],
        _ => &["failure-impact"],
    };
    if case["all"] == json!(true) {
        return Some(Some(kinds[0].to_owned()));
    }
    let text = case["text"].as_str().unwrap();
    let same = |claim: &&Json| {
        kinds.contains(&claim["kind"].as_str().unwrap_or_default())
            && match (seen.value.as_f64(), claim["value"].as_f64()) {
                (Some(own), Some(of)) => (own - of).abs() <= 0.005 * own.abs().max(of.abs()),
                _ => !seen.value.is_null() && seen.value == claim["value"],
            }
    };
    let claims = case["claims"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut elsewhere = false;
    for claim in claims.iter().filter(same) {
        let quote = claim["quote"].as_str().filter(|quote| !quote.is_empty());
        let place = quote.and_then(|quote| text.find(quote).map(|start| start..start + quote.len()));
        let near = place.is_none_or(|place| place.start <= seen.span.start + 3 && seen.span.start <= place.end + 3);
        if near {
            return Some(claim["kind"].as_str().map(str::to_owned));
        }
        elsewhere = true;
    }
    (!elsewhere).then_some(None)
}

/// The figures with their signs as numbers.
#[derive(Default)]
struct Data {
    names: Vec<String>,
    index: HashMap<String, usize>,
    /// For each sign, the figures that have it and how often.
    columns: Vec<Vec<(u32, f32)>>,
    claimed: Vec<bool>,
    /// What each figure counts for.
    counts: Vec<f64>,
}

impl Data {
    fn add(&mut self, signs: Vec<String>, claimed: bool, counts: f64) {
        self.counts.push(counts);
        let row = u32::try_from(self.claimed.len()).unwrap();
        self.claimed.push(claimed);
        for sign in signs {
            let index = *self.index.entry(sign).or_insert_with_key(|sign| {
                self.names.push(sign.clone());
                self.columns.push(Vec::new());
                self.names.len() - 1
            });
            match self.columns[index].last_mut() {
                Some((last, count)) if *last == row => *count += 1.0,
                _ => self.columns[index].push((row, 1.0)),
            }
        }
    }

    /// The weights as lines of the file; `measure` is what the start is for.
    fn lines(&self, measure: &str) -> Vec<String> {
        let (start, weights) = self.fit();
        let hundredths = |weight: f64| (weight * 100.0).round();
        let signs = self.names.iter().zip(&weights).filter(|(_, weight)| hundredths(**weight).abs() >= LEAST);
        let signs = signs.map(|(name, weight)| format!("{name}\t{}\n", hundredths(*weight)));
        std::iter::once(format!("start\t{measure}\t{}\n", hundredths(start))).chain(signs).collect()
    }

    /// Newton's step for one sign after the other.
    fn fit(&self) -> (f64, Vec<f64>) {
        let mut margins = vec![0f64; self.claimed.len()];
        let mut weights = vec![0f64; self.names.len()];
        let mut start = 0f64;
        let all: Vec<(u32, f32)> = (0..self.claimed.len()).map(|row| (u32::try_from(row).unwrap(), 1.0)).collect();
        for _ in 0..ROUNDS {
            start += self.step(&all, start, 0.0, &mut margins);
            for (column, weight) in self.columns.iter().zip(&mut weights).filter(|(column, _)| column.len() >= FEWEST) {
                *weight += self.step(column, *weight, PENALTY, &mut margins);
            }
        }
        (start, weights)
    }

    fn step(&self, column: &[(u32, f32)], weight: f64, penalty: f64, margins: &mut [f64]) -> f64 {
        let (mut slope, mut bend) = (penalty * weight, penalty + 1e-6);
        for (row, count) in column {
            let (row, count) = (*row as usize, f64::from(*count));
            let likely = 1.0 / (1.0 + (-margins[row]).exp());
            let counts = self.counts[row];
            slope += counts * count * (likely - f64::from(u8::from(self.claimed[row])));
            bend += counts * count * count * likely * (1.0 - likely);
        }
        let step = (-slope / bend).clamp(-1.0, 1.0);
        for (row, count) in column {
            margins[*row as usize] += step * f64::from(*count);
        }
        step
    }
}

#[test]
#[ignore = "writes the file of weights"]
fn fits_the_weights() {
    let held = std::env::var("ADRULE_HOLD").unwrap_or_default();
    let held: Vec<&str> = held.split(',').filter(|name| !name.is_empty()).collect();
    let (mut data, mut starts) = (Data::default(), Data::default());
    let (swept, told, labelled) = (swept(), told(), labelled());
    let written = [written(), real()].concat();
    let counted = [(&written, 1.0), (&swept, FORM), (&told, TOLD), (&labelled, LABELLED)];
    let counted = counted.into_iter().flat_map(|(cases, counts)| cases.iter().map(move |case| (case, counts)));
    for (case, counts) in counted {
        let id = case["id"].as_str().unwrap_or_default();
        if held.iter().any(|name| id.starts_with(name)) {
            continue;
        }
        for seen in read(case) {
            let claim = claim_of(&seen, case);
            if let (Some(Some(kind)), "time") = (&claim, seen.kind) {
                let signs = seen.signs.iter().filter_map(|sign| sign.strip_suffix("\t*"));
                starts.add(signs.map(|sign| format!("{sign}\t{STARTUP}")).collect(), kind == "startup-time", counts);
            }
            if let Some(claim) = claim {
                data.add(seen.signs, claim.is_some(), counts);
            }
        }
    }
    let mut lines = data.lines("*");
    lines.extend(starts.lines(STARTUP));
    lines.sort_unstable();
    let mut out = String::from(
        "# How much more often signs stand around limits than around other figures: place and words, the measure that the\n\
         # weight is for (`*`: all; `startup`: what tells a start from an answer), and the logarithm of the ratio in\n\
         # hundredths. Written by `odds/fit.rs`.\n",
    );
    out.extend(lines);
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/fact/words/odds.tsv"), out).unwrap();
    let claimed = data.claimed.iter().filter(|claimed| **claimed).count();
    println!("{} figures, {claimed} of them claims, {} signs", data.claimed.len(), data.names.len());
}
