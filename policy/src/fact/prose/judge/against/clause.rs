//! Tense and mood: what a clause tells, denies or imagines instead of asking for it.

use super::super::super::super::value::bound::Side;
use super::super::super::super::{Because, Why};
use super::super::super::cue::Class;
use super::super::Case;
use super::is_use;
use std::ops::Range;

impl Case<'_, '_> {
    /// Tense and mood of the clause itself.
    pub(in super::super) fn against_clause(&self) -> Option<Because> {
        let rate = self.id == "expected-traffic";
        if self.is_made_limit() {
            return None;
        }
        if self.is_moved_to() {
            return self.near(Class::Perhaps).map(|tokens| self.why(Why::ImaginedOrEstimated, tokens));
        }
        if let Some(tokens) =
            self.own(Class::Saving).or_else(|| self.saving_before()).filter(|_| self.own(Class::Must).is_none())
        {
            return Some(self.why(Why::Saving, tokens));
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
        // "We do not want to swap: 300 MB, no more."
        let before = |tokens: &Range<usize>| rest.is_some() && !self.is_own(tokens);
        let denies =
            |tokens: &&Range<usize>| !closes(tokens) && !apart(tokens) && !before(tokens) && self.governs(tokens);
        if let Some(tokens) = self.near(Class::Negated).filter(denies) {
            return Some(self.why(Why::Denied, tokens));
        }
        if let Some(tokens) = self.neither() {
            return Some(self.why(Why::Denied, &tokens));
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
        if let Some(tokens) = self.near(Class::Perhaps).filter(|tokens| {
            self.governs(tokens)
                && !(thing(tokens)
                    || reported(tokens)
                    || self.is_taken_over()
                    || rate && self.near(Class::Expect).is_some())
        }) {
            return Some(self.why(Why::ImaginedOrEstimated, tokens));
        }
        // "Has to be confirmed within 400 ms" puts nothing off.
        let obliges = |tokens: &Range<usize>| {
            let before = tokens.start.checked_sub(1).and_then(|at| self.passage.tokens.get(at));
            self.passage.words(tokens).starts_with("to be")
                && before.is_some_and(|word| matches!(&*word.lower, "has" | "have" | "needs" | "need" | "ought"))
        };
        // "We reckon that 1,200 scans a minute will come in".
        let arrives = |tokens: &Range<usize>| rate && self.passage.words(tokens).eq_ignore_ascii_case("will come");
        let means_it = |tokens: &Range<usize>| obliges(tokens) || arrives(tokens) || self.tells_which(tokens);
        if let Some(tokens) = self.own(Class::Later).filter(|tokens| self.governs(tokens) && !means_it(tokens)) {
            return Some(self.why(Why::PutOff, tokens));
        }
        // "For the pilot we had agreed on 500 MB": a decision of the past, unless a word says that it stays.
        if let Some(had) = self.had_decided() {
            return Some(self.why(Why::MeasuredOrPast, &had));
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
                && (context.roles.has(Class::Limit) || measure.is_some())
                && word(past.start).ends_with("ed")
                && past.end > self.sentence_tokens().start + 1
                && matches!(word(past.end), "in" | "within" | "under" | "below" | "by" | "after" | "≤" | "<")
        };
        // "From start to the first answered request: at most 900 ms": what a label names, did not happen.
        let labels = |past: &Range<usize>| {
            let label = self.passage.label_of(self.sentence).filter(|_| self.side == Some(Side::Upper));
            label.is_some_and(|label| label.contains(&past.start) && self.quantity_start() > label.end)
        };
        // "We took her word as the requirement: 2 s": what the last word before the colon calls the figure.
        let called = |past: &Range<usize>| {
            let start = self.quantity_start();
            let colon = (start.saturating_sub(4)..start).rev().find(|at| self.passage.tokens[*at].sign() == Some(':'));
            colon.is_some_and(|colon| {
                past.end < colon
                    && self
                        .passage
                        .cues_in(&(colon.saturating_sub(2)..colon))
                        .any(|cue| cue.class == Class::Limit && cue.tokens.end == colon)
                    && (past.end..colon)
                        .any(|at| matches!(&*self.passage.tokens[at].lower, "as" | "this" | "these" | "our"))
            })
        };
        let told = |past: &Range<usize>| {
            passive(past)
                || called(past)
                || listed(past)
                || labels(past)
                || self.is_relative(past)
                || self.tells_which(past)
                // "They were clear: if it takes longer than 150 ms, we have broken the contract".
                || refused.is_some_and(|words| words.contains(&past.start) || !self.is_own(past))
                || self.tells(past)
        };
        if let Some(tokens) = self.near(Class::Past).filter(|past| !decided && !obliged(past) && !told(past)) {
            let use_of = is_use(self.passage.words(tokens));
            return Some(self.why(if use_of { Why::Measured } else { Why::MeasuredOrPast }, tokens));
        }
        if self.forbidden_beyond().is_some() {
            return None;
        }
        // "Shall reload the list (currently 1.8 GB)": brackets tell of what is there.
        let aside = passage_clause_is_aside(self);
        if let Some(tokens) = self.own(Class::Measure).filter(|_| aside) {
            return Some(self.why(Why::Measured, tokens));
        }
        let must = self.near(Class::Must).is_some();
        if let Some(tokens) = self.measured().filter(|_| !must && !decided) {
            return Some(self.why(Why::Measured, tokens));
        }
        if let Some(tokens) = self.measured_before().filter(|_| !must && !decided) {
            return Some(self.why(Why::Measured, &tokens));
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
            // "Whatever we take has 35 ms": the verb of the figure is another one.
            let other_verb = (present.end..self.quantity_start().max(present.end))
                .any(|at| matches!(&*self.passage.tokens[at].lower, "has" | "have" | "gets" | "must" | "is" | "are"));
            // "Typical load: 300 requests a second": a word of the label.
            let named = super::super::super::label::parted(self.passage, self.sentence)
                .is_some_and(|(label, value)| present.end <= label.end && value <= self.quantity_start());
            named && rate
                || left
                || other_verb
                || self.own(Class::Grant).is_some_and(|grant| grant.start <= present.start)
                || bounds()
        };
        if let Some(tokens) =
            self.own(Class::Present).filter(|present| !must && !bounded && !decided && !expected && !granted(present))
        {
            return Some(self.why(Why::Habit, tokens));
        }
        None
    }

    /// "Had agreed on", "had been granted": the past of a past, where the next words do not say that it goes on.
    fn had_decided(&self) -> Option<Range<usize>> {
        const STAYS: &[&str] = &[
            "stay",
            "stays",
            "remain",
            "remains",
            "still",
            "force",
            "hold",
            "holds",
            "keep",
            "kept",
            "keeps",
            "unchanged",
            "stands",
            "stand",
            "applies",
            "apply",
            "continue",
            "continues",
            "now",
            "bind",
            "binds",
        ];
        let passage = self.passage;
        let decide = self.near(Class::Decide)?.clone();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let had = (decide.start.saturating_sub(3)..=decide.start)
            .find(|at| word(*at) == "had" && *at + 3 > decide.start && decide.start < self.quantity_start())?;
        let next = passage.sentences.get(self.sentence + 1).map_or(self.sentence_tokens().end, |next| next.tokens.end);
        let stays = (decide.end..next).any(|at| STAYS.contains(&word(at)));
        (!stays && passage.topic.speech == super::super::super::speech::Speech::English).then_some(had..decide.end)
    }

    /// "They proposed 200 MB, and we took it over": what became of a proposal, right behind it.
    fn is_taken_over(&self) -> bool {
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let end = passage.quantities[self.at].tokens.end;
        let next = passage.sentences.get(self.sentence + 1).filter(|next| next.tokens.len() <= 10);
        let until = next.map_or(self.sentence_tokens().end, |next| next.tokens.end);
        (end..until).any(|at| {
            matches!(word(at), "we" | "all" | "everybody" | "board" | "team")
                && matches!(word(at + 1), "took" | "accepted" | "adopted" | "agreed" | "signed" | "approved" | "kept")
                && matches!(word(at + 2), "it" | "that" | "this" | "them" | "to" | "both" | "over" | ".")
        })
    }

    /// "41 % less RSS, which is 220 MB a node": the same saving in other words.
    fn saving_before(&self) -> Option<&Range<usize>> {
        let passage = self.passage;
        let at = passage.clause_of(self.sentence, self.quantity_start());
        let clauses = &passage.sentences[self.sentence].clauses;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let own = clauses.get(at)?.tokens.start;
        let own = own + usize::from(passage.tokens.get(own)?.sign().is_some());
        let goes_on = matches!(word(own), "which" | "that" | "i.e" | "or" | "das" | "soit" | "es" | "son");
        let before = &clauses.get(at.checked_sub(1)?)?.tokens;
        passage.first(before, Class::Saving).filter(|_| goes_on).map(|cue| &cue.tokens)
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

    /// "A replica that was just placed must serve within 4 s": what tells which one is meant, before an obligation.
    fn tells_which(&self, told: &Range<usize>) -> bool {
        let start = self.quantity_start();
        let back = told.start.saturating_sub(2)..told.start;
        let which = self.passage.tokens[back].iter().any(|token| matches!(&*token.lower, "that" | "which" | "who"));
        which
            && told.end < start
            && self
                .passage
                .cues_in(&(told.end..start))
                .any(|cue| cue.class == Class::Must || matches!(self.passage.words(&cue.tokens), "is" | "are"))
            && !self.passage.tokens[told.end..start].iter().any(|token| matches!(token.sign(), Some(',' | ';' | ':')))
    }

    /// "Neither is a target: 96 MB, 70 ms": a clause before the figure that denies the word for a limit.
    fn neither(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.quantity_start();
        self.scope.ranges.iter().filter(|range| range.start < start).find_map(|range| {
            let before = range.start..range.end.min(start);
            let first = passage.tokens.get(before.start)?;
            let denies =
                matches!(&*first.lower, "neither" | "none" | "nothing" | "keine" | "aucun" | "aucune" | "ninguno");
            let firm = [Class::Must, Class::Grant].into_iter().any(|class| passage.first(&before, class).is_some());
            let limit = passage.first(&before, Class::Limit).filter(|_| denies && !firm)?;
            let is = passage.tokens[before.start..limit.tokens.start]
                .iter()
                .any(|token| matches!(&*token.lower, "is" | "are" | "ist" | "sind" | "est" | "es"));
            is.then_some(before.start..limit.tokens.end)
        })
    }

    /// "The deal we made with them is: 60 ms": a past that tells of a noun before it, while another verb speaks of the
    /// figure.
    fn is_relative(&self, past: &Range<usize>) -> bool {
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let Some(pronoun) = past.start.checked_sub(1).filter(|at| matches!(word(*at), "we" | "they" | "i" | "you"))
        else {
            return false;
        };
        let noun = pronoun.checked_sub(1).is_some_and(|at| passage.tokens[at].is_word() && word(at).len() > 3);
        let article = (pronoun.saturating_sub(4)..pronoun).any(|at| matches!(word(at), "the" | "a" | "that" | "what"));
        let next = (past.end..start).find(|at| {
            matches!(word(*at), "is" | "are" | "remains" | "reads" | "says") || passage.tokens[*at].sign() == Some(':')
        });
        noun && article && next.is_some_and(|at| !(past.end..at).any(|at| word(at) == "that"))
    }

    /// "We tried three builds. All of them stay below 20 ms": the sentence before tells what this one points back to.
    fn measured_before(&self) -> Option<Range<usize>> {
        let before = &self.passage.sentences[self.sentence.checked_sub(1)?].tokens;
        if !self.passage.points_back(self.sentence)
            || self.near(Class::Limit).is_some()
            || self.behind(Class::Limit).is_some()
        {
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
