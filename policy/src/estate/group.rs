//! Which documents describe the same service, and where the service lies.

use super::detect::{contradicting, join, languages_in, without_tools};
use super::{Member, resolve};
use crate::manifest::Service;
use crate::report::LanguageReading;
use crate::text::Place;
use crate::tree::{self, Paths};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// The folder of the service that a manifest at `path` describes: its own folder, or the one above folders that only
/// hold how things are run.
#[must_use]
pub fn service_folder(path: &str) -> &str {
    let mut folder = tree::folder(path);
    while only_operates(folder) {
        folder = tree::folder(folder);
    }
    folder
}

/// Whether a folder holds how a service is run, not the service: its own folder is the one above.
#[must_use]
pub fn only_operates(folder: &str) -> bool {
    matches!(
        tree::name(folder),
        "k8s"
            | "kubernetes"
            | "deploy"
            | "deployment"
            | "deployments"
            | "manifests"
            | "manifest"
            | "kustomize"
            | "base"
            | "overlays"
            | "knative"
            | "helm"
            | "chart"
            | "charts"
            | "templates"
            | "infra"
            | "ops"
            | "config"
            | "configs"
            | "ci"
            | ".cortex"
            | ".datadog"
            | ".backstage"
            | "catalog"
            | "score"
            | "compose"
            | "docker"
            | "dev"
            | "staging"
            | "prod"
            | "production"
            | "env"
            | "environments"
    )
}

/// Joins documents to services and adds those folders of `wanted` that nothing describes.
#[must_use]
pub fn members(documents: Vec<Service>, paths: &Paths, wanted: &[String]) -> Vec<Member> {
    let mut members = Vec::new();
    let (deployments, catalog): (Vec<Service>, Vec<Service>) =
        documents.into_iter().partition(|document| document.deployment);
    let mut by_folder: BTreeMap<String, Vec<Service>> = BTreeMap::new();
    for document in catalog {
        by_folder.entry(folder_of(&document)).or_default().push(document);
    }
    for (folder, documents) in by_folder {
        for group in same_service(documents) {
            members.push(member(&folder, group));
        }
    }
    attach(&mut members, deployments);
    let described: HashSet<&str> = members.iter().map(|member| member.folder.as_str()).collect();
    let bare: Vec<Member> =
        wanted.iter().filter(|folder| !described.contains(folder.as_str())).map(|folder| bare(folder)).collect();
    members.extend(bare);
    let alone: Vec<bool> = {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for member in &members {
            *count.entry(&member.folder).or_default() += 1;
        }
        members.iter().map(|member| count[member.folder.as_str()] == 1).collect()
    };
    for (member, alone) in members.iter_mut().zip(alone) {
        detect(member, paths, alone);
    }
    // What only says how containers run is a service of its own only where its language is known.
    members.retain(|member| member.documents.is_empty() || member.has_manifest() || !member.languages.is_empty());
    members.sort_by(|a, b| (&a.place.path, a.place.span, &a.name).cmp(&(&b.place.path, b.place.span, &b.name)));
    members
}

/// The folder that a document names, or the one that it lies in.
fn folder_of(document: &Service) -> String {
    let here = service_folder(&document.place.path);
    match document.folder.as_deref() {
        None => here.to_owned(),
        Some(named) => resolve(tree::folder(&document.place.path), named).unwrap_or_else(|| here.to_owned()),
    }
}

/// Documents of one folder by service: those of the same name, and a lone document of one format with a lone one of
/// another, whatever they are called.
fn same_service(documents: Vec<Service>) -> Vec<Vec<Service>> {
    let lone_each = documents
        .iter()
        .enumerate()
        .all(|(at, document)| documents[..at].iter().all(|before| before.format != document.format));
    if lone_each {
        return vec![documents];
    }
    let mut groups: Vec<Vec<Service>> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for document in documents {
        match by_name.entry(document.name.clone()) {
            Entry::Occupied(at) => groups[*at.get()].push(document),
            Entry::Vacant(new) => {
                new.insert(groups.len());
                groups.push(vec![document]);
            }
        }
    }
    groups
}

fn member(folder: &str, mut documents: Vec<Service>) -> Member {
    documents.sort_by_key(|document| (document.format, document.document));
    let first = &documents[0];
    Member {
        name: first.name.clone(),
        place: first.place.clone(),
        folder: folder.to_owned(),
        kind: documents.iter().find_map(|document| document.kind.as_ref()).map(|kind| kind.text.clone()),
        languages: Vec::new(),
        unstated: Vec::new(),
        contradicted: false,
        facts: documents.iter().flat_map(|document| document.facts.clone()).collect(),
        documents,
        decisions: Vec::new(),
    }
}

fn bare(folder: &str) -> Member {
    Member {
        name: if folder.is_empty() { "(root)".to_owned() } else { tree::name(folder).to_owned() },
        place: Place::file(folder),
        folder: folder.to_owned(),
        kind: None,
        languages: Vec::new(),
        unstated: Vec::new(),
        contradicted: false,
        documents: Vec::new(),
        facts: Vec::new(),
        decisions: Vec::new(),
    }
}

/// Gives each deployment to the service that it runs: the one of its name in its folder or around it, else the only
/// service there when nothing else is deployed from there. What runs no known service stands for itself.
fn attach(members: &mut Vec<Member>, deployments: Vec<Service>) {
    let mut by_folder: BTreeMap<String, Known> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        let known = by_folder.entry(member.folder.clone()).or_default();
        known.all.push(at);
        known.by_name.entry(member.name.clone()).or_insert(at);
    }
    let mut in_folder: BTreeMap<String, usize> = BTreeMap::new();
    for deployment in &deployments {
        *in_folder.entry(folder_of(deployment)).or_default() += 1;
    }
    let mut alone: BTreeMap<(String, String), Vec<Service>> = BTreeMap::new();
    for deployment in deployments {
        let folder = folder_of(&deployment);
        let owner = owner_of(&by_folder, &folder, &deployment, in_folder[&folder]);
        match owner {
            Some(at) => {
                members[at].facts.extend(deployment.facts.clone());
                members[at].documents.push(deployment);
            }
            None => alone.entry((folder, deployment.name.clone())).or_default().push(deployment),
        }
    }
    for ((folder, _), documents) in alone {
        members.push(member(&folder, documents));
    }
}

/// The services of a folder.
#[derive(Default)]
struct Known {
    all: Vec<usize>,
    by_name: HashMap<String, usize>,
}

fn owner_of(by_folder: &BTreeMap<String, Known>, folder: &str, deployment: &Service, beside: usize) -> Option<usize> {
    let mut at = folder;
    loop {
        if let Some(here) = by_folder.get(at) {
            if let Some(&same) = here.by_name.get(&deployment.name) {
                return Some(same);
            }
            if let ([only], true) = (here.all.as_slice(), at == folder && beside == 1) {
                return Some(*only);
            }
        }
        if at.is_empty() {
            return None;
        }
        at = tree::folder(at);
    }
}

/// Languages: what manifests state, else what build files show. Build files are looked at only where the folder is
/// this service's alone, or a folder of its name lies in it.
fn detect(member: &mut Member, paths: &Paths, alone: bool) {
    for stated in member.documents.iter().flat_map(|document| &document.languages) {
        if !member.is_in(&stated.name) {
            member.languages.push(LanguageReading {
                name: Arc::clone(&stated.name),
                stated: true,
                place: stated.place.clone(),
            });
        }
    }
    let detected = if alone {
        languages_in(paths, &member.folder)
    } else {
        let own = join(&member.folder, &member.name);
        let services = join(&member.folder, &format!("services/{}", member.name));
        [own, services]
            .iter()
            .map(|folder| languages_in(paths, folder))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    };
    if member.languages.is_empty() {
        member.languages = detected;
        return;
    }
    let stated =
        |reading: &LanguageReading| member.languages.iter().any(|known| same_runtime(&known.name, &reading.name));
    let unstated = detected.into_iter().filter(|reading| !stated(reading)).collect();
    member.unstated = without_tools(paths, &member.folder, &member.languages, unstated);
    let judged: Vec<LanguageReading> = contradicting(paths, &member.folder, &member.languages, &member.unstated);
    member.contradicted = !judged.is_empty();
    member.languages.extend(judged);
}

/// TypeScript is built with the files of JavaScript, and the languages of the Java virtual machine share theirs.
pub(super) fn same_runtime(a: &str, b: &str) -> bool {
    const FAMILIES: &[&[&str]] =
        &[&["typescript", "javascript"], &["java", "kotlin", "scala", "clojure", "groovy"], &["c", "cpp"]];
    a == b || FAMILIES.iter().any(|family| family.contains(&a) && family.contains(&b))
}
