//! Folders in which a service lies, by the names of their files: a decision in one of them is not about the services
//! around it.

use super::{is_excluded, may_be_read};
use crate::estate::{only_operates, service_folder};
use crate::manifest;
use crate::policy::Page;
use crate::tree::{Inside, Paths};
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Folders in which a service lies. Each is looked at once it is asked for: decisions lie in few folders, and services in
/// thousands.
#[derive(Debug)]
pub struct Claimed<'p> {
    paths: &'p Paths,
    page: &'p Page,
    asked: Mutex<HashMap<String, bool>>,
    beside_root: OnceLock<bool>,
}

impl<'p> Claimed<'p> {
    /// By the names of all files.
    #[must_use]
    pub fn new(paths: &'p Paths, page: &'p Page) -> Self {
        Self { paths, page, asked: Mutex::default(), beside_root: OnceLock::new() }
    }

    /// Whether it is the folder of a service.
    #[must_use]
    pub fn contains(&self, folder: &str) -> bool {
        // Two threads that ask for the same folder wait for one answer.
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = asked.get(folder) {
            return *known;
        }
        let is_one = !only_operates(folder) && self.is_service(folder);
        asked.insert(folder.to_owned(), is_one);
        is_one
    }

    /// Whether a manifest lies right in the folder, or in folders that only hold how its service is run: no other
    /// folders are looked into, so that each is looked into once, whatever is asked for.
    fn is_service(&self, folder: &str) -> bool {
        let mut open = vec![folder];
        while let Some(folder) = open.pop() {
            for inside in self.paths.inside(folder) {
                match inside {
                    Inside::File(path) if self.is_manifest(path) => return true,
                    Inside::Folder(inner) if only_operates(inner) => open.push(inner),
                    Inside::File(_) | Inside::Folder(_) => {}
                }
            }
        }
        false
    }

    /// Whether a service lies anywhere but at the root.
    #[must_use]
    pub fn beside_root(&self) -> bool {
        let is_beside = |path: &str| self.is_manifest(path) && !service_folder(path).is_empty();
        *self.beside_root.get_or_init(|| self.paths.iter().any(is_beside))
    }

    fn is_manifest(&self, path: &str) -> bool {
        may_be_read(path) && manifest::is_candidate(path) && !is_excluded(path, self.page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree;
    use std::collections::BTreeSet;

    #[test]
    fn folders_are_claimed_by_the_manifests_in_them() {
        let names = [
            "README.md",
            "a/catalog-info.yaml",
            "a/docs/adr/1.md",
            "b/deploy/prod/service.yaml",
            "b/src/deploy.go",
            "c/config/settings.yaml",
            "c/k8s/x/y.yaml",
            "k8s/all.yaml",
        ];
        let page = Page::default();
        for count in 0..=names.len() {
            let paths: Paths = names[..count].iter().copied().collect();
            let claimed = Claimed::new(&paths, &page);
            let manifests = paths.iter().filter(|path| manifest::is_candidate(path));
            let all: BTreeSet<&str> = manifests.map(service_folder).collect();
            for name in names {
                let mut folder = name;
                while !folder.is_empty() {
                    folder = tree::folder(folder);
                    // Asked twice, it is the same.
                    for _ in 0..2 {
                        assert_eq!(claimed.contains(folder), all.contains(folder), "{folder:?} of {count}");
                    }
                }
            }
            assert_eq!(claimed.beside_root(), all.iter().any(|folder| !folder.is_empty()), "{count}");
        }
    }
}
