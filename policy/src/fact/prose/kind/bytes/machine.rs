//! What a machine has: no limit of what runs on it, unless the words around make it one.

use super::super::super::super::value::bound;
use super::super::super::super::value::quantity::Quantity;
use super::super::super::cue::Class;
use super::super::super::passage::{Passage, Scope};
use super::super::{Kind, follows, word_at};

/// "Memory: 12 GB machine".
pub(super) fn is_named_behind(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    matches!(
        word_at(passage, quantity.tokens.end),
        "machine"
            | "machines"
            | "box"
            | "host"
            | "node"
            | "nodes"
            | "server"
            | "vm"
            | "laptop"
            | "board"
            | "rechner"
            | "maschine"
    )
}

/// "One machine (64 GB)": what the machine has.
pub(super) fn is_in_brackets_behind(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let before = |back: usize| word_at(passage, quantity.tokens.start.wrapping_sub(back));
    before(1) == "("
        && matches!(
            before(2),
            "machine"
                | "machines"
                | "host"
                | "hosts"
                | "node"
                | "nodes"
                | "server"
                | "servers"
                | "board"
                | "laptop"
                | "vm"
                | "box"
                | "rechner"
                | "maschine"
                | "serveur"
                | "máquina"
        )
}

/// "Boards with 512 MB of RAM" says what there is, not what may be used.
pub(super) fn unless_machine(passage: &Passage<'_>, at: usize, scope: &Scope, kind: Option<Kind>) -> Option<Kind> {
    let quantity = &passage.quantities[at];
    let since = at.checked_sub(1).map_or(0, |before| passage.quantities[before].tokens.end);
    let own = scope.ranges.first().map(|range| range.start.max(since)..quantity.tokens.start)?;
    // "Of the 128 MB on the board, the control loop has 48 MB": another subject behind the comma.
    let comma = own.clone().rev().find(|at| {
        passage.tokens[*at].sign() == Some(',')
            && matches!(word_at(passage, at + 1), "the" | "our" | "each" | "every" | "we")
    });
    let own = comma.map_or(own.start, |comma| comma + 1)..own.end;
    // "4 GB is what the server has in total".
    let behind = quantity.tokens.end..(quantity.tokens.end + 8).min(passage.tokens.len());
    let is_what = matches!(
        (word_at(passage, quantity.tokens.end), word_at(passage, quantity.tokens.end + 1)),
        ("is" | "are", "what" | "all")
    );
    let machine =
        passage.first(&own, Class::Machine).is_some() || is_what && passage.first(&behind, Class::Machine).is_some();
    // "The largest machine we may rent has 16 GB".
    let before = |back: usize| word_at(passage, quantity.tokens.start.wrapping_sub(back));
    let owns = matches!(
        if matches!(before(1), "between" | "from" | "zwischen" | "entre") { before(2) } else { before(1) },
        "has" | "have" | "with" | "offers" | "hat" | "haben" | "mit" | "avec" | "tiene"
    );
    let bound = !owns
        && passage
            .cues_in(&own)
            .any(|cue| matches!(cue.class, Class::Must | Class::Limit | Class::Grant | Class::Near))
        // "The board set 24 MB of memory": people.
        || matches!(word_at(passage, quantity.tokens.start.wrapping_sub(1)), "set" | "fixed" | "chose")
        || bound::comparator(&passage.tokens, quantity.tokens.start).is_some()
        || !owns && (follows(passage, at, Class::Limit, 2) || made_limit(passage, quantity.tokens.end))
        || owns && follows(passage, at, Class::Grant, 2);
    if machine && !bound { None } else { kind }
}

/// "… gives 110 MB, and this is the ceiling": what the words behind a figure make of it.
fn made_limit(passage: &Passage<'_>, end: usize) -> bool {
    let comma = usize::from(passage.tokens.get(end).is_some_and(|token| token.sign() == Some(',')));
    let and = usize::from(word_at(passage, end + comma) == "and");
    let at = end + comma + and;
    comma + and > 0
        && matches!(word_at(passage, at), "this" | "that" | "which")
        && matches!(word_at(passage, at + 1), "is" | "becomes" | "shall")
        && passage.first(&(at + 2..at + 6), Class::Limit).is_some()
}
