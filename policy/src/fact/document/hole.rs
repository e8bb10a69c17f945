//! Sentences that name a fact and leave its value open: `The memory budget is XX MB`, `Latency target: <budget>`.

use super::super::prose::Source;
use super::super::prose::cue::Class;
use super::super::prose::label;
use super::super::prose::passage::{Context, Passage, Topic};
use super::super::token::Token;
use super::super::vocabulary::{Known, Type};
use super::super::{Fact, Origin};
use crate::text::Place;
use crate::text::outline::Block;
use memchr::memmem::Finder;
use std::sync::{Arc, LazyLock};

/// Without one of these nothing is left open.
const SIGNS: &[&str] = &[
    "TBD",
    "tbd",
    "TBA",
    "tba",
    "TBC",
    "tbc",
    "TODO",
    "todo",
    "ToDo",
    "FIXME",
    "XX",
    "xx",
    "??",
    "<",
    "{",
    "__",
    "to be defined",
    "to be determined",
    "to be decided",
    "to be confirmed",
    "to be filled",
    "X MB",
    "X ms",
    "x MB",
    "x ms",
    "offen",
    "festzulegen",
    "à définir",
    "à déterminer",
    "à préciser",
    "por definir",
    "por determinar",
];

static FINDERS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| SIGNS.iter().map(Finder::new).collect());

/// The signs that occur in one document, so that its blocks are searched for no others.
pub(super) struct Signs(Vec<&'static Finder<'static>>);

impl Signs {
    pub(super) fn of(file: &str) -> Self {
        Self(FINDERS.iter().filter(|finder| finder.find(file.as_bytes()).is_some()).collect())
    }

    /// Whether something may be left open in a block, by its bytes alone.
    pub(super) fn are_in(&self, block: &Block, file: &str) -> bool {
        let text = block.span.of(file);
        text.len() < LARGEST && self.0.iter().any(|finder| finder.find(text.as_bytes()).is_some())
    }
}

/// Larger blocks are no sentences that somebody fills in.
const LARGEST: usize = 4_000;

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

/// Adds what a block leaves open, where its facts did not say so already.
pub(super) fn read(block: &Block, context: &Context, topic: &Topic, source: &Source<'_>, facts: &mut Vec<Fact>) {
    let elsewhere = [Class::Perhaps, Class::Rejected, Class::Old, Class::Other, Class::Example, Class::Later];
    if context.quoted || elsewhere.into_iter().any(|class| context.roles.has(class)) {
        return;
    }
    let passage = Passage::new(&block.text, topic, context);
    for (at, sentence) in passage.sentences.iter().enumerate() {
        let tokens = &passage.tokens[sentence.tokens.clone()];
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
        let (_, mut span) = source.quote(&block.text, first.range.start..last.range.end);
        if at + 1 == passage.sentences.len() {
            // A tag is no text: what stands at the end of a block is only seen in the file.
            span.end = span.end.max(block.span.end.min(source.file.len()));
        }
        let quote = span.of(source.file).trim_end().trim_end_matches('.').trim_end().to_owned();
        span.end = span.start + quote.len();
        if sentence.question || !(passage.is_placeholder(&sentence.tokens) || has_tag(&quote)) {
            continue;
        }
        let known_already = facts.iter().rev().take(8).any(|fact| {
            fact.place.span.start >= span.start && fact.place.span.start < span.end && !fact.place.span.is_empty()
        });
        let Some(known) = named(&passage, tokens).filter(|_| !known_already) else { continue };
        facts.push(Fact {
            because: Some("a placeholder, not a value".to_owned()),
            quote,
            place: Place::new(Arc::clone(source.path), span),
            subject: context.subject.clone(),
            ..Fact::blank(&Arc::from(known.id), Origin::Prose)
        });
    }
}

/// Whether a tag that is no markup stands in a text: `<budget>`.
fn has_tag(text: &str) -> bool {
    text.match_indices('<').take(20).any(|(at, _)| {
        let inside = text[at + 1..].split(['>', '<', '\n']).next().unwrap_or_default();
        let closed = text[at + 1 + inside.len()..].starts_with('>');
        let words = !inside.is_empty()
            && inside.len() <= 40
            && inside.starts_with(|c: char| c.is_alphabetic())
            && inside.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'));
        closed && words && !TAGS.contains(&inside.to_lowercase().trim())
    })
}

/// The fact that a sentence names, by a label of two words or by the one that it opens with. Names and texts are no
/// values that a figure could stand for.
fn named(passage: &Passage<'_>, tokens: &[Token<'_>]) -> Option<&'static Known> {
    const LONGEST: usize = 4;
    const LOOKED_AT: usize = 40;
    let plain =
        |from: &Token<'_>, to: &Token<'_>| passage.text.plain.get(from.range.start..to.range.end).unwrap_or_default();
    let words = &tokens[..tokens.len().min(LOOKED_AT)];
    (0..words.len()).find_map(|start| {
        (start..words.len().min(start + LONGEST)).rev().find_map(|end| {
            let whole = words[start..=end].iter().all(|token| token.is_word() || token.is("p95") || token.is("p99"));
            let opens =
                start == 0 && words.get(end + 1).is_some_and(|next| matches!(next.sign(), Some(':' | '=' | '|')));
            let known =
                (whole && (opens || end > start)).then(|| label::known(plain(&words[start], &words[end])))??;
            (!matches!(known.value, Type::Names | Type::Text | Type::Flag | Type::Date | Type::Choice(_)))
                .then_some(known)
        })
    })
}
