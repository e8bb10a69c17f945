//! Sentences that name a fact and leave its value open: `The memory budget is XX MB`, `Latency target: <budget>`.

use super::super::prose::Source;
use super::super::prose::cue::Class;
use super::super::prose::label;
use super::super::prose::passage::{Context, Passage, Topic};
use super::super::value::placeholder;
use super::super::vocabulary::{self, Known};
use super::super::{Fact, Origin, Why};
use crate::text::Place;
use crate::text::outline::{Block, Mark, MarkKind};
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// Without one of these nothing is left open: each by a part that several have, for which a document is searched first, and
/// by the rarest byte of that, which is found or missed sooner.
const SIGNS: &[(u8, &str, &[&str])] = &[
    (b'B', "TB", &["TBD", "TBA", "TBC"]),
    (b'b', "tb", &["tbd", "tba", "tbc"]),
    (b'O', "TODO", &["TODO"]),
    (b'd', "odo", &["todo"]),
    (b'D', "ToDo", &["ToDo"]),
    (b'X', "FIXME", &["FIXME"]),
    (b'X', "XX", &["XX"]),
    (b'x', "xx", &["xx"]),
    (b'?', "??", &["??"]),
    (b'<', "<", &["<"]),
    (b'{', "{", &["{"]),
    (b'_', "__", &["__"]),
    (b'b', "to be ", &["to be defined", "to be determined", "to be decided", "to be confirmed", "to be filled"]),
    (b'X', "X ms", &["X ms"]),
    (b'X', "X MB", &["X MB"]),
    (b'x', "x ms", &["x ms"]),
    (b'x', "x MB", &["x MB"]),
    (b'f', "offen", &["offen"]),
    (b'z', "festzulegen", &["festzulegen"]),
    (0xc3, "à ", &["à définir", "à déterminer", "à préciser"]),
    (b'p', "por de", &["por definir", "por determinar"]),
];

/// A byte, a part that has it, and the signs that have that.
type Search = (u8, Finder<'static>, Vec<Finder<'static>>);

static FINDERS: LazyLock<Vec<Search>> = LazyLock::new(|| {
    let finders = |signs: &'static [&'static str]| signs.iter().map(Finder::new).collect();
    SIGNS.iter().map(|(byte, part, signs)| (*byte, Finder::new(*part), finders(signs))).collect()
});

/// The signs that may occur in one document, so that its blocks are searched for no others.
pub(super) struct Signs(Vec<&'static Finder<'static>>);

impl Signs {
    pub(super) fn of(file: &str) -> Self {
        let bytes = file.as_bytes();
        let here = FINDERS
            .iter()
            .filter(|(byte, part, _)| memchr::memchr(*byte, bytes).is_some() && part.find(bytes).is_some());
        Self(here.flat_map(|(.., signs)| signs).collect())
    }

    /// Whether something may be left open in a block, by its bytes alone.
    pub(super) fn are_in(&self, block: &Block, file: &str) -> bool {
        let text = block.span.of(file);
        text.len() < LARGEST && self.0.iter().any(|finder| finder.find(text.as_bytes()).is_some())
    }
}

/// Larger blocks are no sentences that somebody fills in.
const LARGEST: usize = 4_000;

/// So many words from its name a value may still come.
const REACH: usize = 14;

/// Longer quotes are no lines that somebody fills in.
const LONGEST: usize = 240;

/// Tags that are markup, and no place to be filled in.
const TAGS: &[&str] = &[
    "br",
    "b",
    "i",
    "p",
    "u",
    "s",
    "a",
    "em",
    "sub",
    "sup",
    "code",
    "kbd",
    "strong",
    "span",
    "div",
    "img",
    "hr",
    "li",
    "ul",
    "ol",
    "td",
    "th",
    "tr",
    "table",
    "thead",
    "tbody",
    "details",
    "summary",
    "small",
    "mark",
    "del",
    "ins",
    "pre",
    "center",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "picture",
    "source",
    "video",
    "samp",
    "var",
    "q",
    "abbr",
    "dl",
    "dt",
    "dd",
    "blockquote",
];

/// Facts that sentences state.
const STATED: &[&str] = &[
    "memory-budget",
    "latency-target",
    "failure-impact",
    "startup-time",
    "expected-traffic",
    "peak-traffic",
    "instance-count",
];

/// Adds what a block leaves open, where its facts did not say so already.
pub(super) fn read(block: &Block, context: &Context, topic: &Topic<'_>, source: &Source<'_>, facts: &mut Vec<Fact>) {
    let elsewhere = [Class::Perhaps, Class::Rejected, Class::Old, Class::Other, Class::Example, Class::Later];
    if context.quoted || elsewhere.into_iter().any(|class| context.roles.has(class)) {
        return;
    }
    let passage = Passage::new(&block.text, topic, context);
    for (at, sentence) in passage.sentences.iter().enumerate() {
        let Some(named) = named(&passage, &sentence.tokens).filter(|_| !sentence.question) else { continue };
        let first = passage.tokens[sentence.tokens.start].range.start;
        let last = passage.tokens[sentence.tokens.end - 1].range.end;
        let (_, mut span) = source.quote(&block.text, first..last);
        if at + 1 == passage.sentences.len() {
            // A tag is no text: what stands at the end of a block is only seen in the file.
            span.end = span.end.max(block.span.end.min(source.file.len()));
        }
        let quote = span.of(source.file).trim_end().trim_end_matches('.').trim_end().to_owned();
        span.end = span.start + quote.len();
        let behind = block.text.place(first..passage.tokens[named.end - 1].range.end).end;
        let rest = source.file.get(behind.max(span.start)..span.end).unwrap_or_default();
        let open = has_tag(rest) || (named.end..sentence.tokens.end).take(REACH).any(|at| is_open(&passage, at));
        let known = facts.iter().rev().take(8).any(|fact| {
            fact.place.span.start >= span.start && fact.place.span.start < span.end && !fact.place.span.is_empty()
        });
        if !open || known || quote.len() > LONGEST {
            continue;
        }
        facts.push(Fact {
            because: Some(Why::Hole.plain()),
            quote,
            place: Place::new(Arc::clone(source.path), span),
            subject: context.subject.clone(),
            ..Fact::blank(&Arc::from(named.known.id), Origin::Prose)
        });
    }
}

/// Whether a word at a token holds the place of a value.
fn is_open(passage: &Passage<'_>, at: usize) -> bool {
    let code = |mark: &Mark| mark.kind == MarkKind::Code && mark.range.contains(&passage.tokens[at].range.start);
    placeholder::word(&passage.tokens, at) && !passage.text.marks().iter().any(code)
}

/// Whether a tag that is no markup stands at the beginning of a text: ` is <budget>`.
fn has_tag(text: &str) -> bool {
    let Some(at) = text.find('<').filter(|at| *at <= 40 && !text[..*at].contains(['`', '\n'])) else { return false };
    let inside = text[at + 1..].split(['>', '<', '\n']).next().unwrap_or_default();
    let closed = text[at + 1 + inside.len()..].starts_with('>');
    let words = !inside.is_empty()
        && inside.len() <= 40
        && inside.starts_with(|c: char| c.is_alphabetic())
        && inside.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'));
    // `Memory<byte>` is a type.
    let alone = !text[..at].ends_with(|c: char| c.is_alphanumeric());
    closed && words && alone && !TAGS.contains(&inside.to_lowercase().trim())
}

/// A fact that a sentence names, and the token behind its name.
struct Named {
    known: &'static Known,
    end: usize,
}

/// The fact that a sentence names in two words or more, or by the label that it opens with.
fn named(passage: &Passage<'_>, sentence: &Range<usize>) -> Option<Named> {
    const MOST_WORDS: usize = 4;
    let tokens = &passage.tokens;
    let plain = |words: &Range<usize>| {
        let (from, to) = (tokens[words.start].range.start, tokens[words.end - 1].range.end);
        passage.text.plain.get(from..to).unwrap_or_default()
    };
    sentence.clone().take(REACH).find_map(|start| {
        (start + 1..=sentence.end.min(start + MOST_WORDS)).rev().find_map(|end| {
            let opens = start == sentence.start
                && tokens.get(end).is_some_and(|next| matches!(next.sign(), Some(':' | '=' | '|' | '—' | '–')));
            let words = start..end;
            let known = match opens {
                true => label::known(plain(&words)),
                false if words.len() > 1 => vocabulary::by_label(plain(&words)),
                false => None,
            };
            known.filter(|known| STATED.contains(&known.id)).map(|known| Named { known, end })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_has_the_part_and_the_byte_that_are_looked_for_first() {
        for (byte, part, signs) in SIGNS {
            assert!(part.as_bytes().contains(byte), "{part}");
            assert!(signs.iter().all(|sign| sign.contains(part)), "{part}");
        }
    }
}
