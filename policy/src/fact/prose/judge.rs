//! Whether a figure is stated: first whatever speaks against it, nearest and gravest first; then what makes it a limit.

mod actor;
mod against;
mod anew;
mod explain;
mod frame;
mod ground;
mod shape;
mod share;
mod subject;

pub(crate) use explain::explain;
pub(crate) use shape::{narrowed, quoted_words};

use super::super::value::bound::Side;
use super::super::value::quantity::Measure;
use super::super::{Because, Why};
use super::Verdict;
use super::cue::{Class, Cue};
use super::kind::Kind;
use super::passage::{Passage, Scope};
use super::thing;
use std::ops::Range;

/// What a comparator or a word for a bound from above makes of a figure.
pub(crate) const UPPER: &str = "an upper bound";

/// The percentile of a limit that is set in place of another one: "the p95 target was 200 ms until March and is 120 ms since".
pub(crate) fn percentile_of_former(passage: &Passage<'_>, sentence: usize, at: usize) -> Option<f64> {
    let (before, former) = anew::former(passage, sentence, at)?;
    passage.percentile_of(before, former)
}

/// Everything the judgement looks at.
struct Case<'a, 't> {
    passage: &'a Passage<'t>,
    sentence: usize,
    at: usize,
    id: &'static str,
    scope: &'a Scope,
    side: Option<Side>,
    answers: bool,
}

/// The standing of a figure and the reason for it.
pub(crate) fn of(
    passage: &Passage<'_>,
    scope: &Scope,
    sentence: usize,
    at: usize,
    kind: &Kind,
    labelled: bool,
) -> Verdict {
    let quantity = &passage.quantities[at];
    let side = shape::side(passage, sentence, at);
    let case = Case { passage, sentence, at, id: kind.id, scope, side, answers: kind.answers };
    let positive = case.positive(labelled).filter(|positive| !case.only_describes(positive, kind.named));
    // A minute and more, with no word for an answer, is some other time.
    let long = kind.id == "latency-target" && !kind.named && quantity.value.is_some_and(|value| value >= 120_000.0);
    let thing = !kind.named && positive.is_some() && case.limits_a_thing();
    if positive.is_none() && !kind.named || long || thing {
        return case.measured_memory().map_or_else(Verdict::silent, Verdict::unclear);
    }
    if quantity.value.is_none() {
        return Verdict::unclear(Why::TwoAmounts.plain());
    }
    if let Some(against) = case.against() {
        return Verdict::unclear(against);
    }
    match positive {
        Some(positive) => Verdict::stated(positive),
        None if side == Some(Side::Lower) && kind.id != "expected-traffic" => Verdict::unclear(Why::LowerBound.plain()),
        None => Verdict::unclear(Why::NoWord.plain()),
    }
}

impl Case<'_, '_> {
    fn quantity_start(&self) -> usize {
        self.passage.quantities[self.at].tokens.start
    }

    fn measure(&self) -> Measure {
        self.passage.quantities[self.at].measure
    }

    fn sentence_tokens(&self) -> &Range<usize> {
        &self.passage.sentences[self.sentence].tokens
    }

    fn why(&self, why: Why, tokens: &Range<usize>) -> Because {
        why.with(self.passage.words(tokens))
    }

    fn say(&self, reads_as: &str, tokens: &Range<usize>) -> String {
        [reads_as, ": \"", &self.passage.words(tokens).replace('\n', " "), "\""].concat()
    }

    /// Whether a limit is moved to the figure: "lifted from 400 MB to 640 MB".
    fn is_moved_to(&self) -> bool {
        anew::moved(self.passage, self.sentence).is_some_and(|moved| moved.to == self.at) || self.set_anew().is_some()
    }

    /// "As of today the cap is 384 MB": what sets the figure in place of another one.
    fn set_anew(&self) -> Option<Range<usize>> {
        anew::set_anew(self.passage, self.sentence, self.at)
    }

    /// "The prototype used 62 MB": no word for memory, and yet nobody takes it for anything else.
    fn measured_memory(&self) -> Option<Because> {
        let start = self.quantity_start();
        let clause = self.scope.ranges.first().filter(|_| self.id == "memory-budget")?;
        let near = clause.start.max(start.saturating_sub(4))..start;
        let verb = self.passage.cues_in(&near).filter(|cue| cue.class == Class::Use).last()?.tokens.start;
        let old = self.own(Class::Old).map(|old| self.why(Why::Before, old));
        let about = self.against_sentence().or_else(|| self.against_context()).or(old);
        // "The prototype" is the service, too.
        (thing::speaks_of_service(self.passage, clause) || self.own(Class::Measure).is_some())
            .then(|| about.unwrap_or_else(|| self.why(Why::Measured, &(verb..verb + 1))))
    }

    /// The first cue of a class in the clause or in what it continues.
    fn near(&self, class: Class) -> Option<&Range<usize>> {
        if !self.scope.all.has(class) {
            return None;
        }
        let own = |cue: &&Cue| cue.class == class && !self.is_of_another(cue) && !self.keeps_a_thing(cue);
        self.scope.ranges.iter().find_map(|range| self.passage.cues_in(range).find(own)).map(|cue| &cue.tokens)
    }

    /// "Payload max 51 bytes, airtime about 2.5 s": a maximum right before another figure is that figure's.
    fn is_of_another(&self, cue: &Cue) -> bool {
        // "Answers in 6 s and allows 2 calls per second": a verb behind this figure, with one of its own.
        let end = self.passage.quantities[self.at].tokens.end;
        let own = cue.tokens.end..cue.tokens.end + 2;
        if matches!(cue.class, Class::Grant | Class::Must) && cue.tokens.start >= end && self.passage.has_figure(own) {
            return true;
        }
        cue.class == Class::Limit
            && matches!(self.passage.words(&cue.tokens), "max" | "maximum" | "Max" | "Maximum")
            && !(self.quantity_start().saturating_sub(3)..=self.quantity_start()).contains(&cue.tokens.end)
            && self.passage.has_figure(cue.tokens.end..cue.tokens.end + 2)
    }

    /// "Keeps the log of the runway lights, 3 TB": what is kept is a thing, unless it is kept *at* or *below* the figure.
    fn keeps_a_thing(&self, cue: &Cue) -> bool {
        let passage = self.passage;
        let start = self.quantity_start();
        let keeps = cue.class == Class::Grant
            && matches!(
                &*passage.tokens[cue.tokens.start].lower,
                "keep" | "keeps" | "hold" | "holds" | "allocate" | "allocates" | "assigns" | "reserves"
            )
            && matches!(&*passage.tokens[cue.tokens.end - 1].lower, "the" | "it");
        let joint = |at: usize| {
            matches!(
                &*passage.tokens[at].lower,
                "at" | "to" | "within" | "in" | "under" | "below" | "beneath" | "inside" | "≤" | "<"
            )
        };
        keeps && self.side != Some(Side::Upper) && !(start.saturating_sub(4).max(cue.tokens.end)..start).any(joint)
    }

    /// The first cue of a class in the clause itself.
    fn own(&self, class: Class) -> Option<&Range<usize>> {
        if !self.scope.own.has(class) {
            return None;
        }
        self.scope.ranges.first().and_then(|range| self.passage.first(range, class)).map(|cue| &cue.tokens)
    }

    /// "Mehr als 200 MB bekommt keine Instanz": a verb that grants, and nobody to whom.
    fn nobody_beyond(&self) -> Option<&Cue> {
        let end = self.passage.quantities[self.at].tokens.end;
        let clause = self.scope.ranges.first()?;
        let grant =
            self.passage.cues_in(&(end..clause.end)).find(|cue| matches!(cue.class, Class::Grant | Class::Must))?;
        let nobody = |at: usize| {
            self.passage.tokens.get(at).is_some_and(|token| {
                matches!(
                    &*token.lower,
                    "kein" | "keine" | "keiner" | "niemand" | "nichts" | "nobody" | "none" | "nothing"
                )
            })
        };
        // "Mehr als 350 MB darf der Suchindex je Instanz nicht belegen."
        let denied = |at: usize| self.passage.tokens.get(at).is_some_and(|token| token.is("nicht"));
        let may = matches!(self.passage.words(&grant.tokens), "darf" | "dürfen" | "soll" | "sollen");
        let behind = grant.tokens.end..(grant.tokens.end + 3).min(clause.end);
        let far = grant.tokens.end..(grant.tokens.end + 9).min(clause.end);
        (behind.into_iter().any(nobody) || may && far.into_iter().any(denied)).then_some(grant)
    }

    /// Beyond the figure something is not accepted: the figure is the limit.
    fn forbidden_beyond(&self) -> Option<&Range<usize>> {
        if self.side != Some(Side::Lower) {
            return None;
        }
        self.passage.in_sentence(self.sentence, Class::NotOk).or_else(|| self.nobody_beyond()).map(|cue| &cue.tokens)
    }
}
