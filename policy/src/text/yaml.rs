//! YAML that others wrote: one composer over the events of `granit-parser`, the only place that knows a YAML parser.
//!
//! A [`Stream`] keeps spans of keys and values, plain or quoted, the raw text of scalars, duplicate keys, comments
//! and document numbers. It uses no recursion and stops at [`Limits`]. Aliases are followed by reference, never
//! expanded, so that an alias bomb costs nothing; merge keys (`<<`) are looked through by [`Value::get`].

mod compose;
#[cfg(test)]
mod tests;
mod value;

pub use compose::{parse, parse_with};
pub use value::Scalar;

use super::Span;
use std::borrow::Cow;

/// What a file may hold before reading stops.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes in the file.
    pub bytes: usize,
    /// Nesting of mappings and sequences.
    pub depth: usize,
    /// Scalars, mappings, sequences and aliases.
    pub nodes: usize,
    /// Documents in the file.
    pub documents: usize,
    /// Aliases (`*name`).
    pub aliases: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 20, depth: 64, nodes: 50_000, documents: 200, aliases: 1_000 }
    }
}

/// Why a file cannot be read as YAML, or only in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in words.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Whether the YAML is well as far as it was read, and only more than is read.
    pub too_much: bool,
}

/// A key that stands twice in one mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The key.
    pub key: String,
    /// Where it stood first.
    pub first: Span,
    /// Where it stands again.
    pub again: Span,
}

/// A comment, from `#` to the end of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment<'s> {
    /// The text behind `#`.
    pub text: Cow<'s, str>,
    /// Where, `#` included.
    pub span: Span,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: may be a number, a date, `null`, `true`.
    Plain,
    /// In quotes or as a block: always text.
    Quoted,
}

type NodeId = u32;

#[derive(Clone, Debug)]
enum Kind<'s> {
    Scalar(Cow<'s, str>, Style),
    Sequence(Vec<NodeId>),
    Mapping(Vec<(NodeId, NodeId)>),
    Alias(NodeId),
}

#[derive(Clone, Debug)]
struct Node<'s> {
    kind: Kind<'s>,
    span: Span,
}

/// All documents of one file.
#[derive(Clone, Debug, Default)]
pub struct Stream<'s> {
    nodes: Vec<Node<'s>>,
    documents: Vec<NodeId>,
    comments: Vec<Comment<'s>>,
    duplicates: Vec<DuplicateKey>,
    problem: Option<Problem>,
    /// Whether a scalar is `<<`: only then is anything merged into a mapping.
    merges: bool,
}

/// A node of a [`Stream`], aliases already followed.
#[derive(Clone, Copy)]
pub struct Value<'a, 's> {
    stream: &'a Stream<'s>,
    id: NodeId,
    /// Where it is used: the alias, if the node was reached through one.
    used_at: Span,
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a, 's> {
    /// The key.
    pub key: Value<'a, 's>,
    /// The value.
    pub value: Value<'a, 's>,
}

impl<'s> Stream<'s> {
    /// The documents that were read, in order; one without content is a null.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = Value<'_, 's>> {
        self.documents.iter().map(|&id| self.value(id))
    }

    /// The first document.
    #[must_use]
    pub fn first(&self) -> Option<Value<'_, 's>> {
        self.documents.first().map(|&id| self.value(id))
    }

    /// Why reading stopped early, if it did. Documents before that place were read.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// Keys that stand twice in their mapping.
    #[must_use]
    pub fn duplicates(&self) -> &[DuplicateKey] {
        &self.duplicates
    }

    /// Where the first alias (`*name`) stands, for files in which none is wanted.
    #[must_use]
    pub fn first_alias(&self) -> Option<Span> {
        self.nodes.iter().find(|node| matches!(node.kind, Kind::Alias(_))).map(|node| node.span)
    }

    /// All comments, in order.
    #[must_use]
    pub fn comments(&self) -> &[Comment<'s>] {
        &self.comments
    }

    /// The same, with texts of its own: to be kept longer than the file's text.
    #[must_use]
    pub fn into_owned(self) -> Stream<'static> {
        let owned = |text: Cow<'s, str>| Cow::Owned(text.into_owned());
        let node = |node: Node<'s>| Node {
            kind: match node.kind {
                Kind::Scalar(text, style) => Kind::Scalar(owned(text), style),
                Kind::Sequence(items) => Kind::Sequence(items),
                Kind::Mapping(entries) => Kind::Mapping(entries),
                Kind::Alias(target) => Kind::Alias(target),
            },
            span: node.span,
        };
        Stream {
            nodes: self.nodes.into_iter().map(node).collect(),
            documents: self.documents,
            comments: self.comments.into_iter().map(|one| Comment { text: owned(one.text), span: one.span }).collect(),
            duplicates: self.duplicates,
            problem: self.problem,
            merges: self.merges,
        }
    }

    /// About how many bytes it takes, besides itself.
    #[must_use]
    pub fn weight(&self) -> usize {
        let of_node = |node: &Node<'_>| match &node.kind {
            Kind::Scalar(text, _) => text.len(),
            Kind::Sequence(items) => items.capacity() * size_of::<NodeId>(),
            Kind::Mapping(entries) => entries.capacity() * size_of::<(NodeId, NodeId)>(),
            Kind::Alias(_) => 0,
        };
        self.nodes.capacity() * size_of::<Node<'_>>()
            + self.nodes.iter().map(of_node).sum::<usize>()
            + self.comments.iter().map(|one| size_of::<Comment<'_>>() + one.text.len()).sum::<usize>()
            + self.duplicates.iter().map(|one| size_of::<DuplicateKey>() + one.key.len()).sum::<usize>()
    }

    fn value(&self, id: NodeId) -> Value<'_, 's> {
        let used_at = self.nodes[id as usize].span;
        let mut id = id;
        // An alias points at an earlier node; sixteen steps are more than any honest chain has.
        for _ in 0..16 {
            match self.nodes[id as usize].kind {
                Kind::Alias(target) => id = target,
                _ => break,
            }
        }
        Value { stream: self, id, used_at }
    }
}
