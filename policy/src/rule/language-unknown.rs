#![doc = include_str!("language-unknown.md")]

use super::{Case, Check, Rule};
use crate::manifest;
use crate::manifest::Room;
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "language-unknown",
    severity: crate::report::Severity::Info,
    strict: false,
    check: Check::Service(check),
    page: include_str!("language-unknown.md"),
};

/// Whether something that runs says nothing about its language.
pub fn is_missing(member: &crate::estate::Member) -> bool {
    // Only what runs is asked: a catalogue also lists websites, documents and the like.
    const RUNS: [&str; 9] = ["service", "api", "worker", "batch", "backend", "microservice", "function", "job", "app"];
    let runs = member.kind.as_deref().is_none_or(|kind| RUNS.contains(&kind.to_lowercase().as_str()));
    runs && member.languages.is_empty() && member.has_manifest()
}

fn check(case: &Case<'_>) -> Vec<Finding> {
    let member = case.member;
    if !is_missing(member) {
        return Vec::new();
    }
    let message = format!("nothing says what `{}` is written in", member.name);
    let mut finding = Finding::new(RULE.id, RULE.severity, &member.name, message, member.place.clone())
        .label("no language stated, and no build file beside it")
        .why("The page is about languages; a service without one cannot be judged.");
    if let Some(document) = member.documents.iter().find(|document| document.room != Room::None) {
        let (at, text) = manifest::lines_with(document, "language", "go");
        finding = finding.fix(document.place.path.clone(), at, text);
    }
    vec![finding]
}
