//! Judging a service that a test of the page imagines.

use super::judge::{language_rules, own_rules};
use crate::decision::{self, Decision, Outlines};
use crate::estate::{Member, Tie};
use crate::policy::{Given, GivenDecision, Page};
use crate::report::LanguageReading;
use crate::rule::{Case, Context, Memo, Records};
use crate::text::Place;
use crate::tree::Tree;
use jiff::civil::Date;
use std::sync::Arc;

/// The ids of the rules that fire for what a test gives, sorted, each once. Rules about decisions are asked only where
/// the test says something about one.
#[must_use]
pub fn judge_given(page: &Page, given: &Given, today: Date) -> Vec<String> {
    let place = Place::file("imagined");
    let languages = given.languages.iter().map(|name| LanguageReading {
        name: Arc::clone(name),
        stated: true,
        place: place.clone(),
    });
    let decisions: Vec<Arc<Decision>> = match given.decision {
        Some(GivenDecision::Status(status)) => {
            vec![Arc::new(Decision { status: Some(status), ..decision::read(&"imagined.md".into(), &Arc::default()) })]
        }
        Some(GivenDecision::None) | None => Vec::new(),
    };
    let member = Member {
        name: given.service.clone().unwrap_or_else(|| "imagined".to_owned()),
        place: place.clone(),
        folder: given.path.clone().unwrap_or_default(),
        kind: given.kind.clone(),
        languages: languages.collect(),
        unstated: Vec::new(),
        contradicted: false,
        documents: Vec::new(),
        facts: given.facts.clone(),
        decisions: decisions.iter().enumerate().map(|(at, _)| (at, Tie::Named)).collect(),
    };
    let tree = Tree::default();
    let members = std::slice::from_ref(&member);
    let records = Records::default();
    let context = Context {
        page,
        today,
        tree: &tree,
        members,
        decisions: &decisions,
        outlines: &Outlines::default(),
        records: &records,
        before: None,
        files: None,
        elsewhere: &[],
        strict: false,
        memo: Memo::default(),
    };
    let case = Case { context: &context, member: &member, new: true, compared: false, before: None };
    let mut findings = Vec::new();
    for language in &member.languages {
        findings.extend(language_rules(&case, language));
    }
    findings.extend(own_rules(&case));
    let about_decisions = given.decision.is_some();
    let mut ids: Vec<String> = findings
        .iter()
        .filter(|finding| finding.explains.is_none())
        .filter(|finding| about_decisions || finding.rule.as_ref() != "language-without-decision")
        .map(|finding| finding.rule.to_string())
        .collect();
    ids.sort();
    ids.dedup();
    ids
}
