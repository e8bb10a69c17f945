//! Where a sentence ends.

use super::super::super::token::{Kind, Token};

/// Whether a sign ends the sentence that it stands in.
pub(super) fn ends_sentence(tokens: &[Token<'_>], at: usize) -> bool {
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
        Some('.') => is_full_stop(tokens, at),
        _ => false,
    }
}

/// Whether a dot ends a sentence, and is not the one of an ordinal ("3. Mai") or of a word cut short ("approx. 3").
fn is_full_stop(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(next) = tokens.get(at + 1) else { return true };
    if next.glued && !matches!(next.sign(), Some('"' | '”' | ')' | '*')) {
        return false;
    }
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return false };
    let ordinal = matches!(before.kind, Kind::Number(_))
        && (next.text.starts_with(char::is_lowercase) || next.lower.starts_with("per") || is_month(&next.lower));
    let abbreviated = is_abbreviation(&before.lower)
        && next.text.starts_with(|first: char| first.is_lowercase() || first.is_ascii_digit())
        && !is_percentile_name(&next.lower);
    !ordinal && !abbreviated
}

/// Words cut short that a dot stands behind.
fn is_abbreviation(lower: &str) -> bool {
    matches!(
        lower,
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
    )
}

/// "… 12 ms. p99 stays at 40 ms": a percentile opens a sentence, small as it is.
fn is_percentile_name(lower: &str) -> bool {
    lower.strip_prefix('p').is_some_and(|digits| digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a word names a month, or begins like one.
fn is_month(lower: &str) -> bool {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mär", "mar", "apr", "mai", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dez", "dec",
    ];
    MONTHS.iter().any(|month| lower.starts_with(month))
}
