//! Somebody else whom the words around have named: "we read from the portal. The portal may take 12 s", "response time of
//! the drive: 80 ms, set by the vendor", and what a record leaves out of its own figures.

use super::super::super::cue::Class;
use super::super::super::owner;
use super::super::super::passage::stem;
use super::super::super::thing;
use super::super::Case;
use std::ops::Range;

/// Words for the service that need no title to be it.
const PLAIN: &[&str] = &[
    "service",
    "process",
    "pod",
    "instance",
    "container",
    "worker",
    "agent",
    "app",
    "application",
    "program",
    "component",
    "daemon",
    "binary",
    "job",
    "task",
    "system",
    "replica",
    "node",
    "module",
    "function",
    "dienst",
    "prozess",
    "instanz",
];

impl Case<'_, '_> {
    fn lower(&self, at: usize) -> &str {
        self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref())
    }

    /// Whether a word is the document's service, by its title or in general.
    pub(super) fn may_be_ours(&self, at: usize) -> bool {
        let word = stem(self.lower(at));
        self.passage.topic.own.contains(word)
            || PLAIN.contains(&word)
            || self.passage.topic.own.is_empty() && thing::is_general(self.passage, at)
    }

    /// "We read from the customs portal. The portal may take 12 s": what the service calls, as the subject of the next
    /// sentence.
    pub(super) fn called_before(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let clause = self.scope.ranges.last()?;
        let (the, noun) = (clause.start, clause.start + 1);
        let subject = matches!(self.lower(the), "the" | "this" | "that")
            && noun < self.quantity_start()
            && passage.tokens.get(noun)?.is_word()
            && passage.cues_in(&(noun + 1..noun + 3)).any(|cue| {
                matches!(cue.class, Class::Must | Class::Grant | Class::Verb | Class::Present | Class::Offer)
            });
        // "We ship it to the portal" is no call, and "on the box" a place.
        let uses =
            |word: &str| owner::CALLS.contains(&word) && !matches!(word, "on" | "to" | "with" | "behind" | "against");
        if !subject || self.may_be_ours(noun) {
            return None;
        }
        let name = stem(self.lower(noun));
        let from = self.sentence.saturating_sub(3);
        let named = (from..self.sentence).any(|before| {
            let tokens = passage.sentences[before].tokens.clone();
            tokens.clone().any(|at| {
                let called = stem(self.lower(at)) == name
                    && (at.saturating_sub(5).max(tokens.start)..at).any(|at| uses(self.lower(at)));
                called && (at.saturating_sub(4)..at).any(|at| matches!(self.lower(at), "the" | "a" | "an" | "their"))
            })
        });
        named.then_some(the..noun + 1)
    }

    /// "A synthesis job asks for 192 GB" under "Queue in front of the synthesis tool": what stands behind the service, as
    /// the subject.
    pub(super) fn stands_behind(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let faced = &passage.topic.faced;
        let clause = self.scope.ranges.first().filter(|_| !faced.is_empty())?;
        let verb = passage
            .cues_in(clause)
            .find(|cue| matches!(cue.class, Class::Must | Class::Grant | Class::Verb | Class::Present))
            .map(|cue| cue.tokens.start)?;
        let subject = clause.start..verb;
        let named = subject.clone().any(|at| faced.contains(stem(self.lower(at))));
        let own = subject.clone().any(|at| {
            let word = stem(self.lower(at));
            passage.topic.own.contains(word) && !faced.contains(word)
                || matches!(word, "we" | "our" | "it" | "of" | "in")
        });
        // "An archive request must be answered": what is done with it, by the service.
        let own =
            own || matches!(self.lower(verb + 1), "be" | "been") || passage.first(&subject, Class::Served).is_some();
        (verb < self.quantity_start() && subject.len() <= 4 && named && !own).then_some(subject)
    }

    /// "ADR 14 allowed 200 ms" in the record that supersedes it: a limit that went with the record, unless a word says
    /// that it stays.
    pub(super) fn set_by_superseded(&self) -> Option<Range<usize>> {
        const RECORDS: &[&str] = &["adr", "record", "decision", "rfc", "entscheidung", "décision", "decisión"];
        const STAYS: &[&str] = &[
            "keep",
            "kept",
            "stays",
            "stay",
            "remains",
            "remain",
            "unchanged",
            "carried",
            "continues",
            "take",
            "too",
            "also",
            "bleibt",
            "bleiben",
            "weiterhin",
            "reste",
            "restent",
            "sigue",
            "siguen",
            "we",
            "retain",
        ];
        let passage = self.passage;
        // "Which still holds", and not "when scoring still happened in the cellar".
        let holds = |at: usize| {
            self.lower(at) == "still"
                && matches!(self.lower(at + 1), "hold" | "holds" | "apply" | "applies" | "stands" | "binds" | "valid")
        };
        let start = self.quantity_start();
        let opening = self.sentence_tokens().start;
        let at = (opening..(opening + 3).min(start)).find(|at| RECORDS.contains(&self.lower(*at)))?;
        // "In ADR 28 we capped it at 256 MB": who speaks of what they did.
        let tells = |at: usize| {
            self.lower(at) == "we"
                && at.checked_sub(1).is_some_and(|before| self.lower(before).bytes().all(|byte| byte.is_ascii_digit()))
        };
        let stays = self.sentence_tokens().clone().any(|at| !tells(at) && STAYS.contains(&self.lower(at)) || holds(at));
        let (numbers, amended) = (passage.topic.record.superseded(), passage.topic.record.amended());
        if numbers.is_empty() && amended.is_empty() || stays {
            return None;
        }
        let number = (at + 1..(at + 4).min(start)).find(|at| {
            let digits = self.lower(*at).trim_start_matches('0');
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        })?;
        // "ADR 14 is replaced: 60 ms": what is said of the record, and not what it said.
        let said = passage.tokens.get(number + 1).is_some_and(crate::fact::token::Token::is_word)
            && !matches!(self.lower(number + 1), "is" | "was" | "and" | "has" | "ist" | "est" | "es");
        // What stands behind another sign is said of something else, as a rule.
        let apart = (number + 1..start).any(|at| passage.tokens[at].sign().is_some_and(|sign| ",;:(".contains(sign)));
        let of = self.lower(number).trim_start_matches('0');
        let past =
            [Class::Past, Class::Decide].into_iter().any(|class| passage.first(&(number..start), class).is_some())
                || (number..start).any(|at| self.lower(at).ends_with("ed"));
        let stands = passage.sentences.get(self.sentence + 1).is_some_and(|next| {
            passage.points_back(self.sentence + 1)
                && next.tokens.clone().take(8).any(|at| STAYS.contains(&self.lower(at)) || self.lower(at) == "stands")
        });
        let listed = numbers.contains(of) || amended.contains(of) && past && !stands;
        (said && listed && !apart).then_some(at..number + 1)
    }

    /// "Response time of the drive: 80 ms, set by the vendor", "memory of the controller: 16 MB": a label that names
    /// another thing, with a word of who made it or of what it is.
    pub(super) fn labelled_other(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let label = passage.label_of(self.sentence).filter(|label| label.end < self.quantity_start())?;
        let of = label.clone().rev().find(|at| matches!(self.lower(*at), "of" | "des" | "der"))?;
        let noun = label.clone().rev().find(|at| passage.tokens[*at].is_word()).filter(|noun| *noun > of + 1)?;
        if (of + 1..=noun).any(|at| self.may_be_ours(at)) {
            return None;
        }
        if self.is_left_out(noun) {
            return Some(of..noun + 1);
        }
        let end = passage.quantities[self.at].tokens.end;
        let made = (end..(end + 7).min(self.sentence_tokens().end)).any(|at| {
            matches!(self.lower(at), "by" | "vom" | "von")
                && (at + 1..at + 4).any(|at| owner::MAKERS.contains(&stem(self.lower(at))))
        });
        let hardware = self.id == "memory-budget"
            && (passage.first(&(noun..noun + 1), Class::Machine).is_some()
                || matches!(self.lower(noun), "controller" | "plc" | "panel" | "sps" | "chip" | "unit"));
        (made || hardware).then_some(of..noun + 1)
    }

    /// "The figures bind the driver, except for the arm": whether the record leaves the thing out of its figures.
    fn is_left_out(&self, at: usize) -> bool {
        self.passage.topic.record.left_out().contains(stem(self.lower(at)))
    }
}
