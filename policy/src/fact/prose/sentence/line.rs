//! What opens a line: the number of a requirement, a label, or what the author broke the line for.

use super::super::super::token::{Kind, Number, Token};
use super::super::super::value::unit;

/// The end of the number of a requirement at the start of a line: "DC-5", "R2  ", "4.3", "FT-02:".
pub(super) fn number_of_line(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let first = tokens.get(at)?;
    let gap = |end: usize| tokens.get(end).map_or(0, |next| next.range.start - tokens[end - 1].range.end);
    // "4.3 Three instances", and not "4.3 GB".
    if matches!(first.kind, Kind::Number(_)) {
        let dots = first.text.bytes().filter(|byte| *byte == b'.').count();
        let digits = first.text.len() <= 6 && first.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let next = tokens.get(at + 1).filter(|next| next.is_word() && !next.glued)?;
        let sentence = next.text.starts_with(char::is_uppercase);
        let unit = unit::of(next.text, &next.lower, true).is_some();
        return (dots > 0 && digits && sentence && !unit).then_some(at + 1);
    }
    // "Q: How many?", "A: Seven."
    let speaks = matches!(first.text, "Q" | "A")
        && tokens.get(at + 1).is_some_and(|next| next.sign() == Some(':') && next.glued);
    if speaks {
        return tokens.get(at + 2).filter(|next| !next.glued).map(|_| at + 2);
    }
    // "Req. 3. The counter …".
    let named = matches!(&*first.lower, "req" | "requirement" | "anforderung" | "exigence" | "requisito" | "rule");
    let stop = usize::from(tokens.get(at + 1).is_some_and(|next| next.glued && next.sign() == Some('.')));
    let closes = |at: usize| {
        let sign = tokens.get(at).is_some_and(|next| next.glued && matches!(next.sign(), Some('.' | ')' | ':')));
        sign && tokens.get(at + 1).is_some_and(|next| !next.glued)
    };
    let number = tokens.get(at + 1 + stop).filter(|next| matches!(next.kind, Kind::Number(_)) && next.text.len() <= 4);
    if named && number.is_some() && closes(at + 2 + stop) {
        return Some(at + 3 + stop);
    }
    // "TOP 3 Number of pods", "Item 2, memory": a point of an agenda.
    let point = matches!(first.text, "TOP" | "Item" | "Punkt" | "Pkt" | "Punto" | "Point");
    if point && number.is_some_and(|number| number.text.bytes().all(|byte| byte.is_ascii_digit())) {
        let end = at + 2 + stop;
        let next = tokens.get(end).filter(|next| !next.glued || matches!(next.sign(), Some(':' | '.' | ',' | ')')))?;
        let parts = usize::from(matches!(next.sign(), Some(':' | '.' | ',' | ')' | '—' | '–')));
        let opens = parts > 0 || next.text.starts_with(char::is_uppercase);
        return (opens && tokens.get(end + parts).is_some()).then_some(end + parts);
    }
    let letters = first.text.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &first.text[letters..];
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=5).contains(&letters) || !first.is_word() {
        return None;
    }
    let end = if digits(rest) && !matches!(&first.text[..letters], "P" | "TP") {
        // "R2  cost", "NFR4: cost"; "S3 holds" is a sentence.
        let known = matches!(&first.text[..letters], "R" | "NFR" | "REQ" | "FR" | "QR" | "AC" | "RQ" | "SR" | "QA");
        // "N1. A level change has to …", "Q2) The controller must …": a number as lists have them.
        let listed = tokens.get(at + 1).is_some_and(|next| next.glued && matches!(next.sign(), Some('.' | ')')))
            && tokens.get(at + 2).is_some_and(|next| !next.glued && next.text.starts_with(char::is_uppercase));
        let apart = gap(at + 1) > 1 && gap(at + 1) < 16 || known || listed;
        apart.then_some(at + 1)?
    } else {
        // "FT-02": a hyphen is left out between words.
        let number = tokens.get(at + 1).filter(|next| rest.is_empty() && digits(next.text))?;
        number.joined.then_some(at + 2)?
    };
    let end = end + usize::from(tokens.get(end).is_some_and(|next| matches!(next.sign(), Some(':' | '.' | ')'))));
    tokens.get(end).filter(|next| !next.glued && gap(end) < 16 && next.sign() != Some('(')).map(|_| end)
}

/// Whether a stop belongs to the number that opens a line: "R3.  A session …".
pub(super) fn is_in_number(tokens: &[Token<'_>], start: usize, stop: usize) -> bool {
    let opens = start == 0 || tokens[start].line_start;
    stop < start + 5 && opens && number_of_line(tokens, start).is_some_and(|end| stop < end)
}

/// Whether a line opens with a label and a colon: of lines that all do, each is one of its own.
fn opens_with_colon(tokens: &[Token<'_>], at: usize) -> bool {
    for token in tokens[at..].iter().take(7) {
        match token.sign() {
            Some(':') => return true,
            Some('*' | '_' | '(' | ')' | '/' | ',') | None => {}
            Some(_) => return false,
        }
    }
    false
}

/// Whether the author broke the line on purpose: the line before is short, or the next one opens with a label or a
/// percentile.
pub(super) fn breaks_line(tokens: &[Token<'_>], start: usize, at: usize) -> bool {
    // "Expected load\n: 36,000 readings an hour": a term and what is said of it.
    if tokens[at].sign() == Some(':') {
        return false;
    }
    // "We decided for Rust\nand neglected Go,\nto keep …": what opens in small letters with a joint goes on.
    if goes_on(tokens, at) {
        return false;
    }
    let line_start = (at.saturating_sub(60)..at).rev().find(|before| tokens[*before].line_start).unwrap_or(start);
    let width = tokens[at - 1].range.end - tokens[line_start].range.start;
    let dated = matches!(tokens[at].kind, Kind::Number(Number::NoAmount));
    dated
        || width < 36
        || number_of_line(tokens, at).is_some()
        || width < 68 && opens_with_colon(tokens, line_start) && opens_with_colon(tokens, at)
        || may_open_line(tokens, at) && opens_with_label(tokens, at)
        || tokens[at - 1].sign() == Some(':')
}

/// Whether a line opens with a word that joins it to the one before, and is no labelled line.
fn goes_on(tokens: &[Token<'_>], at: usize) -> bool {
    const JOINTS: &[&str] = &["and", "to", "accepting", "facing", "und", "um", "et", "afin", "para"];
    let before = tokens[at - 1].sign().is_none_or(|sign| sign == ',' || sign == ')');
    before
        && tokens[at].text.starts_with(char::is_lowercase)
        && JOINTS.contains(&&*tokens[at].lower)
        && !opens_with_label(tokens, at)
}

/// Whether the line before may be at its end: a label in small letters behind half a sentence is its other half.
fn may_open_line(tokens: &[Token<'_>], at: usize) -> bool {
    let ended = tokens[at - 1].sign().is_some_and(|sign| !matches!(sign, ',' | '(' | '-'));
    ended || !tokens[at].text.starts_with(char::is_lowercase)
}

/// `Word word:` at the start of a line.
fn opens_with_label(tokens: &[Token<'_>], at: usize) -> bool {
    for token in tokens[at..].iter().take(6) {
        match token.sign() {
            Some(':') => return true,
            Some('—' | '–') if !token.glued => return true,
            Some('.') if !token.glued => return true,
            Some('*' | '_' | '(' | ')' | '/') | None => {}
            Some(_) => return false,
        }
    }
    false
}
