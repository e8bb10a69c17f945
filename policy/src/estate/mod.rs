//! The services of a tree: manifests, build files and decisions joined, so that rules see one service at a time.

mod detect;
mod group;
mod link;
mod own;

pub(crate) use detect::join;
pub use detect::languages_in;
pub use group::{members, only_operates, service_folder};
pub(crate) use link::paths_named;
pub use link::{Tie, Ties, tie};
pub use own::{own_facts, type_own};

use crate::decision::Decision;
use crate::fact::Fact;
use crate::manifest::Service;
use crate::report::LanguageReading;
use crate::text::Place;
use std::sync::Arc;

/// One service with everything that is known about it.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Where the name stands; the folder itself where it has no manifest.
    pub place: Place,
    /// Its folder; `""` for the root.
    pub folder: String,
    /// Its kind, as written.
    pub kind: Option<String>,
    /// What it is written in.
    pub languages: Vec<LanguageReading>,
    /// Languages that build files show and no manifest states, where a manifest states any.
    pub unstated: Vec<LanguageReading>,
    /// Whether nothing in its folder is written in what its manifest states, while build files show other languages:
    /// it is then judged by those too, or a stale or wrong manifest would ask for nothing.
    pub contradicted: bool,
    /// The documents that describe it, its own manifest first.
    pub documents: Vec<Service>,
    /// What manifests and decisions in force state about it.
    pub facts: Vec<Fact>,
    /// The decisions about it, as indexes into the tree's decisions.
    pub decisions: Vec<(usize, Tie)>,
}

impl Member {
    /// The manifest's path; the folder where there is none.
    #[must_use]
    pub fn path(&self) -> Arc<str> {
        Arc::clone(&self.place.path)
    }

    /// Whether a manifest of its own describes it.
    #[must_use]
    pub fn has_manifest(&self) -> bool {
        self.documents.iter().any(|document| !document.deployment)
    }

    /// Whether it has that language.
    #[must_use]
    pub fn is_in(&self, language: &str) -> bool {
        self.languages.iter().any(|reading| reading.name.as_ref() == language)
    }

    /// The decisions about it that may permit something.
    pub fn permitting<'a>(&'a self, decisions: &'a [Arc<Decision>]) -> impl Iterator<Item = &'a Decision> {
        self.decisions
            .iter()
            .filter_map(|&(at, _)| Some(decisions.get(at)?.as_ref()))
            .filter(|decision| decision.permits())
    }
}

/// A path as written in a file of `folder`, from the root; none where it leaves the repository.
pub(crate) fn resolve(folder: &str, relative: &str) -> Option<String> {
    let folder = if relative.starts_with('/') { "" } else { folder };
    let mut path = String::with_capacity(folder.len() + 1 + relative.len());
    for part in folder.split('/') {
        push(&mut path, part);
    }
    for part in relative.split('/') {
        match part {
            "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            part => push(&mut path, part),
        }
    }
    Some(path)
}

/// Adds a step to a path; two slashes are one.
fn push(path: &mut String, part: &str) {
    if !path.is_empty() && !part.is_empty() {
        path.push('/');
    }
    path.push_str(part);
}

/// Whether two words name the same service: case, `_` and spaces do not count.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    let plain = |name: &str| name.trim().trim_matches('`').to_lowercase().replace(['_', ' '], "-");
    plain(a) == plain(b)
}
