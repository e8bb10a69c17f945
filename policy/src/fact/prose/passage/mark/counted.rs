//! What is counted in or out of a figure.

use super::super::super::super::token::Token;
use std::ops::Range;

/// What is counted in or out, in a piece of its own: ", cache misses included", "(network excluded)", ", without the
/// queue". It says what is measured, and nothing of whether the figure beside it holds.
pub(super) fn in_or_out(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    const CLOSES: &[&str] = &[
        "included",
        "excluded",
        "inclusive",
        "exclusive",
        "counted",
        "aside",
        "apart",
        "excepted",
        "inbegriffen",
        "eingerechnet",
        "mitgerechnet",
        "ausgenommen",
        "abgezogen",
        "compris",
        "comprise",
        "comprises",
        "inclus",
        "incluse",
        "incluses",
        "exclu",
        "exclue",
        "exclus",
        "exclues",
        "incluido",
        "incluida",
        "excluido",
        "excluida",
    ];
    const OPENS: &[&str] = &[
        "including",
        "excluding",
        "incl",
        "excl",
        "inklusive",
        "exklusive",
        "einschließlich",
        "ausschließlich",
        "hors",
        "incluyendo",
        "excluyendo",
    ];
    let ends = |at: usize| tokens.get(at).is_none_or(|token| matches!(token.sign(), Some(',' | '.' | ';' | ')' | ':')));
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let from = at.saturating_sub(7);
        let opens = |at: &usize| matches!(tokens[*at].sign(), Some(',' | '(' | ';' | '—'));
        // What stands on the other side is told sooner than which word it is.
        if ends(at + 1) && CLOSES.contains(&&*token.lower) {
            let Some(start) = (from..at).rev().find(opens) else { continue };
            let plain = tokens[start + 1..at].iter().all(|token| token.is_word());
            if plain && at - start <= 6 && at > start {
                found.push(start + 1..at + 1);
            }
        } else if at.checked_sub(1).is_some_and(|before| opens(&before)) && OPENS.contains(&&*token.lower) {
            let end = (at + 1..(at + 8).min(tokens.len())).find(|end| ends(*end));
            let Some(end) = end.filter(|end| tokens[at + 1..*end].iter().all(|token| token.is_word())) else {
                continue;
            };
            found.push(at..end);
        }
    }
    found
}
