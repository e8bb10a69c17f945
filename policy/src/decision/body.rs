//! What a record says in its text about other records: that it supersedes them, or they it.

use super::Reference;
use super::reference;
use super::section::Sections;
use super::value::Value;
use super::words::{self, Field, Topic, fold, lexicon};
use crate::text::outline::{Block, BlockKind, MarkKind, Outline, Text};
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// A relation to another record.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// Supersedes, superseded by, amends, amended by.
    pub(super) field: Field,
    /// The other record.
    pub(super) reference: Reference,
}

/// The relations in a status: each record belongs to the words that stand before it.
pub(super) fn of_status(value: &Value) -> Vec<Relation> {
    let mut located = reference::located(value);
    // Most statuses name no record, not even by a number alone.
    if located.is_empty() && !value.text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let mut phrases = phrases(&value.text, true);
    // `已被 ADR 8 取代`, `ADR-8 に置き換え`: what supersedes stands before the word, or in the middle of it.
    let folded = fold(&value.text);
    let told = || super::status::understand(&value.text).map(|one| one.status) == Some(super::Status::Superseded);
    let opens = phrases.first().is_some_and(|(range, _)| range.start == 0);
    if !opens && (lexicon(&folded).is_around(&folded) || told()) {
        phrases.insert(0, (0..0, Field::SupersededBy));
    }
    let mut relations = Vec::new();
    if located.is_empty()
        && let Some((range, _)) = phrases.last()
    {
        located.extend(reference::number_at(value, range.end));
    }
    for (at, mut reference) in located {
        if let Some((range, field)) = phrases.iter().rev().find(|(range, _)| range.end <= at)
            // What a later sentence links to is not what supersedes.
            && at < sentence_end(&value.text, range.end)
        {
            let before = &value.text[..range.start];
            let clause = before.rsplit(['.', ';', '\n']).next().unwrap_or(before);
            let between = &value.text[range.end..at];
            reference.partial = is_partial(clause) || is_partial(between) || limited(value, at, &reference);
            relations.push(Relation { field: *field, reference });
        }
    }
    relations
}

/// The relations in an entry whose label names one: `Supersedes: portions of ADR-6 and ADR-7`.
pub(super) fn of_entry(field: Field, value: &Value) -> Vec<Relation> {
    let whole = match field {
        Field::SupersedesPart => Field::Supersedes,
        Field::SupersededInPart => Field::SupersededBy,
        _ => field,
    };
    let mut relations = of_whole(whole, value);
    for relation in &mut relations {
        relation.reference.partial |= whole != field;
    }
    relations
}

fn of_whole(field: Field, value: &Value) -> Vec<Relation> {
    let located = reference::located(value);
    if located.is_empty() {
        let numbers = reference::all_or_number(value).into_iter();
        return numbers.map(|reference| Relation { field, reference }).collect();
    }
    let part = located.first().is_some_and(|(at, _)| is_partial(&value.text[..*at]));
    // `Supersedes: ADR-2, whose status becomes "superseded by ADR-9"` says of the other record what replaces it.
    let turn = phrases(&value.text, false).into_iter().find(|(_, other)| *other != field).map(|(range, _)| range.start);
    let located = located.into_iter().filter(|(at, _)| turn.is_none_or(|turn| *at < turn));
    let relation = |(at, mut reference): (usize, Reference)| {
        reference.partial = part || limited(value, at, &reference);
        Relation { field, reference }
    };
    located.map(relation).collect()
}

/// What superseded a record whose status says that something did, wherever its header says by what.
pub(super) fn successors(outline: &Outline, sections: &Sections) -> Vec<Reference> {
    let header = |block: &&Block| sections.header.get(block.section) == Some(&true);
    let mut found = Vec::new();
    for block in outline.blocks.iter().filter(header).take(60) {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) || !may_relate(&block.text.plain) {
            continue;
        }
        let value = Value::whole(&block.text);
        let by = of_status(&value).into_iter().filter(|relation| relation.field == Field::SupersededBy);
        found.extend(by.map(|relation| relation.reference));
    }
    found
}

fn is_partial(text: &str) -> bool {
    let folded = fold(text);
    lexicon(&folded).is_partial(&folded)
}

/// `ADR 44 (the landing route only)`
fn limited(value: &Value, at: usize, reference: &Reference) -> bool {
    let behind = value.text.get(at + reference_length(value, at, reference)..).unwrap_or_default();
    // A link in front matter keeps its target in the text.
    let behind = behind.strip_prefix("](").and_then(|rest| rest.split_once(')')).map_or(behind, |(_, rest)| rest);
    let inside = behind.trim_start().strip_prefix('(').and_then(|rest| rest.split(')').next()).unwrap_or_default();
    !inside.contains("part of") && is_partial(inside)
}

/// The relations in the text of a document: sentences about the record itself, and entries of its lists of links.
/// `named` says of each block whether a record may be named in it.
pub(super) fn of_text(outline: &Outline, sections: &Sections, named: &[bool]) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (block, named) in outline.blocks.iter().zip(named) {
        let told = matches!(
            sections.topic(block.section),
            Some(Topic::Links | Topic::More | Topic::History | Topic::Status | Topic::Meta)
        );
        let listed = told || sections.header.get(block.section) == Some(&true);
        match &block.kind {
            BlockKind::Paragraph | BlockKind::Item => of_block(&block.text, listed, &|| *named, &mut relations),
            BlockKind::Row { cells, .. } if listed => {
                let may_name = |cell: &Text| reference::may_name(&cell.plain);
                cells.iter().for_each(|cell| of_block(cell, true, &|| may_name(cell), &mut relations));
            }
            _ => {}
        }
        if relations.len() > 100 {
            break;
        }
    }
    relations
}

fn of_block(text: &Text, listed: bool, named: &dyn Fn() -> bool, relations: &mut Vec<Relation>) {
    // Only what can be a relation at all is looked at closely.
    let linked = || text.marks().iter().any(|mark| matches!(mark.kind, MarkKind::Link(_)));
    if text.plain.len() > 20_000 || !(linked() || named()) || !may_relate(&text.plain) {
        return;
    }
    let value = Value::whole(text);
    let references = reference::located(&value);
    if references.is_empty() {
        return;
    }
    for (range, field) in phrases(&value.text, false) {
        let before = &value.text[..range.start];
        let opens = before.chars().all(|c| !c.is_alphanumeric());
        let whole = opens && listed || is_subject(before);
        // `Update (2026-03-01): the default is now superseded by ADR-9` is about a part.
        if !(whole || listed && field == Field::SupersededBy && is_update(&value.text)) {
            continue;
        }
        let end = sentence_end(&value.text, range.end);
        let mut from = range.end;
        for (at, reference) in references.iter().filter(|(at, _)| *at >= range.end && *at < end) {
            // Each stands directly behind the words or behind the one before it.
            if !joins(&value.text[from.min(*at)..*at]) {
                break;
            }
            let partial = !whole || limited(&value, *at, reference);
            relations.push(Relation { field, reference: Reference { partial, ..reference.clone() } });
            from = at + reference_length(&value, *at, reference);
        }
    }
}

/// The relation that a text opens with: `Superseded by ADR-31. …`. What follows the first record is not read.
pub(super) fn opening(value: &Value) -> Option<Relation> {
    if !may_relate(&value.text) {
        return None;
    }
    let (range, field) = phrases(&value.text, false).into_iter().next()?;
    let opens = !value.text[..range.start].contains(char::is_alphanumeric);
    let (at, mut reference) = reference::located(value).into_iter().find(|(at, _)| *at >= range.end)?;
    let beside = opens && joins(&value.text[range.end..at]);
    reference.partial = limited(value, at, &reference);
    beside.then_some(Relation { field, reference })
}

fn reference_length(value: &Value, at: usize, reference: &Reference) -> usize {
    let link = value.links.iter().find(|link| link.range.start == at).map(|link| link.range.len());
    link.unwrap_or(reference.target.len())
}

/// Whether a text has a word that may say what replaces what.
pub(crate) fn may_relate(text: &str) -> bool {
    const ROOTS: [&str; 16] = [
        "upersed",
        "uperced",
        "replace",
        "eplaced",
        "favo",
        "ersetzt",
        "emplac",
        "titu",
        "sostitu",
        "vervang",
        "zast",
        "замен",
        "замін",
        "取代",
        "置き換",
        "대체",
    ];
    static FINDERS: LazyLock<[Finder<'static>; 16]> = LazyLock::new(|| ROOTS.map(Finder::new));
    FINDERS.iter().any(|root| root.find(text.as_bytes()).is_some())
}

fn joins(between: &str) -> bool {
    let trimmed = between.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '[' | '(' | '"' | '`' | '*' | '“' | '—' | '-' | '#')
    });
    matches!(
        trimmed,
        "" | "the"
            | ","
            | "and"
            | "&"
            | ", and"
            | "the decision in"
            | "the decision"
            | "our"
            | "ADR"
            | "ADRs"
            | "und"
            | "et"
    )
}

/// Whether the words before a relation name the record itself: `This ADR`, `We`, `This decision has been`.
fn is_subject(before: &str) -> bool {
    let clause = before.rsplit(['.', ';', ':', '\n', '(', '!']).next().unwrap_or(before);
    let folded = fold(clause);
    let clause = folded.trim_matches(|c: char| !c.is_alphanumeric());
    const SUBJECTS: [&str; 15] = [
        "this adr",
        "this decision",
        "this record",
        "this oep",
        "this proposal",
        "this document",
        "this rfc",
        "this",
        "we",
        "this design decision",
        "this architecture decision",
        "dieses adr",
        "diese entscheidung",
        "cette decision",
        "esta decision",
    ];
    const VERBS: [&str; 8] = [" is", " was", " has been", " is now", " has now been", " wird", " wurde", " hereby"];
    let subject = VERBS.iter().find_map(|verb| clause.strip_suffix(verb)).unwrap_or(clause);
    let subject = subject.strip_prefix("note: ").unwrap_or(subject).trim_end_matches(',').trim_end();
    SUBJECTS.contains(&subject)
}

/// Whether a text is labelled as what changed later: `Update (2026-03-01): …`.
fn is_update(text: &str) -> bool {
    let near = super::status::cut(text, 60);
    near.split_once([':', '：']).is_some_and(|(label, _)| words::topic(label) == Some(Topic::History))
}

fn sentence_end(text: &str, from: usize) -> usize {
    text[from..].find(". ").map_or(text.len(), |at| from + at)
}

/// Where words stand that name a relation, and which; in a status, the status word "superseded" is one as well.
fn phrases(text: &str, status: bool) -> Vec<(Range<usize>, Field)> {
    // Where each word stands in the text, and in all of them folded, with a space between two.
    let mut words: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut folded = String::with_capacity(text.len());
    let mut start = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match (start, c.is_alphanumeric() || matches!(c, '\'' | '-')) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                if !words.is_empty() {
                    folded.push(' ');
                }
                let begin = folded.len();
                words::folded(&text[from..at], |word| folded.push_str(word));
                words.push((from..at, begin..folded.len()));
                start = None;
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=4.min(words.len() - at)).rev().find_map(|length| {
            let phrase = &folded[words[at].1.start..words[at + length - 1].1.end];
            // In `supersedes ADR 6` the last word belongs to what is superseded.
            if length > 1 && phrase.ends_with(" adr") {
                return None;
            }
            let field = relation(phrase).or_else(|| superseded(phrase).filter(|_| status))?;
            Some((length, field))
        });
        match longest {
            Some((length, field)) => {
                found.push((words[at].0.start..words[at + length - 1].0.end, field));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

fn relation(phrase: &str) -> Option<Field> {
    words::plain_field(phrase)
        .filter(|field| matches!(field, Field::Supersedes | Field::SupersededBy | Field::Amends | Field::AmendedBy))
}

fn superseded(phrase: &str) -> Option<Field> {
    (lexicon(phrase).status(phrase) == Some(super::Status::Superseded)).then_some(Field::SupersededBy)
}
