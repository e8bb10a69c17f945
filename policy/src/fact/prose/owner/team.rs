//! What another team has: told by the noun before it ("the planner (team Bravo)"), by its papers ("their runbook
//! lists …"), and by who runs it ("whoever runs the cluster has promised …").

use super::super::cue::Class;
use super::super::passage::Passage;
use super::{is_own, subject, word};
use std::ops::Range;

/// Words for people who run services.
const TEAMS: &[&str] = &[
    "department",
    "division",
    "subsidiary",
    "team",
    "squad",
    "tribe",
    "guild",
    "crew",
    "équipe",
    "equipo",
    "mannschaft",
];

/// Words for papers and pages in which figures stand.
const PAPERS: &[&str] = &[
    "runbook",
    "page",
    "readme",
    "wiki",
    "catalogue",
    "catalog",
    "status",
    "documentation",
    "docs",
    "handbook",
    "sheet",
    "contract",
    "sla",
    "slo",
    "dashboard",
    "record",
    "adr",
    "specification",
    "spec",
    "service",
];

/// What such papers do with figures.
const SAYS: &[&str] = &[
    "lists",
    "says",
    "states",
    "names",
    "gives",
    "promises",
    "shows",
    "declares",
    "publishes",
    "quotes",
    "specifies",
    "sets",
    "mentions",
    "guarantees",
    "has",
    "reads",
];

/// Words that make figures such as others are told of.
const PUBLIC: &[&str] = &[
    "published",
    "public",
    "declared",
    "stated",
    "official",
    "advertised",
    "documented",
    "posted",
    "announced",
    "veröffentlichte",
    "veröffentlichten",
    "publiés",
    "publicados",
];

/// Verbs of those who answer for a service.
const RUNS: &[&str] = &[
    "runs",
    "run",
    "owns",
    "own",
    "operates",
    "operate",
    "maintains",
    "maintain",
    "provides",
    "provide",
    "hosts",
    "host",
    "keeps",
    "develops",
    "mantiene",
    "lleva",
    "opera",
    "gestiona",
    "betreibt",
    "pflegt",
    "verantwortet",
    "gère",
    "maintient",
    "exploite",
    "führt",
];

/// The words that say that a clause speaks of what another team has.
pub(super) fn of_team(passage: &Passage<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    let start = subject(passage, clause);
    // Brackets part the noun from its verb: "the planner (team Bravo) is bound to …".
    let at = passage.sentence_of(clause.start);
    let whole = passage.sentences.get(at).map_or(clause.clone(), |sentence| sentence.tokens.start..clause.end);
    let near = if clause.start - whole.start <= 8 { whole } else { clause.clone() };
    behind_noun(passage, subject(passage, &near), &near)
        .or_else(|| papers(passage, clause))
        .or_else(|| whoever(passage, start, clause))
        .or_else(|| their_copies(passage, clause))
        .or_else(|| commitments(passage, clause))
        .or_else(|| according_to(passage, clause))
}

/// "They keep each of their nodes under 1 GB", "their six pods are limited to 768Mi": whose instances they are.
fn their_copies(passage: &Passage<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    let their = (clause.start..clause.end).find(|at| word(passage, *at) == "their")?;
    let noun = (their + 1..their + 4).find(|at| {
        passage.first(&(*at..*at + 1), Class::Instances).is_some()
            || matches!(word(passage, *at), "nodes" | "servers" | "machines" | "processes" | "workers" | "brokers")
    })?;
    let ours = (clause.start..their).any(|at| is_own(passage, at) || matches!(word(passage, at), "we" | "our" | "us"));
    (!ours).then_some(their..noun + 1)
}

/// "According to its service description, a search is answered within 250 ms": whose word it is.
fn according_to(passage: &Passage<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    let at = passage.sentence_of(clause.start);
    let start = passage.sentences.get(at)?.tokens.start;
    let opens = matches!(
        (word(passage, start), word(passage, start + 1)),
        ("according", "to") | ("as", "per") | ("laut", _) | ("selon", _) | ("según", _) | ("going", "by")
    );
    let whose = (start + 1..start + 4).find(|at| {
        matches!(word(passage, *at), "their" | "its" | "deren" | "leur" | "ihrer")
            || word(passage, *at).ends_with("'s") && !is_own(passage, *at)
    })?;
    let paper = (whose + 1..whose + 5).find(|at| {
        PAPERS.contains(&word(passage, *at))
            || matches!(
                word(passage, *at),
                "description"
                    | "manual"
                    | "datasheet"
                    | "website"
                    | "brochure"
                    | "team"
                    | "owners"
                    | "vendor"
                    | "maker"
            )
    })?;
    opens.then_some(start..paper + 1)
}

/// "The planner (team Bravo)", "the catalogue of team Kiwi", "the ledger, owned by Payments": whose the subject is.
fn behind_noun(passage: &Passage<'_>, start: usize, clause: &Range<usize>) -> Option<Range<usize>> {
    let until = (start + 9).min(clause.end.max(start));
    let verb = passage
        .cues_in(&(start..until))
        .find(|cue| matches!(cue.class, Class::Must | Class::Grant | Class::Verb | Class::Present | Class::Rating))
        .map_or(until, |cue| cue.tokens.start);
    let team = (start + 1..verb).find(|at| {
        let joined = matches!(word(passage, at - 1), "(" | "of" | "by" | "from" | "von" | "vom" | "de" | "del" | "des")
            || matches!(word(passage, at - 1), "fremdes" | "anderes" | "other" | "another");
        joined && TEAMS.contains(&word(passage, *at))
            || matches!(word(passage, *at), "owned" | "run" | "operated" | "maintained")
                && word(passage, at + 1) == "by"
                && !matches!(word(passage, at + 2), "us" | "our" | "this")
    })?;
    let own = (start..verb).any(|at| is_own(passage, at) || matches!(word(passage, at), "we" | "our" | "us" | "it"));
    (!own).then_some(start..team + 1)
}

/// "Their runbook lists an objective of 75 ms", "their published objectives: …".
fn papers(passage: &Passage<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    (clause.start..clause.end.min(clause.start + 12)).find_map(|at| {
        let whose = matches!(word(passage, at), "their" | "its" | "his" | "deren" | "leurs" | "ses" | "sus")
            || word(passage, at).ends_with("'s") && !is_own(passage, at);
        if !whose {
            return None;
        }
        let theirs = matches!(word(passage, at), "their" | "deren" | "leurs");
        let paper = (at + 1..at + 4)
            .find(|paper| PAPERS.contains(&word(passage, *paper)))
            .filter(|paper| theirs && SAYS.contains(&word(passage, paper + 1)));
        let public = (at + 1..at + 3).find(|public| PUBLIC.contains(&word(passage, *public)));
        paper.or(public).map(|last| at..last + 1)
    })
}

/// "Es gelten dessen Zusagen", "their commitments apply": promises of those who were named last.
fn commitments(passage: &Passage<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    let whose = (clause.start..clause.end)
        .find(|at| matches!(word(passage, *at), "dessen" | "deren" | "their" | "leurs" | "ses"))?;
    let noun = (whose + 1..whose + 3).find(|at| {
        matches!(
            word(passage, *at),
            "zusagen"
                | "zusage"
                | "vorgaben"
                | "grenzen"
                | "ziele"
                | "werte"
                | "commitments"
                | "commitment"
                | "promises"
                | "promise"
                | "guarantees"
                | "guarantee"
                | "slo"
                | "slos"
                | "sla"
                | "slas"
                | "engagements"
                | "garanties"
        )
    })?;
    let ours = (clause.start..whose)
        .any(|at| is_own(passage, at) || matches!(word(passage, at), "we" | "our" | "us" | "pods" | "instances"));
    (!ours).then_some(whose..noun + 1)
}

/// "Whoever runs the search cluster has promised 90 ms".
fn whoever(passage: &Passage<'_>, start: usize, clause: &Range<usize>) -> Option<Range<usize>> {
    let who = matches!(word(passage, start), "whoever" | "those" | "who");
    let verb = (start + 1..start + 4).find(|at| RUNS.contains(&word(passage, *at))).filter(|_| who)?;
    let own = (verb..(verb + 5).min(clause.end)).any(|at| is_own(passage, at) || word(passage, at) == "it");
    (!own).then_some(start..verb + 1)
}

/// "The fleet squad owns the telemetry hub", "we read it from the geo service of team Kiwi": whether a sentence names
/// somebody else of whom the next one may go on to speak.
pub(crate) fn introduced(passage: &Passage<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let team = tokens.clone().find(|at| {
        TEAMS.contains(&word(passage, *at).trim_end_matches("'s"))
            && !(at.saturating_sub(3)..*at)
                .any(|at| matches!(word(passage, at), "our" | "we" | "this" | "us" | "nuestro" | "notre" | "unser"))
    })?;
    // "The catalogue core belongs to another department."
    let belongs = (tokens.start..team).any(|at| {
        matches!(word(passage, at), "belongs" | "belong")
            || matches!(word(passage, at), "run" | "owned" | "maintained" | "operated" | "built")
                && word(passage, at + 1) == "by"
    });
    if belongs {
        return Some(team..team + 1);
    }
    let runs = (team + 1..(team + 4).min(tokens.end)).any(|at| RUNS.contains(&word(passage, at)));
    let calls = (tokens.start..team).any(|at| super::CALLED.contains(&word(passage, at)));
    (runs || calls).then_some(team..team + 1)
}
