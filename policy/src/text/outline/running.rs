//! Running text with its markup removed, and the way back to the file.

mod draft;

pub(in crate::text) use draft::Draft;

use crate::text::Span;
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// What a piece of a [`Text`] is marked as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Code in running text.
    Code,
    /// Struck through: said, then taken back.
    Strike,
    /// A link, with where it leads.
    Link(Box<str>),
    /// An image, with where it lies; its text is the description.
    Image(Box<str>),
}

/// A marked piece of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// Which part of the plain text.
    pub range: Range<usize>,
    /// Where in the file, markers included.
    pub span: Span,
}

/// Running text with its markup removed, and the way back to the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text. Line breaks within a paragraph are `\n`.
    pub plain: Plain,
    /// Where a text stands in the file that has no segments: most are the file's own bytes, in one piece.
    start: u32,
    /// What few have.
    more: Option<Box<More>>,
}

/// What only a text has that is not the file's own bytes in one piece, without a mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct More {
    marks: Vec<Mark>,
    segments: Vec<Segment>,
}

/// The words of a [`Text`]: a piece of the file where they stand there as they are, and a text of their own elsewhere.
#[derive(Clone)]
pub struct Plain(Words);

#[derive(Clone)]
enum Words {
    Own(String),
    File { file: Arc<str>, start: u32, end: u32 },
}

impl Plain {
    /// The words as a text of their own, to which others can be added.
    fn own(&mut self) -> &mut String {
        if let Words::File { .. } = self.0 {
            self.0 = Words::Own(String::from(&**self));
        }
        match &mut self.0 {
            Words::Own(own) => own,
            Words::File { .. } => unreachable!("made its own above"),
        }
    }

    /// How many bytes it takes besides itself; a piece of the file takes none.
    fn weight(&self) -> usize {
        match &self.0 {
            Words::Own(own) => own.capacity(),
            Words::File { .. } => 0,
        }
    }
}

impl Default for Plain {
    fn default() -> Self {
        Self(Words::Own(String::new()))
    }
}

impl Deref for Plain {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Words::Own(own) => own,
            Words::File { file, start, end } => file.get(*start as usize..*end as usize).unwrap_or_default(),
        }
    }
}

impl PartialEq for Plain {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Plain {}

impl fmt::Debug for Plain {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, out)
    }
}

impl fmt::Display for Plain {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, out)
    }
}

/// Files of 4 GiB are not read: an offset is a small number.
fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    plain: u32,
    start: u32,
    end: u32,
    /// Whether the plain text is the source's own bytes, so that offsets inside map one to one.
    same: bool,
}

impl Segment {
    fn new(plain: usize, source: &Range<usize>, same: bool) -> Self {
        Self { plain: small(plain), start: small(source.start), end: small(source.end), same }
    }

    /// Adds where words stand that follow: as more of the last segment where the file goes on so.
    fn add(segments: &mut Vec<Self>, plain: usize, source: &Range<usize>, same: bool) {
        match segments.last_mut() {
            Some(last) if same && last.same && last.end as usize == source.start => last.end = small(source.end),
            _ => segments.push(Self::new(plain, source, same)),
        }
    }
}

impl Text {
    /// About how many bytes it takes, besides itself.
    pub(super) fn weight(&self) -> usize {
        let of_mark = |mark: &Mark| match &mark.kind {
            MarkKind::Link(target) | MarkKind::Image(target) => target.len(),
            MarkKind::Strong | MarkKind::Emphasis | MarkKind::Code | MarkKind::Strike => 0,
        };
        let more = self.more.as_ref().map_or(0, |more| {
            size_of::<More>()
                + more.marks.capacity() * size_of::<Mark>()
                + more.marks.iter().map(of_mark).sum::<usize>()
                + more.segments.capacity() * size_of::<Segment>()
        });
        self.plain.weight() + more
    }

    /// Marked pieces, in the order in which they end.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        self.more.as_ref().map_or(&[], |more| &more.marks)
    }

    /// Adds a marked piece, which ends behind those before it.
    pub fn mark(&mut self, mark: Mark) {
        let marks = &mut self.more.get_or_insert_default().marks;
        // Most texts that have any have one or two.
        if marks.is_empty() {
            marks.reserve_exact(1);
        }
        marks.push(mark);
    }

    fn segments(&self) -> &[Segment] {
        self.more.as_ref().map_or(&[], |more| &more.segments)
    }

    /// A piece of a file, as it stands there. Nothing is copied.
    #[must_use]
    pub fn piece(source: &Range<usize>, file: &Arc<str>) -> Self {
        let (start, end) = (small(source.start), small(source.end));
        Self { plain: Plain(Words::File { file: Arc::clone(file), start, end }), start, more: None }
    }

    /// Adds `plain`, which stands at `source` in the file whose text is `text`.
    pub fn push(&mut self, plain: &str, source: Range<usize>, text: &str) {
        if plain.is_empty() {
            return;
        }
        let same = text.get(source.clone()) == Some(plain);
        let length = self.plain.len();
        if length == 0 {
            self.plain = Plain(Words::Own(plain.to_owned()));
            self.start = small(source.start);
            if !same {
                self.more.get_or_insert_default().segments = vec![Segment::new(0, &source, same)];
            }
            return;
        }
        let goes_on = same && self.segments().is_empty() && self.start as usize + length == source.start;
        if !goes_on {
            Segment::add(self.divide(), length, &source, same);
        }
        self.plain.own().push_str(plain);
    }

    /// The text in one piece, where it has no segments.
    fn undivided(&self) -> Option<Segment> {
        let (start, length) = (self.start as usize, self.plain.len());
        (self.segments().is_empty() && length > 0).then(|| Segment::new(0, &(start..start + length), true))
    }

    /// Makes the text's only piece a segment, for others to follow.
    fn divide(&mut self) -> &mut Vec<Segment> {
        let only = self.undivided();
        let segments = &mut self.more.get_or_insert_default().segments;
        segments.extend(only);
        segments
    }

    /// Where a part of the plain text stands in the file, the markers of what is marked in it included.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let span = self.place(range.clone());
        // Markers belong to what they mark: a quote of bold text shows its stars.
        let inside =
            |mark: &&Mark| !mark.range.is_empty() && range.start <= mark.range.start && mark.range.end <= range.end;
        self.marks().iter().filter(inside).fold(span, |span, mark| span.to(mark.span))
    }

    /// Where the whole text stands in the file.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.span(0..self.plain.len())
    }

    /// Where a part of the plain text stands in the file, without the markers around it.
    #[must_use]
    pub fn place(&self, range: Range<usize>) -> Span {
        let start = self.offset(range.start, false);
        Span::new(start, self.offset(range.end.max(range.start), true).max(start))
    }

    fn offset(&self, plain: usize, end: bool) -> usize {
        let segments = self.segments();
        if segments.is_empty() {
            return self.start as usize + plain.min(self.plain.len());
        }
        // An end belongs to the segment before it, a start to the one behind it.
        let is_before = |segment: &Segment| {
            let at = segment.plain as usize;
            if end { at < plain } else { at <= plain }
        };
        let behind = segments.partition_point(is_before);
        let Some(segment) = behind.checked_sub(1).and_then(|at| segments.get(at)).or(segments.first()) else {
            return 0;
        };
        let (from, to) = (segment.start as usize, segment.end as usize);
        let inside = plain.saturating_sub(segment.plain as usize);
        if segment.same {
            (from + inside).min(to)
        } else if end && inside > 0 {
            to
        } else {
            from
        }
    }

    /// Texts with ` | ` between them, as the cells of a row are joined.
    #[must_use]
    pub fn joined(cells: &[Text], file: &str) -> Self {
        const BETWEEN: &str = " | ";
        let plain = cells.iter().map(|cell| cell.plain.len() + BETWEEN.len()).sum();
        let segments = cells.iter().map(|cell| cell.segments().len().max(1) + 1).sum();
        let marks = cells.iter().map(|cell| cell.marks().len()).sum();
        let more = More { marks: Vec::with_capacity(marks), segments: Vec::with_capacity(segments) };
        let own = Plain(Words::Own(String::with_capacity(plain)));
        let mut text = Self { plain: own, start: 0, more: Some(Box::new(more)) };
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                let end = text.whole().end;
                text.push(BETWEEN, end..end, file);
            }
            text.append(cell);
        }
        text
    }

    /// Appends another text.
    pub fn append(&mut self, other: &Text) {
        let by = self.plain.len();
        let segments = self.divide();
        let others = other.undivided().into_iter().chain(other.segments().iter().copied());
        segments.extend(others.map(|segment| Segment { plain: segment.plain.saturating_add(small(by)), ..segment }));
        self.plain.own().push_str(&other.plain);
        for mark in other.marks() {
            self.mark(Mark { range: mark.range.start + by..mark.range.end + by, ..mark.clone() });
        }
    }

    /// A term and what is said of it, as a labelled line: `term: told`.
    pub(crate) fn labelled(term: &Text, told: &Text, file: &str) -> Self {
        let mut text = term.clone();
        let end = text.place(0..text.plain.len()).end;
        text.push(": ", end..end, file);
        text.append(told);
        text
    }

    /// Whether nothing but white space is there.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.plain.trim().is_empty()
    }
}
