//! What is marked on a passage before it is judged: cues that mean something else here, words in quotation marks.

mod form;

use super::super::super::token::{Kind, Token};
use super::super::super::value::{number, unit};
use super::super::cue::{Class, Cue};
use super::super::thing;
use super::Topic;
use form::{is_attribute, is_to_be_seen};
use std::ops::Range;

/// Drops cues whose words mean something else here.
pub(super) fn prune(cues: &mut Vec<Cue>, tokens: &[Token<'_>], topic: &Topic<'_>) {
    prune_data(cues, tokens);
    // "Was not chosen", "n'a pas été retenue": what is denied a choice is turned down.
    for cue in cues.iter_mut().filter(|cue| cue.class == Class::Chosen) {
        if is_denied(tokens, cue.tokens.start) {
            cue.class = Class::Rejected;
        }
    }
    let counted = counted_in_or_out(tokens);
    let limited = cues.iter().any(|cue| cue.class == Class::Limit);
    cues.retain(|cue| {
        let words = &tokens[cue.tokens.clone()];
        let at = counted.partition_point(|range| range.end <= cue.tokens.start);
        if counted.get(at).is_some_and(|range| range.contains(&cue.tokens.start)) {
            return false;
        }
        match cue.class {
            // "A permit", "printing permits": a paper, no verb.
            Class::Grant if words.len() == 1 && matches!(&*words[0].lower, "permit" | "permits") => !cue
                .tokens
                .start
                .checked_sub(1)
                .and_then(|at| tokens.get(at))
                .is_some_and(|before| is_determiner(&before.lower)),
            Class::Past | Class::Cancel if words.len() == 1 && is_attribute(tokens, cue.tokens.start) => false,
            // "A goal must be seen within 3 s": nobody has seen it yet.
            Class::Measure if words.len() == 1 && words[0].is("seen") => !is_to_be_seen(tokens, cue.tokens.start),
            // "Resolution: a bell has to ring within 60 ms": what was resolved, and no fineness of a clock.
            Class::OtherTime
                if words.len() == 1
                    && matches!(&*words[0].lower, "resolution" | "archive" | "deployment" | "backup")
                    && tokens.get(cue.tokens.end).is_some_and(|next| next.is(":")) =>
            {
                tokens.get(cue.tokens.end + 1).is_none_or(|next| {
                    !matches!(&*next.lower, "a" | "an" | "the" | "each" | "every" | "it" | "we" | "all")
                })
            }
            // "The line prints 40 labels": a machine, no bound.
            Class::Limit if words[words.len() - 1].is("line") && words.len() == 2 && words[0].is("the") => {
                // "200 ms is the line Product drew".
                let is = cue.tokens.start.checked_sub(1).and_then(|at| tokens.get(at));
                let is = is.is_some_and(|word| matches!(&*word.lower, "is" | "as" | "are" | "remains"));
                is || tokens.get(cue.tokens.end).is_none_or(|next| {
                    !next.is_word()
                        || matches!(
                            &*next.lower,
                            "at" | "is" | "of" | "for" | "to" | "that" | "we" | "here" | "was" | "between"
                        )
                })
            }
            // "Saving an entry": what is done with a thing.
            Class::Saving if words.len() == 1 && words[0].is("saving") => !tokens
                .get(cue.tokens.end)
                .is_some_and(|next| matches!(&*next.lower, "a" | "an" | "the" | "it" | "them" | "one" | "changes")),
            // "The limit has been 200 ms since 2019": what has been since then, is.
            Class::Past
                if matches!(&*words[words.len() - 1].lower, "been") && goes_on_since(tokens, cue.tokens.end) =>
            {
                false
            }
            // "Allocates 5 GB on boot" uses; "allocates 5 GB to each pod" grants.
            Class::Grant if words.len() == 1 && matches!(&*words[0].lower, "allocates" | "reserves" | "allocate") => {
                let (start, end) = (cue.tokens.start.saturating_sub(6), (cue.tokens.end + 9).min(tokens.len()));
                let led =
                    tokens[start..cue.tokens.start].windows(2).any(|pair| pair[0].is("for") && pair[1].is("which"));
                led || tokens[cue.tokens.end..end]
                    .iter()
                    .any(|token| matches!(&*token.lower, "to" | "for" | "per" | "each" | "us" | "it" | "every"))
            }
            // "The cache process", "the log collector": what handles data is a service.
            Class::OtherBytes if names_handler(tokens, cue.tokens.end) => false,
            // "Size each pod for 128 MB": an order.
            Class::OtherBytes if words[0].is("size") && words.len() == 1 => !tokens
                .get(cue.tokens.end)
                .is_some_and(|next| matches!(&*next.lower, "each" | "every" | "the" | "it" | "them" | "our")),
            // "Hit detection", "memory use": nouns.
            Class::Past | Class::Present if is_noun_by_place(tokens, cue.tokens.start) => false,
            // "is answered", "to be served": a passive of the present, no past.
            Class::Past => {
                let at = cue.tokens.start;
                let holds = is_noun(tokens, at)
                    || is_passive(tokens, at)
                    || is_kept_in(tokens, at)
                    || is_owed(tokens, at)
                    || is_done_by(tokens, at)
                    || limited && is_share_done(tokens, at)
                    || is_with_done(tokens, at);
                !holds
            }
            // "We are at most 60 ms late": a bound, and not where we are.
            Class::Measure if words.last().is_some_and(|word| word.is("at")) => {
                !tokens.get(cue.tokens.end).is_some_and(|next| next.is("most") || next.is("least"))
            }
            // "20 mesures par seconde": what is counted.
            Class::Measure if is_counted(tokens, &cue.tokens) => false,
            // "A request must be accepted or refused in 800 ms".
            Class::Rejected => !is_either(tokens, cue.tokens.start),
            // "We promised the clinic": our promise.
            Class::Other if words.first().is_some_and(|word| word.is("promised")) => {
                !cue.tokens.start.checked_sub(1).is_some_and(|at| matches!(&*tokens[at].lower, "we" | "have" | "was"))
            }
            // "Each server has to make do with 1.2 GB" asks, and tells nothing of a machine.
            Class::Machine if matches!(&*words[words.len() - 1].lower, "has" | "have") => {
                !tokens.get(cue.tokens.end).is_some_and(|next| next.is("to"))
            }
            // "Is back in under 1.5 s", and not "back in 2019".
            Class::Old if words.len() == 2 && words[0].is("back") && words[1].is("in") => {
                !is_time(tokens, cue.tokens.end)
            }
            // "The current router", and not "the current limit".
            Class::Old if matches!(&*words[words.len() - 1].lower, "current" | "present") => tokens
                .get(cue.tokens.end)
                .is_some_and(|next| thing::is_word_for_service(&next.lower) || topic.own.contains(stem(&next.lower))),
            // A record about vendors is not about the service of one of them.
            Class::Other if ALWAYS_OTHER.contains(&stem(&words[0].lower)) => true,
            // "The HSM is specified with …" in a record about an HSM proxy: what stands behind the service.
            Class::Other if fronted(tokens, &cue.tokens, topic) => true,
            // What the document is about is no other thing: a backup agent's backups.
            Class::Other | Class::OtherBytes | Class::OtherTime | Class::OtherRate => !words
                .iter()
                .filter(|word| !matches!(&*word.lower, "a" | "an" | "the" | "of"))
                .all(|word| topic.own.contains(stem(&word.lower))),
            _ => true,
        }
    });
}

/// Drops cues for memory that is other data, and for data that is memory.
fn prune_data(cues: &mut Vec<Cue>, tokens: &[Token<'_>]) {
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

/// Words behind which a noun stands.
fn is_determiner(lower: &str) -> bool {
    matches!(
        lower,
        "a" | "an" | "the" | "each" | "every" | "per" | "one" | "this" | "that" | "printing" | "issuing" | "any" | "of"
    )
}

/// Whether "since" stands behind a perfect, in the same clause: it still holds.
fn goes_on_since(tokens: &[Token<'_>], at: usize) -> bool {
    let until = tokens[at..].iter().take(12).position(|token| matches!(token.sign(), Some('.' | ';' | ':')));
    tokens[at..].iter().take(until.unwrap_or(12)).any(|token| token.is("since"))
}

/// What is counted in or out, in a piece of its own: ", cache misses included", "(network excluded)", ", without the
/// queue". It says what is measured, and nothing of whether the figure beside it holds.
fn counted_in_or_out(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    const CLOSES: &[&str] = &[
        "included",
        "excluded",
        "inclusive",
        "exclusive",
        "counted",
        "aside",
        "apart",
        "excepted",
        "inbegriffen",
        "eingerechnet",
        "mitgerechnet",
        "ausgenommen",
        "abgezogen",
        "compris",
        "comprise",
        "comprises",
        "inclus",
        "incluse",
        "incluses",
        "exclu",
        "exclue",
        "exclus",
        "exclues",
        "incluido",
        "incluida",
        "excluido",
        "excluida",
    ];
    const OPENS: &[&str] = &[
        "including",
        "excluding",
        "incl",
        "excl",
        "inklusive",
        "exklusive",
        "einschließlich",
        "ausschließlich",
        "hors",
        "incluyendo",
        "excluyendo",
    ];
    let ends = |at: usize| tokens.get(at).is_none_or(|token| matches!(token.sign(), Some(',' | '.' | ';' | ')' | ':')));
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let from = at.saturating_sub(7);
        let opens = |at: &usize| matches!(tokens[*at].sign(), Some(',' | '(' | ';' | '—'));
        // What stands on the other side is told sooner than which word it is.
        if ends(at + 1) && CLOSES.contains(&&*token.lower) {
            let Some(start) = (from..at).rev().find(opens) else { continue };
            let plain = tokens[start + 1..at].iter().all(|token| token.is_word());
            if plain && at - start <= 6 && at > start {
                found.push(start + 1..at + 1);
            }
        } else if at.checked_sub(1).is_some_and(|before| opens(&before)) && OPENS.contains(&&*token.lower) {
            let end = (at + 1..(at + 8).min(tokens.len())).find(|end| ends(*end));
            let Some(end) = end.filter(|end| tokens[at + 1..*end].iter().all(|token| token.is_word())) else {
                continue;
            };
            found.push(at..end);
        }
    }
    found
}

/// Whether a word for a choice is denied a few words before it.
fn is_denied(tokens: &[Token<'_>], at: usize) -> bool {
    let before = tokens[at.saturating_sub(4)..at].iter().rev();
    let mut near = before.take_while(|token| token.sign().is_none_or(|sign| matches!(sign, '\'' | '’')));
    near.any(|token| {
        matches!(&*token.lower, "not" | "never" | "wasn't" | "weren't" | "isn't" | "nicht" | "pas" | "no" | "nie")
    })
}

/// Whether a time, or a bound of one, stands at a place: "under 1.5 s", and not "2019".
fn is_time(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let unit = || tokens[at..].iter().take(5).any(|token| unit::time(&token.lower).is_some());
    let year = token.text.len() == 4 && (token.text.starts_with("19") || token.text.starts_with("20"));
    match token.kind {
        Kind::Number(_) => !year && unit(),
        _ => {
            matches!(&*token.lower, "under" | "less" | "at" | "no" | "about" | "a" | "half" | "≤" | "<" | "max")
                && unit()
                || number::is_word(&token.lower) && unit()
        }
    }
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

/// Whether the word behind a word for data makes both a service: "cache process".
fn names_handler(tokens: &[Token<'_>], at: usize) -> bool {
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

/// "20 mesures par seconde", "30 measurements a second": the noun of a rate.
fn is_counted(tokens: &[Token<'_>], cue: &Range<usize>) -> bool {
    let number = cue.start.checked_sub(1).is_some_and(|at| matches!(tokens[at].kind, Kind::Number(_)));
    number
        && tokens.get(cue.end).is_some_and(|next| {
            matches!(&*next.lower, "per" | "a" | "an" | "par" | "pro" | "por" | "each" | "every" | "/")
        })
}

/// "Accepted or refused": one of two answers that the service gives.
fn is_either(tokens: &[Token<'_>], at: usize) -> bool {
    const YES: &[&str] =
        &["accept", "approv", "releas", "grant", "pass", "angenommen", "genehmigt", "approuv", "aceptad"];
    let word = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map_or("", |token| &*token.lower);
    matches!(word(1), "or" | "ou" | "oder" | "o") && YES.iter().any(|stem| word(2).starts_with(stem))
}

/// "A hit has to be served": a thing, not a past.
fn is_noun(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|at| tokens.get(at))
        .is_some_and(|before| matches!(&*before.lower, "a" | "an" | "each" | "every" | "any" | "per" | "cache" | "one"))
}

/// "The graph held in memory": what is there, not what was.
fn is_kept_in(tokens: &[Token<'_>], at: usize) -> bool {
    matches!(&*tokens[at].lower, "held" | "kept" | "hosted" | "loaded")
        && tokens.get(at + 1).is_some_and(|next| next.is("in"))
}

/// "Has to have sent the record": the end of an obligation, no past.
fn is_owed(tokens: &[Token<'_>], at: usize) -> bool {
    let before =
        |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map_or("", |token| token.lower.as_ref());
    before(1) == "have" && matches!(before(2), "to" | "must" | "should" | "shall")
}

/// "One process, started by systemd": who does it, behind a comma, is no past.
fn is_done_by(tokens: &[Token<'_>], at: usize) -> bool {
    let comma = at.checked_sub(1).is_some_and(|before| tokens[before].sign() == Some(','));
    comma && tokens[at].lower.ends_with("ed") && tokens.get(at + 1).is_some_and(|next| next.is("by"))
}

/// "Hit detection must …", "memory use is …": what opens a sentence before another word, or follows a noun of memory,
/// is a noun.
fn is_noun_by_place(tokens: &[Token<'_>], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let opens = before.is_none_or(|before| matches!(before.sign(), Some('.' | '?' | '!')))
        && tokens[at].text.starts_with(char::is_uppercase)
        && tokens.get(at + 1).is_some_and(|next| next.is_word() && next.lower.len() > 4);
    let used = matches!(word(at), "use" | "need")
        && matches!(word(at.wrapping_sub(1)), "memory" | "ram" | "the" | "its" | "heap" | "cpu");
    opens || used
}

fn is_passive(tokens: &[Token<'_>], at: usize) -> bool {
    let from = at.saturating_sub(3);
    let word = &tokens[at].lower;
    let participle = word.ends_with("ed")
        || matches!(word.as_ref(), "kept" | "held" | "run" | "sent" | "made" | "got" | "spent" | "cost");
    // "A Go agent, held to 96 MB": behind a comma, with a word for a bound.
    let apart = at.checked_sub(1).is_some_and(|before| matches!(tokens[before].sign(), Some(',' | '(' | ':' | ';')))
        && tokens.get(at + 1).is_some_and(|next| {
            matches!(&*next.lower, "to" | "at" | "below" | "under" | "within" | "inside" | "beneath")
        });
    if apart && matches!(word.as_ref(), "kept" | "held") {
        return true;
    }
    participle
        && tokens[from..at].iter().any(|token| {
            matches!(
                &*token.lower,
                "is" | "are" | "be" | "being" | "gets" | "get" | "must" | "isn't" | "aren't" | "it's" | "been"
            )
        })
        && !tokens[from..at].iter().any(|token| matches!(&*token.lower, "was" | "were" | "had"))
}

/// "Target: 95% of scans answered in under 180 ms": what a share has to be, beside a word for a limit.
fn is_share_done(tokens: &[Token<'_>], at: usize) -> bool {
    let bounds = |at: usize| {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
        matches!(word(at), "within" | "under" | "below" | "inside")
            || word(at) == "in" && matches!(word(at + 1), "under" | "less" | "at" | "<" | "≤")
    };
    let share = |pair: &[Token<'_>]| {
        (pair[0].sign() == Some('%') || matches!(&*pair[0].lower, "percent" | "prozent")) && pair[1].is("of")
    };
    tokens[at].lower.ends_with("ed") && bounds(at + 1) && tokens[at.saturating_sub(6)..at].windows(2).any(share)
}

/// "Stays under 420 MB with the full directory loaded": a circumstance, and nothing that has been.
fn is_with_done(tokens: &[Token<'_>], at: usize) -> bool {
    let ends = tokens.get(at + 1).is_none_or(|next| next.sign().is_some());
    let with = tokens[at.saturating_sub(6)..at].iter().rposition(|token| token.is("with"));
    let clear = |with: usize| {
        let from = at - at.min(6) + with;
        tokens[from..at].iter().all(|token| token.is_word() && !matches!(&*token.lower, "we" | "it" | "they" | "that"))
    };
    tokens[at].lower.ends_with("ed") && ends && with.is_some_and(clear)
}

/// A word without its plural.
pub(crate) fn stem(word: &str) -> &str {
    if word.len() > 3 { word.strip_suffix('s').unwrap_or(word) } else { word }
}

/// Ranges of tokens between quotation marks that hold three words and more.
pub(super) fn quotes(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, token) in tokens.iter().enumerate() {
        let Some(sign) = token.sign() else { continue };
        match open {
            Some((start, close)) if sign == close || (close == '”' && sign == '“') => {
                if tokens[start + 1..at].iter().filter(|token| token.sign().is_none()).count() >= 3 {
                    found.push(start..at + 1);
                }
                open = None;
            }
            Some((start, _)) if at - start > 80 => open = None,
            Some(_) => {}
            None => {
                let close = match sign {
                    '"' => '"',
                    '“' => '”',
                    '„' => '“',
                    '«' => '»',
                    '»' => '«',
                    _ => continue,
                };
                open = Some((at, close));
            }
        }
    }
    found
}
