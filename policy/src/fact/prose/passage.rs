//! A passage: a piece of running text with everything that was found in it.

mod behind;
mod mark;
mod named;
mod reach;
pub(crate) mod span;
mod worth;

pub(crate) use mark::stem;
use mark::{prune, quotes};
pub(crate) use worth::Words;

use super::super::Because;
use super::super::document::record::Record;
use super::super::document::service::Services;
use super::super::document::stems::Stems;
use super::super::token::{Token, lex};
use super::super::value::percentile::{self, Percentile};
use super::super::value::placeholder;
use super::super::value::quantity::{Measure, Quantity};
use super::super::value::rank::{self, Rank};
use super::cue::{self, Class, Classes, Cue};
use super::sentence::{self, Sentence};
use super::speech::Speech;
use crate::text::outline::Text;
use std::ops::Range;

/// What surrounds a passage.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// What headings, table heads and the line that leads to a list say about the figures below.
    pub roles: Classes,
    /// The words that say so, for the reason.
    pub heading: String,
    /// Whether somebody else's words are quoted (`>`).
    pub quoted: bool,
    /// Whether it is a list item.
    pub item: bool,
    /// Whether the line that leads to it says that its figures are planned with: "Numbers we plan with:".
    pub planned: bool,
    /// The fact that a heading or a leading line names.
    pub topic: Option<&'static str>,
    /// The service that a table's row or column is about.
    pub subject: Option<String>,
    /// Whether the line that leads to it, or a row before it, speaks of a failure.
    pub fails: bool,
    /// Whether nothing around a column of percentiles makes it one of limits.
    pub unsaid: bool,
    /// Whether a table's head makes the figure a limit.
    pub row: bool,
    /// Why the passages behind it take back what it says.
    pub cancelled: Option<Because>,
}

/// What is known about the whole document.
#[derive(Clone, Debug)]
pub(crate) struct Topic<'t> {
    pub speech: Speech,
    /// Words of the title and the file name: what the document is about.
    pub own: Stems,
    /// Words of the title for what is given up: "Retire the Python worker".
    pub retired: Stems,
    /// Whether the title says nothing of what comes instead: "Retire the packager".
    pub gives_up: bool,
    /// Words of the title for what the document only tells of: "Lessons from the pallet tracker".
    pub told_of: Stems,
    /// Words of the title for what the service stands in front of: "HSM proxy".
    pub fronted: Stems,
    /// Words of the title for what stands behind the service: "Queue in front of the synthesis tool".
    pub faced: Stems,
    /// What it says of options, of other records and of sellers.
    pub record: Record<'t>,
    /// The services of the repository.
    pub services: Services,
}

/// Words that open a clause which takes nothing from the one before it.
const SUBORDINATE: &[&str] = &[
    "since", "because", "while", "whereas", "although", "though", "when", "if", "unless", "until", "weil", "da",
    "während", "obwohl", "denn", "car", "puisque", "porque", "mientras", "aunque",
];

/// Where the words stand that speak of a figure, nearest first, and what they say.
pub(crate) struct Scope {
    pub ranges: Vec<Range<usize>>,
    /// The classes in the first range.
    pub own: Classes,
    /// The classes in all ranges.
    pub all: Classes,
}

/// A passage and what was found in it.
pub(crate) struct Passage<'t> {
    pub text: &'t Text,
    pub tokens: Vec<Token<'t>>,
    pub cues: Vec<Cue>,
    pub sentences: Vec<Sentence>,
    pub quantities: Vec<Quantity>,
    pub percentiles: Vec<Percentile>,
    pub ranks: Vec<Rank>,
    pub context: &'t Context,
    pub topic: &'t Topic<'t>,
    /// Tokens inside quotation marks, three words and more.
    quotes: Vec<Range<usize>>,
}

impl<'t> Passage<'t> {
    /// Reads a whole text.
    pub(crate) fn new(text: &'t Text, topic: &'t Topic<'t>, context: &'t Context) -> Self {
        Self::of(Words::of(text, topic.speech), topic, context)
    }

    /// Reads parts of a text as one sentence: the label and the value of a table's row.
    pub(crate) fn of_parts(text: &'t Text, parts: &[Range<usize>], topic: &'t Topic<'t>, context: &'t Context) -> Self {
        let mut tokens = Vec::new();
        for part in parts {
            let piece = text.plain.get(part.clone()).unwrap_or_default();
            tokens.extend(lex(piece).into_iter().map(|mut token| {
                token.range = token.range.start + part.start..token.range.end + part.start;
                token.line_start = false;
                token
            }));
        }
        Self::of(Words::of_tokens(text, tokens, topic.speech), topic, context)
    }

    /// Finds what else is in a passage of which the words and figures are known.
    pub(crate) fn of(words: Words<'t>, topic: &'t Topic<'t>, context: &'t Context) -> Self {
        let Words { text, tokens, quantities } = words;
        let mut cues = cue::scan(&tokens, topic.speech);
        prune(&mut cues, &tokens, topic);
        span::drop_ends(&mut cues, &tokens);
        let sentences = sentence::split(&tokens, &cues);
        let percentiles = percentile::scan(&tokens, topic.speech.style().marks);
        let rated = context.fails
            || context.topic == Some("failure-impact")
            || cues.iter().any(|cue| matches!(cue.class, Class::Impact | Class::Rating | Class::Failure));
        let ranks = if rated { rank::scan(&tokens) } else { Vec::new() };
        let quotes = quotes(&tokens);
        Self { text, tokens, cues, sentences, quantities, percentiles, ranks, context, quotes, topic }
    }

    /// The cues that start within a range of tokens.
    pub(crate) fn cues_in(&self, range: &Range<usize>) -> impl Iterator<Item = &Cue> {
        let from = self.cues.partition_point(|cue| cue.tokens.start < range.start);
        let end = range.end;
        self.cues[from..].iter().take_while(move |cue| cue.tokens.start < end)
    }

    /// The cues that start within a range of tokens.
    pub(crate) fn cues_between(&self, range: Range<usize>) -> &[Cue] {
        let from = self.cues.partition_point(|cue| cue.tokens.start < range.start);
        let to = self.cues.partition_point(|cue| cue.tokens.start < range.end);
        self.cues.get(from..to).unwrap_or_default()
    }

    /// The first cue of a class in a range.
    pub(crate) fn first(&self, range: &Range<usize>, class: Class) -> Option<&Cue> {
        self.cues_in(range).find(|cue| cue.class == class)
    }

    /// The figures of a sentence that are no part of a percentile.
    pub(crate) fn quantities_of(&self, sentence: usize) -> &[usize] {
        let sentence = &self.sentences[sentence];
        sentence.figures.get_or_init(|| {
            let from = self.quantities.partition_point(|quantity| quantity.tokens.start < sentence.tokens.start);
            (from..self.quantities.len())
                .take_while(|at| self.quantities[*at].tokens.start < sentence.tokens.end)
                .filter(|at| !self.is_percentile(*at))
                .collect()
        })
    }

    /// The times of a sentence.
    pub(crate) fn times_of(&self, sentence: usize) -> &[usize] {
        // "(p99, 28 days rolling)": no answer takes as long.
        let short = |quantity: &Quantity| quantity.value.is_none_or(|value| value < 3_600_000.0);
        let is_time = |at: &usize| self.quantities[*at].measure == Measure::Time && short(&self.quantities[*at]);
        let times = || self.quantities_of(sentence).iter().copied().filter(is_time).collect();
        self.sentences[sentence].times.get_or_init(times)
    }

    pub(crate) fn is_percentile(&self, at: usize) -> bool {
        let tokens = &self.quantities[at].tokens;
        let from = self.percentiles.partition_point(|percentile| percentile.tokens.end <= tokens.start);
        self.percentiles
            .get(from)
            .is_some_and(|found| found.tokens.start <= tokens.start && tokens.end <= found.tokens.end)
    }

    /// The first percentile that starts at a token or behind it.
    pub(crate) fn percentile_from(&self, token: usize) -> Option<&Percentile> {
        self.percentiles.get(self.percentiles.partition_point(|percentile| percentile.tokens.start < token))
    }

    /// Whether a figure starts within a range of tokens.
    pub(crate) fn has_figure(&self, range: Range<usize>) -> bool {
        let from = self.quantities.partition_point(|quantity| quantity.tokens.start < range.start);
        self.quantities.get(from).is_some_and(|quantity| quantity.tokens.start < range.end)
    }

    /// The sentence in which a token stands.
    pub(crate) fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.tokens.end <= token)
    }

    /// The clause in which a token stands.
    pub(crate) fn clause_of(&self, sentence: usize, token: usize) -> usize {
        let clauses = &self.sentences[sentence].clauses;
        clauses.partition_point(|clause| clause.tokens.end <= token).min(clauses.len().saturating_sub(1))
    }

    /// The first cue of a class in a sentence.
    pub(crate) fn in_sentence(&self, sentence: usize, class: Class) -> Option<&Cue> {
        let sentence = self.sentences.get(sentence).filter(|sentence| sentence.classes.has(class))?;
        self.first(&sentence.tokens, class)
    }

    /// The tokens of a label at the start of a sentence: up to its colon.
    pub(crate) fn label_of(&self, sentence: usize) -> Option<Range<usize>> {
        self.label_of_range(&self.sentences[sentence].tokens)
    }

    /// Whether a figure stands within the first words from a token: behind a dash, what is parted is its label.
    fn quantities_open(&self, from: usize, end: usize) -> bool {
        let at = self.quantities.partition_point(|quantity| quantity.tokens.start < from);
        self.quantities.get(at).is_some_and(|quantity| quantity.tokens.start < end.min(from + 3))
    }

    /// The tokens of a label at the start of a range.
    pub(crate) fn label_of_range(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let parts = |at: &usize| match self.tokens[*at].sign() {
            Some(':' | '：' | '|') => true,
            // "Upload limit — 180 MB".
            Some('—' | '–' | '=') => !self.tokens[*at].glued && self.quantities_open(*at + 1, tokens.end),
            _ => false,
        };
        let end = tokens.clone().take(12).find(parts)?;
        (end > tokens.start).then_some(tokens.start..end)
    }

    /// Whether a sentence begins by pointing back: "they would have had to", "both are withdrawn".
    pub(crate) fn points_back(&self, sentence: usize) -> bool {
        let start = self.sentences[sentence].tokens.start;
        self.tokens[start..].iter().take(3).any(|token| {
            matches!(
                token.lower.as_ref(),
                "it" | "they"
                    | "it's"
                    | "that's"
                    | "this"
                    | "that"
                    | "these"
                    | "those"
                    | "both"
                    | "neither"
                    | "none"
                    | "such"
                    | "them"
                    | "beide"
                    | "diese"
                    | "dieses"
                    | "er"
                    | "sie"
                    | "keine"
                    | "ces"
                    | "cette"
                    | "elle"
                    | "ils"
                    | "celui"
                    | "ambos"
                    | "estos"
                    | "ese"
                    | "esa"
            )
        })
    }

    /// Whether a question asks for a figure: "How much memory does it get?"
    pub(crate) fn asks(&self, question: &Range<usize>) -> bool {
        self.tokens[question.clone()].iter().take(4).any(|token| {
            matches!(
                token.lower.as_ref(),
                "how"
                    | "what"
                    | "which"
                    | "when"
                    | "wie"
                    | "was"
                    | "welche"
                    | "combien"
                    | "quel"
                    | "quelle"
                    | "cuánto"
                    | "cuánta"
                    | "cuál"
                    | "qué"
            )
        })
    }

    pub(crate) fn has_verb(&self, range: &Range<usize>) -> bool {
        self.cues_in(range).any(|cue| {
            matches!(
                cue.class,
                Class::Must
                    | Class::Past
                    | Class::Grant
                    | Class::Measure
                    | Class::Decide
                    | Class::Present
                    | Class::Perhaps
                    | Class::Verb
            )
        })
    }

    /// The words of a cue, for a reason.
    pub(crate) fn words(&self, tokens: &Range<usize>) -> &str {
        let start = self.tokens.get(tokens.start).map_or(0, |token| token.range.start);
        let end =
            tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.range.end);
        self.text.plain.get(start..end).unwrap_or_default()
    }

    /// Whether something in the sentence is still to be filled in.
    pub(crate) fn has_hole(&self, sentence: usize) -> bool {
        let sentence = &self.sentences[sentence];
        *sentence.hole.get_or_init(|| self.is_placeholder(&sentence.tokens))
    }

    /// Whether something in the range is still to be filled in.
    pub(crate) fn is_placeholder(&self, range: &Range<usize>) -> bool {
        let end = range.end.min(self.tokens.len());
        let slice = &self.tokens[..end];
        let hole = |at: usize| {
            let sign = self.tokens[at].sign();
            let next = self.tokens.get(at + 1);
            matches!(sign, Some('{' | '…'))
                || sign == Some('<')
                    && next.is_some_and(|next| next.glued && next.is_word())
                    && self.tokens[at..end].iter().take(6).any(|token| token.sign() == Some('>'))
        };
        (range.start..end).any(|at| placeholder::word(slice, at) || hole(at))
    }
}
