//! Lines of a file, and running text joined from several of them, for readers that go line by line.

use super::Span;
use super::outline::Text;
use std::ops::Range;

/// One line: where it stands, its line break left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'s> {
    /// Offset of its first byte.
    pub(super) start: usize,
    /// Its text.
    pub(super) text: &'s str,
}

impl<'s> Line<'s> {
    /// The text without white space at its end.
    pub(super) fn trimmed(&self) -> &'s str {
        self.text.trim_end()
    }

    /// The line's span.
    pub(super) fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }

    /// Columns of white space at its start; a tab goes to the next multiple of eight.
    pub(super) fn indent(&self) -> usize {
        let mut columns = 0;
        for byte in self.text.bytes() {
            match byte {
                b' ' => columns += 1,
                b'\t' => columns += 8 - columns % 8,
                _ => break,
            }
        }
        columns
    }

    /// Whether nothing but white space is there.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The line without its first `bytes` bytes and the white space behind them.
    pub(super) fn behind(&self, bytes: usize) -> Line<'s> {
        let rest = self.text.get(bytes..).unwrap_or_default();
        let kept = rest.trim_start();
        Line { start: self.start + self.text.len() - kept.len(), text: kept }
    }
}

/// The lines of a file, a byte order mark and carriage returns left out.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let skip = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut start = skip;
    let mut lines = Vec::new();
    for line in text[skip..].split('\n') {
        lines.push(Line { start, text: line.strip_suffix('\r').unwrap_or(line) });
        start += line.len() + 1;
    }
    lines
}

/// Several lines as one text, with the way back to the file.
#[derive(Debug)]
pub(super) struct Joined<'s> {
    file: &'s str,
    /// The lines, trimmed and joined by `\n`.
    pub(super) plain: String,
    /// Where each line starts here and in the file.
    starts: Vec<(usize, usize)>,
}

impl<'s> Joined<'s> {
    /// Joins lines; white space around each is left out.
    pub(super) fn new<'l>(file: &'s str, lines: impl IntoIterator<Item = Line<'l>>) -> Self {
        let mut joined = Self { file, plain: String::new(), starts: Vec::new() };
        for line in lines {
            let line = line.behind(0);
            if !joined.starts.is_empty() {
                joined.plain.push('\n');
            }
            joined.starts.push((joined.plain.len(), line.start));
            joined.plain.push_str(line.trimmed());
        }
        joined
    }

    /// Where an offset in the joined text stands in the file.
    fn source(&self, at: usize) -> usize {
        let line = self.starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.starts.get(line).map_or(0, |(start, source)| source + (at - start))
    }

    /// Where a part of the joined text stands in the file.
    pub(super) fn span(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        if range.is_empty() {
            return start..start;
        }
        // The end belongs to the last character, not to the line behind it.
        let last = self.plain[..range.end].chars().next_back().map_or(1, char::len_utf8);
        start..(self.source(range.end - last) + last).max(start).min(self.file.len())
    }

    /// Adds a part of the joined text to a running text.
    pub(super) fn push(&self, text: &mut Text, range: Range<usize>) {
        let mut at = range.start;
        for piece in self.plain[range].split_inclusive('\n') {
            let words = piece.strip_suffix('\n').unwrap_or(piece);
            if !words.is_empty() {
                text.push(words, self.span(&(at..at + words.len())), self.file);
            }
            if words.len() < piece.len() {
                let end = self.source(at + words.len());
                let next = self.source(at + piece.len()).max(end);
                text.push("\n", end..next.min(self.file.len()), self.file);
            }
            at += piece.len();
        }
    }

    /// Adds words that stand for a part of the joined text.
    pub(super) fn push_as(&self, text: &mut Text, words: &str, range: &Range<usize>) {
        text.push(words, self.span(range), self.file);
    }
}

/// Looks for the ends of marked text, each kind of end at most once in vain: a wall of openings costs nothing.
#[derive(Debug, Default)]
pub(super) struct Ends {
    missing: Vec<(&'static str, usize)>,
}

impl Ends {
    /// Where `end` stands at or behind `from`, if `accept` takes the place.
    pub(super) fn find(
        &mut self,
        text: &str,
        from: usize,
        end: &'static str,
        accept: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        if self.missing.iter().any(|(known, at)| *known == end && *at <= from) {
            return None;
        }
        let found = text[from..].match_indices(end).map(|(at, _)| from + at).find(|&at| accept(at));
        if found.is_none() {
            self.missing.retain(|(known, _)| *known != end);
            self.missing.push((end, from));
        }
        found
    }
}
