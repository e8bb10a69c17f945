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

fn one(tokens: &[Token<'_>], at: usize) -> Option<Rank> {
    let first = tokens.get(at).filter(|token| token.is_word())?;
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
