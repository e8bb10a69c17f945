//! From a file's text to services, and what is wrong with the file.

use super::document::{Document, first_key};
use super::reader::{READERS, Reader, Recognised};
use super::{Service, shape, template};
use crate::report::{Finding, Severity};
use crate::text::{Place, Span, yaml};
use std::sync::Arc;

/// What was read from one file.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The services that it describes, in order.
    pub services: Vec<Service>,
    /// What is wrong with it.
    pub problems: Vec<Finding>,
    /// Where the file shows that it is a template: such documents are not checked.
    pub template: Option<Span>,
    /// Whether nothing in the file belongs to a format that is read.
    pub not_a_manifest: bool,
    /// How many documents the file has, empty ones included.
    pub documents: usize,
    /// How many of them are empty.
    pub empty: usize,
    /// Documents of a known format that describe no service.
    pub asides: Vec<Aside>,
}

/// A document of a known format that describes no service: a Backstage Group, a Kubernetes ConfigMap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Its number in the file, from 0.
    pub document: usize,
    /// What it is, in a word: `Group`.
    pub what: String,
    /// Where it starts.
    pub span: Span,
}

/// Reads the file at `path`, whose text is `text`. The path is from the root of the repository and counts only
/// where the content leaves a doubt.
#[must_use]
pub fn read(path: &Arc<str>, text: &str) -> Reading {
    let mut reading = Reading::default();
    if !may_be_manifest(text) {
        reading.not_a_manifest = true;
        if says_nothing(text) && super::candidate::is_named(path) {
            reading.problems.push(empty(path));
        }
        return reading;
    }
    let stream = yaml::parse(text);
    if stream.problem().is_some()
        && let Some(span) = template::marker(text)
    {
        // What is left of a template after its braces is rarely YAML, and never anybody's fault.
        reading.template = Some(span);
        return reading;
    }
    let says_ours = stream.comments().iter().any(|comment| comment.text.contains("service.schema.json"));
    for (number, root) in stream.documents().enumerate() {
        reading.documents += 1;
        if root.is_null() {
            reading.empty += 1;
            continue;
        }
        let document = Document { path, text, root, number, says_ours };
        if let Some(span) = template::of_document(root) {
            reading.template = reading.template.or(Some(span));
            continue;
        }
        read_document(&document, &mut reading);
    }
    let known = !reading.services.is_empty() || !reading.asides.is_empty();
    // A broken file is somebody's manifest where what was read of it, or its name, says so.
    reading.not_a_manifest =
        !known && reading.template.is_none() && (stream.problem().is_none() || !super::candidate::is_named(path));
    if !reading.not_a_manifest {
        say_unreadable(path, text, stream.problem(), &mut reading);
        say_duplicates(path, &stream, &mut reading);
    }
    reading
}

/// Looks for the few words of which every manifest has one, before anything is parsed.
fn may_be_manifest(text: &str) -> bool {
    READERS.iter().any(|reader| {
        reader.needles.iter().any(|needle| memchr::memmem::find(text.as_bytes(), needle.as_bytes()).is_some())
    })
}

/// Whether a file holds nothing but blank lines and comments.
fn says_nothing(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#') || matches!(line, "---" | "..."))
}

fn empty(path: &Arc<str>) -> Finding {
    let message = "the manifest is empty: it describes no service";
    Finding::new("manifest-unreadable", Severity::Warning, path.as_ref(), message, Place::file(Arc::clone(path)))
        .why("A file of this name is taken for a manifest, and this one says nothing.")
        .help("Describe the service in it, or remove it.")
}

fn read_document(document: &Document<'_, '_>, reading: &mut Reading) {
    for reader in READERS {
        match (reader.recognise)(document) {
            Recognised::No => {}
            Recognised::Service => {
                read_as(reader, document, reading);
                return;
            }
            Recognised::Other(what) => {
                let span = first_key(document.root);
                reading.asides.push(Aside { document: document.number, what, span });
                return;
            }
        }
    }
}

fn read_as(reader: &Reader, document: &Document<'_, '_>, reading: &mut Reading) {
    let services = (reader.read)(document, &mut reading.problems);
    if let Some(checked) = (reader.shape)(document) {
        let subject = services.first().map_or(document.path.as_ref(), |service| service.name.as_str());
        shape::check(checked, document, reader.format, subject, &mut reading.problems);
    }
    if services.is_empty() {
        let what = format!("{} without a service", reader.format.name());
        reading.asides.push(Aside { document: document.number, what, span: first_key(document.root) });
    }
    reading.services.extend(services);
}

fn say_unreadable(path: &Arc<str>, text: &str, problem: Option<&yaml::Problem>, reading: &mut Reading) {
    let Some(problem) = problem else { return };
    let span = visible(text, problem.span);
    let finding = Finding::new(
        "manifest-unreadable",
        Severity::Error,
        path.as_ref(),
        format!("the manifest cannot be read: {}", problem.message),
        Place::new(Arc::clone(path), span),
    )
    .label("reading stops here")
    .why("What cannot be read cannot state a language or a reason, and other tools stop at the same place.")
    .help(match (problem.too_much, reading.documents) {
        (true, 0) => "Describe the service in a file of its own that is smaller; nothing of this one was read.",
        (true, _) => "Describe the services in several smaller files; the documents before this place were read.",
        (false, 0) => "Mend the YAML at this place; nothing of the file was read.",
        (false, _) => "Mend the YAML at this place; the documents before this one were read.",
    });
    reading.problems.push(finding);
}

/// A parser's point at the end of a line or of the file, moved to the last character that can be seen.
fn visible(text: &str, span: Span) -> Span {
    let at = span.start.min(text.len());
    if text[at..].chars().next().is_some_and(|next| !next.is_whitespace()) {
        return Span::new(at, at + text[at..].chars().next().map_or(0, char::len_utf8));
    }
    let before = text[..at].trim_end();
    let start = before.char_indices().next_back().map_or(0, |(start, _)| start);
    Span::new(start, before.len())
}

fn say_duplicates(path: &Arc<str>, stream: &yaml::Stream<'_>, reading: &mut Reading) {
    reading.problems.extend(stream.duplicates().iter().take(50).map(|duplicate| duplicate_key(path, duplicate)));
}

/// The finding on a key that stands twice in one mapping, of a manifest or of a decision's front matter.
#[must_use]
pub fn duplicate_key(path: &Arc<str>, duplicate: &yaml::DuplicateKey) -> Finding {
    let place = |span| Place::new(Arc::clone(path), span);
    Finding::new(
        "duplicate-key",
        Severity::Warning,
        path.as_ref(),
        format!("`{}` stands twice in one mapping", shape::shown(&duplicate.key)),
        place(duplicate.again),
    )
    .label("again here: this value was not read")
    .and(place(duplicate.first), "first here: this value was read")
    .why("YAML allows a key once in a mapping. Programs differ in which of the two values they take.")
    .help("Keep the one that is meant and remove the other.")
}
