//! Where a sentence falls into clauses.

use super::super::super::token::Token;
use super::super::cue::{Class, Cue};
use super::Clause;
use std::ops::Range;

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

/// The clauses of a sentence as they are found, one behind the other.
struct Found {
    clauses: Vec<Clause>,
    /// Where the clause starts that is not at its end yet.
    start: usize,
    /// Whether it has no subject of its own.
    continued: bool,
    /// The brackets that are open.
    depth: usize,
}

impl Found {
    /// Ends the clause, and says of the one behind it whether it goes on with the same subject.
    fn close(&mut self, end: usize, continued: bool) {
        if end > self.start {
            let clause = Clause { tokens: self.start..end, continued: self.continued, aside: self.depth > 0 };
            self.clauses.push(clause);
        }
        self.start = end;
        self.continued = continued;
    }
}

/// Splits a sentence where a new verb begins to speak, and at brackets.
pub(super) fn clauses(tokens: &[Token<'_>], cues: &[Cue], range: Range<usize>) -> Vec<Clause> {
    let mut found = Found { clauses: Vec::new(), start: range.start, continued: false, depth: 0 };
    for at in range.clone() {
        match tokens[at].sign() {
            Some('(') => {
                found.close(at, true);
                found.depth += 1;
            }
            Some(')') => {
                found.close(at + 1, true);
                found.depth = found.depth.saturating_sub(1);
            }
            // "The network takes its share: the service gets 60 ms."
            Some(':') if at > found.start + 3 && has_verb(cues, found.start..at) => found.close(at + 1, false),
            Some(';' | '—') => found.close(at + 1, false),
            Some('–') if !tokens[at].glued => found.close(at + 1, false),
            Some(',') => {
                if let Some(continued) = opens_behind_comma(tokens, cues, at, found.start..range.end) {
                    found.close(at + 1, continued);
                }
            }
            None if at > found.start && is_joint(&tokens[at].lower) => {
                if let Some(continued) = opens_at_joint(tokens, cues, at, found.start) {
                    found.close(at, continued);
                }
            }
            _ => {}
        }
    }
    found.close(range.end, false);
    found.clauses
}

/// Whether a clause opens behind a comma, and if one does, whether it goes on with the subject before it; `around` runs
/// from the start of the clause before the comma to the end of the sentence.
fn opens_behind_comma(tokens: &[Token<'_>], cues: &[Cue], comma: usize, around: Range<usize>) -> Option<bool> {
    let next = opening_behind(tokens, comma);
    let bare = !has_verb(cues, comma + 1..around.end.min(comma + 14));
    let starts = CONNECTORS.contains(&next) || !bare || tells_anew(tokens, cues, around.start, comma, around.end);
    if !starts {
        return None;
    }
    // "…, which takes 300 MB" speaks of what stands before it, not of the subject.
    let relative = matches!(next, "which" | "who" | "whose" | "qui" | "dont" | "que");
    let own = relative || !verb_within(cues, comma + 1, if CONNECTORS.contains(&next) { 2 } else { 1 });
    Some(!own)
}

/// The word behind a comma that says how the text goes on.
fn opening_behind<'t>(tokens: &'t [Token<'_>], comma: usize) -> &'t str {
    // "… eight seconds, six of which the radio needs".
    let of_which = [2, 3]
        .iter()
        .zip(["of", "which"])
        .all(|(next, word)| tokens.get(comma + next).is_some_and(|token| token.is(word)));
    if of_which {
        return "which";
    }
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
    match word(comma + 1) {
        // "… 1.08 s, of which the barrier needs 0.7 s".
        "of" => word(comma + 2),
        next => next,
    }
}

/// Words that join a clause to the one before it without a comma.
fn is_joint(lower: &str) -> bool {
    matches!(
        lower,
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
    )
}

/// Whether a clause opens at such a word, and if one does, whether it goes on with the subject before it. Between two
/// nouns the same word opens none.
fn opens_at_joint(tokens: &[Token<'_>], cues: &[Cue], at: usize, start: usize) -> Option<bool> {
    let pronoun = tokens.get(at + 1).is_some_and(|next| {
        matches!(&*next.lower, "it" | "we" | "they" | "he" | "she" | "wir" | "er" | "sie" | "il" | "elle" | "nous")
    });
    let joins = pronoun || verb_within(cues, at + 1, 4) && has_verb(cues, start..at);
    let own = || pronoun || !verb_within(cues, at + 1, 1);
    joins.then(|| !own())
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

/// Whether a cue of a class is a verb.
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

/// Whether a verb starts in a range.
fn has_verb(cues: &[Cue], range: Range<usize>) -> bool {
    let from = cues.partition_point(|cue| cue.tokens.start < range.start);
    cues[from..].iter().take_while(|cue| cue.tokens.start < range.end).any(|cue| is_verb(cue.class))
}

/// Whether a verb starts within `reach` tokens from `at`.
fn verb_within(cues: &[Cue], at: usize, reach: usize) -> bool {
    has_verb(cues, at..at + reach)
}
