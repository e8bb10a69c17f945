//! What a time bounds that is no operation of the service: how long a thing lasts, what people do, what happens to
//! infrastructure that is gone, work that nobody waits for.

mod given;
mod gone;
mod people;

use super::super::super::super::value::bound;
use super::super::super::super::value::quantity::Quantity;
use super::super::super::cue::Class;
use super::super::super::passage::{Passage, Scope, stem};
use super::super::{word_at, word_before};
use std::ops::Range;

/// From here on work that is told to be done later, or at night, is waited for by nobody.
const LATER: f64 = 60_000.0;

/// From here on what is built, tested or moved is a chore, and no operation of that name.
const CHORE: f64 = 10_000.0;

/// Verbs that say how long their subject lasts.
const LASTS: &[&str] = &[
    "is",
    "are",
    "be",
    "last",
    "lasts",
    "lasting",
    "run",
    "runs",
    "running",
    "stay",
    "stays",
    "remain",
    "remains",
    "exceed",
    "exceeds",
    "limited",
    "capped",
    "restricted",
    "cut",
    "held",
    "kept",
    "lang",
    "ist",
    "sind",
    "sein",
    "dauert",
    "dauern",
    "est",
    "sont",
    "être",
    "dure",
    "durent",
    "durer",
    "es",
    "son",
    "ser",
    "dura",
    "duran",
    "durar",
    "überschreiten",
    "dépasser",
    "superar",
];

/// Words between such a verb and its figure, or between its subject and the verb.
const HELPERS: &[&str] = &[
    "must",
    "may",
    "should",
    "shall",
    "can",
    "will",
    "to",
    "at",
    "of",
    "for",
    "not",
    "no",
    "never",
    "only",
    "always",
    "usually",
    "typically",
    "about",
    "just",
    "also",
    "darf",
    "dürfen",
    "soll",
    "sollen",
    "muss",
    "müssen",
    "nicht",
    "höchstens",
    "maximal",
    "doit",
    "doivent",
    "peut",
    "peuvent",
    "ne",
    "pas",
    "au",
    "plus",
    "debe",
    "deben",
    "puede",
    "pueden",
    "no",
    "como",
    "máximo",
];

/// Words behind a time that say what is done in it: "a clip is at most 2 s from upload to screen".
const FROM_TO: &[&str] = &["to", "from", "after", "until", "till", "before", "behind", "nach", "après", "ab", "bis"];

/// Whether a time is bounded that is no answer of the service and no start.
pub(super) fn is_other(
    passage: &Passage<'_>,
    sentence: usize,
    quantity: &Quantity,
    scope: &Scope,
    percentile: bool,
) -> bool {
    let Some(clause) = scope.ranges.iter().find(|range| range.contains(&quantity.tokens.start)) else { return false };
    if is_stimulus(passage, sentence)
        || people::asks_people(passage, sentence, quantity)
        || people::by_people(passage, quantity, clause)
    {
        return true;
    }
    let long = quantity.value.is_some_and(|value| value >= LATER);
    // "It runs at night. It needs up to 40 minutes."
    let before = sentence.checked_sub(1).filter(|_| passage.points_back(sentence));
    let unattended = |sentence: usize| passage.in_sentence(sentence, Class::Unattended).is_some();
    if long && !percentile && (unattended(sentence) || before.is_some_and(unattended)) {
        return true;
    }
    // "A tick of 10 ms", "in a rhythm of 15 s".
    let (of, from) = word_before(passage, quantity);
    let beat = from.checked_sub(2).map_or("", |at| word_at(passage, at));
    if of == "of"
        && matches!(beat, "tick" | "ticks" | "cycle" | "cycles" | "beat" | "rhythm" | "raster" | "life" | "grid")
    {
        return true;
    }
    // "The map may be up to 20 s behind".
    let behind = word_at(passage, quantity.tokens.end) == "behind"
        && !passage.cues_in(clause).any(|cue| matches!(cue.class, Class::Latency | Class::Served | Class::Startup));
    !percentile
        && (behind
            || is_chore(passage, quantity, clause)
            || goes_on(passage, quantity, clause)
            || is_length(passage, quantity, clause, &passage.sentences[sentence].tokens)
            || gone::of_the_gone(passage, sentence, quantity, clause))
}

/// "Stimulus: 63 friends press *Join* within 5 s": the part of a scenario that tells what comes in.
fn is_stimulus(passage: &Passage<'_>, sentence: usize) -> bool {
    let Some(label) = passage.label_of(sentence) else { return false };
    let first = passage.tokens[label].iter().find(|token| token.is_word());
    first.is_some_and(|word| {
        matches!(
            &*word.lower,
            "stimulus"
                | "source"
                | "environment"
                | "artefact"
                | "artifact"
                | "trigger"
                | "precondition"
                | "reiz"
                | "auslöser"
                | "umgebung"
                | "déclencheur"
                | "estímulo"
        )
    })
}

/// The head of a noun phrase that opens a range: "phase" of "the red phase of the light".
fn head(passage: &Passage<'_>, range: Range<usize>) -> Option<usize> {
    const JOINTS: &[&str] = &[
        "of", "in", "on", "for", "with", "at", "from", "that", "which", "to", "by", "who", "between", "without", "per",
        "der", "des", "von", "im", "de", "du", "del", "entre", "zwischen",
    ];
    let mut found = None;
    for at in range {
        let token = &passage.tokens[at];
        let joint = JOINTS.contains(&&*token.lower);
        if found.is_some()
            && (joint || is_helper_verb(&token.lower) || token.sign().is_some_and(|sign| sign != '-' && sign != '*'))
        {
            break;
        }
        if token.is_word() && !joint && !HELPERS.contains(&&*token.lower) {
            found = Some(at);
        }
    }
    found
}

/// Verbs before which a subject ends.
fn is_helper_verb(word: &str) -> bool {
    matches!(
        word,
        "must"
            | "may"
            | "should"
            | "shall"
            | "can"
            | "will"
            | "has"
            | "have"
            | "is"
            | "are"
            | "needs"
            | "need"
            | "gets"
            | "takes"
            | "muss"
            | "müssen"
            | "darf"
            | "soll"
            | "ist"
            | "sind"
            | "wird"
            | "doit"
            | "doivent"
            | "est"
            | "debe"
            | "deben"
    )
}

/// Whether a cue of a class ends with a token.
fn ends_with(passage: &Passage<'_>, at: usize, class: Class) -> bool {
    passage.cues_in(&(at.saturating_sub(2)..at + 1)).any(|cue| cue.class == class && cue.tokens.end == at + 1)
}

/// "A clip is at most 90 s", "segments stay at 4 s, ads at 15 s", "podcasts of up to 40 minutes": how long a thing is.
fn is_length(passage: &Passage<'_>, quantity: &Quantity, clause: &Range<usize>, whole: &Range<usize>) -> bool {
    let end = quantity.tokens.end;
    let (_, start) = word_before(passage, quantity);
    // "The beep must be no shorter than 80 ms and no longer than 250 ms": the subject stands before.
    let compared = passage.tokens[start..quantity.tokens.start]
        .iter()
        .any(|token| matches!(&*token.lower, "longer" | "shorter" | "länger"));
    let shared = compared && clause.start > whole.start && clause.start + 3 >= start;
    if shared {
        let subject = head(passage, whole.start..clause.start);
        return subject.is_some_and(|head| ends_with(passage, head, Class::Lasting));
    }
    if FROM_TO.contains(&word_at(passage, end)) || passage.first(clause, Class::Lasting).is_none() {
        return false;
    }
    // "Exceeds" and "longer than" are parts of the comparator.
    let within = matches!(word_at(passage, start), "within" | "inside" | "innerhalb" | "binnen");
    let compares = passage.tokens[start..quantity.tokens.start].iter().any(|token| LASTS.contains(&&*token.lower));
    // "Ads at 15 or 30 s".
    let mut from = start;
    if from > clause.start + 1
        && matches!(word_at(passage, from - 1), "or" | "and" | "to" | "oder" | "bis" | "ou" | "o" | "–" | "-")
        && word_at(passage, from - 2).starts_with(|letter: char| letter.is_ascii_digit())
    {
        from -= 2;
    }
    let behind = |at: usize| matches!(word_at(passage, at), "dauern" | "lang" | "sein" | "haben" | "long" | "dauert");
    let mut at = from;
    let mut linked = compares || behind(end);
    while at > clause.start {
        let word = word_at(passage, at - 1);
        // "A highlight must be cut within 1.5 s".
        let done = within && matches!(word, "cut" | "held" | "kept" | "limited" | "capped" | "restricted");
        if LASTS.contains(&word) && !done {
            linked = true;
        } else if passage.tokens[at - 1].is_word() && !HELPERS.contains(&word) {
            break;
        } else if passage.tokens[at - 1].sign().is_some_and(|sign| !matches!(sign, '(' | ':' | '*')) {
            return false;
        }
        at -= 1;
    }
    if at == clause.start || within && !linked {
        return false;
    }
    // What is over in a moment is done, and no length, but for a beep.
    let moment = quantity.value.is_none_or(|value| value < 1000.0);
    let short = |at: usize| {
        matches!(
            stem(word_at(passage, at)),
            "pulse" | "beep" | "blink" | "flash" | "flashe" | "vibration" | "tone" | "chime" | "exposure"
        )
    };
    if moment && !clause.clone().any(short) {
        return false;
    }
    // "Clips: 60 s", "jingles under 8 s" name no verb.
    let bare = !linked && !moment;
    if bare {
        return !matches!(word_at(passage, at), "to") && ends_with(passage, at - 1, Class::Lasting);
    }
    linked && head(passage, clause.start..at).is_some_and(|head| ends_with(passage, head, Class::Lasting))
}

/// "The build must be done in 8 minutes", "a rollback must be through in 5": what those do who build and run it.
fn is_chore(passage: &Passage<'_>, quantity: &Quantity, clause: &Range<usize>) -> bool {
    let head = head(passage, clause.start..quantity.tokens.start);
    let long = quantity.value.is_some_and(|value| value >= CHORE);
    long && head.is_some_and(|head| {
        // "The authority tests at acceptance that …" has it for a verb.
        let subject = is_helper_verb(word_at(passage, head + 1)) || passage.label_of_range(clause).is_some();
        subject && ends_with(passage, head, Class::Chore) && !passage.topic.own.contains(stem(word_at(passage, head)))
    })
}

/// "The kettle must not boil for more than 20 s": a verb that only goes on, and takes nothing to be done.
fn goes_on(passage: &Passage<'_>, quantity: &Quantity, clause: &Range<usize>) -> bool {
    const TAKES: &[&str] = &[
        "take", "wait", "need", "block", "keep", "require", "delay", "hang", "cost", "be", "stall", "freeze", "queue",
        "linger", "last", "stop", "pause", "lock", "spend", "hold", "answer", "respond", "search", "look", "exceed",
        "go",
    ];
    let Some((_, start)) = bound::comparator(&passage.tokens, quantity.tokens.start) else { return false };
    let more = passage.tokens[start..quantity.tokens.start].iter().any(|token| token.is("longer") || token.is("more"));
    let from = start - usize::from(start > 0 && matches!(word_at(passage, start - 1), "for" | "no"));
    let for_time = from < start || word_at(passage, start) == "longer";
    let long = quantity.value.is_some_and(|value| value >= 1000.0);
    // "Stays at a floor for no more than 9 s", "may run dry for no longer than 5 s"; a caller who waits, waits for us.
    let lasts = from < start && (word_at(passage, from) == "for" || from > 0 && word_at(passage, from - 1) == "for");
    let waits = || {
        clause.clone().any(|at| {
            let word = stem(word_at(passage, at));
            TAKES.iter().any(|verb| *verb != "be" && word.starts_with(verb) && word.len() < verb.len() + 4)
                || matches!(word, "lost" | "without" | "unanswered" | "busy" | "stuck" | "leave")
        })
    };
    if long && more && lasts && !waits() {
        return true;
    }
    let Some(verb) = from.checked_sub(1).filter(|at| *at > clause.start) else { return false };
    let modal = verb.checked_sub(1).map_or("", |at| word_at(passage, at));
    long && more
        && for_time
        && matches!(modal, "not" | "never" | "may" | "can" | "must" | "cannot")
        && passage.tokens[verb].is_word()
        && !TAKES.contains(&stem(word_at(passage, verb)))
}
