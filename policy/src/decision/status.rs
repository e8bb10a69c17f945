//! What the words of a status mean. Words that are not understood mean nothing: no status is ever guessed.

use super::words::{Lexicon, fold, folded, is_unspaced, lexicon};
use super::{Status, date, name};
use jiff::civil::Date;

/// One statement of a status, understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// The status.
    pub(super) status: Status,
    /// The day that stands beside it.
    pub(super) date: Option<Date>,
    /// Whether the statement says nothing but the status and its day.
    pub(super) bare: bool,
}

/// Longest statement that is looked at, in bytes: what stands further behind only explains.
const LONGEST: usize = 600;

/// Understands one statement: `✅ Accepted (2026-01-31)`, `superseded by ADR-12`, `2020-03-04 proposed`.
#[must_use]
pub(super) fn understand(text: &str) -> Option<Statement> {
    let text = cut(text.trim(), LONGEST);
    let (day, rest) = match date::leading(text) {
        Some((day, range)) => (Some(day), text[range.end..].trim_start_matches(|c: char| !c.is_alphanumeric())),
        None => (None, text),
    };
    // `As of 2025-02-05, this record has been accepted` does not say when it was.
    let looking_back = folded(cut(rest, 12), |opening| opening.starts_with("as of"));
    let found = day.or_else(|| date::find(rest).map(|(day, _)| day)).filter(|_| !looking_back);
    let bare = rest.chars().filter(|c| c.is_alphabetic()).count() <= 24 && !rest.trim_end().contains(". ");
    clauses(rest).map(|status| Statement { status, date: found, bare })
}

/// Understands the lines of a status section or value: the first statement counts, unless the lines are a dated log,
/// whose latest entry counts, or a later line says what superseded the record.
#[must_use]
pub(super) fn understand_all(lines: &[&str]) -> Option<Statement> {
    if let Some(status) = voted(lines) {
        return Some(Statement { status, date: None, bare: false });
    }
    let statements: Vec<Option<Statement>> = lines.iter().take(60).map(|line| understand(line)).collect();
    let dated: Vec<Statement> = statements.iter().flatten().filter(|one| one.date.is_some()).copied().collect();
    let first = statements.first().copied().flatten();
    if dated.len() >= 2 && first.is_none_or(|first| first.date.is_some()) {
        // The last of several on the latest day.
        return dated.into_iter().reduce(|latest, one| if one.date >= latest.date { one } else { latest });
    }
    let first = match first {
        Some(first) => first,
        None => {
            // A line of explanation may stand before it; two different words are not a status.
            let mut bare = statements.iter().flatten().filter(|one| one.bare);
            let only = *bare.next()?;
            if bare.any(|other| other.status != only.status) {
                return None;
            }
            only
        }
    };
    let replaced = statements.iter().flatten().any(|one| one.status == Status::Superseded);
    if replaced && first.status == Status::Accepted {
        return Some(Statement { status: Status::Superseded, ..first });
    }
    let differs = statements.iter().flatten().any(|one| one.bare && one.date.is_none() && one.status != first.status);
    let listed = statements.iter().flatten().filter(|one| one.bare && one.date.is_none()).count() > 1;
    if differs && listed { None } else { Some(first) }
}

/// `Ada - agreed`, `Grace - agreed`: the status that everybody gives, where each line is somebody's.
pub(super) fn voted(lines: &[&str]) -> Option<Status> {
    let vote = |line: &&str| {
        let (name, word) = [" - ", ": ", " \u{2013} ", " \u{2014} "].iter().find_map(|parts| line.split_once(parts))?;
        let named = name.split_whitespace().count() <= 3 && name.chars().any(char::is_alphabetic);
        let (name, word) = (fold(name), fold(word));
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let plain = named && super::words::field(&name).is_none() && understand(&name).is_none();
        lexicon(word).status(word).filter(|_| plain)
    };
    let votes: Option<Vec<Status>> = lines.iter().take(60).map(vote).collect();
    let votes = votes.filter(|votes| votes.len() >= 2)?;
    votes.iter().all(|status| *status == votes[0]).then_some(votes[0])
}

/// The status of a text whose clauses are parted by punctuation.
fn clauses(text: &str) -> Option<Status> {
    let folded = fold(text);
    let mut pieces = Pieces { rest: &folded };
    let (_, mut opening) = pieces.next()?;
    // `As of 2025-02-05, this record has been accepted.`
    if ["as of ", "since ", "on "].iter().any(|word| opening.starts_with(word)) && date::find(opening).is_some() {
        opening = pieces.next()?.1;
    }
    // A label repeated in its own section: `Status: accepted`.
    if super::words::field(opening) == Some(super::words::Field::Status) {
        opening = pieces.next()?.1;
    }
    // Each clause in its own script: `Proposed（框架已存在）`.
    let mut status = clause(opening, lexicon(opening))?;
    for (separator, piece) in pieces {
        let Some(next) = clause(piece, lexicon(piece)) else { continue };
        match (separator, next) {
            (Separator::Arrow, next) => status = next,
            (_, next) if next == status => {}
            // What is said in brackets or later only counts where it ends what was in force.
            (Separator::Stop | Separator::Bracket, Status::Superseded | Status::Deprecated)
                if matches!(status, Status::Accepted | Status::Proposed | Status::Deprecated) =>
            {
                status = next;
            }
            (Separator::Bracket, _) => {}
            _ => return None,
        }
    }
    Some(status)
}

/// What parts one clause from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    /// `.` `,` `;` `:` a line break, a dash.
    Stop,
    /// `(`
    Bracket,
    /// `/` `|` `or`
    Choice,
    /// `→`
    Arrow,
}

struct Pieces<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = (Separator, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let mut separator = Separator::Stop;
        loop {
            // Symbols before a clause: emoji, brackets, stars; what parts clauses is kept.
            let start = self.rest.char_indices().find(|(_, c)| c.is_alphanumeric() || *c == '#');
            let before = start.map_or(self.rest.len(), |(at, _)| at);
            for c in self.rest[..before].chars() {
                separator = match c {
                    '(' | '[' | '{' if separator != Separator::Choice => Separator::Bracket,
                    '/' | '|' => Separator::Choice,
                    '→' | '➜' | '⇒' | '➡' | '>' => Separator::Arrow,
                    _ => separator,
                };
            }
            self.rest = &self.rest[before..];
            if self.rest.is_empty() {
                return None;
            }
            let end = clause_end(self.rest);
            let piece = self.rest[..end].trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '#'));
            self.rest = &self.rest[end..];
            if !piece.is_empty() {
                return Some((separator, piece));
            }
        }
    }
}

/// Where the clause at the start of `text` ends.
fn clause_end(text: &str) -> usize {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let behind = || text[at + c.len_utf8()..].chars().next();
        let ends = match c {
            ',' | ';' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '→' | '➜' | '⇒' | '➡' | '。' | '、' | '，' | '·'
            | '•' | '"' | '`' => true,
            '.' | ':' => behind().is_none_or(char::is_whitespace),
            '/' => {
                behind().is_none_or(|c| c.is_whitespace() || c.is_alphabetic())
                    && (before == ' ' || before.is_alphabetic())
            }
            '-' | '\u{2013}' | '\u{2014}' => {
                before == ' ' || (c != '-' && !before.is_ascii_digit()) || behind() == Some('>')
            }
            _ => false,
        };
        if ends {
            return at;
        }
        before = c;
    }
    text.len()
}

/// The status of one clause: a status word at its start, and behind it only what tells more about it.
fn clause(clause: &str, lexicon: &Lexicon) -> Option<Status> {
    if lexicon.is_around(clause) && name_or_digit(clause) {
        return Some(Status::Superseded);
    }
    if clause.starts_with(is_unspaced) {
        return unspaced(clause, lexicon);
    }
    if let Some((status, rest)) = phrase(clause, lexicon) {
        return tells_more(status, rest, lexicon).then_some(status);
    }
    sentence(clause, lexicon)
}

/// Whether a record is named: "replaced" alone, with words around it, would not say by what.
fn name_or_digit(clause: &str) -> bool {
    clause.bytes().any(|byte| byte.is_ascii_digit()) || clause.contains("adr")
}

/// The longest status phrase at the start of a clause, and what follows it.
fn phrase<'c>(clause: &'c str, lexicon: &Lexicon) -> Option<(Status, &'c str)> {
    let ends =
        clause.char_indices().filter(|(_, c)| !c.is_alphanumeric() && !matches!(c, '\'' | '-')).map(|(at, _)| at);
    let mut found = None;
    for end in ends.take(5).chain(std::iter::once(clause.len())) {
        // `partially-implemented`, `in-review`
        let spaced = || clause[..end].contains('-').then(|| clause[..end].replace('-', " "));
        let known = lexicon.status(&clause[..end]).or_else(|| lexicon.status(&spaced()?));
        if let Some(status) = known {
            found = Some((status, clause[end..].trim_start()));
        }
    }
    found
}

/// Whether what stands behind a status only tells more about it, so that the status stands as it is.
fn tells_more(status: Status, rest: &str, lexicon: &Lexicon) -> bool {
    if rest.is_empty() {
        return true;
    }
    let word = rest.split(|c: char| c.is_whitespace() || c == '*').next().unwrap_or(rest);
    if status == Status::Superseded {
        // "Replaces ADR-4" and German "ersetzt ADR-4" say something else than "replaced by ADR-4".
        let words: String = rest.split(' ').take(3).collect::<Vec<_>>().join(" ");
        // Russian names what replaces the record right behind the participle.
        let named = word.starts_with("adr") && lexicon.is_by("adr");
        return named || lexicon.is_by(word) || lexicon.is_by(&words) || date::leading(rest).is_some();
    }
    if word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '#' | '@' | '<' | '*' | '=' | '+' | '~')) {
        return true;
    }
    if matches!(word, "and" | "&" | "und" | "et" | "y" | "e" | "i" | "и" | "та" | "en" | "or" | "oder" | "ou" | "o")
    {
        let next = rest[word.len()..].trim_start();
        let other = phrase(next, lexicon).map(|(other, _)| other);
        let choice = matches!(word, "or" | "oder" | "ou" | "o");
        let turned = next.split(' ').any(|word| lexicon.status(word).is_some_and(|other| other != status));
        return other == Some(status) || (other.is_none() && !choice && !turned);
    }
    // `Accepted Implemented`, `Proposed Not Implemented`
    if phrase(rest, lexicon).is_some_and(|(other, more)| other == status && more.is_empty()) {
        return true;
    }
    let two = rest.split(' ').take(2).collect::<Vec<_>>().join(" ");
    lexicon.is_tail(word) || lexicon.is_tail(&two) || date::leading(rest).is_some() || name::referred(word).is_some()
}

/// A clause in a script without spaces: the status word, and behind it nothing or what is not a word.
fn unspaced(clause: &str, lexicon: &Lexicon) -> Option<Status> {
    let (phrase, status) =
        lexicon.statuses().filter(|(phrase, _)| clause.starts_with(phrase)).max_by_key(|(phrase, _)| phrase.len())?;
    let rest = clause[phrase.len()..].trim_start();
    let ends = !rest.starts_with(char::is_alphabetic) || rest.starts_with("adr");
    (ends && (status != Status::Superseded || rest.is_empty())).then_some(status)
}

/// `this record has been accepted`: its subject is the record itself, and nothing stands between.
fn sentence(clause: &str, lexicon: &Lexicon) -> Option<Status> {
    let words: Vec<&str> = clause.split(' ').take(12).collect();
    for subject in (1..=4.min(words.len())).rev() {
        if !lexicon.is_subject(&words[..subject].join(" ")) {
            continue;
        }
        for verb in (1..=3.min(words.len() - subject)).rev() {
            if !lexicon.is_verb(&words[subject..subject + verb].join(" ")) {
                continue;
            }
            let rest = words[subject + verb..].join(" ");
            let (status, more) = phrase(&rest, lexicon)?;
            return tells_more(status, more, lexicon).then_some(status);
        }
    }
    None
}

/// Whether a text offers several statuses to choose from, or only holds a place: a template's text left in.
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    let folded = fold(cut(text, LONGEST));
    let lexicon = lexicon(&folded);
    let mut seen: Vec<Status> = Vec::new();
    for piece in
        folded.split(['|', '/', ',', '"', '<', '>', '{', '}', '[', ']', '\n']).flat_map(|piece| piece.split(" or "))
    {
        let piece = piece.trim_matches(|c: char| !c.is_alphanumeric());
        if let Some((status, _)) = phrase(piece, lexicon)
            && !seen.contains(&status)
        {
            seen.push(status);
        }
    }
    let trimmed = folded.trim();
    let bracketed = trimmed.starts_with(['{', '[', '<']) && trimmed.ends_with(['}', ']', '>']);
    seen.len() >= 3
        || (seen.len() == 2 && (bracketed || folded.contains(" or ") || folded.contains('|')))
        || (bracketed && seen.is_empty())
}

/// At most `longest` bytes of a text, cut at a character.
pub(super) fn cut(text: &str, longest: usize) -> &str {
    if text.len() <= longest {
        return text;
    }
    let mut end = longest;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests;
