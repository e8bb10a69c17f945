//! The day of a decision.

use super::super::value::Value;
use super::super::words::{self, Field, Topic};
use super::super::{Decision, Status, StatusSource, date, name, status};
use super::Reader;
use super::statuses::section_lines;
use crate::text::Span;
use jiff::civil::Date;
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn date(&self, decision: &mut Decision) {
        let mut unread = None;
        for entry in self.get(Field::Date) {
            match self.dated(&entry.value) {
                Some(found) => {
                    decision.date = Some(found);
                    return;
                }
                None if unread.is_none() && !entry.value.is_nothing() && !is_sentence(&entry.value.text) => {
                    unread = Some((status::cut(entry.value.text.trim(), 80).to_owned(), entry.value.span));
                }
                None => {}
            }
        }
        // A date that stands there and is not understood is not replaced by a lesser one.
        decision.date = match &unread {
            Some(_) => None,
            None => self.lesser_date(decision),
        };
        decision.date_unread = unread;
    }

    fn lesser_date(&self, decision: &Decision) -> Option<(Date, Span)> {
        let outline = self.outline;
        let in_section = self.sections.own(outline, Topic::Date).and_then(|at| {
            // `## Date: 2026-01-31`
            let heading = &outline.sections[at];
            if let Some((date, _)) = heading.title.split_once([':', '：']).and_then(|(_, day)| date::leading(day)) {
                return Some((date, heading.span));
            }
            let (lines, span) = section_lines(outline, at, self.text);
            let line = lines.first()?;
            let day_first = words::is_day_first(&heading.title);
            let date = if day_first { date::leading_with_the_day(line) } else { date::leading(line) };
            date.map(|(date, _)| (date, span))
        });
        let in_status = || {
            self.get(Field::Status).find_map(|entry| {
                let found = status::understand(&entry.value.text)?.date?;
                Some((found, entry.value.span))
            })
        };
        let in_status_section = || {
            let told = self.told(outline)?;
            Some((told.statement?.date?, told.span))
        };
        let beside = || self.dates_beside.iter().find_map(|entry| self.dated(&entry.value));
        // A page's day of creation is the decision's only where the page's data are the record's. What other processes
        // keep (RFCs, enhancement proposals) is begun long before it is decided.
        let created = || {
            if !name::is_candidate(&decision.path) {
                return None;
            }
            let stated = self.front.entries.iter().any(|entry| entry.field == Field::Status);
            let in_front = self.front.get(Field::Created).filter(|_| stated);
            let mut in_markup = self.get(Field::Created).filter(|entry| entry.source == StatusSource::Attribute);
            in_front.or_else(|| in_markup.next().map(|entry| &entry.value)).and_then(|value| self.dated(value))
        };
        in_section
            .or_else(in_status)
            .or_else(in_status_section)
            .or_else(beside)
            .or_else(created)
            .or_else(|| self.facts.date.map(|date| (date, Span::default())))
    }

    fn dated(&self, value: &Value) -> Option<(Date, Span)> {
        dated(value, words::is_day_first(label_before(self.text, value.span.start)))
    }
}

/// `**Decided:** we use Go for new services` has the label of a date, and is none.
fn is_sentence(text: &str) -> bool {
    text.split_whitespace().count() >= 4 && !text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The label before a value, in the same line or cell, or in the line above.
fn label_before(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric());
    before.rsplit(['\n', '|', '·', '•']).next().unwrap_or(before).trim_start_matches(|c: char| !c.is_alphanumeric())
}

fn dated(value: &Value, day_first: bool) -> Option<(Date, Span)> {
    let (date, range) = if day_first { date::leading_with_the_day(&value.text) } else { date::leading(&value.text) }?;
    let (date, range) = accepted_later(&value.text, range.end).unwrap_or((date, range));
    let exact = value.span.end - value.span.start == value.text.len();
    let span = if exact { Span::new(value.span.start + range.start, value.span.start + range.end) } else { value.span };
    Some((date, span))
}

/// `2026-05-16 (proposed), 2026-05-17 (accepted)`: of days with remarks, the one on which it was accepted.
fn accepted_later(text: &str, end: usize) -> Option<(Date, Range<usize>)> {
    let told = |from: usize| {
        let inside = text[from..].trim_start().strip_prefix('(')?.split_once(')')?.0;
        Some(status::understand(inside)?.status)
    };
    if !matches!(told(end)?, Status::Draft | Status::Proposed) {
        return None;
    }
    let mut from = end;
    // A log of days has few of them.
    for _ in 0..20 {
        let (date, range) = date::find(&text[from..])?;
        let range = from + range.start..from + range.end;
        if told(range.end) == Some(Status::Accepted) {
            return Some((date, range));
        }
        from = range.end;
    }
    None
}
