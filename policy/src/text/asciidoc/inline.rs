//! Running text in AsciiDoc: attributes, marks, links.

use super::super::lines::{Ends, Joined};
use super::super::outline::{Mark, MarkKind, Text};
use std::collections::HashMap;
use std::ops::Range;

/// What attributes may add to a document in all, in bytes: `{a}` a million times over costs no more than this.
const BUDGET: usize = 200_000;

/// Reads running text; knows the attributes that were defined so far.
#[derive(Debug, Default)]
pub(super) struct Inline {
    attributes: HashMap<String, Text>,
    spent: usize,
}

impl Inline {
    /// Defines an attribute.
    pub(super) fn define(&mut self, name: &str, text: &Text) {
        if text.plain.len() <= 2000 && self.attributes.len() < 1000 {
            self.attributes.insert(name.to_ascii_lowercase(), text.clone());
        }
    }

    /// The text of joined lines, markup removed.
    pub(super) fn read(&mut self, joined: &Joined<'_>) -> Text {
        let mut run = Run { joined, text: Text::default(), at: 0, from: 0, open: Vec::new(), ends: Ends::default() };
        while run.at < joined.plain.len() {
            self.step(&mut run);
        }
        run.flush(joined.plain.len());
        run.text
    }

    fn step(&mut self, run: &mut Run<'_, '_>) {
        if run.close() {
            return;
        }
        let rest = run.rest();
        let Some(c) = rest.chars().next() else { return };
        let step = match c {
            '{' => self.attribute(run),
            '<' => run.cross_reference(),
            '*' => run.mark("**", "*", &MarkKind::Strong),
            '_' => run.mark("__", "_", &MarkKind::Emphasis),
            '`' => run.mark("``", "`", &MarkKind::Code),
            '#' => run.mark("##", "#", &MarkKind::Emphasis),
            '[' => run.brackets(),
            ' ' if rest.starts_with(" +\n") || rest == " +" => run.skip(2),
            '\\' if rest[1..].starts_with(['*', '_', '`', '#', '{', '<', '[']) => {
                run.skip(1) && {
                    run.at += 1;
                    true
                }
            }
            'l' | 'x' | 'h' | 'f' | 'm' | 'i' if !run.before().is_some_and(char::is_alphanumeric) => run.link(),
            _ => false,
        };
        if !step {
            run.at += c.len_utf8();
        }
    }

    /// `{name}` with the value of the attribute.
    fn attribute(&mut self, run: &mut Run<'_, '_>) -> bool {
        let rest = run.rest();
        let Some(end) = rest.char_indices().take(82).find(|(_, c)| *c == '}').map(|(at, _)| at) else { return false };
        let Some(value) = self.attributes.get(&rest[1..end].to_ascii_lowercase()) else { return false };
        self.spent += value.plain.len();
        if self.spent > BUDGET {
            return false;
        }
        let range = run.at..run.at + end + 1;
        run.flush(range.start);
        let start = run.text.plain.len();
        run.joined.push_as(&mut run.text, &value.plain, &range);
        // They stand where the attribute is used: a span never leaves its paragraph.
        let span = run.joined.span(&range).into();
        let moved = |mark: &Mark| Mark {
            kind: mark.kind.clone(),
            range: mark.range.start + start..mark.range.end + start,
            span,
        };
        value.marks().iter().map(moved).for_each(|mark| run.text.mark(mark));
        run.at = range.end;
        run.from = range.end;
        true
    }
}

/// A mark that is open: where its end stands, and what it is.
struct Open {
    end: usize,
    length: usize,
    kind: MarkKind,
    /// Where it starts in the plain text and in the joined text.
    plain: usize,
    start: usize,
}

struct Run<'j, 's> {
    joined: &'j Joined<'s>,
    text: Text,
    at: usize,
    /// What is not yet written starts here.
    from: usize,
    open: Vec<Open>,
    ends: Ends,
}

impl<'j> Run<'j, '_> {
    fn rest(&self) -> &'j str {
        &self.joined.plain[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.joined.plain[..self.at].chars().next_back()
    }

    fn flush(&mut self, to: usize) {
        if self.from < to {
            self.joined.push(&mut self.text, self.from..to);
        }
        self.from = self.from.max(to);
    }

    /// Leaves out some bytes.
    fn skip(&mut self, bytes: usize) -> bool {
        self.flush(self.at);
        self.at += bytes;
        self.from = self.at;
        true
    }

    /// Ends the innermost mark whose end is here.
    fn close(&mut self) -> bool {
        let Some(at) = self.open.iter().rposition(|open| open.end == self.at) else { return false };
        self.flush(self.at);
        let open = self.open.remove(at);
        let end = open.end + open.length;
        let span = self.joined.span(&(open.start..end)).into();
        let range = open.plain..self.text.plain.len();
        self.text.mark(Mark { kind: open.kind, range, span });
        self.at = end;
        self.from = end;
        true
    }

    /// Opens a mark: two characters anywhere, one only around whole words.
    fn mark(&mut self, double: &'static str, single: &'static str, kind: &MarkKind) -> bool {
        let plain = &self.joined.plain;
        let from = if self.rest().starts_with(double) { self.at + 2 } else { self.at + 1 };
        let end = if from == self.at + 2 {
            self.ends.find(plain, from, double, |at| at > from)
        } else {
            let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
            if word(self.before()) || plain[from..].starts_with(char::is_whitespace) {
                return false;
            }
            self.ends.find(plain, from, single, |at| {
                at > from
                    && !plain[..at].ends_with(char::is_whitespace)
                    && !word(plain[at + 1..].chars().next())
                    && !plain[at + 1..].starts_with(single)
            })
        };
        let Some(end) = end else { return false };
        // A mark that would end behind the one around it is none.
        if self.open.last().is_some_and(|outer| end >= outer.end) || self.open.len() >= 16 {
            return false;
        }
        self.flush(self.at);
        let length = from - self.at;
        self.open.push(Open { end, length, kind: kind.clone(), plain: self.text.plain.len(), start: self.at });
        self.at = from;
        self.from = from;
        true
    }

    /// `[[anchor]]` and `[.role]#text#`: not shown.
    fn brackets(&mut self) -> bool {
        let plain = &self.joined.plain;
        if self.rest().starts_with("[[") {
            let Some(end) = self.ends.find(plain, self.at, "]]", |_| true) else { return false };
            return self.skip(end + 2 - self.at);
        }
        if self.rest().starts_with("[.") || self.rest().starts_with("[line-through]") {
            let Some(end) = self.ends.find(plain, self.at, "]#", |_| true) else { return false };
            let struck = plain[self.at..end].contains("line-through");
            let from = end + 2;
            let Some(close) = self.ends.find(plain, from, "#", |_| true) else { return false };
            if self.open.last().is_some_and(|outer| close >= outer.end) {
                return false;
            }
            self.flush(self.at);
            let kind = if struck { MarkKind::Strike } else { MarkKind::Emphasis };
            self.open.push(Open { end: close, length: 1, kind, plain: self.text.plain.len(), start: self.at });
            self.at = from;
            self.from = from;
            return true;
        }
        false
    }

    /// `<<anchor,text>>`
    fn cross_reference(&mut self) -> bool {
        let plain = &self.joined.plain;
        // What comes from Markdown templates: meant as a comment.
        if self.rest().starts_with("<!--")
            && let Some(end) = self.ends.find(plain, self.at, "-->", |_| true)
        {
            return self.skip(end + 3 - self.at);
        }
        if !self.rest().starts_with("<<") {
            return false;
        }
        let Some(end) = self.ends.find(plain, self.at, ">>", |_| true) else { return false };
        let inside = self.at + 2..end;
        let comma = plain[inside.clone()].find(',').map(|at| inside.start + at);
        let target = plain[inside.start..comma.unwrap_or(end)].trim();
        let words = comma.map_or(inside.clone(), |comma| comma + 1..end);
        let target =
            if target.contains('#') || target.contains(".adoc") { target.to_owned() } else { format!("#{target}") };
        self.link_to(target, words, end + 2, false)
    }

    /// `https://…[text]`, `link:…[text]`, `xref:…[text]`, `mailto:…[text]`, `image:…[text]`, or a bare address.
    fn link(&mut self) -> bool {
        let rest = self.rest();
        let macros = ["link:", "xref:", "image::", "image:"];
        let found = macros.iter().find(|name| rest.starts_with(**name)).copied();
        let bare = ["https://", "http://", "ftp://", "mailto:"].iter().any(|scheme| rest.starts_with(scheme));
        if found.is_none() && !bare {
            return false;
        }
        let start = self.at + found.map_or(0, str::len);
        let length = self.joined.plain[start..]
            .find(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '<' | '>' | '"' | '`'))
            .unwrap_or(self.joined.plain.len() - start);
        let target = &self.joined.plain[start..start + length];
        let behind = start + length;
        if self.joined.plain[behind..].starts_with('[')
            && let Some(end) = self.ends.find(&self.joined.plain, behind, "]", |_| true)
        {
            let image = found.is_some_and(|name| name.starts_with("image"));
            let words = if behind + 1 == end { start..behind } else { behind + 1..end };
            return self.link_to(target.to_owned(), words, end + 1, image);
        }
        if !bare || length < 8 {
            return false;
        }
        let kept = target.trim_end_matches(['.', ',', ';', ':', ')', '*', '_']);
        self.link_to(kept.to_owned(), start..start + kept.len(), start + kept.len(), false)
    }

    fn link_to(&mut self, target: String, words: Range<usize>, end: usize, image: bool) -> bool {
        if self.open.last().is_some_and(|outer| end > outer.end) {
            return false;
        }
        self.flush(self.at);
        let start = self.text.plain.len();
        // A caret asks for a new window; it is no part of the text.
        let kept = self.joined.plain[words.clone()].trim_end_matches('^').len();
        self.joined.push(&mut self.text, words.start..words.start + kept);
        let kind = if image { MarkKind::Image(target.into()) } else { MarkKind::Link(target.into()) };
        let span = self.joined.span(&(self.at..end)).into();
        self.text.mark(Mark { kind, range: start..self.text.plain.len(), span });
        self.at = end;
        self.from = end;
        true
    }
}
