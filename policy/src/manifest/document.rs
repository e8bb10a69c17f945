//! One document of a file on its way to being a [`Service`].

use super::{Format, Located, Room, Service, StatedLanguage};
use crate::language;
use crate::text::yaml::Value;
use crate::text::{Place, Span};
use std::sync::Arc;

/// What a reader of a format is given.
pub(super) struct Document<'a, 's> {
    /// The file.
    pub path: &'a Arc<str>,
    /// The file's whole text.
    pub text: &'s str,
    /// The document.
    pub root: Value<'a, 's>,
    /// Its number in the file, from 0.
    pub number: usize,
    /// Whether the file names our own schema in a comment.
    pub says_ours: bool,
}

impl<'a, 's> Document<'a, 's> {
    /// A place in this file.
    pub fn place(&self, span: Span) -> Place {
        Place { path: Arc::clone(self.path), span }
    }

    /// The file's name without folders and endings: `catalog-info`.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The filled text under a path of keys.
    pub fn text_at(&self, keys: &[&str]) -> Option<&'a str> {
        self.root.path(keys)?.filled()
    }

    /// A service with its name, without anything else. Without a usable name it is called by its folder.
    pub fn service(&self, format: Format, name: Option<Value<'_, '_>>, room: Room) -> Service {
        self.service_at(format, self.root, name, room)
    }

    /// [`Self::service`], for a service that is a part of the document.
    pub fn service_at(&self, format: Format, part: Value<'_, '_>, name: Option<Value<'_, '_>>, room: Room) -> Service {
        let stated = name.and_then(|name| Some((name.filled()?, name.span())));
        let (name, span) = match stated {
            Some((name, span)) => (name.trim().to_owned(), span),
            None => (self.folder_name(), first_key(part)),
        };
        Service {
            name,
            place: self.place(span),
            format,
            document: self.number,
            kind: None,
            languages: Vec::new(),
            facts: Vec::new(),
            prose: Vec::new(),
            asked: Vec::new(),
            decisions: Vec::new(),
            folder: None,
            deployment: false,
            room,
        }
    }

    fn folder_name(&self) -> String {
        let mut folders = self.path.rsplit('/').skip(1);
        let folder = folders.find(|part| !part.is_empty() && !part.starts_with('.') && *part != "deploy");
        folder.unwrap_or(self.stem()).to_owned()
    }

    /// A text with its place, where it says something.
    pub fn located(&self, value: Value<'_, '_>) -> Option<Located> {
        Some(Located { text: value.filled()?.trim().to_owned(), span: value.span() })
    }

    /// The languages that a value states: one name, a list of names, or names with commas between them.
    /// With `known_only`, words that are no language are left out.
    pub fn languages(&self, value: Value<'_, '_>, known_only: bool, into: &mut Vec<StatedLanguage>) {
        for item in value.one_or_many() {
            let Some(text) = item.filled() else { continue };
            for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                self.language(word, item.span(), known_only, into);
            }
        }
    }

    /// One language by the name that somebody wrote.
    pub fn language(&self, word: &str, span: Span, known_only: bool, into: &mut Vec<StatedLanguage>) {
        let name = language::standard(word);
        let known = language::find(&name).is_some();
        if name.len() > 40 || (known_only && !known) || is_placeholder(&name) {
            return;
        }
        if !into.iter().any(|stated| *stated.name == name) {
            into.push(StatedLanguage { name: name.into(), place: self.place(span) });
        }
    }

    /// Decisions named by a value: one, a list, or several with commas between them.
    pub fn decisions(&self, value: Value<'_, '_>, into: &mut Vec<Located>) {
        for item in value.one_or_many() {
            let Some(text) = item.filled() else { continue };
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            into.extend(parts.map(|part| Located { text: part.to_owned(), span: item.span() }));
        }
    }
}

/// Where a document starts: its first key, which is more to look at than a whole file.
pub(super) fn first_key(root: Value<'_, '_>) -> Span {
    root.entries().next().map_or(Span::at(root.span().start), |entry| entry.key.span())
}

fn is_placeholder(word: &str) -> bool {
    matches!(word, "none" | "unknown" | "tbd" | "todo" | "n/a" | "-" | "?" | "other" | "multiple" | "various")
        || word.contains(['{', '}', '<', '>', '$', '|'])
}
