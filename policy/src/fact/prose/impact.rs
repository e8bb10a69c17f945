//! Failure-impact ratings in sentences.

mod asked;
mod scale;
mod verdict;
mod words;

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
    // "High, not very high": what is denied is no rating.
    let denied = |at: usize| {
        // "High" and not "very high".
        let marks = |at: usize| {
            matches!(
                passage.tokens.get(at).and_then(super::super::token::Token::sign),
                Some('"' | '“' | '„' | '*' | '\'')
            )
        };
        let at = if at > 0 && marks(at - 1) { at - 1 } else { at };
        at.checked_sub(1)
            .and_then(|at| passage.tokens.get(at))
            .is_some_and(|token| matches!(&*token.lower, "not" | "nicht" | "pas" | "no"))
    };
    let ranks: Vec<_> = passage.ranks[from..]
        .iter()
        .take_while(|rank| rank.tokens.start < tokens.end)
        .filter(|rank| !denied(rank.tokens.start) && !is_superseded(passage, &rank.tokens))
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

/// The words of a rating around a word of the scale: it rates (grammar) what a failure does (subject).
fn rating(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let word = |at: Option<usize>| at.and_then(|at| passage.tokens.get(at)).map_or("", |token| token.lower.as_ref());
    // "mission-critical", "low-memory": a part of another word.
    let next = word(Some(rank.end));
    let hyphened = next == "-" && word(Some(rank.end + 1)) == "impact" || next == "impact";
    let joined = passage.tokens.get(rank.start).is_some_and(|token| token.joined)
        || !hyphened && passage.tokens.get(rank.end).is_some_and(|token| token.joined);
    if joined || is_sort(passage, rank) {
        return None;
    }
    let near = |class: Class| {
        let far = |cue: &&Range<usize>| {
            if cue.end <= rank.start { rank.start - cue.end } else { cue.start.saturating_sub(rank.end) }
        };
        passage.cues_in(tokens).filter(|cue| cue.class == class).map(|cue| &cue.tokens).min_by_key(far).cloned()
    };
    // "Loss of a probe: minor": the label names the failure, and the value is the rating.
    if let Some((label, value)) = label::parted(passage, sentence)
        && value == rank.start
        && (rank.end >= tokens.end
            || passage.tokens[rank.end].sign().is_some()
            || matches!(word(Some(rank.end)), "because" | "since" | "weil" | "car" | "porque"))
        && passage.tokens[label.clone()].iter().all(|token| !is_no_failure(&token.lower))
        && passage.first(&label, Class::Failure).is_some_and(|cue| cue.tokens.start <= label.start + 6)
    {
        return Some(label.start..rank.end);
    }
    let impact = near(Class::Impact);
    // "… als kritisch eingestuft": the verb may stand right behind.
    let rates = near(Class::Rating).filter(|cue| cue.start < rank.start || cue.start <= rank.end + 1);
    let failure = near(Class::Failure).filter(|cue| !is_share(passage, cue)).or_else(|| {
        // "If it goes down, … We call that critical": the failure is named one sentence before.
        let before = passage.sentences.get(sentence.checked_sub(1)?)?;
        passage.first(&before.tokens, Class::Failure).map(|_| rank.clone())
    });
    // "What if it is down? The attendant opens by hand. They call that a minor impact."
    let failure = failure.or_else(|| {
        let both = impact.is_some() && rates.is_some();
        let earlier = (sentence.saturating_sub(3)..sentence).filter(|at| both || passage.sentences[*at].question);
        earlier.rev().find_map(|before| passage.in_sentence(before, Class::Failure)).map(|_| rank.clone())
    });
    // "Impact: medium. When the router is unavailable, …"
    let failure = failure.or_else(|| {
        let next = passage.sentences.get(sentence + 1).filter(|_| tokens.len() <= 6 && !passage.context.row)?;
        let labelled = passage.label_of(sentence).is_some_and(|label| label.end < rank.start);
        passage.first(&next.tokens, Class::Failure).filter(|_| labelled).map(|_| rank.clone())
    });
    // "We rate it as high" under "Impact of failure".
    let failure = failure.or_else(|| (passage.context.topic == Some("failure-impact")).then(|| rank.clone()))?;
    let before = word(rank.start.checked_sub(1));
    let given = before == "(" && passage.label_of(sentence).is_some();
    let linked = given || LINKS.contains(&before);
    let all = |range: Range<usize>, known: &[&str]| {
        range.len() <= 4 && range.clone().all(|at| known.contains(&word(Some(at))))
    };
    let from_source = |range: Range<usize>| {
        (1..=6).contains(&range.len())
            && SOURCES.contains(&word(Some(range.start)))
            && range.clone().all(|at| passage.tokens[at].sign().is_none())
    };
    let ends = passage.tokens.get(rank.end).is_none_or(|next| next.sign().is_some()) || rank.end >= tokens.end;
    // "They would accept nothing but 'very high', and very high it is."
    let is_it = matches!((word(Some(rank.end)), word(Some(rank.end + 1))), ("it", "is" | "stays" | "remains" | "was"));
    let attached = is_it
        || impact.as_ref().is_some_and(|cue| cue.start >= rank.end && all(rank.end..cue.start, TO_NOUN))
        || ends && calls(passage, &rates, rank)
        || impact.as_ref().is_some_and(|cue| cue.end <= rank.start && from_source(cue.end..rank.start))
        || rates.as_ref().is_some_and(|cue| cue.end <= rank.start && rank.start - cue.end <= 3)
        || rates.as_ref().is_some_and(|cue| cue.start >= rank.end && cue.start <= rank.end + 1)
        || impact.as_ref().is_some_and(|cue| cue.end <= rank.start && rank.start - cue.end <= 1);
    if impact.is_none() && rates.is_none() && !is_it || !(linked || attached) {
        return None;
    }
    // Another noun behind the word takes it away: "a high load", "critical data".
    let next = passage.tokens.get(rank.end);
    let noun_behind = next.is_some_and(|next| {
        next.is_word()
            && !passage
                .cues_in(&(rank.end..rank.end + 2))
                .any(|cue| matches!(cue.class, Class::Impact | Class::Failure | Class::Rating))
            && !BEHIND.contains(&&*next.lower)
            && !next.lower.ends_with("ly")
    });
    if noun_behind {
        return None;
    }
    let parts = [impact, rates, Some(failure), Some(rank.clone())];
    let start = parts.iter().flatten().filter(|part| part.start >= tokens.start).map(|part| part.start).min()?;
    let end = parts.iter().flatten().map(|part| part.end).max()?;
    Some(start..end.max(rank.end).min(tokens.end))
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
