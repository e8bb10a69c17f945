//! Labelled values: `Memory budget: 180 MB per instance`, `Latency target — p95 < 120 ms`.

mod given;
mod name;
mod question;
mod verdict;

pub(crate) use name::{known, may_be_known, may_end};

use super::super::Fact;
use super::super::token::lex;
use super::super::value::quantity::Measure;
use super::super::value::{self, bound};
use super::super::vocabulary::{self, Known, Type};
use super::Source;
use super::cue::{Class, Cue};
use super::passage::{Passage, stem};
use super::thing;
use std::ops::Range;

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
        return given::own(passage, sentence, source, (id, label.start, value_start), facts);
    }
    let Some(known) = extra
        .and_then(|(_, id)| vocabulary::find(id))
        .or_else(|| known(words))
        .or_else(|| rate(words))
        .or_else(|| counts_own(passage, &label))
        .map(|known| rated(passage, sentence, known, value_start))
    else {
        let whole = sets_no_limit(passage, sentence, &label, value_start);
        return Labelled { whole, ..Labelled::default() };
    };
    let value = value_start..passage.sentences[sentence].tokens.end;
    if value.is_empty() || is_denied(passage, &value) {
        return Labelled::default();
    }
    let figures =
        passage.quantities_of(sentence).iter().filter(|at| passage.quantities[**at].tokens.start >= value_start);
    let measures: Vec<_> = figures.map(|at| passage.quantities[*at].measure).collect();
    if is_left_to_sentence(known, &measures) {
        return Labelled { kind: Some(known.id), ..Labelled::default() };
    }
    // "Worker nodes: 32 GB, eight workers on each".
    if known.id == "instance-count" && measures.first().is_some_and(|measure| *measure != Measure::Bare) {
        return Labelled::default();
    }
    given::read(passage, sentence, source, (known, &label, value), facts)
}

/// "Cost of failure: severe": a word of the scale is a rating.
fn rated(passage: &Passage<'_>, sentence: usize, known: &'static Known, value_start: usize) -> &'static Known {
    let value = passage.tokens.get(value_start).map_or("", |token| &*token.lower);
    let rank = value::rank::scan(&lex(value)).len() == 1 && value_start + 1 >= passage.sentences[sentence].tokens.end;
    if known.id == "failure-cost" && rank { vocabulary::find("failure-impact").unwrap_or(known) } else { known }
}

/// Whether a label that names no fact says of the whole sentence that its figures are no limits of the service.
fn sets_no_limit(passage: &Passage<'_>, sentence: usize, label: &Range<usize>, value_start: usize) -> bool {
    let words = passage.words(label);
    let timed = || passage.quantities_of(sentence).iter().any(|at| is_amount(passage.quantities[*at].measure));
    is_of_other_kind(passage, label, value_start)
        || is_stimulus(words)
        || is_aftermath(words) && timed() && passage.first(label, Class::Failure).is_none()
}

/// "Memory — not constrained, the controller has 32 GB": what follows is no value of the label.
fn is_denied(passage: &Passage<'_>, value: &Range<usize>) -> bool {
    let tokens = &passage.tokens[value.clone()];
    let denied = bound::is_denial(&tokens[0].lower)
        && !tokens[1..].iter().take(4).any(|token| {
            token.sign().is_none()
                && matches!(
                    &*token.lower,
                    "more" | "above" | "over" | "exceed" | "higher" | "longer" | "later" | "mehr" | "länger" | "beyond"
                )
        });
    denied && tokens.iter().take(7).any(|token| matches!(token.sign(), Some(',' | ';' | '.')))
}

/// Whether the figures behind a label are such as prose reads too: then the sentence is judged, label and all.
fn is_left_to_sentence(known: &Known, measures: &[Measure]) -> bool {
    match known.value {
        Type::Bytes => measures.contains(&Measure::Bytes),
        Type::Duration => measures.contains(&Measure::Time) && matches!(known.id, "latency-target" | "startup-time"),
        Type::Rate => measures.contains(&Measure::Rate),
        Type::Count => known.id == "instance-count" && measures.first() == Some(&Measure::Bare),
        _ => false,
    }
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

fn is_amount(measure: Measure) -> bool {
    matches!(measure, Measure::Time | Measure::Bytes)
}

/// "Upload limit — 180 MB": a label of another kind, parted by a dash, and its figure.
fn is_of_other_kind(passage: &Passage<'_>, label: &Range<usize>, value: usize) -> bool {
    let dash = passage.tokens.get(label.end).is_some_and(|token| matches!(token.sign(), Some('—' | '–' | '-' | '=')));
    let other = |cue: &Cue| matches!(cue.class, Class::OtherBytes | Class::OtherTime | Class::OtherRate);
    dash && label.len() <= 4 && passage.cues_in(label).any(other) && passage.has_figure(value..value + 3)
}
