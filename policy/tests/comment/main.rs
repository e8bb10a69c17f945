//! The comment on a pull request, the text of its check and its suggestions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails here has failed")]

mod checked;
mod hostile;
mod limits;
mod past;
mod rendered;
mod seen;
mod suggested;

use adrule_policy::check::{Input, check};
use adrule_policy::policy::{self, Loaded};
use adrule_policy::report::render::comment::{Context, Links, PageNews, render, state};
use adrule_policy::report::{JudgedBy, Report, Scope};
use adrule_policy::rule;
use adrule_policy::tree::Tree;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::sync::Arc;

const TODAY: Date = date(2026, 11, 22);
const BASE: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678";
const HEAD: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f001234567";

const PAGE: &str = "\
policy: 1
owner: platform-guild
default: go
languages:
  rust:
    says: Rust needs a stated memory budget, latency target or failure-impact rating.
    requires:
      any:
        - memory-budget
        - latency-target: { at-most: 10 ms, percentile: p95 }
        - failure-impact: { at-least: high }
";

/// A file: its path and its text.
type File = (String, String);

fn file(path: &str, text: &str) -> File {
    (path.to_owned(), text.to_owned())
}

/// A manifest of a service, with lines under its annotations.
fn service(name: &str, language: &str, annotations: &[&str]) -> Vec<File> {
    let lines: String = annotations.iter().map(|line| format!("    {line}\n")).collect();
    vec![file(
        &format!("services/{name}/catalog-info.yaml"),
        &format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  annotations:\n    adrule/language: {language}\n{lines}spec:\n  type: service\n  lifecycle: production\n  owner: edge-team\n"
        ),
    )]
}

fn adr(number: u32, slug: &str, status: &str, decision: &str) -> File {
    file(
        &format!("docs/adr/{number:04}-{slug}.md"),
        &format!(
            "# {number}. {slug}\n\nStatus: {status}\n\nDate: 2026-11-01\n\n## Context\n\nIt is needed.\n\n## Decision\n\n{decision}\n\n## Consequences\n\nIt is there.\n"
        ),
    )
}

fn page_of(text: &str) -> Loaded {
    policy::load(&Arc::from("adrule.yaml"), text, TODAY, &rule::ids())
}

/// A pull request: the page of its base, the files there and those of its head.
#[derive(Clone, Default)]
struct Pull {
    page: String,
    base: Vec<File>,
    head: Vec<File>,
}

impl Pull {
    fn new(head: Vec<Vec<File>>) -> Self {
        Self { page: PAGE.to_owned(), base: Vec::new(), head: head.concat() }
    }

    fn report(&self) -> Report {
        self.report_by(&self.page)
    }

    fn report_by(&self, page_text: &str) -> Report {
        let Loaded { page, findings, .. } = page_of(page_text);
        let page = page.unwrap_or_else(|| panic!("{findings:#?}"));
        let tree = |files: &[File]| Tree::of(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let (head, base) = (tree(&self.head), tree(&self.base));
        let changed: BTreeSet<String> = self
            .head
            .iter()
            .filter(|file| !self.base.contains(file))
            .chain(self.base.iter().filter(|(path, _)| !self.head.iter().any(|(other, _)| other == path)))
            .map(|(path, _)| path.clone())
            .collect();
        check(Input {
            base: Some(&base),
            files: Some(&changed),
            page_text: Some((Arc::from("adrule.yaml"), Arc::from(page_text))),
            page_findings: findings,
            judged_by: JudgedBy {
                path: Some(Arc::from("adrule.yaml")),
                revision: Some("main (a1b2c3d)".to_owned()),
                organisation: false,
            },
            scope: Scope::Change,
            ..Input::all(&head, &page, TODAY)
        })
    }
}

fn links() -> Links {
    Links {
        web: "https://forge.example".to_owned(),
        repository: "acme/shop".to_owned(),
        head: HEAD.to_owned(),
        base: BASE.to_owned(),
        branch: "main".to_owned(),
        organisation: None,
    }
}

fn context() -> Context {
    Context { links: Some(links()), page: PageNews::Unchanged, ..Context::default() }
}

/// What people see: the marker is hidden, and the addresses are shortened.
fn seen(body: &str) -> String {
    let text = match body.split_once("-->\n") {
        Some((marker, rest)) if marker.starts_with("<!-- adrule:comment:v1:") => rest,
        _ => panic!("no marker: {body}"),
    };
    short(text)
}

fn short(text: &str) -> String {
    text.replace(&format!("https://forge.example/acme/shop/blob/{HEAD}/"), "HEAD/")
        .replace(&format!("https://forge.example/acme/shop/blob/{BASE}/"), "BASE/")
}

/// The comment on a pull request, as people see it.
fn comment(pull: &Pull, context: &Context) -> String {
    seen(&render(&pull.report(), context).expect("a comment").body)
}

/// The context of a second commit, after a comment on this pull request.
fn after(pull: &Pull) -> Context {
    let before = render(&pull.report(), &context()).expect("a comment");
    let links = Links { head: "fedcba9876543210fedcba9876543210fedcba98".to_owned(), ..links() };
    Context { previous: Some(state(&before.body).expect("a state")), links: Some(links), ..Context::default() }
}
