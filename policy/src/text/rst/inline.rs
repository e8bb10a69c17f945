//! Running text in reStructuredText: marks, roles, references.

use super::super::lines::{Ends, Joined, Line};
use super::super::outline::{Mark, MarkKind, Text};
use std::collections::HashMap;
use std::ops::Range;

/// Reads running text; knows where the document's named targets lead.
#[derive(Debug, Default)]
pub(super) struct Inline {
    targets: HashMap<String, String>,
}

impl Inline {
    /// Collects the targets of a document: `.. _name: https://…`, `.. _name:`.
    pub(super) fn new(lines: &[Line<'_>]) -> Self {
        let mut inline = Self::default();
        for line in lines {
            let Some(rest) = line.text.trim_start().strip_prefix(".. _") else { continue };
            let split = rest.strip_prefix('`').map_or_else(|| rest.split_once(':'), |quoted| quoted.split_once("`:"));
            if let Some((name, target)) = split
                && name.len() <= 200
                && inline.targets.len() < 5000
            {
                let target = target.trim();
                let target =
                    if target.is_empty() { format!("#{name}") } else { target.trim_end_matches('_').to_owned() };
                inline.targets.entry(normal(name)).or_insert(target);
            }
        }
        inline
    }

    /// The text of joined lines, markup removed.
    pub(super) fn read(&self, joined: &Joined<'_>) -> Text {
        let mut run =
            Run { joined, text: Text::default(), at: 0, from: 0, ends: Ends::default(), targets: &self.targets };
        while run.at < joined.plain.len() {
            run.step();
        }
        run.flush(joined.plain.len());
        run.text
    }

    /// An entry of a table of contents: `path/to/page`, `Title <path/to/page>`.
    pub(super) fn path(&self, joined: &Joined<'_>) -> Text {
        let mut run =
            Run { joined, text: Text::default(), at: 0, from: 0, ends: Ends::default(), targets: &self.targets };
        let end = joined.plain.len();
        run.link(0..end, end, None);
        run.text
    }
}

/// A name as references compare it.
fn normal(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

struct Run<'j, 's> {
    joined: &'j Joined<'s>,
    text: Text,
    at: usize,
    /// What is not yet written starts here.
    from: usize,
    ends: Ends,
    targets: &'j HashMap<String, String>,
}

impl<'j> Run<'j, '_> {
    fn rest(&self) -> &'j str {
        &self.joined.plain[self.at..]
    }

    fn flush(&mut self, to: usize) {
        if self.from < to {
            self.joined.push(&mut self.text, self.from..to);
        }
        self.from = self.from.max(to);
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        let before = self.joined.plain[..self.at].chars().next_back();
        let opens = !before.is_some_and(|c| c.is_alphanumeric() || c == '\\');
        let done = match c {
            '*' if opens && rest.starts_with("**") => self.mark("**", MarkKind::Strong),
            '*' if opens => self.mark("*", MarkKind::Emphasis),
            '`' if opens && rest.starts_with("``") => self.mark("``", MarkKind::Code),
            '`' if opens => self.quoted(self.at, None),
            ':' if opens => self.role(),
            'h' | 'f' if opens => self.address(),
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                self.flush(self.at);
                self.from = self.at + 1;
                self.at += 2;
                true
            }
            _ => false,
        };
        if !done {
            self.at += c.len_utf8();
        }
    }

    /// Marked text between two equal marks.
    fn mark(&mut self, mark: &'static str, kind: MarkKind) -> bool {
        let plain = &self.joined.plain;
        let from = self.at + mark.len();
        if plain[from..].starts_with(char::is_whitespace) {
            return false;
        }
        let close = |at: usize| {
            at > from
                && !plain[..at].ends_with(char::is_whitespace)
                && !plain[at + mark.len()..].starts_with(|c: char| c.is_alphanumeric())
        };
        let Some(end) = self.ends.find(plain, from, mark, close) else { return false };
        self.flush(self.at);
        let start = self.text.plain.len();
        let span = self.joined.span(&(self.at..end + mark.len())).into();
        self.from = from;
        self.flush(end);
        self.text.mark(Mark { kind, range: start..self.text.plain.len(), span });
        self.at = end + mark.len();
        self.from = self.at;
        true
    }

    /// ``:role:`text <target>` ``
    fn role(&mut self) -> bool {
        let rest = self.rest();
        let near = rest.get(1..).unwrap_or_default();
        let length = near
            .bytes()
            .take(60)
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.' | b'+'))
            .count();
        let name = &near[..length];
        let Some(name) = name.strip_suffix(':') else { return false };
        if !near[length..].starts_with('`') || near[length..].starts_with("``") {
            return false;
        }
        let start = self.at;
        self.at += 1 + length;
        let done = self.quoted(start, Some(name));
        if !done {
            self.at = start;
        }
        done
    }

    /// `` `text <target>`_ ``, `` `name`_ ``, or the text of a role; `start` is where the markup starts.
    fn quoted(&mut self, start: usize, role: Option<&str>) -> bool {
        let plain = &self.joined.plain;
        let from = self.at + 1;
        let Some(end) = self.ends.find(plain, from, "`", |at| at > from) else { return false };
        let mut behind = end + 1;
        let reference = plain[behind..].starts_with('_');
        behind += plain[behind..].bytes().take(2).take_while(|byte| *byte == b'_').count();
        self.flush(start);
        self.at = start;
        let links = match role {
            None => reference,
            Some(role) => matches!(
                role.rsplit(':').next().unwrap_or(role),
                "ref" | "doc" | "any" | "numref" | "pep" | "rfc" | "download"
            ),
        };
        if links {
            self.link(from..end, behind, role);
        } else {
            self.from = from;
            let words = plain[from..end].rfind(" <").filter(|_| plain[from..end].ends_with('>'));
            self.flush(words.map_or(end, |at| from + at));
        }
        self.at = behind;
        self.from = behind;
        true
    }

    /// A link whose text, with or without `<target>` behind it, is given.
    fn link(&mut self, inside: Range<usize>, end: usize, role: Option<&str>) {
        let content = &self.joined.plain[inside.clone()];
        let split = content
            .strip_suffix('>')
            .and_then(|open| open.rfind('<'))
            .map(|at| (at, &content[at + 1..content.len() - 1]));
        let (words, target) = match split {
            Some((at, target)) => {
                let kept = content[..at].trim_end().len();
                let words =
                    if kept == 0 { inside.start + 1..inside.end - 1 } else { inside.start..inside.start + kept };
                (words, target.trim().to_owned())
            }
            None => {
                let name = normal(content);
                let known = if role.is_none() { self.targets.get(&name).cloned() } else { None };
                (inside.clone(), known.unwrap_or_else(|| content.split_whitespace().collect::<Vec<_>>().join(" ")))
            }
        };
        let target =
            target.strip_suffix('_').and_then(|name| self.targets.get(&normal(name)).cloned()).unwrap_or(target);
        let start = self.text.plain.len();
        self.joined.push(&mut self.text, words);
        let span = self.joined.span(&(self.at..end)).into();
        self.text.mark(Mark { kind: MarkKind::Link(target.into()), range: start..self.text.plain.len(), span });
        self.from = end;
    }

    /// A bare address.
    fn address(&mut self) -> bool {
        let rest = self.rest();
        if !["https://", "http://", "ftp://"].iter().any(|scheme| rest.starts_with(scheme)) {
            return false;
        }
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`')).unwrap_or(rest.len());
        let kept = rest[..length].trim_end_matches(['.', ',', ';', ':', ')', '*', '_', ']']).len();
        self.flush(self.at);
        let start = self.text.plain.len();
        self.flush(self.at + kept);
        let span = self.joined.span(&(self.at..self.at + kept)).into();
        let target = rest[..kept].to_owned();
        self.text.mark(Mark { kind: MarkKind::Link(target.into()), range: start..self.text.plain.len(), span });
        self.at += kept;
        true
    }
}
