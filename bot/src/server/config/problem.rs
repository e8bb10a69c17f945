//! What is wrong with the configuration: all of it at once, in words, with what to do.

use super::given::Source;
use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it was said; none for what was not said at all.
    pub place: Option<Source>,
    /// What is wrong. Never a secret's content.
    pub what: String,
    /// What mends it.
    pub do_this: String,
}

impl Problem {
    /// Something wrong at a place.
    pub fn at(place: &Source, what: impl Into<String>, do_this: impl Into<String>) -> Self {
        Self { place: Some(place.clone()), what: what.into(), do_this: do_this.into() }
    }

    /// Something wrong nowhere in particular.
    pub fn new(what: impl Into<String>, do_this: impl Into<String>) -> Self {
        Self { place: None, what: what.into(), do_this: do_this.into() }
    }
}

/// At least one thing that is wrong.
#[derive(Clone, Debug)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(f, "the configuration cannot be used:")?,
            count => write!(f, "the configuration cannot be used, for {count} reasons:")?,
        }
        for Problem { place, what, do_this } in &self.0 {
            match place {
                Some(place) => write!(f, "\n  {place}: {what}")?,
                None => write!(f, "\n  {what}")?,
            }
            write!(f, "\n    {do_this}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
