//! The readers of Markdown, AsciiDoc and reStructuredText: no panic, spans that fit the text.
#![no_main]

use adrule_policy::text::{asciidoc, markdown, rst};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for outline in [markdown::read(&text.into()), asciidoc::read(text), rst::read(text)] {
        for section in &outline.sections {
            assert!(text.get(section.span.range()).is_some());
            assert!(text.get(section.body.range()).is_some());
        }
        for block in &outline.blocks {
            assert!(block.section < outline.sections.len());
            assert!(text.get(block.span.range()).is_some());
            assert!(text.get(block.text.whole().range()).is_some());
            for mark in block.text.marks() {
                assert!(text.get(mark.span.range()).is_some());
                assert!(block.text.plain.get(mark.range.clone()).is_some());
            }
        }
    }
});
