//! Words behind a figure or a rating that say that it is somebody else's: "those are its numbers", "that is the camera's
//! business", "none of this is ours", "the router has none".

use super::super::super::value::bound;
use super::super::cue::Class;
use super::super::passage::{Passage, stem};
use super::super::thing;
use super::{is_own, runs, word};
use crate::text::outline::MarkKind;
use std::ops::Range;

/// Words that say whose something is, where it is somebody else's.
const THEIRS: &[&str] = &["its", "their", "theirs", "his", "hers"];

/// What a document has that others have, too: "those are its numbers", "both are from their handbook".
const OWNED: &[&str] = &[
    "number",
    "figure",
    "limit",
    "target",
    "term",
    "rule",
    "problem",
    "business",
    "concern",
    "affair",
    "handbook",
    "brochure",
    "manual",
    "site",
    "website",
    "documentation",
    "doc",
    "contract",
    "promise",
    "requirement",
    "record",
    "specification",
    "spec",
    "decision",
    "budget",
    "word",
    "objective",
    "job",
    "worry",
    "worrie",
    "matter",
    "pager",
    "headache",
    "duty",
    "obligation",
    "commitment",
    "slo",
    "sla",
    "task",
    "constraint",
    "value",
    "goal",
    "department",
    "responsibility",
    "responsibilitie",
    "deal",
    "agreement",
    "ziel",
    "ziele",
    "grenze",
    "grenzen",
    "sache",
    "problem",
    "vorgabe",
    "vorgaben",
    "zahl",
    "zahlen",
    "angelegenheit",
    "objectif",
    "affaire",
    "problème",
    "limite",
    "chiffre",
    "objetivo",
    "límite",
    "asunto",
    "problema",
    "cifra",
    "cosa",
];

/// Papers that others write.
const PAPERS: &[&str] = &[
    "handbook",
    "brochure",
    "manual",
    "site",
    "website",
    "documentation",
    "doc",
    "datasheet",
    "authors",
    "author",
    "maker",
    "manufacturer",
    "builder",
    "supplier",
    "producer",
    "vendor",
    "page",
    "leaflet",
    "advert",
    "specification",
    "owner",
];

/// Who makes a thing.
pub(crate) const MAKERS: &[&str] =
    &["manufacturer", "maker", "vendor", "supplier", "builder", "producer", "provider", "hersteller", "lieferant"];

/// Verbs of figures that are there for somebody.
const FOR_WHOM: &[&str] = &[
    "belong",
    "belongs",
    "shaped",
    "shape",
    "shapes",
    "bind",
    "binds",
    "concern",
    "concerns",
    "govern",
    "gehören",
    "gehört",
    "appartiennent",
    "pertenecen",
];

/// Words with which a sentence points back to what was said.
const POINTS: &[&str] = &[
    "these", "those", "both", "that", "this", "they", "all", "it", "none", "neither", "such", "nothing", "das", "dies",
    "diese", "beide", "c", "ce", "ces", "cela", "eso", "esto", "esos", "estos", "ambos", "es",
];

/// Whether the words behind `end`, in its sentence or in the two behind it, say that what stands before is somebody else's.
pub(crate) fn disowned(passage: &Passage<'_>, sentence: usize, end: usize) -> Option<Range<usize>> {
    let rest = end..passage.sentences[sentence].tokens.end.max(end);
    let said = || {
        by_maker(passage, sentence, &rest)
            .or_else(|| own_affair(passage, &rest))
            .or_else(|| runs::by_others(passage, sentence, &rest))
    };
    if let Some(found) = not_the_subject(passage, &rest).or_else(|| by_their(passage, &rest)).or_else(said) {
        return Some(found);
    }
    for ahead in [sentence + 1, sentence + 2] {
        let next = passage.sentences.get(ahead)?;
        if next.question || next.numbered || next.tokens.len() > 24 {
            return None;
        }
        if let Some(found) = we_have_none(passage, ahead) {
            return Some(found);
        }
        let firm = [Class::Must, Class::Grant].into_iter().any(|class| next.classes.has(class));
        if firm || !POINTS.contains(&word(passage, next.tokens.start)) {
            continue;
        }
        let short = next.tokens.len() <= 16;
        let found = for_others(passage, &next.tokens).or_else(|| {
            Some(&next.tokens).filter(|_| short).and_then(|tokens| {
                not_the_subject(passage, tokens)
                    .or_else(|| owned_words(passage, tokens))
                    .or_else(|| none_of_ours(passage, tokens))
            })
        });
        // Two sentences on, only what speaks of figures and limits by name goes back as far.
        let named = || {
            ahead == sentence + 1
                || passage.quantities_of(sentence + 1).is_empty()
                || for_others(passage, &next.tokens).is_some()
        };
        if let Some(found) = found.filter(|_| named()) {
            return Some(found);
        }
    }
    None
}

/// "Is not the subject of this record", "not the topic here".
fn not_the_subject(passage: &Passage<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    range.clone().filter(|at| word(passage, *at) == "not").find_map(|at| {
        let noun = (at + 1..(at + 4).min(range.end)).find(|at| {
            matches!(word(passage, *at), "subject" | "topic" | "matter" | "object" | "concern" | "scope" | "gegenstand")
        });
        noun.map(|noun| at..noun + 1)
    })
}

/// "… by its brochure", "according to their site": whose word it is.
fn by_their(passage: &Passage<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    range.clone().take(6).find_map(|at| {
        let by = matches!(word(passage, at), "by" | "per" | "to" | "says" | "say");
        let theirs = THEIRS.contains(&word(passage, at + 1)) && PAPERS.contains(&stem(word(passage, at + 2)));
        (by && theirs).then_some(at..at + 3)
    })
}

/// "… has pods of 1 GB, which is its own affair".
fn own_affair(passage: &Passage<'_>, rest: &Range<usize>) -> Option<Range<usize>> {
    let which = rest.clone().take(5).find(|at| matches!(word(passage, *at), "which" | "that" | "but"))?;
    let affair = (which + 1..(which + 7).min(rest.end)).find(|at| {
        matches!(
            word(passage, *at),
            "affair" | "business" | "problem" | "concern" | "worry" | "matter" | "headache" | "choice"
        )
    })?;
    let whose = (which..affair).any(|at| {
        THEIRS.contains(&word(passage, at)) || thing::possessor(word(passage, at)).len() < word(passage, at).len()
    });
    whose.then_some(which..affair + 1)
}

/// "The drive has a cycle of 4 ms, this is given by the supplier": a property of what others make.
fn by_maker(passage: &Passage<'_>, sentence: usize, rest: &Range<usize>) -> Option<Range<usize>> {
    const GIVEN: &[&str] = &[
        "given",
        "fixed",
        "set",
        "dictated",
        "defined",
        "determined",
        "specified",
        "stated",
        "quoted",
        "published",
        "prescribed",
        "documented",
        "festgelegt",
        "vorgegeben",
    ];
    let tokens = &passage.sentences[sentence].tokens;
    let before = tokens.start..rest.start;
    let ours = || {
        before.clone().any(|at| is_own(passage, at) || matches!(word(passage, at), "we" | "us" | "our"))
            || passage.first(&before, Class::Must).is_some()
    };
    let given = rest.clone().take(8).find(|at| GIVEN.contains(&word(passage, *at)))?;
    let by = (given + 1..given + 3).find(|at| matches!(word(passage, *at), "by" | "vom" | "von"))?;
    let maker = (by + 1..by + 4).find(|at| MAKERS.contains(&stem(word(passage, *at))))?;
    (maker < tokens.end && !ours()).then_some(given..maker + 1)
}

/// "Those are its numbers", "both facts are from their handbook", "that is the camera's business".
fn owned_words(passage: &Passage<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let verb = range.clone().take(5).find(|at| {
        matches!(
            word(passage, *at),
            "are" | "is" | "come" | "comes" | "remain" | "stay" | "stays" | "remains" | "ist" | "sind" | "est" | "sont"
        )
    })?;
    (verb + 1..(verb + 5).min(range.end)).find_map(|at| {
        let possessor = thing::possessor(word(passage, at));
        let somebody = possessor.len() < word(passage, at).len()
            && !passage.topic.own.contains(stem(possessor))
            && !matches!(possessor, "today" | "let" | "it" | "that" | "there" | "week" | "month" | "year");
        let whose = THEIRS.contains(&word(passage, at)) || matches!(word(passage, at), "deren" | "leur" | "leurs");
        let bare = matches!(word(passage, at), "theirs" | "hers");
        let owned = (whose || somebody)
            && (at + 1..(at + 4).min(range.end))
                .any(|at| OWNED.contains(&stem(word(passage, at))) || OWNED.contains(&word(passage, at)));
        (bare || owned).then_some(verb..at + 1)
    })
}

/// "None of this is ours to change", "neither is our limit".
fn none_of_ours(passage: &Passage<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let denied = matches!(word(passage, range.start), "none" | "neither")
        || (range.start..range.end.min(range.start + 5)).any(|at| bound::is_negation(word(passage, at)));
    let ours = range.clone().take(8).find(|at| matches!(word(passage, *at), "ours" | "our"))?;
    denied.then_some(range.start..ours + 1)
}

/// "These limits belong to the gateway", "those figures shaped the *client*": for whom the figures are.
pub(super) fn for_others(passage: &Passage<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let verb = range.clone().take(5).find(|at| FOR_WHOM.contains(&word(passage, *at)))?;
    let belongs =
        word(passage, verb).starts_with("belong") || matches!(word(passage, verb + 1), "to" | "zu" | "zum" | "zur");
    let first = (verb + 1..verb + 4).find(|at| {
        !matches!(
            word(passage, *at),
            "to" | "the" | "only" | "zu" | "zum" | "zur" | "dem" | "der" | "au" | "à" | "al" | "a"
        )
    })?;
    let denied = (range.start..first).any(|at| bound::is_negation(word(passage, at)));
    let ours = is_own(passage, first)
        || matches!(word(passage, first), "us" | "our" | "this" | "it" | "we" | "uns" | "nous" | "nosotros")
        || (first..first + 3).any(|at| is_own(passage, at));
    let apart = passage.marked(first, MarkKind::Emphasis);
    let past = word(passage, verb) == "shaped";
    ((ours == denied) && (belongs || apart || past || denied)).then_some(range.start..first + 1)
}

/// "The router has none", "we set no such limit": a short sentence by which the service itself has nothing of the sort.
fn we_have_none(passage: &Passage<'_>, sentence: usize) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    if tokens.len() > 10 {
        return None;
    }
    let first = tokens.start
        + usize::from(matches!(
            word(passage, tokens.start),
            "the" | "our" | "der" | "die" | "das" | "le" | "la" | "el"
        ));
    let ours = is_own(passage, first) || matches!(word(passage, first), "we" | "ours" | "wir" | "nous");
    let none = (first + 1..first + 4).find(|at| {
        matches!(word(passage, *at), "none" | "keine" | "keines" | "aucun" | "aucune" | "ninguno" | "ninguna")
            || word(passage, *at) == "no" && word(passage, at + 1) == "such"
            || word(passage, *at) == "nothing" && word(passage, at + 1) == "of"
    })?;
    (ours && passage.quantities_of(sentence).is_empty()).then_some(first..none + 1)
}
