//! From a file's text to a [`Decision`].

use super::body::{self, Relation};
use super::front::{self, Front};
use super::header::{self, Entry};
use super::kind::{self, Signs};
use super::name::{self, PathFacts};
use super::status;
use super::value::Value;
use super::words::{self, Field, Topic};
use super::{Decision, Format, Kind, Reference, Status, StatusReading, StatusSource, date, link, reference, section};
use crate::text::outline::{BlockKind, MarkKind, Outline, Text};
use crate::text::{Span, asciidoc, markdown, rst};
use jiff::civil::Date;
use std::sync::Arc;

/// A file with more bytes than this is no record: it is named as unread.
pub const TOO_LARGE: usize = 2 << 20;

/// Reads a decision file. Never fails: what is not understood is left out, or kept with its words.
#[must_use]
pub fn read(path: &Arc<str>, text: &str) -> Decision {
    let format = name::format(path).unwrap_or(Format::Markdown);
    let facts = name::facts(path);
    if text.len() > TOO_LARGE {
        let reason = format!("larger than {} MiB, too large for a decision", TOO_LARGE >> 20);
        let mut decision = empty(path, format, Outline::default());
        decision.unread = Some((reason, Span::default()));
        return decision;
    }
    let mut outline = match format {
        Format::Markdown => markdown::read(text),
        Format::Asciidoc => asciidoc::read(text),
        Format::Rst => rst::read(text),
        Format::Yaml => Outline::default(),
    };
    let front = match (format, outline.front_matter) {
        (Format::Yaml, _) => front::record(text),
        (_, Some(span)) => front::read(text, span),
        _ => Front::default(),
    };
    if format == Format::Yaml {
        outline = outline_of(&front, text);
    }
    Reader { text, facts, front, title: None, header: Vec::new(), entries: Vec::new() }
        .read(empty(path, format, outline))
}

fn empty(path: &Arc<str>, format: Format, outline: Outline) -> Decision {
    Decision {
        path: Arc::clone(path),
        kind: Kind::Other,
        format,
        title: None,
        title_span: None,
        number: None,
        status: None,
        statuses: Vec::new(),
        date: None,
        date_unread: None,
        supersedes: Vec::new(),
        superseded_by: Vec::new(),
        amends: Vec::new(),
        amended_by: Vec::new(),
        relates: Vec::new(),
        deciders: Vec::new(),
        services: Vec::new(),
        links: Vec::new(),
        sections: Vec::new(),
        unread: None,
        outline,
    }
}

/// A YAML record's keys as sections, its texts as paragraphs, so that facts are read from it as from any other.
fn outline_of(front: &Front, text: &str) -> Outline {
    let mut outline = Outline { sections: vec![Default::default()], ..Outline::default() };
    let mut texts = front.texts.iter().peekable();
    for (key, place, body) in &front.keys {
        let section = outline.open_section(1, key.clone(), *place, *place);
        outline.sections[section].body = *body;
        while let Some(value) = texts.next_if(|value| value.span.start < body.end.max(place.end)) {
            let mut words = Text::default();
            words.push(&value.text, value.span.range(), text);
            outline.blocks.push(crate::text::outline::Block {
                kind: BlockKind::Paragraph,
                section,
                span: value.span,
                depth: 0,
                quoted: false,
                text: words,
            });
        }
    }
    outline
}

struct Reader<'t> {
    text: &'t str,
    facts: PathFacts,
    front: Front,
    /// The section whose heading is the title.
    title: Option<usize>,
    /// Which sections belong to the header.
    header: Vec<bool>,
    /// Front matter's entries, then the header's.
    entries: Vec<Entry>,
}

impl Reader<'_> {
    fn read(mut self, mut decision: Decision) -> Decision {
        let outline = &decision.outline;
        if decision.format == Format::Yaml {
            self.header = vec![false; outline.sections.len()];
            decision.sections = self.front.keys.iter().map(|(key, ..)| key.to_lowercase()).collect();
        } else {
            self.title = section::title(outline)
                .filter(|&at| outline.sections[at].level == 1 || self.front.get(Field::Title).is_none());
            self.header = section::header(outline, self.title);
            decision.sections = section::names(outline, self.title);
        }
        self.entries = self.front.entries.clone();
        self.entries.extend(header::entries(outline, &self.header));
        let numbered = self.title(&mut decision);
        self.statuses(&mut decision);
        self.date(&mut decision);
        self.relations(&mut decision);
        self.people(&mut decision);
        decision.links = link::all(&decision.outline, self.text);
        decision.unread = self.front.problem.take();
        self.kind(&mut decision, numbered);
        decision
    }

    fn get(&self, field: Field) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.field == field)
    }

    /// Title and number. Says whether the title has a record's number.
    fn title(&self, decision: &mut Decision) -> bool {
        let heading =
            self.title.map(|at| (decision.outline.sections[at].title.clone(), decision.outline.sections[at].span));
        let stated = self.front.get(Field::Title).map(|value| (value.text.clone(), value.span));
        let mut numbered = None;
        if let Some((title, span)) = heading.or(stated) {
            let flat = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let (number, range) = name::split_title(&flat, self.facts.number);
            numbered = number;
            decision.title = Some(flat[range].trim().to_owned()).filter(|title| !title.is_empty());
            decision.title_span = Some(span);
        }
        let id = || {
            let value = self.get(Field::Id).find_map(|entry| reference::number(&entry.value));
            value.filter(|_| self.facts.word.is_none())
        };
        decision.number = numbered.or(self.facts.number).or_else(id);
        numbered.is_some()
    }

    fn statuses(&self, decision: &mut Decision) {
        let mut readings: Vec<StatusReading> = Vec::new();
        let mut seen: Vec<StatusSource> = Vec::new();
        for entry in self.get(Field::Status) {
            // The header's first word counts; the same kind of place further down is something else.
            if !seen.contains(&entry.source) && !entry.value.text.trim().is_empty() {
                seen.push(entry.source);
                readings.push(reading(&entry.value, entry.source));
            }
        }
        readings.extend(self.section_status(&decision.outline));
        readings.extend(self.title_status(decision));
        readings.extend(self.badge(&decision.outline));
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
        let (lines, span) = section_lines(outline, at);
        let first = lines.first()?;
        let raw = first.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let status = status::understand_all(&lines).map(|one| one.status).filter(|_| !status::is_placeholder(&raw));
        Some(StatusReading { status, raw, source: StatusSource::Section, span })
    }

    fn status_section(&self, outline: &Outline) -> Option<usize> {
        (1..outline.sections.len()).find(|&at| {
            words::topic(&outline.sections[at].title) == Some(Topic::Status) && section::is_top(outline, at, self.title)
        })
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
        let blocks = outline.blocks.iter().take(60).filter(|block| self.header.get(block.section) == Some(&true));
        for block in blocks {
            for mark in block.text.marks.iter().take(40) {
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

    fn date(&self, decision: &mut Decision) {
        let mut unread = None;
        for entry in self.get(Field::Date) {
            match dated(&entry.value) {
                Some(found) => {
                    decision.date = Some(found);
                    return;
                }
                None if unread.is_none() && !entry.value.is_nothing() => {
                    unread = Some((status::cut(entry.value.text.trim(), 80).to_owned(), entry.value.span));
                }
                None => {}
            }
        }
        // A date that stands there and is not understood is not replaced by a lesser one.
        decision.date = match &unread {
            Some(_) => None,
            None => self.lesser_date(&decision.outline),
        };
        decision.date_unread = unread;
    }

    fn lesser_date(&self, outline: &Outline) -> Option<(Date, Span)> {
        let in_section = (1..outline.sections.len())
            .find(|&at| {
                words::topic(&outline.sections[at].title) == Some(Topic::Date)
                    && section::is_top(outline, at, self.title)
            })
            .and_then(|at| {
                let (lines, span) = section_lines(outline, at);
                date::leading(lines.first()?).map(|(date, _)| (date, span))
            });
        let in_status = || {
            self.get(Field::Status).find_map(|entry| {
                let found = status::understand(&entry.value.text)?.date?;
                Some((found, entry.value.span))
            })
        };
        let in_status_section = || {
            let (lines, span) = section_lines(outline, self.status_section(outline)?);
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            Some((status::understand_all(&lines)?.date?, span))
        };
        // A page's day of creation is the decision's only where the page's data are the record's.
        let created = || {
            let stated = self.front.entries.iter().any(|entry| entry.field == Field::Status);
            dated(self.front.get(Field::Created).filter(|_| stated)?)
        };
        in_section
            .or_else(in_status)
            .or_else(in_status_section)
            .or_else(created)
            .or_else(|| self.facts.date.map(|date| (date, Span::default())))
    }

    fn relations(&self, decision: &mut Decision) {
        let mut relations: Vec<Relation> = Vec::new();
        for entry in &self.entries {
            match entry.field {
                Field::Supersedes | Field::SupersededBy | Field::Amends | Field::AmendedBy => {
                    let found = reference::all_or_number(&entry.value).into_iter();
                    relations.extend(found.map(|reference| Relation { field: entry.field, reference }));
                }
                Field::Status => relations.extend(body::of_status(&entry.value)),
                Field::Relates => {
                    decision.relates.extend(reference::all_or_number(&entry.value));
                }
                _ => {}
            }
        }
        if let Some(at) = self.status_section(&decision.outline) {
            for block in decision.outline.blocks.iter().filter(|block| block.section == at && !block.quoted) {
                if matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Row { .. }) {
                    relations.extend(body::of_status(&Value::whole(&block.text)));
                }
            }
        }
        relations.extend(body::of_text(&decision.outline, &self.header));
        for relation in relations {
            let list = match relation.field {
                Field::Supersedes => &mut decision.supersedes,
                Field::SupersededBy => &mut decision.superseded_by,
                Field::Amends => &mut decision.amends,
                _ => &mut decision.amended_by,
            };
            if !list.iter().any(|known: &Reference| reference::same(known, &relation.reference)) {
                list.push(relation.reference);
            }
        }
    }

    fn people(&self, decision: &mut Decision) {
        for entry in &self.entries {
            let list = match entry.field {
                Field::Deciders => &mut decision.deciders,
                Field::Services => &mut decision.services,
                _ => continue,
            };
            if entry.value.is_nothing() || entry.value.text.len() > 2000 {
                continue;
            }
            for name in entry.value.text.split([',', ';', '\n', '、', '，']) {
                let name = name
                    .trim()
                    .trim_matches(|c: char| matches!(c, '[' | ']' | '{' | '}' | '*' | '`' | '"') || c.is_whitespace());
                if !name.is_empty() && !list.iter().any(|(known, _)| known == name) {
                    list.push((name.to_owned(), entry.value.span));
                }
            }
        }
    }

    fn kind(&self, decision: &mut Decision, numbered: bool) {
        let choices =
            decision.statuses.iter().any(|reading| reading.status.is_none() && status::is_placeholder(&reading.raw));
        let title = decision.title.as_deref().unwrap_or("");
        let placeholder = title.starts_with(['{', '[', '<']) && title.ends_with(['}', ']', '>']) && title.len() > 2;
        let signs = Signs {
            word: self.facts.word,
            named: self.facts.record,
            numbered,
            stated: !decision.statuses.is_empty(),
            choices,
            placeholder,
        };
        decision.kind = if decision.format == Format::Yaml && decision.title.is_none() {
            Kind::Other
        } else {
            kind::kind(&decision.outline, &signs)
        };
    }
}

/// A status as one place gives it.
fn reading(value: &Value, source: StatusSource) -> StatusReading {
    let raw = value.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let understood = if status::is_placeholder(&raw) { None } else { status::understand_all(&value.lines()) };
    StatusReading { status: understood.map(|one| one.status), raw, source, span: value.span }
}

/// One status where all places that are understood agree and the first one is understood.
fn agreed(readings: &[StatusReading]) -> Option<Status> {
    let first = readings.first()?.status?;
    readings.iter().filter_map(|reading| reading.status).all(|status| status == first).then_some(first)
}

fn dated(value: &Value) -> Option<(Date, Span)> {
    let (date, range) = date::leading(&value.text)?;
    let exact = value.span.end - value.span.start == value.text.len();
    let span = if exact { Span::new(value.span.start + range.start, value.span.start + range.end) } else { value.span };
    Some((date, span))
}

/// The statements of a section: its paragraphs, items and rows, and where they stand. What is quoted only counts where
/// nothing else is there: templates quote their instructions.
fn section_lines(outline: &Outline, at: usize) -> (Vec<String>, Span) {
    let first = outline.blocks.partition_point(|block| block.section < at);
    let own = || outline.blocks.iter().skip(first).take_while(|block| block.section == at).take(60);
    let stated = |quoted: bool| {
        own().filter(move |block| {
            block.quoted == quoted
                && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Row { head: false, .. })
        })
    };
    let mut lines = Vec::new();
    let mut span: Option<Span> = None;
    for quoted in [false, true] {
        for block in stated(quoted) {
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
