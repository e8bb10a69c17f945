//! The cells of AsciiDoc's tables.

use super::super::lines::Line;

/// The number of columns that `cols="1,3*,2"` announces; what stands behind `cols` is given.
pub(super) fn columns(value: &str) -> usize {
    let value = value.trim_start_matches('=').trim_start_matches('"');
    let value = value.split(['"', ']']).next().unwrap_or(value);
    let counted = value.split([',', ';']).map(|part| {
        let part = part.trim();
        part.split_once('*').and_then(|(times, _)| times.parse().ok()).unwrap_or(1_usize)
    });
    counted.sum::<usize>().min(100)
}

/// A cell: its lines, and how many columns it takes.
struct Cell<'s> {
    lines: Vec<Line<'s>>,
    width: usize,
}

/// The rows of a table, each with the lines of its cells.
pub(super) fn rows<'s>(separator: char, lines: &[Line<'s>], columns: usize) -> Vec<Vec<Vec<Line<'s>>>> {
    if matches!(separator, ',' | ':') {
        return lines.iter().filter(|line| !line.is_blank()).map(|line| values(separator, line)).collect();
    }
    let mut cells: Vec<Cell<'s>> = Vec::new();
    let mut in_first_line = 0;
    // Lines of comment are no part of a table, as Asciidoctor has it.
    let comment = |line: &Line<'_>| line.text.starts_with("//") && !line.text.starts_with("///");
    for line in lines.iter().filter(|line| !comment(line)) {
        let before = cells.len();
        split(separator, line, &mut cells);
        if in_first_line == 0 && cells.len() > before {
            in_first_line = cells[before..].iter().map(|cell| cell.width).sum();
        }
    }
    let columns = if columns > 0 { columns } else { in_first_line.max(1) };
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut width = 0;
    for cell in cells {
        width += cell.width;
        row.push(cell.lines);
        if width >= columns {
            rows.push(std::mem::take(&mut row));
            width = 0;
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// A line of comma- or colon-separated values.
fn values<'s>(separator: char, line: &Line<'s>) -> Vec<Vec<Line<'s>>> {
    let mut start = line.start;
    let mut cells = Vec::new();
    for part in line.text.split(separator) {
        cells.push(vec![Line { start, text: part }.behind(0)]);
        start += part.len() + separator.len_utf8();
    }
    cells
}

/// Adds the cells of a line; what stands before the first separator belongs to the cell before.
fn split<'s>(separator: char, line: &Line<'s>, cells: &mut Vec<Cell<'s>>) {
    let text = line.text;
    let mut from = 0;
    let mut width = 1;
    let mut opened = false;
    let mut before = None;
    let places = text.char_indices().filter_map(|(at, c)| {
        let escaped = before == Some('\\');
        before = Some(c);
        (c == separator && !escaped).then_some(at)
    });
    for at in places.chain(std::iter::once(text.len())) {
        let last = at == text.len();
        let (content, next) = if last { (&text[from..], 1) } else { specification(&text[from..at]) };
        let part = Line { start: line.start + from, text: content };
        if opened {
            cells.push(Cell { lines: vec![part], width });
        } else if !content.trim().is_empty()
            && let Some(cell) = cells.last_mut()
        {
            cell.lines.push(part);
        }
        opened = true;
        width = next;
        from = at + separator.len_utf8();
    }
}

/// Splits `text 2+^.>a` before a separator into the cell's text and the number of columns of the next cell.
fn specification(text: &str) -> (&str, usize) {
    let start =
        text.rfind(char::is_whitespace).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = &text[start..];
    let specifies = !word.is_empty()
        && word.len() <= 10
        && word.bytes().all(|byte| byte.is_ascii_digit() || b".+*<^>aehlmsdv".contains(&byte))
        // A number or a word that ends a cell is text; a specification has an operator or is one letter.
        && (word.contains(['+', '*', '<', '^', '>']) || (word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase())));
    if !specifies {
        return (text, 1);
    }
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let width = if word[digits..].starts_with('+') { word[..digits].parse().unwrap_or(1) } else { 1 };
    (&text[..start], width.clamp(1, 100))
}
