//! A number right before a word for instances: whether it says how many there are to be, "- 6 pods per region", or only
//! speaks of some, "three instances crashed".

use super::super::super::super::token::Token;
use super::super::super::super::value::quantity::{Measure, Quantity};
use super::super::super::cue::Class;
use super::super::super::passage::Passage;
use super::super::super::sentence::Sentence;
use super::super::{Kind, word_at};
use super::COUNTED;
use crate::language;
use std::ops::Range;

/// What a number is that has a word for instances behind it, with nothing between that changes it.
pub(super) fn of(passage: &Passage<'_>, sentence: usize, quantity: &Quantity, noun: usize) -> Option<Kind> {
    let start = quantity.tokens.start;
    let own = &passage.sentences[sentence];
    let one = quantity.value == Some(1.0) && !is_one_that_runs(passage, start);
    // "**Scale:** 6 instances".
    // "The site PCs say otherwise: eight …" is a sentence, no label.
    let labelled = passage.label_of(sentence).is_some_and(|label| label.end + 1 == start && !tells(passage, &label));
    let number = Number { passage, quantity, noun, own, one, labelled };
    let planned = number.is_planned();
    if number.counts_by_place() || planned && number.is_single_that_runs() {
        return COUNTED;
    }
    if one { None } else { Some(Kind { id: "instance-count", named: planned, answers: false }) }
}

/// "We run one instance", "exactly one": one that is counted. "One instance is limited to …" counts nothing.
fn is_one_that_runs(passage: &Passage<'_>, start: usize) -> bool {
    passage.tokens[start.saturating_sub(4)..start].iter().any(|token| {
        matches!(
            &*token.lower,
            "run"
                | "runs"
                | "running"
                | "host"
                | "single"
                | "exactly"
                | "planned"
                | "geplant"
                | "vorgesehen"
                | "prévu"
                | "prévue"
                | "prevista"
        )
    })
}

/// A number right before a word for instances, in its sentence.
struct Number<'a, 'p> {
    passage: &'a Passage<'p>,
    quantity: &'a Quantity,
    /// The word for instances.
    noun: usize,
    own: &'a Sentence,
    /// Whether it may be an article: "one instance".
    one: bool,
    /// Whether it stands right behind the label of its line.
    labelled: bool,
}

impl Number<'_, '_> {
    fn start(&self) -> usize {
        self.quantity.tokens.start
    }

    /// The sign at a token, if it is one.
    fn sign(&self, at: Option<usize>) -> Option<char> {
        at.and_then(|at| self.passage.tokens.get(at)).and_then(Token::sign)
    }

    /// Whether there is a verb in a part of its sentence.
    fn has_verb(&self, range: Range<usize>) -> bool {
        self.passage.has_verb(&range)
    }

    /// Whether the words around it speak of a plan: "we plan three instances", "three instances shall run".
    fn is_planned(&self) -> bool {
        let (passage, start, end) = (self.passage, self.start(), self.quantity.tokens.end);
        let before = start.saturating_sub(4)..start;
        let behind = passage
            .cues_in(&(end..(end + 8).min(passage.tokens.len())))
            .any(|cue| cue.class == Class::Plan && cue.tokens.len() > 1);
        passage.first(&before, Class::Plan).is_some()
            || behind
            || self.is_obliged()
            || self.sign(start.checked_sub(1)) == Some(',') && passage.context.item
    }

    /// "Three instances shall run": what is obliged right behind.
    fn is_obliged(&self) -> bool {
        let (passage, noun) = (self.passage, self.noun);
        passage.first(&(noun + 1..noun + 2), Class::Must).is_some()
            && (noun + 2..noun + 5).any(|at| {
                matches!(
                    word_at(passage, at),
                    "run" | "up" | "deployed" | "started" | "provisioned" | "operated" | "available"
                )
            })
    }

    /// "We run a single instance".
    fn is_single_that_runs(&self) -> bool {
        let (passage, start) = (self.passage, self.start());
        passage.tokens.get(start).is_some_and(|token| token.is("single"))
            && passage.tokens[start.saturating_sub(3)..start].iter().any(|token| {
                matches!(&*token.lower, "run" | "runs" | "running" | "deployed" | "deploy" | "operate" | "operated")
            })
    }

    /// Whether where it stands makes it a count, whatever else is said: alone, among the parts of a list, behind a label.
    fn counts_by_place(&self) -> bool {
        let short = self.own.tokens.len() <= 4;
        // "One process.", "…, one instance, …" among what is planned.
        self.is_enclosed() && (!self.one || short || !self.has_verb(self.own.tokens.start..self.start()))
            || self.opens() && (self.passage.context.item || self.own.numbered || !self.one || short)
            || self.is_apart()
            || self.is_first_of_label()
    }

    /// "(Go; 2 instances; 512 MB each)": between the marks of a list.
    fn is_enclosed(&self) -> bool {
        let (start, noun) = (self.start(), self.noun);
        // "We run it twice (= 2 replicas)".
        let equals = self.sign(start.checked_sub(1)) == Some('=') && self.sign(start.checked_sub(2)) == Some('(');
        (equals || matches!(self.sign(start.checked_sub(1)), Some('(' | ';' | ',')))
            && (self.ends_list() || self.is_placed() || matches!(self.sign(Some(noun + 1)), Some(')' | ';' | ',')))
    }

    /// Whether a list of plain properties ends with it: "5 requests a second, one instance.", "Go, four replicas."
    fn ends_list(&self) -> bool {
        let (passage, own) = (self.passage, &self.own.tokens);
        let beside = passage.quantities.partition_point(|other| other.tokens.end <= self.start()).checked_sub(1);
        let rate = beside
            .map(|at| &passage.quantities[at])
            .is_some_and(|other| other.measure == Measure::Rate && own.contains(&other.tokens.start));
        let opens_with_language =
            || passage.tokens.get(own.start).is_some_and(|token| language::find(&token.lower).is_some());
        (rate || own.len() <= 8 && opens_with_language())
            && self.sign(Some(self.noun + 1)) == Some('.')
            && !passage.has_verb(own)
    }

    /// "Go, the standard proxy, two replicas behind the balancer": a list without a verb.
    fn is_placed(&self) -> bool {
        matches!(
            word_at(self.passage, self.noun + 1),
            "behind" | "in" | "across" | "on" | "at" | "per" | "with" | "spread" | "pinned" | "for"
        ) && !self.one
            && !self.has_verb(self.own.tokens.start..self.noun + 1)
    }

    /// "Two instances, active and passive.": it opens a sentence that has no verb of its own.
    fn opens(&self) -> bool {
        let (passage, start, own) = (self.passage, self.start(), &self.own.tokens);
        let next = passage.tokens.get(self.noun + 1);
        let open = next.is_some_and(|next| next.is("or"));
        // "Three instances crashed": told of what happened.
        let told = next.is_some_and(|next| next.is_word() && next.lower.len() > 4 && next.lower.ends_with("ed"));
        !open
            && !told
            && (start == own.start || self.labelled || start == own.start + 1 && word_at(passage, own.start) == "a")
            && !self.has_verb(self.without_reason())
            && !self.own.question
    }

    /// The part of its sentence whose verb would be about it.
    fn without_reason(&self) -> Range<usize> {
        let (passage, noun, own) = (self.passage, self.noun, &self.own.tokens);
        // "Three copies of it, so that one can be lost": what it is for has a verb of its own.
        let reason = own.clone().find(|at| {
            let next = word_at(passage, at + 1);
            passage.tokens[*at].sign() == Some(',')
                && (matches!(next, "so" | "to" | "because" | "since" | "each" | "one")
                    || *at == noun + 1 && next.len() > 4 && next.ends_with("ed"))
        });
        let until = reason.unwrap_or(own.end);
        // "Three copies of it": whose they are is no subject of a verb.
        let of_it = word_at(passage, noun + 1) == "of" && matches!(word_at(passage, noun + 2), "it" | "them");
        let from = if of_it { (noun + 3).min(until) } else { own.start };
        from..until
    }

    /// "One instance; a second one would fight for the motor": what is told behind the mark does not take it back.
    fn is_apart(&self) -> bool {
        self.start() == self.own.tokens.start
            && matches!(self.sign(Some(self.noun + 1)), Some(';' | ':' | '—' | '–'))
            && self.noun == self.quantity.tokens.end
            && !self.own.question
    }

    /// "New ingest: 4 instances, each limited to 512 MB".
    fn is_first_of_label(&self) -> bool {
        self.labelled
            && !self.one
            && self
                .passage
                .tokens
                .get(self.noun + 1)
                .is_none_or(|next| matches!(next.sign(), Some(',' | '.' | ';' | '(')))
            && !self.own.question
    }
}

/// Whether what stands before a colon is a sentence: "The site PCs say otherwise: eight …".
fn tells(passage: &Passage<'_>, label: &Range<usize>) -> bool {
    const TELLS: &[&str] = &["say", "says", "show", "shows", "tell", "tells", "agree", "agrees", "otherwise", "differ"];
    passage.has_verb(label) || label.clone().any(|at| TELLS.contains(&word_at(passage, at)))
}
