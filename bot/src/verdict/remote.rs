//! Judging what lies on GitHub and nowhere here: nothing of it is ever written to disk or run.

use super::organisation::Known;
use super::{Change, Compare, Settings};
use crate::cli::baseline;
use crate::cli::check::{self, Judged, Judgement, Run, Work};
use crate::cli::judged;
use crate::cli::page::{self, From, Outcome, PLACES, Wish};
use crate::github::{Client, Commit, Discussion, Listing, Question};
use crate::tree::remote::{changes, contents, ids, paths};
use adrule_policy::check::{Elsewhere, Input, check, numbered};
use adrule_policy::plan::{Ask, Besides, plan};
use adrule_policy::policy::{Organisation, Page};
use adrule_policy::report::render::comment::OrganisationLink;
use adrule_policy::report::{BASELINE_PATH, Report, Scope};
use adrule_policy::tree::{Content, Tree};
use anyhow::{Context as _, Result};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::OnceCell;

/// A repository on GitHub.
pub struct Remote<'r> {
    pub client: &'r Client,
    /// `owner/name`.
    pub repository: &'r str,
    pub settings: &'r Settings,
    /// The organisation's page, once it was asked for.
    pub(super) organisation: OnceCell<Known>,
}

/// A change, after the first look at it.
pub struct Looked {
    pub head: Commit,
    /// The commit that the page is read from.
    pub page_at: Commit,
    /// Where the change began.
    pub parted: Commit,
    pub discussion: Option<Discussion>,
    /// Tells what decides how the change is judged apart, as [`Remote::page_of`] does.
    pub page: String,
    /// The same for the organisation's page, where only the page of the change builds on it.
    pub organisation: String,
}

/// What was judged.
pub struct Done {
    /// None where the page cannot be used.
    pub judged: Option<Judged>,
    /// Then what is wrong with it.
    pub unusable: Option<Box<Report>>,
    /// The commit that the page was read from.
    pub page: String,
    pub discussion: Option<Discussion>,
    /// Where the organisation's page was read, if a page builds on it.
    pub organisation: Option<OrganisationLink>,
    head: Arc<Listing>,
    /// The numbered records that the change adds.
    pub numbered: Vec<String>,
}

/// A path from the root of the repository, and from the folder that is judged.
pub type Paired = (String, String);

/// The files that decide how a tree is judged, by their paths, where they are not on disk.
struct Stored {
    /// Of the tree that is judged.
    head: BTreeMap<String, Content>,
    /// Of what it is compared with, where there is that, and what that is, in words.
    base: Option<(BTreeMap<String, Content>, String)>,
}

impl<'r> Remote<'r> {
    /// A repository, of which nothing was asked yet.
    pub fn new(client: &'r Client, repository: &'r str, settings: &'r Settings) -> Self {
        Self { client, repository, settings, organisation: OnceCell::new() }
    }

    /// Judges a change.
    pub async fn change(&self, change: &Change) -> Result<Done> {
        let looked = self.look(change, true).await?;
        self.looked_at(change, looked, &[]).await
    }

    /// The first look at a change: what it is compared with, and the files that decide how it is judged. Content comes
    /// along where it will be judged for sure.
    pub async fn look(&self, change: &Change, for_sure: bool) -> Result<Looked> {
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
        let ahead = if for_sure { self.ahead(change, &files).await } else { Vec::new() };
        let blobs: Vec<&str> = ahead.iter().map(String::as_str).collect();
        let question = Question {
            repository: self.repository,
            head: &change.commit,
            base,
            pull: change.pull,
            files: &names,
            blobs: &blobs,
        };
        let seen = self.client.glance(question).await?;
        let page_at = seen.base.context("the commit has nothing to be compared with")?;
        let parted = meeting.map_or_else(|| page_at.clone(), |meeting| meeting.parted);
        self.remember(change, &seen.head, &page_at, &parted);
        let page = self.page_of(&page_at).await?;
        let organisation = self.organisation_of(&seen.head).await?;
        Ok(Looked { head: seen.head, page_at, parted, discussion: seen.discussion, page, organisation })
    }

    /// Tells what decides at a commit apart: the ids of its small files, or of itself where those are not known, and of
    /// the organisation's page where it counts there.
    pub async fn page_of(&self, commit: &Commit) -> Result<String> {
        let files: String = match &commit.files {
            Some(files) => files.iter().map(|(path, id)| format!("{path}={id} ")).collect(),
            None => commit.id.clone(),
        };
        Ok(files + &self.organisation_of(commit).await?)
    }

    /// Tells the organisation's page apart, where the page at a commit builds on it; else empty.
    async fn organisation_of(&self, commit: &Commit) -> Result<String> {
        let small = self.small_of(commit, &self.files()).await?;
        Ok(if self.wants(&small) { self.organisation().await?.key.clone() } else { String::new() })
    }

    /// The files that a change adds.
    #[cfg(feature = "server")]
    pub async fn added(&self, looked: &Looked) -> Result<Vec<String>> {
        let head = self.listing(&looked.head.tree).await?;
        let base = self.listing(&looked.parted.tree).await?;
        let is_new = |path: &String| base.get(path).is_none() && head.get(path).is_some();
        Ok(changes(&head, &base).into_iter().filter(is_new).collect())
    }

    /// Judges a change that was looked at, knowing the numbered records that other open pull requests add.
    pub async fn looked_at(&self, change: &Change, looked: Looked, elsewhere: &[Elsewhere]) -> Result<Done> {
        let Looked { head, page_at, parted, discussion, .. } = looked;
        let files = self.files();
        let head = self.listing(&head.tree).await?;
        let base = self.listing(&parted.tree).await?;
        let of_base = self.small_of(&page_at, &files).await?;
        let mut of_head = self.small(&head, &files).await?;
        // What the change does not touch is not changed by it, however far the base has gone on since.
        for (_, path) in &files {
            let id = |listing: &Listing| listing.get(path).map(|entry| entry.id.clone());
            if id(&head) == id(&base) {
                match of_base.get(path) {
                    Some(content) => of_head.insert(path.clone(), content.clone()),
                    None => of_head.remove(path),
                };
            }
        }
        let stored = Stored { head: of_head, base: Some((of_base, super::words(&change.branch, &page_at.id))) };
        let judged = self.judge(&stored, &head, Some(&base), elsewhere).await?;
        let (judged, unusable) = judged.parts();
        let organisation = self.link();
        let numbered = match &judged {
            Some(judged) => numbered(&paths(&head), &paths(&base), &changes(&head, &base), &judged.page),
            None => Vec::new(),
        };
        Ok(Done { judged, unusable, page: page_at.id, discussion, organisation, head, numbered })
    }

    /// Judges everything in a commit.
    pub async fn everything(&self, commit: &str) -> Result<Done> {
        let head = self.listing(commit).await?;
        let stored = Stored { head: self.small(&head, &self.files()).await?, base: None };
        let judged = self.judge(&stored, &head, None, &[]).await?;
        let (judged, unusable) = judged.parts();
        let (page, organisation) = (commit.to_owned(), self.link());
        Ok(Done { judged, unusable, page, discussion: None, organisation, head, numbered: Vec::new() })
    }

    /// Where the organisation's page was read, if it was.
    fn link(&self) -> Option<OrganisationLink> {
        self.organisation.get().and_then(|known| known.link.clone())
    }

    /// The organisation's page, where one of the pages that decide asks for it, or where it was given.
    pub(super) async fn organisation_for(&self, pages: &[&BTreeMap<String, Content>]) -> Result<Organisation> {
        let is_wanted = self.settings.organisation.is_some() || pages.iter().any(|files| self.wants(files));
        Ok(if is_wanted { self.organisation().await?.page.clone() } else { Organisation::NotGiven })
    }

    /// Every service of the head as a page judges it.
    pub async fn standings(&self, done: &Done, page: &Page) -> Result<Report> {
        let paths = paths(&done.head);
        let files = self.files_of(&done.head, &plan(&paths, page, Ask::All)).await?;
        let tree = Tree { paths, files };
        let (threads, readings) = self.settings.reading();
        Ok(check(Input { threads, readings, ..Input::all(&tree, page, self.settings.today) }))
    }

    async fn judge(
        &self,
        stored: &Stored,
        head: &Listing,
        base: Option<&Listing>,
        elsewhere: &[Elsewhere],
    ) -> Result<Judgement> {
        let pages: Vec<_> = std::iter::once(&stored.head).chain(stored.base.as_ref().map(|(files, _)| files)).collect();
        let organisation = self.organisation_for(&pages).await?;
        let from = match &stored.base {
            Some((files, words)) => From::Stored(files, words),
            None => From::Judged,
        };
        let here = judged::Judged::Stored(&stored.head);
        let wish = Wish { file: None, place: self.settings.policy.as_deref(), organisation: &organisation };
        let in_use = match page::find(Path::new(""), here, wish, from, self.settings.today)? {
            Outcome::Use(in_use) => *in_use,
            Outcome::Unusable(report) => return Ok(Judgement::Unusable(report)),
        };
        let baseline = match baseline::find(here, from)? {
            baseline::Outcome::Use(baseline) => baseline,
            baseline::Outcome::Unusable(finding) => {
                return Ok(Judgement::Unusable(in_use.only(*finding, self.settings.today)));
            }
        };
        let only = base.map(|base| changes(head, base));
        let (paths_now, paths_before) = (paths(head), base.map(paths).unwrap_or_default());
        let besides = match only.as_ref().map(|only| Besides::of_names(&paths_now, &paths_before, only, &in_use.page)) {
            None => Besides::Nothing,
            Some(Ok(besides)) => besides,
            Some(Err(decisions)) => self.named_in(&decisions, head, base).await?,
        };
        let ask = || only.as_ref().map_or(Ask::All, |only| Ask::Change(only, &besides));
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
            elsewhere: elsewhere.to_vec(),
        };
        let (threads, readings) = self.settings.reading();
        let run = Run { threads, readings, ends: false };
        let judged = check::report(work, in_use, baseline, self.settings.strict, self.settings.today, run);
        Ok(Judgement::Judged(Box::new(judged)))
    }

    /// What decisions name, as they were and as they are.
    async fn named_in(&self, decisions: &[&str], head: &Listing, base: Option<&Listing>) -> Result<Besides> {
        let mut texts = Vec::new();
        let mut wanted = BTreeMap::new();
        let both = [base, Some(head)];
        for listing in both.into_iter().flatten() {
            wanted.extend(ids(listing, decisions.iter().copied()));
        }
        let blobs = self.client.blobs(self.repository, &wanted).await?;
        for listing in both.into_iter().flatten() {
            texts.extend(contents(listing, decisions.iter().copied(), &blobs));
        }
        Ok(Besides::named(texts.iter().map(|(path, content)| (path, content))))
    }

    async fn files_of(&self, listing: &Listing, names: &[&str]) -> Result<BTreeMap<Arc<str>, Content>> {
        let blobs = self.client.blobs(self.repository, &ids(listing, names.iter().copied())).await?;
        Ok(contents(listing, names.iter().copied(), &blobs))
    }

    pub(super) async fn listing(&self, tree: &str) -> Result<Arc<Listing>> {
        let listing = self.client.tree(self.repository, tree).await?;
        let folder = &self.settings.folder;
        Ok(if folder.is_empty() { listing } else { Arc::new(listing.below(folder)) })
    }

    /// The small files that decide how a tree is judged, from the root of the repository.
    pub fn names(&self) -> Vec<String> {
        self.files().into_iter().map(|(full, _)| full).collect()
    }

    /// The files that decide how a tree is judged: from the root of the repository, and from the folder.
    fn files(&self) -> Vec<Paired> {
        let folder = &self.settings.folder;
        let places: Vec<&str> = match &self.settings.policy {
            Some(place) => vec![place],
            None => PLACES.to_vec(),
        };
        let full = |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        places.into_iter().chain([BASELINE_PATH]).map(|path| (full(path), path.to_owned())).collect()
    }

    async fn small(&self, listing: &Listing, files: &[Paired]) -> Result<BTreeMap<String, Content>> {
        let names: Vec<&str> = files.iter().map(|(_, path)| path.as_str()).collect();
        let read = self.files_of(listing, &names).await?;
        Ok(read.into_iter().map(|(path, content)| (path.to_string(), content)).collect())
    }

    /// The same of a commit whose tree need not be listed, where its small files came along.
    pub(super) async fn small_of(&self, commit: &Commit, files: &[Paired]) -> Result<BTreeMap<String, Content>> {
        let Some(known) = &commit.files else {
            return self.small(&*self.listing(&commit.tree).await?, files).await;
        };
        let entry = |(full, path): &Paired| {
            let id = known.get(full)?.clone();
            Some(crate::github::Entry { path: path.clone(), id, size: 0 })
        };
        let mut entries: Vec<_> = files.iter().filter_map(entry).collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        self.small(&Listing { entries }, files).await
    }
}
