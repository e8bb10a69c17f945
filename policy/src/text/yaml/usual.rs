//! The usual YAML, read line by line: mappings and lists of plain or quoted words, as nearly all manifests and front
//! matter are.
//!
//! It finds what the parser finds at a tenth of its cost, or nothing: whatever is not as usual as that is left to it.

use super::compose::{Composer, Open};
use super::{Comment, NodeId, Problem, Style};
use crate::text::Span;

/// Nesting beyond this is not usual, and far from any limit.
const DEPTH: usize = 16;
/// Nor is a longer key.
const LONGEST_KEY: usize = 200;
/// Nor are more comments.
const COMMENTS: usize = 200;

/// Reads the composer's text as one document; none where it is not usual, and the composer is of no more use then.
pub(super) fn read(composer: &mut Composer<'_, '_>) -> Option<()> {
    let text = composer.text;
    if !text.bytes().fold(true, |all, byte| all & matches!(byte, b'\n' | b' '..=b'~')) {
        return None;
    }
    let mut lines = Lines { composer, columns: Vec::new() };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let kept = line.trim_end_matches(['\n', ' ']);
        let column = kept.bytes().take_while(|byte| *byte == b' ').count();
        match line[column..].strip_prefix('#') {
            Some(comment) => lines.comment(comment.trim_end_matches('\n'), start + column)?,
            None if kept.contains('#') => return None,
            None if kept.is_empty() => {}
            None => lines.line(&kept[column..], start, column)?,
        }
        start += line.len();
    }
    lines.leave(None)?;
    let root = lines.composer.root.take()?;
    lines.composer.stream.documents.push(root);
    Some(())
}

/// Opens a mapping or a list.
type Begin<'s, 'l> = fn(&mut Composer<'s, 'l>, Span) -> Result<NodeId, Problem>;

struct Lines<'c, 's, 'l> {
    composer: &'c mut Composer<'s, 'l>,
    /// Where each mapping and list that is open starts in its line.
    columns: Vec<usize>,
}

impl<'s, 'l> Lines<'_, 's, 'l> {
    /// Reads what stands in the line that starts at `start`, from `column` on.
    fn line(&mut self, mut rest: &'s str, start: usize, mut column: usize) -> Option<()> {
        let mut in_item = false;
        while let Some(behind) = rest.strip_prefix("- ") {
            let inner = behind.trim_start_matches(' ');
            let width = rest.len() - inner.len();
            self.item(start + column, column, width, in_item)?;
            (rest, column, in_item) = (inner, column + width, true);
        }
        let at = start + column;
        match key_and_value(rest) {
            Some((key, value)) => {
                self.key(key, at, column, in_item)?;
                // Else the value stands below.
                if value.is_empty() { Some(()) } else { self.value(value, at + rest.len() - value.len()) }
            }
            None if in_item => self.value(rest, at),
            None => None,
        }
    }

    /// The `-` of a list's item, with the blanks behind it; `in_item`: of a list that is itself the item of one.
    fn item(&mut self, mut at: usize, column: usize, width: usize, in_item: bool) -> Option<()> {
        if !in_item {
            self.leave(Some(column))?;
            // A list may stand as far to the left as its key.
            let goes_on =
                self.columns.last() == Some(&column) && matches!(self.composer.open.last(), Some(Open::Sequence(..)));
            if goes_on {
                return Some(());
            }
            if !self.is_waiting() && !self.is_new(column) {
                return None;
            }
            // As far to the left as its key, it starts with its first item for the parser.
            if self.columns.last() == Some(&column) {
                at += width;
            }
        }
        self.open(Composer::sequence, at, column)
    }

    /// A key, and the mapping that it opens where none is open.
    fn key(&mut self, key: &'s str, at: usize, column: usize, in_item: bool) -> Option<()> {
        if !in_item {
            self.leave(Some(column))?;
            if matches!(self.composer.open.last(), Some(Open::Sequence(..))) {
                self.close()?;
            }
        }
        let is_beside = !in_item && self.columns.last() == Some(&column);
        if is_beside && !matches!(self.composer.open.last(), Some(Open::Mapping { key: None, .. })) {
            return None;
        }
        if !is_beside {
            if !in_item && !self.is_waiting() && !self.is_new(column) {
                return None;
            }
            self.open(Composer::mapping, at, column)?;
        }
        self.scalar(key, Style::Plain, at, key.len())
    }

    /// Whether nothing stands before a line that starts at the left.
    fn is_new(&self, column: usize) -> bool {
        self.columns.is_empty() && self.composer.root.is_none() && column == 0
    }

    /// Whether the last key waits for its value.
    fn is_waiting(&self) -> bool {
        matches!(self.composer.open.last(), Some(Open::Mapping { key: Some(_), .. }))
    }

    fn open(&mut self, begin: Begin<'s, 'l>, at: usize, column: usize) -> Option<()> {
        if self.columns.len() >= DEPTH.min(self.composer.limits.depth / 2) {
            return None;
        }
        self.columns.push(column);
        begin(self.composer, self.span(at, at)).ok().map(drop)
    }

    /// Closes what starts further to the right than a line does; all of it at the end.
    fn leave(&mut self, column: Option<usize>) -> Option<()> {
        while self.columns.last().is_some_and(|open| column.is_none_or(|column| *open > column)) {
            self.close()?;
        }
        Some(())
    }

    fn close(&mut self) -> Option<()> {
        // A key without a value has one that stands nowhere.
        if self.is_waiting() {
            return None;
        }
        self.columns.pop();
        self.composer.close(Span::default());
        Some(())
    }

    fn value(&mut self, value: &'s str, at: usize) -> Option<()> {
        match value.as_bytes() {
            [quote @ (b'"' | b'\''), inside @ .., end] => {
                let plain = end == quote && !inside.contains(quote) && !inside.contains(&b'\\');
                let text = plain.then(|| &value[1..value.len() - 1])?;
                self.scalar(text, Style::Quoted, at, value.len())
            }
            [open @ (b'[' | b'{'), .., end @ (b']' | b'}')] => {
                let inside = &value[1..value.len() - 1];
                let usual = inside.bytes().all(|byte| is_word(byte) || matches!(byte, b',' | b' ' | b':'));
                match (open, end) {
                    (b'[', b']') if usual => self.list(inside, at),
                    (b'{', b'}') if usual => self.pairs(inside, at),
                    _ => None,
                }
            }
            [first, ..] if is_word(*first) && *first != b'-' || b"$(~+<=".contains(first) => {
                let ends = value.contains(": ") || value.ends_with(':');
                if ends { None } else { self.scalar(value, Style::Plain, at, value.len()) }
            }
            _ => None,
        }
    }

    /// `[backend, rust]`; what stands `inside` of the brackets, of which the first stands at `at`.
    fn list(&mut self, inside: &'s str, at: usize) -> Option<()> {
        self.composer.sequence(self.span(at, at + 1)).ok()?;
        for (word, at) in parts(inside, at + 1) {
            self.word(word, at)?;
        }
        self.end_brackets(at + 1 + inside.len())
    }

    /// `{memory: 64Mi, cpu: 500m}`
    fn pairs(&mut self, inside: &'s str, at: usize) -> Option<()> {
        self.composer.mapping(self.span(at, at + 1)).ok()?;
        for (pair, at) in parts(inside, at + 1) {
            let (key, value) = key_and_value(pair)?;
            self.word(key, at)?;
            self.word(value, at + pair.len() - value.len())?;
        }
        self.end_brackets(at + 1 + inside.len())
    }

    /// A word inside of brackets.
    fn word(&mut self, word: &'s str, at: usize) -> Option<()> {
        let usual = !word.is_empty() && !word.starts_with('-') && !word.contains(':');
        if usual { self.scalar(word, Style::Plain, at, word.len()) } else { None }
    }

    /// The closing bracket.
    fn end_brackets(&mut self, at: usize) -> Option<()> {
        self.composer.close(self.span(at, at + 1));
        Some(())
    }

    fn comment(&mut self, text: &'s str, at: usize) -> Option<()> {
        let span = self.span(at, at + 1 + text.len());
        let comments = &mut self.composer.stream.comments;
        comments.push(Comment { text: text.into(), span });
        (comments.len() <= COMMENTS).then_some(())
    }

    fn scalar(&mut self, text: &'s str, style: Style, at: usize, length: usize) -> Option<()> {
        self.composer.scalar(text.into(), style, 0, self.span(at, at + length)).ok()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(start, end).shifted(self.composer.base)
    }
}

/// What commas part, each with where it stands; the first starts at `start`.
fn parts(inside: &str, start: usize) -> impl Iterator<Item = (&str, usize)> {
    inside.split(',').scan(start, |next, part| {
        let at = *next + (part.len() - part.trim_start_matches(' ').len());
        *next += part.len() + 1;
        Some((part.trim_matches(' '), at))
    })
}

/// A line's key and what stands behind its colon.
fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let length = line.bytes().take_while(|byte| is_word(*byte)).count();
    let behind = line[length..].strip_prefix(':')?;
    let usual = length <= LONGEST_KEY && line.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_');
    (usual && (behind.is_empty() || behind.starts_with(' '))).then(|| (&line[..length], behind.trim_start_matches(' ')))
}

/// What words consist of that mean nothing but themselves.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/')
}
