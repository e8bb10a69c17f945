//! On whom a duty lies: "the contract obliges them to answer in 25 ms", "the norm demands of the modem that it reply …".

use super::super::cue::Class;
use super::super::passage::{Passage, stem};
use super::super::thing;
use super::{INSIDE, is_own, word};
use crate::text::outline::MarkKind;
use std::ops::Range;

/// Verbs that lay a duty on whom they name right behind.
const OBLIGES: &[&str] = &[
    "oblige",
    "obliges",
    "obliged",
    "binds",
    "commits",
    "forces",
    "holds",
    "verpflichtet",
    "verpflichten",
    "oblige",
    "obligent",
    "obliga",
    "obligan",
    "zwingt",
];

/// Verbs that do so with "of", "from" or "on".
const ASKS: &[&str] = &[
    "demands", "demand", "requires", "require", "expects", "expect", "asks", "ask", "demanded", "required", "expected",
    "asked", "wants", "imposes", "verlangt", "fordert", "exige", "exigent", "exigen",
];

/// Words between the verb and whom it names.
const BETWEEN: &[&str] = &[
    "of", "from", "on", "upon", "the", "a", "an", "every", "each", "any", "all", "both", "only", "den", "die", "das",
    "der", "dem", "von", "vom", "le", "la", "les", "du", "de", "el", "al", "los", "las", "del", "l",
];

/// Words behind which no longer somebody is named.
const STOPS: &[&str] =
    &["to", "that", "in", "within", "at", "zu", "dass", "à", "que", "a", "auf", "by", "and", "or", "not"];

/// Whom a clause lays its duty on, where that is somebody else.
pub(super) fn laid_on_others(passage: &Passage<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    let (verb, with_of) = (clause.start..clause.end).find_map(|at| {
        let of = matches!(word(passage, at + 1), "of" | "from" | "on" | "upon" | "von" | "vom" | "du" | "de" | "del");
        // "Asks on every request" names an occasion.
        let on = matches!(word(passage, at + 1), "on" | "upon") && !matches!(word(passage, at), "imposes");
        let asks = of && !on && ASKS.contains(&word(passage, at));
        (asks || OBLIGES.contains(&word(passage, at)) && !is_passive(passage, at)).then_some((at, asks))
    })?;
    let start = (verb + 1..verb + 5).find(|at| !BETWEEN.contains(&word(passage, *at)))?;
    match word(passage, start) {
        "them" | "him" | "her" | "others" | "everybody" | "everyone" | "sie" | "ihn" | "leur" => {
            return Some(verb..start + 1);
        }
        "us" | "our" | "we" | "it" | "its" | "this" | "ourselves" | "uns" | "unseren" | "nous" | "notre" | "nos" => {
            return None;
        }
        _ => {}
    }
    let stops = |at: &usize| {
        passage.tokens.get(*at).is_none_or(|token| token.sign().is_some_and(|sign| sign != '-'))
            || STOPS.contains(&word(passage, *at))
            || passage.has_figure(*at..*at + 1)
    };
    let end = (start..(start + 6).min(clause.end + 1)).find(stops).filter(|end| *end > start)?;
    let named = start..end;
    let head = end - 1;
    // "… demands of *the register* that it reply": whom the author sets apart by emphasis, is not the service.
    let apart = passage.marked(head, MarkKind::Emphasis)
        || (end..end + 3).any(|at| {
            word(passage, at) == "not"
                && (at + 1..at + 4).any(|at| matches!(word(passage, at), "us" | "ours" | "our" | "ourselves"))
        });
    if apart {
        return Some(named);
    }
    let ours = named.clone().any(|at| is_own(passage, at) || INSIDE.contains(&word(passage, at)));
    let outside =
        passage.cues_in(&named).any(|cue| matches!(cue.class, Class::Outsider | Class::Other) && cue.tokens.end == end);
    let thing = !thing::is_listed(stem(word(passage, head))) && (with_of || !thing::is_general(passage, head));
    // "Holds the record to …", "forces the issue": only whom one can oblige.
    let plain = matches!(word(passage, verb), "holds" | "forces" | "binds") && !outside;
    (!ours && !plain && (outside || thing && !passage.topic.own.is_empty())).then_some(named)
}

/// "… demands of the modem, not of us, that it reply …": what is asked, with the words before it that ask.
pub(super) fn with_verb(passage: &Passage<'_>, clause: &Range<usize>) -> Range<usize> {
    if !matches!(word(passage, clause.start), "that" | "to" | "dass" | "zu" | "que") {
        return clause.clone();
    }
    let ends = |at: &usize| matches!(passage.tokens[*at].sign(), Some('.' | '!' | '?' | ';' | ':'));
    let from = (clause.start.saturating_sub(14)..clause.start)
        .rev()
        .find(ends)
        .map_or(clause.start.saturating_sub(14), |at| at + 1);
    from..clause.end
}

/// "Is obliged", "are bound": on whom the duty lies, stands before.
fn is_passive(passage: &Passage<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        matches!(
            word(passage, before),
            "is" | "are" | "be" | "been" | "was" | "were" | "ist" | "sind" | "uns" | "nous" | "nos" | "se" | "s"
        )
    })
}
