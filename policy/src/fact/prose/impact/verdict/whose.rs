//! Whose failure a rating rates.

use super::super::super::super::{Because, Why};
use super::super::super::cue::Class;
use super::super::super::owner;
use super::super::super::passage::{Passage, stem};
use super::super::super::thing;
use super::Rating;
use std::ops::Range;

impl Rating<'_, '_> {
    /// What says that the sentence, or the one that it continues, rates what is another's.
    pub(super) fn of_another(&self) -> Option<Because> {
        let (passage, rank) = (self.passage, self.rank);
        let other = of_other(passage, self.sentence).or_else(|| owner::theirs(passage, &self.reach, rank.start));
        // "Impact if it fails: low, nobody notices": what follows the rating behind its label does not say whose it is.
        if let Some(other) = other.filter(|other| !self.labelled || other.start < rank.end) {
            return Some(self.say(Why::Other, &other));
        }
        let words = owner::disowned(passage, self.sentence, rank.end).filter(|_| !self.labelled)?;
        Some(self.say(Why::Other, &words))
    }

    /// "The planner is rated very high. None of this is inherited by the viewer.": the next sentence opens with that.
    pub(super) fn taken_back(&self) -> Option<Because> {
        let (passage, next) = (self.passage, self.sentence + 1);
        let cue = passage
            .in_sentence(next, Class::Cancel)
            .filter(|_| passage.points_back(next) && passage.sentences[next].tokens.len() <= 40)?;
        let opening = passage.sentences[next].tokens.start;
        (cue.tokens.start <= opening + 3).then(|| self.say(Why::TakenBack, &cue.tokens))
    }

    /// What is named beside the rating and is rated in place of what the document is about.
    pub(super) fn beside_another(&self) -> Option<Because> {
        let (passage, sentence, rank) = (self.passage, self.sentence, self.rank);
        if let Some(apart) = not_ours(passage, sentence, rank) {
            return Some(self.say(Why::Other, &apart));
        }
        if let Some(named) = owner::goes_on_about(passage, sentence) {
            return Some(self.say(Why::Before, &named));
        }
        of_their_thing(passage, sentence, rank).map(|whose| self.say(Why::Other, &whose))
    }
}

/// "The key store came out with very high; our page was not on the list": a clause behind it that sets ours apart.
fn not_ours(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let is_our = |at: usize| matches!(word(at), "our" | "ours" | "unser" | "unsere" | "notre" | "nuestro" | "nuestra");
    let stop = (rank.end..tokens.end).find(|at| matches!(passage.tokens[*at].sign(), Some(';' | ',')))?;
    let our = (stop + 1..(stop + 4).min(tokens.end)).find(|at| is_our(*at))?;
    let denied = (our..(our + 6).min(tokens.end))
        .any(|at| matches!(word(at), "not" | "no" | "never" | "nicht" | "kein" | "pas" | "none"));
    let own = (tokens.start..rank.start).any(|at| is_our(at) || passage.topic.own.contains(stem(word(at))));
    (denied && !own).then_some(our..our + 1)
}

/// "The bank rates an outage of its portal as critical": somebody else's thing, as its owner rates it.
fn of_their_thing(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let owner = passage
        .cues_in(&(tokens.start..tokens.start + 4))
        .find(|cue| matches!(cue.class, Class::Outsider | Class::Other))?;
    passage.cues_in(&(owner.tokens.end..rank.start)).filter(|cue| cue.class == Class::Failure).find_map(|cue| {
        let of = cue.tokens.end + usize::from(matches!(word(cue.tokens.end), "of" | "de" | "von"));
        let whose = matches!(
            word(of),
            "their" | "its" | "ihres" | "ihrer" | "seines" | "seiner" | "leur" | "son" | "sa" | "su"
        );
        let noun = word(of + 1);
        let own = passage.topic.own.contains(stem(noun)) || thing::is_listed(noun);
        (whose && !own).then_some(of..of + 2)
    })
}

/// What the title only tells of, or gives up, where the sentence or the one that it continues speaks of that.
fn of_other(passage: &Passage<'_>, sentence: usize) -> Option<Range<usize>> {
    if passage.all_given_up(sentence).is_some() {
        let start = passage.sentences[sentence].tokens.start;
        return Some(start..start + 1);
    }
    let told = |range: &Range<usize>| passage.told_of(range).or_else(|| passage.given_up(range));
    let tokens = &passage.sentences[sentence].tokens;
    let goes_on = passage.tokens.get(tokens.start).is_some_and(|first| {
        matches!(
            &*first.lower,
            "its" | "their" | "it" | "they" | "sein" | "seine" | "ihr" | "ihre" | "son" | "sa" | "su"
        )
    });
    told(tokens).or_else(|| {
        let before = passage.sentences.get(sentence.checked_sub(1).filter(|_| goes_on)?)?;
        let opening = before.tokens.start..(before.tokens.start + 9).min(before.tokens.end);
        let old = passage.first(&opening, Class::Old).map(|cue| cue.tokens.clone());
        // "Theirs must stay below 2 GB. They rate a failure of it as high."
        let theirs = || {
            let token = passage.tokens.get(opening.start)?;
            matches!(&*token.lower, "theirs" | "their").then(|| opening.start..opening.start + 1)
        };
        old.or_else(|| told(&opening)).or_else(theirs)
    })
}
