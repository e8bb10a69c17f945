//! A file's text, and the way from bytes to lines and columns.

use super::Span;
use std::sync::Arc;

/// The text of one file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path from the root of the repository, `/` between folders.
    pub path: Arc<str>,
    /// The whole text, a byte order mark included, so that offsets are those of the file.
    pub text: Arc<str>,
}

impl Source {
    /// A source from a path and its text.
    #[must_use]
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

/// Why bytes are not text that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Encoding {
    /// A byte order mark of UTF-16: common for files saved by older Windows tools.
    #[error("the file is UTF-16; save it as UTF-8")]
    Utf16,
    /// A byte that is not UTF-8.
    #[error("not UTF-8: byte 0x{byte:02x} on line {line}; save the file as UTF-8")]
    NotUtf8 {
        /// The first byte that does not fit.
        byte: u8,
        /// Its line, counted from 1.
        line: usize,
        /// Its offset in bytes.
        offset: usize,
    },
    /// A NUL byte: a binary file under a text file's name.
    #[error("not a text file: a NUL byte on line {line}")]
    Binary {
        /// Its line, counted from 1.
        line: usize,
    },
}

/// Bytes as text, or why not.
///
/// # Errors
/// When the bytes are UTF-16, hold a NUL byte, or are not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, Encoding> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Encoding::Utf16);
    }
    let line_of = |offset: usize| memchr::memchr_iter(b'\n', &bytes[..offset]).count() + 1;
    if let Some(offset) = memchr::memchr(0, bytes) {
        return Err(Encoding::Binary { line: line_of(offset) });
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        Encoding::NotUtf8 { byte: bytes.get(offset).copied().unwrap_or_default(), line: line_of(offset), offset }
    })
}

/// A line and a column, both counted from 1; the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Finds lines and columns. Built once a file, only when something is to be shown.
#[derive(Clone, Debug)]
pub struct LineIndex<'s> {
    text: &'s str,
    starts: Vec<usize>,
}

impl<'s> LineIndex<'s> {
    /// Indexes the lines of `text`.
    #[must_use]
    pub fn new(text: &'s str) -> Self {
        let first = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        // Most lines are longer.
        let mut starts = Vec::with_capacity(1 + text.len() / 32);
        starts.push(first);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Self { text, starts }
    }

    /// Line and column of a byte; a byte inside a character counts as its start.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_boundary(self.text, offset);
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts[line - 1].min(offset);
        Position { line, column: self.text[start..offset].chars().count() + 1 }
    }

    /// The column in UTF-16 units, from 1: what SARIF and editors count.
    #[must_use]
    pub fn utf16_column(&self, offset: usize) -> usize {
        let offset = floor_boundary(self.text, offset);
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts[line - 1].min(offset);
        self.text[start..offset].encode_utf16().count() + 1
    }

    /// Positions of both ends. A span that ends right behind a line break ends on the line before it.
    #[must_use]
    pub fn range(&self, span: Span) -> (Position, Position) {
        let trimmed = span.of(self.text).trim_end_matches(['\n', '\r']).len();
        let end = if trimmed == 0 { span.end } else { span.start + trimmed };
        (self.position(span.start), self.position(end))
    }

    /// The text of a line (from 1), without its line break.
    #[must_use]
    pub fn line(&self, line: usize) -> &'s str {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// The offset of a line's first byte; lines count from 1.
    #[must_use]
    pub fn start_of(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// How many lines the text has.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.starts.len()
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let index = LineIndex::new("a\nä🦀b\r\nc");
        assert_eq!(index.position(2 + 2 + 4), Position { line: 2, column: 3 });
        assert_eq!(index.utf16_column(2 + 2 + 4), 4);
        assert_eq!(index.line(2), "ä🦀b");
    }

    #[test]
    fn byte_order_mark_has_no_column() {
        let index = LineIndex::new("\u{FEFF}name: x");
        assert_eq!(index.position(3), Position { line: 1, column: 1 });
    }

    #[test]
    fn what_is_not_utf8_is_named_with_its_line() {
        assert_eq!(decode(b"a\nb\xff"), Err(Encoding::NotUtf8 { byte: 0xff, line: 2, offset: 3 }));
        assert_eq!(decode(b"\xff\xfea\0"), Err(Encoding::Utf16));
        assert_eq!(decode(b"a\n\0"), Err(Encoding::Binary { line: 2 }));
    }
}
