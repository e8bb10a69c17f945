//! Who decided, who wrote it, and for which services.

use super::super::status;
use super::super::value::Value;
use super::super::words::{self, Field, Topic};
use super::super::{Decision, Format, Status};
use super::Reader;
use crate::text::outline::{BlockKind, Outline};

impl Reader<'_> {
    pub(super) fn people(&self, decision: &mut Decision) {
        let own = self.entries.iter().map(|entry| (entry.field, entry.value.clone()));
        // The keys of a YAML record have been read already.
        let sectioned = decision.format != Format::Yaml;
        let in_sections = if sectioned { self.in_sections(self.outline) } else { Vec::new() };
        for (field, value) in own.chain(in_sections) {
            let list = match field {
                Field::Deciders => &mut decision.deciders,
                Field::Author => &mut decision.authors,
                Field::Services => &mut decision.services,
                _ => continue,
            };
            if value.is_nothing() || value.text.len() > 2000 {
                continue;
            }
            for name in value.text.split([',', ';', '\n', '、', '，']) {
                let name = name
                    .trim()
                    .trim_matches(|c: char| matches!(c, '[' | ']' | '{' | '}' | '*' | '`' | '"') || c.is_whitespace());
                if !name.is_empty() && !list.iter().any(|(known, _)| known == name) {
                    list.push((name.to_owned(), value.span));
                }
            }
        }
        if decision.deciders.is_empty() && matches!(decision.status, Some(Status::Accepted | Status::Rejected)) {
            let stated = decision.statuses.iter().filter(|reading| reading.status == decision.status);
            let named = stated.filter_map(|reading| Some((accepted_by(&reading.raw)?, reading.span))).next();
            decision.deciders.extend(named);
        }
        // `Ada - agreed`, one line for each.
        if decision.deciders.is_empty() {
            let votes = self.get(Field::Status).find(|entry| status::voted(&entry.value.lines()).is_some());
            for line in votes.iter().flat_map(|entry| entry.value.text.lines().take(60)) {
                let name = line.split([':', '\u{2013}', '\u{2014}']).next().unwrap_or(line);
                let name = name.split(" - ").next().unwrap_or(name).trim();
                decision.deciders.extend(votes.map(|entry| (name.to_owned(), entry.value.span)));
            }
        }
    }

    /// `## Deciders` with a list of names below it, or `## Deciders: Ada, Grace`.
    fn in_sections(&self, outline: &Outline) -> Vec<(Field, Value)> {
        let mut found = Vec::new();
        for (at, section) in outline.sections.iter().enumerate().skip(1) {
            // What a section is known for is looked up already.
            if self.sections.topic(at).is_some_and(|topic| topic != Topic::Deciders) {
                continue;
            }
            if Some(at) == self.sections.title || !self.sections.is_top(outline, at) {
                continue;
            }
            let (label, behind) = section.title.split_once([':', '：']).unwrap_or((&section.title, ""));
            let field = words::field(words::bare_heading(label));
            let Some(field) = field.filter(|field| matches!(field, Field::Deciders | Field::Author)) else { continue };
            if !behind.trim().is_empty() {
                found.push((field, Value { text: behind.trim().to_owned(), span: section.span, links: Vec::new() }));
            }
            let first = outline.blocks.partition_point(|block| block.section < at);
            let own = outline.blocks.iter().skip(first).take_while(|block| block.section == at).take(60);
            let named = own.filter(|block| {
                // Names are short; a paragraph about how it was decided is not.
                matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
                    && !block.quoted
                    && block.text.plain.lines().all(|line| line.len() <= 160 && !line.contains(". "))
            });
            found.extend(named.map(|block| (field, Value::whole(&block.text))));
        }
        found
    }
}

/// `Accepted on 3 May 2025 by the platform guild`: whom a status names. A name begins with a capital letter or has an
/// article before it; `by unanimous vote` names nobody.
fn accepted_by(status: &str) -> Option<String> {
    const BY: [&str; 13] =
        ["by", "von", "vom", "durch", "par", "por", "pelo", "pela", "da", "dal", "dalla", "door", "przez"];
    const ARTICLES: [&str; 14] =
        ["the", "our", "der", "dem", "den", "die", "das", "le", "la", "les", "el", "los", "il", "de"];
    // What stands in brackets or behind a sentence may be about anything.
    let first = status.split(['(', ';', '\u{2014}', '\n']).next().unwrap_or(status);
    let first = first.split(". ").next().unwrap_or(first).trim_end_matches('.');
    let words: Vec<&str> = first.split_whitespace().take(40).collect();
    let at = words.iter().position(|word| BY.contains(word))?;
    // `accepted, superseded by ADR 8` and `accepted, da implementare`: the words belong to something else.
    let before = &words[..at];
    if before.is_empty() || before.len() > 6 || before[1..].iter().any(|word| word.ends_with("ed")) {
        return None;
    }
    let behind = &words[at + 1..];
    let end = behind.iter().position(|word| word.ends_with(',')).map_or(behind.len(), |comma| comma + 1);
    let name = behind[..end].join(" ");
    let name = name.trim_end_matches(',').trim_matches(['*', '_', '`', '"']);
    let opening = behind.first()?;
    let article = ARTICLES.contains(opening) || matches!(words[at], "vom" | "dal" | "dalla" | "pelo" | "pela");
    let told = article && (end > 1 || !ARTICLES.contains(opening));
    let capital = opening.trim_start_matches(['*', '_', '@']).chars().next().is_some_and(char::is_uppercase);
    let short =
        end <= 6 && !name.contains(|c: char| c.is_ascii_digit()) && !before.iter().any(|word| word.ends_with(','));
    ((told || capital || opening.starts_with('@')) && short).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::accepted_by;

    #[test]
    fn a_status_may_name_who_decided() {
        for (status, expected) in [
            ("Accepted by the platform guild", Some("the platform guild")),
            ("Accepted on 3 May 2025 by Platform Guild.", Some("Platform Guild")),
            ("akzeptiert vom Vorstand", Some("Vorstand")),
            ("accettata il 3 maggio 2025 da Piattaforma. Segue altro.", Some("Piattaforma")),
            ("accettata dal gruppo", Some("gruppo")),
            ("accettata, da implementare", None),
            ("Accepted by unanimous vote", None),
            ("Accepted, superseded by ADR-8", None),
            ("Accepted but replaced by Kafka", None),
            ("Accepted", None),
            ("by", None),
            ("", None),
        ] {
            assert_eq!(accepted_by(status).as_deref(), expected, "{status}");
        }
    }
}
