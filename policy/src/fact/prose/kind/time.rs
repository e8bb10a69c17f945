//! Which time a figure is: of an answer, of a start, or of something that is not asked for.

mod bounded;
mod fresh;
mod period;
mod start;

use super::super::super::value::quantity::Quantity;
use super::super::cue::Class;
use super::super::passage::{Passage, Scope, span};
use super::{Kind, asks_how_soon, distance, follows, named, word_at, word_before};
use period::{first_in_row, goes_on, is_interval, is_period};

/// Words right behind a time that make it one of another kind.
const BEHIND: &[&str] = &[
    "ago",
    "later",
    "old",
    "older",
    "apart",
    "alt",
    "timeout",
    "ttl",
    "window",
    "windows",
    "interval",
    "intervals",
    "retention",
    "backoff",
    "grace",
    "worth",
    "long",
    "overall",
    "altogether",
    "minimum",
    "total",
];

/// What ends before "after": "has to be over after 0.2 ms".
const ENDS: &[&str] = &[
    "ready",
    "healthy",
    "over",
    "done",
    "finished",
    "complete",
    "completed",
    "back",
    "through",
    "there",
    "out",
    "spätestens",
    "answered",
];

pub(super) fn of(
    passage: &Passage<'_>,
    sentence: usize,
    at: usize,
    scope: &Scope,
    hint: Option<&'static str>,
) -> Option<Kind> {
    let quantity = &passage.quantities[at];
    let startup = start::distance_to(passage, sentence, quantity, scope);
    let labelled = hint == Some("latency-target") && passage.label_of(sentence).is_some();
    if is_asked_how_soon(passage, sentence, quantity) {
        return named("startup-time");
    }
    let from_start = fresh::is_label(passage, sentence, quantity)
        || startup.is_none() && fresh::is_start(passage, sentence, quantity);
    if from_start && !labelled {
        return named("startup-time");
    }
    if due_by_then(passage, sentence) {
        return named(if startup.is_some() { "startup-time" } else { "latency-target" });
    }
    if span::is_before_over(&passage.tokens, &quantity.tokens) {
        return back_in_time(passage, sentence, quantity, scope);
    }
    if is_interval(passage, quantity) || goes_on(passage, at) || is_of_other_kind(passage, sentence, at, scope, startup)
    {
        return None;
    }
    if startup.is_none() && (leads(passage, quantity) || follows(passage, at, Class::OtherTime, 3)) {
        return None;
    }
    if hint == Some("startup-time") || hint == Some("latency-target") {
        return named(hint.unwrap_or_default());
    }
    let percentile = passage.percentile_of(sentence, at).is_some();
    if bounded::is_other(passage, sentence, quantity, scope, percentile) {
        return None;
    }
    by_nearest(passage, sentence, quantity, scope, startup, percentile)
}

/// "How soon is it up? In 4 s.": what the sentence before asks, the figure answers.
fn is_asked_how_soon(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let asked = sentence.checked_sub(1).map(|before| &passage.sentences[before]).filter(|before| before.question);
    quantity.tokens.start <= passage.sentences[sentence].tokens.start + 4
        && asked.is_some_and(|asked| asks_how_soon(passage, &asked.tokens))
}

/// Whether the words right beside a time make it a period, a wait or an age, or it stands in a row of such.
fn is_of_other_kind(passage: &Passage<'_>, sentence: usize, at: usize, scope: &Scope, startup: Option<usize>) -> bool {
    let quantity = &passage.quantities[at];
    // "150 ms later at most" is no date.
    let end = quantity.tokens.end;
    let at_most = word_at(passage, end) == "later" && (word_at(passage, end + 1) == "at" || is_owed(passage, quantity));
    let first = first_in_row(passage, at);
    let row = first < at
        && distance(passage, quantity, scope, Class::Startup).is_none()
        && passage.percentile_of(sentence, at).is_none()
        && is_period(passage, &passage.quantities[first], startup);
    let late = too_late_after(passage, sentence, quantity);
    row || !late && is_period(passage, quantity, startup) || BEHIND.contains(&word_at(passage, end)) && !at_most
}

/// What the nearest word near a time says of it: a start, an answer, or something else.
fn by_nearest(
    passage: &Passage<'_>,
    sentence: usize,
    quantity: &Quantity,
    scope: &Scope,
    startup: Option<usize>,
    percentile: bool,
) -> Option<Kind> {
    let latency = distance(passage, quantity, scope, Class::Latency);
    let other = distance(passage, quantity, scope, Class::OtherTime);
    let nearest = [startup, latency].into_iter().flatten().min();
    if other.is_some_and(|other| nearest.is_none_or(|nearest| other < nearest) && (other == 0 || !percentile)) {
        return None;
    }
    // A setting in code, a figure with no word for an answer: "the request expires, `100ms`".
    if passage.in_code(quantity) && latency.is_none() && startup.is_none() && !percentile {
        return None;
    }
    // "Calls the bank and asks for half an hour": no answer takes as long.
    let short = quantity.value.is_none_or(|value| value < 600_000.0);
    let latency = latency.or_else(|| distance(passage, quantity, scope, Class::Served).filter(|_| short));
    // "Boots with the device, 700 ms allowed": no word near, so the sentence's only one.
    let alone = startup.is_none() && latency.is_none() && passage.in_sentence(sentence, Class::Latency).is_none();
    let only = passage.times_of(sentence).len() == 1;
    let aside = passage
        .in_sentence(sentence, Class::Startup)
        .filter(|cue| alone && only && start::starts_service(passage, cue));
    match (startup.or(aside.map(|_| 1)), latency) {
        (Some(startup), Some(latency)) if startup <= latency => named("startup-time"),
        (Some(_), None) => named("startup-time"),
        (None | Some(_), Some(_)) => named("latency-target"),
        (None, None) => {
            let named = percentile
                || counts_from(passage, quantity)
                || is_due(passage, quantity)
                || short && may_take(passage, quantity);
            Some(Kind { id: "latency-target", named, answers: false })
        }
    }
}

/// "A bid that arrives after 120 ms is void", "after 30 ms without an answer the call is lost": beyond is too late.
pub(in super::super) fn too_late_after(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    let Some(after) = start.checked_sub(1).filter(|at| matches!(word_at(passage, *at), "after" | "nach" | "après"))
    else {
        return false;
    };
    let late = passage.cues_in(&passage.sentences[sentence].tokens).any(|cue| cue.class == Class::NotOk);
    let comes = after.checked_sub(1).is_some_and(|at| {
        matches!(
            word_at(passage, at),
            "arrive"
                | "arrives"
                | "arriving"
                | "come"
                | "comes"
                | "coming"
                | "lands"
                | "answered"
                | "delivered"
                | "shown"
        )
    });
    let comes = comes || is_not_there(passage, sentence, after);
    let without = matches!(word_at(passage, quantity.tokens.end), "without" | "ohne" | "sans")
        && (quantity.tokens.end..quantity.tokens.end + 5)
            .any(|at| passage.cues_in(&(at..at + 1)).any(|cue| cue.class == Class::Latency));
    late && (comes || without)
}

/// "A sample that is not through the ingest", "an answer which isn't there": what has not come by then, where it is a
/// thing that is on its way and nobody who is late.
fn is_not_there(passage: &Passage<'_>, sentence: usize, after: usize) -> bool {
    const DONE: &[&str] = &[
        "through",
        "back",
        "there",
        "in",
        "with",
        "at",
        "on",
        "out",
        "done",
        "answered",
        "delivered",
        "come",
        "arrived",
        "reached",
        "left",
        "shown",
        "processed",
        "acknowledged",
        "acked",
        "written",
        "returned",
        "served",
        "handled",
        "ready",
        "finished",
        "complete",
        "landed",
        "gone",
        "made",
    ];
    let from = passage.sentences[sentence].tokens.start.max(after.saturating_sub(9));
    let not = (from..after).find(|at| {
        matches!(word_at(passage, *at), "not" | "isn't" | "hasn't" | "isn’t" | "hasn’t")
            || word_at(passage, *at) == "nothing"
    });
    let Some(not) = not else { return false };
    let person = passage.cues_in(&(passage.sentences[sentence].tokens.start..after)).any(|cue| {
        matches!(cue.class, Class::Person | Class::Lasting | Class::Outsider | Class::OtherTime)
            && cue.tokens.start < not
    });
    let which = (from..=not).any(|at| matches!(word_at(passage, at), "that" | "which" | "whatever"));
    which && !person && (not + 1..(not + 4).min(after)).any(|at| DONE.contains(&word_at(passage, at)))
}

/// "Ten milliseconds after the raw one": a time that runs from something that happens.
fn counts_from(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    matches!(
        (word_at(passage, quantity.tokens.end), word_at(passage, quantity.tokens.end + 1)),
        ("after" | "of", "the" | "a" | "an" | "it" | "its") | ("nach", "dem" | "der") | ("après", "le" | "la")
    )
}

/// "A panel must be through in 45 minutes": what has to be at its end.
fn is_due(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let (before, start) = word_before(passage, quantity);
    // "Within" is a comparator, too.
    let joint = if matches!(before, "in" | "by") { start.wrapping_sub(1) } else { start };
    let ends = ENDS.contains(&word_at(passage, joint.wrapping_sub(1))) && joint < quantity.tokens.start;
    ends && passage.cues_in(&(joint.saturating_sub(6)..joint)).any(|cue| cue.class == Class::Must)
}

/// "Must be known to the gate 150 ms later": what has to be so by then, and soon.
fn is_owed(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    let from = start.saturating_sub(10);
    let soon = quantity.value.is_some_and(|value| value < 10_000.0);
    let must = passage.cues_in(&(from..start)).filter(|cue| cue.class == Class::Must).last();
    soon && must.is_some_and(|must| {
        (must.tokens.end - 1..must.tokens.end + 2).any(|at| matches!(word_at(passage, at), "be" | "have"))
    })
}

/// "Every quote is back before 180 ms are up": what is through when a time is, where nobody is on the way.
fn back_in_time(passage: &Passage<'_>, sentence: usize, quantity: &Quantity, scope: &Scope) -> Option<Kind> {
    let own = passage.sentences[sentence].tokens.start..quantity.tokens.start;
    let other = passage
        .cues_in(&own)
        .any(|cue| matches!(cue.class, Class::Person | Class::Outsider | Class::Lasting | Class::OtherTime));
    if other || quantity.value.is_none_or(|value| value >= 120_000.0) {
        return None;
    }
    // "Is back" is said of an answer, too.
    let starts = scope.ranges.iter().any(|range| {
        passage.cues_in(range).any(|cue| {
            cue.class == Class::Startup
                && start::starts_service(passage, cue)
                && !passage.tokens[cue.tokens.clone()].iter().any(|token| token.is("back"))
        })
    });
    named(if starts { "startup-time" } else { "latency-target" })
}

/// "One run may take 4 min": what something may take is a time of work; a batch takes longer.
fn may_take(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let (take, start) = word_before(passage, quantity);
    let takes = matches!(take, "take" | "takes" | "dauern" | "dauert" | "prendre" | "tardar");
    // "A walk to the gate may take 9 minutes".
    let lasts = passage.cues_in(&(start.saturating_sub(8)..start)).any(|cue| cue.class == Class::Lasting);
    takes
        && !lasts
        && passage.cues_in(&(start.saturating_sub(5)..start)).any(|cue| matches!(cue.class, Class::Must | Class::Grant))
}

/// "Start lists change up to 30 s before the gun": how long ahead of something else a thing happens.
fn leads(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let end = quantity.tokens.end;
    let ahead = matches!(
        (word_at(passage, end), word_at(passage, end + 1)),
        ("before", "the" | "a" | "an" | "each" | "every" | "our") | ("ahead", "of")
    );
    let (_, start) = word_before(passage, quantity);
    // "It may take 30 ms before the caller gives up" bounds an answer.
    let takes = passage.tokens[start.saturating_sub(6)..start].iter().any(|token| {
        matches!(
            &*token.lower,
            "take" | "takes" | "last" | "lasts" | "wait" | "waits" | "has" | "have" | "need" | "needs"
        )
    });
    let within = passage.tokens[start..quantity.tokens.start]
        .iter()
        .any(|token| matches!(&*token.lower, "within" | "under" | "below" | "≤" | "<"));
    let answer = passage
        .cues_in(&(start.saturating_sub(8)..start))
        .any(|cue| matches!(cue.class, Class::Limit | Class::Latency));
    ahead && !takes && !within && !answer
}

/// "Callers give up after 200 ms, so we have to be done by then": a time that others set becomes the service's own.
pub(in super::super) fn due_by_then(passage: &Passage<'_>, sentence: usize) -> bool {
    let [at] = passage.quantities_of(sentence) else { return false };
    let end = passage.quantities[*at].tokens.end;
    let tokens = &passage.sentences[sentence].tokens;
    (end..tokens.end).any(|at| {
        let pair = (word_at(passage, at), word_at(passage, at + 1));
        matches!(
            pair,
            ("by" | "before" | "until", "then")
                | ("before", "that")
                | ("bis", "dahin")
                | ("in", "that")
                | ("before", "." | ";")
                | ("earlier", ".")
                | ("vorher", "da" | "fertig" | ".")
                | ("para", "entonces")
        ) && passage.cues_in(&(end..tokens.end)).any(|cue| cue.class == Class::Must)
    })
}
