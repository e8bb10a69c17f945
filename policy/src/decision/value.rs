//! The value of a labelled entry: its words, where they stand, and the links in them.

use crate::text::Span;
use crate::text::outline::{MarkKind, Text};
use std::ops::Range;

/// A piece of text with its place and its links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Value {
    /// The words, what is struck through left out.
    pub(super) text: String,
    /// Where they stand.
    pub(super) span: Span,
    /// The links in them.
    pub(super) links: Vec<ValueLink>,
}

/// A link in a [`Value`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ValueLink {
    /// Which part of the value's text.
    pub(super) range: Range<usize>,
    /// Where it leads, as written.
    pub(super) target: String,
    /// Where it stands, markers included.
    pub(super) span: Span,
}

impl Value {
    /// A part of a running text.
    pub(super) fn slice(text: &Text, range: Range<usize>) -> Self {
        let inside = |mark: &Range<usize>| mark.start >= range.start && mark.end <= range.end;
        let mut value =
            Self { text: text.plain[range.clone()].to_owned(), span: text.span(range.clone()), links: Vec::new() };
        let mut struck = Vec::new();
        for mark in text.marks().iter().filter(|mark| inside(&mark.range)) {
            let own = mark.range.start - range.start..mark.range.end - range.start;
            match &mark.kind {
                MarkKind::Link(target) => {
                    value.links.push(ValueLink { range: own, target: target.as_ref().into(), span: mark.span });
                }
                MarkKind::Strike => struck.push(own),
                _ => {}
            }
        }
        // Spaces keep all other offsets as they are.
        for gone in struck {
            value.text.replace_range(gone.clone(), &" ".repeat(gone.len()));
            value.links.retain(|link| link.range.start < gone.start || link.range.end > gone.end);
        }
        value
    }

    /// A whole running text.
    pub(super) fn whole(text: &Text) -> Self {
        Self::slice(text, 0..text.plain.len())
    }

    /// A scalar of front matter, in which Markdown links are links as well.
    pub(super) fn scalar(text: &str, span: Span, file: &str) -> Self {
        // Where the scalar is the file's own text (plain, or within its quotes), places inside it are exact.
        let inside = span.of(file);
        let base = inside.find(text).map(|at| span.start + at);
        let mut links = Vec::new();
        let mut at = 0;
        while let Some(open) = text[at..].find('[').map(|found| at + found) {
            at = open + 1;
            let Some(middle) = text[at..].find("](").map(|found| at + found) else { break };
            let Some(close) = text[middle..].find(')').map(|found| middle + found) else { break };
            let place = base.map_or(span, |base| Span::new(base + open, base + close + 1));
            links.push(ValueLink { range: open + 1..middle, target: text[middle + 2..close].to_owned(), span: place });
            at = close;
        }
        let own = base.map_or(span, |base| Span::new(base, base + text.len()));
        Self { text: text.to_owned(), span: own, links }
    }

    /// Its lines, without those that are empty.
    pub(super) fn lines(&self) -> Vec<&str> {
        self.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
    }

    /// Whether it says nothing: empty, or one of the ways to say that there is nothing.
    pub(super) fn is_nothing(&self) -> bool {
        let text = self.text.trim().trim_matches(|c: char| !c.is_alphanumeric());
        text.is_empty() || NOTHING.iter().any(|word| text.eq_ignore_ascii_case(word))
    }
}

const NOTHING: [&str; 14] =
    ["n/a", "na", "none", "null", "nil", "no", "-", "not applicable", "nothing", "keine", "aucun", "нет", "无", "なし"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_in_scalars_have_exact_places() {
        let file = "status: \"superseded by [ADR-0042](0042-x.md)\"\n";
        let value = Value::scalar("superseded by [ADR-0042](0042-x.md)", Span::new(8, 45), file);
        assert_eq!(value.span.of(file), "superseded by [ADR-0042](0042-x.md)");
        assert_eq!(value.links.len(), 1);
        assert_eq!(value.links[0].span.of(file), "[ADR-0042](0042-x.md)");
        assert_eq!(&value.text[value.links[0].range.clone()], "ADR-0042");
    }

    #[test]
    fn what_is_struck_through_is_not_said() {
        let outline = crate::text::markdown::read(&"~~Proposed~~ Accepted\n".into());
        assert_eq!(Value::whole(&outline.blocks[0].text).text.trim(), "Accepted");
    }
}
