//! Times that people are given to do their part: "a courier has 45 seconds to accept an offer".

use super::super::super::super::cue::Class;
use super::super::super::super::passage::{Passage, stem};
use super::super::super::super::thing;
use super::{ends_with, word_at};
use std::ops::Range;

/// Whether the subject of a clause, whose verb stands right before `start`, is people and no program.
pub(super) fn to_people(passage: &Passage<'_>, clause: &Range<usize>, start: usize) -> bool {
    let first = clause.start;
    let article = matches!(word_at(passage, first), "a" | "an" | "each" | "every" | "the");
    let named = first + usize::from(article);
    // The title may name them.
    if start == named + 2 && ends_with(passage, named, Class::Person) {
        return true;
    }
    // "Bidders get 10 seconds to raise": several of what runs nowhere.
    start == first + 2
        && word_at(passage, first).ends_with('s')
        && !thing::is_listed(word_at(passage, first))
        && !passage.topic.own.contains(stem(word_at(passage, first)))
        && !passage
            .cues_in(&(first..first + 1))
            .any(|cue| matches!(cue.class, Class::Served | Class::Latency | Class::Instances))
}
