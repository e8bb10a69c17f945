//! Whether an amount of data is memory of the service.

mod given;
mod machine;
mod other;
mod part;

use super::super::cue::Class;
use super::super::passage::{Passage, Scope};
use super::{Kind, distance, follows, named};
use machine::unless_machine;

pub(super) fn bytes(
    passage: &Passage<'_>,
    sentence: usize,
    at: usize,
    scope: &Scope,
    hint: Option<&'static str>,
) -> Option<Kind> {
    let quantity = &passage.quantities[at];
    if part::is_whole(passage, at) {
        return None;
    }
    if part::is_part(passage, at) {
        return named("memory-budget");
    }
    if follows(passage, at, Class::Memory, 3) {
        return unless_machine(passage, at, scope, named("memory-budget"));
    }
    if follows(passage, at, Class::OtherBytes, 3) {
        return None;
    }
    let memory = distance(passage, quantity, scope, Class::Memory);
    // Neither a word near it nor what stands above says what it is.
    let unsaid = memory.is_none() && hint.is_none();
    if unsaid && given::is_left(passage, sentence, quantity)
        || memory.is_none() && part::is_share(passage, sentence, quantity)
    {
        return named("memory-budget");
    }
    if other::is_setting(passage, quantity)
        || other::is_beside_limit(passage, sentence, at)
        || part::is_named_part(passage, quantity)
    {
        return None;
    }
    if unsaid && (other::is_extent(passage, scope, quantity) || other::is_aside(passage, quantity)) {
        return None;
    }
    if hint.is_none()
        && (memory.is_none() && given::is_given_to_service(passage, quantity)
            || given::is_set_aside(passage, sentence, quantity))
    {
        return unless_machine(passage, at, scope, named("memory-budget"));
    }
    if unsaid && given::is_of_copy(passage, sentence, quantity) {
        return named("memory-budget");
    }
    if unsaid && other::is_labelled(passage, sentence, quantity) {
        return None;
    }
    let data = distance(passage, quantity, scope, Class::OtherBytes).filter(|_| !given::is_with_data(passage, scope));
    if memory.is_none() && given::is_of_process(passage, sentence, quantity, data) {
        return named("memory-budget");
    }
    if unsaid && other::takes_in(passage, quantity)
        || machine::is_named_behind(passage, quantity)
        || unsaid && machine::is_in_brackets_behind(passage, quantity)
        || memory.is_none() && other::is_in_brackets_behind(passage, quantity)
    {
        return None;
    }
    by_nearest(passage, at, scope, hint, memory, data)
}

/// What the nearest words say, where those right beside a figure say nothing: `memory` and `data` tell how many words
/// away one for memory and one for other data is.
fn by_nearest(
    passage: &Passage<'_>,
    at: usize,
    scope: &Scope,
    hint: Option<&'static str>,
    memory: Option<usize>,
    data: Option<usize>,
) -> Option<Kind> {
    match (memory, data) {
        (Some(memory), Some(data)) if data < memory => None,
        (None, Some(data)) if hint != Some("memory-budget") && data < 15 => None,
        (Some(_), _) => unless_machine(passage, at, scope, named("memory-budget")),
        _ if hint == Some("memory-budget") => named("memory-budget"),
        _ if other::is_of_a_record(passage, &passage.quantities[at]) => None,
        _ => unless_machine(passage, at, scope, Some(Kind { id: "memory-budget", named: false, answers: false })),
    }
}
