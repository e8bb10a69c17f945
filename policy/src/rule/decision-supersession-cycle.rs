#![doc = include_str!("decision-supersession-cycle.md")]

use super::records::file;
use super::succession::{Claim, claims};
use super::{Check, Context, Rule};
use crate::report::{Finding, words};
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    id: "decision-supersession-cycle",
    severity: crate::report::Severity::Error,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-supersession-cycle.md"),
};

/// More circles than this are not told apart.
const SHOWN: usize = 50;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let claims = claims(context);
    let mut next: HashMap<&str, Vec<&Claim<'_>>> = HashMap::new();
    for claim in &claims {
        next.entry(&claim.newer().path).or_default().push(claim);
    }
    let mut state: HashMap<&str, bool> = HashMap::new();
    let mut findings = Vec::new();
    for start in &claims {
        walk(&start.newer().path, &next, &mut state, &mut findings);
    }
    findings
}

/// From a new record to what it replaces, and on; `state` says of a record whether the walk has left it again.
fn walk<'a>(
    start: &'a str,
    next: &HashMap<&'a str, Vec<&'a Claim<'a>>>,
    state: &mut HashMap<&'a str, bool>,
    findings: &mut Vec<Finding>,
) {
    if state.contains_key(start) {
        return;
    }
    state.insert(start, false);
    // Each step: the record, how many of its claims were followed, and the claim that led to it.
    let mut way: Vec<(&str, usize, Option<&Claim<'_>>)> = vec![(start, 0, None)];
    while let Some((at, followed, _)) = way.last_mut() {
        let Some(claim) = next.get(at).and_then(|claims| claims.get(*followed)) else {
            state.insert(at, true);
            way.pop();
            continue;
        };
        *followed += 1;
        let to: &str = &claim.older().path;
        match state.get(to) {
            Some(false) if findings.len() < SHOWN => {
                let from = way.iter().position(|(record, ..)| *record == to).unwrap_or(0);
                let led = way[from + 1..].iter().filter_map(|(.., claim)| *claim);
                findings.push(finding(&led.chain(std::iter::once(*claim)).collect::<Vec<_>>()));
            }
            Some(_) => {}
            None => {
                state.insert(to, false);
                way.push((to, 0, Some(claim)));
            }
        }
    }
}

fn finding(circle: &[&Claim<'_>]) -> Finding {
    let names: Vec<String> = circle.iter().map(|claim| format!("`{}`", file(claim.newer()))).collect();
    let message = match names.as_slice() {
        [one, other] => format!("{one} and {other} replace each other"),
        names => format!("{} replace each other in a circle", words::printable(&names.join(", "), 300)),
    };
    let first = circle[0];
    let mut finding = Finding::new(RULE.id, RULE.severity, first.by.path.to_string(), message, first.place())
        .why("Of records that replace each other none is in force, and nobody can tell which one is meant to be.")
        .help("Decide which one is the newest, and remove what says that it was replaced.");
    for claim in circle[1..].iter().take(20) {
        finding = finding.and(claim.place(), "");
    }
    finding
}
