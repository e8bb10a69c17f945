//! A start in ordinary words: "a fresh worker must be pulling jobs no more than 3 s after the scheduler has placed it".

use super::super::super::super::value::bound;
use super::super::super::super::value::quantity::Quantity;
use super::super::super::cue::Class;
use super::super::super::passage::{Passage, stem};
use super::super::super::thing;
use super::super::word_at;
use std::ops::Range;

/// Words for what is started: a copy of the service, or what it runs in. A job and a session are what it handles.
const COPIES: &[&str] = &[
    "pod",
    "worker",
    "instance",
    "replica",
    "proces",
    "process",
    "container",
    "node",
    "function",
    "vm",
    "copy",
    "copie",
    "runner",
    "agent",
    "executor",
    "sandbox",
    "lambda",
    "daemon",
    "sidecar",
    "machine",
    "server",
    "unit",
    "shard",
    "service",
    "isolate",
    "kiosk",
    "device",
    "display",
    "terminal",
    "controller",
    "board",
    "gateway",
    "till",
    "camera",
    "robot",
    "drone",
    "app",
    "program",
    "programme",
    "tool",
    "engine",
    "replacement",
    "successor",
    "backend",
    "binary",
    "instanz",
    "prozess",
    "knoten",
    "dienst",
    "processu",
    "nœud",
    "serveur",
    "instancia",
    "proceso",
    "nodo",
    "servidor",
    "contenedor",
    "conteneur",
];

/// Whether the time of a figure runs from a start of the service until it works.
pub(super) fn is_start(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let clause = passage.clause_of(sentence, quantity.tokens.start);
    let whole = &passage.sentences[sentence];
    if is_span(passage, whole.tokens.start..quantity.tokens.start) {
        return true;
    }
    if !whole.classes.has(Class::Fresh) && !whole.classes.has(Class::Comes) && !whole.classes.has(Class::Working) {
        return false;
    }
    if is_cold(passage, &whole.tokens) {
        return true;
    }
    if spans(passage, &whole.tokens, quantity) {
        return true;
    }
    let Some(clause) = whole.clauses.get(clause) else { return false };
    let from = whole.tokens.start;
    let Some(works) = works(passage, clause.tokens.clone()) else { return false };
    let Some(subject) = subject(passage, from, works.start) else { return false };
    let fresh = passage.cues_in(&(subject.saturating_sub(4).max(from)..works.start)).any(|cue| {
        let near = cue.class == Class::Fresh && cue.tokens.end + 1 >= subject;
        near && (cue.tokens.len() > 1 || !is_new(passage, cue.tokens.start, subject))
    });
    // "Must be forwarding again", "15 s from the key to the first picture".
    let again = word_at(passage, works.start) == "be" && word_at(passage, works.end) == "again";
    let to_first = word_at(passage, works.start) == "first"
        && (works.start.saturating_sub(2)..works.start).any(|at| matches!(word_at(passage, at), "to" | "until"))
        && (clause.tokens.start..works.start).any(|at| word_at(passage, at) == "from");
    fresh || again || to_first || comes(passage, &whole.tokens, subject, quantity)
}

/// "Between its creation and its first reply", "from spawn to the first line of output": from when to when.
fn spans(passage: &Passage<'_>, sentence: &Range<usize>, quantity: &Quantity) -> bool {
    let word = |at: usize| word_at(passage, at);
    let from = sentence.clone().find(|at| matches!(word(*at), "from" | "between"));
    let Some(from) = from.filter(|from| quantity.tokens.start.abs_diff(*from) <= 14) else { return false };
    let joint = if word(from) == "between" { &["and"][..] } else { &["to", "until", "till"][..] };
    let to = (from + 1..(from + 9).min(sentence.end)).find(|at| joint.contains(&word(*at)));
    to.is_some_and(|to| {
        let starts = passage.cues_in(&(from..to)).any(|cue| matches!(cue.class, Class::Comes | Class::Startup));
        let works = passage.cues_in(&(to..to + 5)).any(|cue| cue.class == Class::Working);
        starts && works
    })
}

/// "A cold function must respond within 300 ms": a word that is said of nothing that has run before.
fn is_cold(passage: &Passage<'_>, sentence: &Range<usize>) -> bool {
    // "Cold, it may need 3 s", "from cold it has 3 s".
    let first = sentence.start + usize::from(matches!(word_at(passage, sentence.start), "from" | "when" | "if"));
    if matches!(word_at(passage, first), "cold" | "kalt") {
        let behind = word_at(passage, first + 1);
        return behind == "," || matches!(behind, "it" | "the" | "a" | "an" | "each" | "every" | "no" | "we");
    }
    passage.cues_in(sentence).filter(|cue| cue.class == Class::Fresh).any(|cue| {
        let strong = !passage.tokens[cue.tokens.clone()]
            .iter()
            .any(|token| matches!(&*token.lower, "new" | "additional" | "extra" | "another" | "further"));
        let own = |at: usize| is_copy(passage, at) || word_at(passage, at) == "box";
        // "A fresh pod list" is a list.
        let head = |at: usize| {
            own(at)
                && passage.tokens.get(at + 1).is_none_or(|next| {
                    !next.is_word()
                        || next.lower.len() <= 2
                        || passage
                            .cues_in(&(at + 1..at + 2))
                            .any(|cue| matches!(cue.class, Class::Must | Class::Grant | Class::Verb))
                        || matches!(
                            &*next.lower,
                            "which"
                                | "needs"
                                | "within"
                                | "after"
                                | "should"
                                | "takes"
                                | "has"
                                | "have"
                                | "may"
                                | "can"
                                | "will"
                                | "are"
                                | "that"
                                | "who"
                                | "for"
                                | "with"
                                | "and"
                                | "gets"
                                | "from"
                                | "once"
                                | "when"
                                | "under"
                        )
                })
        };
        strong && (cue.tokens.end - 1..cue.tokens.end + 1).any(head)
    })
}

/// "From invoke to first byte served", "between the launch and the first request answered": a span from a start to the
/// first thing that is done.
fn is_span(passage: &Passage<'_>, range: Range<usize>) -> bool {
    const STARTS: &[&str] = &[
        "invoke",
        "invocation",
        "exec",
        "launch",
        "spawn",
        "boot",
        "start",
        "cold",
        "nothing",
        "zero",
        "creation",
        "scheduling",
        "placement",
        "fork",
        "deploy",
        "reset",
        "restart",
        "standstill",
        "null",
        "kaltstart",
        "kalt",
        "démarrage",
        "arranque",
    ];
    let Some(from) = range.clone().find(|at| matches!(word_at(passage, *at), "from" | "between")) else { return false };
    let Some(start) = (from + 1..(from + 5).min(range.end)).find(|at| STARTS.contains(&word_at(passage, *at))) else {
        return false;
    };
    let to = (start + 1..(start + 5).min(range.end))
        .find(|at| matches!(word_at(passage, *at), "to" | "till" | "until" | "and"));
    to.is_some_and(|to| (to + 1..(to + 3).min(range.end)).any(|at| matches!(word_at(passage, at), "first" | "ready")))
}

/// "The new worker must answer in 30 ms" is the service that this is about; "a new worker must be pulling jobs" starts.
fn is_new(passage: &Passage<'_>, at: usize, subject: usize) -> bool {
    let one = at
        .checked_sub(1)
        .is_some_and(|at| matches!(word_at(passage, at), "the" | "our" | "this" | "its" | "la" | "el"));
    let whole = matches!(stem(word_at(passage, subject)), "service" | "server" | "binary" | "backend" | "machine");
    word_at(passage, at) == "new" && (one || whole)
}

fn is_copy(passage: &Passage<'_>, at: usize) -> bool {
    let word = stem(word_at(passage, at));
    COPIES.contains(&word)
        || passage.topic.own.contains(word) && thing::is_word_for_service(word) && !thing::is_listed(word)
}

/// The first words of a sentence that say that something works, where what it works on is not one certain thing: "be
/// pulling jobs", "serve", "be in rotation", and not "answer a call".
fn works(passage: &Passage<'_>, sentence: Range<usize>) -> Option<Range<usize>> {
    let one =
        |at: usize| matches!(word_at(passage, at), "a" | "an" | "the" | "each" | "every" | "any" | "this" | "that");
    let state = |from: usize| word_at(passage, from) == "be" || word_at(passage, from).ends_with("ing");
    let cues = passage.cues_in(&sentence).filter(|cue| cue.class == Class::Working);
    // "A new instance may take 900 ms".
    let is_bound = |at: usize| {
        passage.has_figure(at..at + 4)
            && matches!(
                word_at(passage, at),
                "at" | "up" | "no" | "not" | "less" | "under" | "below" | "max" | "≤" | "<" | "about"
            )
    };
    let plain = |tokens: &Range<usize>| {
        !one(tokens.end) && !passage.has_figure(tokens.end..tokens.end + 1) && !is_bound(tokens.end)
    };
    // "Be crunching", "be drawing frames": whatever it does.
    let doing = || {
        sentence.clone().find(|at| {
            let next = word_at(passage, *at + 1);
            word_at(passage, *at) == "be"
                && next.len() > 5
                && next.ends_with("ing")
                && !matches!(next, "missing" | "pending" | "waiting" | "starting" | "nothing" | "lasting")
        })
    };
    cues.map(|cue| cue.tokens.clone())
        .find(|tokens| state(tokens.start) || plain(tokens))
        .or_else(|| doing().map(|at| at..at + 2))
}

/// The copy of the service that a verb speaks of: the nearest word before it for one.
fn subject(passage: &Passage<'_>, from: usize, verb: usize) -> Option<usize> {
    let back = verb.saturating_sub(16).max(from)..verb;
    // "A box must be reporting": whatever it is that does something all the time.
    let doing = word_at(passage, verb) == "be" && word_at(passage, verb + 1).ends_with("ing");
    // "It must be listening": what it is, the words around tell.
    back.clone()
        .rev()
        .find(|at| is_copy(passage, *at) || doing && thing::is_general(passage, *at))
        .or_else(|| back.rev().find(|at| matches!(word_at(passage, *at), "it" | "one" | "they")))
}

/// "… 3 s after the scheduler has placed it", "once it was created", "within 10 s of a deploy": where the time begins.
fn comes(passage: &Passage<'_>, sentence: &Range<usize>, subject: usize, quantity: &Quantity) -> bool {
    const SINCE: &[&str] = &[
        "after",
        "of",
        "from",
        "since",
        "once",
        "when",
        "whenever",
        "following",
        "on",
        "upon",
        "as",
        "that",
        "which",
        "nach",
        "nachdem",
        "sobald",
        "ab",
        "après",
        "dès",
        "une",
        "tras",
        "desde",
        "cuando",
    ];
    passage.cues_in(sentence).filter(|cue| cue.class == Class::Comes).any(|cue| {
        let at = cue.tokens.start;
        let back = at.saturating_sub(6).max(sentence.start)..at;
        let since = back.clone().rev().find(|before| SINCE.contains(&word_at(passage, *before)));
        // "Spawned for each file, the checker must be reading within 700 ms".
        let opens = at <= sentence.start + 1 && word_at(passage, at).ends_with("ed");
        let Some(since) = since.or(opens.then_some(at)) else { return false };
        // "A message … after an order was placed": what comes is the copy, or what stands for it.
        let other = (since + 1..at).chain(cue.tokens.end..cue.tokens.end + 2).any(|word| {
            let token = word_at(passage, word);
            matches!(
                token,
                "order" | "orders" | "message" | "messages" | "job" | "jobs" | "request" | "requests" | "in" | "by"
            )
        });
        let near = quantity.tokens.start.abs_diff(at) <= 14 || subject.abs_diff(at) <= 6;
        near && !other && !passage.tokens[back].iter().any(|token| bound::is_negation(&token.lower))
    })
}

/// "From scheduling to serving: 5 s", "time until it serves: 4 s".
pub(super) fn is_label(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let Some(label) = passage.label_of(sentence).filter(|label| label.end <= quantity.tokens.start) else {
        return false;
    };
    let until = label.clone().find(|at| {
        matches!(word_at(passage, *at), "until" | "till" | "to" | "before" | "soon" | "bis" | "jusqu'à" | "hasta")
    });
    let Some(until) = until else { return false };
    let other = (until..label.end).any(|at| matches!(word_at(passage, at), "dead" | "a" | "an" | "out"));
    let works = passage.cues_in(&(until..label.end)).any(|cue| cue.class == Class::Working);
    let time =
        matches!(word_at(passage, label.start), "time" | "from" | "how" | "zeit" | "von" | "temps" | "de" | "tiempo");
    // "Time from container start to the first answered request".
    let from = (label.start..until.min(label.start + 3))
        .find(|at| matches!(word_at(passage, *at), "from" | "von" | "de" | "desde"));
    let starts = from.is_some_and(|from| {
        passage.cues_in(&(from..until)).any(|cue| matches!(cue.class, Class::Startup | Class::Comes))
    });
    time && !other && (works || starts && word_at(passage, until) != "soon")
}
