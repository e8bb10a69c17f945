#![doc = include_str!("decision-superseded-still-accepted.md")]

use super::records::{file, status_place};
use super::succession::pairs;
use super::{Check, Context, Rule};
use crate::decision::{Decision, Status};
use crate::report::{Finding, words};
use crate::text::Span;

pub const RULE: Rule = Rule {
    id: "decision-superseded-still-accepted",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-superseded-still-accepted.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let standing = pairs(context).filter(|claim| {
        claim.older().status == Some(Status::Accepted) && claim.newer().status == Some(Status::Accepted)
    });
    standing
        .map(|claim| {
            let (old, new) = (claim.older(), claim.newer());
            let raw = old.statuses.first().map_or("accepted", |reading| reading.raw.as_str());
            let message = format!(
                "`{}` is replaced by `{}`, and its status is still `{}`",
                file(old),
                file(new),
                words::printable(raw, 60)
            );
            Finding::new(RULE.id, RULE.severity, old.path.to_string(), message, status_place(old))
                .label("read as accepted")
                .and(
                    claim.place(),
                    if claim.replaces { "replaced by this record" } else { "replaced, as it says itself" },
                )
                .why("Whoever finds the old record first follows a decision that is no longer in force.")
                .write(
                    old.path.clone(),
                    status_words(context, old),
                    "as its status",
                    format!(
                        "Superseded by {}",
                        new.number.map_or_else(|| file(new).to_owned(), |number| format!("ADR-{number:04}"))
                    ),
                )
        })
        .collect()
}

/// Where the one status of a record stands, if nothing but its words stands there.
fn status_words(context: &Context<'_>, old: &Decision) -> Option<Span> {
    let [only] = old.statuses.as_slice() else { return None };
    let words = only.span.of(context.tree.text(&old.path)?);
    (!words.is_empty() && words == only.raw).then_some(only.span)
}
