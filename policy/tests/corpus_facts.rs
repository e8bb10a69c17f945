//! Reads every decision of the folder named by `ADRULE_CORPUS`, as a whole: nothing panics, every quote stands where
//! it is said to stand, and time is linear. With `ADRULE_SHOW_FACTS` it prints what counts as stated.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reads fixtures, measures, prints and stops at what is wrong"
)]

use adrule_policy::fact::{Standing, read_outline};
use adrule_policy::text::markdown;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

#[test]
fn real_decisions() {
    let Some(folder) = std::env::var_os("ADRULE_CORPUS") else {
        eprintln!("skipped: ADRULE_CORPUS names no folder");
        return;
    };
    let mut paths = Vec::new();
    files(&Path::new(&folder).join("adr"), &mut paths);
    paths.sort();
    let (mut stated, mut unclear, mut bytes) = (0, 0, 0);
    let begun = std::time::Instant::now();
    for path in &paths {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        bytes += text.len();
        let name: Arc<str> = Arc::from(path.to_string_lossy().as_ref());
        for fact in read_outline(&markdown::read(&text.as_str().into()), &text, &name) {
            assert!(text.get(fact.place.span.range()).is_some(), "{name}: {fact:?}");
            if fact.standing == Standing::Stated {
                stated += 1;
                if std::env::var_os("ADRULE_SHOW_FACTS").is_some() {
                    eprintln!("{name}\n  {} {:?} {:?} {:?}", fact.kind, fact.value, fact.quote, fact.because);
                }
            } else {
                unclear += 1;
            }
        }
    }
    let took = begun.elapsed();
    eprintln!("{} decisions, {bytes} bytes, {stated} stated, {unclear} unclear, {took:?}", paths.len());
}
