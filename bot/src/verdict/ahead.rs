//! What will probably be asked for: where the last look at a branch is remembered, the content of a change comes along
//! with the first look at it. A wrong guess costs bytes, and no question.

use super::{Change, Remote, remote::Paired};
use crate::cli::judged;
use crate::cli::page::{self, From, Outcome, Wish};
use crate::github::{Commit, key};
use crate::tree::remote::{changes, ids, paths};
use adrule_policy::plan::{Ask, Besides, plan};
use std::collections::BTreeMap;
use std::path::Path;

/// Most content that is brought along, by number and bytes: what one question may hold.
const MOST: usize = 200;
const MOST_BYTES: u64 = 4 << 20;

/// What a change of a branch was last compared with.
#[derive(serde::Serialize, serde::Deserialize)]
struct Note {
    /// The tree.
    tree: String,
    /// The small files that decide how it is judged, by their paths from the root, with the ids of their content.
    files: BTreeMap<String, String>,
}

impl Remote<'_> {
    fn note_key(&self, change: &Change) -> String {
        key(&[self.repository, &change.branch, &self.settings.key()])
    }

    /// Notes what a change was compared with, for the next one.
    pub(super) fn remember(&self, change: &Change, head: &Commit, page_at: &Commit, parted: &Commit) {
        self.client.cache().keep_note(&key(&[&change.commit]), head.tree.clone().into_bytes());
        let Some(files) = page_at.files.clone() else { return };
        let note = Note { tree: parted.tree.clone(), files };
        self.client.cache().keep_note(&self.note_key(change), serde_json::to_vec(&note).unwrap_or_default());
    }

    /// The ids of content that a change will ask for, and that is not known; none where nothing is remembered.
    pub(super) async fn ahead(&self, change: &Change, files: &[Paired]) -> Vec<String> {
        self.guess(change, files).await.unwrap_or_default()
    }

    async fn guess(&self, change: &Change, files: &[Paired]) -> Option<Vec<String>> {
        let cache = self.client.cache();
        let note: Note = serde_json::from_slice(&cache.note(&self.note_key(change))?).ok()?;
        cache.tree(&note.tree)?;
        let is_known = |id: &String| cache.blob(id).is_some();
        if !note.files.values().all(is_known) {
            return None;
        }
        let base = self.listing(&note.tree).await.ok()?;
        // Asked for in any case, if it is not known; what is asked for by its commit is kept by its own id, too.
        let tree = cache.note(&key(&[&change.commit])).and_then(|tree| String::from_utf8(tree).ok());
        let head = self.listing(tree.as_deref().unwrap_or(&change.commit)).await.ok()?;
        let there = Commit { id: String::new(), tree: note.tree, files: Some(note.files) };
        let stored = self.small_of(&there, files).await.ok()?;
        let organisation = self.organisation_for(&[&stored]).await.ok()?;
        let wish = Wish { file: None, place: self.settings.policy.as_deref(), organisation: &organisation };
        let nothing = BTreeMap::new();
        let here = judged::Judged::Stored(&nothing);
        let page = match page::find(Path::new(""), here, wish, From::Stored(&stored, ""), self.settings.today).ok()? {
            Outcome::Use(in_use) => in_use.page,
            Outcome::Unusable(_) => return None,
        };
        let only = changes(&head, &base);
        let (paths_now, paths_before) = (paths(&head), paths(&base));
        // What the text of a decision names is not known yet; it is asked for by itself.
        let besides = Besides::of_names(&paths_now, &paths_before, &only, &page).unwrap_or_default();
        let ask = Ask::Change(&only, &besides);
        let mut wanted = ids(&head, plan(&paths_now, &page, ask));
        wanted.extend(ids(&base, plan(&paths_before, &page, ask)));
        wanted.extend(ids(&head, files.iter().map(|(_, path)| path.as_str())));
        wanted.retain(|id, _| !is_known(id));
        let mut bytes = 0;
        let fits = |(_, size): &(String, u64)| {
            bytes += size;
            bytes <= MOST_BYTES
        };
        Some(wanted.into_iter().take(MOST).take_while(fits).map(|(id, _)| id).collect())
    }
}
