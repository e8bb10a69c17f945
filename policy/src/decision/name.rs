//! What paths, file names and titles say: whether a file may be a decision, its format, number, date and status.

use super::words::{self, NameWord};
use super::{Format, Status, date};
use jiff::civil::Date;
use std::ops::Range;

/// The markup that a file's name announces; none where it is no document.
#[must_use]
pub fn format(path: &str) -> Option<Format> {
    const KNOWN: [(&str, Format); 9] = [
        ("md", Format::Markdown),
        ("markdown", Format::Markdown),
        ("mdx", Format::Markdown),
        ("adoc", Format::Asciidoc),
        ("asciidoc", Format::Asciidoc),
        ("asc", Format::Asciidoc),
        ("rst", Format::Rst),
        ("yaml", Format::Yaml),
        ("yml", Format::Yaml),
    ];
    // Asked of every file's name and of many words of a text, nearly all of which have no such ending.
    let longest = path.as_bytes().iter().rev().take("asciidoc".len() + 1);
    let extension = path.len() - longest.take_while(|byte| **byte != b'.').count();
    let has_point = extension > 0 && path.as_bytes()[extension - 1] == b'.';
    let extension = path.get(extension..).filter(|_| has_point)?;
    KNOWN.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)).map(|(_, format)| *format)
}

/// Whether a file's name alone says that it may be a decision: a document in one of the usual folders
/// (`docs/adr`, `doc/architecture/decisions`, …), or one named `ADR-12…` anywhere. YAML must be both in such a
/// folder, or named so, and numbered.
#[must_use]
pub fn is_candidate(path: &str) -> bool {
    let Some(format) = format(path) else { return false };
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let named = is_record_name(file);
    if format == Format::Yaml {
        // Most YAML has no digit in its name.
        let may_be_numbered = !file.starts_with('.') && file.bytes().any(|byte| byte.is_ascii_digit());
        return named || (may_be_numbered && in_decision_folder(folders) && number_of(stem(file)).is_some());
    }
    named || in_decision_folder(folders)
}

fn in_decision_folder(folders: &str) -> bool {
    // This is asked of every document, and in most folders no name of ours can stand: see `may`.
    if !folders.bytes().any(|byte| matches!(byte.to_ascii_lowercase(), b'd' | b'b' | b'k') || !byte.is_ascii()) {
        return false;
    }
    folders.as_bytes().split(|byte| *byte == b'/').any(|folder| {
        // A leading number orders folders: `09-decisions`, `9_adr`.
        let orders = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.' | b' ');
        let name = &folder[folder.iter().take_while(|byte| orders(byte)).count()..];
        let Ok(name) = std::str::from_utf8(name) else { return false };
        if !name.is_ascii() {
            return name.len() <= 100 && words::is_folder(&letters(&words::fold(name)));
        }
        // Nearly every name of ours has a `d`, and most folders have none.
        let may = memchr::memchr2(b'd', b'D', name.as_bytes()).is_some() || name.starts_with(['b', 'B', 'k', 'K']);
        name.len() <= 40 && may && words::is_folder(&letters(name))
    })
}

/// Letters and digits, small.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

/// `adr-001-title.md`, `ADR12.md`, `adr_0007.adoc`.
fn is_record_name(file: &str) -> bool {
    let Some((letters, rest)) = file.split_at_checked(3) else { return false };
    let rest = rest.strip_prefix(['-', '_', ' ']).unwrap_or(rest);
    letters.eq_ignore_ascii_case("adr")
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && !rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// What a path says about the record in it.
#[derive(Clone, Debug, Default)]
pub(super) struct PathFacts {
    /// Its number.
    pub(super) number: Option<u32>,
    /// Its day.
    pub(super) date: Option<Date>,
    /// Its status, in square brackets in the file's name.
    pub(super) status: Option<(Status, String)>,
    /// Its status, as the name of its folder.
    pub(super) folder: Option<(Status, String)>,
    /// A template or an index.
    pub(super) word: Option<NameWord>,
    /// Whether its folder has the name of the record: `0012-queue/README.md`.
    pub(super) in_folder: bool,
    /// Whether its name is that of a record: numbered or dated.
    pub(super) record: bool,
}

/// The number that a record's path gives it; none for templates and indexes.
#[must_use]
pub fn number_in_path(path: &str) -> Option<u32> {
    let facts = facts(path);
    facts.number.filter(|_| facts.word.is_none())
}

/// Whether a file is a template or a list of decisions, by its name alone.
#[must_use]
pub fn is_aside(path: &str) -> bool {
    let facts = facts(path);
    facts.word.is_some() && !facts.record
}

/// Reads a path.
pub(super) fn facts(path: &str) -> PathFacts {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let own = stem(file);
    let folder = folders.rsplit('/').next().unwrap_or("");
    let own_word = word(own);
    // `2022-06-02-ids-serializer/README.md`, `1200-gateway/kep.yaml`: the folder is the record.
    let named = ["adr", "kep", "rfc", "oep", "decision"].iter().any(|word| own.eq_ignore_ascii_case(word));
    let plain = own_word == Some(NameWord::Index) || named;
    let in_folder = plain && (date_of(folder).is_some() || number_of(folder).is_some());
    let name = if in_folder { folder } else { own };
    // What lies beside it in that folder is a part of it, and of the same day.
    let dated = date_of(undated(name));
    let date = dated.or_else(|| date_of(folder)).map(|(date, _)| date);
    let number = number_of(name);
    let bracket = name.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(inside, _)| inside);
    let status_of = |text: &str| {
        let folded = words::fold(text);
        words::lexicon(&folded).status(&folded).map(|status| (status, text.to_owned()))
    };
    let parent = if in_folder { folders.rsplit('/').nth(1).unwrap_or("") } else { folder };
    PathFacts {
        number,
        date,
        status: bracket.and_then(status_of),
        folder: folder_status(parent).map(|status| (status, parent.to_owned())),
        word: if in_folder { None } else { own_word },
        in_folder,
        record: number.is_some() || dated.is_some(),
    }
}

fn folder_status(folder: &str) -> Option<Status> {
    Some(match folder.to_ascii_lowercase().as_str() {
        "draft" | "drafts" => Status::Draft,
        "proposed" | "proposals" => Status::Proposed,
        "accepted" => Status::Accepted,
        "rejected" => Status::Rejected,
        "deprecated" => Status::Deprecated,
        "superseded" => Status::Superseded,
        "withdrawn" => Status::Withdrawn,
        _ => return None,
    })
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// What the words of a name say: `0000-template`, `adr-index`, `README`.
fn word(name: &str) -> Option<NameWord> {
    if name.len() > 120 {
        return None;
    }
    let parts = name.split(|c: char| !c.is_alphabetic());
    let plain: Vec<&str> = parts.filter(|part| !part.is_empty() && !is_prefix(part)).collect();
    match plain.as_slice() {
        [only] => words::name_word(only),
        // `architecture-decision-record-template`, `template-madr`, but not `use-template-engine`.
        [first, .., last] => [first, last].into_iter().find_map(|part| {
            words::name_word(part).filter(|word| {
                *word == NameWord::Template
                    && plain.iter().all(|part| words::name_word(part).is_some() || is_about_records(part))
            })
        }),
        [] => None,
    }
}

/// `ADR`, and letters that hold a number's place: `XXXX`, `ADRNNN`.
fn is_prefix(part: &str) -> bool {
    let behind = |word: &str| {
        let (opening, rest) = part.split_at_checked(word.len())?;
        opening.eq_ignore_ascii_case(word).then_some(rest)
    };
    let rest = behind("adrs").or_else(|| behind("adr")).unwrap_or(part);
    rest.bytes().all(|byte| matches!(byte.to_ascii_lowercase(), b'x' | b'n' | b'y' | b'm' | b'd'))
}

fn is_about_records(part: &str) -> bool {
    const WORDS: [&str; 20] = [
        "architecture",
        "architectural",
        "decision",
        "decisions",
        "record",
        "records",
        "madr",
        "nygard",
        "minimal",
        "bare",
        "full",
        "short",
        "long",
        "simple",
        "de",
        "en",
        "fr",
        "adr",
        "the",
        "file",
    ];
    let group = part.len() <= 6 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    WORDS.contains(&part.to_ascii_lowercase().as_str()) || part.chars().count() <= 2 || group
}

/// `ADR-2026-08-24-title` without the letters before its date.
fn undated(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start_matches(['-', '_', ' ']);
    let letters = name[..name.len() - rest.len()].trim_end_matches(['-', '_', ' ']);
    if is_record_prefix(letters) && date_of(rest).is_some() { rest } else { name }
}

/// The date that a name starts with, and where it ends: `2022-03-28_017-title`, `20200926-title`.
pub(super) fn date_of(name: &str) -> Option<(Date, usize)> {
    if !name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (date, range) = date::leading(name)?;
    let behind = name[range.end..].chars().next();
    (range.start == 0 && !behind.is_some_and(char::is_alphanumeric)).then_some((date, range.end))
}

/// The number in a name: `0012-title`, `ADR012`, `ODH-ADR-Operator-0010-title`, `2022-03-28_017-title`.
pub(super) fn number_of(name: &str) -> Option<u32> {
    let name = undated(name);
    let name = match date_of(name) {
        Some((_, end)) => name[end..].trim_start_matches(['-', '_', ' ']),
        None => name,
    };
    let mut rest = name.trim_start_matches(['[', '(', '#']);
    let mut known = false;
    for group in 0..4 {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            // `ADR0014V01R01-title`: the version behind a number is no part of it.
            let version = known && rest[digits..].starts_with('V') && rest[digits + 1..].starts_with(['0', '1', '2']);
            let ends = version || !rest[digits..].starts_with(|c: char| c.is_alphanumeric());
            let padded = digits >= 3 && rest.starts_with('0');
            let after =
                rest[digits..].starts_with(['.', '-']) && rest[digits + 1..].starts_with(|c: char| c.is_ascii_digit());
            let taken = digits <= 5 && ends && (known || group == 0 || padded) && !(after && !padded && !known);
            return if taken { rest[..digits].parse().ok() } else { None };
        }
        let letters: usize = rest.chars().take_while(|c| c.is_ascii_alphabetic()).count();
        if letters == 0 || letters > 16 {
            return None;
        }
        known |= is_record_prefix(&rest[..letters]);
        let behind = &rest[letters..];
        let next = behind.trim_start_matches(['-', '_', ' ']);
        if next.len() == behind.len() && !next.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        rest = next;
    }
    None
}

/// Letters that announce a record's number: `ADR-12`, `AD012`, `GEN-003`.
fn is_record_prefix(letters: &str) -> bool {
    is_record_word(letters)
        || ((2..=6).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase()))
}

fn is_record_word(word: &str) -> bool {
    const KNOWN: [&str; 14] =
        ["adr", "ad", "arch", "adl", "dr", "ddr", "pdr", "tdr", "rfc", "oep", "decision", "madr", "edr", "kep"];
    KNOWN.contains(&word.to_ascii_lowercase().as_str())
}

/// A title apart: its number, and which part of it is the title proper. `file` is the number in the file's name, which
/// decides where a number could be part of the title (`12 factors`, `UTF-8: …`).
pub(super) fn split_title(title: &str, file: Option<u32>) -> (Option<u32>, Range<usize>) {
    let end = title.trim_end().len();
    let whole = title.len() - title.trim_start().len()..end;
    let open = title[..end].find(|c: char| c.is_alphanumeric()).unwrap_or(whole.start);
    let open = compound(&title[open..end], file).map_or(open, |skip| open + skip);
    let text = &title[open..end];
    let letters: usize = text.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let prefix = &text[..letters];
    let known = is_title_prefix(prefix);
    let marked = if letters > 0 { text[letters..].trim_start_matches(is_number_mark) } else { text };
    let digits = marked.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &marked[digits..];
    let number: Option<u32> = if digits == 0 || digits > 6 { None } else { marked[..digits].parse().ok() };
    let behind = rest.trim_start_matches([
        ')', ']', '.', ':', '-', '_', '|', '·', '•', '\u{2013}', '\u{2014}', '：', '、', '．', ' ', '\t', '\u{00A0}',
        '*', '/',
    ]);
    // The dot of `: .gitignore holds …` is the title's own.
    let own_dot = usize::from(title[..end - behind.len()].ends_with(" ."));
    let cut = end - behind.len() - own_dot..end;
    let Some(number) = number else {
        // `ADR: title`
        let colon = text[letters..].trim_start();
        if prefix.eq_ignore_ascii_case("adr") && colon.starts_with([':', '-', '\u{2013}', '\u{2014}', '：']) {
            let kept = colon.trim_start_matches([':', '-', '\u{2013}', '\u{2014}', '：', ' ']);
            // `ADR-XXXX — title`: the place of a number.
            let place = kept.trim_start_matches(['X', 'x', 'N', 'n']);
            let behind = place.trim_start();
            let held = kept.len() - place.len() >= 2 && behind.starts_with([':', '-', '\u{2013}', '\u{2014}', '：']);
            let kept =
                if held { behind.trim_start_matches([':', '-', '\u{2013}', '\u{2014}', '：', ' ']) } else { kept };
            return (None, end - kept.len()..end);
        }
        // `决策：title`
        if colon.starts_with([':', '：']) && known {
            let kept = colon.trim_start_matches([':', '：', ' ']);
            return (None, if kept.is_empty() { whole } else { end - kept.len()..end });
        }
        // `ADR Sidecar credential injection`: the prefix of a number that is missing; `ADR process` is a title.
        if prefix == "ADR" && colon.split_whitespace().count() >= 3 {
            return (None, end - colon.len()..end);
        }
        return (None, whole);
    };
    let same = file == Some(number);
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '%');
    let dotted = rest.starts_with(['.', '-', ',']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    let separated = rest.is_empty()
        || rest.starts_with([':', ')', ']', '：', '、', '．', '_'])
        || rest.starts_with(". ")
        || rest.starts_with(".\u{00A0}")
        || rest.trim_start().starts_with(['-', '\u{2013}', '\u{2014}', '|', ':', '：', '·', '•']);
    let padded = marked.starts_with('0') && digits >= 2;
    let taken = ends
        && !dotted
        && if letters == 0 {
            separated || padded || same || (rest.starts_with('.') && digits < 5)
        } else {
            known || (same && is_record_prefix(prefix) && separated)
        };
    if taken { (Some(number), if cut.is_empty() { whole } else { cut }) } else { (None, whole) }
}

/// How much stands before the prefix that counts: `ODH-ADR-DR-0001: …`, `Aries RFC 0036: …`. Only where the number is
/// that of the file.
fn compound(title: &str, file: Option<u32>) -> Option<usize> {
    file?;
    let near = super::status::cut(title, 40);
    let digits = near.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0)?;
    let number = near[digits..].split(|c: char| !c.is_ascii_digit()).next()?.parse().ok();
    let before = near[..digits].trim_end_matches(is_number_mark);
    let last = before.rfind(|c: char| !c.is_alphabetic())?;
    let known = before.split(|c: char| !c.is_alphabetic()).any(is_title_prefix);
    let short =
        before.split_whitespace().count() <= 3 && before.chars().all(|c| c.is_alphabetic() || is_number_mark(c));
    let skip = last + before[last..].chars().next().map_or(1, char::len_utf8);
    // The letters right before the number may be a group of the record's own: they count as its prefix.
    (known && short && number.is_some() && number == file)
        .then(|| if is_title_prefix(&before[skip..]) { skip } else { digits })
}

fn is_title_prefix(prefix: &str) -> bool {
    const KNOWN: [&str; 12] =
        ["adr", "ad", "arch", "adl", "dr", "ddr", "pdr", "oep", "decision", "madr", "entscheidung", "rfc"];
    const OTHERS: [&str; 9] =
        ["决策", "決策", "決定", "решение", "рішення", "decisión", "decisão", "décision", "decisao"];
    words::folded(prefix, |prefix| KNOWN.contains(&prefix) || OTHERS.contains(&prefix))
}

fn is_number_mark(c: char) -> bool {
    matches!(c, '-' | '_' | ' ' | '#' | '№' | '\u{00A0}' | '\u{2013}' | '\u{2011}' | ':' | '[')
}

/// The number of the record that a link's text or target speaks of: `ADR019 Use …`, `0015-dns.md`, `/adr/32`, `12`.
pub(super) fn referred(text: &str) -> Option<u32> {
    let text = text.trim();
    let path = text.split(['#', '?']).next().unwrap_or(text).trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or(path);
    if date_of(last).is_some_and(|(_, end)| number_of(&last[end..]).is_none()) {
        return None;
    }
    let name = if format(last).is_some() || last.ends_with(".html") { stem(last) } else { last };
    number_of(name).or_else(|| split_title(text, None).0)
}

#[cfg(test)]
mod tests;
