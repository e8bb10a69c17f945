//! `tests:`.

use super::Reader;
use crate::decision::Status;
use crate::fact::{Fact, Origin, Standing, Value as FactValue};
use crate::policy::keys::GIVEN;
use crate::policy::{Given, GivenDecision, PageTest, Placed, shape};
use crate::text::yaml::{Entry, Value};
use std::sync::Arc;

impl Reader<'_> {
    pub(super) fn tests(&mut self, tests: Value<'_, '_>) {
        for item in tests.items().filter(|item| item.is_mapping()) {
            let test = PageTest {
                place: self.problems.place(shape::start(item)),
                name: self.text(item.get("name")),
                given: self.given(item.get("given")),
                expect: self.expected(item.get("expect")),
            };
            self.page.tests.push(test);
        }
    }

    fn expected(&mut self, list: Option<Value<'_, '_>>) -> Vec<Placed<Arc<str>>> {
        let mut expected = Vec::new();
        for rule in self.texts(list.filter(|list| list.is_sequence())) {
            if !self.is_rule(&rule) {
                let label = match self.nearest_rule(&rule) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "unknown rule".to_owned(),
                };
                let message = format!("there is no rule `{}` that could fire", shape::shown(&rule));
                self.problems.mistake_help(rule.place.span, message, label, "`adrule rules` lists the rules");
            }
            expected.push(Placed { value: rule.value.into(), place: rule.place });
        }
        expected
    }

    fn given(&mut self, value: Option<Value<'_, '_>>) -> Given {
        let Some(value) = value.filter(|value| value.is_mapping()) else { return Given::default() };
        let mut given = Given {
            languages: self.languages_in(value.get("language")).into_iter().map(|name| name.value).collect(),
            kind: self.text(value.get("kind")).map(|kind| kind.value),
            service: self.text(value.get("service")).map(|name| name.value),
            path: self.text(value.get("path")).map(|path| path.value),
            decision: value.get("decision").and_then(|status| status.text()).and_then(decision),
            facts: Vec::new(),
        };
        for entry in value.entries() {
            let Some(name) = entry.key.text().filter(|name| !GIVEN.keys.iter().any(|key| key.name == *name)) else {
                continue;
            };
            given.facts.extend(self.given_fact(name, entry));
        }
        given
    }

    fn given_fact(&mut self, name: &str, entry: Entry<'_, '_>) -> Option<Fact> {
        if self.page.fact_type(name).is_none() && shape::meant(name, &GIVEN).is_some() {
            shape::unknown(entry.key.span(), name, &GIVEN, &mut self.problems);
            return None;
        }
        let kind = self.fact_type(name, entry.key.span())?;
        let (value, percentile) = if entry.value.is_sequence() {
            if kind.name() != "names" {
                let message = format!("`{name}` is {}, and not a list", kind.says());
                self.problems.mistake(entry.value.span(), message, "write one value");
                return None;
            }
            (FactValue::Names(self.texts(Some(entry.value)).into_iter().map(|name| name.value).collect()), None)
        } else {
            let read = self.value(name, &kind, entry.value.filled()?.trim(), entry.value.span())?;
            (read.value, read.percentile)
        };
        Some(Fact {
            kind: name.into(),
            value: Some(value),
            percentile,
            standing: Standing::Stated,
            because: None,
            reasons: Vec::new(),
            origin: Origin::Manifest,
            evidence: false,
            quote: entry.value.text().unwrap_or_default().to_owned(),
            place: self.problems.place(entry.value.span()),
            subject: None,
        })
    }
}

fn decision(word: &str) -> Option<GivenDecision> {
    Some(GivenDecision::Status(match word {
        "none" => return Some(GivenDecision::None),
        "draft" => Status::Draft,
        "proposed" => Status::Proposed,
        "accepted" => Status::Accepted,
        "rejected" => Status::Rejected,
        "withdrawn" => Status::Withdrawn,
        "deprecated" => Status::Deprecated,
        "superseded" => Status::Superseded,
        _ => return None,
    }))
}
