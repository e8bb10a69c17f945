//! Whose thing a cue names: what the document is about is no other thing.

use super::super::super::super::token::Token;
use super::super::Topic;
use super::stem;
use std::ops::Range;

/// Whether a cue for what is another's names it, and not our promise to another or what the document is about.
pub(super) fn is_other(tokens: &[Token<'_>], cue: &Range<usize>, topic: &Topic<'_>) -> bool {
    let words = &tokens[cue.clone()];
    // "We promised the clinic": our promise.
    if words.first().is_some_and(|word| word.is("promised")) {
        return !cue.start.checked_sub(1).is_some_and(|at| matches!(&*tokens[at].lower, "we" | "have" | "was"));
    }
    // A record about vendors is not about the service of one of them.
    ALWAYS_OTHER.contains(&stem(&words[0].lower))
        // "The HSM is specified with …" in a record about an HSM proxy: what stands behind the service.
        || fronted(tokens, cue, topic)
        || !is_topic(words, topic)
}

/// What the document is about is no other thing: a backup agent's backups.
pub(super) fn is_topic(words: &[Token<'_>], topic: &Topic<'_>) -> bool {
    words
        .iter()
        .filter(|word| !matches!(&*word.lower, "a" | "an" | "the" | "of"))
        .all(|word| topic.own.contains(stem(&word.lower)))
}

/// "The HSM is …": whether a cue is what the title's service stands in front of, and is spoken of itself.
fn fronted(tokens: &[Token<'_>], cue: &Range<usize>, topic: &Topic<'_>) -> bool {
    const VERBS: &[&str] = &[
        "is",
        "are",
        "has",
        "was",
        "guarantees",
        "promises",
        "answers",
        "takes",
        "needs",
        "allows",
        "offers",
        "can",
        "handles",
        "serves",
        "manages",
        "does",
        "delivers",
        "itself",
        "gives",
    ];
    !topic.fronted.is_empty()
        && tokens[cue.clone()].iter().any(|token| topic.fronted.contains(stem(&token.lower)))
        && tokens.get(cue.end).is_some_and(|next| VERBS.contains(&&*next.lower))
}

/// Words for others, whatever the title is.
const ALWAYS_OTHER: &[&str] = &[
    "prestataire",
    "fournisseur",
    "proveedor",
    "anbieter",
    "lieferant",
    "hersteller",
    "vendor",
    "supplier",
    "competitor",
    "provider",
    "manufacturer",
    "rival",
];
