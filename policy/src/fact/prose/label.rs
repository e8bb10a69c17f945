//! Labelled values: `Memory budget: 180 MB per instance`, `Latency target — p95 < 120 ms`.

mod name;
mod question;
mod verdict;

pub(crate) use name::{known, may_be_known, may_end};

use super::super::token::lex;
use super::super::value::{self, Unusable, bound};
use super::super::vocabulary::{self, Known, Type};
use super::super::{Because, Fact, Origin, Standing, Why};
use super::Source;
use super::cue::{Class, Cue};
use super::passage::{Passage, stem};
use super::thing;
use crate::text::Place;
use std::ops::Range;
use std::sync::Arc;

/// No label has more bytes.
const LONGEST: usize = 120;

/// What a label at the start of a sentence gave.
#[derive(Default)]
pub(crate) struct Labelled {
    /// The fact that the label names, for the figures behind it.
    pub kind: Option<&'static str>,
    /// Whether the sentence is read to its end.
    pub whole: bool,
}

/// Whether a word of a label, in lower case, may be the last of a unit that [`rate`] knows: "per second".
fn names_unit_of_time(word: &str) -> bool {
    matches!(word.as_bytes().first(), Some(b's' | b'm'))
        && ["second", "minute", "sekunde", "segundo"].iter().any(|time| word.starts_with(time))
}

/// Whether a label in lower case may hold such a unit that is written as one: `/s`, `rps`.
fn holds_rate(label: &str) -> bool {
    let bytes = label.as_bytes();
    let around = |at: usize| bytes.get(at.wrapping_sub(1)..at + 2);
    memchr::memchr(b'/', bytes).is_some()
        || memchr::memchr_iter(b'p', bytes).any(|at| matches!(around(at), Some(b"rps" | b"qps")))
}

/// Nouns for copies of the service.
const COPIES: &[&str] = &["instances", "replicas", "pods", "copies", "processes", "instanzen"];

/// `Requests per second: 300`: a label that holds the unit.
fn rate(label: &str) -> Option<&'static Known> {
    const SERVED: &[&str] =
        &["request", "call", "quer", "transaction", "lookup", "anfragen", "requête", "peticiones", "rps", "qps"];
    // "Forms per second (steady)": whatever is counted.
    const STEADY: &[&str] = &[
        "steady",
        "expected",
        "average",
        "typical",
        "sustained",
        "normal",
        "planned",
        "erwartet",
        "attendu",
        "esperad",
    ];
    if label.len() > LONGEST || label.contains(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    // Most labels hold no unit, and are searched for nothing else.
    let lower = label.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let per = has(&["per second", "per minute", "/s", "pro sekunde", "par seconde", "por segundo", "rps", "qps"]);
    let served = || has(SERVED) || has(STEADY);
    let plain = || !has(&["limit", "client", "user", "peak", "max", "spike", "burst", "spitze", "pointe", "pico"]);
    (per && served() && plain()).then(|| vocabulary::find("expected-traffic")).flatten()
}

/// The label at the start of a sentence, and where its value starts.
fn split(passage: &Passage<'_>, sentence: usize) -> Option<(Range<usize>, usize)> {
    let tokens = passage.sentences[sentence].tokens.clone();
    // "**RAM** 512 MB per relay".
    if let Some((label, end)) = passage.bold_opening(sentence).map(|end| (tokens.start..end, end))
        && (known(passage.words(&label)).is_some()
            || counts_own(passage, &label).is_some()
            || passage.first(&label, Class::Failure).is_some())
    {
        return Some((label, end));
    }
    let mut words = 0;
    let mut inside = 0usize;
    for at in tokens.clone() {
        let token = &passage.tokens[at];
        match token.sign() {
            Some('(') => inside += 1,
            Some(')') => inside = inside.saturating_sub(1),
            // What stands in brackets is no part of the label: "Class of the router (EN 50126, by our table): high".
            _ if inside > 0 && at < tokens.start + 24 => {}
            Some(':' | '：' | '=' | '|') if words > 0 => return Some((tokens.start..at, at + 1)),
            Some('—' | '–' | '-') if words > 0 && !token.glued => return Some((tokens.start..at, at + 1)),
            // "Memory ........ 48 MB".
            Some('.') if words > 0 && !token.glued => {
                let dots = passage.tokens[at..tokens.end].iter().take_while(|token| token.sign() == Some('.')).count();
                return (dots > 2).then_some((tokens.start..at, at + dots));
            }
            Some('*' | '_' | '/' | '.' | '\'' | '’' | '-' | ',' | '[' | ']') => {}
            // "How many of them run? | 2".
            Some('?') if passage.tokens.get(at + 1).is_some_and(|next| matches!(next.sign(), Some('|' | ':'))) => {}
            Some(_) => return None,
            None => words += 1,
        }
        // "Result for a total failure of the matcher: severe."
        if words > 7 && !(words < 12 && verdict::is_named(passage, &tokens)) {
            return None;
        }
    }
    None
}

/// The label of a known fact at the start of a sentence, whatever parts it from its value, and where the value starts.
pub(super) fn parted(passage: &Passage<'_>, sentence: usize) -> Option<(Range<usize>, usize)> {
    split(passage, sentence)
}

/// "Gateway instances", "intake pods": copies of what the document is about.
fn counts_own(passage: &Passage<'_>, label: &Range<usize>) -> Option<&'static Known> {
    let last = label.end.checked_sub(1).filter(|last| *last > label.start)?;
    let words = passage.tokens.get(label.start..last)?;
    let own = |token: &super::super::token::Token<'_>| {
        token.is_word() && (passage.topic.own.contains(stem(&token.lower)) || thing::is_word_for_service(&token.lower))
    };
    let clear = passage.cues_in(label).all(|cue| !matches!(cue.class, Class::Other | Class::Old | Class::Measure));
    (COPIES.contains(&&*passage.tokens[last].lower) && words.len() <= 3 && words.iter().all(own) && clear)
        .then(|| vocabulary::find("instance-count"))
        .flatten()
}

/// The fact that a sentence of one to three words names: "Start.", "Memory?"
pub(super) fn alone(passage: &Passage<'_>, sentence: usize) -> Option<&'static str> {
    let tokens = &passage.sentences[sentence].tokens;
    let words = passage.words(tokens);
    // "And memory?"
    let words = words.strip_prefix("And ").or_else(|| words.strip_prefix("Und ")).unwrap_or(words);
    (tokens.len() <= 4 && words.ends_with(['.', '?']))
        .then(|| known(words.trim_end_matches(['.', '?'])))
        .flatten()
        .map(|known| known.id)
}

/// Reads a labelled sentence. Figures of facts that prose knows too are left to the sentence's own judgement, with the
/// label as a reason; other facts are read here.
pub(crate) fn read(passage: &Passage<'_>, sentence: usize, source: &Source<'_>, facts: &mut Vec<Fact>) -> Labelled {
    let Some((label, value_start)) = split(passage, sentence) else { return Labelled::default() };
    let words = passage.words(&label);
    let extra = source.labels.iter().find(|(extra, _)| extra.eq_ignore_ascii_case(words.trim()));
    if let Some((_, id)) = extra
        && vocabulary::find(id).is_none()
    {
        return own(passage, sentence, source, (id, label.start, value_start), facts);
    }
    // "Cost of failure: severe": a word of the scale is a rating.
    let rated = |known: &'static Known| {
        let value = passage.tokens.get(value_start).map_or("", |token| &*token.lower);
        let rank =
            value::rank::scan(&lex(value)).len() == 1 && value_start + 1 >= passage.sentences[sentence].tokens.end;
        if known.id == "failure-cost" && rank { vocabulary::find("failure-impact").unwrap_or(known) } else { known }
    };
    let Some(known) = extra
        .and_then(|(_, id)| vocabulary::find(id))
        .or_else(|| known(words))
        .or_else(|| rate(words))
        .or_else(|| counts_own(passage, &label))
        .map(rated)
    else {
        let timed = || passage.quantities_of(sentence).iter().any(|at| is_amount(passage.quantities[*at].measure));
        let whole = is_of_other_kind(passage, &label, value_start)
            || is_stimulus(words)
            || is_aftermath(words) && timed() && passage.first(&label, Class::Failure).is_none();
        return Labelled { whole, ..Labelled::default() };
    };
    let end = passage.sentences[sentence].tokens.end;
    let value_tokens = value_start..end;
    if value_tokens.is_empty() {
        return Labelled::default();
    }
    // "Memory — not constrained, the controller has 32 GB": what follows is no value of the label.
    let denied = bound::is_denial(&passage.tokens[value_start].lower)
        && !passage.tokens[value_start + 1..end].iter().take(4).any(|token| {
            token.sign().is_none()
                && matches!(
                    &*token.lower,
                    "more" | "above" | "over" | "exceed" | "higher" | "longer" | "later" | "mehr" | "länger" | "beyond"
                )
        });
    if denied
        && passage.tokens[value_start..end].iter().take(7).any(|token| matches!(token.sign(), Some(',' | ';' | '.')))
    {
        return Labelled::default();
    }
    let from = passage.tokens[value_start].range.start;
    let to = passage.tokens[end - 1].range.end;
    let value = passage.text.plain.get(from..to).unwrap_or_default();
    let figures =
        passage.quantities_of(sentence).iter().filter(|at| passage.quantities[**at].tokens.start >= value_start);
    let measures: Vec<_> = figures.map(|at| passage.quantities[*at].measure).collect();
    let judged = match known.value {
        Type::Bytes => measures.contains(&value::quantity::Measure::Bytes),
        Type::Duration => {
            measures.contains(&value::quantity::Measure::Time) && matches!(known.id, "latency-target" | "startup-time")
        }
        Type::Rate => measures.contains(&value::quantity::Measure::Rate),
        Type::Count => known.id == "instance-count" && measures.first() == Some(&value::quantity::Measure::Bare),
        _ => false,
    };
    if judged {
        return Labelled { kind: Some(known.id), ..Labelled::default() };
    }
    // "Worker nodes: 32 GB, eight workers on each".
    if known.id == "instance-count"
        && measures.first().is_some_and(|measure| *measure != value::quantity::Measure::Bare)
    {
        return Labelled::default();
    }
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
    let mut read = value::read_in(known.value, value, value::quantity::Style::UNKNOWN).map(|mut reads| reads.pop());
    if matches!(read, Err(Unusable::NoUnit(_))) {
        read = value::read_keyed(known.value, words, value).map(Some);
    }
    if is_link(known.id) && !value.contains(['/', '#']) {
        return Labelled::default();
    }
    match read {
        Ok(Some(read)) => {
            fact.value = Some(read.value);
            fact.percentile = read.percentile;
            let several = (known.value == Type::Impact && several_ratings(value)).then(|| Why::SeveralInPlace.plain());
            let measured = matches!(known.value, Type::Bytes | Type::Duration | Type::Rate)
                && passage.context.roles.has(Class::Measure)
                && passage.in_sentence(sentence, Class::Limit).is_none();
            let measured = measured.then(|| Why::AmongMeasured.with(&passage.context.heading));
            match against(passage, sentence).or(several).or(measured) {
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

/// "Stimulus: 63 friends press *Join* within 5 s": what a scenario begins with, and no limit of the service.
fn is_stimulus(label: &str) -> bool {
    const NAMES: &[&str] = &[
        "stimulus",
        "source of stimulus",
        "stimulus source",
        "trigger",
        "precondition",
        "when",
        "reiz",
        "auslöser",
        "quelle des reizes",
        "déclencheur",
        "estímulo",
        "fuente del estímulo",
    ];
    NAMES.contains(&label.trim_matches(['*', '_', ' ', '|']).to_lowercase().as_str())
}

/// "What happens on overload: …": what is told there comes after the fault, and binds no answer.
fn is_aftermath(label: &str) -> bool {
    const OPENINGS: &[&str] =
        &["what happens", "what we do", "was passiert", "was geschieht", "que se passe", "qué pasa", "qué sucede"];
    let label = label.to_lowercase();
    OPENINGS.iter().any(|opening| label.starts_with(opening))
}

fn is_amount(measure: value::quantity::Measure) -> bool {
    matches!(measure, value::quantity::Measure::Time | value::quantity::Measure::Bytes)
}

/// "Upload limit — 180 MB": a label of another kind, parted by a dash, and its figure.
fn is_of_other_kind(passage: &Passage<'_>, label: &Range<usize>, value: usize) -> bool {
    let dash = passage.tokens.get(label.end).is_some_and(|token| matches!(token.sign(), Some('—' | '–' | '-' | '=')));
    let other = |cue: &Cue| matches!(cue.class, Class::OtherBytes | Class::OtherTime | Class::OtherRate);
    dash && label.len() <= 4 && passage.cues_in(label).any(other) && passage.has_figure(value..value + 3)
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
fn own(
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
        value: Some(super::super::Value::Text(value.trim().trim_end_matches('.').to_owned())),
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
