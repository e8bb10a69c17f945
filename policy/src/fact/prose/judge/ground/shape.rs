//! Grounds by the shape of a sentence: labels, lists, what has to be done by then.

use super::super::super::super::token::Token;
use super::super::super::super::value::bound;
use super::super::super::cue::Class;
use super::super::super::kind;
use super::super::super::passage::stem;
use super::super::super::thing;
use super::super::Case;
use std::ops::Range;

impl Case<'_, '_> {
    /// "**How much memory?** 8 MB": the question that the figure answers, where it asks for what is to be.
    pub(super) fn answers_question(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let before = &passage.sentences[self.sentence.checked_sub(1)?];
        let tokens = before.tokens.clone();
        let opening = self.quantity_start() <= self.sentence_tokens().start + 2;
        let asks = passage.asks(&tokens);
        let told = [Class::Past, Class::Measure, Class::Use, Class::Present, Class::Old, Class::Other, Class::Perhaps];
        let told = told
            .into_iter()
            .any(|class| before.classes.has(class) || passage.in_sentence(self.sentence, class).is_some());
        // Somebody else may have asked: "How long did you wait? 3 s."
        let short = tokens.len() <= 12;
        // "How fresh?" asks for something else.
        let of_kind = passage.tokens[tokens.clone()].iter().any(|token| match self.id {
            "latency-target" | "startup-time" => {
                matches!(
                    &*token.lower,
                    "fast" | "quick" | "quickly" | "soon" | "slow" | "late" | "schnell" | "vite" | "rápido"
                )
            }
            _ => false,
        });
        // "How long will callers wait?", "how soon is it up?"
        let of_kind = of_kind
            || match self.id {
                "latency-target" => kind::asks_how_long(passage, &tokens),
                "startup-time" => kind::asks_how_soon(passage, &tokens),
                _ => false,
            };
        let class = match self.id {
            "memory-budget" => Class::Memory,
            "startup-time" => Class::Startup,
            "expected-traffic" | "peak-traffic" => Class::Traffic,
            _ => Class::Latency,
        };
        let of_kind = of_kind || before.classes.has(class);
        (before.question && opening && asks && short && of_kind && !told).then_some(tokens)
    }

    /// "A bid is taken in 5 ms (p99)", "a badge in 25 ms, p95": what is done by a percentile, and told of nothing.
    pub(super) fn served_in(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.quantity_start();
        let within = start.checked_sub(1).filter(|at| passage.tokens[*at].is("in"))?;
        let clause = self.scope.ranges.first().filter(|clause| clause.start < within)?;
        let end = passage.quantities[self.at].tokens.end;
        let percentile = passage.percentile_from(end).is_some_and(|found| found.tokens.start <= end + 3);
        let told = [
            Class::Past,
            Class::Measure,
            Class::Old,
            Class::Other,
            Class::Saving,
            Class::Use,
            Class::Perhaps,
            Class::Outsider,
        ];
        let roles = passage.context.roles;
        let told = told.into_iter().any(|class| passage.in_sentence(self.sentence, class).is_some())
            || roles.has(Class::Measure);
        let be = (clause.start..within).find(|at| matches!(&*passage.tokens[*at].lower, "is" | "are"));
        let passive = be.is_some_and(|be| {
            (be + 1..within).any(|at| {
                let word = &*passage.tokens[at].lower;
                word.ends_with("ed")
                    || matches!(
                        word,
                        "taken" | "done" | "sent" | "found" | "shown" | "given" | "made" | "seen" | "drawn"
                    )
            })
        });
        let bare = !passage.has_verb(&(clause.start..within)) && be.is_none() && within - clause.start <= 6;
        (self.id == "latency-target" && percentile && !told && (passive || bare)).then_some(clause.start..start)
    }

    /// Where the first of the figures stands that are given together: "left us 2 MB and 1 ms".
    pub(in super::super) fn first_of_row(&self) -> usize {
        let passage = self.passage;
        let start = self.quantity_start();
        let Some(joint) = start.checked_sub(1) else { return start };
        // "At 128 MB, and at 2 s".
        let joint =
            joint - usize::from(joint > 0 && matches!(&*passage.tokens[joint].lower, "at" | "to" | "in" | "within"));
        let joins = matches!(&*passage.tokens[joint].lower, "and" | "und" | "et" | "y");
        let comma = usize::from(joint > 0 && passage.tokens[joint - 1].sign() == Some(','));
        let before = self.at.checked_sub(1).map(|at| &passage.quantities[at]);
        before.filter(|before| joins && before.tokens.end + comma == joint).map_or(start, |before| before.tokens.start)
    }

    /// "Ready: 3 s after power-on": a short label that names a start or an answer, and its value right behind.
    pub(super) fn after_named_label(&self) -> bool {
        let passage = self.passage;
        let Some(label) = passage.label_of(self.sentence) else { return false };
        let class = match self.id {
            "startup-time" => Class::Startup,
            "latency-target" => Class::Latency,
            "memory-budget" => Class::Instances,
            _ => return false,
        };
        let told = [Class::Past, Class::Measure, Class::Old, Class::Other, Class::OtherTime, Class::Use];
        label.len() <= 4
            && passage.first(&label, class).is_some()
            && !told.into_iter().any(|class| passage.first(&label, class).is_some())
            && passage.tokens.get(label.end).is_some_and(|token| token.sign() == Some(':'))
            && self.quantity_start() <= label.end + 2
    }

    /// "32 MB for our process": whom an amount is for, in a fragment.
    pub(in super::super) fn is_for_us(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let clause = self.scope.ranges.first().filter(|_| self.id == "memory-budget")?;
        let end = passage.quantities[self.at].tokens.end;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let start = self.quantity_start();
        let comma = start.checked_sub(1).is_some_and(|at| passage.tokens[at].sign() == Some(','));
        let which = start >= 2 && (word(start - 2), word(start - 1)) == ("of", "which");
        // "The office has ordered 400 MB of memory for the counter."
        let memory = usize::from(word(end) == "of") * 2;
        let before = |back: usize| start.checked_sub(back).map_or("", word);
        let paid = matches!(
            before(1),
            "ordered" | "booked" | "reserved" | "earmarked" | "bought" | "rented" | "paid" | "secured" | "requested"
        ) && matches!(before(2), "has" | "have" | "we");
        if paid
            && word(end + memory) == "for"
            && (end + memory + 2..end + memory + 5).any(|at| passage.topic.own.contains(stem(word(at))))
        {
            return Some(start - 1..start);
        }
        let opens = clause.start + 2 >= start || comma || which;
        // "Of the 2 GB, 300 MB are for the router".
        let be = usize::from(matches!(word(end), "is" | "are"));
        let plain = be > 0 || !passage.has_verb(clause);
        let end = end + be;
        let whom = word(end) == "for" && matches!(word(end + 1), "our" | "the" | "each" | "every" | "this");
        let service = (end + 2..end + 4).any(|at| is_program(word(at)) || passage.topic.own.contains(stem(word(at))));
        (whom && service && opens && plain).then_some(end..end + 3)
    }

    /// The word before the figure, and before an adverb that stands between: "has only 800 ms".
    pub(super) fn word_before(&self) -> Option<&Token<'_>> {
        const ADVERBS: &[&str] =
            &["dafür", "davon", "dazu", "only", "just", "nur", "noch", "exactly", "genau", "then", "dann", "thus"];
        let before = self.quantity_start().checked_sub(1)?;
        let adverb = ADVERBS.contains(&&*self.passage.tokens[before].lower);
        self.passage.tokens.get(if adverb { before.saturating_sub(1) } else { before })
    }

    /// "Tugs have 10 s to confirm": what others are given to do something, in the plural and without an article.
    pub(super) fn is_time_of_others(&self) -> bool {
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let end = passage.quantities[self.at].tokens.end;
        let Some(who) = self.quantity_start().checked_sub(2) else { return false };
        let several = word(who + 1) == "have" && word(who).ends_with('s') && word(who).len() > 3;
        let alone = who == self.sentence_tokens().start
            || matches!(word(who.wrapping_sub(1)), "and" | "but" | "the" | "," | "all" | "where");
        let told = passage
            .cues_in(&(who..who + 1))
            .any(|cue| matches!(cue.class, Class::Served | Class::Latency | Class::Instances | Class::Limit));
        word(end) == "to" && several && alone && !told && !thing::is_service(passage, who)
    }

    /// "Our tile service therefore has 200 MB": memory is what a machine has, and a service was given.
    pub(super) fn service_has(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let clause = self.scope.ranges.first().filter(|_| self.id == "memory-budget")?;
        let has = self.quantity_start().checked_sub(1)?;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        if !matches!(word(has), "has" | "have") || has <= clause.start {
            return None;
        }
        let start = clause.start + usize::from(matches!(word(clause.start), "so" | "and" | "then" | "thus"));
        let subject = start..has;
        let owned = matches!(word(start), "our" | "each" | "every");
        let program = subject.clone().any(|at| is_program(word(at)));
        let other = passage
            .cues_in(&subject)
            .any(|cue| matches!(cue.class, Class::Machine | Class::Other | Class::Old | Class::Outsider | Class::Past));
        (owned && program && !other && subject.len() <= 6).then_some(subject)
    }

    /// "p95 of a dispatch: 5 s": a label with a percentile, and its value right behind.
    pub(super) fn after_percentile_label(&self) -> bool {
        let passage = self.passage;
        let Some(label) = passage.label_of(self.sentence) else { return false };
        let colon = passage.tokens.get(label.end).is_some_and(|token| token.sign() == Some(':'));
        let percentile = passage.percentile_from(label.start).is_some_and(|found| found.tokens.end <= label.end);
        colon && percentile && self.quantity_start() <= label.end + 3
    }

    /// "Traffic is 54,000 a minute. Scoring sees all of it": the load of something larger goes through the service.
    pub(super) fn sees_all(&self, next: usize) -> Option<Range<usize>> {
        let passage = self.passage;
        let tokens = passage.sentences.get(next)?.tokens.clone();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let verb = tokens.clone().take(8).find(|at| {
            matches!(word(*at), "sees" | "gets" | "handles" | "takes" | "receives" | "serves" | "carries" | "processes")
        })?;
        let all = (word(verb + 1), word(verb + 2));
        let whole = matches!(all, ("all" | "each" | "every", _) | ("the", "lot" | "whole")) && tokens.len() <= 12;
        (whole && self.id == "expected-traffic" && !passage.sentences[next].question).then(|| verb..verb + 2)
    }

    /// "From exec to ready: 2 s": a label that says from when to when, and its value right behind.
    pub(super) fn after_span_label(&self) -> bool {
        let passage = self.passage;
        let Some(label) = passage.label_of(self.sentence) else { return false };
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let from = matches!(word(label.start), "from" | "von" | "vom" | "de" | "desde");
        let to = label.clone().skip(2).any(|at| matches!(word(at), "to" | "till" | "until" | "bis" | "à" | "hasta"));
        let time = matches!(self.id, "latency-target" | "startup-time");
        time && from
            && to
            && passage.tokens.get(label.end).is_some_and(|token| token.sign().is_some())
            && self.quantity_start() <= label.end + 2
    }

    /// "Kills pods that are not ready after 2 s": what is not done by then has failed.
    pub(super) fn not_by_then(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |back: usize| {
            start.checked_sub(back).and_then(|at| passage.tokens.get(at)).map_or("", |token| token.lower.as_ref())
        };
        // "If the fare is not there 120 ms after the tap", too.
        let end = passage.quantities[self.at].tokens.end;
        let after = passage.tokens.get(end).is_some_and(|token| token.is("after"));
        let by = matches!(word(1), "after" | "within" | "in" | "by");
        let back = 1 + usize::from(by);
        let by = by || after;
        let done = matches!(
            word(back),
            "ready" | "up" | "back" | "there" | "done" | "finished" | "complete" | "answered" | "arrived" | "healthy"
        );
        let denied = bound::is_negation(word(back + 1)) || bound::is_negation(word(back + 2));
        let ends = passage.cues_in(self.sentence_tokens()).any(|cue| {
            let words = passage.words(&cue.tokens);
            cue.class == Class::NotOk
                || words.starts_with("kill")
                || words.starts_with("is killed")
                || words.starts_with("restart")
        });
        (by && done && denied && ends && matches!(self.id, "latency-target" | "startup-time"))
            .then(|| start - back..start)
    }

    /// "5 requests a second, one instance": a rate in a list without a verb, beside the instances that are planned.
    pub(super) fn listed_with_copies(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let clause = self.scope.ranges.first().filter(|_| self.id == "expected-traffic")?;
        let end = passage.quantities[self.at].tokens.end;
        let comma = passage.tokens.get(end).is_some_and(|token| matches!(token.sign(), Some(',' | ';')));
        let copies = end + 1..(end + 5).min(self.sentence_tokens().end);
        let listed =
            comma && !passage.has_verb(&(clause.start..end)) && passage.has_figure(copies.start..copies.start + 1);
        let other = [Class::Measure, Class::Other, Class::Old, Class::OtherRate]
            .into_iter()
            .any(|class| passage.in_sentence(self.sentence, class).is_some());
        passage.first(&copies, Class::Instances).filter(|_| listed && !other).map(|_| copies)
    }

    /// "4 instances of 2.5 GB each": what each of those that are planned is given.
    pub(super) fn is_each(&self) -> bool {
        let passage = self.passage;
        let end = passage.quantities[self.at].tokens.end;
        let each = passage.tokens.get(end).is_some_and(|token| matches!(&*token.lower, "each" | "apiece" | "je"));
        let start = self.quantity_start();
        let copies =
            passage.cues_between(start.saturating_sub(3)..start).iter().any(|cue| cue.class == Class::Instances);
        // "4 instances x 750 MB".
        let times = start
            .checked_sub(1)
            .and_then(|at| passage.tokens.get(at))
            .is_some_and(|token| matches!(&*token.lower, "x" | "×" | "*" | "à" | "of" | "with" | "at"));
        // "Two instances, 180 MB each", and not "pods save 180 MB each".
        let listed =
            start.checked_sub(1).and_then(|at| passage.tokens.get(at)).is_some_and(|token| token.sign() == Some(','));
        let price = self.passage.tokens[end..].iter().take(3).any(|token| matches!(&*token.lower, "cost" | "costs"));
        !price
            && self.id == "memory-budget"
            && (each || times)
            && copies
            && (self.near(Class::Plan).is_some() || each && listed && !passage.has_verb(self.sentence_tokens()))
    }
}

/// Words for what runs, and for no machine.
fn is_program(word: &str) -> bool {
    matches!(
        stem(word),
        "service"
            | "process"
            | "proces"
            | "processe"
            | "pod"
            | "instance"
            | "worker"
            | "daemon"
            | "container"
            | "replica"
    )
}
