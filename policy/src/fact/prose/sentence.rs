//! Sentences and clauses of a block.

mod goal;
mod line;

use super::super::token::{Kind, Token};
use super::cue::{Class, Classes, Cue};
use line::{is_in_number, number_of_line, opens_with_colon};
use std::cell::OnceCell;
use std::ops::Range;

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

fn ends_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    match token.sign() {
        Some('!' | '?' | '。' | '？' | '！') => true,
        // "Memory ........ 48 MB": dots that lead to a value.
        Some('.') if at >= 3 && tokens[at - 3..at].iter().all(|token| token.sign() == Some('.')) => false,
        // "memory per pod ... 300 MB".
        Some('.')
            if at >= 2
                && tokens[at - 2..at].iter().all(|token| token.sign() == Some('.'))
                && !tokens[at - 2].glued
                && tokens.get(at + 1).is_some_and(|next| !next.glued) =>
        {
            false
        }
        Some('.') => {
            let Some(next) = tokens.get(at + 1) else { return true };
            if next.glued && !matches!(next.sign(), Some('"' | '”' | ')' | '*')) {
                return false;
            }
            let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return false };
            let ordinal = matches!(before.kind, Kind::Number(_))
                && (next.text.starts_with(char::is_lowercase)
                    || next.lower.starts_with("per")
                    || is_month(&next.lower));
            let abbreviated = matches!(
                before.lower.as_ref(),
                "e" | "g"
                    | "i"
                    | "approx"
                    | "max"
                    | "min"
                    | "ca"
                    | "etc"
                    | "vs"
                    | "no"
                    | "nr"
                    | "z"
                    | "b"
                    | "d"
                    | "h"
                    | "bzw"
                    | "inkl"
                    | "incl"
                    | "env"
                    | "máx"
                    | "mín"
                    | "p"
                    | "resp"
                    | "sog"
                    | "u"
                    | "a"
                    | "usw"
                    | "avg"
                    | "fig"
                    | "sec"
                    | "ms"
                    | "mio"
            ) && next.text.starts_with(|first: char| first.is_lowercase() || first.is_ascii_digit())
                && !is_percentile_name(&next.lower);
            !ordinal && !abbreviated
        }
        _ => false,
    }
}

/// "… 12 ms. p99 stays at 40 ms": a percentile opens a sentence, small as it is.
fn is_percentile_name(lower: &str) -> bool {
    lower.strip_prefix('p').is_some_and(|digits| digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_month(lower: &str) -> bool {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mär", "mar", "apr", "mai", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dez", "dec",
    ];
    MONTHS.iter().any(|month| lower.starts_with(month))
}

/// Whether the author broke the line on purpose: the line before is short, or the next one opens with a label or a
/// percentile.
fn breaks_line(tokens: &[Token<'_>], start: usize, at: usize) -> bool {
    // "Expected load\n: 36,000 readings an hour": a term and what is said of it.
    if tokens[at].sign() == Some(':') {
        return false;
    }
    // "We decided for Rust\nand neglected Go,\nto keep …": what opens in small letters with a joint goes on.
    if goes_on(tokens, at) {
        return false;
    }
    let line_start = (at.saturating_sub(60)..at).rev().find(|before| tokens[*before].line_start).unwrap_or(start);
    let width = tokens[at - 1].range.end - tokens[line_start].range.start;
    let dated = matches!(tokens[at].kind, Kind::Number(super::super::token::Number::NoAmount));
    dated
        || width < 36
        || number_of_line(tokens, at).is_some()
        || width < 68 && opens_with_colon(tokens, line_start) && opens_with_colon(tokens, at)
        || may_open_line(tokens, at) && opens_with_label(tokens, at)
        || tokens[at - 1].sign() == Some(':')
}

/// Whether a line opens with a word that joins it to the one before, and is no labelled line.
fn goes_on(tokens: &[Token<'_>], at: usize) -> bool {
    const JOINTS: &[&str] = &["and", "to", "accepting", "facing", "und", "um", "et", "afin", "para"];
    let before = tokens[at - 1].sign().is_none_or(|sign| sign == ',' || sign == ')');
    before
        && tokens[at].text.starts_with(char::is_lowercase)
        && JOINTS.contains(&&*tokens[at].lower)
        && !opens_with_label(tokens, at)
}

/// Whether the line before may be at its end: a label in small letters behind half a sentence is its other half.
fn may_open_line(tokens: &[Token<'_>], at: usize) -> bool {
    let ended = tokens[at - 1].sign().is_some_and(|sign| !matches!(sign, ',' | '(' | '-'));
    ended || !tokens[at].text.starts_with(char::is_lowercase)
}

/// `Word word:` at the start of a line.
fn opens_with_label(tokens: &[Token<'_>], at: usize) -> bool {
    for token in tokens[at..].iter().take(6) {
        match token.sign() {
            Some(':') => return true,
            Some('—' | '–') if !token.glued => return true,
            Some('.') if !token.glued => return true,
            Some('*' | '_' | '(' | ')' | '/') | None => {}
            Some(_) => return false,
        }
    }
    false
}

/// Words that open a clause behind a comma.
const CONNECTORS: &[&str] = &[
    "and",
    "but",
    "or",
    "nor",
    "while",
    "whereas",
    "which",
    "who",
    "whose",
    "because",
    "since",
    "so",
    "as",
    "although",
    "though",
    "where",
    "when",
    "if",
    "that",
    "then",
    "yet",
    "unless",
    "until",
    "und",
    "aber",
    "oder",
    "während",
    "weil",
    "da",
    "denn",
    "damit",
    "sodass",
    "der",
    "die",
    "das",
    "wobei",
    "wenn",
    "et",
    "mais",
    "ou",
    "car",
    "tandis",
    "qui",
    "dont",
    "puisque",
    "parce",
    "si",
    "alors",
    "y",
    "pero",
    "o",
    "mientras",
    "porque",
    "que",
    "pues",
    "aunque",
    "cuando",
    "not",
    "else",
    "otherwise",
    "sonst",
    "andernfalls",
    "sinon",
];

fn clauses(tokens: &[Token<'_>], cues: &[Cue], range: Range<usize>) -> Vec<Clause> {
    let mut found: Vec<Clause> = Vec::new();
    let mut start = range.start;
    let mut aside = 0usize;
    let mut continued = false;
    let mut close = |start: &mut usize, end: usize, aside: bool, continued: &mut bool, next: bool| {
        if end > *start {
            found.push(Clause { tokens: *start..end, continued: *continued, aside });
        }
        *start = end;
        *continued = next;
    };
    let mut at = range.start;
    while at < range.end {
        match tokens[at].sign() {
            Some('(') => {
                close(&mut start, at, aside > 0, &mut continued, true);
                aside += 1;
            }
            Some(')') => {
                close(&mut start, at + 1, aside > 0, &mut continued, true);
                aside = aside.saturating_sub(1);
            }
            // "The network takes its share: the service gets 60 ms."
            Some(':') if at > start + 3 && has_verb(cues, start..at) => {
                close(&mut start, at + 1, aside > 0, &mut continued, false);
            }
            Some(';' | '—') => close(&mut start, at + 1, aside > 0, &mut continued, false),
            Some('–') if !tokens[at].glued => close(&mut start, at + 1, aside > 0, &mut continued, false),
            Some(',') => {
                let mut next = tokens.get(at + 1).map_or("", |token| token.lower.as_ref());
                // "… 1.08 s, of which the barrier needs 0.7 s".
                if next == "of" {
                    next = tokens.get(at + 2).map_or("", |token| token.lower.as_ref());
                }
                // "… eight seconds, six of which the radio needs".
                let of_which = [2, 3]
                    .iter()
                    .zip(["of", "which"])
                    .all(|(next, word)| tokens.get(at + next).is_some_and(|token| token.is(word)));
                if of_which {
                    next = "which";
                }
                let bare = !has_verb(cues, at + 1..range.end.min(at + 14));
                let starts = CONNECTORS.contains(&next) || !bare || tells_anew(tokens, cues, start, at, range.end);
                if starts {
                    // "…, which takes 300 MB" speaks of what stands before it, not of the subject.
                    let relative = matches!(next, "which" | "who" | "whose" | "qui" | "dont" | "que");
                    let own = relative || !verb_within(cues, at + 1, if CONNECTORS.contains(&next) { 2 } else { 1 });
                    close(&mut start, at + 1, aside > 0, &mut continued, !own);
                }
            }
            None if at > start
                && matches!(
                    tokens[at].lower.as_ref(),
                    "and"
                        | "but"
                        | "while"
                        | "whereas"
                        | "und"
                        | "aber"
                        | "et"
                        | "mais"
                        | "y"
                        | "pero"
                        | "because"
                        | "since"
                        | "weil"
                        | "although"
                ) =>
            {
                let pronoun = tokens.get(at + 1).is_some_and(|next| {
                    matches!(
                        &*next.lower,
                        "it" | "we" | "they" | "he" | "she" | "wir" | "er" | "sie" | "il" | "elle" | "nous"
                    )
                });
                let joins = pronoun || verb_within(cues, at + 1, 4) && has_verb(cues, start..at);
                if joins {
                    let own = pronoun || !verb_within(cues, at + 1, 1);
                    close(&mut start, at, aside > 0, &mut continued, !own);
                }
            }
            _ => {}
        }
        at += 1;
    }
    close(&mut start, range.end, aside > 0, &mut continued, false);
    found
}

/// "Radio takes some 350 ms, order-core has its own SLO": behind the comma stand a subject and its verb.
fn tells_anew(tokens: &[Token<'_>], cues: &[Cue], start: usize, comma: usize, end: usize) -> bool {
    const TELLS: &[&str] =
        &["is", "are", "has", "have", "does", "hat", "haben", "ist", "sind", "est", "sont", "es", "son", "tiene"];
    let reach = (comma + 7).min(end);
    let Some(verb) = (comma + 2..reach).find(|at| TELLS.contains(&&*tokens[*at].lower)) else { return false };
    let plain = (comma + 1..verb).all(|at| tokens[at].is_word() || tokens[at].joined || tokens[at].sign() == Some('-'));
    let opens = tokens[comma + 1].is_word()
        && !matches!(
            &*tokens[comma + 1].lower,
            "in" | "at"
                | "on"
                | "for"
                | "with"
                | "of"
                | "from"
                | "by"
                | "to"
                | "per"
                | "under"
                | "measured"
                | "including"
                | "if"
                | "when"
                | "as"
                | "after"
                | "before"
                | "within"
                | "without"
                | "over"
                | "like"
                | "even"
                | "not"
        );
    plain && opens && (has_verb(cues, start..comma) || (start..comma).any(|at| TELLS.contains(&&*tokens[at].lower)))
}

fn is_verb(class: Class) -> bool {
    matches!(
        class,
        Class::Must
            | Class::Past
            | Class::Grant
            | Class::Measure
            | Class::Decide
            | Class::Perhaps
            | Class::Saving
            | Class::Present
    )
}

fn has_verb(cues: &[Cue], range: Range<usize>) -> bool {
    let from = cues.partition_point(|cue| cue.tokens.start < range.start);
    cues[from..].iter().take_while(|cue| cue.tokens.start < range.end).any(|cue| is_verb(cue.class))
}

/// Whether a verb starts within `reach` tokens from `at`.
fn verb_within(cues: &[Cue], at: usize, reach: usize) -> bool {
    has_verb(cues, at..at + reach)
}
