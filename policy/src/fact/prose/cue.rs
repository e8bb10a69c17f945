//! Cue words: what the words around a number say about it. The words are data (`words/cues/`), one file a language, which
//! the build script turns into tables.

#[macro_use]
mod class;
pub(crate) mod key;

pub(crate) use class::{Class, Classes};

use super::super::token::Token;
use super::speech::Speech;
use std::ops::Range;

/// One cue in a text.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub class: Class,
    pub tokens: Range<usize>,
}

/// The cues of one language, by their first word. Nothing in it is a pointer but the tables, and the ends of words, which are few.
pub(crate) struct Lexicon {
    /// By [`key::slot`]: the bucket, counted from one; 0 for none.
    slots: &'static [u16],
    /// The words that phrases begin with.
    buckets: &'static [Bucket],
    /// Phrases by their place in the file, with [`key::second`] of the second word, 0 if there is none. Those that begin
    /// with one word are sorted by this, then by their place.
    begun: &'static [(u16, u16)],
    /// The same for the phrases that begin with a stem, those whose stems have one [`key::opening`] together.
    stems: &'static [(u16, u16)],
    /// The openings of stems in order, each with where its stems end; they start where those before end.
    stem_ends: &'static [(u16, u16)],
    /// Where a phrase's words start. One more stands at the end.
    phrases: &'static [(u16, Class)],
    /// Where a word starts in the text, how long it is, and whether it is only a stem.
    words: &'static [(u16, u8, bool)],
    text: &'static str,
    /// Ends of long words, for a language that joins its nouns: `Speicherobergrenze`.
    ends: &'static [(&'static str, Class)],
}

/// A word that phrases begin with.
pub(crate) struct Bucket {
    hash: u32,
    /// Where its phrases of one word start in `begun`, where those start whose second word is whole, where those whose
    /// second word is a stem, and where they end.
    begun: [u16; 4],
    /// Where the word stands in the text, and how long it is.
    word: (u16, u8),
}

include!(concat!(env!("OUT_DIR"), "/cues.rs"));

impl Lexicon {
    /// The phrases that begin with a word; none where all that could begin with it begins with a stem.
    fn beginning(&self, first: &Token<'_>) -> Option<&'static Bucket> {
        let mut slot = key::slot(first.hash, self.slots.len());
        // Half of the slots are empty, so this ends.
        while let Some(bucket) = usize::from(self.slots[slot]).checked_sub(1) {
            let bucket = &self.buckets[bucket];
            if bucket.hash == first.hash {
                return (self.bytes(bucket.word.0, bucket.word.1) == first.lower.as_bytes()).then_some(bucket);
            }
            slot = (slot + 1) % self.slots.len();
        }
        None
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
        let Some(bucket) = self.beginning(first) else {
            let lower = first.lower.as_bytes();
            for &(phrase, second) in self.stems_of(lower) {
                if self.words(phrase.into()).next().is_some_and(|(stem, _)| lower.starts_with(stem)) {
                    self.add(phrase, second, tokens, at, start, found);
                }
            }
            return;
        };
        let [alone, more, stems] = self.lists(bucket);
        let mut add = |list: &[(u16, u16)]| {
            list.iter().for_each(|&(phrase, second)| self.add(phrase, second, tokens, at, start, found));
        };
        if more.is_empty() && stems.is_empty() {
            add(alone);
            return;
        }
        // The phrases of a frequent word are told apart by their second one, before which an apostrophe may stand.
        let next = tokens.get(at + 1);
        let next = next.filter(|next| !matches!(next.sign(), Some('\'' | '’'))).or_else(|| tokens.get(at + 2));
        let follows = next.map_or(0, |next| key::second(next.hash));
        let more = &more[more.partition_point(|(_, second)| *second < follows)..];
        let count = more.iter().take_while(|(_, second)| *second == follows).count();
        // In the order of the file.
        let mut lists = [alone, &more[..count], stems];
        while let Some(list) = lists.iter_mut().filter(|list| !list.is_empty()).min_by_key(|list| list[0].0) {
            add(&list[..1]);
            *list = &list[1..];
        }
    }

    /// The phrases whose stem begins as a word does.
    fn stems_of(&self, lower: &[u8]) -> &'static [(u16, u16)] {
        let Some(opening) = key::opening(lower) else { return &[] };
        let at = self.stem_ends.partition_point(|(other, _)| *other < opening);
        let Some(&(_, end)) = self.stem_ends.get(at).filter(|(other, _)| *other == opening) else { return &[] };
        let start = at.checked_sub(1).map_or(0, |before| self.stem_ends[before].1);
        &self.stems[usize::from(start)..usize::from(end)]
    }

    /// A word's phrases of one word, those whose second word is whole, and those whose second word is a stem.
    fn lists(&self, bucket: &Bucket) -> [&'static [(u16, u16)]; 3] {
        let [start, more, stems, end] = bucket.begun.map(usize::from);
        [&self.begun[start..more], &self.begun[more..stems], &self.begun[stems..end]]
    }

    /// Adds a phrase whose first word stands at `at`, if the others follow. The token's cues start at `start`.
    fn add(&self, phrase: u16, second: u16, tokens: &[Token<'_>], at: usize, start: usize, found: &mut Vec<Cue>) {
        let end = if second == 0 { Some(at + 1) } else { self.rest(phrase.into(), tokens, at) };
        let Some(end) = end else { return };
        let class = self.phrases[usize::from(phrase)].1;
        match found[start..].iter_mut().find(|cue| cue.class == class) {
            Some(known) => known.tokens.end = known.tokens.end.max(end),
            None => found.push(Cue { class, tokens: at..end }),
        }
    }

    /// The words of a phrase, each with whether it is only a stem. Bytes: whether each is cut at a letter need not be
    /// asked.
    fn words(&self, phrase: usize) -> impl Iterator<Item = (&'static [u8], bool)> {
        let of = usize::from(self.phrases[phrase].0)..usize::from(self.phrases[phrase + 1].0);
        let text = self.text.as_bytes();
        self.words[of].iter().map(move |&(start, length, stem)| {
            let start = usize::from(start);
            (&text[start..start + usize::from(length)], stem)
        })
    }

    fn bytes(&self, start: u16, length: u8) -> &'static [u8] {
        let start = usize::from(start);
        &self.text.as_bytes()[start..start + usize::from(length)]
    }

    /// Behind the phrase, where its first word stands at `at` and the others follow.
    fn rest(&self, phrase: usize, tokens: &[Token<'_>], at: usize) -> Option<usize> {
        let mut next = at + 1;
        for (word, stem) in self.words(phrase).skip(1) {
            // In "n'est" an apostrophe stands between two words.
            if tokens.get(next).is_some_and(|token| matches!(token.sign(), Some('\'' | '’'))) {
                next += 1;
            }
            let lower = tokens.get(next)?.lower.as_bytes();
            let same = if stem { lower.starts_with(word) } else { lower == word };
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
    let mut found = Vec::with_capacity(tokens.len() / 2);
    let mut ignored = 0;
    for at in 0..tokens.len() {
        if at < ignored || !tokens[at].is_word() {
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
    if speech == Speech::German {
        found.retain(|cue| !is_perfect(tokens, cue));
    }
    found
}

/// "… haben wir nachgemessen": with a participle behind it a perfect, and not what somebody has.
fn is_perfect(tokens: &[Token<'_>], cue: &Cue) -> bool {
    let have = matches!(cue.class, Class::Grant | Class::Near) && tokens[cue.tokens.start].is("haben");
    let participle = |token: &Token<'_>| {
        let word = &*token.lower;
        // "nachgemessen", "gestoppt", and "ermittelt", "vereinbart" without the "ge".
        let ge = word.find("ge").is_some_and(|at| at <= 6 && word.len() > at + 4);
        let plain = ["be", "ver", "er", "zer", "ent"].iter().any(|prefix| word.starts_with(prefix)) && word.len() > 6;
        let small = token.text.starts_with(char::is_lowercase);
        small && (ge || plain) && (word.ends_with('t') || word.ends_with("en"))
    };
    have && tokens[cue.tokens.end..]
        .iter()
        .take(14)
        .take_while(|token| !matches!(token.sign(), Some('.' | ';' | ':' | '!' | '?')))
        .any(participle)
}

/// What a heading, or the head of a table's column, says about the figures under it.
pub(crate) fn roles(tokens: &[Token<'_>]) -> Classes {
    roles_where(tokens, |_| true)
}

/// What a title's head says of measurements: "load test", and not "profile pictures", "trial membership desk", where the
/// word only tells of what kind a thing is.
pub(crate) fn is_measurement(tokens: &[Token<'_>]) -> bool {
    const ENDS: &[&str] =
        &["of", "for", "in", "on", "with", "from", "at", "by", "after", "der", "des", "für", "von", "de", "du", "del"];
    let ends = |token: &Token<'_>| token.sign().is_some_and(|sign| sign != '-') || ENDS.contains(&&*token.lower);
    let first = tokens.iter().position(|token| token.is_word()).unwrap_or_default();
    let head = &tokens[first..];
    let head = &head[..head.iter().position(ends).unwrap_or(head.len())];
    roles_where(head, |cue| cue.tokens.end == head.len()).has(Class::Measure)
}

fn roles_where(tokens: &[Token<'_>], counts: impl Fn(&Cue) -> bool) -> Classes {
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
    // "Not agreed", "no targets", "nicht vereinbart": what is denied is put off.
    let denied = |cue: &Cue| {
        cue.class == Class::Limit
            && cue.tokens.start.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|before| {
                matches!(
                    &*before.lower,
                    "not"
                        | "no"
                        | "never"
                        | "nicht"
                        | "kein"
                        | "keine"
                        | "noch"
                        | "pas"
                        | "sans"
                        | "sin"
                        | "without"
                        | "ohne"
                )
            })
    };
    found.iter().filter(|cue| !inside(cue) && counts(cue)).for_each(|cue| {
        classes.add(if denied(cue) { Class::Later } else { cue.class });
    });
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
            let expected = lexed(text, all);
            assert_eq!(lexicon.phrases.len() - 1, expected.len());
            for (at, words) in expected.iter().enumerate() {
                let tokens = lex(&words[0].0);
                let begun =
                    lexicon.beginning(&tokens[0]).map(|bucket| lexicon.lists(bucket).concat()).unwrap_or_default();
                let listed = |list: &[(u16, u16)]| list.iter().any(|(phrase, _)| usize::from(*phrase) == at);
                assert!(listed(if words[0].1 { lexicon.stems } else { &begun }), "{words:?}");
                assert!(begun.is_sorted_by_key(|(phrase, second)| (*second, *phrase)));
            }
            let all = 0..lexicon.phrases.len() - 1;
            let table = all.map(|phrase| {
                lexicon.words(phrase).map(|(word, stem)| (String::from_utf8_lossy(word).into_owned(), stem)).collect()
            });
            for (found, expected) in table.collect::<Vec<Vec<_>>>().into_iter().zip(expected) {
                assert_eq!(found, expected);
            }
        }
    }
}
