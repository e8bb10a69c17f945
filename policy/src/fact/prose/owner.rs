//! Whose a clause is: what somebody else promises, has, or is given, told by its subject.

mod behind;
mod duty;
mod runs;
mod team;
mod today;

pub(crate) use behind::{MAKERS, disowned};
pub(crate) use team::introduced;
pub(crate) use today::goes_on_about;

use super::super::token::Token;
use super::super::value::bound;
use super::cue::{Class, Cue};
use super::passage::{Passage, stem};
use super::thing;
use crate::text::outline::MarkKind;
use std::ops::Range;

/// Verbs of those who promise: what they promise is theirs.
const PROMISES: &[&str] = &[
    "promise",
    "promises",
    "promised",
    "guarantee",
    "guarantees",
    "guaranteed",
    "offers",
    "offered",
    "advertises",
    "advertised",
    "quotes",
    "quoted",
    "warrants",
    "warranted",
    "assures",
    "assured",
];

/// Verbs behind a service's name that tell what it does.
const DOES: &[&str] = &[
    "stops",
    "kills",
    "caps",
    "limits",
    "uses",
    "takes",
    "needs",
    "allows",
    "has",
    "gets",
    "defaults",
    "is",
    "answers",
    "keeps",
    "allocates",
    "reserves",
    "returns",
    "responds",
];

/// Verbs and prepositions whose object the service uses: "we call the feed, which …".
pub(crate) const CALLS: &[&str] = &[
    "poll", "polls", "polling", "call", "calls", "calling", "use", "uses", "using", "ask", "asks", "asking", "query",
    "queries", "querying", "read", "reads", "consult", "consults", "via", "through", "behind", "against", "on", "to",
    "from", "with",
];

/// Verbs of a call whose object is another service.
pub(crate) const CALLED: &[&str] = &[
    "call",
    "calls",
    "consume",
    "consumes",
    "query",
    "queries",
    "consult",
    "poll",
    "polls",
    "ask",
    "asks",
    "talk",
    "talks",
    "read",
    "reads",
    "subscribe",
    "fetch",
    "fetches",
    "depend",
    "depends",
    "rely",
    "relies",
];

/// Who speaks for the team that writes: what they promised is to be kept.
const INSIDE: &[&str] = &[
    "we",
    "i",
    "it",
    "us",
    "team",
    "board",
    "management",
    "sales",
    "marketing",
    "product",
    "business",
    "company",
    "department",
    "desk",
    "office",
    "group",
    "division",
    "directorate",
    "committee",
    "council",
    "ceo",
    "cto",
    "owner",
    "organisation",
    "organization",
    "programme",
    "program",
    "project",
    "minister",
    "ministry",
];

/// Papers that bind the service by what they promise: "the contract promises callers 200 ms".
const PAPERS: &[&str] = &[
    "contract",
    "charter",
    "sla",
    "slo",
    "agreement",
    "law",
    "tender",
    "terms",
    "policy",
    "treaty",
    "concession",
    "annex",
    "statute",
    "licence",
    "license",
    "deal",
    "specification",
    "objective",
    "target",
    "budget",
    "description",
    "brochure",
];

/// The subject of the clauses that speak of a figure or a rating, where it is somebody else's.
pub(crate) fn theirs(passage: &Passage<'_>, ranges: &[Range<usize>], until: usize) -> Option<Range<usize>> {
    let mut before = ranges.iter().filter(|range| range.start < until);
    before.find_map(|range| {
        let clause = range.start..range.end.min(until);
        lead(passage, range, until)
            .or_else(|| promised(passage, &clause))
            .or_else(|| antecedent(passage, &clause))
            .or_else(|| named(passage, &clause))
            .or_else(|| given(passage, &clause))
            .or_else(|| duty::laid_on_others(passage, &duty::with_verb(passage, &clause)))
            .or_else(|| team::of_team(passage, &clause))
    })
}

fn word<'a>(passage: &'a Passage<'_>, at: usize) -> &'a str {
    passage.tokens.get(at).map_or("", |token| token.lower.as_ref())
}

/// Whether a word is the document's own service, or a part of it.
fn is_own(passage: &Passage<'_>, at: usize) -> bool {
    passage.tokens.get(at).is_some_and(|token| passage.topic.own.contains(stem(thing::possessor(&token.lower))))
}

/// Where the subject of a clause begins: behind conjunctions, articles and signs.
fn subject(passage: &Passage<'_>, clause: &Range<usize>) -> usize {
    const SKIPPED: &[&str] = &["and", "but", "so", "while", "whereas", "the", "by", "default", "a", "an"];
    let skipped = |at: &usize| passage.tokens[*at].sign().is_some() || SKIPPED.contains(&word(passage, *at));
    clause.start + (clause.start..clause.end).take_while(skipped).count()
}

/// "These are the commitments of the carrier: 300 ms": what stands before a colon says whose the figures are.
fn lead(passage: &Passage<'_>, range: &Range<usize>, until: usize) -> Option<Range<usize>> {
    let colon = (range.start..(range.end + 1).min(until))
        .take(24)
        .find(|at| passage.tokens.get(*at).is_some_and(|token| token.sign() == Some(':')))?;
    let words = range.start..colon;
    let theirs = colon < until
        && words.len() >= 4
        && (leads_to_theirs(passage.tokens.get(words.clone())?, passage.cues_between(words.clone()))
            || behind::for_others(passage, &words).is_some());
    theirs.then_some(words)
}

/// "The router promises its callers 40 ms": the verb with which the service itself promises.
pub(crate) fn promises(passage: &Passage<'_>, clause: &Range<usize>, until: usize) -> Option<Range<usize>> {
    let verb = (clause.start..until.min(clause.end)).find(|at| {
        matches!(
            word(passage, *at),
            "promise" | "promises" | "guarantee" | "guarantees" | "pledges" | "assures" | "owes"
        )
    })?;
    let start = subject(passage, clause);
    let own =
        (start..verb).any(|at| is_own(passage, at) || matches!(word(passage, at), "we" | "it" | "our" | "service"));
    let denied = (start..verb).any(|at| bound::is_negation(word(passage, at)));
    (own && !denied && verb - start <= 6 && verb + 12 >= until).then_some(verb..verb + 1)
}

/// "Record 97 promised that …", "`billing` promises 2 s", "the rented gateway promised 25 ms".
fn promised(passage: &Passage<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    let verb = (clause.start..clause.end).find(|at| PROMISES.contains(&word(passage, *at)))?;
    let start = subject(passage, clause);
    // "It is promised", "the guaranteed latency": no verb of somebody.
    let passive = (start..verb)
        .any(|at| matches!(word(passage, at), "is" | "are" | "was" | "were" | "be" | "been" | "must" | "our" | "its"))
        || verb.checked_sub(1).is_some_and(|at| matches!(word(passage, at), "a" | "the"));
    if verb <= start || passive || verb - start > 7 {
        return None;
    }
    let subject = start..verb;
    let held = subject.clone().any(|at| {
        INSIDE.contains(&word(passage, at))
            || PAPERS.contains(&word(passage, at))
            || word(passage, at) == "our"
            || is_own(passage, at)
    });
    // "What the mixer's maker promises": who makes what is ours, is not us.
    if verb.checked_sub(1).is_some_and(|maker| MAKERS.contains(&stem(word(passage, maker)))) {
        return Some(subject);
    }
    let numbered = passage.tokens[subject.clone()].iter().any(|token| token.text.bytes().all(|b| b.is_ascii_digit()));
    let outside = passage.cues_in(&subject).any(|cue| matches!(cue.class, Class::Outsider | Class::Other | Class::Old));
    // "Our colleagues of the shop promised their users 200 ms".
    let theirs = word(passage, verb + 1) == "their" && !subject.clone().any(|at| is_own(passage, at));
    if theirs && !subject.clone().any(|at| matches!(word(passage, at), "we" | "instances" | "pods")) {
        return Some(subject);
    }
    // "The push service of the phone maker promises 2 s": whose service it is.
    let of_others = subject.clone().any(|at| {
        word(passage, at) == "of"
            && matches!(word(passage, at + 1), "the" | "a" | "an" | "their" | "another")
            && (at + 2..verb).all(|at| !is_own(passage, at) && !INSIDE.contains(&word(passage, at)))
    });
    if of_others && !held {
        return Some(subject);
    }
    let past = word(passage, verb).ends_with("ed");
    let service = subject.clone().any(|at| thing::is_general(passage, at));
    (!held && (numbered && past || outside || is_code(passage, start) || !service && is_plain(passage, &subject)))
        .then_some(subject)
}

/// Whether a subject is a noun, with an article and without a verb of its own.
fn is_plain(passage: &Passage<'_>, subject: &Range<usize>) -> bool {
    let article = subject.start.checked_sub(1).is_some_and(|at| word(passage, at) == "the");
    article && subject.len() <= 3 && passage.tokens[subject.clone()].iter().all(Token::is_word)
}

/// "We call the feed, which guarantees 500 ms": what the service uses, and what is told of it.
fn antecedent(passage: &Passage<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    const OURS: &[&str] = &["us", "our", "we", "ours"];
    if !matches!(word(passage, clause.start), "which" | "who" | "that") {
        return None;
    }
    if passage.tokens[clause.clone()].iter().any(|token| OURS.contains(&&*token.lower)) {
        return None;
    }
    let comma = clause.start.checked_sub(1)?;
    // "That is no excuse": behind the end of a sentence it points back to all of it, and to no noun.
    if matches!(passage.tokens[comma].sign(), Some('.' | '!' | '?' | ':' | ';')) {
        return None;
    }
    let noun = if passage.tokens[comma].is_word() { comma } else { comma.checked_sub(1)? };
    if !passage.tokens[noun].is_word() || is_own(passage, noun) {
        return None;
    }
    let does = clause
        .clone()
        .skip(1)
        .take(2)
        .any(|at| DOES.contains(&word(passage, at)) || PROMISES.contains(&word(passage, at)));
    let from = noun.saturating_sub(5);
    let called = (from..noun).rev().find(|at| CALLS.contains(&word(passage, *at)))?;
    // "… on the feed": only behind a verb that says that it is used.
    let uses = match word(passage, called) {
        "on" => called > 0 && matches!(word(passage, called - 1), "depend" | "depends" | "rely" | "relies" | "builds"),
        "to" => called > 0 && matches!(word(passage, called - 1), "talk" | "talks" | "connects" | "connect" | "goes"),
        "from" => called > 0 && matches!(word(passage, called - 1), "reads" | "comes" | "come" | "buy" | "rent"),
        "with" => called > 0 && matches!(word(passage, called - 1), "talks" | "talk" | "speaks" | "works"),
        _ => true,
    };
    let article = (called + 1..noun).any(|at| matches!(word(passage, at), "the" | "a" | "an" | "their" | "our"));
    (does && uses && article).then_some(called + 1..noun + 1)
}

/// "libFuzzer stops itself at 2048 MB": a tool by its name.
fn named(passage: &Passage<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    let at = subject(passage, clause);
    let token = passage.tokens.get(at).filter(|_| at < clause.end)?;
    let mut letters = token.text.chars().skip(1);
    let name = token.text.starts_with(char::is_lowercase) && letters.any(char::is_uppercase);
    let verb = DOES.contains(&word(passage, at + 1));
    (name && verb && !is_own(passage, at)).then_some(at..at + 1)
}

/// "A consumer has 30 s to acknowledge": what others are given to do their part.
fn given(passage: &Passage<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    const OTHERS: &[&str] = &["consumer", "consumers", "subscriber", "subscribers", "receiver", "receivers", "caller"];
    let start = subject(passage, clause);
    let outsider = passage
        .cues_in(&(start..(start + 3).min(clause.end)))
        .find(|cue| cue.class == Class::Outsider)
        .map(|cue| cue.tokens.clone())
        .or_else(|| OTHERS.contains(&word(passage, start)).then_some(start..start + 1))?;
    let verb = outsider.end;
    let gets = matches!(word(passage, verb), "has" | "have" | "gets" | "get")
        || matches!(word(passage, verb), "is" | "are") && matches!(word(passage, verb + 1), "given" | "granted");
    // "30 s to acknowledge".
    let at = passage.quantities.partition_point(|quantity| quantity.tokens.start < clause.end);
    let to = passage.quantities.get(at).filter(|quantity| quantity.tokens.start <= verb + 3)?.tokens.end;
    let acts = word(passage, to) == "to" && passage.tokens.get(to + 1).is_some_and(Token::is_word);
    let own = (clause.start..outsider.end).any(|at| is_own(passage, at));
    (gets && acts && !own).then_some(outsider)
}

/// Whether a token stands in a piece of code.
fn is_code(passage: &Passage<'_>, at: usize) -> bool {
    let Some(start) = passage.tokens.get(at).map(|token| token.range.start) else { return false };
    let from = passage.text.marks().partition_point(|mark| mark.range.end <= start);
    passage.text.marks()[from..].iter().take(4).any(|mark| mark.kind == MarkKind::Code && mark.range.contains(&start))
}

/// Whether a line that leads to figures says that they are somebody else's: "These commitments on their side:", "The
/// figures of the back-ends:".
pub(crate) fn leads_to_theirs(tokens: &[Token<'_>], cues: &[Cue]) -> bool {
    const FIGURES: &[&str] = &[
        "commitment",
        "commitments",
        "promise",
        "promises",
        "guarantee",
        "guarantees",
        "offer",
        "offers",
        "pledge",
        "pledges",
        "terms",
        "sla",
        "slas",
        "figures",
        "numbers",
        "those",
    ];
    const OURS: &[&str] = &["we", "our", "ours", "us", "wir", "unser", "unsere", "to", "toward", "towards"];
    let has = |words: &[&str]| tokens.iter().any(|token| words.contains(&&*token.lower));
    let their = tokens.iter().any(|token| matches!(&*token.lower, "their" | "theirs"));
    let outside = cues.iter().any(|cue| matches!(cue.class, Class::Outsider | Class::Other));
    let neighbours = tokens.windows(4).any(|words| {
        words[0].is("those") && words[1].is("of") && words[2].is("the") && !thing::is_word_for_service(&words[3].lower)
    });
    let demands = cues.iter().any(|cue| cue.class == Class::Must);
    (their || outside || neighbours) && has(FIGURES) && !has(OURS) && !demands
}
