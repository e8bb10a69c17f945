//! Ranges: `100-120 ms`, "between 800 ms and 1.2 s".

use super::super::super::token::Token;
use super::super::unit::Unit;
use super::amount::{Amount, amount};
use super::{Style, plain_unit};

/// `100-120 ms`, `100 ms to 120 ms`, `between 100 and 120 ms`: behind the range, its lower and its upper end.
pub(super) fn of(tokens: &[Token<'_>], first: &Amount, style: Style) -> Option<(usize, Option<f64>, Option<f64>)> {
    let start_unit = tokens.get(first.end).and_then(|token| plain_unit(token, style));
    let sign = first.end + usize::from(start_unit.is_some());
    let word = tokens.get(sign)?;
    let between = || {
        let back = first.end.saturating_sub(if first.words { 4 } else { 3 });
        tokens[back..first.end]
            .iter()
            .any(|token| matches!(token.lower.as_ref(), "between" | "zwischen" | "entre" | "von" | "de" | "from"))
    };
    let joins = match word.sign() {
        Some('-' | '–' | '—' | '…' | '~' | '〜' | '～') => true,
        Some('.') => tokens.get(sign + 1).is_some_and(|next| next.sign() == Some('.')),
        _ => match word.lower.as_ref() {
            "to" | "bis" | "à" | "a" | "до" | "til" => true,
            "and" | "und" | "et" | "y" => between(),
            _ => false,
        },
    };
    if !joins {
        return None;
    }
    let dots = tokens[sign + 1..].iter().take(2).take_while(|token| token.sign() == Some('.')).count();
    let next = sign + 1 + if word.sign() == Some('.') { dots } else { 0 };
    let second = amount(tokens, next, style.marks)?;
    let end_unit = tokens.get(second.end).and_then(|token| plain_unit(token, style));
    match (start_unit, end_unit) {
        // "10 ms - 5 of them" is no range.
        (Some(_), None) => None,
        (Some(low_unit), Some(high_unit)) => {
            let (low, high) = (first.value? * factor(low_unit)?, second.value? * factor(high_unit)?);
            let same = std::mem::discriminant(&low_unit) == std::mem::discriminant(&high_unit);
            (same && low < high).then(|| (second.end, Some(low / factor(high_unit).unwrap_or(1.0)), second.value))
        }
        (None, _) => (first.value? < second.value?).then_some((second.end, first.value, second.value)),
    }
}

fn factor(unit: Unit) -> Option<f64> {
    match unit {
        Unit::Bytes(factor) | Unit::Time(factor) => Some(factor),
        Unit::Bits => None,
    }
}
