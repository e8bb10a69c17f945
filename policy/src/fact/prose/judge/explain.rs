//! All reasons of a reading, for people who ask: what it is about, what makes it count, and all that speaks against it.

use super::super::super::{Because, Why, vocabulary};
use super::super::cue::Class;
use super::super::kind::Kind;
use super::super::passage::{Passage, Scope};
use super::{Case, shape};
use crate::report::words;

/// The reasons of a figure's standing, in the order in which they were weighed. `labelled`: whether a label names it.
pub(crate) fn explain(
    passage: &Passage<'_>,
    scope: &Scope,
    sentence: usize,
    at: usize,
    kind: &Kind,
    labelled: bool,
) -> Vec<String> {
    let side = shape::side(passage, sentence, at);
    let case = Case { passage, sentence, at, id: kind.id, scope, side, answers: kind.answers };
    let mut reasons = vec![case.kind(kind, labelled)];
    reasons.extend(passage.subject(sentence, at).map(|subject| format!("about `{subject}`, which is named beside it")));
    let heading = &passage.context.heading;
    if !heading.is_empty() {
        reasons.push(format!("stands under \"{}\"", words::printable(heading, 80)));
    }
    let positive = case.positive(labelled).filter(|positive| !case.only_describes(positive, kind.named));
    let is_limit = positive.is_some();
    reasons.push(positive.map_or_else(|| Why::NoWord.says().to_owned(), |positive| format!("for it: {positive}")));
    let against: Vec<Because> =
        if is_limit || kind.named { case.grounds().collect() } else { case.measured_memory().into_iter().collect() };
    reasons.extend(against.into_iter().map(|against| format!("against it: {against}")));
    reasons.dedup();
    reasons
}

impl Case<'_, '_> {
    /// What a figure is about, and the word that says so.
    fn kind(&self, kind: &Kind, labelled: bool) -> String {
        let name = vocabulary::find(kind.id).map_or(kind.id, |known| known.says);
        if labelled {
            return format!("{name}, by the label before it");
        }
        let class = match kind.id {
            "memory-budget" => Class::Memory,
            "latency-target" => Class::Latency,
            "startup-time" => Class::Startup,
            "expected-traffic" => Class::Traffic,
            "peak-traffic" => Class::Peak,
            _ => Class::Instances,
        };
        match self.near(class) {
            Some(tokens) => self.say(&format!("{name}, by its words"), tokens),
            None => format!("{name}, by its unit"),
        }
    }
}
