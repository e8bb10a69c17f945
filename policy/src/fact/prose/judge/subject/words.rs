//! Words for another system or for an old one: whose figure they make it, and where they only tell of a thing beside it.

use super::super::super::super::{Because, Why};
use super::super::super::cue::{Class, Cue};
use super::super::super::passage::stem;
use super::super::super::thing;
use super::super::Case;
use std::ops::Range;

impl Case<'_, '_> {
    /// The first word in a clause that makes the figure another one's, behind what the figure is for.
    pub(super) fn against_words(
        &self,
        range: &Range<usize>,
        purpose: Option<usize>,
        anew: Option<&Range<usize>>,
    ) -> Option<Because> {
        let start = self.quantity_start();
        let must = self.passage.first(range, Class::Must).or(self.passage.first(range, Class::Grant));
        let counts = |cue: &&Cue| {
            purpose.is_none_or(|aim| cue.tokens.start > aim)
                // "Is replaced by 60 ms" puts the figure in place of another one.
                && !anew.is_some_and(|mark| cue.tokens.end >= mark.start && cue.tokens.start < mark.end)
        };
        for cue in self.passage.cues_in(range).filter(counts) {
            let object = self.tells_beside(cue, must);
            match cue.class {
                Class::Old if !object => return Some(self.why(Why::Before, &cue.tokens)),
                Class::Other if !object && (cue.tokens.start < start || range.start != self.scope.ranges[0].start) => {
                    return Some(self.why(Why::Other, &cue.tokens));
                }
                _ => {}
            }
        }
        None
    }

    /// Whether the word tells of a thing beside the figure, and not of whose it is: the object of a duty, who demands it, whom
    /// it applies to.
    fn tells_beside(&self, cue: &Cue, must: Option<&Cue>) -> bool {
        let start = self.quantity_start();
        let object = must.is_some_and(|must| must.tokens.start < cue.tokens.start && cue.tokens.start < start);
        let demands = self.demands(cue);
        let for_us = self.leaves_for_us(cue);
        let applies = self.applies_to_us(cue);
        let thing = self.is_old_thing(cue);
        // "Load expected by marketing": whose forecast it is.
        let forecast =
            self.id == "expected-traffic" && self.passage.words(&cue.tokens).eq_ignore_ascii_case("marketing");
        // "We decided for a Rust worker per class with at most 90 MB each": what was chosen.
        let chosen =
            self.passage.words(&cue.tokens).eq_ignore_ascii_case("a rust") && self.is_chosen_before(cue.tokens.start);
        object
            || demands && cue.class == Class::Other
            || for_us
            || applies
            || chosen
            || self.quoted_from_form()
            || thing
            || forecast
            || self.is_of_instances(&cue.tokens)
    }

    /// "The vendor insists that nothing takes more than 120 MB": what they demand.
    fn demands(&self, cue: &Cue) -> bool {
        let start = self.quantity_start();
        self.passage.cues_between(cue.tokens.end..(cue.tokens.end + 6).min(start)).iter().any(|cue| {
            matches!(
                self.passage.words(&cue.tokens).split(' ').next(),
                Some(
                    "insists"
                        | "insist"
                        | "demands"
                        | "asks"
                        | "wants"
                        | "expects"
                        | "obliges"
                        | "allows"
                        | "grants"
                        | "concedes"
                        | "allots"
                        | "gives us"
                        | "lets"
                        | "let"
                )
            )
        })
    }

    /// "Take off their own auction, and what is left for us is 30 ms".
    fn leaves_for_us(&self, cue: &Cue) -> bool {
        let until = (self.passage.quantities[self.at].tokens.end + 8).min(self.sentence_tokens().end);
        let rest = cue.tokens.end..until.max(cue.tokens.end);
        self.passage.tokens[rest].windows(2).any(|pair| {
            matches!(&*pair[0].lower, "for" | "für" | "pour" | "para")
                && matches!(&*pair[1].lower, "us" | "uns" | "nous" | "nosotros")
        })
    }

    /// "Provider's limits apply to our function".
    fn applies_to_us(&self, cue: &Cue) -> bool {
        let start = self.quantity_start();
        (cue.tokens.end..start.max(cue.tokens.end)).any(|at| {
            let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
            matches!(word(at), "apply" | "applies" | "binds" | "bind")
                && (at + 1..at + 3).any(|at| matches!(word(at), "us" | "our" | "ours"))
        })
    }

    /// "… before nginx answers with the old tile": told behind the figure, of no service.
    fn is_old_thing(&self, cue: &Cue) -> bool {
        let start = self.quantity_start();
        let next = self.passage.tokens.get(cue.tokens.end);
        cue.class == Class::Old
            && cue.tokens.start > start
            && matches!(
                &*self.passage.words(&cue.tokens).to_lowercase(),
                "the old" | "our old" | "previous" | "the current" | "the present"
            )
            && next.is_some_and(|next| {
                next.is_word()
                    && !thing::is_word_for_service(&next.lower)
                    && !self.passage.topic.own.contains(stem(&next.lower))
            })
    }

    /// "Decided for", "we build": words right before a thing by which it is the one that is taken.
    fn is_chosen_before(&self, at: usize) -> bool {
        const TAKES: &[&str] = &[
            "chose", "choose", "chosen", "build", "write", "take", "pick", "picked", "took", "want", "deploy", "run",
            "ship", "adopt", "adopted",
        ];
        const JOINED: &[&str] =
            &["decided", "decide", "went", "go", "going", "opted", "settled", "settle", "voted", "agreed", "landed"];
        let word = |back: usize| at.checked_sub(back).map_or("", |at| &*self.passage.tokens[at].lower);
        // "We will drive the clappers from a Rust daemon".
        let ours = || {
            let before = &self.passage.tokens[at.saturating_sub(10)..at];
            before.windows(2).any(|pair| pair[0].is("we") && matches!(&*pair[1].lower, "will" | "shall"))
        };
        TAKES.contains(&word(1))
            || matches!(word(1), "for" | "on" | "with") && JOINED.contains(&word(2))
            || matches!(word(1), "from" | "in" | "with" | "by" | "through" | "to" | "into" | "use") && ours()
    }
}
