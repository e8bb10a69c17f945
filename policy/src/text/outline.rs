//! The shape of a document, whatever its format: sections, paragraphs, list items, table rows, each with its plain
//! text and the way back to the bytes it came from. Markdown, AsciiDoc and reStructuredText all become an [`Outline`].

use super::Span;
use super::yaml::{Limits, Stream, parse_with};
use std::ops::Range;

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
    Link(String),
    /// An image, with where it lies; its text is the description.
    Image(String),
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
    pub plain: String,
    /// Marked pieces, in the order in which they end.
    pub marks: Vec<Mark>,
    /// Where a text stands in the file that has no segments: most are the file's own bytes, in one piece.
    start: usize,
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    plain: usize,
    source: Range<usize>,
    /// Whether the plain text is the source's own bytes, so that offsets inside map one to one.
    same: bool,
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
            MarkKind::Link(target) | MarkKind::Image(target) => target.capacity(),
            MarkKind::Strong | MarkKind::Emphasis | MarkKind::Code | MarkKind::Strike => 0,
        };
        self.plain.capacity()
            + self.marks.capacity() * size_of::<Mark>()
            + self.marks.iter().map(of_mark).sum::<usize>()
            + self.segments.capacity() * size_of::<Segment>()
    }

    /// Adds `plain`, which stands at `source` in the file whose text is `text`.
    pub fn push(&mut self, plain: &str, source: Range<usize>, text: &str) {
        if plain.is_empty() {
            return;
        }
        let same = text.get(source.clone()) == Some(plain);
        if self.plain.is_empty() {
            self.plain = plain.to_owned();
            self.start = source.start;
            if !same {
                self.segments = vec![Segment { plain: 0, source, same }];
            }
            return;
        }
        let goes_on = same && self.segments.is_empty() && self.start + self.plain.len() == source.start;
        if !goes_on {
            self.divide();
            match self.segments.last_mut() {
                Some(last) if same && last.same && last.source.end == source.start => last.source.end = source.end,
                _ => self.segments.push(Segment { plain: self.plain.len(), source, same }),
            }
        }
        self.plain.push_str(plain);
    }

    /// The text in one piece, where it has no segments.
    fn undivided(&self) -> Option<Segment> {
        let source = self.start..self.start + self.plain.len();
        (self.segments.is_empty() && !self.plain.is_empty()).then_some(Segment { plain: 0, source, same: true })
    }

    /// Makes the text's only piece a segment, for others to follow.
    fn divide(&mut self) {
        self.segments.extend(self.undivided());
    }

    /// Where a part of the plain text stands in the file, the markers of what is marked in it included.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let span = self.place(range.clone());
        // Markers belong to what they mark: a quote of bold text shows its stars.
        let inside =
            |mark: &&Mark| !mark.range.is_empty() && range.start <= mark.range.start && mark.range.end <= range.end;
        self.marks.iter().filter(inside).fold(span, |span, mark| span.to(mark.span))
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
        if self.segments.is_empty() {
            return self.start + plain.min(self.plain.len());
        }
        // An end belongs to the segment before it, a start to the one behind it.
        let behind =
            self.segments.partition_point(|segment| if end { segment.plain < plain } else { segment.plain <= plain });
        let Some(segment) = behind.checked_sub(1).and_then(|at| self.segments.get(at)).or(self.segments.first()) else {
            return 0;
        };
        let inside = plain.saturating_sub(segment.plain);
        if segment.same {
            (segment.source.start + inside).min(segment.source.end)
        } else if end && inside > 0 {
            segment.source.end
        } else {
            segment.source.start
        }
    }

    /// Appends another text, as the cells of a row are joined.
    pub fn append(&mut self, other: &Text) {
        let by = self.plain.len();
        self.divide();
        let segments = other.undivided().into_iter().chain(other.segments.iter().cloned());
        self.segments.extend(segments.map(|segment| Segment { plain: segment.plain + by, ..segment }));
        self.plain.push_str(&other.plain);
        self.marks.extend(
            other.marks.iter().map(|mark| Mark { range: mark.range.start + by..mark.range.end + by, ..mark.clone() }),
        );
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
            .marks
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
