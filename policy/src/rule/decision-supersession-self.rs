#![doc = include_str!("decision-supersession-self.md")]

use super::records::Named;
use super::succession::references;
use super::{Check, Context, Rule};
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "decision-supersession-self",
    severity: crate::report::Severity::Error,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-supersession-self.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let own = references(context).filter(
        |(by, reference, _)| matches!(context.records.named(by, reference), Named::One(about) if about.path == by.path),
    );
    own.map(|(by, reference, replaces)| {
        let message = if replaces {
            "the record says that it replaces itself"
        } else {
            "the record says that it is replaced by itself"
        };
        Finding::new(RULE.id, RULE.severity, by.path.to_string(), message, by.place(reference.span))
            .label("this very record")
            .why("The other record that is meant cannot be found, and this one seems to be both in force and not.")
            .help("Name the record that is meant.")
    })
    .collect()
}
