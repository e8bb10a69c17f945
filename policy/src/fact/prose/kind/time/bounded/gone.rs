//! What happens to infrastructure that is gone: a dead node, a leader that is lost, connections that nobody uses.

use super::super::super::super::super::value::bound;
use super::super::super::super::super::value::quantity::Quantity;
use super::super::super::super::cue::Class;
use super::super::super::super::passage::{Passage, stem};
use super::super::super::super::speech::Speech;
use super::super::super::super::thing;
use super::super::super::word_at;
use super::{ends_with, head};
use std::ops::Range;

/// "When a node dies, it is taken out within 30 s", "idle connections must be closed within 30 s": what happens to
/// infrastructure that is gone, or that nobody uses.
pub(super) fn of_the_gone(passage: &Passage<'_>, sentence: usize, quantity: &Quantity, clause: &Range<usize>) -> bool {
    let told = passage.sentences[sentence].tokens.start..quantity.tokens.start;
    if !passage.sentences[sentence].classes.has(Class::Broken) && !is_closed(passage, clause, quantity) {
        return false;
    }
    // "If the primary fails, an alarm has to be raised within 1 s".
    let answers = passage.cues_in(clause).any(|cue| matches!(cue.class, Class::Latency | Class::Startup))
        || clause
            .clone()
            .any(|at| matches!(stem(word_at(passage, at)), "alarm" | "alert" | "warning" | "message" | "notice"));
    !answers
        && (is_closed(passage, clause, quantity)
            || passage.cues_in(&told).filter(|cue| cue.class == Class::Broken).any(|cue| {
                // "A dead peer", "orphaned rows"; "a node dies", "the leader is lost".
                let noun = |at: usize| is_infrastructure(word_at(passage, at)) || is_part(passage, at);
                let article = matches!(word_at(passage, cue.tokens.end), "the" | "a" | "an" | "our");
                (noun(cue.tokens.end) || !article && noun(cue.tokens.end + 1))
                    || (cue.tokens.start.saturating_sub(4)..cue.tokens.start).any(|at| {
                        is_infrastructure(word_at(passage, at)) && !is_line(word_at(passage, at))
                            || word_at(passage, at) == "one" && at + 1 == cue.tokens.start
                    })
            }))
}

/// "Sockets without traffic have to be shut within 90 s".
fn is_closed(passage: &Passage<'_>, clause: &Range<usize>, quantity: &Quantity) -> bool {
    let Some(head) = head(passage, clause.start..quantity.tokens.start) else { return false };
    let noun = passage.tokens[head..quantity.tokens.start]
        .iter()
        .find(|token| matches!(stem(&token.lower), "connection" | "socket" | "tunnel" | "channel" | "verbindung"));
    let ends = passage.tokens[head..quantity.tokens.start].iter().any(|token| {
        matches!(&*token.lower, "closed" | "close" | "closes" | "shut" | "dropped" | "cut" | "reset" | "geschlossen")
    });
    noun.is_some() && ends && passage.topic.speech != Speech::Other && !bound::is_negation(word_at(passage, head))
}

/// What may be lost without anything being broken: "when a connection is lost the relay has 3 s to find another path".
fn is_line(word: &str) -> bool {
    matches!(
        stem(word),
        "connection" | "link" | "channel" | "stream" | "session" | "upload" | "row" | "record" | "entry"
    )
}

/// "A dead reader", "an unhealthy crawler": what does something, and is nobody.
fn is_part(passage: &Passage<'_>, at: usize) -> bool {
    thing::is_word_for_service(word_at(passage, at)) && !ends_with(passage, at, Class::Person)
}

/// Words for what a service runs on or keeps open.
fn is_infrastructure(word: &str) -> bool {
    matches!(
        stem(word),
        "connection"
            | "socket"
            | "peer"
            | "node"
            | "member"
            | "host"
            | "server"
            | "shard"
            | "replica"
            | "pod"
            | "instance"
            | "worker"
            | "proces"
            | "processe"
            | "channel"
            | "link"
            | "stream"
            | "session"
            | "lease"
            | "lock"
            | "transaction"
            | "file"
            | "upload"
            | "row"
            | "record"
            | "entry"
            | "entrie"
            | "handle"
            | "descriptor"
            | "consumer"
            | "broker"
            | "leader"
            | "primary"
            | "master"
            | "backend"
            | "upstream"
            | "zone"
            | "region"
            | "container"
            | "vm"
            | "mount"
            | "cursor"
            | "task"
            | "partition"
            | "standby"
            | "secondary"
            | "follower"
            | "cluster"
            | "centre"
            | "center"
            | "site"
            | "disk"
            | "cell"
            | "segment"
            | "object"
            | "blob"
            | "key"
            | "queue"
            | "knoten"
            | "instanz"
            | "nœud"
            | "nodo"
            | "client"
            | "subscriber"
            | "machine"
            | "router"
            | "gateway"
    )
}
