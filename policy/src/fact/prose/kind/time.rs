//! Which time a figure is: of an answer, of a start, or of something that is not asked for.

use super::super::super::value::bound;
use super::super::super::value::quantity::Quantity;
use super::super::cue::{Class, Cue};
use super::super::passage::{Passage, Scope};
use super::super::thing;
use super::{Kind, distance, follows, named, word_at, word_before};

const HOUR: f64 = 3_600_000.0;

/// Words right before a time that make it a period: "every 5 s", "for 10 s".
const PERIOD: &[&str] = &[
    "every", "each", "alle", "toutes", "tous", "cada", "for", "during", "pendant", "durante", "last", "next",
    "another", "jede",
];

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
    if quantity.value.is_some_and(|value| value >= HOUR || value <= 0.0) {
        return None;
    }
    let startup = startup(passage, sentence, quantity, scope);
    if due_by_then(passage, sentence) {
        return named(if startup.is_some() { "startup-time" } else { "latency-target" });
    }
    // "150 ms later at most" is no date.
    let end = quantity.tokens.end;
    let at_most = word_at(passage, end) == "later" && word_at(passage, end + 1) == "at";
    // "Not above 3 % over 5 minutes": over how long a share is taken.
    let (window, from) = word_before(passage, quantity);
    let share =
        passage.tokens[from.saturating_sub(4)..from].iter().any(|token| matches!(&*token.lower, "%" | "percent"));
    if share
        && (window == "over"
            || word_at(passage, from) == "over"
            || matches!(window, "in" | "within" | "for" | "during")
                && quantity.value.is_some_and(|value| value >= 60_000.0))
    {
        return None;
    }
    // "Twice within 2 s": how often.
    if matches!(window, "twice" | "times" | "thrice" | "zweimal" | "dreimal" | "fois" | "veces") {
        return None;
    }
    if is_period(passage, quantity, startup) || BEHIND.contains(&word_at(passage, end)) && !at_most {
        return None;
    }
    // "Starting two pumps within 10 s of each other".
    let apart = matches!((word_at(passage, end), word_at(passage, end + 1)), ("of", "each" | "one"))
        && matches!(word_at(passage, end + 2), "other" | "another");
    if apart {
        return None;
    }
    if leads(passage, quantity) && startup.is_none() {
        return None;
    }
    if follows(passage, at, Class::OtherTime, 3) && startup.is_none() {
        return None;
    }
    if hint == Some("startup-time") || hint == Some("latency-target") {
        return named(hint.unwrap_or_default());
    }
    let percentile = passage.percentile_of(sentence, at).is_some();
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
    let aside =
        passage.in_sentence(sentence, Class::Startup).filter(|cue| alone && only && starts_service(passage, cue));
    match (startup.or(aside.map(|_| 1)), latency) {
        (Some(startup), Some(latency)) if startup <= latency => named("startup-time"),
        (Some(_), None) => named("startup-time"),
        (None | Some(_), Some(_)) => named("latency-target"),
        (None, None) => {
            let named = percentile || counts_from(passage, quantity) || is_due(passage, quantity);
            Some(Kind { id: "latency-target", named, answers: false })
        }
    }
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

/// How far the nearest word for a start of the service is.
fn startup(passage: &Passage<'_>, sentence: usize, quantity: &Quantity, scope: &Scope) -> Option<usize> {
    let own = scope
        .ranges
        .iter()
        .any(|range| passage.cues_in(range).any(|cue| cue.class == Class::Startup && starts_service(passage, cue)));
    if own {
        return distance(passage, quantity, scope, Class::Startup);
    }
    // "NFR-4 (start): …" names it in the label.
    let label = passage.label_of(sentence)?;
    let named =
        passage.tokens[label].iter().any(|token| matches!(&*token.lower, "start" | "startup" | "boot" | "launch"));
    named.then_some(0)
}

/// Whether it is the service that starts or is ready: "a download should start within 150 ms" is an answer.
fn starts_service(passage: &Passage<'_>, cue: &Cue) -> bool {
    const WEAK: &[&str] = &[
        "start", "starts", "started", "ready", "be", "is", "become", "becomes", "must", "can", "to", "in", "within",
        "under", "after", "up", "restart", "restarts",
    ];
    // "Start of the bridge": what starts stands behind it.
    let words = passage.words(&cue.tokens).to_lowercase();
    let of = usize::from(words == "the start" && word_at(passage, cue.tokens.end) == "of");
    if words == "start of" || of > 0 {
        return (cue.tokens.end + of..cue.tokens.end + of + 3).any(|at| thing::is_service(passage, at));
    }
    // "Stellt uns zwei Instanzen bereit": half of a verb.
    let sentence = cue.tokens.start.saturating_sub(40)..cue.tokens.start;
    if word_at(passage, cue.tokens.start) == "bereit"
        && passage.tokens[sentence].iter().any(|token| matches!(&*token.lower, "stellt" | "stellen" | "stellte"))
    {
        return false;
    }
    // "Start-up is limited to 5 s": a noun, which says whose start it is no more than "startup" does.
    let noun = passage.tokens[cue.tokens.clone()].iter().skip(1).any(|token| token.joined);
    let weak = !noun && passage.tokens[cue.tokens.clone()].iter().all(|token| WEAK.contains(&&*token.lower));
    // "A service that starts in under 2 s".
    let relative = |at: usize| matches!(word_at(passage, at), "that" | "which" | "who" | "qui");
    let subject = thing::before(passage, cue.tokens.start).map(|at| {
        if relative(at) {
            (at.saturating_sub(2)..at).rev().find(|at| passage.tokens[*at].is_word()).unwrap_or(at)
        } else {
            at
        }
    });
    !weak || subject.is_none_or(|subject| thing::is_general(passage, subject))
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

/// Whether the words before a time make it a period or a wait: "every 30 s", "retried after 5 s".
fn is_period(passage: &Passage<'_>, quantity: &Quantity, startup: Option<usize>) -> bool {
    let (before, start) = word_before(passage, quantity);
    // "It never blocks for longer than 2 s".
    if before == "for" && matches!(word_at(passage, start), "longer" | "more") {
        let clause = start.saturating_sub(12)..start;
        let denied = passage.tokens[clause].iter().any(|token| bound::is_negation(&token.lower));
        if denied || word_at(passage, start) == "longer" {
            return false;
        }
    }
    // "It must store each within 300 ms".
    if matches!(before, "each" | "every") && start < quantity.tokens.start {
        return false;
    }
    if PERIOD.contains(&before) {
        // "We aim for 800 ms": the word belongs to the one before it.
        let from = start.saturating_sub(3);
        // "They ask for 800 ms", too.
        return !passage
            .cues_in(&(from..start))
            .any(|cue| matches!(cue.class, Class::Limit | Class::Must | Class::Grant) && cue.tokens.end == start);
    }
    // "Is acknowledged after 40 ms at the latest", "muss nach 40 ms da sein".
    let end = quantity.tokens.end;
    let latest = (word_at(passage, end), word_at(passage, end + 2)) == ("at", "latest");
    let due = (end..end + 3).any(|at| {
        matches!(
            word_at(passage, at),
            "da" | "vorliegen" | "vorliegt" | "fertig" | "beantwortet" | "abgeschlossen" | "there" | "là"
        )
    });
    if before == "nach" && due || latest {
        return false;
    }
    // "Is acknowledged after at most 300 ms".
    if matches!(before, "after" | "nach" | "après" | "tras") && bound::is_upper(&passage.tokens, quantity.tokens.start)
    {
        return false;
    }
    // "Nach spätestens 30 Sekunden zugeordnet".
    if before == "nach" && word_at(passage, start) == "spätestens" {
        return false;
    }
    if !matches!(before, "after" | "nach" | "après" | "tras" | "vor" | "ago" | "hace" | "since") {
        return false;
    }
    // "Has to have sent the record after 2.5 s".
    let perfect = passage.tokens[start.saturating_sub(7)..start].iter().any(|token| token.is("have"))
        && passage.cues_in(&(start.saturating_sub(9)..start)).any(|cue| cue.class == Class::Must);
    let ends = perfect || ENDS.contains(&word_at(passage, start.saturating_sub(2)));
    !ends && startup.is_none_or(|distance| distance > 3)
}
