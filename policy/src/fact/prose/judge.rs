//! Whether a figure is stated: first whatever speaks against it, nearest and gravest first; then what makes it a limit.

use super::super::value::bound::{self, Side};
use super::Verdict;
use super::cue::Class;
use super::kind::Kind;
use super::passage::Passage;
use std::ops::Range;

const UPPER: &str = "an upper bound";

/// Everything the judgement looks at.
struct Case<'a, 't> {
    passage: &'a Passage<'t>,
    sentence: usize,
    at: usize,
    id: &'static str,
    reach: Vec<Range<usize>>,
    side: Option<Side>,
}

/// The standing of a figure and the reason for it.
pub(crate) fn of(passage: &Passage<'_>, sentence: usize, at: usize, kind: &Kind, labelled: bool) -> Verdict {
    let quantity = &passage.quantities[at];
    let clause = passage.clause_of(sentence, quantity.tokens.start);
    let reach = passage.reach(sentence, clause);
    let side = side(passage, sentence, at);
    let case = Case { passage, sentence, at, id: kind.id, reach, side };
    let positive = case.positive(labelled).filter(|positive| kind.named || !case.only_describes(positive));
    if positive.is_none() && !kind.named {
        return Verdict::silent();
    }
    if quantity.value.is_none() {
        return Verdict::unclear("the number may mean two amounts: write it without a thousands separator".to_owned());
    }
    if let Some(against) = case.against() {
        return Verdict::unclear(against);
    }
    match positive {
        Some(positive) => Verdict::stated(positive),
        None if side == Some(Side::Lower) && kind.id != "expected-traffic" => {
            Verdict::unclear("a bound from below, not a limit".to_owned())
        }
        None => Verdict::unclear("no word makes it a limit".to_owned()),
    }
}

/// The comparator before or behind a figure.
fn side(passage: &Passage<'_>, sentence: usize, at: usize) -> Option<Side> {
    let quantity = &passage.quantities[at];
    if let Some((side, start)) = bound::comparator(&passage.tokens, quantity.tokens.start) {
        // "No worker shall hold more than …", "the process must never, under load, go above …".
        let clause = passage.clause_of(sentence, quantity.tokens.start);
        let from = passage.sentences[sentence].clauses.get(clause).map_or(start, |clause| clause.tokens.start);
        let denied = passage.tokens[from.min(start)..start].iter().any(|token| bound::is_negation(&token.lower));
        return Some(if denied { Side::Upper } else { side });
    }
    let word =
        |offset: usize| passage.tokens.get(quantity.tokens.end + offset).map_or("", |token| token.lower.as_ref());
    match (word(0), word(1)) {
        ("or", "less" | "lower" | "faster" | "fewer" | "under" | "below" | "better" | "quicker" | "sooner")
        | ("at", "most" | "worst")
        | ("and", "no" | "not")
        | ("oder", "weniger" | "schneller")
        | ("ou", "moins")
        | ("o", "menos")
        | ("als", "obergrenze")
        | ("au", "plus" | "maximum")
        | ("como", "máximo" | "mucho")
        | ("tops" | "max" | "maximum" | "maximal" | "höchstens", _) => Some(Side::Upper),
        ("or", "more" | "greater" | "longer") | ("at", "least") | ("oder", "mehr") => Some(Side::Lower),
        _ => None,
    }
}

/// The words that a fact quotes: the clause from its first telling word to the figure and what directly belongs to it.
pub(crate) fn quoted_words(passage: &Passage<'_>, sentence: usize, at: usize) -> Range<usize> {
    let quantity = &passage.quantities[at];
    let clause = passage.clause_of(sentence, quantity.tokens.start);
    let tokens =
        passage.sentences[sentence].clauses.get(clause).map_or(quantity.tokens.clone(), |clause| clause.tokens.clone());
    // Another figure before this one ends what belongs to it.
    let floor = at
        .checked_sub(1)
        .map(|before| passage.quantities[before].tokens.end)
        .filter(|end| {
            *end > tokens.start
                && *end <= quantity.tokens.start
                && !passage
                    .percentiles
                    .iter()
                    .any(|percentile| percentile.tokens.end == *end || percentile.tokens.contains(&(end - 1)))
        })
        .unwrap_or(tokens.start);
    let mut first = floor;
    while first < quantity.tokens.start
        && passage.tokens[first].sign().is_some_and(|sign| !matches!(sign, '<' | '≤' | '(' | '"'))
        || first < quantity.tokens.start
            && matches!(&*passage.tokens[first].lower, "and" | "but" | "so" | "und" | "et" | "y")
    {
        first += 1;
    }
    // Between a label and its value in a further column stand other columns.
    let stroke = (first..quantity.tokens.start).rev().find(|at| passage.tokens[*at].sign() == Some('|'));
    if let Some(at) =
        stroke.filter(|at| *at > 0 && passage.tokens[*at].range.start > passage.tokens[*at - 1].range.end + 1)
    {
        first = at + 1;
    }
    let mut last = quantity.tokens.end;
    if let Some(percentile) = passage.percentiles.iter().find(|percentile| {
        percentile.tokens.start >= last
            && percentile.tokens.start <= last + 3
            && percentile.tokens.end <= passage.sentences[sentence].tokens.end
    }) {
        last = percentile.tokens.end;
    }
    let start = passage.tokens.get(first).map_or(0, |token| token.range.start);
    let end = passage.tokens.get(last - 1).map_or(start, |token| token.range.end);
    start..end.max(start)
}

impl Case<'_, '_> {
    fn quantity_start(&self) -> usize {
        self.passage.quantities[self.at].tokens.start
    }

    fn sentence_tokens(&self) -> &Range<usize> {
        &self.passage.sentences[self.sentence].tokens
    }

    fn say(&self, reads_as: &str, tokens: &Range<usize>) -> String {
        format!("{reads_as}: \"{}\"", self.passage.words(tokens).replace('\n', " "))
    }

    /// The first cue of a class in the clause or in what it continues.
    fn near(&self, class: Class) -> Option<&Range<usize>> {
        self.reach.iter().find_map(|range| self.passage.first(range, class)).map(|cue| &cue.tokens)
    }

    /// The first cue of a class in the clause itself.
    fn own(&self, class: Class) -> Option<&Range<usize>> {
        self.reach.first().and_then(|range| self.passage.first(range, class)).map(|cue| &cue.tokens)
    }

    /// Beyond the figure something is not accepted: the figure is the limit.
    fn forbidden_beyond(&self) -> Option<&Range<usize>> {
        if self.side != Some(Side::Lower) {
            return None;
        }
        self.passage.first(self.sentence_tokens(), Class::NotOk).map(|cue| &cue.tokens)
    }

    fn against(&self) -> Option<String> {
        self.against_sentence()
            .or_else(|| self.against_context())
            .or_else(|| self.against_option())
            .or_else(|| self.against_subject())
            .or_else(|| self.against_clause())
    }

    /// Questions, placeholders, examples, other people's words.
    fn against_sentence(&self) -> Option<String> {
        let passage = self.passage;
        let sentence = &passage.sentences[self.sentence];
        if sentence.question {
            return Some("a question, not a statement".to_owned());
        }
        if passage.is_placeholder(&sentence.tokens) {
            return Some("a placeholder, not a value".to_owned());
        }
        if let Some(cue) = passage.first(&(sentence.tokens.start..self.quantity_start()), Class::Example) {
            return Some(self.say("reads as an example", &cue.tokens));
        }
        if passage.context.quoted {
            return Some("quoted from somebody else".to_owned());
        }
        if passage.in_quotes(self.quantity_start()) {
            return Some("words in quotation marks, not the document's own".to_owned());
        }
        None
    }

    /// Headings, table heads, and the line that leads to a list.
    fn against_context(&self) -> Option<String> {
        let context = self.passage.context;
        let under = |what: &str| Some(format!("{what}: \"{}\"", context.heading.replace('\n', " ")));
        let firm = || [Class::Must, Class::Limit, Class::Decide].into_iter().any(|class| self.near(class).is_some());
        if let Some(cancelled) = &context.cancelled {
            return Some(cancelled.clone());
        }
        let roles = context.roles;
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

    /// Options that were turned down, and statements that the passage takes back.
    fn against_option(&self) -> Option<String> {
        let passage = self.passage;
        let sentence = self.sentence_tokens();
        let chosen = passage.first(sentence, Class::Chosen).is_some();
        if let Some(cue) = passage.first(sentence, Class::Rejected)
            && !chosen
            && self.forbidden_beyond().is_none()
        {
            return Some(self.say("belongs to an option that was not taken", &cue.tokens));
        }
        if let Some(cue) = passage.first(sentence, Class::Cancel) {
            return Some(self.say("is taken back", &cue.tokens));
        }
        for (at, later) in passage.sentences.iter().enumerate().skip(self.sentence + 1).take(6) {
            if let Some(cue) = passage.first(&later.tokens, Class::Cancel)
                && self.is_spoken_of(at)
            {
                return Some(self.say("is taken back", &cue.tokens));
            }
            if let Some(cue) = passage.first(&later.tokens, Class::Rejected)
                && passage.first(&later.tokens, Class::Chosen).is_none()
                && (passage.context.item || later.tokens.len() <= 5 || self.passage.points_back(at))
            {
                return Some(self.say("belongs to an option that was not taken", &cue.tokens));
            }
        }
        let before = self.sentence.checked_sub(1)?;
        let cue = passage.first(&passage.sentences[before].tokens, Class::Rejected)?;
        let dropped = (self.passage.points_back(self.sentence) || passage.context.item) && !chosen;
        dropped.then(|| self.say("belongs to an option that was not taken", &cue.tokens))
    }

    /// "Documents are up to 30 MB" tells a size; without a word for memory or for a limit it is none.
    fn only_describes(&self, positive: &str) -> bool {
        let before = self.quantity_start().checked_sub(1).and_then(|at| self.passage.tokens.get(at));
        let loose = before.is_some_and(|token| matches!(&*token.lower, "to" | "zu" | "à" | "hasta"));
        self.id == "memory-budget" && positive == UPPER && loose
    }

    /// Whether a later sentence speaks of this figure: by pointing back, by naming it, or without figures of its own.
    fn is_spoken_of(&self, sentence: usize) -> bool {
        let own = &self.passage.quantities[self.at];
        let figures = self.passage.quantities_of(sentence);
        if self.passage.label_of(sentence).is_some() && !self.passage.points_back(sentence) {
            return false;
        }
        let same = figures.iter().any(|at| {
            let other = &self.passage.quantities[*at];
            other.measure == own.measure && other.value == own.value
        });
        same || figures.is_empty() || self.passage.points_back(sentence)
    }

    /// Somebody else's figures, and those of what is replaced.
    fn against_subject(&self) -> Option<String> {
        let start = self.quantity_start();
        for range in &self.reach {
            let must = self.passage.first(range, Class::Must).or(self.passage.first(range, Class::Grant));
            for cue in self.passage.cues_in(range) {
                let object = must.is_some_and(|must| must.tokens.start < cue.tokens.start && cue.tokens.start < start);
                match cue.class {
                    Class::Old if !object => return Some(self.say("is about the system before", &cue.tokens)),
                    Class::Other if !object && (cue.tokens.start < start || range.start != self.reach[0].start) => {
                        return Some(self.say("is about another system", &cue.tokens));
                    }
                    _ => {}
                }
            }
        }
        None
    }

    /// Tense and mood of the clause itself.
    fn against_clause(&self) -> Option<String> {
        let rate = self.id == "expected-traffic";
        if let Some(tokens) = self.own(Class::Saving).filter(|_| self.own(Class::Must).is_none()) {
            return Some(self.say("reads as a saving or a comparison", tokens));
        }
        if let Some(tokens) = self.near(Class::Negated) {
            return Some(self.say("is denied", tokens));
        }
        if let Some(tokens) = self.near(Class::Perhaps).filter(|_| !(rate && self.near(Class::Expect).is_some())) {
            return Some(self.say("is imagined, estimated or wished", tokens));
        }
        if let Some(tokens) = self.own(Class::Later) {
            return Some(self.say("is put off", tokens));
        }
        if self.forbidden_beyond().is_some() {
            return None;
        }
        let decided = self.near(Class::Decide).is_some();
        // "It has to reach the phone 30 s after the reading arrived": the past behind an obligation is its condition.
        let obliged = |past: &Range<usize>| {
            past.start > self.quantity_start()
                && self.own(Class::Must).is_some_and(|must| must.start < self.quantity_start())
        };
        if let Some(tokens) = self.near(Class::Past).filter(|past| !decided && !obliged(past)) {
            return Some(self.say("reads as a measurement or as past", tokens));
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
        if let Some(tokens) = self.own(Class::Present).filter(|_| !must && !bounded && !decided && !expected) {
            return Some(self.say("reads as a habit, not as a limit", tokens));
        }
        None
    }

    /// "We tried three builds. All of them stay below 20 ms": the sentence before tells what this one points back to.
    fn measured_before(&self) -> Option<Range<usize>> {
        let before = &self.passage.sentences[self.sentence.checked_sub(1)?].tokens;
        if !self.passage.points_back(self.sentence) || self.near(Class::Limit).is_some() {
            return None;
        }
        let cue = self
            .passage
            .cues_in(before)
            .find(|cue| cue.class == Class::Measure || matches!(self.passage.words(&cue.tokens), "tried" | "tested"))?;
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
        self.reach.first().is_some_and(|range| range.contains(&tokens.start))
    }

    /// What makes the figure a limit (or, for load and instances, a plan).
    fn positive(&self, labelled: bool) -> Option<String> {
        if let Some(tokens) = self.forbidden_beyond() {
            return Some(self.say("what is beyond it is not accepted", tokens));
        }
        let start = self.quantity_start();
        let grounds: &[(Class, &str)] = match self.id {
            "instance-count" => &[(Class::Plan, "a plan")],
            "expected-traffic" | "peak-traffic" => &[
                (Class::Expect, "load that is expected"),
                (Class::Must, "an obligation"),
                (Class::Limit, "a target"),
                (Class::Grant, "what it is made for"),
            ],
            _ => &[(Class::Limit, "a limit"), (Class::Must, "an obligation"), (Class::Grant, "what is granted")],
        };
        if self.id == "instance-count" {
            let before = start.saturating_sub(3)..start;
            let plan = self.passage.first(&before, Class::Plan).map(|cue| self.say("a plan", &cue.tokens));
            return plan.or_else(|| self.from_context(labelled));
        }
        if self.side == Some(Side::Lower) && !matches!(self.id, "expected-traffic" | "peak-traffic") {
            return None;
        }
        for (class, says) in grounds {
            if let Some(tokens) = self.near(*class).or_else(|| self.behind(*class)) {
                return Some(self.say(says, tokens));
            }
        }
        let right_before = start.saturating_sub(4)..start;
        if let Some(cue) = self.passage.first(&right_before, Class::Near) {
            return Some(self.say("what there is to spend", &cue.tokens));
        }
        if self.side == Some(Side::Upper) && !matches!(self.id, "expected-traffic" | "peak-traffic") {
            return Some(UPPER.to_owned());
        }
        self.from_context(labelled).or_else(|| self.pointed_at())
    }

    /// A cue in what is said of the figure right behind it: "45 messages per second, which is what we plan for".
    fn behind(&self, class: Class) -> Option<&Range<usize>> {
        let clauses = &self.passage.sentences[self.sentence].clauses;
        let next = clauses.get(self.passage.clause_of(self.sentence, self.quantity_start()) + 1)?;
        let first = self.passage.tokens.get(next.tokens.start).map_or("", |token| token.lower.as_ref());
        let about = next.aside || matches!(first, "which" | "as" | "that" | "(" | "was" | "ce" | "lo" | "wie");
        let figures = self.passage.quantities.iter().any(|quantity| next.tokens.contains(&quantity.tokens.start));
        let cue = self.passage.first(&next.tokens, class).filter(|_| about && !figures)?;
        Some(&cue.tokens)
    }

    fn from_context(&self, labelled: bool) -> Option<String> {
        let context = self.passage.context;
        if labelled {
            return Some("a labelled value".to_owned());
        }
        if context.topic.is_some() {
            return Some(format!("stands under \"{}\"", context.heading));
        }
        let wanted = context.roles.has(Class::Limit) || context.roles.has(Class::Must);
        wanted.then(|| format!("stands under \"{}\"", context.heading))
    }

    /// "… Both are limits": the next sentence makes the figure one.
    fn pointed_at(&self) -> Option<String> {
        let next = self.sentence + 1;
        let sentence = self.passage.sentences.get(next)?;
        let cue = self.passage.first(&sentence.tokens, Class::Limit)?;
        let figures = self.passage.quantities_of(next);
        (self.passage.points_back(next) && figures.is_empty()).then(|| self.say("is made a limit", &cue.tokens))
    }
}
