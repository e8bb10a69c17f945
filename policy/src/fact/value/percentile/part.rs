//! A part of a whole in words: `nine in ten`, "of a hundred lookups ninety-nine".

use super::super::super::token::Token;
use super::super::number::{self, Marks};

/// `nine in ten`, `nine out of ten`, `99 out of 100`, `neun von zehn`, `neuf sur dix`, `nueve de cada diez`.
pub(super) fn in_ten(tokens: &[Token<'_>], at: usize) -> Option<(usize, f64)> {
    let first = tokens.get(at)?;
    if number::digits(first).is_none() && !(first.is_word() && number::may_open(first)) {
        return None;
    }
    // "Ninety nine in one hundred" is the longest way to the word between the two numbers.
    let joins = |token: &Token<'_>| matches!(&*token.lower, "out" | "in" | "of" | "von" | "sur" | "de");
    if !tokens[at..].iter().skip(1).take(6).any(joins) {
        return None;
    }
    let in_digits = |at: usize| {
        let value = number::amount(number::digits(tokens.get(at)?)?, Marks::Unknown)?;
        Some((value, at + 1))
    };
    let (part, mut next) = number::in_words(tokens, at).or_else(|| in_digits(at))?;
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
    next += things(tokens, next);
    let after = match (lower(next), lower(next + 1)) {
        ("out" | "of", "of" | "any" | "every")
        | ("de", "cada")
        | ("in", "every" | "any" | "each")
        | ("times", "in") => next + 2 + usize::from(matches!(lower(next + 2), "any" | "every" | "each")),
        ("times", "out") => next + 3,
        ("in" | "of" | "von" | "sur", _) => next + 1,
        _ => return None,
    };
    // "A hundred", "a thousand".
    let article =
        usize::from(matches!(lower(after), "a" | "one") && matches!(lower(after + 1), "hundred" | "thousand"));
    let round = match lower(after + article) {
        "hundred" | "hundert" | "cent" | "cien" => Some((100.0, after + article + 1)),
        "thousand" | "tausend" | "mille" | "mil" => Some((1000.0, after + article + 1)),
        _ => None,
    };
    let (whole, end) = round.or_else(|| number::in_words(tokens, after)).or_else(|| in_digits(after))?;
    // "No more than one total in a thousand may take longer": the rest.
    let few =
        part * 10.0 <= whole && at >= 1 && matches!(lower(at - 1), "than" | "most" | "only" | "höchstens" | "over");
    let longer = || tokens[end..].iter().take(8).any(|token| is_beyond(&token.lower));
    if few && [10.0, 20.0, 100.0, 1000.0].contains(&whole) && longer() {
        return Some((end, (1.0 - part / whole) * 100.0));
    }
    let whole_fits = [10.0, 20.0, 100.0, 1000.0].contains(&whole) && part < whole && part * 2.0 >= whole;
    (whole_fits && end > after).then_some((end, part / whole * 100.0))
}

/// "Nineteen lookups in twenty", "nine price quotes out of ten": how many words name what is counted.
fn things(tokens: &[Token<'_>], from: usize) -> usize {
    let joint = |at: usize| {
        tokens.get(at).is_some_and(|token| matches!(&*token.lower, "in" | "of" | "out" | "von" | "sur" | "de"))
    };
    let named = |at: usize| tokens.get(at).is_some_and(|token| token.is_word() && token.lower.len() > 2);
    (1..=3).find(|words| joint(from + words)).filter(|words| (from..from + words).all(named)).unwrap_or(0)
}

/// "Of a hundred lookups ninety-nine must take less": the whole stands before its part.
pub(super) fn of_whole(tokens: &[Token<'_>], at: usize) -> Option<(usize, f64)> {
    let back =
        |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map_or("", |token| token.lower.as_ref());
    let article = usize::from(matches!(back(1), "a" | "one"));
    if !matches!(back(1 + article), "of" | "von") {
        return None;
    }
    let whole = match &*tokens.get(at)?.lower {
        "ten" | "10" | "zehn" => 10.0,
        "hundred" | "100" | "hundert" => 100.0,
        "thousand" | "1000" | "tausend" => 1000.0,
        _ => return None,
    };
    (at + 1..at + 4).find_map(|from| {
        let token = tokens.get(from)?;
        let digits = || Some((number::amount(number::digits(token)?, Marks::Unknown)?, from + 1));
        let (part, end) = number::in_words(tokens, from).or_else(digits)?;
        (part < whole && part * 2.0 >= whole).then_some((end, part / whole * 100.0))
    })
}

/// What the few that are let off do.
pub(super) fn is_beyond(lower: &str) -> bool {
    matches!(
        lower,
        "longer"
            | "more"
            | "slower"
            | "later"
            | "exceed"
            | "exceeds"
            | "over"
            | "above"
            | "beyond"
            | "länger"
            | "später"
            | "mehr"
            | "plus"
            | "más"
            | "langsamer"
            | "überschreiten"
            | "dépasser"
            | "superar"
    )
}
