//! The labelled entries of a decision's header, wherever they stand: bullets, bold and plain lines, tables,
//! attributes of the markup.

use super::StatusSource;
use super::value::Value;
use super::words::{self, Field};
use crate::text::outline::{Block, BlockKind, MarkKind, Outline, Text};
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// A labelled entry.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// What its label means.
    pub(super) field: Field,
    /// What it says.
    pub(super) value: Value,
    /// What kind of place it is.
    pub(super) source: StatusSource,
}

/// Longest label, in bytes.
const LABEL: usize = 60;
/// A header has fewer entries than this; what comes behind is not read.
const ENTRIES: usize = 200;

/// The entries in the given sections, in order.
pub(super) fn entries(outline: &Outline, in_header: &[bool]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for attribute in &outline.attributes {
        if let Some(field) = words::field(&attribute.name) {
            let value = Value::whole(&attribute.text);
            entries.push(Entry { field, value, source: StatusSource::Attribute });
        }
    }
    let blocks = &outline.blocks;
    let mut columns: Option<(usize, Vec<Option<Field>>)> = None;
    let mut quoted: Vec<Entry> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if entries.len() >= ENTRIES {
            break;
        }
        if !in_header.get(block.section).copied().unwrap_or(false) {
            continue;
        }
        if block.quoted {
            of_quote(block, &mut quoted);
            continue;
        }
        match &block.kind {
            BlockKind::Row { table, head, cells } => {
                let below = blocks.get(at + 1).map(|next| &next.kind);
                if *head && let Some(found) = column_fields(cells, below) {
                    columns = Some((*table, found));
                } else if let Some((_, fields)) = columns.take_if(|(known, _)| known == table) {
                    entries.extend(column_entries(&fields, cells));
                } else {
                    entries.extend(row_entries(cells));
                }
            }
            BlockKind::Paragraph => lines(&block.text, false, &mut entries),
            // Shown as it stands, as the header of a letter.
            BlockKind::Code if block.section == 0 && at <= 1 => {
                let before = entries.len();
                lines(&block.text, false, &mut entries);
                // One may be sample code's.
                if entries.len() < before + 2 {
                    entries.truncate(before);
                }
            }
            BlockKind::Item => {
                let before = entries.len();
                lines(&block.text, true, &mut entries);
                if let Some(last) = entries.get_mut(before..).and_then(<[Entry]>::last_mut)
                    && last.value.text.trim().is_empty()
                {
                    nested(last, block, blocks.get(at + 1..).unwrap_or_default());
                }
            }
            _ => {}
        }
    }
    // Templates quote their instructions: what is quoted only counts where nothing else says it.
    let known: Vec<Field> = entries.iter().map(|entry| entry.field).collect();
    entries.extend(quoted.into_iter().filter(|entry| !known.contains(&entry.field)));
    entries
}

/// The labelled entries of one section that is no part of the header, such as the status section's date. A table whose
/// columns are labelled is a log, and none of it.
pub(super) fn of_section(outline: &Outline, section: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    let first = outline.blocks.partition_point(|block| block.section < section);
    let own = outline.blocks.iter().skip(first).take_while(|block| block.section == section).take(60);
    for block in own.filter(|block| !block.quoted) {
        match &block.kind {
            BlockKind::Row { cells, .. } if cells.len() == 2 => entries.extend(row_entries(cells)),
            BlockKind::Paragraph | BlockKind::Item => lines(&block.text, block.kind == BlockKind::Item, &mut entries),
            _ => {}
        }
    }
    entries
}

/// The entries at the very end of a document, below a line across it: `**Date:** 2026-10-08`, `**Author:** …`.
pub(super) fn footer(outline: &Outline, text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let last = outline.blocks.iter().rev().find(|block| block.kind != BlockKind::Comment);
    let Some(block) = last.filter(|block| block.kind == BlockKind::Paragraph && !block.quoted) else { return entries };
    let above = text.get(..block.span.start).unwrap_or_default().trim_end();
    let above = above.rsplit('\n').next().unwrap_or_default().trim();
    let rule = matches!(above, "---" | "***" | "___" | "* * *" | "- - -" | "'''" | "----" | "-----");
    // Each line has a label, or it is a text.
    if rule && block.text.plain.lines().all(|line| super::status::cut(line, LABEL).contains([':', '：'])) {
        lines(&block.text, false, &mut entries);
    }
    entries
}

/// The entries of a quoted block.
fn of_quote(block: &Block, entries: &mut Vec<Entry>) {
    match &block.kind {
        BlockKind::Row { cells, .. } => entries.extend(row_entries(cells)),
        BlockKind::Paragraph | BlockKind::Item if opens_with_label(&block.text) => {
            lines(&block.text, block.kind == BlockKind::Item, entries);
        }
        _ => {}
    }
}

/// Whether a quoted paragraph is a header of its own: `> **Status:** accepted · **Date:** 2026-10-08`.
fn opens_with_label(text: &Text) -> bool {
    let mut labels = Vec::new();
    let line = text.plain.find('\n').unwrap_or(text.plain.len());
    labels_of_line(text, 0..line, &mut labels);
    labels.first().is_some_and(|label| text.plain[..label.start].chars().all(|c| !c.is_alphanumeric()))
}

/// The value of `* Deciders:` are the items below it.
fn nested(entry: &mut Entry, block: &Block, behind: &[Block]) {
    let below = behind.iter().take(60).take_while(|next| next.depth > block.depth && next.section == block.section);
    for next in below {
        let value = Value::whole(&next.text);
        if entry.value.text.is_empty() {
            entry.value = value;
        } else {
            entry.value.text.push('\n');
            entry.value.text.push_str(&value.text);
            entry.value.span = entry.value.span.to(value.span);
        }
    }
}

/// `| Status | Date | Deciders |` above the values.
fn column_fields(cells: &[Text], below: Option<&BlockKind>) -> Option<Vec<Option<Field>>> {
    // `| Status | Decided |` may be a label and its value: the row below tells.
    let is_status = |cell: Option<&Text>| cell.is_some_and(|cell| super::status::understand(&cell.plain).is_some());
    if cells.len() == 2
        && is_status(cells.get(1))
        && !matches!(below, Some(BlockKind::Row { cells, .. }) if is_status(cells.first()))
    {
        return None;
    }
    let fields: Vec<Option<Field>> = cells.iter().take(20).map(|cell| words::field(&cell.plain)).collect();
    let known = fields.iter().flatten().count();
    (known >= 2 && fields.first().is_some_and(Option::is_some) && known * 2 > fields.len()).then_some(fields)
}

fn column_entries(fields: &[Option<Field>], cells: &[Text]) -> Vec<Entry> {
    let pairs = fields.iter().zip(cells).filter_map(|(field, cell)| field.map(|field| (field, cell)));
    pairs.map(|(field, cell)| Entry { field, value: Value::whole(cell), source: StatusSource::Table }).collect()
}

/// `| Status | Accepted |`, or several such pairs in one row.
fn row_entries(cells: &[Text]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut at = 0;
    while at + 1 < cells.len().min(20) {
        match words::field(&cells[at].plain) {
            Some(field) => {
                let value = Value::whole(&cells[at + 1]);
                entries.push(Entry { field, value, source: StatusSource::Table });
                at += 2;
            }
            // A row whose first cell is no label is a row of something else.
            None => break,
        }
    }
    entries
}

/// A label in a line: what it means, where it starts, where its value starts.
struct Label {
    field: Field,
    start: usize,
    value: usize,
    bold: bool,
}

/// The entries in the lines of a paragraph or of a list item.
fn lines(text: &Text, item: bool, entries: &mut Vec<Entry>) {
    // Prose is no header: what is longer than this has its labels at its start, if any.
    let end = super::status::cut(&text.plain, 4000).len();
    let plain = &text.plain[..end];
    let mut labels: Vec<Label> = Vec::new();
    let mut start = 0;
    for line in plain.split_inclusive('\n') {
        labels_of_line(text, start..start + line.trim_end_matches('\n').len(), &mut labels);
        start += line.len();
    }
    for (at, label) in labels.iter().enumerate() {
        let limit = labels.get(at + 1).map_or(end, |next| next.start);
        let range = votes(plain, label, limit).unwrap_or_else(|| value_range(plain, label.value, limit));
        let source = match (item, label.bold) {
            (true, _) => StatusSource::Bullet,
            (false, true) => StatusSource::Bold,
            (false, false) => StatusSource::Line,
        };
        entries.push(Entry { field: label.field, value: Value::slice(text, range), source });
    }
}

/// Below `Status:`, one line for each who agreed.
fn votes(plain: &str, label: &Label, limit: usize) -> Option<Range<usize>> {
    let said = plain.get(label.value..limit).filter(|said| label.field == Field::Status && said.starts_with('\n'))?;
    let lines: Vec<&str> = said.lines().skip(1).collect();
    super::status::voted(&lines).map(|_| label.value + 1..label.value + said.trim_end().len())
}

/// From the label to the end of its line; where nothing stands there, the next line.
fn value_range(plain: &str, start: usize, limit: usize) -> Range<usize> {
    let separators = |c: char| c.is_whitespace() || matches!(c, '|' | '·' | '•' | ';' | ',' | '—');
    let line = |from: usize| from + plain[from..limit].find('\n').unwrap_or(limit - from);
    let trimmed = |from: usize, to: usize| {
        let piece =
            plain[from..to].trim_end_matches(|c| separators(c) || (c == '.' && to == limit && limit < plain.len()));
        let kept = piece.trim_start();
        from + (piece.len() - kept.len())..from + piece.len()
    };
    let end = line(start);
    let range = trimmed(start, end);
    if !range.is_empty() || end >= limit {
        return range;
    }
    trimmed(end + 1, line(end + 1))
}

fn labels_of_line(text: &Text, line: Range<usize>, labels: &mut Vec<Label>) {
    let plain = &text.plain;
    let mut starts = vec![line.start + leading_symbols(&plain[line.clone()])];
    static SEPARATORS: LazyLock<[Finder<'static>; 6]> =
        LazyLock::new(|| [" | ", " · ", " • ", "; ", " — ", "  "].map(Finder::new));
    static STOP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(". "));
    let behind = |sign: &'static Finder<'static>| {
        let found = sign.find_iter(plain[line.clone()].as_bytes()).take(20);
        found.map(|at| line.start + at + sign.needle().len()).collect::<Vec<usize>>()
    };
    starts.extend(SEPARATORS.iter().flat_map(behind));
    // `Date: 2026-10-10. Status: accepted.`
    let sentences = behind(&STOP);
    starts.extend(&sentences);
    let bold = |start: usize| {
        let inside =
            text.marks().iter().take(400).find(|mark| mark.kind == MarkKind::Strong && mark.range.start == start);
        inside.map(|mark| mark.range.end)
    };
    let strong = text.marks().iter().take(400).filter(|mark| mark.kind == MarkKind::Strong);
    starts.extend(strong.map(|mark| mark.range.start).filter(|start| line.contains(start)));
    starts.sort_unstable();
    starts.dedup();
    for start in starts {
        let start = start + leading_symbols(&plain[start..line.end]);
        let last = labels.last();
        let labelled = last.is_some_and(|last| last.start >= line.start);
        if last.is_some_and(|last| start < last.value) || (sentences.contains(&start) && !labelled) {
            continue;
        }
        if let Some((field, value)) = label_at(plain, start..line.end, bold(start)) {
            labels.push(Label { field, start, value, bold: bold(start).is_some() });
        }
    }
}

/// Emoji, checkboxes and the like before a label.
fn leading_symbols(text: &str) -> usize {
    let symbol = |c: char| !c.is_alphanumeric() && !matches!(c, '[' | '(' | '"' | '<' | '{' | '\n');
    text.find(|c: char| !symbol(c)).unwrap_or(text.len())
}

/// The label that starts at the start of `line`: `Status: `, `Status：`, bold without a colon, or alone on its line.
fn label_at(plain: &str, line: Range<usize>, bold: Option<usize>) -> Option<(Field, usize)> {
    let rest = &plain[line.clone()];
    let near = super::status::cut(rest, LABEL);
    if let Some((at, colon)) = near.char_indices().find(|(_, c)| matches!(c, ':' | '：'))
        && let Some(field) = words::field(&near[..at])
    {
        let behind = at + colon.len_utf8();
        // `Status::` of AsciiDoc's labelled lists; `date:stamp` is no label.
        let value = behind + (rest[behind..].len() - rest[behind..].trim_start_matches(':').len());
        return Some((field, line.start + value));
    }
    // `Accepted: 2026-08-20`: the day on which it was.
    if let Some((status, day)) = near.split_once([':', '：'])
        && words::status_name(status) == Some(super::Status::Accepted)
        && super::date::leading(day).is_some()
    {
        return Some((Field::Date, line.end - rest.len() + near.len() - day.len()));
    }
    if let Some(end) = bold.filter(|&end| end <= line.end)
        && let Some(field) = words::field(&plain[line.start..end])
    {
        let behind = plain[end..line.end].trim_start_matches([' ', ':', '-', '\u{2013}', '\u{2014}', '=', '：']);
        return Some((field, line.end - behind.len()));
    }
    // A label alone on its line, the value on the next one, as in a definition list.
    let alone = words::field(rest)?;
    let next = plain[line.end..].trim_start_matches('\n').trim_start();
    let value = next.strip_prefix(':')?;
    Some((alone, plain.len() - value.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown;

    fn show(text: &str) -> String {
        let outline = markdown::read(&text.into());
        let zone = vec![true; outline.sections.len()];
        let entries = entries(&outline, &zone);
        entries
            .iter()
            .map(|entry| {
                format!("{:?} {:?} {:?} = {:?}", entry.source, entry.field, entry.value.text, entry.value.span.of(text))
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn every_kind_of_place() {
        let text = "# T\n\n- Status: accepted\n- **Date**: 2026-01-02\n* Deciders:\n  * one\n  * two\n\n**Status:** `Proposed` | **Date:** 2026-01-03\n\nStatus: Accepted\nDate: 2026-01-04\n\n**Status** Draft\n\n| Metadata | Value |\n|---|---|\n| Status | Implemented |\n| Weather | fine |\n\n| Status | Date |\n|---|---|\n| Rejected | 2026-01-05 |\n\n- 状态：已接受\n\nStatus:\nAccepted\n\nDecision: use it\n";
        insta::assert_snapshot!(show(text), @r#"
        Bullet Status "accepted" = "accepted"
        Bullet Date "2026-01-02" = "2026-01-02"
        Bullet Deciders "one\ntwo" = "one\n  * two"
        Bold Status "Proposed" = "`Proposed`"
        Bold Date "2026-01-03" = "2026-01-03"
        Line Status "Accepted" = "Accepted"
        Line Date "2026-01-04" = "2026-01-04"
        Bold Status "Draft" = "Draft"
        Table Status "Implemented" = "Implemented"
        Table Status "Rejected" = "Rejected"
        Table Date "2026-01-05" = "2026-01-05"
        Bullet Status "已接受" = "已接受"
        Line Status "Accepted" = "Accepted"
        "#);
    }
}
