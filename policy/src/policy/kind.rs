//! The type of a fact, be it of the vocabulary or of the page.

use super::compare::Op;
use crate::fact::Value;
use crate::fact::value::{self, Read, Unusable};
use crate::fact::vocabulary::Type;
use std::sync::Arc;

/// The scale of failure impact, lowest first.
const IMPACT: [&str; 4] = ["low", "medium", "high", "very-high"];

/// The type of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactType {
    /// A type of the vocabulary.
    Known(Type),
    /// A scale of the page's own, lowest first.
    Rank(Arc<[Arc<str>]>),
    /// A closed list of the page's own.
    Choice(Arc<[Arc<str>]>),
}

impl FactType {
    /// The type of that name on the page; `words` are its `order` or its choices.
    #[must_use]
    pub fn named(name: &str, words: &[Arc<str>]) -> Option<Self> {
        Some(match name {
            "rank" => Self::Rank(words.into()),
            "choice" => Self::Choice(words.into()),
            "bytes" => Self::Known(Type::Bytes),
            "duration" => Self::Known(Type::Duration),
            "count" => Self::Known(Type::Count),
            "rate" => Self::Known(Type::Rate),
            "share" => Self::Known(Type::Share),
            "money" => Self::Known(Type::Money),
            "names" => Self::Known(Type::Names),
            "flag" => Self::Known(Type::Flag),
            "date" => Self::Known(Type::Date),
            "text" => Self::Known(Type::Text),
            _ => return None,
        })
    }

    /// Its name on the page.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Rank(_) | Self::Known(Type::Impact) => "rank",
            Self::Choice(_) | Self::Known(Type::Choice(_)) => "choice",
            Self::Known(Type::Bytes) => "bytes",
            Self::Known(Type::Duration) => "duration",
            Self::Known(Type::Rate) => "rate",
            Self::Known(Type::Count) => "count",
            Self::Known(Type::Share) => "share",
            Self::Known(Type::Money) => "money",
            Self::Known(Type::Names) => "names",
            Self::Known(Type::Flag) => "flag",
            Self::Known(Type::Date) => "date",
            Self::Known(Type::Text) => "text",
        }
    }

    /// What a value of it is, in words.
    #[must_use]
    pub fn says(&self) -> String {
        match self {
            Self::Known(Type::Bytes) => "an amount of memory".to_owned(),
            Self::Known(Type::Duration) => "a time".to_owned(),
            Self::Known(Type::Rate) => "a rate".to_owned(),
            Self::Known(Type::Count) => "a number".to_owned(),
            Self::Known(Type::Share) => "a share".to_owned(),
            Self::Known(Type::Money) => "an amount of money".to_owned(),
            Self::Known(Type::Names) => "a list of names".to_owned(),
            Self::Known(Type::Flag) => "yes or no".to_owned(),
            Self::Known(Type::Date) => "a day".to_owned(),
            Self::Known(Type::Text) => "text".to_owned(),
            _ => format!("one of {}", self.words().collect::<Vec<_>>().join(", ")),
        }
    }

    /// The words of a scale (lowest first) or closed list; empty for other types.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let (own, known): (&[Arc<str>], &[&'static str]) = match self {
            Self::Rank(words) | Self::Choice(words) => (words, &[]),
            Self::Known(Type::Impact) => (&[], &IMPACT),
            Self::Known(Type::Choice(words)) => (&[], words),
            Self::Known(_) => (&[], &[]),
        };
        own.iter().map(AsRef::as_ref).chain(known.iter().copied())
    }

    /// Whether it is a scale.
    #[must_use]
    pub fn is_rank(&self) -> bool {
        self.name() == "rank"
    }

    /// Whether a comparison makes sense for it.
    #[must_use]
    pub fn allows(&self, op: Op) -> bool {
        match (self.name(), op) {
            ("text" | "choice", Op::Equals | Op::OneOf | Op::NoneOf) | ("flag", Op::Equals) => true,
            ("text" | "choice" | "flag", _) => false,
            ("rank" | "names", _) => true,
            (_, op) => !matches!(op, Op::OneOf | Op::NoneOf),
        }
    }

    /// Reads a value, as a document states it.
    ///
    /// # Errors
    /// Where the text has no value of this type, with the reason in words.
    pub fn read(&self, text: &str) -> Result<Read, Unusable> {
        let words = match self {
            Self::Known(known) => return value::read(*known, text),
            Self::Rank(words) | Self::Choice(words) => words,
        };
        let bare = text.trim();
        let plain = |word: &str| word.to_lowercase().replace(['_', ' '], "-");
        let Some(word) = words.iter().find(|word| plain(word) == plain(bare)) else {
            return Err(Unusable::NotUnderstood(format!("not {}", self.says())));
        };
        let value = match self {
            Self::Rank(_) => Value::Rank(Arc::clone(word)),
            _ => Value::Text(word.to_string()),
        };
        let start = text.len() - text.trim_start().len();
        Ok(Read { value, percentile: None, range: start..start + bare.len() })
    }

    /// Where a value stands on the line that this type is compared on: amounts by themselves, words of a scale by
    /// their place on it, lists by how many there are. `None` where the value is not of this type.
    #[must_use]
    pub(super) fn measure(&self, value: &Value) -> Option<f64> {
        match (self.name(), value) {
            ("bytes", Value::Bytes(amount))
            | ("duration", Value::Duration(amount))
            | ("rate", Value::Rate(amount))
            | ("share", Value::Share(amount))
            | ("money", Value::Money(amount, _))
            | ("count" | "names", Value::Count(amount)) => Some(*amount),
            ("names", Value::Names(names)) => count(names.len()),
            ("rank", Value::Rank(word)) => count(self.words().position(|known| known == word.as_ref())?),
            // Ordered as days are; the distances mean nothing.
            ("date", Value::Date(day)) => {
                Some(f64::from(day.year()) * 10_000.0 + f64::from(day.month()) * 100.0 + f64::from(day.day()))
            }
            ("flag", Value::Flag(yes)) => Some(f64::from(u8::from(*yes))),
            _ => None,
        }
    }
}

fn count(number: usize) -> Option<f64> {
    u32::try_from(number).ok().map(f64::from)
}
