//! Ratings that answer what stands before them: a heading, a question, the label of a row.

mod answer;

use super::super::cue::Class;
use super::super::passage::Passage;
use super::words::{BEHIND, is_no_failure};
use answer::answers;
use std::ops::Range;

/// "Critical (lives)" under "Failure impact", "Moderate, for the valve closes" behind "how bad a failure is", the
/// cell "high" beside "How is that rated?": a rating that answers what stands before it.
pub(super) fn asked(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let label = label_before(passage, sentence, rank);
    let opening = label.as_ref().map_or(tokens.start, |label| label.end + 1);
    let answered = answers(passage, opening, tokens.end, rank);
    let outage = sentence.checked_sub(1).is_some_and(|before| asks_of_outage(passage, before));
    if outage && label.as_ref().is_some_and(|label| says_marked(passage, label, rank)) {
        return label.map(|label| label.start..rank.end);
    }
    let bare = label.is_none();
    let opens = answered && bare || leads_in(passage, opening..rank.start, bare);
    if !opens || !is_all(passage, tokens.end, rank) {
        return None;
    }
    match label {
        Some(label) => asked_by_label(passage, sentence, &label).then_some(label.start..rank.end),
        None => (asked_before(passage, sentence, rank) || outage && answered).then(|| rank.clone()),
    }
}

/// The label before a rating. In a row of a table it may be a question, a sentence of its own.
fn label_before(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let stroke = || {
        (rank.start.saturating_sub(80)..rank.start)
            .rev()
            .find(|at| passage.tokens[*at].sign() == Some('|'))
            .map(|at| at.saturating_sub(80)..at)
    };
    let label = if passage.context.row { stroke() } else { passage.label_of(sentence) };
    label.filter(|label| label.end < rank.start)
}

/// "What happens if it fails? The fire brigade ticked "high".": whether a question, or a row of a form, is about failures.
fn asks_of_outage(passage: &Passage<'_>, sentence: usize) -> bool {
    let asked = &passage.sentences[sentence];
    let row = passage.tokens[asked.tokens.clone()]
        .iter()
        .any(|token| matches!(&*token.lower, "form" | "row" | "scale" | "questionnaire" | "box" | "formular"));
    (asked.question || row) && passage.first(&asked.tokens, Class::Failure).is_some()
}

/// "Of the four boxes we marked the second: medium."
fn says_marked(passage: &Passage<'_>, label: &Range<usize>, rank: &Range<usize>) -> bool {
    label.end + 1 == rank.start
        && passage.tokens[label.clone()].iter().any(|token| {
            matches!(&*token.lower, "marked" | "ticked" | "crossed" | "chose" | "picked" | "circled" | "checked")
        })
}

/// Whether nothing but signs stands before a rating, or, where it is `bare` of a label, words such as "we take".
fn leads_in(passage: &Passage<'_>, before: Range<usize>, bare: bool) -> bool {
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
    let word = |at: usize| passage.tokens[at].lower.as_ref();
    let marks =
        |at: usize| matches!(passage.tokens[at].sign(), Some('"' | '“' | '*' | '„' | '«' | '\'')) || word(at) == "a";
    let takes = |at: usize| bare && before.len() <= 5 && TAKES.contains(&word(at));
    before.clone().all(|at| marks(at) || takes(at))
}

/// Whether a rating is at its end: no noun stands behind it, and no other half of its word.
fn is_all(passage: &Passage<'_>, end: usize, rank: &Range<usize>) -> bool {
    let next = passage.tokens.get(rank.end);
    let ends = rank.end >= end
        || passage.tokens[rank.end].sign().is_some_and(|sign| !matches!(sign, '/' | '-'))
        || BEHIND.contains(&next.map_or("", |token| token.lower.as_ref()));
    ends && !next.is_some_and(|token| token.joined)
}

/// Whether words ask what a failure does.
fn asks(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let classes = |class: Class| passage.first(range, class).is_some();
    classes(Class::Failure) && (classes(Class::Impact) || classes(Class::Rating))
}

/// Whether a label asks for the rating behind it, or only announces it and the words around it ask: "OVERALL: very high"
/// under a line about failures; "Rating | high" in a table about them.
fn asked_by_label(passage: &Passage<'_>, sentence: usize, label: &Range<usize>) -> bool {
    let topic = passage.context.topic == Some("failure-impact");
    let mut words = passage.tokens[label.clone()].iter();
    let announces = words.all(|token| token.sign().is_some() || is_for_answer(&token.lower));
    // "The safety case says: critical" under a heading that asks what a failure means.
    let says = topic
        && label.end.checked_sub(1).and_then(|at| passage.tokens.get(at)).is_some_and(|token| {
            matches!(&*token.lower, "says" | "say" | "states" | "gives" | "answer" | "sagt" | "dit" | "dice")
        });
    let before = sentence.checked_sub(1).is_some_and(|before| asks(passage, &passage.sentences[before].tokens));
    says || announces && (topic || passage.context.fails || before)
        || passage.context.fails && passage.context.row && rated_by(passage, label)
}

/// Words of a label that only says that an answer follows.
fn is_for_answer(lower: &str) -> bool {
    matches!(
        lower,
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
}

/// Whether the heading, or a sentence shortly before, asks for a rating that has no label.
fn asked_before(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> bool {
    let before = sentence.checked_sub(1).map(|before| &passage.sentences[before].tokens);
    let first = sentence == 0 && passage.context.topic == Some("failure-impact");
    // "'What does it cost?' asked the director. The head of lending answered 'low'."
    let earlier = sentence.checked_sub(2).map(|at| &passage.sentences[at]);
    let earlier = earlier.filter(|asked| asked.question && before.is_some_and(|before| before.len() <= 6));
    first
        || answers_alone(passage, sentence, rank)
        || before.is_some_and(|before| asks(passage, before))
        || earlier.is_some_and(|asked| asks(passage, &asked.tokens))
}

/// "What if it breaks? People take the stairs. Low.": one word, behind a question about failures.
fn answers_alone(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> bool {
    let tokens = &passage.sentences[sentence].tokens;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let says = word(rank.end) == ","
        && matches!(word(rank.end + 1), "says" | "say" | "said" | "by" | "according" | "as" | "sagt" | "dit");
    let alone = tokens.len() <= rank.len() + 1 || says && rank.start == tokens.start;
    alone
        && passage.sentences[sentence.saturating_sub(2)..sentence]
            .iter()
            .rfind(|asked| asked.question)
            .is_some_and(|asked| passage.first(&asked.tokens, Class::Failure).is_some())
}

/// Whether a label says that what follows is a rating: "How is that rated?"
fn rated_by(passage: &Passage<'_>, label: &Range<usize>) -> bool {
    [Class::Rating, Class::Impact].into_iter().any(|class| passage.first(label, class).is_some())
        && passage.tokens[label.clone()].iter().all(|token| !is_no_failure(&token.lower))
}
