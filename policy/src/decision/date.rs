//! Dates in all the ways people write them. A date that two countries would read differently is not read.

use super::words::{folded, month};
use jiff::civil::Date;
use std::ops::Range;

/// The date that `text` starts with, and which part of the text it is. Brackets, quotes, weekdays and a preposition
/// may stand before it.
#[must_use]
pub fn leading(text: &str) -> Option<(Date, Range<usize>)> {
    starting(text, false)
}

/// The same where the language says that the day stands first: `03/04/2026` and `3-4-26` are the third of April.
#[must_use]
pub(super) fn leading_with_the_day(text: &str) -> Option<(Date, Range<usize>)> {
    starting(text, true)
}

fn starting(text: &str, by_day: bool) -> Option<(Date, Range<usize>)> {
    if !has_digit(text) {
        return None;
    }
    let mut at = open(text, 0);
    for _ in 0..2 {
        if let Some((date, end)) = at_offset(text, at, by_day) {
            return Some((date, at..end));
        }
        let word: usize = text[at..].chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        if word == 0 || !introduces(&text[at..at + word]) {
            return None;
        }
        at = open(text, at + word);
    }
    None
}

/// The first date anywhere in `text`.
#[must_use]
pub fn find(text: &str) -> Option<(Date, Range<usize>)> {
    if !has_digit(text) {
        return None;
    }
    let mut before = None;
    for (at, c) in text.char_indices() {
        let starts = (c.is_ascii_digit() && !before.is_some_and(glued))
            || (c.is_alphabetic() && !before.is_some_and(char::is_alphanumeric));
        if starts && let Some((date, end)) = at_offset(text, at, false) {
            return Some((date, at..end));
        }
        before = Some(c);
    }
    None
}

/// Whether a text can hold a date at all: each of them has digits.
fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// A character that makes the digits behind it part of something else.
fn glued(before: char) -> bool {
    before.is_ascii_alphanumeric() || matches!(before, '-' | '.' | '/' | '#' | ':' | '_')
}

/// Words that may stand before a date without changing what it says.
fn introduces(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "on",
        "am",
        "vom",
        "le",
        "el",
        "il",
        "op",
    ];
    folded(word, |word| WORDS.contains(&word))
}

fn open(text: &str, at: usize) -> usize {
    let skipped =
        |c: &char| c.is_whitespace() || matches!(c, '*' | '_' | '"' | '\'' | '(' | '[' | '{' | '<' | '`' | ',');
    at + text[at..].chars().take_while(skipped).map(char::len_utf8).sum::<usize>()
}

/// The date that starts exactly at `at`, and where it ends.
fn at_offset(text: &str, at: usize, by_day: bool) -> Option<(Date, usize)> {
    let mut cursor = Cursor { text, at };
    let date = match cursor.digits() {
        Some((year, 4)) => year_first(&mut cursor, year)?,
        Some((packed, 8)) => make(packed / 10_000, packed / 100 % 100, packed % 100)?,
        Some((day, 1 | 2)) => day_first(&mut cursor, day, by_day)?,
        Some(_) => return None,
        None => month_first(&mut cursor)?,
    };
    // More digits or letters: it was something else (a version, an issue, a file's name).
    let next = text[cursor.at..].chars().next();
    if next.is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    Some((date, cursor.at))
}

/// `2026-01-31`, `2026/1/31`, `2026.01.31`, `2026年1月31日`, `2026년 1월 31일`, `2026 Jan 31`.
fn year_first(cursor: &mut Cursor<'_>, year: u32) -> Option<Date> {
    let separator = cursor.char()?;
    match separator {
        '年' | '년' => {
            cursor.spaces();
            let (month, 1 | 2) = cursor.digits()? else { return None };
            cursor.eat(&['月', '월'])?;
            cursor.spaces();
            let (day, 1 | 2) = cursor.digits()? else { return None };
            let _ = cursor.eat(&['日', '일']);
            make(year, month, day)
        }
        '-' | '/' | '.' | ' ' | '\u{2010}' | '\u{2011}' | '\u{2013}' => {
            cursor.spaces();
            let month = match cursor.digits() {
                Some((month, 1 | 2)) if separator != ' ' => month,
                Some(_) => return None,
                None => cursor.month()?,
            };
            cursor.eat(&[separator])?;
            cursor.spaces();
            let (day, 1 | 2) = cursor.digits()? else { return None };
            make(year, month, day)
        }
        _ => None,
    }
}

/// `31.1.2026`, `31/01/2026`, `1/31/2026`, `31 January 2026`, `31st of January, 2026`, `31. Januar 2026`.
fn day_first(cursor: &mut Cursor<'_>, first: u32, by_day: bool) -> Option<Date> {
    let start = cursor.at;
    if let Some(separator) = cursor.eat(&['.', '/', '-'])
        && let Some((second, 1 | 2)) = cursor.digits()
    {
        cursor.eat(&[separator])?;
        let (year, digits) = cursor.digits()?;
        return match (separator, digits) {
            // With dots the day always comes first.
            ('.', 4) => make(year, second, first),
            ('.', 2) => make(2000 + year, second, first),
            (_, 2) if by_day => make(2000 + year, second, first),
            (_, 4) if by_day || first > 12 || first == second => make(year, second, first),
            (_, 4) if second > 12 => make(year, first, second),
            // Neither a day nor a year of two digits can be the month.
            ('/', 2) if second > 12 => make(2000 + year, first, second),
            _ => None,
        };
    }
    cursor.at = start;
    cursor.ordinal();
    let _ = cursor.eat(&['.', '-', '/']);
    cursor.spaces();
    cursor.skip_word(&["of", "de"]);
    let month = cursor.month()?;
    let _ = cursor.eat(&['.', ',', '-', '/']);
    let _ = cursor.eat(&[',']);
    cursor.spaces();
    cursor.skip_word(&["de", "del"]);
    let (year, 4) = cursor.digits()? else { return None };
    make(year, month, first)
}

/// `January 31, 2026`, `Jan. 31st 2026`.
fn month_first(cursor: &mut Cursor<'_>) -> Option<Date> {
    let month = cursor.month()?;
    let _ = cursor.eat(&['.', '-']);
    cursor.spaces();
    let (day, 1 | 2) = cursor.digits()? else { return None };
    cursor.ordinal();
    let _ = cursor.eat(&[',', '-', '.']);
    cursor.spaces();
    let (year, 4) = cursor.digits()? else { return None };
    make(year, month, day)
}

fn make(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1970..=2199).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn char(&mut self) -> Option<char> {
        let c = self.rest().chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, wanted: &[char]) -> Option<char> {
        let c = self.rest().chars().next().filter(|c| wanted.contains(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn spaces(&mut self) {
        while self.eat(&[' ', '\u{00A0}', '\t']).is_some() {}
    }

    /// A run of at most eight digits, its value and its length.
    fn digits(&mut self) -> Option<(u32, usize)> {
        let length = self.rest().bytes().take(9).take_while(u8::is_ascii_digit).count();
        if length == 0 || length > 8 {
            return None;
        }
        let value = self.rest()[..length].parse().ok()?;
        self.at += length;
        Some((value, length))
    }

    fn word(&self) -> usize {
        // No month's name is longer than this; a wall of letters costs nothing.
        self.rest().chars().take(20).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum()
    }

    fn month(&mut self) -> Option<u32> {
        let length = self.word();
        if length < 3 {
            return None;
        }
        let month = month(&self.rest()[..length])?;
        self.at += length;
        u32::try_from(month).ok()
    }

    fn ordinal(&mut self) {
        let length = self.word();
        if matches!(&self.rest()[..length], "st" | "nd" | "rd" | "th" | "er" | "º" | "ª" | "ST" | "ND" | "RD" | "TH")
        {
            self.at += length;
        }
    }

    fn skip_word(&mut self, words: &[&str]) {
        let length = self.word();
        if words.contains(&&self.rest()[..length]) {
            self.at += length;
            self.spaces();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_ways() {
        for (text, expected) in [
            ("2026-01-31", Some("2026-01-31")),
            ("\"2026-01-31T18:00:00Z\"", Some("2026-01-31")),
            ("2023-9-15", Some("2023-09-15")),
            ("2024/07/17", Some("2024-07-17")),
            ("26/03/2018", Some("2018-03-26")),
            ("03/26/2018", Some("2018-03-26")),
            ("03/04/2018", None),
            ("04/04/2018", Some("2018-04-04")),
            ("22-10-2024", Some("2024-10-22")),
            ("08/01/24", None),
            ("13/02/26", None),
            ("03/25/26", Some("2026-03-25")),
            ("19.08.2020", Some("2020-08-19")),
            ("1.3.2021", Some("2021-03-01")),
            ("1.3.21", Some("2021-03-01")),
            ("Dec 19, 2022", Some("2022-12-19")),
            ("October 16th, 2025", Some("2025-10-16")),
            ("Monday, 3rd of March 2025", Some("2025-03-03")),
            ("on 3 Sept. 2025", Some("2025-09-03")),
            ("3. März 2025", Some("2025-03-03")),
            ("1er août 2025", Some("2025-08-01")),
            ("3 de marzo de 2025", Some("2025-03-03")),
            ("3 марта 2025 г.", Some("2025-03-03")),
            ("2026年1月31日", Some("2026-01-31")),
            ("2026년 1월 31일", Some("2026-01-31")),
            ("2026-Jan-31", Some("2026-01-31")),
            ("20200926", Some("2020-09-26")),
            ("{2024-01-01}", Some("2024-01-01")),
            ("January , 2026", None),
            ("May, 2026", None),
            ("2024-023-2706", None),
            ("2024-02-30", None),
            ("YYYY-MM-DD", None),
            ("before 2024-01-01", None),
            ("", None),
        ] {
            let read = leading(text).map(|(date, _)| date.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn where_the_language_sets_the_day_first() {
        for (text, expected) in [
            ("03/04/2026", Some("2026-04-03")),
            ("13/02/26", Some("2026-02-13")),
            ("3-4-26", Some("2026-04-03")),
            ("2026-04-03", Some("2026-04-03")),
            ("03/25/2026", None),
        ] {
            let read = leading_with_the_day(text).map(|(date, _)| date.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_first_date_in_a_text_but_no_part_of_a_longer_name() {
        let text = "Accepted (2021-11-23, approved on 2022-05-23)";
        let (date, range) = find(text).unwrap();
        assert_eq!((date.to_string().as_str(), &text[range]), ("2021-11-23", "2021-11-23"));
        assert_eq!(find("see v1.2021-11-23 and #20210101"), None);
        assert_eq!(find("decided on March 3, 2024.").map(|(_, range)| range), Some(11..24));
    }
}
