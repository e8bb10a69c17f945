//! Cue words: what the words around a number say about it. The words are data (`words/cues/`), one file a language, which
//! the build script turns into tables.

mod key;

use super::super::token::Token;
use super::speech::Speech;
use std::ops::Range;

macro_rules! classes {
    ($($name:ident = $word:tt, $says:literal;)*) => {
        /// What a cue word says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Class { $(
            #[doc = $says]
            $name,
        )* }

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

/// The cues of one language, by the first letters of their first word. Nothing in it is a pointer but the tables, and the ends of words, which are few.
pub(crate) struct Lexicon {
    /// By [`key::slot`]: the bucket, counted from one; 0 for none.
    slots: &'static [u16],
    /// The letters, and where the phrases of the bucket start. One more stands at the end.
    buckets: &'static [(u32, u16)],
    /// Where a phrase's words start, and the first byte of its second word, if it has one. One more stands at the end.
    phrases: &'static [(u16, u8, Class)],
    /// Where a word starts in the text, how long it is, and whether it is only a stem.
    words: &'static [(u16, u8, bool)],
    text: &'static str,
    /// Ends of long words, for a language that joins its nouns: `Speicherobergrenze`.
    ends: &'static [(&'static str, Class)],
}

include!(concat!(env!("OUT_DIR"), "/cues.rs"));

impl Lexicon {
    /// The phrases that may start with a word.
    fn bucket(&self, word: &str) -> Range<usize> {
        let key = key::key(word);
        let mut slot = key::slot(key, self.slots.len());
        // Half of the slots are empty, so this ends.
        while let Some(bucket) = usize::from(self.slots[slot]).checked_sub(1) {
            let (found, start) = self.buckets[bucket];
            if found == key {
                return usize::from(start)..usize::from(self.buckets[bucket + 1].1);
            }
            slot = (slot + 1) % self.slots.len();
        }
        0..0
    }

    /// The longest phrase of each class that starts at a token.
    fn at(&self, tokens: &[Token<'_>], at: usize, found: &mut Vec<Cue>) {
        let Some(first) = tokens.get(at).filter(|token| token.is_word()) else { return };
        let start = found.len();
        if !self.ends.is_empty() && first.lower.len() > 8 {
            for &(end, class) in self.ends {
                let known = found[start..].iter().any(|cue| cue.class == class);
                if !known && first.lower.ends_with(end) {
                    found.push(Cue { class, tokens: at..at + 1 });
                }
            }
        }
        // Most phrases that begin with a frequent word are told apart by the first byte of their second one. An
        // apostrophe may stand between the two.
        let next = tokens.get(at + 1);
        let apart = next.is_some_and(|next| matches!(next.sign(), Some('\'' | '’')));
        let next = next.and_then(|next| next.lower.bytes().next()).unwrap_or_default();
        for phrase in self.bucket(&first.lower) {
            let (_, second, class) = self.phrases[phrase];
            if second != 0 && second != next && !apart {
                continue;
            }
            let Some(end) = self.matches(phrase, tokens, at) else { continue };
            match found[start..].iter_mut().find(|cue| cue.class == class) {
                Some(known) => known.tokens.end = known.tokens.end.max(end),
                None => found.push(Cue { class, tokens: at..end }),
            }
        }
    }

    /// The words of a phrase, each with whether it is only a stem.
    fn words(&self, phrase: usize) -> impl Iterator<Item = (&'static str, bool)> {
        let (text, words) = (self.text, self.words);
        let of = usize::from(self.phrases[phrase].0)..usize::from(self.phrases[phrase + 1].0);
        words[of].iter().map(move |&(start, length, stem)| {
            let start = usize::from(start);
            (&text[start..start + usize::from(length)], stem)
        })
    }

    /// Behind the phrase, where it stands at `at`.
    fn matches(&self, phrase: usize, tokens: &[Token<'_>], at: usize) -> Option<usize> {
        let mut next = at;
        for (word, stem) in self.words(phrase) {
            // In "n'est" an apostrophe stands between two words.
            if next > at && tokens.get(next).is_some_and(|token| matches!(token.sign(), Some('\'' | '’'))) {
                next += 1;
            }
            let token = tokens.get(next)?;
            let same = if stem { token.lower.starts_with(word) } else { token.lower == word };
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
        Speech::English => [Some(&ENGLISH), None],
        Speech::German => [Some(&GERMAN), Some(&SHARED)],
        Speech::French => [Some(&FRENCH), Some(&SHARED)],
        Speech::Spanish => [Some(&SPANISH), Some(&SHARED)],
        Speech::Other => [Some(&SHARED), None],
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
        ROLES.at(tokens, at, &mut found);
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

#[cfg(test)]
mod tests {
    use super::super::super::token::lex;
    use super::*;

    /// The phrases of a file as the lexer of prose splits them.
    fn lexed(text: &str, all: bool) -> Vec<Vec<(String, bool)>> {
        let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
        let lists = lines.filter(|(name, _)| all || name.ends_with('+')).map(|(_, list)| list);
        let phrases =
            lists.flat_map(|list| list.split(", ")).filter(|phrase| !phrase.is_empty() && !phrase.starts_with('*'));
        let words = phrases.map(|phrase| {
            let mut words: Vec<(String, bool)> = Vec::new();
            for token in lex(phrase) {
                match (token.sign(), words.last_mut()) {
                    (Some('*'), Some(last)) => last.1 = true,
                    (Some('\''), _) => {}
                    _ => words.push((token.lower.into_owned(), false)),
                }
            }
            words
        });
        words.collect()
    }

    #[test]
    fn tables_hold_the_words_as_prose_is_split() {
        let english = include_str!("../words/cues/en.txt");
        for (lexicon, text, all) in [
            (&ENGLISH, english, true),
            (&SHARED, english, false),
            (&GERMAN, include_str!("../words/cues/de.txt"), true),
            (&FRENCH, include_str!("../words/cues/fr.txt"), true),
            (&SPANISH, include_str!("../words/cues/es.txt"), true),
            (&ROLES, include_str!("../words/cues/roles.txt"), true),
        ] {
            let mut expected = lexed(text, all);
            assert_eq!(lexicon.phrases.len() - 1, expected.len());
            // Each bucket keeps the order of the file.
            expected.sort_by_key(|words| key::key(&words[0].0));
            let all = 0..lexicon.phrases.len() - 1;
            let table = all.map(|phrase| lexicon.words(phrase).map(|(word, stem)| (word.to_owned(), stem)).collect());
            for (found, expected) in table.collect::<Vec<Vec<_>>>().into_iter().zip(expected) {
                assert_eq!(found, expected);
            }
        }
    }
}
