//! Failure-impact ratings in sentences.

mod asked;
mod scale;
mod verdict;
mod words;

use super::super::token::Token;
use super::super::{Fact, Origin, Value};
use super::Source;
use super::cue::Class;
use super::label;
use super::passage::Passage;
use crate::text::Place;
use asked::asked;
use scale::{is_of_scale, is_share, is_sort, is_superseded, several};
use std::ops::Range;
use std::sync::Arc;
use verdict::verdict;
use words::{BEHIND, LINKS, SOURCES, TO_NOUN, is_no_failure};

/// Reads the ratings of a sentence.
pub(crate) fn read(passage: &Passage<'_>, sentence: usize, source: &Source<'_>, facts: &mut Vec<Fact>) {
    let tokens = passage.sentences[sentence].tokens.clone();
    let from = passage.ranks.partition_point(|rank| rank.tokens.start < tokens.start);
    let ranks: Vec<_> = passage.ranks[from..]
        .iter()
        .take_while(|rank| rank.tokens.start < tokens.end)
        .filter(|rank| !is_denied(passage, rank.tokens.start) && !is_superseded(passage, &rank.tokens))
        .filter(|rank| !is_of_scale(passage, sentence, &rank.tokens))
        .collect();
    for rank in &ranks {
        let range = rating(passage, sentence, &rank.tokens).or_else(|| asked(passage, sentence, &rank.tokens));
        let Some(range) = range else { continue };
        let verdict = verdict(passage, sentence, &rank.tokens, several(passage, sentence, &ranks, rank));
        let start = passage.tokens[range.start].range.start;
        let end = passage.tokens[range.end - 1].range.end;
        let (quote, span) = source.quote(passage.text, start..end);
        facts.push(Fact {
            kind: Arc::from("failure-impact"),
            value: Some(Value::Rank(rank.name.into())),
            percentile: None,
            standing: verdict.standing,
            because: Some(verdict.because),
            reasons: Vec::new(),
            origin: Origin::Prose,
            evidence: false,
            quote,
            place: Place::new(Arc::clone(source.path), span),
            subject: passage.named_service(sentence).map(str::to_owned).or_else(|| passage.context.subject.clone()),
        });
    }
}

/// "High, not very high": what is denied is no rating.
fn is_denied(passage: &Passage<'_>, at: usize) -> bool {
    // "High" and not "very high".
    let marks = |at: usize| matches!(passage.tokens.get(at).and_then(Token::sign), Some('"' | '“' | '„' | '*' | '\''));
    let at = if at > 0 && marks(at - 1) { at - 1 } else { at };
    at.checked_sub(1)
        .and_then(|at| passage.tokens.get(at))
        .is_some_and(|token| matches!(&*token.lower, "not" | "nicht" | "pas" | "no"))
}

/// The words of a rating around a word of the scale: it rates (grammar) what a failure does (subject).
fn rating(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    if is_part_of_word(passage, rank) || is_sort(passage, rank) {
        return None;
    }
    if let Some(label) = names_failure(passage, sentence, rank) {
        return Some(label.start..rank.end);
    }
    let impact = near(passage, tokens, rank, Class::Impact);
    // "… als kritisch eingestuft": the verb may stand right behind.
    let rates =
        near(passage, tokens, rank, Class::Rating).filter(|cue| cue.start < rank.start || cue.start <= rank.end + 1);
    let failure = failure(passage, sentence, rank, impact.is_some() && rates.is_some())?;
    if !is_tied(passage, sentence, rank, &impact, &rates) || is_of_noun_behind(passage, rank) {
        return None;
    }
    let parts = [impact, rates, Some(failure), Some(rank.clone())];
    let start = parts.iter().flatten().filter(|part| part.start >= tokens.start).map(|part| part.start).min()?;
    let end = parts.iter().flatten().map(|part| part.end).max()?;
    Some(start..end.max(rank.end).min(tokens.end))
}

/// The word at a place, in lower case.
fn word<'a>(passage: &'a Passage<'_>, at: usize) -> &'a str {
    passage.tokens.get(at).map_or("", |token| token.lower.as_ref())
}

/// "Mission-critical", "low-memory": a part of another word.
fn is_part_of_word(passage: &Passage<'_>, rank: &Range<usize>) -> bool {
    let next = word(passage, rank.end);
    let hyphened = next == "-" && word(passage, rank.end + 1) == "impact" || next == "impact";
    passage.tokens.get(rank.start).is_some_and(|token| token.joined)
        || !hyphened && passage.tokens.get(rank.end).is_some_and(|token| token.joined)
}

/// "Loss of a probe: minor": the label names the failure, and the value is the rating.
fn names_failure(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let (label, value) = label::parted(passage, sentence)?;
    let is_all = value == rank.start
        && (rank.end >= passage.sentences[sentence].tokens.end
            || passage.tokens[rank.end].sign().is_some()
            || matches!(word(passage, rank.end), "because" | "since" | "weil" | "car" | "porque"));
    let named = is_all
        && passage.tokens[label.clone()].iter().all(|token| !is_no_failure(&token.lower))
        && passage.first(&label, Class::Failure).is_some_and(|cue| cue.tokens.start <= label.start + 6);
    named.then_some(label)
}

/// The cue of a class that stands nearest to a rating.
fn near(passage: &Passage<'_>, tokens: &Range<usize>, rank: &Range<usize>, class: Class) -> Option<Range<usize>> {
    let far = |cue: &&Range<usize>| {
        if cue.end <= rank.start { rank.start - cue.end } else { cue.start.saturating_sub(rank.end) }
    };
    passage.cues_in(tokens).filter(|cue| cue.class == class).map(|cue| &cue.tokens).min_by_key(far).cloned()
}

/// The words for the failure that is rated, or the rating itself where they stand in another sentence or in the heading.
/// `both` says whether "impact" and a verb of rating stand beside it: then the failure may be named further before.
fn failure(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>, both: bool) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let own = near(passage, tokens, rank, Class::Failure).filter(|cue| !is_share(passage, cue));
    // "If it goes down, … We call that critical": the failure is named one sentence before.
    let before = || {
        let before = passage.sentences.get(sentence.checked_sub(1)?)?;
        passage.first(&before.tokens, Class::Failure)
    };
    // "What if it is down? The attendant opens by hand. They call that a minor impact."
    let earlier = || {
        let earlier = (sentence.saturating_sub(3)..sentence).filter(|at| both || passage.sentences[*at].question);
        earlier.rev().find_map(|before| passage.in_sentence(before, Class::Failure))
    };
    // "Impact: medium. When the router is unavailable, …"
    let next = || {
        let next = passage.sentences.get(sentence + 1).filter(|_| tokens.len() <= 6 && !passage.context.row)?;
        let labelled = passage.label_of(sentence).is_some_and(|label| label.end < rank.start);
        passage.first(&next.tokens, Class::Failure).filter(|_| labelled)
    };
    // "We rate it as high" under "Impact of failure".
    let topic = || passage.context.topic == Some("failure-impact");
    own.or_else(|| (before().or_else(earlier).or_else(next).is_some() || topic()).then(|| rank.clone()))
}

/// Whether a word for an impact or a verb of rating is there, and is tied to the rating by where it stands.
fn is_tied(
    passage: &Passage<'_>,
    sentence: usize,
    rank: &Range<usize>,
    impact: &Option<Range<usize>>,
    rates: &Option<Range<usize>>,
) -> bool {
    let word = |at: usize| word(passage, at);
    let before = rank.start.checked_sub(1).map_or("", word);
    let given = before == "(" && passage.label_of(sentence).is_some();
    let linked = given || LINKS.contains(&before);
    let all =
        |range: Range<usize>, known: &[&str]| range.len() <= 4 && range.clone().all(|at| known.contains(&word(at)));
    let from_source = |range: Range<usize>| {
        (1..=6).contains(&range.len())
            && SOURCES.contains(&word(range.start))
            && range.clone().all(|at| passage.tokens[at].sign().is_none())
    };
    let ends = passage.tokens.get(rank.end).is_none_or(|next| next.sign().is_some())
        || rank.end >= passage.sentences[sentence].tokens.end;
    // "They would accept nothing but 'very high', and very high it is."
    let is_it = matches!((word(rank.end), word(rank.end + 1)), ("it", "is" | "stays" | "remains" | "was"));
    let attached = is_it
        || impact.as_ref().is_some_and(|cue| cue.start >= rank.end && all(rank.end..cue.start, TO_NOUN))
        || ends && calls(passage, rates, rank)
        || impact.as_ref().is_some_and(|cue| cue.end <= rank.start && from_source(cue.end..rank.start))
        || rates.as_ref().is_some_and(|cue| cue.end <= rank.start && rank.start - cue.end <= 3)
        || rates.as_ref().is_some_and(|cue| cue.start >= rank.end && cue.start <= rank.end + 1)
        || impact.as_ref().is_some_and(|cue| cue.end <= rank.start && rank.start - cue.end <= 1);
    (impact.is_some() || rates.is_some() || is_it) && (linked || attached)
}

/// "A high load", "critical data": another noun behind the word takes it away.
fn is_of_noun_behind(passage: &Passage<'_>, rank: &Range<usize>) -> bool {
    passage.tokens.get(rank.end).is_some_and(|next| {
        next.is_word()
            && !passage
                .cues_in(&(rank.end..rank.end + 2))
                .any(|cue| matches!(cue.class, Class::Impact | Class::Failure | Class::Rating))
            && !BEHIND.contains(&&*next.lower)
            && !next.lower.ends_with("ly")
    })
}

/// "We call the impact of losing it low": the rating is the last word of what a verb like "call" has to say.
fn calls(passage: &Passage<'_>, rates: &Option<Range<usize>>, rank: &Range<usize>) -> bool {
    const CALLS: &[&str] = &[
        "call", "consider", "deem", "judge", "find", "rate", "grade", "class", "mark", "think", "regard", "hold", "put",
    ];
    rates.as_ref().is_some_and(|cue| {
        let verb = &passage.tokens[cue.start].lower;
        CALLS.iter().any(|stem| verb.starts_with(stem)) && rank.start.saturating_sub(cue.end) <= 12
    })
}
