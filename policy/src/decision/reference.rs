//! References from one decision to another: links, `ADR-12`, `0012-title.md`, and lists of them.

use super::Reference;
use super::name;
use super::value::Value;
use super::words::is_unspaced;
use crate::text::Span;
use crate::text::outline::{Block, BlockKind};
use std::ops::Range;

/// Every record that a value names: its links, and what is named outside of them.
pub(super) fn all(value: &Value) -> Vec<Reference> {
    located(value).into_iter().map(|(_, reference)| reference).collect()
}

/// The same, each with where it starts in the value's text.
pub(super) fn located(value: &Value) -> Vec<(usize, Reference)> {
    if value.is_nothing() {
        return Vec::new();
    }
    let mut found: Vec<(usize, Reference)> =
        value.links.iter().take(60).map(|link| (link.range.start, of_link(value, link))).collect();
    let linked = |range: &Range<usize>| {
        value.links.iter().take(60).any(|link| overlaps(&link.range, range, value, link.target.len()))
    };
    for (range, number) in bare(&value.text) {
        if !linked(&range) {
            let target = value.text[range.clone()].to_owned();
            found.push((range.start, Reference { number, target, span: inside(value, &range), partial: false }));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    // A header or a sentence names a few; what names hundreds is a list of something else.
    found.truncate(60);
    let mut references: Vec<(usize, Reference)> = Vec::new();
    for (at, reference) in found {
        if !references.iter().any(|(_, known)| same(known, &reference)) {
            references.push((at, reference));
        }
    }
    references
}

/// Whether two references name the same record.
pub(super) fn same(one: &Reference, other: &Reference) -> bool {
    match (one.number, other.number) {
        (Some(one), Some(other)) => one == other,
        (None, None) => one.target == other.target,
        _ => false,
    }
}

/// A link in front matter keeps its target in the text, which is part of the link as well.
fn overlaps(link: &Range<usize>, range: &Range<usize>, value: &Value, target: usize) -> bool {
    let behind = if value.text[link.end..].starts_with("](") { link.end + target + 3 } else { link.end };
    range.start < behind && link.start < range.end
}

fn of_link(value: &Value, link: &super::value::ValueLink) -> Reference {
    let text = &value.text[link.range.clone()];
    let web = link.target.contains("://") && name::format(link.target.split('#').next().unwrap_or("")).is_none();
    let number = name::referred(text).filter(|_| !looks_dated(text)).or_else(|| {
        // An issue's or a pull request's number is not a record's.
        if web { None } else { name::referred(&link.target) }
    });
    Reference { number, target: link.target.clone(), span: link.span, partial: false }
}

fn looks_dated(text: &str) -> bool {
    name::date_of(text.trim()).is_some()
}

fn inside(value: &Value, range: &Range<usize>) -> Span {
    // Exact where the value is the file's own text; else the value as a whole.
    if value.span.end - value.span.start == value.text.len() {
        Span::new(value.span.start + range.start, value.span.start + range.end)
    } else {
        value.span
    }
}

/// Whether a block can name a record outside of a link: [`may_name`], where links are looked for.
pub(super) fn may_be_in(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Code | BlockKind::Comment) && may_name(&block.text.plain)
}

/// Whether a text can name a record outside of a link at all. Most prose cannot, and is not looked at closely.
pub(super) fn may_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let named = |dot: usize| {
        let behind = &bytes[dot + 1..];
        // Behind most dots is a space.
        matches!(behind.first(), Some(b'm' | b'a' | b'r'))
            && [&b"md"[..], b"adoc", b"rst", b"mark", b"asc"].iter().any(|end| behind.starts_with(end))
    };
    if memchr::memchr_iter(b'.', bytes).any(named) {
        return true;
    }
    let mut at = 0;
    while let Some(digit) = next_digit(bytes, at) {
        if may_be_numbered(&bytes[..digit]) {
            return true;
        }
        at = digit + bytes[digit..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    }
    false
}

/// The first digit from `at` on. Most text has none, and is passed over a piece at a time.
fn next_digit(bytes: &[u8], at: usize) -> Option<usize> {
    const PIECE: usize = 16;
    let rest = bytes.get(at..)?;
    let has_none = |piece: &&[u8; PIECE]| !piece.iter().fold(false, |any, byte| any | byte.is_ascii_digit());
    let passed = rest.as_chunks().0.iter().take_while(has_none).count() * PIECE;
    rest[passed..].iter().position(u8::is_ascii_digit).map(|inside| at + passed + inside)
}

/// Whether what stands before a number may make it that of a record: `ADR 12`, `ADR-12`, `arch-title-12`.
fn may_be_numbered(before: &[u8]) -> bool {
    // Most numbers stand behind a word that ends as none of these prefixes does.
    if let [.., last, b' '] = before
        && last.is_ascii_alphabetic()
        && !matches!(last, b'r' | b'R' | b's' | b'S' | b'P')
    {
        return false;
    }
    // No name is as long.
    let near = &before[before.len().saturating_sub(100)..];
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    let token = &near[near.iter().rposition(|byte| !is_part(byte)).map_or(0, |at| at + 1)..];
    let token = &token[token.iter().position(u8::is_ascii_alphanumeric).unwrap_or(token.len())..];
    let letters = token.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if PREFIXES.iter().any(|known| token[..letters].eq_ignore_ascii_case(known.as_bytes())) {
        return true;
    }
    // A sign between the two may be one of several bytes.
    let gap = near.iter().rev().take_while(|byte| !byte.is_ascii_alphanumeric()).count();
    let words = &near[..near.len() - gap];
    let word = &words[words.iter().rposition(|byte| !byte.is_ascii_alphabetic()).map_or(0, |at| at + 1)..];
    std::str::from_utf8(word).is_ok_and(is_prefix)
}

/// What stands before the number of a record, in one word with it.
const PREFIXES: [&str; 5] = ["adr", "ad", "arch", "oep", "dr"];

/// Records named in running text: `ADR-12`, `ADR 12, 13 and 14`, `0012-title.md`, a number alone.
pub(super) fn bare(text: &str) -> Vec<(Range<usize>, Option<u32>)> {
    bare_by(text, next_name)
}

/// The same; `next` says from where on to look for the next word.
fn bare_by(text: &str, next: impl Fn(&str, usize) -> Option<usize>) -> Vec<(Range<usize>, Option<u32>)> {
    let mut found: Vec<(Range<usize>, Option<u32>)> = Vec::new();
    let mut at = 0;
    while let Some(word) = next(text, at).and_then(|at| next_word(text, at)) {
        at = word.end;
        let token = &text[word.clone()];
        if let Some(number) = file_number(token) {
            found.push((word, number));
        } else if is_prefix(token) {
            // `ADR 12`, `ADR #12`: the number is a word of its own.
            if let Some(next) = next_word(text, at)
                && text[at..next.start]
                    .chars()
                    .all(|c| matches!(c, ' ' | '#' | '-' | '№' | ':' | '\u{2011}' | '\u{2013}'))
                && let Some(number) = plain_number(&text[next.clone()])
            {
                at = next.end;
                found.push((word.start..next.end, Some(number)));
            }
        } else if let Some(number) = prefixed_number(token) {
            found.push((word, Some(number)));
        } else if let Some(last) = found.last()
            && let Some(number) = plain_number(token)
            && joins(&text[last.0.end..word.start])
        {
            found.push((word, Some(number)));
        }
    }
    found
}

/// What stands between the members of a list of numbers.
fn joins(between: &str) -> bool {
    matches!(between.trim(), "," | "and" | "&" | ", and" | "und" | "et" | "y" | "/" | "、" | "и" | "e" | "+")
        || between.trim() == ";"
}

/// Whether a character belongs to a word. Scripts that set no spaces, or tie particles to words, do not belong to a
/// number before them.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_unspaced(c) && !matches!(c, '\u{AC00}'..='\u{D7AF}')
}

/// Whether a character may stand in a word.
fn is_part(c: char) -> bool {
    is_letter(c) || matches!(c, '-' | '_' | '.' | '/')
}

/// Where to go on looking for a name: at the word before the next one with a digit or a dot in it. Words without either
/// are no name, and only the one right before a number may belong to one.
fn next_name(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let sign = from + bytes[from..].iter().position(|byte| *byte == b'.' || byte.is_ascii_digit())?;
    let word = text[from..sign].trim_end_matches(is_part);
    let gap = word.trim_end_matches(|c| !is_letter(c));
    Some(from + gap.trim_end_matches(is_part).len())
}

fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find(is_letter)?;
    let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
    let kept = text[start..start + length].trim_end_matches(['.', '-', '_', '/']).len();
    Some(start..start + kept.max(1))
}

fn is_prefix(token: &str) -> bool {
    token.eq_ignore_ascii_case("adr") || token.eq_ignore_ascii_case("adrs") || token == "OEP"
}

fn plain_number(token: &str) -> Option<u32> {
    (token.len() <= 5 && token.bytes().all(|byte| byte.is_ascii_digit())).then(|| token.parse().ok())?
}

/// `ADR-12`, `ADR0012`, `ADR-0012-title`, `ARCH-018`.
fn prefixed_number(token: &str) -> Option<u32> {
    let letters = token.bytes().take_while(u8::is_ascii_alphabetic).count();
    let known = PREFIXES.iter().any(|known| token[..letters].eq_ignore_ascii_case(known));
    if known { name::number_of(token) } else { None }
}

/// The number of a document's name; a name without a number is a reference as well.
fn file_number(token: &str) -> Option<Option<u32>> {
    // Most words are told apart by their ends.
    name::format(token)?;
    let last = token.rsplit('/').next().unwrap_or(token);
    let stem = last.rsplit_once('.').map(|(stem, _)| stem)?;
    (!stem.is_empty()).then(|| name::number_of(stem))
}

/// The number alone that stands at `from`, as in `superseded by 0025`.
pub(super) fn number_at(value: &Value, from: usize) -> Option<(usize, Reference)> {
    let word = next_word(&value.text, from)?;
    let number = plain_number(&value.text[word.clone()])?;
    let close = value.text[from..word.start].chars().all(|c| matches!(c, ' ' | ':' | '#' | '№' | '*' | '`'));
    let target = value.text[word.clone()].to_owned();
    close.then(|| (word.start, Reference { number: Some(number), target, span: inside(value, &word), partial: false }))
}

/// Every record that a value names, numbers alone included: for values that can hold nothing else.
pub(super) fn all_or_number(value: &Value) -> Vec<Reference> {
    let found = all(value);
    if !found.is_empty() || value.is_nothing() {
        return found;
    }
    let mut numbers = Vec::new();
    for part in value.text.split([',', ';', '\n', '&']).flat_map(|part| part.split(" and ")) {
        let trimmed =
            part.trim().trim_matches(|c: char| matches!(c, '"' | '\'' | '#' | '[' | ']' | '*' | '`' | '(' | ')' | '.'));
        let number = plain_number(trimmed).or_else(|| name::number_of(last_of(trimmed)?));
        if let Some(number) = number {
            numbers.push(Reference {
                number: Some(number),
                target: trimmed.to_owned(),
                span: value.span,
                partial: false,
            });
        } else if (trimmed.starts_with("https://") || trimmed.starts_with("http://"))
            && !trimmed.contains(char::is_whitespace)
        {
            // A pull request or an issue: what it is about has no number of a record.
            numbers.push(Reference { number: None, target: trimmed.to_owned(), span: value.span, partial: false });
        } else if name::date_of(trimmed).is_some() && trimmed.len() > 10 && !trimmed.contains(char::is_whitespace) {
            numbers.push(Reference { number: None, target: trimmed.to_owned(), span: value.span, partial: false });
        }
    }
    numbers
}

/// The name at the end of a path without an ending: of `adr/0004-one-queue` what begins with its number.
fn last_of(path: &str) -> Option<&str> {
    let last = path.rsplit('/').next().filter(|last| last.starts_with(|c: char| c.is_ascii_digit()))?;
    (last.len() == path.len() || !path.contains([' ', ':', '\t'])).then_some(last)
}

/// The number that an entry like `id: ADR-0012` gives the record itself.
pub(super) fn number(value: &Value) -> Option<u32> {
    let text = value.text.trim().trim_matches(|c: char| matches!(c, '"' | '\'' | '`' | '#'));
    plain_number(text).or_else(|| prefixed_number(text)).or_else(|| name::number_of(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_that_are_passed_over_name_nothing(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "ADR", "adrs", "OEP", "ADR-", "see", "the", "12", "7", "0007", "-", " - ", "#", " ", " ", "  ", ".", ". ", "/",
                "0012-title.md", "x.adoc", "v1.2", "arch-4", "and", ", ", "; ", "\n", "№", "決定", "대체", "ö", "٣", ":", "(",
            ]), 0..24)
        ) {
            let text = pieces.concat();
            let all = bare_by(&text, |_, at| Some(at));
            prop_assert_eq!(&bare(&text), &all, "{}", text);
            prop_assert!(all.is_empty() || may_name(&text) || all.iter().all(|(_, number)| number.is_none()), "{}", text);
        }
    }

    fn numbers(text: &str) -> Vec<Option<u32>> {
        let value = Value::scalar(text, Span::new(0, text.len()), text);
        all_or_number(&value).into_iter().map(|reference| reference.number).collect()
    }

    #[test]
    fn references_as_people_write_them() {
        for (text, expected) in [
            ("Superseded by ADR-0007", vec![Some(7)]),
            ("superseded by ADR 32 and 33", vec![Some(32), Some(33)]),
            ("superseded by [ADR-0042](0042-samples-restructure.md)", vec![Some(42)]),
            ("Superseded by [DNS](0015-dns-infrastructure.md)", vec![Some(15)]),
            ("Superseded by ADR025", vec![Some(25)]),
            ("superseded by ADR7", vec![Some(7)]),
            ("by [ADR 23](/adr/23) and [ADR 26](/adr/26)", vec![Some(23), Some(26)]),
            ("see [20201016-use-slug](20201016-use-slug.md)", vec![None]),
            ("12", vec![Some(12)]),
            ("12, 13", vec![Some(12), Some(13)]),
            ("0012-some-title", vec![Some(12)]),
            ("adr/0012-some-title", vec![Some(12)]),
            ("https://example.org/12", vec![None]),
            ("N/A", vec![]),
            ("[the change](https://example.org/pull/23)", vec![None]),
            ("Accepted in 2023", vec![]),
            ("ADR0005-title.md", vec![Some(5)]),
        ] {
            assert_eq!(numbers(text), expected, "{text}");
        }
    }
}
