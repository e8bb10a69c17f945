//! The decision reader: the first byte chooses the format. No panic, spans that fit the text.
#![no_main]

use adrule_policy::decision;
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

const PATHS: [&str; 4] = ["docs/adr/0001-x.md", "docs/adr/0001-x.adoc", "docs/adr/0001-x.rst", "docs/adr/0001-x.yaml"];

fuzz_target!(|input: (u8, &str)| {
    let (format, text) = input;
    let read = decision::read(&Arc::from(PATHS[usize::from(format) % PATHS.len()]), &text.into());
    let statuses = read.statuses.iter().map(|reading| reading.span);
    let dates = read.date.iter().map(|(_, span)| *span).chain(read.date_unread.iter().map(|(_, span)| *span));
    let links = read.links.iter().map(|link| link.span);
    let references = [&read.supersedes, &read.superseded_by, &read.amends, &read.amended_by, &read.relates];
    let references = references.into_iter().flatten().map(|reference| reference.span);
    let people = read.services.iter().chain(&read.deciders).map(|(_, span)| *span);
    for span in statuses.chain(dates).chain(links).chain(references).chain(people).chain(read.title_span) {
        assert!(text.get(span.range()).is_some());
    }
});
