//! Why a reading counts or does not: what kind of thing keeps it from counting, and the words for it, in one place.

use super::value::Unusable;
use super::{Fact, Origin, Standing};
use std::fmt;
use std::ops::Deref;

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

macro_rules! whys {
    ($($name:ident = $against:ident, $says:literal;)*) => {
        /// What the reader says against a figure or a rating.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Why { $(
            #[doc = $says]
            $name,
        )* }

        impl Why {
            /// Its words.
            pub(crate) const fn says(self) -> &'static str {
                match self { $(Self::$name => $says,)* }
            }

            /// What kind of thing it is.
            const fn against(self) -> Against {
                match self { $(Self::$name => Against::$against,)* }
            }
        }
    };
}

whys! {
    Measured = Measurement, "reads as a measurement";
    MeasuredOrPast = Measurement, "reads as a measurement or as past";
    Habit = Measurement, "reads as a habit, not as a limit";
    Saving = Measurement, "reads as a saving or a comparison";
    AmongMeasured = Measurement, "stands among measurements";
    UnderBefore = Before, "describes what there was before";
    Before = Before, "is about the system before";
    GivenUp = Before, "is about what the document gives up";
    LimitBefore = Before, "is the limit that there was before";
    UnderOther = Other, "describes another system";
    Other = Other, "is about another system";
    NotTaken = Option, "belongs to an option that was not taken";
    Discussed = Option, "belongs to an option under discussion";
    Hole = Placeholder, "a placeholder, not a value";
    HoleRating = Placeholder, "a placeholder, not a rating";
    ImaginedHere = Imagined, "is imagined";
    ImaginedOrEstimated = Imagined, "is imagined, estimated or wished";
    ImaginedOrWished = Imagined, "is imagined or wished";
    PutOff = Imagined, "is put off";
    UnderPutOff = Imagined, "is put off or left out";
    NoWord = Bare, "no word makes it a limit";
    PutOffOrBack = Imagined, "is put off, wished or taken back";
    Question = Else, "a question, not a statement";
    Whole = Else, "is the whole, of which the service has a part";
    Example = Else, "reads as an example";
    Guide = Else, "stands in a guide or a template";
    Struck = Else, "is struck through";
    Quoted = Else, "quoted from somebody else";
    InQuotes = Else, "words in quotation marks, not the document's own";
    TakenBack = Else, "is taken back";
    SetAnew = Else, "is set anew";
    SomethingElse = Else, "is about something else";
    Denied = Else, "is denied";
    Warning = Else, "is where people are warned, and not the limit";
    LowerBound = Else, "a bound from below, not a limit";
    TwoAmounts = Else, "the number may mean two amounts: write it without a thousands separator";
    RatesRisk = Else, "rates a risk, not a failure";
    RatesElse = Else, "rates something else";
    Past = Else, "is told of the past";
    Several = Else, "several ratings in one sentence";
    SeveralInPlace = Else, "several ratings in one place";
    Odds = Else, "the words around it are those of figures that are no limit";
    OtherRow = Else, "another row of the table states the limit";
}

impl Why {
    /// The reason on its own.
    pub(crate) fn plain(self) -> Because {
        Because { words: self.says().to_owned(), against: self.against(), why: Some(self) }
    }

    /// The reason with several words of the document, each in quotation marks.
    pub(crate) fn list(self, words: &str) -> Because {
        Because { words: format!("{}: {words}", self.says()), against: self.against(), why: Some(self) }
    }

    /// The reason with the words of the document that say so.
    pub(crate) fn with(self, words: &str) -> Because {
        let words = words.replace('\n', " ");
        Because { words: format!("{}: \"{words}\"", self.says()), against: self.against(), why: Some(self) }
    }
}

/// Why a reading counts or does not: its words, and, where it does not count, what kind of thing keeps it from that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    words: String,
    against: Against,
    /// What was said, where it is one of the known reasons.
    why: Option<Why>,
}

impl Because {
    /// Which of the known reasons it is.
    pub(crate) fn why(&self) -> Option<Why> {
        self.why
    }
}

impl Deref for Because {
    type Target = str;

    fn deref(&self) -> &str {
        &self.words
    }
}

impl fmt::Display for Because {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.words)
    }
}

impl From<String> for Because {
    /// Words of no kind of their own.
    fn from(words: String) -> Self {
        Self { words, against: Against::Else, why: None }
    }
}

impl From<Unusable> for Because {
    fn from(error: Unusable) -> Self {
        let against = if matches!(error, Unusable::Placeholder) { Against::Placeholder } else { Against::Else };
        Self { words: error.to_string(), against, why: None }
    }
}

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
        let because = self.because.as_ref().map(ToString::to_string);
        std::iter::once(origin.to_owned()).chain(because).collect()
    }

    /// What it is instead of a claim; none where it counts as one.
    #[must_use]
    pub fn against(&self) -> Option<Against> {
        let unclear = self.standing == Standing::Unclear;
        unclear.then(|| self.because.as_ref().map_or(Against::Else, |because| because.against))
    }
}
