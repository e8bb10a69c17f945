//! Shows what is read from decision files: `cargo run --example decision -- docs/adr/*.md`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool for developers that reads and prints"
)]

use adrule_policy::decision;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let mut failed = false;
    for path in std::env::args().skip(1) {
        match std::fs::read_to_string(&path) {
            Ok(text) => show(&path, &text),
            Err(error) => {
                eprintln!("{path}: {error}");
                failed = true;
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn show(path: &str, text: &str) {
    let read = decision::read(&Arc::from(path), text);
    println!("{path}\n  {:?}, {:?}, number {:?}, title {:?}", read.kind, read.format, read.number, read.title);
    println!("  status {:?}, date {:?}", read.status, read.date.map(|(date, _)| date.to_string()));
    for reading in &read.statuses {
        println!("    {:?} {:?} = {:?}", reading.source, reading.raw, reading.status);
    }
    let names = |list: &[decision::Reference]| list.iter().map(|one| one.target.clone()).collect::<Vec<_>>();
    println!("  supersedes {:?}, superseded by {:?}", names(&read.supersedes), names(&read.superseded_by));
    let deciders: Vec<_> = read.deciders.iter().map(|(name, _)| name).collect();
    println!("  deciders {deciders:?}, {} links, sections {:?}", read.links.len(), read.sections);
}
