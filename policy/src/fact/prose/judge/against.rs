//! What speaks against a figure, gravest first.

mod amended;
mod beside;
mod clause;
mod habit;
mod instead;
mod letter;
mod mood;
mod option;
mod past;
mod quote;
mod revoked;

use super::super::super::value::bound;
use super::super::super::value::quantity::Measure;
use super::super::super::{Because, Why};
use super::super::cue::Class;
use super::super::thing;
use super::{Case, UPPER};
use std::ops::Range;

impl Case<'_, '_> {
    /// Why the figure does not count, if anything says so.
    pub(super) fn against(&self) -> Option<Because> {
        self.grounds().next()
    }

    /// Everything that speaks against it, in the order in which it is weighed; each is looked for only when asked.
    pub(super) fn grounds(&self) -> impl Iterator<Item = Because> {
        let all: [fn(&Self) -> Option<Because>; 7] = [
            Self::against_sentence,
            Self::against_context,
            Self::labelled_now,
            Self::against_option,
            Self::used,
            Self::against_subject,
            Self::against_clause,
        ];
        all.into_iter().filter_map(|ground| ground(self))
    }

    /// "Current p90: 71 ms": a label that says how it is now, and names no limit.
    fn labelled_now(&self) -> Option<Because> {
        const NOW: &[&str] = &[
            "current",
            "present",
            "currently",
            "today",
            "now",
            "aktuell",
            "aktuelle",
            "aktueller",
            "derzeit",
            "actuel",
        ];
        let label = self.passage.label_of(self.sentence).filter(|label| label.end <= self.quantity_start())?;
        let now = self.passage.tokens.get(label.start).is_some_and(|token| NOW.contains(&&*token.lower));
        let counted = self.measure() == Measure::Bare;
        let asked = self
            .passage
            .cues_in(self.sentence_tokens())
            .any(|cue| matches!(cue.class, Class::Limit | Class::Must | Class::Decide | Class::Grant));
        (now && !counted && !asked && self.side.is_none()).then(|| self.why(Why::Measured, &label))
    }

    /// "Rust is memory-safe and the prototype used 62 MB": the verb right before the figure speaks of it first.
    fn used(&self) -> Option<Because> {
        let before = self.quantity_start().checked_sub(1)?;
        let past = self
            .passage
            .cues_between(before..before + 1)
            .iter()
            .find(|cue| matches!(cue.class, Class::Past) && is_use(self.passage.words(&cue.tokens)))?;
        // "We were granted 256 MB and used 240 MB": the decision is about the figure before.
        let decided = self
            .near(Class::Decide)
            .is_some_and(|decide| !self.passage.has_figure(decide.end..past.tokens.start.max(decide.end)));
        let plain = self.own(Class::Old).is_none() && !decided;
        plain.then(|| self.why(Why::Measured, &past.tokens))
    }

    /// Questions, placeholders, examples, other people's words.
    pub(super) fn against_sentence(&self) -> Option<Because> {
        let passage = self.passage;
        let sentence = &passage.sentences[self.sentence];
        if sentence.question {
            return Some(Why::Question.plain());
        }
        if self.is_whole() {
            return Some(Why::Whole.plain());
        }
        let conditional = passage
            .tokens
            .get(sentence.tokens.start)
            .is_some_and(|token| matches!(&*token.lower, "if" | "wenn" | "si" | "were" | "had"));
        if let Some(cue) = passage.in_sentence(self.sentence, Class::Perhaps).filter(|_| conditional) {
            return Some(self.why(Why::ImaginedHere, &cue.tokens));
        }
        if passage.has_hole(self.sentence) {
            return Some(Why::Hole.plain());
        }
        // "… 3 seconds as an example of …" too.
        let end = passage.quantities[self.at].tokens.end;
        let example = passage
            .first(&(sentence.tokens.start..self.quantity_start()), Class::Example)
            .or_else(|| passage.first(&(end..(end + 2).min(sentence.tokens.end)), Class::Example));
        if let Some(cue) = example {
            return Some(self.why(Why::Example, &cue.tokens));
        }
        if passage.is_struck(&passage.quantities[self.at]) {
            return Some(Why::Struck.plain());
        }
        if passage.context.quoted && !self.is_summary() {
            return Some(Why::Quoted.plain());
        }
        let taken_over = self.takes_over_quote();
        if passage.in_quotes(self.quantity_start()) && !taken_over {
            return Some(Why::InQuotes.plain());
        }
        None
    }

    /// Headings, table heads, and the line that leads to a list.
    pub(super) fn against_context(&self) -> Option<Because> {
        let context = self.passage.context;
        let roles = context.roles;
        let under = |why: Why| Some(why.with(&context.heading));
        // "p95 58 ms, max 2.4 s" among measurements: the slowest that was seen.
        let most = |tokens: &Range<usize>| {
            matches!(&*self.passage.words(tokens).to_lowercase(), "max" | "maximum" | "worst case")
        };
        let firm = || {
            [Class::Must, Class::Limit, Class::Decide]
                .into_iter()
                .any(|class| self.near(class).is_some_and(|tokens| !(roles.has(Class::Measure) && most(tokens))))
        };
        if let Some(cancelled) = &context.cancelled {
            return Some(cancelled.clone());
        }
        if roles.has(Class::Example) {
            return under(Why::Guide);
        }
        if roles.has(Class::Rejected) {
            return under(Why::NotTaken);
        }
        let picked = || self.lettered().is_some_and(|(_, taken)| taken);
        if roles.has(Class::Perhaps) && !(firm() && self.we_settled()) && !picked() {
            return under(Why::Discussed);
        }
        if roles.has(Class::Old) && !(firm() && self.own(Class::Past).is_none() && roles.has(Class::Limit)) {
            return under(Why::UnderBefore);
        }
        if roles.has(Class::Other) {
            return under(Why::UnderOther);
        }
        if roles.has(Class::Later) {
            return under(Why::UnderPutOff);
        }
        if roles.has(Class::Measure) && !(firm() && self.near(Class::Past).is_none()) {
            return under(Why::AmongMeasured);
        }
        None
    }

    /// Whether a word that would take the figure back speaks of it, and not of what is told beside it.
    pub(super) fn governs(&self, cue: &Range<usize>) -> bool {
        !self.passage.tells_apart(self.passage.quantities[self.at].tokens.end, cue)
    }

    /// "We settled on 100 ms, as a maximum" in a list of what was discussed: what came of it.
    fn we_settled(&self) -> bool {
        let passage = self.passage;
        let start = self.quantity_start();
        let from = self.scope.ranges.first().map_or(start, |range| range.start);
        passage.cues_in(&(from..start)).filter(|cue| cue.class == Class::Decide).any(|cue| {
            let before = cue.tokens.start.saturating_sub(2)..cue.tokens.start;
            passage.tokens[before]
                .iter()
                .any(|token| matches!(&*token.lower, "we" | "all" | "everybody" | "everyone" | "wir" | "nous"))
        })
    }

    /// "Documents are up to 30 MB" tells a size, "a query takes up to 8 s" how it is: without a word for a limit, or for
    /// memory, it is none.
    pub(super) fn only_describes(&self, positive: &str, named: bool) -> bool {
        if positive != UPPER || named && self.id == "memory-budget" {
            return false;
        }
        let start = self.quantity_start();
        let before = start.checked_sub(1).and_then(|at| self.passage.tokens.get(at));
        let loose = before.is_some_and(|token| matches!(&*token.lower, "to" | "zu" | "à" | "hasta"));
        if self.id != "memory-budget" {
            let verb = bound::comparator(&self.passage.tokens, start).and_then(|(_, start)| start.checked_sub(1));
            return loose && verb.is_some_and(|verb| goes_on(&self.passage.tokens[verb].lower));
        }
        loose || !self.scope.ranges.iter().any(|range| thing::speaks_of_service(self.passage, range))
    }
}

/// Verbs of how long something goes on, as it was seen.
fn goes_on(word: &str) -> bool {
    matches!(
        word,
        "takes"
            | "waits"
            | "lasts"
            | "needs"
            | "runs"
            | "sleeps"
            | "hangs"
            | "blocks"
            | "stalls"
            | "dauert"
            | "wartet"
            | "braucht"
            | "prend"
            | "attend"
            | "dure"
            | "tarda"
            | "espera"
            | "dura"
    )
}

/// Verbs of what a program was seen to take.
fn is_use(word: &str) -> bool {
    matches!(
        word,
        "used"
            | "needed"
            | "took"
            | "answered"
            | "consumed"
            | "occupied"
            | "delivered"
            | "achieved"
            | "managed"
            | "reached"
    )
}
