//! Readers on input that was written to hurt: no panic, spans that fit, time that grows with the length only.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)]

use adrule_policy::decision::{self, Document};
use adrule_policy::text::outline::Outline;
use adrule_policy::text::{Span, asciidoc, markdown, rst};
use proptest::prelude::*;
use std::sync::Arc;
use std::time::{Duration, Instant};

const PATHS: [&str; 4] = ["docs/adr/0001-x.md", "docs/adr/0001-x.adoc", "docs/adr/0001-x.rst", "docs/adr/0001-x.yaml"];

fn fits(span: Span, text: &str, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what}: {span:?} in {} bytes", text.len());
}

fn check_outline(outline: &Outline, text: &str) {
    for section in &outline.sections {
        fits(section.span, text, "heading");
        fits(section.body, text, "body");
    }
    for block in &outline.blocks {
        fits(block.span, text, "block");
        assert!(block.section < outline.sections.len());
        fits(block.text.whole(), text, "text");
        for mark in block.text.marks() {
            fits(mark.span, text, "mark");
            assert!(block.text.plain.get(mark.range.clone()).is_some(), "mark {mark:?} in {:?}", block.text.plain);
            fits(block.text.span(mark.range.clone()), text, "marked");
        }
    }
    for attribute in &outline.attributes {
        fits(attribute.span, text, "attribute");
        fits(attribute.text.whole(), text, "attribute's text");
    }
    for (_, span) in &outline.includes {
        fits(*span, text, "include");
    }
}

fn check(document: &Document, text: &str) {
    check_outline(&document.outline, text);
    let read = &document.decision;
    let references = [&read.supersedes, &read.superseded_by, &read.amends, &read.amended_by, &read.relates];
    let spans = references
        .into_iter()
        .flatten()
        .map(|reference| reference.span)
        .chain(read.statuses.iter().map(|reading| reading.span))
        .chain(read.date.iter().map(|(_, span)| *span))
        .chain(read.date_unread.iter().map(|(_, span)| *span))
        .chain(read.services.iter().map(|(_, span)| *span))
        .chain(read.deciders.iter().map(|(_, span)| *span))
        .chain(read.authors.iter().map(|(_, span)| *span))
        .chain(read.links.iter().map(|link| link.span))
        .chain(read.title_span)
        .chain(read.unread.iter().map(|(_, span)| *span));
    for span in spans {
        fits(span, text, "decision");
    }
}

/// Text as decisions have it, in pieces that a random order breaks.
fn pieces() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "# ",
        "## ",
        "= Title\nÖzil Ray <ö@example.org>; Edge Team<e@example.org>\nv0.1, 2024-01-22\n",
        "= ",
        "== ",
        "\n",
        "\n\n",
        "  ",
        "* ",
        "- ",
        "** ",
        "| ",
        "|===\n",
        "---\n",
        "----\n",
        "====\n",
        "````\n",
        "Status",
        "status: ",
        "Status: ",
        "**Status:** ",
        "Accepted",
        "superseded by ",
        "ADR-12",
        "[ADR 3](0003-x.md)",
        "`x`",
        "2026-01-02",
        "3. März 2024",
        ":status: ",
        "{status}",
        ".. note::\n",
        ".. list-table::\n",
        "   * - ",
        "`a <b>`_",
        "+--+--+\n",
        "====  ====\n",
        "<!-- ",
        " -->",
        "<<a,b>>",
        "xref:x.adoc[y]",
        "https://example.org[z]",
        "\u{FEFF}",
        "\r\n",
        "\t",
        "é",
        "状态：",
        "已接受",
        "🤔",
        "＊",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "~~",
        "_",
        "*",
        "\\",
        ":",
        "&amp;",
        "::",
        "+\n",
        "\"",
        "'",
        "#",
        "<br>",
        "![status](/badge/status-accepted)",
        "tags: [Accepted]\n",
        "supersedes: [1]\n",
        "|---|---|\n",
        "1. ",
        "[x] ",
        "İ",
        "ß",
    ]);
    prop::collection::vec(prop_oneof![8 => known.prop_map(str::to_owned), 1 => "\\PC{0,6}"], 0..60)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_can_be_read(text in pieces()) {
        for path in PATHS {
            check(&decision::document(&Arc::from(path), &text.as_str().into()), &text);
        }
        check_outline(&markdown::read(&text.as_str().into()), &text);
        check_outline(&asciidoc::read(&text), &text);
        check_outline(&rst::read(&text), &text);
    }

    #[test]
    fn any_path_can_be_judged(path in "\\PC{0,40}", tail in prop::sample::select(vec!["", ".md", "/adr/é.adoc", "/[x].rst"])) {
        let path = format!("{path}{tail}");
        let _ = decision::is_candidate(&path);
        let _ = decision::read(&Arc::from(path.as_str()), &"# T\n".into());
    }

    #[test]
    fn dates_and_labels_never_panic(text in "\\PC{0,30}", digits in "[0-9./: -]{0,14}", word in "\\PC{0,6}") {
        let text = format!("{digits}{word}{text}{digits}");
        if let Some((_, range)) = decision::date::leading(&text) {
            prop_assert!(text.get(range).is_some());
        }
        if let Some((_, range)) = decision::date::find(&text) {
            prop_assert!(text.get(range).is_some());
        }
        let _ = (decision::words::field(&text), decision::words::topic(&text), decision::words::fold(&text));
    }
}

/// Shapes that make careless readers slow, each repeated to the length asked for.
fn bombs(length: usize) -> Vec<(&'static str, String)> {
    let fill = |piece: &str| piece.repeat(length / piece.len());
    let line = |start: &str, piece: &str| format!("{start}{}", fill(piece));
    vec![
        ("brackets", fill("[")),
        ("images", fill("![")),
        ("closed brackets", fill("[a](")),
        ("pipes", fill("|")),
        ("pipe rows", line("|a|b|\n|-|-|\n", "|x|y|\n")),
        ("wide table", format!("{}\n{}\n{}", fill("|a"), fill("|-"), fill("|b"))),
        ("quotes", fill(">")),
        ("stars", fill("*")),
        ("stars and words", fill("*a ")),
        ("strong", fill("**a")),
        ("underscores", fill("_a ")),
        ("backticks", fill("`a ")),
        ("uneven backticks", (1..450).map(|count| "`".repeat(count % 90 + 1) + " ").collect()),
        ("comments", fill("<!--")),
        ("comment lines", fill("<!-- a\n")),
        ("html", fill("<div>\n")),
        ("spaces", line("a", " ")),
        ("deep list", (0..400).map(|depth| format!("{}- a\n", "  ".repeat(depth.min(200)))).collect()),
        ("list", fill("- a\n")),
        ("ordered", fill("1) ")),
        ("headings", fill("# a\n")),
        ("nested headings", fill("# a\n## b\n### c\n")),
        ("status headings", fill("## Status\n\nAccepted\n\n")),
        ("labels", fill("Status: accepted; ")),
        ("label lines", fill("- Status: accepted\n")),
        ("bold labels", fill("**Date:** x ")),
        ("references", fill("ADR-1 and ")),
        ("superseded", fill("superseded by ADR-1 ")),
        ("we supersede", fill("We supersede [ADR 1](/adr/1). ")),
        ("long word", fill("a")),
        ("digits", fill("1")),
        ("dates", fill("2026-01-02 ")),
        ("months", fill("January ")),
        ("colons", fill(":")),
        ("double colons", fill("a:: ")),
        ("attributes", fill(":a: {a}\n")),
        ("attribute uses", line(":a: 1234567890\n\n", "{a}")),
        ("equals", fill("=")),
        ("delimiters", fill("====\n")),
        ("delimiters of growing length", (4..440).map(|count| "=".repeat(count) + "\n").collect()),
        ("asciidoc tables", fill("|===\n")),
        ("angles", fill("<<a")),
        ("xrefs", fill("xref:a[")),
        ("addresses", fill("https://a")),
        ("roles", fill(":a:`b ")),
        ("rst links", fill("`a <b")),
        ("adorned", fill("a\n=\n")),
        ("adorned long", fill("aaaa\n====\nbbbb\n----\n")),
        ("directives", fill(".. a::\n")),
        ("nested directives", (0..400).map(|depth| format!("{}.. note::\n", "   ".repeat(depth.min(100)))).collect()),
        ("grids", fill("+-+-+\n")),
        ("rules", fill("== ==\n")),
        ("rst comments", fill(".. x\n")),
        ("front matter", line("---\n", "a: b\n")),
        ("yaml flow", line("---\n", "[")),
        ("han", fill("状态")),
        ("accents", fill("é")),
        ("emoji", fill("✅ ")),
        ("carriage returns", fill("a\r\n\r\n")),
    ]
}

fn slowest(length: usize) -> Vec<(Duration, String)> {
    let mut times = Vec::new();
    for (name, text) in bombs(length) {
        for path in PATHS {
            let path = Arc::from(path);
            let start = Instant::now();
            let read = decision::document(&path, &text.as_str().into());
            let took = start.elapsed();
            check_cheaply(&read, &text);
            times.push((took, format!("{name} {path}")));
        }
    }
    times.sort();
    times
}

/// Without the marks' own spans, whose check is slower than the reading.
fn check_cheaply(read: &Document, text: &str) {
    for block in &read.outline.blocks {
        fits(block.span, text, "block");
    }
    for link in &read.decision.links {
        fits(link.span, text, "link");
    }
}

#[test]
fn hostile_input_is_read_in_time() {
    // `ADRULE_BOMB=2000000 cargo test --release --test hostile` shows what grows faster than the length.
    let length = std::env::var("ADRULE_BOMB").ok().and_then(|length| length.parse().ok()).unwrap_or(100_000);
    let times = slowest(length);
    for (took, name) in times.iter().rev().take(12) {
        println!("{took:>10.1?} {name}");
    }
    // Debug builds on a loaded machine; a quadratic reader takes minutes.
    let (worst, name) = times.last().unwrap();
    assert!(*worst < Duration::from_secs(60), "{name} took {worst:?}");
}

#[test]
fn what_is_too_large_is_named_and_not_read() {
    let text = "a ".repeat(decision::TOO_LARGE);
    let read = decision::document(&Arc::from(PATHS[0]), &text.into());
    assert!(read.decision.unread.as_ref().is_some_and(|(reason, _)| reason.contains("2 MiB")));
    assert!(read.outline.blocks.is_empty());
}
