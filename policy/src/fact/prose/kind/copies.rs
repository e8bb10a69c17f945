//! Counts of instances by the noun that the words before have named.

use super::super::super::value::quantity::Quantity;
use super::super::cue::Class;
use super::super::passage::{Passage, stem};
use super::super::thing;
use super::word_at;

/// "Gateway instances: 4", "copies of the sorter: 3": a label of copies with the service's own noun.
pub(super) fn labelled_copies(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    let Some(label) = passage.label_of(sentence).filter(|label| label.len() <= 5 && label.end + 1 == start) else {
        return false;
    };
    let copies = |at: &usize| {
        passage.first(&(*at..*at + 1), Class::Instances).is_some()
            || matches!(word_at(passage, *at), "nodes" | "workers" | "processes" | "servers")
    };
    let Some(noun) = label.clone().find(copies) else { return false };
    let mut words = label.clone().filter(|at| {
        *at != noun && !matches!(word_at(passage, *at), "of" | "the" | "our" | "planned" | "running" | "for")
    });
    let named = |at: usize| passage.topic.own.contains(stem(word_at(passage, at)));
    let own = label.clone().any(|at| at != noun && named(at))
        && words.all(|at| named(at) || passage.tokens[at].joined || thing::is_listed(word_at(passage, at)));
    let ends = passage.tokens.get(quantity.tokens.end).is_none_or(|next| next.sign().is_some() || next.line_start);
    own && ends && !passage.sentences[sentence].question
}

/// "Slice worker. Twelve of them, one per rack.": of what the words before have named.
pub(super) fn of_them(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.tokens.start, quantity.tokens.end);
    let own = &passage.sentences[sentence];
    let them = word_at(passage, end) == "of" && matches!(word_at(passage, end + 1), "them" | "these" | "those");
    // "There will be six of them", "we plan six of them".
    let before = own.tokens.start..start;
    let opens = before.len() <= 1
        || before.len() <= 4
            && passage.cues_in(&before).any(|cue| cue.class == Class::Plan && cue.tokens.end + 1 >= start);
    if !them || !opens || own.question || quantity.value.is_none_or(|value| value < 2.0) {
        return false;
    }
    let each = (end + 2..(end + 6).min(own.tokens.end)).any(|at| {
        matches!(word_at(passage, at), "one" | "two" | "each")
            && matches!(word_at(passage, at + 1), "per" | "for" | "on" | "at" | "in" | "to")
    });
    let runs = matches!(
        (word_at(passage, end + 2), word_at(passage, end + 3)),
        ("will" | "shall" | "are", "run" | "be" | "planned" | "deployed" | "foreseen") | ("run", _)
    );
    let named = sentence.checked_sub(1).map(|before| &passage.sentences[before]).is_some_and(|before| {
        before.tokens.len() <= 6
            && !passage.has_verb(&before.tokens)
            && before.tokens.clone().any(|at| thing::is_service(passage, at))
    });
    named && (each || runs)
}

/// "We put two copies of it up", "we'll stand up four replicas", "two of it go up, one in each hall": what is put where
/// it runs, in words of everyday.
pub(super) fn set_up(passage: &Passage<'_>, sentence: usize, quantity: &Quantity, noun: Option<usize>) -> bool {
    let (start, end) = (quantity.tokens.start, quantity.tokens.end);
    let own = &passage.sentences[sentence];
    let word = |at: usize| word_at(passage, at);
    if own.question || quantity.value.is_none_or(|value| value > 500.0) {
        return false;
    }
    // "Of it", "of the router": whose copies they are; "copies" alone may be of anything.
    let behind = noun.map_or(end, |noun| noun + 1);
    let of = word(behind) == "of";
    let article = usize::from(matches!(word(behind + 1), "the" | "our" | "this"));
    let whose = behind + 1 + article;
    let of_it = of
        && (matches!(word(whose), "it" | "them")
            || (whose..whose + 2).any(|at| passage.topic.own.contains(stem(word(at))) || thing::is_listed(word(at))));
    let machine = noun.is_some_and(|noun| !matches!(word(noun), "copies" | "copy" | "container" | "containers"));
    if of && !of_it || !of && !machine {
        return false;
    }
    let told =
        [Class::Measure, Class::Old, Class::Other, Class::Perhaps, Class::Rejected, Class::Negated, Class::Later]
            .into_iter()
            .any(|class| own.classes.has(class));
    let up = |at: usize| matches!(word(at), "up" | "out" | "online" | "live");
    // "Put … up", and "set up …".
    let lifts = |at: usize| {
        matches!(
            word(at),
            "put"
                | "set"
                | "stand"
                | "spin"
                | "bring"
                | "fire"
                | "roll"
                | "start"
                | "keep"
                | "light"
                | "hang"
                | "standing"
        )
    };
    let after = if of { whose + 1 } else { behind };
    let parted = start.checked_sub(1).is_some_and(lifts) && (after..after + 2).any(up);
    let joined = start >= 2 && up(start - 1) && lifts(start - 2);
    let we = || {
        (own.tokens.start.max(start.saturating_sub(12))..start)
            .any(|at| matches!(word(at), "we" | "we'll" | "let's" | "to" | "will" | "ops"))
    };
    let goes = matches!(word(after), "go" | "come" | "are")
        && matches!(word(after + 1), "up" | "live" | "out")
        && start <= own.tokens.start + 1;
    !told && ((parted || joined) && we() || goes && of_it)
}
