//! Figures of somebody else, told apart by what the sentences around them say of whose they are.

use super::super::super::super::value::bound;
use super::super::super::cue::Class;
use super::super::super::passage::stem;
use super::super::super::thing;
use super::super::Case;
use std::ops::Range;

/// Words that say whose something is, where it is somebody else's.
const THEIRS: &[&str] = &["its", "their", "theirs", "his", "hers"];

/// What a document has that others have, too: "those are its numbers", "both are from their handbook".
const OWNED: &[&str] = &[
    "number",
    "figure",
    "limit",
    "target",
    "term",
    "rule",
    "problem",
    "business",
    "concern",
    "affair",
    "handbook",
    "brochure",
    "manual",
    "site",
    "website",
    "documentation",
    "doc",
    "contract",
    "promise",
    "requirement",
    "record",
    "specification",
    "spec",
    "decision",
    "budget",
    "word",
];

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
    /// "It has 60 s. Those are its numbers", "… 10 ms; it is not the subject of this record": the words behind a figure
    /// say that it is somebody else's.
    pub(super) fn disowned(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let sentence = &passage.sentences[self.sentence];
        let end = passage.quantities[self.at].tokens.end;
        let rest = end..sentence.tokens.end;
        if let Some(found) = self.not_the_subject(&rest).or_else(|| self.by_their(&rest)) {
            return Some(found);
        }
        let next = &passage.sentences.get(self.sentence + 1)?;
        if next.question || next.numbered || next.tokens.len() > 16 {
            return None;
        }
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let opens = matches!(
            word(next.tokens.start),
            "these" | "those" | "both" | "that" | "this" | "they" | "all" | "it" | "none" | "neither" | "such"
        );
        if !opens || passage.cues_in(&next.tokens).any(|cue| matches!(cue.class, Class::Must | Class::Grant)) {
            return None;
        }
        self.not_the_subject(&next.tokens)
            .or_else(|| self.owned_words(&next.tokens))
            .or_else(|| self.none_of_ours(&next.tokens))
    }

    /// "Is not the subject of this record", "not the topic here".
    fn not_the_subject(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        range.clone().find_map(|at| {
            let denied = word(at) == "not";
            let noun = (at + 1..(at + 4).min(range.end)).find(|at| {
                matches!(word(*at), "subject" | "topic" | "matter" | "object" | "concern" | "scope" | "gegenstand")
            });
            noun.filter(|_| denied).map(|noun| at..noun + 1)
        })
    }

    /// "… by its brochure", "according to their site": whose word it is.
    fn by_their(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        range.clone().take(6).find_map(|at| {
            let by = matches!(word(at), "by" | "per" | "to" | "says" | "say");
            let theirs = THEIRS.contains(&word(at + 1)) && self.is_papers(word(at + 2));
            (by && theirs).then_some(at..at + 3)
        })
    }

    fn is_papers(&self, word: &str) -> bool {
        matches!(
            stem(word),
            "handbook"
                | "brochure"
                | "manual"
                | "site"
                | "website"
                | "documentation"
                | "doc"
                | "datasheet"
                | "authors"
                | "author"
                | "maker"
                | "manufacturer"
                | "builder"
                | "supplier"
                | "producer"
                | "vendor"
                | "page"
                | "leaflet"
                | "advert"
                | "specification"
                | "owner"
        )
    }

    /// "Those are its numbers", "both facts are from their handbook".
    fn owned_words(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let verb = range
            .clone()
            .take(5)
            .find(|at| matches!(word(*at), "are" | "is" | "come" | "comes" | "remain" | "stay"))?;
        (verb + 1..(verb + 4).min(range.end)).find_map(|at| {
            let bare = matches!(word(at), "theirs" | "hers");
            let owned = THEIRS.contains(&word(at))
                && (at + 1..(at + 4).min(range.end)).any(|at| OWNED.contains(&stem(word(at))));
            (bare || owned).then_some(verb..at + 1)
        })
    }

    /// "None of this is ours to change", "neither is our limit".
    fn none_of_ours(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let denied = matches!(word(range.start), "none" | "neither")
            || (range.start..range.end.min(range.start + 5)).any(|at| bound::is_negation(word(at)));
        let ours = range.clone().take(8).find(|at| matches!(word(*at), "ours" | "our"))?;
        denied.then_some(range.start..ours + 1)
    }

    /// "The search engine we license uses 8 GB", "the feed that we buy": a subject that others make.
    pub(super) fn bought(&self) -> Option<Range<usize>> {
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
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
}
