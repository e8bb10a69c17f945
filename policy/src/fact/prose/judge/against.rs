//! What speaks against a figure, gravest first.

use super::super::super::value::bound::Side;
use super::super::super::value::quantity::Measure;
use super::super::cue::{Class, Cue};
use super::super::thing;
use super::{Case, UPPER, anew};
use crate::language;
use std::ops::Range;

impl Case<'_, '_> {
    /// Why the figure does not count, if anything says so.
    pub(super) fn against(&self) -> Option<String> {
        self.grounds().next()
    }

    /// Everything that speaks against it, in the order in which it is weighed; each is looked for only when asked.
    pub(super) fn grounds(&self) -> impl Iterator<Item = String> {
        let all: [fn(&Self) -> Option<String>; 6] = [
            Self::against_sentence,
            Self::against_context,
            Self::against_option,
            Self::used,
            Self::against_subject,
            Self::against_clause,
        ];
        all.into_iter().filter_map(|ground| ground(self))
    }

    /// "Rust is memory-safe and the prototype used 62 MB": the verb right before the figure speaks of it first.
    fn used(&self) -> Option<String> {
        let before = self.quantity_start().checked_sub(1)?;
        let past = self
            .passage
            .cues_between(before..before + 1)
            .iter()
            .find(|cue| matches!(cue.class, Class::Past) && is_use(self.passage.words(&cue.tokens)))?;
        let plain = self.own(Class::Old).is_none() && self.near(Class::Decide).is_none();
        plain.then(|| self.say("reads as a measurement", &past.tokens))
    }

    /// Questions, placeholders, examples, other people's words.
    pub(super) fn against_sentence(&self) -> Option<String> {
        let passage = self.passage;
        let sentence = &passage.sentences[self.sentence];
        if sentence.question {
            return Some("a question, not a statement".to_owned());
        }
        if self.is_whole() {
            return Some("is the whole, of which the service has a part".to_owned());
        }
        let conditional = passage
            .tokens
            .get(sentence.tokens.start)
            .is_some_and(|token| matches!(&*token.lower, "if" | "wenn" | "si" | "were" | "had"));
        if let Some(cue) = passage.in_sentence(self.sentence, Class::Perhaps).filter(|_| conditional) {
            return Some(self.say("is imagined", &cue.tokens));
        }
        if passage.has_hole(self.sentence) {
            return Some("a placeholder, not a value".to_owned());
        }
        // "… 3 seconds as an example of …" too.
        let end = passage.quantities[self.at].tokens.end;
        let example = passage
            .first(&(sentence.tokens.start..self.quantity_start()), Class::Example)
            .or_else(|| passage.first(&(end..(end + 2).min(sentence.tokens.end)), Class::Example));
        if let Some(cue) = example {
            return Some(self.say("reads as an example", &cue.tokens));
        }
        if passage.is_struck(&passage.quantities[self.at]) {
            return Some("is struck through".to_owned());
        }
        if passage.context.quoted && !self.is_summary() {
            return Some("quoted from somebody else".to_owned());
        }
        // "The annex states '… within 3 seconds', and we signed it."
        let taken_over = passage.cues_in(&sentence.tokens).any(|cue| {
            let word = passage.words(&cue.tokens);
            matches!(word, "signed" | "agreed" | "adopted" | "accepted" | "committed" | "written into" | "signed off")
                && !passage.in_quotes(cue.tokens.start)
        });
        // "… 'in 30 ms.' We signed it."
        let next = passage.sentences.get(self.sentence + 1).map(|next| &next.tokens);
        // "…", which is now in the service description.
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let adopted = (end..sentence.tokens.end).any(|at| {
            matches!(
                (word(at), word(at + 1)),
                ("which", "is") | ("which", "became") | ("which", "we") | ("and", "that")
            ) && (at + 2..at + 5).any(|at| {
                matches!(word(at), "now" | "our" | "binding" | "signed" | "took" | "adopted" | "target" | "limit")
            })
        });
        let taken_over = taken_over
            || adopted
            || next.is_some_and(|next| {
                next.len() <= 8
                    && passage.tokens[next.clone()].windows(3).any(|words| {
                        words[0].is("we")
                            && matches!(&*words[1].lower, "signed" | "accepted" | "adopted" | "agreed")
                            && matches!(&*words[2].lower, "it" | "that" | "this" | "to" | "on")
                    })
            });
        if passage.in_quotes(self.quantity_start()) && !taken_over {
            return Some("words in quotation marks, not the document's own".to_owned());
        }
        None
    }

    /// "> **TL;DR** …", "> [!NOTE]", "> Decision: …": the author's own words, set apart.
    fn is_summary(&self) -> bool {
        let opening: String =
            self.passage.tokens.iter().take(3).map(|token| token.lower.as_ref()).collect::<Vec<_>>().join("");
        [
            "tl;dr",
            "tldr",
            "[!",
            "summary",
            "note",
            "decision",
            "important",
            "inshort",
            "abstract",
            "kurz",
            "zusammenfassung",
            "résumé",
            "resumen",
        ]
        .iter()
        .any(|known| opening.starts_with(known))
    }

    /// Headings, table heads, and the line that leads to a list.
    pub(super) fn against_context(&self) -> Option<String> {
        let context = self.passage.context;
        let roles = context.roles;
        let under = |what: &str| Some(format!("{what}: \"{}\"", context.heading.replace('\n', " ")));
        // "p95 58 ms, max 2.4 s" among measurements: the slowest that was seen.
        let most = |tokens: &Range<usize>| {
            matches!(&*self.passage.words(tokens).to_lowercase(), "max" | "maximum" | "worst case")
        };
        let firm = || {
            [Class::Must, Class::Limit, Class::Decide]
                .into_iter()
                .any(|class| self.near(class).is_some_and(|tokens| !(roles.has(Class::Measure) && most(tokens))))
        };
        if let Some(cancelled) = &context.cancelled {
            return Some(cancelled.clone());
        }
        if roles.has(Class::Example) {
            return under("stands in a guide or a template");
        }
        if roles.has(Class::Rejected) {
            return under("belongs to an option that was not taken");
        }
        if roles.has(Class::Perhaps) {
            return under("belongs to an option under discussion");
        }
        if roles.has(Class::Old) && !(firm() && self.own(Class::Past).is_none() && roles.has(Class::Limit)) {
            return under("describes what there was before");
        }
        if roles.has(Class::Other) {
            return under("describes another system");
        }
        if roles.has(Class::Later) {
            return under("is put off or left out");
        }
        if roles.has(Class::Measure) && !(firm() && self.near(Class::Past).is_none()) {
            return under("stands among measurements");
        }
        None
    }

    /// "Option one: give the worker 1 GB": a label that names one of several ways.
    fn is_option(&self) -> Option<String> {
        const OPTIONS: &[&str] = &["option", "variant", "alternative", "proposal", "variante", "opción", "vorschlag"];
        if let Some(other) = self.other_option(OPTIONS) {
            return Some(self.say("belongs to an option that was not taken", &other));
        }
        let label = self.passage.label_of(self.sentence)?;
        let tokens = &self.passage.tokens[label.clone()];
        let opens = tokens.len() <= 3 && tokens.first().is_some_and(|token| OPTIONS.contains(&&*token.lower));
        let chosen = self.passage.in_sentence(self.sentence, Class::Chosen).is_some();
        (opens && !chosen && tokens.len() >= 2).then(|| self.say("belongs to an option under discussion", &label))
    }

    /// "Option C is limited to 16 MB" where the document takes option B.
    fn other_option(&self, options: &[&str]) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.sentence_tokens().start;
        let (first, number) = (passage.tokens.get(start)?, passage.tokens.get(start + 1)?);
        let opens =
            options.contains(&&*first.lower) && number.lower.len() <= 3 && !first.text.starts_with(char::is_lowercase);
        let taken = &passage.topic.taken;
        (opens && !taken.is_empty() && !taken.contains(&*number.lower)).then_some(start..start + 2)
    }

    /// Options that were turned down, and statements that the passage takes back.
    pub(super) fn against_option(&self) -> Option<String> {
        if let Some(option) = self.is_option() {
            return Some(option);
        }
        let passage = self.passage;
        let moved = anew::moved(passage, self.sentence);
        if moved.is_some_and(|moved| moved.from == Some(self.at)) {
            return Some("is the limit that there was before".to_owned());
        }
        let anew = moved.is_some_and(|moved| moved.to == self.at);
        // "We decided for one and neglected the other (budget 8 MB)": the word before the figure speaks of it.
        let before = self.sentence_tokens().start..self.quantity_start();
        let last =
            |class: Class| passage.cues_in(&before).filter(|cue| cue.class == class).last().map(|cue| cue.tokens.start);
        let chosen = match (last(Class::Chosen), last(Class::Rejected)) {
            (Some(chosen), Some(rejected)) => chosen > rejected,
            _ => passage.in_sentence(self.sentence, Class::Chosen).is_some(),
        };
        let rejected = passage
            .cues_in(self.sentence_tokens())
            .find(|cue| cue.class == Class::Rejected && !self.drops_a_thing(cue));
        if let Some(cue) = rejected
            && !chosen
            && self.forbidden_beyond().is_none()
        {
            return Some(self.say("belongs to an option that was not taken", &cue.tokens));
        }
        if let Some(cue) = self.cancels(self.sentence).filter(|cue| !anew && !self.drops_a_thing(cue)) {
            return Some(self.say("is taken back", &cue.tokens));
        }
        if let Some(words) = self.concerns_not() {
            return Some(self.say("is about something else", &words));
        }
        for (at, later) in passage.sentences.iter().enumerate().skip(self.sentence + 1).take(6) {
            if let Some(cue) = self.cancels(at)
                && passage.in_sentence(at, Class::Other).is_none()
                && self.is_spoken_of(at)
            {
                return Some(self.say("is taken back", &cue.tokens));
            }
            // "Within 800 ms. That is how the old app behaved."
            if at == self.sentence + 1
                && let Some(cue) = passage.in_sentence(at, Class::Old)
                && passage.points_back(at)
                && passage.quantities_of(at).is_empty()
                && ![Class::Limit, Class::Must, Class::Decide].iter().any(|class| later.classes.has(*class))
                && passage.cues_in(&later.tokens).next().is_some_and(|first| first.tokens.start < cue.tokens.start)
            {
                return Some(self.say("is about the system before", &cue.tokens));
            }
            if let Some(cue) = passage.in_sentence(at, Class::Change)
                && self.near(Class::Change).is_none()
                && passage
                    .quantities_of(at)
                    .iter()
                    .any(|at| passage.quantities[*at].measure == passage.quantities[self.at].measure)
            {
                return Some(self.say("is set anew", &cue.tokens));
            }
            if let Some(cue) = passage.in_sentence(at, Class::Rejected)
                && passage.in_sentence(at, Class::Chosen).is_none()
                && (passage.context.item || later.tokens.len() <= 5 || self.passage.points_back(at))
            {
                return Some(self.say("belongs to an option that was not taken", &cue.tokens));
            }
        }
        let before = self.sentence.checked_sub(1)?;
        let cue = passage.in_sentence(before, Class::Rejected)?;
        // "… and rejected it. It runs in our own cluster, in pods of 400 MB".
        let ours = passage.in_sentence(self.sentence, Class::Ours).is_some();
        let dropped = (self.passage.points_back(self.sentence) && !ours || passage.context.item) && !chosen;
        dropped.then(|| self.say("belongs to an option that was not taken", &cue.tokens))
    }

    /// "… within 350 ms (late quotes are dropped)", "… in 150 ms or the first position gets dropped": what the service
    /// or another one does with a thing, in words of its own; no option is turned down.
    fn drops_a_thing(&self, cue: &Cue) -> bool {
        const OPTIONS: &[&str] = &[
            "it",
            "this",
            "that",
            "which",
            "they",
            "both",
            "these",
            "those",
            "option",
            "options",
            "approach",
            "variant",
            "proposal",
            "alternative",
            "alternatives",
            "idea",
            "design",
            "candidate",
            "candidates",
            "one",
            "other",
            "others",
            "former",
            "latter",
            "limit",
            "target",
            "budget",
            "figure",
            "number",
            "version",
            "plan",
        ];
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let end = passage.quantities[self.at].tokens.end;
        let floor = self.sentence_tokens().start;
        let at = cue.tokens.start;
        let Some(be) = (at.saturating_sub(3).max(floor)..at + 1)
            .rev()
            .find(|at| matches!(word(*at), "is" | "are" | "be" | "get" | "gets" | "being" | "must" | "may"))
        else {
            return false;
        };
        let start = (floor..be)
            .rev()
            .find(|at| passage.tokens[*at].sign().is_some() || matches!(word(*at), "or" | "and" | "but" | "else"))
            .map_or(floor, |at| at + 1);
        let Some(head) = (start..be).rev().find(|at| passage.tokens[*at].is_word()) else { return false };
        let apart = start > end
            || at < self.quantity_start()
                && passage.clause_of(self.sentence, at) != passage.clause_of(self.sentence, end);
        // "Frames that come late are discarded": what the subject is, stands before "that".
        let subject = (start + 1..be).find(|at| matches!(word(*at), "that" | "which" | "who")).unwrap_or(be);
        let option = (start..subject).any(|at| OPTIONS.contains(&word(at)) || language::find(word(at)).is_some());
        // "… gets dropped by the broker": who does so is no author of the document.
        let by = word(cue.tokens.end) == "by" && matches!(word(cue.tokens.end + 1), "the" | "a" | "an" | "its");
        apart && (by || !option) && word(head).len() > 2
    }

    /// What takes something back; "if it is gone the canteen prints paper" tells what happens then.
    fn cancels(&self, sentence: usize) -> Option<&Cue> {
        let passage = self.passage;
        let found = passage.in_sentence(sentence, Class::Cancel)?;
        let sentence = &passage.sentences[sentence];
        let clause = sentence.clauses.iter().find(|clause| clause.tokens.contains(&found.tokens.start));
        let opening = clause.map_or(sentence.tokens.start, |clause| clause.tokens.start);
        // "… asked for 10 ms, which the reviewers struck out": of several figures, the one before "which".
        let which =
            passage.tokens.get(opening).is_some_and(|token| matches!(&*token.lower, "which" | "die" | "qui" | "que"));
        let before = passage.quantities.partition_point(|quantity| quantity.tokens.end <= opening).checked_sub(1);
        if which
            && before.is_some_and(|before| before != self.at && passage.quantities[before].measure == self.measure())
        {
            return None;
        }
        passage.tokens.get(opening).is_none_or(|token| !is_condition(&token.lower)).then_some(found)
    }

    /// "… within 20 ms, which does not concern the restock", "das betrifft den Nachschub aber nicht".
    fn concerns_not(&self) -> Option<Range<usize>> {
        const VERBS: &[&str] = &[
            "concern",
            "concerns",
            "affect",
            "affects",
            "apply",
            "applies",
            "betrifft",
            "gilt",
            "berührt",
            "concerne",
            "touche",
            "afecta",
            "atañe",
            "concierne",
        ];
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let verb = (self.passage.quantities[self.at].tokens.end..self.sentence_tokens().end)
            .find(|at| VERBS.contains(&word(*at)))?;
        if verb > self.passage.quantities[self.at].tokens.end + 14 {
            return None;
        }
        let denied = (verb.saturating_sub(3)..(verb + 6).min(self.sentence_tokens().end))
            .find(|at| matches!(word(*at), "not" | "nicht" | "pas" | "no" | "doesn't" | "don't"))?;
        Some(verb.min(denied)..verb.max(denied) + 1)
    }

    /// "Documents are up to 30 MB" tells a size; without a word for memory or for a limit it is none.
    pub(super) fn only_describes(&self, positive: &str) -> bool {
        if self.id != "memory-budget" || positive != UPPER {
            return false;
        }
        let before = self.quantity_start().checked_sub(1).and_then(|at| self.passage.tokens.get(at));
        let loose = before.is_some_and(|token| matches!(&*token.lower, "to" | "zu" | "à" | "hasta"));
        loose || !self.scope.ranges.iter().any(|range| thing::speaks_of_service(self.passage, range))
    }

    /// Whether a later sentence speaks of this figure: by pointing back, by naming it, or without figures of its own.
    fn is_spoken_of(&self, sentence: usize) -> bool {
        let own = &self.passage.quantities[self.at];
        // Days and numbers of records are no figures.
        let of_kind = |at: &usize| self.passage.quantities[*at].measure != Measure::Bare;
        let figures: Vec<usize> = self.passage.quantities_of(sentence).iter().copied().filter(of_kind).collect();
        if self.passage.label_of(sentence).is_some() && !self.passage.points_back(sentence) {
            return false;
        }
        let same = figures.iter().any(|at| {
            let other = &self.passage.quantities[*at];
            other.measure == own.measure && other.value == own.value
        });
        same || figures.is_empty() || self.passage.points_back(sentence)
    }

    /// Tense and mood of the clause itself.
    pub(super) fn against_clause(&self) -> Option<String> {
        let rate = self.id == "expected-traffic";
        if self.is_moved_to() {
            return self.near(Class::Perhaps).map(|tokens| self.say("is imagined, estimated or wished", tokens));
        }
        if let Some(tokens) = self.own(Class::Saving).filter(|_| self.own(Class::Must).is_none()) {
            return Some(self.say("reads as a saving or a comparison", tokens));
        }
        let rest = self.all_there_is();
        let closes = |tokens: &Range<usize>| {
            rest.as_ref().is_some_and(|rest| rest.start <= tokens.end && tokens.start <= rest.end)
        };
        // "80 MB is what we get, and Go cannot promise that": another thing that is told behind "and".
        let apart = |tokens: &Range<usize>| {
            let end = self.passage.quantities[self.at].tokens.end;
            let and = (end..tokens.start.max(end))
                .find(|at| matches!(&*self.passage.tokens[*at].lower, "and" | "but" | "und" | "et" | "y"));
            and.is_some_and(|and| {
                let said = self.passage.cues_between(end..and);
                tokens.start > and + 1
                    && said
                        .iter()
                        .any(|cue| matches!(cue.class, Class::Limit | Class::Grant | Class::Must | Class::NotOk))
            })
        };
        if let Some(tokens) = self.near(Class::Negated).filter(|tokens| !closes(tokens) && !apart(tokens)) {
            return Some(self.say("is denied", tokens));
        }
        // "A grasp proposal must be computed in 70 ms" speaks of proposals.
        let thing = |tokens: &Range<usize>| {
            self.own(Class::Must).is_some_and(|must| must.start >= tokens.end)
                && matches!(self.passage.words(tokens), "proposal" | "suggestion" | "estimate" | "guess" | "wish")
        };
        // "We promised that we would remain under 150 MB".
        let reported = |tokens: &Range<usize>| {
            self.passage.words(tokens).ends_with("would")
                && self.near(Class::Decide).is_some_and(|decided| decided.start < tokens.start)
        };
        if let Some(tokens) = self
            .near(Class::Perhaps)
            .filter(|tokens| !(thing(tokens) || reported(tokens) || rate && self.near(Class::Expect).is_some()))
        {
            return Some(self.say("is imagined, estimated or wished", tokens));
        }
        if let Some(tokens) = self.own(Class::Later) {
            return Some(self.say("is put off", tokens));
        }
        let decided = self.near(Class::Decide).is_some();
        // "It has to reach the phone 30 s after the reading arrived": the past behind an obligation is its condition.
        let end = self.passage.quantities[self.at].tokens.end;
        let runs_from = self
            .passage
            .tokens
            .get(end)
            .is_some_and(|token| matches!(&*token.lower, "after" | "nach" | "après" | "from" | "since" | "desde"));
        let obliged = |past: &Range<usize>| {
            let must = self.own(Class::Must).is_some_and(|must| must.start < self.quantity_start());
            past.start > self.quantity_start() && (runs_from || must)
        };
        let refused = self.forbidden_beyond();
        let measure = self.passage.label_of(self.sentence).filter(|label| {
            self.passage.first(label, Class::Limit).is_some() || self.passage.first(label, Class::Must).is_some()
        });
        // "Response measure: answered within 120 ms": a participle that opens the value of a limit is a passive.
        let passive = |past: &Range<usize>| {
            measure.as_ref().is_some_and(|label| {
                past.start > label.end
                    && self.passage.tokens[label.end..past.start].iter().all(|token| !token.is_word())
            })
        };
        // "Provisioning answered in 5 s" in a list of what is wanted.
        let listed = |past: &Range<usize>| {
            let context = self.passage.context;
            let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
            (context.item || context.row)
                && context.roles.has(Class::Limit)
                && word(past.start).ends_with("ed")
                && past.end > self.sentence_tokens().start + 1
                && matches!(word(past.end), "in" | "within" | "under" | "below" | "by" | "after" | "≤" | "<")
        };
        // "From start to the first answered request: at most 900 ms": what a label names, did not happen.
        let labels = |past: &Range<usize>| {
            let label = self.passage.label_of(self.sentence).filter(|_| self.side == Some(Side::Upper));
            label.is_some_and(|label| label.contains(&past.start) && self.quantity_start() > label.end)
        };
        let told = |past: &Range<usize>| {
            passive(past)
                || listed(past)
                || labels(past)
                || refused.is_some_and(|words| words.contains(&past.start))
                || self.tells(past)
        };
        if let Some(tokens) = self.near(Class::Past).filter(|past| !decided && !obliged(past) && !told(past)) {
            let reads = if is_use(self.passage.words(tokens)) {
                "reads as a measurement"
            } else {
                "reads as a measurement or as past"
            };
            return Some(self.say(reads, tokens));
        }
        if self.forbidden_beyond().is_some() {
            return None;
        }
        // "Shall reload the list (currently 1.8 GB)": brackets tell of what is there.
        let aside = passage_clause_is_aside(self);
        if let Some(tokens) = self.own(Class::Measure).filter(|_| aside) {
            return Some(self.say("reads as a measurement", tokens));
        }
        let must = self.near(Class::Must).is_some();
        if let Some(tokens) = self.measured().filter(|_| !must && !decided) {
            return Some(self.say("reads as a measurement", tokens));
        }
        if let Some(tokens) = self.measured_before().filter(|_| !must && !decided) {
            return Some(self.say("reads as a measurement", &tokens));
        }
        let bounded = self.side == Some(Side::Upper) || self.near(Class::Limit).is_some();
        let expected = rate && self.near(Class::Expect).is_some();
        // "May take 20 ms" grants; "takes 20 s and people get coffee" does not.
        let granted = |present: &Range<usize>| {
            // "We take number 2: each pod is limited to 128 MB".
            let bounds = || {
                let behind = present.end..self.quantity_start().max(present.end);
                self.passage
                    .cues_in(&behind)
                    .any(|cue| cue.class == Class::Grant && bounds(self.passage.words(&cue.tokens)))
            };
            // "Take off the network, and what is left is 30 ms".
            let left = self
                .passage
                .cues_between(present.end..self.quantity_start().max(present.end))
                .iter()
                .any(|cue| cue.class == Class::Near && self.passage.words(&cue.tokens) == "left");
            left || self.own(Class::Grant).is_some_and(|grant| grant.start <= present.start) || bounds()
        };
        if let Some(tokens) =
            self.own(Class::Present).filter(|present| !must && !bounded && !decided && !expected && !granted(present))
        {
            return Some(self.say("reads as a habit, not as a limit", tokens));
        }
        None
    }

    /// "It was resolved that a check shall be completed in …", "they agreed we would stay below …": what was decided in
    /// the past holds now.
    fn tells(&self, past: &Range<usize>) -> bool {
        let start = self.quantity_start();
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let Some(that) = (past.start + 1..start).find(|at| matches!(word(*at), "that" | "dass" | "que" | "qu")) else {
            return false;
        };
        let says = (past.start..that).any(|at| is_hearsay(word(at)));
        let must = self
            .passage
            .cues_in(&(that..start))
            .any(|cue| matches!(cue.class, Class::Must | Class::Grant | Class::Limit));
        !says && that - past.start <= 24 && must
    }

    /// "We tried three builds. All of them stay below 20 ms": the sentence before tells what this one points back to.
    fn measured_before(&self) -> Option<Range<usize>> {
        let before = &self.passage.sentences[self.sentence.checked_sub(1)?].tokens;
        if !self.passage.points_back(self.sentence) || self.near(Class::Limit).is_some() {
            return None;
        }
        let cue = self.passage.cues_in(before).find(|cue| {
            cue.class == Class::Measure && !is_talk(self.passage.words(&cue.tokens))
                || matches!(self.passage.words(&cue.tokens), "tried" | "tested")
        })?;
        Some(cue.tokens.clone())
    }

    /// A measurement in the clause; "… under 50 ms, measured at the gateway" says only where a limit is checked.
    fn measured(&self) -> Option<&Range<usize>> {
        let tokens = self.near(Class::Measure)?;
        let behind = tokens.start > self.quantity_start();
        let how = self.passage.words(tokens).to_lowercase().contains("measured");
        let bounded = self.side == Some(Side::Upper) || self.near(Class::Limit).is_some();
        (!(how && bounded && (behind || !self.is_own(tokens)))).then_some(tokens)
    }

    /// Whether a cue stands in the figure's own clause.
    fn is_own(&self, tokens: &Range<usize>) -> bool {
        self.scope.ranges.first().is_some_and(|range| range.contains(&tokens.start))
    }
}

/// Whether a figure stands in brackets.
fn passage_clause_is_aside(case: &Case<'_, '_>) -> bool {
    let clause = case.passage.clause_of(case.sentence, case.quantity_start());
    case.passage.sentences[case.sentence].clauses.get(clause).is_some_and(|clause| clause.aside)
}

/// Words for what people said: a figure that was made of it may be a limit.
fn is_talk(words: &str) -> bool {
    matches!(words, "interviews" | "survey" | "surveys" | "users say")
}

/// "If it is gone the canteen prints paper": what happens then takes nothing back.
fn is_condition(word: &str) -> bool {
    matches!(word, "if" | "when" | "should" | "while" | "wenn" | "falls" | "fällt" | "si" | "lorsque" | "cuando")
}

/// Verbs of what somebody thinks or found out.
fn is_hearsay(word: &str) -> bool {
    const STEMS: &[&str] = &[
        "claim", "wrote", "said", "say", "thought", "believ", "hop", "estimat", "found", "measur", "observ", "saw",
        "show", "not", "guess", "suggest", "propos", "heard", "read", "argu", "report", "complain", "told", "felt",
        "discover", "learn",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem)) && !matches!(word, "notwithstanding")
}

/// Verbs that say nothing but a limit.
fn bounds(words: &str) -> bool {
    const STEMS: &[&str] = &["limit", "cap", "bound", "restrict", "confine", "held to", "set at", "set to", "fixed at"];
    STEMS.iter().any(|stem| words.contains(stem))
}

/// Verbs of what a program was seen to take.
fn is_use(word: &str) -> bool {
    matches!(word, "used" | "needed" | "took" | "answered" | "consumed" | "occupied")
}
