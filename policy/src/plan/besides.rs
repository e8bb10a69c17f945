//! What is read besides what lies near the files of a change: the manifests of services that the decisions in it were
//! about, which may lie anywhere.

use super::{is_decision, is_excluded, is_yaml, may_be_read};
use crate::decision::{self, is_aside};
use crate::estate::{paths_named, service_folder};
use crate::manifest;
use crate::policy::Page;
use crate::tree::{Content, Paths, Tree};
use std::collections::BTreeSet;
use std::sync::Arc;

/// In a repository of at most so many manifests, by their names, all of them are read where a change edits or removes a
/// decision that was there before. In a larger one that would cost more than the rest of the check, on GitHub above all.
pub const MOST_MANIFESTS: usize = 1_000;

/// What is read besides what lies near the files of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Besides {
    /// Nothing: no decision that was there before is edited or removed.
    #[default]
    Nothing,
    /// Every manifest.
    Manifests,
    /// What lies in these folders, which such decisions name.
    Named(BTreeSet<String>),
}

impl Besides {
    /// What names alone tell; where they do not suffice, the decisions whose text does, before the change and after it:
    /// see [`Self::named`].
    ///
    /// # Errors
    /// The paths of these decisions, in a repository of many manifests.
    pub fn of_names<'f>(
        head: &Paths,
        base: &Paths,
        files: &'f BTreeSet<String>,
        page: &Page,
    ) -> Result<Self, Vec<&'f str>> {
        let changed: Vec<&str> = files.iter().map(String::as_str).filter(|path| was_there(path, base, page)).collect();
        if changed.is_empty() {
            return Ok(Self::Nothing);
        }
        if has_few(head, page) && has_few(base, page) { Ok(Self::Manifests) } else { Err(changed) }
    }

    /// What these decisions name, each a path and what it holds.
    #[must_use]
    pub fn named<'t>(decisions: impl IntoIterator<Item = (&'t Arc<str>, &'t Content)>) -> Self {
        let mut named = BTreeSet::new();
        for (path, content) in decisions {
            let Content::Text(text) = content else { continue };
            if text.len() > decision::TOO_LARGE {
                continue;
            }
            for path in paths_named(&decision::read(path, text)) {
                // All that describes a service is needed, not only the manifest that is named.
                if is_yaml(&path) {
                    named.insert(service_folder(&path).to_owned());
                }
                named.insert(path);
            }
        }
        Self::Named(named)
    }

    /// The same, of two trees in which the decisions were read.
    #[must_use]
    pub fn of_trees(head: &Tree, base: &Tree, files: &BTreeSet<String>, page: &Page) -> Self {
        Self::of_names(&head.paths, &base.paths, files, page).unwrap_or_else(|changed| {
            let both = changed.iter().flat_map(|path| [base, head].map(|tree| tree.files.get_key_value(*path)));
            Self::named(both.flatten())
        })
    }
}

/// Whether a file is a decision that the base has, by its name: neither a template nor a list of decisions.
#[must_use]
pub fn was_there(path: &str, base: &Paths, page: &Page) -> bool {
    may_be_read(path) && is_decision(path, page) && !is_aside(path) && !is_excluded(path, page) && base.contains(path)
}

fn has_few(paths: &Paths, page: &Page) -> bool {
    let manifests = paths.iter().filter(|path| may_be_read(path) && manifest::is_candidate(path));
    manifests.filter(|path| !is_excluded(path, page)).take(MOST_MANIFESTS + 1).count() <= MOST_MANIFESTS
}
