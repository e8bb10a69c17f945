//! From a file's text to a [`Decision`].

mod dates;
mod people;
mod statuses;

pub(super) use statuses::agreed;

use super::body::{self, Relation};
use super::front::{self, Front};
use super::header::{self, Entry};
use super::kind::{self, Signs};
use super::name::{self, PathFacts};
use super::section::Sections;
use super::status;
use super::value::Value;
use super::words::{self, Field};
use super::{Decision, Format, Kind, Reference, Status, link, reference, section};
use crate::text::outline::{BlockKind, Outline, Text};
use crate::text::{Span, asciidoc, markdown, rst};
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
    Reader {
        text,
        facts,
        front,
        sections: Sections::default(),
        entries: Vec::new(),
        wrapped: None,
        dates_beside: Vec::new(),
    }
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
        file_number: None,
        title_number: None,
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
        authors: Vec::new(),
        services: Vec::new(),
        links: Vec::new(),
        sections: Vec::new(),
        unread: None,
        duplicates: Vec::new(),
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
    sections: Sections,
    /// Front matter's entries, then the header's.
    entries: Vec<Entry>,
    /// The heading that goes on with the title.
    wrapped: Option<usize>,
    /// The dates that the status section labels as such.
    dates_beside: Vec<Entry>,
}

impl Reader<'_> {
    fn read(mut self, mut decision: Decision) -> Decision {
        let outline = &decision.outline;
        if decision.format == Format::Yaml {
            self.sections = Sections::new(outline);
            decision.sections = self.front.keys.iter().map(|(key, ..)| key.to_lowercase()).collect();
        } else {
            self.sections = Sections::new(outline);
            let stated = self.front.get(Field::Title).is_some();
            let found = self.sections.find_title(outline).filter(|&at| outline.sections[at].level == 1 || !stated);
            // `# ADR-4`, and below it at once the title proper.
            let title = found.map(|at| if self.is_only_number(outline, at) { at + 1 } else { at });
            self.sections.set_title(outline, title);
            self.wrapped = title.and_then(|at| self.sections.wrapped(outline, at, self.text));
            if let Some(again) = self.wrapped.or_else(|| title.and_then(|at| self.said_again(outline, at))) {
                self.sections.header[again] = true;
            }
            if let Some(found) = found {
                self.sections.header[found] = true;
            }
            decision.sections = section::names(outline, self.sections.title);
        }
        self.entries = self.front.entries.clone();
        self.entries.extend(header::entries(outline, &self.sections.header));
        if let Some(at) = self.status_section(outline) {
            let beside = header::of_section(outline, at).into_iter();
            let (dates, others) = beside.partition(|entry| entry.field == Field::Date);
            let others: Vec<Entry> = others;
            self.dates_beside = dates;
            self.entries.extend(others.into_iter().filter(|entry| entry.field != Field::Status));
        }
        let numbered = self.title(&mut decision);
        self.statuses(&mut decision);
        self.date(&mut decision);
        self.relations(&mut decision);
        self.people(&mut decision);
        decision.links = link::all(&decision.outline, self.text);
        decision.unread = self.front.problem.take();
        decision.duplicates = std::mem::take(&mut self.front.duplicates);
        self.kind(&mut decision, numbered);
        decision
    }

    fn get(&self, field: Field) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.field == field)
    }

    /// Where a title may stand, best first: the heading, front matter, a labelled entry.
    fn titles(&self, outline: &Outline) -> Vec<(String, Span)> {
        let mut titles = Vec::new();
        let entry = |entries: &[Entry]| {
            let mut stated = entries.iter().filter(|entry| entry.field == Field::Title && !entry.value.is_nothing());
            stated.next().map(|entry| (entry.value.text.clone(), entry.value.span))
        };
        if let Some(section) = self.sections.title.and_then(|at| outline.sections.get(at)) {
            let mut title = section.title.clone();
            if let Some(more) = self.wrapped.and_then(|at| outline.sections.get(at)) {
                title = format!("{title} {}", more.title);
            }
            titles.push((title, section.span));
        }
        titles.extend(entry(&self.entries));
        titles.extend(self.bare_title(outline).filter(|_| self.sections.title.is_none()));
        titles
    }

    /// `14. One queue` as the first line, without the mark-up of a heading: a title where its number is the file's.
    fn bare_title(&self, outline: &Outline) -> Option<(String, Span)> {
        let first = outline.blocks.first().filter(|block| block.section == 0 && !block.quoted)?;
        let line = first.span.of(self.text).trim();
        let own = self.facts.number.is_some() && name::split_title(line, self.facts.number).0 == self.facts.number;
        (own && line.len() <= 120 && !line.contains('\n')).then(|| (line.to_owned(), first.span))
    }

    /// Whether a heading only gives a number or says that this is a decision, and the next heading stands right below.
    fn is_only_number(&self, outline: &Outline, at: usize) -> bool {
        let title = outline.sections[at].title.trim();
        let (number, range) = name::split_title(title, self.facts.number);
        let empty = words::is_generic_title(title) || (number.is_some() && range.len() == title.len());
        empty
            && section::is_bare(outline, at)
            && at + 1 < outline.sections.len()
            && self.sections.topic(at + 1).is_none()
    }

    /// The heading right behind the title that gives the same number once more.
    fn said_again(&self, outline: &Outline, title: usize) -> Option<usize> {
        let number = |at: usize| {
            let section = outline.sections.get(at).filter(|section| section.level == 1)?;
            name::number_of(section.title.split_whitespace().next()?)
        };
        (number(title).is_some() && number(title) == number(title + 1)).then_some(title + 1)
    }

    /// `D3 — One queue` where the front matter says `id: D3`: a name that is no number is no part of the title.
    fn without_id<'t>(&self, title: &'t str) -> &'t str {
        let behind = || {
            let id = self.front.get(Field::Id)?.text.trim();
            let rest =
                title.get(..id.len()).filter(|start| start.eq_ignore_ascii_case(id)).map(|_| &title[id.len()..])?;
            let rest = rest.trim_start();
            let named = !id.is_empty() && name::split_title(title, self.facts.number).0.is_none();
            let told = rest.trim_start_matches([':', '-', '\u{2013}', '\u{2014}', '·', '|', '：']);
            (named && told.len() < rest.len() && !told.trim().is_empty()).then(|| told.trim_start())
        };
        behind().unwrap_or(title)
    }

    /// Title and number. Says whether the title has a record's number.
    fn title(&self, decision: &mut Decision) -> bool {
        let mut numbered = None;
        for (title, span) in self.titles(&decision.outline) {
            let flat = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let flat = self.without_id(&flat);
            let (number, range) = name::split_title(flat, self.facts.number);
            let rest = flat[range].trim();
            let whole = number.is_some() && rest.len() == flat.len();
            let says_more = !rest.is_empty() && !whole && !words::is_generic_title(rest);
            numbered = numbered.or(number.map(|number| (number, span)));
            if says_more || decision.title.is_none() {
                decision.title = Some(rest.to_owned()).filter(|title| !title.is_empty());
                decision.title_span = Some(span);
            }
            if says_more {
                break;
            }
        }
        let id = || {
            let value = self.get(Field::Id).find_map(|entry| reference::number(&entry.value));
            value.filter(|_| self.facts.word.is_none())
        };
        // The file's name is what others link to: a title copied from another record does not win over it.
        decision.number = self.facts.number.or(numbered.map(|(number, _)| number)).or_else(id);
        decision.file_number = self.facts.number;
        decision.title_number = numbered;
        numbered.is_some()
    }

    fn relations(&self, decision: &mut Decision) {
        let mut relations: Vec<Relation> = Vec::new();
        for entry in &self.entries {
            match entry.field {
                Field::Supersedes
                | Field::SupersededBy
                | Field::SupersedesPart
                | Field::SupersededInPart
                | Field::Amends
                | Field::AmendedBy => {
                    relations.extend(body::of_entry(entry.field, &entry.value));
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
        relations.extend(body::of_text(&decision.outline, &self.sections));
        let named = relations.iter().any(|relation| relation.field == Field::SupersededBy);
        if decision.status == Some(Status::Superseded) && !named {
            let found = body::successors(&decision.outline, &self.sections).into_iter();
            relations.extend(found.map(|reference| Relation { field: Field::SupersededBy, reference }));
        }
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
            decided: decision.status.is_some(),
            choices,
            placeholder,
        };
        decision.kind = if decision.format == Format::Yaml && decision.title.is_none() {
            Kind::Other
        } else {
            kind::kind(&decision.outline, &self.sections.topics, &signs)
        };
    }
}

#[cfg(test)]
mod tests;
