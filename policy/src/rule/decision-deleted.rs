#![doc = include_str!("decision-deleted.md")]

use super::history::gone;
use super::{Check, Context, Rule};
use crate::decision::word;
use crate::report::Finding;
use crate::text::Place;

pub const RULE: Rule = Rule {
    id: "decision-deleted",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-deleted.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let deleted = gone(context).into_iter().filter(|gone| gone.now.is_none());
    deleted
        .map(|gone| {
            let status = gone.old.status.map_or("decided", word);
            let message = format!("`{}` was {status}, and this change deletes it", gone.old.path);
            Finding::new(RULE.id, RULE.severity, gone.old.path.to_string(), message, Place::file(gone.old.path.clone()))
                .label("taken away by this change")
                .why("What was decided stays worth knowing when it is no longer in force: it says what was tried, and why.")
                .help("Keep the record, and set its status to deprecated, or to superseded by the record that replaces it.")
        })
        .collect()
}
