//! Whose figure it is: what speaks for another system, or for the one that is replaced.

mod elsewhere;
mod mentioned;
mod other;
mod thread;
mod words;

use super::super::super::value::quantity::Measure;
use super::super::super::{Because, Why};
use super::super::cue::Class;
use super::super::owner;
use super::super::passage::{Passage, stem};
use super::Case;
use crate::language;
use std::ops::Range;

impl Case<'_, '_> {
    /// Somebody else's figures, and those of what is replaced.
    pub(super) fn against_subject(&self) -> Option<Because> {
        if let Some(alarm) = self.warns() {
            return Some(self.why(Why::Warning, &alarm));
        }
        if let Some(given_up) = self.given_up() {
            return Some(Why::GivenUp.with(given_up));
        }
        if self.is_adopted() {
            return None;
        }
        if let Some(record) = self.set_by_superseded() {
            return Some(self.why(Why::LimitBefore, &record));
        }
        if let Some(other) = self.belongs_elsewhere() {
            return Some(self.why(Why::Other, &other));
        }
        if let Some(share) = self.others_share().or_else(|| self.rest_of_others()).or_else(|| self.their_service()) {
            return Some(self.why(Why::Other, &share));
        }
        if let Some(before) = self
            .other_language()
            .filter(|named| self.purpose().is_none_or(|aim| named.start > aim))
            .or_else(|| self.continues_other().filter(|_| !self.is_moved_to()))
            .or_else(|| self.told_of_old())
            .or_else(|| owner::goes_on_about(self.passage, self.sentence))
        {
            return Some(self.why(Why::Before, &before));
        }
        if !self.scope.all.has(Class::Old) && !self.scope.all.has(Class::Other) {
            return None;
        }
        // "Against scoring in the monolith, to keep every call within 30 ms".
        let purpose = self.purpose();
        let anew = self.set_anew();
        self.scope.ranges.iter().find_map(|range| self.against_words(range, purpose, anew.as_ref()))
    }

    /// Somebody else whose figure it is, by what the clause says of its subject, its object or whoever runs it.
    fn belongs_elsewhere(&self) -> Option<Range<usize>> {
        let start = self.quantity_start();
        // "The ERP allows ten calls a second and cuts off at 30 s": the subject may stand in the clause that is continued.
        let told_of = || {
            let mut before = self.scope.ranges.iter().filter(|range| range.start < start);
            before.find_map(|range| self.passage.told_of(&(range.start..range.end.min(start))))
        };
        told_of()
            .or_else(|| self.owned_by_other())
            .or_else(|| self.spent_by_others())
            .or_else(|| self.owned_by_before())
            .or_else(|| self.given_to_others())
            .or_else(|| self.offered())
            .or_else(|| owner::theirs(self.passage, &self.scope.ranges, start))
            .or_else(|| self.other_by_name())
            .or_else(|| self.neighbour())
            .or_else(|| owner::disowned(self.passage, self.sentence, self.passage.quantities[self.at].tokens.end))
            .or_else(|| self.bought())
            .or_else(|| self.continues_bought())
            .or_else(|| self.run_by_others())
            .or_else(|| self.asked_of_others())
            .or_else(|| self.called_next())
            .or_else(|| self.called_before())
            .or_else(|| self.labelled_other())
            .or_else(|| self.stands_behind())
    }

    /// "Budget: reader 80 ms, network 60 ms, our decision 50 ms": where one share is ours, the others are not.
    fn others_share(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let figures = passage.quantities_of(self.sentence);
        let same: Vec<usize> =
            figures.iter().copied().filter(|at| passage.quantities[*at].measure == self.measure()).collect();
        if same.len() < 3 {
            return None;
        }
        let segment = |at: usize| {
            let end = passage.quantities[at].tokens.start;
            let start = (self.sentence_tokens().start..end)
                .rev()
                .find(|at| matches!(passage.tokens[*at].sign(), Some(',' | ';' | ':')))
                .map_or(self.sentence_tokens().start, |at| at + 1);
            start..end
        };
        let ours = |range: &Range<usize>| {
            passage.tokens[range.clone()].iter().any(|token| {
                token.is_word() && self.measure() != Measure::Bare && passage.topic.own.contains(stem(&token.lower))
                    || matches!(
                        &*token.lower,
                        "our" | "ours" | "us" | "we" | "unser" | "unsere" | "notre" | "nuestro" | "nuestra"
                    )
            })
        };
        let own = segment(self.at);
        // "So eight instances".
        if own.clone().all(|at| matches!(&*passage.tokens[at].lower, "so" | "and" | "thus" | "hence" | "or" | "makes"))
        {
            return None;
        }
        let one = same.iter().filter(|at| ours(&segment(**at))).count() == 1;
        (one && !ours(&own) && !own.is_empty() && own.len() <= 4 && !passage.has_verb(&own)).then_some(own)
    }

    /// "They demand that their arrivals service answers in 150 ms": what is asked is asked of somebody else's service.
    fn their_service(&self) -> Option<Range<usize>> {
        const HEADS: &[&str] =
            &["service", "api", "app", "backend", "server", "gateway", "system", "client", "platform"];
        let clause = self.scope.ranges.first()?;
        let start = self.quantity_start();
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let their = (clause.start..start).find(|at| word(*at) == "their")?;
        let head = (their + 1..(their + 5).min(start)).find(|at| HEADS.contains(&word(*at)))?;
        // "We have to answer their app within 20 ms": an object behind our own obligation.
        let ours = (clause.start..their).any(|at| matches!(word(at), "we" | "it" | "us"));
        (!ours && self.passage.tokens.get(head + 1).is_some_and(|next| next.is_word())).then_some(their..head + 1)
    }

    /// "The Java optimiser was given 2 GB": a service told apart by a language that the page does not ask about.
    fn other_language(&self) -> Option<Range<usize>> {
        let start = self.quantity_start();
        let clause = self.scope.ranges.first()?;
        let must = self.passage.first(clause, Class::Must).is_some_and(|must| must.tokens.start < start);
        // "The COBOL program was specified like this: 3 seconds, 16 MB": what stands before the colon is the subject.
        let mut before = self.scope.ranges.iter().filter(|range| range.start < start && !must);
        before.find_map(|range| named_by_language(self.passage, range.start..range.end.min(start)))
    }

    /// "The customs interface answers in 6 s. We call it after the booking": what the service calls is another one.
    fn called_next(&self) -> Option<Range<usize>> {
        const CALLS: &[&str] = &["call", "ask", "query", "poll", "contact", "consult", "invoke"];
        let passage = self.passage;
        let next = &passage.sentences.get(self.sentence + 1)?.tokens;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let calls = word(next.start) == "we"
            && (next.start + 1..next.start + 4)
                .any(|at| CALLS.contains(&word(at)) && matches!(word(at + 1), "it" | "them" | "that"));
        let clause = self.scope.ranges.first()?;
        let subject = clause.start..self.quantity_start().min(clause.start + 5);
        let own = subject.clone().any(|at| passage.topic.own.contains(stem(word(at))))
            || passage.first(&subject, Class::Must).is_some();
        (calls && !own).then_some(subject)
    }

    /// "The profile service aims at 30 ms, the ad server at 100 ms": one of several services, none of which the title
    /// names.
    fn neighbour(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let clause = self.scope.ranges.first()?;
        let found = neighbour_at(passage, clause.start)?;
        let near = self.sentence.saturating_sub(8)..(self.sentence + 8).min(passage.sentences.len());
        let others = passage.sentences[near].iter().flat_map(|sentence| &sentence.clauses);
        if self.is_of_their_own(&found) {
            return Some(found);
        }
        let several = others
            .filter_map(|clause| neighbour_at(passage, clause.tokens.start))
            .any(|other| passage.words(&other) != passage.words(&found));
        (several && !passage.topic.own.is_empty() && passage.named_service(self.sentence).is_none()).then_some(found)
    }

    /// "The worker needs 12 instances" under the title "Retire the worker".
    fn given_up(&self) -> Option<&str> {
        if let Some(words) = self.passage.all_given_up(self.sentence) {
            return Some(words);
        }
        let start = self.quantity_start();
        let mut before = self.scope.ranges.iter().filter(|range| range.start <= start);
        before
            .find_map(|range| self.passage.given_up(&(range.start..range.end.min(start))))
            .map(|named| self.passage.words(&named))
    }
}

/// "The Java optimiser": an article, a language other than those of the page's default, and a noun.
fn named_by_language(passage: &Passage<'_>, range: Range<usize>) -> Option<Range<usize>> {
    // "Node", "swift" and the like are words of sentences, too.
    const ASKED: &[&str] = &["go", "golang", "rust", "node", "swift", "shell", "dart", "crystal", "basic", "bash"];
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let at = range.clone().skip(1).find(|at| {
        matches!(word(*at - 1), "the" | "a" | "that" | "our" | "this")
            && !ASKED.contains(&word(*at))
            && word(*at).len() > 1
            && !passage.topic.own.contains(stem(word(*at)))
            && language::find(word(*at)).is_some()
    })?;
    let noun = passage.tokens.get(at + 1).filter(|next| next.is_word() && next.lower.len() > 2)?;
    let verb =
        passage.cues_in(&(at + 1..at + 2)).any(|cue| matches!(cue.class, Class::Verb | Class::Present | Class::Must));
    (!verb && at + 1 < range.end && !noun.is("is")).then_some(at..at + 2)
}

/// "A player on the existing thin clients": what only says where the subject is, or what it is beside.
fn is_place(passage: &Passage<'_>, start: usize, at: usize) -> bool {
    const JOINTS: &[&str] = &[
        "on",
        "onto",
        "in",
        "inside",
        "into",
        "beside",
        "besides",
        "alongside",
        "with",
        "at",
        "near",
        "under",
        "behind",
        "next",
        "to",
        "through",
        "via",
        "against",
        "auf",
        "neben",
        "in",
        "an",
        "mit",
        "über",
        "sur",
        "dans",
        "avec",
        "à",
        "en",
        "con",
        "sobre",
    ];
    let from = at.saturating_sub(3).max(start + 1);
    (from..at).any(|at| passage.tokens.get(at).is_some_and(|token| JOINTS.contains(&&*token.lower)))
}

/// "The profile service", with no word of the title, at the start of a clause.
fn neighbour_at(passage: &Passage<'_>, start: usize) -> Option<Range<usize>> {
    const HEADS: &[&str] =
        &["service", "server", "api", "backend", "database", "team", "broker", "cluster", "interface", "registry"];
    const DEMANDS: &[Class] = &[Class::Must, Class::Grant, Class::Decide];
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let start = start + usize::from(matches!(word(start), "and" | "but" | "while" | "whereas"));
    let head = (start + 2..start + 4).find(|at| HEADS.contains(&word(*at)))?;
    let own = (start + 1..head).any(|at| passage.topic.own.contains(stem(word(at))));
    // "The mobile team needs" demands of us.
    let demands =
        word(head) == "team" && passage.cues_between(head + 1..head + 3).iter().any(|cue| DEMANDS.contains(&cue.class));
    (word(start) == "the" && !own && !demands).then_some(start..head + 1)
}
