//! Which fact a figure is about: the words nearest to it decide.

mod time;

pub(super) use time::due_by_then;

use super::super::value::bound;
use super::super::value::quantity::{Measure, Quantity};
use super::cue::{Class, Cue};
use super::passage::{Passage, Scope};
use std::ops::Range;

/// A figure's fact.
pub(crate) struct Kind {
    pub id: &'static str,
    /// Whether words name it, or only the unit suggests it.
    pub named: bool,
    /// Whether it is a number of instances that answers "how many?" or opens its sentence.
    pub answers: bool,
}

const fn named(id: &'static str) -> Option<Kind> {
    Some(Kind { id, named: true, answers: false })
}

/// The fact that a figure is about; `None` for figures of other kinds.
pub(crate) fn of(
    passage: &Passage<'_>,
    scope: &Scope,
    sentence: usize,
    at: usize,
    hint: Option<&'static str>,
) -> Option<Kind> {
    let quantity = &passage.quantities[at];
    let hint = hint.or(passage.context.topic);
    match quantity.measure {
        Measure::Bytes => bytes(passage, sentence, at, scope, hint),
        Measure::Time => time::of(passage, sentence, at, scope, hint),
        Measure::Rate => rate(passage, quantity, scope, hint),
        Measure::Bare => count(passage, sentence, quantity, hint),
        Measure::Percent | Measure::Money(_) | Measure::Other => None,
    }
}

/// How many tokens lie between a figure and the nearest cue of a class; what stands behind another figure is further.
fn distance(passage: &Passage<'_>, quantity: &Quantity, scope: &Scope, class: Class) -> Option<usize> {
    if !scope.all.has(class) {
        return None;
    }
    let far = |cue: &Cue| {
        let between = if cue.tokens.start >= quantity.tokens.end {
            quantity.tokens.end..cue.tokens.start
        } else {
            cue.tokens.end..quantity.tokens.start.max(cue.tokens.end)
        };
        // What stands behind another figure belongs to that one first.
        let other = if passage.has_figure(between.clone()) { 15 } else { 0 };
        // Behind a comma something else is told: "under 3 GB, the graphics memory not counted".
        let behind = cue.tokens.start >= quantity.tokens.end;
        let apart = behind && passage.tokens[between.clone()].iter().any(|token| token.sign() == Some(','));
        between.len() + other + if apart { 15 } else { 0 }
    };
    let near = |range: &Range<usize>, penalty: usize| {
        // The nearest on each side; phrases before it may overlap, so two are looked at.
        let is_class = |cue: &&Cue| cue.class == class;
        let end = quantity.tokens.end;
        let before = passage.cues_between(range.start..range.end.min(end)).iter().rev().filter(is_class).take(2);
        let behind = passage.cues_between(range.start.max(end)..range.end).iter().find(is_class);
        before.chain(behind).map(far).min().map(|distance| distance + penalty)
    };
    scope.ranges.iter().enumerate().filter_map(|(at, range)| near(range, at * 20)).min()
}

/// The word right before a figure and its comparator.
fn word_before<'a>(passage: &'a Passage<'_>, quantity: &Quantity) -> (&'a str, usize) {
    let start =
        bound::comparator(&passage.tokens, quantity.tokens.start).map_or(quantity.tokens.start, |(_, start)| start);
    // "After about five seconds".
    let about = start.checked_sub(1).filter(|at| {
        matches!(
            word_at(passage, *at),
            "about" | "some" | "roughly" | "around" | "circa" | "etwa" | "rund" | "environ" | "unos"
        )
    });
    let before = about.unwrap_or(start).checked_sub(1).and_then(|before| passage.tokens.get(before));
    (before.map_or("", |token| token.lower.as_ref()), start)
}

fn word_at<'a>(passage: &'a Passage<'_>, at: usize) -> &'a str {
    passage.tokens.get(at).map_or("", |token| token.lower.as_ref())
}

/// Whether a cue of the class starts within `words` tokens behind the figure and before the next figure.
fn follows(passage: &Passage<'_>, at: usize, class: Class, words: usize) -> bool {
    let end = passage.quantities[at].tokens.end;
    let next = passage.quantities.get(at + 1).map_or(usize::MAX, |next| next.tokens.start);
    let reach = end..(end + words).min(next).min(passage.tokens.len());
    let broken = (reach.start..reach.end)
        .find(|token| matches!(passage.tokens[*token].sign(), Some(',' | ';' | '.' | ')' | '(')));
    passage.first(&(reach.start..broken.unwrap_or(reach.end)), class).is_some()
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

fn bytes(passage: &Passage<'_>, sentence: usize, at: usize, scope: &Scope, hint: Option<&'static str>) -> Option<Kind> {
    let quantity = &passage.quantities[at];
    if follows(passage, at, Class::Memory, 3) {
        return machine(passage, at, scope, named("memory-budget"));
    }
    if follows(passage, at, Class::OtherBytes, 3) {
        return None;
    }
    let memory = distance(passage, quantity, scope, Class::Memory);
    if memory.is_none() && is_share(passage, sentence, quantity) {
        return named("memory-budget");
    }
    // "Uploading a replay (up to 40 MB)" tells the size of what stands before the bracket.
    let start = quantity.tokens.start;
    if is_setting(passage, quantity) || is_named_part(passage, quantity) {
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
    let other = distance(passage, quantity, scope, Class::OtherBytes);
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
        // Sizes of messages and records, as a rule.
        _ if quantity.value.is_some_and(|value| value < 65_536.0) || passage.in_code(quantity) => None,
        _ => machine(passage, at, scope, Some(Kind { id: "memory-budget", named: false, answers: false })),
    }
}

/// `work_mem 64 MB`: a setting by its name in a file.
fn is_setting(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let Some(name) = quantity.tokens.start.checked_sub(1).and_then(|at| passage.tokens.get(at)) else { return false };
    let joint = name.range.start.checked_sub(1).and_then(|at| passage.text.plain.as_bytes().get(at));
    name.joined && joint == Some(&b'_')
}

/// "180 MB including the model (model: 22 MB)": a part with a name of its own.
fn is_named_part(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    let start = quantity.tokens.start;
    let word = |back: usize| start.checked_sub(back).map_or("", |at| word_at(passage, at));
    word(1) == ":" && word(3) == "("
}

/// "Boards with 512 MB of RAM" says what there is, not what may be used.
fn machine(passage: &Passage<'_>, at: usize, scope: &Scope, kind: Option<Kind>) -> Option<Kind> {
    let quantity = &passage.quantities[at];
    let since = at.checked_sub(1).map_or(0, |before| passage.quantities[before].tokens.end);
    let own = scope.ranges.first().map(|range| range.start.max(since)..quantity.tokens.start)?;
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
        || bound::comparator(&passage.tokens, quantity.tokens.start).is_some()
        || !owns && follows(passage, at, Class::Limit, 2)
        || owns && follows(passage, at, Class::Grant, 2);
    if machine && !bound { None } else { kind }
}

fn rate(passage: &Passage<'_>, quantity: &Quantity, scope: &Scope, hint: Option<&'static str>) -> Option<Kind> {
    // "Traffic: on sale days 2,000 a second, on all other days 15".
    let near = quantity.tokens.start.saturating_sub(5)..quantity.tokens.end + 4;
    let since = passage.quantities.partition_point(|other| other.tokens.end <= quantity.tokens.start).checked_sub(1);
    let since = since.map_or(0, |at| passage.quantities[at].tokens.end);
    if passage.first(&(near.start.max(since)..near.end), Class::Peak).is_some() && hint == Some("expected-traffic") {
        return named("peak-traffic");
    }
    if let Some(id @ ("expected-traffic" | "peak-traffic")) = hint {
        return named(id);
    }
    if let Some(other) = distance(passage, quantity, scope, Class::OtherRate)
        && distance(passage, quantity, scope, Class::Expect).is_none_or(|expect| other < expect)
    {
        return None;
    }
    if let Some(peak) = distance(passage, quantity, scope, Class::Peak)
        && distance(passage, quantity, scope, Class::Expect).is_none_or(|expect| peak < expect)
    {
        return named("peak-traffic");
    }
    let known =
        [Class::Traffic, Class::Expect].into_iter().any(|class| distance(passage, quantity, scope, class).is_some());
    Some(Kind { id: "expected-traffic", named: known, answers: false })
}

/// "How many instances? Six.", and "Three nodes, 128 MB each": a figure that opens its sentence.
fn answered_count(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> Option<Kind> {
    let tokens = &passage.sentences[sentence].tokens;
    // "Copies. Two, one per data centre."
    let named = sentence
        .checked_sub(1)
        .and_then(|before| super::label::alone(passage, before))
        .is_some_and(|id| id == "instance-count");
    let first = quantity.tokens.start == tokens.start
        && passage
            .tokens
            .get(quantity.tokens.end)
            .is_none_or(|next| matches!(next.sign(), Some(',' | '.' | ';' | '(' | ':')));
    if named && first {
        return Some(Kind { id: "instance-count", named: true, answers: true });
    }
    // "One process."
    let process = tokens.len() <= 4
        && quantity.tokens.start == tokens.start
        && matches!(word_at(passage, quantity.tokens.end), "process" | "processes" | "worker" | "node" | "server");
    if process {
        return Some(Kind { id: "instance-count", named: true, answers: true });
    }
    let nodes = matches!(
        word_at(passage, quantity.tokens.end),
        "nodes" | "workers" | "shards" | "servers" | "machines" | "processes" | "knoten"
    ) && quantity.value.is_some_and(|value| value > 1.0);
    // "We provision …, on six nodes."
    let placed = matches!(
        word_at(passage, quantity.tokens.start.wrapping_sub(1)),
        "on" | "across" | "over" | "as" | "auf" | "sur"
    );
    let run = passage.cues_in(tokens).any(|cue| {
        cue.class == Class::Plan
            && matches!(
                passage.words(&cue.tokens),
                "run" | "runs" | "deploy" | "deployed" | "provision" | "plan" | "planned" | "runs as" | "will run"
            )
    });
    // "So four workers are planned", "runs as exactly two processes".
    let end = quantity.tokens.end + 1;
    let behind =
        passage.cues_in(&(end..(end + 2).min(tokens.end))).any(|cue| cue.class == Class::Plan && cue.tokens.len() > 1);
    let exactly = word_at(passage, quantity.tokens.start.wrapping_sub(1)) == "exactly";
    if nodes && (placed && run || behind || exactly && run) {
        return Some(Kind { id: "instance-count", named: true, answers: true });
    }
    if quantity.tokens.start > tokens.start + 1 {
        return None;
    }
    let asked = sentence.checked_sub(1).map(|before| &passage.sentences[before]).is_some_and(|before| {
        before.question
            && passage.tokens[before.tokens.clone()]
                .iter()
                .any(|token| token.is("many") || token.is("viele") || token.is("combien"))
            && passage.first(&before.tokens, Class::Instances).is_some()
            && quantity.tokens.end + 1 >= tokens.end
    });
    let counted = nodes && !passage.has_verb(tokens);
    (asked || counted).then_some(Kind { id: "instance-count", named: true, answers: true })
}

/// "Four in total", "14 in all", where the sentence speaks of instances that are planned.
fn is_total(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let end = quantity.tokens.end;
    let total = matches!(
        (word_at(passage, end), word_at(passage, end + 1)),
        ("in", "all" | "total")
            | ("altogether" | "overall" | "insgesamt", _)
            | ("all", "told")
            | ("au", "total")
            | ("en", "total")
    );
    let Some(sentence) = passage.sentences.get(sentence).filter(|_| total) else { return false };
    let before = sentence.tokens.start..quantity.tokens.start;
    let copies = passage.first(&before, Class::Instances).is_some()
        || before.clone().any(|at| matches!(word_at(passage, at), "nodes" | "processes" | "workers" | "servers"));
    let planned = passage.first(&before, Class::Plan).is_some() || passage.label_of_range(&sentence.tokens).is_some();
    let told = [Class::Past, Class::Measure, Class::Old, Class::Other, Class::Rejected]
        .into_iter()
        .any(|class| passage.first(&sentence.tokens, class).is_some());
    copies && planned && !told && !sentence.question
}

/// Whether what stands before a colon is a sentence: "The site PCs say otherwise: eight …".
fn tells(passage: &Passage<'_>, label: &Range<usize>) -> bool {
    const TELLS: &[&str] = &["say", "says", "show", "shows", "tell", "tells", "agree", "agrees", "otherwise", "differ"];
    passage.has_verb(label) || label.clone().any(|at| TELLS.contains(&word_at(passage, at)))
}

/// Whether a sentence says nothing of how many there are to be: no word for a plan, an obligation or a limit.
fn is_told_of(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> bool {
    let Some(sentence) = passage.sentences.get(sentence) else { return false };
    let near = quantity.tokens.end..(quantity.tokens.end + 8).min(sentence.tokens.end.max(quantity.tokens.end));
    let planned = passage.cues_in(&near).any(|cue| {
        matches!(cue.class, Class::Must | Class::Decide | Class::Grant)
            || cue.class == Class::Plan && cue.tokens.len() > 1
    });
    !planned && quantity.tokens.start <= sentence.tokens.start + 1
}

fn count(passage: &Passage<'_>, sentence: usize, quantity: &Quantity, hint: Option<&'static str>) -> Option<Kind> {
    let numbered = passage.tokens.get(quantity.tokens.start).is_some_and(|token| token.text.starts_with('0'));
    // "The five machines cost …": known ones, of which something else is told.
    let definite =
        matches!(word_before(passage, quantity).0, "the" | "those" | "these" | "die" | "les" | "los" | "las")
            && quantity.value.is_some_and(|value| value > 1.0);
    if definite && is_told_of(passage, sentence, quantity) {
        return None;
    }
    if numbered || quantity.value.is_none_or(|value| value.fract() != 0.0 || value < 1.0) {
        return None;
    }
    let end = quantity.tokens.end;
    let noun = (end..end + 3).find(|at| {
        let reach = *at..*at + 1;
        passage.first(&reach, Class::Instances).is_some()
    });
    let clear = noun.is_some_and(|noun| {
        (end..noun)
            .all(|at| passage.tokens[at].is_word() && !matches!(word_at(passage, at), "of" | "per" | "the" | "each"))
            // "A pair of instances".
            || word_at(passage, end) == "of" && noun == end + 1 && matches!(word_at(passage, end - 1), "pair" | "dozen")
    });
    // "To fit two pods on a node": how many go on one machine.
    let density = noun.is_some_and(|noun| {
        matches!(word_at(passage, noun + 1), "on" | "per" | "to" | "onto" | "into")
            && matches!(word_at(passage, noun + 2), "a" | "an" | "each" | "one" | "every")
            && matches!(
                word_at(passage, noun + 3),
                "node" | "host" | "machine" | "box" | "server" | "vm" | "board" | "rack" | "blade"
            )
    });
    if density {
        return None;
    }
    // "Two nodes in each of the two halls, four in total".
    if is_total(passage, sentence, quantity) {
        return Some(Kind { id: "instance-count", named: true, answers: true });
    }
    // "4 instances of Postgres": somebody else's.
    let of_other = noun.is_some_and(|noun| {
        word_at(passage, noun + 1) == "of" && passage.first(&(noun + 2..noun + 4), Class::Other).is_some()
    });
    if of_other {
        return None;
    }
    // "instances: three", of a labelled line.
    if hint == Some("instance-count") {
        let ends = passage.sentences.get(sentence).is_some_and(|sentence| end >= sentence.tokens.end);
        let alone = ends || passage.tokens.get(end).is_none_or(|next| next.sign().is_some() || clear);
        // "Copies. Two, one per data centre."
        let answers =
            passage.sentences.get(sentence).is_some_and(|sentence| sentence.tokens.start == quantity.tokens.start);
        return alone.then_some(Kind { id: "instance-count", named: true, answers });
    }
    if !clear {
        return answered_count(passage, sentence, quantity);
    }
    let start = quantity.tokens.start;
    let before = start.saturating_sub(4)..start;
    let behind = passage
        .cues_in(&(end..(end + 8).min(passage.tokens.len())))
        .any(|cue| cue.class == Class::Plan && cue.tokens.len() > 1);
    let planned = passage.first(&before, Class::Plan).is_some() || behind;
    // "One instance is limited to …" counts nothing.
    let one = quantity.value == Some(1.0)
        && !passage.tokens[before.clone()]
            .iter()
            .any(|token| matches!(&*token.lower, "run" | "runs" | "running" | "single" | "exactly"));
    let sign = |at: Option<usize>| at.and_then(|at| passage.tokens.get(at)).and_then(super::super::token::Token::sign);
    let listed = sign(start.checked_sub(1)) == Some(',');
    let planned = planned || listed && passage.context.item;
    // "(Go; 2 instances; 512 MB each)", "- 6 pods per region", "Two instances, active and passive."
    let own = passage.sentences.get(sentence).map_or(start..end, |sentence| sentence.tokens.clone());
    let noun = noun.unwrap_or(end);
    // "5 requests a second, one instance."
    let beside = passage.quantities.partition_point(|other| other.tokens.end <= start).checked_sub(1);
    let rate = beside
        .map(|at| &passage.quantities[at])
        .is_some_and(|other| other.measure == Measure::Rate && own.contains(&other.tokens.start));
    let ends = rate && sign(Some(noun + 1)) == Some('.') && !passage.has_verb(&own);
    let enclosed = matches!(sign(start.checked_sub(1)), Some('(' | ';' | ','))
        && (ends || matches!(sign(Some(noun + 1)), Some(')' | ';' | ',')));
    let open = passage.tokens.get(noun + 1).is_some_and(|next| next.is("or"));
    // "Three instances crashed": told of what happened.
    let told = passage
        .tokens
        .get(noun + 1)
        .is_some_and(|next| next.is_word() && next.lower.len() > 4 && next.lower.ends_with("ed"));
    // "**Scale:** 6 instances".
    // "The site PCs say otherwise: eight …" is a sentence, no label.
    let behind_label =
        passage.label_of(sentence).is_some_and(|label| label.end + 1 == start && !tells(passage, &label));
    let opens = !open
        && !told
        && (start == own.start || behind_label)
        && !passage.has_verb(&own)
        && !passage.sentences[sentence].question;
    let single = passage.tokens.get(start).is_some_and(|token| token.is("single"))
        && passage.tokens[start.saturating_sub(3)..start].iter().any(|token| {
            matches!(&*token.lower, "run" | "runs" | "running" | "deployed" | "deploy" | "operate" | "operated")
        });
    // "One process.", "…, one instance, …" among what is planned.
    let own_words = own.len() <= 4 || enclosed && !passage.has_verb(&(own.start..start));
    let alone = opens && (passage.context.item || !one || own.len() <= 4);
    // "New ingest: 4 instances, each limited to 512 MB".
    let listed_first = behind_label
        && !one
        && passage.tokens.get(noun + 1).is_none_or(|next| matches!(next.sign(), Some(',' | '.' | ';' | '(')))
        && !passage.sentences[sentence].question;
    if (enclosed && (!one || own_words)) || alone || listed_first || single && planned {
        return Some(Kind { id: "instance-count", named: true, answers: true });
    }
    if one { None } else { Some(Kind { id: "instance-count", named: planned, answers: false }) }
}
