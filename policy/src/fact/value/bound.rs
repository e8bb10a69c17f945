//! Words around a number that make it an upper limit, a lower bound, or none at all.

use super::super::token::Token;
use super::percentile::Percentile;
use super::quantity::Quantity;

fn lower<'a>(tokens: &'a [Token<'_>], at: Option<usize>) -> &'a str {
    at.and_then(|at| tokens.get(at)).map_or("", |token| token.lower.as_ref())
}

/// Which way a comparator points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Upper,
    Lower,
}

/// The comparator that ends right before `tokens[at]`, and its first token.
pub(crate) fn comparator(tokens: &[Token<'_>], at: usize) -> Option<(Side, usize)> {
    // Words that may stand between a comparator and its number.
    let mut end = at;
    for _ in 0..2 {
        if matches!(
            lower(tokens, end.checked_sub(1)),
            "a" | "an"
                | "the"
                | "about"
                | "some"
                | "roughly"
                | "approximately"
                | "ca"
                | "etwa"
                | "rund"
                | "of"
                | "sub"
                | "~"
                | "environ"
                | "unos"
                | "around"
                | "≈"
                | "de"
                | "à"
                | "los"
                | "las"
                | "les"
                | "only"
                // "… are accepted within | 300 ms".
                | "|"
        ) && lower(tokens, end.checked_sub(1)) != "sub"
        {
            end -= 1;
        }
    }
    // "Larger than or equal to".
    if (lower(tokens, end.checked_sub(3)), lower(tokens, end.checked_sub(2)), lower(tokens, end.checked_sub(1)))
        == ("or", "equal", "to")
    {
        end -= 3;
    }
    let word = |back: usize| lower(tokens, end.checked_sub(back));
    let found = |side: Side, length: usize| Some((side, end - length));
    let negated = |from: usize| (from..from + 3).any(|back| is_negation(word(back)));
    match word(1) {
        "=" if matches!(word(2), "<" | ">") => found(if word(2) == "<" { Side::Upper } else { Side::Lower }, 2),
        "<" | "≤" | "⩽" | "≦" | "under" | "below" | "within" | "max" | "maximum" | "inside" | "spätestens" | "sub"
        | "beneath" | "unter" | "unterhalb" | "höchstens" | "maximal" | "innerhalb" | "binnen" | "máximo" | "bajo"
        | "inférieur" | "inférieure" | "до" | "niedriger" => found(Side::Upper, 1),
        ">" | "≥" | "⩾" | "above" | "over" | "beyond" | "past" | "über" | "oberhalb" | "exceed" | "exceeds"
        | "exceeding" | "überschreiten" | "überschreitet" | "übersteigen" | "übersteigt" | "dépasser" | "dépasse"
        | "superar" | "supera" | "supere" | "exceder" | "excede" | "pass" | "passes" | "sobre" => {
            found(if negated(2) { Side::Upper } else { Side::Lower }, 1)
        }
        "min" | "minimum" | "mindestens" | "minimal" => found(Side::Lower, 1),
        "nach" if word(2) == "spätestens" => found(Side::Upper, 2),
        "latest" if word(2) == "the" => found(Side::Upper, 2),
        "most" if word(2) == "at" => found(Side::Upper, 2),
        "least" if word(2) == "at" => found(Side::Lower, 2),
        "to" if word(2) == "up" => found(Side::Upper, 2),
        "zu" if word(2) == "bis" => found(Side::Upper, 2),
        "plus" if word(2) == "au" => found(Side::Upper, 2),
        "moins" if word(2) == "au" => found(Side::Lower, 2),
        "menos" if matches!(word(2), "al" | "lo") => found(Side::Lower, 2),
        // "May be as large as 120 MB".
        "as" if word(3) == "as"
            && matches!(word(2), "large" | "big" | "high" | "much" | "many" | "long" | "late" | "slow" | "heavy") =>
        {
            found(Side::Upper, 3)
        }
        "than" | "als" | "que" | "plus" | "moins" | "más" | "menos" => {
            let (compared, length) =
                if matches!(word(1), "than" | "als" | "que") { (word(2), 2) } else { (word(1), 1) };
            match compared {
                "less" | "fewer" | "lower" | "smaller" | "shorter" | "faster" | "quicker" | "sooner" | "weniger"
                | "kleiner" | "schneller" | "kürzer" | "moins" | "menos" | "menor" | "inferior" => {
                    // "nothing less than 80 MB" is a bound from below.
                    found(if negated(length + 1) { Side::Lower } else { Side::Upper }, length)
                }
                "more" | "greater" | "higher" | "longer" | "larger" | "later" | "bigger" | "slower" | "other"
                | "mehr" | "länger" | "größer" | "höher" | "später" | "plus" | "más" | "mayor" | "superior" => {
                    found(if negated(length + 1) { Side::Upper } else { Side::Lower }, length)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether the number at `at` is bounded from above by the words before it.
pub(crate) fn is_upper(tokens: &[Token<'_>], at: usize) -> bool {
    comparator(tokens, at).is_some_and(|(side, _)| side == Side::Upper)
}

/// Whether the number at `at` is bounded from below only.
pub(crate) fn is_lower(tokens: &[Token<'_>], at: usize) -> bool {
    comparator(tokens, at).is_some_and(|(side, _)| side == Side::Lower)
}

/// Words that turn a comparator round: `no more than`, `must not exceed`, `never above`.
pub(crate) fn is_negation(word: &str) -> bool {
    matches!(
        word,
        "no" | "not"
            | "never"
            | "cannot"
            | "can't"
            | "mustn't"
            | "won't"
            | "shouldn't"
            | "nothing"
            | "nicht"
            | "nie"
            | "niemals"
            | "kein"
            | "keine"
            | "keinen"
            | "keiner"
            | "keinem"
            | "ningún"
            | "ninguna"
            | "ninguno"
            | "aucun"
            | "aucune"
            | "ne"
            | "pas"
            | "jamais"
            | "nunca"
            | "without"
            | "ohne"
            | "sans"
            | "sin"
            | "neither"
            | "nor"
            | "n"
            | "nobody"
            | "none"
    )
}

/// Words that say that there is no value.
pub(crate) fn is_denial(word: &str) -> bool {
    matches!(
        word,
        "no" | "none"
            | "not"
            | "nothing"
            | "never"
            | "without"
            | "unknown"
            | "unspecified"
            | "undefined"
            | "unset"
            | "unlimited"
            | "unbounded"
            | "open"
            | "kein"
            | "keine"
            | "keiner"
            | "keines"
            | "nicht"
            | "ohne"
            | "unbekannt"
            | "unbegrenzt"
            | "aucun"
            | "aucune"
            | "pas"
            | "sans"
            | "inconnu"
            | "illimité"
            | "illimitée"
            | "ninguno"
            | "ninguna"
            | "sin"
            | "desconocido"
            | "ilimitado"
            | "nessuno"
            | "nessuna"
            | "nenhum"
            | "nenhuma"
            | "sem"
            | "geen"
            | "brak"
            | "нет"
            | "немає"
            | "yok"
            | "无"
            | "无限制"
            | "没有"
            | "なし"
            | "없음"
    )
}

/// Whether the text begins by denying: `none`, `no limit`, `not yet set`.
pub(crate) fn starts_with_denial(tokens: &[Token<'_>]) -> bool {
    tokens.first().is_some_and(|first| is_denial(&first.lower))
}

/// Whether any word denies.
pub(crate) fn has_denial(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| is_denial(&token.lower))
}

/// Whether a percentile stands right before a figure, and not behind the comma of the one before.
fn is_right_before(tokens: &[Token<'_>], percentile: &Percentile, quantity: &Quantity) -> bool {
    quantity.tokens.start.checked_sub(percentile.tokens.end).is_some_and(|gap| gap <= 6)
        && !tokens[percentile.tokens.end..quantity.tokens.start]
            .iter()
            .any(|token| matches!(token.sign(), Some(',' | ';' | '/')) || token.is("and"))
}

/// The percentile that a duration is given for: the nearest one before it without another duration between, else
/// one right behind it. Percentiles and durations are those of one sentence, in order.
pub(crate) fn percentile_of<'q>(
    tokens: &[Token<'_>],
    percentiles: &[Percentile],
    quantity: &Quantity,
    mut all: impl ExactSizeIterator<Item = &'q Quantity> + DoubleEndedIterator + Clone,
) -> Option<f64> {
    let at = percentiles.partition_point(|percentile| percentile.tokens.end <= quantity.tokens.start);
    let (ahead, after) = percentiles.split_at(at);
    if ahead.is_empty() && after.is_empty() {
        return None;
    }
    // The durations right before and right behind this one: what stands between it and a percentile is one of them.
    let last = all.clone().rev().find(|other| other.tokens.end <= quantity.tokens.start);
    let next = all.clone().find(|other| other.tokens.start >= quantity.tokens.end);
    let before = ahead.last().filter(|found| last.is_none_or(|last| last.tokens.start < found.tokens.end));
    let behind = after
        .iter()
        .find(|percentile| percentile.tokens.start >= quantity.tokens.end)
        .filter(|found| next.is_none_or(|next| next.tokens.end > found.tokens.start));
    // "… after 400 ms, thus p95 ≤ 350 ms": right before a figure, and not behind the comma of the one before.
    let adjacent = before.filter(|percentile| is_right_before(tokens, percentile, quantity));
    if let Some(percentile) = adjacent {
        return Some(percentile.value);
    }
    // "20 ms p50, 40 ms p99": where the first percentile stands behind the first duration, all do.
    let several = all.len() > 1;
    // "In 1 s, 99.9 % of them in 150 ms": behind a comma, and right before the next figure, it is that one's.
    let of_next = |found: &&Percentile| {
        let comma = found.tokens.start.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|token| token.is(","));
        next.is_some_and(|next| {
            comma
                && (found.tokens.end..found.tokens.end + 5).contains(&next.tokens.start)
                && !tokens[found.tokens.end..next.tokens.start].iter().any(|token| token.is(","))
        })
    };
    let behind = behind.filter(|found| !of_next(found));
    let trailing = percentiles.first().zip(all.next()).is_some_and(|(first, of)| first.tokens.start >= of.tokens.end);
    if trailing && several {
        // "… in less than one second, 99.9 % of them in less than 150 ms": the next figure's.
        let of_next = |found: &&Percentile| {
            next.is_some_and(|next| is_right_before(tokens, found, next))
                && tokens[quantity.tokens.end..found.tokens.start].iter().any(|token| token.sign() == Some(','))
        };
        return behind.filter(|found| !of_next(found)).map(|percentile| percentile.value);
    }
    let (near, far) = if trailing { (behind, before) } else { (before, behind) };
    near.or(far).map(|percentile| percentile.value)
}
