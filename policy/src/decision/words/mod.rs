//! The words people use in decisions, in fourteen languages. One data file a language; a file is
//! `what: word; word; …`, one entry a line.
//!
//! The build turns the files into sorted tables, one a script; a run loads nothing.

mod fold;

pub use fold::{fold, is_plain, is_unspaced};

use fold::prefix;

use super::Status;
use std::borrow::Cow;

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
    /// What it replaces in part.
    SupersedesPart,
    /// What replaces it in part.
    SupersededInPart,
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
    /// All of it in short.
    Summary,
}

/// What a word in a file's name says about the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameWord {
    /// A template.
    Template,
    /// A list of records.
    Index,
}

/// Words in order, each with its [`prefix`] and what it means.
type Table<T> = &'static [(u64, &'static str, T)];

/// The words of the languages that share a script, folded and in order.
pub(super) struct Lexicon {
    statuses: Table<Status>,
    /// The first word of each status: what tags and brackets may hold without a label.
    names: Table<Status>,
    fields: Table<Field>,
    topics: Table<Topic>,
    months: Table<i8>,
    by: Table<()>,
    tails: Table<()>,
    /// Words that say that only a part of a record is meant.
    partials: Table<()>,
    /// A bit for each byte with which one of those begins.
    partial_opens: [u64; 4],
    subjects: Table<()>,
    verbs: Table<()>,
    files: Table<NameWord>,
    /// Names of folders that hold decisions, letters and digits only.
    folders: Table<()>,
    /// Labels of dates in languages that write the day before the month.
    day_first: Table<()>,
    around: &'static [(&'static str, &'static str)],
}

include!(concat!(env!("OUT_DIR"), "/words.rs"));

fn find<T: Copy>(table: Table<T>, word: &str) -> Option<T> {
    let opening = prefix(word);
    let alike = &table[table.partition_point(|(other, ..)| *other < opening)..];
    let mut alike = alike.iter().take_while(|(other, ..)| *other == opening);
    alike.find(|(_, known, _)| *known == word).map(|(.., meaning)| *meaning)
}

/// The lexicon for a text, by its first letter beyond ASCII; Latin where it has none.
pub(super) fn lexicon(folded: &str) -> &'static Lexicon {
    if folded.is_ascii() {
        return &LATIN;
    }
    let script = folded.chars().find_map(|c| match c {
        '\u{0400}'..='\u{052F}' => Some(&CYRILLIC),
        '\u{AC00}'..='\u{D7AF}' | '\u{1100}'..='\u{11FF}' => Some(&HANGUL),
        c if is_unspaced(c) => Some(&HAN),
        _ => None,
    });
    script.unwrap_or(&LATIN)
}

impl Lexicon {
    /// The status that a folded phrase means.
    pub(super) fn status(&self, phrase: &str) -> Option<Status> {
        find(self.statuses, phrase)
    }

    /// The status whose very name a folded word is.
    pub(super) fn status_name(&self, word: &str) -> Option<Status> {
        find(self.names, word)
    }

    /// Every phrase that means a status, for scripts without spaces.
    pub(super) fn statuses(&self) -> impl Iterator<Item = (&'static str, Status)> {
        self.statuses.iter().map(|(_, word, status)| (*word, *status))
    }

    /// Whether a folded word may stand between "superseded" and what supersedes.
    pub(super) fn is_by(&self, phrase: &str) -> bool {
        find(self.by, phrase).is_some()
    }

    /// Whether what follows a status and starts with this folded word only tells more about it.
    pub(super) fn is_tail(&self, word: &str) -> bool {
        find(self.tails, word).is_some()
    }

    /// Whether a folded text says that only a part of a record is meant: `in part`, `portions of`.
    pub(super) fn is_partial(&self, folded: &str) -> bool {
        if folded.contains(is_unspaced) || folded.contains(|c| matches!(c, '\u{AC00}'..='\u{D7AF}')) {
            return self.partials.iter().any(|(_, word, ())| folded.contains(word));
        }
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let two = words.windows(2).any(|pair| find(self.partials, &pair.join(" ")).is_some());
        two || words.iter().any(|word| find(self.partials, word).is_some())
    }

    /// Whether a word for a part may begin with this byte: most words are told apart by it.
    fn opens_partial(&self, first: u8) -> bool {
        self.partial_opens[usize::from(first / 64)] >> (first % 64) & 1 == 1
    }

    /// `Partially supersedes`, `superseded in part by`: a relation's label around one or two words for a part.
    fn partly(&self, label: &str) -> Option<Field> {
        // Where each word starts, and behind the last one.
        let mut starts = [0; 7];
        let mut count = 0;
        for at in std::iter::once(0).chain(label.match_indices(' ').map(|(at, _)| at + 1)).chain([label.len() + 1]) {
            *starts.get_mut(count)? = at;
            count += 1;
        }
        let words = count - 1;
        if words < 2 {
            return None;
        }
        for (at, length) in (1..=2).flat_map(|length| (0..=words - length).map(move |at| (at, length))) {
            let part = starts[at]..starts[at + length] - 1;
            let may_be = label.as_bytes().get(part.start).is_some_and(|first| self.opens_partial(*first));
            if !may_be || find(self.partials, &label[part.clone()]).is_none() {
                continue;
            }
            let rest = format!("{} {}", &label[..part.start], label.get(part.end + 1..).unwrap_or_default());
            match find(self.fields, &rest.split_whitespace().collect::<Vec<_>>().join(" ")) {
                Some(Field::Supersedes) => return Some(Field::SupersedesPart),
                Some(Field::SupersededBy) => return Some(Field::SupersededInPart),
                _ => {}
            }
        }
        None
    }

    /// `Decision makers (optional)`, `decision_makers`: a folded label with more than its words.
    fn remarked(&self, label: &str) -> Option<Field> {
        let remark = label.strip_suffix(')').and_then(|open| open.split_once('('));
        let short = remark.filter(|(_, inside)| !inside.contains(')')).map_or(label, |(short, _)| short);
        let short = short.trim_end();
        let spaced = if short.contains('_') { Cow::Owned(short.replace('_', " ")) } else { Cow::Borrowed(short) };
        let other = (*spaced != *label).then(|| find(self.fields, &spaced)).flatten();
        other.or_else(|| self.partly(&spaced))
    }

    /// Whether a folded phrase names the record itself, as the subject of a sentence.
    pub(super) fn is_subject(&self, phrase: &str) -> bool {
        find(self.subjects, phrase).is_some()
    }

    /// Whether a folded phrase joins the record and its status in a sentence.
    pub(super) fn is_verb(&self, phrase: &str) -> bool {
        find(self.verbs, phrase).is_some()
    }

    /// Whether a folded text says "superseded by …" with words before and behind what supersedes.
    pub(super) fn is_around(&self, folded: &str) -> bool {
        self.around.iter().any(|(before, after)| {
            folded.len() > before.len() + after.len() && folded.starts_with(before) && folded.ends_with(after)
        })
    }
}

/// Hands a text over as [`fold()`] folds it. Labels, headings and words are short, and nearly all of them plain: they get
/// no memory of their own.
pub fn folded<T>(text: &str, look: impl FnOnce(&str) -> T) -> T {
    let mut short = [0; 64];
    if let Some(short) = short.get_mut(..text.len()).filter(|_| is_plain(text)) {
        short.copy_from_slice(text.as_bytes());
        short.make_ascii_lowercase();
        if let Ok(plain) = std::str::from_utf8(short) {
            return look(plain);
        }
    }
    look(&fold(text))
}

/// What the label of an entry means, whatever its language.
#[must_use]
pub fn field(label: &str) -> Option<Field> {
    folded(label, |label| {
        let label = label.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
        if label.len() > 80 {
            return None;
        }
        let lexicon = lexicon(label);
        find(lexicon.fields, label).or_else(|| lexicon.remarked(label))
    })
}

/// What a folded label means that is made of nothing but its words.
pub(super) fn plain_field(folded: &str) -> Option<Field> {
    let label = folded.trim_matches(|c: char| !c.is_alphanumeric());
    find(lexicon(label).fields, label)
}

/// Whether the label of a date is in a language in which 3/4 is the third of April everywhere.
pub(super) fn is_day_first(label: &str) -> bool {
    folded(label, |label| {
        let label = label.trim_matches(|c: char| !c.is_alphanumeric());
        find(lexicon(label).day_first, label).is_some()
    })
}

/// Whether folders of this name hold decisions; letters and digits only, folded.
pub(super) fn is_folder(name: &str) -> bool {
    find(lexicon(name).folders, name).is_some()
}

/// The status whose very name a text is, whatever its language.
pub(super) fn status_name(text: &str) -> Option<Status> {
    folded(text, |text| {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        lexicon(text).status_name(text)
    })
}

/// What a section with this heading is about, whatever its language. Numbers, symbols and remarks around the words do
/// not count: `## 2. ✅ Decision (final):` is about the decision.
#[must_use]
pub fn topic(heading: &str) -> Option<Topic> {
    folded(heading, |heading| {
        if heading.len() > 120 {
            return None;
        }
        let bare = bare_heading(heading);
        let lexicon = lexicon(bare);
        let known = |words: &str| find(lexicon.topics, words);
        known(bare).or_else(|| {
            let short = bare.split(['(', '<', ':']).next().unwrap_or(bare).trim();
            let shorter = (short.len() < bare.len()).then(|| known(short)).flatten();
            shorter.or_else(|| short.strip_prefix("the ").and_then(known))
        })
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
    folded(title, |title| TITLES.contains(&title))
}

/// The month that a word names, 1 to 12.
#[must_use]
pub fn month(word: &str) -> Option<i8> {
    folded(word, |word| find(lexicon(word).months, word.trim_end_matches('.')))
}

/// What a word of a file's name says about the file.
#[must_use]
pub fn name_word(word: &str) -> Option<NameWord> {
    folded(word, |word| find(lexicon(word).files, word))
}

#[cfg(test)]
mod tests;
