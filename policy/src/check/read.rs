//! From files to services and decisions.

use super::Input;
use super::records::OfRecords;
use crate::decision::{self, Decision, Document, Outlines};
use crate::estate::{self, Member, Tie, Ties};
use crate::fact::{self, Fact};
use crate::manifest;
use crate::parallel;
use crate::plan::{self, Ask};
use crate::policy::{FactRule, Page};
use crate::report::{Finding, Severity, Unread};
use crate::rule;
use crate::text::outline::Outline;
use crate::text::{Place, Span};
use crate::tree::{Content, Tree};
use std::collections::HashMap;
use std::sync::Arc;

/// What a tree's files say.
#[derive(Debug, Default)]
pub struct Files {
    /// Services, with the decisions about them and what these state.
    pub members: Vec<Member>,
    /// Decisions, in the order of their paths.
    pub decisions: Vec<Arc<Decision>>,
    /// How the texts of those are built that are about a service; where a base is compared, of all.
    pub outlines: Outlines,
    /// What is wrong with single files.
    pub problems: Vec<Finding>,
    /// What rules say of single records.
    pub(super) of_records: Vec<Finding>,
    /// What was left out.
    pub unread: Vec<Unread>,
}

/// A file that could not be read, or was not, and whether that is a fault.
struct Left(Unread, bool);

/// A decision as it was read, and what was found out at once.
struct Known {
    decision: Arc<Decision>,
    /// How its text is built; none where nobody will ask.
    outline: Option<Arc<Outline>>,
    /// The services that it says it is about.
    ties: Vec<(usize, Tie)>,
    findings: Vec<Finding>,
}

/// What the tree before the change says: what it is compared for, and no more.
#[derive(Debug)]
pub(super) struct Before {
    /// Services, without what is stated about them.
    pub members: Vec<Member>,
    /// The decisions that the change touches, as they were.
    pub decisions: Vec<Arc<Decision>>,
    /// How their texts are built.
    pub outlines: Outlines,
    /// Where the decisions that are the same in both trees stand among those of the head.
    pub same: Vec<usize>,
}

/// Decisions that were read before, kept by whoever runs several checks. What a decision says follows from its path and
/// its text and from nothing else, so a reading that is kept is the reading that would be made anew.
pub trait Readings: Send + Sync {
    /// The decision in a file of this path and this text: as it was read before, else as `read` reads it.
    fn decision(&self, path: &Arc<str>, text: &Arc<str>, read: &dyn Fn() -> Document) -> Document;
}

/// How files are read: what decides about it, and what makes it cheaper.
#[derive(Clone, Copy)]
pub(super) struct How<'a> {
    pub page: &'a Page,
    pub threads: usize,
    pub readings: Option<&'a dyn Readings>,
    /// Whether the outline of every decision is kept: what it was before is compared with it.
    pub keeps: bool,
}

/// Reads what [`plan::plan`] asked for and joins it.
#[must_use]
pub fn read(tree: &Tree, page: &Page, ask: Ask<'_>, threads: usize) -> Files {
    head(tree, ask, How { page, threads, readings: None, keeps: false }, None)
}

/// The same, with what was read before, and what rules say of single records. Services are read first, so that of each
/// decision is known at once whether it is about one: in a repository of a thousand records most are about none, and
/// their outlines would take most of the memory.
pub(super) fn head(tree: &Tree, ask: Ask<'_>, how: How<'_>, rules: Option<&OfRecords<'_>>) -> Files {
    let page = how.page;
    let parts = Parts::new(tree.files.iter(), page);
    let mut out = Files::default();
    let documents = out.read_manifests(&parts.manifests, how);
    out.problems.extend(folders_in_place_of_files(tree, page));
    let wanted = plan::wanted_folders(&tree.paths, page, ask);
    let mut members = estate::members(documents, &tree.paths, &wanted);
    estate::own_facts(&mut members, page, tree);
    let claimed = plan::Claimed::new(&tree.paths, page);
    let ties = Ties::new(&members, &claimed);
    let look = |document: Document, text: &str| {
        let findings = rules.map(|rules| rules.of(&document, text)).unwrap_or_default();
        let Document { decision, outline } = document;
        let own = ties.of(&decision);
        let is_asked = how.keeps || !own.is_empty() || ties.may_be_named(&decision) || rule::looks_again(&decision);
        Known { ties: own, findings, outline: is_asked.then_some(outline), decision }
    };
    let read = read_decisions(&parts.decisions, how, &look);
    let mut own = Vec::new();
    for known in read {
        match known {
            Ok(known) => {
                own.push(known.ties);
                out.of_records.extend(known.findings);
                out.add(known.decision, known.outline);
            }
            Err(left) => out.leave(left),
        }
    }
    let ties = ties.all(own, &out.decisions);
    estate::tie(&mut members, ties);
    out.members = members;
    out.unread.sort_by(|one, other| one.path.cmp(&other.path));
    state(&mut out, tree, page);
    out
}

/// Reads the tree before a change. A decision whose text is the very same as in the head is not read a second time, and
/// what is stated about services is asked of the head, and here only where it has to be: see [`super::lost`].
pub(super) fn before(tree: &Tree, input: &Input<'_>, ask: Ask<'_>, head: &Files, how: How<'_>) -> Before {
    let by_path: HashMap<&str, usize> =
        head.decisions.iter().enumerate().map(|(at, decision)| (decision.path.as_ref(), at)).collect();
    let mut same = Vec::new();
    let mut files = Vec::new();
    for (path, content) in &tree.files {
        let now = by_path.get(path.as_ref()).filter(|_| match (content, input.head.text(path)) {
            (Content::Text(old), Some(new)) => Arc::ptr_eq(old, new),
            _ => false,
        });
        match now {
            Some(&at) => same.push(at),
            None => files.push((path, content)),
        }
    }
    let parts = Parts::new(files.into_iter(), how.page);
    let mut read = Files::default();
    let documents = read.read_manifests(&parts.manifests, how);
    for document in read_decisions(&parts.decisions, how, &|document, _| document) {
        match document {
            Ok(Document { decision, outline }) => read.add(decision, Some(outline)),
            Err(left) => read.leave(left),
        }
    }
    let wanted = plan::wanted_folders(&tree.paths, how.page, ask);
    let members = estate::members(documents, &tree.paths, &wanted);
    Before { members, decisions: read.decisions, outlines: read.outlines, same }
}

/// Files of a tree, by what they are read as.
struct Parts<'t> {
    decisions: Vec<File<'t>>,
    manifests: Vec<File<'t>>,
}

type File<'t> = (&'t Arc<str>, &'t Content);

impl<'t> Parts<'t> {
    fn new(files: impl Iterator<Item = File<'t>>, page: &Page) -> Self {
        let (decisions, manifests) = files.partition(|(path, _)| plan::is_decision(path, page));
        Self { decisions, manifests }
    }
}

/// How many threads read so many files: one costs more than a few files do.
fn threads(how: How<'_>, files: &[File<'_>]) -> usize {
    how.threads.min(files.len() / 16)
}

impl Files {
    /// Reads manifests: what is wrong with them, and the documents that describe services.
    fn read_manifests(&mut self, files: &[File<'_>], how: How<'_>) -> Vec<manifest::Service> {
        let read = parallel::map(files, threads(how, files), |&(path, content)| {
            let text = text_of(path, content)?;
            Ok((Arc::clone(path), manifest::read(path, text)))
        });
        let mut documents = Vec::new();
        for reading in read {
            match reading {
                Ok((path, reading)) => {
                    if reading.template.is_some() {
                        self.unread.push(Unread { path, reason: "a template, not checked".to_owned() });
                    }
                    self.problems.extend(reading.problems);
                    documents.extend(reading.services);
                }
                Err(left) => self.leave(left),
            }
        }
        documents
    }

    fn add(&mut self, decision: Arc<Decision>, outline: Option<Arc<Outline>>) {
        self.problems.extend(faults(&decision));
        if let Some(outline) = outline {
            self.outlines.keep(&decision.path, outline);
        }
        self.decisions.push(decision);
    }

    fn leave(&mut self, Left(unread, is_fault): Left) {
        if is_fault {
            self.problems.push(unreadable(&unread));
        }
        self.unread.push(unread);
    }
}

/// Reads decisions, and looks at each while its outline is at hand.
fn read_decisions<T: Send>(
    files: &[File<'_>],
    how: How<'_>,
    look: &(impl Fn(Document, &str) -> T + Sync),
) -> Vec<Result<T, Left>> {
    parallel::map(files, threads(how, files), |&(path, content)| {
        let text = text_of(path, content)?;
        if text.len() > decision::TOO_LARGE {
            let reason = format!("larger than {} MiB, too large to be read as a decision", decision::TOO_LARGE >> 20);
            return Err(Left(Unread { path: Arc::clone(path), reason }, true));
        }
        Ok(look(document(path, text, how), text))
    })
}

fn text_of<'t>(path: &Arc<str>, content: &'t Content) -> Result<&'t Arc<str>, Left> {
    let left = |reason: &String, is_fault| Left(Unread { path: Arc::clone(path), reason: reason.clone() }, is_fault);
    match content {
        Content::Text(text) => Ok(text),
        Content::Unread(reason) => Err(left(reason, true)),
        Content::Skipped(reason) => Err(left(reason, false)),
    }
}

fn document(path: &Arc<str>, text: &Arc<str>, how: How<'_>) -> Document {
    let read = || decision::document(path, text);
    let mut document = match how.readings {
        Some(readings) => readings.decision(path, text, &read),
        None => read(),
    };
    let own = &how.page.decisions.status_words;
    // What was kept stays as it was read: the next page may have other words.
    if !own.is_empty() && document.decision.statuses.iter().any(|reading| reading.status.is_none()) {
        let means =
            |word: &str, raw: &str| decision::words::fold(word).trim_matches(|c: char| !c.is_alphanumeric()) == raw;
        let meaning = |raw: &str| own.iter().find(|(word, _)| means(word, raw)).map(|(_, status)| *status);
        Arc::make_mut(&mut document.decision).learn(&meaning);
    }
    document
}

fn unreadable(unread: &Unread) -> Finding {
    let message = format!("`{}` could not be read: {}", unread.path, unread.reason);
    Finding::new(
        "file-unreadable",
        Severity::Error,
        unread.path.to_string(),
        message,
        Place::file(Arc::clone(&unread.path)),
    )
    .why("What cannot be read cannot be judged, and passing over it would look like a clean result.")
}

/// What is wrong with a decision's front matter. A template or an index is not held to it.
fn faults(decision: &Decision) -> Vec<Finding> {
    if decision.kind != decision::Kind::Decision {
        return Vec::new();
    }
    let unread = decision.unread.as_ref().map(|(reason, span)| {
        let place = Place::new(Arc::clone(&decision.path), *span);
        let message = format!("the front matter cannot be read: {reason}");
        Finding::new("file-unreadable", Severity::Warning, decision.path.as_ref(), message, place)
            .label("reading stops here")
            .why("What cannot be read states nothing: neither the status nor the services that the decision is about.")
            .help("Mend the YAML at this place.")
    });
    let twice = decision.duplicates.iter().map(|duplicate| manifest::duplicate_key(&decision.path, duplicate));
    unread.into_iter().chain(twice).collect()
}

/// Folders that bear the name of a manifest.
fn folders_in_place_of_files<'t>(tree: &'t Tree, page: &'t Page) -> impl Iterator<Item = Finding> + 't {
    plan::folders_named_as_manifests(&tree.paths, page).map(|(folder, inside)| {
        let message = format!("`{folder}` is a folder, where a manifest is expected");
        Finding::new("file-unreadable", Severity::Error, folder, message, Place::file(inside))
            .why("A file of this name is taken for a manifest, and a folder cannot be read as one.")
            .help("Give the folder another name.")
    })
}

/// Adds what decisions in force state to the services that they are about.
fn state(files: &mut Files, tree: &Tree, page: &Page) {
    let mut said = Said::new(tree, page, &files.members, files.decisions.len());
    for member in &mut files.members {
        said.add_to(member, &files.decisions, &files.outlines);
    }
}

/// What the documents of a tree state about its services, each decision read once.
pub(super) struct Said<'t> {
    tree: &'t Tree,
    page: &'t Page,
    extra: fact::Extra,
    decisions: Vec<Option<Vec<Fact>>>,
}

impl<'t> Said<'t> {
    pub(super) fn new(tree: &'t Tree, page: &'t Page, members: &[Member], decisions: usize) -> Self {
        let mut extra = own_labels(page);
        extra.services = members.iter().map(|member| member.name.as_str()).collect();
        Self { tree, page, extra, decisions: vec![None; decisions] }
    }

    /// Adds what is stated about one service; its decisions are indexes into these.
    pub(super) fn add_to(&mut self, member: &mut Member, decisions: &[Arc<Decision>], outlines: &Outlines) {
        let Self { tree, page, extra, .. } = self;
        for &(at, _) in &member.decisions {
            let decision = &decisions[at];
            if !decision.permits() {
                continue;
            }
            let facts = self.decisions[at].get_or_insert_with(|| {
                let written = outlines.of(&decision.path).zip(tree.text(&decision.path));
                let mut facts =
                    written.map(|(outline, text)| stated_in(&decision.path, outline, text, extra)).unwrap_or_default();
                estate::type_own(&mut facts, page);
                facts
            });
            let about =
                |fact: &&Fact| fact.subject.as_deref().is_none_or(|subject| estate::same_name(subject, &member.name));
            member.facts.extend(facts.iter().filter(about).cloned());
        }
        for service in &member.documents {
            let Some(text) = tree.text(&service.place.path) else { continue };
            member.facts.extend(prose_of(service, text, extra));
        }
    }
}

/// What a decision states.
pub(super) fn stated_in(path: &Arc<str>, outline: &Outline, text: &str, extra: &fact::Extra) -> Vec<Fact> {
    fact::read_outline_with(outline, text, path, extra)
}

/// What the free text of a manifest states.
pub(super) fn prose_of(service: &manifest::Service, text: &str, extra: &fact::Extra) -> Vec<Fact> {
    let free = service.prose.iter().map(|located| ("", located));
    let asked = service.asked.iter().map(|(heading, located)| (heading.as_str(), located));
    let facts = free.chain(asked).flat_map(|(heading, located)| {
        let outline = Outline::of_passage(heading, text, bare(text, located.span));
        fact::read_outline_with(&outline, text, &service.place.path, extra)
    });
    facts.collect()
}

/// A text without the quotation marks of YAML, which quote nobody.
fn bare(text: &str, span: Span) -> Span {
    let inner = |mark: char| span.of(text).strip_prefix(mark)?.strip_suffix(mark).map(str::len);
    match inner('"').or_else(|| inner('\'')) {
        Some(length) => Span { start: span.start + 1, end: span.start + 1 + length },
        None => span,
    }
}

/// The labels of the page's own facts.
fn own_labels(page: &Page) -> fact::Extra {
    let of = |rule: &FactRule| {
        let named = rule.labels.iter().map(|label| label.value.clone());
        // `exit days` and, as it stands on the page, `exit-days`.
        let own = [rule.id.replace('-', " "), rule.id.to_string()];
        named.chain(own).map(|label| (label, Arc::clone(&rule.id))).collect::<Vec<_>>()
    };
    fact::Extra { labels: page.facts.iter().flat_map(of).collect(), ..fact::Extra::default() }
}
