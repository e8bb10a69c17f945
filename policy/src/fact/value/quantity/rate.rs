//! Rates: `300 rps`, "900 calls a second", "25 Anfragen pro Sekunde".

use super::super::super::token::Token;
use super::super::unit;

/// `/s`, `per second`, `a minute`, `pro Sekunde`, `par seconde`, `por segundo`: behind it, and its seconds.
pub(super) fn per_time(tokens: &[Token<'_>], at: usize) -> Option<(usize, f64)> {
    let sign = tokens.get(at)?;
    let unit = |at: usize| tokens.get(at).filter(|unit| unit.is_word()).and_then(|unit| unit::per(&unit.lower));
    if sign.sign() == Some('/') {
        return unit(at + 1).map(|factor| (at + 2, factor));
    }
    let alone = matches!(
        sign.lower.as_ref(),
        "per" | "a" | "an" | "each" | "every" | "pro" | "je" | "par" | "por" | "al" | "à" | "al'" | "na" | "в" | "за"
    );
    let second = matches!(
        (sign.lower.as_ref(), tokens.get(at + 1).map(|token| &*token.lower)),
        ("in", Some("der")) | ("à", Some("la")) | ("a", Some("la")) | ("in", Some("a"))
    );
    if second {
        return unit(at + 2).map(|factor| (at + 3, factor));
    }
    if alone || sign.is("am") && tokens.get(at + 1).is_some_and(|day| day.is("tag")) {
        return unit(at + 1).map(|factor| (at + 2, factor));
    }
    None
}

/// What is counted, and per what time: `requests/s`, `calls a second`, `rps`. Returns the end and the factor to a
/// rate per second.
pub(super) fn rate(tokens: &[Token<'_>], at: usize) -> Option<(usize, f64)> {
    let first = tokens.get(at)?;
    match first.lower.as_ref() {
        "rps" | "qps" | "tps" | "eps" | "iops" | "cps" => return Some((at + 1, 1.0)),
        "rpm" => return Some((at + 1, 1.0 / 60.0)),
        _ => {}
    }
    for words in 0..=4 {
        if let Some((end, factor)) = per_time(tokens, at + words) {
            return Some((end, 1e3 / factor));
        }
        let plain = tokens.get(at + words).is_some_and(|token| {
            token.is_word()
                && unit::memory(token.text, &token.lower, false).is_none()
                && !is_preposition(&token.lower)
                && !is_physical(&token.lower)
        });
        if !plain {
            return None;
        }
    }
    None
}

/// "1,800 m/min", "40 kWh a day": a speed, a consumption, and nothing that is asked of a service.
fn is_physical(lower: &str) -> bool {
    matches!(
        lower,
        "m" | "km"
            | "cm"
            | "mm"
            | "l"
            | "ml"
            | "litres"
            | "liters"
            | "kg"
            | "tonnes"
            | "kw"
            | "kwh"
            | "mwh"
            | "wh"
            | "metres"
            | "meters"
            | "meter"
            | "kilometres"
            | "miles"
            | "euros"
            | "eur"
            | "usd"
            | "dollars"
    )
}

/// "6,000 for an hour" is no rate.
fn is_preposition(lower: &str) -> bool {
    matches!(
        lower,
        "for"
            | "in"
            | "within"
            | "after"
            | "over"
            | "during"
            | "than"
            | "to"
            | "about"
            | "by"
            | "at"
            | "with"
            | "and"
            | "or"
            | "für"
            | "nach"
            | "während"
            | "pendant"
            | "durante"
            | "pour"
            | "para"
    )
}

/// `每秒 300`: the time stands before the number.
pub(super) fn prefix_rate(tokens: &[Token<'_>], at: usize) -> Option<f64> {
    match tokens.get(at.checked_sub(1)?)?.lower.as_ref() {
        "每秒" | "毎秒" | "초당" => Some(1.0),
        "每分钟" | "毎分" | "분당" => Some(60.0),
        _ => None,
    }
}
