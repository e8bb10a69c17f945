//! Shares of an amount that was named before.

use super::super::super::token::Token;
use super::super::number;
use super::{Measure, Quantity, Style, one, quantity};

/// How far behind a whole its share may stand.
const SHARE_REACH: usize = 40;

/// "The box has 2 GB and we get a quarter of it", "half of the 2 GB": a share of an amount of memory or time.
pub(super) fn of_whole(tokens: &[Token<'_>], at: usize, before: &[Quantity], style: Style) -> Option<Quantity> {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
    let share = number::share(lower(at))?;
    let opens = lower(at) == "half"
        || matches!(lower(at.checked_sub(1)?), "a" | "one" | "ein" | "un" | "la" | "die" | "der" | "the");
    let is_amount = |whole: &Quantity| matches!(whole.measure, Measure::Bytes | Measure::Time);
    if lower(at + 1) == "of" && matches!(lower(at + 2), "the" | "its" | "our" | "these" | "those") {
        let whole = one(tokens, at + 3, style).filter(|whole| opens && is_amount(whole))?;
        return Some(quantity(at..whole.tokens.end, whole.value.map(|whole| whole * share), whole.measure));
    }
    let end = match (lower(at + 1), lower(at + 2)) {
        ("of", "it" | "that" | "this" | "which" | "them" | "those") => at + 3,
        ("davon" | "dessen", _) => at + 2,
        ("de", "cela" | "ello" | "eso" | "esto") => at + 3,
        _ => return None,
    };
    // "A quarter of that, 512 MB": the amount is worked out behind it.
    let told = tokens.get(end).is_some_and(|sign| matches!(sign.sign(), Some(',' | ':' | '(' | '—' | '–')))
        && (end + 1..end + 4).any(|at| one(tokens, at, style).is_some_and(|told| is_amount(&told)));
    let mut near =
        before.iter().rev().take_while(|whole| at - whole.tokens.end <= SHARE_REACH).filter(|whole| is_amount(whole));
    let whole = near.next()?;
    // "2 GB and 80 ms. It gets a quarter of that": of which, is not said.
    let clear = near.all(|other| other.measure == whole.measure);
    (opens && clear && !told).then(|| quantity(at..end, whole.value.map(|whole| whole * share), whole.measure))
}
