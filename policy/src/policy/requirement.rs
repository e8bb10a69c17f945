//! A requirement and its verdict.

use super::compare::{Op, holds};
use super::{FactType, Page, Placed, words};
use crate::fact::{Fact, Standing, Value};
use crate::text::Place;
use std::sync::Arc;

/// What is wanted of one fact.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The fact.
    pub fact: Arc<str>,
    /// Where its name stands.
    pub place: Place,
    /// What its value must be; empty: it must be stated at all.
    pub comparisons: Vec<Comparison>,
    /// The percentile that a latency must hold for, 0 to 100.
    pub percentile: Option<Placed<f64>>,
}

/// One comparison.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// How.
    pub op: Op,
    /// With what: one value, or several for `one-of` and `none-of`.
    pub values: Vec<Value>,
    /// The values as the page writes them.
    pub written: Vec<String>,
    /// Where it stands, its key included.
    pub place: Place,
}

/// The places do not count.
impl PartialEq for Requirement {
    fn eq(&self, other: &Self) -> bool {
        self.fact == other.fact
            && self.comparisons == other.comparisons
            && self.percentile.as_ref().map(|at| at.value) == other.percentile.as_ref().map(|at| at.value)
    }
}

/// The places do not count, nor does the way in which a value is written.
impl PartialEq for Comparison {
    fn eq(&self, other: &Self) -> bool {
        self.op == other.op && self.values == other.values
    }
}

/// Whether what is stated is what is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is: by the fact at this index.
    Met(usize),
    /// It is stated, and is something else.
    NotMet {
        /// The index of the fact that comes first.
        fact: usize,
        /// Why, in words: "12 ms is more than 10 ms".
        why: String,
    },
    /// Nothing is said about it.
    NotStated,
    /// Words without a usable value, a measurement, evidence, or a value that cannot be compared.
    Unclear {
        /// The index of the fact that comes first.
        fact: usize,
        /// Why, in words: "says no percentile".
        why: String,
    },
}

impl Verdict {
    /// Whether the requirement is met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        matches!(self, Self::Met(_))
    }
}

enum One {
    Met,
    NotMet(String),
    Unclear(String),
}

impl Requirement {
    /// Judges the facts of a service; those of other kinds are passed over, so that indices are those of `facts`.
    /// One reading that is as wanted is enough: readings that disagree are a finding of their own.
    #[must_use]
    pub fn judge(&self, facts: &[&Fact], page: &Page) -> Verdict {
        let mut verdict = Verdict::NotStated;
        for (index, fact) in facts.iter().enumerate().filter(|(_, fact)| fact.kind == self.fact) {
            match (self.judge_one(fact, page), &verdict) {
                (One::Met, _) => return Verdict::Met(index),
                (One::NotMet(why), Verdict::NotStated | Verdict::Unclear { .. }) => {
                    verdict = Verdict::NotMet { fact: index, why };
                }
                (One::Unclear(why), Verdict::NotStated) => verdict = Verdict::Unclear { fact: index, why },
                _ => {}
            }
        }
        verdict
    }

    fn judge_one(&self, fact: &Fact, page: &Page) -> One {
        if fact.evidence {
            return One::Unclear("a configured limit shows what is set, and is no stated reason".to_owned());
        }
        let (Standing::Stated, Some(value)) = (fact.standing, &fact.value) else {
            return One::Unclear(fact.because.as_deref().unwrap_or("words without a usable value").to_owned());
        };
        let Some(kind) = page.fact_type(&self.fact) else {
            return One::Unclear(format!("the page does not know `{}`", self.fact));
        };
        for comparison in &self.comparisons {
            match holds(comparison, value, &kind) {
                Some(true) => {}
                Some(false) => return One::NotMet(words::falls_short(comparison, value, fact.percentile)),
                None => return One::Unclear(words::cannot_compare(comparison, value, &kind)),
            }
        }
        self.judge_percentile(fact.percentile, &kind)
    }

    /// A target at a higher percentile holds at a lower one too; for a lower end it is the other way round.
    fn judge_percentile(&self, stated: Option<f64>, kind: &FactType) -> One {
        let Some(asked) = self.percentile.as_ref().map(|asked| asked.value) else { return One::Met };
        let at = words::percentile(asked);
        let Some(stated) = stated else {
            return One::Unclear(format!("says no percentile, and the page asks for the {at}"));
        };
        let asks = |test: fn(Op) -> bool| self.comparisons.iter().any(|comparison| test(comparison.op));
        let exact = self.comparisons.iter().any(|comparison| comparison.op == Op::Equals);
        let (upper, lower) = (asks(Op::is_upper), asks(Op::is_lower));
        let reaches = match (exact || (upper && lower), lower) {
            (true, _) => same(stated, asked),
            (false, true) => stated < asked || same(stated, asked),
            (false, false) => stated > asked || same(stated, asked),
        };
        if reaches {
            return One::Met;
        }
        let stated = words::percentile(stated);
        One::NotMet(format!("{} at the {stated} says nothing about the {at}", kind.says()))
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}
