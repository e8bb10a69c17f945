//! Places as the formats for programs write them.

use crate::report::Sources;
use crate::text::{LineIndex, Place};
use std::cell::RefCell;
use std::collections::HashMap;

/// One end of a place: a line and its columns, each counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The line.
    pub line: usize,
    /// The column in UTF-16 units.
    pub utf16: usize,
    /// The column in bytes.
    pub bytes: usize,
    /// The column in characters.
    pub chars: usize,
}

/// A place with lines and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its first character.
    pub start: End,
    /// Behind its last character.
    pub end: End,
    /// Whether it ends where the file ends.
    pub to_the_end: bool,
}

/// Makes regions; each file's lines are looked for once.
pub struct Regions<'s> {
    sources: &'s Sources,
    known: RefCell<HashMap<String, LineIndex<'s>>>,
}

impl<'s> Regions<'s> {
    /// For these texts.
    pub fn new(sources: &'s Sources) -> Self {
        Self { sources, known: RefCell::default() }
    }

    /// A place's region; the start of the file where its text is not known.
    pub fn of(&self, place: &Place) -> Region {
        let text = self.sources.get(&place.path).unwrap_or_default();
        let mut known = self.known.borrow_mut();
        let lines = known.entry(place.path.to_string()).or_insert_with(|| LineIndex::new(text));
        let words = place.span.of(text);
        let trimmed = words.trim_end_matches(['\n', '\r']).len();
        let end = if trimmed == 0 { place.span.start } else { place.span.start + trimmed };
        Region {
            start: end_at(lines, text, place.span.start),
            end: end_at(lines, text, end),
            to_the_end: place.span.end >= text.trim_end_matches(['\n', '\r']).len(),
        }
    }
}

fn end_at(lines: &LineIndex<'_>, text: &str, offset: usize) -> End {
    let position = lines.position(offset);
    let start = lines.start_of(position.line);
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    End {
        line: position.line,
        utf16: lines.utf16_column(offset),
        bytes: offset.saturating_sub(start) + 1,
        chars: position.column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use proptest::prelude::*;

    #[test]
    fn columns_are_counted_three_ways() {
        let mut sources = Sources::default();
        sources.add(&"a".into(), &"x\n😀é: b\n".into());
        let region = Regions::new(&sources).of(&Place::new("a", Span::new(10, 11)));
        assert_eq!(region.start, End { line: 2, utf16: 6, bytes: 9, chars: 5 });
        assert_eq!(region.end, End { line: 2, utf16: 7, bytes: 10, chars: 6 });
        assert!(region.to_the_end);
    }

    proptest! {
        #[test]
        fn an_end_is_never_before_its_start(text in "[a-c\u{FEFF}é😀\r\n]{0,30}", a in 0usize..70, b in 0usize..70) {
            let mut sources = Sources::default();
            sources.add(&"a".into(), &text.as_str().into());
            let region = Regions::new(&sources).of(&Place::new("a", Span::new(a, b)));
            prop_assert!((region.start.line, region.start.bytes) <= (region.end.line, region.end.bytes));
            prop_assert!(region.start.line >= 1 && region.start.utf16 >= 1 && region.end.chars >= 1);
        }
    }
}
