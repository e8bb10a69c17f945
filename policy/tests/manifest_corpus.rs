//! Reads every YAML file of a corpus of real manifests and records (`ADRULE_CORPUS`; skipped where unset): no panic,
//! places inside the text, nothing called broken that other parsers read, and every manifest read as what it is.
#![allow(clippy::disallowed_methods, reason = "tests read fixtures and measure time; the crate itself is pure")]
// What was read and what was missed is the point of these tests.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use adrule_policy::manifest::{self, Reading};
use adrule_policy::text;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            into.push(path);
        }
    }
}

/// The file's path in its repository: corpus names are `owner__repository__path_with_underscores`.
fn name(path: &Path) -> Arc<str> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    name.rsplit("__").next().unwrap_or_default().replace('_', "/").into()
}

fn check_places(reading: &Reading, text: &str, path: &Path) {
    let inside = |span: text::Span| text.get(span.range()).is_some();
    for service in &reading.services {
        assert!(inside(service.place.span), "{}", path.display());
        for fact in &service.facts {
            assert!(inside(fact.place.span) && !fact.quote.is_empty(), "{}: {fact:?}", path.display());
        }
        for language in &service.languages {
            assert!(inside(language.place.span), "{}", path.display());
        }
    }
    for problem in &reading.problems {
        assert!(!problem.message.is_empty() && !problem.why.is_empty());
        assert!(problem.places.iter().all(|at| inside(at.place.span)), "{}", path.display());
    }
}

#[test]
fn real_files_are_read_as_what_they_are() {
    let Ok(corpus) = std::env::var("ADRULE_CORPUS") else {
        println!("skipped: ADRULE_CORPUS is not set");
        return;
    };
    let mut all = Vec::new();
    files(Path::new(&corpus), &mut all);
    all.sort();
    let (mut services, mut asides, mut templates, mut others, mut unreadable) = (0, 0, 0, 0, 0);
    for path in &all {
        let Ok(bytes) = std::fs::read(path) else { continue };
        let Ok(text) = text::decode(&bytes) else { continue };
        let reading = manifest::read(&name(path), text);
        check_places(&reading, text, path);
        services += reading.services.len();
        asides += reading.asides.len();
        templates += usize::from(reading.template.is_some());
        others += usize::from(reading.not_a_manifest);
        let broken = reading.problems.iter().filter(|problem| problem.rule.as_ref() == "manifest-unreadable").count();
        unreadable += broken;
        show(path, text, &reading);
    }
    println!(
        "{} files: {services} services, {asides} other documents, {templates} templates, {others} no manifests, \
         {unreadable} unreadable",
        all.len()
    );
    // Two files of the corpus are broken for every parser: prose behind a manifest, and `//` comments.
    assert!(unreadable <= 4, "{unreadable} files called broken");
    assert!(services > 400, "only {services} services");
}

/// With `ADRULE_SHOW`, what was read, to be judged by eye.
fn show(path: &Path, text: &str, reading: &Reading) {
    if std::env::var_os("ADRULE_SHOW").is_none() {
        return;
    }
    println!("== {}", path.display());
    let line = |span: text::Span| text::LineIndex::new(text).position(span.start).line;
    for service in &reading.services {
        let languages: Vec<&str> = service.languages.iter().map(|language| language.name.as_ref()).collect();
        println!(
            "   {:?} {} #{} {languages:?} folder {:?}",
            service.format, service.name, service.document, service.folder
        );
        for fact in &service.facts {
            let value = fact.value.as_ref().map(|value| format!("{value:?}"));
            println!("      {} {} {:?}", fact.kind, value.unwrap_or_else(|| "?".into()), fact.because);
        }
    }
    for aside in &reading.asides {
        println!("   aside #{} {}", aside.document, aside.what);
    }
    if let Some(span) = reading.template {
        println!("   template, line {}", line(span));
    }
    if reading.not_a_manifest {
        println!("   no manifest");
    }
    for problem in &reading.problems {
        let place = problem.places.first().map_or(0, |at| line(at.place.span));
        println!("   ! {} line {place}: {} ({})", problem.rule, problem.message, problem.places[0].label);
    }
}
