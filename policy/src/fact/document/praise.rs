//! Words of praise: what people write where a figure is asked for. The words are data (`words/praise/`).

mod lexicon;

use super::super::prose::cue::Class;
use super::super::prose::passage::{Context, Passage};
use super::super::prose::speech::Speech;
use super::super::token::{Kind, Token, lex};
use super::super::value::bound;
use super::super::value::quantity::Measure;
use super::{Whole, section::Role};
use crate::language;
use crate::text::Place;
use crate::text::outline::{BlockKind, Outline};
use lexicon::{ENGLISH, FRENCH, GERMAN, Group, Lexicon, SPANISH};
use std::ops::Range;
use std::sync::Arc;

/// What is praised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Virtue {
    /// That it is fast.
    Speed,
    /// That it is small.
    Memory,
    /// That it is safe or reliable.
    Safety,
    /// That it is liked.
    Taste,
    /// That others use it.
    Others,
    /// That it is so many times faster or smaller than something else.
    Comparison,
}

/// Words of praise without a figure that could be checked later.
#[derive(Clone, Debug, PartialEq)]
pub struct Praise {
    /// What is praised.
    pub virtue: Virtue,
    /// The words as they stand.
    pub quote: String,
    /// Where they stand.
    pub place: Place,
}

/// The most that is shown of one document.
const MOST: usize = 12;

/// What markup may add to some words, in bytes.
const SLACK: usize = 40;

/// Pieces of praise that stand no further apart, in words, are one.
const APART: usize = 4;

/// The praise of a language in a document, in its order. Options that were not taken, denials, quotations, sentences
/// about another language and sentences with a figure are passed over.
#[must_use]
pub fn praise(outline: &Outline, text: &str, path: &Arc<str>, language: &str) -> Vec<Praise> {
    let whole = Whole::of(outline, text, path, &super::Extra::default());
    let lexicon: &Lexicon = match whole.topic.speech {
        Speech::German => &GERMAN,
        Speech::French => &FRENCH,
        Speech::Spanish => &SPANISH,
        Speech::English | Speech::Other => &ENGLISH,
    };
    let reader = Reader { lexicon, language, path, file: text };
    let names_it = |words: &str| reader.names(&lex(words)).any(|(_, own)| own);
    let titled = outline.sections.iter().find(|section| section.level > 0).is_some_and(|title| names_it(&title.title));
    let mut found = Vec::new();
    for block in &outline.blocks {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) || block.quoted || found.len() >= MOST {
            continue;
        }
        let role = whole.role(block);
        let context = Context { item: block.depth > 0, ..Context::default() };
        let heading = outline.sections.get(block.section).filter(|section| section.level > 1);
        let heading = heading.map_or("", |section| section.title.as_str());
        if is_elsewhere(role) || is_against(heading) {
            continue;
        }
        let headed = names_it(heading);
        // In a text about something else, words of praise are about that.
        if titled || headed || names_it(&block.text.plain) {
            reader.passage(&Passage::new(&block.text, &whole.topic, &context), headed, &mut found);
        }
    }
    found.truncate(MOST);
    found
}

/// Whether a section is about something that was not chosen, or about something else.
fn is_elsewhere(role: &Role) -> bool {
    [Class::Perhaps, Class::Rejected, Class::Old, Class::Other, Class::Example, Class::Risk]
        .into_iter()
        .any(|class| role.roles.has(class))
}

/// Whether a heading stands over what speaks against the choice.
fn is_against(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    [
        "negativ",
        "drawback",
        "downside",
        "disadvantage",
        "cons",
        "nachteil",
        "inconvénient",
        "desventaja",
        "inconveniente",
    ]
    .iter()
    .any(|word| {
        heading
            .split(|c: char| !c.is_alphabetic())
            .any(|own| own.starts_with(word) && own != "consequences" && own != "considered")
    })
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    language: &'a str,
    path: &'a Arc<str>,
    file: &'a str,
}

impl Reader<'_> {
    fn passage(&self, passage: &Passage<'_>, headed: bool, found: &mut Vec<Praise>) {
        let names: Vec<(usize, bool)> = self.names(&passage.tokens).collect();
        let mut before = false;
        for (at, sentence) in passage.sentences.iter().enumerate() {
            if found.len() >= MOST {
                break;
            }
            let here = within(&names, &sentence.tokens);
            // "Rust is fast" praises Rust; "a fast Rust tool" praises the tool.
            let named = here.iter().find(|(_, own)| *own).map(|(at, _)| *at);
            let short = headed && sentence.tokens.len() <= 6;
            let about = if short || before && passage.points_back(at) { Some(sentence.tokens.start) } else { named };
            if !sentence.question {
                self.sentence(passage, at, about, &names, found);
            }
            before = named.is_some() || before && here.is_empty();
        }
    }

    /// Reads a sentence that speaks of the language from the token `about` on.
    fn sentence(
        &self,
        passage: &Passage<'_>,
        sentence: usize,
        about: Option<usize>,
        names: &[(usize, bool)],
        found: &mut Vec<Praise>,
    ) {
        let range = passage.sentences[sentence].tokens.clone();
        let has = |group: Group| range.clone().any(|at| self.at(passage, at, group).is_some());
        let used = about.is_some() && has(Group::Company) && has(Group::Uses);
        let mut hits: Vec<(Virtue, Range<usize>)> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let user = || self.at(passage, at, Group::Company).filter(|_| used).map(|end| (Virtue::Others, at..end));
            let follows = about.is_some_and(|about| about <= at);
            let hit = self.virtue(passage, at, follows).or_else(|| self.times(passage, at, range.end)).or_else(user);
            let Some((virtue, words)) = hit.filter(|(_, words)| words.end <= range.end) else {
                at += 1;
                continue;
            };
            at = words.end.max(at + 1);
            let counts = !self.is_denied(passage, sentence, &words)
                && !is_of_another(names, &(range.start..words.start))
                && !has_measure(passage, sentence, words.start);
            match hits.last_mut().filter(|_| counts) {
                // "Blazing fast, memory-safe and modern" is one piece of praise.
                Some((last, before))
                    if words.start <= before.end + APART
                        && (*last == Virtue::Comparison) == (virtue == Virtue::Comparison) =>
                {
                    before.end = words.end;
                }
                _ if counts => hits.push((virtue, words)),
                _ => {}
            }
        }
        for (virtue, words) in hits {
            let start = passage.tokens[words.start].range.start;
            let end = passage.tokens[words.end - 1].range.end;
            let span = passage.text.span(start..end);
            // Where the markup folds lines, a place may be the whole text: nothing could be shown there.
            if span.end - span.start <= (end - start) * 2 + SLACK {
                let quote = span.of(self.file).split_whitespace().collect::<Vec<_>>().join(" ");
                found.push(Praise { virtue, quote, place: Place::new(Arc::clone(self.path), span) });
            }
        }
    }

    /// The longest phrase of praise at a token.
    fn virtue(&self, passage: &Passage<'_>, at: usize, about: bool) -> Option<(Virtue, Range<usize>)> {
        let phrases = self.lexicon.get(passage.tokens.get(at)?.lower.as_ref())?;
        let fits = phrases.iter().filter_map(|phrase| match phrase.group {
            Group::Virtue(virtue, weak) if about || !weak => Some((virtue, at..phrase.ends(&passage.tokens, at)?)),
            _ => None,
        });
        fits.max_by_key(|(_, words)| words.end)
    }

    /// Behind the longest phrase of a group at a token.
    fn at(&self, passage: &Passage<'_>, at: usize, group: Group) -> Option<usize> {
        let phrases = self.lexicon.get(passage.tokens.get(at)?.lower.as_ref())?;
        phrases
            .iter()
            .filter(|phrase| phrase.group == group)
            .filter_map(|phrase| phrase.ends(&passage.tokens, at))
            .max()
    }

    /// "3x faster", "40 % less memory".
    fn times(&self, passage: &Passage<'_>, at: usize, end: usize) -> Option<(Virtue, Range<usize>)> {
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        if !matches!(passage.tokens.get(at)?.kind, Kind::Number(_)) {
            return None;
        }
        let unit = matches!(
            word(at + 1),
            "x" | "×" | "times" | "%" | "percent" | "mal" | "prozent" | "fois" | "veces" | "pour"
        );
        let behind = at + 2..(at + 5).min(end);
        let than = unit.then(|| behind.clone().find_map(|at| self.at(passage, at, Group::Than))).flatten()?;
        Some((Virtue::Comparison, at..than))
    }

    /// "Not because it is fast", "we did not choose it for its speed".
    fn is_denied(&self, passage: &Passage<'_>, sentence: usize, words: &Range<usize>) -> bool {
        let clause = passage.clause_of(sentence, words.start);
        let clauses = &passage.sentences[sentence].clauses;
        // A denial holds on into the clause that gives its reason.
        let from = clause.saturating_sub(usize::from(clause > 0));
        let start = clauses.get(from).map_or(words.start, |clause| clause.tokens.start);
        let before = &passage.tokens[start.min(words.start)..words.start];
        let denies = |token: &Token<'_>| {
            bound::is_negation(&token.lower)
                || token.lower.ends_with("n't")
                || token.lower.ends_with("n’t")
                || matches!(
                    &*token.lower,
                    "without"
                        | "neither"
                        | "nor"
                        | "rather"
                        | "instead"
                        | "isn"
                        | "wasn"
                        | "doesn"
                        | "didn"
                        | "don"
                        | "aren"
                        | "ohne"
                        | "weder"
                        | "sans"
                        | "pas"
                        | "ni"
                        | "sin"
                        | "less"
                        | "despite"
                        | "although"
                        | "trotz"
                        | "obwohl"
                        | "malgré"
                )
        };
        // "Not only fast": praise all the same.
        before.iter().enumerate().any(|(at, token)| denies(token) && !before.get(at + 1).is_some_and(is_only))
            || passage.in_quotes(words.start)
            || passage.cues_in(&(start..words.start)).any(|cue| matches!(cue.class, Class::Rejected | Class::Negated))
    }

    /// The languages that some tokens name, and whether each is the one that is praised.
    fn names<'t>(&self, tokens: &'t [Token<'_>]) -> impl Iterator<Item = (usize, bool)> + use<'t, '_> {
        let language = self.language;
        // Names of languages are written with a capital letter, but for some longer ones.
        let may_name = |token: &Token<'_>| {
            token.is_word()
                && token.text.len() <= 24
                && (token.text.starts_with(|c: char| c.is_uppercase())
                    || token.lower.len() > 5
                    || token.is(language)
                    || token.is("rust"))
        };
        tokens.iter().enumerate().filter(move |(_, token)| may_name(token)).filter_map(move |(at, token)| {
            let known = language::find(&token.lower).or_else(|| language::find(token.text));
            let id = known.map_or(token.lower.as_ref(), |known| known.id);
            // "Go" and "Swift" are words too.
            let written =
                known.is_none_or(|known| token.text == known.name || known.id == "rust" || token.lower.len() > 5);
            ((known.is_some() || id == language) && written).then_some((at, id == language))
        })
    }
}

/// The names of languages within a range of tokens.
fn within<'n>(names: &'n [(usize, bool)], range: &Range<usize>) -> &'n [(usize, bool)] {
    let from = names.partition_point(|(at, _)| *at < range.start);
    let to = names.partition_point(|(at, _)| *at < range.end);
    &names[from..to.max(from)]
}

/// Whether the language named last is another one.
fn is_of_another(names: &[(usize, bool)], before: &Range<usize>) -> bool {
    within(names, before).last().is_some_and(|(_, own)| !own)
}

fn is_only(token: &Token<'_>) -> bool {
    matches!(&*token.lower, "only" | "just" | "merely" | "nur" | "seulement" | "solo")
}

/// Whether a figure with a unit stands in the clause of a word: then the clause is read for what the figure says.
fn has_measure(passage: &Passage<'_>, sentence: usize, token: usize) -> bool {
    let clauses = &passage.sentences[sentence].clauses;
    let Some(clause) = clauses.get(passage.clause_of(sentence, token)) else { return false };
    passage.quantities_of(sentence).iter().any(|at| {
        let quantity = &passage.quantities[*at];
        let (first, last) = (token.min(quantity.tokens.start), token.max(quantity.tokens.start));
        let joined = passage.tokens[first..last]
            .iter()
            .any(|token| matches!(&*token.lower, "and" | "but" | "und" | "aber" | "et" | "mais" | "y" | "pero"));
        clause.tokens.contains(&quantity.tokens.start)
            && !joined
            && matches!(quantity.measure, Measure::Bytes | Measure::Time | Measure::Rate)
    })
}
