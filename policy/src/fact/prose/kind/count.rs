//! Whether a number counts instances of the service.

use super::super::super::token::Token;
use super::super::super::value::quantity::{Measure, Quantity};
use super::super::cue::Class;
use super::super::passage::{Passage, stem};
use super::super::thing;
use super::copies::{labelled_copies, of_them, set_up};
use super::{Kind, word_at, word_before};
use crate::language;
use std::ops::Range;

/// Words beside which copies are copies of data.
const KEEPS: &[&str] = &[
    "retention",
    "retained",
    "backup",
    "backups",
    "archive",
    "archived",
    "tape",
    "tapes",
    "km",
    "offsite",
    "vault",
    "sicherung",
    "aufbewahrung",
    "sauvegarde",
    "conservation",
    "respaldo",
    "retención",
];

/// Whether a number may count instances, by the words beside it alone, where no known label and no question asks for their number.
pub(super) fn may_count(tokens: &[Token<'_>], quantity: &Quantity) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| &*token.lower);
    let end = quantity.tokens.end;
    // "Two of it go up", "four in total", "14 altogether".
    matches!(word(end), "of" | "in" | "all" | "altogether" | "overall" | "insgesamt" | "au" | "en")
        || word(end.wrapping_sub(1)) == "pair"
        // "Renderers: six."
        || matches!(word(quantity.tokens.start.wrapping_sub(1)), ":" | "：" | "|" | "—" | "–" | "=")
        || (end..end + 3).any(|at| may_be_copies(word(at)) || may_run_alone(word(at)) && is_run(tokens, quantity))
}

/// Words for copies of what runs: those of [`Class::Instances`], and those for servers.
fn may_be_copies(word: &str) -> bool {
    const BEGINNINGS: &[&str] = &["instan", "replik", "replic", "réplic", "répliq", "pod", "copi", "kopien", "contain"];
    matches!(word, "nodes" | "workers" | "shards" | "servers" | "machines" | "processes" | "knoten" | "daemons")
        || BEGINNINGS.iter().any(|beginning| word.starts_with(beginning))
}

fn may_run_alone(word: &str) -> bool {
    matches!(word, "process" | "worker" | "node" | "server" | "daemon")
}

/// "We plan one sync server", "One process.": what stands before a number of them that counts.
fn is_run(tokens: &[Token<'_>], quantity: &Quantity) -> bool {
    let before = quantity.tokens.start.checked_sub(1).and_then(|before| tokens.get(before));
    before.is_none_or(|before| {
        matches!(&*before.lower, "plan" | "host" | "run" | "deploy" | "operate" | "start")
            // A sign, or the number of a line: "R3".
            || !before.is_word()
            || before.lower.bytes().any(|byte| byte.is_ascii_digit())
    }) || tokens.get(quantity.tokens.start).is_some_and(|first| first.line_start)
}

pub(super) fn count(
    passage: &Passage<'_>,
    sentence: usize,
    quantity: &Quantity,
    hint: Option<&'static str>,
) -> Option<Kind> {
    let numbered = passage.tokens.get(quantity.tokens.start).is_some_and(|token| token.text.starts_with('0'));
    // "The five machines cost …": known ones, of which something else is told.
    let definite =
        matches!(word_before(passage, quantity).0, "the" | "those" | "these" | "die" | "les" | "los" | "las")
            && quantity.value.is_some_and(|value| value > 1.0);
    if definite && is_told_of(passage, sentence, quantity) {
        return None;
    }
    if numbered || !is_asked_for(passage, sentence, hint) && !may_count(&passage.tokens, quantity) {
        return None;
    }
    let end = quantity.tokens.end;
    let noun = (end..end + 3).find(|at| {
        let reach = *at..*at + 1;
        passage.first(&reach, Class::Instances).is_some()
    });
    // "Retention 30 days, 3 copies", "two copies, 150 km apart": of data.
    let of_data = noun.is_some_and(|noun| matches!(word_at(passage, noun), "copies" | "kopien" | "copias"))
        && passage.sentences[sentence].tokens.clone().any(|at| KEEPS.contains(&word_at(passage, at)));
    if of_data {
        return None;
    }
    let clear = noun.is_some_and(|noun| {
        (end..noun)
            .all(|at| passage.tokens[at].is_word() && !matches!(word_at(passage, at), "of" | "per" | "the" | "each"))
            // "A pair of instances".
            || word_at(passage, end) == "of" && noun == end + 1 && matches!(word_at(passage, end - 1), "pair" | "dozen")
    });
    // "Two pods per gantry, 14 gantries, so 28 pods": what it comes to counts.
    let comes_to = matches!(
        word_at(passage, quantity.tokens.start.wrapping_sub(1)),
        "so" | "thus" | "hence" | "makes" | "making" | "therefore"
    );
    let told = passage.sentences.get(sentence).is_some_and(|own| {
        own.question
            || [Class::Past, Class::Measure, Class::Old, Class::Other, Class::Perhaps]
                .into_iter()
                .any(|class| passage.first(&own.tokens, class).is_some())
    });
    if comes_to && noun.is_some() && !told {
        return Some(Kind { id: "instance-count", named: true, answers: true });
    }
    let from = passage.quantities.partition_point(|other| other.tokens.start <= quantity.tokens.start);
    let later = passage.quantities.iter().skip(from).take(3).any(|total| {
        matches!(word_at(passage, total.tokens.start.wrapping_sub(1)), "so" | "thus" | "hence" | "makes" | "making")
            && passage.first(&(total.tokens.end..total.tokens.end + 2), Class::Instances).is_some()
    });
    if later && noun.is_some_and(|noun| word_at(passage, noun + 1) == "per") {
        return None;
    }
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
    if hint.is_none() && (labelled_copies(passage, sentence, quantity) || of_them(passage, sentence, quantity)) {
        return Some(Kind { id: "instance-count", named: true, answers: true });
    }
    // "Two nodes in each of the two halls, four in total".
    if is_total(passage, sentence, quantity) {
        return Some(Kind { id: "instance-count", named: true, answers: true });
    }
    // "4 instances of Postgres": somebody else's.
    let of_other = noun.is_some_and(|noun| {
        word_at(passage, noun + 1) == "of" && passage.first(&(noun + 2..noun + 4), Class::Other).is_some()
    });
    if of_other || noun.is_some_and(|noun| is_of_a_thing(passage, noun)) {
        return None;
    }
    // "instances: three", of a labelled line.
    if hint == Some("instance-count") {
        let ends = passage.sentences.get(sentence).is_some_and(|sentence| end >= sentence.tokens.end);
        let enough = matches!(
            (word_at(passage, end), word_at(passage, end + 1)),
            ("is" | "are" | "will", "enough" | "sufficient" | "planned" | "do" | "plenty")
                | ("suffices" | "suffice", _)
        );
        // "2 at all times", "3 in production", but not "2 in each zone".
        let stands = matches!(word_at(passage, end), "at" | "in" | "across" | "from" | "behind")
            && !matches!(
                word_at(passage, end + 1),
                "each" | "every" | "any" | "a" | "an" | "one" | "least" | "most" | "the" | "peak" | "night"
            );
        let alone =
            ends || enough || stands || passage.tokens.get(end).is_none_or(|next| next.sign().is_some() || clear);
        // "Copies. Two, one per data centre."
        let answers =
            passage.sentences.get(sentence).is_some_and(|sentence| sentence.tokens.start == quantity.tokens.start);
        return alone.then_some(Kind { id: "instance-count", named: true, answers });
    }
    if set_up(passage, sentence, quantity, noun.filter(|_| clear)) {
        return Some(Kind { id: "instance-count", named: true, answers: true });
    }
    if !clear {
        return answered_count(passage, sentence, quantity);
    }
    let start = quantity.tokens.start;
    let before = start.saturating_sub(4)..start;
    let behind = passage
        .cues_in(&(end..(end + 8).min(passage.tokens.len())))
        .any(|cue| cue.class == Class::Plan && cue.tokens.len() > 1);
    // "Three instances shall run": what is obliged right behind.
    let obliged = noun.is_some_and(|noun| {
        passage.first(&(noun + 1..noun + 2), Class::Must).is_some()
            && (noun + 2..noun + 5).any(|at| {
                matches!(
                    word_at(passage, at),
                    "run" | "up" | "deployed" | "started" | "provisioned" | "operated" | "available"
                )
            })
    });
    let planned = passage.first(&before, Class::Plan).is_some() || behind || obliged;
    // "One instance is limited to …" counts nothing.
    let one = quantity.value == Some(1.0)
        && !passage.tokens[before.clone()].iter().any(|token| {
            matches!(
                &*token.lower,
                "run"
                    | "runs"
                    | "running"
                    | "host"
                    | "single"
                    | "exactly"
                    | "planned"
                    | "geplant"
                    | "vorgesehen"
                    | "prévu"
                    | "prévue"
                    | "prevista"
            )
        });
    let sign =
        |at: Option<usize>| at.and_then(|at| passage.tokens.get(at)).and_then(super::super::super::token::Token::sign);
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
    // "Go, four replicas."
    let opens_with_language = passage.tokens.get(own.start).is_some_and(|token| language::find(&token.lower).is_some());
    let ends =
        (rate || own.len() <= 8 && opens_with_language) && sign(Some(noun + 1)) == Some('.') && !passage.has_verb(&own);
    // "Go, the standard proxy, two replicas behind the balancer": a list without a verb.
    let placed = matches!(
        word_at(passage, noun + 1),
        "behind" | "in" | "across" | "on" | "at" | "per" | "with" | "spread" | "pinned" | "for"
    ) && !one
        && !passage.has_verb(&(own.start..noun + 1));
    // "We run it twice (= 2 replicas)".
    let equals = sign(start.checked_sub(1)) == Some('=') && sign(start.checked_sub(2)) == Some('(');
    let enclosed = (equals || matches!(sign(start.checked_sub(1)), Some('(' | ';' | ',')))
        && (ends || placed || matches!(sign(Some(noun + 1)), Some(')' | ';' | ',')));
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
    // "Three copies of it, so that one can be lost": what it is for has a verb of its own.
    let reason = own.clone().find(|at| {
        let next = word_at(passage, at + 1);
        passage.tokens[*at].sign() == Some(',')
            && (matches!(next, "so" | "to" | "because" | "since" | "each" | "one")
                || *at == noun + 1 && next.len() > 4 && next.ends_with("ed"))
    });
    let until = reason.unwrap_or(own.end);
    // "Three copies of it": whose they are is no subject of a verb.
    let of_it = word_at(passage, noun + 1) == "of" && matches!(word_at(passage, noun + 2), "it" | "them");
    let from = if of_it { (noun + 3).min(until) } else { own.start };
    let opens = !open
        && !told
        && (start == own.start || behind_label || start == own.start + 1 && word_at(passage, own.start) == "a")
        && !passage.has_verb(&(from..until))
        && !passage.sentences[sentence].question;
    let single = passage.tokens.get(start).is_some_and(|token| token.is("single"))
        && passage.tokens[start.saturating_sub(3)..start].iter().any(|token| {
            matches!(&*token.lower, "run" | "runs" | "running" | "deployed" | "deploy" | "operate" | "operated")
        });
    // "One process.", "…, one instance, …" among what is planned.
    // "One instance; a second one would fight for the motor": what is told behind the mark does not take it back.
    let apart = start == own.start
        && matches!(sign(Some(noun + 1)), Some(';' | ':' | '—' | '–'))
        && noun == end
        && !passage.sentences[sentence].question;
    let own_words = own.len() <= 4 || enclosed && !passage.has_verb(&(own.start..start));
    let alone = opens && (passage.context.item || passage.sentences[sentence].numbered || !one || own.len() <= 4);
    // "New ingest: 4 instances, each limited to 512 MB".
    let listed_first = behind_label
        && !one
        && passage.tokens.get(noun + 1).is_none_or(|next| matches!(next.sign(), Some(',' | '.' | ';' | '(')))
        && !passage.sentences[sentence].question;
    if (enclosed && (!one || own_words)) || alone || apart || listed_first || single && planned {
        return Some(Kind { id: "instance-count", named: true, answers: true });
    }
    if one { None } else { Some(Kind { id: "instance-count", named: planned, answers: false }) }
}

/// Whether a label, a heading or the sentence before asks how many there are: "Copies. Two, one per data centre."
fn is_asked_for(passage: &Passage<'_>, sentence: usize, hint: Option<&'static str>) -> bool {
    let before = sentence.checked_sub(1).map(|before| &passage.sentences[before]);
    hint == Some("instance-count") || before.is_some_and(|before| before.question || before.tokens.len() <= 4)
}

/// "How many instances? Six.", and "Three nodes, 128 MB each": a figure that opens its sentence.
fn answered_count(passage: &Passage<'_>, sentence: usize, quantity: &Quantity) -> Option<Kind> {
    let tokens = &passage.sentences[sentence].tokens;
    // "Copies. Two, one per data centre."
    let named = sentence
        .checked_sub(1)
        .and_then(|before| super::super::label::alone(passage, before))
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
    // "Three gate processes shall run", "we run it as a pair".
    let noun = (quantity.tokens.end..quantity.tokens.end + 3).find(|at| {
        matches!(word_at(passage, *at), "nodes" | "workers" | "servers" | "processes" | "daemons" | "shards")
    });
    let shall = noun.is_some_and(|noun| {
        passage.first(&(noun + 1..noun + 2), Class::Must).is_some()
            && matches!(word_at(passage, noun + 2), "run" | "be")
    });
    let pair = word_at(passage, quantity.tokens.end.wrapping_sub(1)) == "pair"
        && word_at(passage, quantity.tokens.start.wrapping_sub(1)) == "as"
        && run
        && passage.tokens.get(quantity.tokens.end).is_none_or(|next| next.sign().is_some());
    // "We plan one sync server".
    let verb = word_at(passage, quantity.tokens.start.wrapping_sub(1));
    let subject = word_at(passage, quantity.tokens.start.wrapping_sub(2));
    let planned = matches!(
        (subject, verb),
        ("we", "plan" | "host" | "run" | "deploy" | "operate" | "start") | ("will", "run" | "deploy")
    ) && (quantity.tokens.end..quantity.tokens.end + 3).any(|at| {
        matches!(
            word_at(passage, at),
            "server" | "process" | "node" | "worker" | "daemon" | "servers" | "processes" | "nodes"
        )
    });
    // "Renderers: six.", under a title about a renderer.
    let label = passage.label_of(sentence).filter(|label| label.len() == 1 && label.end + 1 == quantity.tokens.start);
    let own = label.is_some_and(|label| {
        let name = word_at(passage, label.start);
        let one = stem(name);
        one.len() < name.len() && passage.topic.own.contains(one) && thing::is_word_for_service(one)
    });
    let ends = quantity.tokens.end >= tokens.end
        || passage
            .tokens
            .get(quantity.tokens.end)
            .is_none_or(|next| matches!(next.sign(), Some('.' | ',' | ';' | '(')));
    let planned = planned || own && ends;
    if planned && !passage.sentences[sentence].question {
        return Some(Kind { id: "instance-count", named: true, answers: true });
    }
    let many = quantity.value.is_some_and(|value| value > 1.0) && !passage.sentences[sentence].question;
    if many && (shall || pair) {
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
            && (passage.first(&before.tokens, Class::Instances).is_some()
                || before.tokens.len() <= 3
                || before.tokens.clone().any(|at| word_at(passage, at) == "many" && thing::is_service(passage, at + 1)))
            && (quantity.tokens.end + 1 >= tokens.end
                || passage
                    .tokens
                    .get(quantity.tokens.end)
                    .is_some_and(|next| matches!(next.sign(), Some(',' | ';' | '.' | '('))))
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

/// "Four copies of the index": of what there are several, where it is no service.
fn is_of_a_thing(passage: &Passage<'_>, noun: usize) -> bool {
    const BEFORE: &[&str] = &["the", "a", "an", "this", "that", "each", "every", "our", "its", "same", "whole", "one"];
    if word_at(passage, noun + 1) != "of" {
        return false;
    }
    let Some(head) = (noun + 2..noun + 5).find(|at| !BEFORE.contains(&word_at(passage, *at))) else { return false };
    let word = passage.tokens.get(head).filter(|token| token.is_word());
    let handled = passage.cues_in(&(head..head + 1)).any(|cue| cue.class == Class::OtherBytes)
        || matches!(word_at(passage, head - 1), "every" | "each");
    let served = (head..head + 2).any(|at| thing::is_service(passage, at));
    // A name that is not known may be the service's.
    let article = matches!(word_at(passage, head - 1), "the" | "same" | "a" | "an");
    word.is_some() && !served && (handled || article && word_at(passage, head - 1) != "our")
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
