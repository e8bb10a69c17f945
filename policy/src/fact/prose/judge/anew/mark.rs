//! Limits that a later sentence sets anew: "in ADR 28 we capped it at 256 MB. … As of today the cap is 384 MB": the new
//! one counts, and the old one does not.

use super::super::super::cue::Class;
use super::super::super::passage::Passage;
use std::ops::Range;

/// Words from which on something else holds. What they open is a limit of its own.
const MARKS: &[&[&str]] = &[
    &["as", "of", "today"],
    &["as", "of", "now"],
    &["as", "of", "this"],
    &["from", "now", "on"],
    &["from", "now"],
    &["from", "today"],
    &["from", "tomorrow"],
    &["from", "next"],
    &["from", "this"],
    &["from", "here", "on"],
    &["with", "effect"],
    &["with", "immediate", "effect"],
    &["with", "this"],
    &["effective"],
    &["henceforth"],
    &["henceforward"],
    &["starting", "today"],
    &["going", "forward"],
    &["the", "new"],
    &["its", "new"],
    &["our", "new"],
    &["this", "record"],
    &["this", "adr"],
    &["this", "amendment"],
    &["this", "decision"],
    &["becomes"],
    &["replaced", "by"],
    &["replaced", "with"],
    &["gives", "way", "to"],
    &["ersetzt", "durch"],
    &["remplacé", "par"],
    &["remplacée", "par"],
    &["sustituido", "por"],
    &["sustituida", "por"],
    &["ab", "heute"],
    &["ab", "dem"],
    &["ab", "der"],
    &["seit", "heute"],
    &["à", "dater"],
    &["a", "contar"],
    &["as", "from"],
    &["ab", "sofort"],
    &["ab", "jetzt"],
    &["von", "nun", "an"],
    &["künftig"],
    &["fortan"],
    &["nunmehr"],
    &["die", "neue"],
    &["das", "neue"],
    &["désormais"],
    &["dorénavant"],
    &["passe", "à"],
    &["passent", "à"],
    &["est", "portée", "à"],
    &["est", "porté", "à"],
    &["devient"],
    &["à", "partir", "d"],
    &["à", "partir", "de"],
    &["à", "compter", "de"],
    &["desde", "hoy"],
    &["desde", "ahora"],
    &["a", "partir", "de"],
    &["en", "adelante"],
    &["pasa", "a"],
    &["pasan", "a"],
];

/// Words that say the same only where the sentence before tells of what was: else "it is now 62 ms" is measured.
const NOW: &[&str] =
    &["now", "since", "seit", "depuis", "jetzt", "nun", "maintenant", "ahora", "today", "heute", "hoy"];

/// Verbs of what a limit is.
const IS: &[&str] = &[
    "is",
    "are",
    "becomes",
    "stands",
    "will",
    "be",
    "goes",
    "reads",
    "applies",
    "gilt",
    "gelten",
    "ist",
    "beträgt",
    "liegt",
    "lautet",
    "est",
    "sont",
    "passe",
    "passent",
    "devient",
    "es",
    "son",
    "sind",
    "gilt",
    "pasa",
    "pasan",
    "queda",
    "relaxes",
    "raises",
    "says",
    "states",
    "demands",
    "requires",
    "galten",
    "rige",
    "rigen",
    "vaut",
    "valent",
    "s'applique",
    "lifts",
    "lowers",
    "sets",
    "tightens",
    "changes",
    "grants",
    "makes",
    "allows",
    "asks",
    "moves",
    "cuts",
    "increases",
    "reduces",
    "doubles",
    "halves",
];

/// What such a verb may speak of, where it is no noun for a limit: what was named before.
const POINTS: &[&str] = &[
    "it",
    "that",
    "this",
    "which",
    "they",
    "es",
    "sie",
    "er",
    "das",
    "elle",
    "il",
    "ce",
    "cela",
    "eso",
    "esto",
    "one",
    "record",
    "adr",
    "amendment",
    "decision",
];

/// The words that set a figure anew, where a limit of its measure was spoken of before.
pub(in super::super) fn set_anew(passage: &Passage<'_>, sentence: usize, at: usize) -> Option<Range<usize>> {
    let own = &passage.quantities[at];
    // The cheap question first: most figures are the first of their measure.
    let told = earlier(passage, sentence, at)?;
    let tokens = &passage.sentences[sentence].tokens;
    let (mark, sure) = mark(passage, tokens, own.tokens.start, own.tokens.end)?;
    let clause = passage.clause_of(sentence, own.tokens.start);
    let clause = &passage.sentences[sentence].clauses[clause].tokens;
    let from = clause.start.min(mark.start);
    let before = from..own.tokens.start;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let other = [Class::Use, Class::Perhaps, Class::Later, Class::OtherTime, Class::OtherBytes, Class::Startup];
    if other.into_iter().any(|class| passage.first(&before, class).is_some()) {
        return None;
    }
    let is = before.clone().any(|at| IS.contains(&word(at)));
    let named = passage.first(&(from..clause.end), Class::Limit).is_some();
    let points = before.clone().take(8).any(|at| POINTS.contains(&word(at)));
    let german = matches!(word(mark.start), "ab" | "künftig" | "fortan" | "nunmehr") && is;
    let firm =
        [Class::Must, Class::Grant, Class::Decide].into_iter().any(|class| passage.first(&before, class).is_some());
    // "Until today: 50 ms. From tomorrow: 75 ms".
    let replaces =
        matches!(word(mark.end - 1), "by" | "with" | "durch" | "par" | "por") && mark.end + 1 >= own.tokens.start;
    let labels = replaces || (mark.end..own.tokens.start).take(2).any(|at| passage.tokens[at].sign() == Some(':'));
    // "… was 200 ms until March and is 120 ms since".
    let goes_on = matches!(
        (word(clause.start), word(clause.start + 1)),
        ("and" | "but", "is" | "are") | ("und", "ist") | ("et", "est") | ("y", "es")
    );
    let points = points || goes_on;
    let copula = is && (named || points || german) || labels;
    (copula && (sure || told) || firm && told).then_some(mark)
}

/// The words from which on something else holds, before a figure or right behind it, and whether they alone say so.
fn mark(passage: &Passage<'_>, tokens: &Range<usize>, start: usize, end: usize) -> Option<(Range<usize>, bool)> {
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let until = (end + 4).min(tokens.end);
    let near = |at: &usize| *at < start || *at >= end;
    // What stands before another figure is told of that one.
    let last = passage.quantities.partition_point(|quantity| quantity.tokens.start < start).checked_sub(1);
    let from = last.map_or(tokens.start, |last| passage.quantities[last].tokens.end.max(tokens.start));
    (from..until).filter(near).find_map(|at| {
        if NOW.contains(&word(at)) && !matches!(word(at.wrapping_sub(1)), "of" | "from" | "ab" | "desde" | "until") {
            return Some((at..at + 1, false));
        }
        let phrase =
            MARKS.iter().find(|phrase| phrase.iter().enumerate().all(|(nth, part)| word(at + nth) == *part))?;
        Some((at..at + phrase.len(), true))
    })
}

/// Whether a limit of the same measure was spoken of in the sentences before, and if so whether it is told as one of the
/// past.
fn earlier(passage: &Passage<'_>, sentence: usize, at: usize) -> Option<bool> {
    let own = &passage.quantities[at];
    let mut found = None;
    for before in sentence.saturating_sub(4)..=sentence {
        let mut figures = passage.quantities_of(before).iter().take_while(|other| **other < at);
        let same = figures.any(|other| passage.quantities[*other].measure == own.measure);
        let limit = |class: &Class| passage.sentences[before].classes.has(*class);
        let of_before = names_record(passage, before) || opens_before(passage, before);
        let limits = [Class::Limit, Class::Grant, Class::Decide, Class::Must, Class::Old].iter().any(limit);
        if same && (limits || of_before) {
            let told = [Class::Past, Class::Old, Class::Decide].iter().any(limit) || of_before;
            found = Some(found.unwrap_or(false) || told);
        }
    }
    found
}

/// The figure in whose place one is set: the last of its measure before it.
pub(in super::super) fn former(passage: &Passage<'_>, sentence: usize, at: usize) -> Option<(usize, usize)> {
    set_anew(passage, sentence, at)?;
    let measure = passage.quantities[at].measure;
    (sentence.saturating_sub(4)..=sentence).rev().find_map(|before| {
        let mut figures = passage.quantities_of(before).iter().rev().copied();
        figures.find(|other| *other < at && passage.quantities[*other].measure == measure).map(|other| (before, other))
    })
}

/// "ADR 5 asked for …", "in record 12 …": what an earlier record said.
fn names_record(passage: &Passage<'_>, sentence: usize) -> bool {
    let start = passage.sentences[sentence].tokens.start;
    (start..start + 4).any(|at| {
        let record = passage.tokens.get(at).is_some_and(|token| {
            matches!(
                &*token.lower,
                "adr"
                    | "record"
                    | "rfc"
                    | "decision"
                    | "entscheidung"
                    | "décision"
                    | "decisión"
                    | "section"
                    | "clause"
                    | "paragraph"
                    | "item"
                    | "point"
                    | "article"
                    | "abschnitt"
                    | "punkt"
            )
        });
        record && passage.tokens.get(at + 1).is_some_and(|token| token.text.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// "Bisher galten 300 ms", "until today: 50 ms": a sentence that opens with what was.
fn opens_before(passage: &Passage<'_>, sentence: usize) -> bool {
    let start = passage.sentences[sentence].tokens.start;
    passage.tokens.get(start).is_some_and(|token| {
        matches!(
            &*token.lower,
            "bisher"
                | "bislang"
                | "früher"
                | "zuvor"
                | "until"
                | "previously"
                | "hitherto"
                | "formerly"
                | "once"
                | "originally"
                | "initially"
                | "jusqu"
                | "hasta"
                | "antes"
                | "before"
        )
    })
}

/// "First 128 MB, then 192 MB, and since this meeting 256 MB": steps on the way to the last one.
fn step(passage: &Passage<'_>, sentence: usize, at: usize) -> Option<Range<usize>> {
    let own = &passage.quantities[at];
    let before = own.tokens.start.checked_sub(1)?;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let first = |word: &str| {
        matches!(word, "first" | "initially" | "originally" | "zuerst" | "zunächst" | "erst" | "abord" | "primero")
    };
    let then =
        |word: &str| matches!(word, "then" | "later" | "dann" | "später" | "puis" | "ensuite" | "luego" | "después");
    let tokens = &passage.sentences[sentence].tokens;
    let opened = first(word(before))
        || then(word(before)) && tokens.clone().take_while(|at| *at < before).any(|at| first(word(at)));
    let later = passage
        .quantities_of(sentence)
        .iter()
        .any(|other| *other > at && passage.quantities[*other].measure == own.measure);
    (opened && later).then_some(before..before + 1)
}

/// The words behind a figure that set another in its place.
pub(in super::super) fn replaced(passage: &Passage<'_>, sentence: usize, at: usize) -> Option<Range<usize>> {
    let own = &passage.quantities[at];
    if let Some(step) = step(passage, sentence, at) {
        return Some(step);
    }
    let percentile = passage.percentile_of(sentence, at);
    let last = (sentence + 5).min(passage.sentences.len());
    (sentence..last).find_map(|later| {
        // Nobody sets a limit anew a dozen times in one sentence.
        let figures = passage.quantities_of(later);
        let figures = &figures[figures.partition_point(|other| *other <= at)..];
        figures.iter().copied().take(12).find_map(|other| {
            if passage.quantities[other].measure != own.measure {
                return None;
            }
            let of_other = passage.percentile_of(later, other);
            let same = percentile.is_none() || of_other.is_none() || percentile == of_other;
            set_anew(passage, later, other).filter(|_| same)
        })
    })
}
