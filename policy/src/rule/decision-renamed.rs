#![doc = include_str!("decision-renamed.md")]

use super::history::gone;
use super::records::title_place;
use super::{Check, Context, Rule};
use crate::report::Finding;
use crate::text::Place;
use crate::tree;

pub const RULE: Rule = Rule {
    id: "decision-renamed",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-renamed.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let renamed = gone(context).into_iter().filter_map(|gone| Some((gone.old, gone.now?)));
    renamed
        .filter(|(old, now)| {
            // Moved as a whole, or given a number of its own because another record had the same one.
            let moved = tree::name(&old.path) == tree::name(&now.path);
            let repaired = old.number.is_some_and(|number| {
                number != now.number.unwrap_or(number)
                    && context.before.is_some_and(|before| before.numbered(&old.path, number).len() > 1)
            });
            !moved && !repaired
        })
        .map(|(old, now)| {
            let message =
                format!("`{}` was merged, and this change renames it to `{}`", old.path, tree::name(&now.path));
            Finding::new(RULE.id, RULE.severity, now.path.to_string(), message, title_place(now))
                .label("the same decision")
                .and(Place::file(old.path.clone()), "its name until now")
                .why("Links from chats, tickets and code lead to the old name, and nobody can mend them.")
                .help("Keep the name; the title in the record may change.")
        })
        .collect()
}
