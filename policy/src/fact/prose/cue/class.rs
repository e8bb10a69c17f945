//! What a cue word says: its class.

macro_rules! classes {
    ($($name:ident = $word:tt, $says:literal;)*) => {
        /// What a cue word says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Class { $(
            #[doc = $says]
            $name,
        )* }

        impl Class {
            /// Its name in the files of words.
            pub(crate) const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }

        /// The class of a name in the files of words.
        macro_rules! class { $(($word) => { Class::$name };)* }
    };
}

classes! {
    Ignore = "ignore", "a fixed phrase whose words say nothing on their own";
    Must = "must", "an obligation";
    Limit = "limit", "a noun for a limit";
    Grant = "grant", "a verb that gives or bounds";
    Decide = "decide", "a decision in the past, which holds now";
    Measure = "measure", "a measurement";
    Past = "past", "the past";
    Saving = "saving", "a saving or a comparison";
    Old = "old", "the system that is replaced, or another record";
    Other = "other", "another system";
    Rejected = "rejected", "an option that was not taken";
    Chosen = "chosen", "the option that was taken";
    Cancel = "cancel", "something that no longer holds";
    Negated = "negated", "a denial";
    Perhaps = "perhaps", "something imagined, estimated or wished";
    Later = "later", "something put off";
    Example = "example", "an example";
    NotOk = "notok", "what happens beyond a limit";
    Memory = "memory", "memory";
    Latency = "latency", "the time of an answer";
    Served = "served", "what is answered";
    Startup = "startup", "a start";
    Traffic = "traffic", "load";
    Peak = "peak", "the highest load";
    OtherRate = "otherrate", "a rate of another kind";
    Failure = "failure", "a failure of the service";
    Impact = "impact", "what a failure does";
    Rating = "rate", "a rating";
    Risk = "risk", "ratings of another kind";
    OtherTime = "othertime", "a time of another kind";
    OtherBytes = "otherbytes", "data that is not memory in use";
    Machine = "machine", "a machine";
    Instances = "instances", "copies of the service";
    Plan = "plan", "what is run";
    Ours = "ours", "the service itself";
    Expect = "expect", "load that is expected";
    Near = "near", "a word that makes the figure right behind it a limit";
    Change = "change", "a limit that is set anew";
    Verb = "verb", "that a clause stands on its own";
    Use = "use", "what a program was seen to take";
    Present = "present", "a habit, told without a limit";
    Outsider = "outsider", "somebody who demands of the service, or offers something of their own";
    Lasting = "lasting", "a thing that has a length";
    Person = "person", "somebody, or a device of theirs, who does a part themselves";
    Act = "act", "what people do with their own hands";
    Broken = "broken", "infrastructure that is found to be gone";
    Unattended = "unattended", "work that nobody waits for";
    Chore = "chore", "work of those who build and run the service";
    Fresh = "fresh", "that a copy of the service has not run before";
    Comes = "comes", "how a copy of the service comes into being";
    Working = "working", "that something does its work";
    Offer = "offer", "what somebody else does: as an outsider's verb, their figure";
}

impl Class {
    /// Whether it only tells which time a figure is, and nothing of whose figure it is.
    pub(crate) fn is_of_time(self) -> bool {
        matches!(
            self,
            Self::Lasting
                | Self::Person
                | Self::Act
                | Self::Broken
                | Self::Unattended
                | Self::Chore
                | Self::Fresh
                | Self::Comes
                | Self::Working
        )
    }
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u64);

impl Classes {
    pub(crate) fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u64;
    }

    pub(crate) fn remove(&mut self, class: Class) {
        self.0 &= !(1 << class as u64);
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u64) != 0
    }
}
