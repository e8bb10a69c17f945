//! Whom a sentence goes on to speak of: a pronoun, a relative clause or what is set beside a subject takes it from the words
//! before.

use super::super::super::cue::{Class, Cue};
use super::super::super::owner;
use super::super::super::passage::stem;
use super::super::Case;
use super::{is_place, named_by_language};
use std::ops::Range;

impl Case<'_, '_> {
    /// "The interface that we replace is old. It takes 1.1 GB, …": a pronoun goes on about what was spoken of before.
    pub(super) fn continues_other(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        if let Some(other) = self.of_them() {
            return Some(other);
        }
        let goes_on = |sentence: usize| {
            let start = passage.sentences[sentence].tokens.start;
            matches!(word(start), "it" | "they" | "its" | "their")
                || word(start) == "that"
                    && passage.tokens.get(start + 1).is_some_and(|next| next.is_word() && next.lower.len() > 4)
        };
        let clause = self.scope.ranges.first()?;
        let ours = |sentence: usize| {
            passage
                .in_sentence(sentence, Class::Ours)
                .is_some_and(|cue| !matches!(passage.words(&cue.tokens), "we" | "us"))
        };
        // "It was promised to answer within 2 s": an obligation that is told of.
        let must = passage.first(clause, Class::Must).is_some_and(|must| {
            let from = must.tokens.start.saturating_sub(3).max(clause.start);
            !matches!(word(must.tokens.start), "promised" | "required" | "asked" | "had")
                && passage.first(&(from..must.tokens.start + 1), Class::Past).is_none()
                || !(clause.start..must.tokens.end).any(|at| matches!(word(at), "was" | "were" | "had"))
        });
        if !goes_on(self.sentence) || ours(self.sentence) || must {
            return None;
        }
        for before in (self.sentence.saturating_sub(3)..self.sentence).rev() {
            let tokens = &passage.sentences[before].tokens;
            let opening = tokens.start..(tokens.start + 9).min(tokens.end);
            let old = passage
                .cues_in(&opening)
                .find(|cue| cue.class == Class::Old && !is_place(passage, opening.start, cue.tokens.start))
                .map(|cue| cue.tokens.clone());
            let old = old.or_else(|| passage.told_of(&opening)).or_else(|| passage.given_up(&opening));
            if let Some(old) = old.or_else(|| named_by_language(passage, opening)) {
                return (!ours(before) || old.start < tokens.start + 4).then_some(old);
            }
            if !goes_on(before) || ours(before) {
                return None;
            }
        }
        None
    }

    /// Something old of which the sentence told before, and of which the words before the figure still speak.
    pub(super) fn told_of_old(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let tokens = self.sentence_tokens();
        // "Back when this was a stored procedure, it was allotted 1 GB".
        let opening = passage.first(&(tokens.start..tokens.start + 3), Class::Old).filter(|cue| {
            matches!(
                word(cue.tokens.start),
                "back" | "in" | "until" | "once" | "as" | "cuando" | "als" | "du" | "en" | "for"
            ) && cue.tokens.end < start
        });
        let own = self.scope.ranges.first().map_or(start, |range| range.start)..start;
        if let Some(old) = self.old_beside(&own) {
            return Some(old.tokens.clone());
        }
        let past = own.clone().any(|at| {
            matches!(
                word(at),
                "was"
                    | "were"
                    | "had"
                    | "ran"
                    | "got"
                    | "wurde"
                    | "war"
                    | "hatte"
                    | "lief"
                    | "était"
                    | "avait"
                    | "era"
                    | "tenía"
                    | "estaba"
            )
        });
        if let Some(cue) = opening.filter(|_| past && !own.clone().any(|at| matches!(word(at), "now" | "must"))) {
            return Some(cue.tokens.clone());
        }
        self.old_before_which()
    }

    /// "The old reader ran in four instances, each capped at 2 GB, with a target of 500 ms": what is set beside it.
    fn old_beside(&self, own: &Range<usize>) -> Option<&Cue> {
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let tokens = self.sentence_tokens();
        let beside = matches!(
            word(own.start + usize::from(passage.tokens[own.start].sign().is_some())),
            "each"
                | "all"
                | "both"
                | "with"
                | "jede"
                | "jeder"
                | "jedes"
                | "mit"
                | "chacune"
                | "chacun"
                | "avec"
                | "cada"
                | "con"
        ) && own.start > tokens.start;
        passage.first(&(tokens.start..tokens.start + 5), Class::Old).filter(|cue| {
            let ours = [Class::Must, Class::Ours]
                .into_iter()
                .any(|class| passage.first(&(cue.tokens.end..start), class).is_some());
            beside && cue.tokens.end < own.start && !ours
        })
    }

    /// "The successor of ROUTE/400, which had to reply in 3 s and was given 512 MB": a relative clause tells of the noun
    /// before it.
    fn old_before_which(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let tokens = self.sentence_tokens();
        let which = (tokens.start + 2..start)
            .rev()
            .find(|at| matches!(word(*at), "which" | "whose" | "who" | "welche" | "welcher" | "qui" | "dont"))?;
        let told = (which + 1..(which + 6).min(start)).any(|at| passage.first(&(at..at + 1), Class::Past).is_some());
        let apart = (which..start).any(|at| matches!(passage.tokens[at].sign(), Some(';' | ':')));
        let ours = (which..start)
            .any(|at| matches!(word(at), "we" | "ours" | "our") || passage.topic.own.contains(stem(word(at))));
        if !told || apart || ours {
            return None;
        }
        let near = which.saturating_sub(7).max(tokens.start)..which;
        passage.first(&near, Class::Old).map(|cue| cue.tokens.clone())
    }

    /// "A neighbouring quarry did it. Their dispatcher has …": those of whom the sentence before spoke last.
    pub(super) fn of_them(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.sentence_tokens().start;
        let first = passage.tokens.get(start)?;
        let foreign = matches!(&*first.lower, "su" | "sus" | "leur" | "leurs" | "ihr" | "ihre" | "deren" | "dessen");
        if !foreign && !matches!(&*first.lower, "their" | "they" | "theirs") || start >= self.quantity_start() {
            return None;
        }
        let before = &passage.sentences.get(self.sentence.checked_sub(1)?)?.tokens;
        // "The fleet squad owns the hub. They have committed to 200 ms": a promise of their own.
        const OWN: &[&str] = &[
            "committed",
            "commit",
            "promise",
            "promised",
            "pledged",
            "guarantee",
            "guaranteed",
            "publish",
            "published",
            "aim",
            "run",
            "operate",
            "quote",
            "advertise",
            "state",
            "hold",
            "keep",
            "list",
            "announced",
            "declared",
        ];
        let theirs = foreign
            || first.is("their")
            || (start + 1..start + 4).any(|at| OWN.contains(&passage.tokens.get(at).map_or("", |token| &*token.lower)));
        if let Some(team) = owner::introduced(passage, before).filter(|_| theirs) {
            return Some(team);
        }
        let last = passage.cues_in(before).filter(|cue| {
            matches!(cue.class, Class::Other | Class::Old | Class::Outsider | Class::Instances | Class::Ours)
        });
        let last = last.last()?;
        // "They demand an answer in 150 ms" asks it of us.
        let clause = self.scope.ranges.first()?;
        let demands = first.is("they") && !theirs || passage.first(clause, Class::Must).is_some();
        (matches!(last.class, Class::Other | Class::Old) && !demands).then(|| last.tokens.clone())
    }

    /// Whether "their" speaks of the service's own instances: "The pods share a queue. Their target is 20 ms."
    pub(super) fn is_of_instances(&self, words: &Range<usize>) -> bool {
        let passage = self.passage;
        let their = passage.tokens.get(words.start).is_some_and(|token| token.is("their"));
        let Some(before) = self.sentence.checked_sub(1).map(|before| &passage.sentences[before].tokens) else {
            return false;
        };
        let last = |class: Class| passage.cues_in(before).filter(|cue| cue.class == class).last().is_some();
        their && last(Class::Instances) && !last(Class::Other) && !last(Class::Outsider)
    }
}
