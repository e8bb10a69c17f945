//! Whether a number counts instances of the service.

mod answered;
mod noun;
mod total;
mod whose;

use super::super::super::token::Token;
use super::super::super::value::quantity::Quantity;
use super::super::cue::Class;
use super::super::passage::Passage;
use super::copies::{labelled_copies, of_them, set_up};
use super::{Kind, word_at, word_before};

/// What a number is that says how many instances there are to be.
const COUNTED: Option<Kind> = Some(Kind { id: "instance-count", named: true, answers: true });

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
    if noun.is_some_and(|noun| whose::is_of_data(passage, sentence, noun)) {
        return None;
    }
    if noun.is_some() && total::is_result(passage, sentence, quantity) {
        return COUNTED;
    }
    if noun.is_some_and(|noun| total::is_factor(passage, quantity, noun) || whose::is_density(passage, noun)) {
        return None;
    }
    if hint.is_none() && (labelled_copies(passage, sentence, quantity) || of_them(passage, sentence, quantity)) {
        return COUNTED;
    }
    if total::is_total(passage, sentence, quantity) {
        return COUNTED;
    }
    if noun.is_some_and(|noun| whose::is_of_other(passage, noun) || whose::is_of_a_thing(passage, noun)) {
        return None;
    }
    let clear = noun.filter(|noun| is_clear(passage, end, *noun));
    if hint == Some("instance-count") {
        return labelled(passage, sentence, quantity, clear.is_some());
    }
    if set_up(passage, sentence, quantity, clear) {
        return COUNTED;
    }
    match clear {
        Some(noun) => noun::of(passage, sentence, quantity, noun),
        None => answered::of(passage, sentence, quantity),
    }
}

/// Whether nothing but words for its kind stands between a number and the word for instances: "two small pods".
fn is_clear(passage: &Passage<'_>, end: usize, noun: usize) -> bool {
    (end..noun)
        .all(|at| passage.tokens[at].is_word() && !matches!(word_at(passage, at), "of" | "per" | "the" | "each"))
        // "A pair of instances".
        || word_at(passage, end) == "of" && noun == end + 1 && matches!(word_at(passage, end - 1), "pair" | "dozen")
}

/// "instances: three", of a labelled line: counted where nothing behind the number makes it one of something else.
fn labelled(passage: &Passage<'_>, sentence: usize, quantity: &Quantity, clear: bool) -> Option<Kind> {
    let end = quantity.tokens.end;
    let ends = passage.sentences.get(sentence).is_some_and(|sentence| end >= sentence.tokens.end);
    let enough = matches!(
        (word_at(passage, end), word_at(passage, end + 1)),
        ("is" | "are" | "will", "enough" | "sufficient" | "planned" | "do" | "plenty") | ("suffices" | "suffice", _)
    );
    // "2 at all times", "3 in production", but not "2 in each zone".
    let stands = matches!(word_at(passage, end), "at" | "in" | "across" | "from" | "behind")
        && !matches!(
            word_at(passage, end + 1),
            "each" | "every" | "any" | "a" | "an" | "one" | "least" | "most" | "the" | "peak" | "night"
        );
    let alone = ends || enough || stands || passage.tokens.get(end).is_none_or(|next| next.sign().is_some() || clear);
    // "Copies. Two, one per data centre."
    let answers =
        passage.sentences.get(sentence).is_some_and(|sentence| sentence.tokens.start == quantity.tokens.start);
    alone.then_some(Kind { id: "instance-count", named: true, answers })
}

/// Whether a label, a heading or the sentence before asks how many there are: "Copies. Two, one per data centre."
fn is_asked_for(passage: &Passage<'_>, sentence: usize, hint: Option<&'static str>) -> bool {
    let before = sentence.checked_sub(1).map(|before| &passage.sentences[before]);
    hint == Some("instance-count") || before.is_some_and(|before| before.question || before.tokens.len() <= 4)
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
