//! What a change does to records that were merged before.

use super::{Context, Records};
use crate::decision::{Decision, Status};
use std::collections::HashMap;

/// A record of the base that the change takes away, with the one that it has become where it was renamed.
pub struct Gone<'a> {
    /// The record as it was.
    pub old: &'a Decision,
    /// The file that it is now.
    pub now: Option<&'a Decision>,
}

/// The records that were decided and whose files this change takes away.
pub fn gone<'a>(context: &Context<'a>) -> Vec<Gone<'a>> {
    let Some(before) = context.before else { return Vec::new() };
    let missing = before
        .iter()
        .filter(|old| is_decided(old) && context.is_touched(&old.path) && !context.tree.paths.contains(&old.path));
    let mut missing = missing.peekable();
    if missing.peek().is_none() {
        return Vec::new();
    }
    let titled = by_title(context, before);
    missing
        .map(|old| {
            let now = old.title.as_deref().and_then(|title| titled.get(&title.to_lowercase())).copied();
            Gone { old, now }
        })
        .collect()
}

/// Whether a record was decided once, so that others may rely on what it says.
pub fn is_decided(record: &Decision) -> bool {
    matches!(record.status, Some(Status::Accepted | Status::Superseded | Status::Deprecated))
}

/// The records that the change adds, by their titles.
fn by_title<'a>(context: &Context<'a>, before: &Records<'_>) -> HashMap<String, &'a Decision> {
    let added = context.records.iter().filter(|record| before.at(&record.path).is_none());
    added.filter_map(|record| Some((record.title.as_deref()?.to_lowercase(), record))).collect()
}
