#![doc = include_str!("facts-disagree.md")]

use super::claim::{Claim, claims, is_limit_below, sources};
use super::{Case, Check, Rule};
use crate::fact::{Fact, Value};
use crate::report::{Finding, words};

pub const RULE: Rule = Rule {
    id: "facts-disagree",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Service(check),
    page: include_str!("facts-disagree.md"),
};

/// More values of one fact are not shown.
const SHOWN: usize = 4;

fn check(case: &Case<'_>) -> Vec<Finding> {
    let claims = claims(case);
    let mut found: Vec<Finding> = Vec::new();
    for (at, first) in claims.iter().enumerate() {
        if claims[..at].iter().any(|before| before.is_alike(first)) {
            continue;
        }
        let alike: Vec<&Claim<'_>> = claims[at..].iter().filter(|claim| claim.is_alike(first)).collect();
        found.extend(values(case, &alike));
    }
    found.extend(container(case, &claims));
    found.extend(percentiles(case, &claims));
    found
}

/// Different values of the same fact.
fn values(case: &Case<'_>, alike: &[&Claim<'_>]) -> Option<Finding> {
    let differing = sources(case, alike);
    let (first, _) = differing.split_first().filter(|(_, others)| !others.is_empty())?;
    let name = &case.member.name;
    let at = first.fact.percentile.map(|at| format!(" at p{}", words::number(at))).unwrap_or_default();
    let mut said: Vec<String> = Vec::new();
    for claim in &differing {
        let value = words::value(claim.value);
        if !said.contains(&value) {
            said.push(value);
        }
    }
    let kind = words::fact_name(&first.fact.kind);
    let message = format!("`{name}` states more than one {kind}{at}: {}", words::list(&said, "and"));
    let mut finding = Finding::new(RULE.id, RULE.severity, name, message, first.fact.place.clone())
        .label(label(case, first))
        .why("Whoever checks the number later has to know which one holds.")
        .help("Write the one that holds in both places. A decision that no longer holds is superseded by a new one.");
    for claim in differing.iter().skip(1).take(SHOWN) {
        finding = finding.and(claim.fact.place.clone(), label(case, claim));
    }
    Some(finding)
}

/// "180 MB, in the manifest".
fn label(case: &Case<'_>, claim: &Claim<'_>) -> String {
    let value = words::value(claim.value);
    match case.context.records.at(&claim.fact.place.path).and_then(|decision| decision.status) {
        Some(status) => format!("{value}, in a decision that is {}", crate::decision::word(status)),
        None if case.context.records.at(&claim.fact.place.path).is_some() => format!("{value}, in a decision"),
        None => format!("{value}, in the manifest"),
    }
}

/// A container that is stopped before it reaches the budget.
fn container(case: &Case<'_>, claims: &[Claim<'_>]) -> Option<Finding> {
    let budget = claims.iter().filter(|claim| claim.fact.kind.as_ref() == "memory-budget" && claim.per.is_empty());
    let bytes = |fact: &Fact| match fact.value {
        Some(Value::Bytes(bytes)) => Some(bytes),
        _ => None,
    };
    let least = budget.min_by(|a, b| a.number().total_cmp(&b.number()))?;
    let limits = case
        .member
        .facts
        .iter()
        .filter(|fact| fact.evidence && fact.kind.as_ref() == "memory-budget")
        .filter_map(|fact| bytes(fact).map(|bytes| (fact, bytes)));
    // Small limits in a folder for tests are usual: only where no container gets enough is something wrong.
    let (limit, most) = limits.max_by(|a, b| a.1.total_cmp(&b.1))?;
    if !is_limit_below(most, least.number()) {
        return None;
    }
    let name = &case.member.name;
    let (budget, most) = (words::value(least.value), words::value(&Value::Bytes(most)));
    let message = format!("`{name}` states a memory budget of {budget}, and its container is stopped at {most}");
    Some(
        Finding::new(RULE.id, RULE.severity, name, message, least.fact.place.clone())
            .label(format!("the budget: {budget}"))
            .and(limit.place.clone(), format!("the container's limit: {most}"))
            .why("A process that stays within its budget is killed all the same.")
            .help(format!("Raise the container's limit to at least {budget}, or lower the budget to what it gets.")),
    )
}

/// A target that allows more at a lower percentile than at a higher one.
fn percentiles(case: &Case<'_>, claims: &[Claim<'_>]) -> Option<Finding> {
    let targets: Vec<&Claim<'_>> = claims
        .iter()
        .filter(|claim| claim.fact.kind.as_ref() == "latency-target" && claim.fact.percentile.is_some())
        .collect();
    let (low, high) = targets.iter().find_map(|low| {
        let high = targets.iter().find(|high| {
            low.fact.percentile < high.fact.percentile
                && low.number() > high.number() * 1.001
                && low.may_contradict(high)
        })?;
        Some((*low, *high))
    })?;
    let name = &case.member.name;
    let at = |claim: &Claim<'_>| claim.fact.percentile.map_or_else(String::new, |at| format!("p{}", words::number(at)));
    let (low_at, high_at) = (at(low), at(high));
    let (low_value, high_value) = (words::value(low.value), words::value(high.value));
    let message = format!("`{name}` allows more time at {low_at} ({low_value}) than at {high_at} ({high_value})");
    Some(
        Finding::new(RULE.id, RULE.severity, name, message, low.fact.place.clone())
            .label(format!("{low_at}: {low_value}"))
            .and(high.fact.place.clone(), format!("{high_at}: {high_value}"))
            .why("What more of the requests keep, fewer of them keep too: the target at the lower percentile limits nothing.")
            .help(format!("Lower the one at {low_at}, raise the one at {high_at}, or say that they are about different requests.")),
    )
}
