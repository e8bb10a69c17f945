//! The shape of a document, whatever its format: sections, paragraphs, list items, table rows, each with its plain
//! text and the way back to the bytes it came from. Markdown, AsciiDoc and reStructuredText all become an [`Outline`].

use super::Span;
use super::yaml::{Limits, Stream, parse_with};
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A document's structure.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The text between the `---` lines at the top, without them.
    pub front_matter: Option<Span>,
    /// What these lines say, read once: the record, its facts and several rules ask for it.
    pub front: Stream<'static>,
    /// Sections in order; the first is what stands before any heading (level 0).
    pub sections: Vec<Section>,
    /// Blocks in order.
    pub blocks: Vec<Block>,
    /// Named values that the markup itself knows: AsciiDoc's document attributes, reStructuredText's fields.
    pub attributes: Vec<Attribute>,
    /// Files that the document wants included, as written; they are not followed.
    pub includes: Vec<(String, Span)>,
}

/// A named value of the markup, as `:status: accepted`.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its value.
    pub text: Text,
    /// Name and value in the file.
    pub span: Span,
}

/// A heading and what follows it up to the next heading of any level.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// 1 for the outermost heading; 0 for what stands before the first one.
    pub level: u8,
    /// The heading's text, markup removed.
    pub title: String,
    /// The heading's text in the file.
    pub span: Span,
    /// From behind the heading to the next heading of any level.
    pub body: Span,
    /// The section it lies in.
    pub parent: Option<usize>,
}

/// A piece of a document.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Index into [`Outline::sections`].
    pub section: usize,
    /// Where, markers included.
    pub span: Span,
    /// How many lists it lies in: 0 outside of lists.
    pub depth: u8,
    /// Whether it lies in a block quote.
    pub quoted: bool,
    /// Its text. For a row of a table: its cells joined with ` | `.
    pub text: Text,
}

/// What a [`Block`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; its section is the one it opens.
    Heading,
    /// A paragraph, in a list item or not.
    Paragraph,
    /// The first line of thought of a list item.
    Item,
    /// A row of a table.
    Row {
        /// Counts the document's tables from 0.
        table: usize,
        /// Whether the row is the table's head.
        head: bool,
        /// Each cell's text.
        cells: Vec<Text>,
    },
    /// Sample code or output.
    Code,
    /// A comment that readers do not see.
    Comment,
}

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
}

/// A text while it is read, piece by piece. One serves for all texts of a document: each takes exactly the room that it
/// needs, and none where it is a piece of the file.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Where the text stands in the file, as long as it is a piece of it.
    piece: Option<Range<usize>>,
    own: String,
    marks: Vec<Mark>,
    segments: Vec<Segment>,
}

impl Draft {
    /// Adds `plain`, which stands at `source` in the file.
    pub(super) fn push(&mut self, plain: &str, source: Range<usize>, file: &str) {
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
        match self.segments.last_mut() {
            Some(last) if same && last.same && last.end as usize == source.start => last.end = small(source.end),
            _ => self.segments.push(Segment::new(self.own.len(), &source, same)),
        }
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
    pub(super) fn mark(&mut self, kind: MarkKind, start: usize, span: Span) {
        let end = self.len();
        self.marks.push(Mark { kind, range: start.min(end)..end, span });
    }

    pub(super) fn len(&self) -> usize {
        self.piece.as_ref().map_or(self.own.len(), Range::len)
    }

    pub(super) fn is_blank(&self, file: &str) -> bool {
        self.piece.clone().map_or(self.own.as_str(), |piece| file.get(piece).unwrap_or_default()).trim().is_empty()
    }

    /// The text. The draft is empty then.
    pub(super) fn take(&mut self, file: &Arc<str>) -> Text {
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

    pub(super) fn clear(&mut self) {
        self.piece = None;
        self.own.clear();
        self.marks.clear();
        self.segments.clear();
    }
}

impl Outline {
    /// About how many bytes it takes.
    #[must_use]
    pub fn weight(&self) -> usize {
        let of_block = |block: &Block| {
            let cells = match &block.kind {
                BlockKind::Row { cells, .. } => cells.iter().map(|cell| size_of::<Text>() + cell.weight()).sum(),
                _ => 0,
            };
            cells + block.text.weight()
        };
        self.sections.capacity() * size_of::<Section>()
            + self.sections.iter().map(|section| section.title.capacity()).sum::<usize>()
            + self.blocks.capacity() * size_of::<Block>()
            + self.blocks.iter().map(of_block).sum::<usize>()
            + self.front.weight()
            + self.attributes.capacity() * size_of::<Attribute>()
            + self.attributes.iter().map(|each| each.name.capacity() + each.text.weight()).sum::<usize>()
            + self.includes.iter().map(|(name, _)| size_of::<(String, Span)>() + name.capacity()).sum::<usize>()
    }
}

impl Text {
    /// About how many bytes it takes, besides itself.
    fn weight(&self) -> usize {
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
            let segments = self.divide();
            match segments.last_mut() {
                Some(last) if same && last.same && last.end as usize == source.start => last.end = small(source.end),
                _ => segments.push(Segment::new(length, &source, same)),
            }
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

impl Outline {
    /// A part of a file as one paragraph of plain text, a description in a manifest; under a heading, where a key says
    /// what it is.
    #[must_use]
    pub fn of_passage(heading: &str, file: &str, span: Span) -> Self {
        let mut text = Text::default();
        text.push(span.of(file), span.range(), file);
        let block = Block { kind: BlockKind::Paragraph, section: 0, span, depth: 0, quoted: false, text };
        let level = if heading.is_empty() { 0 } else { 2 };
        let section = Section { level, title: heading.to_owned(), body: span, ..Section::default() };
        Self { sections: vec![section], blocks: vec![block], ..Self::default() }
    }

    /// Reads the front matter, where there is one.
    pub(crate) fn read_front(&mut self, file: &str) {
        if let Some(span) = self.front_matter {
            self.front = parse_with(span.of(file), span.start, &Limits::default()).into_owned();
        }
    }

    /// The blocks of one section, without those of the sections inside it.
    pub fn blocks_of(&self, section: usize) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.section == section)
    }

    /// The section's title and those of the sections around it, outermost first.
    #[must_use]
    pub fn trail(&self, section: usize) -> Vec<&str> {
        let mut trail = Vec::new();
        let mut at = self.sections.get(section);
        while let Some(section) = at {
            if section.level > 0 {
                trail.push(section.title.as_str());
            }
            at = section.parent.and_then(|parent| self.sections.get(parent));
        }
        trail.reverse();
        trail
    }

    /// A heading that was read whole, and the section that it opens. `whole` is the heading with its markup.
    pub(crate) fn heading(&mut self, level: u8, text: Text, whole: Span) {
        let place = if text.is_blank() { whole } else { text.whole() };
        let section = self.open_section(level, text.plain.trim().to_owned(), whole, place);
        self.blocks.push(Block { kind: BlockKind::Heading, section, span: whole, depth: 0, quoted: false, text });
    }

    /// Opens a section for a heading; its body is set when the next one opens. Used by the readers.
    pub(crate) fn open_section(&mut self, level: u8, title: String, heading: Span, text: Span) -> usize {
        if let Some(last) = self.sections.last_mut() {
            last.body.end = heading.start.max(last.body.start);
        }
        // Up the chain of parents, whose levels only fall: a thousand headings side by side cost nothing.
        let mut parent = self.sections.len().checked_sub(1);
        while let Some(section) = parent.and_then(|at| self.sections.get(at)).filter(|section| section.level >= level) {
            parent = section.parent;
        }
        self.sections.push(Section { level, title, span: text, body: Span::at(heading.end), parent });
        self.sections.len() - 1
    }
}

/// An outline as the readers' tests show it: a line a block.
#[cfg(test)]
pub(crate) fn show(outline: &Outline, text: &str) -> String {
    let mut lines = Vec::new();
    for block in &outline.blocks {
        let kind = match &block.kind {
            BlockKind::Row { head, .. } => if *head { "Head" } else { "Row" }.to_owned(),
            other => format!("{other:?}"),
        };
        let quoted = if block.quoted { ">" } else { "" };
        let links: Vec<_> = block
            .text
            .marks()
            .iter()
            .filter_map(|mark| match &mark.kind {
                MarkKind::Link(target) => Some(format!(" →{target} {:?}", mark.span.of(text))),
                _ => None,
            })
            .collect();
        lines.push(format!(
            "{quoted}{kind}{} §{} {:?} = {:?}{}",
            block.depth,
            block.section,
            block.text.plain,
            block.text.whole().of(text),
            links.concat()
        ));
    }
    lines.join("\n")
}
