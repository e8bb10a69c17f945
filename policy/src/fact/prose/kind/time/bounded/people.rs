//! What people do themselves in a time: "players must press the buzzer within 5 s".

use super::super::super::super::super::value::quantity::Quantity;
use super::super::super::super::cue::Class;
use super::super::super::super::passage::{Passage, stem};
use super::super::super::super::speech::Speech;
use super::super::super::super::thing;
use super::super::super::{asks_how_long, word_at, word_before};
use super::{ends_with, head};
use std::ops::Range;

/// "How long may an operator look away? 10 s": a question after what people do, and not after their waiting.
pub(super) fn asks_people(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let asked = sentence.checked_sub(1).map(|before| &passage.sentences[before]).filter(|before| before.question);
    let opens = quantity.tokens.start <= passage.sentences[sentence].tokens.start + 4;
    opens
        && asked.is_some_and(|asked| {
            asked.classes.has(Class::Person)
                && passage.asks(&asked.tokens)
                && !asked.classes.has(Class::Latency)
                && !asks_how_long(passage, &asked.tokens)
        })
}

/// "Players must press the buzzer within 5 s": what people do themselves, and not what they get to see.
pub(super) fn by_people(passage: &Passage<'_>, quantity: &Quantity, clause: &Range<usize>) -> bool {
    let before = clause.start..quantity.tokens.start;
    let own = |at: usize| passage.topic.own.contains(stem(word_at(passage, at)));
    let person = |at: usize| ends_with(passage, at, Class::Person) && !own(at);
    // "A player who drops has 30 s to come back".
    let (has, start) = word_before(passage, quantity);
    // "Each dancer has 90 s".
    let long = quantity.value.is_some_and(|value| value >= 10_000.0);
    if long && matches!(has, "has" | "have" | "gets" | "get") && start >= 2 && person(start - 2) {
        return true;
    }
    let given = matches!(has, "has" | "have" | "get" | "gets") && word_at(passage, quantity.tokens.end) == "to";
    if given
        && (head(passage, clause.start..start.saturating_sub(1)).is_some_and(person) || start >= 2 && person(start - 2))
    {
        return true;
    }
    if given && super::given::to_people(passage, clause, start) {
        return true;
    }
    // "Fahrer müssen binnen 60 s den Stecker ziehen": in German the verb stands at the end.
    let last = (quantity.tokens.end..clause.end).rev().find(|at| passage.tokens[*at].is_word());
    let german = passage.topic.speech == Speech::German
        && last.is_some_and(|at| ends_with(passage, at, Class::Act))
        && head(passage, before.clone()).is_some_and(person);
    if german {
        return true;
    }
    // "An officer may take 5 minutes".
    let takes = matches!(has, "take" | "takes" | "need" | "needs") && start >= 1;
    if takes && thing::before(passage, start - 1).is_some_and(person) {
        return true;
    }
    // "Must be answered by the candidate within 45 s"; what is seen by them, the service shows.
    let by =
        before.clone().skip(1).find(|at| word_at(passage, *at) == "by" && word_at(passage, at - 1).ends_with("ed"));
    if by.is_some_and(|by| (by + 1..(by + 4).min(before.end)).any(person)) {
        return true;
    }
    passage.cues_in(&before).filter(|cue| cue.class == Class::Act).any(|act| {
        let verb = act.tokens.start;
        // "Nurses accept a delay of 250 ms", "a nurse presses and the queue has to show …".
        let other = passage.cues_in(&before).any(|cue| {
            cue.class == Class::Latency && (cue.tokens.start != verb || cue.tokens.len() > 1)
                || matches!(cue.class, Class::Must | Class::Grant | Class::Verb) && cue.tokens.start > verb
        });
        let parted = (act.tokens.end..before.end).any(|at| {
            matches!(passage.tokens[at].sign(), Some('|' | ';' | ':'))
                || matches!(word_at(passage, at), "if" | "when" | "unless" | "before" | "until" | "because" | "that")
        });
        // "A user must be able to log in within 250 ms": what the service lets them do.
        let able = (verb.saturating_sub(3)..verb).any(|at| matches!(word_at(passage, at), "able" | "can" | "could"));
        if other || parted || able {
            return false;
        }
        // "A player's press", "the report", "an answer": a noun.
        let noun = verb.checked_sub(1).map_or("", |at| word_at(passage, at));
        if matches!(noun, "the" | "a" | "an" | "of" | "each" | "every" | "any" | "our" | "its" | "no" | "per")
            || noun.ends_with("'s")
            || noun.ends_with("’s")
        {
            return false;
        }
        thing::before(passage, verb).is_some_and(person) || head(passage, clause.start..verb).is_some_and(person)
    })
}
