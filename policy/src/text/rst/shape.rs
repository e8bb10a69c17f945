//! What a line of reStructuredText is, by its own signs.

use super::super::lines::Line;

/// A term, and below it, further in, what is said of it.
pub(super) fn defines<'l, 's>(lines: &'l [Line<'s>]) -> Option<(Line<'s>, &'l [Line<'s>])> {
    let (term, told) = lines.split_first()?;
    let inside = !told.is_empty() && told.iter().all(|line| line.indent() > term.indent());
    let ends = term.trimmed().ends_with([':', '.', ',', ';', '!', '?']);
    (inside && !ends && term.trimmed().len() <= 120).then_some((*term, told))
}

/// The character of a line that adorns a heading: two or more of one punctuation mark, and nothing else.
pub(super) fn adornment(text: &str) -> Option<char> {
    let first = text.chars().next().filter(char::is_ascii_punctuation)?;
    (text.len() >= 2 && text.chars().all(|c| c == first) && !matches!(text, ".." | "::")).then_some(first)
}

/// The name of a directive and what stands behind it.
pub(super) fn directive<'s>(line: &Line<'s>) -> Option<(&'s str, Line<'s>)> {
    // `.. |name| image:: x` is a directive as well, behind its name.
    let (name, _) = line.text.split_once("::")?;
    let plain = !name.is_empty()
        && name.len() <= 60
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '+' | '.'));
    plain.then(|| (name, line.behind(name.len() + 2)))
}

/// `:name: value`
pub(super) fn field<'s>(line: &Line<'s>) -> Option<(&'s str, Line<'s>)> {
    let indent = line.text.len() - line.text.trim_start().len();
    let rest = line.text[indent..].strip_prefix(':')?;
    let end = rest.find(':').filter(|end| (1..=80).contains(end))?;
    let behind = &rest[end + 1..];
    let named = !rest.starts_with([' ', '`']) && !rest[..end].contains('`');
    (named && (behind.is_empty() || behind.starts_with([' ', '\t'])))
        .then(|| (&rest[..end], line.behind(indent + end + 2)))
}

/// The line behind the marker of a list item.
pub(super) fn item<'s>(line: &Line<'s>) -> Option<Line<'s>> {
    let indent = line.text.len() - line.text.trim_start().len();
    let text = &line.text[indent..];
    let first = text.chars().next()?;
    let length = match first {
        '-' | '*' | '+' => 1,
        '•' | '‣' | '⁃' => first.len_utf8(),
        '#' => 2 * usize::from(text.starts_with("#.")),
        '(' | '0'..='9' | 'a'..='z' | 'A'..='Z' => {
            let open = usize::from(first == '(');
            let digits = text[open..].bytes().take_while(u8::is_ascii_digit).count();
            let count = if digits > 0 {
                digits
            } else {
                text[open..].chars().take(1).filter(char::is_ascii_alphabetic).count()
            };
            let close = text[open + count..].starts_with([')', '.']);
            if close && (1..=3).contains(&count) { open + count + 1 } else { 0 }
        }
        _ => 0,
    };
    (length > 0 && (text.len() == length || text[length..].starts_with([' ', '\t'])))
        .then(|| line.behind(indent + length))
}
