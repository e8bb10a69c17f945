//! Trees: the names of all files and the ids of their content, in one call where GitHub gives them in one.

use super::client::Client;
use super::error::Error;
use super::hash;
use std::sync::Arc;

/// Most calls for one tree that GitHub does not give in one piece.
const MAX_PIECES: usize = 400;

/// The files of a tree, sorted by path, without links and repositories inside.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listing {
    pub entries: Vec<Entry>,
}

/// A file of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From the root, `/` between folders.
    pub path: String,
    /// The id of its content.
    pub id: String,
    /// Its size in bytes.
    pub size: u64,
}

impl Listing {
    /// About how many bytes it takes.
    pub fn weight(&self) -> usize {
        /// Of a file, besides its path: the entry, its id, and what an allocator adds to each of both.
        const BESIDE: usize = size_of::<Entry>() + 40 + 2 * 16;
        self.entries.iter().map(|entry| entry.path.len() + BESIDE).sum()
    }

    /// A file by its path.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()?;
        self.entries.get(at)
    }

    /// The files below a folder, named from it.
    pub fn below(&self, folder: &str) -> Self {
        let prefix = format!("{folder}/");
        let inside = self.entries.iter().filter_map(|entry| {
            let path = entry.path.strip_prefix(&prefix)?.to_owned();
            Some(Entry { path, ..entry.clone() })
        });
        Self { entries: inside.collect() }
    }
}

#[derive(serde::Deserialize)]
struct Answer {
    sha: String,
    tree: Vec<Item>,
    #[serde(default)]
    truncated: bool,
}

#[derive(serde::Deserialize)]
struct Item {
    path: String,
    mode: String,
    #[serde(rename = "type")]
    kind: String,
    sha: String,
    #[serde(default)]
    size: u64,
}

/// A folder that is still to be listed.
struct Piece {
    /// Its path with a `/` at its end; empty for the root.
    prefix: String,
    id: String,
}

impl Client {
    /// Every file of a tree, or of a commit's.
    pub async fn tree(&self, repository: &str, id: &str) -> Result<Arc<Listing>, Error> {
        if let Some(listing) = self.cache().tree(id) {
            return Ok(listing);
        }
        let mut entries = Vec::new();
        let mut open = vec![Piece { prefix: String::new(), id: id.to_owned() }];
        let mut asked = 0;
        let mut root = id.to_owned();
        let mut cut: Vec<Piece> = Vec::new();
        while let Some(piece) = open.pop() {
            // Folders that another tree has too were listed with it.
            if let Some(known) = self.cache().tree(&piece.id) {
                entries.extend(known.entries.iter().map(|entry| entry.below(&piece.prefix)));
                continue;
            }
            asked += 2;
            if asked > MAX_PIECES {
                let why = format!("the tree comes in more than {MAX_PIECES} pieces");
                return Err(Error::NotUnderstood { what: format!("git/trees/{id}"), why });
            }
            let whole = self.tree_answer(repository, &piece.id, true).await?;
            if piece.prefix.is_empty() {
                root.clone_from(&whole.sha);
            }
            if !whole.truncated {
                let found = files(whole.tree);
                entries.extend(found.iter().map(|entry| entry.below(&piece.prefix)));
                if !piece.prefix.is_empty() {
                    self.cache().keep_tree(&piece.id, &Arc::new(Listing { entries: found }));
                }
                continue;
            }
            let flat = self.tree_answer(repository, &piece.id, false).await?;
            if flat.truncated {
                let why = format!("GitHub cuts the list of the folder `{}`", piece.prefix);
                return Err(Error::NotUnderstood { what: format!("git/trees/{id}"), why });
            }
            let folders = flat.tree.iter().filter(|item| item.kind == "tree");
            open.extend(
                folders.map(|item| Piece { prefix: format!("{}{}/", piece.prefix, item.path), id: item.sha.clone() }),
            );
            entries.extend(files(flat.tree).iter().map(|entry| entry.below(&piece.prefix)));
            cut.push(piece);
        }
        entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        entries.dedup_by(|a, b| a.path == b.path);
        let listing = Arc::new(Listing { entries });
        for piece in cut.iter().filter_map(|piece| Some((piece.prefix.strip_suffix('/')?, &piece.id))) {
            self.cache().keep_tree(piece.1, &Arc::new(listing.below(piece.0)));
        }
        self.cache().keep_tree(id, &listing);
        if root != id {
            self.cache().keep_tree(&root, &listing);
        }
        Ok(listing)
    }

    async fn tree_answer(&self, repository: &str, id: &str, recursive: bool) -> Result<Answer, Error> {
        let how = if recursive { "?recursive=1" } else { "" };
        let path = format!("/repos/{repository}/git/trees/{id}{how}");
        let answer: Answer = self.get(&path).await?.json(&path)?;
        Ok(answer)
    }
}

impl Entry {
    fn below(&self, prefix: &str) -> Self {
        Self { path: format!("{prefix}{}", self.path), ..self.clone() }
    }
}

/// Regular files, sorted: a link is not followed, a repository inside is not ours.
fn files(items: Vec<Item>) -> Vec<Entry> {
    let is_file = |item: &Item| item.kind == "blob" && item.mode.starts_with("100") && hash::is_id(&item.sha);
    let mut entries: Vec<Entry> = items
        .into_iter()
        .filter(is_file)
        .map(|item| Entry { path: item.path, id: item.sha, size: item.size })
        .collect();
    if !entries.is_sorted_by(|a, b| a.path < b.path) {
        entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        entries.dedup_by(|a, b| a.path == b.path);
    }
    entries
}
