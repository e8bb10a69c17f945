//! The files of the works: made up, always the same, as varied as real ones where this costs time.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One service with a manifest, and one decision about it.
pub fn small(root: &Path) -> PathBuf {
    if root.exists() {
        return root.to_owned();
    }
    write(root, "catalog-info.yaml", &backstage("edge-proxy", "rust", 0, None));
    write(root, "docs/adr/0001-edge-proxy.md", &decision(0, "edge-proxy"));
    root.to_owned()
}

/// 1,000 decisions in four styles and 300 manifests in five formats.
pub fn records(root: &Path) -> PathBuf {
    if root.exists() {
        return root.to_owned();
    }
    for number in 0..1000 {
        let service = format!("service-{:03}", number % 300);
        let path = format!("docs/adr/{:04}-{}-for-{service}.md", number + 1, slug(TOPICS[number % TOPICS.len()]));
        write(root, &path, &decision(number, &service));
    }
    services(root);
    root.to_owned()
}

/// 1,000 decisions that people wrote, and the same manifests. `corpus` is a folder of real records; where it has fewer,
/// they come again in another folder.
pub fn real(root: &Path, corpus: &Path) -> PathBuf {
    if root.exists() {
        return root.to_owned();
    }
    let top = corpus.join("adr");
    let mut open = vec![top.clone()];
    let mut all = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else if entry.extension().is_some_and(|ending| ending == "md") {
                all.push(entry);
            }
        }
    }
    all.sort();
    for (number, path) in all.iter().cycle().take(1000).enumerate() {
        let folder = root.join(format!("docs/adr/{}", number / all.len()));
        let to = folder.join(path.strip_prefix(&top).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(path, to).unwrap();
    }
    services(root);
    root.to_owned()
}

/// The page, and 300 services with their manifests.
fn services(root: &Path) {
    write(root, "adrule.yaml", PAGE);
    for number in 0..300 {
        let name = format!("service-{number:03}");
        let folder = format!("services/{name}");
        let language = if number % 6 == 0 { "rust" } else { "go" };
        let (file, text) = manifest(number, &name, language);
        write(root, &format!("{folder}/{file}"), &text);
        let build = if language == "rust" { "Cargo.toml" } else { "go.mod" };
        write(root, &format!("{folder}/{build}"), "");
    }
}

pub struct Monorepo {
    pub root: PathBuf,
    /// The commit that the branch started from.
    pub base: String,
}

/// 10,000 services in 220,000 files, in a git repository, on a branch that changes three files.
pub fn monorepo(folder: &Path) -> Monorepo {
    let root = folder.join("repository");
    if !root.exists() {
        write(&root, "adrule.yaml", PAGE);
        for number in 0..10_000 {
            service(&root, number);
        }
        for number in 0..300 {
            let name = format!("service-{:05}", number * 7);
            write(&root, &format!("docs/adr/{:04}-{}.md", number + 1, slug(&name)), &decision(number, &name));
        }
        git(&root, &["init", "-q", "-b", "main"]);
        commit(&root, "Everything");
        git(&root, &["checkout", "-q", "-b", "change"]);
        write(&root, &manifest_of(77), &backstage("service-00077", "rust", 77, None));
        write(
            &root,
            "services/team-05/service-new/catalog-info.yaml",
            &backstage("service-new", "rust", 1, Some("64 MiB")),
        );
        write(&root, "docs/adr/0001-service-00000.md", &decision(1, "service-00000"));
        commit(&root, "A change of three files");
    }
    let out = Command::new("git").arg("-C").arg(&root).args(["rev-parse", "main"]).output().unwrap();
    Monorepo { base: String::from_utf8(out.stdout).unwrap().trim().to_owned(), root }
}

/// Three files that are edited and not staged: one old, one new, one source file.
pub fn edit(root: &Path) {
    write(root, &manifest_of(4242), &backstage("service-04242", "rust", 4242, None));
    write(root, "services/team-06/service-other/catalog-info.yaml", &backstage("service-other", "go", 1, None));
    write(root, "services/team-42/service-04242/src/file03.go", "package main\n");
}

pub fn undo_edit(root: &Path) {
    git(root, &["checkout", "-q", "."]);
    git(root, &["clean", "-qfd", "services/team-06"]);
}

fn manifest_of(number: usize) -> String {
    format!("services/team-{:02}/service-{number:05}/catalog-info.yaml", number % 100)
}

fn service(root: &Path, number: usize) {
    let folder = format!("services/team-{:02}/service-{number:05}", number % 100);
    let rust = number.is_multiple_of(50);
    let (language, build, ending) = if rust { ("rust", "Cargo.toml", "rs") } else { ("go", "go.mod", "go") };
    let memory = (number.is_multiple_of(100)).then_some("180 MB");
    let name = format!("service-{number:05}");
    write(root, &format!("{folder}/catalog-info.yaml"), &backstage(&name, language, number, memory));
    write(root, &format!("{folder}/{build}"), &format!("# {name}\n"));
    write(root, &format!("{folder}/README.md"), &format!("# {name}\n\nWhat it does, and how to run it.\n"));
    for file in 0..19 {
        write(root, &format!("{folder}/src/file{file:02}.{ending}"), "// nothing\n");
    }
}

const PAGE: &str = "\
policy: 1
title: Which language a new service is written in
owner: platform-guild
default: go
languages:
  rust:
    says: Rust needs a stated memory budget, latency target or failure-impact rating.
    requires:
      any: [memory-budget, latency-target, failure-impact]
";

const TOPICS: [&str; 10] = [
    "Use PostgreSQL for state",
    "Write the service in Rust",
    "Publish events with an outbox",
    "Cache reads for a minute",
    "One queue a tenant",
    "Retry with a budget",
    "Keep sessions in a cookie",
    "Split the read model",
    "Run two regions",
    "Log in one format",
];

const SENTENCES: [&str; 12] = [
    "The current design keeps everything in one process and has reached its limits under the load of last winter.",
    "We measured 310 ms at the 99th percentile during the last sale, which is three times what we promised.",
    "Operating a second store costs the team about two days a month, and nobody has asked for what it gives.",
    "Several teams need to read this data, and each of them has built its own copy so far.",
    "The library that we use today is no longer maintained; its last release is three years old.",
    "A failure here stops orders in all shops, and it takes an hour to rebuild the state by hand.",
    "We considered to do nothing, and found that the next season would not be survived.",
    "Latency matters more than throughput in this place: a user waits for the answer.",
    "The budget for memory is small, because the process runs beside the main one on every machine.",
    "The interface stays as it is, so that no caller has to change with us.",
    "This can be undone within a day: the old path stays in place until the end of the quarter.",
    "Nothing in this record binds other teams; they may follow when they see that it works.",
];

fn paragraph(seed: usize, sentences: usize) -> String {
    (0..sentences).map(|at| SENTENCES[(seed * 7 + at * 5 + seed / 3) % SENTENCES.len()]).collect::<Vec<_>>().join(" ")
}

/// A record of one to two pages: Nygard, MADR 2, MADR 4 with front matter, and a table of facts.
fn decision(number: usize, service: &str) -> String {
    let topic = TOPICS[number % TOPICS.len()];
    let day = format!("2025-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
    let status = ["Accepted", "Proposed", "Superseded by ADR-0007", "Rejected", "Accepted"][number % 5];
    let mut text = String::new();
    let (context, options, outcome) = match number % 4 {
        0 => {
            let _ = write!(text, "# {}. {topic}\n\nDate: {day}\n\n## Status\n\n{status}\n\n", number + 1);
            ("Context", None, "Decision")
        }
        1 => {
            let _ = write!(text, "# {topic}\n\n* Status: {status}\n* Deciders: the {service} team\n* Date: {day}\n\n");
            ("Context and Problem Statement", Some("Considered Options"), "Decision Outcome")
        }
        2 => {
            let status = status.split(' ').next().unwrap_or_default().to_lowercase();
            let _ = write!(text, "---\nstatus: {status}\ndate: {day}\nservices: [{service}]\n---\n\n# {topic}\n\n");
            ("Context and Problem Statement", Some("Considered Options"), "Decision Outcome")
        }
        _ => {
            let _ = write!(text, "# ADR {}: {topic}\n\n## Status\n\n{status} ({day})\n\n", number + 1);
            ("Context", Some("Alternatives"), "Decision")
        }
    };
    let _ = write!(text, "## {context}\n\n{}\n\n{}\n\n", paragraph(number, 5), paragraph(number + 3, 4));
    if let Some(options) = options {
        let _ = write!(text, "## {options}\n\n");
        for at in 0..3 {
            let _ = writeln!(text, "* **{}**: {}", TOPICS[(number + at * 3) % TOPICS.len()], paragraph(number + at, 1));
        }
        text.push('\n');
    }
    let _ = write!(text, "## {outcome}\n\n{}\n\n", paragraph(number + 5, 3));
    if number.is_multiple_of(3) {
        text.push_str("| what | value |\n| --- | --- |\n");
        let _ = writeln!(text, "| Memory budget | {} MB per instance |", 60 + number % 200);
        let _ = writeln!(text, "| p95 latency | < {} ms |", 20 + number % 180);
        text.push('\n');
    } else if number % 3 == 1 {
        let _ = write!(text, "**Failure impact:** {}\n\n", ["low", "medium", "high"][number % 3]);
    }
    text.push_str("```sh\nmake migrate && make test\n```\n\n");
    let _ = write!(text, "## Consequences\n\n");
    for at in 0..4 {
        let _ = writeln!(text, "- {}", paragraph(number + at * 2, 2));
    }
    let _ = write!(text, "\n## Links\n\n- [The service](../../services/{service}/README.md)\n");
    text
}

fn backstage(name: &str, language: &str, number: usize, memory: Option<&str>) -> String {
    let memory = memory.map(|memory| format!("    adrule/memory-budget: {memory}\n")).unwrap_or_default();
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  title: Service {number}\n  \
         description: Takes requests and answers them\n  annotations:\n    adrule/language: {language}\n{memory}    \
         github.com/project-slug: example/{name}\n  tags: [backend, {language}]\nspec:\n  type: service\n  \
         lifecycle: production\n  owner: team-{:02}\n  dependsOn:\n    - resource:default/database-{:02}\n",
        number % 100,
        number % 40
    )
}

fn manifest(number: usize, name: &str, language: &str) -> (&'static str, String) {
    let owner = number % 20;
    match number % 5 {
        0 | 1 => {
            ("catalog-info.yaml", backstage(name, language, number, number.is_multiple_of(12).then_some("180 MB")))
        }
        2 => (
            "service.datadog.yaml",
            format!(
                "schema-version: v2.2\ndd-service: {name}\nteam: team-{owner:02}\ntier: \"2\"\nlifecycle: production\n\
                 languages: [{language}]\ndescription: Takes requests\ncontacts:\n  - type: email\n    \
                 contact: team@example.com\ntags:\n  - env:prod\n"
            ),
        ),
        3 => ("service.yaml", format!("name: {name}\nlanguage: {language}\nkind: service\nowner: team-{owner:02}\n")),
        _ => (
            "k8s/deployment.yaml",
            format!(
                "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\n  labels: {{app: {name}}}\nspec:\n  \
                 replicas: 3\n  selector:\n    matchLabels: {{app: {name}}}\n  template:\n    metadata:\n      \
                 labels: {{app: {name}}}\n    spec:\n      containers:\n        - name: main\n          \
                 image: registry.example.com/{name}:1.4.2\n          resources:\n            limits: {{memory: 256Mi, cpu: 500m}}\n"
            ),
        ),
    }
}

fn slug(text: &str) -> String {
    text.to_lowercase().replace(' ', "-")
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn commit(root: &Path, message: &str) {
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", message]);
}

fn git(root: &Path, args: &[&str]) {
    let status = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["-c", "gc.auto=0", "-c", "user.name=works", "-c", "user.email=works@example.com"])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .status()
        .unwrap();
    assert!(status.success(), "git {args:?}");
}
