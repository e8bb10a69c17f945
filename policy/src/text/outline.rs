//! The shape of a document, whatever its format: sections, paragraphs, list items, table rows, each with its plain
//! text and the way back to the bytes it came from. Markdown, AsciiDoc and reStructuredText all become an [`Outline`].

mod running;

pub(super) use running::Draft;
pub use running::{Mark, MarkKind, Plain, Text};

use super::Span;
use super::yaml::{Limits, Stream, parse_with};

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
