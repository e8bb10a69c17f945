//! What stands around a figure in its block: its sentence and the ones beside it, and its row.

use super::super::prose::cue::Cue;
use super::super::token::{Kind, Token};
use super::term::{Place, START, Term};
use crate::text::outline::{Block, BlockKind, MarkKind};
use std::ops::Range;

/// How many words on each side of a figure are looked at one by one.
const NEAR: usize = 8;
/// How many words are looked at before and behind its sentence.
pub(super) const BESIDE: usize = 30;
/// How many words of its sentence on each side; no sentence that people write is as long.
const LONGEST: usize = 80;

/// What is told of each sign.
pub(super) trait Sink<'t> {
    fn tell(&mut self, place: Place, one: Term<'t>, two: Option<Term<'t>>);

    fn each(&mut self, place: Place, tokens: &[Token<'t>]) {
        for token in tokens {
            self.tell(place, Term::of(token), None);
        }
    }

    fn pairs(&mut self, place: Place, tokens: &[Token<'t>]) {
        for pair in tokens.windows(2) {
            self.tell(place, Term::of(&pair[0]), Some(Term::of(&pair[1])));
        }
    }
}

/// A block taken apart.
pub(super) struct Sheet<'s, 't> {
    pub block: &'s Block,
    pub tokens: &'s [Token<'t>],
    cues: &'s [Cue],
    /// Where a row's cells end.
    bars: Vec<usize>,
}

impl<'s, 't> Sheet<'s, 't> {
    pub(super) fn of(block: &'s Block, tokens: &'s [Token<'t>], cues: &'s [Cue]) -> Self {
        let row = matches!(block.kind, BlockKind::Row { .. });
        let bar = |at: &usize| tokens[*at].sign() == Some('|');
        Self { block, tokens, cues, bars: if row { (0..tokens.len()).filter(bar).collect() } else { Vec::new() } }
    }

    /// The signs within the block of a figure that measures `kind`.
    pub(super) fn visit(&self, figure: &Range<usize>, kind: &'static str, sink: &mut impl Sink<'t>) {
        let sentence = self.sentence(figure);
        let form = match self.block.kind {
            BlockKind::Heading => "heading",
            BlockKind::Row { .. } => "row",
            BlockKind::Item => "item",
            _ if self.block.depth > 0 => "nested",
            _ => "paragraph",
        };
        sink.tell(Place::Form, Term::named(kind), Some(Term::named(form)));
        if self.block.quoted {
            sink.tell(Place::Form, Term::named("quoted"), None);
        }
        let start = self.tokens.get(figure.start).map_or(0, |token| token.range.start);
        for mark in self.block.text.marks().iter().filter(|mark| mark.range.contains(&start)) {
            match mark.kind {
                MarkKind::Strike => sink.tell(Place::Form, Term::named("struck"), None),
                MarkKind::Code => sink.tell(Place::Form, Term::named("code"), None),
                _ => {}
            }
        }
        for token in self.tokens[figure.clone()].iter().filter(|token| token.is_word()) {
            sink.tell(Place::Unit, Term::of(token), None);
        }
        let left = &self.tokens[sentence.start..figure.start];
        let right = &self.tokens[figure.end..sentence.end];
        near(left, right, sink);
        sink.each(Place::Sentence, left);
        sink.each(Place::Sentence, right);
        sink.each(Place::Before, &self.tokens[sentence.start.saturating_sub(BESIDE)..sentence.start]);
        sink.each(Place::Behind, &self.tokens[sentence.end..(sentence.end + BESIDE).min(self.tokens.len())]);
        self.classes(&sentence, figure, kind, sink);
        if let Some(first) = self.bars.first() {
            sink.each(Place::Label, &self.tokens[..(*first).min(LONGEST)]);
            let at = self.bars.partition_point(|bar| *bar < figure.start);
            let start = at.checked_sub(1).map_or(0, |at| self.bars[at] + 1).max(sentence.start);
            let end = self.bars.get(at).map_or(self.tokens.len(), |bar| *bar).min(sentence.end);
            sink.each(Place::Cell, &self.tokens[start..figure.start.max(start)]);
            sink.each(Place::Cell, &self.tokens[figure.end.min(end)..end]);
        }
    }

    /// What known phrases say: they mean the same in every language.
    fn classes(&self, sentence: &Range<usize>, figure: &Range<usize>, kind: &'static str, sink: &mut impl Sink<'t>) {
        let from = self.cues.partition_point(|cue| cue.tokens.start < sentence.start);
        for cue in self.cues[from..].iter().take_while(|cue| cue.tokens.start < sentence.end) {
            let class = Term::class(cue.class);
            let (place, next, far) = if cue.tokens.end <= figure.start {
                (Place::LeftClass, Place::NextLeftClass, figure.start - cue.tokens.end)
            } else {
                (Place::RightClass, Place::NextRightClass, cue.tokens.start.saturating_sub(figure.end))
            };
            sink.tell(place, class, Some(Term::named(kind)));
            if far < 4 {
                sink.tell(next, class, None);
            }
        }
    }

    /// In which column a figure stands.
    pub(super) fn column(&self, figure: &Range<usize>) -> usize {
        self.bars.partition_point(|bar| *bar < figure.start)
    }

    /// The sentence in which a figure stands; a row is one. A simpler view than that of the reader of sentences, so that it
    /// does not share its mistakes.
    pub(super) fn sentence(&self, figure: &Range<usize>) -> Range<usize> {
        let tokens = self.tokens;
        let first = figure.start.saturating_sub(LONGEST);
        let last = (figure.end + LONGEST).min(tokens.len());
        let start = (first..figure.start).rev().find(|at| ends(tokens, *at)).map_or(first, |at| at + 1);
        let end = (figure.end..last).find(|at| ends(tokens, *at)).map_or(last, |at| at + 1);
        start..end
    }
}

/// Whether a sentence ends with a sign.
fn ends(tokens: &[Token<'_>], at: usize) -> bool {
    let next = tokens.get(at + 1);
    let apart = next.is_none_or(|next| !next.glued || next.sign().is_some());
    match tokens[at].sign() {
        Some('?' | '!' | ';') => apart,
        // "max. 24 MB": a word that was cut off.
        Some('.') => {
            let number = next.is_some_and(|next| matches!(next.kind, Kind::Number(_)));
            let cut = at.checked_sub(1).is_some_and(|word| tokens[word].is_word() && tokens[word].text.len() <= 6);
            apart && !(number && cut)
        }
        _ => false,
    }
}

/// The words next to a figure, by how far they are.
fn near<'t>(left: &[Token<'t>], right: &[Token<'t>], sink: &mut impl Sink<'t>) {
    for (far, token) in left.iter().rev().take(NEAR).enumerate() {
        sink.tell(
            [Place::Left1, Place::Left2, Place::Left2].get(far).copied().unwrap_or(Place::Left3),
            Term::of(token),
            None,
        );
        sink.tell(Place::Left, Term::of(token), None);
    }
    for (far, token) in right.iter().take(NEAR).enumerate() {
        sink.tell(
            [Place::Right1, Place::Right2, Place::Right2].get(far).copied().unwrap_or(Place::Right3),
            Term::of(token),
            None,
        );
        sink.tell(Place::Right, Term::of(token), None);
    }
    match left.first() {
        Some(first) => sink.tell(Place::LeftPair, Term::named(START), Some(Term::of(first))),
        None => sink.tell(Place::Left1, Term::named(START), None),
    }
    sink.pairs(Place::LeftPair, left);
    sink.pairs(Place::RightPair, right);
    match left {
        [.., one, two] => sink.tell(Place::Left1Pair, Term::of(one), Some(Term::of(two))),
        [one] => sink.tell(Place::Left1Pair, Term::named(START), Some(Term::of(one))),
        [] => {}
    }
}
