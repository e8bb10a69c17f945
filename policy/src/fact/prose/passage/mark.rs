//! What is marked on a passage before it is judged: cues that mean something else here, words in quotation marks.

mod counted;
mod data;
mod form;
mod other;

use super::super::super::token::{Kind, Token};
use super::super::super::value::{number, unit};
use super::super::cue::{Class, Cue};
use super::super::thing;
use super::Topic;
use data::{names_handler, prune_data};
use form::{goes_on_since, is_attribute, is_no_past, is_noun_by_place, is_to_be_seen};
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
    let counted = counted::in_or_out(tokens);
    let limited = cues.iter().any(|cue| cue.class == Class::Limit);
    cues.retain(|cue| {
        let at = counted.partition_point(|range| range.end <= cue.tokens.start);
        let aside = counted.get(at).is_some_and(|range| range.contains(&cue.tokens.start));
        !aside && says_what_it_is(cue, tokens, topic, limited)
    });
}

/// Whether a cue means what its words mean elsewhere; `limited` says whether a word for a limit stands in the passage.
fn says_what_it_is(cue: &Cue, tokens: &[Token<'_>], topic: &Topic<'_>, limited: bool) -> bool {
    let words = &tokens[cue.tokens.clone()];
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
        Class::OtherTime if words.len() == 1 && heads_what_follows(tokens, &cue.tokens) => {
            !opens_demand(tokens, cue.tokens.end + 1)
        }
        Class::Limit if words[words.len() - 1].is("line") && words.len() == 2 && words[0].is("the") => {
            is_line_not_to_cross(tokens, &cue.tokens)
        }
        // "Saving an entry": what is done with a thing.
        Class::Saving if words.len() == 1 && words[0].is("saving") => !tokens
            .get(cue.tokens.end)
            .is_some_and(|next| matches!(&*next.lower, "a" | "an" | "the" | "it" | "them" | "one" | "changes")),
        // "The limit has been 200 ms since 2019": what has been since then, is.
        Class::Past if matches!(&*words[words.len() - 1].lower, "been") && goes_on_since(tokens, cue.tokens.end) => {
            false
        }
        Class::Grant if words.len() == 1 && matches!(&*words[0].lower, "allocates" | "reserves" | "allocate") => {
            gives_to_another(tokens, &cue.tokens)
        }
        // "The cache process", "the log collector": what handles data is a service.
        Class::OtherBytes if names_handler(tokens, cue.tokens.end) => false,
        // "Size each pod for 128 MB": an order.
        Class::OtherBytes if words[0].is("size") && words.len() == 1 => !tokens
            .get(cue.tokens.end)
            .is_some_and(|next| matches!(&*next.lower, "each" | "every" | "the" | "it" | "them" | "our")),
        // "Hit detection", "memory use": nouns.
        Class::Past | Class::Present if is_noun_by_place(tokens, cue.tokens.start) => false,
        Class::Past => !is_no_past(tokens, cue.tokens.start, limited),
        // "We are at most 60 ms late": a bound, and not where we are.
        Class::Measure if words.last().is_some_and(|word| word.is("at")) => {
            !tokens.get(cue.tokens.end).is_some_and(|next| next.is("most") || next.is("least"))
        }
        // "20 mesures par seconde": what is counted.
        Class::Measure if is_counted(tokens, &cue.tokens) => false,
        // "A request must be accepted or refused in 800 ms".
        Class::Rejected => !is_either(tokens, cue.tokens.start),
        // "Each server has to make do with 1.2 GB" asks, and tells nothing of a machine.
        Class::Machine if matches!(&*words[words.len() - 1].lower, "has" | "have") => {
            !tokens.get(cue.tokens.end).is_some_and(|next| next.is("to"))
        }
        // "Is back in under 1.5 s", and not "back in 2019".
        Class::Old if words.len() == 2 && words[0].is("back") && words[1].is("in") => !is_time(tokens, cue.tokens.end),
        // "The current router", and not "the current limit".
        Class::Old if matches!(&*words[words.len() - 1].lower, "current" | "present") => tokens
            .get(cue.tokens.end)
            .is_some_and(|next| thing::is_word_for_service(&next.lower) || topic.own.contains(stem(&next.lower))),
        Class::Other => other::is_other(tokens, &cue.tokens, topic),
        Class::OtherBytes | Class::OtherTime | Class::OtherRate => !other::is_topic(words, topic),
        _ => true,
    }
}

/// "Resolution:", "Backup:": a word for a time that may as well be the label of what is told behind it.
fn heads_what_follows(tokens: &[Token<'_>], cue: &Range<usize>) -> bool {
    matches!(&*tokens[cue.start].lower, "resolution" | "archive" | "deployment" | "backup")
        && tokens.get(cue.end).is_some_and(|next| next.is(":"))
}

/// "A bell has to ring within 60 ms" behind "Resolution:": what was resolved, and no fineness of a clock.
fn opens_demand(tokens: &[Token<'_>], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|next| matches!(&*next.lower, "a" | "an" | "the" | "each" | "every" | "it" | "we" | "all"))
}

/// "200 ms is the line Product drew": a bound. "The line prints 40 labels": a machine, and none.
fn is_line_not_to_cross(tokens: &[Token<'_>], cue: &Range<usize>) -> bool {
    let is = cue.start.checked_sub(1).and_then(|at| tokens.get(at));
    let is = is.is_some_and(|word| matches!(&*word.lower, "is" | "as" | "are" | "remains"));
    is || tokens.get(cue.end).is_none_or(|next| {
        !next.is_word()
            || matches!(&*next.lower, "at" | "is" | "of" | "for" | "to" | "that" | "we" | "here" | "was" | "between")
    })
}

/// "Allocates 5 GB to each pod" grants; "allocates 5 GB on boot" uses.
fn gives_to_another(tokens: &[Token<'_>], cue: &Range<usize>) -> bool {
    let (start, end) = (cue.start.saturating_sub(6), (cue.end + 9).min(tokens.len()));
    let led = tokens[start..cue.start].windows(2).any(|pair| pair[0].is("for") && pair[1].is("which"));
    led || tokens[cue.end..end]
        .iter()
        .any(|token| matches!(&*token.lower, "to" | "for" | "per" | "each" | "us" | "it" | "every"))
}

/// Words behind which a noun stands.
fn is_determiner(lower: &str) -> bool {
    matches!(
        lower,
        "a" | "an" | "the" | "each" | "every" | "per" | "one" | "this" | "that" | "printing" | "issuing" | "any" | "of"
    )
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
