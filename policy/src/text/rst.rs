//! reStructuredText as an [`Outline`]: line by line, in linear time, without recursion. Includes are named but not
//! followed; roles and directives that are not known are read as text.

mod inline;
mod shape;
mod stated;
mod table;

use super::Span;
use super::lines::{Joined, Line, lines};
use super::outline::{Attribute, Block, BlockKind, Outline, Section, Text};
use inline::Inline;
use shape::{adornment, defines, directive, field, item};

/// Reads a document. Never fails: anything is reStructuredText.
#[must_use]
pub fn read(text: &str) -> Outline {
    let lines = lines(text);
    let first = lines.first().map_or(0, |line| line.start);
    let mut reader = Reader {
        file: text,
        outline: Outline {
            sections: vec![Section { body: Span::new(first, text.len()), ..Section::default() }],
            ..Outline::default()
        },
        inline: Inline::new(&lines),
        styles: Vec::new(),
        lists: Vec::new(),
        quotes: Vec::new(),
        base: 0,
        tables: 0,
        stated: None,
        begun: false,
    };
    let mut at = 0;
    while at < lines.len() {
        at = reader.block(&lines, at);
    }
    if let Some(last) = reader.outline.sections.last_mut() {
        last.body.end = text.len().max(last.body.start);
    }
    reader.outline
}

struct Reader<'s> {
    file: &'s str,
    outline: Outline,
    inline: Inline,
    /// The styles of headings so far, outermost first: the character, and whether it stands above as well.
    styles: Vec<(char, bool)>,
    /// The columns of the markers of the lists that are open.
    lists: Vec<usize>,
    /// The columns at which quoting directives start.
    quotes: Vec<usize>,
    /// The column of text that is not indented: more than 0 inside a directive.
    base: usize,
    tables: usize,
    /// Which attributes a directive that states a status gave.
    stated: Option<std::ops::Range<usize>>,
    /// Whether anything but headings and comments was read.
    begun: bool,
}

impl<'s> Reader<'s> {
    /// Reads the block that starts at a line, and says where the next one starts.
    fn block(&mut self, lines: &[Line<'s>], at: usize) -> usize {
        let line = lines[at];
        let text = line.text.trim();
        if text.is_empty() {
            return at + 1;
        }
        let indent = line.indent();
        self.base = self.base.min(indent);
        self.quotes.retain(|column| *column <= indent && indent > 0);
        if indent == 0
            && let Some((level, heading, end)) = self.heading_at(lines, at)
        {
            self.heading(level, heading, lines, at, end);
            return end;
        }
        if text == ".." || text.starts_with(".. ") {
            return self.explicit(lines, at);
        }
        if let Some(rows) = table::grid(lines, at).or_else(|| table::simple(lines, at)) {
            let end = rows.end;
            self.table(rows);
            return end;
        }
        if let Some((name, value)) = field(&line) {
            return self.field(name, value, lines, at);
        }
        if let Some(rest) = item(&line) {
            return self.item(rest, lines, at);
        }
        self.paragraph(lines, at)
    }

    /// A heading: its level, its text, and where it ends.
    fn heading_at(&mut self, lines: &[Line<'s>], at: usize) -> Option<(u8, Line<'s>, usize)> {
        let line = lines[at];
        let (style, heading, end) = match adornment(line.trimmed()) {
            Some(mark) => {
                let title = lines.get(at + 1).filter(|title| !title.is_blank())?;
                let under = adornment(lines.get(at + 2)?.trimmed())?;
                let fits = under == mark && line.trimmed().chars().count() >= title.text.trim().chars().count().min(4);
                (fits && adornment(title.text.trim()).is_none()).then_some(((mark, true), title.behind(0), at + 3))?
            }
            None => {
                let under = lines.get(at + 1)?.trimmed();
                let mark = adornment(under)?;
                let fits = under.chars().count() >= line.trimmed().chars().count().min(4);
                fits.then_some(((mark, false), line, at + 2))?
            }
        };
        let level = self.styles.iter().position(|known| *known == style).unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        Some((u8::try_from(level + 1).unwrap_or(u8::MAX), heading, end))
    }

    fn heading(&mut self, level: u8, heading: Line<'s>, lines: &[Line<'s>], at: usize, end: usize) {
        self.lists.clear();
        self.quotes.clear();
        let text = self.inline.read(&Joined::new(self.file, [heading]));
        let close = lines[end - 1];
        let whole = Span::new(lines[at].start, close.start + close.text.len());
        self.outline.heading(level, text, whole);
    }

    /// `.. directive::`, `.. _target:`, `.. comment`.
    fn explicit(&mut self, lines: &[Line<'s>], at: usize) -> usize {
        let line = lines[at];
        let inside = line.behind(line.text.len() - line.text.trim_start().len() + 2);
        let body = at + 1..self.body_end(lines, at);
        if let Some((name, argument)) = directive(&inside) {
            return self.directive(name, argument, lines, at, body);
        }
        let text = inside.text;
        let target = text.starts_with('_') || text.starts_with('[') || text.starts_with('|');
        if !target {
            let end = lines.get(body.end - 1).map_or(self.file.len(), |last| last.start + last.text.len());
            let mut words = Text::default();
            let place = inside.start.min(end)..end;
            words.push(self.file.get(place.clone()).unwrap_or_default(), place, self.file);
            self.push(BlockKind::Comment, Span::new(line.start, end), words);
            return body.end;
        }
        // The text of a footnote is text like any other.
        if text.starts_with('[') { at + 1 } else { body.end }
    }

    fn directive(
        &mut self,
        name: &str,
        argument: Line<'s>,
        lines: &[Line<'s>],
        at: usize,
        body: std::ops::Range<usize>,
    ) -> usize {
        let own = || lines.get(body.clone()).unwrap_or_default();
        // What a table is called leads to it.
        if matches!(name, "list-table" | "csv-table") && !argument.is_blank() {
            let text = self.inline.read(&Joined::new(self.file, [argument]));
            self.push(BlockKind::Paragraph, lines[at].span(), text);
        }
        match name {
            "include" | "literalinclude" | "mdinclude" => {
                self.outline.includes.push((argument.trimmed().to_owned(), lines[at].span()));
                body.end
            }
            "code" | "code-block" | "sourcecode" | "parsed-literal" | "raw" | "math" | "mermaid" | "uml"
            | "graphviz" | "highlight" | "digraph" | "graph" | "plantuml" => {
                self.code(lines, body.clone(), lines[at].start);
                body.end
            }
            "contents" | "meta" | "index" | "image" | "role" | "default-role" | "sectnum" | "tags" => body.end,
            "list-table" => {
                let rows = table::list(own(), body.end);
                self.table(rows);
                body.end
            }
            "csv-table" => {
                let rows = table::values(own(), body.end);
                self.table(rows);
                body.end
            }
            "toctree" => {
                for line in own().iter().filter(|line| !line.is_blank() && !line.text.trim().starts_with(':')) {
                    let text = self.inline.path(&Joined::new(self.file, [*line]));
                    self.push(BlockKind::Item, line.span(), text);
                }
                body.end
            }
            _ => {
                // A note, a warning: what is inside is read as text. Options come first.
                if !argument.is_blank() {
                    let text = self.inline.read(&Joined::new(self.file, [argument]));
                    self.push(BlockKind::Paragraph, lines[at].span(), text);
                }
                let options = own().iter().take_while(|line| field(line).is_some()).count();
                self.stated(&own()[..options]);
                let next = body.start + options;
                let column = own().iter().skip(options).find(|line| !line.is_blank()).map(Line::indent);
                if let Some(column) = column.filter(|column| *column > 0) {
                    self.base = column;
                    if matches!(name, "epigraph" | "pull-quote" | "highlights") {
                        self.quotes.push(column);
                    }
                }
                next.max(at + 1)
            }
        }
    }

    /// Where the lines end that are indented below a line.
    fn body_end(&self, lines: &[Line<'s>], at: usize) -> usize {
        let indent = lines[at].indent();
        let mut end = at + 1;
        for (next, line) in lines.iter().enumerate().skip(at + 1) {
            if line.is_blank() {
                continue;
            }
            if line.indent() <= indent {
                break;
            }
            end = next + 1;
        }
        end
    }

    /// `:name: value`; in the header an attribute, further down a line.
    fn field(&mut self, name: &'s str, value: Line<'s>, lines: &[Line<'s>], at: usize) -> usize {
        let indent = lines[at].indent();
        let more =
            (at + 1..lines.len()).take_while(|&next| !lines[next].is_blank() && lines[next].indent() > indent).count();
        let end = at + 1 + more;
        let header = self.outline.sections.len() <= 2;
        let first =
            if header { value } else { lines[at].behind(lines[at].text.find(':').map_or(0, |colon| colon + 1)) };
        let own = std::iter::once(first).chain(lines[at + 1..end].iter().copied());
        let text = self.inline.read(&Joined::new(self.file, own));
        let last = lines[end - 1];
        let span = Span::new(lines[at].start, last.start + last.text.len());
        if header {
            self.outline.attributes.push(Attribute { name: name.to_owned(), text: text.clone(), span });
        }
        // Behind the first words of the document a field is a line of the text as well.
        if header && self.begun {
            let name = lines[at].behind(lines[at].text.find(':').map_or(0, |colon| colon + 1));
            let name = Line { start: name.start, text: name.text.split(':').next().unwrap_or_default() };
            let name = self.inline.read(&Joined::new(self.file, [name]));
            self.push(BlockKind::Paragraph, span, Text::labelled(&name, &text, self.file));
        } else if !header {
            self.push(BlockKind::Paragraph, span, text);
        }
        end
    }

    fn item(&mut self, rest: Line<'s>, lines: &[Line<'s>], at: usize) -> usize {
        let indent = lines[at].indent();
        while self.lists.last().is_some_and(|open| *open >= indent) {
            self.lists.pop();
        }
        if self.lists.len() < 64 {
            self.lists.push(indent);
        }
        let continues = |line: &Line<'s>| !line.is_blank() && line.indent() > indent && item(line).is_none();
        let end = (at + 1..lines.len()).find(|&next| !continues(&lines[next])).unwrap_or(lines.len());
        let own = std::iter::once(rest).chain(lines[at + 1..end].iter().copied());
        let text = self.inline.read(&Joined::new(self.file, own));
        let literal = text.plain.ends_with("::");
        let last = lines[end - 1];
        self.push(BlockKind::Item, Span::new(lines[at].start, last.start + last.text.len()), text);
        if literal { self.literal(lines, end, indent) } else { end }
    }

    fn paragraph(&mut self, lines: &[Line<'s>], at: usize) -> usize {
        let indent = lines[at].indent();
        while self.lists.last().is_some_and(|open| *open >= indent) {
            self.lists.pop();
        }
        let continues = |next: usize| {
            let line = &lines[next];
            !line.is_blank() && line.indent() >= indent && !(line.indent() > indent && item(line).is_some())
        };
        let mut end = at + 1;
        while end < lines.len() && continues(end) {
            // A heading may follow without an empty line.
            if indent == 0 && lines.get(end + 1).is_some_and(|under| adornment(under.trimmed()).is_some()) && end > at {
                break;
            }
            end += 1;
        }
        let text = match defines(&lines[at..end]) {
            Some((term, told)) => {
                let term = self.inline.read(&Joined::new(self.file, [term]));
                let told = self.inline.read(&Joined::new(self.file, told.iter().copied()));
                Text::labelled(&term, &told, self.file)
            }
            None => self.inline.read(&Joined::new(self.file, lines[at..end].iter().copied())),
        };
        let literal = text.plain.ends_with("::");
        let last = lines[end - 1];
        self.push(BlockKind::Paragraph, Span::new(lines[at].start, last.start + last.text.len()), text);
        if literal { self.literal(lines, end, indent) } else { end }
    }

    /// Behind `::`, what is indented is shown as it stands.
    fn literal(&mut self, lines: &[Line<'s>], from: usize, indent: usize) -> usize {
        let inside = |line: &Line<'s>| line.is_blank() || line.indent() > indent;
        let end = (from..lines.len()).find(|&next| !inside(&lines[next])).unwrap_or(lines.len());
        let Some(start) = lines.get(from).map(|line| line.start).filter(|_| end > from) else { return from };
        self.code(lines, from..end, start);
        end
    }

    fn code(&mut self, lines: &[Line<'s>], body: std::ops::Range<usize>, start: usize) {
        let inner = lines.get(body.start).map_or(self.file.len(), |line| line.start);
        let close = lines.get(body.end).map_or(self.file.len(), |line| line.start).max(inner);
        let mut text = Text::default();
        text.push(&self.file[inner..close], inner..close, self.file);
        self.push(BlockKind::Code, Span::new(start, close.max(start)), text);
    }

    fn table(&mut self, rows: table::Rows<'s>) {
        let table = self.tables;
        self.tables += 1;
        for (at, row) in rows.rows.into_iter().enumerate() {
            let cells: Vec<Text> =
                row.into_iter().map(|cell| self.inline.read(&Joined::new(self.file, cell))).collect();
            let text = Text::joined(&cells, self.file);
            let span = text.place(0..text.plain.len());
            self.push(BlockKind::Row { table, head: at < rows.heads, cells }, span, text);
        }
    }

    fn push(&mut self, kind: BlockKind, span: Span, text: Text) {
        if text.is_blank() {
            return;
        }
        self.begun |= kind != BlockKind::Comment;
        let section = self.outline.sections.len().saturating_sub(1);
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        let indented = kind == BlockKind::Paragraph && self.lists.is_empty() && self.is_indented(span);
        let quoted = indented || !self.quotes.is_empty();
        self.outline.blocks.push(Block { kind, section, span, depth, quoted, text });
    }

    /// Whether a block is indented further than the text around it: a quote.
    fn is_indented(&self, span: Span) -> bool {
        let line = Line { start: span.start, text: span.of(self.file).lines().next().unwrap_or("") };
        line.indent() > self.base
    }
}

#[cfg(test)]
mod tests;
