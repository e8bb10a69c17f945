//! Times that are a period or a wait: "every 30 s", "retried after 5 s", and rows of them.

use super::super::super::super::value::bound;
use super::super::super::super::value::quantity::Quantity;
use super::super::super::cue::Class;
use super::super::super::passage::{Passage, stem};
use super::super::{word_at, word_before};
use super::ENDS;

/// Words right before a time that make it a period: "every 5 s", "for 10 s".
const PERIOD: &[&str] = &[
    "every", "each", "alle", "toutes", "tous", "cada", "for", "during", "pendant", "durante", "last", "next",
    "another", "jede",
];

/// Whether the words before a time make it a period or a wait: "every 30 s", "retried after 5 s".
pub(super) fn is_period(passage: &Passage<'_>, quantity: &Quantity, startup: Option<usize>) -> bool {
    let (before, start) = word_before(passage, quantity);
    // "It never blocks for longer than 2 s".
    if before == "for" && matches!(word_at(passage, start), "longer" | "more") {
        let clause = start.saturating_sub(12)..start;
        let denied = passage.tokens[clause].iter().any(|token| bound::is_negation(&token.lower));
        if denied || word_at(passage, start) == "longer" {
            return false;
        }
    }
    // "It must store each within 300 ms".
    if matches!(before, "each" | "every") && start < quantity.tokens.start {
        return false;
    }
    if PERIOD.contains(&before) {
        // "We aim for 800 ms": the word belongs to the one before it.
        let from = start.saturating_sub(3);
        // "They ask for 800 ms", too.
        return !passage
            .cues_in(&(from..start))
            .any(|cue| matches!(cue.class, Class::Limit | Class::Must | Class::Grant) && cue.tokens.end == start);
    }
    // "Is acknowledged after 40 ms at the latest", "muss nach 40 ms da sein".
    let end = quantity.tokens.end;
    let latest = (word_at(passage, end), word_at(passage, end + 2)) == ("at", "latest");
    let due = (end..end + 3).any(|at| {
        matches!(
            word_at(passage, at),
            "da" | "vorliegen" | "vorliegt" | "fertig" | "beantwortet" | "abgeschlossen" | "there" | "là"
        )
    });
    // "Wer die Karte vorhält, muss nach 500 ms eine Rückmeldung sehen"; what is done anew, is done after longer.
    let soon = quantity.value.is_some_and(|value| value < 10_000.0);
    let owed = before == "nach"
        && soon
        && passage.cues_in(&(start.saturating_sub(3)..start)).any(|cue| cue.class == Class::Must);
    if before == "nach" && due || owed || latest {
        return false;
    }
    // "Is acknowledged after at most 300 ms".
    if matches!(before, "after" | "nach" | "après" | "tras") && bound::is_upper(&passage.tokens, quantity.tokens.start)
    {
        return false;
    }
    // "Nach spätestens 30 Sekunden zugeordnet".
    if before == "nach" && word_at(passage, start) == "spätestens" {
        return false;
    }
    // "A los 60 s".
    let (article, to) = (start.checked_sub(1), start.checked_sub(2));
    let from = quantity.tokens.start;
    let since = from > start && matches!(word_at(passage, from - 1), "los" | "las") && before == "a"
        || article.zip(to).is_some_and(|(article, to)| {
            matches!(word_at(passage, article), "los" | "las") && word_at(passage, to) == "a"
        });
    if since {
        return true;
    }
    if !matches!(before, "after" | "nach" | "après" | "tras" | "vor" | "ago" | "hace" | "since") {
        return false;
    }
    // "Has to have sent the record after 2.5 s".
    let perfect = passage.tokens[start.saturating_sub(7)..start].iter().any(|token| token.is("have"))
        && passage.cues_in(&(start.saturating_sub(9)..start)).any(|cue| cue.class == Class::Must);
    let ends = perfect || ENDS.contains(&word_at(passage, start.saturating_sub(2)));
    !ends && startup.is_none_or(|distance| distance > 3)
}

/// Where a row of times begins: "after 400 ms, 800 ms, 1.6 s".
pub(super) fn first_in_row(passage: &Passage<'_>, at: usize) -> usize {
    let mut first = at;
    while let Some(before) = first.checked_sub(1) {
        let between = passage.quantities[before].tokens.end..passage.quantities[first].tokens.start;
        let joined = between.len() <= 2
            && passage.tokens[between].iter().all(|token| {
                matches!(&*token.lower, "," | "/" | "and" | "or" | "then" | "und" | "dann" | "et" | "puis")
            });
        if !joined || passage.quantities[before].measure != passage.quantities[first].measure || at - before > 8 {
            break;
        }
        first = before;
    }
    first
}

/// Whether a time is a window or a gap: in which things are counted, between two of them, or as often as once in it.
pub(super) fn is_interval(passage: &Passage<'_>, quantity: &Quantity) -> bool {
    // "Not above 3 % over 5 minutes": over how long a share is taken.
    let (window, from) = word_before(passage, quantity);
    let share =
        passage.tokens[from.saturating_sub(4)..from].iter().any(|token| matches!(&*token.lower, "%" | "percent"));
    if share
        && (window == "over"
            || word_at(passage, from) == "over"
            || matches!(window, "in" | "within" | "for" | "during")
                && quantity.value.is_some_and(|value| value >= 60_000.0))
    {
        return true;
    }
    // "Twice within 2 s": how often. "The boards show the new times within 2 s" counts nothing.
    let counted = from.checked_sub(2).map_or("", |at| word_at(passage, at));
    let times = counted.starts_with(|first: char| first.is_ascii_digit())
        || matches!(
            counted,
            "two" | "three" | "four" | "five" | "six" | "ten" | "several" | "many" | "few" | "more" | "n"
        );
    if window == "times" && times {
        return true;
    }
    if matches!(window, "twice" | "thrice" | "zweimal" | "dreimal" | "fois" | "veces") {
        return true;
    }
    let end = quantity.tokens.end;
    let behind = (word_at(passage, end), word_at(passage, end + 1));
    // "Starting two pumps within 10 s of each other", "no push within 20 minutes of the last".
    let apart = matches!(behind, ("of", "each" | "one")) && matches!(word_at(passage, end + 2), "other" | "another")
        || matches!(behind, ("of", "the"))
            && matches!(word_at(passage, end + 2), "last" | "previous" | "first" | "hour" | "other");
    // "No retry within 5 s": a gap that is to be kept.
    let none = (1..4).any(|back| {
        matches!(
            from.checked_sub(back).map_or("", |at| word_at(passage, at)),
            "no" | "kein" | "keine" | "aucun" | "ningún"
        )
    });
    // "If nothing happens within 80 ms" waits for something.
    let back = |back: usize| from.checked_sub(back).map_or("", |at| word_at(passage, at));
    let nothing = (1..6).any(|at| {
        matches!(back(at), "nothing" | "nobody" | "nichts" | "rien" | "nada")
            && !matches!(back(at + 1), "if" | "when" | "where" | "or" | "wenn" | "si")
    });
    let gap = (none || nothing) && word_at(passage, from) == "within" && (nothing || !window.ends_with("ed"));
    // "For more than 3 minutes a night".
    let seldom = matches!(
        behind,
        ("a" | "per" | "each" | "every", "night" | "day" | "week" | "month" | "year" | "shift" | "hour" | "season")
            | ("je" | "pro", "nacht" | "tag" | "woche" | "monat" | "schicht")
            | ("par", "jour" | "nuit" | "semaine" | "mois")
            | ("por" | "al", "día" | "noche" | "semana" | "mes")
    );
    apart || gap || seldom || expires(passage, quantity, from)
}

/// "Typing indicators vanish after at most 6 s": when something is over by itself.
fn expires(passage: &Passage<'_>, quantity: &Quantity, from: usize) -> bool {
    const VERBS: &[&str] = &[
        "vanish",
        "disappear",
        "fade",
        "lapse",
        "relock",
        "lock",
        "close",
        "shut",
        "dim",
        "evaporate",
        "expire",
        "end",
        "die",
        "off",
        "away",
        "out",
        "itself",
        "themselve",
        "erlischt",
        "verschwindet",
        "endet",
        "disparaît",
        "desaparece",
    ];
    // The comparator may hold the word: "nach spätestens".
    let after = (from.saturating_sub(1)..quantity.tokens.start)
        .find(|at| matches!(word_at(passage, *at), "after" | "nach" | "après" | "tras"));
    after.and_then(|after| after.checked_sub(1)).is_some_and(|verb| {
        let word = word_at(passage, verb);
        VERBS.contains(&stem(word))
            && verb > 0
            && !passage.cues_in(&(verb.saturating_sub(3)..verb)).any(|cue| cue.class == Class::Must)
    })
}

/// "The stream is 8 s behind, and 12 s at the most": a figure that goes on about what the one before it is.
pub(super) fn goes_on(passage: &Passage<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &passage.quantities[before]) else { return false };
    let quantity = &passage.quantities[at];
    let between = before.tokens.end..quantity.tokens.start;
    let behind = matches!(word_at(passage, between.start), "behind" | "late" | "old" | "apart" | "long");
    behind
        && before.measure == quantity.measure
        && between.len() <= 8
        && !passage.has_verb(&between)
        && passage.tokens[between].iter().any(|token| matches!(&*token.lower, "and" | "or" | "," | "und" | "et" | "y"))
}
