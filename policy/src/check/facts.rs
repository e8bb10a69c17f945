//! What single files say, without judging them.

use super::read::stated_in;
use crate::decision::{self, Decision, Document, Kind};
use crate::estate::{languages_in, service_folder};
use crate::fact::{Extra, Fact};
use crate::manifest::{self, Service};
use crate::report::{LanguageReading, Sources, Unread};
use crate::tree::{Content, Tree};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Everything that was read from some files.
#[derive(Debug, Default)]
pub struct FactsReport {
    /// Facts, in the order of files and places.
    pub facts: Vec<Fact>,
    /// Decision files of every kind.
    pub decisions: Vec<Arc<Decision>>,
    /// Services: a document each, with its languages.
    pub services: Vec<(Service, Vec<LanguageReading>)>,
    /// What was not read, and why.
    pub unread: Vec<Unread>,
    /// The texts.
    pub sources: Sources,
}

/// Reads every file of `tree` that has content, by what it is and not by where it lies.
#[must_use]
pub fn facts(tree: &Tree) -> FactsReport {
    let mut out = FactsReport::default();
    for (path, content) in &tree.files {
        match content {
            Content::Text(text) => {
                out.sources.add(path, text);
                read(&mut out, tree, path, text);
            }
            Content::Unread(reason) | Content::Skipped(reason) => out.leave(path, reason),
        }
    }
    out
}

impl FactsReport {
    fn leave(&mut self, path: &Arc<str>, reason: impl Into<String>) {
        self.unread.push(Unread { path: Arc::clone(path), reason: reason.into() });
    }
}

fn read(out: &mut FactsReport, tree: &Tree, path: &Arc<str>, text: &Arc<str>) {
    let markup = decision::format(path);
    if matches!(markup, None | Some(decision::Format::Yaml)) {
        let reading = manifest::read(path, text);
        let is_record = markup.is_some() && reading.services.is_empty() && decision::is_candidate(path);
        if !is_record {
            return manifest(out, tree, path, text, reading);
        }
    }
    if text.len() > decision::TOO_LARGE {
        return out
            .leave(path, format!("larger than {} MiB, too large to be read as a decision", decision::TOO_LARGE >> 20));
    }
    let Document { decision, outline } = decision::document(path, text);
    if let Some((reason, _)) = &decision.unread {
        out.leave(path, reason.clone());
    }
    // A template states nothing, and an index only what others do.
    if matches!(decision.kind, Kind::Decision | Kind::Other) {
        out.facts.extend(stated_in(&decision.path, &outline, text, &Extra { reasons: true, ..Extra::default() }));
    }
    out.decisions.push(decision);
}

fn manifest(out: &mut FactsReport, tree: &Tree, path: &Arc<str>, text: &Arc<str>, reading: manifest::Reading) {
    if reading.template.is_some() {
        out.leave(path, "a template, not checked");
    }
    for problem in reading.problems.iter().filter(|problem| problem.rule.as_ref() == "manifest-unreadable") {
        out.leave(path, problem.message.clone());
    }
    if reading.not_a_manifest && reading.template.is_none() && reading.problems.is_empty() {
        out.leave(path, "no manifest of a format that is read");
    }
    if reading.services.is_empty() && reading.problems.is_empty() && !reading.asides.is_empty() {
        let what: BTreeSet<&str> = reading.asides.iter().map(|aside| aside.what.as_str()).collect();
        let what = what.into_iter().take(5).collect::<Vec<_>>().join(", ");
        out.leave(path, format!("describes no service: {what}"));
    }
    let folder = service_folder(path);
    let alone = reading.services.len() == 1;
    for service in reading.services {
        out.facts.extend(service.facts.iter().cloned());
        out.facts.extend(super::read::prose_of(&service, text, &Extra { reasons: true, ..Extra::default() }));
        let mut languages: Vec<LanguageReading> = service
            .languages
            .iter()
            .map(|stated| LanguageReading { name: Arc::clone(&stated.name), stated: true, place: stated.place.clone() })
            .collect();
        if languages.is_empty() && alone {
            languages = languages_in(&tree.paths, folder);
        }
        out.services.push((service, languages));
    }
}
