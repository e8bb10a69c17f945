//! The tables of reStructuredText: drawn as a grid, ruled, as nested lists, as values.

use super::super::lines::Line;
use super::{field, item};

/// The rows of a table.
#[derive(Debug, Default)]
pub(super) struct Rows<'s> {
    /// Each row's cells, each cell's lines.
    pub(super) rows: Vec<Vec<Vec<Line<'s>>>>,
    /// How many of them are the head.
    pub(super) heads: usize,
    /// The line behind the table.
    pub(super) end: usize,
}

/// A part of a line, between two columns of characters.
fn part<'s>(line: &Line<'s>, from: usize, to: usize) -> Line<'s> {
    let offset = |column: usize| line.text.char_indices().nth(column).map_or(line.text.len(), |(at, _)| at);
    let (start, end) = (offset(from), offset(to));
    Line { start: line.start + start, text: &line.text[start..end.max(start)] }.behind(0)
}

/// A table drawn with `+---+---+` and `|`.
pub(super) fn grid<'s>(lines: &[Line<'s>], at: usize) -> Option<Rows<'s>> {
    let border = lines[at].trimmed();
    let drawn = border.trim_start();
    if !(drawn.starts_with("+-") || drawn.starts_with("+="))
        || !drawn.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'='))
    {
        return None;
    }
    let mut columns: Vec<usize> = Vec::new();
    columns.extend(border.char_indices().filter(|(_, c)| *c == '+').map(|(at, _)| at));
    if columns.len() < 2 || columns.len() > 100 {
        return None;
    }
    let mut rows = Rows { end: at + 1, ..Rows::default() };
    let mut row: Vec<Vec<Line<'s>>> = Vec::new();
    for line in &lines[at + 1..] {
        let text = line.text.trim();
        if text.starts_with('+') {
            if !row.is_empty() {
                rows.rows.push(std::mem::take(&mut row));
            }
            if text.contains('=') && rows.heads == 0 {
                rows.heads = rows.rows.len();
            }
        } else if text.starts_with('|') {
            cells(line, &columns, &mut row);
        } else {
            break;
        }
        rows.end += 1;
    }
    if !row.is_empty() {
        rows.rows.push(row);
    }
    Some(rows)
}

/// Adds a drawn line to the cells of its row; a cell may span several columns.
fn cells<'s>(line: &Line<'s>, columns: &[usize], row: &mut Vec<Vec<Line<'s>>>) {
    let bars: Vec<usize> =
        line.text.chars().enumerate().filter(|(_, c)| *c == '|').map(|(at, _)| at).take(2000).collect();
    let edges: Vec<usize> = columns.iter().copied().filter(|column| bars.binary_search(column).is_ok()).collect();
    // Where the bars are out of place (wide characters), they count one by one.
    let edges = if edges.len() >= 2 { edges } else { bars };
    for (at, pair) in edges.windows(2).take(100).enumerate() {
        let piece = part(line, pair[0] + 1, pair[1]);
        match row.get_mut(at) {
            Some(cell) => cell.push(piece),
            None => row.push(vec![piece]),
        }
    }
}

/// A table ruled with `====  ====`.
pub(super) fn simple<'s>(lines: &[Line<'s>], at: usize) -> Option<Rows<'s>> {
    let border = lines[at].trimmed();
    if !border.trim_start().starts_with("==")
        || !border.bytes().all(|byte| matches!(byte, b'=' | b' '))
        || !border.trim().contains(' ')
    {
        return None;
    }
    let mut columns: Vec<(usize, usize)> = Vec::new();
    let mut before = b' ';
    for (place, byte) in border.bytes().enumerate() {
        match (before, byte) {
            (b' ', b'=') => columns.push((place, place + 1)),
            (_, b'=') => {
                if let Some(last) = columns.last_mut() {
                    last.1 = place + 1;
                }
            }
            _ => {}
        }
        before = byte;
    }
    if columns.len() > 100 {
        return None;
    }
    let ruled = |line: &Line<'_>| {
        let text = line.text.trim();
        text.starts_with('=') && text.bytes().all(|byte| matches!(byte, b'=' | b' '))
    };
    let rules: Vec<usize> = (at + 1..lines.len()).filter(|&next| ruled(&lines[next])).take(2).collect();
    let first = *rules.first()?;
    // With a second rule directly behind, the first one ends the head.
    let second = rules.get(1).copied().filter(|&second| lines[first + 1..second].iter().any(|line| !line.is_blank()));
    let end = second.filter(|_| first == at + 2 || !lines[at + 1..first].iter().any(Line::is_blank)).unwrap_or(first);
    let mut rows = Rows { end: end + 1, ..Rows::default() };
    for (next, line) in lines.iter().enumerate().take(end).skip(at + 1) {
        if next == first {
            rows.heads = rows.rows.len();
            continue;
        }
        if line.is_blank() || line.text.trim().bytes().all(|byte| matches!(byte, b'-' | b' ')) {
            continue;
        }
        let last = columns.len() - 1;
        let pieces = columns.iter().enumerate().map(|(at, (from, to))| {
            // The last column takes what stands behind it.
            part(line, *from, if at == last { usize::MAX } else { columns.get(at + 1).map_or(*to, |(next, _)| *next) })
        });
        let pieces: Vec<Line<'s>> = pieces.collect();
        match rows.rows.last_mut() {
            Some(row) if pieces[0].is_blank() => row.iter_mut().zip(pieces).for_each(|(cell, piece)| cell.push(piece)),
            _ => rows.rows.push(pieces.into_iter().map(|piece| vec![piece]).collect()),
        }
    }
    Some(rows)
}

/// A table as a list of lists: `* - cell`, then `  - cell`.
pub(super) fn list<'s>(lines: &[Line<'s>], end: usize) -> Rows<'s> {
    let mut rows = Rows { end, ..Rows::default() };
    let mut marker = None;
    for line in lines {
        if rows.rows.is_empty()
            && let Some((name, value)) = field(line)
        {
            if name == "header-rows" {
                rows.heads = value.trimmed().parse().unwrap_or(0);
            }
            continue;
        }
        if line.is_blank() {
            continue;
        }
        let rest = item(line);
        let indent = line.indent();
        match (rest, marker) {
            (Some(rest), known) if known.is_none_or(|column| indent <= column) => {
                marker = Some(indent);
                let cell = item(&rest).unwrap_or(rest);
                rows.rows.push(vec![vec![cell]]);
            }
            // The cells of a row stand two columns further in.
            (Some(rest), Some(column)) if indent <= column + 3 => {
                if let Some(row) = rows.rows.last_mut() {
                    row.push(vec![rest]);
                }
            }
            _ => {
                if let Some(cell) = rows.rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push(line.behind(0));
                }
            }
        }
    }
    rows
}

/// A table of values parted by commas.
pub(super) fn values<'s>(lines: &[Line<'s>], end: usize) -> Rows<'s> {
    let mut rows = Rows { end, ..Rows::default() };
    let mut heads = Vec::new();
    for line in lines.iter().filter(|line| !line.is_blank()) {
        if rows.rows.is_empty()
            && let Some((name, value)) = field(line)
        {
            match name {
                "header-rows" => rows.heads = value.trimmed().parse().unwrap_or(0),
                "header" => heads.push(parted(&value)),
                _ => {}
            }
            continue;
        }
        rows.rows.push(parted(line));
    }
    // A head that is given as an option stands above all rows.
    if let Some(head) = heads.pop() {
        rows.rows.insert(0, head);
        rows.heads = 1;
    }
    rows
}

/// The values of a line, parted by commas that stand outside of quotation marks.
fn parted<'s>(line: &Line<'s>) -> Vec<Vec<Line<'s>>> {
    let mut row = Vec::new();
    let (mut start, mut quoted) = (0, false);
    let ends = line.text.char_indices().filter_map(|(at, sign)| {
        quoted ^= sign == '"';
        (sign == ',' && !quoted).then_some(at)
    });
    for end in ends.chain(std::iter::once(line.text.len())) {
        let cell = Line { start: line.start + start, text: line.text.get(start..end).unwrap_or_default() }.behind(0);
        let quotes = usize::from(cell.text.starts_with('"'));
        row.push(vec![Line { start: cell.start + quotes, text: cell.trimmed().trim_matches('"') }]);
        start = end + 1;
    }
    row
}
