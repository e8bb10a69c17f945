//! A text while it is read.

use super::{Mark, MarkKind, More, Plain, Segment, Text, Words};
use crate::text::Span;
use std::ops::Range;
use std::sync::Arc;

/// A text while it is read, piece by piece. One serves for all texts of a document: each takes exactly the room that it
/// needs, and none where it is a piece of the file.
#[derive(Debug, Default)]
pub(in crate::text) struct Draft {
    /// Where the text stands in the file, as long as it is a piece of it.
    piece: Option<Range<usize>>,
    own: String,
    marks: Vec<Mark>,
    segments: Vec<Segment>,
}

impl Draft {
    /// Adds `plain`, which stands at `source` in the file.
    pub(in crate::text) fn push(&mut self, plain: &str, source: Range<usize>, file: &str) {
        if plain.is_empty() {
            return;
        }
        let there = file.get(source.clone()).unwrap_or_default();
        // Most of what is read is a piece of the file itself, and need not be compared with it.
        let same = there.len() == plain.len() && (std::ptr::eq(there, plain) || there == plain);
        match &mut self.piece {
            None if same && self.own.is_empty() => {
                self.piece = Some(source);
                return;
            }
            Some(piece) if same && piece.end == source.start => {
                piece.end = source.end;
                return;
            }
            Some(_) => self.divide(file),
            None => {}
        }
        Segment::add(&mut self.segments, self.own.len(), &source, same);
        self.own.push_str(plain);
    }

    /// Makes the piece a text of its own, for others to follow.
    fn divide(&mut self, file: &str) {
        if let Some(piece) = self.piece.take() {
            self.own.push_str(file.get(piece.clone()).unwrap_or_default());
            self.segments.push(Segment::new(0, &piece, true));
        }
    }

    /// Adds a mark from an offset in the text to its end.
    pub(in crate::text) fn mark(&mut self, kind: MarkKind, start: usize, span: Span) {
        let end = self.len();
        self.marks.push(Mark { kind, range: start.min(end)..end, span });
    }

    pub(in crate::text) fn len(&self) -> usize {
        self.piece.as_ref().map_or(self.own.len(), Range::len)
    }

    pub(in crate::text) fn is_blank(&self, file: &str) -> bool {
        self.piece.clone().map_or(self.own.as_str(), |piece| file.get(piece).unwrap_or_default()).trim().is_empty()
    }

    /// The text. The draft is empty then.
    pub(in crate::text) fn take(&mut self, file: &Arc<str>) -> Text {
        let mut text = match self.piece.take() {
            Some(piece) => Text::piece(&piece, file),
            None => Text { plain: Plain(Words::Own(self.own.as_str().to_owned())), ..Text::default() },
        };
        if !(self.marks.is_empty() && self.segments.is_empty()) {
            let marks = self.marks.drain(..).collect();
            text.more = Some(Box::new(More { marks, segments: self.segments.as_slice().to_vec() }));
        }
        self.clear();
        text
    }

    pub(in crate::text) fn clear(&mut self) {
        self.piece = None;
        self.own.clear();
        self.marks.clear();
        self.segments.clear();
    }
}
