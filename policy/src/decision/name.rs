//! What paths, file names and titles say: whether a file may be a decision, its format, number, date and status.

use super::words::{self, NameWord};
use super::{Format, Status, date};
use jiff::civil::Date;
use std::ops::Range;

/// Names of folders that hold decisions, letters and digits only.
const FOLDERS: [&str; 22] = [
    "adr",
    "adrs",
    "decisions",
    "decision",
    "decisionrecord",
    "decisionrecords",
    "decisionlog",
    "decisionlogs",
    "architecturedecision",
    "architecturedecisions",
    "architecturaldecisions",
    "architecturedecisionrecord",
    "architecturedecisionrecords",
    "architecturaldecisionrecords",
    "architecturedecisionlog",
    "architecturaldecisionlog",
    "designdecisions",
    "designdecisionrecords",
    "technicaldecisions",
    "techdecisions",
    "archdecisions",
    "decisionregister",
];

/// The markup that a file's name announces; none where it is no document.
#[must_use]
pub fn format(path: &str) -> Option<Format> {
    let (_, extension) = path.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "md" | "markdown" | "mdx" => Format::Markdown,
        "adoc" | "asciidoc" | "asc" => Format::Asciidoc,
        "rst" => Format::Rst,
        "yaml" | "yml" => Format::Yaml,
        _ => return None,
    })
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
        return named || (in_decision_folder(folders) && !file.starts_with('.') && number_of(stem(file)).is_some());
    }
    named || in_decision_folder(folders)
}

fn in_decision_folder(folders: &str) -> bool {
    folders.split('/').any(|folder| {
        // A leading number orders folders: `09-decisions`, `9_adr`.
        let name = folder.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' '));
        name.len() <= 40 && {
            let plain: String =
                name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
            FOLDERS.contains(&plain.as_str())
        }
    })
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
    /// Whether its name is that of a record: numbered or dated.
    pub(super) record: bool,
}

/// Reads a path.
pub(super) fn facts(path: &str) -> PathFacts {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let own = stem(file);
    let folder = folders.rsplit('/').next().unwrap_or("");
    let own_word = word(own);
    // `2022-06-02-ids-serializer/README.md`: the folder is the record.
    let in_folder = own_word == Some(NameWord::Index) && (date_of(folder).is_some() || number_of(folder).is_some());
    let name = if in_folder { folder } else { own };
    let date = date_of(name).map(|(date, _)| date);
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
        record: number.is_some() || date.is_some(),
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
    let parts: Vec<&str> = name.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty()).collect();
    let plain: Vec<&str> = parts.into_iter().filter(|part| !is_prefix(part)).collect();
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
    let lower = part.to_ascii_lowercase();
    let rest = lower.strip_prefix("adrs").or_else(|| lower.strip_prefix("adr")).unwrap_or(&lower);
    rest.bytes().all(|byte| matches!(byte, b'x' | b'n' | b'y' | b'm' | b'd'))
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

/// The date that a name starts with, and where it ends: `2022-03-28_017-title`, `20200926-title`.
pub(super) fn date_of(name: &str) -> Option<(Date, usize)> {
    let (date, range) = date::leading(name)?;
    let behind = name[range.end..].chars().next();
    (range.start == 0 && name.starts_with(|c: char| c.is_ascii_digit()) && !behind.is_some_and(char::is_alphanumeric))
        .then_some((date, range.end))
}

/// The number in a name: `0012-title`, `ADR012`, `ODH-ADR-Operator-0010-title`, `2022-03-28_017-title`.
pub(super) fn number_of(name: &str) -> Option<u32> {
    let name = match date_of(name) {
        Some((_, end)) => name[end..].trim_start_matches(['-', '_', ' ']),
        None => name,
    };
    let mut rest = name.trim_start_matches(['[', '(', '#']);
    let mut known = false;
    for group in 0..4 {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let ends = !rest[digits..].starts_with(|c: char| c.is_alphanumeric());
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
    const KNOWN: [&str; 14] =
        ["adr", "ad", "arch", "adl", "dr", "ddr", "pdr", "tdr", "rfc", "oep", "decision", "madr", "edr", "kep"];
    KNOWN.contains(&letters.to_ascii_lowercase().as_str())
        || ((2..=6).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// A title apart: its number, and which part of it is the title proper. `file` is the number in the file's name, which
/// decides where a number could be part of the title (`12 factors`, `UTF-8: …`).
pub(super) fn split_title(title: &str, file: Option<u32>) -> (Option<u32>, Range<usize>) {
    let end = title.trim_end().len();
    let whole = title.len() - title.trim_start().len()..end;
    let open = title[..end].find(|c: char| c.is_alphanumeric()).unwrap_or(whole.start);
    let text = &title[open..end];
    let letters: usize = text.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let prefix = &text[..letters];
    let known = is_title_prefix(prefix);
    let marked = if letters > 0 { text[letters..].trim_start_matches(is_number_mark) } else { text };
    let digits = marked.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &marked[digits..];
    let number: Option<u32> = if digits == 0 || digits > 6 { None } else { marked[..digits].parse().ok() };
    let behind = rest.trim_start_matches([
        ')', ']', '.', ':', '-', '_', '|', '\u{2013}', '\u{2014}', '：', '、', '．', ' ', '\t', '\u{00A0}', '*', '/',
    ]);
    let cut = end - behind.len()..end;
    let Some(number) = number else {
        // `ADR: title`
        let colon = text[letters..].trim_start();
        if prefix.eq_ignore_ascii_case("adr") && colon.starts_with([':', '-', '\u{2013}', '\u{2014}', '：']) {
            let kept = colon.trim_start_matches([':', '-', '\u{2013}', '\u{2014}', '：', ' ']);
            return (None, end - kept.len()..end);
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
        || rest.trim_start().starts_with(['-', '\u{2013}', '\u{2014}', '|', ':', '：']);
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

fn is_title_prefix(prefix: &str) -> bool {
    const KNOWN: [&str; 12] =
        ["adr", "ad", "arch", "adl", "dr", "ddr", "pdr", "oep", "decision", "madr", "entscheidung", "edr"];
    let folded = words::fold(prefix);
    KNOWN.contains(&folded.as_str())
        || ["决策", "決策", "決定", "решение", "рішення", "decisión", "decisão", "décision"].contains(&folded.as_str())
        || folded == "decisao"
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
mod tests {
    use super::*;

    #[test]
    fn candidates_by_name() {
        for path in [
            "docs/adr/0001-x.md",
            "doc/architecture/decisions/0001-x.md",
            "docs/01_Architecture/adr/README.md",
            "ADR/ADR006-use-rust.md",
            "adr-001-use-adrs.md",
            "services/edge/adrs/x.mdx",
            "architecture-decision-records/operator/design/guide.md",
            ".archgate/adrs/GEN-003-tool.md",
            "docs/developer/decision-records/2022-06-02-ids/README.md",
            "a/pages/adr/ADR018-x.adoc",
            "oeps/best-practices/oep-0037/decisions/0001-x.rst",
            "examples/ADR-0007-central.yaml",
            "docs/decisions/0012-x.yml",
            "docs/09-decisions/x.asciidoc",
        ] {
            assert!(is_candidate(path), "{path}");
        }
        for path in [
            "docs/decisions/.markdownlint.yml",
            "docs/adr/values.yaml",
            "docs/adr/picture.png",
            "docs/guide.md",
            "src/adr.rs",
            "0001-x.md",
            "adresse-1.md",
            "README.md",
            "docs/adr",
            "migrations/0001-x.yaml",
        ] {
            assert!(!is_candidate(path), "{path}");
        }
    }

    #[test]
    fn numbers_in_names() {
        for (name, number) in [
            ("0012-title", Some(12)),
            ("ADR012", Some(12)),
            ("ADR-1", Some(1)),
            ("adr_0007-x", Some(7)),
            ("ARCH-018-lazy", Some(18)),
            ("ODH-ADR-Operator-0010-Observability", Some(10)),
            ("ccc-jb-0003-title", Some(3)),
            ("oep-0003-arch-async", Some(3)),
            ("2022-03-28_017-udp", Some(17)),
            ("2022-03-28-title", None),
            ("20200926-use-the-adr-number", None),
            ("0004-[Superseded]use-java-17", Some(4)),
            ("ADR-000-索引", Some(0)),
            ("use-2-databases", None),
            ("java-17-upgrade", None),
            ("ADRx-maintenance", None),
            ("ADRXXX-template", None),
            ("README", None),
            ("3d-engine", None),
        ] {
            assert_eq!(number_of(name), number, "{name}");
        }
    }

    #[test]
    fn titles_and_their_numbers() {
        for (title, file, number, rest) in [
            ("1. Record decisions", None, Some(1), "Record decisions"),
            ("ADR-0009: Final", None, Some(9), "Final"),
            ("ADR 003 - Final", None, Some(3), "Final"),
            ("ADR018: X", None, Some(18), "X"),
            ("ADR 0001：使用 Go", None, Some(1), "使用 Go"),
            ("[ADR-12] X", None, Some(12), "X"),
            ("OEP-26: Real-time", None, Some(26), "Real-time"),
            ("0001-Choix", None, Some(1), "Choix"),
            ("0007 Choix", None, Some(7), "Choix"),
            ("12 factors", None, None, "12 factors"),
            ("12 factors", Some(12), Some(12), "factors"),
            ("UTF-8: why", None, None, "UTF-8: why"),
            ("GEN-003: why", Some(3), Some(3), "why"),
            ("ADR: why", None, None, "why"),
            ("Architecture Decision Record: Use ADRs", None, None, "Architecture Decision Record: Use ADRs"),
            ("Use Java 17", Some(17), None, "Use Java 17"),
            ("3.5 upgrade", None, None, "3.5 upgrade"),
            ("100% coverage", None, None, "100% coverage"),
            ("ADR-7", None, Some(7), "ADR-7"),
        ] {
            let (read, range) = split_title(title, file);
            assert_eq!((read, &title[range]), (number, rest), "{title}");
        }
    }

    #[test]
    fn words_of_names() {
        for (path, word) in [
            ("docs/adr/README.md", Some(NameWord::Index)),
            ("docs/adr/0000-adr-template-de.md", Some(NameWord::Template)),
            ("docs/adr/ADRXXX-architecture-decision-record-template.md", Some(NameWord::Template)),
            ("docs/adr/0000-modele-adr.md", Some(NameWord::Template)),
            ("docs/adr/_template.adoc", Some(NameWord::Template)),
            ("docs/adr/ADR-000-索引.md", Some(NameWord::Index)),
            ("docs/adr/adr-nav.adoc", Some(NameWord::Index)),
            ("docs/adr/0016-custom-prompt-template.md", None),
            ("docs/adr/0016-use-template-engine.md", None),
            ("docs/adr/2022-06-02-ids/README.md", None),
        ] {
            assert_eq!(facts(path).word, word, "{path}");
        }
        assert_eq!(
            facts("a/0004-[Superseded]use-java-17.md").status.map(|(status, _)| status),
            Some(Status::Superseded)
        );
        assert_eq!(facts("a/adr/drafts/x.adoc").folder.map(|(status, _)| status), Some(Status::Draft));
    }

    #[test]
    fn what_links_refer_to() {
        for (text, number) in [
            ("ADR019 Use Amazon SES", Some(19)),
            ("0015-dns-infrastructure.md", Some(15)),
            ("/adr/32", Some(32)),
            ("../x/ADR-0007.md#status", Some(7)),
            ("ADR #0033", Some(33)),
            ("20201016-use-the-adr-slug.md", None),
            ("DNS Infrastructure", None),
            ("9. Other decision", Some(9)),
            ("https://example.org/pull/23", Some(23)),
        ] {
            assert_eq!(referred(text), number, "{text}");
        }
    }
}
