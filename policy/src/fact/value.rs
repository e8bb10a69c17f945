//! Reading one value of a known type from the words that state it.

use super::Value;
use super::vocabulary::Type;
use std::ops::Range;

/// A value that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The value, in the unit of its type.
    pub value: Value,
    /// The percentile, 0 to 100, where one is named (`p95`, `99.9 % of requests`).
    pub percentile: Option<f64>,
    /// The part of the text that states it.
    pub range: Range<usize>,
}

/// Why words are no usable value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// A number without a unit.
    #[error("a number without a unit: write `{0}`")]
    NoUnit(String),
    /// No value at all.
    #[error("{0}")]
    NotUnderstood(String),
    /// To be filled in.
    #[error("a placeholder, not a value")]
    Placeholder,
}

/// Reads a value of `kind` from `text`, the whole of which is meant to state it: `180 MB per instance`,
/// `p95 < 120 ms`, `very high`, `300 rps`. Comparators, percentiles and what it is counted for may stand beside it.
///
/// # Errors
/// Where the text has no value of that type, with the reason in words.
pub fn read(kind: Type, text: &str) -> Result<Read, Unusable> {
    let _ = (kind, text);
    Err(Unusable::NotUnderstood("not understood".to_owned()))
}
