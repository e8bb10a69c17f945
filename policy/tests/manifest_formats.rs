//! Every format: what is read from the files in `fixtures/manifests/<format>/<case>/`, and what is said about them.
#![allow(clippy::disallowed_methods, reason = "tests read fixtures and measure time; the crate itself is pure")]
#![allow(clippy::unwrap_used, clippy::panic)]

use adrule_policy::fact::Fact;
use adrule_policy::manifest::{self, Reading, Service};
use adrule_policy::text::{LineIndex, Span};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn folders(of: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.is_dir() && !path.ends_with("snapshots"));
    all.sort();
    all
}

fn file_of(case: &Path) -> PathBuf {
    std::fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path()).next().unwrap()
}

fn model(reading: &Reading, text: &str) -> String {
    let lines = LineIndex::new(text);
    let at = |span: Span| {
        let position = lines.position(span.start);
        format!("{}:{}", position.line, position.column)
    };
    let mut out = String::new();
    let empty = if reading.empty > 0 { format!(", {} empty", reading.empty) } else { String::new() };
    writeln!(out, "{} documents{empty}", reading.documents).unwrap();
    if let Some(span) = reading.template {
        writeln!(out, "template, at {}: {}", at(span), span.of(text)).unwrap();
    }
    if reading.not_a_manifest {
        writeln!(out, "no manifest").unwrap();
    }
    for aside in &reading.asides {
        writeln!(out, "#{} aside, at {}: {}", aside.document, at(aside.span), aside.what).unwrap();
    }
    for service in &reading.services {
        show_service(&mut out, service, &at);
    }
    for problem in &reading.problems {
        writeln!(out, "{:?}[{}] {}: {}", problem.severity, problem.rule, problem.subject, problem.message).unwrap();
        for place in &problem.places {
            let span = place.place.span;
            writeln!(out, "    at {} `{}` {}", at(span), span.of(text).replace('\n', "⏎"), place.label).unwrap();
        }
        for fix in &problem.fixes {
            writeln!(out, "    fix {}: {}", fix.at, fix.text).unwrap();
        }
        if let Some(help) = &problem.help {
            writeln!(out, "    help {help}").unwrap();
        }
    }
    out
}

fn show_service(out: &mut String, service: &Service, at: &dyn Fn(Span) -> String) {
    let what = if service.deployment { "deployment" } else { "service" };
    let name = &service.name;
    writeln!(out, "#{} {:?} {what} {name}, at {}", service.document, service.format, at(service.place.span)).unwrap();
    if let Some(kind) = &service.kind {
        writeln!(out, "    kind {}", kind.text).unwrap();
    }
    for language in &service.languages {
        writeln!(out, "    language {}, at {}", language.name, at(language.place.span)).unwrap();
    }
    if let Some(folder) = &service.folder {
        writeln!(out, "    folder {folder}").unwrap();
    }
    for decision in &service.decisions {
        writeln!(out, "    decision {}, at {}", decision.text, at(decision.span)).unwrap();
    }
    for fact in &service.facts {
        writeln!(out, "    {}", show_fact(fact, at)).unwrap();
    }
    for prose in service.prose.iter().chain(service.asked.iter().map(|(_, prose)| prose)) {
        writeln!(out, "    prose at {}: {}", at(prose.span), prose.text).unwrap();
    }
}

fn show_fact(fact: &Fact, at: &dyn Fn(Span) -> String) -> String {
    let value = fact.value.as_ref().map_or_else(|| "?".to_owned(), |value| format!("{value:?}"));
    let percentile = fact.percentile.map(|percentile| format!(" p{percentile}")).unwrap_or_default();
    let evidence = if fact.evidence { ", evidence" } else { "" };
    let because = fact.because.as_ref().map(|because| format!(", unclear: {because}")).unwrap_or_default();
    let quote = fact.quote.replace('\n', "⏎");
    format!("{}{percentile} {value}{evidence}{because}, at {} `{quote}`", fact.kind, at(fact.place.span))
}

#[test]
fn every_format_reads_its_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/manifests");
    for format in folders(&root) {
        for case in folders(&format) {
            let file = file_of(&case);
            let text = std::fs::read_to_string(&file).unwrap();
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let path: Arc<str> = format!("services/edge/{name}").into();
            assert!(manifest::is_candidate(&path), "{path}");
            let reading = manifest::read(&path, &text);
            let title = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
            let snapshot = format!("{}-{}", title(&format), title(&case));
            insta::with_settings!({snapshot_path => root.join("snapshots"), prepend_module_to_snapshot => false, omit_expression => true}, {
                insta::assert_snapshot!(snapshot, model(&reading, &text));
            });
        }
    }
}
