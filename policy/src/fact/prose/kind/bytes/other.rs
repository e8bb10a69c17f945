//! Amounts of data that are no memory of the service: how large a thing is, what passes through, what a setting holds.

use super::super::super::super::value::bound;
use super::super::super::super::value::quantity::{Measure, Quantity};
use super::super::super::cue::Class;
use super::super::super::passage::{Passage, Scope};
use super::super::super::thing;
use super::super::word_at;

/// "Transfers may be as large as 64 MiB", "ein Bescheid ist maximal 2 MB groß": how large a thing is, unless it is the
/// service that is spoken of.
pub(super) fn is_extent(passage: &Passage<'_>, scope: &Scope, quantity: &Quantity) -> bool {
    const LARGE: &[&str] =
        &["large", "big", "long", "heavy", "groß", "lang", "schwer", "gros", "grosse", "lourd", "grande", "pesado"];
    let (start, end) = (quantity.tokens.start, quantity.tokens.end);
    let before =
        word_at(passage, start.wrapping_sub(1)) == "as" && LARGE.contains(&word_at(passage, start.wrapping_sub(2)));
    let behind = LARGE.contains(&word_at(passage, end))
        || matches!(
            (word_at(passage, end), word_at(passage, end + 1)),
            ("in", "size" | "length" | "weight") | ("on", "disk" | "wire")
        );
    let Some(clause) = scope.ranges.first() else { return false };
    // "A voucher weighs no more than 3 MB", "the average basket comes to 2 MB at most".
    let verb = bound::comparator(&passage.tokens, start).map_or(start, |(_, start)| start).wrapping_sub(1);
    let verb = if matches!(word_at(passage, verb), "no" | "not") { verb.wrapping_sub(1) } else { verb };
    let to = usize::from(word_at(passage, verb) == "to");
    let a_thing = matches!(word_at(passage, clause.start), "a" | "an" | "each" | "every" | "most")
        || word_at(passage, clause.start + 1) == "average";
    let weighed = matches!(word_at(passage, verb), "weigh" | "weighs")
        || a_thing && to > 0 && matches!(word_at(passage, verb.wrapping_sub(1)), "comes" | "come" | "runs" | "amounts");
    (before || behind || weighed)
        && !(clause.start..start).any(|at| {
            thing::is_listed(word_at(passage, at))
                && !matches!(word_at(passage, at), "it" | "they" | "er" | "sie" | "es" | "il" | "elle")
                || passage.first(&(at..at + 1), Class::Instances).is_some()
        })
}

/// "Uploading a replay (up to 40 MB)" tells the size of what stands before the bracket.
pub(super) fn is_aside(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let before = |back: usize| word_at(passage, quantity.tokens.start.wrapping_sub(back));
    matches!((before(3), before(2), before(1)), ("(", "up", "to") | ("(", "bis", "zu"))
}

/// "Bundle: 9 MB zipped, allowed are 50 MB": the label says what all of its figures are.
pub(super) fn is_labelled(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    passage.label_of(sentence).is_some_and(|label| {
        label.end < quantity.tokens.start
            && label.len() <= 3
            && passage.first(&label, Class::OtherBytes).is_some_and(|cue| cue.tokens.end == label.end)
    })
}

/// "The endpoint must accept 25 MB": what passes through, and not what is kept in memory.
pub(super) fn takes_in(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let start =
        bound::comparator(&passage.tokens, quantity.tokens.start).map_or(quantity.tokens.start, |(_, start)| start);
    let verb = matches!(
        word_at(passage, start.wrapping_sub(1)),
        "accept" | "receive" | "return" | "send" | "upload" | "download" | "transfer" | "store" | "import" | "export"
    );
    let obliged = (2..5)
        .any(|back| matches!(word_at(passage, start.wrapping_sub(back)), "must" | "to" | "can" | "shall" | "should"));
    verb && obliged
}

/// "A replay (40 MB)": the size of what stands before the bracket.
pub(super) fn is_in_brackets_behind(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    word_at(passage, start.wrapping_sub(1)) == "("
        && passage.cues_between(start.saturating_sub(3)..start).iter().any(|cue| cue.class == Class::OtherBytes)
}

/// Sizes of messages and records, as a rule, and of what is stored.
pub(super) fn is_of_a_record(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    quantity.value.is_some_and(|value| !(65_536.0..1e12).contains(&value)) || passage.in_code(quantity)
}

/// `work_mem 64 MB`: a setting by its name in a file.
pub(super) fn is_setting(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let Some(name) = quantity.tokens.start.checked_sub(1).and_then(|at| passage.tokens.get(at)) else { return false };
    // "GOMEMLIMIT at 70MiB", "-Xmx of 400 MB": what a runtime is told.
    const RUNTIMES: &[&str] = &["gomemlimit", "xmx", "xms", "maxrampercentage", "oldspace", "gogc"];
    let before = &passage.tokens[quantity.tokens.start.saturating_sub(3)..quantity.tokens.start];
    if before.iter().any(|token| RUNTIMES.contains(&&*token.lower)) {
        return true;
    }
    let joint = name.range.start.checked_sub(1).and_then(|at| passage.text.plain.as_bytes().get(at));
    name.joined && joint == Some(&b'_')
}

/// "We set its ceiling to 80 MB (GOMEMLIMIT at 70MiB)": a variable by its name, behind the limit that it serves.
pub(super) fn is_beside_limit(passage: &Passage<'_>, sentence: usize, at: usize) -> bool {
    let start = passage.quantities[at].tokens.start;
    let before = passage
        .quantities_of(sentence)
        .iter()
        .any(|other| *other < at && passage.quantities[*other].measure == Measure::Bytes);
    before
        && (start.saturating_sub(3)..start).any(|at| {
            let name = passage.tokens[at].text;
            name.len() >= 6 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
        })
}
