//! Failure-impact ratings in sentences.

use super::super::value::rank::Rank;
use super::super::{Fact, Origin, Value};
use super::cue::Class;
use super::passage::Passage;
use super::{Source, Verdict};
use crate::text::Place;
use std::ops::Range;
use std::sync::Arc;

/// Words right before a rating that tie it to what is rated.
const LINKS: &[&str] = &[
    "as",
    "is",
    "are",
    "be",
    "to",
    ":",
    "=",
    "\"",
    "“",
    "„",
    "«",
    "at",
    "rated",
    "a",
    "an",
    "the",
    "of",
    "'",
    "‘",
    "*",
    "_",
    "—",
    "–",
    "-",
    "als",
    "mit",
    "ist",
    "sind",
    "comme",
    "est",
    "de",
    "es",
    "como",
    "|",
    "impact",
    "»",
    "been",
    "consequence",
    "und",
    "considered",
    "deemed",
    "called",
    "severity",
    "criticality",
    "classified",
    "hat",
    "eine",
    "einen",
    "un",
    "une",
    "jugé",
    "jugée",
    "failure",
    "outage",
    "very",
    "harm",
    "eingestuft",
    "bewertet",
    "on",
    "out",
    "remains",
    "stays",
    "therefore",
    "hence",
    "thus",
    "only",
    "just",
    "clearly",
    "still",
    "seen",
    "qualifies",
];

/// Words right behind a rating that leave it one; any other word is a noun that it describes: "a high load".
const BEHIND: &[&str] = &[
    "because",
    "since",
    "as",
    "by",
    "and",
    "but",
    "for",
    "on",
    "in",
    "when",
    "if",
    "here",
    "to",
    "at",
    "with",
    "weil",
    "da",
    "und",
    "car",
    "et",
    "porque",
    "y",
    "so",
    "too",
    "ein",
    "eingestuft",
    "bewertet",
    "par",
    "por",
    "von",
    "vom",
    "now",
    "today",
    "according",
    "per",
    "after",
    "until",
    "during",
    "unless",
    "though",
    "although",
    "enough",
    "throughout",
    "regardless",
    "whichever",
    "whatever",
    "even",
    "while",
    "despite",
    "given",
    "across",
    "everywhere",
    "mais",
    "aber",
    "pero",
    "pour",
    "para",
    "für",
    "laut",
    "selon",
    "según",
    "only",
    "of",
    "from",
    "thanks",
    "provided",
    "which",
    "that",
    "the",
];

/// Words between a rating and the noun for what is rated: "high as the failure impact".
const TO_NOUN: &[&str] = &[
    "as", "for", "the", "its", "our", "a", "an", "als", "für", "die", "comme", "como", "de", "of", "\"", "”", "'", "*",
    ")",
];

/// Words that name who rates, between what is rated and the rating: "Auswirkung laut Netzführung gering".
const SOURCES: &[&str] = &["laut", "according", "per", "gemäß", "nach", "selon", "según", "by"];

/// Words behind a rating, or before it, that make it one of the past: "very high at first".
const SUPERSEDED: &[&[&str]] = &[
    &["at", "first"],
    &["at", "the", "start"],
    &["initially"],
    &["originally"],
    &["before"],
    &["so", "far"],
    &["zunächst"],
    &["zuerst"],
    &["bisher"],
    &["d'abord"],
    &["au", "départ"],
    &["al", "principio"],
];

/// Reads the ratings of a sentence.
pub(crate) fn read(passage: &Passage<'_>, sentence: usize, source: &Source<'_>, facts: &mut Vec<Fact>) {
    let tokens = passage.sentences[sentence].tokens.clone();
    let from = passage.ranks.partition_point(|rank| rank.tokens.start < tokens.start);
    // "High, not very high": what is denied is no rating.
    let denied = |at: usize| {
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

/// "Considered very high at first", "raised from medium to high": the rating that there was before.
fn is_superseded(passage: &Passage<'_>, rank: &Range<usize>) -> bool {
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let mut end = rank.end;
    while passage.tokens.get(end).is_some_and(|token| matches!(token.sign(), Some('"' | '”' | '\'' | '*'))) {
        end += 1;
    }
    let from = |at: &usize| matches!(word(*at), "from" | "von") && matches!(word(end), "to" | "auf");
    // "Of at least high", "high or above": a threshold, and no rating.
    let mut start = rank.start;
    while start
        .checked_sub(1)
        .and_then(|at| passage.tokens.get(at))
        .is_some_and(|token| matches!(token.sign(), Some('"' | '“' | '„' | '*')))
    {
        start -= 1;
    }
    let before = |back: usize| start.checked_sub(back).map_or("", word);
    let threshold = matches!(before(1), "least" | "minimum" | "mindestens")
        || matches!(
            (word(end), word(end + 1)),
            ("or", "higher" | "above" | "more" | "worse" | "better") | ("and", "above")
        );
    // "Some said high, some said low."
    let voice = matches!(before(1), "said" | "say" | "voted" | "suggested")
        && matches!(before(2), "some" | "others" | "many" | "few" | "two" | "three" | "one" | "several" | "half");
    if threshold || voice {
        return true;
    }
    SUPERSEDED.iter().any(|phrase| (0..phrase.len()).all(|at| word(end + at) == phrase[at]))
        || rank.start.checked_sub(1).filter(from).is_some()
}

/// "(low / medium / high / very high)": the scale itself, three words of it and more with nothing but signs between.
fn is_of_scale(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> bool {
    let tokens = &passage.sentences[sentence].tokens;
    let joins = |range: Range<usize>| {
        range.len() <= 2
            && range.clone().all(|at| {
                matches!(passage.tokens[at].sign(), Some('/' | ',' | '|' | '<' | '-' | '–'))
                    || matches!(&*passage.tokens[at].lower, "or" | "oder" | "ou" | "o" | "and")
            })
    };
    let at = passage.ranks.partition_point(|other| other.tokens.start < rank.start);
    let near = |other: &Rank| tokens.contains(&other.tokens.start);
    let mut first = at;
    while first > 0
        && near(&passage.ranks[first - 1])
        && joins(passage.ranks[first - 1].tokens.end..passage.ranks[first].tokens.start)
    {
        first -= 1;
    }
    let mut last = at;
    while passage
        .ranks
        .get(last + 1)
        .is_some_and(|next| near(next) && joins(passage.ranks[last].tokens.end..next.tokens.start))
    {
        last += 1;
    }
    last - first >= 2
}

/// Whether another word of the scale stands in the same clause, or in one that continues it.
fn several(passage: &Passage<'_>, sentence: usize, ranks: &[&Rank], rank: &Rank) -> bool {
    let clause = |rank: &Rank| passage.clause_of(sentence, rank.tokens.start);
    let own = clause(rank);
    let parted = |other: &Rank| {
        let there = clause(other);
        there != own
            && passage.sentences[sentence]
                .clauses
                .get(there.max(own))
                .is_some_and(|clause| passage.has_verb(&clause.tokens))
    };
    ranks.iter().any(|other| other.name != rank.name && !parted(other))
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
    if let Some(label) = passage.label_of(sentence)
        && label.end + 1 == rank.start
        && (rank.end >= tokens.end || passage.tokens[rank.end].sign().is_some())
        && passage.tokens[label.clone()].iter().all(|token| !is_no_failure(&token.lower))
        && passage.first(&label, Class::Failure).is_some_and(|cue| cue.tokens.start <= label.start + 2)
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
        let earlier = (sentence.saturating_sub(3)..sentence).filter(|_| both);
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
    let attached = impact.as_ref().is_some_and(|cue| cue.start >= rank.end && all(rank.end..cue.start, TO_NOUN))
        || ends && calls(passage, &rates, rank)
        || impact.as_ref().is_some_and(|cue| cue.end <= rank.start && from_source(cue.end..rank.start))
        || rates.as_ref().is_some_and(|cue| cue.end <= rank.start && rank.start - cue.end <= 3)
        || rates.as_ref().is_some_and(|cue| cue.start >= rank.end && cue.start <= rank.end + 1)
        || impact.as_ref().is_some_and(|cue| cue.end <= rank.start && rank.start - cue.end <= 1);
    if impact.is_none() && rates.is_none() || !(linked || attached) {
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

/// "Failures with high severity are paged": failures of one sort, and not the failure of the service.
fn is_sort(passage: &Passage<'_>, rank: &Range<usize>) -> bool {
    let word = |back: usize| {
        rank.start.checked_sub(back).and_then(|at| passage.tokens.get(at)).map_or("", |token| token.lower.as_ref())
    };
    matches!(word(1), "with" | "of")
        && matches!(
            word(2),
            "failures"
                | "outages"
                | "incidents"
                | "errors"
                | "bugs"
                | "defects"
                | "alerts"
                | "findings"
                | "tickets"
                | "changes"
        )
}

/// "Failure rate", "error budget", "the probability of a failure": how often, not how bad.
fn is_share(passage: &Passage<'_>, failure: &Range<usize>) -> bool {
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    matches!(word(failure.end), "rate" | "rates" | "budget" | "probability" | "mode" | "modes" | "count" | "counts")
}

/// "Critical (lives)" under "Failure impact", "Moderate, for the valve closes" behind "how bad a failure is", the
/// cell "high" beside "How is that rated?": a rating that answers what stands before it.
fn asked(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    // In a row of a table the label may be a question, a sentence of its own.
    let stroke = || (0..rank.start).rev().find(|at| passage.tokens[*at].sign() == Some('|')).map(|at| 0..at);
    let label = if passage.context.row { stroke() } else { passage.label_of(sentence) };
    let label = label.filter(|label| label.end < rank.start);
    let opening = label.as_ref().map_or(tokens.start, |label| label.end + 1);
    let marks =
        |at: usize| matches!(passage.tokens[at].sign(), Some('"' | '“' | '*' | '„' | '«' | '\'')) || word(at) == "a";
    let opens = (opening..rank.start).all(marks);
    let ends = rank.end >= tokens.end
        || passage.tokens[rank.end].sign().is_some_and(|sign| !matches!(sign, '/' | '-'))
        || BEHIND.contains(&word(rank.end));
    let joined = passage.tokens.get(rank.end).is_some_and(|token| token.joined);
    if !opens || !ends || joined {
        return None;
    }
    let asks = |range: &Range<usize>| {
        let classes = |class: Class| passage.first(range, class).is_some();
        classes(Class::Failure) && (classes(Class::Impact) || classes(Class::Rating))
    };
    let topic = passage.context.topic == Some("failure-impact");
    match label {
        // "OVERALL: very high" under a line about failures; "Rating | high" in a table about them.
        Some(label) => {
            let whole = (label.start..label.end).all(|at| {
                passage.tokens[at].sign().is_some()
                    || matches!(
                        word(at),
                        "overall"
                            | "rating"
                            | "total"
                            | "result"
                            | "class"
                            | "impact"
                            | "verdict"
                            | "level"
                            | "grade"
                            | "gesamt"
                            | "global"
                            | "the"
                            | "our"
                    )
            });
            (whole && (topic || passage.context.fails)
                || passage.context.fails && passage.context.row && rated_by(passage, &label))
            .then(|| label.start..rank.end)
        }
        None => {
            let before = sentence.checked_sub(1).map(|before| passage.sentences[before].tokens.clone());
            let first = sentence == 0 && topic;
            (first || before.is_some_and(|before| asks(&before))).then(|| rank.clone())
        }
    }
}

/// Whether a label says that what follows is a rating: "How is that rated?"
fn rated_by(passage: &Passage<'_>, label: &Range<usize>) -> bool {
    [Class::Rating, Class::Impact].into_iter().any(|class| passage.first(label, class).is_some())
        && passage.tokens[label.clone()].iter().all(|token| !is_no_failure(&token.lower))
}

/// Words of a label that make its rating one of how often, or of something else.
fn is_no_failure(lower: &str) -> bool {
    matches!(
        lower,
        "rate"
            | "rates"
            | "packet"
            | "packets"
            | "frame"
            | "frames"
            | "message"
            | "messages"
            | "event"
            | "events"
            | "record"
            | "records"
            | "sample"
            | "samples"
            | "connection"
            | "connections"
            | "precision"
            | "accuracy"
            | "quality"
            | "likelihood"
            | "probability"
            | "error"
            | "errors"
            | "budget"
            | "tolerance"
            | "signal"
            | "weight"
            | "risk"
            | "incident"
            | "incidents"
            | "severity"
            | "mode"
            | "modes"
            | "recovery"
            | "detection"
    )
}

/// Whether a sentence says "failure impact", or "impact of an outage": under a heading for risks, too, it is what it says.
fn names_failure_impact(passage: &Passage<'_>, sentence: usize) -> bool {
    let tokens = &passage.sentences[sentence].tokens;
    passage.cues_in(tokens).filter(|cue| cue.class == Class::Impact).any(|cue| {
        let near = cue.tokens.start.saturating_sub(1)..(cue.tokens.end + 4).min(tokens.end);
        passage.first(&near, Class::Failure).is_some()
    })
}

/// What the title only tells of, or gives up, where the sentence or the one that it continues speaks of that.
fn of_other(passage: &Passage<'_>, sentence: usize) -> Option<Range<usize>> {
    let told = |range: &Range<usize>| passage.told_of(range).or_else(|| passage.given_up(range));
    let tokens = &passage.sentences[sentence].tokens;
    let goes_on = passage.tokens.get(tokens.start).is_some_and(|first| {
        matches!(
            &*first.lower,
            "its" | "their" | "it" | "they" | "sein" | "seine" | "ihr" | "ihre" | "son" | "sa" | "su"
        )
    });
    told(tokens).or_else(|| {
        let before = passage.sentences.get(sentence.checked_sub(1).filter(|_| goes_on)?)?;
        let opening = before.tokens.start..(before.tokens.start + 9).min(before.tokens.end);
        let old = passage.first(&opening, Class::Old).map(|cue| cue.tokens.clone());
        old.or_else(|| told(&opening))
    })
}

fn verdict(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>, several: bool) -> Verdict {
    let say = |what: &str, cue: &Range<usize>| Verdict::unclear(format!("{what}: \"{}\"", passage.words(cue)));
    if passage.sentences[sentence].question {
        return Verdict::unclear("a question, not a statement".to_owned());
    }
    if passage.has_hole(sentence) {
        return Verdict::unclear("a placeholder, not a rating".to_owned());
    }
    if passage.context.quoted || passage.in_quotes(rank.start) {
        return Verdict::unclear("words in quotation marks, not the document's own".to_owned());
    }
    // "Risk: the team loses its people. Impact: high."
    let risk = passage.label_of(0).filter(|_| sentence > 0).and_then(|label| passage.first(&label, Class::Risk));
    if let Some(cue) = risk.filter(|_| !names_failure_impact(passage, sentence)) {
        return say("rates a risk, not a failure", &cue.tokens);
    }
    let roles = passage.context.roles;
    for (class, what) in [
        (Class::Example, "stands in a guide or a template"),
        (Class::Risk, "rates a risk, not a failure"),
        (Class::Rejected, "belongs to an option that was not taken"),
        (Class::Perhaps, "belongs to an option under discussion"),
        (Class::Old, "describes what there was before"),
        (Class::Other, "describes another system"),
    ] {
        let named = class == Class::Risk && names_failure_impact(passage, sentence);
        if roles.has(class) && !named {
            return Verdict::unclear(format!("{what}: \"{}\"", passage.context.heading));
        }
    }
    if let Some(other) = of_other(passage, sentence) {
        return say("is about another system", &other);
    }
    let clause = passage.clause_of(sentence, rank.start);
    let reach = passage.scope(sentence, clause).ranges;
    let within =
        |class: Class| reach.iter().find_map(|range| passage.first(range, class)).map(|cue| cue.tokens.clone());
    for (class, what) in [
        (Class::Example, "reads as an example"),
        (Class::Rejected, "belongs to an option that was not taken"),
        (Class::Cancel, "is taken back"),
        (Class::Old, "is about the system before"),
        (Class::Other, "is about another system"),
        (Class::Negated, "is denied"),
        (Class::Perhaps, "is imagined or wished"),
        (Class::Later, "is put off"),
        (Class::Risk, "rates something else"),
    ] {
        // "Risk management put the impact of an outage at severe": who rates is not what is rated.
        let far = |cue: &Range<usize>| {
            class == Class::Risk
                && rank.start.saturating_sub(cue.end) > 6
                && passage.first(&(cue.end..rank.start), Class::Impact).is_some()
                && passage.first(&(cue.end..rank.start), Class::Failure).is_some()
        };
        // "… as moderate: bills can be estimated": what is told behind the rating.
        let minds = |cue: &Range<usize>| class == Class::Negated && passage.words(cue).to_lowercase().contains(" mind");
        // "What a failure would cost the bank": what a failure does, is told in that mood.
        let would = |cue: &Range<usize>| {
            class == Class::Perhaps
                && rank.start.saturating_sub(cue.end) > 3
                && matches!(&*passage.words(cue).to_lowercase(), "would" | "could" | "might" | "would be")
                && passage.first(&(cue.start.saturating_sub(7)..cue.start), Class::Failure).is_some()
        };
        // "Low failure impact: people ask their neighbour": who is named further behind is not rated.
        let aside = |cue: &Range<usize>| {
            matches!(class, Class::Other | Class::Old) && cue.start > rank.end + 4
                // "We call that high": no service that is called.
                || class == Class::Other && passage.words(cue).to_lowercase().starts_with("we call")
        };
        let behind = |cue: &Range<usize>| {
            minds(cue)
                || would(cue)
                || aside(cue)
                || class == Class::Perhaps
                    && (cue.start > rank.end + 1 || passage.clause_of(sentence, cue.start) != clause)
        };
        if let Some(cue) = within(class).filter(|cue| !far(cue) && !behind(cue)) {
            return say(what, &cue);
        }
    }
    let past = reach.iter().flat_map(|range| &passage.tokens[range.clone()]).any(|token| {
        matches!(&*token.lower, "was" | "were" | "war" | "waren" | "wurde" | "était" | "era" | "fue" | "had")
    });
    // "The effects were assessed and were rated as severe": who rated did so once, and it holds.
    let rated = rank.start.saturating_sub(14).max(passage.sentences[sentence].tokens.start)..rank.start;
    let rated = passage.cues_in(&rated).filter(|cue| cue.class == Class::Rating).any(|cue| {
        let words = passage.words(&cue.tokens).to_lowercase();
        words.split([' ', '\n']).any(|word| word.ends_with("ed"))
            || words.ends_with(" was")
            || words.ends_with("put the")
            || words.ends_with("eingestuft")
            || words.ends_with("bewertet")
    });
    let incident = reach
        .iter()
        .flat_map(|range| &passage.tokens[range.clone()])
        .any(|token| token.is("incident") || token.is("incidents"));
    // "When it was a stored procedure, a failure was rated …", "the old one, whose impact was rated …".
    let opening = passage.tokens[passage.sentences[sentence].tokens.start].lower.as_ref();
    let told = matches!(opening, "when" | "while" | "as" | "before" | "until" | "as long as" | "als")
        || passage.in_sentence(sentence, Class::Old).is_some()
        || reach.iter().any(|range| {
            passage.tokens[range.clone()].iter().any(|token| matches!(&*token.lower, "which" | "whose" | "who"))
        });
    if past && within(Class::Decide).is_none() && (!rated || incident || told) {
        return Verdict::unclear("is told of the past".to_owned());
    }
    let not = rank.start.saturating_sub(3)..rank.start;
    if passage.tokens[not].iter().any(|token| {
        matches!(&*token.lower, "not" | "no" | "never" | "nicht" | "pas" | "isn't" | "hardly" | "neither" | "nor")
    }) {
        return Verdict::unclear("is denied".to_owned());
    }
    if several {
        return Verdict::unclear("several ratings in one sentence".to_owned());
    }
    Verdict::stated("a rating of what a failure does".to_owned())
}
