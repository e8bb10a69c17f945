//! The records of a repository and what they say of each other, from both sides.

use crate::decision::{self, Decision, Reference};
use crate::plan;
use crate::policy::Page;
use crate::report::Unread;
use crate::rule::{Named, Records, is_partial, series};
use crate::tree::{Content, Tree};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What one record has to do with another. The record that says it, or to which it is said, comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// It replaces the other.
    Supersedes,
    /// It changes the other in part.
    Amends,
    /// It has to do with the other.
    Relates,
}

/// A reference that leads to no record, or to one of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// Which record says it, as an index of [`Catalog::records`].
    pub by: usize,
    /// What is said.
    pub relation: Relation,
    /// Whether the other record does it to this one.
    pub is_passive: bool,
    /// The words.
    pub target: String,
    /// The number, where one is given.
    pub number: Option<u32>,
}

/// The records of a repository.
#[derive(Debug, Default)]
pub struct Catalog {
    /// Decision records, without templates and indexes, in the order of their folders and numbers.
    pub records: Vec<Decision>,
    /// What a record does to another, each as an index of `records`; the same said by both of them is one relation.
    pub relations: BTreeSet<(usize, Relation, usize)>,
    /// What is said of a record that is not known.
    pub unresolved: Vec<Unresolved>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

impl Catalog {
    /// Reads the files of `tree` that the page takes for decisions; other files are passed over.
    #[must_use]
    pub fn read(tree: &Tree, page: &Page) -> Self {
        let mut catalog = Self::default();
        for (path, content) in tree.files.iter().filter(|(path, _)| plan::is_decision(path, page)) {
            match content {
                Content::Text(text) if text.len() <= decision::TOO_LARGE => {
                    let record = decision::read(path, text);
                    if record.kind == decision::Kind::Decision {
                        catalog.records.push(record);
                    }
                }
                Content::Text(_) => catalog.leave(path, "too large to be read as a decision"),
                Content::Unread(reason) | Content::Skipped(reason) => catalog.leave(path, reason),
            }
        }
        // Records without a number come behind the others.
        let key = |record: &Decision| {
            (series(&record.path).to_owned(), record.number.is_none(), record.number, Arc::clone(&record.path))
        };
        catalog.records.sort_by_cached_key(key);
        catalog.relate(tree);
        catalog
    }

    fn leave(&mut self, path: &Arc<str>, reason: &str) {
        self.unread.push(Unread { path: Arc::clone(path), reason: reason.to_owned() });
    }

    fn relate(&mut self, tree: &Tree) {
        let known = Records::new(&self.records);
        let at: HashMap<&str, usize> =
            self.records.iter().enumerate().map(|(at, record)| (record.path.as_ref(), at)).collect();
        for (by, record) in self.records.iter().enumerate() {
            for (relation, is_passive, reference) in references(record) {
                let relation = match relation {
                    // Both records stay as they are where only a part is replaced.
                    Relation::Supersedes if is_partial(tree, record, reference) => Relation::Amends,
                    relation => relation,
                };
                match known.named(record, reference) {
                    Named::One(other) => {
                        let other = at.get(other.path.as_ref()).copied().filter(|other| *other != by);
                        let pair = other.map(|other| match (is_passive, relation) {
                            (true, _) => (other, relation, by),
                            // Said by both, it is still one.
                            (false, Relation::Relates) => (by.min(other), relation, by.max(other)),
                            (false, _) => (by, relation, other),
                        });
                        self.relations.extend(pair);
                    }
                    Named::Unclear | Named::None => self.unresolved.push(Unresolved {
                        by,
                        relation,
                        is_passive,
                        target: reference.target.clone(),
                        number: reference.number,
                    }),
                }
            }
        }
        let closer: BTreeSet<(usize, usize)> = self
            .relations
            .iter()
            .filter(|(_, relation, _)| *relation != Relation::Relates)
            .map(|(from, _, to)| (*from.min(to), *from.max(to)))
            .collect();
        // Whoever replaces a record has to do with it anyway.
        self.relations.retain(|(from, relation, to)| *relation != Relation::Relates || !closer.contains(&(*from, *to)));
    }

    /// The records that a record does this to, or, where `is_passive`, that do it to the record.
    pub fn related(&self, record: usize, relation: Relation, is_passive: bool) -> impl Iterator<Item = usize> {
        self.relations.iter().filter_map(move |(from, kind, to)| match *kind == relation {
            true if *from == record && !is_passive => Some(*to),
            true if *to == record && (is_passive || relation == Relation::Relates) => Some(*from),
            _ => None,
        })
    }

    /// The folders whose records are numbered together, in order, each with its records.
    #[must_use]
    pub fn by_series(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut all: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, record) in self.records.iter().enumerate() {
            all.entry(series(&record.path)).or_default().push(at);
        }
        all
    }
}

/// Everything that a record says of others: what, whether the other one does it, and where.
fn references(record: &Decision) -> impl Iterator<Item = (Relation, bool, &Reference)> {
    let lists = [
        (Relation::Supersedes, false, &record.supersedes),
        (Relation::Supersedes, true, &record.superseded_by),
        (Relation::Amends, false, &record.amends),
        (Relation::Amends, true, &record.amended_by),
        (Relation::Relates, false, &record.relates),
    ];
    lists
        .into_iter()
        .flat_map(|(relation, is_passive, list)| list.iter().map(move |reference| (relation, is_passive, reference)))
}
