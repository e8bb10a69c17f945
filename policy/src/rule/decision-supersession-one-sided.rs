#![doc = include_str!("decision-supersession-one-sided.md")]

use super::records::{Named, file, in_link, status_place};
use super::succession::{Claim, claims};
use super::{Check, Context, Rule};
use crate::decision::{Decision, Format, Reference, Status, StatusSource, relates};
use crate::report::Finding;
use crate::text::Span;
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    id: "decision-supersession-one-sided",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Decisions(check),
    page: include_str!("decision-supersession-one-sided.md"),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    // Old records that merely say too little contradict nothing.
    if !context.is_thorough(RULE.id) {
        return Vec::new();
    }
    let claims = claims(context);
    let said: HashSet<(&str, &str, bool)> =
        claims.iter().map(|claim| (&*claim.by.path, &*claim.about.path, claim.replaces)).collect();
    let silent = claims.iter().filter(|claim| {
        let answered = said.contains(&(&*claim.about.path, &*claim.by.path, !claim.replaces));
        // A proposal has replaced nothing yet; and an old record that still says "accepted" has a finding of its own.
        let open = matches!(claim.newer().status, Some(Status::Draft | Status::Proposed));
        let unaware = claim.replaces && claim.older().status == Some(Status::Accepted);
        !answered && !open && !unaware && !refuses(claim.newer()) && !tells(context, claim)
    });
    silent.map(|claim| finding(context, claim)).collect()
}

/// Whether the other record says it in a sentence of its text, with a link: `This replaces what [7](0007-queue.md) says`.
fn tells(context: &Context<'_>, claim: &Claim<'_>) -> bool {
    let Some(text) = context.tree.text(&claim.about.path) else { return false };
    let name = file(claim.by);
    let near = claim.about.links.iter().take(2000).filter(|link| {
        let same_number = link.number.is_some() && link.number == claim.by.number;
        same_number || link.target.contains(name)
    });
    near.take(50).any(|link| {
        let (target, number) = (link.target.clone(), link.number);
        let reference = Reference { number, target, span: link.span, partial: false };
        relates(beside(text, link.span))
            && matches!(context.records.named(claim.about, &reference), Named::One(found) if found.path == claim.by.path)
    })
}

/// The line around a span, at most 300 bytes to each side.
fn beside(text: &str, span: Span) -> &str {
    let start = (span.start.saturating_sub(300)..=span.start).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (span.end..=span.end.saturating_add(300).min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let around = text.get(start..end.unwrap_or(text.len())).unwrap_or_default();
    let at = span.start.saturating_sub(start).min(around.len());
    let before = around.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |line| line + 1);
    around.get(before..).and_then(|rest| rest.lines().next()).unwrap_or_default()
}

fn refuses(new: &Decision) -> bool {
    matches!(new.status, Some(Status::Rejected | Status::Withdrawn))
}

fn finding(context: &Context<'_>, claim: &Claim<'_>) -> Finding {
    let (by, about) = (claim.by, claim.about);
    let (says, back) = match claim.replaces {
        true => ("replaces", "Superseded by"),
        false => ("is replaced by", "Supersedes"),
    };
    let message = format!("`{}` {says} `{}`, which does not say so", file(by), file(about));
    let finding = Finding::new(RULE.id, RULE.severity, by.path.to_string(), message, claim.place())
        .label("said here")
        .and(status_place(about), "and nothing about it here")
        .why("Readers come to either of the two records, and each has to lead to the other.");
    let text = match about.format {
        Format::Markdown => format!("{back} [{}]({})", title(by), in_link(&path_between(&about.path, &by.path))),
        Format::Asciidoc => format!("{back} xref:{}[{}]", path_between(&about.path, &by.path), title(by)),
        Format::Rst | Format::Yaml => return finding.help(format!("Say there: {back} `{}`.", file(by))),
    };
    let below = context.tree.text(&about.path).and_then(|text| end_of_status(about, text));
    finding.write_below(about.path.clone(), below, "under its status", text)
}

/// Where the paragraph ends that a record's section on its status opens with, if it is nothing but a paragraph.
fn end_of_status(record: &Decision, text: &str) -> Option<usize> {
    let [only] = record.statuses.as_slice() else { return None };
    let opens_line = text.get(..only.span.start)?.ends_with('\n');
    if only.source != StatusSource::Section || !opens_line {
        return None;
    }
    let rest = text.get(only.span.start..)?;
    let lines = rest.split_inclusive('\n').take_while(|line| !line.trim().is_empty());
    let length: usize = lines.map(str::len).sum();
    Some(only.span.start + rest.get(..length)?.trim_end().len())
}

fn title(of: &Decision) -> String {
    let title =
        of.title.as_deref().map_or_else(|| file(of).to_owned(), |title| crate::report::words::printable(title, 120));
    let title = title.replace(['[', ']'], "");
    of.number.map_or(title.clone(), |number| format!("{number}. {title}"))
}

/// The way from one file to another.
fn path_between(from: &str, to: &str) -> String {
    let from: Vec<&str> = crate::tree::folder(from).split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(one, other)| one == other).count();
    let up = from[shared..].iter().map(|_| "..");
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::path_between;

    #[test]
    fn the_way_between_files() {
        for (from, to, way) in [
            ("docs/adr/1.md", "docs/adr/2.md", "2.md"),
            ("docs/adr/old/1.md", "docs/adr/2.md", "../2.md"),
            ("1.md", "docs/2.md", "docs/2.md"),
            ("a/1.md", "b/2.md", "../b/2.md"),
        ] {
            assert_eq!(path_between(from, to), way);
        }
    }
}
