//! Which record replaces which, as the records themselves say it.

use super::Context;
use super::records::Named;
use crate::decision::{Decision, Reference};
use crate::text::Place;
use crate::tree::Tree;
use std::collections::HashSet;

/// One record's word that it replaces another, or is replaced by it.
pub struct Claim<'a> {
    /// Who says so.
    pub by: &'a Decision,
    /// The other record.
    pub about: &'a Decision,
    /// Whether `by` says that it replaces `about`; else it says that `about` replaces it.
    pub replaces: bool,
    /// Where it stands.
    pub reference: &'a Reference,
}

impl<'a> Claim<'a> {
    /// The record that is replaced.
    pub fn older(&self) -> &'a Decision {
        if self.replaces { self.about } else { self.by }
    }

    /// The record that replaces it.
    pub fn newer(&self) -> &'a Decision {
        if self.replaces { self.by } else { self.about }
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        self.by.place(self.reference.span)
    }
}

/// Every claim whose other record is known and is another record, in the order of the files.
pub fn claims<'a>(context: &Context<'a>) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    for (by, reference, replaces) in references(context) {
        if let Named::One(about) = context.records.named(by, reference)
            && about.path != by.path
            && !is_partial(context.tree, by, reference)
        {
            claims.push(Claim { by, about, replaces, reference });
        }
    }
    claims
}

/// The first claim of each two records.
pub fn pairs<'a>(context: &Context<'a>) -> impl Iterator<Item = Claim<'a>> {
    let mut seen = HashSet::new();
    claims(context).into_iter().filter(move |claim| seen.insert((&claim.older().path, &claim.newer().path)))
}

/// Every reference to what a record replaces or is replaced by; `true` where it replaces.
pub fn references<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Decision, &'a Reference, bool)> {
    context.records.iter().flat_map(|by| {
        let replaces = by.supersedes.iter().map(move |reference| (by, reference, true));
        replaces.chain(by.superseded_by.iter().map(move |reference| (by, reference, false)))
    })
}

/// Whether only a part is replaced: both records then stay as they are.
pub fn is_partial(tree: &Tree, by: &Decision, reference: &Reference) -> bool {
    if reference.partial {
        return true;
    }
    let Some(text) = tree.text(&by.path) else { return false };
    let before = text.get(..reference.span.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = crate::report::words::printable(&text[start..end], 600).to_lowercase();
    const PARTS: [&str; 12] = [
        "part",
        "section",
        "some of",
        "aspect",
        "portion",
        "teil",
        "abschnitt",
        "partie",
        "parte",
        "where it",
        "only",
        "specific",
    ];
    PARTS.iter().any(|part| line.contains(part))
}
