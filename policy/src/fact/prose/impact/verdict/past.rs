//! Ratings that were true once: of what was, of a single outage, before a later rating.

use super::super::super::super::{Because, Why};
use super::super::super::cue::Class;
use super::super::super::passage::Passage;
use super::Rating;
use std::ops::Range;

impl Rating<'_, '_> {
    /// What says that the rating is one of a single outage, or of a day before a later rating.
    pub(super) fn of_its_day(&self) -> Option<Because> {
        if let Some(cue) = of_one_outage(self.passage, self.sentence, self.rank) {
            return Some(self.say(Why::Past, &cue));
        }
        rated_anew(self.passage, self.sentence, self.rank).then(|| Why::SetAnew.plain())
    }

    /// What says that the rating tells of what was, and holds no more.
    pub(super) fn told_as_past(&self) -> Option<Because> {
        let passage = self.passage;
        let past = self.has_past_verb();
        let goes_on = past
            && passage.in_sentence(self.sentence, Class::Ours).is_none()
            && goes_on_about_past(passage, self.sentence);
        // "It had a budget of 6 GB. Failure impact was rated very high.": told of the same as the sentence before.
        if goes_on {
            return Some(Why::Past.plain());
        }
        if let Some(words) = told_of_gone(passage, self.sentence, self.rank) {
            return Some(self.say(Why::Past, &words));
        }
        let holds = || self.was_settled() && !self.names_incident() && !self.is_of_former();
        (past && self.reached(Class::Decide).is_none() && !holds()).then(|| Why::Past.plain())
    }

    /// Whether a verb that speaks of the rating stands in the past.
    fn has_past_verb(&self) -> bool {
        let tokens = &self.passage.tokens;
        let pasts = self.reach.iter().flat_map(|range| range.clone()).filter(|at| {
            // "There was no debate about it: very high."
            let idiom = tokens.get(at + 1).is_some_and(|next| next.is("no"))
                && at.checked_sub(1).is_some_and(|before| tokens[before].is("there"));
            !idiom
        });
        pasts.map(|at| &tokens[at]).any(|token| {
            matches!(&*token.lower, "was" | "were" | "war" | "waren" | "wurde" | "était" | "era" | "fue" | "had")
        })
    }

    /// "The effects were assessed and were rated as severe": who rated did so once, and it holds.
    fn was_settled(&self) -> bool {
        let (passage, rank) = (self.passage, self.rank);
        let before = rank.start.saturating_sub(14).max(passage.sentences[self.sentence].tokens.start)..rank.start;
        passage.cues_in(&before).filter(|cue| cue.class == Class::Rating).any(|cue| {
            let words = passage.words(&cue.tokens).to_lowercase();
            words.split([' ', '\n']).any(|word| word.ends_with("ed"))
                || words.ends_with(" was")
                || words.ends_with("put the")
                || words.ends_with("eingestuft")
                || words.ends_with("bewertet")
        })
    }

    /// Whether the rating speaks of an incident: that was one failure.
    fn names_incident(&self) -> bool {
        self.reach
            .iter()
            .flat_map(|range| &self.passage.tokens[range.clone()])
            .any(|token| token.is("incident") || token.is("incidents"))
    }

    /// "When it was a stored procedure, a failure was rated …", "the old one, whose impact was rated …".
    fn is_of_former(&self) -> bool {
        let (passage, sentence) = (self.passage, self.sentence);
        let opening = passage.tokens[passage.sentences[sentence].tokens.start].lower.as_ref();
        matches!(opening, "when" | "while" | "as" | "before" | "until" | "as long as" | "als")
            || passage.in_sentence(sentence, Class::Old).is_some()
            || self.reach.iter().any(|range| {
                passage.tokens[range.clone()].iter().any(|token| matches!(&*token.lower, "which" | "whose" | "who"))
            })
    }
}

/// Whether the sentences before, as far as they go on with a pronoun, tell of what was: "the previous one lived in 4 GB.
/// It was promised 2 s."
fn goes_on_about_past(passage: &Passage<'_>, sentence: usize) -> bool {
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    for before in (sentence.saturating_sub(4)..sentence).rev() {
        let start = passage.sentences[before].tokens.start;
        if passage.first(&(start..start + 9), Class::Old).is_some() {
            return true;
        }
        let pronoun = matches!(word(start), "it" | "they" | "er" | "sie" | "es" | "il" | "elle")
            && passage.first(&(start + 1..start + 3), Class::Past).is_some();
        if !pronoun || passage.sentences[before].classes.has(Class::Ours) {
            return false;
        }
        let settled =
            [Class::Must, Class::Decide].into_iter().any(|class| passage.sentences[before].classes.has(class));
        if !settled || word(start + 1) == "had" {
            return true;
        }
    }
    false
}

/// "We were told you were of very high impact", "you were rated high": what was said once, of something that is gone or
/// is spoken to as if it were.
fn told_of_gone(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let tokens = passage.sentences[sentence].tokens.start..rank.start;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let past = |at: usize| matches!(word(at), "was" | "were" | "had" | "war" | "waren" | "était" | "era");
    let told = tokens.clone().find(|at| {
        matches!(word(*at), "told" | "assured" | "warned" | "sold" | "taught")
            && at.checked_sub(1).is_some_and(|before| matches!(word(before), "were" | "was" | "been"))
    });
    if let Some(told) = told.filter(|told| (told + 1..rank.start).any(past)) {
        return Some(told..told + 1);
    }
    tokens.clone().find(|at| word(*at) == "you" && past(at + 1)).map(|at| at..at + 2)
}

/// "Severity of the last outage: high", "the impact of the March incident was high": a single failure.
fn of_one_outage(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    const ONE: &[&str] = &[
        "last",
        "latest",
        "recent",
        "previous",
        "yesterday's",
        "letzten",
        "letzte",
        "dernière",
        "dernier",
        "última",
        "último",
    ];
    let tokens = &passage.sentences[sentence].tokens;
    passage.cues_in(&(tokens.start..rank.start)).filter(|cue| cue.class == Class::Failure).find_map(|cue| {
        let before = cue.tokens.start.checked_sub(1).filter(|at| *at >= tokens.start)?;
        let one = passage.tokens.get(before).is_some_and(|token| ONE.contains(&&*token.lower));
        one.then_some(before..cue.tokens.end)
    })
}

/// "In 2021 we rated it as high. Since the fallback exists we rate it as medium": a rating of its day, and a later one.
fn rated_anew(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> bool {
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let tokens = &passage.sentences[sentence].tokens;
    let year = |at: usize| {
        let text = passage.tokens.get(at).map_or("", |token| token.text);
        text.len() == 4
            && (text.starts_with("19") || text.starts_with("20"))
            && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let dated = (tokens.start..(tokens.start + 4).min(tokens.end)).any(|at| {
        matches!(word(at), "in" | "im" | "en" | "until" | "before") && (at + 1..at + 4).any(year)
            || matches!(
                word(at),
                "adr" | "record" | "rfc" | "once" | "originally" | "initially" | "ursprünglich" | "früher"
            )
            || matches!(
                (word(at), word(at + 1)),
                ("at", "first") | ("years" | "year" | "months", "ago") | ("back", "then")
            )
    });
    let own = passage.ranks.iter().find(|other| other.tokens == *rank).map(|other| other.name);
    let until =
        passage.sentences.get((sentence + 3).min(passage.sentences.len()) - 1).map_or(0, |last| last.tokens.end);
    dated
        && passage.ranks.iter().any(|other| {
            (tokens.end..until).contains(&other.tokens.start)
                && Some(other.name) != own
                && passage.first(&(tokens.end..other.tokens.start), Class::Rating).is_some()
        })
}
