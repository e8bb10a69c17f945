//! Cues for memory that is other data, and for data that is memory.

use super::super::super::super::token::Token;
use super::super::super::cue::{Class, Cue};
use super::stem;
use std::ops::Range;

/// Drops cues for memory that is other data, and for data that is memory.
pub(super) fn prune_data(cues: &mut Vec<Cue>, tokens: &[Token<'_>]) {
    if ![Class::Memory, Class::OtherBytes].iter().all(|class| cues.iter().any(|cue| cue.class == *class)) {
        return;
    }
    // "A resident size of": what begins inside a word for memory is no other thing.
    let memory: Vec<Range<usize>> = cues
        .iter()
        .filter(|cue| cue.class == Class::Memory && cue.tokens.len() > 1)
        .map(|cue| cue.tokens.clone())
        .collect();
    cues.retain(|cue| {
        let at = memory.partition_point(|range| range.end <= cue.tokens.start);
        cue.class != Class::OtherBytes || memory.get(at).is_none_or(|range| range.start >= cue.tokens.start)
    });
    // "The graphics memory" is no memory of the service.
    let other: Vec<Range<usize>> = cues
        .iter()
        .filter(|cue| cue.class == Class::OtherBytes && cue.tokens.len() > 1)
        .map(|cue| cue.tokens.clone())
        .collect();
    cues.retain(|cue| {
        let at = other.partition_point(|range| range.end < cue.tokens.end);
        cue.class != Class::Memory || !other.get(at).is_some_and(|range| range.contains(&cue.tokens.start))
    });
    // "Heap dump", "memory image file": data of that name.
    let data: Vec<usize> =
        cues.iter().filter(|cue| cue.class == Class::OtherBytes).map(|cue| cue.tokens.start).collect();
    cues.retain(|cue| {
        let next = tokens.get(cue.tokens.end);
        cue.class != Class::Memory
            || data.binary_search(&cue.tokens.end).is_err()
            || next.is_some_and(|next| matches!(&*next.lower, "size" | "sizes" | "length" | "growth" | "per"))
    });
}

/// Whether the word behind a word for data makes both a service: "cache process".
pub(super) fn names_handler(tokens: &[Token<'_>], at: usize) -> bool {
    const HANDLERS: &[&str] = &[
        "process",
        "service",
        "worker",
        "agent",
        "daemon",
        "server",
        "sidecar",
        "proxy",
        "collector",
        "shipper",
        "uploader",
        "scanner",
        "indexer",
        "router",
        "writer",
        "reader",
        "job",
        "pod",
        "instance",
        "container",
    ];
    tokens.get(at).is_some_and(|next| HANDLERS.contains(&&*next.lower) || HANDLERS.contains(&stem(&next.lower)))
}
