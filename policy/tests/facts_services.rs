//! Documents about several services: each claim is tied to the service that it names.

use adrule_policy::fact::{Extra, Standing, read_outline_with};
use adrule_policy::text::markdown;
use std::fmt::Write as _;
use std::sync::Arc;

/// Each stated fact with its subject, one a line.
fn read(text: &str) -> String {
    let path: Arc<str> = Arc::from("docs/adr/0007-sizing.md");
    let services = ["edge-proxy", "ledger", "ledger-writer", "tile server"].into_iter().collect();
    let extra = Extra { services, ..Extra::default() };
    let mut out = String::new();
    for fact in read_outline_with(&markdown::read(&text.into()), text, &path, &extra) {
        if fact.standing == Standing::Stated {
            let _ = writeln!(out, "{}: {}", fact.subject.as_deref().unwrap_or("-"), fact.quote.replace('\n', " "));
        }
    }
    out
}

#[test]
fn headings() {
    let text = "# Sizing\n\nEach pod is capped at 64 MB.\n\n## edge-proxy\n\nMust answer within 10 ms at p95.\n\n### Start\n\nMust start within 2 s.\n\n## `ledger`\n\nThe failure impact is high.\n\n## Context\n\nNo instance may use more than 1 GB.\n";
    insta::assert_snapshot!(read(text), @"
    -: Each pod is capped at 64 MB
    edge-proxy: Must answer within 10 ms at p95
    edge-proxy: Must start within 2 s
    ledger: failure impact is high
    -: No instance may use more than 1 GB
    ");
}

#[test]
fn sentences_and_items() {
    let text = "# Sizing\n\nedge-proxy must answer within 10 ms at p95. The tile server must not use more than 200 MB. The ledger must be quick.\n\n- `ledger`: at most 128 MB\n- ledger-writer is limited to 256 MB. It must start within 3 s.\n- The pod must not use more than 90 MB\n";
    insta::assert_snapshot!(read(text), @"
    edge-proxy: edge-proxy must answer within 10 ms at p95
    tile server: The tile server must not use more than 200 MB
    ledger: `ledger`: at most 128 MB
    ledger-writer: ledger-writer is limited to 256 MB
    ledger-writer: It must start within 3 s
    -: The pod must not use more than 90 MB
    ");
}

#[test]
fn tables() {
    let text = "# Sizing\n\n| Service | Memory limit | p95 target |\n|---|---|---|\n| edge-proxy | 64 MB | 10 ms |\n| Ledger writer | 256 MB | 40 ms |\n\n| Operation | p99 target |\n|---|---|\n| apply an edit | 25 ms |\n| open a document | 300 ms |\n";
    insta::assert_snapshot!(read(text), @"
    edge-proxy: 64 MB
    edge-proxy: 10 ms
    ledger-writer: 256 MB
    ledger-writer: 40 ms
    -: 25 ms
    -: 300 ms
    ");
}
