//! Percentiles: `p95`, `95th percentile`, `99.9 % of requests`, `99. Perzentil`, `nine in ten`.

mod part;

use super::super::token::{Kind, Token};
use super::bound;
use super::number::{self, Marks};
use part::{in_ten, is_beyond, of_whole};
use std::ops::Range;

/// A percentile and its tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Percentile {
    pub tokens: Range<usize>,
    /// 0 to 100.
    pub value: f64,
}

/// Finds every percentile, in order.
pub(crate) fn scan(tokens: &[Token<'_>], marks: Marks) -> Vec<Percentile> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !may_begin(&tokens[at]) {
            at += 1;
            continue;
        }
        match one(tokens, at, marks) {
            Some(percentile) => {
                at = percentile.tokens.end;
                found.push(percentile);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a percentile may begin with a token: a number, a name of one, a word for one, or a number in words. Most
/// words are told apart here.
fn may_begin(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Number(_) => true,
        Kind::Sign(_) => false,
        Kind::Word => number::may_be_amount(token) || may_be_name(&token.lower),
    }
}

/// Whether a word may be one that [`from_name`] knows.
fn may_be_name(lower: &str) -> bool {
    let bytes = lower.as_bytes();
    matches!(bytes.first(), Some(b'p' | b't')) && matches!(bytes.last(), Some(b'0'..=b'9' | b'.'))
}

fn one(tokens: &[Token<'_>], at: usize, marks: Marks) -> Option<Percentile> {
    let token = tokens.get(at)?;
    let found = |end: usize, value: f64| Some(Percentile { tokens: at..end, value });
    if token.is_word() {
        if let Some(value) = from_name(&token.lower) {
            return found(at + 1, value);
        }
        return match token.lower.as_ref() {
            "percentile" | "percentil" | "perzentil" | "centile" => {
                let value = tokens.get(at + 1).and_then(amount(marks))?;
                found(at + 2, value)
            }
            "median" | "médiane" | "mediana" => found(at + 1, 50.0),
            // "Half of all lookups within 2 ms".
            "half"
                if tokens.get(at + 1).is_some_and(|of| of.is("of") || of.is("the") || of.is("all"))
                    && tokens[at + 1..].iter().take(4).any(|token| is_served(&token.lower)) =>
            {
                found(at + 1, 50.0)
            }
            _ if !number::may_be_amount(token) => None,
            _ => in_ten(tokens, at).or_else(|| of_whole(tokens, at)).and_then(|(end, value)| found(end, value)),
        };
    }
    if let Some((end, value)) = in_ten(tokens, at).or_else(|| of_whole(tokens, at)) {
        return found(end, value);
    }
    let value = amount(marks)(token)?;
    let mut next = at + 1;
    let mut share = false;
    // "95th", "95.", "95e", "95 %", "95%-"
    while let Some(token) = tokens.get(next).filter(|_| next < at + 4) {
        match token.lower.as_ref() {
            "th" | "st" | "nd" | "rd" | "e" | "er" | "º" | "o" | "й" | "го" | "ème" | "." | "-" => next += 1,
            "%" | "percent" | "pct" | "prozent" => {
                share = true;
                next += 1;
            }
            _ => break,
        }
    }
    // "150 ms, 99 % of them."
    let them = share
        && tokens.get(next).is_some_and(|of| of.is("of"))
        && tokens.get(next + 1).is_some_and(|them| them.is("them"));
    let next = next + if them && tokens.get(next + 2).is_none_or(|end| end.sign().is_some()) { 2 } else { 0 };
    let closed = tokens.get(next).is_none_or(|next| matches!(next.sign(), Some(')' | '.' | ',' | ';')));
    // "All but five percent": the rest. "No more than 5 % of the answers may take longer": the same.
    let but = at >= 2 && tokens[at - 2].is("all") && tokens[at - 1].is("but");
    if share && value < 50.0 && (but || few_take_longer(tokens, at, next)) {
        return found(next, 100.0 - value);
    }
    if share && value >= 90.0 && closed && behind_time(tokens, at) {
        return found(next, value);
    }
    let mut word = tokens.get(next)?;
    // "99 % delivered within 80 ms".
    let done = word.lower.ends_with("ed")
        && tokens.get(next + 1).is_some_and(|within| matches!(&*within.lower, "in" | "within" | "under" | "below"));
    if share && done {
        word = &tokens[next + 1];
    }
    // "99.5 % in ≤ 120 ms".
    let in_time =
        matches!(&*word.lower, "in" | "within" | "under" | "below" | "inside" | "unter" | "≤" | "<" | "en" | "sous")
            && tokens[next..].iter().take(6).any(|token| super::unit::time(&token.lower).is_some());
    if share && value >= 50.0 && in_time {
        return found(next, value);
    }
    if is_percentile_word(&word.lower) {
        return found(next + 1, value);
    }
    // "All of them in 1 s, 99.9 % of them in 150 ms", "99 % take 70 ms at most".
    let them = matches!(&*word.lower, "of" | "von")
        && tokens.get(next + 1).is_some_and(|them| them.is("them") || them.is("ihnen"))
        || matches!(&*word.lower, "d" | "davon" | "take" | "need" | "get" | "arrive" | "come" | "dauern" | "brauchen");
    let timed = tokens[next..].iter().take(9).any(|token| super::unit::time(&token.lower).is_some());
    if share && value >= 90.0 && them && timed {
        let of_them = usize::from(matches!(&*word.lower, "of" | "von")) * 2;
        return found(next + of_them, value);
    }
    // "99.9% have to be good".
    let asked = matches!(&*word.lower, "have" | "has") && tokens.get(next + 1).is_some_and(|to| to.is("to"))
        || matches!(&*word.lower, "must" | "shall" | "should" | "müssen" | "doivent" | "deben");
    if share && value >= 90.0 && asked {
        return found(next, value);
    }
    // "95 % of all requests", "99% der Anfragen", "95 % des requêtes": a share of what is served.
    let of = matches!(
        word.lower.as_ref(),
        "of" | "der" | "aller" | "von" | "des" | "de" | "dei" | "delle" | "van" | "all" | "the"
    );
    // "99.9 % of them in less than 150 ms".
    let them = tokens.get(next + 1).is_some_and(|who| {
        matches!(&*who.lower, "them" | "these" | "those" | "all" | "ihnen" | "denen" | "ellas" | "ellos")
    });
    let timed = || tokens[next..].iter().take(9).any(|token| super::unit::time(&token.lower).is_some());
    if share && value >= 50.0 && of && them && timed() {
        return found(next, value);
    }
    let served = tokens[next..].iter().take(5).any(|token| is_served(&token.lower));
    let all_of = |token: &Token<'_>| is_served(&token.lower);
    // Of other things only a large share is one: "95 % of presses", but not "80 % of its time".
    let noun = next + 1 + usize::from(tokens.get(next + 1).is_some_and(|the| the.is("the") || the.is("all")));
    // "99 % of the declarations": several of them, behind an article.
    let one_alone = tokens.get(next + 1).is_some_and(|the| the.is("the"))
        && tokens.get(noun).is_none_or(|thing| !thing.lower.ends_with('s'));
    let thing = !one_alone && tokens.get(noun).is_some_and(|thing| thing.is_word() && !is_no_case(&thing.lower));
    if share && (value >= 50.0 && ((of && served) || all_of(word)) || value >= 90.0 && of && thing) {
        return found(next, value);
    }
    None
}

/// Whether a share is bounded from above, and said to take longer: "at most 1 % of the calls may need more than 80 ms".
fn few_take_longer(tokens: &[Token<'_>], at: usize, next: usize) -> bool {
    let few = matches!(
        bound::comparator(tokens, at),
        Some((bound::Side::Upper, start)) if start < at
    );
    few && tokens[next..].iter().take(10).any(|token| is_beyond(&token.lower))
}

/// Whether a share is given right behind a time, alone: "4 s, 95 %", "250 ms auf der Karte (95 %)".
fn behind_time(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return false };
    let reach = match before.sign() {
        Some('(') => 8,
        Some(',') => 2,
        // "≤ 2 s for 95 %", "300 ms bei 99 %".
        None if matches!(&*before.lower, "for" | "in" | "at" | "bei" | "für" | "pour" | "para" | "en" | "dans") => 2,
        _ => return false,
    };
    tokens[at.saturating_sub(reach)..at].iter().any(|token| super::unit::time(&token.lower).is_some())
}

fn amount(marks: Marks) -> impl Fn(&Token<'_>) -> Option<f64> {
    move |token| {
        let Kind::Number(number) = token.kind else { return None };
        number::amount(number, marks).filter(|value| (0.0..=100.0).contains(value))
    }
}

/// `p95`, `p99.9`, `p999` (99.9), `tp99`.
fn from_name(lower: &str) -> Option<f64> {
    let digits = lower.strip_prefix("tp").or_else(|| lower.strip_prefix("pct")).or_else(|| lower.strip_prefix('p'))?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    if digits.contains('.') {
        return digits.parse().ok().filter(|value| *value <= 100.0);
    }
    match digits.len() {
        2 => digits.parse().ok(),
        // People drop the point: p999 is 99.9, p9999 is 99.99.
        3 | 4 if digits.starts_with("99") => format!("{}.{}", &digits[..2], &digits[2..]).parse().ok(),
        3 if digits == "100" => Some(100.0),
        _ => None,
    }
}

fn is_percentile_word(lower: &str) -> bool {
    matches!(
        lower,
        "percentile"
            | "percentiles"
            | "percentil"
            | "perzentil"
            | "perzentile"
            | "perzentils"
            | "centile"
            | "quantile"
            | "quantil"
            | "ile"
            | "percentiel"
            | "percentyl"
            | "percentile,"
            | "перцентиль"
            | "перцентиле"
            | "перцентиля"
            | "процентиль"
            | "百分位"
            | "パーセンタイル"
            | "백분위"
            | "yüzdelik"
    )
}

/// Words for what a service serves: a share of them is a percentile, a share of anything else is not.
pub(crate) fn is_served(lower: &str) -> bool {
    const STEMS: &[&str] = &[
        "request",
        "call",
        "quer",
        "message",
        "lookup",
        "event",
        "response",
        "answer",
        "operation",
        "transaction",
        "check",
        "read",
        "write",
        "update",
        "search",
        "order",
        "payment",
        "page",
        "frame",
        "packet",
        "command",
        "case",
        "command",
        "invocation",
        "decision",
        "render",
        "login",
        "redemption",
        "booking",
        "scan",
        "quote",
        "job",
        "task",
        "anfrage",
        "aufruf",
        "antwort",
        "abfrage",
        "nachricht",
        "buchung",
        "suche",
        "zahlung",
        "fälle",
        "meldung",
        "vorgäng",
        "vorgang",
        "requête",
        "appel",
        "réponse",
        "cas",
        "consulta",
        "peticion",
        "solicitud",
        "respuesta",
        "llamada",
        "mensaje",
        "operaci",
        "richiest",
        "verzoek",
        "zapyta",
        "żąda",
        "запрос",
        "запит",
        "istek",
        "time",
        "transfer",
        "delivery",
        "deliveries",
        "alert",
        "reading",
        "sample",
        "batch",
        "record",
        "item",
        "ticket",
        "notification",
        "session",
        "upload",
        "download",
        "inference",
        "prediction",
        "tick",
        "move",
        "match",
        "round",
        "submission",
        "authori",
        "token",
        "hit",
        "fetch",
        "load",
        "handshake",
        "connection",
        "interaction",
    ];
    STEMS.iter().any(|stem| lower.starts_with(stem))
}

/// What is divided, not counted.
fn is_no_case(lower: &str) -> bool {
    matches!(
        lower,
        "its"
            | "their"
            | "our"
            | "his"
            | "the"
            | "time"
            | "day"
            | "week"
            | "month"
            | "quarter"
            | "year"
            | "hours"
            | "memory"
            | "cpu"
            | "capacity"
            | "work"
            | "code"
            | "budget"
            | "disk"
            | "ram"
            | "traffic"
            | "cost"
            | "costs"
            | "it"
            | "them"
            | "this"
            | "that"
            | "zeit"
            | "speichers"
            | "temps"
            | "mémoire"
            | "tiempo"
            | "memoria"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::token::lex;

    fn all(text: &str) -> Vec<f64> {
        scan(&lex(text), Marks::Unknown).into_iter().map(|found| found.value).collect()
    }

    #[test]
    fn forms() {
        for (text, value) in [
            ("p95 < 120 ms", 95.0),
            ("P99.9 under 1 s", 99.9),
            ("p999", 99.9),
            ("the 95th percentile", 95.0),
            ("99. Perzentil", 99.0),
            ("95e percentile", 95.0),
            ("percentil 95", 95.0),
            ("95 % of requests", 95.0),
            ("99.9% of token checks", 99.9),
            ("99 % der Anfragen", 99.0),
            ("95 % des requêtes", 95.0),
            ("nine in ten", 90.0),
            ("ninety-nine in a hundred", 99.0),
            ("no more than one total in a thousand may take longer", 99.9),
            ("half of all lookups within 2 ms", 50.0),
            ("nine out of ten lookups", 90.0),
            ("the 95%ile", 95.0),
        ] {
            assert_eq!(all(text), [value], "{text}");
        }
        assert!(all("95 % of the time budget is spent in 2 of 3 modules, 40 % of requests").len() <= 1);
        assert!(all("p2p traffic, p1 incident").is_empty());
    }
}
