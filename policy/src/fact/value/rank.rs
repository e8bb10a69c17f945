//! Words on the impact scale.

use super::super::token::Token;
use super::super::words::words;
use std::ops::Range;

/// A word of the scale and its tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rank {
    pub tokens: Range<usize>,
    pub name: &'static str,
}

/// Finds every word of the impact scale, the longest first: `very high` is not `high`.
pub(crate) fn scan(tokens: &[Token<'_>]) -> Vec<Rank> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match one(tokens, at) {
            Some(rank) => {
                at = rank.tokens.end;
                found.push(rank);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a word of the scale stands in a text: "high", not "right".
pub(crate) fn stands_in(text: &str) -> bool {
    let ends = &words().rank_ends;
    text.split(|letter: char| !letter.is_alphabetic()).any(|word| {
        (3..=24).contains(&word.len())
            && (ends.contains(word)
                || !word.bytes().all(|byte| byte.is_ascii_lowercase()) && ends.contains(word.to_lowercase().as_str()))
    })
}

/// Whether a word of the scale may begin with a token. Most words are told apart here.
pub(crate) fn may_begin(token: &Token<'_>) -> bool {
    let words = words();
    token.is_word() && words.rank_sieve.may_hold(token.hash) && words.rank_hashes.contains(&token.hash)
}

fn one(tokens: &[Token<'_>], at: usize) -> Option<Rank> {
    let first = tokens.get(at).filter(|token| may_begin(token))?;
    if words().rank_starts.contains(&*first.lower)
        && let Some(second) = tokens.get(at + 1).filter(|token| token.is_word())
    {
        let pair = format!("{} {}", first.lower, second.lower);
        if let Some(name) = words().ranks.get(pair.as_str()) {
            return Some(Rank { tokens: at..at + 2, name });
        }
    }
    let name = words().ranks.get(first.lower.as_ref())?;
    Some(Rank { tokens: at..at + 1, name })
}
