//! Words around a rating that say that it was an answer.

use super::super::word;
use super::Passage;
use std::ops::Range;

/// "The manager signed 'high'", "we ticked the last box, very high", "the answer we gave is *critical*": who was asked, and
/// what was answered; `opening` and `end` are those of the sentence, behind its label.
pub(super) fn answers(passage: &Passage<'_>, opening: usize, end: usize, rank: &Range<usize>) -> bool {
    rank.start >= opening + 2
        && (is_told(passage, opening, rank)
            || is_entered(passage, opening, end, rank)
            || is_named_answer(passage, opening, rank))
}

/// "We ticked the last box, very high": a verb of answering, and nothing but small words between.
fn is_told(passage: &Passage<'_>, opening: usize, rank: &Range<usize>) -> bool {
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
    let is_answer = |at: usize| {
        let word = word(passage, at);
        ANSWERS.iter().any(|stem| word.starts_with(stem)) && word != "settlement"
    };
    let far = rank.start.saturating_sub(9).max(opening);
    let small = |at: usize| passage.tokens[at].sign().is_some() || SMALL.contains(&word(passage, at));
    (far..rank.start).rev().find(|at| is_answer(*at)).is_some_and(|verb| {
        let quoted = passage.tokens[rank.start - 1]
            .sign()
            .is_some_and(|sign| matches!(sign, '"' | '“' | '„' | '«' | '\'' | ':'));
        rank.start - opening <= 14 && (verb + 1..rank.start).all(small) || quoted && rank.start - opening <= 8
    })
}

/// "Wir haben das Feld „hoch“ angekreuzt.": a verb of answering behind the rating.
fn is_entered(passage: &Passage<'_>, opening: usize, end: usize, rank: &Range<usize>) -> bool {
    let behind = (rank.end..(rank.end + 4).min(end)).find(|at| passage.tokens[*at].is_word());
    behind.is_some_and(|at| {
        matches!(
            word(passage, at),
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
    })
}

/// "The answer we gave, and stand by, is *critical*.": a noun for it, and what it is.
fn is_named_answer(passage: &Passage<'_>, opening: usize, rank: &Range<usize>) -> bool {
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
    (opening..(opening + 3).min(rank.start)).any(|at| NOUNS.contains(&word(passage, at)))
        && matches!(
            word(passage, rank.start - 1),
            "is" | "was" | "reads" | "ist" | "lautet" | "war" | "est" | "es" | "fue"
        )
        && rank.start - opening <= 14
}
