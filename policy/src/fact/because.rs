//! What kind of thing keeps a reading from counting, told from the words that say so.

use super::{Fact, Origin, Standing};

/// What a figure is that is no claim about the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// A measurement, a comparison, a habit.
    Measurement,
    /// Of what is replaced or given up.
    Before,
    /// Of another system.
    Other,
    /// Of an option that was not taken, or is still under discussion.
    Option,
    /// Still to be filled in.
    Placeholder,
    /// Imagined, estimated, wished or put off.
    Imagined,
    /// A figure without a word that makes it a limit.
    Bare,
    /// Anything else.
    Else,
}

/// How the reasons of the readers begin. A reason that is not here is [`Against::Else`]: it is shown in its own words.
const BEGINNINGS: &[(&str, Against)] = &[
    ("reads as a measurement", Against::Measurement),
    ("reads as a habit", Against::Measurement),
    ("reads as a saving or a comparison", Against::Measurement),
    ("stands among measurements", Against::Measurement),
    ("describes what there was before", Against::Before),
    ("is about the system before", Against::Before),
    ("is about what the document gives up", Against::Before),
    ("describes another system", Against::Other),
    ("is about another system", Against::Other),
    ("belongs to an option", Against::Option),
    ("a placeholder", Against::Placeholder),
    ("is imagined", Against::Imagined),
    ("is put off", Against::Imagined),
    ("no word makes it a limit", Against::Bare),
];

impl Fact {
    /// Everything that was weighed, in words; never empty.
    #[must_use]
    pub fn explained(&self) -> Vec<String> {
        if !self.reasons.is_empty() {
            return self.reasons.clone();
        }
        let origin = match self.origin {
            _ if self.evidence => "a configured limit: evidence, and never a reason by itself",
            Origin::Manifest => "a field of the manifest",
            Origin::FrontMatter => "a key of the front matter",
            Origin::Labelled => "a labelled value",
            Origin::Prose => "a sentence",
        };
        std::iter::once(origin.to_owned()).chain(self.because.clone()).collect()
    }

    /// What it is instead of a claim; none where it counts as one.
    #[must_use]
    pub fn against(&self) -> Option<Against> {
        if self.standing == Standing::Stated {
            return None;
        }
        let because = self.because.as_deref().unwrap_or_default();
        let known = BEGINNINGS.iter().find(|(beginning, _)| because.starts_with(beginning));
        Some(known.map_or(Against::Else, |(_, against)| *against))
    }
}
