//! AsciiDoc as an [`Outline`]: line by line, in linear time, without recursion. Attributes are substituted, includes
//! are named but not followed, and conditions (`ifdef`) are taken as true.

mod inline;
mod shape;
mod table;

use super::Span;
use super::lines::{Joined, Line, lines};
use super::outline::{Attribute, Block, BlockKind, Outline, Section, Text};
use inline::Inline;
use shape::{attribute, author, closing, heading, is_delimiter, is_revision, item, section_mark, underlines};

/// Reads a document. Never fails: anything is AsciiDoc.
#[must_use]
pub fn read(text: &str) -> Outline {
    let lines = lines(text);
    let first = lines.first().map_or(0, |line| line.start);
    let outline = Outline {
        sections: vec![Section { body: Span::new(first, text.len()), ..Section::default() }],
        ..Outline::default()
    };
    let mut reader = Reader {
        file: text,
        outline,
        inline: Inline::default(),
        lists: Vec::new(),
        attached: false,
        containers: Vec::new(),
        style: Style::default(),
        tables: 0,
    };
    let mut at = reader.front_matter(&lines);
    while at < lines.len() {
        at = reader.block(&lines, at);
    }
    if let Some(last) = reader.outline.sections.last_mut() {
        last.body.end = text.len().max(last.body.start);
    }
    reader.outline.read_front(text);
    reader.outline
}

/// What the line of attributes above a block says about it.
#[derive(Debug, Default)]
struct Style {
    quote: bool,
    code: bool,
    header: bool,
    columns: usize,
}

struct Reader<'s> {
    file: &'s str,
    outline: Outline,
    inline: Inline,
    /// The markers of the lists that are open, outermost first.
    lists: Vec<&'s str>,
    /// Whether a `+` ties the next block to the list.
    attached: bool,
    /// Delimiters of the blocks that are open, and whether each quotes.
    containers: Vec<(&'s str, bool)>,
    style: Style,
    tables: usize,
}

impl<'s> Reader<'s> {
    /// Front matter as site generators use it; says at which line the document starts.
    fn front_matter(&mut self, lines: &[Line<'s>]) -> usize {
        if lines.first().is_none_or(|line| line.trimmed() != "---") {
            return 0;
        }
        let Some(end) = lines.iter().skip(1).take(400).position(|line| line.trimmed() == "---").map(|at| at + 1) else {
            return 0;
        };
        let start = lines[1].start;
        let behind = lines.get(end + 1).map_or(self.file.len(), |line| line.start);
        self.outline.front_matter = Some(Span::new(start, lines[end].start));
        self.outline.sections[0].body.start = behind;
        end + 1
    }

    /// Reads the block that starts at a line, and says where the next one starts.
    fn block(&mut self, lines: &[Line<'s>], at: usize) -> usize {
        let line = lines[at];
        let text = line.trimmed();
        if text.is_empty() {
            return at + 1;
        }
        if let Some(end) =
            self.comment(lines, at).or_else(|| self.delimited(lines, at)).or_else(|| self.directive(lines, at))
        {
            return end;
        }
        if let Some((level, heading, behind)) = heading(lines, at) {
            self.heading(level, heading, behind - at, lines, at);
            return behind;
        }
        if self.attributes_line(text) {
            return at + 1;
        }
        if text == "+" {
            self.attached = true;
            return at + 1;
        }
        if let Some((marker, rest)) = item(&line) {
            return self.item(marker, rest, lines, at);
        }
        if line.indent() > 0 && self.lists.is_empty() {
            return self.literal(lines, at);
        }
        self.paragraph(lines, at)
    }

    /// `// line`, or everything between two lines of `////`.
    fn comment(&mut self, lines: &[Line<'s>], at: usize) -> Option<usize> {
        let text = lines[at].trimmed();
        if !text.starts_with("//") {
            return None;
        }
        let (inner, end) = if is_delimiter(text, '/') {
            let end = closing(lines, at, text);
            let inner = lines.get(at + 1).map_or(self.file.len(), |line| line.start);
            (inner..lines.get(end).map_or(self.file.len(), |line| line.start).max(inner), end + 1)
        } else if text.starts_with("///") {
            return None;
        } else {
            (lines[at].start + 2..lines[at].start + text.len(), at + 1)
        };
        let mut words = Text::default();
        words.push(&self.file[inner.clone()], inner.clone(), self.file);
        let close = lines.get(end - 1).map_or(self.file.len(), |line| line.start + line.text.len());
        self.push(BlockKind::Comment, Span::new(lines[at].start, close), words);
        Some(end)
    }

    /// Blocks between two equal lines: code, tables, quotes, containers.
    fn delimited(&mut self, lines: &[Line<'s>], at: usize) -> Option<usize> {
        let text = lines[at].trimmed();
        let code =
            is_delimiter(text, '-') || is_delimiter(text, '.') || is_delimiter(text, '+') || text.starts_with("```");
        if code {
            let end = closing(lines, at, if text.starts_with("```") { "```" } else { text });
            self.code(lines, at + 1, end, lines[at].start);
            return Some(end + 1);
        }
        if let [separator @ (b'|' | b',' | b':' | b'!'), rest @ ..] = text.as_bytes()
            && rest.len() >= 3
            && rest.iter().all(|byte| *byte == b'=')
        {
            let end = closing(lines, at, text);
            let inner = lines.get(at + 1..end).unwrap_or_default();
            self.table(char::from(*separator), inner);
            return Some(end + 1);
        }
        let container = text == "--" || ['=', '*', '_'].iter().any(|c| is_delimiter(text, *c));
        if container && !underlines(lines, at) {
            match self.containers.iter().rposition(|(open, _)| *open == text) {
                Some(open) => self.containers.truncate(open),
                // Deeper than any document nests; what is inside is read all the same.
                None if self.containers.len() < 64 => {
                    self.containers.push((text, text.starts_with('_') || self.style.quote));
                }
                None => {}
            }
            self.style = Style::default();
            if !self.attached {
                self.lists.clear();
            }
            return Some(at + 1);
        }
        None
    }

    /// `:name: value`, `include::path[]`, conditions, breaks, block titles.
    fn directive(&mut self, lines: &[Line<'s>], at: usize) -> Option<usize> {
        let line = lines[at];
        let text = line.trimmed();
        if let Some((name, value)) = attribute(text) {
            return Some(self.attribute(name, value, lines, at));
        }
        if let Some(rest) = text.strip_prefix("include::") {
            let target = rest.split('[').next().unwrap_or(rest);
            self.outline.includes.push((target.to_owned(), line.span()));
            return Some(at + 1);
        }
        let condition =
            ["ifdef::", "ifndef::", "ifeval::", "endif::", "toc::"].iter().any(|word| text.starts_with(word));
        let rule = matches!(text, "'''" | "---" | "***" | "<<<" | "- - -" | "* * *");
        (condition || rule).then_some(at + 1)
    }

    fn attribute(&mut self, name: &'s str, value: &'s str, lines: &[Line<'s>], at: usize) -> usize {
        let line = lines[at];
        let offset = value.as_ptr() as usize - line.text.as_ptr() as usize;
        let mut parts = vec![Line { start: line.start + offset, text: value }];
        let mut end = at + 1;
        while parts.last().is_some_and(|part| part.text.ends_with('\\')) {
            if let Some(part) = parts.last_mut() {
                part.text = part.text.trim_end_matches('\\').trim_end();
            }
            let Some(next) = lines.get(end) else { break };
            parts.push(Line { start: next.start, text: next.trimmed() });
            end += 1;
        }
        let text = self.inline.read(&Joined::new(self.file, parts));
        let close = lines.get(end - 1).map_or(self.file.len(), |line| line.start + line.text.len());
        let span = Span::new(line.start, close);
        let unset = name.starts_with('!') || name.ends_with('!');
        if !unset {
            self.inline.define(name, &text);
            if self.outline.attributes.len() < 1000 {
                self.outline.attributes.push(Attribute { name: name.to_owned(), text, span });
            }
        }
        end
    }

    fn heading(&mut self, level: u8, heading: Line<'s>, length: usize, lines: &[Line<'s>], at: usize) {
        self.lists.clear();
        self.containers.clear();
        self.style = Style::default();
        let text = self.inline.read(&Joined::new(self.file, [heading]));
        let close = lines[at + length - 1];
        let whole = Span::new(lines[at].start, close.start + close.text.len());
        self.outline.heading(level, text, whole);
        // The line under the title of the document names who wrote it.
        if let ([_, title], [line, behind @ ..]) = (self.outline.sections.as_slice(), &lines[at + length..])
            && title.level == 1
        {
            self.authors(*line, behind.first().is_some_and(|line| is_revision(line.trimmed())));
        }
    }

    /// `Jane Doe <jane@example.org>; John Doe`. A name without an address may be a word of the text: it counts where
    /// the line of the revision follows.
    fn authors(&mut self, line: Line<'s>, revised: bool) {
        let parts: Vec<&'s str> = line.text.split(';').take(20).collect();
        let names: Option<Vec<&'s str>> = parts.into_iter().map(|part| author(part, revised)).collect();
        for name in names.unwrap_or_default() {
            let start = line.start + (name.as_ptr() as usize - line.text.as_ptr() as usize);
            let text = self.inline.read(&Joined::new(self.file, [Line { start, text: name }]));
            let span = Span::new(start, start + name.len());
            self.outline.attributes.push(Attribute { name: "author".to_owned(), text, span });
        }
    }

    /// `[source,rust]`, `[quote]`, `[cols="1,3"]`, `[[anchor]]`: what is said about the block below.
    fn attributes_line(&mut self, text: &str) -> bool {
        if !(text.starts_with('[') && text.ends_with(']')) || text.len() > 2000 {
            return false;
        }
        let inside = &text[1..text.len() - 1];
        // `[x] done` is no such line, and neither is a placeholder in brackets.
        let first = inside.split([',', '%', '#', '.', '=']).next().unwrap_or(inside);
        if first.contains(' ') && !inside.contains('=') {
            return false;
        }
        self.style.quote |= matches!(first, "quote" | "verse");
        self.style.code |= matches!(first, "source" | "listing" | "literal" | "plantuml" | "mermaid");
        self.style.header |= inside.contains("%header") || inside.contains("header");
        if let Some((_, columns)) = inside.split_once("cols") {
            self.style.columns = table::columns(columns);
        }
        true
    }

    fn item(&mut self, marker: &'s str, rest: Line<'s>, lines: &[Line<'s>], at: usize) -> usize {
        match self.lists.iter().position(|open| *open == marker) {
            Some(open) => self.lists.truncate(open + 1),
            None if self.lists.len() < 32 => self.lists.push(marker),
            None => {}
        }
        self.attached = false;
        let mut end = self.text_end(lines, at + 1);
        let mut behind = at + 1;
        if marker == "::" && end == behind && rest.text.trim_end().ends_with("::") {
            // What a term says may stand below a blank line.
            let next = (end..lines.len()).find(|&next| !lines[next].is_blank()).unwrap_or(end);
            let ends = if next < lines.len() { self.text_end(lines, next) } else { next };
            (behind, end) = if ends > next { (next, ends) } else { (behind, end) };
        }
        let more = lines.get(behind..end).unwrap_or_default().iter().copied();
        let text = match rest.text.find("::").filter(|_| marker == "::") {
            // `Term:: text`: a labelled line, wherever the text stands.
            Some(colons) => {
                let term = Line { start: rest.start, text: &rest.text[..colons] };
                let told = rest.behind(rest.text.len() - rest.text[colons..].trim_start_matches(':').len());
                let told = std::iter::once(told).filter(|told| !told.is_blank()).chain(more);
                let (term, told) = (Joined::new(self.file, [term]), Joined::new(self.file, told));
                Text::labelled(&self.inline.read(&term), &self.inline.read(&told), self.file)
            }
            None => self.inline.read(&Joined::new(self.file, std::iter::once(rest).chain(more))),
        };
        let last = lines[end - 1];
        self.push(BlockKind::Item, Span::new(lines[at].start, last.start + last.text.len()), text);
        end
    }

    fn paragraph(&mut self, lines: &[Line<'s>], at: usize) -> usize {
        if !self.attached && !self.lists.is_empty() && lines[at].indent() == 0 {
            self.lists.clear();
        }
        self.attached = false;
        let end = self.text_end(lines, at + 1);
        if self.style.code {
            self.style = Style::default();
            self.code(lines, at, end, lines[at].start);
            return end;
        }
        let text = self.inline.read(&Joined::new(self.file, lines[at..end].iter().copied()));
        let last = lines[end - 1];
        self.push(BlockKind::Paragraph, Span::new(lines[at].start, last.start + last.text.len()), text);
        self.style = Style::default();
        end
    }

    /// An indented paragraph is shown as it stands.
    fn literal(&mut self, lines: &[Line<'s>], at: usize) -> usize {
        let end = (at..lines.len()).find(|&next| lines[next].is_blank()).unwrap_or(lines.len());
        self.code(lines, at, end, lines[at].start);
        end
    }

    /// Where a paragraph ends: at a blank line, or at a line that starts something else.
    fn text_end(&self, lines: &[Line<'s>], from: usize) -> usize {
        let ends = |line: &Line<'s>| {
            let text = line.trimmed();
            text.is_empty()
                || text == "+"
                || text == "--"
                || text.starts_with("//") && !text.starts_with("///")
                || text.starts_with("```")
                || text.starts_with("include::")
                || ['-', '.', '+', '=', '*', '_', '/'].iter().any(|c| is_delimiter(text, *c))
                || text.starts_with("|===")
                || (text.starts_with('[') && text.ends_with(']') && !text.contains(' '))
                || section_mark(text).is_some()
                || attribute(text).is_some()
                || item(line).is_some()
        };
        (from..lines.len()).find(|&at| ends(&lines[at])).unwrap_or(lines.len())
    }

    fn code(&mut self, lines: &[Line<'s>], from: usize, end: usize, start: usize) {
        let inner = lines.get(from).map_or(self.file.len(), |line| line.start);
        let close = lines.get(end).map_or(self.file.len(), |line| line.start).max(inner);
        let mut text = Text::default();
        text.push(&self.file[inner..close], inner..close, self.file);
        self.style = Style::default();
        self.push(BlockKind::Code, Span::new(start, close.max(start)), text);
    }

    fn table(&mut self, separator: char, lines: &[Line<'s>]) {
        let style = std::mem::take(&mut self.style);
        let table = self.tables;
        self.tables += 1;
        let rows = table::rows(separator, lines, style.columns);
        let blank_behind_first =
            lines.first().is_some_and(|line| !line.is_blank()) && lines.get(1).is_some_and(Line::is_blank);
        for (at, row) in rows.into_iter().enumerate() {
            let cells: Vec<Text> =
                row.into_iter().map(|cell| self.inline.read(&Joined::new(self.file, cell))).collect();
            let head = at == 0 && (style.header || blank_behind_first);
            let text = Text::joined(&cells, self.file);
            let span = text.place(0..text.plain.len());
            self.push(BlockKind::Row { table, head, cells }, span, text);
        }
    }

    fn push(&mut self, kind: BlockKind, span: Span, text: Text) {
        if text.is_blank() && !matches!(kind, BlockKind::Row { .. }) {
            return;
        }
        let section = self.outline.sections.len().saturating_sub(1);
        let quoted = self.style.quote || self.containers.iter().any(|(_, quotes)| *quotes);
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        self.outline.blocks.push(Block { kind, section, span, depth, quoted, text });
    }
}

#[cfg(test)]
mod tests;
