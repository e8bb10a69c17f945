//! Who has to keep to a figure: the head of the clause's subject. "A ticket must stay below 300 kB" limits tickets.

use super::super::super::value::bound;
use super::super::cue::Class;
use super::super::passage::Passage;
use super::super::speech::Speech;
use super::super::thing;
use super::Case;
use std::ops::Range;

/// The head of a clause's subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Actor {
    /// None that is seen: an order, a fragment.
    None,
    /// The service, a part of it, or a word that stands for it.
    Service,
    /// Something or somebody else.
    Else(Range<usize>),
}

const ARTICLES: &[&str] = &["the", "a", "an", "each", "every", "any", "no", "our", "its", "this", "all", "both"];

const JOINTS: &[&str] = &[
    "of", "in", "on", "for", "with", "at", "from", "that", "which", "to", "by", "who", "inside", "within", "under",
    "behind", "next", "per", "without",
];

/// Words that stand before a subject, or between it and its verb.
const FILLERS: &[&str] = &[
    "and",
    "but",
    "so",
    "then",
    "also",
    "therefore",
    "thus",
    "hence",
    "now",
    "here",
    "there",
    "still",
    "only",
    "always",
    "never",
    "however",
    "otherwise",
    "must",
    "may",
    "can",
    "shall",
    "should",
    "will",
    "not",
    "either",
    "or",
    "it",
    "they",
    "we",
];

/// The head of the subject before the first verb of a clause, and what follows it.
pub(super) fn of(passage: &Passage<'_>, clause: &Range<usize>, until: usize) -> Actor {
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let mut start = clause.start;
    while start < until && (FILLERS.contains(&word(start)) || passage.tokens[start].sign().is_some()) {
        start += 1;
    }
    let Some(verb) = first_verb(passage, start..until) else { return Actor::None };
    // "Rule for now: router must …": the subject stands behind the label.
    start = (start..verb).rev().find(|at| passage.tokens[*at].sign() == Some(':')).map_or(start, |colon| colon + 1);
    // "The processor that took its place is …".
    let verb = (start + 1..verb).find(|at| matches!(word(*at), "that" | "which" | "who")).unwrap_or(verb);
    let mut end = verb;
    for _ in 0..4 {
        let article = (start..end).rev().find(|at| ARTICLES.contains(&word(*at)));
        // "The scheduler and its cache": the service, with what it holds.
        let with = article.filter(|at| {
            matches!(word(*at), "its" | "their") && *at > start + 1 && matches!(word(*at - 1), "and" | "plus" | "with")
        });
        if let Some(with) = with {
            end = with - 1;
            continue;
        }
        let from = article.map_or(start, |at| at + 1);
        // "The worker in the van": what stands before the joint is the head.
        let joint = article.and_then(|at| at.checked_sub(1)).filter(|at| *at > start && JOINTS.contains(&word(*at)));
        if let Some(joint) = joint {
            end = joint;
            continue;
        }
        let stop = (from..end).find(|at| JOINTS.contains(&word(*at))).unwrap_or(end);
        let head = (from..stop).rev().find(|at| passage.tokens[*at].is_word() && !FILLERS.contains(&word(*at)));
        let Some(head) = head else { return Actor::None };
        let loose =
            article.map_or(word(head).ends_with('s'), |at| matches!(word(at), "a" | "an" | "any" | "every" | "each"));
        // "A predictor serves one depot and may have 350 MB": a verb that is not known is no end.
        let named = (from..stop).any(|at| thing::is_general(passage, at) && !is_handled(passage, at));
        return if named || names_service(passage, head, loose) { Actor::Service } else { Actor::Else(head..head + 1) };
    }
    Actor::None
}

/// A subject without its verb: its last word is the head.
fn parted(passage: &Passage<'_>, range: &Range<usize>) -> Actor {
    let Some(head) = range.clone().rev().find(|at| passage.tokens[*at].is_word()) else { return Actor::None };
    if is_handled(passage, head) { Actor::Else(head..head + 1) } else { Actor::None }
}

fn first_verb(passage: &Passage<'_>, range: Range<usize>) -> Option<usize> {
    let verb = passage.cues_in(&range).find(|cue| {
        matches!(
            cue.class,
            Class::Must | Class::Past | Class::Grant | Class::Measure | Class::Decide | Class::Present | Class::Verb
        ) && !(cue.class == Class::Verb && matches!(passage.words(&cue.tokens), "we" | "they" | "it"))
    })?;
    Some(verb.tokens.start)
}

/// Whether the head of a subject stands for the service. What the title names may be what it handles: "a ticket".
fn names_service(passage: &Passage<'_>, head: usize, loose: bool) -> bool {
    if is_handled(passage, head) {
        return false;
    }
    let said = passage
        .cues_in(&(head..head + 1))
        .any(|cue| matches!(cue.class, Class::Memory | Class::Limit | Class::Instances | Class::Ours | Class::Latency));
    said || thing::is_general(passage, head) || !loose && thing::is_service(passage, head)
}

/// Whether a word is one for people, for other systems, or for data.
fn is_handled(passage: &Passage<'_>, at: usize) -> bool {
    passage
        .cues_in(&(at..at + 1))
        .any(|cue| matches!(cue.class, Class::Outsider | Class::OtherBytes) && cue.tokens.len() == 1)
}

impl Case<'_, '_> {
    /// Whether somebody or something else has to keep to an amount of data that no word calls memory.
    pub(super) fn limits_a_thing(&self) -> bool {
        if self.id == "memory-budget" && (self.names_a_thing() || self.forbids_a_thing()) {
            return true;
        }
        // In German the subject may stand behind the verb.
        if self.id != "memory-budget" || self.passage.topic.speech != Speech::English {
            return self.id == "memory-budget" && self.limits_one_of_many();
        }
        let Some(clause) = self.scope.ranges.first() else { return false };
        let start = self.quantity_start();
        // "Sharded over 4 instances of 2.5 GB each".
        if self.passage.first(clause, Class::Instances).is_some() {
            return false;
        }
        // Who gives is not who keeps to it: "the board leaves us 24 MB".
        let given = self.passage.cues_in(&(clause.start..start)).any(|cue| {
            // "Operations granted us 64 MB", and not "it is granted 64 MB".
            let to = (cue.tokens.end.saturating_sub(1)..=cue.tokens.end)
                .any(|at| self.passage.tokens.get(at).is_some_and(|word| TO_WHOM.contains(&&*word.lower)));
            cue.class == Class::Near || cue.class == Class::Grant && gives(self.passage.words(&cue.tokens), to)
        });
        if given || self.let_have().is_some() || self.is_for_us().is_some() {
            return false;
        }
        // "No gateway process above 1.2 GB", "with 1.8 GB per job".
        let end = self.passage.quantities[self.at].tokens.end;
        let own = of(self.passage, clause, start);
        let named = |range: Range<usize>| {
            range.into_iter().any(|at| thing::is_general(self.passage, at) && !is_handled(self.passage, at))
        };
        // "140 MB is the ceiling for a process".
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let told = matches!(word(end), "is" | "are" | "as" | "will" | "remains" | "stays");
        // "… gives 110 MB, and this is the ceiling for each instance".
        let sentence = self.sentence_tokens().end.max(end);
        if self.behind(Class::Limit).is_some() && named(end..sentence) {
            return false;
        }
        let behind = if told { clause.end.max(end) } else { (end + 3).min(clause.end.max(end)) };
        if own == Actor::None && self.antecedent(clause).is_none() && (named(clause.start..start) || named(end..behind))
        {
            return false;
        }
        // "How much may our process take? 96 MB."
        let asked = self.scope.ranges.iter().any(|range| {
            matches!(word(range.start), "how" | "what" | "which") && range.end <= start && named(range.clone())
        });
        if asked {
            return false;
        }
        // A clause without a subject has that of the one it continues.
        let first = self.sentence_tokens().start;
        let actors = self.scope.ranges.iter().take(3).enumerate().map(|(nth, range)| match self.antecedent(range) {
            Some(actor) => actor,
            // "Heap dumps, where taken, shall not be larger than 3 GB": a subject on its own opens the sentence.
            None if nth > 0 && range.start == first && !self.passage.has_verb(range) => parted(self.passage, range),
            None => of(self.passage, range, start.min(range.end)),
        });
        matches!(actors.into_iter().find(|actor| *actor != Actor::None), Some(Actor::Else(_)))
    }

    /// "Ein Bescheid ist maximal 2 MB", "chaque pièce jointe fait au plus 5 Mo": one of many things, right before the verb.
    fn limits_one_of_many(&self) -> bool {
        let passage = self.passage;
        let Some(clause) = self.scope.ranges.first() else { return false };
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let one = matches!(
            word(clause.start),
            "ein" | "eine" | "jeder" | "jede" | "jedes" | "un" | "une" | "chaque" | "una" | "cada"
        );
        let verb = (clause.start + 2..(clause.start + 6).min(self.quantity_start().max(clause.start + 2))).find(|at| {
            matches!(
                word(*at),
                "ist"
                    | "hat"
                    | "darf"
                    | "wiegt"
                    | "est"
                    | "fait"
                    | "pèse"
                    | "es"
                    | "pesa"
                    | "mide"
                    | "tiene"
                    | "umfasst"
                    | "misst"
                    | "ocupa"
                    | "occupe"
                    | "compte"
                    | "comporte"
                    | "belegt"
            )
        });
        let Some(verb) = verb.filter(|_| one) else { return false };
        let subject = clause.start + 1..verb;
        // "Un menu fait 14 Mo" in a record on the import of menus: what the title names is weighed.
        let weighed = matches!(word(verb), "wiegt" | "fait" | "pèse" | "pesa" | "mide" | "umfasst" | "misst" | "ocupa");
        !subject.clone().any(|at| {
            (if weighed { thing::is_word_for_service(word(at)) } else { thing::is_service(passage, at) })
                || passage
                    .cues_in(&(at..at + 1))
                    .any(|cue| matches!(cue.class, Class::Instances | Class::Ours | Class::Memory | Class::Limit))
        })
    }

    /// "Requests above 1 MB are rejected": what is beyond the figure is a thing, and not the service.
    fn forbids_a_thing(&self) -> bool {
        let passage = self.passage;
        let Some((_, start)) = bound::comparator(&passage.tokens, self.quantity_start()) else { return false };
        let Some(head) = start.checked_sub(1).filter(|at| passage.tokens[*at].is_word()) else { return false };
        let plain = passage.tokens[head].lower.as_ref();
        let verb = passage.has_verb(&(head..head + 1));
        let opens = self.scope.ranges.first().is_some_and(|clause| head < clause.start + 3 && head >= clause.start);
        const ANY: &[&str] = &[
            "anything",
            "everything",
            "usage",
            "use",
            "growth",
            "all",
            "nothing",
            "and",
            "if",
            "when",
            "is",
            "memory",
            "ram",
        ];
        opens
            && !verb
            && self.forbidden_beyond().is_some()
            && !ANY.contains(&plain)
            && !names_service(passage, head, false)
    }

    /// "Pictures of the dishes max. 3 MB": a fragment that names what it limits, and it is not the service.
    fn names_a_thing(&self) -> bool {
        let passage = self.passage;
        let Some(clause) = self.scope.ranges.first() else { return false };
        let start =
            bound::comparator(&passage.tokens, self.quantity_start()).map_or(self.quantity_start(), |(_, start)| start);
        if self.tells_of_a_thing(clause, start) {
            return true;
        }
        if passage.has_verb(clause)
            || passage.topic.speech == Speech::Other
            || clause.start >= start
            || self.scope.ranges.len() > 1
        {
            return false;
        }
        // "50 ms per call, 180 MB per pod": what belongs to the figure before is not what this one limits.
        let before = self.at.checked_sub(1).map_or(0, |before| passage.quantities[before].tokens.end);
        let per = |at: usize| passage.tokens[at].is("per") || at > before && passage.tokens[at - 1].is("per");
        let own = clause.start.max(before)..start;
        let words = own.filter(|at| {
            passage.tokens[*at].is_word() && passage.tokens[*at].lower.len() > 2 && !(before > clause.start && per(*at))
        });
        let mut named = false;
        let is_max = |at: usize| matches!(&*passage.tokens[at].lower, "max" | "maximum" | "maximal" | "maximale");
        for at in words.filter(|at| !is_max(*at)) {
            let said = passage.cues_in(&(at..at + 1)).any(|cue| {
                matches!(
                    cue.class,
                    Class::Memory
                        | Class::Limit
                        | Class::Instances
                        | Class::Ours
                        | Class::Grant
                        | Class::Must
                        | Class::Near
                )
            });
            if said || thing::is_service(passage, at) {
                return false;
            }
            named = true;
        }
        let limits = passage.first(clause, Class::Limit).is_some_and(|cue| {
            !matches!(passage.words(&cue.tokens), "max" | "Max" | "maximum" | "Maximum" | "maximal")
        });
        named && !limits
    }

    /// "Larger ones go to the object store (max 2 GB)": brackets with nothing but a bound tell of what stands before them.
    fn tells_of_a_thing(&self, clause: &Range<usize>, start: usize) -> bool {
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let bare = passage.tokens[clause.start..start.max(clause.start)].iter().all(|token| {
            token.sign().is_some() || matches!(&*token.lower, "max" | "maximum" | "up" | "to" | "at" | "most")
        });
        let opens = passage.tokens.get(clause.start).is_some_and(|token| token.sign() == Some('('));
        let Some(head) = clause.start.checked_sub(1).filter(|_| bare && opens) else { return false };
        let joint = (head.saturating_sub(4)..head)
            .rev()
            .find(|at| passage.tokens[*at].sign().is_some() || JOINTS.contains(&word(*at)));
        let behind = joint.is_some_and(|at| JOINTS.contains(&word(at)));
        behind && passage.tokens[head].is_word() && !names_service(passage, head, false)
    }

    /// What a clause that begins with "which" speaks of: the word before its comma.
    pub(super) fn antecedent(&self, clause: &Range<usize>) -> Option<Actor> {
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        if !matches!(word(clause.start), "which" | "who") {
            return None;
        }
        let before =
            (clause.start.saturating_sub(2)..clause.start).rev().find(|at| self.passage.tokens[*at].is_word())?;
        Some(if names_service(self.passage, before, false) { Actor::Service } else { Actor::Else(before..before + 1) })
    }
}

/// Words for whom something is given to.
const TO_WHOM: &[&str] = &["us", "it", "them", "the", "each", "our", "every"];

/// Verbs whose subject is who gives; `to`: whether somebody is named to whom.
fn gives(words: &str, to: bool) -> bool {
    let words = words.to_lowercase();
    let first = words.split([' ', '\n']).next().unwrap_or_default();
    const STEMS: &[&str] = &[
        "give", "grant", "leave", "allot", "allow", "permit", "conced", "tolerat", "accept", "spar", "afford", "let",
        "agree", "sign", "set", "assign", "decid", "settle", "hold", "keep", "budget", "earmark", "reserv", "pin",
        "pay", "size", "hand", "dol", "issu", "provid", "offer", "make", "alert", "block", "fail", "break", "enforce",
    ];
    STEMS.iter().any(|stem| first.starts_with(stem))
        && (to || !matches!(first, "given" | "granted" | "allotted" | "allowed" | "permitted"))
}
