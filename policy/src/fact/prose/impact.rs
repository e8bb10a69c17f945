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
        .collect();
    for rank in &ranks {
        let Some(range) = rating(passage, sentence, &rank.tokens) else { continue };
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
    SUPERSEDED.iter().any(|phrase| (0..phrase.len()).all(|at| word(end + at) == phrase[at]))
        || rank.start.checked_sub(1).filter(from).is_some()
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
    if joined {
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
    let rates = near(Class::Rating).filter(|cue| cue.start < rank.start);
    let failure = near(Class::Failure).filter(|cue| !is_share(passage, cue)).or_else(|| {
        // "If it goes down, … We call that critical": the failure is named one sentence before.
        let before = passage.sentences.get(sentence.checked_sub(1)?)?;
        passage.first(&before.tokens, Class::Failure).map(|_| rank.clone())
    })?;
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
    let attached = impact.as_ref().is_some_and(|cue| cue.start >= rank.end && all(rank.end..cue.start, TO_NOUN))
        || impact.as_ref().is_some_and(|cue| cue.end <= rank.start && from_source(cue.end..rank.start))
        || rates.as_ref().is_some_and(|cue| cue.end <= rank.start && rank.start - cue.end <= 3)
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

/// "Failure rate", "error budget", "the probability of a failure": how often, not how bad.
fn is_share(passage: &Passage<'_>, failure: &Range<usize>) -> bool {
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    matches!(word(failure.end), "rate" | "rates" | "budget" | "probability" | "mode" | "modes" | "count" | "counts")
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
        let behind = |cue: &Range<usize>| {
            minds(cue)
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
