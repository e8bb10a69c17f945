//! Judging what lies on GitHub and nowhere here: nothing of it is ever written to disk or run.

use super::{Change, Compare, Settings};
use crate::cli::baseline;
use crate::cli::check::{self, Judged, Work};
use crate::cli::judged;
use crate::cli::page::{self, From, Outcome, PLACES, Wish};
use crate::github::{Client, Commit, Discussion, Listing, Question};
use crate::tree::remote::{changes, contents, ids, paths};
use adrule_policy::check::{Input, check};
use adrule_policy::plan::{Ask, plan};
use adrule_policy::policy::Page;
use adrule_policy::report::{BASELINE_PATH, Report, Scope};
use adrule_policy::tree::{Content, Tree};
use anyhow::{Context as _, Result};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A repository on GitHub.
pub struct Remote<'r> {
    pub client: &'r Client,
    /// `owner/name`.
    pub repository: &'r str,
    pub settings: &'r Settings,
}

/// What was judged.
pub struct Done {
    /// None where the page cannot be used.
    pub judged: Option<Judged>,
    /// The commit that the page was read from.
    pub page: String,
    pub discussion: Option<Discussion>,
    head: Arc<Listing>,
}

/// The files that decide how a tree is judged, by their paths, where they are not on disk.
struct Stored {
    /// Of the tree that is judged.
    head: BTreeMap<String, Content>,
    /// Of what it is compared with, where there is that, and what that is, in words.
    base: Option<(BTreeMap<String, Content>, String)>,
}

impl Remote<'_> {
    /// Judges a change.
    pub async fn change(&self, change: &Change) -> Result<Done> {
        let files = self.files();
        let names: Vec<&str> = files.iter().map(|(full, _)| full.as_str()).collect();
        let meeting = match &change.compare {
            Compare::Branch(branch) => Some(self.client.meeting(self.repository, branch, &change.commit).await?),
            Compare::FirstParent | Compare::Commit(_) => None,
        };
        let base = match (&change.compare, &meeting) {
            (Compare::Commit(commit), _) => Some(commit.as_str()),
            (_, meeting) => meeting.as_ref().map(|meeting| meeting.tip.id.as_str()),
        };
        let question =
            Question { repository: self.repository, head: &change.commit, base, pull: change.pull, files: &names };
        let seen = self.client.glance(question).await?;
        let page_at = seen.base.context("the commit has nothing to be compared with")?;
        let parted = meeting.map_or_else(|| page_at.clone(), |meeting| meeting.parted);
        let head = self.listing(&seen.head.tree).await?;
        let base = self.listing(&parted.tree).await?;
        let stored = Stored {
            head: self.small(&head, &files).await?,
            base: Some((self.small_of(&page_at, &files).await?, super::words(&change.branch, &page_at.id))),
        };
        let judged = self.judge(&stored, &head, Some(&base)).await?;
        Ok(Done { judged, page: page_at.id, discussion: seen.discussion, head })
    }

    /// Judges everything in a commit.
    pub async fn everything(&self, commit: &str) -> Result<Done> {
        let head = self.listing(commit).await?;
        let stored = Stored { head: self.small(&head, &self.files()).await?, base: None };
        let judged = self.judge(&stored, &head, None).await?;
        Ok(Done { judged, page: commit.to_owned(), discussion: None, head })
    }

    /// Every service of the head as a page judges it.
    pub async fn standings(&self, done: &Done, page: &Page) -> Result<Report> {
        let paths = paths(&done.head);
        let files = self.files_of(&done.head, &plan(&paths, page, Ask::All)).await?;
        let tree = Tree { paths, files };
        Ok(check(Input::all(&tree, page, self.settings.today)))
    }

    async fn judge(&self, stored: &Stored, head: &Listing, base: Option<&Listing>) -> Result<Option<Judged>> {
        let from = match &stored.base {
            Some((files, words)) => From::Stored(files, words),
            None => From::Judged,
        };
        let here = judged::Judged::Stored(&stored.head);
        let wish = Wish { file: None, place: self.settings.policy.as_deref() };
        let in_use = match page::find(Path::new(""), here, wish, from, self.settings.today)? {
            Outcome::Use(in_use) => *in_use,
            Outcome::Unusable => return Ok(None),
        };
        let baseline = baseline::find(here, from)?;
        let only = base.map(|base| changes(head, base));
        let ask = || only.as_ref().map_or(Ask::All, Ask::Files);
        let (paths_now, paths_before) = (paths(head), base.map(paths).unwrap_or_default());
        let new = plan(&paths_now, &in_use.page, ask());
        let old = plan(&paths_before, &in_use.page, ask());
        // Both sides in one question: most of it is the same.
        let mut wanted = ids(head, new.iter().copied());
        wanted.extend(base.map(|base| ids(base, old.iter().copied())).unwrap_or_default());
        let blobs = self.client.blobs(self.repository, &wanted).await?;
        let now = contents(head, new, &blobs);
        let before = base.map(|base| contents(base, old, &blobs));
        let work = Work {
            head: Tree { paths: paths_now, files: now },
            base: before.map(|files| Tree { paths: paths_before, files }),
            scope: if only.is_some() { Scope::Change } else { Scope::All },
            only,
            remarks: Vec::new(),
        };
        Ok(Some(check::report(work, in_use, baseline, self.settings.strict, self.settings.today, 2)))
    }

    async fn files_of(&self, listing: &Listing, names: &[&str]) -> Result<BTreeMap<Arc<str>, Content>> {
        let blobs = self.client.blobs(self.repository, &ids(listing, names.iter().copied())).await?;
        Ok(contents(listing, names.iter().copied(), &blobs))
    }

    async fn listing(&self, tree: &str) -> Result<Arc<Listing>> {
        let listing = self.client.tree(self.repository, tree).await?;
        let folder = &self.settings.folder;
        Ok(if folder.is_empty() { listing } else { Arc::new(listing.below(folder)) })
    }

    /// The files that decide how a tree is judged: from the root of the repository, and from the folder.
    fn files(&self) -> Vec<(String, String)> {
        let folder = &self.settings.folder;
        let places: Vec<&str> = match &self.settings.policy {
            Some(place) => vec![place],
            None => PLACES.to_vec(),
        };
        let full = |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        places.into_iter().chain([BASELINE_PATH]).map(|path| (full(path), path.to_owned())).collect()
    }

    async fn small(&self, listing: &Listing, files: &[(String, String)]) -> Result<BTreeMap<String, Content>> {
        let names: Vec<&str> = files.iter().map(|(_, path)| path.as_str()).collect();
        let read = self.files_of(listing, &names).await?;
        Ok(read.into_iter().map(|(path, content)| (path.to_string(), content)).collect())
    }

    /// The same of a commit whose tree need not be listed, where its small files came along.
    async fn small_of(&self, commit: &Commit, files: &[(String, String)]) -> Result<BTreeMap<String, Content>> {
        let Some(known) = &commit.files else {
            return self.small(&*self.listing(&commit.tree).await?, files).await;
        };
        let entry = |(full, path): &(String, String)| {
            let id = known.get(full)?.clone();
            Some(crate::github::Entry { path: path.clone(), id, size: 0 })
        };
        let mut entries: Vec<_> = files.iter().filter_map(entry).collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        self.small(&Listing { entries }, files).await
    }
}
