//! Decisions: architecture decision records, whatever their format.

mod body;
pub mod date;
mod front;
mod header;
mod kind;
mod link;
mod name;
mod read;
mod reference;
mod section;
mod status;
mod value;
pub mod words;

pub(crate) use body::may_relate as relates;
pub use link::{Link, LinkKind};
pub use name::{format, is_aside, is_candidate, number_in_path};
pub use read::{TOO_LARGE, document, read};
pub use status::is_placeholder as is_choice;

use crate::text::outline::Outline;
use crate::text::yaml::DuplicateKey;
use crate::text::{Place, Span};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;

/// What a file in a decision folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A decision record.
    Decision,
    /// A template for records.
    Template,
    /// A list of records.
    Index,
    /// Something else.
    Other,
}

/// The markup of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Markdown.
    Markdown,
    /// AsciiDoc.
    Asciidoc,
    /// reStructuredText.
    Rst,
    /// A YAML record.
    Yaml,
}

/// Where a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being written.
    Draft,
    /// Up for decision.
    Proposed,
    /// In force.
    Accepted,
    /// Decided against.
    Rejected,
    /// Taken back before it was decided.
    Withdrawn,
    /// No longer to be followed.
    Deprecated,
    /// Replaced by another decision.
    Superseded,
}

impl Status {
    /// The status of this name (`accepted`), as in JSON and in the files of words.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "draft" => Self::Draft,
            "proposed" => Self::Proposed,
            "accepted" => Self::Accepted,
            "rejected" => Self::Rejected,
            "withdrawn" => Self::Withdrawn,
            "deprecated" => Self::Deprecated,
            "superseded" => Self::Superseded,
            _ => return None,
        })
    }
}

/// Where in a file the status was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatusSource {
    /// Front matter, or a field of a YAML record.
    FrontMatter,
    /// A section of its own.
    Section,
    /// A bullet: `* Status: accepted`.
    Bullet,
    /// A line in bold: `**Status:** accepted`.
    Bold,
    /// A plain line: `Status: accepted`.
    Line,
    /// A row of a table.
    Table,
    /// A field or attribute of the markup (`:status: accepted`).
    Attribute,
    /// A tag.
    Tag,
    /// The heading.
    Heading,
    /// The file's name.
    FileName,
    /// The folder's name.
    Folder,
    /// A badge image.
    Badge,
}

/// One place that gives a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusReading {
    /// The status; none where the words are not understood.
    pub status: Option<Status>,
    /// The words as they stand.
    pub raw: String,
    /// What kind of place it is.
    pub source: StatusSource,
    /// Where the words stand.
    pub span: Span,
}

/// A reference to another decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its number, where one is given.
    pub number: Option<u32>,
    /// Where it leads, as written.
    pub target: String,
    /// Where it stands.
    pub span: Span,
    /// Whether only a part of that decision is meant: `supersedes parts of ADR 6`.
    pub partial: bool,
}

/// One decision file, read.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The file.
    pub path: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// Its markup.
    pub format: Format,
    /// The title without number and markup.
    pub title: Option<String>,
    /// Where the title stands.
    pub title_span: Option<Span>,
    /// The record's own number.
    pub number: Option<u32>,
    /// The number in the file's name.
    pub file_number: Option<u32>,
    /// The number in the title, and where the title stands.
    pub title_number: Option<(u32, Span)>,
    /// The number that its front matter gives it, or the record itself where it is YAML, and where.
    pub id_number: Option<(u32, Span)>,
    /// Its status: none where it states none, where the words are not understood, or where places disagree.
    pub status: Option<Status>,
    /// Every place that gives a status, the header's first.
    pub statuses: Vec<StatusReading>,
    /// The day of the decision, and where it stands.
    pub date: Option<(Date, Span)>,
    /// A date that is there but not understood.
    pub date_unread: Option<(String, Span)>,
    /// What it replaces.
    pub supersedes: Vec<Reference>,
    /// What replaces it.
    pub superseded_by: Vec<Reference>,
    /// What it changes in part.
    pub amends: Vec<Reference>,
    /// What changes it in part.
    pub amended_by: Vec<Reference>,
    /// What else it has to do with, by its own header.
    pub relates: Vec<Reference>,
    /// Who decided, as written, one name each.
    pub deciders: Vec<(String, Span)>,
    /// Who wrote it, as written, one name each.
    pub authors: Vec<(String, Span)>,
    /// Services that it names in its front matter or header.
    pub services: Vec<(String, Span)>,
    /// Every link in it, and every record that it names without a link.
    pub links: Vec<Link>,
    /// The names of its own sections, in lower case, in order.
    pub sections: Vec<String>,
    /// Why the file was not read, or only in part.
    pub unread: Option<(String, Span)>,
    /// Keys that stand twice in its front matter, or in the record where it is YAML; the first of them was read.
    pub duplicates: Vec<DuplicateKey>,
}

/// A decision file, read: what it says of itself, and how its text is built. The second takes several times the room of
/// the first, and is needed of few: what a text states is asked of the decisions about a service.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it says of itself.
    pub decision: Arc<Decision>,
    /// How its text is built.
    pub outline: Arc<Outline>,
}

impl Document {
    /// About how many bytes it takes: most of them are its outline's.
    #[must_use]
    pub fn weight(&self) -> usize {
        size_of::<Self>() + self.decision.weight() + size_of::<Outline>() + self.outline.weight()
    }
}

impl Decision {
    /// Whether it can permit anything: accepted, or not yet decided. A record without a status permits as accepted
    /// would (a fifth of real records have none); one whose words are not understood permits nothing.
    #[must_use]
    pub fn permits(&self) -> bool {
        match self.status {
            Some(Status::Accepted | Status::Proposed | Status::Draft) => true,
            Some(Status::Rejected | Status::Withdrawn | Status::Deprecated | Status::Superseded) => false,
            None => self.statuses.is_empty(),
        }
    }

    /// Reads statuses that were not understood with further words: `meaning` is asked for the words of each, folded and
    /// without what stands around them.
    pub fn learn(&mut self, meaning: &dyn Fn(&str) -> Option<Status>) {
        let mut learned = false;
        for reading in self.statuses.iter_mut().filter(|reading| reading.status.is_none()) {
            let folded = words::fold(&reading.raw);
            reading.status = meaning(folded.trim_matches(|c: char| !c.is_alphanumeric()));
            learned |= reading.status.is_some();
        }
        if learned {
            self.status = read::agreed(&self.statuses);
        }
    }

    /// About how many bytes it takes.
    fn weight(&self) -> usize {
        let named = |all: &[(String, Span)]| all.iter().map(|(name, _)| name.capacity() + 40).sum::<usize>();
        let relations = [&self.supersedes, &self.superseded_by, &self.amends, &self.amended_by, &self.relates];
        size_of::<Self>()
            + self.title.as_ref().map_or(0, String::capacity)
            + self.statuses.iter().map(|reading| size_of::<StatusReading>() + reading.raw.capacity()).sum::<usize>()
            + relations.into_iter().flatten().map(|each| size_of::<Reference>() + each.target.capacity()).sum::<usize>()
            + [&self.deciders, &self.authors, &self.services].into_iter().map(|all| named(all)).sum::<usize>()
            + self.links.iter().map(|link| size_of::<Link>() + link.target.capacity()).sum::<usize>()
            + self.sections.iter().map(|name| size_of::<String>() + name.capacity()).sum::<usize>()
            + self.duplicates.len() * size_of::<DuplicateKey>()
    }

    /// A place in this file.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place::new(Arc::clone(&self.path), span)
    }
}

/// How the texts of some decisions are built, to be found by their paths.
#[derive(Clone, Debug, Default)]
pub struct Outlines(HashMap<Arc<str>, Arc<Outline>>);

impl Outlines {
    /// Keeps one.
    pub fn keep(&mut self, path: &Arc<str>, outline: Arc<Outline>) {
        self.0.insert(Arc::clone(path), outline);
    }

    /// How the text of a decision is built, where that was kept.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<&Arc<Outline>> {
        self.0.get(path)
    }
}

/// A status as it is written.
#[must_use]
pub fn word(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::Proposed => "proposed",
        Status::Accepted => "accepted",
        Status::Rejected => "rejected",
        Status::Withdrawn => "withdrawn",
        Status::Deprecated => "deprecated",
        Status::Superseded => "superseded",
    }
}
