//! Shares in percent: "99 % of requests", "150 ms, 99 % of them", and those of which no percentile is made: "80 % of its
//! time".

use super::super::super::token::Token;
use super::super::{bound, unit};
use super::is_percentile_word;
use super::part::is_beyond;
use super::served::{is_no_case, is_served};

/// The percentile that a share is, its end and its value. The number stands at `at`, what follows its sign at `next`.
pub(super) fn of(tokens: &[Token<'_>], at: usize, next: usize, value: f64) -> Option<(usize, f64)> {
    // "150 ms, 99 % of them."
    let them = tokens.get(next).is_some_and(|of| of.is("of"))
        && tokens.get(next + 1).is_some_and(|them| them.is("them"))
        && tokens.get(next + 2).is_none_or(|end| end.sign().is_some());
    let next = next + if them { 2 } else { 0 };
    // "All but five percent": the rest. "No more than 5 % of the answers may take longer": the same.
    let but = at >= 2 && tokens[at - 2].is("all") && tokens[at - 1].is("but");
    if value < 50.0 && (but || few_take_longer(tokens, at, next)) {
        return Some((next, 100.0 - value));
    }
    let closed = tokens.get(next).is_none_or(|next| matches!(next.sign(), Some(')' | '.' | ',' | ';')));
    if value >= 90.0 && closed && behind_time(tokens, at) {
        return Some((next, value));
    }
    let mut word = tokens.get(next)?;
    // "99 % delivered within 80 ms".
    if word.lower.ends_with("ed")
        && let Some(within) = tokens.get(next + 1)
        && matches!(&*within.lower, "in" | "within" | "under" | "below")
    {
        word = within;
    }
    if value >= 50.0 && is_in_time(tokens, next, word) {
        return Some((next, value));
    }
    if is_percentile_word(&word.lower) {
        return Some((next + 1, value));
    }
    if value >= 90.0 && is_theirs(tokens, next, word) && is_timed(tokens, next) {
        let of_them = usize::from(matches!(&*word.lower, "of" | "von")) * 2;
        return Some((next + of_them, value));
    }
    let counts = value >= 90.0 && is_asked(tokens, next, word) || is_of_what_is_served(tokens, next, word, value);
    counts.then_some((next, value))
}

/// Whether a unit of time follows, a few words on.
fn is_timed(tokens: &[Token<'_>], next: usize) -> bool {
    tokens[next..].iter().take(9).any(|token| unit::time(&token.lower).is_some())
}

/// "99.5 % in ≤ 120 ms".
fn is_in_time(tokens: &[Token<'_>], next: usize, word: &Token<'_>) -> bool {
    matches!(&*word.lower, "in" | "within" | "under" | "below" | "inside" | "unter" | "≤" | "<" | "en" | "sous")
        && tokens[next..].iter().take(6).any(|token| unit::time(&token.lower).is_some())
}

/// "All of them in 1 s, 99.9 % of them in 150 ms", "99 % take 70 ms at most".
fn is_theirs(tokens: &[Token<'_>], next: usize, word: &Token<'_>) -> bool {
    matches!(&*word.lower, "of" | "von") && tokens.get(next + 1).is_some_and(|them| them.is("them") || them.is("ihnen"))
        || matches!(&*word.lower, "d" | "davon" | "take" | "need" | "get" | "arrive" | "come" | "dauern" | "brauchen")
}

/// "99.9% have to be good".
fn is_asked(tokens: &[Token<'_>], next: usize, word: &Token<'_>) -> bool {
    matches!(&*word.lower, "have" | "has") && tokens.get(next + 1).is_some_and(|to| to.is("to"))
        || matches!(&*word.lower, "must" | "shall" | "should" | "müssen" | "doivent" | "deben")
}

/// "95 % of all requests", "99% der Anfragen", "95 % des requêtes": a share of what is served.
fn is_of_what_is_served(tokens: &[Token<'_>], next: usize, word: &Token<'_>, value: f64) -> bool {
    let of = matches!(
        word.lower.as_ref(),
        "of" | "der" | "aller" | "von" | "des" | "de" | "dei" | "delle" | "van" | "all" | "the"
    );
    // "99.9 % of them in less than 150 ms".
    let them = tokens.get(next + 1).is_some_and(|who| {
        matches!(&*who.lower, "them" | "these" | "those" | "all" | "ihnen" | "denen" | "ellas" | "ellos")
    });
    if value >= 50.0 && of && them && is_timed(tokens, next) {
        return true;
    }
    let served = || tokens[next..].iter().take(5).any(|token| is_served(&token.lower));
    value >= 50.0 && (of && served() || is_served(&word.lower)) || value >= 90.0 && of && is_of_a_thing(tokens, next)
}

/// Of other things only a large share is one: "95 % of presses", but not "80 % of its time".
fn is_of_a_thing(tokens: &[Token<'_>], next: usize) -> bool {
    let noun = next + 1 + usize::from(tokens.get(next + 1).is_some_and(|the| the.is("the") || the.is("all")));
    // "99 % of the declarations": several of them, behind an article.
    let one_alone = tokens.get(next + 1).is_some_and(|the| the.is("the"))
        && tokens.get(noun).is_none_or(|thing| !thing.lower.ends_with('s'));
    !one_alone && tokens.get(noun).is_some_and(|thing| thing.is_word() && !is_no_case(&thing.lower))
}

/// Whether a share is bounded from above, and said to take longer: "at most 1 % of the calls may need more than 80 ms".
fn few_take_longer(tokens: &[Token<'_>], at: usize, next: usize) -> bool {
    let few = matches!(
        bound::comparator(tokens, at),
        Some((bound::Side::Upper, start)) if start < at
    );
    few && tokens[next..].iter().take(10).any(|token| is_beyond(&token.lower))
}

/// Whether a share is given right behind a time, alone: "4 s, 95 %", "250 ms auf der Karte (95 %)".
fn behind_time(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return false };
    let reach = match before.sign() {
        Some('(') => 8,
        Some(',') => 2,
        // "≤ 2 s for 95 %", "300 ms bei 99 %".
        None if matches!(&*before.lower, "for" | "in" | "at" | "bei" | "für" | "pour" | "para" | "en" | "dans") => 2,
        _ => return false,
    };
    tokens[at.saturating_sub(reach)..at].iter().any(|token| unit::time(&token.lower).is_some())
}
