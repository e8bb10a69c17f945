//! How the words around a figure are used elsewhere: in some thousands of documents whose limits are known, each word
//! stands more often beside limits, or beside figures that are none. What they weigh together are the odds that a figure
//! is a limit, and a second opinion beside the grammar of [`super::prose`].
//!
//! The weights are data (`../words/odds.tsv`), fitted to the labelled documents of the tests by logistic regression
//! (`fit`), and turned into a table by the build script. They add up, so that every part of the odds can be shown.

mod around;
#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a tool that reads labelled documents and writes the file of weights"
)]
mod fit;
mod lift;
mod page;
mod settle;
mod sign;
mod term;
mod weight;

use super::prose::Source;
use super::prose::cue::Class;
use super::prose::passage::Passage;
use super::token::Token;
use super::value::quantity::Measure;
use super::value::rank::Rank;
use super::{Fact, Value};
use crate::text::Span;
use crate::text::outline::Outline;
use around::{Sheet, Sink};
use page::{Page, Surroundings};
use std::ops::Range;
use std::rc::Rc;
use weight::Speaks;

/// A figure or a rating in a block.
struct Figure {
    tokens: Range<usize>,
    /// What it measures, by the name that the weights know.
    kind: &'static str,
    value: Option<Value>,
    /// Its index among the figures of the passage; a rating has none.
    quantity: Option<usize>,
}

impl Figure {
    /// The figures of a passage that may be facts.
    fn all(passage: &Passage<'_>) -> Vec<Self> {
        let of_quantity = |at: usize| {
            if passage.is_percentile(at) {
                return None;
            }
            let quantity = &passage.quantities[at];
            let (kind, value): (_, fn(f64) -> Value) = match quantity.measure {
                Measure::Bytes => ("bytes", Value::Bytes),
                Measure::Time => ("time", Value::Duration),
                Measure::Rate => ("rate", Value::Rate),
                Measure::Bare => ("count", Value::Count),
                Measure::Percent | Measure::Money(_) | Measure::Other => return None,
            };
            let (tokens, value) = (quantity.tokens.clone(), quantity.value.map(value));
            Some(Self { tokens, kind, value, quantity: Some(at) })
        };
        let of_rank = |rank: &Rank| {
            let value = Some(Value::Rank(rank.name.into()));
            Self { tokens: rank.tokens.clone(), kind: "rating", value, quantity: None }
        };
        (0..passage.quantities.len()).filter_map(of_quantity).chain(passage.ranks.iter().map(of_rank)).collect()
    }

    /// Where it stands in the text of its passage.
    fn bytes(&self, passage: &Passage<'_>) -> Range<usize> {
        passage.tokens[self.tokens.start].range.start..passage.tokens[self.tokens.end - 1].range.end
    }

    /// Whether it may be a fact though none was read from it: a bare number only where it may count what runs.
    fn may_be_alone(&self, passage: &Passage<'_>) -> bool {
        self.kind != "count" || self.may_count_copies(passage)
    }

    /// Whether a bare number may count what runs.
    fn may_count_copies(&self, passage: &Passage<'_>) -> bool {
        let few =
            matches!(self.value, Some(Value::Count(count)) if (1.0..=500.0).contains(&count) && count.fract() == 0.0);
        let sentence = passage.sentence_of(self.tokens.start);
        let copies = |class| passage.sentences.get(sentence).is_some_and(|sentence| sentence.classes.has(class));
        few && [Class::Instances, Class::Plan, Class::Machine].into_iter().any(copies)
    }

    /// Whether it is what a fact was read from. A load is told as a rate, or as a number under a word for the unit.
    fn is_of(&self, fact: &Fact) -> bool {
        let amount = |value: &Value| match value {
            Value::Bytes(value) | Value::Duration(value) | Value::Rate(value) | Value::Count(value) => Some(*value),
            _ => None,
        };
        match (&self.value, &fact.value) {
            (Some(Value::Rank(own)), Some(Value::Rank(of))) => own == of,
            (Some(own), Some(of)) => amount(own).is_some() && amount(own) == amount(of),
            _ => false,
        }
    }
}

/// The odds of the figures of one document.
pub(super) struct Odds<'t> {
    outline: &'t Outline,
    page: Page<'t>,
}

impl<'t> Odds<'t> {
    pub(super) fn of(outline: &'t Outline) -> Self {
        Self { outline, page: Page::of(outline) }
    }

    /// Weighs the facts that were read from a block, `facts[from..]`, and adds those that only the odds find.
    pub(super) fn of_block<'p>(
        &self,
        at: usize,
        passage: &Passage<'p>,
        source: &Source<'_>,
        facts: &mut Vec<Fact>,
        from: usize,
    ) where
        't: 'p,
    {
        let mut scale = Scale::new(at, Rc::default(), source, facts, from);
        self.weigh(at, passage, &mut scale);
    }

    /// Weighs the facts that were read from a table. `row` gives each row that may state something as a passage.
    pub(super) fn of_table<'p>(
        &self,
        rows: Range<usize>,
        row: impl Fn(usize) -> Option<Passage<'p>>,
        source: &Source<'_>,
        facts: &mut Vec<Fact>,
        from: usize,
    ) where
        't: 'p,
    {
        let mut scale = Scale::new(rows.start, self.page.heads(rows.start), source, facts, from);
        for at in rows {
            if let Some(passage) = row(at) {
                self.weigh(at, &passage, &mut scale);
            }
        }
    }

    fn weigh<'p>(&self, at: usize, passage: &Passage<'p>, scale: &mut Scale<'_, 'p>)
    where
        't: 'p,
    {
        #[cfg(test)]
        fit::watch(self, at, passage, scale);
        let block = &self.outline.blocks[at];
        let sheet = Sheet::of(block, &passage.tokens, &passage.cues);
        let mut around = None;
        for figure in Figure::all(passage) {
            let fact = scale.fact_of(&figure, block.text.span(figure.bytes(passage)));
            let asked = match fact {
                Some(fact) => scale.source.reasons || settle::may_change(&scale.facts[fact]),
                None => lift::may_be(&figure) && figure.may_be_alone(passage),
            };
            if !asked {
                continue;
            }
            let within = weight::Sum::within(&sheet, &figure);
            if fact.is_none() && !settle::may_be_sure(within.total()) {
                continue;
            }
            let around: &Surroundings<'_, '_> =
                around.get_or_insert_with(|| self.page.around(scale.first, at, &scale.heads));
            let signs = Signs { sheet: &sheet, around, figure: &figure };
            let odds = signs.odds(within);
            match fact {
                Some(fact) => settle::settle(&mut scale.facts[fact], odds, &signs, scale.source.reasons),
                None => {
                    let headed = around.headed(sheet.column(&figure.tokens));
                    if lift::needed(passage, &figure, headed).is_none_or(|needed| odds <= needed) {
                        continue;
                    }
                    let fact = lift::lift(passage, &figure, scale.source, settle::because(&signs));
                    let settled = fact.map(|mut fact| {
                        settle::settle_start(&mut fact, &signs);
                        fact
                    });
                    scale.add(&figure, settled);
                }
            }
        }
    }
}

/// A figure with everything that stands around it.
struct Signs<'a, 't> {
    sheet: &'a Sheet<'a, 't>,
    around: &'a Surroundings<'a, 't>,
    figure: &'a Figure,
}

impl<'t> Signs<'_, 't> {
    fn visit(&self, sink: &mut impl Sink<'t>) {
        self.sheet.visit(&self.figure.tokens, self.figure.kind, sink);
        self.around.visit(self.sheet, &self.figure.tokens, sink);
    }

    /// The logarithm of the odds that the figure is a limit, in hundredths. `within`: what its block says.
    fn odds(&self, mut within: weight::Sum) -> i32 {
        self.around.visit(self.sheet, &self.figure.tokens, &mut within);
        within.total()
    }

    /// The same for the odds that a limit of a time is one of a start.
    fn odds_of_start(&self) -> i32 {
        let mut startup = weight::Startup::new();
        self.visit(&mut startup);
        startup.total()
    }

    /// The words that weigh most, for a limit or against it, as the document writes them.
    fn telling(&self, speaks: Speaks) -> String {
        let mut words = weight::Words::of(self.figure.kind);
        self.visit(&mut words);
        words.telling(speaks)
    }
}

/// The facts that are weighed.
struct Scale<'a, 't> {
    /// The first of the blocks that are weighed together.
    first: usize,
    heads: Rc<Vec<Vec<Token<'t>>>>,
    source: &'a Source<'a>,
    facts: &'a mut Vec<Fact>,
    from: usize,
    /// The facts in the order of their places.
    order: Vec<usize>,
}

/// How many facts are looked at for one figure.
const NEAR: usize = 32;

impl<'a, 't> Scale<'a, 't> {
    fn new(
        first: usize,
        heads: Rc<Vec<Vec<Token<'t>>>>,
        source: &'a Source<'a>,
        facts: &'a mut Vec<Fact>,
        from: usize,
    ) -> Self {
        let mut order: Vec<usize> = (from..facts.len()).collect();
        order.sort_by_key(|at| facts[*at].place.span.start);
        Self { first, heads, source, facts, from, order }
    }

    /// The fact that was read from a figure: the last one that begins before it and reaches behind it.
    fn fact_of(&self, figure: &Figure, span: Span) -> Option<usize> {
        let behind = self.order.partition_point(|at| self.facts[*at].place.span.start <= span.start);
        let is_its = |at: &usize| span.end <= self.facts[*at].place.span.end && figure.is_of(&self.facts[*at]);
        self.order[..behind].iter().rev().take(NEAR).copied().find(is_its)
    }

    /// Adds a fact, unless the same was just read.
    fn add(&mut self, figure: &Figure, fact: Option<Fact>) {
        let known = |fact: &Fact| {
            let mut read = self.facts[self.from..].iter().rev().take(NEAR);
            read.any(|other| other.kind == fact.kind && figure.is_of(other))
        };
        let fact = fact.filter(|fact| !known(fact));
        self.facts.extend(fact);
    }
}
