//! Amounts that are the service's by what is told around them: "the slot is 48 MiB, and our sidecar cannot have a byte more
//! than that", "what remains for the scaler is 110 MB", "no import may push the process over 90 MB".

use super::super::super::value::bound;
use super::super::super::value::quantity::{Measure, Quantity};
use super::super::cue::Class;
use super::super::passage::{Passage, stem};
use super::super::thing;
use super::word_at;
use std::ops::Range;

/// The words behind a figure by which the service gets no more than it.
pub(in super::super) fn no_more_than_that(
    passage: &Passage<'_>,
    sentence: usize,
    quantity: &Quantity,
) -> Option<Range<usize>> {
    if !matches!(quantity.measure, Measure::Bytes | Measure::Time) {
        return None;
    }
    let own = &passage.sentences[sentence];
    let rest = quantity.tokens.end..own.tokens.end;
    let next = || {
        let next = passage.sentences.get(sentence + 1)?;
        let plain = next.tokens.len() <= 20 && !next.question && !passage.has_figure(next.tokens.clone());
        plain.then(|| denied_more(passage, &next.tokens)).flatten()
    };
    if own.question || passage.has_figure(rest.clone()) {
        return None;
    }
    denied_more(passage, &rest).or_else(next)
}

/// "Will not let our sidecar have a byte more than that": a denial, the service, and a comparison that points back.
fn denied_more(passage: &Passage<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let that = range.clone().skip(2).find(|at| {
        let before = word_at(passage, at - 1);
        matches!(word_at(passage, *at), "that" | "this" | "it")
            && (before == "than"
                && matches!(word_at(passage, at - 2), "more" | "longer" | "later" | "bigger" | "larger" | "higher")
                || matches!(before, "beyond" | "above" | "over" | "past"))
            && !passage.tokens.get(at + 1).is_some_and(|next| next.lower.len() > 3 && is_noun_behind(&next.lower))
    })?;
    let denied = range.clone().take_while(|at| *at < that).find(|at| {
        bound::is_negation(word_at(passage, *at))
            || matches!(word_at(passage, *at), "nobody" | "won't" | "cannot" | "can't")
    })?;
    let from = range.start..that;
    let person = passage
        .cues_in(&from)
        .any(|cue| matches!(cue.class, Class::OtherBytes | Class::Past | Class::Measure | Class::Perhaps));
    (!person && from.clone().any(|at| is_ours(passage, at))).then_some(denied..that + 1)
}

/// "Than that release": what is pointed at is a noun, and not the figure.
fn is_noun_behind(word: &str) -> bool {
    !matches!(
        word,
        "before" | "when" | "because" | "under" | "while" | "either" | "ever" | "until" | "without" | "even"
    )
}

/// "What remains for the scaler is 110 MB", "45 MB remain for the router", "the rest, 90 MB, is for the router".
pub(in super::super) fn rest_for_service(
    passage: &Passage<'_>,
    sentence: usize,
    quantity: &Quantity,
) -> Option<Range<usize>> {
    let own = &passage.sentences[sentence];
    if quantity.measure != Measure::Bytes || own.question {
        return None;
    }
    let (start, end) = (quantity.tokens.start, quantity.tokens.end);
    let word = |at: usize| word_at(passage, at);
    let whom = |at: usize| {
        let noun = at + usize::from(matches!(word(at), "the" | "our" | "each" | "every" | "this" | "its"));
        is_ours(passage, noun) || noun > at && is_ours(passage, noun + 1)
    };
    let left = |at: usize| matches!(word(at), "remains" | "remain" | "stays" | "left" | "spare" | "over");
    let told = passage
        .cues_in(&(own.tokens.start.max(start.saturating_sub(10))..start))
        .any(|cue| matches!(cue.class, Class::OtherBytes | Class::Perhaps | Class::Negated | Class::Old));
    if told {
        return None;
    }
    let near = own.tokens.start.max(start.saturating_sub(10))..start;
    // "What is left for the router is".
    let what = near.clone().find(|at| word(*at) == "what" && (at + 1..at + 3).any(left)).filter(|what| {
        (what + 2..start).any(|at| word(at) == "for" && whom(at + 1))
            && (what + 4..start).any(|at| matches!(word(at), "is" | "are"))
    });
    if let Some(what) = what {
        return Some(what..start);
    }
    // "45 MB remain for the router", "is left for".
    let be = usize::from(matches!(word(end), "is" | "are"));
    if left(end + be) && word(end + be + 1) == "for" && whom(end + be + 2) {
        return Some(end..end + be + 2);
    }
    // "The rest, 90 MB, is for the router", "the remainder of 90 MB goes to the router".
    let rest = near.clone().rev().find(|at| matches!(word(*at), "rest" | "remainder") && at + 6 > start)?;
    let comma = usize::from(passage.tokens.get(end).is_some_and(|token| token.sign() == Some(',')));
    let goes = matches!(word(end + comma), "is" | "are" | "goes" | "go" | "belongs" | "stays")
        && matches!(word(end + comma + 1), "for" | "to" | "with");
    (goes && whom(end + comma + 2)).then_some(rest..start)
}

/// "No sync may push the process over 90 MB", "darf den Prozess nicht über 150 MB treiben": what is driven up is the
/// service.
pub(super) fn pushes_service(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    const PUSHES: &[&str] = &[
        "push", "drive", "take", "bring", "carry", "lift", "force", "inflate", "blow", "raise", "send", "get", "swell",
        "pushes", "drives", "takes", "brings",
    ];
    const TREIBT: &[&str] = &[
        "treiben",
        "bringen",
        "heben",
        "drücken",
        "jagen",
        "schieben",
        "ziehen",
        "aufblähen",
        "treibt",
        "bringt",
        "hebt",
    ];
    let start = bound::comparator(&passage.tokens, quantity.tokens.start).map(|(_, start)| start);
    let Some(start) = start.filter(|start| *start > 0) else { return false };
    let word = |at: usize| word_at(passage, at);
    // "Den Prozess nicht über".
    let last = start - 1 - usize::from(matches!(word(start - 1), "nicht" | "nie" | "never" | "up") && start > 1);
    let article = last.checked_sub(1).is_some_and(|at| {
        matches!(word(at), "the" | "our" | "this" | "its" | "a" | "any" | "den" | "das" | "die" | "einen" | "unseren")
    });
    let service = is_ours(passage, last) || matches!(word(last), "speicher" | "arbeitsspeicher" | "memory");
    let english = last >= 2 && PUSHES.contains(&word(last - 2));
    let german = (quantity.tokens.end..quantity.tokens.end + 2).any(|at| TREIBT.contains(&word(at)));
    article && service && (english || german)
}

/// Whether a word is the service, or a word for one that runs.
fn is_ours(passage: &Passage<'_>, at: usize) -> bool {
    let word = word_at(passage, at);
    let person = || passage.cues_in(&(at..at + 1)).any(|cue| matches!(cue.class, Class::Person | Class::Outsider));
    let runs = passage.topic.own.contains(stem(word))
        || matches!(word, "us" | "our")
        || thing::is_listed(word)
            && !matches!(word, "it" | "they" | "one" | "thing" | "everything" | "total" | "memory" | "site" | "we");
    !word.is_empty() && runs && !person()
}
