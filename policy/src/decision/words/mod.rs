//! The words people use in decisions, in fourteen languages. One data file a language; a file is
//! `what: word; word; …`, one entry a line.
//!
//! Files load at the first question that needs their script, so that a repository in English never reads Japanese.

mod fold;

pub use fold::{fold, is_unspaced};

use super::Status;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// What a labelled entry of a decision's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Where the decision stands.
    Status,
    /// The day of the decision.
    Date,
    /// The day on which the file was made.
    Created,
    /// Who decided.
    Deciders,
    /// Who wrote it.
    Author,
    /// What it replaces.
    Supersedes,
    /// What replaces it.
    SupersededBy,
    /// What it changes in part.
    Amends,
    /// What changes it in part.
    AmendedBy,
    /// What it has to do with.
    Relates,
    /// Which services it is about.
    Services,
    /// Its number.
    Id,
    /// Its title.
    Title,
}

/// What a section of a decision is about, whatever its heading's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// Where the decision stands.
    Status,
    /// When it was made.
    Date,
    /// Who made it.
    Deciders,
    /// What led to it.
    Context,
    /// What it solves.
    Problem,
    /// What is decided.
    Decision,
    /// What was chosen (MADR's Decision Outcome).
    Outcome,
    /// What follows.
    Consequences,
    /// What follows that is good.
    Positive,
    /// What follows that is bad.
    Negative,
    /// What follows that is neither.
    Neutral,
    /// What could have been chosen.
    Options,
    /// What speaks for and against each option.
    ProsAndCons,
    /// What the decision is measured against.
    Drivers,
    /// Why it was decided so.
    Rationale,
    /// What may go wrong.
    Risks,
    /// How it is checked.
    Validation,
    /// Where to read on.
    Links,
    /// Anything else.
    More,
    /// What became of it later: changes, amendments, audits.
    History,
    /// Labelled entries about the record.
    Meta,
    /// How it is carried out.
    Implementation,
    /// What it covers, and what not.
    Scope,
    /// What words mean.
    Glossary,
}

/// What a word in a file's name says about the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameWord {
    /// A template.
    Template,
    /// A list of records.
    Index,
}

/// FNV-1a: quick on short words. Its keys are our own, so nobody can flood it.
#[derive(Clone, Copy)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
}

type Map<T> = HashMap<Box<str>, T, BuildHasherDefault<Fnv>>;

/// The words of the languages that share a script.
#[derive(Default)]
pub(super) struct Lexicon {
    statuses: Map<Status>,
    /// The first word of each status: what tags and brackets may hold without a label.
    names: Map<Status>,
    fields: Map<Field>,
    topics: Map<Topic>,
    months: Map<i8>,
    by: Map<()>,
    tails: Map<()>,
    sentence: Map<()>,
    verbs: Map<()>,
    files: Map<NameWord>,
    around: Vec<(String, String)>,
}

static LATIN: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::load(&[
        include_str!("en.txt"),
        include_str!("de.txt"),
        include_str!("fr.txt"),
        include_str!("es.txt"),
        include_str!("pt.txt"),
        include_str!("it.txt"),
        include_str!("nl.txt"),
        include_str!("pl.txt"),
        include_str!("tr.txt"),
    ])
});
static CYRILLIC: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(&[include_str!("ru.txt"), include_str!("uk.txt")]));
static HAN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(&[include_str!("zh.txt"), include_str!("ja.txt")]));
static HANGUL: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(&[include_str!("ko.txt")]));

/// The lexicon for a text, by its first letter beyond ASCII; Latin where it has none.
pub(super) fn lexicon(folded: &str) -> &'static Lexicon {
    let script = folded.chars().find_map(|c| match c {
        '\u{0400}'..='\u{052F}' => Some(&CYRILLIC),
        '\u{AC00}'..='\u{D7AF}' | '\u{1100}'..='\u{11FF}' => Some(&HANGUL),
        c if is_unspaced(c) => Some(&HAN),
        _ => None,
    });
    script.unwrap_or(&LATIN)
}

impl Lexicon {
    fn load(files: &[&str]) -> Self {
        let mut lexicon = Self::default();
        lexicon.topics.reserve(1600);
        lexicon.statuses.reserve(600);
        lexicon.fields.reserve(600);
        for file in files {
            for line in file.lines() {
                if let Some((what, words)) = line.split_once(": ").filter(|_| !line.starts_with('#')) {
                    lexicon.entry(what, words);
                }
            }
        }
        lexicon
    }

    fn entry(&mut self, what: &str, words: &str) {
        let folded = words.split(';').map(|word| fold(word).into_boxed_str());
        match what.split_once('.') {
            Some(("status", name)) => {
                let Some(status) = Status::named(name) else { return };
                for (at, word) in folded.enumerate() {
                    if at == 0 {
                        self.names.entry(word.clone()).or_insert(status);
                    }
                    self.statuses.entry(word).or_insert(status);
                }
            }
            Some(("field", name)) => add(&mut self.fields, folded, field_named(name)),
            Some(("section", name)) => add(&mut self.topics, folded, topic_named(name)),
            Some(("name", "template")) => add(&mut self.files, folded, Some(NameWord::Template)),
            Some(("name", "index")) => add(&mut self.files, folded, Some(NameWord::Index)),
            Some(("sentence", "verb")) => add(&mut self.verbs, folded, Some(())),
            Some(("superseded", "around")) => {
                let halves = words.split(';').filter_map(|pattern| pattern.trim().split_once('…'));
                self.around.extend(halves.map(|(before, after)| (fold(before), fold(after))));
            }
            None if what == "months" => {
                for (month, names) in (1..).zip(words.split(';')) {
                    add(
                        &mut self.months,
                        names.split_whitespace().map(|name| fold(name).into_boxed_str()),
                        Some(month),
                    );
                }
            }
            None if what == "by" => add(&mut self.by, folded, Some(())),
            None if what == "tail" => add(&mut self.tails, folded, Some(())),
            None if what == "sentence" => add(&mut self.sentence, folded, Some(())),
            _ => {}
        }
    }

    /// The status that a folded phrase means.
    pub(super) fn status(&self, phrase: &str) -> Option<Status> {
        self.statuses.get(phrase).copied()
    }

    /// The status whose very name a folded word is.
    pub(super) fn status_name(&self, word: &str) -> Option<Status> {
        self.names.get(word).copied()
    }

    /// Every phrase that means a status, for scripts without spaces.
    pub(super) fn statuses(&self) -> impl Iterator<Item = (&str, Status)> {
        self.statuses.iter().map(|(phrase, &status)| (phrase.as_ref(), status))
    }

    /// Whether a folded word may stand between "superseded" and what supersedes.
    pub(super) fn is_by(&self, phrase: &str) -> bool {
        self.by.contains_key(phrase)
    }

    /// Whether what follows a status and starts with this folded word only tells more about it.
    pub(super) fn is_tail(&self, word: &str) -> bool {
        self.tails.contains_key(word)
    }

    /// Whether a folded phrase names the record itself, as the subject of a sentence.
    pub(super) fn is_subject(&self, phrase: &str) -> bool {
        self.sentence.contains_key(phrase)
    }

    /// Whether a folded phrase joins the record and its status in a sentence.
    pub(super) fn is_verb(&self, phrase: &str) -> bool {
        self.verbs.contains_key(phrase)
    }

    /// Whether a folded text says "superseded by …" with words before and behind what supersedes.
    pub(super) fn is_around(&self, folded: &str) -> bool {
        self.around.iter().any(|(before, after)| {
            folded.len() > before.len() + after.len() && folded.starts_with(before) && folded.ends_with(after)
        })
    }
}

fn add<T: Copy>(map: &mut Map<T>, words: impl Iterator<Item = Box<str>>, value: Option<T>) {
    if let Some(value) = value {
        for word in words {
            map.entry(word).or_insert(value);
        }
    }
}

/// What the label of an entry means, whatever its language.
#[must_use]
pub fn field(label: &str) -> Option<Field> {
    let label = fold(label);
    let label = label.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if label.len() > 80 {
        return None;
    }
    let lexicon = lexicon(label);
    lexicon.fields.get(label).copied().or_else(|| {
        // `Decision makers (optional)`, `decision_makers`
        let short = label.split('(').next().unwrap_or(label).trim_end();
        let spaced = short.replace('_', " ");
        lexicon.fields.get(spaced.as_str()).copied()
    })
}

/// What a section with this heading is about, whatever its language. Numbers, symbols and remarks around the words do
/// not count: `## 2. ✅ Decision (final):` is about the decision.
#[must_use]
pub fn topic(heading: &str) -> Option<Topic> {
    let folded = fold(heading);
    if folded.len() > 120 {
        return None;
    }
    let bare = bare_heading(&folded);
    let lexicon = lexicon(bare);
    let find = |words: &str| lexicon.topics.get(words).copied();
    find(bare).or_else(|| {
        let short = bare.split(['(', '<', ':']).next().unwrap_or(bare).trim();
        find(short).or_else(|| find(short.trim_start_matches("the ")))
    })
}

/// A heading without the number and the symbols around its words.
pub(super) fn bare_heading(folded: &str) -> &str {
    let symbols = |c: char| !c.is_alphanumeric();
    let bare = folded.trim_matches(|c: char| symbols(c) && c != ')');
    let bare = match bare.split_once(|c: char| !c.is_ascii_digit() && c != '.') {
        Some((number, rest)) if !number.is_empty() && number.starts_with(|c: char| c.is_ascii_digit()) => {
            let cut = bare.len() - rest.len();
            let separated = bare[..cut].ends_with([' ', ')', ':', '-', '、']) || number.ends_with('.');
            if separated { rest } else { bare }
        }
        _ => bare,
    };
    bare.trim_matches(|c: char| symbols(c) && c != ')').trim()
}

/// Whether a title only says what kind of document it is.
pub(super) fn is_generic_title(title: &str) -> bool {
    const TITLES: [&str; 8] = [
        "adr",
        "title",
        "decision record",
        "architecture decision record",
        "architectural decision record",
        "architecture decision record (adr)",
        "architectural decision record (adr)",
        "architecture decision",
    ];
    TITLES.contains(&fold(title).as_str())
}

/// The month that a word names, 1 to 12.
#[must_use]
pub fn month(word: &str) -> Option<i8> {
    let word = fold(word);
    lexicon(&word).months.get(word.trim_end_matches('.')).copied()
}

/// What a word of a file's name says about the file.
#[must_use]
pub fn name_word(word: &str) -> Option<NameWord> {
    let word = fold(word);
    lexicon(&word).files.get(word.as_str()).copied()
}

fn field_named(name: &str) -> Option<Field> {
    Some(match name {
        "status" => Field::Status,
        "date" => Field::Date,
        "created" => Field::Created,
        "deciders" => Field::Deciders,
        "author" => Field::Author,
        "supersedes" => Field::Supersedes,
        "superseded-by" => Field::SupersededBy,
        "amends" => Field::Amends,
        "amended-by" => Field::AmendedBy,
        "relates" => Field::Relates,
        "services" => Field::Services,
        "id" => Field::Id,
        "title" => Field::Title,
        _ => return None,
    })
}

fn topic_named(name: &str) -> Option<Topic> {
    Some(match name {
        "status" => Topic::Status,
        "date" => Topic::Date,
        "deciders" => Topic::Deciders,
        "context" => Topic::Context,
        "problem" => Topic::Problem,
        "decision" => Topic::Decision,
        "outcome" => Topic::Outcome,
        "consequences" => Topic::Consequences,
        "positive" => Topic::Positive,
        "negative" => Topic::Negative,
        "neutral" => Topic::Neutral,
        "options" => Topic::Options,
        "pros-and-cons" => Topic::ProsAndCons,
        "drivers" => Topic::Drivers,
        "rationale" => Topic::Rationale,
        "risks" => Topic::Risks,
        "validation" => Topic::Validation,
        "links" => Topic::Links,
        "more" => Topic::More,
        "history" => Topic::History,
        "meta" => Topic::Meta,
        "implementation" => Topic::Implementation,
        "scope" => Topic::Scope,
        "glossary" => Topic::Glossary,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &str); 14] = [
        ("en", include_str!("en.txt")),
        ("de", include_str!("de.txt")),
        ("fr", include_str!("fr.txt")),
        ("es", include_str!("es.txt")),
        ("pt", include_str!("pt.txt")),
        ("it", include_str!("it.txt")),
        ("nl", include_str!("nl.txt")),
        ("pl", include_str!("pl.txt")),
        ("tr", include_str!("tr.txt")),
        ("ru", include_str!("ru.txt")),
        ("uk", include_str!("uk.txt")),
        ("zh", include_str!("zh.txt")),
        ("ja", include_str!("ja.txt")),
        ("ko", include_str!("ko.txt")),
    ];

    #[test]
    fn every_entry_of_every_language_means_something() {
        for (language, file) in FILES {
            for line in file.lines().filter(|line| !line.starts_with('#')) {
                let (what, words) = line.split_once(": ").unwrap_or_else(|| panic!("{language}: {line}"));
                let known = match what.split_once('.') {
                    Some(("status", name)) => Status::named(name).is_some(),
                    Some(("field", name)) => field_named(name).is_some(),
                    Some(("section", name)) => topic_named(name).is_some(),
                    Some((group, name)) => {
                        ["name.template", "name.index", "sentence.verb", "superseded.around"].contains(&what)
                            || panic!("{language}: {group}.{name}")
                    }
                    None => ["months", "by", "tail", "sentence"].contains(&what),
                };
                assert!(known, "{language}: {line}");
                assert!(words.split(';').all(|word| !word.trim().is_empty()), "{language}: {line}");
                if what == "months" {
                    assert_eq!(words.split(';').count(), 12, "{language}");
                }
            }
        }
    }

    #[test]
    fn a_status_word_means_the_same_in_every_language_of_its_script() {
        for (language, file) in FILES {
            for line in file.lines() {
                let Some((name, words)) = line.strip_prefix("status.").and_then(|line| line.split_once(": ")) else {
                    continue;
                };
                for word in words.split(';').map(fold) {
                    let understood = lexicon(&word).status(&word);
                    let allowed = understood == Status::named(name) || DIFFER.contains(&word.as_str());
                    assert!(allowed, "{language}: {word} is {understood:?}, not {name}");
                }
            }
        }
    }

    /// Words that two languages use for different standings; the earlier language wins.
    const DIFFER: [&str; 0] = [];

    #[test]
    fn headings_are_known_in_any_language_and_dress() {
        for (heading, expected) in [
            ("Context and Problem Statement", Some(Topic::Problem)),
            ("2. ✅ Decision:", Some(Topic::Decision)),
            ("Decision (final)", Some(Topic::Decision)),
            ("Конsequences", None),
            ("Konsequenzen", Some(Topic::Consequences)),
            ("Avantages et inconvénients des options", Some(Topic::ProsAndCons)),
            ("ステータス", Some(Topic::Status)),
            ("决策（建议默认）", Some(Topic::Decision)),
            ("Rejected Alternatives", Some(Topic::Options)),
            ("3 Kontext", Some(Topic::Context)),
            ("Статус", Some(Topic::Status)),
            ("맥락", Some(Topic::Context)),
            ("Something of our own", None),
        ] {
            assert_eq!(topic(heading), expected, "{heading}");
        }
    }

    #[test]
    fn labels_are_known_with_their_remarks() {
        assert_eq!(field("Decision makers (optional)"), Some(Field::Deciders));
        assert_eq!(field("decision_makers"), Some(Field::Deciders));
        assert_eq!(field("**Status**"), Some(Field::Status));
        assert_eq!(field("状态"), Some(Field::Status));
        assert_eq!(field("Superseded by"), Some(Field::SupersededBy));
        assert_eq!(field("Weather"), None);
        assert_eq!(month("Décembre"), Some(12));
        assert_eq!(month("Sept."), Some(9));
    }
}
