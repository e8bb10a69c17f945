//! Facts: typed values that a document states about a service, each with the place where it was read.

mod because;
mod document;
mod field;
mod odds;
pub(crate) mod prose;
mod table;
pub(crate) mod token;
pub mod value;
pub mod vocabulary;
pub(crate) mod words;

pub(crate) use because::Why;
pub use because::{Against, Because};
pub use document::{Extra, Praise, Services, Virtue, praise, read_outline, read_outline_with, read_until};
pub use field::{field, field_keyed};

use crate::text::Place;
use std::sync::Arc;

/// A value, in the unit of its type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Memory, in bytes.
    Bytes(f64),
    /// A time, in milliseconds.
    Duration(f64),
    /// A word on an ordered scale, by its standard name (`very-high`).
    Rank(Arc<str>),
    /// A rate per second.
    Rate(f64),
    /// A number of things.
    Count(f64),
    /// A share, as a fraction: 40 % is 0.4.
    Share(f64),
    /// An amount of money, in the currency as written.
    Money(f64, Arc<str>),
    /// Names: people, teams, alternatives.
    Names(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Date(jiff::civil::Date),
    /// One word of a closed list, or free text.
    Text(String),
}

/// Where a fact was read, in order of trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A field or annotation of a manifest.
    Manifest,
    /// A decision's front matter.
    FrontMatter,
    /// A labelled line or a row of a table: `Memory budget: 180 MB`.
    Labelled,
    /// A sentence.
    Prose,
}

/// Whether a reading counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The document states it about this service.
    Stated,
    /// It reads like a value but does not count; [`Fact::because`] says why.
    Unclear,
}

/// One reading of one fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Which fact: `memory-budget`, … ([`vocabulary`]), or one that the page defines.
    pub kind: Arc<str>,
    /// Its value; none where words stand without a usable value.
    pub value: Option<Value>,
    /// The percentile that a latency holds for, 0 to 100.
    pub percentile: Option<f64>,
    /// Whether it counts.
    pub standing: Standing,
    /// Why it does not count, or how the reader came to its reading.
    pub because: Option<Because>,
    /// What was weighed in a sentence: what it is about, what makes it count, what speaks against it. Empty where the
    /// place says it all, and where it was not asked for ([`Extra::reasons`]); [`Fact::explained`] gives the words.
    pub reasons: Vec<String>,
    /// Where it was read.
    pub origin: Origin,
    /// A configured limit (a container's memory): evidence, which never is a reason by itself.
    pub evidence: bool,
    /// The words as they stand in the file.
    pub quote: String,
    /// Where they stand.
    pub place: Place,
    /// The service that the document names for it, where it names one.
    pub subject: Option<String>,
}

impl Fact {
    /// A fact without a value, to be filled in.
    #[must_use]
    pub fn blank(kind: &Arc<str>, origin: Origin) -> Self {
        Self {
            kind: Arc::clone(kind),
            value: None,
            percentile: None,
            standing: Standing::Unclear,
            because: None,
            reasons: Vec::new(),
            origin,
            evidence: false,
            quote: String::new(),
            place: Place::file(""),
            subject: None,
        }
    }

    /// Whether the reading can satisfy a requirement.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.standing == Standing::Stated && !self.evidence && self.value.is_some()
    }
}
