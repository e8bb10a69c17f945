//! Sentences and clauses of a block.

mod clause;
mod goal;
mod line;
mod stop;

use super::super::token::Token;
use super::cue::{Classes, Cue};
use clause::clauses;
use line::{breaks_line, is_in_number, number_of_line};
use std::cell::OnceCell;
use std::ops::Range;
use stop::ends_sentence;

/// A sentence and its clauses, as ranges of tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sentence {
    pub tokens: Range<usize>,
    pub clauses: Vec<Clause>,
    pub question: bool,
    /// Whether it is a statement of its own: the number of a requirement stands before it ("R3", "4.2"), or it is the goal
    /// of a Y-statement.
    pub numbered: bool,
    /// What its cues say.
    pub classes: Classes,
    /// Whether something in it is still to be filled in, once asked.
    pub hole: OnceCell<bool>,
    /// Its figures that are no part of a percentile, once asked.
    pub figures: OnceCell<Vec<usize>>,
    /// Those of them that are times.
    pub times: OnceCell<Vec<usize>>,
}

/// A part of a sentence with, as a rule, one verb.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub tokens: Range<usize>,
    /// Whether it has no subject of its own: `… and has to answer`.
    pub continued: bool,
    /// Whether it stands in brackets.
    pub aside: bool,
}

/// Tokens in a sentence.
const LONGEST: usize = 160;

/// Splits a block into sentences, each into clauses.
pub(crate) fn split(tokens: &[Token<'_>], cues: &[Cue]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut goals = Vec::new();
    let y_statement = goal::is_y_statement(tokens);
    for at in 0..tokens.len() {
        if at < start {
            continue;
        }
        // No sentence that people write is as long; what is done for each figure looks at its whole sentence.
        let endless = at - start >= LONGEST;
        let line = endless || at > start && tokens[at].line_start && breaks_line(tokens, start, at);
        if line {
            push(&mut sentences, tokens, cues, start..at);
            start = at;
        }
        // "… and neglected a queue, to answer within 30 ms, accepting …": the goal stands on its own.
        if y_statement && at > start && goal::opens(tokens, at) {
            push(&mut sentences, tokens, cues, start..at);
            start = at;
            goals.push(sentences.len());
        }
        if ends_sentence(tokens, at) && !is_in_number(tokens, start, at) {
            let mut end = at + 1;
            // Quotes and brackets that close behind the stop belong to the sentence.
            while tokens
                .get(end)
                .is_some_and(|token| token.glued && matches!(token.sign(), Some('"' | '”' | ')' | '*' | '\'' | '’')))
            {
                end += 1;
            }
            if end > start {
                push(&mut sentences, tokens, cues, start..end);
                start = end;
            }
        }
    }
    push(&mut sentences, tokens, cues, start..tokens.len());
    for goal in goals {
        if let Some(goal) = sentences.get_mut(goal) {
            goal.numbered = true;
        }
    }
    sentences
}

/// Adds the sentence of a range, without the number of a requirement that stands before it.
fn push(sentences: &mut Vec<Sentence>, tokens: &[Token<'_>], cues: &[Cue], mut range: Range<usize>) {
    if range.start >= range.end {
        return;
    }
    let opens = range.start == 0 || tokens[range.start].line_start;
    let number = number_of_line(tokens, range.start).filter(|end| opens && *end < range.end);
    let numbered = number.is_some();
    range.start = number.unwrap_or(range.start);
    let question = tokens[range.clone()].iter().rev().take(3).any(|token| matches!(token.sign(), Some('?' | '？')));
    let clauses = clauses(tokens, cues, range.clone());
    let from = cues.partition_point(|cue| cue.tokens.start < range.start);
    let mut classes = Classes::default();
    for cue in cues[from..].iter().take_while(|cue| cue.tokens.start < range.end) {
        classes.add(cue.class);
    }
    sentences.push(Sentence { tokens: range, clauses, question, numbered, classes, ..Sentence::default() });
}
