//! The value that a label gives, and whether it counts.

use super::super::super::token::lex;
use super::super::super::value::quantity::Style;
use super::super::super::value::{self, Unusable, bound};
use super::super::super::vocabulary::{Known, Type};
use super::super::super::{Because, Fact, Origin, Standing, Value, Why};
use super::super::Source;
use super::super::cue::{Class, Cue};
use super::super::passage::Passage;
use super::Labelled;
use crate::text::Place;
use std::ops::Range;
use std::sync::Arc;

/// Reads the value of a fact behind its label; `value` is where it stands.
pub(super) fn read(
    passage: &Passage<'_>,
    sentence: usize,
    source: &Source<'_>,
    (known, label, value): (&'static Known, &Range<usize>, Range<usize>),
    facts: &mut Vec<Fact>,
) -> Labelled {
    let from = passage.tokens[value.start].range.start;
    let to = passage.tokens[value.end - 1].range.end;
    let value = passage.text.plain.get(from..to).unwrap_or_default();
    let (quote, span) = source.quote(passage.text, passage.tokens[label.start].range.start..to);
    let mut fact = Fact {
        kind: Arc::from(known.id),
        value: None,
        percentile: None,
        standing: Standing::Unclear,
        because: None,
        reasons: Vec::new(),
        origin: Origin::Labelled,
        evidence: false,
        quote: quote.trim_end_matches(['.', ' ']).to_owned(),
        place: Place::new(Arc::clone(source.path), span),
        subject: passage.named_service(sentence).map(str::to_owned).or_else(|| passage.context.subject.clone()),
    };
    let value = value.trim().trim_end_matches('.');
    let mut read = value::read_in(known.value, value, Style::UNKNOWN).map(|mut reads| reads.pop());
    if matches!(read, Err(Unusable::NoUnit(_))) {
        read = value::read_keyed(known.value, passage.words(label), value).map(Some);
    }
    if is_link(known.id) && !value.contains(['/', '#']) {
        return Labelled::default();
    }
    match read {
        Ok(Some(read)) => {
            fact.value = Some(read.value);
            fact.percentile = read.percentile;
            match against(passage, sentence).or_else(|| against_value(passage, sentence, known.value, value)) {
                Some(because) => fact.because = Some(because),
                None => fact.standing = Standing::Stated,
            }
        }
        Ok(None) => return Labelled::default(),
        // A sentence that happens to begin like a label says something else.
        Err(Unusable::NotUnderstood(_)) => return Labelled { kind: Some(known.id), ..Labelled::default() },
        Err(error) => fact.because = Some(error.into()),
    }
    facts.push(fact);
    Labelled { kind: Some(known.id), whole: true }
}

/// What speaks against a value of its type: two ratings, a figure among measured ones.
fn against_value(passage: &Passage<'_>, sentence: usize, kind: Type, value: &str) -> Option<Because> {
    if kind == Type::Impact && several_ratings(value) {
        return Some(Why::SeveralInPlace.plain());
    }
    let measured = matches!(kind, Type::Bytes | Type::Duration | Type::Rate)
        && passage.context.roles.has(Class::Measure)
        && passage.in_sentence(sentence, Class::Limit).is_none();
    measured.then(|| Why::AmongMeasured.with(&passage.context.heading))
}

/// "High, says marketing; medium, says operations".
fn several_ratings(value: &str) -> bool {
    let tokens = lex(value);
    let ranks = value::rank::scan(&tokens);
    let denied = |at: usize| at.checked_sub(1).is_some_and(|at| bound::is_negation(&tokens[at].lower));
    // "Medium (the owner said high at first)": brackets comment on the rating before them.
    let open = |at: &usize| tokens[..*at].iter().filter(|token| token.sign() == Some('(')).count();
    let shut = |at: &usize| tokens[..*at].iter().filter(|token| token.sign() == Some(')')).count();
    let aside = |at: usize| at > 0 && open(&at) > shut(&at);
    let mut names =
        ranks.iter().filter(|rank| !denied(rank.tokens.start) && !aside(rank.tokens.start)).map(|rank| rank.name);
    names.next().is_some_and(|first| names.any(|other| other != first))
}

/// A fact of the team's own: its words are kept as text, since only the page knows its type.
pub(super) fn own(
    passage: &Passage<'_>,
    sentence: usize,
    source: &Source<'_>,
    (id, label_start, value_start): (&Arc<str>, usize, usize),
    facts: &mut Vec<Fact>,
) -> Labelled {
    let end = passage.sentences[sentence].tokens.end;
    if value_start >= end {
        return Labelled::default();
    }
    let to = passage.tokens[end - 1].range.end;
    let value = passage.text.plain.get(passage.tokens[value_start].range.start..to).unwrap_or_default();
    let (quote, span) = source.quote(passage.text, passage.tokens[label_start].range.start..to);
    let because = against(passage, sentence);
    facts.push(Fact {
        value: Some(Value::Text(value.trim().trim_end_matches('.').to_owned())),
        standing: if because.is_some() { Standing::Unclear } else { Standing::Stated },
        because,
        quote: quote.trim_end_matches(['.', ' ']).to_owned(),
        place: Place::new(Arc::clone(source.path), span),
        subject: passage.named_service(sentence).map(str::to_owned).or_else(|| passage.context.subject.clone()),
        ..Fact::blank(id, Origin::Labelled)
    });
    Labelled { whole: true, ..Labelled::default() }
}

/// Facts that are links: "Evaluation: standardised metrics" is none.
fn is_link(id: &str) -> bool {
    matches!(id, "benchmark" | "profile" | "migration-plan" | "parallel-run")
}

/// What speaks against a labelled value as a whole.
fn against(passage: &Passage<'_>, sentence: usize) -> Option<Because> {
    let context = passage.context;
    if passage.sentences[sentence].question {
        return Some(Why::Question.plain());
    }
    if context.quoted {
        return Some(Why::Quoted.plain());
    }
    if let Some(cancelled) = &context.cancelled {
        return Some(cancelled.clone());
    }
    let range = &passage.sentences[sentence].tokens;
    for (class, what) in [
        (Class::Example, Why::Guide),
        (Class::Rejected, Why::NotTaken),
        (Class::Perhaps, Why::Discussed),
        (Class::Old, Why::UnderBefore),
        (Class::Other, Why::UnderOther),
        (Class::Later, Why::UnderPutOff),
    ] {
        if context.roles.has(class) {
            return Some(what.with(&context.heading));
        }
    }
    let value = passage.label_of(sentence).map_or(range.start, |label| label.end);
    let governs = |cue: &&Cue| {
        matches!(cue.class, Class::Cancel | Class::Later | Class::Perhaps)
            && passage.governs_value(sentence, &cue.tokens)
            && !passage.tells_apart(value + 1, &cue.tokens)
    };
    passage.cues_in(range).find(governs).map(|cue| Why::PutOffOrBack.with(passage.words(&cue.tokens)))
}
