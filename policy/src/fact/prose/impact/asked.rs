//! Ratings that answer what stands before them: a heading, a question, the label of a row.

use super::super::cue::Class;
use super::super::passage::Passage;
use super::words::{BEHIND, is_no_failure};
use std::ops::Range;

/// "Critical (lives)" under "Failure impact", "Moderate, for the valve closes" behind "how bad a failure is", the
/// cell "high" beside "How is that rated?": a rating that answers what stands before it.
pub(super) fn asked(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    // In a row of a table the label may be a question, a sentence of its own.
    let stroke = || {
        (rank.start.saturating_sub(80)..rank.start)
            .rev()
            .find(|at| passage.tokens[*at].sign() == Some('|'))
            .map(|at| at.saturating_sub(80)..at)
    };
    let label = if passage.context.row { stroke() } else { passage.label_of(sentence) };
    let label = label.filter(|label| label.end < rank.start);
    let opening = label.as_ref().map_or(tokens.start, |label| label.end + 1);
    let marks =
        |at: usize| matches!(passage.tokens[at].sign(), Some('"' | '“' | '*' | '„' | '«' | '\'')) || word(at) == "a";
    // "We take medium."
    const TAKES: &[&str] = &[
        "we",
        "take",
        "go",
        "with",
        "settle",
        "settled",
        "on",
        "choose",
        "chose",
        "say",
        "so",
        "thus",
        "hence",
        "therefore",
        "use",
        "state",
        "wir",
        "nehmen",
        "nous",
        "retenons",
    ];
    let takes = |at: usize| TAKES.contains(&word(at));
    let answered = answers(passage, opening, tokens.end, rank);
    // "What happens if it fails? The fire brigade ticked "high"."
    let outage = |at: usize| {
        let asked = &passage.sentences[at];
        let row = asked
            .tokens
            .clone()
            .any(|at| matches!(word(at), "form" | "row" | "scale" | "questionnaire" | "box" | "formular"));
        (asked.question || row) && passage.first(&asked.tokens, Class::Failure).is_some()
    };
    let asked_before = sentence.checked_sub(1).is_some_and(outage) && answered;
    // "Of the four boxes we marked the second: medium."
    let marked = label.as_ref().is_some_and(|label| {
        label.end + 1 == rank.start
            && label.clone().any(|at| {
                matches!(word(at), "marked" | "ticked" | "crossed" | "chose" | "picked" | "circled" | "checked")
            })
    });
    if marked && sentence.checked_sub(1).is_some_and(outage) {
        return label.map(|label| label.start..rank.end);
    }
    let opens = answered && label.is_none()
        || (opening..rank.start).all(|at| marks(at) || label.is_none() && rank.start - opening <= 5 && takes(at));
    let ends = rank.end >= tokens.end
        || passage.tokens[rank.end].sign().is_some_and(|sign| !matches!(sign, '/' | '-'))
        || BEHIND.contains(&word(rank.end));
    let joined = passage.tokens.get(rank.end).is_some_and(|token| token.joined);
    if !opens || !ends || joined {
        return None;
    }
    let asks = |range: &Range<usize>| {
        let classes = |class: Class| passage.first(range, class).is_some();
        classes(Class::Failure) && (classes(Class::Impact) || classes(Class::Rating))
    };
    let topic = passage.context.topic == Some("failure-impact");
    match label {
        // "OVERALL: very high" under a line about failures; "Rating | high" in a table about them.
        Some(label) => {
            let whole = (label.start..label.end).all(|at| {
                passage.tokens[at].sign().is_some()
                    || matches!(
                        word(at),
                        "overall"
                            | "rating"
                            | "total"
                            | "result"
                            | "class"
                            | "impact"
                            | "verdict"
                            | "level"
                            | "grade"
                            | "gesamt"
                            | "global"
                            | "the"
                            | "our"
                            | "so"
                            | "thus"
                            | "hence"
                            | "therefore"
                            | "also"
                            | "daher"
                            | "donc"
                            | "ergebnis"
                            | "fazit"
                            | "urteil"
                            | "einstufung"
                            | "résultat"
                            | "resultado"
                            | "declared"
                            | "declaration"
                            | "answer"
                            | "answered"
                            | "entered"
                            | "entry"
                            | "ticked"
                            | "noted"
                            | "given"
                            | "stated"
                            | "value"
                            | "step"
                            | "mark"
                            | "box"
                            | "choice"
                            | "reply"
                            | "ours"
                            | "we"
                            | "say"
                            | "antwort"
                            | "angekreuzt"
                            | "unsere"
                            | "réponse"
                            | "déclaré"
                            | "respuesta"
                            | "declarado"
                    )
            });
            // "The safety case says: critical" under a heading that asks what a failure means.
            let says = topic
                && label.end.checked_sub(1).is_some_and(|at| {
                    matches!(word(at), "says" | "say" | "states" | "gives" | "answer" | "sagt" | "dit" | "dice")
                });
            let before = sentence.checked_sub(1).is_some_and(|before| asks(&passage.sentences[before].tokens));
            (says
                || whole && (topic || passage.context.fails || before)
                || passage.context.fails && passage.context.row && rated_by(passage, &label))
            .then_some(label.start..rank.end)
        }
        None => {
            let before = sentence.checked_sub(1).map(|before| passage.sentences[before].tokens.clone());
            let first = sentence == 0 && topic;
            // "'What does it cost?' asked the director. The head of lending answered 'low'."
            let earlier = sentence.checked_sub(2).map(|at| &passage.sentences[at]);
            let earlier =
                earlier.filter(|asked| asked.question && before.as_ref().is_some_and(|before| before.len() <= 6));
            // "What if it breaks? People take the stairs. Low.": one word, behind a question about failures.
            let says = word(rank.end) == ","
                && matches!(word(rank.end + 1), "says" | "say" | "said" | "by" | "according" | "as" | "sagt" | "dit");
            let alone = tokens.len() <= rank.len() + 1 || says && rank.start == tokens.start;
            let fails = |at: usize| {
                let asked = &passage.sentences[at];
                asked.question && passage.first(&asked.tokens, Class::Failure).is_some()
            };
            let fails = alone
                && (sentence.saturating_sub(2)..sentence)
                    .rev()
                    .find(|at| passage.sentences[*at].question)
                    .is_some_and(fails);
            let asked =
                fails || before.is_some_and(|before| asks(&before)) || earlier.is_some_and(|asked| asks(&asked.tokens));
            (first || asked || asked_before).then(|| rank.clone())
        }
    }
}

/// "The manager signed 'high'", "we ticked the last box, very high", "the answer we gave is *critical*": who was asked, and
/// what was answered.
fn answers(passage: &Passage<'_>, opening: usize, end: usize, rank: &Range<usize>) -> bool {
    const ANSWERS: &[&str] = &[
        "signed", "wrote", "write", "answer", "said", "say", "chose", "choose", "tick", "check", "cross", "mark",
        "circl", "enter", "put", "noted", "note", "repl", "named", "pick", "gave", "give", "set", "fill", "underlin",
        "declar", "record", "voted", "vote", "land", "settle", "select", "went", "go", "ended", "schrieb", "schreib",
        "sagte", "sagen", "coch", "marc", "kreuz", "trug", "trag", "wähl", "einig", "répond", "respond", "ankreuz",
    ];
    const SMALL: &[&str] = &[
        "the",
        "a",
        "box",
        "boxes",
        "field",
        "step",
        "row",
        "column",
        "cell",
        "last",
        "top",
        "first",
        "second",
        "third",
        "fourth",
        "highest",
        "lowest",
        "bottom",
        "uppermost",
        "rightmost",
        "leftmost",
        "down",
        "with",
        "as",
        "it",
        "for",
        "in",
        "on",
        "that",
        "this",
        "is",
        "at",
        "namely",
        "of",
        "there",
        "by",
        "up",
        "our",
        "class",
        "option",
        "value",
        "answer",
        "den",
        "das",
        "die",
        "feld",
        "kästchen",
        "stufe",
        "letzte",
        "letzten",
        "oberste",
        "uns",
        "für",
        "auf",
        "la",
        "le",
        "case",
        "dernière",
        "pour",
        "sur",
        "casilla",
        "última",
        "por",
        "con",
        "se",
    ];
    const NOUNS: &[&str] = &[
        "answer",
        "verdict",
        "reply",
        "entry",
        "choice",
        "result",
        "rating",
        "grade",
        "antwort",
        "réponse",
        "respuesta",
    ];
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let is_answer = |at: usize| ANSWERS.iter().any(|stem| word(at).starts_with(stem)) && word(at) != "settlement";
    let far = rank.start.saturating_sub(9).max(opening);
    let small = |at: usize| passage.tokens[at].sign().is_some() || SMALL.contains(&word(at));
    let verb = (far..rank.start).rev().find(|at| is_answer(*at));
    let told = verb.is_some_and(|verb| {
        let quoted = passage.tokens[rank.start - 1]
            .sign()
            .is_some_and(|sign| matches!(sign, '"' | '“' | '„' | '«' | '\'' | ':'));
        verb >= opening
            && (rank.start - opening <= 14 && (verb + 1..rank.start).all(small) || quoted && rank.start - opening <= 8)
    });
    // "Wir haben das Feld „hoch“ angekreuzt."
    let behind = (rank.end..(rank.end + 4).min(end)).find(|at| passage.tokens[*at].is_word());
    let behind = behind.is_some_and(|at| {
        matches!(
            word(at),
            "angekreuzt"
                | "eingetragen"
                | "gewählt"
                | "vermerkt"
                | "geschrieben"
                | "genannt"
                | "marcada"
                | "marcado"
                | "cochée"
        ) && rank.start - opening <= 9
    });
    // "The answer we gave, and stand by, is *critical*."
    let noun = (opening..(opening + 3).min(rank.start)).any(|at| NOUNS.contains(&word(at)))
        && matches!(word(rank.start - 1), "is" | "was" | "reads" | "ist" | "lautet" | "war" | "est" | "es" | "fue")
        && rank.start - opening <= 14;
    rank.start >= opening + 2 && (told || behind || noun)
}

/// Whether a label says that what follows is a rating: "How is that rated?"
fn rated_by(passage: &Passage<'_>, label: &Range<usize>) -> bool {
    [Class::Rating, Class::Impact].into_iter().any(|class| passage.first(label, class).is_some())
        && passage.tokens[label.clone()].iter().all(|token| !is_no_failure(&token.lower))
}
