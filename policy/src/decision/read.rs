//! From a file's text to a [`Decision`].

mod dates;
mod people;
mod statuses;
mod title;

pub(super) use statuses::agreed;

use self::statuses::Told;
use super::body::{self, Relation};
use super::front::{self, Front};
use super::header::{self, Entry};
use super::kind::{self, Signs};
use super::name::{self, PathFacts};
use super::section::Sections;
use super::status;
use super::value::Value;
use super::words::Field;
use super::{Decision, Document, Format, Kind, Reference, Status, link, reference, section};
use crate::text::outline::{BlockKind, Outline, Text};
use crate::text::{Span, asciidoc, markdown, rst};
use std::cell::OnceCell;
use std::sync::Arc;

/// A file with more bytes than this is no record: it is named as unread.
pub const TOO_LARGE: usize = 2 << 20;

/// What a decision file says of itself. Never fails: what is not understood is left out, or kept with its words.
#[must_use]
pub fn read(path: &Arc<str>, text: &Arc<str>) -> Decision {
    with_outline(path, text).0
}

/// The same, with how the text is built.
#[must_use]
pub fn document(path: &Arc<str>, text: &Arc<str>) -> Document {
    let (decision, outline) = with_outline(path, text);
    Document { decision: Arc::new(decision), outline: Arc::new(outline) }
}

fn with_outline(path: &Arc<str>, text: &Arc<str>) -> (Decision, Outline) {
    let format = name::format(path).unwrap_or(Format::Markdown);
    let facts = name::facts(path);
    if text.len() > TOO_LARGE {
        let reason = format!("larger than {} MiB, too large for a decision", TOO_LARGE >> 20);
        let unread = Some((reason, Span::default()));
        return (Decision { unread, ..empty(path, format) }, Outline::default());
    }
    let mut outline = match format {
        Format::Markdown => markdown::read(text),
        Format::Asciidoc => asciidoc::read(text),
        Format::Rst => rst::read(text),
        Format::Yaml => Outline::default(),
    };
    let front = match (format, outline.front_matter) {
        (Format::Yaml, _) => front::record(text),
        (_, Some(span)) => front::read(&outline.front, text, span),
        _ => Front::default(),
    };
    if format == Format::Yaml {
        outline = outline_of(&front, text);
    }
    let decision = Reader {
        text,
        outline: &outline,
        facts,
        front,
        sections: Sections::default(),
        entries: Vec::new(),
        wrapped: None,
        dates_beside: Vec::new(),
        told: OnceCell::new(),
    }
    .read(empty(path, format));
    (decision, outline)
}

fn empty(path: &Arc<str>, format: Format) -> Decision {
    Decision {
        path: Arc::clone(path),
        kind: Kind::Other,
        format,
        title: None,
        title_span: None,
        number: None,
        file_number: None,
        title_number: None,
        id_number: None,
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
    outline: &'t Outline,
    facts: PathFacts,
    front: Front,
    sections: Sections,
    /// Front matter's entries, then the header's.
    entries: Vec<Entry>,
    /// The heading that goes on with the title.
    wrapped: Option<usize>,
    /// The dates that the status section labels as such.
    dates_beside: Vec<Entry>,
    /// What the status section says, once it was asked.
    told: OnceCell<Option<Told>>,
}

impl Reader<'_> {
    fn read(mut self, mut decision: Decision) -> Decision {
        let outline = self.outline;
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
        self.lesser_entries(outline);
        let numbered = self.title(&mut decision);
        self.statuses(&mut decision);
        self.date(&mut decision);
        // Both links and relations are looked for where a record may be named.
        let named: Vec<bool> = self.outline.blocks.iter().map(reference::may_be_in).collect();
        self.relations(&mut decision, &named);
        self.people(&mut decision);
        decision.links = link::all(self.outline, self.text, &named);
        decision.unread = self.front.problem.take();
        decision.duplicates = std::mem::take(&mut self.front.duplicates);
        self.kind(&mut decision, numbered);
        decision
    }

    /// What a footer and a history in the front matter say counts where nothing above says it.
    fn lesser_entries(&mut self, outline: &Outline) {
        let stated = self.status_section(outline).is_some();
        for entry in header::footer(outline, self.text).into_iter().chain(std::mem::take(&mut self.front.log)) {
            let counts = match entry.field {
                Field::Status => !stated,
                Field::Date | Field::Deciders | Field::Author => true,
                _ => false,
            };
            if counts && !self.entries.iter().any(|known| known.field == entry.field) {
                self.entries.push(entry);
            }
        }
    }

    fn get(&self, field: Field) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.field == field)
    }

    fn relations(&self, decision: &mut Decision, named: &[bool]) {
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
        if let Some(at) = self.status_section(self.outline) {
            for block in self.outline.blocks.iter().filter(|block| block.section == at && !block.quoted) {
                if matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Row { .. }) {
                    relations.extend(body::of_status(&Value::whole(&block.text)));
                }
            }
        }
        relations.extend(body::of_text(self.outline, &self.sections, named));
        let named = relations.iter().any(|relation| relation.field == Field::SupersededBy);
        if decision.status == Some(Status::Superseded) && !named {
            let found = body::successors(self.outline, &self.sections).into_iter();
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
            in_folder: self.facts.in_folder,
            titled: decision.title.is_some(),
            front: self.front.get(Field::Status).is_some(),
            numbered,
            stated: !decision.statuses.is_empty(),
            decided: decision.status.is_some(),
            choices,
            placeholder,
        };
        decision.kind = if decision.format == Format::Yaml && decision.title.is_none() {
            Kind::Other
        } else {
            kind::kind(self.outline, &self.sections.topics, &signs)
        };
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod ways;
