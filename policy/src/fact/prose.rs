//! Facts in sentences, read as a careful reviewer would: a claim has a figure, words that make it a limit, and nothing
//! around it that says that it is measured, imagined, given up or somebody else's.
//!
//! The way: a passage (paragraph, list item, table row) is split into words ([`super::token`]), sentences and clauses
//! ([`sentence`]); figures with units ([`super::value::quantity`]) and cue words ([`cue`]) are found; each figure gets
//! a kind ([`kind`]) and a standing with its reason ([`judge`]).

pub(crate) mod cue;
mod impact;
mod judge;
mod kind;
pub(crate) mod label;
pub(crate) mod owner;
pub(crate) mod passage;
mod sentence;
pub(crate) mod speech;
pub(crate) mod thing;

pub(crate) use judge::{UPPER, quoted_words};

use super::value::quantity::{Measure, Quantity};
use super::vocabulary::Type;
use super::{Because, Fact, Origin, Standing, Value, value, vocabulary};
use crate::text::outline::Text;
use crate::text::{Place, Span};
use passage::{Passage, Scope};
use std::ops::Range;
use std::sync::Arc;

/// The reason of a figure that counts only because a label stands before it.
pub(crate) const LABELLED: &str = "a labelled value";

/// Reads every fact of a passage.
pub(crate) fn read(passage: &Passage<'_>, source: &Source<'_>, facts: &mut Vec<Fact>) {
    // "*Start.* A restarted feed has to …": a word on its own names what follows.
    let mut topic = None;
    for index in 0..passage.sentences.len() {
        if let Some(known) = label::alone(passage, index) {
            topic = Some(known);
            continue;
        }
        let labelled = label::read(passage, index, source, facts);
        if labelled.whole {
            continue;
        }
        let mut scope: Option<(usize, Scope)> = None;
        for at in passage.quantities_of(index).iter().copied().filter(|at| kind::may_be(&passage.quantities[*at])) {
            let clause = passage.clause_of(index, passage.quantities[at].tokens.start);
            if scope.as_ref().is_none_or(|(of, _)| *of != clause) {
                scope = Some((clause, passage.scope(index, clause)));
            }
            if let Some((_, scope)) = &scope {
                figure(passage, scope, index, at, (labelled.kind, topic), source, facts);
            }
        }
        impact::read(passage, index, source, facts);
    }
}

/// Where a passage stands.
pub(crate) struct Source<'a> {
    pub path: &'a Arc<str>,
    /// The text of the file.
    pub file: &'a str,
    /// Labels that the page adds, with the fact that each names.
    pub labels: &'a [(String, Arc<str>)],
    /// Whether to say all that was weighed.
    pub reasons: bool,
}

impl Source<'_> {
    /// The words under a part of a passage's plain text, and where they stand in the file.
    pub(crate) fn quote(&self, text: &Text, range: Range<usize>) -> (String, Span) {
        let span = text.span(range);
        (span.of(self.file).to_owned(), span)
    }
}

fn figure(
    passage: &Passage<'_>,
    scope: &Scope,
    sentence: usize,
    at: usize,
    (hint, topic): (Option<&'static str>, Option<&'static str>),
    source: &Source<'_>,
    facts: &mut Vec<Fact>,
) {
    let quantity = &passage.quantities[at];
    let Some(kind) = kind::of(passage, scope, sentence, at, hint.or(topic)) else { return };
    // "Load: 600 requests per second for 20 minutes": the label names the load, and says nothing of the time.
    let labelled = hint == Some(kind.id);
    let verdict = judge::of(passage, scope, sentence, at, &kind, labelled);
    if verdict.silent {
        return;
    }
    let mut range = judge::quoted_words(passage, sentence, at);
    if !kind.named && verdict.standing == Standing::Unclear {
        range = judge::narrowed(passage, &range, at);
    }
    let (quote, span) = source.quote(passage.text, range);
    facts.push(Fact {
        kind: Arc::from(kind.id),
        value: typed(kind.id, quantity),
        percentile: if kind.id == "latency-target" {
            passage.percentile_of(sentence, at).or_else(|| judge::percentile_of_former(passage, sentence, at))
        } else {
            None
        },
        standing: verdict.standing,
        because: Some(verdict.because),
        reasons: if source.reasons {
            judge::explain(passage, scope, sentence, at, &kind, labelled)
        } else {
            Vec::new()
        },
        origin: if labelled { Origin::Labelled } else { Origin::Prose },
        evidence: false,
        quote,
        place: Place::new(Arc::clone(source.path), span),
        subject: passage.subject(sentence, at),
    });
}

fn typed(id: &str, quantity: &Quantity) -> Option<Value> {
    let kind = vocabulary::find(id).map_or(Type::Count, |known| known.value);
    let amount = quantity.value?;
    Some(match quantity.measure {
        Measure::Bare => Value::Count(amount),
        measure => value::typed(kind, amount, measure),
    })
}

/// What was found out about a figure.
pub(crate) struct Verdict {
    pub standing: Standing,
    pub because: Because,
    /// Whether nobody would take it for a claim: it is not even reported as unclear.
    pub silent: bool,
}

impl Verdict {
    fn stated(because: String) -> Self {
        Self { standing: Standing::Stated, because: because.into(), silent: false }
    }

    fn unclear(because: Because) -> Self {
        Self { standing: Standing::Unclear, because, silent: false }
    }

    fn silent() -> Self {
        Self { standing: Standing::Unclear, because: String::new().into(), silent: true }
    }
}
