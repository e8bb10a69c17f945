//! Pages as people write them, good and bad.
#![allow(clippy::disallowed_methods, reason = "tests read fixtures and measure costs; the crate itself is pure")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

#[path = "../growth/mod.rs"]
mod growth;
mod hostile;
mod mistakes;
mod organisation;
mod packs;
mod schema;
mod written;

use adrule_policy::policy::{self, Loaded, Page};
use adrule_policy::rule;
use jiff::civil::{Date, date};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

const TODAY: Date = date(2026, 11, 22);
fn load(text: &str) -> Loaded {
    policy::load(&Arc::from("adrule.yaml"), text, TODAY, &rule::ids())
}

fn fixtures(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/page").join(folder);
    let mut found: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap()))
        .collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

/// Everything that a finding says, with the text that its spans mark.
fn told(loaded: &Loaded, text: &str) -> String {
    let mut out = String::new();
    for finding in &loaded.findings {
        let severity = format!("{:?}", finding.severity).to_lowercase();
        writeln!(out, "{severity}[{}]: {}", finding.rule, finding.message).unwrap();
        for place in &finding.places {
            let span = place.place.span;
            let line = text[..span.start].matches('\n').count() + 1;
            writeln!(out, "  {line}: `{}` {}", span.of(text), place.label).unwrap();
        }
        if let Some(help) = &finding.help {
            writeln!(out, "  help: {help}").unwrap();
        }
    }
    if loaded.page.is_none() {
        writeln!(out, "the page is not used").unwrap();
    }
    out
}

fn page(text: &str) -> Page {
    let loaded = load(text);
    assert!(loaded.findings.is_empty(), "{}", told(&loaded, text));
    loaded.page.unwrap()
}
