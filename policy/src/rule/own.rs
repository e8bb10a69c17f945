//! The team's own rules, from the page.

use super::{Case, example};
use crate::manifest;
use crate::manifest::Room;
use crate::policy::{OwnRule, Requirement, Subject, Verdict, words};
use crate::report::{Finding, words as report_words};

/// Judges one service by one rule of the page.
#[must_use]
pub fn check(case: &Case<'_>, rule: &OwnRule) -> Option<Finding> {
    let page = case.context.page;
    let severity = rule.severity.severity()?;
    let member = case.member;
    let facts: Vec<_> = member.facts.iter().collect();
    let subject = Subject {
        languages: member.languages.iter().map(|reading| reading.name.as_ref()).collect(),
        kind: member.kind.as_deref(),
        name: &member.name,
        path: &member.folder,
        facts: facts.clone(),
    };
    if !page.when_matches(rule, &subject) {
        return None;
    }
    let any_met =
        rule.requires.any.is_empty() || rule.requires.any.iter().any(|wanted| wanted.judge(&facts, page).is_met());
    let any: &[Requirement] = if any_met { &[] } else { &rule.requires.any };
    let missing: Vec<&Requirement> =
        any.iter().chain(rule.requires.all.iter().filter(|wanted| !wanted.judge(&facts, page).is_met())).collect();
    if missing.is_empty() {
        return None;
    }
    let wanted: Vec<String> = missing.iter().map(|wanted| words::requirement(wanted, page)).collect();
    let last = if any_met { "and" } else { "or" };
    let message = format!("`{}` lacks {}", member.name, report_words::list(&wanted, last));
    let mut finding =
        Finding::new(&rule.id, severity, &member.name, message, member.place.clone()).says(rule.says.value.clone());
    for requirement in &missing {
        if let Verdict::NotMet { fact, why } | Verdict::Unclear { fact, why } = requirement.judge(&facts, page) {
            finding = finding.and(facts[fact].place.clone(), why);
        }
    }
    if let Some(fix) = &rule.fix {
        finding = finding.help(fix.value.clone());
    }
    if let Some(document) = member.documents.iter().find(|document| document.room != Room::None) {
        for requirement in &missing {
            let (at, text) = manifest::lines_with(document, &requirement.fact, &example(requirement, page));
            finding = finding.fix(document.place.path.clone(), at, text);
        }
    }
    Some(finding)
}
