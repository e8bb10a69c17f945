//! Every place that gives a status, and what they say together.

use super::super::status::Statement;
use super::super::value::Value;
use super::super::words::{self, Field, Topic};
use super::super::{Decision, Status, StatusReading, StatusSource, body, section, status};
use super::Reader;
use crate::text::Span;
use crate::text::outline::{Block, BlockKind, MarkKind, Outline};

/// What the record's own status section says.
pub(super) struct Told {
    lines: Vec<String>,
    pub(super) span: Span,
    pub(super) statement: Option<Statement>,
}

impl Reader<'_> {
    pub(super) fn statuses(&self, decision: &mut Decision) {
        let mut readings: Vec<StatusReading> = Vec::new();
        let mut seen: Vec<StatusSource> = Vec::new();
        for entry in self.get(Field::Status) {
            // The header's first word counts; the same kind of place further down is something else.
            if !seen.contains(&entry.source) && !entry.value.text.trim().is_empty() {
                seen.push(entry.source);
                readings.push(reading(&entry.value, entry.source));
            }
        }
        readings.extend(self.section_status(self.outline));
        readings.extend(self.title_status(decision));
        readings.extend(self.badge(self.outline));
        readings.extend(self.tag());
        let at_top = Span::default();
        if let Some((status, raw)) = &self.facts.status {
            let raw = raw.clone();
            readings.push(StatusReading { status: Some(*status), raw, source: StatusSource::FileName, span: at_top });
        }
        if readings.is_empty()
            && let Some((status, raw)) = &self.facts.folder
        {
            let raw = raw.clone();
            readings.push(StatusReading { status: Some(*status), raw, source: StatusSource::Folder, span: at_top });
        }
        if readings.is_empty() {
            readings.extend(self.notice(self.outline));
        }
        decision.status = agreed(&readings);
        decision.statuses = readings;
    }

    /// The record's own status section: the first of that name that is no part of another section.
    fn section_status(&self, outline: &Outline) -> Option<StatusReading> {
        let at = self.status_section(outline)?;
        let section = &outline.sections[at];
        // `## Status: Accepted`
        if let Some((_, behind)) = section.title.split_once([':', '：'])
            && !behind.trim().is_empty()
        {
            let status = status::understand(behind).map(|one| one.status);
            let raw = behind.trim().to_owned();
            return Some(StatusReading { status, raw, source: StatusSource::Heading, span: section.span });
        }
        let told = self.told(outline)?;
        let first = told.lines.first()?;
        let raw = first.split_whitespace().collect::<Vec<_>>().join(" ");
        let status = told.statement.map(|one| one.status).filter(|_| !status::is_placeholder(&raw));
        if status.is_none()
            && let Some(badge) = badge_alone(outline, at)
        {
            return Some(badge);
        }
        Some(StatusReading { status, raw, source: StatusSource::Section, span: told.span })
    }

    /// Both the status and its day are asked of it, so it is understood once.
    pub(super) fn told(&self, outline: &Outline) -> Option<&Told> {
        let understood = || {
            let (lines, span) = section_lines(outline, self.status_section(outline)?, self.text);
            let all: Vec<&str> = lines.iter().map(String::as_str).collect();
            let statement = status::understand_all(&all);
            Some(Told { lines, span, statement })
        };
        self.told.get_or_init(understood).as_ref()
    }

    pub(super) fn status_section(&self, outline: &Outline) -> Option<usize> {
        self.sections.own(outline, Topic::Status)
    }

    /// `# [Superseded] Use Java 17`, `# Use Java 17 (Deprecated)`.
    fn title_status(&self, decision: &Decision) -> Option<StatusReading> {
        let title = decision.title.as_deref()?;
        let (open, close) = (title.find(['[', '('])?, title.rfind([']', ')'])?);
        let at_edge = open == 0 || close + 1 == title.len();
        let inside = title.get(open + 1..close).filter(|inside| at_edge && inside.len() <= 40)?;
        let folded = words::fold(inside);
        let status = words::lexicon(&folded).status_name(&folded)?;
        let span = decision.title_span.unwrap_or_default();
        Some(StatusReading { status: Some(status), raw: inside.to_owned(), source: StatusSource::Heading, span })
    }

    /// `![status: accepted](https://img.shields.io/badge/status-accepted-green)`
    fn badge(&self, outline: &Outline) -> Option<StatusReading> {
        // A subtitle right below the title belongs to the header as well.
        let bare = self.sections.title.filter(|&at| section::is_bare(outline, at));
        let subtitle = bare.map(|at| at + 1).filter(|&at| self.sections.topic(at).is_none());
        let header = |at: usize| self.sections.header.get(at) == Some(&true) || Some(at) == subtitle;
        for block in outline.blocks.iter().take(60).filter(|block| header(block.section)) {
            for mark in block.text.marks().iter().take(40) {
                let MarkKind::Image(target) = &mark.kind else { continue };
                let label = block.text.plain.get(mark.range.clone()).unwrap_or_default();
                let badge = target.split_once("/badge/").map(|(_, rest)| rest.split(['.', '?']).next().unwrap_or(rest));
                for words in [Some(label), badge].into_iter().flatten() {
                    let Some((name, value)) = words.split_once([':', '-', ' ']) else { continue };
                    if words::field(name) != Some(Field::Status) {
                        continue;
                    }
                    let value = value.replace(['_', '-'], " ");
                    let known = status::understand(&value).or_else(|| status::understand(value.rsplit_once(' ')?.0));
                    let (status, raw) = (known.map(|one| one.status), words.to_owned());
                    return Some(StatusReading { status, raw, source: StatusSource::Badge, span: mark.span });
                }
            }
        }
        None
    }

    /// `> **Superseded by ADR-31.** Kept for its history.` right below the title, where nothing else states a status.
    fn notice(&self, outline: &Outline) -> Option<StatusReading> {
        let header = |block: &&Block| self.sections.header.get(block.section) == Some(&true);
        let said = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
        for block in outline.blocks.iter().filter(header).filter(said).take(3) {
            let value = Value::whole(&block.text);
            let whole = body::opening(&value).filter(|relation| !relation.reference.partial);
            if whole.is_some_and(|relation| relation.field == Field::SupersededBy) {
                let joined = value.text.split_whitespace().collect::<Vec<_>>().join(" ");
                let raw =
                    status::cut(joined.split_once(". ").map_or(joined.as_str(), |(first, _)| first), 80).to_owned();
                return Some(StatusReading {
                    status: Some(Status::Superseded),
                    raw,
                    source: StatusSource::Line,
                    span: value.span,
                });
            }
        }
        None
    }

    /// A tag that is a status's very name; two of them say nothing.
    fn tag(&self) -> Option<StatusReading> {
        let mut found = self.front.tags.iter().filter_map(|tag| {
            let folded = words::fold(&tag.text);
            words::lexicon(&folded).status_name(&folded).map(|status| (status, tag))
        });
        let (status, tag) = found.next()?;
        let raw = tag.text.clone();
        found.next().is_none().then_some(StatusReading {
            status: Some(status),
            raw,
            source: StatusSource::Tag,
            span: tag.span,
        })
    }
}

/// A picture in place of the status, whose address says it: `…/badge/ADR/proposed/orange`. Several that differ are a
/// choice.
fn badge_alone(outline: &Outline, at: usize) -> Option<StatusReading> {
    let mut found: Option<StatusReading> = None;
    let first = outline.blocks.partition_point(|block| block.section < at);
    let own = outline.blocks.iter().skip(first).take_while(|block| block.section == at).take(60);
    for mark in own.filter(|block| !block.quoted).flat_map(|block| block.text.marks()) {
        let MarkKind::Image(target) = &mark.kind else { continue };
        let Some((_, words)) = target.split_once("/badge/") else { continue };
        let said =
            words.split(['/', '-', '.', '?']).find_map(|word| words::status_name(word).map(|status| (status, word)));
        let Some((status, raw)) = said else { continue };
        if found.as_ref().is_some_and(|known| known.status != Some(status)) {
            return None;
        }
        let raw = raw.to_owned();
        found.get_or_insert(StatusReading { status: Some(status), raw, source: StatusSource::Badge, span: mark.span });
    }
    found
}

/// A status as one place gives it.
fn reading(value: &Value, source: StatusSource) -> StatusReading {
    let raw = value.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let understood = if status::is_placeholder(&raw) { None } else { status::understand_all(&value.lines()) };
    StatusReading { status: understood.map(|one| one.status), raw, source, span: value.span }
}

/// One status where all places that are understood agree and the first one is understood.
pub(in super::super) fn agreed(readings: &[StatusReading]) -> Option<Status> {
    let first = readings.first()?.status?;
    readings.iter().filter_map(|reading| reading.status).all(|status| status == first).then_some(first)
}

/// The statements of a section: its paragraphs, items and rows, and where they stand. What is quoted only counts where
/// nothing else is there: templates quote their instructions.
pub(super) fn section_lines(outline: &Outline, at: usize, text: &str) -> (Vec<String>, Span) {
    let first = outline.blocks.partition_point(|block| block.section < at);
    let own = || outline.blocks.iter().skip(first).take_while(|block| block.section == at).take(60);
    let stated = |quoted: bool| {
        own().filter(move |block| {
            block.quoted == quoted
                && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Row { head: false, .. })
        })
    };
    // Of boxes to tick, the ticked ones count.
    let boxed = own().any(|block| checkbox(block, text).is_some());
    let mut lines = Vec::new();
    let mut span: Option<Span> = None;
    for quoted in [false, true] {
        for block in stated(quoted).filter(|block| !boxed || checkbox(block, text) != Some(false)) {
            let value = Value::whole(&block.text);
            let joined = value.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let own: Vec<String> =
                value.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
            // A wrapped line may start with anything; lines count one by one where the first is a statement by itself.
            let apart = own.len() > 1 && status::understand(&joined).is_none() && status::understand(&own[0]).is_some();
            span.get_or_insert(value.span);
            if apart {
                lines.extend(own);
            } else if !joined.is_empty() {
                lines.push(joined);
            }
        }
        if !lines.is_empty() {
            break;
        }
    }
    (lines, span.unwrap_or_default())
}

/// Whether the box of a list item is ticked; none where it has none.
fn checkbox(block: &Block, text: &str) -> Option<bool> {
    if block.kind != BlockKind::Item {
        return None;
    }
    let item = block.span.of(text).trim_start_matches(['-', '*', '+', ' ', '\t']);
    match item.get(..3)? {
        "[ ]" => Some(false),
        "[x]" | "[X]" => Some(true),
        _ => None,
    }
}
