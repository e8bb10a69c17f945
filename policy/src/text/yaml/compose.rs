//! From the parser's events to a [`Stream`]: an explicit stack, and limits at every step.

use super::{Comment, DuplicateKey, Kind, Limits, Node, NodeId, Problem, Stream, Style};
use crate::text::Span;
use granit_parser::{Event, Parser, ScalarStyle};
use std::collections::{HashMap, hash_map};

/// Reads all documents of `text` within the usual [`Limits`].
#[must_use]
pub fn parse(text: &str) -> Stream<'_> {
    parse_with(text, 0, &Limits::default())
}

/// Reads all documents of `text`, a part of a file that starts at byte `base` of it.
#[must_use]
pub fn parse_with<'s>(text: &'s str, base: usize, limits: &Limits) -> Stream<'s> {
    if text.len() > limits.bytes {
        let message = format!("the file is larger than {}, too large to be read as YAML", size(limits.bytes));
        return Stream {
            problem: Some(Problem { message, span: Span::at(base), too_much: true }),
            ..Stream::default()
        };
    }
    let mut options = granit_parser::options! {};
    options.flow_nesting_limit = limits.depth;
    options.block_nesting_limit = limits.depth;
    options.max_buffered_comment_events = 10_000;
    options.emit_unresolved_aliases = true;
    let mut composer = Composer {
        text,
        base,
        limits,
        stream: Stream::default(),
        open: Vec::new(),
        anchors: HashMap::new(),
        aliases: 0,
        in_document: false,
        root: None,
    };
    let mut parser = Parser::new_from_str_with_options(text, options);
    while let Some(event) = parser.next_event() {
        let step = match event {
            Ok((event, span)) => composer.event(event, &span),
            Err(error) => {
                let at = place(&error, text);
                let (message, too_much) = say(&error);
                Err(Problem { message, span: composer.located(at, at), too_much })
            }
        };
        if let Err(problem) = step {
            composer.stream.problem = Some(problem);
            break;
        }
    }
    composer.stream
}

/// What the parser says of a tab behind a value; it then names the end of the value, a line or more before the tab.
const TAB_BEHIND: &str = "found a tab";

fn place(error: &granit_parser::ScanError, text: &str) -> usize {
    let at = error.marker().byte_offset().unwrap_or(text.len());
    let rest = text.get(at..).filter(|_| error.info().ends_with(TAB_BEHIND));
    rest.and_then(|rest| rest.find('\t')).map_or(at, |tab| at + tab)
}

/// The parser's own words, without its position (ours is exact), and whether it only met a limit. What people meet
/// most often is said in plainer words.
fn say(error: &granit_parser::ScanError) -> (String, bool) {
    let info = error.info();
    if info.contains("recursion") || info.contains("nesting") {
        return ("nested too deeply to be read".to_owned(), true);
    }
    if info.starts_with("tabs disallowed") || info.ends_with(TAB_BEHIND) {
        return ("a tab, where YAML takes spaces only".to_owned(), false);
    }
    (info, false)
}

/// More of something than the limit allows.
fn more_than(limit: usize, what: &str, span: Span) -> Problem {
    let message = match limit {
        1 => format!("more than one {what} in one file"),
        _ => format!(
            "more than {limit} {} in one file",
            if what == "alias" { "aliases".to_owned() } else { format!("{what}s") }
        ),
    };
    Problem { message, span, too_much: true }
}

fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}

/// The keys of a mapping that has many.
type Seen = Option<HashMap<String, Span>>;

enum Open {
    Sequence(NodeId, Vec<NodeId>),
    Mapping { id: NodeId, entries: Vec<(NodeId, NodeId)>, key: Option<NodeId>, seen: Seen },
}

struct Composer<'s, 'l> {
    text: &'s str,
    base: usize,
    limits: &'l Limits,
    stream: Stream<'s>,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
    aliases: usize,
    in_document: bool,
    root: Option<NodeId>,
}

impl<'s> Composer<'s, '_> {
    fn event(&mut self, event: Event<'s>, span: &granit_parser::Span) -> Result<(), Problem> {
        let start = span.start.byte_offset().unwrap_or(0);
        let end = span.end.byte_offset().unwrap_or(start);
        let located = self.located(start, end);
        match event {
            Event::DocumentStart(..) => {
                self.in_document = true;
                self.root = None;
                self.anchors.clear();
                if self.stream.documents.len() >= self.limits.documents {
                    return Err(more_than(self.limits.documents, "document", located));
                }
            }
            Event::DocumentEnd => {
                self.in_document = false;
                if let Some(root) = self.root.take() {
                    self.stream.documents.push(root);
                }
            }
            Event::Comment(text, _) => self.stream.comments.push(Comment { text, span: located }),
            Event::Scalar(value, style, anchor, _) => {
                let style = if style == ScalarStyle::Plain { Style::Plain } else { Style::Quoted };
                let span = self.scalar_span(located);
                self.stream.merges |= value == "<<";
                let id = self.node(Kind::Scalar(value, style), span)?;
                self.anchor(anchor, id);
                self.place(id);
            }
            Event::SequenceStart(_, anchor, _) => {
                let id = self.node(Kind::Sequence(Vec::new()), located)?;
                self.anchor(anchor, id);
                self.open.push(Open::Sequence(id, Vec::new()));
            }
            Event::MappingStart(_, anchor, _) => {
                let id = self.node(Kind::Mapping(Vec::new()), located)?;
                self.anchor(anchor, id);
                self.open.push(Open::Mapping { id, entries: Vec::new(), key: None, seen: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(located),
            Event::Alias(anchor) => self.alias(anchor, located)?,
            Event::UnresolvedAlias(name) => {
                let message = format!("`*{name}` names an anchor that this document does not have");
                return Err(Problem { message, span: located, too_much: false });
            }
            _ => {}
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Problem> {
        self.aliases += 1;
        if self.aliases > self.limits.aliases {
            return Err(more_than(self.limits.aliases, "alias", span));
        }
        let Some(&target) = self.anchors.get(&anchor) else {
            return Err(Problem { message: "an alias without its anchor".to_owned(), span, too_much: false });
        };
        let id = self.node(Kind::Alias(target), span)?;
        self.place(id);
        Ok(())
    }

    fn located(&self, start: usize, end: usize) -> Span {
        let floor = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        Span::new(floor(start), floor(end)).shifted(self.base)
    }

    /// Block scalars end behind their line break, and an empty value has no width: keep to the text itself.
    fn scalar_span(&self, span: Span) -> Span {
        let inside = Span::new(span.start - self.base, span.end - self.base);
        let kept = inside.of(self.text).trim_end().len();
        Span::new(span.start, span.start + kept)
    }

    fn node(&mut self, kind: Kind<'s>, span: Span) -> Result<NodeId, Problem> {
        if self.stream.nodes.len() >= self.limits.nodes {
            return Err(more_than(self.limits.nodes, "value", span));
        }
        let id = NodeId::try_from(self.stream.nodes.len()).unwrap_or(NodeId::MAX);
        self.stream.nodes.push(Node { kind, span });
        Ok(id)
    }

    fn anchor(&mut self, anchor: usize, id: NodeId) {
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
    }

    fn close(&mut self, end: Span) {
        let Some(open) = self.open.pop() else { return };
        let (id, last, kind) = match open {
            Open::Sequence(id, items) => (id, items.last().copied(), Kind::Sequence(items)),
            Open::Mapping { id, entries, .. } => {
                (id, entries.last().map(|&(key, value)| value.max(key)), Kind::Mapping(entries))
            }
        };
        // A block collection "ends" where the next token starts; its own text ends with its last child.
        let last = last.map_or(end.end, |last| self.stream.nodes[last as usize].span.end);
        let node = &mut self.stream.nodes[id as usize];
        let flow = end.end > end.start;
        node.span = Span::new(node.span.start, if flow { end.end } else { last });
        node.kind = kind;
        self.place(id);
    }

    fn place(&mut self, id: NodeId) {
        match self.open.last_mut() {
            None => self.root = Some(id),
            Some(Open::Sequence(_, items)) => items.push(id),
            Some(Open::Mapping { entries, key, seen, .. }) => match key.take() {
                None => {
                    let node = &self.stream.nodes[id as usize];
                    if let Kind::Scalar(text, _) = &node.kind
                        && let Some(first) = seen_before(&self.stream.nodes, entries, seen, text, node.span)
                    {
                        let key = text.to_string();
                        self.stream.duplicates.push(DuplicateKey { key, first, again: node.span });
                    }
                    *key = Some(id);
                }
                Some(at) => entries.push((at, id)),
            },
        }
    }
}

/// Where a key of this name stood before in its mapping. Most mappings are small: looking through one is cheaper than
/// remembering its keys.
fn seen_before(
    nodes: &[Node<'_>],
    entries: &[(NodeId, NodeId)],
    seen: &mut Seen,
    key: &str,
    here: Span,
) -> Option<Span> {
    const FEW: usize = 16;
    // Several merge keys in one mapping are common, and mean what they say.
    if key == "<<" {
        return None;
    }
    let keys = entries.iter().filter_map(|&(key, _)| match &nodes[key as usize] {
        Node { kind: Kind::Scalar(text, _), span } => Some((text.as_ref(), *span)),
        _ => None,
    });
    if entries.len() < FEW {
        return keys.into_iter().find(|(text, _)| *text == key).map(|(_, span)| span);
    }
    let seen = seen.get_or_insert_with(|| {
        // Backwards: of two of one name the first stays.
        keys.rev().map(|(text, span)| (text.to_owned(), span)).collect()
    });
    match seen.entry(key.to_owned()) {
        hash_map::Entry::Occupied(first) => Some(*first.get()),
        hash_map::Entry::Vacant(new) => {
            new.insert(here);
            None
        }
    }
}
