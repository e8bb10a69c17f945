//! Figures of somebody else, told apart by what the sentences around them say of whose they are.

use super::super::super::super::value::bound;
use super::super::super::cue::Class;
use super::super::super::passage::stem;
use super::super::super::thing;
use super::super::Case;
use std::ops::Range;

/// What we do with what belongs to others.
const BUYS: &[&str] = &[
    "license",
    "licence",
    "buy",
    "rent",
    "lease",
    "hire",
    "purchase",
    "bought",
    "rented",
    "licensed",
    "query",
    "subscribe",
    "resell",
    "consume",
    "call",
];

impl Case<'_, '_> {
    /// "The search engine we license uses 8 GB", "the feed that we buy": a subject that others make.
    pub(super) fn bought(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let label = passage.label_of(self.sentence).filter(|label| label.end < start);
        // "Facts about the engine we rent: each tenant may use 300 MB".
        let rented = label.and_then(|label| {
            let we = (label.start + 2..label.end).find(|at| word(*at) == "we")?;
            let the = (label.start..we).any(|at| matches!(word(at), "the" | "a" | "an"));
            let ends = (we + 1..label.end).len() <= 2;
            (the && ends && BUYS.contains(&word(we + 1)) && passage.tokens[we - 1].is_word()).then_some(we..we + 2)
        });
        if rented.is_some() {
            return rented;
        }
        self.scope.ranges.iter().filter(|range| range.start < start).find_map(|range| {
            let we = (range.start + 1..(range.start + 8).min(range.end)).find(|at| word(*at) == "we")?;
            let noun = word(we - 1) == "that" || word(we - 1) == "which" || passage.tokens[we - 1].is_word();
            let subject = matches!(word(range.start), "the" | "a" | "an" | "every" | "each") && we >= range.start + 2;
            let buys = BUYS.contains(&word(we + 1)) || word(we + 1) == "depend";
            (noun && subject && buys).then_some(we..we + 2)
        })
    }

    /// "Our colleagues in Vienna use Java and give it a heap of 2 GB", "ESO's installation runs three replicas": what
    /// others run, whatever is said of it.
    pub(super) fn run_by_others(&self) -> Option<Range<usize>> {
        const RUN: &[&str] =
            &["use", "uses", "run", "runs", "operate", "operates", "own", "owns", "built", "maintain", "maintains"];
        const PEOPLE: &[&str] = &[
            "colleague",
            "institute",
            "hospital",
            "university",
            "agency",
            "ministry",
            "office",
            "company",
            "firm",
            "team",
            "friend",
            "peer",
            "group",
            "department",
            "branch",
            "sister",
            "neighbour",
            "neighbor",
            "institution",
            "city",
            "district",
            "plant",
        ];
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        self.scope.ranges.iter().filter(|range| range.start < start).find_map(|range| {
            let people =
                (range.start..(range.start + 7).min(range.end)).find(|at| PEOPLE.contains(&stem(word(*at))))?;
            // "In Vienna", "of the ministry": whose people they are.
            let placed = matches!(word(people + 1), "in" | "at" | "of" | "from");
            let verb = (people + 1..(people + 7).min(start)).find(|at| RUN.contains(&word(*at)))?;
            let ours = (verb..start).any(|at| {
                let own = passage.topic.own.contains(stem(word(at))) && !matches!(word(at - 1), "a" | "an" | "another");
                matches!(word(at), "our" | "us" | "this") || own
            });
            (placed && !ours).then_some(people..verb + 1)
        })
    }

    /// "A channel which does not acknowledge within 30 s is tried again": what somebody else has to do, is no limit of ours.
    pub(super) fn asked_of_others(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.quantity_start();
        let clause = self.scope.ranges.first()?;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let which = (clause.start..start).rev().take(10).find(|at| matches!(word(*at), "which" | "that" | "who"))?;
        let does = matches!(word(which + 1), "does" | "do" | "doesn't" | "don't" | "fails" | "fail" | "has" | "have");
        let denied =
            word(which + 1).ends_with("n't") || matches!(word(which + 2), "not" | "to") || word(which + 2) == "never";
        let active = does && denied && !matches!(word(which + 3), "been" | "be");
        let noun =
            which.checked_sub(1).filter(|at| passage.tokens[*at].is_word() && passage.tokens[*at].sign().is_none())?;
        let ours = thing::is_general(passage, noun)
            && passage.cues_between(noun..noun + 1).iter().all(|cue| cue.class != Class::Outsider);
        let served = passage
            .cues_between(noun..noun + 1)
            .iter()
            .any(|cue| matches!(cue.class, Class::Served | Class::Latency | Class::Instances));
        let moves = matches!(
            word(which + 3),
            "arrive" | "appear" | "come" | "complete" | "finish" | "reach" | "return" | "load"
        );
        (active && !ours && !served && !moves).then_some(noun..which + 3)
    }

    /// "The vendor grants us 48 MiB. That's our ceiling": the next sentences take a figure over, whoever named it.
    pub(in super::super) fn is_adopted(&self) -> bool {
        let passage = self.passage;
        let next = self.sentence + 1;
        let Some(sentence) = passage.sentences.get(next) else { return false };
        let own = passage.quantities_of(next).iter().any(|at| passage.quantities[*at].measure == self.measure());
        let words = &passage.tokens[sentence.tokens.clone()];
        let ours = words.windows(2).any(|pair| {
            matches!(&*pair[0].lower, "our" | "unser" | "unsere" | "notre" | "nuestro" | "nuestra")
                && passage.cues.iter().any(|cue| {
                    cue.class == Class::Limit
                        && passage
                            .tokens
                            .get(cue.tokens.start)
                            .is_some_and(|token| token.range.start == pair[1].range.start)
                })
        });
        let denied = words.iter().any(|token| bound::is_negation(&token.lower));
        // "The handbook caps every service at 256 MB. Ours is no exception."
        let included = words.len() <= 8
            && words.iter().any(|token| matches!(&*token.lower, "ours" | "we" | "us"))
            && words.windows(2).any(|pair| {
                pair[0].is("no") && pair[1].is("exception")
                    || pair[0].is("so") && (pair[1].is("is") || pair[1].is("are"))
            });
        // "That is the rule for our plugin, too."
        let too = words.iter().any(|token| matches!(&*token.lower, "too" | "also" | "auch" | "aussi" | "también"))
            && words
                .iter()
                .any(|token| matches!(&*token.lower, "our" | "ours" | "us" | "unser" | "unsere" | "uns" | "nôtre"))
            && words.len() <= 12;
        if too && !denied && !own && passage.points_back(next) {
            return true;
        }
        if included {
            return true;
        }
        ours && !own && !denied && !sentence.question && passage.points_back(next)
    }
}
