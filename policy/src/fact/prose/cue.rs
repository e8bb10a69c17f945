//! Cue words: what the words around a number say about it. The words are data (`words/cues/`), one file a language.

use super::super::token::{Token, lex};
use super::super::words::WordMap;
use super::speech::Speech;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

macro_rules! classes {
    ($($name:ident = $word:literal, $says:literal;)*) => {
        /// What a cue word says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Class { $(
            #[doc = $says]
            $name,
        )* }

        impl Class {
            fn named(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)* _ => None }
            }
        }
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
    Present = "present", "a habit, told without a limit";
    Outsider = "outsider", "somebody who demands of the service, or offers something of their own";
    Offer = "offer", "what somebody else does: as an outsider's verb, their figure";
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u64);

impl Classes {
    pub(crate) fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u64;
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u64) != 0
    }
}

/// One cue in a text.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub class: Class,
    pub tokens: Range<usize>,
}

struct Phrase {
    /// Its words, and whether each is only a stem.
    words: Vec<(Cow<'static, str>, bool)>,
    /// The first byte of its second word: most phrases that begin with a frequent word are told apart by it.
    second: Option<u8>,
    class: Class,
}

/// The cues of one language, by the first letters of their first word.
#[derive(Default)]
pub(crate) struct Lexicon {
    phrases: WordMap<[u8; 3], Vec<Phrase>>,
    /// Ends of long words, for a language that joins its nouns: `Speicherobergrenze`.
    ends: Vec<(Cow<'static, str>, Class)>,
}

const ROLES: &str = include_str!("../words/cues/roles.txt");
const ENGLISH: &str = include_str!("../words/cues/en.txt");
const GERMAN: &str = include_str!("../words/cues/de.txt");
const FRENCH: &str = include_str!("../words/cues/fr.txt");
const SPANISH: &str = include_str!("../words/cues/es.txt");

static LEXICON_EN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(ENGLISH, true));
static LEXICON_DE: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(GERMAN, true));
static LEXICON_FR: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(FRENCH, true));
static LEXICON_ES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(SPANISH, true));
/// The words that hold in every language.
static LEXICON_ALL: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(ENGLISH, false));

static LEXICON_ROLES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(ROLES, true));

/// The first three bytes, under which a phrase is kept.
fn bucket(word: &str) -> [u8; 3] {
    let mut bytes = word.bytes();
    std::array::from_fn(|_| bytes.next().unwrap_or_default())
}

impl Lexicon {
    fn read(text: &'static str, all: bool) -> Self {
        let mut lexicon = Self::default();
        for (name, list) in text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
        {
            let shared = name.ends_with('+');
            let Some(class) = Class::named(name.trim_end_matches('+')) else { continue };
            if !all && !shared {
                continue;
            }
            for phrase in list.split(", ").filter(|phrase| !phrase.is_empty()) {
                if let Some(end) = phrase.strip_prefix('*') {
                    lexicon.ends.push((Cow::Borrowed(end), class));
                    continue;
                }
                let mut words: Vec<(Cow<'static, str>, bool)> = Vec::new();
                for token in lex(phrase) {
                    match (token.sign(), words.last_mut()) {
                        (Some('*'), Some(last)) => last.1 = true,
                        (Some('\''), _) => {}
                        _ => words.push((token.lower, false)),
                    }
                }
                let Some((first, _)) = words.first() else { continue };
                let key = bucket(first);
                let second = words.get(1).and_then(|(word, _)| word.bytes().next());
                lexicon.phrases.entry(key).or_default().push(Phrase { words, second, class });
            }
        }
        lexicon
    }

    /// The longest phrase of each class that starts at a token.
    fn at(&self, tokens: &[Token<'_>], at: usize, found: &mut Vec<Cue>) {
        let Some(first) = tokens.get(at).filter(|token| token.is_word()) else { return };
        let start = found.len();
        if !self.ends.is_empty() && first.lower.len() > 8 {
            for (end, class) in &self.ends {
                let known = found[start..].iter().any(|cue| cue.class == *class);
                if !known && first.lower.ends_with(end.as_ref()) {
                    found.push(Cue { class: *class, tokens: at..at + 1 });
                }
            }
        }
        let Some(phrases) = self.phrases.get(&bucket(&first.lower)) else { return };
        let next = tokens.get(at + 1).and_then(|next| next.lower.bytes().next());
        // An apostrophe may stand between two words of a phrase.
        let open = next == Some(b'\'') || tokens.get(at + 1).is_some_and(|next| next.sign() == Some('’'));
        for phrase in phrases.iter().filter(|phrase| open || phrase.second.is_none() || phrase.second == next) {
            let Some(end) = phrase.matches(tokens, at) else { continue };
            match found[start..].iter_mut().find(|cue| cue.class == phrase.class) {
                Some(known) => known.tokens.end = known.tokens.end.max(end),
                None => found.push(Cue { class: phrase.class, tokens: at..end }),
            }
        }
    }
}

impl Phrase {
    /// Behind the phrase, where it stands at `at`.
    fn matches(&self, tokens: &[Token<'_>], at: usize) -> Option<usize> {
        let mut next = at;
        for (word, stem) in &self.words {
            // In "n'est" an apostrophe stands between two words.
            if next > at && tokens.get(next).is_some_and(|token| matches!(token.sign(), Some('\'' | '’'))) {
                next += 1;
            }
            let token = tokens.get(next)?;
            let same = if *stem { token.lower.starts_with(word.as_ref()) } else { token.lower == *word };
            if !same {
                return None;
            }
            next += 1;
        }
        Some(next)
    }
}

/// Finds the cues of a text in order; words inside a fixed phrase count for nothing else.
pub(crate) fn scan(tokens: &[Token<'_>], speech: Speech) -> Vec<Cue> {
    let lexicons: [Option<&Lexicon>; 2] = match speech {
        Speech::English => [Some(&LEXICON_EN), None],
        Speech::German => [Some(&LEXICON_DE), Some(&LEXICON_ALL)],
        Speech::French => [Some(&LEXICON_FR), Some(&LEXICON_ALL)],
        Speech::Spanish => [Some(&LEXICON_ES), Some(&LEXICON_ALL)],
        Speech::Other => [Some(&LEXICON_ALL), None],
    };
    let mut found = Vec::new();
    let mut ignored = 0;
    for at in 0..tokens.len() {
        if at < ignored {
            continue;
        }
        let start = found.len();
        for lexicon in lexicons.into_iter().flatten() {
            lexicon.at(tokens, at, &mut found);
        }
        if let Some(phrase) = found[start..].iter().find(|cue| cue.class == Class::Ignore) {
            ignored = phrase.tokens.end;
            found.truncate(start);
        }
    }
    found
}

/// What a heading, or the head of a table's column, says about the figures under it.
pub(crate) fn roles(tokens: &[Token<'_>]) -> Classes {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        LEXICON_ROLES.at(tokens, at, &mut found);
    }
    let mut classes = Classes::default();
    // "Not chosen" is not "chosen": the longer phrase speaks.
    let inside = |cue: &Cue| {
        found.iter().any(|other| {
            other.tokens.len() > cue.tokens.len()
                && other.tokens.start <= cue.tokens.start
                && cue.tokens.end <= other.tokens.end
        })
    };
    found.iter().filter(|cue| !inside(cue)).for_each(|cue| classes.add(cue.class));
    classes
}
