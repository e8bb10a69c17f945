#![doc = include_str!("decision-date-before-superseded.md")]

use super::records::{file, title_place};
use super::succession::pairs;
use super::{Check, Context, Rule};
use crate::decision::Decision;
use crate::report::Finding;
use crate::text::{Place, Span};

pub const RULE: Rule = Rule {
    id: "decision-date-before-superseded",
    severity: crate::report::Severity::Warning,
    strict: true,
    check: Check::Decisions(check),
    page: include_str!("decision-date-before-superseded.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for claim in pairs(context) {
        let (old, new) = (claim.older(), claim.newer());
        let (Some((before, _)), Some((after, _))) = (old.date, new.date) else { continue };
        if after >= before {
            continue;
        }
        let message = format!("`{}` is dated {after}, before `{}`, which it replaces ({before})", file(new), file(old));
        findings.push(
            Finding::new(RULE.id, RULE.severity, new.path.to_string(), message, date_place(new))
                .label(format!("{after}"))
                .and(date_place(old), format!("{before}"))
                .why("A decision cannot replace one that was made later: one of the two dates is wrong.")
                .help("Correct the date that is wrong."),
        );
    }
    findings
}

fn date_place(record: &Decision) -> Place {
    let span = record.date.map(|(_, span)| span).filter(|span| *span != Span::default());
    span.map_or_else(|| title_place(record), |span| record.place(span))
}
