//! Numbers without a word for instances behind them that still count some: "How many instances? Six.", "one process".

use super::super::super::super::value::quantity::Quantity;
use super::super::super::cue::Class;
use super::super::super::passage::{Passage, stem};
use super::super::super::{label, thing};
use super::super::{Kind, word_at};
use super::COUNTED;
use std::ops::Range;

/// "How many instances? Six.", and "Three nodes, 128 MB each": a figure that opens its sentence.
pub(super) fn of(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> Option<Kind> {
    let tokens = &passage.sentences[sentence].tokens;
    if is_under_its_name(passage, sentence, quantity) || is_one_process(passage, tokens, quantity) {
        return COUNTED;
    }
    let question = passage.sentences[sentence].question;
    let several = quantity.value.is_some_and(|value| value > 1.0);
    let nodes = several
        && matches!(
            word_at(passage, quantity.tokens.end),
            "nodes" | "workers" | "shards" | "servers" | "machines" | "processes" | "knoten"
        );
    let run = says_run(passage, tokens);
    if nodes && is_planned_on(passage, tokens, quantity, run) {
        return COUNTED;
    }
    if !question && (is_planned_server(passage, quantity) || is_named_by_service(passage, sentence, quantity)) {
        return COUNTED;
    }
    if several && !question && (shall_run(passage, quantity) || run && is_pair(passage, quantity)) {
        return COUNTED;
    }
    if quantity.tokens.start > tokens.start + 1 {
        return None;
    }
    let counted = nodes && !passage.has_verb(tokens);
    if counted || is_answer(passage, sentence, quantity) { COUNTED } else { None }
}

/// "Copies. Two, one per data centre."
fn is_under_its_name(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let named = sentence
        .checked_sub(1)
        .and_then(|before| label::alone(passage, before))
        .is_some_and(|id| id == "instance-count");
    named
        && quantity.tokens.start == passage.sentences[sentence].tokens.start
        && passage
            .tokens
            .get(quantity.tokens.end)
            .is_none_or(|next| matches!(next.sign(), Some(',' | '.' | ';' | '(' | ':')))
}

/// "One process."
fn is_one_process(passage: &Passage<'_>, tokens: &Range<usize>, quantity: &Quantity) -> bool {
    tokens.len() <= 4
        && quantity.tokens.start == tokens.start
        && matches!(word_at(passage, quantity.tokens.end), "process" | "processes" | "worker" | "node" | "server")
}

/// Whether a sentence says that something is put to run.
fn says_run(passage: &Passage<'_>, tokens: &Range<usize>) -> bool {
    passage.cues_in(tokens).any(|cue| {
        cue.class == Class::Plan
            && matches!(
                passage.words(&cue.tokens),
                "run" | "runs" | "deploy" | "deployed" | "provision" | "plan" | "planned" | "runs as" | "will run"
            )
    })
}

/// "We provision …, on six nodes.", "so four workers are planned", "runs as exactly two processes": what the words
/// around a number of nodes say of a plan.
fn is_planned_on(passage: &Passage<'_>, tokens: &Range<usize>, quantity: &Quantity, run: bool) -> bool {
    let before = word_at(passage, quantity.tokens.start.wrapping_sub(1));
    let end = quantity.tokens.end + 1;
    let behind = || {
        passage.cues_in(&(end..(end + 2).min(tokens.end))).any(|cue| cue.class == Class::Plan && cue.tokens.len() > 1)
    };
    run && matches!(before, "on" | "across" | "over" | "as" | "auf" | "sur" | "exactly") || behind()
}

/// "Three gate processes shall run".
fn shall_run(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let noun = (quantity.tokens.end..quantity.tokens.end + 3).find(|at| {
        matches!(word_at(passage, *at), "nodes" | "workers" | "servers" | "processes" | "daemons" | "shards")
    });
    noun.is_some_and(|noun| {
        passage.first(&(noun + 1..noun + 2), Class::Must).is_some()
            && matches!(word_at(passage, noun + 2), "run" | "be")
    })
}

/// "We run it as a pair".
fn is_pair(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    word_at(passage, quantity.tokens.end.wrapping_sub(1)) == "pair"
        && word_at(passage, quantity.tokens.start.wrapping_sub(1)) == "as"
        && passage.tokens.get(quantity.tokens.end).is_none_or(|next| next.sign().is_some())
}

/// "We plan one sync server".
fn is_planned_server(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let verb = word_at(passage, quantity.tokens.start.wrapping_sub(1));
    let subject = word_at(passage, quantity.tokens.start.wrapping_sub(2));
    matches!(
        (subject, verb),
        ("we", "plan" | "host" | "run" | "deploy" | "operate" | "start") | ("will", "run" | "deploy")
    ) && (quantity.tokens.end..quantity.tokens.end + 3).any(|at| {
        matches!(
            word_at(passage, at),
            "server" | "process" | "node" | "worker" | "daemon" | "servers" | "processes" | "nodes"
        )
    })
}

/// "Renderers: six.", under a title about a renderer.
fn is_named_by_service(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let label = passage.label_of(sentence).filter(|label| label.len() == 1 && label.end + 1 == quantity.tokens.start);
    let own = label.is_some_and(|label| {
        let name = word_at(passage, label.start);
        let one = stem(name);
        one.len() < name.len() && passage.topic.own.contains(one) && thing::is_word_for_service(one)
    });
    own && (quantity.tokens.end >= passage.sentences[sentence].tokens.end
        || passage
            .tokens
            .get(quantity.tokens.end)
            .is_none_or(|next| matches!(next.sign(), Some('.' | ',' | ';' | '('))))
}

/// "How many instances? Six.": the sentence before asks for their number, and nothing else stands behind it.
fn is_answer(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let tokens = &passage.sentences[sentence].tokens;
    sentence.checked_sub(1).map(|before| &passage.sentences[before]).is_some_and(|before| {
        before.question
            && passage.tokens[before.tokens.clone()]
                .iter()
                .any(|token| token.is("many") || token.is("viele") || token.is("combien"))
            && (passage.first(&before.tokens, Class::Instances).is_some()
                || before.tokens.len() <= 3
                || before.tokens.clone().any(|at| word_at(passage, at) == "many" && thing::is_service(passage, at + 1)))
            && (quantity.tokens.end + 1 >= tokens.end
                || passage
                    .tokens
                    .get(quantity.tokens.end)
                    .is_some_and(|next| matches!(next.sign(), Some(',' | ';' | '.' | '('))))
    })
}
