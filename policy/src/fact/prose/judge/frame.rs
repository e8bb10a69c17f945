//! What the shape of a clause says of its figure, whatever its verb: "the memory is pegged at 256 MiB", "we size the pod
//! at 220 MB", "200 MB, and not for more".

use super::super::super::value::bound;
use super::super::super::value::quantity::Measure;
use super::super::cue::Class;
use super::super::speech::Speech;
use super::super::thing;
use super::Case;
use std::ops::Range;

/// Words between a verb that sets and its figure. What is done *in* a time is told, not set.
const TO: &[&str] = &["at", "to"];
const INTO: &[&str] = &["by", "into", "in", "within", "on"];

impl Case<'_, '_> {
    /// The words by whose shape the figure is set, whatever the verb is.
    pub(super) fn framed(&self) -> Option<Range<usize>> {
        if self.passage.topic.speech != Speech::English {
            return None;
        }
        self.is_set()
            .or_else(|| self.ends_at())
            .or_else(|| self.we_set())
            .or_else(|| self.needed_in())
            .or_else(|| self.let_have())
            .or_else(|| self.we_decided())
            .or_else(|| self.they_set())
            .or_else(|| self.wanted_is())
            .or_else(|| self.is_what_they_want())
            .or_else(|| self.all_there_is())
    }

    /// "Eine Anfrage ist in 25 ms zu beantworten", "toute demande est à traiter en 80 ms": what is to be done.
    pub(super) fn is_to_be(&self) -> Option<Range<usize>> {
        const PARTS: &[&str] = &[
            "ab", "an", "auf", "aus", "bei", "dar", "durch", "ein", "fertig", "her", "hin", "nach", "um", "vor", "weg",
            "weiter", "wieder", "zurück", "bereit",
        ];
        let passage = self.passage;
        let clause = self.scope.ranges.iter().find(|range| range.contains(&self.quantity_start()))?;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let start = self.quantity_start();
        match passage.topic.speech {
            Speech::German => {
                let is = (clause.start..start).find(|at| matches!(word(*at), "ist" | "sind"))?;
                let end = passage.quantities[self.at].tokens.end;
                let infinitive = |word: &str| word.ends_with("en") || word.ends_with("ern") || word.ends_with("eln");
                (end..(end + 8).min(clause.end.max(end)))
                    .find(|at| {
                        word(*at) == "zu" && infinitive(word(*at + 1))
                            || infinitive(word(*at))
                                && PARTS.iter().any(|part| {
                                    word(*at)
                                        .strip_prefix(part)
                                        .is_some_and(|rest| rest.starts_with("zu") && rest.len() > 5)
                                })
                    })
                    .map(|_| is..is + 1)
            }
            Speech::French => (clause.start..start.saturating_sub(2))
                .find(|at| {
                    matches!((word(*at), word(*at + 1)), ("est" | "sont", "à"))
                        && ["er", "ir", "re"].iter().any(|ending| word(*at + 2).ends_with(ending))
                })
                .map(|at| at..at + 3),
            _ => None,
        }
    }

    /// "Is pegged at 256 MiB", "be held to 64 MB": a passive of the present, whatever its verb.
    fn is_set(&self) -> Option<Range<usize>> {
        let at = self.joint()?;
        let verb = at.checked_sub(1)?;
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let participle = word(verb).len() > 4 && word(verb).ends_with("ed")
            || matches!(word(verb), "set" | "put" | "cut" | "held" | "kept" | "bound" | "built" | "drawn" | "frozen");
        let from = verb.saturating_sub(3);
        let present = (from..verb).any(|at| matches!(word(at), "is" | "are" | "be" | "being" | "gets" | "get"));
        let seen = self
            .passage
            .cues_in(&(verb..at))
            .any(|cue| matches!(cue.class, Class::Measure | Class::Perhaps | Class::Saving | Class::OtherTime));
        (participle && present && !seen && !is_seen(word(verb))).then_some(verb..at)
    }

    /// "The platform stops pods at 2 GiB": what happens there makes it the limit.
    fn ends_at(&self) -> Option<Range<usize>> {
        const ENDS: &[&str] = &[
            "stops",
            "kills",
            "evicts",
            "restarts",
            "terminates",
            "reaps",
            "shoots",
            "caps",
            "cuts",
            "bounces",
            "ends",
        ];
        let at = self.joint()?;
        let token = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let verb = (at.saturating_sub(5)..at).rev().find(|verb| ENDS.contains(&token(*verb)))?;
        (token(at) == "at").then_some(verb..at + 1)
    }

    /// "The trading desk needs quotes in 50 ms": what somebody else needs from the service, and by when.
    fn needed_in(&self) -> Option<Range<usize>> {
        const NEEDS: &[&str] =
            &["needs", "need", "wants", "want", "expects", "expect", "demands", "demand", "requires", "require"];
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let start =
            bound::comparator(&passage.tokens, self.quantity_start()).map_or(self.quantity_start(), |(_, start)| start);
        let clause = self.scope.ranges.first()?;
        let verb = (clause.start + 1..start).find(|at| NEEDS.contains(&word(*at)))?;
        // "Harbour control wants a plan 5 s after a ship announces itself", too.
        let soon = passage.quantities[self.at].value.is_some_and(|value| value <= 60_000.0);
        let after = soon && word(passage.quantities[self.at].tokens.end) == "after";
        let within =
            start < self.quantity_start() || after || matches!(word(start.checked_sub(1)?), "in" | "within" | "after");
        let object = start.saturating_sub(verb) >= 3 && !passage.has_figure(verb..start);
        // What the service itself needs, is asked of others.
        let own = (clause.start..verb).any(|at| {
            thing::is_service(passage, at)
                && !passage.cues_between(at..at + 1).iter().any(|cue| cue.class == Class::Outsider)
        });
        (self.measure() == Measure::Time && within && object && !own).then_some(verb..verb + 1)
    }

    /// "We then fixed 12 MB for the logger, and 50 ms for a reading": what we decided.
    fn we_decided(&self) -> Option<Range<usize>> {
        let start = self.quantity_start();
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        self.scope.ranges.iter().filter(|range| range.start < start).find_map(|range| {
            let until = start.min(range.end);
            let verb = (range.start + 1..until).find(|at| {
                matches!(word(*at), "fixed" | "settled" | "agreed" | "chose" | "wrote" | "resolved" | "granted")
            })?;
            let we = (verb.saturating_sub(3).max(range.start)..verb).find(|at| matches!(word(*at), "we" | "all"))?;
            // "We agreed that it was 60 ms" tells.
            let plain =
                !(verb + 1..until).any(|at| matches!(word(at), "that" | "not" | "whether" | "was" | "were" | "no"));
            plain.then_some(we..verb + 1)
        })
    }

    /// "The committee set 2 ms at p99 and 5 ms at p99.9": a verb that sets, with nothing between it and its figures.
    fn they_set(&self) -> Option<Range<usize>> {
        const SETS: &[&str] =
            &["set", "sets", "fixed", "fixes", "prescribed", "prescribes", "stipulated", "imposed", "chose"];
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let clause = self.scope.ranges.iter().find(|range| range.contains(&self.quantity_start()))?;
        let verb = (clause.start + 1..self.quantity_start()).rev().find(|at| SETS.contains(&word(*at)))?;
        // Of several figures in a row the first stands right behind the verb.
        let row = passage.quantities.iter().find(|quantity| quantity.tokens.start > verb)?;
        let first = bound::comparator(&passage.tokens, row.tokens.start).map_or(row.tokens.start, |(_, start)| start);
        let beside = row.measure == self.measure() && first == verb + 1;
        let subject = verb.saturating_sub(6).max(clause.start)..verb;
        let named = subject.clone().any(|at| matches!(word(at), "the" | "our" | "we" | "they" | "their" | "all"));
        // "Was set", "a set": no verb of a subject.
        let passive = matches!(
            word(verb - 1),
            "is" | "are" | "was" | "were" | "be" | "been" | "a" | "the" | "not" | "never" | "had" | "to"
        );
        let told = passage
            .cues_in(&subject)
            .any(|cue| matches!(cue.class, Class::Measure | Class::Old | Class::Other | Class::Perhaps));
        (beside && named && !passive && !told).then_some(verb..verb + 1)
    }

    /// "The p95 that product wants is 250 ms": what somebody wants, and the figure that it is.
    fn wanted_is(&self) -> Option<Range<usize>> {
        const WANTS: &[&str] = &[
            "want",
            "wants",
            "demand",
            "demands",
            "require",
            "requires",
            "ask",
            "asks",
            "insist",
            "insists",
            "accept",
            "accepts",
            "allow",
            "allows",
            "grant",
            "grants",
            "tolerate",
            "tolerates",
        ];
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let start = self.quantity_start();
        let start = bound::comparator(&self.passage.tokens, start).map_or(start, |(_, start)| start);
        let is = start.checked_sub(1).filter(|at| matches!(word(*at), "is" | "are" | "remains" | "stays"))?;
        let last = is.checked_sub(1)?;
        let verb = if matches!(word(last), "for" | "on" | "of") { last.checked_sub(1)? } else { last };
        let from = self.scope.ranges.first()?.start.max(verb.saturating_sub(6));
        let denied = (from..verb).any(|at| bound::is_negation(word(at)) || matches!(word(at), "they" | "old"));
        (WANTS.contains(&word(verb)) && from < verb && !denied).then_some(verb..is + 1)
    }

    /// "90 ms is what the till makers ask of us", "64 MB are what the board grants".
    fn is_what_they_want(&self) -> Option<Range<usize>> {
        const WANT: &[&str] = &[
            "want",
            "wants",
            "ask",
            "asks",
            "demand",
            "demands",
            "expect",
            "expects",
            "require",
            "requires",
            "accept",
            "accepts",
            "allow",
            "allows",
            "grant",
            "grants",
            "tolerate",
            "tolerates",
            "concede",
            "concedes",
            "insist",
            "insists",
            "need",
            "needs",
            "promised",
            "promise",
            "owe",
            "signed",
            "agreed",
            "prescribes",
            "stipulates",
            "pay",
            "pays",
        ];
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let end = passage.quantities[self.at].tokens.end;
        // A percentile may stand between.
        let is = (end..end + 4).find(|at| matches!(word(*at), "is" | "are") && word(*at + 1) == "what")?;
        let until = (is + 10).min(self.sentence_tokens().end);
        let verb = (is + 3..until).find(|at| WANT.contains(&word(*at)))?;
        let told = (is + 2..verb).any(|at| matches!(word(at), "they" | "others" | "not" | "never" | "no" | "old"));
        (!told).then_some(is..verb + 1)
    }

    /// "The vendor lets a guest process have 10 MB": what somebody is let have.
    pub(super) fn let_have(&self) -> Option<Range<usize>> {
        let have = self.quantity_start().checked_sub(1)?;
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let from = self.scope.ranges.first()?.start.max(have.saturating_sub(7));
        let lets = (from..have).find(|at| matches!(word(*at), "let" | "lets"))?;
        matches!(word(have), "have" | "use" | "take").then_some(lets..have + 1)
    }

    /// "We size the service at 220 MB".
    fn we_set(&self) -> Option<Range<usize>> {
        let at = self.joint()?;
        let clause = self.scope.ranges.iter().find(|range| range.contains(&at))?;
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let we = (clause.start..at).rev().take(8).find(|at| word(*at) == "we")?;
        let verb = we + 1;
        const STATES: &[&str] = &[
            "are", "were", "run", "sit", "see", "saw", "stand", "hover", "peak", "idle", "have", "look", "start",
            "arrive", "end", "live", "think", "guess", "estimate", "measure", "work", "do", "did", "had", "could",
            "would", "might",
        ];
        let other = word(verb).ends_with("ed") || STATES.contains(&word(verb)) || verb + 1 >= at;
        (!other && matches!(word(at), "at" | "to" | "for")).then_some(we..verb + 1)
    }

    /// "… for 200 MB and not for more", "60 MB, that is all there is".
    pub(super) fn all_there_is(&self) -> Option<Range<usize>> {
        let end = self.passage.quantities[self.at].tokens.end;
        let until = self.sentence_tokens().end.min(end + 14);
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let with_unit = |at: &usize| {
            let other = &self.passage.quantities[*at];
            other.measure != Measure::Bare && (end..until).contains(&other.tokens.start)
        };
        if self.passage.quantities_of(self.sentence).iter().any(with_unit) {
            return None;
        }
        for at in end..until {
            let closes = |at: &usize| matches!(word(*at), "more" | "longer" | "later" | "slower" | "beyond" | "higher");
            if bound::is_negation(word(at))
                && let Some(close) = (at + 1..(at + 5).min(until)).find(closes)
            {
                // "No more than" bounds another figure; "no longer" is a time.
                let compares = word(close + 1) == "than" || word(close) == "longer" && word(close - 1) == "no";
                return (!compares).then_some(at..close + 1);
            }
            if word(at) == "all" && matches!(word(at + 1), "we" | "it" | "that" | "there" | "the" | "they" | "you") {
                return Some(at..at + 2);
            }
        }
        None
    }

    /// The word that joins a verb and the figure: "at", behind which a comparator may stand.
    fn joint(&self) -> Option<usize> {
        let first = self.first_of_row();
        let start = bound::comparator(&self.passage.tokens, first).map_or(first, |(_, start)| start);
        let at = start.checked_sub(1)?;
        let token = self.passage.tokens.get(at)?;
        let word = &*token.lower;
        (TO.contains(&word) || self.id == "memory-budget" && INTO.contains(&word)).then_some(at)
    }
}

/// Participles of what was found out, or of what happens to other things.
fn is_seen(participle: &str) -> bool {
    const STEMS: &[&str] = &[
        "measur", "observ", "estimat", "record", "report", "quot", "clock", "compar", "relat", "reduc", "increas",
        "improv", "shipp", "equipp", "install", "need", "us", "consum", "receiv", "stor", "kept", "call", "trigger",
        "repeat", "expir", "retri", "poll", "scal", "delay", "store", "cach", "spread", "load", "execut", "happen",
    ];
    STEMS.iter().any(|stem| participle.starts_with(stem))
}
