//! Figures that somebody else has, offers, or is given.

use super::super::super::super::token::Token;
use super::super::super::super::value::quantity::Measure;
use super::super::super::cue::Class;
use super::super::super::passage::stem;
use super::super::super::thing;
use super::super::Case;
use std::ops::Range;

/// Verbs that name to whom something is given, right behind them.
const GIVES: &[&str] = &[
    "leaves", "leave", "gives", "give", "grants", "grant", "allows", "allow", "concedes", "allots", "offers", "lässt",
    "lassen", "gibt", "geben", "gewährt", "laisse", "laissent", "accorde", "deja", "dejan", "da", "dan",
];

/// Whether a word is one for something that acts on its own: a watchdog, no target.
fn acts(token: Option<&Token<'_>>) -> bool {
    token.is_some_and(|token| {
        thing::is_word_for_service(&token.lower)
            || matches!(&*token.lower, "watchdog" | "supervision" | "pipeline" | "logic" | "firmware")
    })
}

/// What is done with a thing that others made.
const BOUGHT: &[&str] = &[
    "bought",
    "rented",
    "leased",
    "purchased",
    "licensed",
    "delivered",
    "supplied",
    "hired",
    "gekauft",
    "gemietet",
    "geliefert",
    "acheté",
    "achetée",
    "loué",
    "louée",
    "comprado",
    "comprada",
    "alquilado",
];

impl Case<'_, '_> {
    /// "The oven's controller was bought with the oven. It is rated for 100 ms": a pronoun for what others made.
    pub(super) fn continues_bought(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let start = self.sentence_tokens().start;
        if !matches!(word(start), "it" | "they" | "its" | "their" | "er" | "sie" | "es" | "il" | "elle" | "su") {
            return None;
        }
        let before = &passage.sentences.get(self.sentence.checked_sub(1)?)?.tokens;
        let verb = (before.start + 2..(before.start + 8).min(before.end)).find(|at| BOUGHT.contains(&word(*at)))?;
        let passive = (verb.saturating_sub(3)..verb).any(|at| {
            matches!(word(at), "was" | "is" | "were" | "are" | "been" | "wurde" | "ist" | "est" | "es" | "fue")
        });
        let subject = before.start..verb;
        let own = passage.first(self.scope.ranges.first()?, Class::Must).is_some();
        (passive && !own).then_some(subject)
    }

    /// "… not past 90 MB; the alarm at 80 MB gives us time": a figure at which people are warned, beside the limit.
    pub(super) fn warns(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let others = passage.quantities_of(self.sentence).iter();
        let beside = others.filter(|at| passage.quantities[**at].measure == self.measure()).count() > 1;
        let start = self.quantity_start();
        let clause = self.scope.ranges.first().filter(|_| beside)?;
        let near = clause.start.max(start.saturating_sub(4))..start;
        // "5 s for an alarm, 30 s for a status" warns of nothing.
        let points = |from: usize| {
            passage.tokens[from..start].iter().any(|token| {
                matches!(
                    &*token.lower,
                    "at" | "from" | "above" | "over" | "beyond" | "around" | "on" | "is" | "when" | "of" | "threshold"
                )
            })
        };
        let at = near.into_iter().find(|at| {
            matches!(
                &*passage.tokens[*at].lower,
                "alarm" | "alarms" | "warning" | "warnings" | "warn" | "warns" | "warned"
            ) && points(*at)
        })?;
        Some(at..at + 1)
    }

    /// "They spend 2 s themselves": a figure that others keep for their own part.
    pub(super) fn spent_by_others(&self) -> Option<Range<usize>> {
        let clause = self.scope.ranges.first()?;
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let start = self.quantity_start();
        let themselves = ["itself", "themselves", "selbst"];
        // "The store itself quotes 4 ms".
        let thing = (clause.start + 1..start.max(clause.start + 1))
            .take(6)
            .find(|at| themselves.contains(&word(*at)))
            .filter(|at| {
                at + 1 < start
                    && *at >= clause.start + 2
                    && matches!(word(at - 2), "the" | "a" | "der" | "die" | "das")
                    && !self.may_be_ours(at - 1)
            });
        if let Some(at) = thing {
            return Some(at - 1..at + 1);
        }
        let they = (clause.start..start.max(clause.start))
            .find(|at| matches!(word(*at), "they" | "he" | "she" | "sie" | "ils" | "ellos"))?;
        let end = self.passage.quantities[self.at].tokens.end;
        let own = (they + 1..start)
            .chain(end..end + 3)
            .find(|at| matches!(word(*at), "themselves" | "himself" | "herself" | "selbst" | "mêmes" | "mismos"))?;
        Some(they.min(own)..they + 1)
    }

    /// "Vendor B needs an appliance, and its contract says 25 ms": "its" speaks of the subject of the clause before.
    pub(super) fn owned_by_before(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let clauses = &passage.sentences[self.sentence].clauses;
        let at = passage.clause_of(self.sentence, self.quantity_start());
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let start = clauses.get(at)?.tokens.start;
        let start = start + usize::from(matches!(word(start), "and" | "but" | "und" | "et" | "y"));
        if word(start) == "it" {
            // "… 's system must not be asked more than once, and it takes up to 8 s".
            let before = &clauses.get(at.checked_sub(1)?)?.tokens;
            return self.owner_in(before, before.end);
        }
        if !matches!(word(start), "its" | "their" | "seine" | "ihre" | "son" | "sa" | "leur" | "su" | "sus") {
            return None;
        }
        let before = clauses.get(at.checked_sub(1)?)?.tokens.start;
        let opening = before..before + 3;
        let own =
            passage.tokens.get(opening.clone())?.iter().any(|token| passage.topic.own.contains(stem(&token.lower)));
        let other = passage.cues_in(&opening).find(|cue| matches!(cue.class, Class::Other | Class::Old))?;
        (!own || other.tokens.start == before).then(|| other.tokens.clone())
    }

    /// "SEPA leaves the whole bank ten seconds": who is given a time is larger than the service.
    pub(super) fn given_to_others(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.quantity_start();
        let clause = self.scope.ranges.first()?;
        let grant = passage
            .cues_in(&(clause.start..start.max(clause.start)))
            .filter(|cue| cue.class == Class::Grant || cue.class == Class::Near)
            .last()?;
        let gives = GIVES.contains(&&*passage.tokens[grant.tokens.start].lower);
        let whom = grant.tokens.end.saturating_sub(1).max(grant.tokens.start + 1)..start;
        let tokens = passage.tokens.get(whom.clone()).filter(|tokens| gives && tokens.len() <= 5)?;
        let whole = tokens.iter().any(|token| {
            matches!(
                &*token.lower,
                "whole"
                    | "entire"
                    | "overall"
                    | "ganze"
                    | "ganzen"
                    | "gesamte"
                    | "gesamten"
                    | "gesamter"
                    | "toute"
                    | "entière"
                    | "entier"
                    | "toda"
                    | "todo"
            )
        });
        let own = tokens.iter().any(|token| passage.topic.own.contains(stem(&token.lower)));
        let plugged = |words: &str| words.starts_with("plug") || words.starts_with("script");
        let outsider = passage
            .cues_in(&whom)
            .find(|cue| cue.class == Class::Outsider && !plugged(passage.words(&cue.tokens)))
            .map(|cue| cue.tokens.clone());
        outsider.or_else(|| whole.then(|| whom.clone())).filter(|_| !own)
    }

    /// "Chat's own target is 150 ms": whose it is, stands right before "own".
    pub(super) fn owned_by_other(&self) -> Option<Range<usize>> {
        let start = self.quantity_start();
        // "The neighbour's system (a PC) has 2 GB": the subject may stand in the clause that is continued.
        let mut before = self.scope.ranges.iter().filter(|range| range.start < start);
        before.find_map(|range| self.owner_in(range, range.end.min(start)))
    }

    fn owner_in(&self, clause: &Range<usize>, until: usize) -> Option<Range<usize>> {
        let passage = self.passage;
        (clause.start..until).find_map(|at| {
            let (owner, own) = (passage.tokens.get(at)?, passage.tokens.get(at + 1)?);
            // "Our landlord's building system".
            let own = match passage.tokens.get(at + 2) {
                Some(head) if own.is_word() && !own.is("own") && matches!(&*head.lower, "system" | "server" | "service" | "api") => head,
                _ => own,
            };
            let name = thing::possessor(&owner.lower);
            // "The studio's server answers within 200 ms".
            let head = matches!(
                &*own.lower,
                "server"
                    | "service"
                    | "api"
                    | "backend"
                    | "system"
                    | "gateway"
                    | "database"
                    | "cluster"
                    | "cloud"
                    | "broker"
                    | "platform"
                    | "installation"
                    | "deployment"
                    | "implementation"
                    | "product"
                    | "software"
                    | "version"
                    | "stack"
            );
            let time = matches!(
                name,
                "today"
                    | "yesterday"
                    | "tomorrow"
                    | "week"
                    | "year"
                    | "month"
                    | "team"
                    | "company"
                    | "here"
                    | "there"
                    | "it"
                    | "that"
                    | "what"
            );
            // "The pharmacy's queue has 512 MB; ours will be sized later".
            let head = head
                || passage.topic.own.contains(stem(&own.lower))
                    && self.sentence_tokens().clone().any(|at| passage.tokens[at].is("ours"));
            let other = (own.is("own") || head && at <= clause.start + 2 && !time)
                && name.len() < owner.lower.len()
                && !passage.topic.own.contains(stem(name))
                // "The encoder's own watchdog": a doer that the title does not name, with something that acts.
                && (!thing::is_word_for_service(name)
                    || own.is("own") && !passage.topic.own.is_empty() && !thing::is_listed(name) && acts(passage.tokens.get(at + 2)));
            other.then_some(at..at + 2)
        })
    }

    /// What somebody else offers or takes: "the carrier guarantees 3 s", "… to the supplier, who may take 8 s".
    pub(super) fn offered(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let clause = self.scope.ranges.first()?;
        let start = self.quantity_start();
        let relative = passage
            .tokens
            .get(clause.start)
            .is_some_and(|token| matches!(&*token.lower, "who" | "which" | "that" | "qui" | "que"));
        if relative {
            // The word before the comma is the subject.
            let before = clause.start.saturating_sub(4)..clause.start;
            let outsider = passage
                .cues_in(&before)
                .find(|cue| matches!(cue.class, Class::Outsider | Class::Other) && cue.tokens.end + 1 >= clause.start);
            // "The HR system, which promises 800 ms": whoever promises.
            let promises = passage.tokens.get(clause.start + 1).is_some_and(|verb| {
                matches!(&*verb.lower, "promises" | "guarantees" | "advertises" | "offers" | "quotes" | "claims")
            });
            let noun = clause.start.checked_sub(2).filter(|at| {
                promises
                    && passage.tokens[*at].is_word()
                    && !passage.topic.own.contains(stem(&passage.tokens[*at].lower))
            });
            return outsider.map(|cue| cue.tokens.clone()).or_else(|| noun.map(|at| at..at + 1));
        }
        let seller = clause.start..clause.start + 1;
        let named = |token: &Token<'_>| passage.topic.record.suppliers().contains(&*token.lower);
        if passage.first(&(seller.end..(seller.end + 2).min(start)), Class::Offer).is_some()
            && passage.tokens.get(clause.start).is_some_and(named)
        {
            return Some(seller);
        }
        let outsider = passage.first(clause, Class::Outsider).filter(|cue| cue.tokens.end < start)?;
        // "The operator guarantees": nothing but an adverb between the two.
        let verb = outsider.tokens.end..(outsider.tokens.end + 2).min(start);
        let obliged = passage.first(&(clause.start..outsider.tokens.start), Class::Must).is_some();
        // "Nurses accept a delay of 250 ms": what people put up with is asked of the service.
        let bears = self.measure() == Measure::Time
            && passage.tokens.get(outsider.tokens.end).is_some_and(|verb| verb.lower.starts_with("accept"));
        if bears {
            return None;
        }
        // "The router promises its callers an answer in 40 ms": a noun.
        let offers = passage.first(&verb, Class::Offer).is_some_and(|cue| {
            !cue.tokens.start.checked_sub(1).is_some_and(|at| matches!(&*passage.tokens[at].lower, "a" | "an" | "the"))
        });
        (!obliged && offers).then(|| outsider.tokens.clone())
    }

    /// "billing-core is limited to 2 GB" in a record about something else.
    pub(super) fn other_by_name(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let tokens = &passage.tokens;
        let start = self.sentence_tokens().start;
        let mut end = start + 1;
        while tokens.get(end).is_some_and(|token| token.joined) {
            end += 1;
        }
        let name = tokens.get(start..end)?;
        let slug = name.len() > 1
            && name.iter().all(|part| part.is_word() && part.text.bytes().all(|byte| byte.is_ascii_lowercase()));
        let verb = passage
            .cues_in(&(end..end + 1))
            .any(|cue| matches!(cue.class, Class::Must | Class::Grant | Class::Verb | Class::Present));
        let own = passage.topic.own.is_empty() || name.iter().any(|part| passage.topic.own.contains(stem(&part.lower)));
        let cue = passage.cues_in(&(start..end)).any(|cue| {
            !matches!(cue.class, Class::Verb | Class::Served | Class::Traffic | Class::Other) && !cue.class.is_of_time()
        });
        // A service of the repository is told apart by name, not passed over.
        let listed = passage.named_service(self.sentence).is_some()
            || passage.context.item
            || passage.context.row
            || passage.context.subject.is_some();
        (slug && verb && !own && !cue && !listed).then_some(start..end)
    }

    /// "The invoicing service has a budget of 180 MB", "the batch team runs twelve instances": told of what somebody else
    /// has. What a service *must* keep to is as a rule the one that the document is about, whatever its title says.
    pub(super) fn is_of_their_own(&self, found: &Range<usize>) -> bool {
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let team = matches!(word(found.end - 1), "team" | "group" | "guild" | "squad");
        let has = matches!(
            word(found.end),
            "runs" | "run" | "operates" | "owns" | "keeps" | "has" | "have" | "uses" | "sits"
        ) || matches!(word(found.end), "answers" | "responds" | "replies" | "allows" | "returns")
            && self.side.is_none()
            && !self.scope.all.has(Class::Limit);
        let firm = [Class::Must, Class::Decide, Class::Grant]
            .into_iter()
            .any(|class| passage.first(&(found.end..found.end + 3), class).is_some());
        let general = (found.start + 1..found.end - 1).any(|at| {
            thing::is_word_for_service(word(at))
                || matches!(
                    word(at),
                    "new"
                        | "public"
                        | "internal"
                        | "central"
                        | "main"
                        | "core"
                        | "http"
                        | "rest"
                        | "grpc"
                        | "whole"
                        | "same"
                        | "resulting"
                        | "planned"
                        | "future"
                        | "running"
                        | "first"
                        | "only"
                        | "rust"
                        | "go"
                )
        });
        if firm || general || team && word(found.end) == "has" {
            return false;
        }
        has && !passage.topic.own.is_empty() && passage.named_service(self.sentence).is_none()
    }

    /// "Our check gets 120 MB, the reader's driver another 80 MB": what stands between the comma and "another".
    pub(in super::super) fn another_of_others(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let another =
            self.quantity_start().checked_sub(1).filter(|at| matches!(word(*at), "another" | "further" | "weitere"))?;
        let floor = self.sentence_tokens().start;
        let comma = (floor..another).rev().take(8).find(|at| {
            passage.tokens[*at].sign().is_some_and(|sign| matches!(sign, ',' | ';')) || word(*at) == "and"
        })?;
        let named = comma + 1..another;
        let ours = named.clone().any(|at| {
            passage.topic.own.contains(stem(word(at)))
                || matches!(word(at), "we" | "us" | "our" | "it" | "per" | "each")
        });
        (named.len() >= 2 && !ours && passage.has_figure(floor..comma)).then_some(named)
    }
}
