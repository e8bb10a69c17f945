//! The goal of a Y-statement: "In the context of …, facing …, we decided for … and neglected …, to achieve …, accepting …".

use super::Token;

/// Whether a text is a Y-statement.
pub(super) fn is_y_statement(tokens: &[Token<'_>]) -> bool {
    const OPENINGS: &[&[&str]] = &[
        &["in", "the", "context", "of"],
        &["im", "kontext"],
        &["im", "zusammenhang"],
        &["dans", "le", "contexte"],
        &["dans", "le", "cadre"],
        &["en", "el", "contexto"],
        &["en", "el", "marco"],
    ];
    // "Y: In the context of", "**In the context of**".
    let first = tokens.iter().take(4).position(|token| OPENINGS.iter().any(|opening| token.is(opening[0])));
    first.is_some_and(|first| {
        OPENINGS.iter().any(|opening| {
            opening.iter().enumerate().all(|(at, word)| tokens.get(first + at).is_some_and(|token| token.is(word)))
        })
    })
}

/// Whether a token opens the goal, or what is accepted for it.
pub(super) fn opens(tokens: &[Token<'_>], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
    let marked = |token: &Token<'_>| matches!(token.sign(), Some('*' | '_'));
    let Some(before) = tokens[..at].iter().rev().find(|token| !marked(token)) else { return false };
    let parted = before.sign() == Some(',') || tokens[at].line_start;
    let next = tokens[at + 1..].iter().find(|token| !marked(token));
    let verb = next.is_some_and(|token| token.is_word());
    parted
        && verb
        && match word(at) {
            "to" | "accepting" | "achieving" | "um" | "afin" | "pour" | "para" | "acceptant" | "aceptando" => true,
            "in" => word(at + 1) == "order",
            "so" => matches!(word(at + 1), "that" | "as" | "dass"),
            "und" | "and" => matches!(word(at + 1), "accept" | "accepted" | "nehmen"),
            _ => false,
        }
}
