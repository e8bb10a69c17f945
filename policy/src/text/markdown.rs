//! Markdown as an [`Outline`]: CommonMark with tables, task lists, strike-through and front matter.

use super::Span;
use super::outline::{Block, BlockKind, Draft, MarkKind, Outline, Section, Text};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// Reads a document. Never fails: anything is Markdown.
#[must_use]
pub fn read(text: &Arc<str>) -> Outline {
    let skip = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader {
        text,
        outline: Outline {
            sections: vec![Section { body: Span::new(skip, text.len()), ..Section::default() }],
            blocks: Vec::with_capacity(text.len() / 128),
            ..Outline::default()
        },
        current: None,
        draft: Draft::default(),
        marks: Vec::new(),
        lists: 0,
        quotes: 0,
        code: false,
        metadata: false,
        html: None,
        cell: false,
        row: None,
        tables: 0,
        item_open: false,
    };
    for (event, range) in Parser::new_ext(&text[skip..], options).into_offset_iter() {
        reader.event(event, range.start + skip..range.end + skip);
    }
    reader.flush();
    if let Some(last) = reader.outline.sections.last_mut() {
        last.body.end = text.len().max(last.body.start);
    }
    // A thousand outlines are held at a time.
    reader.outline.blocks.shrink_to_fit();
    reader.outline.sections.shrink_to_fit();
    reader.outline.read_front(text);
    reader.outline
}

struct OpenMark {
    kind: MarkKind,
    start: usize,
    span: Range<usize>,
}

struct Row {
    head: bool,
    span: Range<usize>,
    cells: Vec<Text>,
}

struct Reader<'s> {
    text: &'s Arc<str>,
    outline: Outline,
    /// The block that is open; its text is the draft.
    current: Option<Block>,
    draft: Draft,
    marks: Vec<OpenMark>,
    lists: u8,
    quotes: u8,
    code: bool,
    metadata: bool,
    html: Option<Range<usize>>,
    /// Whether the draft is a cell's text.
    cell: bool,
    row: Option<Row>,
    tables: usize,
    item_open: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(content) if self.metadata => {
                let _ = content;
                let span = self.outline.front_matter.map_or(Span::from(range.clone()), |known| known.to(range.into()));
                self.outline.front_matter = Some(span);
            }
            Event::Text(content) => self.push(&content, range),
            Event::Code(content) => {
                let start = self.draft.len();
                self.push(&content, code_inside(self.text, &range, &content));
                self.mark(MarkKind::Code, start, range);
            }
            Event::SoftBreak | Event::HardBreak => self.push("\n", range),
            Event::InlineHtml(tag) if is_break(&tag) => self.push("\n", range),
            Event::Html(_) | Event::InlineHtml(_) => self.html(range),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                let level = level_of(level);
                let section =
                    self.outline.open_section(level, String::new(), range.clone().into(), range.clone().into());
                self.open(BlockKind::Heading, range);
                if let Some(block) = &mut self.current {
                    block.section = section;
                }
            }
            Tag::Paragraph => {
                if self.current.is_none() || !self.draft.is_blank(self.text) || !self.item_open {
                    self.flush();
                    let kind = if self.item_open { BlockKind::Item } else { BlockKind::Paragraph };
                    self.open(kind, range);
                }
                self.item_open = false;
            }
            Tag::List(_) => {
                self.flush();
                self.lists = self.lists.saturating_add(1);
            }
            Tag::Item => {
                self.flush();
                self.item_open = true;
                // A tight item has no paragraph of its own: its text comes next.
                self.open(BlockKind::Item, range);
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_add(1);
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.code = true;
                let _ = matches!(kind, CodeBlockKind::Fenced(_));
                self.open(BlockKind::Code, range);
            }
            Tag::HtmlBlock => self.flush(),
            // Only comments may stand before front matter; between two rules further down stands text like any other.
            Tag::MetadataBlock(_) => {
                self.flush();
                let first = self.outline.sections.len() == 1 && self.outline.front_matter.is_none();
                if first && self.outline.blocks.iter().all(|block| block.kind == BlockKind::Comment) {
                    self.metadata = true;
                } else {
                    self.open(BlockKind::Paragraph, range);
                }
            }
            Tag::Table(_) => {
                self.flush();
                self.tables += 1;
            }
            Tag::TableHead => self.row = Some(Row { head: true, span: range, cells: Vec::new() }),
            Tag::TableRow => self.row = Some(Row { head: false, span: range, cells: Vec::new() }),
            Tag::TableCell => {
                self.draft.clear();
                self.cell = true;
            }
            Tag::Strong => self.open_mark(MarkKind::Strong, range),
            Tag::Emphasis => self.open_mark(MarkKind::Emphasis, range),
            Tag::Strikethrough => self.open_mark(MarkKind::Strike, range),
            Tag::Link { dest_url, .. } => self.open_mark(MarkKind::Link((&*dest_url).into()), range),
            Tag::Image { dest_url, .. } => self.open_mark(MarkKind::Image((&*dest_url).into()), range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph => self.flush(),
            TagEnd::CodeBlock => {
                self.flush();
                self.code = false;
            }
            TagEnd::HtmlBlock => {
                self.flush();
                self.html = None;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::Item => {
                self.flush();
                self.item_open = false;
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::MetadataBlock(_) if !self.metadata => self.flush(),
            TagEnd::MetadataBlock(_) => {
                self.metadata = false;
                // The first section starts behind the front matter.
                if let (Some(span), Some(first)) = (self.outline.front_matter, self.outline.sections.first_mut()) {
                    let rest = &self.text[span.end..];
                    let close = rest.find("\n").map_or(rest.len(), |at| at + 1);
                    first.body.start = span.end + close;
                }
            }
            TagEnd::TableCell => {
                let cell = self.draft.take(self.text);
                if let (true, Some(row)) = (std::mem::take(&mut self.cell), &mut self.row) {
                    row.cells.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.close_row(),
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => {
                if let Some(mark) = self.marks.pop() {
                    self.mark(mark.kind, mark.start, mark.span);
                }
            }
            _ => {}
        }
    }

    fn close_row(&mut self) {
        let Some(row) = self.row.take() else { return };
        let text = Text::joined(&row.cells, self.text);
        let kind = BlockKind::Row { table: self.tables.saturating_sub(1), head: row.head, cells: row.cells };
        if !text.is_blank() {
            self.item_open = false;
            let block = self.block(kind, row.span.into(), text);
            self.outline.blocks.push(block);
        }
    }

    /// HTML is not text; a comment is kept as a block of its own, for what is written to tools.
    fn html(&mut self, range: Range<usize>) {
        let joined = match &self.html {
            Some(open) if open.end == range.start => open.start..range.end,
            _ => range,
        };
        let piece = &self.text[joined.clone()];
        let trimmed = piece.trim();
        if trimmed.starts_with("<!--") && trimmed.ends_with("-->") {
            let start = joined.start + (piece.len() - piece.trim_start().len());
            let span = Span::new(start, start + trimmed.len());
            let inner = start + 4..(start + trimmed.len()).saturating_sub(3).max(start + 4);
            let block = self.block(BlockKind::Comment, span, Text::piece(&inner, self.text));
            self.outline.blocks.push(block);
            self.html = None;
        } else {
            self.html = Some(joined);
        }
    }

    fn block(&self, kind: BlockKind, span: Span, text: Text) -> Block {
        let section = self.outline.sections.len().saturating_sub(1);
        Block { kind, section, span, depth: self.lists, quoted: self.quotes > 0, text }
    }

    fn open(&mut self, kind: BlockKind, range: Range<usize>) {
        self.draft.clear();
        self.current = Some(self.block(kind, range.into(), Text::default()));
    }

    fn open_mark(&mut self, kind: MarkKind, span: Range<usize>) {
        self.marks.push(OpenMark { kind, start: self.draft.len(), span });
    }

    fn mark(&mut self, kind: MarkKind, start: usize, span: Range<usize>) {
        if self.cell || self.current.is_some() {
            self.draft.mark(kind, start, span.into());
        }
    }

    fn push(&mut self, plain: &str, range: Range<usize>) {
        if !self.cell && self.current.is_none() {
            let kind = if self.item_open { BlockKind::Item } else { BlockKind::Paragraph };
            self.open(kind, range.clone());
        }
        self.draft.push(plain, range, self.text);
    }

    fn flush(&mut self) {
        let Some(mut block) = self.current.take() else { return };
        self.marks.clear();
        let blank = self.draft.is_blank(self.text);
        if blank && block.kind != BlockKind::Heading {
            self.draft.clear();
            return;
        }
        block.text = self.draft.take(self.text);
        if block.kind == BlockKind::Heading {
            if let Some(section) = self.outline.sections.get_mut(block.section) {
                section.title = block.text.plain.trim().to_owned();
                if !blank {
                    section.span = block.text.whole();
                }
            }
        } else {
            self.item_open = false;
        }
        self.outline.blocks.push(block);
    }
}

/// Where code in running text stands inside of its backticks; the range holds them.
fn code_inside(text: &str, range: &Range<usize>, content: &str) -> Range<usize> {
    let whole = text.get(range.clone()).unwrap_or_default();
    let ticks = whole.bytes().take_while(|byte| *byte == b'`').count();
    // A space on each side may belong to the backticks.
    let stands = |at: &usize| whole.get(*at..).is_some_and(|rest| rest.starts_with(content));
    match [ticks, ticks + 1].into_iter().find(stands) {
        Some(at) => range.start + at..range.start + at + content.len(),
        None => range.clone(),
    }
}

/// `<br>` in its three spellings.
fn is_break(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    name.eq_ignore_ascii_case("br")
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests;
