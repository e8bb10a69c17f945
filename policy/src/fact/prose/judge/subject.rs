//! Whose figure it is: what speaks for another system, or for the one that is replaced.

use super::super::super::value::quantity::Measure;
use super::super::cue::Class;
use super::super::passage::{Passage, stem};
use super::super::thing;
use super::Case;
use crate::language;
use std::ops::Range;

/// Verbs that name to whom something is given, right behind them.
const GIVES: &[&str] =
    &["leaves", "leave", "gives", "give", "grants", "grant", "allows", "allow", "concedes", "allots", "offers"];

impl Case<'_, '_> {
    /// Somebody else's figures, and those of what is replaced.
    pub(super) fn against_subject(&self) -> Option<String> {
        let start = self.quantity_start();
        if let Some(alarm) = self.warns() {
            return Some(self.say("is where people are warned, and not the limit", &alarm));
        }
        if let Some(given_up) = self.given_up() {
            return Some(format!("is about what the document gives up: \"{given_up}\""));
        }
        if self.is_adopted() {
            return None;
        }
        // "The ERP allows ten calls a second and cuts off at 30 s": the subject may stand in the clause that is continued.
        let told_of = || {
            let mut before = self.scope.ranges.iter().filter(|range| range.start < start);
            before.find_map(|range| self.passage.told_of(&(range.start..range.end.min(start))))
        };
        if let Some(other) = told_of()
            .or_else(|| self.owned_by_other())
            .or_else(|| self.spent_by_others())
            .or_else(|| self.owned_by_before())
            .or_else(|| self.given_to_others())
            .or_else(|| self.offered())
            .or_else(|| self.other_by_name())
            .or_else(|| self.neighbour())
        {
            return Some(self.say("is about another system", &other));
        }
        if let Some(share) = self.others_share().or_else(|| self.rest_of_others()).or_else(|| self.their_service()) {
            return Some(self.say("is about another system", &share));
        }
        if let Some(before) = self.other_language().or_else(|| self.continues_other()) {
            return Some(self.say("is about the system before", &before));
        }
        if !self.scope.all.has(Class::Old) && !self.scope.all.has(Class::Other) {
            return None;
        }
        for range in &self.scope.ranges {
            let must = self.passage.first(range, Class::Must).or(self.passage.first(range, Class::Grant));
            for cue in self.passage.cues_in(range) {
                let object = must.is_some_and(|must| must.tokens.start < cue.tokens.start && cue.tokens.start < start);
                // "The vendor insists that nothing takes more than 120 MB": what they demand.
                let demands =
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
                            )
                        )
                    });
                let object = object || demands && cue.class == Class::Other;
                // "Take off their own auction, and what is left for us is 30 ms".
                let rest = cue.tokens.end..start.max(cue.tokens.end);
                let for_us = self.passage.tokens[rest].windows(2).any(|pair| {
                    matches!(&*pair[0].lower, "for" | "für" | "pour" | "para")
                        && matches!(&*pair[1].lower, "us" | "uns" | "nous" | "nosotros")
                });
                let object = object || for_us;
                match cue.class {
                    Class::Old if !object => return Some(self.say("is about the system before", &cue.tokens)),
                    Class::Other
                        if !object && (cue.tokens.start < start || range.start != self.scope.ranges[0].start) =>
                    {
                        return Some(self.say("is about another system", &cue.tokens));
                    }
                    _ => {}
                }
            }
        }
        None
    }

    /// "Budget: reader 80 ms, network 60 ms, our decision 50 ms": where one share is ours, the others are not.
    fn others_share(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let figures = passage.quantities_of(self.sentence);
        let same: Vec<usize> =
            figures.iter().copied().filter(|at| passage.quantities[*at].measure == self.measure()).collect();
        if same.len() < 3 {
            return None;
        }
        let segment = |at: usize| {
            let end = passage.quantities[at].tokens.start;
            let start = (self.sentence_tokens().start..end)
                .rev()
                .find(|at| matches!(passage.tokens[*at].sign(), Some(',' | ';' | ':')))
                .map_or(self.sentence_tokens().start, |at| at + 1);
            start..end
        };
        let ours = |range: &Range<usize>| {
            passage.tokens[range.clone()].iter().any(|token| {
                matches!(
                    &*token.lower,
                    "our" | "ours" | "us" | "we" | "unser" | "unsere" | "notre" | "nuestro" | "nuestra"
                )
            })
        };
        let own = segment(self.at);
        let one = same.iter().filter(|at| ours(&segment(**at))).count() == 1;
        (one && !ours(&own) && !own.is_empty() && own.len() <= 4 && !passage.has_verb(&own)).then_some(own)
    }

    /// "They demand that their arrivals service answers in 150 ms": what is asked is asked of somebody else's service.
    fn their_service(&self) -> Option<Range<usize>> {
        const HEADS: &[&str] =
            &["service", "api", "app", "backend", "server", "gateway", "system", "client", "platform"];
        let clause = self.scope.ranges.first()?;
        let start = self.quantity_start();
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let their = (clause.start..start).find(|at| word(*at) == "their")?;
        let head = (their + 1..(their + 5).min(start)).find(|at| HEADS.contains(&word(*at)))?;
        // "We have to answer their app within 20 ms": an object behind our own obligation.
        let ours = (clause.start..their).any(|at| matches!(word(at), "we" | "it" | "us"));
        (!ours && self.passage.tokens.get(head + 1).is_some_and(|next| next.is_word())).then_some(their..head + 1)
    }

    /// "The Java optimiser was given 2 GB": a service told apart by a language that the page does not ask about.
    fn other_language(&self) -> Option<Range<usize>> {
        let clause = self.scope.ranges.first()?;
        let start = self.quantity_start();
        let must = self.passage.first(clause, Class::Must).is_some_and(|must| must.tokens.start < start);
        (!must).then(|| named_by_language(self.passage, clause.start..start)).flatten()
    }

    /// "The interface that we replace is old. It takes 1.1 GB, …": a pronoun goes on about what was spoken of before.
    fn continues_other(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let goes_on = |sentence: usize| {
            let start = passage.sentences[sentence].tokens.start;
            matches!(word(start), "it" | "they" | "its" | "their")
                || word(start) == "that"
                    && passage.tokens.get(start + 1).is_some_and(|next| next.is_word() && next.lower.len() > 4)
        };
        let clause = self.scope.ranges.first()?;
        let ours = |sentence: usize| {
            passage
                .in_sentence(sentence, Class::Ours)
                .is_some_and(|cue| !matches!(passage.words(&cue.tokens), "we" | "us"))
        };
        if !goes_on(self.sentence) || ours(self.sentence) || passage.first(clause, Class::Must).is_some() {
            return None;
        }
        for before in (self.sentence.saturating_sub(3)..self.sentence).rev() {
            let tokens = &passage.sentences[before].tokens;
            let opening = tokens.start..(tokens.start + 9).min(tokens.end);
            let old = passage.cues_in(&opening).find(|cue| cue.class == Class::Old).map(|cue| cue.tokens.clone());
            let old = old.or_else(|| passage.told_of(&opening)).or_else(|| passage.given_up(&opening));
            if let Some(old) = old.or_else(|| named_by_language(passage, opening)) {
                return (!ours(before) || old.start < tokens.start + 4).then_some(old);
            }
            if !goes_on(before) || ours(before) {
                return None;
            }
        }
        None
    }

    /// "The profile service aims at 30 ms, the ad server at 100 ms": one of several services, none of which the title
    /// names.
    fn neighbour(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let clause = self.scope.ranges.first()?;
        let found = neighbour_at(passage, clause.start)?;
        let near = self.sentence.saturating_sub(8)..(self.sentence + 8).min(passage.sentences.len());
        let others = passage.sentences[near].iter().flat_map(|sentence| &sentence.clauses);
        if self.is_of_their_own(&found) {
            return Some(found);
        }
        let several = others
            .filter_map(|clause| neighbour_at(passage, clause.tokens.start))
            .any(|other| passage.words(&other) != passage.words(&found));
        (several && !passage.topic.own.is_empty() && passage.named_service(self.sentence).is_none()).then_some(found)
    }

    /// "The invoicing service has a budget of 180 MB", "the batch team runs twelve instances": told of what somebody else
    /// has. What a service *must* keep to is as a rule the one that the document is about, whatever its title says.
    fn is_of_their_own(&self, found: &Range<usize>) -> bool {
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let team = matches!(word(found.end - 1), "team" | "group" | "guild" | "squad");
        let has = matches!(
            word(found.end),
            "runs" | "run" | "operates" | "owns" | "keeps" | "has" | "have" | "uses" | "sits"
        );
        let firm = [Class::Must, Class::Decide, Class::Grant]
            .into_iter()
            .any(|class| passage.first(&(found.end..found.end + 3), class).is_some());
        let general = (found.start + 1..found.end - 1).any(|at| {
            thing::is_word_for_service(word(at))
                || matches!(
                    word(at),
                    "new"
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
        has && !firm
            && !general
            && !(team && word(found.end) == "has")
            && !passage.topic.own.is_empty()
            && passage.named_service(self.sentence).is_none()
    }

    /// What somebody else offers or takes: "the carrier guarantees 3 s", "… to the supplier, who may take 8 s".
    fn offered(&self) -> Option<Range<usize>> {
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
            let outsider = passage.cues_in(&before).find(|cue| {
                matches!(cue.class, Class::Outsider | Class::Other) && cue.tokens.end + 1 >= clause.start
            })?;
            return Some(outsider.tokens.clone());
        }
        let seller = clause.start..clause.start + 1;
        let named =
            passage.tokens.get(clause.start).is_some_and(|token| passage.topic.suppliers.contains(&*token.lower));
        if named && passage.first(&(seller.end..(seller.end + 2).min(start)), Class::Offer).is_some() {
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
        (!obliged && passage.first(&verb, Class::Offer).is_some()).then(|| outsider.tokens.clone())
    }

    /// "billing-core is limited to 2 GB" in a record about something else.
    fn other_by_name(&self) -> Option<Range<usize>> {
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
        let cue = passage
            .cues_in(&(start..end))
            .any(|cue| !matches!(cue.class, Class::Verb | Class::Served | Class::Traffic | Class::Other));
        // A service of the repository is told apart by name, not passed over.
        let listed = passage.named_service(self.sentence).is_some()
            || passage.context.item
            || passage.context.row
            || passage.context.subject.is_some();
        (slug && verb && !own && !cue && !listed).then_some(start..end)
    }

    /// "The worker needs 12 instances" under the title "Retire the worker".
    fn given_up(&self) -> Option<&str> {
        let clause = self.scope.ranges.first()?;
        let before = clause.start..self.quantity_start().max(clause.start);
        self.passage.given_up(&before).map(|named| self.passage.words(&named))
    }

    /// "… not past 90 MB; the alarm at 80 MB gives us time": a figure at which people are warned, beside the limit.
    fn warns(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let others = passage.quantities_of(self.sentence).iter();
        let beside = others.filter(|at| passage.quantities[**at].measure == self.measure()).count() > 1;
        let start = self.quantity_start();
        let clause = self.scope.ranges.first().filter(|_| beside)?;
        let near = clause.start.max(start.saturating_sub(4))..start;
        let at = near.into_iter().find(|at| {
            matches!(
                &*passage.tokens[*at].lower,
                "alarm" | "alarms" | "warning" | "warnings" | "warn" | "warns" | "warned"
            )
        })?;
        Some(at..at + 1)
    }

    /// "They spend 2 s themselves": a figure that others keep for their own part.
    fn spent_by_others(&self) -> Option<Range<usize>> {
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
                    && !thing::is_service(self.passage, at - 1)
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
    fn owned_by_before(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let clauses = &passage.sentences[self.sentence].clauses;
        let at = passage.clause_of(self.sentence, self.quantity_start());
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let start = clauses.get(at)?.tokens.start;
        let start = start + usize::from(matches!(word(start), "and" | "but" | "und" | "et" | "y"));
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
    fn given_to_others(&self) -> Option<Range<usize>> {
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
        let whole =
            tokens.iter().any(|token| matches!(&*token.lower, "whole" | "entire" | "overall" | "ganze" | "ganzen"));
        let own = tokens.iter().any(|token| passage.topic.own.contains(stem(&token.lower)));
        let plugged = |words: &str| words.starts_with("plug") || words.starts_with("script");
        let outsider = passage
            .cues_in(&whom)
            .find(|cue| cue.class == Class::Outsider && !plugged(passage.words(&cue.tokens)))
            .map(|cue| cue.tokens.clone());
        outsider.or_else(|| whole.then(|| whom.clone())).filter(|_| !own)
    }

    /// "Chat's own target is 150 ms": whose it is, stands right before "own".
    fn owned_by_other(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let clause = self.scope.ranges.first()?;
        let until = self.quantity_start().max(clause.start);
        (clause.start..until).find_map(|at| {
            let (owner, own) = (passage.tokens.get(at)?, passage.tokens.get(at + 1)?);
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
            let other = (own.is("own") || head && at <= clause.start + 2 && !time)
                && name.len() < owner.lower.len()
                && !passage.topic.own.contains(stem(name))
                && !thing::is_word_for_service(name);
            other.then_some(at..at + 2)
        })
    }
}

/// "The Java optimiser": an article, a language other than those of the page's default, and a noun.
fn named_by_language(passage: &Passage<'_>, range: Range<usize>) -> Option<Range<usize>> {
    // "Node", "swift" and the like are words of sentences, too.
    const ASKED: &[&str] = &["go", "golang", "rust", "node", "swift", "shell", "dart", "crystal", "basic", "bash"];
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let at = range.clone().skip(1).find(|at| {
        matches!(word(*at - 1), "the" | "a" | "that" | "our" | "this")
            && !ASKED.contains(&word(*at))
            && word(*at).len() > 1
            && !passage.topic.own.contains(stem(word(*at)))
            && language::find(word(*at)).is_some()
    })?;
    let noun = passage.tokens.get(at + 1).filter(|next| next.is_word() && next.lower.len() > 2)?;
    let verb =
        passage.cues_in(&(at + 1..at + 2)).any(|cue| matches!(cue.class, Class::Verb | Class::Present | Class::Must));
    (!verb && at + 1 < range.end && !noun.is("is")).then_some(at..at + 2)
}

/// "The profile service", with no word of the title, at the start of a clause.
fn neighbour_at(passage: &Passage<'_>, start: usize) -> Option<Range<usize>> {
    const HEADS: &[&str] = &["service", "server", "api", "backend", "database", "team", "broker", "cluster"];
    const DEMANDS: &[Class] = &[Class::Must, Class::Grant, Class::Decide];
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let start = start + usize::from(matches!(word(start), "and" | "but" | "while" | "whereas"));
    let head = (start + 2..start + 4).find(|at| HEADS.contains(&word(*at)))?;
    let own = (start + 1..head).any(|at| passage.topic.own.contains(stem(word(at))));
    // "The mobile team needs" demands of us.
    let demands =
        word(head) == "team" && passage.cues_between(head + 1..head + 3).iter().any(|cue| DEMANDS.contains(&cue.class));
    (word(start) == "the" && !own && !demands).then_some(start..head + 1)
}
