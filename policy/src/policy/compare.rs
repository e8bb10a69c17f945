//! Comparing a stated value with what the page asks for.

use super::FactType;
use super::requirement::Comparison;
use crate::fact::Value;

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// This much or more.
    AtLeast,
    /// This much or less.
    AtMost,
    /// Less than this.
    LessThan,
    /// More than this.
    MoreThan,
    /// Exactly this.
    Equals,
    /// One of these.
    OneOf,
    /// None of these.
    NoneOf,
}

impl Op {
    /// Every comparison.
    pub const ALL: [Self; 7] =
        [Self::AtLeast, Self::AtMost, Self::LessThan, Self::MoreThan, Self::Equals, Self::OneOf, Self::NoneOf];

    /// The comparison of that name on the page.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.name() == name)
    }

    /// Its name on the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::LessThan => "less-than",
            Self::MoreThan => "more-than",
            Self::Equals => "equals",
            Self::OneOf => "one-of",
            Self::NoneOf => "none-of",
        }
    }

    /// Whether it sets an upper end.
    pub(super) fn is_upper(self) -> bool {
        matches!(self, Self::AtMost | Self::LessThan)
    }

    /// Whether it sets a lower end.
    pub(super) fn is_lower(self) -> bool {
        matches!(self, Self::AtLeast | Self::MoreThan)
    }
}

/// Whether `value` is what `comparison` asks for; `None` where the two cannot be compared.
pub(super) fn holds(comparison: &Comparison, value: &Value, kind: &FactType) -> Option<bool> {
    match comparison.op {
        Op::OneOf => Some(is_among(comparison, value)),
        Op::NoneOf => Some(!is_among(comparison, value)),
        op => {
            let asked = comparison.values.first()?;
            if let (Value::Text(stated), Value::Text(asked)) = (value, asked) {
                return (op == Op::Equals).then(|| same(stated, asked));
            }
            if let (Value::Money(_, stated), Value::Money(_, asked)) = (value, asked)
                && stated != asked
            {
                return None;
            }
            Some(ordered(op, kind.measure(value)?, kind.measure(asked)?))
        }
    }
}

fn is_among(comparison: &Comparison, value: &Value) -> bool {
    comparison.values.iter().any(|listed| match (value, listed) {
        (Value::Names(names), Value::Text(one)) => names.iter().any(|name| same(name, one)),
        (Value::Text(stated), Value::Text(one)) => same(stated, one),
        (stated, one) => stated == one,
    })
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// `0.1 s` is not exactly 100 ms in binary: what is equal but for rounding is equal.
fn ordered(op: Op, stated: f64, asked: f64) -> bool {
    let equal = (stated - asked).abs() <= 1e-9 * stated.abs().max(asked.abs());
    match op {
        Op::AtLeast => stated > asked || equal,
        Op::AtMost => stated < asked || equal,
        Op::LessThan => stated < asked && !equal,
        Op::MoreThan => stated > asked && !equal,
        _ => equal,
    }
}

/// Why no value can be what all `comparisons` ask for: the two that exclude each other, or the one that nothing can
/// meet (then twice the same).
pub(super) fn contradiction<'c>(
    comparisons: &'c [Comparison],
    kind: &FactType,
) -> Option<(&'c Comparison, &'c Comparison)> {
    let listed = |op| comparisons.iter().find(move |comparison| comparison.op == op);
    for upper in comparisons.iter().filter(|comparison| comparison.op.is_upper()) {
        let top = kind.measure(upper.values.first()?)?;
        if upper.op == Op::LessThan && ((kind.is_rank() && top == 0.0) || (kind.name() != "date" && top <= 0.0)) {
            return Some((upper, upper));
        }
        for lower in comparisons.iter().filter(|comparison| comparison.op.is_lower()) {
            let bottom = kind.measure(lower.values.first()?)?;
            let closed = lower.op == Op::AtLeast && upper.op == Op::AtMost;
            if bottom > top || (bottom >= top && !closed) {
                return Some((lower, upper));
            }
        }
    }
    if kind.is_rank() {
        let last = kind.words().count().checked_sub(1).and_then(|last| u32::try_from(last).ok()).map(f64::from);
        let over =
            listed(Op::MoreThan).filter(|over| over.values.first().and_then(|value| kind.measure(value)) == last);
        if let Some(over) = over {
            return Some((over, over));
        }
    }
    // A value that is given outright, or every one of a list, must pass the other comparisons.
    for exact in listed(Op::Equals).into_iter().chain(listed(Op::OneOf)) {
        for other in comparisons.iter().filter(|other| other.op != exact.op) {
            if exact.values.iter().all(|value| holds(other, value, kind) == Some(false)) {
                return Some((exact, other));
            }
        }
    }
    let barred = listed(Op::NoneOf)?;
    let all = kind.words().count() > 0
        && kind.words().all(|word| {
            barred.values.iter().any(|value| {
                matches!(value, Value::Text(text) if text == word)
                    || matches!(value, Value::Rank(rank) if rank.as_ref() == word)
            })
        });
    all.then_some((barred, barred))
}
