//! What the place of a figure makes of it: its label, its heading, the line that leads to it, the sentence behind it.

use super::super::super::super::value::bound;
use super::super::super::LABELLED;
use super::super::super::cue::Class;
use super::super::super::owner;
use super::super::super::passage::stem;
use super::super::super::sentence::Sentence;
use super::super::Case;
use std::ops::Range;

impl Case<'_, '_> {
    /// A label or a heading that makes a limit of what stands under it, unless the sentence itself tells of something else.
    pub(super) fn context_ground(&self, labelled: bool) -> Option<String> {
        let context = self.passage.context;
        if context.unsaid {
            return None;
        }
        // "The school server has 8 GB" under "Requirements": what is there, not what is asked.
        let before = self.quantity_start().checked_sub(1).and_then(|at| self.passage.tokens.get(at));
        let owns = before
            .is_some_and(|token| matches!(&*token.lower, "has" | "have" | "hat" | "haben" | "a" | "tiene" | "tienen"));
        // "Memory – The controller has 128 MB soldered": a sentence of its own behind the label.
        let machine = || {
            let clause = self.scope.ranges.first();
            clause.is_some_and(|clause| self.passage.first(clause, Class::Machine).is_some())
        };
        if self.id == "memory-budget" && (owns || self.comes_with()) && (!labelled || machine()) {
            return None;
        }
        // "**RAM** 512 MB (the machine has 2 GB)": brackets with a verb tell of something else.
        let clauses = &self.passage.sentences[self.sentence].clauses;
        let aside = clauses
            .get(self.passage.clause_of(self.sentence, self.quantity_start()))
            .is_some_and(|clause| clause.aside && self.passage.has_verb(&clause.tokens));
        if labelled && !aside {
            return Some(LABELLED.to_owned());
        }
        // Other headings than those of figures are facts' names, too: "Rewrite".
        if context.topic.is_some_and(|topic| topic == self.id) {
            return Some(format!("stands under \"{}\"", context.heading));
        }
        if self.after_percentile_label() || self.after_span_label() || self.after_named_label() {
            return Some(LABELLED.to_owned());
        }
        if self.id == "expected-traffic" && context.planned {
            return Some("stands under what is planned with".to_owned());
        }
        if let Some(lead) = self.led() {
            return Some(self.say("stands under", &lead));
        }
        let wanted = context.roles.has(Class::Limit) || context.roles.has(Class::Must);
        // "The camera delivers 70 frames a second", under "Requirements": no load of the service.
        let traffic = self.id != "expected-traffic"
            || [Class::Traffic, Class::Expect].into_iter().any(|class| self.near(class).is_some());
        (wanted && traffic).then(|| format!("stands under \"{}\"", context.heading))
    }

    /// "Every tram carries a computer with 2 GB": what a thing is that stands there, where it is no copy of the service.
    fn comes_with(&self) -> bool {
        let Some(with) = self.quantity_start().checked_sub(1) else { return false };
        let is_with = matches!(self.passage.tokens[with].lower.as_ref(), "with" | "mit" | "avec" | "con");
        let Some(thing) = with.checked_sub(1).filter(|_| is_with) else { return false };
        let clause = &self.passage.sentences[self.sentence].tokens;
        self.passage.first(&(thing..with), Class::Instances).is_none()
            && !self.passage.topic.own.contains(stem(&self.passage.tokens[thing].lower))
            && self.passage.has_verb(&(clause.start..with))
    }

    /// "Requirements of the vehicle programme:" on a line of its own, before lines of figures in one paragraph.
    fn led(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let ends = |sentence: &Sentence| {
            let last = sentence.tokens.end.checked_sub(1).and_then(|at| passage.tokens.get(at));
            last.is_some_and(|token| token.sign() == Some(':')) && sentence.tokens.len() > 1
        };
        // "What the foremen want from it is simple. A press shows within 300 ms."
        let what = |at: usize| {
            let tokens = &passage.sentences[at].tokens;
            passage.tokens[tokens.start].is("what")
                && self.sentence - at <= 3
                && !passage.sentences[at].question
                && passage.quantities_of(at).is_empty()
        };
        let at = (self.sentence.saturating_sub(12)..self.sentence)
            .rev()
            .find(|at| ends(&passage.sentences[*at]) || what(*at))?;
        let lead = &passage.sentences[at];
        let firm = [Class::Limit, Class::Must].into_iter().any(|class| lead.classes.has(class));
        let other =
            [Class::Measure, Class::Perhaps, Class::Other, Class::Old, Class::Negated, Class::Later, Class::Example]
                .into_iter()
                .any(|class| lead.classes.has(class));
        let cues = passage.cues_between(lead.tokens.clone());
        let other = other || owner::leads_to_theirs(&passage.tokens[lead.tokens.clone()], cues);
        let own_line = what(at) || passage.tokens.get(lead.tokens.end).is_some_and(|next| next.line_start);
        (firm && !other && own_line).then(|| lead.tokens.clone())
    }

    /// "… Both are limits": the next sentence makes the figure one.
    pub(super) fn pointed_at(&self) -> Option<String> {
        let next = self.sentence + 1;
        self.passage.sentences.get(next)?;
        if let Some(all) = self.sees_all(next) {
            return Some(self.say("load that goes through the service", &all));
        }
        let load =
            matches!(self.id, "expected-traffic").then(|| self.passage.in_sentence(next, Class::Expect)).flatten();
        let kept = self.passage.in_sentence(next, Class::Must).filter(|must| {
            let behind = must.tokens.end..must.tokens.end + 3;
            self.passage.tokens.get(behind).is_some_and(|words| {
                words.iter().any(|word| {
                    matches!(&*word.lower, "meet" | "keep" | "hold" | "respect" | "satisfy" | "honour" | "honor")
                })
            })
        });
        let cue = self.passage.in_sentence(next, Class::Limit).or(load).or(kept)?;
        let figures = self.passage.quantities_of(next);
        let clause = self.passage.clause_of(next, cue.tokens.start);
        let clauses = &self.passage.sentences[next].clauses;
        let start = clauses.get(clause).map_or(cue.tokens.start, |clause| clause.tokens.start.min(cue.tokens.start));
        // "Nothing in this document is a target."
        if self.passage.tokens[start..cue.tokens.start].iter().any(|token| bound::is_negation(&token.lower)) {
            return None;
        }
        let own = figures.iter().any(|at| self.passage.quantities[*at].measure == self.measure());
        ((self.passage.points_back(next) || self.is_made_limit()) && !own)
            .then(|| self.say("is made a limit", &cue.tokens))
    }
}
