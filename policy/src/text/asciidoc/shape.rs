//! What a line of AsciiDoc starts.

use super::super::lines::Line;

/// Four or more of one character and nothing else.
pub(super) fn is_delimiter(text: &str, c: char) -> bool {
    text.len() >= 4 && text.chars().all(|own| own == c)
}

/// The line that closes a block, or the end of the file.
pub(super) fn closing(lines: &[Line<'_>], at: usize, delimiter: &str) -> usize {
    (at + 1..lines.len()).find(|&next| lines[next].trimmed() == delimiter).unwrap_or(lines.len())
}

/// `== Heading`, `# Heading`, or a heading with a line under it: level, text, and where it ends.
pub(super) fn heading<'s>(lines: &[Line<'s>], at: usize) -> Option<(u8, Line<'s>, usize)> {
    let line = lines[at];
    if let Some(level) = section_mark(line.trimmed()) {
        return Some((level, line.behind(usize::from(level)), at + 1));
    }
    let under = lines.get(at + 1)?.trimmed();
    let level = match under.chars().next()? {
        '=' => 1,
        '-' => 2,
        '~' => 3,
        '^' => 4,
        '+' => 5,
        _ => return None,
    };
    let length = line.trimmed().chars().count();
    let fits =
        under.len() >= 3 && under.bytes().all(|byte| byte == under.as_bytes()[0]) && under.len().abs_diff(length) <= 2;
    let words = line.indent() == 0 && line.text.starts_with(|c: char| c.is_alphanumeric()) && item(&line).is_none();
    (fits && words).then_some((level, line, at + 2))
}

/// The level of a heading's mark: one to six `=` or `#`, then a space.
pub(super) fn section_mark(text: &str) -> Option<u8> {
    let mark = text.chars().next().filter(|c| matches!(c, '=' | '#'))?;
    let level = text.bytes().take_while(|byte| char::from(*byte) == mark).count();
    let rest = &text[level..];
    (level <= 6 && rest.starts_with(' ') && !rest.trim().is_empty()).then(|| u8::try_from(level).ok())?
}

/// Whether a line of `====` is the line under a heading.
pub(super) fn underlines(lines: &[Line<'_>], at: usize) -> bool {
    at > 0 && heading(lines, at - 1).is_some_and(|(_, _, end)| end == at + 1)
}

/// `:name: value`
pub(super) fn attribute(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(':')?;
    let (name, value) = rest.split_once(':')?;
    let named = !name.is_empty()
        && name.len() <= 80
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '!' | ' '));
    (named && !name.starts_with(' ') && (value.is_empty() || value.starts_with(' '))).then(|| (name, value.trim()))
}

/// The name in `Jane Doe <jane@example.org>`; the address may only be left out where `named` says so.
pub(super) fn author(text: &str, named: bool) -> Option<&str> {
    let text = text.trim();
    let name = match text.split_once('<') {
        Some((name, address)) if address.ends_with('>') && address.contains('@') => name.trim_end(),
        None if named => text,
        _ => return None,
    };
    let is_word = |word: &str| {
        word.starts_with(char::is_alphabetic)
            && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '\'' | '’'))
    };
    let words = name.split_whitespace();
    ((1..=4).contains(&words.clone().take(5).count()) && words.clone().all(is_word)).then_some(name)
}

/// `v0.1, 2024-01-22` or `1.0`
pub(super) fn is_revision(text: &str) -> bool {
    text.strip_prefix('v').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit())
}

/// The marker of a list item, and the line behind it.
pub(super) fn item<'s>(line: &Line<'s>) -> Option<(&'s str, Line<'s>)> {
    let indent = line.text.len() - line.text.trim_start().len();
    let text = &line.text[indent..];
    let first = text.chars().next()?;
    let length = match first {
        '*' | '.' => text.chars().take_while(|c| *c == first).count(),
        '-' => 1,
        '0'..='9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            digits + usize::from(digits <= 4 && text[digits..].starts_with('.'))
        }
        '<' => text.find('>').filter(|end| *end <= 4).map_or(0, |end| end + 1),
        _ => 0,
    };
    if length > 0 && length <= 6 && text[length..].starts_with([' ', '\t']) && !text[length..].trim().is_empty()
        || (length > 0 && matches!(first, '*' | '-') && text.len() == length && length <= 3)
    {
        let marker = if first.is_ascii_digit() { "1." } else { &text[..length] };
        if first.is_ascii_digit() && !text[..length].ends_with('.') {
            return None;
        }
        return Some((marker, line.behind(indent + length)));
    }
    // `Term:: text`
    let near = text.get(..text.len().min(160)).unwrap_or_else(|| text.split_whitespace().next().unwrap_or(""));
    let colons = near.find("::")?;
    let behind = near[colons..].trim_start_matches(':');
    let term = &near[..colons];
    let labelled = !term.is_empty()
        && (behind.is_empty() || behind.starts_with(' '))
        && !term.contains("://")
        && !term.starts_with(':');
    labelled.then(|| ("::", line.behind(indent)))
}
