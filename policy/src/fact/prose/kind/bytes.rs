//! Whether an amount of data is memory of the service.

use super::super::super::value::bound;
use super::super::super::value::quantity::{Measure, Quantity};
use super::super::cue::Class;
use super::super::passage::{Passage, Scope, stem};
use super::super::thing;
use super::left::{no_more_than_that, pushes_service, rest_for_service};
use super::{Kind, distance, follows, named, word_at};

/// "Up to 10 GB of its 16 GB": the whole of which the figure before it is a part.
fn is_whole(passage: &Passage<'_>, at: usize) -> bool {
    let start = passage.quantities[at].tokens.start;
    let part = at.checked_sub(1).map(|part| &passage.quantities[part]).filter(|part| part.measure == Measure::Bytes);
    part.is_some_and(|part| {
        part.tokens.end + 2 == start
            && word_at(passage, part.tokens.end) == "of"
            && matches!(word_at(passage, part.tokens.end + 1), "its" | "the" | "their" | "those" | "our")
    })
}

pub(super) fn bytes(
    passage: &Passage<'_>,
    sentence: usize,
    at: usize,
    scope: &Scope,
    hint: Option<&'static str>,
) -> Option<Kind> {
    let quantity = &passage.quantities[at];
    if is_whole(passage, at) {
        return None;
    }
    if is_part(passage, at) {
        return named("memory-budget");
    }
    if follows(passage, at, Class::Memory, 3) {
        return machine(passage, at, scope, named("memory-budget"));
    }
    if follows(passage, at, Class::OtherBytes, 3) {
        return None;
    }
    let memory = distance(passage, quantity, scope, Class::Memory);
    let ours = || {
        no_more_than_that(passage, sentence, quantity).is_some()
            || rest_for_service(passage, sentence, quantity).is_some()
            || pushes_service(passage, quantity)
    };
    if memory.is_none() && hint.is_none() && ours() {
        return named("memory-budget");
    }
    if memory.is_none() && is_share(passage, sentence, quantity) {
        return named("memory-budget");
    }
    // "Uploading a replay (up to 40 MB)" tells the size of what stands before the bracket.
    let start = quantity.tokens.start;
    if is_setting(passage, quantity) || is_beside_limit(passage, sentence, at) || is_named_part(passage, quantity) {
        return None;
    }
    if memory.is_none() && hint.is_none() && is_extent(passage, scope, quantity) {
        return None;
    }
    let aside = matches!(
        (
            word_at(passage, start.wrapping_sub(3)),
            word_at(passage, start.wrapping_sub(2)),
            word_at(passage, start.wrapping_sub(1))
        ),
        ("(", "up", "to") | ("(", "bis", "zu")
    );
    if aside && memory.is_none() && hint.is_none() {
        return None;
    }
    if hint.is_none()
        && (memory.is_none() && is_given_to_service(passage, quantity) || is_set_aside(passage, sentence, quantity))
    {
        return machine(passage, at, scope, named("memory-budget"));
    }
    // "Either instance: 512 MB".
    let of_copy = passage.label_of(sentence).is_some_and(|label| {
        label.len() <= 4
            && start <= label.end + 3
            && passage.first(&(label.end - 1..label.end), Class::Instances).is_some()
            && label.clone().all(|at| !passage.is_placeholder(&(at..at + 1)))
    });
    if memory.is_none() && hint.is_none() && of_copy {
        return named("memory-budget");
    }
    // "Bundle: 9 MB zipped, allowed are 50 MB": the label says what all of its figures are.
    let labelled_other = memory.is_none()
        && hint.is_none()
        && passage.label_of(sentence).is_some_and(|label| {
            label.end < start
                && label.len() <= 3
                && passage.first(&label, Class::OtherBytes).is_some_and(|cue| cue.tokens.end == label.end)
        });
    if labelled_other {
        return None;
    }
    let other = distance(passage, quantity, scope, Class::OtherBytes).filter(|_| !is_with_data(passage, scope));
    // "Share the box with the cache: 90 MB per process".
    let each = matches!(word_at(passage, quantity.tokens.end), "per" | "pro" | "je" | "par" | "por")
        && passage.first(&(quantity.tokens.end + 1..quantity.tokens.end + 2), Class::OtherBytes).is_none()
        && (passage.first(&(quantity.tokens.end + 1..quantity.tokens.end + 2), Class::Instances).is_some()
            || matches!(
                word_at(passage, quantity.tokens.end + 1),
                "process" | "worker" | "node" | "replica" | "prozess"
            ));
    // "With the cache": who else is there, and not what is counted.
    let beside = || {
        let label = passage.label_of(sentence)?;
        let cue = passage.first(&label, Class::OtherBytes)?.tokens.start;
        let with = (label.start..cue)
            .rev()
            .take(2)
            .find(|at| matches!(word_at(passage, *at), "with" | "beside" | "besides" | "to" | "like"));
        with.map(|_| ())
    };
    if each
        && memory.is_none()
        && (other.is_some_and(|other| other >= 3) || beside().is_some())
        && passage.label_of(sentence).is_some_and(|label| label.end < start)
    {
        return named("memory-budget");
    }
    let in_bracket = word_at(passage, start.wrapping_sub(1)) == "(";
    if memory.is_none() && hint.is_none() && takes_in(passage, quantity) {
        return None;
    }
    // "Memory: 12 GB machine".
    if matches!(
        word_at(passage, quantity.tokens.end),
        "machine"
            | "machines"
            | "box"
            | "host"
            | "node"
            | "nodes"
            | "server"
            | "vm"
            | "laptop"
            | "board"
            | "rechner"
            | "maschine"
    ) {
        return None;
    }
    // "One machine (64 GB)": what the machine has.
    let machine_before = matches!(
        word_at(passage, start.wrapping_sub(2)),
        "machine"
            | "machines"
            | "host"
            | "hosts"
            | "node"
            | "nodes"
            | "server"
            | "servers"
            | "board"
            | "laptop"
            | "vm"
            | "box"
            | "rechner"
            | "maschine"
            | "serveur"
            | "máquina"
    );
    if in_bracket && machine_before && memory.is_none() && hint.is_none() {
        return None;
    }
    if in_bracket
        && memory.is_none()
        && passage.cues_between(start.saturating_sub(3)..start).iter().any(|cue| cue.class == Class::OtherBytes)
    {
        return None;
    }
    match (memory, other) {
        (Some(memory), Some(other)) if other < memory => None,
        (None, Some(other)) if hint != Some("memory-budget") && other < 15 => None,
        (Some(_), _) => machine(passage, at, scope, named("memory-budget")),
        _ if hint == Some("memory-budget") => named("memory-budget"),
        // Sizes of messages and records, as a rule, and of what is stored.
        _ if quantity.value.is_some_and(|value| !(65_536.0..1e12).contains(&value)) || passage.in_code(quantity) => {
            None
        }
        _ => machine(passage, at, scope, Some(Kind { id: "memory-budget", named: false, answers: false })),
    }
}

/// "Transfers may be as large as 64 MiB", "ein Bescheid ist maximal 2 MB groß": how large a thing is, unless it is the
/// service that is spoken of.
fn is_extent(passage: &Passage<'_>, scope: &Scope, quantity: &Quantity) -> bool {
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

/// "The scheduler and its cache stay within 700 MB": the service, with the data that it holds.
fn is_with_data(passage: &Passage<'_>, scope: &Scope) -> bool {
    let Some(clause) = scope.ranges.first() else { return false };
    let data = |at: usize| passage.first(&(at..at + 1), Class::OtherBytes).is_some();
    (clause.start + 2..clause.end).any(|at| {
        data(at)
            && matches!(word_at(passage, at - 1), "its" | "their" | "seinem" | "ihrem" | "son" | "su")
            && matches!(word_at(passage, at - 2), "and" | "plus" | "with" | "including" | "und" | "mit" | "et" | "y")
            && (clause.start..at - 2).any(|at| thing::is_service(passage, at))
    })
}

/// "There's 600 MB of memory left. The index may use 450 MB of that": a share of the memory that was spoken of before.
fn is_share(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let end = quantity.tokens.end;
    let points = |at: usize| {
        matches!(
            (word_at(passage, at), word_at(passage, at + 1)),
            ("of", "it" | "that" | "this" | "which" | "those" | "them") | ("davon", _)
        )
    };
    if !points(end) && !points(end.wrapping_sub(2)) {
        return false;
    }
    (sentence.saturating_sub(2)..=sentence).rev().any(|before| {
        let whole = passage.quantities_of(before).iter().map(|at| &passage.quantities[*at]);
        let mut bytes =
            whole.filter(|whole| whole.measure == Measure::Bytes && whole.tokens.start < quantity.tokens.start);
        bytes.next().is_some() && passage.in_sentence(before, Class::OtherBytes).is_none()
    })
}

/// "Buoys with 32 MB, of which we get 10 MB": the part that we get of what was named right before.
fn is_part(passage: &Passage<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let (whole, part) = (&passage.quantities[before], &passage.quantities[at]);
    let between = whole.tokens.end..part.tokens.start;
    if whole.measure != Measure::Bytes || between.len() > 10 || part.value >= whole.value {
        return false;
    }
    let which = between.clone().find(|at| (word_at(passage, *at), word_at(passage, *at + 1)) == ("of", "which"));
    let given = which.is_some_and(|which| {
        passage.cues_in(&(which..part.tokens.start)).any(|cue| matches!(cue.class, Class::Grant | Class::Near))
            // "Of which 60 MB are for the beacon".
            || word_at(passage, part.tokens.end + 1) == "for"
                && (part.tokens.end + 2..part.tokens.end + 5).any(|at| {
                    passage.tokens.get(at).is_some_and(|token| {
                        matches!(&*token.lower, "us") || passage.topic.own.contains(stem(&token.lower))
                    })
                })
    });
    let other = (whole.tokens.start.saturating_sub(4)..part.tokens.end + 3)
        .any(|at| passage.first(&(at..at + 1), Class::OtherBytes).is_some());
    given && !other
}

/// "The endpoint must accept 25 MB": what passes through, and not what is kept in memory.
fn takes_in(passage: &Passage<'_>, quantity: &Quantity) -> bool {
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

/// "We allow each renderer process 300 MB": who is given it, stands right before the figure.
fn is_given_to_service(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    let Some(whom) = start.checked_sub(1) else { return false };
    let service = thing::is_general(passage, whom)
        && !matches!(word_at(passage, whom), "it" | "we" | "they" | "one" | "everything" | "total")
        && passage.first(&(whom..whom + 1), Class::Outsider).is_none()
        && passage.first(&(whom..whom + 1), Class::Machine).is_none();
    let near = start.saturating_sub(5)..whom;
    let gives = passage.cues_in(&near).any(|cue| {
        let words = passage.words(&cue.tokens).to_lowercase();
        let first = words.split([' ', '\n']).next().unwrap_or_default();
        matches!(cue.class, Class::Grant | Class::Near | Class::Decide)
            && ["give", "gave", "allow", "grant", "leave", "left", "allot", "conced", "assign", "promis"]
                .iter()
                .any(|stem| first.starts_with(stem))
    });
    service && gives
}

/// "Reserved 20 MiB for section control", where memory was spoken of right before: for whom it is set aside, is ours.
fn is_set_aside(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.tokens.start, quantity.tokens.end);
    let sets =
        passage.cues_in(&(start.saturating_sub(3)..start)).any(|cue| matches!(cue.class, Class::Grant | Class::Decide));
    let own = matches!(word_at(passage, end), "for" | "to")
        && (end + 1..end + 4)
            .any(|at| passage.tokens.get(at).is_some_and(|token| passage.topic.own.contains(stem(&token.lower))));
    let memory = sentence.checked_sub(1).is_some_and(|before| passage.in_sentence(before, Class::Memory).is_some());
    sets && own && memory
}

/// `work_mem 64 MB`: a setting by its name in a file.
fn is_setting(passage: &Passage<'_>, quantity: &Quantity) -> bool {
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
fn is_beside_limit(passage: &Passage<'_>, sentence: usize, at: usize) -> bool {
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

/// "180 MB including the model (model: 22 MB)": a part with a name of its own.
fn is_named_part(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    let word = |back: usize| start.checked_sub(back).map_or("", |at| word_at(passage, at));
    word(1) == ":" && word(3) == "("
}

/// "… gives 110 MB, and this is the ceiling": what the words behind a figure make of it.
fn made_limit(passage: &Passage<'_>, end: usize) -> bool {
    let comma = usize::from(passage.tokens.get(end).is_some_and(|token| token.sign() == Some(',')));
    let and = usize::from(word_at(passage, end + comma) == "and");
    let at = end + comma + and;
    comma + and > 0
        && matches!(word_at(passage, at), "this" | "that" | "which")
        && matches!(word_at(passage, at + 1), "is" | "becomes" | "shall")
        && passage.first(&(at + 2..at + 6), Class::Limit).is_some()
}

/// "Boards with 512 MB of RAM" says what there is, not what may be used.
fn machine(passage: &Passage<'_>, at: usize, scope: &Scope, kind: Option<Kind>) -> Option<Kind> {
    let quantity = &passage.quantities[at];
    let since = at.checked_sub(1).map_or(0, |before| passage.quantities[before].tokens.end);
    let own = scope.ranges.first().map(|range| range.start.max(since)..quantity.tokens.start)?;
    // "Of the 128 MB on the board, the control loop has 48 MB": another subject behind the comma.
    let comma = own.clone().rev().find(|at| {
        passage.tokens[*at].sign() == Some(',')
            && matches!(word_at(passage, at + 1), "the" | "our" | "each" | "every" | "we")
    });
    let own = comma.map_or(own.start, |comma| comma + 1)..own.end;
    // "4 GB is what the server has in total".
    let behind = quantity.tokens.end..(quantity.tokens.end + 8).min(passage.tokens.len());
    let is_what = matches!(
        (word_at(passage, quantity.tokens.end), word_at(passage, quantity.tokens.end + 1)),
        ("is" | "are", "what" | "all")
    );
    let machine =
        passage.first(&own, Class::Machine).is_some() || is_what && passage.first(&behind, Class::Machine).is_some();
    // "The largest machine we may rent has 16 GB".
    let before = |back: usize| word_at(passage, quantity.tokens.start.wrapping_sub(back));
    let owns = matches!(
        if matches!(before(1), "between" | "from" | "zwischen" | "entre") { before(2) } else { before(1) },
        "has" | "have" | "with" | "offers" | "hat" | "haben" | "mit" | "avec" | "tiene"
    );
    let bound = !owns
        && passage
            .cues_in(&own)
            .any(|cue| matches!(cue.class, Class::Must | Class::Limit | Class::Grant | Class::Near))
        // "The board set 24 MB of memory": people.
        || matches!(word_at(passage, quantity.tokens.start.wrapping_sub(1)), "set" | "fixed" | "chose")
        || bound::comparator(&passage.tokens, quantity.tokens.start).is_some()
        || !owns && (follows(passage, at, Class::Limit, 2) || made_limit(passage, quantity.tokens.end))
        || owns && follows(passage, at, Class::Grant, 2);
    if machine && !bound { None } else { kind }
}
