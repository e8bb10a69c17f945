//! Which decisions are about which service.
//!
//! Everything is looked up from the decision's side, so that ten thousand services and a thousand decisions cost what
//! their number costs and not its product.

use super::{Member, resolve};
use crate::decision::{Decision, LinkKind};
use crate::plan::Claimed;
use crate::tree;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// How a decision is tied to a service, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// The service's manifest names the decision.
    Manifest,
    /// The decision names the service in its front matter or header.
    Named,
    /// The decision links to the service's folder or manifest.
    Link,
    /// The service's name stands in the decision's title or file name.
    Title,
    /// The decision lies in the service's folder.
    Folder,
}

/// Names too common to say which service is meant when they stand in a title.
const COMMON: &[&str] = &[
    "api",
    "app",
    "web",
    "www",
    "ui",
    "server",
    "service",
    "services",
    "backend",
    "frontend",
    "worker",
    "gateway",
    "core",
    "common",
    "main",
    "client",
    "proxy",
    "cli",
    "test",
    "demo",
    "example",
    "default",
    "database",
    "db",
    "cache",
    "queue",
    "rust",
    "go",
    "golang",
    "python",
    "java",
    "tool",
    "tools",
    "library",
    "lib",
    "platform",
    "site",
    "docs",
    "bot",
    "agent",
    "system",
    "data",
    "auth",
    "storage",
    "search",
    "language",
    "runtime",
    "container",
    "monitoring",
    "logging",
    "metrics",
];

/// Longest name, in words, that is looked for in titles.
const LONGEST_NAME: usize = 6;

/// Ties decisions to the services that they are about: a service, a decision and how they are tied, in their order.
pub fn tie(members: &mut [Member], ties: Vec<(usize, usize, Tie)>) {
    for (member, decision, tie) in ties {
        members[member].decisions.push((decision, tie));
    }
}

/// Which services decisions are about. Decisions say it, and manifests do.
pub struct Ties<'a> {
    members: &'a [Member],
    index: Index<'a>,
    /// The decisions that manifests name.
    named: Vec<Named<'a>>,
    /// The paths and the numbers among them: each of a thousand decisions is looked up there.
    paths: HashSet<String>,
    numbers: HashSet<u32>,
}

impl<'a> Ties<'a> {
    /// Those of some services.
    #[must_use]
    pub fn new(members: &'a [Member], claimed: &'a Claimed<'a>) -> Self {
        let of = |(at, member): (usize, &'a Member)| {
            let named = member.documents.iter().flat_map(|document| &document.decisions);
            named.map(move |named| Named::new(at, member, &named.text))
        };
        let named: Vec<Named<'a>> = members.iter().enumerate().flat_map(of).collect();
        let paths = named.iter().flat_map(|named| named.paths.iter().flatten().cloned()).collect();
        let numbers = named.iter().filter_map(|named| named.number).collect();
        Self { members, index: Index::new(members, claimed), named, paths, numbers }
    }

    /// The services that a decision says it is about.
    #[must_use]
    pub fn of(&self, decision: &Decision) -> Vec<(usize, Tie)> {
        self.index.of(decision, self.members)
    }

    /// Whether a manifest may name the decision: each one that is named is among those that may be.
    #[must_use]
    pub fn may_be_named(&self, decision: &Decision) -> bool {
        self.paths.contains(&*decision.path)
            || decision.number.is_some_and(|number| self.numbers.contains(&number))
            || self.named.iter().any(|named| named.is_address_of(decision))
    }

    /// Every tie: what each of these decisions says ([`Self::of`]), and what manifests say. In order, each pair once.
    #[must_use]
    pub fn all(&self, own: Vec<Vec<(usize, Tie)>>, decisions: &[Arc<Decision>]) -> Vec<(usize, usize, Tie)> {
        let mut found = self.by_manifest(decisions);
        for (at, own) in own.into_iter().enumerate() {
            found.extend(own.into_iter().map(|(member, tie)| (member, at, tie)));
        }
        found.sort_unstable();
        found.dedup_by_key(|&mut (member, decision, _)| (member, decision));
        found
    }

    /// Decisions that manifests name: by path from the manifest or the root, by address, by number.
    fn by_manifest(&self, decisions: &[Arc<Decision>]) -> Vec<(usize, usize, Tie)> {
        let by_path: HashMap<&str, usize> =
            decisions.iter().enumerate().map(|(at, decision)| (decision.path.as_ref(), at)).collect();
        let mut found = Vec::new();
        for named in &self.named {
            let mut paths = named.paths.iter().flatten();
            let at = paths.find_map(|path| by_path.get(path.as_str()).copied()).or_else(|| {
                let is_meant = |decision: &Decision| {
                    named.is_address_of(decision) || named.number.is_some() && named.number == decision.number
                };
                decisions.iter().position(|decision| is_meant(decision))
            });
            found.extend(at.map(|decision| (named.member, decision, Tie::Manifest)));
        }
        found
    }
}

/// A decision that a manifest names.
struct Named<'a> {
    /// The service whose manifest it is.
    member: usize,
    /// As a path from the manifest's folder, and from the root.
    paths: [Option<String>; 2],
    /// As an address on a forge.
    address: Option<&'a str>,
    /// As a number: `12`, `0012`, `ADR-12`.
    number: Option<u32>,
}

impl<'a> Named<'a> {
    fn new(at: usize, member: &Member, text: &'a str) -> Self {
        let written = text.trim().split(['#', '?']).next().unwrap_or_default();
        let near = resolve(tree::folder(&member.place.path), written);
        let digits = written.trim_start_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '-' | ' ' | '_'));
        let only = digits.bytes().all(|byte| byte.is_ascii_digit());
        Self {
            member: at,
            paths: [near, resolve("", written.trim_start_matches('/'))],
            address: written.contains("://").then_some(written),
            number: digits.parse().ok().filter(|_| only),
        }
    }

    /// An address ends with the file's path in its repository.
    fn is_address_of(&self, decision: &Decision) -> bool {
        self.address.and_then(|address| address.strip_suffix(&*decision.path)).is_some_and(|rest| rest.ends_with('/'))
    }
}

/// Files and folders that a decision names as what it is about: by links, and in its front matter.
pub(crate) fn paths_named(decision: &Decision) -> impl Iterator<Item = String> {
    let services = decision.services.iter().map(|(name, _)| name.trim()).filter(|name| name.contains('/'));
    linked(decision, |_| true).chain(services.map(|name| name.trim_matches('/').to_owned()))
}

/// Files and folders that a decision links to, from the root of the repository. Only links that end in a name that
/// `is_asked` are followed.
fn linked(decision: &Decision, is_asked: impl Fn(&str) -> bool) -> impl Iterator<Item = String> {
    let folder = tree::folder(&decision.path);
    let links = decision.links.iter().filter(|link| !matches!(link.kind, LinkKind::Image | LinkKind::Record));
    links.filter_map(move |link| {
        let target = link.target.split(['#', '?']).next().unwrap_or_default();
        let last = tree::name(target.trim_end_matches('/'));
        if !(matches!(last, "" | "." | "..") || is_asked(last)) {
            return None;
        }
        let path = if target.contains("://") {
            // On a forge, `…/tree/<branch>/<path>`: the branch is one step in all but odd names.
            let (_, behind) = target.split_once("/tree/").or_else(|| target.split_once("/blob/"))?;
            behind.split_once('/').map(|(_, path)| path.trim_end_matches('/').to_owned())
        } else if target.is_empty() {
            None
        } else {
            resolve(folder, target)
        };
        path.filter(|path| !path.is_empty())
    })
}

struct Index<'c> {
    /// Folders of all services, read or not.
    claimed: &'c Claimed<'c>,
    names: HashMap<String, Vec<usize>>,
    slugs: HashMap<String, Vec<usize>>,
    /// The first words of the slugs: most words of a title start no name.
    starts: HashSet<String>,
    folders: HashMap<String, Vec<usize>>,
    manifests: HashMap<String, Vec<usize>>,
    /// The last names of those paths: most links lead elsewhere.
    lasts: HashSet<String>,
    /// The only service around a folder, for folders that were asked about: records lie in few.
    owners: Mutex<HashMap<String, Option<usize>>>,
}

impl<'c> Index<'c> {
    fn new(members: &[Member], claimed: &'c Claimed<'c>) -> Self {
        let mut index = Self {
            claimed,
            names: HashMap::new(),
            slugs: HashMap::new(),
            starts: HashSet::new(),
            folders: HashMap::new(),
            manifests: HashMap::new(),
            lasts: HashSet::new(),
            owners: Mutex::default(),
        };
        for (at, member) in members.iter().enumerate() {
            index.names.entry(member.name.clone()).or_default().push(at);
            index.folders.entry(member.folder.clone()).or_default().push(at);
            index.manifests.entry(member.place.path.to_string()).or_default().push(at);
            let slug = slug(&member.name);
            if slug.len() >= 3 && !COMMON.contains(&slug.as_str()) {
                index.starts.insert(slug.split('-').next().unwrap_or_default().to_owned());
                index.slugs.entry(slug).or_default().push(at);
            }
        }
        let paths = index.folders.keys().chain(index.manifests.keys());
        index.lasts = paths.map(|path| tree::name(path).to_owned()).collect();
        index
    }

    fn of(&self, decision: &Decision, members: &[Member]) -> Vec<(usize, Tie)> {
        // A decision that says which services it is about is about no others.
        if !decision.services.is_empty() {
            let all = decision.services.iter().flat_map(|(name, _)| self.named(name.trim()));
            return all.map(|member| (member, Tie::Named)).collect();
        }
        let mut found: Vec<(usize, Tie)> =
            self.linked(decision).into_iter().map(|member| (member, Tie::Link)).collect();
        found.extend(self.in_title(decision).into_iter().map(|member| (member, Tie::Title)));
        // A service at the root shares its folder with everything: only where it is the only one is it meant.
        if let Some(only) = self.owner(tree::folder(&decision.path))
            && (!members[only].folder.is_empty() || !self.claimed.beside_root())
        {
            found.push((only, Tie::Folder));
        }
        found
    }

    fn named(&self, name: &str) -> Vec<usize> {
        let by_name = self.names.get(name);
        by_name
            .or_else(|| self.folders.get(name.trim_matches('/')).filter(|_| name.contains('/')))
            .cloned()
            .unwrap_or_default()
    }

    /// Services to whose folder or manifest the decision links.
    fn linked(&self, decision: &Decision) -> Vec<usize> {
        let here = |path: String| self.manifests.get(&path).or_else(|| self.folders.get(&path));
        linked(decision, |last| self.lasts.contains(last)).filter_map(here).flatten().copied().collect()
    }

    /// Services whose name stands, as whole words, in the title or the file name.
    fn in_title(&self, decision: &Decision) -> Vec<usize> {
        let stem = tree::name(&decision.path);
        let stem = stem.rfind('.').map_or(stem, |at| &stem[..at]);
        let mut found = Vec::new();
        for text in std::iter::once(stem).chain(decision.title.as_deref()) {
            let slug = slug(text);
            let dashes = slug.bytes().enumerate().filter(|(_, byte)| *byte == b'-').map(|(at, _)| at);
            let ends: Vec<usize> = dashes.chain([slug.len()]).take(60).collect();
            let mut start = 0;
            for (word, &end) in ends.iter().enumerate() {
                if self.starts.contains(&slug[start..end]) {
                    let names =
                        ends[word..].iter().take(LONGEST_NAME).filter_map(|&end| self.slugs.get(&slug[start..end]));
                    found.extend(names.flatten().copied());
                }
                start = end + 1;
            }
        }
        found
    }

    /// The service of the innermost service folder that a folder lies in, where it is the only one there.
    fn owner(&self, folder: &str) -> Option<usize> {
        let mut owners = self.owners.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = owners.get(folder) {
            return *known;
        }
        let mut around = folder;
        let owner = loop {
            match self.folders.get(around) {
                Some(here) => break here.as_slice(),
                // The folder of a service that was not read: it is the one that is meant.
                None if around.is_empty() || self.claimed.contains(around) => break &[],
                None => around = tree::folder(around),
            }
        };
        let owner = if let [only] = owner { Some(*only) } else { None };
        owners.insert(folder.to_owned(), owner);
        owner
    }
}

/// Lower case, everything but letters and digits as one `-`.
fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut add = |c: char| {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    };
    for c in text.chars() {
        if c.is_ascii() { add(c.to_ascii_lowercase()) } else { c.to_lowercase().for_each(&mut add) }
    }
    out.trim_end_matches('-').to_owned()
}
